//! Who did what when: a lane a task, one for interrupts, and the wake-ups between them.
//!
//! A fold over the events of a run that goes on where it stopped when more happen. Time is counted in
//! positions, as everywhere on the page: event `n` lies between the positions `n` and `n + 1`. The
//! virtual clock stands still while anybody runs, so it would show nothing of what happens.

mod bars;
mod extent;
#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;

use crate::kernel::abi::Nanos;
use crate::kernel::ids::{EventpollKey, TaskKey, WaitEntryKey, WaitQueueKey};
use crate::trace::Record;
use crate::trace::event::{
    Context, Event, EventKind, Point, PollKind, ReadyList, TaskState, Waiter,
};

pub use bars::{Bar, bars};
pub use extent::Extent;

/// What a task, or the processor on top of it, does for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    /// The task runs its program: no call is under way.
    User,
    /// Waits for the processor.
    Runnable,
    /// Runs in the kernel.
    Running,
    /// Sleeps.
    Blocked(Place),
    /// Held at a preemption point.
    Stopped(Point),
    /// Its process is gone.
    Dead,
    /// A hardware interrupt: a timer.
    Hardirq,
    /// A softirq: segments arrive.
    Softirq,
}

/// Where a task sleeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// On a wait queue: `ep->wq`, or that of a file.
    Queue(WaitQueueKey),
    /// On `ep->mtx`.
    Mtx(EventpollKey),
    /// In `poll` or `select`, on the queues of all its files.
    Poll(PollKind),
    /// On its timer alone.
    Timer,
}

/// A stretch of a lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment {
    /// The position from which on it is so.
    pub from: usize,
    /// The position up to which.
    pub to: usize,
    /// What is so.
    pub doing: Doing,
}

/// A task's lane.
#[derive(Clone, Debug, PartialEq)]
pub struct Lane {
    /// The task.
    pub task: TaskKey,
    /// Its time, without gaps, from when it was made.
    pub segments: Vec<Segment>,
    waits: Waits,
}

/// What a task that falls asleep would be waiting for.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Waits {
    queue: Option<(WaitEntryKey, WaitQueueKey)>,
    mtx: Option<EventpollKey>,
    poll: Option<PollKind>,
}

/// A wake-up that woke somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wake {
    /// The number of its event.
    pub event: usize,
    /// In whose context.
    pub by: Context,
    /// Who was woken.
    pub task: TaskKey,
}

/// The clock moved on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tock {
    /// The number of its event.
    pub event: usize,
    /// What it shows now.
    pub now_ns: Nanos,
    /// By how much it moved.
    pub by_ns: Nanos,
}

/// All lanes of a run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lanes {
    /// Those of the tasks, in the order in which they were made.
    pub tasks: Vec<Lane>,
    /// The interrupts; between them nothing.
    pub irq: Vec<Segment>,
    /// The wake-ups, in order.
    pub wakes: Vec<Wake>,
    /// The clock's moves, in order.
    pub clock: Vec<Tock>,
    seen: usize,
}

impl Lanes {
    /// Goes on with the events that it has not seen yet; the lanes then reach to their end.
    pub fn learn(&mut self, records: &[Record]) {
        for record in records.get(self.seen..).unwrap_or_default() {
            self.event(&record.event);
            self.seen += 1;
        }
        for lane in &mut self.tasks {
            if let Some(last) = lane.segments.last_mut() {
                last.to = self.seen;
            }
        }
    }

    /// The position up to which it knows.
    pub fn end(&self) -> usize {
        self.seen
    }

    /// What a task does at a position.
    pub fn doing(&self, task: TaskKey, position: usize) -> Option<Doing> {
        let lane = self.tasks.iter().find(|lane| lane.task == task)?;
        let after = lane.segments.partition_point(|segment| segment.from <= position);
        Some(lane.segments.get(after.checked_sub(1)?)?.doing)
    }

    fn event(&mut self, event: &Event) {
        let at = self.seen;
        self.interrupt(event.by.context(), at);
        match &event.kind {
            EventKind::TaskNew(new) => self.tasks.push(Lane {
                task: new.task,
                segments: vec![Segment { from: at + 1, to: at + 1, doing: Doing::User }],
                waits: Waits::default(),
            }),
            EventKind::Wakeup { task, woken: true } => {
                let by = event.by.context();
                self.wakes.push(Wake { event: at, by, task: *task });
            }
            EventKind::Clock { now_ns } => {
                let before_ns = self.clock.last().map_or(0, |tock| tock.now_ns);
                let by_ns = now_ns.saturating_sub(before_ns);
                self.clock.push(Tock { event: at, now_ns: *now_ns, by_ns });
            }
            EventKind::TaskState { task, state } => {
                if let Some(lane) = self.lane(*task) {
                    lane.becomes(*state, at + 1);
                }
            }
            kind => self.waits(kind),
        }
    }

    /// Takes note of what a task is going to wait for.
    fn waits(&mut self, kind: &EventKind) {
        match kind {
            EventKind::WaitEnqueue(new) => {
                if let Waiter::EpollWait(task) | Waiter::Task(task) | Waiter::Receiver(task) =
                    new.waiter
                    && let Some(lane) = self.lane(task)
                {
                    lane.waits.queue = Some((new.entry, new.wq));
                }
            }
            EventKind::WaitDequeue { entry, .. } => {
                let is_it = |lane: &&mut Lane| lane.waits.queue.is_some_and(|(e, _)| e == *entry);
                if let Some(lane) = self.tasks.iter_mut().find(is_it) {
                    lane.waits.queue = None;
                }
            }
            EventKind::MtxWait { ep, task } => self.set(*task, |waits| waits.mtx = Some(*ep)),
            EventKind::MtxLock { task, .. } => self.set(*task, |waits| waits.mtx = None),
            EventKind::PollBegin { task, kind, .. } => {
                self.set(*task, |waits| waits.poll = Some(*kind));
            }
            EventKind::PollEnd { task } => self.set(*task, |waits| waits.poll = None),
            _ => {}
        }
    }

    fn set(&mut self, task: TaskKey, change: impl FnOnce(&mut Waits)) {
        if let Some(lane) = self.lane(task) {
            change(&mut lane.waits);
        }
    }

    fn lane(&mut self, task: TaskKey) -> Option<&mut Lane> {
        self.tasks.iter_mut().find(|lane| lane.task == task)
    }

    fn interrupt(&mut self, by: Context, at: usize) {
        let doing = match by {
            Context::Hardirq => Doing::Hardirq,
            Context::Softirq => Doing::Softirq,
            Context::Task(_) | Context::Boot => return,
        };
        match self.irq.last_mut() {
            Some(last) if last.to == at && last.doing == doing => last.to = at + 1,
            _ => self.irq.push(Segment { from: at, to: at + 1, doing }),
        }
    }
}

impl Lane {
    fn becomes(&mut self, state: TaskState, at: usize) {
        let doing = match state {
            TaskState::Idle => Doing::User,
            TaskState::Runnable => Doing::Runnable,
            TaskState::Running => Doing::Running,
            TaskState::Interruptible | TaskState::Uninterruptible => {
                Doing::Blocked(self.waits.place())
            }
            TaskState::Stopped(point) => Doing::Stopped(point),
            TaskState::Dead => Doing::Dead,
        };
        if let Some(last) = self.segments.last_mut() {
            if last.doing == doing {
                return;
            }
            last.to = at;
        }
        self.segments.push(Segment { from: at, to: at, doing });
    }
}

impl Waits {
    fn place(&self) -> Place {
        let queue = self.queue.map(|(_, wq)| Place::Queue(wq));
        let poll = self.poll.map(Place::Poll);
        self.mtx.map(Place::Mtx).or(poll).or(queue).unwrap_or(Place::Timer)
    }
}

/// What an event is marked as in its lane, when there is room for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tick {
    /// A call begins or returns.
    Syscall,
    /// `ep_poll_callback` decided.
    Callback,
    /// An item was put on `rdllist` or `ovflist`.
    Ready,
    /// Something was copied to the program.
    Copy,
    /// Somebody was to be woken.
    Wakeup,
}

impl Tick {
    /// All of them.
    pub const ALL: [Tick; 5] =
        [Tick::Syscall, Tick::Callback, Tick::Ready, Tick::Copy, Tick::Wakeup];

    /// That of an event, if it has one.
    pub fn of(kind: &EventKind) -> Option<Tick> {
        Some(match kind {
            EventKind::SyscallEnter { .. } | EventKind::SyscallExit { .. } => Tick::Syscall,
            EventKind::Callback { .. } => Tick::Callback,
            EventKind::ReadyLink { list: ReadyList::Rdllist, .. }
            | EventKind::OvflistPush { .. } => Tick::Ready,
            EventKind::CopyOut { .. } | EventKind::CopyToUser { .. } => Tick::Copy,
            EventKind::Wakeup { .. } => Tick::Wakeup,
            _ => return None,
        })
    }
}
