//! Open files: one module a kind, and the operations that all share.

pub(crate) mod eventfd;
pub(crate) mod path;
pub(crate) mod pipe;
pub(crate) mod signalfd;
pub(crate) mod timerfd;
pub(crate) mod unix;
pub(crate) mod unix_read;

use serde::{Deserialize, Serialize};

use self::eventfd::{Eventfd, EventfdReadFrame, EventfdWriteFrame};
use self::pipe::{PipeReadFrame, PipeWriteFrame};
use self::signalfd::SignalfdReadFrame;
use self::timerfd::{Timerfd, TimerfdReadFrame};
use self::unix::UnixWriteFrame;
use self::unix_read::UnixReadFrame;
use super::abi::{Errno, Events, Fd, O_NONBLOCK, O_RDWR, O_WRONLY, SigSet};
use super::cx::Cx;
use super::eventpoll::{Epitem, FileItemLink};
use super::ids::{EpitemKey, EventpollKey, FileKey, PipeKey, SockKey, WaitEntryKey, WaitQueueKey};
use super::list::List;
use super::net::tcp_io::{Recv, Send};
use super::syscall::{FILLER, Reply, WriteData};
use super::task::{Flow, Frame, Ret};
use crate::trace::event::PathKind;
use crate::trace::{EventKind, Func, Sink};

const O_RDONLY: i32 = 0;
const O_ACCMODE: i32 = 0o3;

/// `struct file`: an open file description.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct File {
    pub(crate) object: FileObject,
    /// Its pseudo-address.
    pub(crate) addr: u64,
    /// `f_flags`: access mode and `O_NONBLOCK`.
    pub(crate) flags: i32,
    /// `f_ref`: descriptors, and calls under way.
    pub(crate) count: u32,
    /// `f_ep`: the items that watch this file, newest first.
    pub(crate) f_ep: List<EpitemKey>,
}

/// What a file stands for: `f_op` and `private_data` in one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum FileObject {
    /// `/dev/null`: no poll operation.
    Null,
    Eventpoll(EventpollKey),
    Eventfd(Eventfd),
    Timerfd(Box<Timerfd>),
    /// The signals that it is for.
    Signalfd(SigSet),
    PipeRead(PipeKey),
    PipeWrite(PipeKey),
    Unix(SockKey),
    /// No poll operation.
    Path(PathKind),
    Tcp(SockKey),
    Dgram(SockKey),
}

impl File {
    pub(crate) fn new(object: FileObject, addr: u64, flags: i32) -> Self {
        File { object, addr, flags, count: 1, f_ep: List::default() }
    }

    pub(crate) fn is_nonblocking(&self) -> bool {
        self.flags & O_NONBLOCK != 0
    }

    /// Whether `epoll_ctl` accepts it: `file_can_poll()`.
    pub(crate) fn can_poll(&self) -> bool {
        !matches!(self.object, FileObject::Null | FileObject::Path(_))
    }

    /// `FMODE_READ`
    fn can_read(&self) -> bool {
        matches!(self.flags & O_ACCMODE, O_RDONLY | O_RDWR)
    }

    /// `FMODE_WRITE`
    fn can_write(&self) -> bool {
        matches!(self.flags & O_ACCMODE, O_WRONLY | O_RDWR)
    }

    /// The items that watch the file, newest first.
    pub(crate) fn watchers<'a>(
        &self,
        epitems: &'a super::Arena<EpitemKey, Epitem>,
    ) -> impl Iterator<Item = EpitemKey> + 'a {
        self.f_ep.iter::<FileItemLink, _>(epitems)
    }
}

/// `struct poll_table`: whom a file's poll operation hooks into its wait queues.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum PollTable {
    /// Nobody: `_qproc` is `NULL`, only the mask is wanted.
    JustAsk,
    /// An item: `ep_ptable_queue_proc`.
    Arm(EpitemKey),
    /// The caller, a `poll` or `select`, which holds the file from then on: `__pollwait`.
    Poll {
        file: FileKey,
        /// `_key`: what it asks for.
        key: Events,
    },
}

impl<S: Sink> Cx<'_, S> {
    /// `vfs_poll()` of every kind of file but an epoll instance, whose poll can sleep
    /// ([`super::eventpoll::EpollPollFrame`]).
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    pub(crate) fn vfs_poll(&mut self, file: FileKey, table: PollTable) -> Events {
        match self.files[file].object {
            FileObject::Eventfd(eventfd) => self.eventfd_poll(eventfd, table),
            _ => self.vfs_poll_other(file, table),
        }
    }

    #[inline(never)]
    fn vfs_poll_other(&mut self, file: FileKey, table: PollTable) -> Events {
        match self.files[file].object {
            FileObject::Signalfd(mask) => self.signalfd_poll(mask, table),
            FileObject::Timerfd(_) => self.timerfd_poll(file, table),
            FileObject::PipeRead(pipe) => self.pipe_poll(pipe, pipe::PipeEnd::Read, table),
            FileObject::PipeWrite(pipe) => self.pipe_poll(pipe, pipe::PipeEnd::Write, table),
            FileObject::Unix(sock) => self.unix_poll(sock, table),
            FileObject::Tcp(sock) => self.tcp_poll(sock, table),
            FileObject::Dgram(sock) => self.dgram_poll(sock, table),
            FileObject::Null
            | FileObject::Path(_)
            | FileObject::Eventpoll(_)
            | FileObject::Eventfd(_) => {
                unreachable!("{file} has no poll operation that runs in one go")
            }
        }
    }

    /// `poll_wait()`: a file names one of its queues to whoever polls.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    pub(crate) fn poll_wait(&mut self, wq: WaitQueueKey, table: PollTable) {
        match table {
            PollTable::JustAsk => {}
            PollTable::Arm(epi) => self.ep_ptable_queue_proc(epi, wq),
            PollTable::Poll { file, key } => self.pollwait(wq, file, key),
        }
    }

    /// `read(2)`: `ksys_read()`, `vfs_read()`, then the file's own.
    pub(crate) fn vfs_read(&mut self, fd: Fd, count: u64) -> Flow {
        let file = match self.fget(fd) {
            Ok(file) => file,
            Err(errno) => return Flow::fail(errno),
        };
        let state = &self.files[file];
        if !matches!(state.object, FileObject::Eventfd(_)) {
            return self.vfs_read_other(file, count).unwrap_or_else(Flow::fail);
        }
        let nonblocking = state.is_nonblocking();
        match access_ok(count).and_then(|count| EventfdReadFrame::new(file, count, nonblocking)) {
            Ok(frame) => self.begin(Func::eventfd_read, |cx| frame.go(cx)),
            Err(errno) => Flow::fail(errno),
        }
    }

    /// Of every kind of file but an eventfd, which can always be read and written.
    #[inline(never)]
    fn vfs_read_other(&mut self, file: FileKey, count: u64) -> Result<Flow, Errno> {
        let nonblocking = self.files[file].is_nonblocking();
        if !self.files[file].can_read() {
            return Err(Errno::EBADF);
        }
        match self.files[file].object {
            FileObject::PipeWrite(_) => return Err(Errno::EBADF),
            FileObject::Eventpoll(_) => return Err(Errno::EINVAL),
            _ => {}
        }
        let count = access_ok(count)?;
        let frame = match self.files[file].object {
            FileObject::Path(kind) => return path::read(kind, count),
            FileObject::Null => return Ok(bytes(Vec::new())),
            FileObject::PipeWrite(_) | FileObject::Eventpoll(_) | FileObject::Eventfd(_) => {
                unreachable!("{file} has been dealt with")
            }
            FileObject::Signalfd(mask) => {
                Frame::SignalfdRead(SignalfdReadFrame::new(mask, count, nonblocking)?)
            }
            FileObject::Timerfd(_) => {
                Frame::TimerfdRead(TimerfdReadFrame::new(file, count, nonblocking)?)
            }
            FileObject::PipeRead(_)
            | FileObject::Unix(_)
            | FileObject::Tcp(_)
            | FileObject::Dgram(_)
                if count == 0 =>
            {
                return Ok(bytes(Vec::new()));
            }
            FileObject::PipeRead(pipe) => Frame::PipeRead(PipeReadFrame::new(pipe, file, count)),
            FileObject::Unix(sock) => Frame::UnixRead(UnixReadFrame::new(sock, count, nonblocking)),
            FileObject::Tcp(sock) | FileObject::Dgram(sock) => {
                self.recv_frame(sock, Recv { count, flags: 0, nonblocking })
            }
        };
        Ok(Flow::Become(frame))
    }

    /// `write(2)`: `ksys_write()`, `vfs_write()`, then the file's own.
    pub(crate) fn vfs_write(&mut self, fd: Fd, data: &WriteData) -> Flow {
        let file = match self.fget(fd) {
            Ok(file) => file,
            Err(errno) => return Flow::fail(errno),
        };
        let state = &self.files[file];
        if !matches!(state.object, FileObject::Eventfd(_)) {
            return self.vfs_write_other(file, data).unwrap_or_else(Flow::fail);
        }
        let nonblocking = state.is_nonblocking();
        if eventfd::writes_counter(data) && self.copy_faults(0, 8) {
            return Flow::fail(Errno::EFAULT);
        }
        match EventfdWriteFrame::new(file, data, nonblocking) {
            Ok(frame) => self.begin(Func::eventfd_write, |cx| frame.go(cx)),
            Err(errno) => Flow::fail(errno),
        }
    }

    /// Of every kind of file but an eventfd.
    #[inline(never)]
    fn vfs_write_other(&mut self, file: FileKey, data: &WriteData) -> Result<Flow, Errno> {
        let nonblocking = self.files[file].is_nonblocking();
        if !self.files[file].can_write() {
            return Err(Errno::EBADF);
        }
        let frame = match self.files[file].object {
            FileObject::Path(kind) => return path::write(kind, data),
            FileObject::PipeRead(_) => return Err(Errno::EBADF),
            FileObject::Eventpoll(_) | FileObject::Timerfd(_) | FileObject::Signalfd(_) => {
                return Err(Errno::EINVAL);
            }
            FileObject::Null => {
                let count = match data {
                    WriteData::Bytes(bytes) => bytes.len() as u64,
                    WriteData::Number(number) => *number,
                };
                return Ok(Flow::done(count.cast_signed()));
            }
            FileObject::Eventfd(_) => unreachable!("{file} is written at once"),
            FileObject::PipeWrite(pipe) => {
                Frame::PipeWrite(PipeWriteFrame::new(pipe, file, to_bytes(data)))
            }
            FileObject::Unix(sock) => {
                Frame::UnixWrite(UnixWriteFrame::new(sock, to_bytes(data), nonblocking))
            }
            FileObject::Tcp(sock) | FileObject::Dgram(sock) => {
                self.send_frame(sock, Send { data: to_bytes(data), flags: 0, nonblocking })
            }
        };
        Ok(Flow::Become(frame))
    }

    /// `f_op->release()` of every kind of file but an epoll instance.
    pub(crate) fn release_object(&mut self, file: FileKey) {
        match self.files[file].object {
            FileObject::Null | FileObject::Path(_) => {}
            FileObject::Eventfd(_) => self.eventfd_release(file),
            FileObject::Signalfd(_) => self.signalfd_release(file),
            FileObject::Timerfd(_) => self.timerfd_release(file),
            FileObject::PipeRead(pipe) => self.pipe_release(pipe, pipe::PipeEnd::Read),
            FileObject::PipeWrite(pipe) => self.pipe_release(pipe, pipe::PipeEnd::Write),
            FileObject::Unix(sock) => self.unix_release(sock),
            FileObject::Tcp(sock) => self.tcp_close(sock),
            FileObject::Dgram(sock) => self.dgram_close(sock),
            FileObject::Eventpoll(_) => unreachable!("released by a frame of its own"),
        }
    }

    /// A new, empty wait queue.
    pub(crate) fn wait_queue_new(&mut self) -> WaitQueueKey {
        self.wait_queues.insert(Default::default())
    }

    /// Frees a wait queue. Preconditions: nothing is on it.
    pub(crate) fn wait_queue_free(&mut self, wq: WaitQueueKey) {
        assert!(!self.waitqueue_active(wq), "{wq} is freed with waiters on it");
        self.wait_queues.remove(wq);
    }

    /// A wait is given up for a signal.
    pub(crate) fn interrupted(&mut self, entry: Option<WaitEntryKey>) -> Flow {
        if let Some(entry) = entry {
            self.remove_wait_queue(entry);
        }
        Flow::fail(Errno::EINTR)
    }

    pub(crate) fn copied_to_user(&mut self, bytes: usize) {
        let (task, bytes) = (self.current(), size(bytes));
        self.emit(|| EventKind::CopyToUser { task, bytes });
    }

    pub(crate) fn copied_from_user(&mut self, bytes: usize) {
        let (task, bytes) = (self.current(), size(bytes));
        self.emit(|| EventKind::CopyFromUser { task, bytes });
    }

    /// A poll operation that looks at nothing but what `mask` looks at.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    pub(crate) fn simple_poll(
        &mut self,
        func: Func,
        wq: WaitQueueKey,
        table: PollTable,
        mask: impl FnOnce(&super::Kernel) -> Events,
    ) -> Events {
        self.within(func, |cx| {
            cx.poll_wait(wq, table);
            mask(cx)
        })
    }
}

/// The result of a read.
pub(crate) fn bytes(bytes: Vec<u8>) -> Flow {
    Flow::Return(Ret::Call(Ok(Reply::Bytes(bytes))))
}

/// A number of bytes as an event carries it.
pub(crate) fn size(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}

pub(crate) fn to_bytes(data: &WriteData) -> Vec<u8> {
    match data {
        WriteData::Bytes(bytes) => bytes.clone(),
        WriteData::Number(count) => vec![FILLER; usize::try_from(*count).unwrap_or(0)],
    }
}

/// The most that one call reads: whole pages below 2 GiB.
pub(crate) const MAX_RW_COUNT: u64 = 0x7fff_f000;

/// Where user space ends. Where in it a buffer lies is nobody's business here: one that does not fit
/// in all of it is bad, any other is good.
const TASK_SIZE: u64 = 1 << 47;

/// `access_ok()` of the buffer of a read, and as many bytes of it as a call may read.
fn access_ok(count: u64) -> Result<usize, Errno> {
    if count < TASK_SIZE { Ok(count.min(MAX_RW_COUNT) as usize) } else { Err(Errno::EFAULT) }
}
