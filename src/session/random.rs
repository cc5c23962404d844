//! Random scenarios: sequences of calls, sensible and not, by several tasks.

use proptest::prelude::*;

use super::SimMachine;
use super::machine::{Machine, TaskNumber};
use crate::kernel::abi::{
    EPIOCGPARAMS, EPIOCSPARAMS, EpollEvent, Events, F_DUPFD, F_DUPFD_CLOEXEC, F_GETFD, F_GETFL,
    F_GETPIPE_SZ, F_SETFD, F_SETFL, F_SETPIPE_SZ, Handler, O_APPEND, O_CLOEXEC, O_CREAT, O_DIRECT,
    O_DIRECTORY, O_EXCL, O_NONBLOCK, O_PATH, O_TRUNC, PollFd, SigSet,
};
use crate::kernel::syscall::{EpollParams, Fault, FdSets, IoctlArg, Syscall, WriteData};
use crate::trace::Sink;
use crate::trace::event::{Point, TaskState};

/// Tasks that take part.
pub(crate) const TASKS: usize = 4;

/// One step of a random scenario.
#[derive(Clone, Debug)]
pub(crate) enum Op {
    /// An idle task makes a call; a task that is not idle makes the next one that is do it.
    Call(TaskNumber, Syscall, Option<Point>),
    /// A stopped task goes on.
    Continue(TaskNumber),
    /// The clock moves on.
    Advance(u64),
}

/// Steps on a machine with few descriptors, so that calls meet each other's objects.
pub(crate) fn ops(longest: usize, points: bool) -> impl Strategy<Value = Vec<Op>> {
    let stop_at = match points {
        true => prop_oneof![
            8 => Just(None),
            1 => proptest::sample::select(&Point::ALL[..]).prop_map(Some),
        ]
        .boxed(),
        false => Just(None).boxed(),
    };
    let op = prop_oneof![
        30 => (0..TASKS, call(), stop_at).prop_map(|(task, call, stop)| Op::Call(task, call, stop)),
        2 => (0..TASKS).prop_map(Op::Continue),
        1 => (1u64..50).prop_map(|ms| Op::Advance(ms * 1_000_000)),
    ];
    (proptest::sample::select(&PRELUDES[..]), proptest::collection::vec(op, 1..longest)).prop_map(
        |(prelude, ops)| {
            let start = prelude().into_iter().map(|call| Op::Call(0, call, None));
            start.chain(ops).collect()
        },
    )
}

/// How a scenario begins: with nothing, or with two instances and a few files of each kind, some of
/// them watched, so that what follows has something to act on.
const PRELUDES: [fn() -> Vec<Syscall>; 12] = [
    Vec::new,
    || files(0),
    || watched(Events::empty()),
    || watched(Events::EPOLLET),
    || handled(files(0)),
    || handled(watched(Events::EPOLLET)),
    || connected(0),
    || connected(O_NONBLOCK),
    || watched_connection(Events::empty()),
    || watched_connection(Events::EPOLLET),
    || datagrams(0, Events::empty()),
    || datagrams(O_NONBLOCK, Events::EPOLLET),
];

/// The port that a connection begins with.
const PORT: i32 = 5000;

/// Descriptor 3 is an instance, 4 listens, 5 is connected with 6, 7 and 8 are a socket pair.
fn connected(flags: i32) -> Vec<Syscall> {
    vec![
        Syscall::EpollCreate1 { flags: 0 },
        Syscall::Socket { domain: 2, kind: 1 | flags },
        Syscall::Bind { fd: 4, port: PORT },
        Syscall::Listen { fd: 4, backlog: 2 },
        Syscall::Socket { domain: 2, kind: 1 | flags },
        Syscall::Connect { fd: 5, port: PORT },
        Syscall::Accept4 { fd: 4, flags },
        Syscall::Socketpair { domain: 1, kind: 1 | flags },
    ]
}

fn watched_connection(how: Events) -> Vec<Syscall> {
    let all = Events::INOUT | Events::EPOLLPRI | Events::EPOLLRDHUP;
    let add = |fd: i32| {
        let event = EpollEvent { events: all | how, data: u64::from(fd.unsigned_abs()) };
        Syscall::EpollCtl { epfd: 3, op: 1, fd, event: Some(event) }
    };
    connected(O_NONBLOCK).into_iter().chain((4..=8).map(add)).collect()
}

/// Descriptor 3 is an instance, 4 and 5 are UDP sockets, 4 at a port; 6 and 7 a pair; all watched.
fn datagrams(flags: i32, how: Events) -> Vec<Syscall> {
    let start = vec![
        Syscall::EpollCreate1 { flags: 0 },
        Syscall::Socket { domain: 2, kind: 2 | flags },
        Syscall::Socket { domain: 2, kind: 2 | flags },
        Syscall::Socketpair { domain: 1, kind: 2 | flags },
        Syscall::Bind { fd: 4, port: PORT },
        Syscall::Connect { fd: 5, port: PORT },
    ];
    let add = |fd: i32| {
        let events = Events::INOUT | Events::EPOLLRDHUP | how;
        let event = EpollEvent { events, data: u64::from(fd.unsigned_abs()) };
        Syscall::EpollCtl { epfd: 3, op: 1, fd, event: Some(event) }
    };
    start.into_iter().chain((4..=7).map(add)).collect()
}

/// Whether both kernels can be expected to do the same: sizes of TCP's buffers are the machine's own.
#[cfg(target_os = "linux")]
pub(crate) fn is_fair<S: Sink>(machine: &SimMachine<S>, task: TaskNumber, call: &Syscall) -> bool {
    use crate::kernel::abi::{SO_LINGER, SO_RCVBUF, SO_SNDBUF};
    let is_tcp = |fd: &i32| machine.kernel().is_tcp(machine.key_of(task), *fd);
    let is_dgram = |fd: &i32| machine.kernel().is_dgram(machine.key_of(task), *fd);
    if matches!(
        call,
        Syscall::Inject { fault: Fault::Enomem(_) | Fault::Enfile(_) }
            | Syscall::Hold
            | Syscall::Deliver { .. }
            | Syscall::Schedule { .. }
    ) {
        return false;
    }
    let is_long = |data: &WriteData| matches!(data, WriteData::Number(5000..));
    match call {
        // Which of several listeners gets a connection is a secret of Linux.
        Syscall::Connect { port, .. } if machine.kernel().has_reuseport_group(*port as u16) => {
            false
        }
        Syscall::Write { fd, data } | Syscall::Send { fd, data, .. } => {
            !(is_long(data) && is_tcp(fd))
        }
        Syscall::Setsockopt { fd, option, .. } | Syscall::Getsockopt { fd, option } => {
            // wmem_max and rmem_max are the machine's own, too.
            let is_size = matches!(*option, SO_RCVBUF | SO_SNDBUF);
            let is_huge = matches!(call, Syscall::Setsockopt { value: ..0, .. });
            // What is left of a negative time depends on CONFIG_HZ.
            let is_hz = is_huge && *option == SO_LINGER;
            !is_hz && !(is_size && (is_huge || is_tcp(fd) || is_dgram(fd)))
        }
        _ => true,
    }
}

/// Calls on sockets.
fn net_call() -> impl Strategy<Value = Syscall> {
    let fd = || prop_oneof![1 => -1i32..4, 20 => 4i32..12];
    let nonblock = || prop_oneof![1 => Just(0), 3 => Just(O_NONBLOCK)];
    let port = || prop_oneof![6 => Just(PORT), 1 => Just(PORT + 1)];
    let flags = || prop_oneof![4 => Just(0x40), 1 => Just(0), 1 => Just(0x42), 1 => Just(0x41)];
    let option = || proptest::sample::select(&[2, 3, 4, 7, 8, 13, 15, 18, 30, 38, 39][..]);
    prop_oneof![
        1 => Just(Syscall::Hold),
        3 => proptest::option::weighted(0.8, 0u32..3).prop_map(|count| Syscall::Deliver { count }),
        3 => (prop_oneof![6 => Just(2), 1 => Just(1)], prop_oneof![3 => Just(1), 1 => Just(2)], nonblock())
            .prop_map(|(domain, kind, flags)| Syscall::Socket { domain, kind: kind | flags }),
        2 => (fd(), port()).prop_map(|(fd, port)| Syscall::Bind { fd, port }),
        2 => (fd(), 0..3).prop_map(|(fd, backlog)| Syscall::Listen { fd, backlog }),
        6 => (fd(), port()).prop_map(|(fd, port)| Syscall::Connect { fd, port }),
        4 => (prop_oneof![3 => Just(4), 1 => fd()], nonblock())
            .prop_map(|(fd, flags)| Syscall::Accept4 { fd, flags }),
        6 => (fd(), -1..4).prop_map(|(fd, how)| Syscall::Shutdown { fd, how }),
        8 => (fd(), prop_oneof![Just(0), Just(1), Just(2), Just(4096), Just(u64::MAX)], flags())
            .prop_map(|(fd, count, flags)| Syscall::Recv { fd, count, flags }),
        8 => (fd(), 0u64..6, flags()).prop_map(|(fd, count, flags)| {
            Syscall::Send { fd, data: WriteData::Number(count), flags }
        }),
        3 => (fd(), option(), prop_oneof![Just(-1), Just(0), Just(1), Just(3), Just(10_000)])
            .prop_map(|(fd, option, value)| Syscall::Setsockopt { fd, option, value }),
        3 => (fd(), option()).prop_map(|(fd, option)| Syscall::Getsockopt { fd, option }),
    ]
}

/// Handlers for some signals first, so that not each of them ends it all.
fn handled(then: Vec<Syscall>) -> Vec<Syscall> {
    let handle = |sig| Syscall::Signal { sig, handler: Handler::Handler };
    let watch = Syscall::Signalfd { mask: SigSet(0x0a00), flags: O_NONBLOCK };
    let signals = [10, 12, 34].map(handle).into_iter();
    signals.chain(then).chain([watch]).collect()
}

/// Descriptors 3 and 4 are instances; 5 and 6 eventfds, 7 and 8 a pipe, 9 and 10 a socket pair, 11 a timer.
fn files(flags: i32) -> Vec<Syscall> {
    vec![
        Syscall::EpollCreate1 { flags: 0 },
        Syscall::EpollCreate1 { flags: 0 },
        Syscall::Eventfd { initval: 1, flags },
        Syscall::Eventfd { initval: 0, flags },
        Syscall::Pipe2 { flags },
        Syscall::Socketpair { domain: 1, kind: 1 | flags },
        Syscall::TimerfdCreate { flags },
    ]
}

fn watched(how: Events) -> Vec<Syscall> {
    let add = |fd: i32| {
        let event = EpollEvent { events: Events::INOUT | how, data: u64::from(fd.unsigned_abs()) };
        Syscall::EpollCtl { epfd: 3, op: 1, fd, event: Some(event) }
    };
    files(O_NONBLOCK).into_iter().chain((5..=11).map(add)).collect()
}

fn call() -> impl Strategy<Value = Syscall> {
    let fd = || prop_oneof![1 => -1i32..3, 20 => 3i32..13];
    let epfd = || prop_oneof![1 => fd(), 6 => Just(3), 2 => Just(4)];
    let nonblock = || prop_oneof![Just(0), Just(O_NONBLOCK)];
    prop_oneof![
        2 => Just(Syscall::EpollCreate1 { flags: 0 }),
        2 => (0u32..2, 0..2, nonblock())
            .prop_map(|(initval, semaphore, flags)| Syscall::Eventfd { initval, flags: flags | semaphore }),
        1 => nonblock().prop_map(|flags| Syscall::TimerfdCreate { flags }),
        3 => (fd(), millis(), millis()).prop_map(|(fd, initial_ns, interval_ns)| {
            Syscall::TimerfdSettime { fd, initial_ns, interval_ns }
        }),
        1 => nonblock().prop_map(|flags| Syscall::Pipe2 { flags }),
        1 => nonblock().prop_map(|flags| Syscall::Socketpair { domain: 1, kind: 1 | flags }),
        10 => (epfd(), 1..4, fd(), mask()).prop_map(|(epfd, op, fd, events)| {
            let data = u64::from(fd.unsigned_abs());
            Syscall::EpollCtl { epfd, op, fd, event: Some(EpollEvent { events, data }) }
        }),
        8 => (epfd(), prop_oneof![1 => -1..1, 9 => 1..5], prop_oneof![Just(0), Just(-1), 1..40])
            .prop_map(|(epfd, maxevents, timeout_ms)| {
                Syscall::EpollWait { epfd, maxevents, timeout_ms }
            }),
        8 => (fd(), prop_oneof![Just(0), Just(1), Just(8), Just(128), Just(4096), Just(100_000), Just(1 << 40), Just(1 << 47), Just(u64::MAX)])
            .prop_map(|(fd, count)| Syscall::Read { fd, count }),
        8 => (fd(), write_data()).prop_map(|(fd, data)| Syscall::Write { fd, data }),
        3 => fd().prop_map(|fd| Syscall::Close { fd }),
        1 => fd().prop_map(|fd| Syscall::Dup { fd }),
        1 => (fd(), fd()).prop_map(|(oldfd, newfd)| Syscall::Dup2 { oldfd, newfd }),
        5 => signal_call(),
        2 => (epfd(), 1..4, prop_oneof![Just(0), Just(-1), 1..40], sigset()).prop_map(
            |(epfd, maxevents, timeout_ms, sigmask)| {
                Syscall::EpollPwait { epfd, maxevents, timeout_ms, sigmask }
            },
        ),
        1 => (epfd(), 1..4, proptest::option::of(millis()), sigset()).prop_map(
            |(epfd, maxevents, timeout_ns, sigmask)| {
                Syscall::EpollPwait2 { epfd, maxevents, timeout_ns, sigmask }
            },
        ),
        6 => (proptest::collection::vec((fd(), poll_mask()), 0..6), timeout_ms())
            .prop_map(|(fds, timeout_ms)| Syscall::Poll { fds: pollfds(fds), timeout_ms }),
        1 => (proptest::collection::vec((fd(), poll_mask()), 0..40), timeout_ms(), sigset())
            .prop_map(|(fds, ms, sigmask)| {
                Syscall::Ppoll { fds: pollfds(fds), timeout_ns: nanos(ms), sigmask }
            }),
        4 => (fd_sets(3i32..12, 4), timeout_ms()).prop_map(|(sets, ms)| {
            let timeout_us = nanos(ms).and_then(|ns| i64::try_from(ns / 1000).ok());
            Syscall::Select { sets, timeout_us }
        }),
        1 => (fd_sets(3i32..90, 3), timeout_ms(), sigset()).prop_map(|(sets, ms, sigmask)| {
            Syscall::Pselect { sets, timeout_ns: nanos(ms), sigmask }
        }),
        3 => (fd(), fcntl()).prop_map(|(fd, (cmd, arg))| Syscall::Fcntl { fd, cmd, arg }),
        1 => open().prop_map(|(path, flags)| Syscall::Open { path, flags }),
        14 => net_call(),
        4 => switch(),
        1 => (10u64..40).prop_map(|ms| Syscall::Sleep { duration_ns: ms * 1_000_000 }),
    ]
}

/// What goes wrong next, and how an instance busy-polls; a budget above 64 is for the privileged.
fn switch() -> impl Strategy<Value = Syscall> {
    let fault = prop_oneof![
        4 => prop_oneof![3 => Just(0), 2 => 1u32..9, 1 => Just(128), 1 => Just(4096), 1 => 0u32..340]
            .prop_map(Fault::Efault),
        2 => (1u32..5).prop_map(Fault::Enomem),
        1 => (1u32..3).prop_map(Fault::Enfile),
    ];
    let params =
        (0u32..=u32::MAX, 0u16..=64, 0u8..3, prop_oneof![9 => Just(0u8), 1 => any::<u8>()])
            .prop_map(|(usecs, budget, prefer, pad)| {
                IoctlArg::Params(EpollParams { usecs, budget, prefer, pad })
            });
    let arg = prop_oneof![2 => Just(IoctlArg::Buffer), 1 => Just(IoctlArg::Null), 6 => params];
    let cmd = prop_oneof![4 => Just(EPIOCSPARAMS), 4 => Just(EPIOCGPARAMS), 1 => Just(0x8a00)];
    prop_oneof![
        5 => fault.prop_map(|fault| Syscall::Inject { fault }),
        // What was left out is taken for memory to be filled.
        2 => (3i32..8, cmd, arg).prop_map(|(fd, cmd, arg)| {
            let fills = cmd == EPIOCGPARAMS || arg != IoctlArg::Buffer;
            Syscall::Ioctl { fd, cmd, arg: if fills { arg } else { IoctlArg::Null } }
        }),
    ]
}

fn signal() -> impl Strategy<Value = i32> {
    prop_oneof![20 => Just(10), 10 => Just(12), 10 => Just(34), 5 => Just(17), 5 => Just(13),
        1 => Just(15), 1 => Just(9), 1 => Just(0), 1 => Just(65), 1 => Just(-1)]
}

fn sigset() -> impl Strategy<Value = Option<SigSet>> {
    let of = |sig| SigSet::of(sig).0;
    let one = move |sig: i32| {
        proptest::bool::weighted(0.3).prop_map(move |on| if on { of(sig) } else { 0 })
    };
    let set = (one(10), one(12), one(34), one(13), one(15))
        .prop_map(|(a, b, c, d, e)| SigSet(a | b | c | d | e));
    proptest::option::weighted(0.8, set)
}

/// Signals, and processes.
fn signal_call() -> impl Strategy<Value = Syscall> {
    let handler = prop_oneof![
        6 => Just(Handler::Handler),
        2 => Just(Handler::Ignore),
        1 => Just(Handler::Default)
    ];
    let nonblock = prop_oneof![Just(0), Just(O_NONBLOCK)];
    prop_oneof![
        12 => (0..TASKS + 1, signal()).prop_map(|(tid, sig)| {
            Syscall::Kill { tid, name: format!("T{tid}").into(), sig }
        }),
        3 => (signal(), handler).prop_map(|(sig, handler)| Syscall::Signal { sig, handler }),
        5 => (-1..4, sigset()).prop_map(|(how, set)| Syscall::Sigprocmask { how, set }),
        3 => (sigset(), nonblock).prop_map(|(mask, flags)| {
            Syscall::Signalfd { mask: mask.unwrap_or_default(), flags }
        }),
        1 => Just(Syscall::Fork { name: "F".into() }),
        1 => proptest::bool::weighted(0.2).prop_map(|exit| {
            if exit { Syscall::Exit } else { Syscall::Nop }
        }),
    ]
}

/// Nothing, or some milliseconds.
fn millis() -> impl Strategy<Value = u64> {
    prop_oneof![1 => Just(0), 2 => (1u64..40).prop_map(|ms| ms * 1_000_000)]
}

fn mask() -> impl Strategy<Value = Events> {
    let asked = prop_oneof![
        4 => Just(Events::EPOLLIN),
        2 => Just(Events::EPOLLOUT),
        2 => Just(Events::EPOLLIN | Events::EPOLLOUT),
        1 => Just(Events::empty()),
        1 => Just(Events::EPOLLIN | Events::EPOLLRDHUP),
    ];
    let how = prop_oneof![
        4 => Just(Events::empty()),
        3 => Just(Events::EPOLLET),
        2 => Just(Events::EPOLLONESHOT),
        1 => Just(Events::EPOLLET | Events::EPOLLONESHOT),
        2 => Just(Events::EPOLLEXCLUSIVE),
        1 => Just(Events::EPOLLWAKEUP),
        1 => Just(Events::EPOLLWAKEUP | Events::EPOLLET),
    ];
    (asked, how).prop_map(|(asked, how)| asked | how)
}

fn timeout_ms() -> impl Strategy<Value = i32> {
    prop_oneof![2 => Just(0), 2 => Just(-1), 1 => 1..40]
}

fn nanos(ms: i32) -> Option<u64> {
    u64::try_from(ms).ok().map(|ms| ms * 1_000_000)
}

fn poll_mask() -> impl Strategy<Value = u16> {
    prop_oneof![
        4 => Just(0x001),
        2 => Just(0x004),
        1 => Just(0x005),
        1 => Just(0x2001),
        1 => Just(0),
        1 => any::<u16>(),
    ]
}

fn pollfds(fds: Vec<(i32, u16)>) -> Vec<PollFd> {
    let pollfd =
        |(fd, events): (i32, u16)| PollFd { fd, events: Events::from_bits_retain(events.into()) };
    fds.into_iter().map(pollfd).collect()
}

/// Three sets, of which each descriptor is in any; now and then `NULL`.
fn fd_sets(fds: std::ops::Range<i32>, longest: usize) -> impl Strategy<Value = FdSets> {
    let set = move || {
        let set = proptest::collection::btree_set(fds.clone(), 0..longest);
        prop_oneof![3 => set.prop_map(|set| Some(set.into_iter().collect())), 1 => Just(None)]
    };
    [set(), set(), set()].prop_map(|sets| FdSets(Box::new(sets)))
}

/// A command and its argument.
fn fcntl() -> impl Strategy<Value = (i32, i32)> {
    prop_oneof![
        1 => prop_oneof![Just(-1), 0..14, Just(1023), Just(1024)].prop_map(|from| (F_DUPFD, from)),
        1 => (3..12).prop_map(|from| (F_DUPFD_CLOEXEC, from)),
        1 => Just((F_GETFD, 0)),
        1 => (0..2).prop_map(|flags| (F_SETFD, flags)),
        2 => Just((F_GETFL, 0)),
        4 => prop_oneof![Just(0), Just(O_NONBLOCK), Just(O_APPEND | O_DIRECT), Just(O_NONBLOCK | 3)]
            .prop_map(|flags| (F_SETFL, flags)),
        1 => Just((F_GETPIPE_SZ, 0)),
        2 => prop_oneof![Just(0), Just(4096), Just(5000), Just(131_072), Just(-1)]
            .prop_map(|size| (F_SETPIPE_SZ, size)),
        1 => prop_oneof![Just(4), Just(18), Just(99), Just(-7)].prop_map(|cmd| (cmd, 0)),
    ]
}

fn open() -> impl Strategy<Value = (String, i32)> {
    const PATHS: [&str; 5] = ["/dev/null", "/dev/zero", "/dev/full", "/tmp/file", "/tmp"];
    let how = prop_oneof![
        3 => 0i32..4,
        1 => Just(O_CREAT | 2),
        1 => Just(O_CREAT | O_EXCL),
        1 => Just(O_DIRECTORY | O_CLOEXEC),
        1 => Just(O_DIRECTORY | O_CREAT),
        1 => Just(O_TRUNC | O_NONBLOCK),
        2 => Just(O_PATH),
    ];
    (proptest::sample::select(&PATHS[..]), how).prop_map(|(path, how)| (path.to_owned(), how))
}

fn write_data() -> impl Strategy<Value = WriteData> {
    prop_oneof![
        6 => (0u64..5).prop_map(WriteData::Number),
        2 => prop_oneof![Just(100), Just(4096), Just(10_000), Just(70_000), Just(300_000)]
            .prop_map(WriteData::Number),
        1 => Just(WriteData::Number(u64::MAX - 1)),
        1 => Just(WriteData::Bytes(b"\0\0\0\0\0\0\0\x01".to_vec())),
    ]
}

/// What a machine must do with a step: the tasks' states decide.
pub(crate) fn apply<S: Sink>(machine: &mut SimMachine<S>, op: &Op) {
    let idle = |machine: &SimMachine<S>, task| machine.state_of(task) == TaskState::Idle;
    match op {
        Op::Call(task, call, stop_at) => {
            let tasks = machine.tasks();
            let task = (*task..tasks).chain(0..*task).find(|task| idle(machine, *task));
            let Some(task) = task else { return };
            // What the simulator does not know is refused, and nothing has happened.
            let _ = machine.call(task, call, stop_at.map(Point::name));
        }
        Op::Continue(task) => {
            if matches!(machine.state_of(*task), TaskState::Stopped(_)) {
                machine.resume(*task).unwrap();
            }
        }
        Op::Advance(by_ns) => {
            machine.advance(*by_ns).unwrap();
        }
    }
}

/// A machine with all its tasks.
pub(crate) fn machine<S: Sink>(sink: S) -> SimMachine<S> {
    let mut machine = SimMachine::with_sink(sink);
    for name in ["main", "A", "B", "C"] {
        machine.spawn(name).unwrap();
    }
    machine
}
