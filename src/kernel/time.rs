//! The virtual clock and its timers: those that wake tasks, and those of timerfds.
//!
//! Linux 6.18, `kernel/time/hrtimer.c`: timers fire in order of expiry, those of one moment in the
//! order in which they were armed. Differs: a timer fires exactly when it is due; the slack that
//! Linux allows itself (`select_estimate_accuracy()`) is taken as 0.

use serde::{Deserialize, Serialize};

use super::Kernel;
use super::abi::{Errno, Nanos};
use super::cx::Cx;
use super::ids::{FileKey, TaskKey};
use super::task::{Flow, Frame};
use crate::trace::event::TaskState;
use crate::trace::{Context, EventKind, Func, Sink};

/// Whom a timer is for: `timer->function` and what contains the timer, in one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Timer {
    /// Wakes a task: `hrtimer_wakeup`.
    Task(TaskKey),
    /// Ticks: `timerfd_tmrproc`.
    Timerfd(FileKey),
}

/// Progress of `do_nanosleep()`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct NanosleepFrame {
    until_ns: Nanos,
    asleep: bool,
}

impl NanosleepFrame {
    pub(crate) fn new(until_ns: Nanos) -> Self {
        NanosleepFrame { until_ns, asleep: false }
    }

    pub(crate) fn step<S: Sink>(self, cx: &mut Cx<'_, S>) -> Flow {
        let task = cx.current();
        if self.asleep && cx.cancel_timer(task) || self.until_ns <= cx.now_ns {
            return Flow::done(0);
        }
        if cx.signal_pending() {
            return Flow::fail(Errno::EINTR);
        }
        cx.arm_timer(task, self.until_ns, TIMER_SLACK_NS);
        Flow::Sleep(
            Frame::Nanosleep(NanosleepFrame { asleep: true, ..self }),
            TaskState::Interruptible,
        )
    }
}

/// `task->timer_slack_ns` of a task that is not real-time.
const TIMER_SLACK_NS: Nanos = 50_000;

/// `select_estimate_accuracy()`: how much later than asked Linux may end a wait, in nanoseconds: a
/// thousandth of it, from 50 µs to 100 ms. Differs: here it is shown, and never taken.
pub(crate) fn select_estimate_accuracy(timeout_ns: Nanos) -> Nanos {
    (timeout_ns / 1000).clamp(TIMER_SLACK_NS, 100_000_000)
}

impl Kernel {
    /// When the next timer fires.
    pub fn next_timer_ns(&self) -> Option<Nanos> {
        self.timers.keys().next().map(|(expires_ns, _)| *expires_ns)
    }

    /// Moves the clock to the next timer and lets it fire. Preconditions: there is one.
    pub fn fire_timer<S: Sink>(&mut self, sink: &mut S) {
        let first = self.timers.first().map(|(due, _)| *due);
        let first = first.and_then(|due| Some((due, self.timers.remove(&due)?)));
        let Some(((expires_ns, _), timer)) = first else { unreachable!("no timer is armed") };
        self.set_clock(self.now_ns.max(expires_ns), sink);
        let mut cx = match timer {
            Timer::Task(_) => Cx::new(self, sink, Context::Hardirq, Func::hrtimer_wakeup),
            Timer::Timerfd(_) => Cx::new(self, sink, Context::Hardirq, Func::timerfd_tmrproc),
        };
        let task = match timer {
            Timer::Task(task) => task,
            Timer::Timerfd(file) => return cx.timerfd_tmrproc(file),
        };
        cx.emit(|| EventKind::TimerFire { task });
        cx.tasks[task].timer = None;
        cx.tasks[task].timer_fired = true;
        cx.try_to_wake_up(task);
    }

    /// Moves the clock on to `now_ns`. Preconditions: no timer is due before.
    pub fn set_clock<S: Sink>(&mut self, now_ns: Nanos, sink: &mut S) {
        assert!(now_ns >= self.now_ns, "the clock runs forward");
        if now_ns > self.now_ns {
            self.now_ns = now_ns;
            let mut cx = Cx::new(self, sink, Context::Hardirq, Func::hrtimer_wakeup);
            cx.emit(|| EventKind::Clock { now_ns });
        }
    }
}

impl<S: Sink> Cx<'_, S> {
    /// Arms the timer of a task. Preconditions: it has none, and `expires_ns` is in the future.
    pub(crate) fn arm_timer(&mut self, task: TaskKey, expires_ns: Nanos, slack_ns: Nanos) {
        assert!(self.tasks[task].timer.is_none(), "{task} has a timer already");
        let key = (expires_ns, self.next_timer_serial());
        self.timers.insert(key, Timer::Task(task));
        self.tasks[task].timer = Some(key);
        self.tasks[task].timer_fired = false;
        self.emit(|| EventKind::TimerArm { task, expires_ns, slack_ns });
    }

    /// The place of a timer that is armed now among those that fall due with it.
    pub(crate) fn next_timer_serial(&mut self) -> u64 {
        self.timer_serial += 1;
        self.timer_serial
    }

    /// Cancels the timer of a task, if it is armed; says whether it had fired.
    pub(crate) fn cancel_timer(&mut self, task: TaskKey) -> bool {
        if let Some(key) = self.tasks[task].timer.take() {
            self.timers.remove(&key);
            self.emit(|| EventKind::TimerCancel { task });
        }
        std::mem::take(&mut self.tasks[task].timer_fired)
    }
}
