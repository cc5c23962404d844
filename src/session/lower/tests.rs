//! Calls as written against calls as the kernel takes them.

use expect_test::{Expect, expect};

use super::*;
use crate::kernel::abi::{EPIOCGPARAMS, EPIOCSPARAMS, Handler, PollFd, SigSet};
use crate::kernel::syscall::{EpollParams, Fault, FdSets, IoctlArg, Turn, Whom};
use crate::script::ast::{Content, Statement};
use crate::script::parse;
use crate::session::env::Unbound;

/// Lowers `call` with `ep` = 3, `fd` = 4, `minus` = -1, `lost` and `late` without a value.
fn lower_text(call: &str) -> Result<Syscall, Vec<Trouble>> {
    let source = format!("main: {call}");
    let (script, diagnostics) = parse(&source);
    assert_eq!(diagnostics, [], "{source}");
    let Some(Content::Statement(Statement::Call { call, .. })) =
        script.lines[0].content.as_ref().map(|content| &content.node)
    else {
        panic!("{source} is no call");
    };
    let mut env = Env::default();
    env.add_task("main");
    for (name, value) in [("ep", 3), ("fd", 4), ("minus", -1)] {
        env.bind(name, value);
    }
    env.unbind("lost", Unbound::Failed(2));
    env.unbind("late", Unbound::Blocked(5));
    lower(call, &env)
}

fn check(call: &str, expected: Syscall) {
    assert_eq!(lower_text(call), Ok(expected), "{call}");
}

/// What is wrong with `call`: the place underlined, the message, what is expected.
fn check_wrong(call: &str, expected: Expect) {
    let troubles = lower_text(call).expect_err("this should be wrong");
    let mut text = String::new();
    for trouble in troubles {
        let (kind, diagnostic) = match &trouble {
            Trouble::Error(diagnostic) => ("error", diagnostic),
            Trouble::Missing(diagnostic) => ("missing", diagnostic),
        };
        let span = diagnostic.span.start - "main: ".len()..diagnostic.span.end - "main: ".len();
        let (message, wants) = (&diagnostic.message, &diagnostic.expected);
        text += &format!("{kind} at `{}`: {message}; expected {wants}\n", &call[span]);
    }
    expected.assert_eq(&text);
}

fn add(events: u32, data: u64) -> Syscall {
    let event = EpollEvent { events: Events::from_bits_retain(events), data };
    Syscall::EpollCtl { epfd: 3, op: 1, fd: 4, event: Some(event) }
}

#[test]
fn every_call_has_its_c_name() {
    check("epoll_create(1)", Syscall::EpollCreate { size: 1 });
    check("epoll_create1(EPOLL_CLOEXEC)", Syscall::EpollCreate1 { flags: 0o2000000 });
    check("epoll_ctl(ep, EPOLL_CTL_ADD, fd, {EPOLLIN|EPOLLET, 7})", add(1 << 31 | 1, 7));
    check("epoll_wait(ep, 8, -1)", Syscall::EpollWait { epfd: 3, maxevents: 8, timeout_ms: -1 });
    check("socketpair(AF_UNIX, SOCK_STREAM)", Syscall::Socketpair { domain: 1, kind: 1 });
    check("pipe()", Syscall::Pipe2 { flags: 0 });
    check("pipe2(O_NONBLOCK)", Syscall::Pipe2 { flags: 0o4000 });
    check("eventfd(5, EFD_SEMAPHORE)", Syscall::Eventfd { initval: 5, flags: 1 });
    check("timerfd_create(TFD_NONBLOCK)", Syscall::TimerfdCreate { flags: 0o4000 });
    check(
        "timerfd_settime(fd, 10ms, 0)",
        Syscall::TimerfdSettime { fd: 4, initial_ns: 10_000_000, interval_ns: 0 },
    );
    let usr = |bits| SigSet(bits);
    check("signalfd([SIGUSR1, SIGUSR2], 0)", Syscall::Signalfd { mask: usr(0xa00), flags: 0 });
    check("signal(SIGPIPE, handler)", Syscall::Signal { sig: 13, handler: Handler::Handler });
    check("sigprocmask(SIG_SETMASK, [])", Syscall::Sigprocmask { how: 2, set: Some(usr(0)) });
    check("kill(main, SIGTERM)", Syscall::Kill { tid: 0, name: "main".into(), sig: 15 });
    let main = || Whom::Task { tid: 0, name: "main".into() };
    check("hold()", Syscall::Hold);
    check("hold(main)", Syscall::Schedule { turn: Turn::Hold, whom: main() });
    check("hold(WOKEN)", Syscall::Schedule { turn: Turn::Hold, whom: Whom::Woken });
    check("run(main)", Syscall::Schedule { turn: Turn::Run, whom: main() });
    check("release(main)", Syscall::Schedule { turn: Turn::Release, whom: main() });
    check("release(WOKEN)", Syscall::Schedule { turn: Turn::Release, whom: Whom::Woken });
    check("fork(U)", Syscall::Fork { name: "U".into() });
    check("exit()", Syscall::Exit);
    let (epfd, maxevents, sigmask) = (3, 8, Some(usr(0x200)));
    check(
        "epoll_pwait(ep, 8, -1, [SIGUSR1])",
        Syscall::EpollPwait { epfd, maxevents, timeout_ms: -1, sigmask },
    );
    check(
        "epoll_pwait2(ep, 8, NULL, NULL)",
        Syscall::EpollPwait2 { epfd, maxevents, timeout_ns: None, sigmask: None },
    );
    check("read(fd, 100)", Syscall::Read { fd: 4, count: 100 });
    check("write(fd, \"ab\")", Syscall::Write { fd: 4, data: WriteData::Bytes(b"ab".to_vec()) });
    check("write(fd, 9)", Syscall::Write { fd: 4, data: WriteData::Number(9) });
    check("close(fd)", Syscall::Close { fd: 4 });
    check("dup(fd)", Syscall::Dup { fd: 4 });
    check("dup2(fd, 9)", Syscall::Dup2 { oldfd: 4, newfd: 9 });
    check("sleep(5us)", Syscall::Sleep { duration_ns: 5_000 });
    check("nop()", Syscall::Nop);
    let inject = |fault| Syscall::Inject { fault };
    check("inject(EFAULT, 0)", inject(Fault::Efault(0)));
    check("inject(ENOMEM, 3)", inject(Fault::Enomem(3)));
    check("inject(ENFILE, 1)", inject(Fault::Enfile(1)));
    let ioctl = |cmd, arg| Syscall::Ioctl { fd: 3, cmd, arg };
    check("ioctl(ep, EPIOCGPARAMS)", ioctl(EPIOCGPARAMS, IoctlArg::Buffer));
    check("ioctl(ep, 9, NULL)", ioctl(9, IoctlArg::Null));
    let params = EpollParams { usecs: 50, budget: 8, prefer: 1, pad: 0 };
    check("ioctl(ep, EPIOCSPARAMS, {50, 8, 1})", ioctl(EPIOCSPARAMS, IoctlArg::Params(params)));
    check("fcntl(fd, F_SETFL, O_NONBLOCK)", Syscall::Fcntl { fd: 4, cmd: 4, arg: 0o4000 });
    check("fcntl(fd, F_GETFD)", Syscall::Fcntl { fd: 4, cmd: 1, arg: 0 });
    check("open(\"/dev/null\", O_RDWR)", Syscall::Open { path: "/dev/null".to_owned(), flags: 2 });
}

fn pollfd(fd: Fd, events: u32) -> PollFd {
    PollFd { fd, events: Events::from_bits_retain(events) }
}

#[test]
fn descriptors_to_poll_stand_in_place() {
    let fds = vec![pollfd(4, 5), pollfd(-1, 0xffff)];
    check(
        "poll([{fd, POLLIN|POLLOUT}, {minus, -1}], 20)",
        Syscall::Poll { fds: fds.clone(), timeout_ms: 20 },
    );
    let ppoll = |timeout_ns| Syscall::Ppoll { fds: fds.clone(), timeout_ns, sigmask: None };
    check("ppoll([{fd, 5}, {-1, 0xffff}], 3us, NULL)", ppoll(Some(3000)));
    check("ppoll([{fd, 5}, {-1, 0xffff}], NULL)", ppoll(None));
    check("poll([], -1)", Syscall::Poll { fds: Vec::new(), timeout_ms: -1 });
}

#[test]
fn sets_of_descriptors_are_sorted() {
    let sets = FdSets(Box::new([Some(vec![3, 4]), None, Some(Vec::new())]));
    let select = |timeout_us| Syscall::Select { sets: sets.clone(), timeout_us };
    check("select([fd, ep, fd], NULL, [], -1)", select(None));
    check("select([fd, ep], NULL, [], NULL)", select(None));
    check("select([fd, ep], NULL, [], 10)", select(Some(10_000)));
    check("select([fd, ep], NULL, [], 1ns)", select(Some(1)));
    check("select([fd, ep], NULL, [], -2)", select(Some(-2000)));
    check(
        "pselect([fd, ep], NULL, [], 1ns, NULL)",
        Syscall::Pselect { sets: sets.clone(), timeout_ns: Some(1), sigmask: None },
    );
}

#[test]
fn what_can_not_be_polled_is_underlined() {
    check_wrong(
        "poll([{fd, POLLIN}, fd, {fd}, {\"x\", 0x10000}], 0)",
        expect![[r#"
            error at `fd`: this is no `struct pollfd`; expected a descriptor with what is asked of it, such as `{rd, POLLIN}`
            error at `{fd}`: this is no `struct pollfd`; expected a descriptor with what is asked of it, such as `{rd, POLLIN}`
            error at `"x"`: a string is no integer; expected an integer, a name, or flags joined by `|`
            error at `0x10000`: 65536 does not fit C's `short`; expected from -32768 to 65535
        "#]],
    );
    check_wrong(
        "select([minus, 1024], fd, [nobody], 0)",
        expect![[r#"
            error at `minus`: -1 is in no set of descriptors; expected from 0 to 1023
            error at `1024`: 1024 is in no set of descriptors; expected from 0 to 1023
            error at `fd`: an integer is no set of descriptors; expected a list of descriptors such as `[rd, 5]`, or NULL
            error at `nobody`: nothing is named `nobody`; expected a name that an earlier line binds, or a constant of C
        "#]],
    );
    check_wrong(
        "ppoll(fd, 5, [1])",
        expect![[r#"
            error at `fd`: an integer is no list of descriptors; expected a list such as `[{rd, POLLIN}, {wr, POLLOUT}]`
            error at `5`: this is no duration; expected a duration such as `10ms`
        "#]],
    );
    check_wrong(
        "open(7, O_RDWR)",
        expect![[r#"
            error at `7`: an integer is no path; expected a path such as `"/dev/null"`
        "#]],
    );
}

#[test]
fn the_table_builds_the_call_that_it_names() {
    for row in CALLS.iter().filter(|row| row.name != "pipe") {
        let env = Env::default();
        let mut args = Args { rest: [].iter(), env: &env, troubles: Vec::new() };
        assert_eq!((row.build)(&mut args).name(), row.name);
    }
}

#[test]
fn integers_convert_as_in_c() {
    check("close(0xffffffff)", Syscall::Close { fd: -1 });
    check("close(minus)", Syscall::Close { fd: -1 });
    check("close(fd|0x10)", Syscall::Close { fd: 20 });
    check("eventfd(-1, 0)", Syscall::Eventfd { initval: u32::MAX, flags: 0 });
    check("read(fd, -1)", Syscall::Read { fd: 4, count: u64::MAX });
    check("write(fd, -2)", Syscall::Write { fd: 4, data: WriteData::Number(u64::MAX - 1) });
    check("epoll_ctl(ep, 1, fd, {0xffffffff, -1})", add(u32::MAX, u64::MAX));
    check("epoll_ctl(ep, 1, fd, {-1, 0xffffffffffffffff})", add(u32::MAX, u64::MAX));
}

#[test]
fn an_event_may_lack_data_or_be_left_out() {
    check("epoll_ctl(ep, 1, fd, {EPOLLIN})", add(1, 4));
    let null = |op| Syscall::EpollCtl { epfd: 3, op, fd: 4, event: None };
    check("epoll_ctl(ep, EPOLL_CTL_DEL, fd)", null(2));
    check("epoll_ctl(ep, EPOLL_CTL_ADD, fd, NULL)", null(1));
}

#[test]
fn timeouts_are_rounded_up_to_milliseconds() {
    let wait = |timeout_ms| Syscall::EpollWait { epfd: 3, maxevents: 8, timeout_ms };
    check("epoll_wait(ep, 8, 2s)", wait(2_000));
    check("epoll_wait(ep, 8, 1ns)", wait(1));
    check("epoll_wait(ep, 8, 1001us)", wait(2));
    check("epoll_wait(ep, 8, 0ms)", wait(0));
}

#[test]
fn what_can_not_be_converted_is_said() {
    check_wrong(
        "zork(1, nobody)",
        expect![[r#"
            error at `zork`: no call is named `zork`; expected one of epoll_create, epoll_create1, epoll_ctl, epoll_wait, epoll_pwait, epoll_pwait2, socket, bind, listen, connect, accept, accept4, socketpair, pipe, pipe2, eventfd, timerfd_create, timerfd_settime, signalfd, read, write, recv, send, shutdown, setsockopt, getsockopt, close, dup, dup2, signal, sigprocmask, kill, fork, exit, poll, ppoll, select, pselect, fcntl, open, sleep, ioctl, inject, hold, run, release, deliver, nop
        "#]],
    );
    check_wrong(
        "read(nobody, \"x\")",
        expect![[r#"
        error at `nobody`: nothing is named `nobody`; expected a name that an earlier line binds, or a constant of C
        error at `"x"`: a string is no integer; expected an integer, a name, or flags joined by `|`
    "#]],
    );
    check_wrong(
        "close(EPOLLIN|nobody)",
        expect![[r#"
        error at `nobody`: nothing is named `nobody`; expected a name that an earlier line binds, or a constant of C
    "#]],
    );
    check_wrong(
        "close(0x100000000)",
        expect![[r#"
        error at `0x100000000`: 4294967296 does not fit C's `int`; expected from -2147483648 to 4294967295
    "#]],
    );
    check_wrong(
        "epoll_wait(ep, 8, 30000000s)",
        expect![[r#"
        error at `30000000s`: `30000000s` does not fit `int timeout`; expected at most 2147483647ms
    "#]],
    );
    check_wrong(
        "sleep(5)",
        expect![[r#"
        error at `5`: this is no duration; expected a duration such as `10ms`
    "#]],
    );
    check_wrong(
        "epoll_ctl(ep, 1, fd, 7)",
        expect![[r#"
        error at `7`: this is no event; expected an event such as `{EPOLLIN|EPOLLET, 7}`, or NULL
    "#]],
    );
    check_wrong(
        "epoll_ctl(ep, 1, fd, {1, 2, 3})",
        expect![[r#"
        error at `{1, 2, 3}`: this is no event; expected an event such as `{EPOLLIN|EPOLLET, 7}`, or NULL
    "#]],
    );
    check_wrong(
        "write(fd, [1])",
        expect![[r#"
        error at `[1]`: this can not be written; expected a string or a count
    "#]],
    );
}

#[test]
fn a_wrong_number_of_arguments_is_said() {
    check_wrong(
        "nop(1, 2)",
        expect![[r#"
        error at `1, 2`: `nop` takes no arguments, not 2; expected nop()
    "#]],
    );
    check_wrong(
        "close()",
        expect![[r#"
        error at `close`: `close` takes 1 argument, not 0; expected close(fd)
    "#]],
    );
    check_wrong(
        "epoll_wait(ep, 8)",
        expect![[r#"
        error at `epoll_wait`: `epoll_wait` takes 3 arguments, not 2; expected epoll_wait(ep, maxevents, timeout)
    "#]],
    );
    check_wrong(
        "epoll_ctl(ep, 1, fd, NULL, 5)",
        expect![[r#"
        error at `5`: `epoll_ctl` takes 3 or 4 arguments, not 5; expected epoll_ctl(ep, op, fd, event)
    "#]],
    );
}

#[test]
fn a_variable_without_a_value_is_not_the_scenarios_fault() {
    check_wrong(
        "dup2(lost, late)",
        expect![[r#"
        missing at `lost`: `lost` has no value: the call on line 2 did not give one; expected 
        missing at `late`: `late` has no value: the call on line 5 has not returned; expected a name whose call has returned
    "#]],
    );
}

#[test]
fn what_can_not_be_switched_on_is_underlined() {
    check_wrong(
        "inject(EIO, 1)",
        expect![[r#"
            error at `EIO`: this can not be let happen; expected `ENOMEM`, `ENFILE` or `EFAULT`
        "#]],
    );
    check_wrong(
        "inject(ENOMEM, 0)",
        expect![[r#"
            error at `0`: 0 does not fit C's `unsigned int`; expected from 1 to 4294967295
        "#]],
    );
    check_wrong(
        "ioctl(ep, EPIOCSPARAMS, {1, 2})",
        expect![[r#"
            error at `{1, 2}`: this is no `struct epoll_params`; expected `{usecs, budget, prefer}`, or NULL
        "#]],
    );
}
