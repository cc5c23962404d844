//! One plain sentence for each event: what happened, and why.
//!
//! [`explain`] fills in names and numbers from the scene just before the event, so that what the
//! event removes can still be named. [`brief`] is the same event as a line of a list.
//!
//! The words are messages in `www/locales`, one a kind of event: its value is the sentence, its
//! attribute `title` a few words, `brief` the line of a list. Here are only their arguments. What
//! a sentence depends on is an argument too, by which the message chooses: grammar is theirs.

use crate::i18n::FluentValue;
use crate::kernel::abi::Nanos;
use crate::session::strace::call_text;
use crate::trace::Func;
use crate::trace::event::{Context, Event, EventKind, TaskState};

use super::{Names, Scene};

/// A message with its arguments; where the name is a literal, a test checks both.
macro_rules! say {
    ($id:expr $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::scene::explain::Said {
            id: $id,
            args: vec![$((stringify!($name), $crate::i18n::FluentValue::from($value))),*],
        }
    };
}

mod epoll;
mod files;
mod net;
mod polls;
mod ready;
mod switches;
mod tasks;
#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;
mod tree;
mod waits;
mod words;

pub use epoll::short_mask;
pub use words::{kind_text, purpose, state_text};

/// What an event was and why it happened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Explanation {
    /// A few words.
    pub title: String,
    /// One or two sentences.
    pub sentence: String,
}

/// What is to be said of an event: a message, and what fills it.
struct Said {
    id: &'static str,
    args: Vec<(&'static str, FluentValue<'static>)>,
}

impl Said {
    fn sentence(&self) -> String {
        crate::i18n::say(self.id, &self.args)
    }

    fn attribute(&self, name: &str) -> String {
        crate::i18n::say(&[self.id, name].join("."), &self.args)
    }
}

/// Says what `event` is, given the scene before it.
pub fn explain(event: &Event, before: &Scene, names: &Names) -> Explanation {
    if let EventKind::Enter = event.kind {
        return Explanation {
            title: event.func().name().to_owned(),
            sentence: Cx { event, before, names }.entered(),
        };
    }
    let said = Cx { event, before, names }.said();
    said.map_or_else(Explanation::default, |said| Explanation {
        title: said.attribute("title"),
        sentence: said.sentence(),
    })
}

/// The event in a few words, for a list.
pub fn brief(event: &Event, names: &Names) -> String {
    match &event.kind {
        // Most of a list are these, and they need no words.
        EventKind::Enter => event.func().name().to_owned(),
        EventKind::SyscallEnter { call, .. } => call_text(&call.get()),
        // What a line says does not depend on what was before.
        _ => Cx { event, before: &Scene::default(), names }
            .said()
            .map_or_else(String::new, |said| said.attribute("brief")),
    }
}

/// Whether an event is worth a beat of the playback. The others happen along with the next one:
/// spinlocks, reference counts, functions left, and the machine's start.
pub fn is_beat(event: &Event) -> bool {
    event.by() != Context::Boot
        && !matches!(
            event.kind,
            EventKind::SpinLock { .. }
                | EventKind::SpinUnlock { .. }
                | EventKind::FileCount { .. }
                | EventKind::Leave
        )
}

/// Whether playback rests at an event. Stepping by hand sees more: here the bookkeeping that has no
/// part in an event's way from the wire to the program passes along with what comes next.
pub fn is_stop(event: &Event) -> bool {
    use EventKind::{
        CopyFromUser, CopyToUser, Enter, FileLink, FileUnlink, MtxLock, MtxUnlock, PipePollUsage,
        PwqFree, PwqNew, RbLeftmost, SockNew, SockPeer, SockWmem, TaskNew, Watches,
    };
    let of_its_own = |state: &TaskState| {
        !matches!(state, TaskState::Idle | TaskState::Runnable | TaskState::Running)
    };
    is_beat(event)
        && match &event.kind {
            TaskNew(_) | Watches { .. } | FileLink { .. } | FileUnlink { .. } | PwqNew { .. } => {
                false
            }
            PwqFree { .. }
            | RbLeftmost { .. }
            | SockNew { .. }
            | SockPeer { .. }
            | SockWmem { .. } => false,
            CopyFromUser { .. } | CopyToUser { .. } | MtxLock { .. } | MtxUnlock { .. } => false,
            PipePollUsage { .. } => false,
            EventKind::TaskState { state, .. } => of_its_own(state),
            Enter => matches!(
                event.func(),
                Func::ep_insert | Func::ep_modify | Func::ep_remove | Func::ep_send_events
            ),
            _ => true,
        }
}

/// Whether an event is a detail, shown dim in the list.
pub fn is_detail(event: &Event) -> bool {
    !is_beat(event) || matches!(event.kind, EventKind::Enter)
}

/// Whether an event deserves a longer rest: the ones that answer "why".
pub fn is_weighty(kind: &EventKind) -> bool {
    matches!(
        kind,
        EventKind::Callback { .. }
            | EventKind::WakeEnd { .. }
            | EventKind::EdgeNotRequeued { .. }
            | EventKind::CopyOut { .. }
            | EventKind::SyscallEnter { .. }
            | EventKind::SyscallExit { .. }
            | EventKind::RbRotate { .. }
            | EventKind::Wakeup { .. }
            | EventKind::OvflistPush { .. }
    )
}

/// A time as a person reads it: `50 ms`.
pub fn time_text(ns: Nanos) -> String {
    match ns {
        0 => "0 ms".to_owned(),
        n if n % 1_000_000_000 == 0 => format!("{} s", n / 1_000_000_000),
        n if n % 1_000_000 == 0 => format!("{} ms", n / 1_000_000),
        n if n % 1_000 == 0 => format!("{} µs", n / 1_000),
        n => format!("{n} ns"),
    }
}

/// What is needed to say a sentence.
struct Cx<'a> {
    event: &'a Event,
    before: &'a Scene,
    names: &'a Names,
}

impl Cx<'_> {
    fn said(&self) -> Option<Said> {
        self.tasks()
            .or_else(|| self.files())
            .or_else(|| self.waits())
            .or_else(|| self.polls())
            .or_else(|| self.epoll())
            .or_else(|| self.tree())
            .or_else(|| self.ready())
            .or_else(|| self.switches())
    }
}
