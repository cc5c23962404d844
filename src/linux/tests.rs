//! The runner against the real kernel: what a scenario file can not show.

use std::fs;

use super::board::BUFFER_BYTES;
use super::*;
use crate::kernel::abi::Errno;
use crate::kernel::syscall::{Reply, SysResult, WriteData};

/// A machine with `tasks` tasks.
fn machine(tasks: usize) -> LinuxMachine {
    let mut machine = LinuxMachine::new().unwrap();
    for number in 0..tasks {
        assert_eq!(machine.spawn("task"), Ok(number));
    }
    machine
}

fn returned(task: TaskNumber, result: SysResult) -> Result<Vec<Returned>, MachineError> {
    Ok(vec![Returned { task, result }])
}

fn is_alive(pid: i32) -> bool {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    stat.rsplit_once(") ").is_some_and(|(_, rest)| !rest.starts_with('Z'))
}

#[test]
fn only_three_descriptors_are_open() {
    let machine = machine(3);
    let mut open: Vec<_> = fs::read_dir(format!("/proc/{}/fd", machine.child.pid()))
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| (entry.file_name(), fs::read_link(entry.path()).unwrap()))
        .collect();
    open.sort();
    let null = |number: &str| (number.into(), "/dev/null".into());
    assert_eq!(open, [null("0"), null("1"), null("2")]);
}

#[test]
fn a_dropped_machine_leaves_no_process() {
    let mut machine = machine(2);
    assert_eq!(
        machine.call(0, &Syscall::Pipe2 { flags: 0 }, None),
        returned(0, Ok(Reply::Fds(3, 4)))
    );
    assert_eq!(machine.call(1, &Syscall::Read { fd: 3, count: 1 }, None), Ok(vec![]));
    let pid = machine.child.pid();
    assert!(is_alive(pid));
    drop(machine);
    assert!(!fs::exists(format!("/proc/{pid}")).unwrap(), "neither alive nor a zombie");
}

#[test]
fn a_child_that_dies_is_noticed() {
    let mut machine = machine(1);
    // SAFETY: the child is ours and not reaped.
    unsafe { libc::kill(machine.child.pid(), libc::SIGKILL) };
    let error = machine.call(0, &Syscall::Sleep { duration_ns: 1_000_000_000 }, None).unwrap_err();
    let expected = "the process under test was killed by signal 9";
    assert_eq!(error, MachineError::Host(expected.to_owned()));
}

#[test]
fn a_child_that_does_not_come_to_rest_is_killed() {
    let mut machine = machine(1);
    machine.watchdog = Duration::from_millis(100);
    // A stopped thread is neither idle nor asleep in its call.
    // SAFETY: the child is ours and not reaped.
    unsafe { libc::kill(machine.child.pid(), libc::SIGSTOP) };
    let error = machine.call(0, &Syscall::Nop, None).unwrap_err();
    assert_eq!(error, MachineError::Stuck("some thread still ran after 100ms".to_owned()));
    assert!(!is_alive(machine.child.pid()));
}

#[test]
fn the_child_dies_with_the_thread_that_made_it() {
    let pid = thread::spawn(|| {
        let machine = std::mem::ManuallyDrop::new(machine(1));
        machine.child.pid()
    })
    .join()
    .unwrap();
    let gone = (0..1000).any(|_| {
        thread::sleep(Duration::from_millis(5));
        !is_alive(pid)
    });
    assert!(gone);
}

#[test]
fn scheduling_is_as_it_was_once_the_machine_is_gone() {
    let scheduling = || {
        // SAFETY: the set lives during the call.
        unsafe {
            let mut affinity: libc::cpu_set_t = std::mem::zeroed();
            libc::sched_getaffinity(0, size_of_val(&affinity), &mut affinity);
            (libc::sched_getscheduler(0), libc::CPU_COUNT(&affinity))
        }
    };
    let before = scheduling();
    let machine = machine(1);
    assert_eq!(scheduling().1, 1);
    drop(machine);
    assert_eq!(scheduling(), before);
}

#[test]
fn a_timeout_that_statements_outlast_is_no_verdict() {
    let mut machine = machine(2);
    let sleep = Syscall::Sleep { duration_ns: 2_000_000 };
    assert_eq!(machine.call(0, &sleep, None), Ok(vec![]));
    thread::sleep(Duration::from_millis(3));
    let result = machine.call(1, &Syscall::Nop, None);
    assert!(matches!(result, Err(MachineError::TooSlow(_))), "{result:?}");
}

#[test]
fn a_stretched_machine_has_more_time() {
    let mut machine = LinuxMachine::stretched(300).unwrap();
    let start = Instant::now();
    assert_eq!((machine.spawn("a"), machine.spawn("b")), (Ok(0), Ok(1)));
    assert_eq!(machine.call(0, &Syscall::Sleep { duration_ns: 1_000_000 }, None), Ok(vec![]));
    thread::sleep(Duration::from_millis(3));
    assert_eq!(machine.call(1, &Syscall::Nop, None), returned(1, Ok(Reply::Int(0))));
    assert_eq!(machine.advance(1_000_000), returned(0, Ok(Reply::Int(0))));
    assert!(start.elapsed() >= Duration::from_millis(300));
}

#[test]
fn what_it_can_not_do_is_said() {
    let mut machine = machine(1);
    let unsupported = |result| matches!(result, Err(MachineError::Unsupported(_)));
    assert!(unsupported(machine.call(0, &Syscall::Nop, Some("ep_poll"))));
    assert!(unsupported(machine.resume(0)));
    assert!(unsupported(machine.advance(u64::MAX)));
    let data = WriteData::Number(1 << 40);
    assert!(unsupported(machine.call(0, &Syscall::Write { fd: 1, data }, None)));
    // It still works.
    assert_eq!(machine.call(0, &Syscall::Close { fd: 9 }, None), returned(0, Err(Errno::EBADF)));
}

#[test]
fn there_is_an_end_to_tasks() {
    let mut machine = machine(TASKS);
    assert!(matches!(machine.spawn("one more"), Err(MachineError::Unsupported(_))));
    assert_eq!(
        machine.call(TASKS - 1, &Syscall::Nop, None),
        returned(TASKS - 1, Ok(Reply::Int(0)))
    );
}

#[test]
fn odd_sizes_reach_the_kernel_unharmed() {
    let mut machine = machine(1);
    let mut call = |call| machine.call(0, &call, None);
    assert_eq!(call(Syscall::Read { fd: 0, count: u64::MAX }), returned(0, Err(Errno::EFAULT)));
    assert_eq!(
        call(Syscall::Read { fd: 0, count: 1 << 40 }),
        returned(0, Ok(Reply::Bytes(vec![])))
    );
    let data = WriteData::Number(BUFFER_BYTES as u64);
    assert_eq!(
        call(Syscall::Write { fd: 1, data }),
        returned(0, Ok(Reply::Int(BUFFER_BYTES as i64)))
    );
}

#[test]
fn forked_processes_end_with_the_machine() {
    let mut machine = machine(1);
    assert_eq!(
        machine.call(0, &Syscall::Fork { name: "U".into() }, None),
        returned(0, Ok(Reply::Int(0)))
    );
    let sleep = Syscall::Sleep { duration_ns: 60_000_000_000 };
    assert_eq!(machine.call(1, &sleep, None), Ok(vec![]));
    let pid = machine.slot(1).pid.load(Ordering::Relaxed).cast_signed();
    assert!(pid != machine.child.pid() && is_alive(pid));
    drop(machine);
    assert!(!fs::exists(format!("/proc/{pid}")).unwrap(), "neither alive nor a zombie");
}

#[test]
fn forked_processes_outlive_the_first_one_and_die_with_its_maker() {
    let pid = thread::spawn(|| {
        let mut machine = std::mem::ManuallyDrop::new(machine(1));
        let fork = Syscall::Fork { name: "U".into() };
        assert_eq!(machine.call(0, &fork, None), returned(0, Ok(Reply::Int(0))));
        assert_eq!(machine.call(0, &Syscall::Exit, None), returned(0, Ok(Reply::Int(0))));
        assert!(machine.is_dead(0) && !machine.is_dead(1));
        assert_eq!(machine.call(1, &Syscall::Nop, None), returned(1, Ok(Reply::Int(0))));
        machine.slot(1).pid.load(Ordering::Relaxed).cast_signed()
    })
    .join()
    .unwrap();
    let gone = (0..1000).any(|_| {
        thread::sleep(Duration::from_millis(5));
        !is_alive(pid)
    });
    assert!(gone);
}
