//! Signals as files. Linux 6.18, `fs/signalfd.c`.
//!
//! The file holds a mask and nothing else: what it is ready for depends on who asks. Leaves out
//! changing the mask of a signalfd that is there.

use serde::{Deserialize, Serialize};

use super::{FileObject, PollTable};
use crate::kernel::abi::{Errno, Events, O_CLOEXEC, O_NONBLOCK, O_RDWR, SigSet};
use crate::kernel::cx::Cx;
use crate::kernel::ids::{FileKey, WaitEntryKey, WaitQueueKey};
use crate::kernel::task::{Flow, Frame};
use crate::kernel::wait::Join;
use crate::trace::event::{FileKind, SignalEnd, TaskState, Waiter};
use crate::trace::{EventKind, Func, Sink};

/// `sizeof(struct signalfd_siginfo)`
const RECORD_BYTES: usize = 128;

/// Progress of `signalfd_read_iter()`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SignalfdReadFrame {
    mask: SigSet,
    /// Records that fit into the buffer.
    room: usize,
    nonblocking: bool,
    entry: Option<WaitEntryKey>,
}

impl SignalfdReadFrame {
    pub(crate) fn new(mask: SigSet, count: usize, nonblocking: bool) -> Result<Self, Errno> {
        match count / RECORD_BYTES {
            0 => Err(Errno::EINVAL),
            room => Ok(SignalfdReadFrame { mask, room, nonblocking, entry: None }),
        }
    }

    pub(crate) fn step<S: Sink>(self, cx: &mut Cx<'_, S>) -> Flow {
        let task = cx.current();
        let (mut read, mut faulted) = (0, false);
        while !faulted
            && read < self.room
            && let Some(sig) = cx.tasks[task].signals.next(self.mask.0)
        {
            cx.dequeue_signal(task, sig, SignalEnd::Read);
            // A signal that can not be handed over is gone.
            faulted = cx.copy_faults(read * RECORD_BYTES, RECORD_BYTES);
            if !faulted {
                cx.copied_to_user(RECORD_BYTES);
                read += 1;
            }
        }
        let interrupted = read == 0 && !faulted && self.entry.is_some() && cx.signal_pending();
        if read == 0 && !faulted && !self.nonblocking && !interrupted {
            let wqh = cx.signalfd_wqh();
            let entry = self
                .entry
                .unwrap_or_else(|| cx.add_wait_queue(wqh, Waiter::Task(task), Join::HeadStays));
            let frame = Frame::SignalfdRead(SignalfdReadFrame { entry: Some(entry), ..self });
            return Flow::Sleep(frame, TaskState::Interruptible);
        }
        if let Some(entry) = self.entry {
            cx.remove_wait_queue(entry);
        }
        match read {
            0 if faulted => Flow::fail(Errno::EFAULT),
            0 if interrupted => Flow::fail(Errno::EINTR),
            0 => Flow::fail(Errno::EAGAIN),
            read => Flow::done((read * RECORD_BYTES) as i64),
        }
    }
}

impl<S: Sink> Cx<'_, S> {
    /// `signalfd4(2)` that makes a new file.
    pub(crate) fn sys_signalfd(&mut self, set: SigSet, flags: i32) -> Result<i64, Errno> {
        if flags & !(O_CLOEXEC | O_NONBLOCK) != 0 {
            return Err(Errno::EINVAL);
        }
        self.alloc_context()?;
        self.check_unused_fds(1)?;
        self.check_new_file()?;
        self.within(Func::do_signalfd4, |cx| {
            let mask = set.blockable();
            let flags = O_RDWR | flags & O_NONBLOCK;
            let kind = FileKind::Signalfd { mask };
            let file = cx.file_new(FileObject::Signalfd(mask), kind, flags);
            Ok(cx.fd_alloc(file).into())
        })
    }

    /// `signalfd_poll()`: of the task that asks, whoever made the file.
    pub(crate) fn signalfd_poll(&mut self, mask: SigSet, table: PollTable) -> Events {
        let task = self.current();
        let wqh = self.signalfd_wqh();
        self.simple_poll(Func::signalfd_poll, wqh, table, |kernel| {
            match kernel.tasks[task].signals.next(mask.0) {
                Some(_) => Events::EPOLLIN,
                None => Events::empty(),
            }
        })
    }

    /// `current->sighand->signalfd_wqh`
    fn signalfd_wqh(&mut self) -> WaitQueueKey {
        let process = self.tasks[self.current()].process;
        if let Some(wqh) = self.processes[process].signalfd_wqh {
            return wqh;
        }
        let wqh = self.wait_queue_new();
        self.processes[process].signalfd_wqh = Some(wqh);
        self.emit(|| EventKind::SignalfdQueue { process, wqh });
        wqh
    }

    /// `signalfd_release()`: nothing hangs on it but its mask.
    pub(crate) fn signalfd_release(&mut self, file: FileKey) {
        assert_eq!(self.files[file].count, 0, "{file} is in use");
        self.within(Func::signalfd_release, |_| {});
    }
}
