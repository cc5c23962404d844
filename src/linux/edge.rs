//! `inject(EFAULT, n)`: what the next call passes lies directly before a page that is not there.

use crate::kernel::abi::{EPOLL_CTL_DEL, EpollEvent, PollFd, SO_LINGER};
use crate::kernel::syscall::{Syscall, WriteData};
use crate::session::MachineError;

use super::board::{EDGE_BYTES, Mapping};
use super::poll::{TIME_BYTES, set_bytes};
use super::raw::Raw;

/// What of a call lies at the edge: which of its words points there, and how many bytes are good.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edge {
    word: usize,
    /// How many words in a row do.
    words: usize,
    /// Where in the slot's buffer it lies without an edge.
    at: usize,
    good_bytes: usize,
}

/// A switch that only the simulator has.
pub(super) fn no_switch() -> MachineError {
    let text = "the real kernel has no switch for this; such a scenario is `sim-only`";
    MachineError::Unsupported(text.to_owned())
}

impl Edge {
    /// The edge of a call with so many good elements; none if it passes nothing.
    pub(super) fn of(call: &Syscall, good: u32) -> Result<Option<Edge>, MachineError> {
        let (word, element, count) = match call {
            Syscall::EpollCtl { op: EPOLL_CTL_DEL, .. } | Syscall::EpollCtl { event: None, .. } => {
                return Ok(None);
            }
            Syscall::EpollCtl { .. } => (3, EpollEvent::BYTES, 1),
            Syscall::EpollWait { maxevents, .. }
            | Syscall::EpollPwait { maxevents, .. }
            | Syscall::EpollPwait2 { maxevents, .. } => {
                (1, EpollEvent::BYTES, usize::try_from(*maxevents).unwrap_or(0))
            }
            Syscall::Read { count, .. } | Syscall::Recv { count, .. } => {
                (1, 1, usize::try_from(*count).unwrap_or(usize::MAX))
            }
            Syscall::Write { data, .. } | Syscall::Send { data, .. } => {
                let count = match data {
                    WriteData::Bytes(bytes) => bytes.len(),
                    // An eventfd's counter takes eight.
                    WriteData::Number(count) => usize::try_from(*count).unwrap_or(8).max(8),
                };
                (1, 1, count)
            }
            Syscall::Poll { fds, .. } | Syscall::Ppoll { fds, .. } => (0, PollFd::BYTES, fds.len()),
            Syscall::Select { sets, .. } | Syscall::Pselect { sets, .. } => (1, set_bytes(sets), 3),
            Syscall::Setsockopt { option: SO_LINGER, .. } => (3, 8, 1),
            Syscall::Setsockopt { .. } => (3, 4, 1),
            Syscall::Getsockopt { .. } => (3, 8, 1),
            Syscall::Bind { .. } | Syscall::Connect { .. } => (1, 16, 1),
            Syscall::TimerfdSettime { .. } => (2, 32, 1),
            call if call.passes_no_memory() => return Ok(None),
            _ => return Err(no_switch()),
        };
        let good_bytes = (good as usize).min(count) * element;
        match good_bytes > EDGE_BYTES {
            true => Err(no_switch()),
            false => {
                let (at, words) = match call {
                    Syscall::Poll { .. } | Syscall::Ppoll { .. } => (TIME_BYTES, 1),
                    Syscall::Select { .. } | Syscall::Pselect { .. } => (TIME_BYTES, 3),
                    // Behind the word for its length.
                    Syscall::Getsockopt { .. } => (8, 1),
                    _ => (0, 1),
                };
                Ok(Some(Edge { word, words, at, good_bytes }))
            }
        }
    }

    /// Moves what the call passes to before the edge.
    pub(super) fn apply(&self, raw: &mut Raw, memory: &Mapping, slot: usize) {
        let from = memory.buffer(slot).addr().get() as u64 + self.at as u64;
        let to = memory.to_edge(slot, self.at, self.good_bytes);
        let words = &mut raw.args[self.word..][..self.words];
        for word in words.iter_mut().filter(|word| **word != 0) {
            *word = to + (*word - from);
        }
    }

    /// Moves what the call has left there back to where it would be without an edge.
    pub(super) fn take_back(&self, memory: &Mapping, slot: usize) {
        memory.take_from_edge(slot, self.at, self.good_bytes);
    }
}
