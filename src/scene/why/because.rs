//! What each link of a chain says: a clause that can stand alone or follow "because".

use crate::kernel::abi::{Events, signal_name};
use crate::kernel::ids::{EpitemKey, PipeKey, SockKey, TaskKey, WaitQueueKey};
use crate::scene::Queue;
use crate::scene::arrows::{Thing, item_of, spotlight};
use crate::scene::explain::{brief, short_mask, time_text};
use crate::scene::layout::ListKind;
use crate::session::strace::{call_text, result_text};
use crate::tr;
use crate::trace::event::{
    Event, EventKind, FileKind, ReadyList, TaskState, Verdict, Waiter, WakeEnd,
};
use crate::trace::{Context, Func};

use super::chain::waiter_task;
use super::{Link, Look};

/// A mask as a person reads it: without the bits that every item has, and without doubles.
pub(super) fn mask_text(mask: Events) -> String {
    short_mask(mask)
}

impl Look<'_> {
    pub(super) fn link(&self, at: usize) -> Link {
        let event = self.event(at);
        Link { event: at, clause: self.clause(at), things: self.places(event) }
    }

    /// Where an event is on stage: what it is about, and the lists that it changes.
    pub(super) fn places(&self, event: &Event) -> Vec<Thing> {
        let mut things = spotlight(event, self.names);
        match &event.kind {
            EventKind::ReadyLink { ep, list, .. } => {
                things.push(Thing::List(*ep, list_kind(*list)))
            }
            EventKind::OvflistPush { ep, .. } => things.push(Thing::List(*ep, ListKind::Ovflist)),
            EventKind::AcceptQueue { sock, .. } | EventKind::SockState { sock, .. } => {
                things.extend(self.names.sock_file(*sock).map(Thing::File));
            }
            EventKind::SegmentSend(sent) => {
                let ends = [Some(sent.from), sent.to].into_iter().flatten();
                things.extend(ends.filter_map(|s| self.names.sock_file(s)).map(Thing::File));
            }
            EventKind::SkbQueue { .. } | EventKind::EventfdCount { .. } => {
                things.extend(event.by().task().map(Thing::Task));
            }
            EventKind::WaitEnqueue(new) => things.extend(waiter_task(new.waiter).map(Thing::Task)),
            EventKind::PollBegin { task, .. } | EventKind::PollPassEnd { task, .. } => {
                things.push(Thing::Task(*task));
            }
            _ => {}
        }
        if things.is_empty() {
            things.extend(item_of(&event.kind).map(Thing::Item));
            things.extend(event.by().task().map(Thing::Task));
        }
        things
    }

    /// What happened, in the reader's language.
    pub(super) fn clause(&self, at: usize) -> String {
        let event = self.event(at);
        self.of_task(at, &event.kind)
            .or_else(|| self.of_file(event))
            .or_else(|| self.of_queue(event))
            .or_else(|| self.of_item(event))
            .or_else(|| self.of_ep(&event.kind))
            .unwrap_or_else(|| tr!("why-other", what = brief(event, self.names)))
    }

    /// Who does something, in the reader's language.
    fn who(&self, event: &Event) -> String {
        match event.by().context() {
            Context::Task(task) => self.names.task(task),
            Context::Hardirq => tr!("why-who-timer"),
            Context::Softirq => tr!("why-who-softirq"),
            Context::Boot => tr!("why-who-machine"),
        }
    }

    fn queue(&self, wq: WaitQueueKey) -> String {
        match self.names.queue_of(wq) {
            Some(Queue::Wq(ep)) => tr!("why-queue-wq", file = self.names.ep(ep)),
            Some(Queue::PollWait(ep)) => tr!("why-queue-poll-wait", file = self.names.ep(ep)),
            Some(Queue::Signals(_)) => tr!("why-queue-signals"),
            _ => match self.names.queue_file(wq) {
                Some(file) => tr!("why-queue", file = self.names.file(file)),
                None => wq.to_string(),
            },
        }
    }

    /// A pipe by the descriptors of its ends.
    pub(super) fn pipe(&self, pipe: PipeKey) -> String {
        let end = |kind| self.names.file_of(kind).and_then(|file| self.names.fd(file));
        match (end(FileKind::PipeRead(pipe)), end(FileKind::PipeWrite(pipe))) {
            (Some(read), Some(write)) => tr!("why-pipe", read = read, write = write),
            _ => pipe.to_string(),
        }
    }

    /// A socket by its descriptor; a connection that nobody accepted yet has none.
    fn sock(&self, sock: SockKey) -> String {
        let file = self.names.sock_file(sock).filter(|file| self.names.fd(*file).is_some());
        file.map_or_else(|| tr!("why-sock"), |file| self.names.file(file))
    }

    /// The call that a task is in, as one writes it.
    fn call_name(&self, task: TaskKey, before: usize) -> String {
        self.call_of(task, before).map_or_else(String::new, |at| match self.kind(at) {
            EventKind::SyscallEnter { call, .. } => call_text(&call.get()),
            _ => String::new(),
        })
    }

    fn of_task(&self, at: usize, kind: &EventKind) -> Option<String> {
        let n = self.names;
        Some(match kind {
            EventKind::SyscallEnter { task, call } => {
                tr!("why-call", task = n.task(task.key()), call = call_text(&call.get()))
            }
            EventKind::SyscallExit { task, result } => tr!(
                "why-return",
                task = n.task(*task),
                call = self.call_name(*task, at),
                result = result_text(&result.get())
            ),
            EventKind::CopyToUser { task, bytes } => {
                tr!("why-copy-to-user", task = n.task(*task), bytes = *bytes)
            }
            EventKind::Wakeup { task, woken: true } => tr!("why-woken", task = n.task(*task)),
            EventKind::Wakeup { task, .. } => tr!("why-awake", task = n.task(*task)),
            EventKind::TaskState { task, state } => {
                let task = n.task(*task);
                match state {
                    TaskState::Interruptible => tr!("why-sleeps", task = task),
                    TaskState::Uninterruptible => tr!("why-sleeps-mtx", task = task),
                    TaskState::Stopped(point) => {
                        tr!("why-stopped", task = task, point = point.name())
                    }
                    TaskState::Runnable => tr!("why-runnable", task = task),
                    TaskState::Running => tr!("why-running", task = task),
                    TaskState::Idle => tr!("why-idle", task = task),
                    TaskState::Dead => tr!("why-dead", task = task),
                }
            }
            EventKind::TimerArm { task, expires_ns, .. } => {
                tr!("why-timer-arm", task = n.task(*task), time = time_text(*expires_ns))
            }
            EventKind::TimerFire { task } => tr!("why-timer-fire", task = n.task(*task)),
            EventKind::SignalSend { task, sig, .. } => {
                tr!("why-signal", task = n.task(*task), signal = signal_name(*sig))
            }
            EventKind::AllocFail { what, .. } => tr!("why-alloc", what = what.name()),
            EventKind::UserFault { task } => tr!("why-fault", task = n.task(*task)),
            _ => return None,
        })
    }

    fn of_file(&self, event: &Event) -> Option<String> {
        let n = self.names;
        Some(match &event.kind {
            EventKind::EventfdCount { file, count } => {
                tr!("why-eventfd", file = n.file(*file), count = *count)
            }
            EventKind::TimerfdArm(arm) => match arm.expires_ns {
                Some(ns) => {
                    tr!("why-timerfd-arm", file = n.file(arm.file), time = time_text(ns))
                }
                None => tr!("why-timerfd-stop", file = n.file(arm.file)),
            },
            EventKind::TimerfdFire { file } => tr!("why-timerfd-fire", file = n.file(*file)),
            EventKind::TimerfdTicks { file, ticks } => {
                tr!("why-timerfd-ticks", file = n.file(*file), ticks = *ticks)
            }
            EventKind::PipePush { pipe, bytes, .. } | EventKind::PipeMerge { pipe, bytes } => {
                tr!("why-pipe-write", pipe = self.pipe(*pipe), bytes = *bytes)
            }
            EventKind::PipeTake { pipe, bytes, .. } => {
                tr!("why-pipe-read", pipe = self.pipe(*pipe), bytes = *bytes)
            }
            EventKind::PipeEnds { pipe, readers, writers } => tr!(
                "why-pipe-ends",
                pipe = self.pipe(*pipe),
                readers = *readers,
                writers = *writers
            ),
            EventKind::SkbQueue { sock, bytes, .. } => {
                tr!("why-arrived", file = self.sock(*sock), bytes = *bytes)
            }
            EventKind::SkbTake { sock, bytes, .. } => {
                tr!("why-taken", file = self.sock(*sock), bytes = *bytes)
            }
            EventKind::SockWmem { sock, bytes } => {
                tr!("why-wmem", file = self.sock(*sock), bytes = *bytes)
            }
            EventKind::SockShutdown { sock, receive, send } => match (receive, send) {
                (true, true) => tr!("why-shut-both", file = self.sock(*sock)),
                (true, false) => tr!("why-shut-receive", file = self.sock(*sock)),
                (false, _) => tr!("why-shut-send", file = self.sock(*sock)),
            },
            EventKind::SockErr { sock, error: Some(error) } => {
                tr!("why-sock-error", file = self.sock(*sock), error = error.to_string())
            }
            EventKind::SockState { sock, state } => {
                tr!("why-sock-state", file = self.sock(*sock), state = state.name())
            }
            EventKind::SockPeer { sock, peer: None } => {
                tr!("why-peer-gone", file = self.sock(*sock))
            }
            EventKind::AcceptQueue { sock, queued: true, .. } => {
                tr!("why-accept-queue", file = self.sock(*sock))
            }
            EventKind::SegmentArrive { .. } => tr!("why-segment-arrive"),
            EventKind::SegmentSend(sent) => tr!(
                "why-segment-send",
                file = self.sock(sent.from),
                flags = sent.flags.to_string().replace(" | ", "|"),
                bytes = sent.bytes
            ),
            _ => return None,
        })
    }

    fn of_queue(&self, event: &Event) -> Option<String> {
        let n = self.names;
        Some(match &event.kind {
            EventKind::WakeBegin { wq, key, .. } => {
                let (who, queue) = (self.who(event), self.queue(*wq));
                let file = n.queue_file(*wq).map_or(queue, |file| n.file(file));
                if key.is_empty() {
                    tr!("why-walk-no-key", who = who, file = file)
                } else {
                    tr!("why-walk", who = who, file = file, key = mask_text(*key))
                }
            }
            EventKind::WakeEnd { wq, why: WakeEnd::ExclusiveWoken } => {
                tr!("why-walk-stopped", queue = self.queue(*wq))
            }
            EventKind::WakeEnd { wq, .. } => tr!("why-walk-ended", queue = self.queue(*wq)),
            EventKind::WakeVerdict { counts: true, .. } => tr!("why-counts"),
            EventKind::WakeVerdict { .. } => tr!("why-counts-not"),
            EventKind::WaitEnqueue(new) => {
                let file = n.queue_file(new.wq).map_or_else(|| self.queue(new.wq), |f| n.file(f));
                match new.waiter {
                    Waiter::Epitem(epi) => tr!("why-hooked", item = n.epi(epi), file = file),
                    Waiter::EpollWait(task) => {
                        tr!("why-joined-wq", task = n.task(task), file = file)
                    }
                    waiter => tr!("why-joined", task = n.waiter(waiter), file = file),
                }
            }
            _ => return None,
        })
    }

    fn of_item(&self, event: &Event) -> Option<String> {
        let n = self.names;
        Some(match &event.kind {
            EventKind::EpitemNew(new) => {
                tr!("why-added", item = n.epi(new.epi), file = n.ep(new.ep))
            }
            EventKind::EpitemEvent { epi, events, .. } if disarms(*events) => {
                tr!("why-disarmed", item = n.epi(*epi))
            }
            EventKind::EpitemEvent { epi, events, .. } => {
                tr!("why-modified", item = n.epi(*epi), mask = mask_text(*events))
            }
            EventKind::ItemPoll { epi, mask, revents } => {
                let (item, mask) = (n.epi(*epi), mask_text(*mask));
                if revents.is_empty() {
                    tr!("why-polled-empty", item = item, mask = mask)
                } else {
                    tr!("why-polled", item = item, mask = mask, events = mask_text(*revents))
                }
            }
            EventKind::ReadyLink { epi, list, .. } => self.of_link(event.func(), *epi, *list),
            EventKind::ReadyUnlink { epi, .. } => tr!("why-unlinked", item = n.epi(*epi)),
            EventKind::OvflistPush { epi, .. } => tr!("why-ovflist", item = n.epi(*epi)),
            EventKind::OvflistPop { epi, .. } => tr!("why-ovflist-left", item = n.epi(*epi)),
            EventKind::Callback { epi, verdict, .. } => self.of_callback(*epi, *verdict),
            EventKind::CopyOut { task, epi, index, events, .. } => tr!(
                "why-copied",
                item = n.epi(*epi),
                task = n.task(*task),
                index = *index,
                events = mask_text(events.events())
            ),
            EventKind::EdgeNotRequeued { epi, .. } => tr!("why-edge", item = n.epi(*epi)),
            EventKind::RbLink { node, .. } => tr!("why-rb-link", item = n.epi(*node)),
            EventKind::RbUnlink { node, .. } | EventKind::RbSuccessor { node, .. } => {
                tr!("why-rb-unlink", item = n.epi(*node))
            }
            EventKind::RbColor { node, color, .. } => {
                let color = format!("{color:?}").to_lowercase();
                tr!("why-rb-color", item = n.epi(*node), color = color)
            }
            EventKind::RbRotate { at, side, .. } => {
                let side = format!("{side:?}").to_lowercase();
                tr!("why-rb-rotate", item = n.epi(*at), side = side)
            }
            _ => return None,
        })
    }

    fn of_link(&self, func: Func, epi: EpitemKey, list: ReadyList) -> String {
        let item = self.names.epi(epi);
        match (func, list) {
            (_, ReadyList::Txlist) => tr!("why-link-back", item = item),
            (Func::ep_send_events, _) => tr!("why-link-level", item = item),
            (Func::ep_done_scan, _) => tr!("why-link-ovflist", item = item),
            (Func::ep_insert, _) => tr!("why-link-add", item = item),
            (Func::ep_modify, _) => tr!("why-link-mod", item = item),
            _ => tr!("why-link", item = item),
        }
    }

    fn of_callback(&self, epi: EpitemKey, verdict: Verdict) -> String {
        let item = self.names.epi(epi);
        match verdict {
            Verdict::Disarmed => tr!("why-callback-disarmed", item = item),
            Verdict::Filtered => tr!("why-callback-filtered", item = item),
            Verdict::Overflow => tr!("why-callback-overflow", item = item),
            Verdict::OverflowAlready | Verdict::QueuedAlready => {
                tr!("why-callback-already", item = item)
            }
            Verdict::Queued => tr!("why-callback", item = item),
        }
    }

    fn of_ep(&self, kind: &EventKind) -> Option<String> {
        let n = self.names;
        Some(match kind {
            EventKind::EventsAvailable { ep, available: false } => {
                tr!("why-nothing", file = n.ep(*ep))
            }
            EventKind::EventsAvailable { ep, .. } => tr!("why-something", file = n.ep(*ep)),
            EventKind::ScanStart { ep } => tr!("why-scan", file = n.ep(*ep)),
            EventKind::ScanDone { ep } => tr!("why-scan-done", file = n.ep(*ep)),
            EventKind::MtxLock { ep, task } => {
                tr!("why-mtx", file = n.ep(*ep), task = n.task(*task))
            }
            EventKind::MtxWait { ep, task } => {
                tr!("why-mtx-wait", file = n.ep(*ep), task = n.task(*task))
            }
            EventKind::MtxUnlock { ep } => tr!("why-mtx-free", file = n.ep(*ep)),
            _ => return None,
        })
    }
}

/// The page's name for a ready list.
fn list_kind(list: ReadyList) -> ListKind {
    match list {
        ReadyList::Rdllist => ListKind::Rdllist,
        ReadyList::Txlist => ListKind::Txlist,
    }
}

/// Whether a mask asks for nothing any more, as `EPOLLONESHOT` leaves it.
pub(super) fn disarms(events: Events) -> bool {
    Events::PRIVATE.contains(events)
}
