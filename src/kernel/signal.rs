//! Signals: sent, held back, taken.
//!
//! Linux 6.18, `kernel/signal.c`. A signal is sent to one task (`tgkill(2)`, or `SIGPIPE` to the one
//! that writes), so only the private pending set of each task is there. A handler does nothing and
//! is installed without `SA_RESTART`.
//!
//! Leaves out: stopping and continuing, core dumps ([`Cx::check_signal_supported`] says so), the
//! order of two handlers, alternate stacks, `SIGCHLD`.

use litemap::LiteMap;

use serde::{Deserialize, Serialize};

use super::abi::{Errno, Events, Handler, SigSet};
use super::cx::Cx;
use super::ids::{ProcessKey, TaskKey};
use super::syscall::Syscall;
use super::{Kernel, Unsupported};
use crate::trace::event::{SignalEnd, SignalFate, TaskState};
use crate::trace::{EventKind, Func, Sink};

/// `SIGKILL`
pub(crate) const SIGKILL: i32 = 9;
/// `SIGPIPE`
pub(crate) const SIGPIPE: i32 = 13;
/// `_NSIG`, the highest number of a signal.
const NSIG: i32 = 64;
/// The first real-time signal: those are queued as often as they are sent.
const RT_FIRST: i32 = 32;

/// `struct sighand_struct` with `signalfd_wqh` left to its process.
pub(crate) type Actions = LiteMap<i32, Handler>;

/// `struct sigpending` and the masks of a task.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Signals {
    /// How often each signal is pending.
    pub(crate) pending: LiteMap<i32, u32>,
    /// `task->blocked`
    pub(crate) blocked: SigSet,
    /// `task->saved_sigmask`, while a call has put its own mask in place.
    pub(crate) saved: Option<SigSet>,
}

impl Signals {
    /// `signal_pending()`: one that is not blocked, even if it will be found to be ignored.
    pub(crate) fn is_pending(&self) -> bool {
        self.next(!self.blocked.0).is_some()
    }

    /// `fatal_signal_pending()`
    #[inline]
    pub(crate) fn is_fatal(&self) -> bool {
        !self.pending.is_empty() && self.pending.contains_key(&SIGKILL)
    }

    /// `next_signal()`: those that a task causes by itself first, then by number.
    pub(crate) fn next(&self, wanted: u64) -> Option<i32> {
        if self.pending.is_empty() {
            return None;
        }
        const SYNCHRONOUS: [i32; 6] = [4, 5, 7, 8, 11, 31];
        let wanted = |sig: &&i32| wanted & SigSet::of(**sig).0 != 0;
        let first = self.pending.keys().filter(wanted).find(|sig| SYNCHRONOUS.contains(sig));
        first.or_else(|| self.pending.keys().find(wanted)).copied()
    }
}

/// What a signal does that no handler takes.
fn is_ignored_by_default(sig: i32) -> bool {
    // SIGCHLD, SIGCONT, SIGURG, SIGWINCH
    matches!(sig, 17 | 18 | 23 | 28)
}

fn stops_or_dumps(sig: i32) -> bool {
    // SIGCONT, SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU; then those that dump core.
    matches!(sig, 18..=22 | 3..=8 | 11 | 24 | 25 | 31)
}

/// `sig_kernel_only()`: what nobody can catch, ignore or block.
fn is_kernel_only(sig: i32) -> bool {
    matches!(sig, SIGKILL | 19)
}

impl<S: Sink> Cx<'_, S> {
    /// Says what of signals the simulator does not know: stopping, continuing, core dumps, and the
    /// two that the C library keeps for itself.
    pub(crate) fn check_signal_supported(
        &self,
        sig: i32,
        handler: Option<Handler>,
    ) -> Result<(), Unsupported> {
        match (sig, handler) {
            (32 | 33, _) => Err(Unsupported::LibrarySignals),
            (sig, None) if stops_or_dumps(sig) => Err(Unsupported::StopSignals),
            _ => Ok(()),
        }
    }

    fn action(&self, process: ProcessKey, sig: i32) -> Handler {
        self.processes[process].actions.get(&sig).copied().unwrap_or(Handler::Default)
    }

    /// `rt_sigaction(2)`: a signal that is ignored from now on does not stay pending.
    pub(crate) fn sys_signal(&mut self, sig: i32, handler: Handler) -> Result<i64, Errno> {
        if !(1..=NSIG).contains(&sig) || is_kernel_only(sig) {
            return Err(Errno::EINVAL);
        }
        let process = self.tasks[self.current()].process;
        self.set_action(process, sig, handler);
        if self.is_sig_ignored(process, sig) {
            let tasks: Vec<TaskKey> = self.tasks_of(process);
            for task in tasks {
                while self.tasks[task].signals.pending.contains_key(&sig) {
                    self.dequeue_signal(task, sig, SignalEnd::Discarded);
                }
            }
        }
        Ok(0)
    }

    pub(crate) fn set_action(&mut self, process: ProcessKey, sig: i32, handler: Handler) {
        match handler {
            Handler::Default => _ = self.processes[process].actions.remove(&sig),
            handler => _ = self.processes[process].actions.insert(sig, handler),
        }
        self.emit(|| EventKind::SignalAction { process, sig, handler });
    }

    /// `rt_sigprocmask(2)`
    pub(crate) fn sys_sigprocmask(&mut self, how: i32, set: Option<SigSet>) -> Result<i64, Errno> {
        let Some(SigSet(set)) = set else { return Ok(0) };
        let task = self.current();
        let SigSet(old) = self.tasks[task].signals.blocked;
        let new = match how {
            0 => old | set,
            1 => old & !set,
            2 => set,
            _ => return Err(Errno::EINVAL),
        };
        self.set_blocked(task, SigSet(new));
        Ok(0)
    }

    /// `set_current_blocked()`: `SIGKILL` and `SIGSTOP` are never blocked.
    pub(crate) fn set_blocked(&mut self, task: TaskKey, set: SigSet) {
        let blocked = set.blockable();
        self.tasks[task].signals.blocked = blocked;
        self.emit(|| EventKind::SignalMask { task, blocked });
    }

    /// `set_user_sigmask()`: a call puts its own mask in place until it returns.
    pub(crate) fn set_user_sigmask(&mut self, set: Option<SigSet>) {
        let Some(set) = set else { return };
        let task = self.current();
        self.tasks[task].signals.saved = Some(self.tasks[task].signals.blocked);
        self.set_blocked(task, set);
    }

    /// `tgkill(2)`
    pub(crate) fn sys_kill(&mut self, tid: usize, sig: i32) -> Result<i64, Errno> {
        let target = self.task_of_tid(tid).filter(|key| self.tasks[*key].state != TaskState::Dead);
        let target = target.ok_or(Errno::ESRCH)?;
        if !(0..=NSIG).contains(&sig) {
            return Err(Errno::EINVAL);
        }
        if sig > 0 {
            self.send_signal(target, sig);
        }
        Ok(0)
    }

    /// `sig_task_ignored()`
    fn is_sig_ignored(&self, process: ProcessKey, sig: i32) -> bool {
        match self.action(process, sig) {
            Handler::Ignore => true,
            Handler::Default => is_ignored_by_default(sig),
            Handler::Handler => false,
        }
    }

    /// `sig_fatal()`
    fn is_sig_fatal(&self, process: ProcessKey, sig: i32) -> bool {
        self.action(process, sig) == Handler::Default && !is_ignored_by_default(sig)
    }

    /// `__send_signal_locked()`: queues it, tells who watches by a signalfd, wakes the task.
    pub(crate) fn send_signal(&mut self, task: TaskKey, sig: i32) {
        self.within(Func::__send_signal_locked, |cx| {
            let process = cx.tasks[task].process;
            let is_blocked = cx.tasks[task].signals.blocked.contains(sig);
            let pending = cx.tasks[task].signals.pending.contains_key(&sig);
            let fate = match () {
                () if !is_blocked && cx.is_sig_ignored(process, sig) => SignalFate::Ignored,
                () if pending && sig < RT_FIRST => SignalFate::Merged,
                () => SignalFate::Queued,
            };
            cx.emit(|| EventKind::SignalSend { task, sig, fate });
            if fate != SignalFate::Queued {
                return;
            }
            *cx.tasks[task].signals.pending.entry(sig).or_default() += 1;
            if let Some(wqh) = cx.processes[process].signalfd_wqh {
                cx.wake_up(wqh, 1, Events::empty());
            }
            if is_blocked {
                return;
            }
            if cx.is_sig_fatal(process, sig) {
                cx.kill_process(process);
            } else {
                cx.signal_wake_up(task);
            }
        });
    }

    /// The end of a process begins: each of its tasks gets a `SIGKILL` of its own.
    pub(crate) fn kill_process(&mut self, process: ProcessKey) {
        for task in self.tasks_of(process) {
            if self.tasks[task].state != TaskState::Dead && !self.tasks[task].signals.is_fatal() {
                self.tasks[task].signals.pending.insert(SIGKILL, 1);
                let (sig, fate) = (SIGKILL, SignalFate::Queued);
                self.emit(|| EventKind::SignalSend { task, sig, fate });
            }
            self.signal_wake_up(task);
        }
    }

    /// `signal_wake_up()`. A task in user space takes the signal at once, or dies of it.
    fn signal_wake_up(&mut self, task: TaskKey) {
        match self.tasks[task].state {
            TaskState::Interruptible => _ = self.try_to_wake_up(task),
            TaskState::Idle if self.tasks[task].signals.is_fatal() => {
                self.tasks[task].in_user = true;
                self.set_task_state(task, TaskState::Runnable);
                self.runq.push_back(task);
            }
            TaskState::Idle => _ = self.get_signals(task),
            _ => {}
        }
    }

    /// `signal_pending(current)`
    pub(crate) fn signal_pending(&self) -> bool {
        self.tasks[self.current()].signals.is_pending()
    }

    pub(crate) fn dequeue_signal(&mut self, task: TaskKey, sig: i32, end: SignalEnd) {
        let pending = &mut self.tasks[task].signals.pending;
        if let Some(count) = pending.get_mut(&sig) {
            *count -= 1;
            if *count == 0 {
                pending.remove(&sig);
            }
        }
        self.emit(|| EventKind::SignalDequeue { task, sig, end });
    }

    /// `get_signal()`, again and again: all that is pending and not blocked is taken.
    /// Whether a handler runs.
    pub(crate) fn get_signals(&mut self, task: TaskKey) -> bool {
        let process = self.tasks[task].process;
        let mut any_handled = false;
        while !self.tasks[task].signals.is_fatal() {
            let SigSet(blocked) = self.tasks[task].signals.blocked;
            let Some(sig) = self.tasks[task].signals.next(!blocked) else { break };
            if self.is_sig_fatal(process, sig) {
                self.kill_process(process);
                break;
            }
            let handled = self.action(process, sig) == Handler::Handler;
            let end = if handled { SignalEnd::Handled } else { SignalEnd::Discarded };
            any_handled |= handled;
            self.dequeue_signal(task, sig, end);
        }
        any_handled
    }

    /// Whether the last call of a task, if it gave `EINTR`, is made anew when no handler runs
    /// (`-ERESTARTNOHAND`, `-ERESTART_RESTARTBLOCK`). Only a mask of the call's own lets a signal
    /// in that is then found to be ignored, so no other calls get here.
    pub(crate) fn restarts(&self, task: TaskKey) -> bool {
        matches!(self.tasks[task].call, Some(Syscall::Ppoll { .. } | Syscall::Pselect { .. }))
    }

    /// On the way back to user space: signals are taken, and the mask of before the call comes
    /// back; only if the call was interrupted do handlers run before that. Whether any does.
    pub(crate) fn exit_to_user_mode(&mut self, task: TaskKey, interrupted: Interrupted) -> bool {
        let mut handled = false;
        if let Some(saved) = self.tasks[task].signals.saved.take() {
            if interrupted == Interrupted::Yes {
                handled = self.get_signals(task);
            }
            self.set_blocked(task, saved);
        }
        self.get_signals(task) | handled
    }

    /// `send_sig(SIGPIPE, current, 0)`
    pub(crate) fn send_sigpipe(&mut self) {
        let task = self.current();
        self.send_signal(task, SIGPIPE);
    }

    /// The tasks of a process in the order in which they were made.
    pub(crate) fn tasks_of(&self, process: ProcessKey) -> Vec<TaskKey> {
        let tasks = self.tasks.iter().filter(|(_, task)| task.process == process);
        let mut tasks: Vec<_> = tasks.map(|(key, task)| (task.tid, key)).collect();
        tasks.sort_unstable_by_key(|(tid, _)| *tid);
        tasks.into_iter().map(|(_, key)| key).collect()
    }
}

impl Kernel {
    /// The task of a number.
    pub(crate) fn task_of_tid(&self, tid: usize) -> Option<TaskKey> {
        self.tasks.iter().find(|(_, task)| task.tid == tid).map(|(key, _)| key)
    }

    /// Whether the last call of a task is `exit_group(2)`.
    pub(crate) fn is_in_exit(&self, task: TaskKey) -> bool {
        self.tasks[task].call == Some(Syscall::Exit)
    }
}

/// Whether a call gave `EINTR`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Interrupted {
    Yes,
    No,
}
