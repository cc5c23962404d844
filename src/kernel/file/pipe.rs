//! Pipes. Linux 6.18, `fs/pipe.c`.
//!
//! A pipe is a ring of slots, each a page. Leaves out `O_NOTIFICATION_PIPE`, splicing, `SIGIO`, and
//! the pipe's mutex: no path here sleeps with it held, so nobody can see it.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use super::{FileObject, PollTable, bytes, size};
use crate::kernel::abi::{Errno, Events, Fd, O_DIRECT, O_NONBLOCK, O_WRONLY};
use crate::kernel::cx::Cx;
use crate::kernel::ids::{FileKey, PipeKey, WaitEntryKey, WaitQueueKey};
use crate::kernel::task::{Flow, Frame};
use crate::kernel::wait::Join;
use crate::trace::event::{FileKind, TaskState, Waiter};
use crate::trace::{EventKind, Func, Sink};

/// Slots of a new pipe, `PIPE_DEF_BUFFERS`.
const SLOTS: usize = 16;
/// What `round_pipe_size()` refuses to round.
const PIPE_SIZE_LIMIT: u32 = 1 << 31;
/// Bytes of a slot, `PAGE_SIZE`.
const PAGE: usize = 4096;

const READABLE: Events = Events::EPOLLIN.union(Events::EPOLLRDNORM);
const WRITABLE: Events = Events::EPOLLOUT.union(Events::EPOLLWRNORM);

/// An end of a pipe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PipeEnd {
    Read,
    Write,
}

/// `struct pipe_inode_info`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Pipe {
    pub(crate) rd_wait: WaitQueueKey,
    pub(crate) wr_wait: WaitQueueKey,
    pub(crate) bufs: VecDeque<PipeBuffer>,
    pub(crate) readers: u32,
    pub(crate) writers: u32,
    /// Somebody polled the pipe: from then on every write wakes readers.
    pub(crate) poll_usage: bool,
    /// Slots of the ring.
    pub(crate) max_usage: usize,
}

/// `struct pipe_buffer`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct PipeBuffer {
    page: Vec<u8>,
    /// How much of the page was read already.
    offset: usize,
    /// `PIPE_BUF_FLAG_PACKET`: not merged into, and what a read leaves of it is lost.
    pub(crate) packet: bool,
}

impl PipeBuffer {
    pub(crate) fn len(&self) -> usize {
        self.page.len() - self.offset
    }
}

impl Pipe {
    fn is_full(&self) -> bool {
        self.bufs.len() >= self.max_usage
    }
}

/// Progress of `pipe_read()`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct PipeReadFrame {
    pipe: PipeKey,
    /// Its flags count as they are in each round.
    file: FileKey,
    count: usize,
    entry: Option<WaitEntryKey>,
    /// Slept before: passes the wake-up on to the next reader if data is left.
    wake_next_reader: bool,
}

/// Progress of `pipe_write()`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct PipeWriteFrame {
    pipe: PipeKey,
    /// Its flags count as they are in each round.
    file: FileKey,
    data: Vec<u8>,
    written: usize,
    entry: Option<WaitEntryKey>,
    /// The pipe was empty when this began or last went on.
    was_empty: bool,
    /// Slept before: passes the wake-up on to the next writer if room is left.
    wake_next_writer: bool,
}

impl PipeReadFrame {
    pub(crate) fn new(pipe: PipeKey, file: FileKey, count: usize) -> Self {
        PipeReadFrame { pipe, file, count, entry: None, wake_next_reader: false }
    }

    pub(crate) fn step<S: Sink>(mut self, cx: &mut Cx<'_, S>) -> Flow {
        let pipe = self.pipe;
        if let Some(entry) = self.entry.take() {
            if cx.pipes[pipe].bufs.is_empty() && cx.pipes[pipe].writers > 0 {
                if cx.signal_pending() {
                    return cx.interrupted(Some(entry));
                }
                return self.sleep(cx, Some(entry));
            }
            cx.remove_wait_queue(entry);
            self.wake_next_reader = true;
        }
        let count = cx.copy_in_chunks(self.count, |kernel| {
            kernel.pipes[pipe].bufs.iter().map(PipeBuffer::len).collect()
        });
        let (data, wake_writer) = cx.pipe_take(pipe, count.unwrap_or(0));
        if count.is_ok() && data.is_empty() && cx.pipes[pipe].writers > 0 {
            if cx.files[self.file].is_nonblocking() {
                return Flow::fail(Errno::EAGAIN);
            }
            return self.sleep(cx, None);
        }
        let Pipe { rd_wait, wr_wait, .. } = cx.pipes[pipe];
        let wake_reader = self.wake_next_reader && !cx.pipes[pipe].bufs.is_empty();
        if wake_writer {
            cx.wake_up(wr_wait, 1, WRITABLE);
        }
        if wake_reader {
            cx.wake_up(rd_wait, 1, READABLE);
        }
        if let Err(errno) = count {
            return Flow::fail(errno);
        }
        bytes(data)
    }

    fn sleep<S: Sink>(self, cx: &mut Cx<'_, S>, entry: Option<WaitEntryKey>) -> Flow {
        let wq = cx.pipes[self.pipe].rd_wait;
        let entry = Some(cx.wait_exclusive(wq, entry));
        let frame = Frame::PipeRead(PipeReadFrame { entry, ..self });
        Flow::Sleep(frame, TaskState::Interruptible)
    }
}

impl PipeWriteFrame {
    pub(crate) fn new(pipe: PipeKey, file: FileKey, data: Vec<u8>) -> Self {
        PipeWriteFrame {
            pipe,
            file,
            data,
            written: 0,
            entry: None,
            was_empty: false,
            wake_next_writer: false,
        }
    }

    pub(crate) fn step<S: Sink>(mut self, cx: &mut Cx<'_, S>) -> Flow {
        let pipe = self.pipe;
        if self.data.is_empty() {
            return Flow::done(0);
        }
        if let Some(entry) = self.entry.take() {
            if cx.pipes[pipe].is_full() && cx.pipes[pipe].readers > 0 && !cx.signal_pending() {
                return self.sleep(cx, Some(entry));
            }
            cx.remove_wait_queue(entry);
            self.was_empty = cx.pipes[pipe].bufs.is_empty();
            self.wake_next_writer = true;
        } else {
            if cx.pipes[pipe].readers == 0 {
                cx.send_sigpipe();
                return Flow::fail(Errno::EPIPE);
            }
            self.was_empty = cx.pipes[pipe].bufs.is_empty();
            if let Err(errno) = self.merge(cx) {
                return self.finish(cx, Some(errno));
            }
        }
        let filled = self.fill(cx);
        let nonblocking = cx.files[self.file].is_nonblocking();
        match filled {
            Ok(()) => self.finish(cx, None),
            Err(Errno::EAGAIN) if !nonblocking && cx.signal_pending() => {
                self.finish(cx, Some(Errno::EINTR))
            }
            Err(Errno::EAGAIN) if !nonblocking => {
                if self.was_empty {
                    let wq = cx.pipes[pipe].rd_wait;
                    cx.wake_up(wq, 1, READABLE);
                }
                self.sleep(cx, None)
            }
            Err(errno) => {
                if errno == Errno::EPIPE {
                    cx.send_sigpipe();
                }
                self.finish(cx, Some(errno))
            }
        }
    }

    /// What goes beyond whole pages is put into the last slot first, if it fits there.
    fn merge<S: Sink>(&mut self, cx: &mut Cx<'_, S>) -> Result<(), Errno> {
        let (pipe, rest) = (self.pipe, self.data.len() % PAGE);
        let Some(last) = cx.pipes[pipe].bufs.back() else { return Ok(()) };
        if rest == 0 || last.packet || last.page.len() + rest > PAGE {
            return Ok(());
        }
        if cx.copy_faults(0, rest) {
            return Err(Errno::EFAULT);
        }
        let Some(last) = cx.pipes[pipe].bufs.back_mut() else { return Ok(()) };
        last.page.extend_from_slice(&self.data[..rest]);
        self.written = rest;
        cx.copied_from_user(rest);
        cx.emit(|| EventKind::PipeMerge { pipe, bytes: size(rest) });
        Ok(())
    }

    /// Fills slots until all is written, or the ring is full (`EAGAIN`), or nobody reads (`EPIPE`).
    fn fill<S: Sink>(&mut self, cx: &mut Cx<'_, S>) -> Result<(), Errno> {
        let pipe = self.pipe;
        while self.written < self.data.len() {
            if cx.pipes[pipe].readers == 0 {
                return Err(Errno::EPIPE);
            }
            if cx.pipes[pipe].is_full() {
                return Err(Errno::EAGAIN);
            }
            let end = self.data.len().min(self.written + PAGE);
            if cx.copy_faults(self.written, end - self.written) {
                return Err(Errno::EFAULT);
            }
            let page = self.data[self.written..end].to_vec();
            let packet = cx.files[self.file].flags & O_DIRECT != 0;
            let bytes = page.len();
            cx.pipes[pipe].bufs.push_back(PipeBuffer { page, offset: 0, packet });
            self.written = end;
            cx.copied_from_user(bytes);
            cx.emit(|| EventKind::PipePush { pipe, bytes: size(bytes), packet });
        }
        Ok(())
    }

    fn finish<S: Sink>(self, cx: &mut Cx<'_, S>, error: Option<Errno>) -> Flow {
        let Pipe { rd_wait, wr_wait, poll_usage, .. } = cx.pipes[self.pipe];
        let wake_writer = self.wake_next_writer && !cx.pipes[self.pipe].is_full();
        if self.was_empty || poll_usage {
            cx.wake_up(rd_wait, 1, READABLE);
        }
        if wake_writer {
            cx.wake_up(wr_wait, 1, WRITABLE);
        }
        match error {
            Some(errno) if self.written == 0 => Flow::fail(errno),
            _ => Flow::done(self.written as i64),
        }
    }

    fn sleep<S: Sink>(self, cx: &mut Cx<'_, S>, entry: Option<WaitEntryKey>) -> Flow {
        let wq = cx.pipes[self.pipe].wr_wait;
        let entry = Some(cx.wait_exclusive(wq, entry));
        let frame = Frame::PipeWrite(PipeWriteFrame { entry, ..self });
        Flow::Sleep(frame, TaskState::Interruptible)
    }
}

impl<S: Sink> Cx<'_, S> {
    /// `do_pipe2()`. Preconditions: the flags are legal and two descriptors are free.
    pub(crate) fn do_pipe2(&mut self, flags: i32) -> (Fd, Fd) {
        self.within(Func::do_pipe2, |cx| {
            let (rd_wait, wr_wait) = (cx.wait_queue_new(), cx.wait_queue_new());
            let pipe = cx.pipes.insert(Pipe {
                rd_wait,
                wr_wait,
                bufs: VecDeque::new(),
                readers: 1,
                writers: 1,
                poll_usage: false,
                max_usage: SLOTS,
            });
            cx.emit(|| EventKind::PipeNew { pipe, rd_wait, wr_wait });
            let flags = flags & (O_NONBLOCK | O_DIRECT);
            let write = cx.file_new(
                FileObject::PipeWrite(pipe),
                FileKind::PipeWrite(pipe),
                flags | O_WRONLY,
            );
            let read = cx.file_new(
                FileObject::PipeRead(pipe),
                FileKind::PipeRead(pipe),
                flags & O_NONBLOCK,
            );
            (cx.fd_alloc(read), cx.fd_alloc(write))
        })
    }

    /// `pipe_poll()`
    pub(crate) fn pipe_poll(&mut self, pipe: PipeKey, end: PipeEnd, table: PollTable) -> Events {
        self.within(Func::pipe_poll, |cx| {
            if !cx.pipes[pipe].poll_usage {
                cx.pipes[pipe].poll_usage = true;
                cx.emit(|| EventKind::PipePollUsage { pipe });
            }
            let Pipe { rd_wait, wr_wait, .. } = cx.pipes[pipe];
            cx.poll_wait(if end == PipeEnd::Read { rd_wait } else { wr_wait }, table);
            let pipe = &cx.pipes[pipe];
            let mut mask = Events::empty();
            match end {
                PipeEnd::Read => {
                    mask.set(READABLE, !pipe.bufs.is_empty());
                    mask.set(Events::EPOLLHUP, pipe.writers == 0);
                }
                PipeEnd::Write => {
                    mask.set(WRITABLE, !pipe.is_full());
                    mask.set(Events::EPOLLERR, pipe.readers == 0);
                }
            }
            mask
        })
    }

    /// `pipe_set_size()`. Preconditions: `size` is no more than `fs.pipe-max-size`, or more than
    /// any size can be.
    pub(crate) fn pipe_set_size(&mut self, pipe: PipeKey, size: u32) -> Result<i64, Errno> {
        self.within(Func::pipe_set_size, |cx| {
            if size > PIPE_SIZE_LIMIT {
                return Err(Errno::EINVAL);
            }
            let slots = (size as usize).max(PAGE).next_power_of_two() / PAGE;
            if slots < cx.pipes[pipe].bufs.len() {
                return Err(Errno::EBUSY);
            }
            cx.pipes[pipe].max_usage = slots;
            cx.emit(|| EventKind::PipeResize { pipe, slots: super::size(slots) });
            // There may be more room for writers now; nobody looks whether there is.
            let wr_wait = cx.pipes[pipe].wr_wait;
            cx.wake_up(wr_wait, 1, Events::empty());
            cx.pipe_size(pipe)
        })
    }

    /// The bytes that a pipe can hold: `F_GETPIPE_SZ`.
    pub(crate) fn pipe_size(&self, pipe: PipeKey) -> Result<i64, Errno> {
        i64::try_from(self.pipes[pipe].max_usage * PAGE).map_err(|_| Errno::EINVAL)
    }

    /// `pipe_release()`
    pub(crate) fn pipe_release(&mut self, pipe: PipeKey, end: PipeEnd) {
        self.within(Func::pipe_release, |cx| {
            match end {
                PipeEnd::Read => cx.pipes[pipe].readers -= 1,
                PipeEnd::Write => cx.pipes[pipe].writers -= 1,
            }
            let Pipe { rd_wait, wr_wait, readers, writers, .. } = cx.pipes[pipe];
            cx.emit(|| EventKind::PipeEnds { pipe, readers, writers });
            if (readers == 0) != (writers == 0) {
                cx.wake_up(rd_wait, 0, Events::empty());
                cx.wake_up(wr_wait, 0, Events::empty());
            }
            if readers == 0 && writers == 0 {
                cx.pipes.remove(pipe);
                cx.emit(|| EventKind::PipeFree { pipe });
                cx.wait_queue_free(rd_wait);
                cx.wait_queue_free(wr_wait);
            }
        });
    }

    /// Takes up to `count` bytes; says whether that freed a slot of a full ring.
    fn pipe_take(&mut self, pipe: PipeKey, count: usize) -> (Vec<u8>, bool) {
        let (mut data, mut wake_writer) = (Vec::new(), false);
        while data.len() < count {
            let was_full = self.pipes[pipe].is_full();
            let Some(buffer) = self.pipes[pipe].bufs.front_mut() else { break };
            let taken = buffer.len().min(count - data.len());
            data.extend_from_slice(&buffer.page[buffer.offset..buffer.offset + taken]);
            buffer.offset += taken;
            let packet = buffer.packet;
            let slot_freed = packet || buffer.len() == 0;
            if slot_freed {
                self.pipes[pipe].bufs.pop_front();
                wake_writer |= was_full;
            }
            self.copied_to_user(taken);
            self.emit(|| EventKind::PipeTake { pipe, bytes: size(taken), slot_freed });
            if packet {
                break;
            }
        }
        (data, wake_writer)
    }

    /// `prepare_to_wait_exclusive()`: joins at the tail unless still on the queue.
    fn wait_exclusive(&mut self, wq: WaitQueueKey, entry: Option<WaitEntryKey>) -> WaitEntryKey {
        match entry.filter(|entry| self.wait_entries.contains_key(*entry)) {
            Some(entry) => entry,
            None => {
                let task = self.current();
                self.add_wait_queue(wq, Waiter::Task(task), Join::ExclusiveTail)
            }
        }
    }
}
