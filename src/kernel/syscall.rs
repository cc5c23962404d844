//! The calls and what they give back, as they cross the border.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::abi::{EpollEvent, Errno, Fd, Nanos};

/// A system call with its arguments, names already replaced by numbers.
///
/// Arguments have C's types and may have any value of them; what is wrong with them is for the
/// kernel to say. Where C passes a pointer, the data stands in place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields carry the names of the man pages")]
pub enum Syscall {
    /// `epoll_create(2)`
    EpollCreate { size: i32 },
    /// `epoll_create1(2)`
    EpollCreate1 { flags: i32 },
    /// `epoll_ctl(2)`
    EpollCtl { epfd: Fd, op: i32, fd: Fd, event: Option<EpollEvent> },
    /// `epoll_wait(2)`; a negative timeout waits for ever.
    EpollWait { epfd: Fd, maxevents: i32, timeout_ms: i32 },
    /// `socketpair(2)`, protocol 0
    Socketpair { domain: i32, kind: i32 },
    /// `socket(2)`, protocol 0
    Socket { domain: i32, kind: i32 },
    /// `bind(2)` to 127.0.0.1
    Bind { fd: Fd, port: i32 },
    /// `listen(2)`
    Listen { fd: Fd, backlog: i32 },
    /// `connect(2)` to 127.0.0.1
    Connect { fd: Fd, port: i32 },
    /// `accept(2)`, the address is not asked for
    Accept { fd: Fd },
    /// `accept4(2)`
    Accept4 { fd: Fd, flags: i32 },
    /// `recv(2)`
    Recv { fd: Fd, count: usize, flags: i32 },
    /// `send(2)`
    Send { fd: Fd, data: WriteData, flags: i32 },
    /// `shutdown(2)`
    Shutdown { fd: Fd, how: i32 },
    /// `setsockopt(2)` at `SOL_SOCKET`
    Setsockopt { fd: Fd, option: i32, value: i32 },
    /// `getsockopt(2)` at `SOL_SOCKET`
    Getsockopt { fd: Fd, option: i32 },
    /// `pipe2(2)`; `pipe(2)` is flags 0
    Pipe2 { flags: i32 },
    /// `eventfd2(2)`
    Eventfd { initval: u32, flags: i32 },
    /// `read(2)`
    Read { fd: Fd, count: usize },
    /// `write(2)`
    Write { fd: Fd, data: WriteData },
    /// `close(2)`
    Close { fd: Fd },
    /// `dup(2)`
    Dup { fd: Fd },
    /// `dup2(2)`
    Dup2 { oldfd: Fd, newfd: Fd },
    /// `nanosleep(2)`
    Sleep { duration_ns: Nanos },
    /// Does nothing, at once.
    Nop,
}

/// The byte that fills a write of which only the length is given.
pub const FILLER: u8 = b'.';

/// What a `write` writes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum WriteData {
    /// These bytes.
    Bytes(Vec<u8>),
    /// An eventfd takes it as its 8-byte counter; every other file as that many [`FILLER`] bytes.
    Number(u64),
}

/// What a call that did not fail gave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reply {
    /// A number: a descriptor, a count, 0.
    Int(i64),
    /// Two descriptors.
    Fds(Fd, Fd),
    /// Bytes read; none at end of file.
    Bytes(Vec<u8>),
    /// The 8-byte number that reading an eventfd or a timerfd gives.
    Counter(u64),
    /// Events, in the kernel's order.
    Events(Vec<EpollEvent>),
}

/// What a call gave.
pub type SysResult = Result<Reply, Errno>;

impl Syscall {
    /// The call's C name.
    pub fn name(&self) -> &'static str {
        match self {
            Syscall::EpollCreate { .. } => "epoll_create",
            Syscall::EpollCreate1 { .. } => "epoll_create1",
            Syscall::EpollCtl { .. } => "epoll_ctl",
            Syscall::EpollWait { .. } => "epoll_wait",
            Syscall::Socketpair { .. } => "socketpair",
            Syscall::Socket { .. } => "socket",
            Syscall::Bind { .. } => "bind",
            Syscall::Listen { .. } => "listen",
            Syscall::Connect { .. } => "connect",
            Syscall::Accept { .. } => "accept",
            Syscall::Accept4 { .. } => "accept4",
            Syscall::Recv { .. } => "recv",
            Syscall::Send { .. } => "send",
            Syscall::Shutdown { .. } => "shutdown",
            Syscall::Setsockopt { .. } => "setsockopt",
            Syscall::Getsockopt { .. } => "getsockopt",
            Syscall::Pipe2 { .. } => "pipe2",
            Syscall::Eventfd { .. } => "eventfd",
            Syscall::Read { .. } => "read",
            Syscall::Write { .. } => "write",
            Syscall::Close { .. } => "close",
            Syscall::Dup { .. } => "dup",
            Syscall::Dup2 { .. } => "dup2",
            Syscall::Sleep { .. } => "sleep",
            Syscall::Nop => "nop",
        }
    }
}

/// Prints the number of the reply as C would return it, then what came through pointers.
impl fmt::Display for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reply::Int(number) => write!(f, "{number}"),
            Reply::Fds(a, b) => write!(f, "[{a}, {b}]"),
            Reply::Bytes(bytes) => write!(f, "\"{}\"", bytes.escape_ascii()),
            Reply::Counter(number) => write!(f, "{number}"),
            Reply::Events(events) => {
                f.write_str("[")?;
                for (i, event) in events.iter().enumerate() {
                    write!(f, "{}{event}", if i == 0 { "" } else { ", " })?;
                }
                f.write_str("]")
            }
        }
    }
}
