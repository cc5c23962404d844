//! The way into a call and out of it: `do_syscall_64()` of Linux 6.18, `arch/x86/entry/`.
//!
//! Leaves out: tracing, seccomp, and all work on the way out that is not about signals.

use super::abi::Errno;
use super::cx::Cx;
use super::dispatch::{FILLER_MAX, timeout};
use super::fd::FputFrame;
use super::ids::TaskKey;
use super::signal::Interrupted;
use super::syscall::{Reply, SysResult, Syscall, WriteData};
use super::task::{Flow, Frame, Ran, Ret, Task};
use super::{Kernel, Unsupported};
use crate::trace::event::{Point, TaskState};
use crate::trace::{Call, Context, EventKind, Func, Outcome, Sink};

impl Task {
    /// The task makes a call: what the last one gave is forgotten.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    pub(super) fn calls(&mut self, call: Syscall) {
        match &mut self.result {
            // Nothing to drop, which is worth knowing.
            None | Some(Ok(Reply::Int(_) | Reply::Counter(_)) | Err(_)) => {}
            Some(Ok(reply)) => {
                if let Reply::Events(events) = reply {
                    events.clear();
                    std::mem::swap(&mut self.user_events, events);
                }
                *reply = Reply::Int(0);
            }
        }
        std::mem::forget(self.result.take());
        if !self.call.as_ref().is_none_or(Syscall::is_plain) {
            self.call = None;
        }
        std::mem::forget(self.call.replace(call));
    }

    /// The call gives its result; none was there.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    pub(super) fn returns(&mut self, result: SysResult) {
        debug_assert!(self.result.is_none(), "a call returns once");
        std::mem::forget(self.result.replace(result));
    }
}

impl Kernel {
    /// Lets an idle task enter the kernel with a call. It becomes runnable; nothing has run yet.
    ///
    /// # Errors
    /// [`Unsupported`] if the simulator does not know what the call asks for; nothing has changed.
    pub fn submit<S: Sink>(
        &mut self,
        task: TaskKey,
        call: Syscall,
        sink: &mut S,
    ) -> Result<(), Unsupported> {
        assert!(self.tasks[task].state == TaskState::Idle, "{task} is in a call already");
        let mut cx = Cx::new(self, sink, Context::Task(task), Func::do_syscall_64);
        cx.check_supported(task, &call)?;
        cx.syscall_accept(task, call);
        cx.runq.push_back(task);
        Ok(())
    }

    /// [`Self::submit`] and [`Self::run`] in one: the task that makes the call goes first, whoever
    /// else waits for the processor. The calls made most go straight to their handlers.
    ///
    /// # Errors
    /// [`Unsupported`] if the simulator does not know what the call asks for; nothing has changed.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    pub fn call<S: Sink>(
        &mut self,
        task: TaskKey,
        call: Syscall,
        stop_at: Option<Point>,
        sink: &mut S,
    ) -> Result<Ran, Unsupported> {
        let entry = &self.tasks[task];
        assert!(entry.state == TaskState::Idle, "{task} is in a call already");
        let all_is_well = entry.fault.is_none();
        let cx = Cx::new(self, sink, Context::Task(task), Func::do_syscall_64);
        let cx = &mut cx.stopping_at(stop_at);
        // The arms that forget the call have copied all that it was.
        let flow = match call {
            Syscall::EpollCtl { epfd, op, fd, event } if all_is_well => {
                std::mem::forget(call);
                cx.syscall_start(task, Syscall::EpollCtl { epfd, op, fd, event });
                cx.do_epoll_ctl(epfd, op, fd, event)
            }
            Syscall::EpollWait { epfd, maxevents, timeout_ms } if all_is_well => {
                std::mem::forget(call);
                cx.syscall_start(task, Syscall::EpollWait { epfd, maxevents, timeout_ms });
                cx.do_epoll_wait(epfd, maxevents, timeout(timeout_ms))
            }
            Syscall::Read { fd, count } if all_is_well && count <= FILLER_MAX => {
                std::mem::forget(call);
                cx.syscall_start(task, Syscall::Read { fd, count });
                cx.vfs_read(fd, count)
            }
            Syscall::Write { fd, data: WriteData::Number(number) }
                if all_is_well && number <= FILLER_MAX && !cx.is_regular(task, fd) =>
            {
                std::mem::forget(call);
                let data = WriteData::Number(number);
                cx.syscall_start(task, Syscall::Write { fd, data });
                cx.vfs_write(fd, &WriteData::Number(number))
            }
            call => {
                cx.check_supported(task, &call)?;
                cx.syscall_start(task, call);
                cx.dispatch_taken(task)
            }
        };
        match flow {
            Flow::Return(Ret::Given) => {}
            Flow::Return(Ret::Call(result)) => cx.tasks[task].returns(result),
            flow => return Ok(cx.syscall_goes_on(task, flow)),
        }
        Ok(match cx.syscall_exit(task) {
            Some(ran) => ran,
            None => cx.run_frames(task, None),
        })
    }
}

impl<S: Sink> Cx<'_, S> {
    /// An idle task has made a call: it is runnable.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn syscall_accept(&mut self, task: TaskKey, call: Syscall) {
        let (kernel, tracer) = self.parts();
        tracer.emit(|| EventKind::SyscallEnter { task: task.into(), call: Call::from(&call) });
        let entry = &mut kernel.tasks[task];
        entry.calls(call);
        let state = TaskState::Runnable;
        entry.state = state;
        tracer.emit(|| EventKind::TaskState { task, state });
    }

    /// The task has the processor.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    pub(super) fn syscall_runs(&mut self, task: TaskKey) {
        let entry = &mut self.tasks[task];
        let state = TaskState::Running;
        entry.state = state;
        self.may_fault = entry.fault.is_some();
        self.emit(|| EventKind::TaskState { task, state });
    }

    /// An idle task has made a call, and goes first.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn syscall_start(&mut self, task: TaskKey, call: Syscall) {
        self.syscall_accept(task, call);
        self.syscall_runs(task);
    }

    /// A call is not over at once: a frame was made for the rest.
    #[cold]
    #[inline(never)]
    pub(super) fn syscall_goes_on(&mut self, task: TaskKey, flow: Flow) -> Ran {
        let flow = self.first_frame(flow);
        self.run_frames(task, Some(flow))
    }

    /// The first frame of a call takes the place of none.
    fn first_frame(&mut self, flow: Flow) -> Flow {
        match flow {
            Flow::Become(frame) => {
                self.enter(frame.func());
                Flow::Next(frame)
            }
            flow => flow,
        }
    }

    /// The way out of a call: references are dropped, which may release files; `None` while that
    /// still runs.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    pub(super) fn syscall_exit(&mut self, task: TaskKey) -> Option<Ran> {
        self.go_on_in(Func::do_syscall_64);
        let (kernel, tracer) = self.parts();
        let entry = &mut kernel.tasks[task];
        while let Some(file) = entry.pinned.pop() {
            let state = &mut kernel.files[file];
            state.count -= 1;
            let count = state.count;
            tracer.emit(|| EventKind::FileCount { file, count });
            if count == 0 {
                self.push_frame(task, Frame::Fput(FputFrame::new(file)));
                return None;
            }
        }
        let quiet = entry.signals.pending.is_empty() && entry.signals.saved.is_none();
        if !quiet || entry.fault.is_some() {
            return self.syscall_exit_work(task, quiet);
        }
        entry.restart_ns = None;
        let Some(result) = &entry.result else {
            unreachable!("{task} left the kernel without a result")
        };
        let state = TaskState::Idle;
        entry.state = state;
        tracer.emit(|| EventKind::TaskState { task, state });
        tracer.emit(|| EventKind::SyscallExit { task, result: Outcome::from(result) });
        Some(Ran::Returned)
    }

    /// The way out of a call that has signals to look at, or a fault to forget.
    #[cold]
    #[inline(never)]
    fn syscall_exit_work(&mut self, task: TaskKey, quiet: bool) -> Option<Ran> {
        let entry = &mut self.tasks[task];
        if !quiet && !entry.signals.is_fatal() {
            let interrupted = match self.tasks[task].result {
                Some(Err(Errno::EINTR)) => Interrupted::Yes,
                _ => Interrupted::No,
            };
            let handled = self.exit_to_user_mode(task, interrupted);
            let is_fatal = self.tasks[task].signals.is_fatal();
            if interrupted == Interrupted::Yes && !handled && !is_fatal && self.restarts(task) {
                self.tasks[task].result = None;
                let flow = self.dispatch_taken(task);
                match self.first_frame(flow) {
                    Flow::Return(Ret::Given) => {}
                    Flow::Return(Ret::Call(result)) => self.tasks[task].returns(result),
                    Flow::Next(frame) => self.tasks[task].stack.push(frame),
                    _ => unreachable!("only polls are made anew"),
                }
                return None;
            }
        }
        let entry = &mut self.tasks[task];
        entry.restart_ns = None;
        if !quiet && entry.signals.is_fatal() {
            return self.do_exit(task).then_some(Ran::Exited);
        }
        if entry.fault.is_some() {
            self.clear_fault();
        }
        let entry = &mut self.tasks[task];
        let Some(result) = &entry.result else {
            unreachable!("{task} left the kernel without a result")
        };
        let result = S::ACTIVE.then(|| Outcome::from(result));
        let state = TaskState::Idle;
        entry.state = state;
        self.emit(|| EventKind::TaskState { task, state });
        if let Some(result) = result {
            self.emit(|| EventKind::SyscallExit { task, result });
        }
        Some(Ran::Returned)
    }
}
