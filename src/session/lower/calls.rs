//! The table of the calls: names, parameters, and how each is made of its arguments.

use super::Args;
use crate::kernel::syscall::{Syscall, Turn, Whom};

/// One call: its C name, its parameters and how its arguments become a [`Syscall`].
pub(super) struct Row {
    pub(super) name: &'static str,
    pub(super) params: &'static [&'static str],
    /// How many of the last parameters may be left out.
    pub(super) optional: usize,
    pub(super) build: fn(&mut Args<'_>) -> Syscall,
}

/// All calls that a scenario may make, in the order of the format's page.
pub(super) const CALLS: &[Row] = &[
    Row {
        name: "epoll_create",
        params: &["size"],
        optional: 0,
        build: |args| Syscall::EpollCreate { size: args.int() },
    },
    Row {
        name: "epoll_create1",
        params: &["flags"],
        optional: 0,
        build: |args| Syscall::EpollCreate1 { flags: args.int() },
    },
    Row {
        name: "epoll_ctl",
        params: &["ep", "op", "fd", "event"],
        optional: 1,
        build: |args| {
            let (epfd, op, fd) = (args.int(), args.int(), args.int());
            Syscall::EpollCtl { epfd, op, fd, event: args.event_or_null(fd) }
        },
    },
    Row {
        name: "epoll_wait",
        params: &["ep", "maxevents", "timeout"],
        optional: 0,
        build: |args| Syscall::EpollWait {
            epfd: args.int(),
            maxevents: args.int(),
            timeout_ms: args.millis(),
        },
    },
    Row {
        name: "epoll_pwait",
        params: &["ep", "maxevents", "timeout", "[signals]"],
        optional: 0,
        build: |args| Syscall::EpollPwait {
            epfd: args.int(),
            maxevents: args.int(),
            timeout_ms: args.millis(),
            sigmask: args.signals_or_null(),
        },
    },
    Row {
        name: "epoll_pwait2",
        params: &["ep", "maxevents", "duration", "[signals]"],
        optional: 0,
        build: |args| Syscall::EpollPwait2 {
            epfd: args.int(),
            maxevents: args.int(),
            timeout_ns: args.duration_or_null(),
            sigmask: args.signals_or_null(),
        },
    },
    Row {
        name: "socket",
        params: &["domain", "type"],
        optional: 0,
        build: |args| Syscall::Socket { domain: args.int(), kind: args.int() },
    },
    Row {
        name: "bind",
        params: &["fd", "port"],
        optional: 0,
        build: |args| Syscall::Bind { fd: args.int(), port: args.int() },
    },
    Row {
        name: "listen",
        params: &["fd", "backlog"],
        optional: 0,
        build: |args| Syscall::Listen { fd: args.int(), backlog: args.int() },
    },
    Row {
        name: "connect",
        params: &["fd", "port"],
        optional: 0,
        build: |args| Syscall::Connect { fd: args.int(), port: args.int() },
    },
    Row {
        name: "accept",
        params: &["fd"],
        optional: 0,
        build: |args| Syscall::Accept { fd: args.int() },
    },
    Row {
        name: "accept4",
        params: &["fd", "flags"],
        optional: 0,
        build: |args| Syscall::Accept4 { fd: args.int(), flags: args.int() },
    },
    Row {
        name: "socketpair",
        params: &["AF_UNIX", "type"],
        optional: 0,
        build: |args| Syscall::Socketpair { domain: args.int(), kind: args.int() },
    },
    Row { name: "pipe", params: &[], optional: 0, build: |_| Syscall::Pipe2 { flags: 0 } },
    Row {
        name: "pipe2",
        params: &["flags"],
        optional: 0,
        build: |args| Syscall::Pipe2 { flags: args.int() },
    },
    Row {
        name: "eventfd",
        params: &["initval", "flags"],
        optional: 0,
        build: |args| Syscall::Eventfd { initval: args.uint(), flags: args.int() },
    },
    Row {
        name: "timerfd_create",
        params: &["flags"],
        optional: 0,
        build: |args| Syscall::TimerfdCreate { flags: args.int() },
    },
    Row {
        name: "timerfd_settime",
        params: &["fd", "initial", "interval"],
        optional: 0,
        build: |args| Syscall::TimerfdSettime {
            fd: args.int(),
            initial_ns: args.duration_or_zero(),
            interval_ns: args.duration_or_zero(),
        },
    },
    Row {
        name: "signalfd",
        params: &["[signals]", "flags"],
        optional: 0,
        build: |args| Syscall::Signalfd { mask: args.signals(), flags: args.int() },
    },
    Row {
        name: "read",
        params: &["fd", "count"],
        optional: 0,
        build: |args| Syscall::Read { fd: args.int(), count: args.size() },
    },
    Row {
        name: "write",
        params: &["fd", "bytes"],
        optional: 0,
        build: |args| Syscall::Write { fd: args.int(), data: args.data() },
    },
    Row {
        name: "recv",
        params: &["fd", "count", "flags"],
        optional: 0,
        build: |args| Syscall::Recv { fd: args.int(), count: args.size(), flags: args.int() },
    },
    Row {
        name: "send",
        params: &["fd", "bytes", "flags"],
        optional: 0,
        build: |args| Syscall::Send { fd: args.int(), data: args.data(), flags: args.int() },
    },
    Row {
        name: "shutdown",
        params: &["fd", "how"],
        optional: 0,
        build: |args| Syscall::Shutdown { fd: args.int(), how: args.int() },
    },
    Row {
        name: "setsockopt",
        params: &["fd", "option", "value"],
        optional: 0,
        build: |args| Syscall::Setsockopt { fd: args.int(), option: args.int(), value: args.int() },
    },
    Row {
        name: "getsockopt",
        params: &["fd", "option"],
        optional: 0,
        build: |args| Syscall::Getsockopt { fd: args.int(), option: args.int() },
    },
    Row {
        name: "close",
        params: &["fd"],
        optional: 0,
        build: |args| Syscall::Close { fd: args.int() },
    },
    Row {
        name: "dup",
        params: &["fd"],
        optional: 0,
        build: |args| Syscall::Dup { fd: args.int() },
    },
    Row {
        name: "dup2",
        params: &["fd", "newfd"],
        optional: 0,
        build: |args| Syscall::Dup2 { oldfd: args.int(), newfd: args.int() },
    },
    Row {
        name: "signal",
        params: &["SIG", "handler"],
        optional: 0,
        build: |args| Syscall::Signal { sig: args.int(), handler: args.handler() },
    },
    Row {
        name: "sigprocmask",
        params: &["how", "[signals]"],
        optional: 0,
        build: |args| Syscall::Sigprocmask { how: args.int(), set: args.signals_or_null() },
    },
    Row {
        name: "kill",
        params: &["task", "SIG"],
        optional: 0,
        build: |args| {
            let (tid, name) = args.task();
            Syscall::Kill { tid, name, sig: args.int() }
        },
    },
    Row {
        name: "fork",
        params: &["task"],
        optional: 0,
        build: |args| Syscall::Fork { name: args.new_task() },
    },
    Row { name: "exit", params: &[], optional: 0, build: |_| Syscall::Exit },
    Row {
        name: "poll",
        params: &["fds", "timeout"],
        optional: 0,
        build: |args| Syscall::Poll { fds: args.pollfds(), timeout_ms: args.millis() },
    },
    Row {
        name: "ppoll",
        params: &["fds", "duration", "signals"],
        optional: 1,
        build: |args| {
            let (fds, timeout_ns) = (args.pollfds(), args.duration_or_null());
            Syscall::Ppoll { fds, timeout_ns, sigmask: args.signals_or_null() }
        },
    },
    Row {
        name: "select",
        params: &["readfds", "writefds", "exceptfds", "timeout"],
        optional: 0,
        build: |args| Syscall::Select { sets: args.fd_sets(), timeout_us: args.micros_or_null() },
    },
    Row {
        name: "pselect",
        params: &["readfds", "writefds", "exceptfds", "duration", "signals"],
        optional: 1,
        build: |args| {
            let (sets, timeout_ns) = (args.fd_sets(), args.duration_or_null());
            Syscall::Pselect { sets, timeout_ns, sigmask: args.signals_or_null() }
        },
    },
    Row {
        name: "fcntl",
        params: &["fd", "cmd", "arg"],
        optional: 1,
        build: |args| Syscall::Fcntl { fd: args.int(), cmd: args.int(), arg: args.int() },
    },
    Row {
        name: "open",
        params: &["path", "flags"],
        optional: 0,
        build: |args| Syscall::Open { path: args.path(), flags: args.int() },
    },
    Row {
        name: "sleep",
        params: &["duration"],
        optional: 0,
        build: |args| Syscall::Sleep { duration_ns: args.duration_or_zero() },
    },
    Row {
        name: "ioctl",
        params: &["fd", "request", "{usecs, budget, prefer}"],
        optional: 1,
        build: |args| Syscall::Ioctl {
            fd: args.int(),
            cmd: args.int().cast_unsigned(),
            arg: args.ioctl_arg(),
        },
    },
    Row {
        name: "inject",
        params: &["error", "n"],
        optional: 0,
        build: |args| Syscall::Inject { fault: args.fault() },
    },
    Row {
        name: "hold",
        params: &["task"],
        optional: 1,
        build: |args| match args.whom() {
            Some(whom) => Syscall::Schedule { turn: Turn::Hold, whom },
            None => Syscall::Hold,
        },
    },
    Row {
        name: "run",
        params: &["task"],
        optional: 0,
        build: |args| {
            let (tid, name) = args.task();
            Syscall::Schedule { turn: Turn::Run, whom: Whom::Task { tid, name } }
        },
    },
    Row {
        name: "release",
        params: &["task"],
        optional: 0,
        build: |args| {
            let whom = args.whom().unwrap_or(Whom::Woken);
            Syscall::Schedule { turn: Turn::Release, whom }
        },
    },
    Row {
        name: "deliver",
        params: &["count"],
        optional: 1,
        build: |args| Syscall::Deliver { count: args.count_or_all() },
    },
    Row { name: "nop", params: &[], optional: 0, build: |_| Syscall::Nop },
];
