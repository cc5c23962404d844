//! Processes: made by `fork`, ended by `exit` or by a signal.
//!
//! Linux 6.18, `kernel/fork.c: kernel_clone()`, `kernel/exit.c: do_exit()`. Leaves out zombies,
//! `wait` and `SIGCHLD`: a process that ended is reaped at once, and nobody is told.

use super::abi::{Errno, Events, FD_CLOEXEC};
use super::cx::Cx;
use super::ids::{ProcessKey, TaskKey};
use super::task::Flow;
use crate::trace::event::TaskState;
use crate::trace::{EventKind, Func, Sink};

impl<S: Sink> Cx<'_, S> {
    /// A process without descriptors, all of whose signals have their default actions.
    pub(crate) fn process_new(&mut self) -> ProcessKey {
        let process = self.processes.insert(Default::default());
        self.emit(|| EventKind::ProcessNew { process });
        process
    }

    /// `fork(2)`: the child has a copy of the descriptor table, of the handlers and of the caller's
    /// mask, and no pending signals. Its first task is `name`.
    pub(crate) fn sys_fork(&mut self, name: &str) -> Result<i64, Errno> {
        self.within(Func::copy_process, |cx| {
            let parent = cx.current();
            let from = cx.tasks[parent].process;
            let process = cx.process_new();
            cx.processes[process].max_fds = cx.processes[from].max_fds_of_copy();
            let table = cx.processes[from].fds.clone();
            for (fd, file) in (0..).zip(table) {
                if let Some(file) = file {
                    cx.get_file(file);
                    cx.fd_install(process, fd, file);
                }
            }
            for (fd, ()) in cx.processes[from].close_on_exec.clone() {
                cx.set_close_on_exec(process, fd, FD_CLOEXEC);
            }
            for (sig, handler) in cx.processes[from].actions.clone() {
                cx.set_action(process, sig, handler);
            }
            let child = cx.task_new(name, process);
            let blocked = cx.tasks[parent].signals.blocked;
            cx.set_blocked(child, blocked);
        });
        Ok(0)
    }

    /// `exit_group(2)`
    pub(crate) fn sys_exit(&mut self) -> Flow {
        let process = self.tasks[self.current()].process;
        self.within(Func::do_group_exit, |cx| cx.kill_process(process));
        Flow::done(0)
    }

    /// `do_exit()`: the last task of a process takes the descriptor table with it. True once the
    /// task is gone; false while files wait to be released.
    pub(crate) fn do_exit(&mut self, task: TaskKey) -> bool {
        self.go_on_in(Func::do_exit);
        let process = self.tasks[task].process;
        let others = self
            .tasks_of(process)
            .into_iter()
            .any(|other| other != task && self.tasks[other].state != TaskState::Dead);
        if !others && !self.processes[process].fds.is_empty() {
            let table = std::mem::take(&mut self.processes[process].fds);
            self.processes[process].close_on_exec.clear();
            self.processes[process].next_fd = 0;
            for (fd, file) in (0..).zip(table) {
                if let Some(file) = file {
                    self.emit(|| EventKind::FdRemove { process, fd, file });
                    self.tasks[task].pinned.push(file);
                }
            }
            return false;
        }
        if !self.tasks[task].in_user {
            self.tasks[task].result = None;
        }
        self.set_task_state(task, TaskState::Dead);
        if let Some(wqh) = self.processes[process].signalfd_wqh.filter(|_| !others) {
            // signalfd_cleanup()
            self.wake_up(wqh, 0, Events::EPOLLHUP | Events::POLLFREE);
        }
        true
    }
}
