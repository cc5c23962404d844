//! The memory that the runner and the process under test share, and the futexes in it.
//!
//! One anonymous mapping, made before the fork, so that both sides see it at the same address: a
//! [`Slot`] and a buffer for every task. Nothing else joins the two, no descriptor above all.

use std::io;
use std::ptr::{self, NonNull};
use std::sync::atomic::{AtomicI64, AtomicU32, AtomicU64, Ordering};
use std::time::Duration;

/// Tasks that a run may have.
pub(super) const TASKS: usize = 64;

/// The slot of the thread that makes the tasks.
pub(super) const CONTROL: usize = TASKS;

/// Bytes of one slot's buffer, which is what pointers in its calls point to.
pub(super) const BUFFER_BYTES: usize = 16 << 20;

/// Bytes of the page before the one that nobody may touch.
pub(super) const EDGE_BYTES: usize = 4096;

/// A request that makes the thread of slot `args[0]`.
pub(super) const OP_SPAWN: i64 = -1;

/// A request that forks: the child serves slot `args[0]`.
pub(super) const OP_FORK: i64 = -3;

/// A request that sets what signal `args[0]` does: 0 is the default, 1 ignores it, 2 is a handler.
pub(super) const OP_SIGNAL: i64 = -4;

/// A request that does nothing.
pub(super) const OP_NOP: i64 = -2;

/// No thread stands behind the slot. Zero, as a fresh mapping is.
pub(super) const VACANT: u32 = 0;
/// The thread waits for a request; the reply to the last one is in `result`.
pub(super) const IDLE: u32 = 1;
/// There is a request, or the thread is busy with it.
pub(super) const POSTED: u32 = 2;

/// What the runner asks of one thread, and what it got.
#[derive(Debug)]
#[repr(C, align(64))]
pub(super) struct Slot {
    /// `VACANT`, `IDLE` or `POSTED`; the futex on which the thread waits for work.
    pub(super) state: AtomicU32,
    /// The process of the thread.
    pub(super) pid: AtomicU32,
    /// The thread.
    pub(super) tid: AtomicU32,
    /// The place of the last reply among the replies of all slots.
    pub(super) ticket: AtomicU32,
    /// The number of the system call, or a negative `OP_*`.
    pub(super) number: AtomicI64,
    /// Its arguments.
    pub(super) args: [AtomicU64; 6],
    /// What it gave: the kernel's own return value, so an error is negative.
    pub(super) result: AtomicI64,
}

/// All slots, and what they have in common.
#[derive(Debug)]
#[repr(C)]
pub(super) struct Board {
    /// Counts replies; the futex on which the runner waits.
    pub(super) bell: AtomicU32,
    /// The next ticket.
    pub(super) tickets: AtomicU32,
    /// The priority of the tasks under `SCHED_FIFO`; 0 for the ordinary class.
    pub(super) priority: AtomicU32,
    /// One for each task, and the one of the thread that makes them.
    pub(super) slots: [Slot; TASKS + 1],
}

impl Slot {
    /// Hands the thread a request. What `args` point to must be in the buffer by now.
    ///
    /// Preconditions: the slot is idle.
    pub(super) fn post(&self, number: i64, args: [u64; 6]) {
        assert_eq!(self.state.load(Ordering::Acquire), IDLE, "a request for a busy slot");
        self.number.store(number, Ordering::Relaxed);
        for (to, from) in self.args.iter().zip(args) {
            to.store(from, Ordering::Relaxed);
        }
        self.state.store(POSTED, Ordering::Release);
        futex_wake(&self.state);
    }

    /// Whether the thread has nothing to do: its reply, if any, can be read.
    pub(super) fn is_idle(&self) -> bool {
        self.state.load(Ordering::Acquire) == IDLE
    }
}

/// The shared mapping: the board, then the buffers, then for each slot a page behind which there is
/// one that nobody may touch.
#[derive(Debug)]
pub(super) struct Mapping {
    base: NonNull<u8>,
}

impl Mapping {
    const BOARD_BYTES: usize = size_of::<Board>().next_multiple_of(4096);
    const EDGES: usize = Self::BOARD_BYTES + (TASKS + 1) * BUFFER_BYTES;
    const BYTES: usize = Self::EDGES + TASKS * 2 * EDGE_BYTES;

    /// Maps fresh memory, all zero. Pages are taken as they are touched.
    pub(super) fn new() -> io::Result<Mapping> {
        let flags = libc::MAP_SHARED | libc::MAP_ANONYMOUS | libc::MAP_NORESERVE;
        let prot = libc::PROT_READ | libc::PROT_WRITE;
        // SAFETY: a fresh mapping at an address of the kernel's choice touches nothing of ours.
        let base = unsafe { libc::mmap(ptr::null_mut(), Self::BYTES, prot, flags, -1, 0) };
        if base == libc::MAP_FAILED {
            return Err(io::Error::last_os_error());
        }
        let base: NonNull<u8> = NonNull::new(base.cast()).ok_or(io::ErrorKind::OutOfMemory)?;
        for slot in 0..TASKS {
            // SAFETY: the page is inside the mapping, and nothing of ours is in it.
            unsafe {
                let guard = base.add(Self::EDGES + (2 * slot + 1) * EDGE_BYTES);
                libc::mprotect(guard.as_ptr().cast(), EDGE_BYTES, libc::PROT_NONE);
            }
        }
        Ok(Mapping { base })
    }

    /// The address that is `count` bytes before a task's page that nobody may touch.
    fn before_edge(&self, slot: usize, count: usize) -> NonNull<u8> {
        assert!(slot < TASKS && count <= EDGE_BYTES);
        // SAFETY: the offset is inside the mapping.
        unsafe { self.base.add(Self::EDGES + (2 * slot + 1) * EDGE_BYTES - count) }
    }

    /// Copies `count` bytes from `at` in an idle slot's buffer to before the edge; gives where.
    pub(super) fn to_edge(&self, slot: usize, at: usize, count: usize) -> u64 {
        let to = self.before_edge(slot, count);
        // SAFETY: as in `store`; both places are inside the mapping and do not overlap.
        unsafe { to.copy_from_nonoverlapping(self.buffer(slot).add(at), count) };
        to.addr().get() as u64
    }

    /// Copies `count` bytes before the edge back to `at` in an idle slot's buffer.
    pub(super) fn take_from_edge(&self, slot: usize, at: usize, count: usize) {
        // SAFETY: as in `to_edge`.
        unsafe {
            let to = self.buffer(slot).add(at);
            to.copy_from_nonoverlapping(self.before_edge(slot, count), count);
        }
    }

    pub(super) fn board(&self) -> &Board {
        // SAFETY: the mapping begins with a `Board`, lives as long as `self`, is aligned to a page,
        // and consists of atomics, for which all zeroes is a value.
        unsafe { self.base.cast::<Board>().as_ref() }
    }

    /// The address of a slot's buffer, the same in both processes.
    pub(super) fn buffer(&self, slot: usize) -> NonNull<u8> {
        assert!(slot <= TASKS);
        // SAFETY: the offset is inside the mapping.
        unsafe { self.base.add(Self::BOARD_BYTES + slot * BUFFER_BYTES) }
    }

    /// Puts `bytes` at the start of an idle slot's buffer.
    pub(super) fn store(&self, slot: usize, bytes: &[u8]) {
        assert!(bytes.len() <= BUFFER_BYTES);
        // SAFETY: the buffer is long enough, and the slot's thread is idle, so it does not look.
        unsafe {
            self.buffer(slot).copy_from_nonoverlapping(NonNull::from(bytes).cast(), bytes.len())
        }
    }

    /// Puts `bytes` at a place of an idle slot's buffer that no result reaches, and gives its address.
    pub(super) fn store_aside(&self, slot: usize, at: usize, bytes: &[u8]) -> u64 {
        const ASIDE: usize = 4096;
        assert!(at + bytes.len() <= ASIDE);
        // SAFETY: as in `store`; the place is inside the buffer.
        unsafe {
            let to = self.buffer(slot).add(BUFFER_BYTES - ASIDE + at);
            to.copy_from_nonoverlapping(NonNull::from(bytes).cast(), bytes.len());
            to.addr().get() as u64
        }
    }

    /// Fills the start of an idle slot's buffer.
    pub(super) fn fill(&self, slot: usize, byte: u8, count: usize) {
        assert!(count <= BUFFER_BYTES);
        // SAFETY: as in `store`.
        unsafe { self.buffer(slot).write_bytes(byte, count) }
    }

    /// As many bytes from the start of an idle slot's buffer as the array holds.
    pub(super) fn load_array<const N: usize>(&self, slot: usize) -> [u8; N] {
        assert!(N <= BUFFER_BYTES);
        // SAFETY: as in `store`; what the other side wrote was published by the slot's state.
        unsafe { self.buffer(slot).cast().read_unaligned() }
    }

    /// Copies from the start of an idle slot's buffer.
    pub(super) fn load(&self, slot: usize, count: usize) -> Vec<u8> {
        assert!(count <= BUFFER_BYTES);
        // SAFETY: as in `load_array`.
        unsafe { std::slice::from_raw_parts(self.buffer(slot).as_ptr(), count) }.to_vec()
    }
}

impl Drop for Mapping {
    fn drop(&mut self) {
        // SAFETY: the mapping is ours, and nobody borrows from it any more.
        unsafe { libc::munmap(self.base.as_ptr().cast(), Self::BYTES) };
    }
}

/// Sleeps until the word is woken, if it still is `expected`; or until the time is over.
/// May return early.
pub(super) fn futex_wait(word: &AtomicU32, expected: u32, timeout: Option<Duration>) {
    let timeout = timeout.map(|time| libc::timespec {
        tv_sec: time.as_secs().cast_signed(),
        tv_nsec: time.subsec_nanos().into(),
    });
    let timeout = timeout.as_ref().map_or(ptr::null(), ptr::from_ref);
    // SAFETY: the word and the time live during the call. Not private: processes share the word.
    unsafe { libc::syscall(libc::SYS_futex, word.as_ptr(), libc::FUTEX_WAIT, expected, timeout) };
}

/// Wakes whoever sleeps on the word.
pub(super) fn futex_wake(word: &AtomicU32) {
    // SAFETY: the word lives during the call.
    unsafe { libc::syscall(libc::SYS_futex, word.as_ptr(), libc::FUTEX_WAKE, i32::MAX) };
}
