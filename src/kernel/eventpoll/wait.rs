//! `epoll_wait`: a task waits for what is ready.
//!
//! Linux 6.18, `fs/eventpoll.c: do_epoll_wait(), ep_poll()`. Leaves out busy polling.

use serde::{Deserialize, Serialize};

use super::{EP_MAX_EVENTS, SendEventsFrame};
use crate::kernel::abi::{Errno, Fd, Nanos};
use crate::kernel::cx::Cx;
use crate::kernel::ids::{EventpollKey, WaitEntryKey};
use crate::kernel::syscall::Reply;
use crate::kernel::task::{Flow, Frame, Ret};
use crate::kernel::time::select_estimate_accuracy;
use crate::kernel::wait::Join;
use crate::trace::event::{Point, TaskState, Waiter};
use crate::trace::{EventKind, Func, Sink};

/// Progress of `ep_poll()`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct EpPollFrame {
    ep: EventpollKey,
    maxevents: i32,
    /// When the wait is over; `None` waits for ever.
    deadline_ns: Option<Nanos>,
    slack_ns: Nanos,
    timed_out: bool,
    stage: EpPoll,
}

/// Where in `ep_poll()` a task is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum EpPoll {
    /// About to hand events over, or to leave or sleep if there are none.
    Harvest { available: bool },
    /// `ep_send_events()` was called.
    Sent,
    /// Looks again under `ep->lock`, then joins `wq`.
    Enqueue,
    /// On `wq`, or just taken off it by a waker.
    Asleep(WaitEntryKey),
    /// Out of sleep by the timer, still on `wq`.
    TimedOut(WaitEntryKey),
}

impl EpPollFrame {
    /// Goes on after it slept or stopped, or with what it called.
    #[cold]
    #[inline(never)]
    pub(crate) fn step<S: Sink>(self, cx: &mut Cx<'_, S>, returned: Ret) -> Flow {
        let ep = self.ep;
        match self.stage {
            EpPoll::Harvest { available: true } => self.harvest(cx),
            EpPoll::Sent => self.sent(returned),
            EpPoll::Harvest { available: false } if self.timed_out => {
                Flow::Return(Ret::Call(Ok(Reply::Events(Vec::new()))))
            }
            EpPoll::Harvest { available: false } if cx.signal_pending() => Flow::fail(Errno::EINTR),
            EpPoll::Harvest { available: false } => {
                let next = EpPollFrame { stage: EpPoll::Enqueue, ..self };
                Flow::Point(Frame::EpPoll(next), Point::BeforeSleep)
            }
            EpPoll::Enqueue => self.enqueue(cx),
            EpPoll::Asleep(entry) => self.woken(cx, entry),
            EpPoll::TimedOut(entry) => {
                cx.spin_lock(ep);
                // Taken off by a waker in between: there is something to harvest after all.
                let available = !cx.wait_entries.contains_key(entry);
                cx.remove_wait_queue(entry);
                cx.spin_unlock(ep);
                EpPollFrame { timed_out: true, ..self }.at(EpPoll::Harvest { available })
            }
        }
    }

    /// Calls `ep_send_events()`, which mostly runs to its end at once.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn harvest<S: Sink>(self, cx: &mut Cx<'_, S>) -> Flow {
        let task = cx.current();
        let array = std::mem::take(&mut cx.tasks[task].user_events);
        let send = SendEventsFrame::new(self.ep, self.maxevents, array);
        match cx.begin(Func::ep_send_events, |cx| send.enter(cx)) {
            Flow::Return(Ret::Events(Ok(events))) if !events.is_empty() => {
                cx.go_on_in(Func::ep_poll);
                cx.gives(Ok(Reply::Events(events)))
            }
            Flow::Return(sent) => {
                cx.go_on_in(Func::ep_poll);
                self.sent(sent)
            }
            // It sleeps, stops or asks another instance: this frame waits below it.
            flow => {
                cx.push_caller(Frame::EpPoll(EpPollFrame { stage: EpPoll::Sent, ..self }));
                flow
            }
        }
    }

    /// What `ep_send_events()` gave.
    fn sent(self, sent: Ret) -> Flow {
        match sent {
            Ret::Events(Ok(events)) if events.is_empty() => {
                self.at(EpPoll::Harvest { available: false })
            }
            Ret::Events(result) => Flow::Return(Ret::Call(result.map(Reply::Events))),
            other => unreachable!("ep_send_events gave {other:?}"),
        }
    }

    fn enqueue<S: Sink>(self, cx: &mut Cx<'_, S>) -> Flow {
        let (ep, task) = (self.ep, cx.current());
        cx.spin_lock(ep);
        let available = cx.look_for_events(ep);
        if available {
            cx.spin_unlock(ep);
            return self.at(EpPoll::Harvest { available });
        }
        let wq = cx.eventpolls[ep].wq;
        let entry = cx.add_wait_queue(wq, Waiter::EpollWait(task), Join::ExclusiveHead);
        cx.spin_unlock(ep);
        match self.deadline_ns {
            Some(deadline_ns) if deadline_ns <= cx.now_ns => self.at(EpPoll::TimedOut(entry)),
            // A signal has come since it was looked for: `schedule()` does not sleep.
            _ if cx.signal_pending() => self.at(EpPoll::Asleep(entry)),
            deadline_ns => {
                if let Some(deadline_ns) = deadline_ns {
                    cx.arm_timer(task, deadline_ns, self.slack_ns);
                }
                let asleep = EpPollFrame { stage: EpPoll::Asleep(entry), ..self };
                Flow::Sleep(Frame::EpPoll(asleep), TaskState::Interruptible)
            }
        }
    }

    fn woken<S: Sink>(self, cx: &mut Cx<'_, S>, entry: WaitEntryKey) -> Flow {
        let task = cx.current();
        let timed_out = cx.cancel_timer(task);
        let still_queued = cx.wait_entries.contains_key(entry);
        match (timed_out, still_queued) {
            (true, true) => {
                let next = EpPollFrame { stage: EpPoll::TimedOut(entry), ..self };
                Flow::Point(Frame::EpPoll(next), Point::TimedOut)
            }
            (timed_out, false) => {
                EpPollFrame { timed_out, ..self }.at(EpPoll::Harvest { available: true })
            }
            // Woken by a signal: tries to harvest all the same, and then looks at the signal.
            (false, true) => {
                cx.spin_lock(self.ep);
                cx.remove_wait_queue(entry);
                cx.spin_unlock(self.ep);
                self.at(EpPoll::Harvest { available: true })
            }
        }
    }

    fn at(self, stage: EpPoll) -> Flow {
        Flow::Next(Frame::EpPoll(EpPollFrame { stage, ..self }))
    }
}

impl<S: Sink> Cx<'_, S> {
    /// `epoll_wait(2)` up to `ep_poll()`: the argument checks, in Linux's order.
    pub(crate) fn do_epoll_wait(
        &mut self,
        epfd: Fd,
        maxevents: i32,
        timeout_ns: Option<Nanos>,
    ) -> Flow {
        let file = match self.fget(epfd) {
            Ok(file) => file,
            Err(errno) => return Flow::fail(errno),
        };
        let ep = self.file_eventpoll(file);
        let Some(ep) = ep.filter(|_| (1..=EP_MAX_EVENTS).contains(&maxevents)) else {
            return Flow::fail(Errno::EINVAL);
        };
        let frame = EpPollFrame {
            ep,
            maxevents,
            deadline_ns: timeout_ns.map(|ns| self.now_ns.saturating_add(ns)),
            slack_ns: timeout_ns.map_or(0, select_estimate_accuracy),
            timed_out: timeout_ns == Some(0),
            stage: EpPoll::Harvest { available: true },
        };
        self.begin(Func::ep_poll, |cx| {
            // Without the lock.
            if cx.look_for_events(ep) {
                return frame.harvest(cx);
            }
            let stage = EpPoll::Harvest { available: false };
            EpPollFrame { stage, ..frame }.step(cx, Ret::Nothing)
        })
    }

    #[inline]
    fn look_for_events(&mut self, ep: EventpollKey) -> bool {
        let available = self.eventpolls[ep].events_available();
        self.emit(|| EventKind::EventsAvailable { ep, available });
        available
    }
}
