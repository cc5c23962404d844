//! Calls as text: a scenario's notation with numbers in the place of variables.

use crate::kernel::abi::{
    F_GETFD, F_GETFL, F_GETPIPE_SZ, F_SETFD, F_SETFL, SigSet, constant, signal_name,
};
use crate::kernel::syscall::{Fault, FdSets, IoctlArg, Reply, SysResult, Syscall, WriteData};
use crate::script::ast::{Duration, Value};

/// Longer strings are cut, as `strace` does.
const LONGEST: usize = 32;

const MSG_FLAGS: [&str; 4] = ["MSG_OOB", "MSG_PEEK", "MSG_DONTWAIT", "MSG_NOSIGNAL"];

const OPTIONS: [&str; 11] = [
    "SO_REUSEADDR",
    "SO_TYPE",
    "SO_ERROR",
    "SO_SNDBUF",
    "SO_RCVBUF",
    "SO_LINGER",
    "SO_REUSEPORT",
    "SO_RCVLOWAT",
    "SO_ACCEPTCONN",
    "SO_PROTOCOL",
    "SO_DOMAIN",
];

/// The name of a socket option, or its number.
pub fn option_name(option: i32) -> String {
    one_of(option, &OPTIONS)
}

/// The call as one would write it, such as `epoll_ctl(3, EPOLL_CTL_ADD, 4, {EPOLLIN, 4})`.
pub fn call_text(call: &Syscall) -> String {
    let arguments = match call {
        Syscall::EpollCreate { size } => size.to_string(),
        Syscall::EpollCreate1 { flags } => flags_text(*flags, &["EPOLL_CLOEXEC"]),
        Syscall::EpollCtl { epfd, op, fd, event } => {
            let op = one_of(*op, &["EPOLL_CTL_ADD", "EPOLL_CTL_DEL", "EPOLL_CTL_MOD"]);
            let event = event.map_or("NULL".to_owned(), |event| event.to_string());
            format!("{epfd}, {op}, {fd}, {event}")
        }
        Syscall::EpollWait { epfd, maxevents, timeout_ms } => {
            format!("{epfd}, {maxevents}, {timeout_ms}")
        }
        Syscall::Socketpair { domain, kind } | Syscall::Socket { domain, kind } => {
            let flags = *kind & !0xf;
            let mut kind = one_of(kind & 0xf, &["SOCK_STREAM", "SOCK_DGRAM"]);
            if flags != 0 {
                kind = format!("{kind}|{}", flags_text(flags, &["SOCK_NONBLOCK", "SOCK_CLOEXEC"]));
            }
            format!("{}, {kind}", one_of(*domain, &["AF_UNIX", "AF_INET"]))
        }
        Syscall::Bind { fd, port: n }
        | Syscall::Connect { fd, port: n }
        | Syscall::Listen { fd, backlog: n } => format!("{fd}, {n}"),
        Syscall::Accept { fd } => fd.to_string(),
        Syscall::Accept4 { fd, flags } => {
            format!("{fd}, {}", flags_text(*flags, &["SOCK_NONBLOCK", "SOCK_CLOEXEC"]))
        }
        Syscall::Recv { fd, count, flags } => {
            format!("{fd}, {count}, {}", flags_text(*flags, &MSG_FLAGS))
        }
        Syscall::Send { fd, data, flags } => {
            let data = match data {
                WriteData::Bytes(bytes) => string(bytes),
                WriteData::Number(number) => number.to_string(),
            };
            format!("{fd}, {data}, {}", flags_text(*flags, &MSG_FLAGS))
        }
        Syscall::Shutdown { fd, how } => {
            format!("{fd}, {}", one_of(*how, &["SHUT_RD", "SHUT_WR", "SHUT_RDWR"]))
        }
        Syscall::Setsockopt { fd, option, value } => {
            format!("{fd}, {}, {value}", one_of(*option, &OPTIONS))
        }
        Syscall::Getsockopt { fd, option } => format!("{fd}, {}", one_of(*option, &OPTIONS)),
        Syscall::Pipe2 { flags } => flags_text(*flags, &["O_DIRECT", "O_NONBLOCK", "O_CLOEXEC"]),
        Syscall::Eventfd { initval, flags } => {
            let names = ["EFD_SEMAPHORE", "EFD_NONBLOCK", "EFD_CLOEXEC"];
            format!("{initval}, {}", flags_text(*flags, &names))
        }
        Syscall::TimerfdCreate { flags } => flags_text(*flags, &["TFD_NONBLOCK", "TFD_CLOEXEC"]),
        Syscall::TimerfdSettime { fd, initial_ns, interval_ns } => {
            let [initial, interval] = [*initial_ns, *interval_ns].map(Duration::from_ns);
            format!("{fd}, {initial}, {interval}")
        }
        Syscall::EpollPwait { epfd, maxevents, timeout_ms, sigmask } => {
            format!("{epfd}, {maxevents}, {timeout_ms}, {}", signals(*sigmask))
        }
        Syscall::EpollPwait2 { epfd, maxevents, timeout_ns, sigmask } => {
            let timeout = timeout_ns.map(|ns| Duration::from_ns(ns).to_string());
            let timeout = timeout.unwrap_or("NULL".to_owned());
            format!("{epfd}, {maxevents}, {timeout}, {}", signals(*sigmask))
        }
        Syscall::Signalfd { mask, flags } => {
            format!("{mask}, {}", flags_text(*flags, &["SFD_NONBLOCK", "SFD_CLOEXEC"]))
        }
        Syscall::Signal { sig, handler } => format!("{}, {handler}", signal_name(*sig)),
        Syscall::Sigprocmask { how, set } => {
            let how = one_of(*how, &["SIG_BLOCK", "SIG_UNBLOCK", "SIG_SETMASK"]);
            format!("{how}, {}", signals(*set))
        }
        Syscall::Kill { name, sig, .. } => format!("{name}, {}", signal_name(*sig)),
        Syscall::Fork { name } => name.to_string(),
        Syscall::Exit => String::new(),
        Syscall::Read { fd, count } => format!("{fd}, {count}"),
        Syscall::Write { fd, data: WriteData::Bytes(bytes) } => format!("{fd}, {}", string(bytes)),
        Syscall::Write { fd, data: WriteData::Number(number) } => format!("{fd}, {number}"),
        Syscall::Close { fd } | Syscall::Dup { fd } => fd.to_string(),
        Syscall::Dup2 { oldfd, newfd } => format!("{oldfd}, {newfd}"),
        Syscall::Poll { fds, timeout_ms } => format!("{}, {timeout_ms}", list(fds)),
        Syscall::Ppoll { fds, timeout_ns, sigmask } => {
            format!("{}, {}, {}", list(fds), duration(*timeout_ns), signals(*sigmask))
        }
        Syscall::Select { sets, timeout_us: Some(us) } if *us < 0 => {
            format!("{}, {}", fd_sets(sets), us / 1000)
        }
        Syscall::Select { sets, timeout_us } => {
            let timeout_ns = timeout_us.map(|us| us.unsigned_abs().saturating_mul(1000));
            format!("{}, {}", fd_sets(sets), duration(timeout_ns))
        }
        Syscall::Pselect { sets, timeout_ns, sigmask } => {
            format!("{}, {}, {}", fd_sets(sets), duration(*timeout_ns), signals(*sigmask))
        }
        Syscall::Fcntl { fd, cmd, arg } => {
            let arg = match *cmd {
                F_GETFD | F_GETFL | F_GETPIPE_SZ => String::new(),
                F_SETFL => format!(", {}", flags_text(*arg, &OPEN_FLAGS)),
                F_SETFD => format!(", {}", flags_text(*arg, &["FD_CLOEXEC"])),
                _ => format!(", {arg}"),
            };
            format!("{fd}, {}{arg}", one_of(*cmd, &FCNTL_COMMANDS))
        }
        Syscall::Open { path, flags } => {
            format!("{}, {}", string(path.as_bytes()), flags_text(*flags, &OPEN_FLAGS))
        }
        Syscall::Sleep { duration_ns } => Duration::from_ns(*duration_ns).to_string(),
        Syscall::Ioctl { fd, cmd, arg } => {
            let cmd = one_of(cmd.cast_signed(), &["EPIOCSPARAMS", "EPIOCGPARAMS"]);
            match arg {
                IoctlArg::Buffer => format!("{fd}, {cmd}"),
                IoctlArg::Null => format!("{fd}, {cmd}, NULL"),
                IoctlArg::Params(params) => format!("{fd}, {cmd}, {params}"),
            }
        }
        Syscall::Inject { fault } => match fault {
            Fault::Enomem(n) => format!("ENOMEM, {n}"),
            Fault::Enfile(n) => format!("ENFILE, {n}"),
            Fault::Efault(n) => format!("EFAULT, {n}"),
        },
        Syscall::Schedule { whom, .. } => whom.to_string(),
        Syscall::Deliver { count: Some(count) } => count.to_string(),
        Syscall::Hold | Syscall::Deliver { count: None } | Syscall::Nop => String::new(),
    };
    format!("{}({arguments})", call.name())
}

fn signals(set: Option<SigSet>) -> String {
    set.map_or("NULL".to_owned(), |set| set.to_string())
}

const FCNTL_COMMANDS: [&str; 8] = [
    "F_DUPFD",
    "F_GETFD",
    "F_SETFD",
    "F_GETFL",
    "F_SETFL",
    "F_DUPFD_CLOEXEC",
    "F_SETPIPE_SZ",
    "F_GETPIPE_SZ",
];

const OPEN_FLAGS: [&str; 13] = [
    "O_RDWR",
    "O_WRONLY",
    "O_CREAT",
    "O_EXCL",
    "O_TRUNC",
    "O_APPEND",
    "O_NONBLOCK",
    "O_DIRECT",
    "O_CLOEXEC",
    "O_LARGEFILE",
    "O_DIRECTORY",
    "O_NOFOLLOW",
    "O_PATH",
];

fn list(items: &[impl ToString]) -> String {
    let items: Vec<_> = items.iter().map(ToString::to_string).collect();
    format!("[{}]", items.join(", "))
}

fn fd_sets(sets: &FdSets) -> String {
    let set = |set: &Option<Vec<_>>| set.as_ref().map_or("NULL".to_owned(), |fds| list(fds));
    sets.0.each_ref().map(set).join(", ")
}

fn duration(ns: Option<u64>) -> String {
    ns.map_or("NULL".to_owned(), |ns| Duration::from_ns(ns).to_string())
}

/// What a call gave as one would write it behind `->`; long strings are cut.
pub fn result_text(result: &SysResult) -> String {
    match result {
        Ok(Reply::Bytes(bytes)) => string(bytes),
        Ok(reply) => reply.to_string(),
        Err(errno) => errno.to_string(),
    }
}

/// Bytes in quotes; long ones are cut.
pub(crate) fn string(bytes: &[u8]) -> String {
    let text = Value::Bytes(bytes[..bytes.len().min(LONGEST)].to_vec()).to_string();
    if bytes.len() > LONGEST { text + "..." } else { text }
}

/// The name that has this value, else the value.
fn one_of(value: i32, names: &[&str]) -> String {
    let values = [i64::from(value), i64::from(value.cast_unsigned())];
    let is_it = |of| values.contains(&of);
    let name = names.iter().find(|name| constant(name).is_some_and(is_it));
    name.map_or(value.to_string(), |name| (*name).to_owned())
}

/// Flags by name; what is left is in hexadecimal, and none at all is 0.
fn flags_text(flags: i32, names: &[&str]) -> String {
    let mut left = i64::from(flags.cast_unsigned());
    let mut parts = Vec::new();
    for name in names {
        if let Some(bit) = constant(name).filter(|bit| left & bit == *bit) {
            parts.push((*name).to_owned());
            left &= !bit;
        }
    }
    if left != 0 {
        parts.push(format!("{left:#x}"));
    }
    if parts.is_empty() { "0".to_owned() } else { parts.join("|") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::abi::{EpollEvent, Errno, Events, PollFd};
    use crate::kernel::syscall::EpollParams;

    #[test]
    fn calls_read_as_they_are_written() {
        let check = |call: Syscall, text: &str| assert_eq!(call_text(&call), text);
        let event = Some(EpollEvent { events: Events::EPOLLIN, data: 7 });
        let ctl = |op, event| Syscall::EpollCtl { epfd: 3, op, fd: 4, event };
        check(ctl(1, event), "epoll_ctl(3, EPOLL_CTL_ADD, 4, {EPOLLIN, 7})");
        check(ctl(42, None), "epoll_ctl(3, 42, 4, NULL)");
        check(Syscall::EpollCreate1 { flags: 0x80001 }, "epoll_create1(EPOLL_CLOEXEC|0x1)");
        check(Syscall::EpollCreate1 { flags: -1 }, "epoll_create1(EPOLL_CLOEXEC|0xfff7ffff)");
        check(
            Syscall::Socketpair { domain: 1, kind: 0o4001 },
            "socketpair(AF_UNIX, SOCK_STREAM|SOCK_NONBLOCK)",
        );
        check(Syscall::Socketpair { domain: 99, kind: 9 }, "socketpair(99, 9)");
        check(Syscall::Eventfd { initval: 2, flags: 1 }, "eventfd(2, EFD_SEMAPHORE)");
        check(Syscall::Sleep { duration_ns: 1_500_000 }, "sleep(1500us)");
        check(Syscall::Nop, "nop()");
        check(Syscall::Inject { fault: Fault::Efault(2) }, "inject(EFAULT, 2)");
        let ioctl = |arg| Syscall::Ioctl { fd: 3, cmd: 0x4008_8a01, arg };
        check(ioctl(IoctlArg::Null), "ioctl(3, EPIOCSPARAMS, NULL)");
        let params = EpollParams { usecs: 50, budget: 8, prefer: 1, pad: 0 };
        check(ioctl(IoctlArg::Params(params)), "ioctl(3, EPIOCSPARAMS, {50, 8, 1})");
        let fds = vec![PollFd { fd: 4, events: Events::EPOLLIN | Events::EPOLLERR }];
        let poll = Syscall::Poll { fds: fds.clone(), timeout_ms: -1 };
        check(poll, "poll([{4, POLLIN|POLLERR}], -1)");
        check(
            Syscall::Ppoll { fds, timeout_ns: None, sigmask: None },
            "ppoll([{4, POLLIN|POLLERR}], NULL, NULL)",
        );
        let sets = || FdSets(Box::new([Some(vec![3, 4]), None, Some(Vec::new())]));
        let select = |timeout_us| Syscall::Select { sets: sets(), timeout_us };
        check(select(Some(1500)), "select([3, 4], NULL, [], 1500us)");
        check(select(Some(-2000)), "select([3, 4], NULL, [], -2)");
        check(
            Syscall::Pselect { sets: sets(), timeout_ns: Some(0), sigmask: None },
            "pselect([3, 4], NULL, [], 0ns, NULL)",
        );
        check(Syscall::Fcntl { fd: 4, cmd: 4, arg: 0o4000 }, "fcntl(4, F_SETFL, O_NONBLOCK)");
        check(Syscall::Fcntl { fd: 4, cmd: 1, arg: 9 }, "fcntl(4, F_GETFD)");
        check(Syscall::Fcntl { fd: 4, cmd: 99, arg: 9 }, "fcntl(4, 99, 9)");
        check(Syscall::Open { path: "/tmp".to_owned(), flags: 2 }, "open(\"/tmp\", O_RDWR)");
    }

    #[test]
    fn long_strings_are_cut() {
        let data = WriteData::Bytes(vec![b'x'; 33]);
        let text = call_text(&Syscall::Write { fd: 5, data });
        assert_eq!(text, format!("write(5, \"{}\"...)", "x".repeat(32)));
        assert_eq!(result_text(&Ok(Reply::Bytes(b"a\n".to_vec()))), r#""a\n""#);
        assert_eq!(result_text(&Err(Errno::EAGAIN)), "EAGAIN");
    }
}
