//! Event counters. Linux 6.18, `fs/eventfd.c`.

use serde::{Deserialize, Serialize};

use super::{File, FileObject, PollTable};
use crate::kernel::abi::{EFD_SEMAPHORE, Errno, Events, Fd, O_NONBLOCK, O_RDWR};
use crate::kernel::cx::Cx;
use crate::kernel::ids::{FileKey, WaitEntryKey, WaitQueueKey};
use crate::kernel::syscall::{Reply, WriteData};
use crate::kernel::task::{Flow, Frame};
use crate::kernel::wait::Join;
use crate::trace::event::{FileKind, TaskState, Waiter};
use crate::trace::{EventKind, Func, Sink};

/// `struct eventfd_ctx`
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Eventfd {
    /// The one wait queue, for readers, writers and items.
    pub(crate) wqh: WaitQueueKey,
    pub(crate) count: u64,
    pub(crate) semaphore: bool,
}

/// Progress of `eventfd_read()`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct EventfdReadFrame {
    file: FileKey,
    nonblocking: bool,
    entry: Option<WaitEntryKey>,
}

/// Progress of `eventfd_write()`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct EventfdWriteFrame {
    file: FileKey,
    value: u64,
    nonblocking: bool,
    entry: Option<WaitEntryKey>,
}

/// Bytes of the counter, the only size that can be written and the least that can be read.
const COUNTER_BYTES: usize = 8;

impl EventfdReadFrame {
    #[inline]
    pub(crate) fn new(file: FileKey, count: usize, nonblocking: bool) -> Result<Self, Errno> {
        if count < COUNTER_BYTES {
            return Err(Errno::EINVAL);
        }
        Ok(EventfdReadFrame { file, nonblocking, entry: None })
    }

    /// Goes on after it slept.
    #[cold]
    #[inline(never)]
    pub(crate) fn step<S: Sink>(self, cx: &mut Cx<'_, S>) -> Flow {
        self.go(cx)
    }

    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    pub(crate) fn go<S: Sink>(self, cx: &mut Cx<'_, S>) -> Flow {
        let EventfdReadFrame { file, nonblocking, entry } = self;
        let Eventfd { wqh, count, semaphore } = *cx.eventfd(file);
        if count == 0 {
            if nonblocking {
                return Flow::fail(Errno::EAGAIN);
            }
            if cx.signal_pending() {
                return cx.interrupted(entry);
            }
            let entry = Some(cx.eventfd_wait(wqh, entry));
            let frame = Frame::EventfdRead(EventfdReadFrame { entry, ..self });
            return Flow::Sleep(frame, TaskState::Interruptible);
        }
        if let Some(entry) = entry {
            cx.remove_wait_queue(entry);
        }
        let taken = if semaphore { 1 } else { count };
        cx.eventfd_set(file, count - taken);
        cx.wake_up(wqh, 1, Events::EPOLLOUT);
        if cx.copy_faults(0, COUNTER_BYTES) {
            // The counter is taken all the same.
            return Flow::fail(Errno::EFAULT);
        }
        cx.copied_to_user(COUNTER_BYTES);
        cx.gives(Ok(Reply::Counter(taken)))
    }
}

/// Whether a write has the one size that is looked at.
pub(crate) fn writes_counter(data: &WriteData) -> bool {
    !matches!(data, WriteData::Bytes(bytes) if bytes.len() != COUNTER_BYTES)
}

impl EventfdWriteFrame {
    #[inline]
    pub(crate) fn new(file: FileKey, data: &WriteData, nonblocking: bool) -> Result<Self, Errno> {
        let value = match data {
            WriteData::Number(number) => *number,
            WriteData::Bytes(bytes) => {
                u64::from_ne_bytes(bytes.as_slice().try_into().map_err(|_| Errno::EINVAL)?)
            }
        };
        if value == u64::MAX {
            return Err(Errno::EINVAL);
        }
        Ok(EventfdWriteFrame { file, value, nonblocking, entry: None })
    }

    /// Goes on after it slept.
    #[cold]
    #[inline(never)]
    pub(crate) fn step<S: Sink>(self, cx: &mut Cx<'_, S>) -> Flow {
        self.go(cx)
    }

    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    pub(crate) fn go<S: Sink>(self, cx: &mut Cx<'_, S>) -> Flow {
        let EventfdWriteFrame { file, value, nonblocking, entry } = self;
        let Eventfd { wqh, count, .. } = *cx.eventfd(file);
        if u64::MAX - count <= value {
            if nonblocking {
                return Flow::fail(Errno::EAGAIN);
            }
            if cx.signal_pending() {
                return cx.interrupted(entry);
            }
            let entry = Some(cx.eventfd_wait(wqh, entry));
            let frame = Frame::EventfdWrite(EventfdWriteFrame { entry, ..self });
            return Flow::Sleep(frame, TaskState::Interruptible);
        }
        if let Some(entry) = entry {
            cx.remove_wait_queue(entry);
        }
        cx.copied_from_user(COUNTER_BYTES);
        cx.eventfd_set(file, count + value);
        cx.wake_up(wqh, 1, Events::EPOLLIN);
        cx.gives(Ok(Reply::Int(COUNTER_BYTES as i64)))
    }
}

impl<S: Sink> Cx<'_, S> {
    /// `do_eventfd()`. Preconditions: the flags are legal and a descriptor is free.
    pub(crate) fn do_eventfd(&mut self, initval: u32, flags: i32) -> Fd {
        self.within(Func::do_eventfd, |cx| {
            let wqh = cx.wait_queue_new();
            let semaphore = flags & EFD_SEMAPHORE != 0;
            let object = FileObject::Eventfd(Eventfd { wqh, count: 0, semaphore });
            let kind = FileKind::Eventfd { wqh, semaphore };
            let file = cx.file_new(object, kind, O_RDWR | flags & O_NONBLOCK);
            if initval != 0 {
                cx.eventfd_set(file, initval.into());
            }
            cx.fd_alloc(file)
        })
    }

    /// `eventfd_poll()`
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    pub(crate) fn eventfd_poll(&mut self, eventfd: Eventfd, table: PollTable) -> Events {
        let Eventfd { wqh, count, .. } = eventfd;
        let caller = self.enter(Func::eventfd_poll);
        self.poll_wait(wqh, table);
        let mut mask = Events::empty();
        mask.set(Events::EPOLLIN, count > 0);
        mask.set(Events::EPOLLERR, count == u64::MAX);
        mask.set(Events::EPOLLOUT, count < u64::MAX - 1);
        self.leave(caller);
        mask
    }

    /// `eventfd_release()`
    pub(crate) fn eventfd_release(&mut self, file: FileKey) {
        self.within(Func::eventfd_release, |cx| {
            let wqh = cx.eventfd(file).wqh;
            cx.wake_up(wqh, 1, Events::EPOLLHUP);
            cx.wait_queue_free(wqh);
        });
    }

    /// `wait_event_interruptible_locked_irq()`: joins at the tail unless still on the queue.
    fn eventfd_wait(&mut self, wqh: WaitQueueKey, entry: Option<WaitEntryKey>) -> WaitEntryKey {
        match entry.filter(|entry| self.wait_entries.contains_key(*entry)) {
            Some(entry) => entry,
            None => {
                let task = self.current();
                self.add_wait_queue(wqh, Waiter::Task(task), Join::Tail)
            }
        }
    }

    #[inline]
    fn eventfd(&self, file: FileKey) -> &Eventfd {
        match &self.files[file].object {
            FileObject::Eventfd(eventfd) => eventfd,
            other => unreachable!("{file} is {other:?}, not an eventfd"),
        }
    }

    #[inline]
    fn eventfd_set(&mut self, file: FileKey, new: u64) {
        if let File { object: FileObject::Eventfd(Eventfd { count, .. }), .. } =
            &mut self.files[file]
        {
            *count = new;
        }
        self.emit(|| EventKind::EventfdCount { file, count: new });
    }
}
