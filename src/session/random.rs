//! Random scenarios: sequences of calls, sensible and not, by several tasks.

use proptest::prelude::*;

use super::SimMachine;
use super::machine::{Machine, TaskNumber};
use crate::kernel::abi::{EpollEvent, Events, O_NONBLOCK};
use crate::kernel::syscall::{Syscall, WriteData};
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
const PRELUDES: [fn() -> Vec<Syscall>; 10] = [
    Vec::new,
    || files(0),
    || watched(Events::empty()),
    || watched(Events::EPOLLET),
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
    use crate::kernel::abi::{SO_RCVBUF, SO_SNDBUF};
    let is_tcp = |fd: &i32| machine.kernel().is_tcp(machine.key_of(task), *fd);
    let is_dgram = |fd: &i32| machine.kernel().is_dgram(machine.key_of(task), *fd);
    let is_long = |data: &WriteData| matches!(data, WriteData::Number(5000..));
    match call {
        Syscall::Write { fd, data } | Syscall::Send { fd, data, .. } => {
            !(is_long(data) && is_tcp(fd))
        }
        Syscall::Setsockopt { fd, option, .. } | Syscall::Getsockopt { fd, option } => {
            // wmem_max and rmem_max are the machine's own, too.
            let is_size = matches!(*option, SO_RCVBUF | SO_SNDBUF);
            let is_huge = matches!(call, Syscall::Setsockopt { value: ..0, .. });
            !(is_size && (is_huge || is_tcp(fd) || is_dgram(fd)))
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
        3 => (prop_oneof![6 => Just(2), 1 => Just(1)], prop_oneof![3 => Just(1), 1 => Just(2)], nonblock())
            .prop_map(|(domain, kind, flags)| Syscall::Socket { domain, kind: kind | flags }),
        2 => (fd(), port()).prop_map(|(fd, port)| Syscall::Bind { fd, port }),
        2 => (fd(), 0..3).prop_map(|(fd, backlog)| Syscall::Listen { fd, backlog }),
        6 => (fd(), port()).prop_map(|(fd, port)| Syscall::Connect { fd, port }),
        4 => (prop_oneof![3 => Just(4), 1 => fd()], nonblock())
            .prop_map(|(fd, flags)| Syscall::Accept4 { fd, flags }),
        6 => (fd(), -1..4).prop_map(|(fd, how)| Syscall::Shutdown { fd, how }),
        8 => (fd(), prop_oneof![Just(0), Just(1), Just(2), Just(4096)], flags())
            .prop_map(|(fd, count, flags)| Syscall::Recv { fd, count, flags }),
        8 => (fd(), 0u64..6, flags()).prop_map(|(fd, count, flags)| {
            Syscall::Send { fd, data: WriteData::Number(count), flags }
        }),
        3 => (fd(), option(), prop_oneof![Just(-1), Just(0), Just(1), Just(3), Just(10_000)])
            .prop_map(|(fd, option, value)| Syscall::Setsockopt { fd, option, value }),
        3 => (fd(), option()).prop_map(|(fd, option)| Syscall::Getsockopt { fd, option }),
    ]
}

/// Descriptors 3 and 4 are instances; 5 and 6 eventfds, 7 and 8 a pipe, 9 and 10 a socket pair.
fn files(flags: i32) -> Vec<Syscall> {
    vec![
        Syscall::EpollCreate1 { flags: 0 },
        Syscall::EpollCreate1 { flags: 0 },
        Syscall::Eventfd { initval: 1, flags },
        Syscall::Eventfd { initval: 0, flags },
        Syscall::Pipe2 { flags },
        Syscall::Socketpair { domain: 1, kind: 1 | flags },
    ]
}

fn watched(how: Events) -> Vec<Syscall> {
    let add = |fd: i32| {
        let event = EpollEvent { events: Events::INOUT | how, data: u64::from(fd.unsigned_abs()) };
        Syscall::EpollCtl { epfd: 3, op: 1, fd, event: Some(event) }
    };
    files(O_NONBLOCK).into_iter().chain((5..=10).map(add)).collect()
}

fn call() -> impl Strategy<Value = Syscall> {
    let fd = || prop_oneof![1 => -1i32..3, 20 => 3i32..12];
    let epfd = || prop_oneof![1 => fd(), 6 => Just(3), 2 => Just(4)];
    let nonblock = || prop_oneof![Just(0), Just(O_NONBLOCK)];
    prop_oneof![
        2 => Just(Syscall::EpollCreate1 { flags: 0 }),
        2 => (0u32..2, 0..2, nonblock())
            .prop_map(|(initval, semaphore, flags)| Syscall::Eventfd { initval, flags: flags | semaphore }),
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
        8 => (fd(), prop_oneof![Just(0), Just(1), Just(8), Just(4096), Just(100_000)])
            .prop_map(|(fd, count)| Syscall::Read { fd, count }),
        8 => (fd(), write_data()).prop_map(|(fd, data)| Syscall::Write { fd, data }),
        3 => fd().prop_map(|fd| Syscall::Close { fd }),
        1 => fd().prop_map(|fd| Syscall::Dup { fd }),
        1 => (fd(), fd()).prop_map(|(oldfd, newfd)| Syscall::Dup2 { oldfd, newfd }),
        14 => net_call(),
        1 => (10u64..40).prop_map(|ms| Syscall::Sleep { duration_ns: ms * 1_000_000 }),
    ]
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
    ];
    (asked, how).prop_map(|(asked, how)| asked | how)
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
            let task = (*task..TASKS).chain(0..*task).find(|task| idle(machine, *task));
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
