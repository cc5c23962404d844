//! Why, and why not: answers told from the trace and the state, never from canned text.
//!
//! [`chain`] walks from an event back to the call that a program made, cause by cause. [`questions`]
//! are what can be asked of a thing on stage: each leads to the event that put it in the state in
//! which it is. [`why_not`] says what stands in the way of a task that sleeps, or of a descriptor
//! that is not reported, and what would have to happen.

mod because;
mod chain;
mod file;
mod item;
mod object;
mod task;
#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;

use crate::kernel::abi::Nanos;
use crate::kernel::ids::TaskKey;
use crate::trace::event::{Event, EventKind};
use crate::trace::{Context, Record};

use super::arrows::Thing;
use super::{Names, Scene};

pub use object::{Aspect, Question, questions};

/// A step of a chain of causes: an event, and what it was.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// The number of the event.
    pub event: usize,
    /// What happened, as a clause that can follow "because".
    pub clause: String,
    /// Where that is on stage.
    pub things: Vec<Thing>,
}

/// What kind of thing stands in the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// The edge was reported already, and what it told of is still there.
    EdgeConsumed,
    /// `EPOLLONESHOT` has fired.
    Disarmed,
    /// The item is exclusive, and the wake-up ended at another before it.
    ExclusiveStopped,
    /// One wake-up wakes one sleeper: another was nearer to the head of `ep->wq`.
    AnotherWoken,
    /// What is ready is not what the mask asks for.
    NotAsked,
    /// It was on the ready list, but nothing was left when its file was asked again.
    Stale,
    /// It is ready, but nobody announced it since it was last looked at.
    NotAnnounced,
    /// Nothing of what is asked for is ready.
    NothingReady,
    /// On `rdllist`, and nobody has fetched it yet.
    NotFetched,
    /// The last call had no room for it.
    MaxEvents,
    /// On `ovflist` until the scan ends.
    Overflow,
    /// The scan under way is at work on it.
    InScan,
    /// In no interest set.
    NotWatched,
    /// Ready, but watched by another instance than the one that the task waits on.
    OtherInstance,
    /// The interest set is empty.
    NothingWatched,
    /// `ep->mtx` is held by another.
    Mutex,
    /// Awake, and not run yet.
    NotRunYet,
    /// Held at a preemption point.
    Stopped,
    /// Blocked in a call on a file.
    Blocked,
    /// In `poll` or `select` on files of which nothing is ready.
    Polling,
    /// Asleep until a time.
    Sleeping,
    /// A signal is pending, but masked.
    SignalMasked,
    /// The timeout ends the wait later.
    Timeout,
    /// Segments are held on their way.
    SegmentsHeld,
    /// Only a signal can end the wait.
    OnlySignals,
}

/// What stands in the way.
#[derive(Clone, Debug, PartialEq)]
pub struct Obstacle {
    /// What kind of thing it is.
    pub reason: Reason,
    /// What it is, with names and numbers.
    pub text: String,
    /// What would have to happen.
    pub remedy: String,
    /// The event that it goes back to.
    pub event: Option<usize>,
    /// Where it is on stage.
    pub things: Vec<Thing>,
}

/// The chain of causes of an event, itself first, each further back than the one before.
pub fn chain(records: &[Record], names: &Names, event: usize) -> Vec<Link> {
    let look = Look::new(records, names, records.len());
    let next = |at: &usize| look.cause(*at);
    let known = (event < records.len()).then_some(event);
    std::iter::successors(known, next).map(|at| look.link(at)).collect()
}

/// The chain of what put a thing in the state in which it is after `position` events.
pub fn why_object(
    records: &[Record],
    scene: &Scene,
    names: &Names,
    thing: Thing,
    position: usize,
) -> Vec<Link> {
    let asked = questions(records, scene, names, thing, position);
    asked.first().map_or_else(Vec::new, |first| chain(records, names, first.event))
}

/// What stands in the way of a task that sleeps, or of a descriptor that is not reported.
///
/// Empty where nothing does: a task in user space, an object of which nothing is waited for.
pub fn why_not(
    records: &[Record],
    scene: &Scene,
    names: &Names,
    thing: Thing,
    position: usize,
) -> Vec<Obstacle> {
    let look = Look::new(records, names, position);
    look.obstacles(scene, thing)
}

/// Whether «Why not?» has an answer for a thing.
pub fn has_why_not(scene: &Scene, thing: Thing) -> bool {
    match thing {
        Thing::Task(task) => scene.tasks.get(&task).is_some_and(|task| task::is_held_up(task)),
        Thing::Item(_) => true,
        Thing::File(file) => scene.files.get(&file).is_some_and(|file| file.can_poll()),
        Thing::Sock(_) | Thing::Pipe(_) => true,
        _ => false,
    }
}

/// The trace up to a moment, to be searched backwards.
struct Look<'a> {
    records: &'a [Record],
    names: &'a Names,
    /// Events of the machine's start, which the page does not count.
    boot: usize,
}

impl<'a> Look<'a> {
    fn new(records: &'a [Record], names: &'a Names, position: usize) -> Self {
        let records = &records[..position.min(records.len())];
        let boot = records.iter().take_while(|r| r.event.by() == Context::Boot).count();
        Look { records, names, boot }
    }

    fn event(&self, at: usize) -> &'a Event {
        &self.records[at].event
    }

    fn kind(&self, at: usize) -> &'a EventKind {
        &self.records[at].event.kind
    }

    /// The end of what has happened.
    fn end(&self) -> usize {
        self.records.len()
    }

    /// An event's number as the page counts.
    fn number(&self, at: usize) -> i64 {
        (at + 1).saturating_sub(self.boot) as i64
    }

    /// The last event before `before` for which `is_it` holds.
    fn back(&self, before: usize, is_it: impl Fn(&EventKind) -> bool) -> Option<usize> {
        self.records[..before.min(self.end())].iter().rposition(|r| is_it(&r.event.kind))
    }

    /// The call that a task is in, or was in last.
    fn call_of(&self, task: TaskKey, before: usize) -> Option<usize> {
        self.back(
            before,
            |kind| matches!(kind, EventKind::SyscallEnter { task: t, .. } if t.key() == task),
        )
    }

    /// The last event before `before` that belongs to the call that a task is in.
    fn in_call(
        &self,
        task: TaskKey,
        before: usize,
        is_it: impl Fn(&EventKind) -> bool,
    ) -> Option<usize> {
        let from = self.call_of(task, before)?;
        let found = self.records[from..before].iter().rposition(|r| is_it(&r.event.kind))?;
        (found > 0).then_some(from + found)
    }
}

/// Time from now to a moment.
fn left(scene: &Scene, until: Nanos) -> Nanos {
    until.saturating_sub(scene.now_ns)
}
