//! The loop of `poll` and `select`: a pass over all descriptors, sleep, another pass.
//!
//! Linux 6.18, `fs/select.c: do_poll(), do_select(), poll_schedule_timeout()`.

use serde::{Deserialize, Serialize};

use super::enter::{SETS, TIME_BYTES};
use super::{Asked, DEFAULT_POLLMASK, PollWqueues};
use crate::kernel::abi::{Errno, Events, Nanos, O_PATH, PollFd};
use crate::kernel::cx::Cx;
use crate::kernel::eventpoll::EpollPollFrame;
use crate::kernel::file::{PollTable, size};
use crate::kernel::ids::{FileKey, TaskKey};
use crate::kernel::syscall::Reply;
use crate::kernel::task::{Flow, Frame, Ret};
use crate::trace::event::{Point, PollKind, TaskState};
use crate::trace::{EventKind, Func, Sink};

/// Bytes of `revents`.
const REVENTS_BYTES: usize = 2;

/// Progress of `do_poll()` or `do_select()`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PollFrame {
    kind: PollKind,
    /// When the wait is over; `None` waits for ever.
    deadline_ns: Option<Nanos>,
    slack_ns: Nanos,
    timed_out: bool,
    /// What this pass has found.
    count: u32,
    stage: Stage,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Stage {
    /// A pass begins.
    Pass,
    /// About to look at the descriptor with this place.
    Look(usize),
    /// Its file, an epoll instance, is asked.
    Ask(usize, FileKey),
    /// A pass found nothing: about to sleep.
    Polled,
    /// Asleep, or just woken.
    Asleep,
}

impl PollFrame {
    pub(super) fn new(
        kind: PollKind,
        (deadline_ns, slack_ns): (Option<Nanos>, Nanos),
        timed_out: bool,
    ) -> Self {
        PollFrame { kind, deadline_ns, slack_ns, timed_out, count: 0, stage: Stage::Pass }
    }

    pub(crate) fn func(&self) -> Func {
        match self.kind {
            PollKind::Poll => Func::do_poll,
            PollKind::Select => Func::do_select,
        }
    }

    pub(crate) fn step<S: Sink>(mut self, cx: &mut Cx<'_, S>, returned: Ret) -> Flow {
        let task = cx.current();
        match self.stage {
            Stage::Pass => {
                self.count = 0;
                cx.poll_pass(task);
                self.scan(cx, 0)
            }
            Stage::Look(index) => self.scan(cx, index),
            Stage::Ask(index, file) => match returned {
                Ret::Mask(mask) => {
                    cx.poll_asked(task, file);
                    self.count += cx.poll_looked(task, index, Some(file), mask);
                    self.scan(cx, index + 1)
                }
                other => unreachable!("ep_eventpoll_poll gave {other:?}"),
            },
            Stage::Polled => self.poll_schedule_timeout(cx),
            Stage::Asleep => {
                let timed_out = cx.cancel_timer(task);
                self.timed_out |= timed_out;
                cx.poll_untrigger(task);
                self.at(Stage::Pass)
            }
        }
    }

    /// Goes on with a pass, to its end or to a file that may sleep over the answer.
    fn scan<S: Sink>(mut self, cx: &mut Cx<'_, S>, from: usize) -> Flow {
        let task = cx.current();
        let process = cx.tasks[task].process;
        for index in from..cx.poll_wqueues(task).asked.len() {
            let state = cx.poll_wqueues(task);
            let (Asked { fd, key, .. }, hooking) = (state.asked[index], state.hooking);
            let file = cx.processes[process].slot(fd);
            let file = file.filter(|file| cx.files[*file].flags & O_PATH == 0);
            let Some(file) = file else {
                let mask = if fd < 0 { Events::empty() } else { Events::EPOLLNVAL };
                self.count += cx.poll_looked(task, index, None, mask);
                continue;
            };
            let table = if hooking { PollTable::Poll { file, key } } else { PollTable::JustAsk };
            let mask = match cx.file_eventpoll(file) {
                Some(ep) => {
                    // fdget(): another task may close it meanwhile.
                    cx.get_file(file);
                    cx.poll_wqueues(task).asking = Some(file);
                    let ask = Frame::EpollPoll(EpollPollFrame::new(ep, table));
                    let caller = PollFrame { stage: Stage::Ask(index, file), ..self };
                    return Flow::call(Frame::Poll(caller), ask);
                }
                None if cx.files[file].can_poll() => cx.vfs_poll(file, table),
                None => DEFAULT_POLLMASK,
            };
            self.count += cx.poll_looked(task, index, Some(file), mask);
        }
        let count = self.count;
        cx.poll_wqueues(task).hooking = false;
        cx.emit(|| EventKind::PollPassEnd { task, count });
        if count == 0 && cx.signal_pending() {
            return cx.poll_finish(task, Some(self.deadline_ns));
        }
        if count == 0 && cx.alloc_failed() {
            // poll_get_entry() found no page, and so nobody would wake the caller.
            let _ = cx.poll_finish(task, Some(None));
            return Flow::fail(Errno::ENOMEM);
        }
        if count > 0 || self.timed_out {
            return cx.poll_finish(task, None);
        }
        Flow::Point(Frame::Poll(PollFrame { stage: Stage::Polled, ..self }), Point::Polled)
    }

    /// Sleeps, unless something happened since the pass began.
    fn poll_schedule_timeout<S: Sink>(self, cx: &mut Cx<'_, S>) -> Flow {
        let task = cx.current();
        if cx.poll_wqueues(task).triggered {
            cx.poll_untrigger(task);
            return self.at(Stage::Pass);
        }
        match self.deadline_ns {
            // A signal has come since the pass: `schedule()` does not sleep.
            _ if cx.signal_pending() => return self.at(Stage::Pass),
            Some(deadline_ns) if deadline_ns <= cx.now_ns => {
                return PollFrame { timed_out: true, ..self }.at(Stage::Pass);
            }
            Some(deadline_ns) => cx.arm_timer(task, deadline_ns, self.slack_ns),
            None => {}
        }
        let asleep = PollFrame { stage: Stage::Asleep, ..self };
        Flow::Sleep(Frame::Poll(asleep), TaskState::Interruptible)
    }

    fn at(self, stage: Stage) -> Flow {
        Flow::Next(Frame::Poll(PollFrame { stage, ..self }))
    }
}

impl<S: Sink> Cx<'_, S> {
    fn poll_pass(&mut self, task: TaskKey) {
        let state = self.poll_wqueues(task);
        state.passes += 1;
        let (nfds, hooking) = (size(state.nfds), state.hooking);
        self.emit(|| EventKind::PollPass { task, nfds, hooking });
    }

    /// What a descriptor gave; how many it counts. After the first one that counts nothing more is
    /// hooked.
    fn poll_looked(
        &mut self,
        task: TaskKey,
        index: usize,
        file: Option<FileKey>,
        mask: Events,
    ) -> u32 {
        let state = self.poll_wqueues(task);
        let asked = &mut state.asked[index];
        let nval = mask & Events::EPOLLNVAL;
        let revents = match state.kind {
            PollKind::Poll => mask & asked.filter | nval,
            PollKind::Select => mask & asked.filter,
        };
        asked.revents = revents;
        let counts = match state.kind {
            PollKind::Poll => u32::from(!revents.is_empty()),
            PollKind::Select => size(asked.sets_found().count()),
        };
        state.hooking &= counts == 0;
        self.emit(|| EventKind::PollLook { task, index: size(index), file, mask, revents });
        counts
    }

    /// `fdput()` after an instance has answered: if that was the last reference, the file is
    /// released at the end of the call.
    fn poll_asked(&mut self, task: TaskKey, file: FileKey) {
        self.poll_wqueues(task).asking = None;
        if self.files[file].count > 1 {
            self.put_file(file);
        } else {
            self.tasks[task].pinned.push(file);
        }
    }

    fn poll_untrigger(&mut self, task: TaskKey) {
        if std::mem::take(&mut self.poll_wqueues(task).triggered) {
            self.emit(|| EventKind::PollTriggered { task, triggered: false });
        }
    }

    /// Unhooks, copies out, and leaves: with what was found, or for a signal, with the time at which
    /// the wait would have been over.
    fn poll_finish(&mut self, task: TaskKey, interrupted: Option<Option<Nanos>>) -> Flow {
        self.poll_freewait(task);
        let Some(state) = self.tasks[task].poll.take() else {
            unreachable!("{task} is in no poll")
        };
        self.emit(|| EventKind::PollEnd { task });
        match state.kind {
            PollKind::Poll => self.copied_to_user(state.nfds * REVENTS_BYTES),
            PollKind::Select if interrupted.is_some() => {}
            PollKind::Select => {
                state.sets.into_iter().flatten().for_each(|bytes| self.copied_to_user(bytes));
            }
        }
        if state.updates_timeout {
            self.copied_to_user(TIME_BYTES);
        }
        match interrupted {
            // -ERESTARTNOHAND: see `restart_syscall()`.
            Some(deadline_ns) => {
                self.tasks[task].restart_ns = deadline_ns;
                Flow::fail(Errno::EINTR)
            }
            None => Flow::Return(Ret::Call(Ok(state.reply()))),
        }
    }
}

impl Asked {
    /// The sets of a `select` in which the descriptor's bit is left.
    fn sets_found(&self) -> impl Iterator<Item = usize> + '_ {
        (0..3).filter(|set| self.sets[*set] && self.revents.intersects(SETS[*set]))
    }
}

impl PollWqueues {
    fn reply(&self) -> Reply {
        match self.kind {
            PollKind::Poll => {
                let found = self.asked.iter().filter(|asked| !asked.revents.is_empty());
                let found = found.map(|asked| PollFd { fd: asked.fd, events: asked.revents });
                Reply::Polled(found.collect())
            }
            PollKind::Select => {
                let mut sets = [const { Vec::new() }; 3];
                for asked in &self.asked {
                    asked.sets_found().for_each(|set| sets[set].push(asked.fd));
                }
                let beyond = sets.iter_mut().zip(&self.beyond);
                beyond.for_each(|(set, beyond)| set.extend(beyond));
                Reply::Selected(Box::new(sets))
            }
        }
    }
}
