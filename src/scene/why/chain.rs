//! The cause of an event: the one that the trace recorded, or a better one where that is too thin.

use crate::kernel::abi::Errno;
use crate::kernel::ids::{EpitemKey, EventpollKey, SockKey, TaskKey, WaitQueueKey};
use crate::scene::Queue;
use crate::trace::Context;
use crate::trace::event::{By, EventKind, FileKind, ReadyList, TaskState, Waiter};

use super::Look;
use super::because::disarms;

impl Look<'_> {
    /// What led to an event; nothing led to a call, which the program decided to make.
    pub(super) fn cause(&self, at: usize) -> Option<usize> {
        let event = self.event(at);
        if matches!(event.kind, EventKind::SyscallEnter { .. }) || event.by() == Context::Boot {
            return None;
        }
        self.rule(at)
            .or_else(|| self.told(at))
            .or_else(|| self.call_of(event.by().task()?, at))
            .filter(|cause| *cause < at && *cause >= self.boot)
    }

    /// The recorded cause, past those events that only lead on.
    fn told(&self, at: usize) -> Option<usize> {
        let mut cause = self.event(at).cause()? as usize;
        while self.only_leads_on(cause) {
            cause = self.event(cause).cause()? as usize;
        }
        Some(cause)
    }

    fn only_leads_on(&self, at: usize) -> bool {
        match self.kind(at) {
            EventKind::Enter | EventKind::Leave | EventKind::WakeEntry { .. } => true,
            EventKind::SpinLock { .. } | EventKind::SpinUnlock { .. } => true,
            EventKind::TaskState { state, .. } => !state.is_asleep(),
            EventKind::WakeBegin { wq, .. } => {
                matches!(self.names.queue_of(*wq), Some(Queue::Wq(_)))
            }
            _ => false,
        }
    }

    fn rule(&self, at: usize) -> Option<usize> {
        let by = self.event(at).by();
        match self.kind(at) {
            EventKind::SyscallExit { task, .. } => self.of_return(*task, at),
            EventKind::ItemPoll { epi, .. } => self.of_poll(by, *epi, at),
            EventKind::ReadyUnlink { epi, .. } => self.linked(*epi, at),
            EventKind::Wakeup { task, .. } => self.of_wakeup(by, *task, at),
            EventKind::WakeBegin { wq, .. } => self.of_walk(by, *wq, at),
            EventKind::WakeEnd { wq, .. } => self.back(
                at,
                |k| matches!(k, EventKind::WakeVerdict { wq: q, counts: true, .. } if q == wq),
            ),
            EventKind::WakeVerdict { .. } => self.recent(by, at, 12, |k| {
                matches!(k, EventKind::Wakeup { .. } | EventKind::Callback { .. })
            }),
            EventKind::TaskState { task, state } => self.of_state(*task, *state, at),
            EventKind::WaitEnqueue(new) => self.of_join(new.waiter, at),
            EventKind::EventsAvailable { ep, available } => self.of_look(*ep, *available, at),
            EventKind::MtxWait { ep, .. } => {
                self.back(at, |k| matches!(k, EventKind::MtxLock { ep: e, .. } if e == ep))
            }
            EventKind::MtxLock { ep, task } => {
                let waited = |k: &EventKind| {
                    matches!(k, EventKind::MtxWait { ep: e, task: t } if e == ep && t == task)
                };
                self.in_call(*task, at, waited)?;
                self.in_call(*task, at, |k| wakes(k, *task))
            }
            EventKind::RbColor { ep, .. }
            | EventKind::RbRotate { ep, .. }
            | EventKind::RbLeftmost { ep, .. } => self.of_balance(by, *ep, at),
            EventKind::SegmentArrive { number } => self.back(
                at,
                |k| matches!(k, EventKind::SegmentSend(sent) if sent.number == *number),
            ),
            EventKind::TimerfdTicks { file, .. } if by == Context::Hardirq => {
                self.back(at, |k| matches!(k, EventKind::TimerfdFire { file: f } if f == file))
            }
            EventKind::SignalDequeue { task, sig, .. } => self.back(at, |k| {
                matches!(k, EventKind::SignalSend { task: t, sig: s, .. } if t == task && s == sig)
            }),
            // A disarming follows from the report, another mask from the call.
            EventKind::EpitemEvent { events, .. } if !disarms(*events) => {
                self.call_of(by.task()?, at)
            }
            EventKind::SegmentSend(_) | EventKind::SockBacklog { .. } => self.source(by, at),
            kind if is_content(kind) => self.source(by, at),
            _ => None,
        }
    }

    /// Where what happens to a file comes from: a segment, or the call.
    fn source(&self, by: By, at: usize) -> Option<usize> {
        match by.context() {
            Context::Task(task) => self.call_of(task, at),
            Context::Softirq => self.back(at, |k| matches!(k, EventKind::SegmentArrive { .. })),
            Context::Hardirq | Context::Boot => None,
        }
    }

    /// The last of the few events before, in the same context, for which `is_it` holds.
    fn recent(
        &self,
        by: By,
        at: usize,
        few: usize,
        is_it: impl Fn(&EventKind) -> bool,
    ) -> Option<usize> {
        let from = at.saturating_sub(few);
        let found =
            self.records[from..at].iter().rposition(|r| r.event.by() == by && is_it(&r.event.kind));
        found.map(|found| from + found)
    }

    fn of_return(&self, task: TaskKey, at: usize) -> Option<usize> {
        let EventKind::SyscallExit { result, .. } = self.kind(at) else { return None };
        let failed = match &*result.get() {
            Err(errno) => Some(*errno),
            Ok(_) => None,
        };
        if failed == Some(Errno::EINTR) {
            let sent =
                |k: &EventKind| matches!(k, EventKind::SignalSend { task: t, .. } if *t == task);
            return self.back(at, sent);
        }
        let gave = |k: &EventKind| match k {
            EventKind::CopyOut { task: t, .. } => *t == task,
            EventKind::CopyToUser { task: t, .. } => *t == task,
            EventKind::AllocFail { task: t, .. } | EventKind::UserFault { task: t } => *t == task,
            _ => false,
        };
        self.in_call(task, at, gave).or_else(|| {
            let ended = |k: &EventKind| match k {
                EventKind::TimerFire { task: t } => *t == task,
                EventKind::EventsAvailable { available, .. } => !available,
                EventKind::EpitemNew(_) | EventKind::EpitemEvent { .. } => failed.is_none(),
                EventKind::RbUnlink { .. } | EventKind::RbSuccessor { .. } => failed.is_none(),
                kind => wakes(kind, task) || failed.is_none() && is_content(kind),
            };
            let from = self.call_of(task, at)?;
            let own = |r: &crate::trace::Record| {
                let kind = &r.event.kind;
                let others = wakes(kind, task) || matches!(kind, EventKind::TimerFire { .. });
                (others || r.event.by().task() == Some(task)) && ended(kind)
            };
            self.records[from..at].iter().rposition(own).map(|found| from + found)
        })
    }

    /// An item is asked in a scan because it was on the list; and the scan is made because that
    /// woke the task.
    fn of_poll(&self, by: By, epi: EpitemKey, at: usize) -> Option<usize> {
        let before = self.event(at).cause()? as usize;
        if !matches!(self.kind(before), EventKind::ReadyUnlink { .. }) {
            return None;
        }
        let linked = self.linked(epi, at)?;
        let task = by.task()?;
        let woken = self.in_call(task, at, |k| wakes(k, task)).filter(|woken| *woken > linked);
        Some(woken.filter(|woken| self.cause(*woken) == Some(linked)).unwrap_or(linked))
    }

    /// What last put an item on a ready list.
    pub(super) fn linked(&self, epi: EpitemKey, before: usize) -> Option<usize> {
        self.back(before, |k| matches!(k, EventKind::ReadyLink { epi: e, .. } if *e == epi))
    }

    fn of_wakeup(&self, by: By, task: TaskKey, at: usize) -> Option<usize> {
        let told = self.told(at);
        let walked = told.is_some_and(|told| {
            let kind = self.kind(told);
            matches!(
                kind,
                EventKind::WakeBegin { .. }
                    | EventKind::ReadyLink { .. }
                    | EventKind::OvflistPush { .. }
                    | EventKind::Callback { .. }
            )
        });
        if walked {
            return told;
        }
        self.recent(by, at, 8, |k| match k {
            EventKind::SignalSend { task: t, .. } | EventKind::TimerFire { task: t } => *t == task,
            EventKind::MtxUnlock { .. } | EventKind::ScanDone { .. } => true,
            _ => false,
        })
    }

    /// A walk over a file's queue tells of what last happened to that file.
    fn of_walk(&self, by: By, wq: WaitQueueKey, at: usize) -> Option<usize> {
        let queue = self.names.queue_of(wq)?;
        if matches!(queue, Queue::Wq(_) | Queue::PollWait(_)) {
            return None;
        }
        let from = match by.context() {
            Context::Task(task) => self.call_of(task, at)?,
            _ => at.saturating_sub(64),
        };
        let found = self.records[from..at].iter().rposition(|r| {
            r.event.by() == by && is_content(&r.event.kind) && self.concerns(&r.event.kind, queue)
        });
        found.map(|found| from + found)
    }

    /// Whether what happened to a file is for those who wait on a queue.
    fn concerns(&self, kind: &EventKind, queue: Queue) -> bool {
        match (kind, queue) {
            (EventKind::SignalSend { .. }, Queue::Signals(_)) => true,
            (kind, Queue::Sock(sock)) => sock_of(kind) == Some(sock),
            (
                EventKind::PipePush { pipe, .. }
                | EventKind::PipeMerge { pipe, .. }
                | EventKind::PipeTake { pipe, .. }
                | EventKind::PipeEnds { pipe, .. },
                Queue::Readers(of) | Queue::Writers(of),
            ) => *pipe == of,
            (
                EventKind::EventfdCount { file, .. }
                | EventKind::TimerfdFire { file }
                | EventKind::TimerfdTicks { file, .. },
                Queue::Eventfd(of),
            ) => *file == of,
            _ => false,
        }
    }

    fn of_state(&self, task: TaskKey, state: TaskState, at: usize) -> Option<usize> {
        let waits = |k: &EventKind| match k {
            EventKind::WaitEnqueue(new) => waiter_task(new.waiter) == Some(task),
            EventKind::MtxWait { task: t, .. } => *t == task,
            EventKind::TimerArm { task: t, .. } => *t == task,
            EventKind::PollPassEnd { task: t, .. } => *t == task,
            _ => false,
        };
        match state {
            TaskState::Interruptible => {
                let queued = |k: &EventKind| !matches!(k, EventKind::TimerArm { .. }) && waits(k);
                self.in_call(task, at, queued).or_else(|| self.in_call(task, at, waits))
            }
            TaskState::Uninterruptible => self.in_call(task, at, waits),
            TaskState::Runnable => {
                let from = at.saturating_sub(4);
                let woken = self.records[from..at].iter().rposition(|r| wakes(&r.event.kind, task));
                woken.map(|found| from + found).or_else(|| self.told(at))
            }
            TaskState::Stopped(_) => self.call_of(task, at),
            TaskState::Idle => {
                self.back(at, |k| matches!(k, EventKind::SyscallExit { task: t, .. } if *t == task))
            }
            TaskState::Running | TaskState::Dead => None,
        }
    }

    fn of_join(&self, waiter: Waiter, at: usize) -> Option<usize> {
        match waiter {
            Waiter::EpollWait(task) => self.in_call(task, at, |k| {
                matches!(k, EventKind::EventsAvailable { available: false, .. })
            }),
            Waiter::Task(task) | Waiter::Receiver(task) | Waiter::Poll { task, .. } => {
                self.call_of(task, at)
            }
            Waiter::Epitem(_) => None,
        }
    }

    /// The list is empty because of what became of the item that left it last.
    fn of_look(&self, ep: EventpollKey, available: bool, at: usize) -> Option<usize> {
        if available {
            return self.back(at, |k| match k {
                EventKind::ReadyLink { ep: e, list: ReadyList::Rdllist, .. } => *e == ep,
                EventKind::ScanStart { ep: e } => *e == ep,
                _ => false,
            });
        }
        let (out, epi) =
            self.records[..at].iter().enumerate().rev().find_map(|(n, r)| match r.event.kind {
                EventKind::ReadyUnlink { ep: e, epi, .. } if e == ep => Some((n, epi)),
                _ => None,
            })?;
        let fate = |k: &EventKind| match k {
            EventKind::ItemPoll { epi: e, revents, .. } => *e == epi && revents.is_empty(),
            EventKind::EpitemEvent { epi: e, .. } | EventKind::EdgeNotRequeued { epi: e, .. } => {
                *e == epi
            }
            _ => false,
        };
        let fate = self.records[out..at].iter().position(|r| fate(&r.event.kind));
        Some(fate.map_or(out, |fate| out + fate))
    }

    /// A node is coloured or turned because one came in or went.
    fn of_balance(&self, by: By, ep: EventpollKey, at: usize) -> Option<usize> {
        let from = by.task().and_then(|task| self.call_of(task, at))?;
        let found = self.records[from..at].iter().rposition(|r| match r.event.kind {
            EventKind::RbLink { ep: e, .. } | EventKind::RbUnlink { ep: e, .. } => e == ep,
            EventKind::RbSuccessor { ep: e, .. } => e == ep,
            _ => false,
        });
        found.map(|found| from + found)
    }

    /// The socket or pipe behind a file, as [`is_content`] events name it.
    pub(super) fn is_about(&self, kind: &EventKind, file: FileKind) -> bool {
        match (kind, file) {
            (
                EventKind::PipePush { pipe, .. }
                | EventKind::PipeMerge { pipe, .. }
                | EventKind::PipeTake { pipe, .. }
                | EventKind::PipeEnds { pipe, .. },
                FileKind::PipeRead(of) | FileKind::PipeWrite(of),
            ) => *pipe == of,
            (kind, file) => file.sock().is_some() && sock_of(kind) == file.sock(),
        }
    }
}

/// Whether an event wakes a task.
pub(super) fn wakes(kind: &EventKind, task: TaskKey) -> bool {
    matches!(kind, EventKind::Wakeup { task: t, woken: true } if *t == task)
}

/// The task that an entry of a wait queue is there for.
pub(super) fn waiter_task(waiter: Waiter) -> Option<TaskKey> {
    match waiter {
        Waiter::Epitem(_) => None,
        Waiter::EpollWait(task)
        | Waiter::Task(task)
        | Waiter::Receiver(task)
        | Waiter::Poll { task, .. } => Some(task),
    }
}

/// Whether an event changes what a file holds or says.
pub(super) fn is_content(kind: &EventKind) -> bool {
    sock_of(kind).is_some()
        || matches!(
            kind,
            EventKind::EventfdCount { .. }
                | EventKind::PipePush { .. }
                | EventKind::PipeMerge { .. }
                | EventKind::PipeTake { .. }
                | EventKind::PipeEnds { .. }
                | EventKind::TimerfdFire { .. }
                | EventKind::TimerfdTicks { .. }
                | EventKind::SignalSend { .. }
        )
}

/// The socket to which something happens.
pub(super) fn sock_of(kind: &EventKind) -> Option<SockKey> {
    match kind {
        EventKind::SkbQueue { sock, .. }
        | EventKind::SkbTake { sock, .. }
        | EventKind::SockShutdown { sock, .. }
        | EventKind::SockErr { sock, .. }
        | EventKind::SockState { sock, .. }
        | EventKind::SockUrgent { sock, .. }
        | EventKind::SockWmem { sock, .. }
        | EventKind::SockPeer { sock, .. }
        | EventKind::AcceptQueue { sock, .. } => Some(*sock),
        _ => None,
    }
}
