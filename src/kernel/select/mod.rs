//! `poll` and `select`, as they work inside. Linux 6.18, `fs/select.c`.
//!
//! Both are the same loop: every descriptor is looked at, and while nothing was found the caller is
//! hooked into each file's wait queue; then it sleeps, and looks at all of them again. `enter` is
//! the way in, `scan` the loop, this module what stands on the caller's stack meanwhile and what a
//! wake-up does to it.
//!
//! Leaves out busy polling. Differs: the descriptor table of the first process has room for 1024
//! from the start, as it has where the real-kernel runner makes its processes; a fresh one of Linux
//! has room for 64 and grows.

mod enter;
mod scan;

use serde::{Deserialize, Serialize};

use super::abi::{Events, Fd};
use super::cx::Cx;
use super::ids::{FileKey, TaskKey, WaitEntryKey, WaitQueueKey};
use super::wait::Join;
use crate::trace::event::{Alloc, PollKind, Waiter};
use crate::trace::{EventKind, Func, Sink};

pub(crate) use self::enter::SETS;
pub(crate) use self::scan::PollFrame;

/// `N_STACK_PPS`: how many `struct pollfd` fit on the stack.
pub(crate) const N_STACK_PPS: usize = 30;
/// `POLLFD_PER_PAGE`: how many fit into each chunk that is allocated.
pub(crate) const POLLFD_PER_PAGE: usize = 510;
/// `N_INLINE_POLL_ENTRIES`: entries that stand on the stack.
pub(crate) const N_INLINE_POLL_ENTRIES: usize = 9;
/// Entries that fit into each page that is allocated, a `struct poll_table_page`.
pub(crate) const ENTRIES_PER_PAGE: usize = 63;
/// Bytes of the buffer on the stack for the six bitmaps, `SELECT_STACK_ALLOC`.
pub(crate) const SELECT_STACK_ALLOC: usize = 256;

/// `DEFAULT_POLLMASK`: a file without a poll operation is always ready.
const DEFAULT_POLLMASK: Events =
    Events::EPOLLIN.union(Events::EPOLLOUT).union(Events::EPOLLRDNORM).union(Events::EPOLLWRNORM);

/// `struct poll_wqueues`, and what else stands on the stack of a caller.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct PollWqueues {
    pub(crate) kind: PollKind,
    /// `n`, as passed to `poll`, or as lowered by `select` to the highest bit.
    pub(crate) nfds: usize,
    /// What is asked, in scan order.
    pub(crate) asked: Vec<Asked>,
    /// `_qproc` is `__pollwait`.
    pub(crate) hooking: bool,
    /// The entries: nine on the stack, then pages.
    pub(crate) entries: Vec<PollTableEntry>,
    /// `triggered`: something happened since the last pass began.
    pub(crate) triggered: bool,
    /// Passes begun.
    pub(crate) passes: u32,
    /// The file that is being asked and may sleep over it.
    asking: Option<FileKey>,
    /// The sets of a `select` that are not `NULL`, and their bytes.
    sets: [Option<usize>; 3],
    /// Bits above those that the descriptor table has room for: nobody touches them.
    beyond: [Vec<Fd>; 3],
    /// There is a timeout to be written back.
    updates_timeout: bool,
}

/// One descriptor of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Asked {
    pub(crate) fd: Fd,
    /// `_key`
    key: Events,
    /// What of a file's mask counts.
    filter: Events,
    /// For `select`: the sets that it is in.
    sets: [bool; 3],
    /// What the last pass found.
    pub(crate) revents: Events,
}

/// `struct poll_table_entry`
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PollTableEntry {
    pub(crate) wait: WaitEntryKey,
    /// Referenced.
    pub(crate) file: FileKey,
    pub(crate) key: Events,
}

impl PollWqueues {
    /// How many references to `file` the call holds.
    pub(crate) fn holds(&self, file: FileKey) -> usize {
        let entries = self.entries.iter().filter(|entry| entry.file == file).count();
        entries + usize::from(self.asking == Some(file))
    }
}

impl<S: Sink> Cx<'_, S> {
    /// The state of the poll or select that `task` is in.
    fn poll_wqueues(&mut self, task: TaskKey) -> &mut PollWqueues {
        match &mut self.tasks[task].poll {
            Some(state) => state,
            None => unreachable!("{task} is in no poll"),
        }
    }

    /// `__pollwait()`: hooks the caller into a queue that the file names.
    pub(crate) fn pollwait(&mut self, wq: WaitQueueKey, file: FileKey, key: Events) {
        self.within(Func::__pollwait, |cx| {
            let task = cx.current();
            let index = cx.poll_wqueues(task).entries.len();
            let paged = index.checked_sub(N_INLINE_POLL_ENTRIES);
            if paged.is_some_and(|place| place.is_multiple_of(ENTRIES_PER_PAGE)) {
                if cx.alloc_fails(Alloc::PollPage) {
                    return;
                }
                cx.emit(|| EventKind::PollPage { task });
            }
            cx.get_file(file);
            let waiter = Waiter::Poll { task, index: super::file::size(index) };
            let wait = cx.add_wait_queue(wq, waiter, Join::Head);
            cx.poll_wqueues(task).entries.push(PollTableEntry { wait, file, key });
            cx.emit(|| EventKind::PollArm { task, entry: wait, file, key });
        });
    }

    /// `pollwake()`: notes that something happened, and wakes the task. A key that the entry does
    /// not ask for is passed over.
    pub(crate) fn pollwake(&mut self, task: TaskKey, index: u32, key: Events) -> bool {
        self.within(Func::pollwake, |cx| {
            let state = cx.poll_wqueues(task);
            let asked = state.entries[index as usize].key;
            if !key.is_empty() && key.misses(asked) {
                return false;
            }
            state.triggered = true;
            cx.emit(|| EventKind::PollTriggered { task, triggered: true });
            cx.try_to_wake_up(task)
        })
    }

    /// `poll_freewait()`: unhooks everything; files are let go at the end of the call.
    fn poll_freewait(&mut self, task: TaskKey) {
        self.within(Func::poll_freewait, |cx| {
            for PollTableEntry { wait, file, .. } in
                std::mem::take(&mut cx.poll_wqueues(task).entries)
            {
                cx.remove_wait_queue(wait);
                cx.tasks[task].pinned.push(file);
                cx.emit(|| EventKind::PollDisarm { task, entry: wait, file });
            }
        });
    }
}

impl super::Kernel {
    /// What must hold of the polls under way: see [`super::Kernel::check`].
    pub(super) fn check_polls(&self) {
        let mut entries = 0;
        for (task, state) in self.tasks.iter().filter_map(|(k, t)| Some((k, t.poll.as_ref()?))) {
            entries += state.entries.len();
            assert!(!state.hooking || state.passes <= 1, "{task} hooks in a later pass");
            for (index, entry) in (0..).zip(&state.entries) {
                let waiter = self.wait_entries[entry.wait].waiter;
                assert_eq!(waiter, Waiter::Poll { task, index }, "an entry of {task}");
            }
        }
        let is_poll = |waiter| matches!(waiter, Waiter::Poll { .. });
        let hooked = self.wait_entries.values().filter(|entry| is_poll(entry.waiter)).count();
        assert_eq!(hooked, entries, "entries of polls in wait queues");
    }
}
