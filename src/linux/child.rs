//! The process under test, from the inside: it does what the board says and knows no call by name.
//!
//! It comes into being by `fork()` without `exec`, out of a process that may have many threads, so
//! nothing here takes a lock or allocates.

use std::ptr;
use std::sync::atomic::{AtomicI32, AtomicPtr, Ordering};

use super::board::{
    Board, CONTROL, IDLE, OP_FORK, OP_NOP, OP_SIGNAL, OP_SPAWN, POSTED, Slot, VACANT, futex_wait,
    futex_wake,
};
use super::{netns, sched};

/// Where the board is: the one thing that a thread of the child cannot be told through its
/// argument, which is the number of its slot.
static BOARD: AtomicPtr<Board> = AtomicPtr::new(ptr::null_mut());

/// The runner's process, the parent of all processes under test.
static RUNNER: AtomicI32 = AtomicI32::new(0);

/// The limit on descriptors that is set, so that a run is the same on every host.
const DESCRIPTORS: libc::rlim_t = 1024;

/// CPU time that a thread may use under `SCHED_FIFO` without ever sleeping.
const RUNAWAY_US: libc::rlim_t = 2_000_000;

/// All that the child ever does. A panic in here aborts, since it must not unwind into the copy of
/// whatever called the runner.
pub(super) extern "C" fn main(board: &Board, parent: libc::pid_t) -> ! {
    RUNNER.store(parent, Ordering::Relaxed);
    if die_with(parent) && open_null_only() {
        netns::enter();
        limit_and_default();
        grow_table();
        BOARD.store(ptr::from_ref(board).cast_mut(), Ordering::Release);
        serve(board, &board.slots[CONTROL]);
    }
    // SAFETY: ends this process without the handlers of the process that it is a copy of.
    unsafe { libc::_exit(1) }
}

/// Makes the kernel kill this process when the thread that forked it ends; says whether that
/// thread's process is still there.
fn die_with(parent: libc::pid_t) -> bool {
    // SAFETY: no memory is involved.
    unsafe { libc::prctl(libc::PR_SET_PDEATHSIG, libc::SIGKILL) == 0 && libc::getppid() == parent }
}

/// Leaves descriptors 0, 1 and 2 open on `/dev/null`, and no others.
fn open_null_only() -> bool {
    // SAFETY: closing the descriptors of a process that owns nothing of what they stood for.
    unsafe {
        let null = libc::open(c"/dev/null".as_ptr(), libc::O_RDWR);
        if null < 0 || (0..3).any(|fd| libc::dup2(null, fd) != fd) {
            return false;
        }
        if libc::syscall(libc::SYS_close_range, 3u32, u32::MAX, 0u32) != 0 {
            let mut limit = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
            libc::getrlimit(libc::RLIMIT_NOFILE, &mut limit);
            (3..limit.rlim_cur.min(1 << 20) as i32).for_each(|fd| _ = libc::close(fd));
        }
    }
    true
}

/// Gives the descriptor table room for all [`DESCRIPTORS`], so that it is the same on every host:
/// `select` does not look at descriptors beyond it.
fn grow_table() {
    let last = DESCRIPTORS as i32 - 1;
    // SAFETY: makes and closes a descriptor that nobody has.
    unsafe {
        libc::dup2(0, last);
        libc::close(last);
    }
}

/// Sets limits, signal dispositions and the signal mask as every scenario finds them. What a host
/// refuses here does no harm.
fn limit_and_default() {
    let lower = |resource, soft: libc::rlim_t, hard: Option<libc::rlim_t>| {
        let mut limit = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
        // SAFETY: the structure lives during the calls.
        unsafe {
            libc::getrlimit(resource, &mut limit);
            limit.rlim_max = hard.map_or(limit.rlim_max, |hard| hard.min(limit.rlim_max));
            limit.rlim_cur = soft.min(limit.rlim_max);
            libc::setrlimit(resource, &limit);
        }
    };
    lower(libc::RLIMIT_NOFILE, DESCRIPTORS, None);
    lower(libc::RLIMIT_CORE, 0, None);
    lower(libc::RLIMIT_RTTIME, RUNAWAY_US, Some(RUNAWAY_US));
    // SAFETY: default and ignore are no code of ours; the set lives during the calls.
    unsafe {
        (1..=libc::SIGRTMAX()).for_each(|signal| _ = libc::signal(signal, libc::SIG_DFL));
        libc::signal(libc::SIGPIPE, libc::SIG_IGN);
        let mut none: libc::sigset_t = std::mem::zeroed();
        libc::sigemptyset(&mut none);
        libc::pthread_sigmask(libc::SIG_SETMASK, &none, ptr::null_mut());
        libc::mlockall(libc::MCL_CURRENT | libc::MCL_FUTURE | libc::MCL_ONFAULT);
    }
}

/// The life of one thread: waits for requests and does them.
fn serve(board: &Board, slot: &Slot) -> ! {
    sched::fifo(board.priority.load(Ordering::Relaxed));
    // SAFETY: no memory is involved.
    let (pid, tid) = unsafe { (libc::getpid(), libc::syscall(libc::SYS_gettid)) };
    slot.pid.store(pid.cast_unsigned(), Ordering::Relaxed);
    slot.tid.store(tid as u32, Ordering::Relaxed);
    loop {
        slot.state.store(IDLE, Ordering::Release);
        board.bell.fetch_add(1, Ordering::AcqRel);
        futex_wake(&board.bell);
        while slot.state.load(Ordering::Acquire) != POSTED {
            futex_wait(&slot.state, IDLE, None);
        }
        let result = perform(slot);
        let ticket = board.tickets.fetch_add(1, Ordering::AcqRel);
        slot.ticket.store(ticket, Ordering::Relaxed);
        slot.result.store(result, Ordering::Relaxed);
    }
}

fn perform(slot: &Slot) -> i64 {
    let args = slot.args.each_ref().map(|arg| arg.load(Ordering::Relaxed));
    match slot.number.load(Ordering::Relaxed) {
        OP_FORK => fork(args[0]),
        OP_SIGNAL => signal(args[0], args[1]),
        OP_NOP => 0,
        OP_SPAWN => spawn(args[0]),
        // SAFETY: the runner chose the call; all its pointers go to the slot's own buffer.
        number => unsafe {
            let [a, b, c, d, e, f] = args;
            match libc::syscall(number as libc::c_long, a, b, c, d, e, f) {
                -1 => -i64::from(*libc::__errno_location()),
                result => result,
            }
        },
    }
}

/// Makes the thread of a slot; an error is negative.
fn spawn(slot: u64) -> i64 {
    // SAFETY: the thread gets an integer and borrows nothing; a zeroed `pthread_t` is only written.
    unsafe {
        let mut thread: libc::pthread_t = std::mem::zeroed();
        let argument = ptr::without_provenance_mut(slot as usize);
        match libc::pthread_create(&mut thread, ptr::null(), task, argument) {
            0 => i64::from(libc::pthread_detach(thread)),
            error => -i64::from(error),
        }
    }
}

/// Forks. The child is the runner's child, as this process is, so that it dies with the runner and
/// tells nobody here when it ends; it serves `slot` for ever. Gives its number.
fn fork(slot: u64) -> i64 {
    // SAFETY: the child goes on with a copy of this stack; it leaves the C library's threads alone.
    unsafe {
        match libc::syscall(libc::SYS_clone, libc::CLONE_PARENT | libc::SIGCHLD, 0, 0, 0, 0) {
            -1 => -i64::from(*libc::__errno_location()),
            0 if die_with(RUNNER.load(Ordering::Relaxed)) => {
                libc::mlockall(libc::MCL_CURRENT | libc::MCL_FUTURE | libc::MCL_ONFAULT);
                let board = &*BOARD.load(Ordering::Acquire);
                serve(board, &board.slots[slot as usize])
            }
            0 => libc::_exit(1),
            pid => pid,
        }
    }
}

/// Sets what a signal does; an error is negative.
fn signal(number: u64, what: u64) -> i64 {
    extern "C" fn handler(_: libc::c_int) {}
    // SAFETY: the structure lives during the call, all zeroes is a value of it, and the handler
    // does nothing.
    unsafe {
        let mut action: libc::sigaction = std::mem::zeroed();
        action.sa_sigaction = match what {
            0 => libc::SIG_DFL,
            1 => libc::SIG_IGN,
            _ => handler as extern "C" fn(libc::c_int) as libc::sighandler_t,
        };
        match libc::sigaction(number as libc::c_int, &action, ptr::null_mut()) {
            -1 => -i64::from(*libc::__errno_location()),
            done => done.into(),
        }
    }
}

extern "C" fn task(slot: *mut libc::c_void) -> *mut libc::c_void {
    // SAFETY: set before any thread is made, and mapped for as long as the process lives.
    let board = unsafe { &*BOARD.load(Ordering::Acquire) };
    let slot = &board.slots[slot.addr()];
    assert_eq!(slot.state.load(Ordering::Acquire), VACANT, "one thread a slot");
    serve(board, slot)
}
