//! Timers as files. Linux 6.18, `fs/timerfd.c`.
//!
//! Leaves out clocks other than `CLOCK_MONOTONIC`, absolute times, `timerfd_gettime()` and the
//! cancelling of timers when the wall clock is set.

use serde::{Deserialize, Serialize};

use super::{FileObject, PollTable};
use crate::kernel::abi::{Errno, Events, Fd, Nanos, O_CLOEXEC, O_NONBLOCK, O_RDWR};
use crate::kernel::cx::Cx;
use crate::kernel::ids::{FileKey, WaitEntryKey, WaitQueueKey};
use crate::kernel::syscall::Reply;
use crate::kernel::task::{Flow, Frame, Ret};
use crate::kernel::time::Timer;
use crate::kernel::wait::Join;
use crate::trace::event::{FileKind, TaskState, TimerfdArm, Waiter};
use crate::trace::{EventKind, Func, Sink};

/// `struct timerfd_ctx`
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Timerfd {
    /// The one wait queue, for readers and items.
    pub(crate) wqh: WaitQueueKey,
    pub(crate) ticks: u64,
    /// `tintv`; 0 fires once.
    pub(crate) interval_ns: Nanos,
    /// Fired since it was last armed. A periodic timer stands still until somebody reads it.
    expired: bool,
    /// Its place among the kernel's timers, now or when it fired; `None` if never armed.
    due: Option<(Nanos, u64)>,
}

impl Timerfd {
    /// Its place among the kernel's timers, if it is armed.
    pub(crate) fn armed(&self) -> Option<(Nanos, u64)> {
        self.due.filter(|_| !self.expired)
    }
}

/// Bytes of the tick number, the least that can be read.
const TICKS_BYTES: usize = 8;

/// Progress of `timerfd_read_iter()`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct TimerfdReadFrame {
    file: FileKey,
    nonblocking: bool,
    entry: Option<WaitEntryKey>,
}

impl TimerfdReadFrame {
    pub(crate) fn new(file: FileKey, count: usize, nonblocking: bool) -> Result<Self, Errno> {
        if count < TICKS_BYTES {
            return Err(Errno::EINVAL);
        }
        Ok(TimerfdReadFrame { file, nonblocking, entry: None })
    }

    pub(crate) fn step<S: Sink>(self, cx: &mut Cx<'_, S>) -> Flow {
        let TimerfdReadFrame { file, nonblocking, entry } = self;
        let Timerfd { wqh, ticks, .. } = *cx.timerfd(file);
        if ticks == 0 {
            if nonblocking {
                return Flow::fail(Errno::EAGAIN);
            }
            if cx.signal_pending() {
                return cx.interrupted(entry);
            }
            let task = cx.current();
            let queued = entry.filter(|entry| cx.wait_entries.contains_key(*entry));
            let entry =
                queued.unwrap_or_else(|| cx.add_wait_queue(wqh, Waiter::Task(task), Join::Tail));
            let frame = Frame::TimerfdRead(TimerfdReadFrame { entry: Some(entry), ..self });
            return Flow::Sleep(frame, TaskState::Interruptible);
        }
        if let Some(entry) = entry {
            cx.remove_wait_queue(entry);
        }
        let ticks = ticks + cx.timerfd_forward(file);
        cx.timerfd_set_ticks(file, 0);
        if cx.copy_faults(0, TICKS_BYTES) {
            // The ticks are taken all the same.
            return Flow::fail(Errno::EFAULT);
        }
        cx.copied_to_user(TICKS_BYTES);
        Flow::Return(Ret::Call(Ok(Reply::Counter(ticks))))
    }
}

impl<S: Sink> Cx<'_, S> {
    /// `timerfd_create(2)`
    pub(crate) fn sys_timerfd_create(&mut self, flags: i32) -> Result<i64, Errno> {
        if flags & !(O_CLOEXEC | O_NONBLOCK) != 0 {
            return Err(Errno::EINVAL);
        }
        self.alloc_context()?;
        self.check_unused_fds(1)?;
        self.check_new_file()?;
        self.within(Func::timerfd_create, |cx| {
            let wqh = cx.wait_queue_new();
            let new = Timerfd { wqh, ticks: 0, interval_ns: 0, expired: false, due: None };
            let flags = O_RDWR | flags & O_NONBLOCK;
            let file =
                cx.file_new(FileObject::Timerfd(Box::new(new)), FileKind::Timerfd { wqh }, flags);
            Ok(cx.fd_alloc(file).into())
        })
    }

    /// `timerfd_settime(2)`, relative. Nobody is told that ticks are gone.
    pub(crate) fn sys_timerfd_settime(
        &mut self,
        fd: Fd,
        initial_ns: Nanos,
        interval_ns: Nanos,
    ) -> Result<i64, Errno> {
        if self.copy_faults(0, 1) {
            return Err(Errno::EFAULT);
        }
        let file = self.fget(fd)?;
        if !matches!(self.files[file].object, FileObject::Timerfd(_)) {
            return Err(Errno::EINVAL);
        }
        self.within(Func::do_timerfd_settime, |cx| {
            cx.timerfd_cancel(file);
            let expires_ns = cx.now_ns.saturating_add(initial_ns);
            let due = (initial_ns > 0).then(|| (expires_ns, cx.next_timer_serial()));
            *cx.timerfd_mut(file) =
                Timerfd { interval_ns, due, expired: false, ..*cx.timerfd(file) };
            cx.timerfd_set_ticks(file, 0);
            cx.timerfd_start(file);
        });
        Ok(0)
    }

    /// `timerfd_tmrproc()`: the timer fired.
    pub(crate) fn timerfd_tmrproc(&mut self, file: FileKey) {
        self.timerfd_mut(file).expired = true;
        self.emit(|| EventKind::TimerfdFire { file });
        let Timerfd { wqh, ticks, .. } = *self.timerfd(file);
        self.timerfd_set_ticks(file, ticks + 1);
        self.wake_up(wqh, 1, Events::EPOLLIN);
    }

    /// `timerfd_poll()`
    pub(crate) fn timerfd_poll(&mut self, file: FileKey, table: PollTable) -> Events {
        let Timerfd { wqh, ticks, .. } = *self.timerfd(file);
        self.simple_poll(Func::timerfd_poll, wqh, table, |_| {
            if ticks > 0 { Events::EPOLLIN } else { Events::empty() }
        })
    }

    /// `timerfd_release()`
    pub(crate) fn timerfd_release(&mut self, file: FileKey) {
        self.within(Func::timerfd_release, |cx| {
            cx.timerfd_cancel(file);
            let wqh = cx.timerfd(file).wqh;
            cx.wait_queue_free(wqh);
        });
    }

    /// `hrtimer_forward_now()` and `hrtimer_restart()` of a periodic timer that fired: it goes on
    /// in its old beat. Gives how many beats were missed meanwhile.
    fn timerfd_forward(&mut self, file: FileKey) -> u64 {
        let Timerfd { interval_ns, expired, due, .. } = *self.timerfd(file);
        let Some((was_ns, serial)) = due.filter(|_| expired) else { return 0 };
        if interval_ns == 0 {
            *self.timerfd_mut(file) = Timerfd { due: None, expired: false, ..*self.timerfd(file) };
            return 0;
        }
        let missed = (self.now_ns - was_ns) / interval_ns;
        let next_ns = was_ns.saturating_add(interval_ns.saturating_mul(missed + 1));
        let due = Some((next_ns, serial));
        *self.timerfd_mut(file) = Timerfd { due, expired: false, ..*self.timerfd(file) };
        self.timerfd_start(file);
        missed
    }

    fn timerfd_start(&mut self, file: FileKey) {
        let Timerfd { due, interval_ns, .. } = *self.timerfd(file);
        if let Some(due) = due {
            self.timers.insert(due, Timer::Timerfd(file));
        }
        let expires_ns = due.map(|(expires_ns, _)| expires_ns);
        self.emit(|| EventKind::TimerfdArm(Box::new(TimerfdArm { file, expires_ns, interval_ns })));
    }

    fn timerfd_cancel(&mut self, file: FileKey) {
        let Timerfd { due, expired, .. } = *self.timerfd(file);
        if let Some(due) = due.filter(|_| !expired) {
            self.timers.remove(&due);
        }
    }

    fn timerfd(&self, file: FileKey) -> &Timerfd {
        match &self.files[file].object {
            FileObject::Timerfd(timerfd) => timerfd,
            other => unreachable!("{file} is {other:?}, not a timerfd"),
        }
    }

    fn timerfd_mut(&mut self, file: FileKey) -> &mut Timerfd {
        match &mut self.files[file].object {
            FileObject::Timerfd(timerfd) => timerfd,
            other => unreachable!("{file} is {other:?}, not a timerfd"),
        }
    }

    fn timerfd_set_ticks(&mut self, file: FileKey, ticks: u64) {
        self.timerfd_mut(file).ticks = ticks;
        self.emit(|| EventKind::TimerfdTicks { file, ticks });
    }
}
