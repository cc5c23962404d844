//! The calls and what they give back, as they cross the border.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::abi::{EpollEvent, Errno, Fd, Handler, Nanos, PollFd, SigSet};

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
    Recv { fd: Fd, count: u64, flags: i32 },
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
    /// `timerfd_create(2)` for `CLOCK_MONOTONIC`
    TimerfdCreate { flags: i32 },
    /// `timerfd_settime(2)`, relative
    TimerfdSettime { fd: Fd, initial_ns: Nanos, interval_ns: Nanos },
    /// `read(2)`
    Read { fd: Fd, count: u64 },
    /// `write(2)`
    Write { fd: Fd, data: WriteData },
    /// `close(2)`
    Close { fd: Fd },
    /// `dup(2)`
    Dup { fd: Fd },
    /// `dup2(2)`
    Dup2 { oldfd: Fd, newfd: Fd },
    /// `epoll_pwait(2)`
    EpollPwait { epfd: Fd, maxevents: i32, timeout_ms: i32, sigmask: Option<SigSet> },
    /// `epoll_pwait2(2)`; no timeout waits for ever.
    EpollPwait2 { epfd: Fd, maxevents: i32, timeout_ns: Option<Nanos>, sigmask: Option<SigSet> },
    /// `signalfd4(2)` for a new file
    Signalfd { mask: SigSet, flags: i32 },
    /// `rt_sigaction(2)`
    Signal { sig: i32, handler: Handler },
    /// `rt_sigprocmask(2)`
    Sigprocmask { how: i32, set: Option<SigSet> },
    /// `tgkill(2)`; tasks are numbered from 0 in the order in which they are made.
    Kill { tid: usize, name: Box<str>, sig: i32 },
    /// `fork(2)`; `name` is the child's first task.
    Fork { name: Box<str> },
    /// `exit_group(2)`
    Exit,
    /// `poll(2)`; a negative timeout waits for ever.
    Poll { fds: Vec<PollFd>, timeout_ms: i32 },
    /// `ppoll(2)`; `None` waits for ever.
    Ppoll { fds: Vec<PollFd>, timeout_ns: Option<Nanos>, sigmask: Option<SigSet> },
    /// `select(2)`; `n` is the highest descriptor plus 1, `None` waits for ever.
    Select { sets: FdSets, timeout_us: Option<i64> },
    /// `pselect6(2)`
    Pselect { sets: FdSets, timeout_ns: Option<Nanos>, sigmask: Option<SigSet> },
    /// `fcntl(2)`
    Fcntl { fd: Fd, cmd: i32, arg: i32 },
    /// `open(2)`, mode 0600
    Open { path: String, flags: i32 },
    /// `ioctl(2)`
    Ioctl { fd: Fd, cmd: u32, arg: IoctlArg },
    /// No call: lets something go wrong in the task's next call.
    Inject { fault: Fault },
    /// Not a system call: from now on segments stay on their way, as if the softirq were late.
    Hold,
    /// Not a system call: so many of the segments on their way arrive; without a number all of them,
    /// with what they lead to, and later ones do at once again.
    Deliver { count: Option<u32> },
    /// Not a system call: says who gets the processor. Whoever lets tasks run does it; the kernel
    /// never decides that.
    Schedule { turn: Turn, whom: Whom },
    /// `nanosleep(2)`
    Sleep { duration_ns: Nanos },
    /// Does nothing, at once.
    Nop,
}

/// What `inject` lets go wrong in a task's next call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fault {
    /// `inject(ENOMEM, n)`: so many allocations on, one fails; 0 once it has.
    Enomem(u32),
    /// `inject(ENFILE, n)`: so many open files on, the table of files is full; 0 once it was.
    Enfile(u32),
    /// `inject(EFAULT, n)`: behind so many elements the user's memory is bad.
    Efault(u32),
}

/// What [`Syscall::Schedule`] does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Turn {
    /// `hold(A)`: it does not get the processor from now on.
    Hold,
    /// `run(A)`: it gets the processor until it sleeps, returns or stops.
    Run,
    /// `release(A)`: it gets the processor as others do.
    Release,
}

/// Whom [`Syscall::Schedule`] is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Whom {
    /// `WOKEN`: every task that has slept.
    Woken,
    /// A task.
    Task {
        /// Its number: from 0 in the order in which they are made.
        tid: usize,
        /// Its name in the scenario.
        name: Box<str>,
    },
}

/// As a scenario writes it.
impl fmt::Display for Whom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Whom::Woken => "WOKEN",
            Whom::Task { name, .. } => name,
        })
    }
}

/// What an `ioctl(2)` is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum IoctlArg {
    /// Left out: memory to be filled.
    Buffer,
    /// `NULL`
    Null,
    /// `struct epoll_params`
    Params(EpollParams),
}

/// `struct epoll_params`: how an instance busy-polls.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EpollParams {
    /// `busy_poll_usecs`: for how long.
    pub usecs: u32,
    /// `busy_poll_budget`: packets a round.
    pub budget: u16,
    /// `prefer_busy_poll`: 1 keeps the device's interrupts off.
    pub prefer: u8,
    /// Must be 0.
    pub pad: u8,
}

impl EpollParams {
    /// Bytes that it takes in user memory.
    pub const BYTES: usize = 8;
}

impl fmt::Display for EpollParams {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{{{}, {}, {}", self.usecs, self.budget, self.prefer)?;
        if self.pad != 0 {
            write!(f, ", {}", self.pad)?;
        }
        f.write_str("}")
    }
}

/// The three sets of a `select(2)`: for reading, for writing, exceptional; `None` is `NULL`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FdSets(pub Box<[Option<Vec<Fd>>; 3]>);

impl FdSets {
    /// `n`, as a program computes it: the highest descriptor in any set, plus 1.
    pub fn nfds(&self) -> i32 {
        self.0.iter().flatten().flatten().max().map_or(0, |highest| highest.saturating_add(1))
    }
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
    /// What `poll` found: the entries with `revents`, in the order given.
    Polled(Vec<PollFd>),
    /// What `select` left in its three sets, each ascending.
    Selected(Box<[Vec<Fd>; 3]>),
    /// What `ioctl(EPIOCGPARAMS)` read.
    Params(EpollParams),
}

/// What a call gave.
pub type SysResult = Result<Reply, Errno>;

impl Syscall {
    /// One of the calls made most that keep nothing elsewhere.
    #[inline]
    pub(super) fn is_plain(&self) -> bool {
        matches!(
            self,
            Syscall::EpollCtl { .. }
                | Syscall::EpollWait { .. }
                | Syscall::Read { .. }
                | Syscall::Write { data: WriteData::Number(_), .. }
        )
    }

    /// Whether all of the call's arguments are numbers, so that no memory of the program can be bad.
    pub fn passes_no_memory(&self) -> bool {
        matches!(
            self,
            Syscall::EpollCreate { .. }
                | Syscall::EpollCreate1 { .. }
                | Syscall::Eventfd { .. }
                | Syscall::TimerfdCreate { .. }
                | Syscall::Socket { .. }
                | Syscall::Listen { .. }
                | Syscall::Accept { .. }
                | Syscall::Shutdown { .. }
                | Syscall::Close { .. }
                | Syscall::Dup { .. }
                | Syscall::Dup2 { .. }
                | Syscall::Fcntl { .. }
                | Syscall::Kill { .. }
                | Syscall::Nop
        )
    }

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
            Syscall::TimerfdCreate { .. } => "timerfd_create",
            Syscall::TimerfdSettime { .. } => "timerfd_settime",
            Syscall::Read { .. } => "read",
            Syscall::Write { .. } => "write",
            Syscall::Close { .. } => "close",
            Syscall::Dup { .. } => "dup",
            Syscall::Dup2 { .. } => "dup2",
            Syscall::EpollPwait { .. } => "epoll_pwait",
            Syscall::EpollPwait2 { .. } => "epoll_pwait2",
            Syscall::Signalfd { .. } => "signalfd",
            Syscall::Signal { .. } => "signal",
            Syscall::Sigprocmask { .. } => "sigprocmask",
            Syscall::Kill { .. } => "kill",
            Syscall::Fork { .. } => "fork",
            Syscall::Exit => "exit",
            Syscall::Poll { .. } => "poll",
            Syscall::Ppoll { .. } => "ppoll",
            Syscall::Select { .. } => "select",
            Syscall::Pselect { .. } => "pselect",
            Syscall::Fcntl { .. } => "fcntl",
            Syscall::Open { .. } => "open",
            Syscall::Ioctl { .. } => "ioctl",
            Syscall::Inject { .. } => "inject",
            Syscall::Hold => "hold",
            Syscall::Deliver { .. } => "deliver",
            Syscall::Schedule { turn: Turn::Hold, .. } => "hold",
            Syscall::Schedule { turn: Turn::Run, .. } => "run",
            Syscall::Schedule { turn: Turn::Release, .. } => "release",
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
            Reply::Params(params) => write!(f, "{params}"),
            Reply::Events(events) => list(f, events),
            Reply::Polled(fds) => list(f, fds),
            Reply::Selected(sets) => {
                for (set, open) in sets.iter().zip(["{", ", ", ", "]) {
                    f.write_str(open)?;
                    list(f, set)?;
                }
                f.write_str("}")
            }
        }
    }
}

/// `[a, b]`
fn list(f: &mut fmt::Formatter<'_>, items: &[impl fmt::Display]) -> fmt::Result {
    f.write_str("[")?;
    for (i, item) in items.iter().enumerate() {
        write!(f, "{}{item}", if i == 0 { "" } else { ", " })?;
    }
    f.write_str("]")
}
