//! Calls as text: a scenario's notation with numbers in the place of variables.

use crate::kernel::abi::{SigSet, constant, signal_name};
use crate::kernel::syscall::{Reply, SysResult, Syscall, WriteData};
use crate::script::ast::{Duration, Value};

/// Longer strings are cut, as `strace` does.
const LONGEST: usize = 32;

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
        Syscall::Socketpair { domain, kind } => {
            let flags = *kind & !0xf;
            let mut kind = one_of(kind & 0xf, &["SOCK_STREAM", "SOCK_DGRAM"]);
            if flags != 0 {
                kind = format!("{kind}|{}", flags_text(flags, &["SOCK_NONBLOCK", "SOCK_CLOEXEC"]));
            }
            format!("{}, {kind}", one_of(*domain, &["AF_UNIX", "AF_INET"]))
        }
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
        Syscall::Sleep { duration_ns } => Duration::from_ns(*duration_ns).to_string(),
        Syscall::Nop => String::new(),
    };
    format!("{}({arguments})", call.name())
}

fn signals(set: Option<SigSet>) -> String {
    set.map_or("NULL".to_owned(), |set| set.to_string())
}

/// What a call gave as one would write it behind `->`; long strings are cut.
pub fn result_text(result: &SysResult) -> String {
    match result {
        Ok(Reply::Bytes(bytes)) => string(bytes),
        Ok(reply) => reply.to_string(),
        Err(errno) => errno.to_string(),
    }
}

fn string(bytes: &[u8]) -> String {
    let text = Value::Bytes(bytes[..bytes.len().min(LONGEST)].to_vec()).to_string();
    if bytes.len() > LONGEST { text + "..." } else { text }
}

/// The name that has this value, else the value.
fn one_of(value: i32, names: &[&str]) -> String {
    let name = names.iter().find(|name| constant(name) == Some(value.into()));
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
    use crate::kernel::abi::{EpollEvent, Errno, Events};

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
