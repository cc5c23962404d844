//! The counters against what one computes by hand: the table of costs of the semantics page.

use super::*;
use crate::kernel::abi::{Events, Fd, PollFd};
use crate::kernel::syscall::{FdSets, WriteData};
use crate::session::SimMachine;
use crate::session::machine::Machine;

/// A machine with `count` eventfds, 3 and up, at zero; the tasks `main` and `A`.
fn idle_files(count: i32) -> SimMachine<Vec<Event>> {
    let mut machine = SimMachine::with_sink(Vec::new());
    machine.spawn("main").unwrap();
    machine.spawn("A").unwrap();
    for fd in 3..3 + count {
        let made = machine.call(0, &Syscall::Eventfd { initval: 0, flags: 0 }, None).unwrap();
        assert_eq!(made[0].result, Ok(Reply::Int(fd.into())));
    }
    machine
}

fn poll(fds: impl Iterator<Item = Fd>, timeout_ms: i32) -> Syscall {
    let fds = fds.map(|fd| PollFd { fd, events: Events::EPOLLIN });
    Syscall::Poll { fds: fds.collect(), timeout_ms }
}

fn select(fds: impl Iterator<Item = Fd>, timeout_us: Option<i64>) -> Syscall {
    Syscall::Select { sets: FdSets(Box::new([Some(fds.collect()), None, None])), timeout_us }
}

fn write(fd: Fd) -> Syscall {
    Syscall::Write { fd, data: WriteData::Number(1) }
}

fn costs(machine: &SimMachine<Vec<Event>>) -> Costs {
    let mut costs = Costs::default();
    machine.sink().iter().for_each(|event| costs.apply(event));
    costs
}

#[test]
fn a_thousand_idle_descriptors_by_poll() {
    let mut machine = idle_files(1000);
    machine.call(1, &poll(3..1003, -1), None).unwrap();
    let back = machine.call(0, &write(700), None).unwrap();
    assert_eq!(back.len(), 2);
    let expected = Cost {
        syscalls: 1,
        bytes_in: 8000,
        bytes_out: 2000,
        // Chunks of 510 and 460, and 16 pages.
        allocations: 2 + 16,
        allocated_bytes: 2 * 16 + 8 * 970 + 16 * 4096,
        armed: 1000,
        disarmed: 1000,
        file_polls: 2000,
        looked_at: 2000,
        callbacks: 1,
        wakeups_useful: 1,
        wakeups_spurious: 0,
    };
    assert_eq!(costs(&machine).poll, expected);
}

#[test]
fn a_thousand_idle_descriptors_by_epoll() {
    let mut machine = idle_files(1000);
    machine.call(0, &Syscall::EpollCreate1 { flags: 0 }, None).unwrap();
    for fd in 3..1003 {
        let event = Some(EpollEvent { events: Events::EPOLLIN | Events::EPOLLET, data: 0 });
        machine.call(0, &Syscall::EpollCtl { epfd: 1003, op: 1, fd, event }, None).unwrap();
    }
    let before = costs(&machine).epoll;
    assert_eq!((before.armed, before.bytes_in), (1000, 12_000));
    assert_eq!(before.allocated_bytes, 256 + 1000 * (128 + 64 + 16));
    let wait = Syscall::EpollWait { epfd: 1003, maxevents: 8, timeout_ms: -1 };
    machine.call(1, &wait, None).unwrap();
    machine.call(0, &write(700), None).unwrap();
    let after = costs(&machine).epoll;
    assert_eq!(after.bytes_out, 12);
    assert_eq!(after.file_polls - before.file_polls, 1);
    assert_eq!(after.callbacks, 1);
    assert_eq!(after.wakeups_useful, 1);
    assert_eq!((after.bytes_in, after.armed), (before.bytes_in, before.armed));
    assert_eq!((after.allocations, after.disarmed), (before.allocations, 0));
}

#[test]
fn a_thousand_idle_descriptors_by_select() {
    let mut machine = idle_files(1000);
    machine.call(1, &select(3..1003, None), None).unwrap();
    machine.call(0, &write(700), None).unwrap();
    // 1003 bits are 16 words.
    let expected = Cost {
        syscalls: 1,
        bytes_in: 128,
        bytes_out: 128,
        allocations: 1 + 16,
        allocated_bytes: 6 * 128 + 16 * 4096,
        armed: 1000,
        disarmed: 1000,
        file_polls: 2000,
        looked_at: 2 * 1003,
        callbacks: 1,
        wakeups_useful: 1,
        wakeups_spurious: 0,
    };
    assert_eq!(costs(&machine).select, expected);
}

/// The formulas, for many sizes: `n` descriptors of which the one at place `first` is ready.
#[test]
fn formulas_hold_where_one_is_ready_at_once() {
    for n in [1, 9, 10, 30, 31, 72, 73, 300, 540, 541] {
        for first in [1, n / 2 + 1, n] {
            let mut machine = idle_files(n);
            machine.call(0, &write(2 + first), None).unwrap();
            machine.call(0, &poll(3..3 + n, -1), None).unwrap();
            machine.call(0, &select(3..3 + n, Some(5)), None).unwrap();
            let Costs { poll, select, .. } = costs(&machine);
            let (n, first) = (u64::from(n.unsigned_abs()), u64::from(first.unsigned_abs()));
            let pages = first.saturating_sub(9).div_ceil(63);
            assert_eq!((poll.bytes_in, poll.bytes_out), (8 * n, 2 * n));
            assert_eq!((poll.file_polls, poll.looked_at), (n, n));
            assert_eq!((poll.armed, poll.disarmed), (first, first));
            assert_eq!(poll.allocations, n.saturating_sub(30).div_ceil(510) + pages);
            let words = (n + 3).div_ceil(64);
            assert_eq!(select.bytes_in, 8 * words + 16);
            assert_eq!(select.bytes_out, 8 * words + 16);
            assert_eq!((select.file_polls, select.looked_at), (n, n + 3));
            assert_eq!((select.armed, select.disarmed), (first, first));
            assert_eq!(select.allocations, u64::from(n + 3 > 320) + pages);
        }
    }
}

#[test]
fn a_call_that_does_not_sleep_hooks_nothing() {
    let mut machine = idle_files(40);
    machine.call(0, &poll(3..43, 0), None).unwrap();
    machine.call(0, &select(3..43, Some(0)), None).unwrap();
    let Costs { poll, select, .. } = costs(&machine);
    assert_eq!((poll.armed, poll.file_polls, poll.allocations), (0, 40, 1));
    assert_eq!((select.armed, select.file_polls, select.allocations), (0, 40, 0));
}

#[test]
fn a_wake_up_for_nothing_costs_a_whole_pass() {
    let mut machine = idle_files(20);
    machine.call(1, &poll(3..23, 50), None).unwrap();
    // Adds nothing to the counter, and wakes all the same.
    let nothing = Syscall::Write { fd: 5, data: WriteData::Number(0) };
    machine.call(0, &nothing, None).unwrap();
    machine.advance(60_000_000).unwrap();
    let poll = costs(&machine).poll;
    assert_eq!((poll.wakeups_useful, poll.wakeups_spurious), (0, 1));
    // The first pass, the one after the wake-up, the one after the timeout.
    assert_eq!(poll.file_polls, 3 * 20);
    assert_eq!(poll.armed, 20);
}
