//! What to fill into a call's arguments at first, where it may be stopped, and which errors to expect.

use crate::trace::event::Point;

/// A call as a form offers it.
#[derive(Clone, Copy, Debug)]
pub struct Hint {
    /// Its name.
    pub name: &'static str,
    /// What stands in its arguments at first, divided by `;`. `$fd`, `$ep`, `$task` and `$new` stand for
    /// a descriptor, an instance, a task, and the name of a new one.
    pub args: &'static str,
    /// The errors it can give, in the order of the manual; those of bad memory and a lack of it left out.
    pub errors: &'static str,
    /// Names for what it gives, if that is worth a name.
    pub binds: &'static [&'static str],
}

const fn hint(name: &'static str, args: &'static str, errors: &'static str) -> Hint {
    Hint { name, args, errors, binds: &[] }
}

const fn making(
    binds: &'static [&'static str],
    name: &'static str,
    args: &'static str,
    errors: &'static str,
) -> Hint {
    Hint { name, args, errors, binds }
}

const READ: &str = "EAGAIN EBADF ECONNREFUSED ECONNRESET EINTR EINVAL EISDIR ENOTCONN";
const WRITE: &str = "EAGAIN EBADF ECONNREFUSED ECONNRESET EDESTADDRREQ EINTR EINVAL ENOTCONN EPIPE";
const FILES: &str = "EINVAL EMFILE ENFILE";
const WAIT: &str = "EBADF EINTR EINVAL";

/// All calls.
pub const HINTS: &[Hint] = &[
    making(&["ep"], "epoll_create", "1", FILES),
    making(&["ep"], "epoll_create1", "0", FILES),
    hint(
        "epoll_ctl",
        "$ep; EPOLL_CTL_ADD; $fd; {EPOLLIN}",
        "EBADF EEXIST EINVAL ELOOP ENOENT ENOSPC EPERM",
    ),
    hint("epoll_wait", "$ep; 8; 0", WAIT),
    hint("epoll_pwait", "$ep; 8; 0; [SIGUSR1]", WAIT),
    hint("epoll_pwait2", "$ep; 8; 10ms; [SIGUSR1]", WAIT),
    making(&["s"], "socket", "AF_INET; SOCK_STREAM", "EAFNOSUPPORT EINVAL EMFILE ENFILE"),
    hint("bind", "$fd; 8080", "EADDRINUSE EBADF EINVAL ENOTSOCK"),
    hint("listen", "$fd; 128", "EADDRINUSE EBADF EINVAL ENOTSOCK EOPNOTSUPP"),
    hint("connect", "$fd; 8080", "EALREADY EBADF ECONNREFUSED EINPROGRESS EINTR EISCONN ENOTSOCK"),
    making(&["s"], "accept", "$fd", "EAGAIN EBADF EINTR EINVAL EMFILE ENOTSOCK EOPNOTSUPP"),
    making(
        &["s"],
        "accept4",
        "$fd; SOCK_NONBLOCK",
        "EAGAIN EBADF EINTR EINVAL EMFILE ENOTSOCK EOPNOTSUPP",
    ),
    making(
        &["a", "b"],
        "socketpair",
        "AF_UNIX; SOCK_STREAM|SOCK_NONBLOCK",
        "EAFNOSUPPORT EINVAL EMFILE ENFILE EOPNOTSUPP",
    ),
    making(&["rd", "wr"], "pipe", "", "EMFILE ENFILE"),
    making(&["rd", "wr"], "pipe2", "O_NONBLOCK", FILES),
    making(&["e"], "eventfd", "0; EFD_NONBLOCK", FILES),
    making(&["t"], "timerfd_create", "TFD_NONBLOCK", FILES),
    hint("timerfd_settime", "$fd; 10ms; 0ms", "EBADF EINVAL"),
    making(&["sfd"], "signalfd", "[SIGUSR1]; SFD_NONBLOCK", FILES),
    hint("read", "$fd; 64", READ),
    hint("write", "$fd; \"hello\"", WRITE),
    hint("recv", "$fd; 64; MSG_DONTWAIT", "EAGAIN EBADF ECONNRESET EINTR EINVAL ENOTCONN ENOTSOCK"),
    hint(
        "send",
        "$fd; \"hello\"; MSG_DONTWAIT",
        "EAGAIN EBADF ECONNRESET EINTR ENOTCONN ENOTSOCK EPIPE",
    ),
    hint("shutdown", "$fd; SHUT_WR", "EBADF EINVAL ENOTCONN ENOTSOCK"),
    hint("setsockopt", "$fd; SO_RCVLOWAT; 100", "EBADF EDOM EINVAL ENOPROTOOPT ENOTSOCK"),
    hint("getsockopt", "$fd; SO_ERROR", "EBADF ENOPROTOOPT ENOTSOCK"),
    hint("close", "$fd", "EBADF"),
    making(&["d"], "dup", "$fd", "EBADF EMFILE"),
    hint("dup2", "$fd; 30", "EBADF"),
    hint("signal", "SIGUSR1; handler", "EINVAL"),
    hint("sigprocmask", "SIG_BLOCK; [SIGUSR1]", "EINVAL"),
    hint("kill", "$task; SIGUSR1", "EINVAL ESRCH"),
    hint("fork", "$new", "EAGAIN"),
    hint("exit", "", ""),
    hint("poll", "[{$fd, POLLIN}]; 0", "EINTR EINVAL"),
    hint("ppoll", "[{$fd, POLLIN}]; 10ms; [SIGUSR1]", "EINTR EINVAL"),
    hint("select", "[$fd]; []; []; 0", "EBADF EINTR EINVAL"),
    hint("pselect", "[$fd]; []; []; 10ms; [SIGUSR1]", "EBADF EINTR EINVAL"),
    hint("fcntl", "$fd; F_SETFL; O_NONBLOCK", "EBADF EBUSY EINVAL EPERM"),
    making(
        &["f"],
        "open",
        "\"/dev/null\"; O_RDWR",
        "EACCES EEXIST EINVAL EISDIR EMFILE ENOENT ENOTDIR",
    ),
    hint("sleep", "10ms", "EINTR"),
    hint("ioctl", "$ep; EPIOCSPARAMS; {50, 8, 1}", "EBADF EINVAL ENOTTY EPERM"),
    hint("inject", "EFAULT; 0", ""),
    hint("hold", "$task", ""),
    hint("run", "$task", ""),
    hint("release", "WOKEN", ""),
    hint("deliver", "1", ""),
    hint("nop", "", ""),
];

impl Hint {
    /// What is known of a call.
    pub fn of(name: &str) -> Option<&'static Hint> {
        HINTS.iter().find(|hint| hint.name == name)
    }

    /// What stands in each argument at first.
    pub fn defaults(&self) -> impl Iterator<Item = &'static str> {
        self.args.split(';').map(str::trim).filter(|arg| !arg.is_empty())
    }

    /// Where the call passes a preemption point.
    pub fn points(&self) -> &'static [Point] {
        match self.name {
            "epoll_ctl" => &[Point::Armed],
            "epoll_wait" | "epoll_pwait" | "epoll_pwait2" => {
                &[Point::BeforeSleep, Point::TimedOut, Point::BeforeScan, Point::CopyOut]
            }
            "poll" | "ppoll" | "select" | "pselect" => &[Point::Polled],
            _ => &[],
        }
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use crate::kernel::abi::Errno;
    use crate::script::parse;
    use crate::session::lower::{call_names, lower, usage};
    use crate::session::{Driver, SimMachine};

    #[test]
    fn every_call_has_a_hint_and_its_errors_are_known() {
        let names: Vec<_> = HINTS.iter().map(|hint| hint.name).collect();
        assert_eq!(names, call_names().collect::<Vec<_>>());
        for hint in HINTS {
            for error in hint.errors.split_whitespace() {
                assert!(Errno::ALL.iter().any(|e| e.name() == error), "{}: {error}", hint.name);
            }
        }
    }

    #[test]
    fn a_form_as_it_stands_at_first_is_a_whole_call() {
        let (script, _) = parse("main: ep = epoll_create1(0)\nmain: e = eventfd(0, 0)\nA: nop()\n");
        let mut driver = Driver::new(SimMachine::new(), script);
        driver.run();
        for hint in HINTS {
            let args: Vec<_> = hint.defaults().collect();
            let usage = usage(hint.name).unwrap_or_default();
            let most = usage.split(',').count() - usize::from(usage.ends_with("()"));
            if hint.name != "ioctl" {
                assert_eq!(args.len(), most, "{usage}");
            }
            let args = args.join(", ").replace("$fd", "e").replace("$ep", "ep");
            let args = args.replace("$task", "A").replace("$new", "U");
            let text = format!("main: {}({args})", hint.name);
            let (script, diagnostics) = parse(&text);
            assert!(diagnostics.is_empty(), "{text}: {diagnostics:?}");
            let Some(crate::script::ast::Content::Statement(crate::script::ast::Statement::Call {
                call,
                ..
            })) = script.lines[0].content.as_ref().map(|c| c.node.clone())
            else {
                panic!("{text} is no call")
            };
            assert!(lower(&call, driver.env()).is_ok(), "{text}");
        }
    }

    #[test]
    fn points_are_those_that_the_call_passes() {
        for hint in HINTS {
            for point in hint.points() {
                assert!(Point::from_name(point.name()).is_some());
            }
        }
        let all: usize = HINTS.iter().map(|hint| hint.points().len()).sum();
        assert_eq!(all, 1 + 3 * 4 + 4);
    }
}
