//! Tasks, and the loop that runs their kernel frames.
//!
//! A task inside a call has a stack of [`Frame`]s. Each holds the progress of one kernel function
//! that can sleep or be preempted; everything else runs to its end in one go. So a machine in the
//! midst of any call is plain data.

use serde::{Deserialize, Serialize};

use super::Kernel;
use super::abi::{EpollEvent, Errno, Events, Handler, Nanos};
use super::cx::Cx;
use super::eventpoll::{CtlFrame, EpPollFrame, EpollPollFrame, ReleaseFrame, SendEventsFrame};
use super::fd::FputFrame;
use super::file::eventfd::{EventfdReadFrame, EventfdWriteFrame};
use super::file::pipe::{PipeReadFrame, PipeWriteFrame};
use super::file::signalfd::SignalfdReadFrame;
use super::file::timerfd::TimerfdReadFrame;
use super::file::unix::UnixWriteFrame;
use super::file::unix_read::UnixReadFrame;
use super::ids::{FileKey, ProcessKey, TaskKey};
use super::net::tcp_io::NetFrame;
use super::select::{PollFrame, PollWqueues};
use super::signal::{SIGPIPE, Signals};
use super::syscall::{Fault, Reply, SysResult, Syscall};
use super::time::NanosleepFrame;
use crate::trace::event::{Point, TaskNew, TaskState};
use crate::trace::{Context, EventKind, Func, Sink};

/// `struct task_struct`, as far as it matters here.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Task {
    /// `comm`
    pub(crate) name: String,
    pub(crate) process: ProcessKey,
    /// Its number: tasks are counted in the order in which they are made.
    pub(crate) tid: usize,
    pub(crate) signals: Signals,
    /// Woken in user space, only to die.
    pub(crate) in_user: bool,
    pub(crate) state: TaskState,
    /// The call under way, or the last one.
    pub(crate) call: Option<Syscall>,
    /// What the last call gave, once it has.
    pub(crate) result: Option<SysResult>,
    /// The kernel stack: the function that runs now is last.
    pub(super) stack: Vec<Frame>,
    /// The array of an `epoll_wait` that is over, empty, to be filled again.
    pub(crate) user_events: Vec<EpollEvent>,
    /// Files that the call under way holds a reference to.
    pub(crate) pinned: Vec<FileKey>,
    /// What a `poll` or `select` under way keeps on its stack.
    pub(crate) poll: Option<Box<PollWqueues>>,
    /// When the wait of a call is over that is made anew, because what interrupted it was no signal
    /// for a handler: `restart_block`, or what was written back to the user's timeout.
    pub(crate) restart_ns: Option<Nanos>,
    /// The timer that wakes it, if armed: the key in [`Kernel::timers`].
    pub(crate) timer: Option<(Nanos, u64)>,
    /// The timer fired since it was armed.
    pub(crate) timer_fired: bool,
    /// What a scenario lets go wrong in its next call.
    pub(crate) fault: Option<Fault>,
}

/// Progress of one kernel function.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Frame {
    EpollCtl(CtlFrame),
    EpPoll(EpPollFrame),
    SendEvents(SendEventsFrame),
    EpollPoll(EpollPollFrame),
    Release(ReleaseFrame),
    Fput(FputFrame),
    EventfdRead(EventfdReadFrame),
    EventfdWrite(EventfdWriteFrame),
    TimerfdRead(TimerfdReadFrame),
    SignalfdRead(SignalfdReadFrame),
    PipeRead(PipeReadFrame),
    PipeWrite(PipeWriteFrame),
    UnixRead(UnixReadFrame),
    UnixWrite(UnixWriteFrame),
    Nanosleep(NanosleepFrame),
    Poll(PollFrame),
    Net(NetFrame),
}

/// What a frame gives to the one that called it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) enum Ret {
    /// Nothing was called, or it gives nothing.
    #[default]
    Nothing,
    /// A poll mask.
    Mask(Events),
    /// Events handed over.
    Events(Result<Vec<EpollEvent>, Errno>),
    /// The result of the whole call.
    Call(SysResult),
    /// The call is over, and its result stands in the task already.
    Given,
}

/// What a frame wants after a step.
pub(crate) enum Flow {
    /// Go on with this frame.
    Next(Frame),
    /// Call the second; the first goes on when it has returned. Seldom, and larger than all else.
    Call(Box<(Frame, Frame)>),
    /// Go on with another frame in place of this one: it was the last thing it did.
    Become(Frame),
    /// Leave the function.
    Return(Ret),
    /// Sleep; the frame goes on when somebody wakes the task.
    Sleep(Frame, TaskState),
    /// A preemption point; the frame goes on from it.
    Point(Frame, Point),
}

impl Flow {
    /// The call is over and gives a number.
    pub(crate) fn done(number: i64) -> Flow {
        Flow::Return(Ret::Call(Ok(Reply::Int(number))))
    }

    /// The first frame calls the second.
    #[cold]
    pub(crate) fn call(caller: Frame, callee: Frame) -> Flow {
        Flow::Call(Box::new((caller, callee)))
    }

    /// The call is over and failed.
    pub(crate) fn fail(errno: Errno) -> Flow {
        Flow::Return(Ret::Call(Err(errno)))
    }
}

/// How far a task got when it was let run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ran {
    /// Its call returned: [`Kernel::result`] is what it gave.
    Returned,
    /// It sleeps.
    Blocked,
    /// It is gone, with the process or before the rest of it.
    Exited,
    /// It reached the preemption point at which it was to stop.
    Stopped(Point),
}

impl Frame {
    pub(super) fn func(&self) -> Func {
        match self {
            Frame::EpollCtl(frame) => frame.func(),
            Frame::EpPoll(_) => Func::ep_poll,
            Frame::SendEvents(_) => Func::ep_send_events,
            Frame::EpollPoll(_) => Func::ep_eventpoll_poll,
            Frame::Release(frame) => frame.func(),
            Frame::Fput(_) => Func::__fput,
            Frame::EventfdRead(_) => Func::eventfd_read,
            Frame::EventfdWrite(_) => Func::eventfd_write,
            Frame::SignalfdRead(_) => Func::signalfd_read_iter,
            Frame::TimerfdRead(_) => Func::timerfd_read_iter,
            Frame::PipeRead(_) => Func::pipe_read,
            Frame::PipeWrite(_) => Func::pipe_write,
            Frame::UnixRead(_) => Func::unix_stream_read_generic,
            Frame::UnixWrite(_) => Func::unix_stream_sendmsg,
            Frame::Nanosleep(_) => Func::do_nanosleep,
            Frame::Poll(frame) => frame.func(),
            Frame::Net(frame) => frame.func(),
        }
    }

    fn step<S: Sink>(self, cx: &mut Cx<'_, S>, returned: Ret) -> Flow {
        match self {
            Frame::EpollCtl(frame) => frame.step(cx, returned),
            Frame::EpPoll(frame) => frame.step(cx, returned),
            Frame::SendEvents(frame) => frame.step(cx, returned),
            Frame::EpollPoll(frame) => frame.step(cx, returned),
            Frame::Release(frame) => frame.step(cx),
            Frame::Fput(frame) => frame.step(cx),
            Frame::EventfdRead(frame) => frame.step(cx),
            Frame::EventfdWrite(frame) => frame.step(cx),
            Frame::SignalfdRead(frame) => frame.step(cx),
            Frame::TimerfdRead(frame) => frame.step(cx),
            Frame::PipeRead(frame) => frame.step(cx),
            Frame::PipeWrite(frame) => frame.step(cx),
            Frame::UnixRead(frame) => frame.step(cx),
            Frame::UnixWrite(frame) => frame.step(cx),
            Frame::Nanosleep(frame) => frame.step(cx),
            Frame::Poll(frame) => frame.step(cx, returned),
            Frame::Net(frame) => frame.step(cx),
        }
    }
}

/// Room in the first process's descriptor table, whatever its limit.
const FIRST_TABLE: usize = 1024;

impl Kernel {
    /// Makes a process with its first task; descriptors 0, 1 and 2 are open.
    pub fn spawn_process<S: Sink>(&mut self, name: &str, sink: &mut S) -> TaskKey {
        let cx = &mut Cx::new(self, sink, Context::Boot, Func::do_syscall_64);
        let process = cx.process_new();
        // As the shell or the real-kernel runner left it: room for all.
        cx.processes[process].max_fds = FIRST_TABLE;
        cx.open_standard_files(process);
        cx.set_action(process, SIGPIPE, Handler::Ignore);
        cx.task_new(name, process)
    }

    /// Makes another task in the process of `of`.
    pub fn spawn_thread<S: Sink>(&mut self, of: TaskKey, name: &str, sink: &mut S) -> TaskKey {
        let process = self.tasks[of].process;
        Cx::new(self, sink, Context::Boot, Func::do_syscall_64).task_new(name, process)
    }

    /// Lets a task that is stopped at a preemption point become runnable again.
    pub fn resume<S: Sink>(&mut self, task: TaskKey, sink: &mut S) {
        assert!(
            matches!(self.tasks[task].state, TaskState::Stopped(_)),
            "{task} is {:?}, not stopped",
            self.tasks[task].state
        );
        let cx = &mut Cx::new(self, sink, Context::Task(task), Func::do_syscall_64);
        cx.set_task_state(task, TaskState::Runnable);
        cx.runq.push_back(task);
    }

    /// What the last call of a task gave, if it has returned.
    pub fn result(&self, task: TaskKey) -> Option<&SysResult> {
        self.tasks[task].result.as_ref()
    }

    /// The tasks that wait for the processor, in the order in which they became runnable.
    pub fn runnable(&self) -> impl Iterator<Item = TaskKey> + '_ {
        self.runq.iter().copied()
    }

    /// Runs a runnable task until it sleeps, returns, or reaches the point `stop_at`.
    ///
    /// Which of the runnable tasks goes next is the caller's choice, always.
    pub fn run<S: Sink>(&mut self, task: TaskKey, stop_at: Option<Point>, sink: &mut S) -> Ran {
        if self.runq.front() == Some(&task) {
            self.runq.pop_front();
        } else {
            self.leave_runq(task);
        }
        let cx = Cx::new(self, sink, Context::Task(task), Func::do_syscall_64);
        let mut cx = cx.stopping_at(stop_at);
        let entry = &cx.tasks[task];
        let starts = entry.stack.is_empty() && entry.result.is_none() && !entry.in_user;
        cx.syscall_runs(task);
        if !starts {
            return cx.run_frames(task, None);
        }
        match cx.dispatch_taken(task) {
            Flow::Return(Ret::Given) => {}
            Flow::Return(Ret::Call(result)) => cx.tasks[task].returns(result),
            flow => return cx.syscall_goes_on(task, flow),
        }
        cx.run_frames(task, None)
    }

    /// Takes a task that is not the first from those that wait for the processor.
    #[cold]
    fn leave_runq(&mut self, task: TaskKey) {
        let place = self.runq.iter().position(|t| *t == task);
        let Some(place) = place else { unreachable!("{task} is not runnable") };
        self.runq.remove(place);
    }
}

impl<S: Sink> Cx<'_, S> {
    pub(crate) fn task_new(&mut self, name: &str, process: ProcessKey) -> TaskKey {
        let tid = self.tasks.len();
        let task = self.tasks.insert(Task {
            name: name.to_owned(),
            process,
            tid,
            signals: Signals::default(),
            in_user: false,
            state: TaskState::Idle,
            call: None,
            result: None,
            stack: Vec::new(),
            user_events: Vec::new(),
            pinned: Vec::new(),
            poll: None,
            restart_ns: None,
            timer: None,
            timer_fired: false,
            fault: None,
        });
        self.emit(|| EventKind::TaskNew(Box::new(TaskNew { task, process, name: name.into() })));
        task
    }

    /// Enters the function of a frame and takes its first step at once; most calls end with it, and
    /// their frames never get to the task's stack.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    pub(crate) fn begin(&mut self, func: Func, step: impl FnOnce(&mut Self) -> Flow) -> Flow {
        self.enter(func);
        let flow = step(self);
        if S::ACTIVE && matches!(flow, Flow::Return(_)) {
            self.emit(|| EventKind::Leave);
        }
        flow
    }

    /// The call of the current task is over. What is handed up part by part would be put together
    /// on each step: where calls are made most, the result is stored at once.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    pub(crate) fn gives(&mut self, result: SysResult) -> Flow {
        let task = self.current();
        self.tasks[task].returns(result);
        Flow::Return(Ret::Given)
    }

    /// Puts the frame of a caller below that of the function that it has begun.
    pub(crate) fn push_caller(&mut self, caller: Frame) {
        let task = self.current();
        self.tasks[task].stack.push(caller);
    }

    pub(super) fn push_frame(&mut self, task: TaskKey, frame: Frame) {
        self.enter(frame.func());
        self.tasks[task].stack.push(frame);
    }

    /// Does what the frame wants that was begun, or else goes on with the innermost one, and then
    /// with those that called it.
    #[inline(never)]
    pub(super) fn run_frames(&mut self, task: TaskKey, begun: Option<Flow>) -> Ran {
        let mut flow = begun;
        let mut returned = Ret::Nothing;
        loop {
            let frame = match flow {
                None => match self.tasks[task].stack.pop() {
                    Some(frame) => frame,
                    None => match self.syscall_exit(task) {
                        Some(ran) => return ran,
                        None => {
                            flow = None;
                            continue;
                        }
                    },
                },
                Some(Flow::Next(frame)) => frame,
                Some(Flow::Call(frames)) => {
                    let (caller, callee) = *frames;
                    self.tasks[task].stack.push(caller);
                    self.enter(callee.func());
                    callee
                }
                Some(Flow::Become(frame)) => {
                    self.emit(|| EventKind::Leave);
                    self.enter(frame.func());
                    frame
                }
                Some(Flow::Sleep(frame, state)) => {
                    self.tasks[task].stack.push(frame);
                    self.set_task_state(task, state);
                    return Ran::Blocked;
                }
                Some(Flow::Point(frame, point)) if self.passes(point) => frame,
                Some(Flow::Point(frame, point)) => {
                    self.tasks[task].stack.push(frame);
                    self.set_task_state(task, TaskState::Stopped(point));
                    return Ran::Stopped(point);
                }
                Some(Flow::Return(_)) => unreachable!("taken note of below"),
            };
            if S::ACTIVE {
                self.go_on_in(frame.func());
            }
            flow = match frame.step(self, std::mem::take(&mut returned)) {
                Flow::Return(ret) => {
                    self.emit(|| EventKind::Leave);
                    match ret {
                        Ret::Given => {}
                        Ret::Call(result) => self.tasks[task].returns(result),
                        ret => returned = ret,
                    }
                    None
                }
                flow => Some(flow),
            };
        }
    }

    pub(crate) fn set_task_state(&mut self, task: TaskKey, state: TaskState) {
        self.tasks[task].state = state;
        self.emit(|| EventKind::TaskState { task, state });
    }

    /// `try_to_wake_up()`: makes a sleeping task runnable, behind all that are runnable already.
    /// False if it did not sleep.
    pub(crate) fn try_to_wake_up(&mut self, task: TaskKey) -> bool {
        self.within(Func::try_to_wake_up, |cx| {
            let woken = cx.tasks[task].state.is_asleep();
            cx.emit(|| EventKind::Wakeup { task, woken });
            if woken {
                cx.set_task_state(task, TaskState::Runnable);
                cx.runq.push_back(task);
            }
            woken
        })
    }
}
