//! A `poll` or `select` under way: the table that it builds and tears down.

use serde::Serialize;

use super::Scene;
use super::layout::put_in_order;
use crate::kernel::abi::{Events, Fd};
use crate::kernel::ids::{FileKey, WaitEntryKey};
#[cfg(all(test, not(target_arch = "wasm32")))]
use crate::kernel::select::PollWqueues;
use crate::kernel::select::{
    ENTRIES_PER_PAGE, N_INLINE_POLL_ENTRIES, N_STACK_PPS, POLLFD_PER_PAGE, SELECT_STACK_ALLOC, SETS,
};
use crate::kernel::syscall::Syscall;
use crate::trace::event::{EventKind, PollKind};

/// `struct poll_wqueues` of a call, and what else stands on its stack.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PollCall {
    /// Which call.
    pub kind: PollKind,
    /// Descriptors passed; for `select` the highest plus 1.
    pub nfds: u32,
    /// `_qproc` is set: files that are looked at hook the caller in.
    pub hooking: bool,
    /// `triggered`
    pub triggered: bool,
    /// Passes begun.
    pub passes: u32,
    /// What was found of each descriptor that counts, in scan order, when it was last looked at.
    pub revents: Vec<Events>,
    /// The entries in wait queues, in the order in which they were made.
    pub entries: Vec<PollEntry>,
}

/// A `struct poll_table_entry`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct PollEntry {
    /// Its entry in the file's wait queue.
    pub entry: WaitEntryKey,
    /// The file, to which it holds a reference.
    pub file: FileKey,
    /// The keys that wake.
    pub key: Events,
}

impl PollCall {
    /// The chunks of `struct pollfd` that had to be allocated: the length of each.
    pub fn chunks(&self) -> Vec<u32> {
        let rest = match self.kind {
            PollKind::Poll => (self.nfds as usize).saturating_sub(N_STACK_PPS),
            PollKind::Select => 0,
        };
        let chunk = |from: usize| (rest - from).min(POLLFD_PER_PAGE) as u32;
        (0..rest).step_by(POLLFD_PER_PAGE).map(chunk).collect()
    }

    /// The pages of entries that had to be allocated.
    pub fn pages(&self) -> usize {
        self.entries.len().saturating_sub(N_INLINE_POLL_ENTRIES).div_ceil(ENTRIES_PER_PAGE)
    }

    /// Whether a `select` of so many descriptors had to allocate its six bitmaps.
    pub fn bitmaps_on_heap(nfds: u32) -> bool {
        nfds.div_ceil(64) as usize * 8 > SELECT_STACK_ALLOC / 6
    }

    #[cfg(all(test, not(target_arch = "wasm32")))]
    pub(super) fn read_out(state: &PollWqueues) -> PollCall {
        let entry = |e: &crate::kernel::select::PollTableEntry| PollEntry {
            entry: e.wait,
            file: e.file,
            key: e.key,
        };
        PollCall {
            kind: state.kind,
            nfds: state.nfds as u32,
            hooking: state.hooking,
            triggered: state.triggered,
            passes: state.passes,
            revents: state.asked.iter().map(|asked| asked.revents).collect(),
            entries: state.entries.iter().map(entry).collect(),
        }
    }
}

/// A descriptor set of a `select` as one of its six bitmaps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bitmap {
    /// `in`, `out`, `ex`, `res_in`, `res_out`, `res_ex`: the fields of `fd_set_bits`.
    pub name: &'static str,
    /// The bits that are set.
    pub fds: Vec<Fd>,
}

/// The six bitmaps of a call: three as they were passed, three as far as they were found.
/// Nothing for a call that has none.
pub fn bitmaps(call: &Syscall, poll: &PollCall) -> Vec<Bitmap> {
    let (Syscall::Select { sets, .. } | Syscall::Pselect { sets, .. }) = call else {
        return Vec::new();
    };
    let limit = Fd::try_from(poll.nfds).unwrap_or(Fd::MAX);
    let in_set = |n: usize| -> Vec<Fd> {
        let mut fds: Vec<Fd> = sets.0[n].iter().flatten().copied().collect();
        fds.retain(|fd| (0..limit).contains(fd));
        put_in_order(&mut fds, |fd| *fd);
        fds.dedup();
        fds
    };
    let asked: [Vec<Fd>; 3] = [0, 1, 2].map(in_set);
    let scanned = poll_fds(call, poll);
    let found = |n: usize| {
        let says = |fd: &&Fd| {
            let at = scanned.iter().position(|(seen, _)| *seen == **fd);
            let revents = at.and_then(|at| poll.revents.get(at)).copied().unwrap_or_default();
            revents.intersects(SETS[n])
        };
        asked[n].iter().filter(says).copied().collect::<Vec<Fd>>()
    };
    let found = [0, 1, 2].map(found);
    let names = ["in", "out", "ex", "res_in", "res_out", "res_ex"];
    let all = asked.into_iter().chain(found);
    names.into_iter().zip(all).map(|(name, fds)| Bitmap { name, fds }).collect()
}

/// The descriptors that a call looks at, in scan order, each with what is asked of it. Those of
/// [`PollCall::revents`] are the same ones in the same order.
pub fn poll_fds(call: &Syscall, poll: &PollCall) -> Vec<(Fd, Events)> {
    match call {
        Syscall::Poll { fds, .. } | Syscall::Ppoll { fds, .. } => {
            fds.iter().map(|one| (one.fd, one.events)).collect()
        }
        Syscall::Select { sets, .. } | Syscall::Pselect { sets, .. } => {
            let limit = Fd::try_from(poll.nfds).unwrap_or(Fd::MAX);
            let mut fds: Vec<Fd> = sets.0.iter().flatten().flatten().copied().collect();
            fds.retain(|fd| (0..limit).contains(fd));
            put_in_order(&mut fds, |fd| *fd);
            fds.dedup();
            let asks = |fd: &Fd| {
                let inside = (0..3).filter(|n| sets.0[*n].iter().flatten().any(|one| one == fd));
                inside.fold(Events::empty(), |all, n| all | SETS[n])
            };
            fds.iter().map(|fd| (*fd, asks(fd))).collect()
        }
        _ => Vec::new(),
    }
}

impl Scene {
    pub(super) fn apply_poll(&mut self, kind: &EventKind) -> bool {
        match kind {
            EventKind::PollBegin { task, kind, nfds, asked, hooking } => {
                let new = PollCall {
                    kind: *kind,
                    nfds: *nfds,
                    hooking: *hooking,
                    triggered: false,
                    passes: 0,
                    revents: vec![Events::empty(); *asked as usize],
                    entries: Vec::new(),
                };
                self.task(*task, |t| t.poll = Some(new));
            }
            EventKind::PollEnd { task } => self.task(*task, |t| t.poll = None),
            EventKind::PollPass { task, .. }
            | EventKind::PollLook { task, .. }
            | EventKind::PollArm { task, .. }
            | EventKind::PollPassEnd { task, .. }
            | EventKind::PollTriggered { task, .. }
            | EventKind::PollDisarm { task, .. } => self.task(*task, |t| {
                if let Some(poll) = &mut t.poll {
                    poll.apply(kind);
                }
            }),
            _ => return false,
        }
        true
    }
}

impl PollCall {
    fn apply(&mut self, kind: &EventKind) {
        match kind {
            EventKind::PollPass { .. } => self.passes += 1,
            EventKind::PollLook { index, revents, .. } => {
                if let Some(place) = self.revents.get_mut(*index as usize) {
                    *place = *revents;
                }
                self.hooking &= revents.is_empty();
            }
            EventKind::PollArm { entry, file, key, .. } => {
                self.entries.push(PollEntry { entry: *entry, file: *file, key: *key });
            }
            EventKind::PollPassEnd { .. } => self.hooking = false,
            EventKind::PollTriggered { triggered, .. } => self.triggered = *triggered,
            EventKind::PollDisarm { entry, .. } => self.entries.retain(|e| e.entry != *entry),
            _ => {}
        }
    }
}
