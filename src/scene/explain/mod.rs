//! One plain sentence for each event: what happened, and why.
//!
//! [`explain`] fills in names and numbers from the scene just before the event, so that what the
//! event removes can still be named. [`brief`] is the same event as a line of a list.

mod brief;
mod epoll;
mod files;
mod funcs;
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

use crate::kernel::abi::Nanos;
use crate::trace::Func;
use crate::trace::event::{Context, Event, EventKind, TaskState};

use super::{Names, Scene};

pub use brief::{brief, kind_text, state_text};
pub use epoll::short_mask;

/// What an event was and why it happened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Explanation {
    /// A few words.
    pub title: String,
    /// One or two sentences.
    pub sentence: String,
}

fn say(title: impl Into<String>, sentence: impl Into<String>) -> Explanation {
    Explanation { title: title.into(), sentence: sentence.into() }
}

/// Says what `event` is, given the scene before it.
pub fn explain(event: &Event, before: &Scene, names: &Names) -> Explanation {
    let cx = Cx { event, before, names };
    cx.tasks()
        .or_else(|| cx.files())
        .or_else(|| cx.waits())
        .or_else(|| cx.polls())
        .or_else(|| cx.epoll())
        .or_else(|| cx.tree())
        .or_else(|| cx.ready())
        .or_else(|| cx.switches())
        .unwrap_or_default()
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
    /// Who does it: `B`, `the timer interrupt`.
    fn who(&self) -> String {
        match self.event.by().context() {
            Context::Task(task) => self.names.task(task),
            Context::Hardirq => "the timer interrupt".to_owned(),
            Context::Softirq => "the network softirq".to_owned(),
            Context::Boot => "the machine".to_owned(),
        }
    }
}
