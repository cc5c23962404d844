//! `poll`, `ppoll`, `select`, `pselect6` as raw calls: where their arrays, sets and times lie in the
//! slot's buffer.
//!
//! The time comes first, then the array of `struct pollfd` or the three bitmaps.

use crate::kernel::abi::{Events, Fd, Nanos, PollFd};
use crate::kernel::syscall::{FdSets, Reply, Syscall};
use crate::session::MachineError;

use super::board::{BUFFER_BYTES, Mapping};
use super::raw::{Raw, int, raw, sigset};

/// Bytes of a `struct timespec` or `struct timeval`, where what is passed begins.
pub(super) const TIME_BYTES: usize = 16;

/// The timeout of a call in nanoseconds: `None` for ever, and for other calls.
pub(super) fn timeout_ns(call: &Syscall) -> Option<Nanos> {
    match call {
        Syscall::Poll { timeout_ms, .. } => {
            u64::try_from(*timeout_ms).ok().map(|ms| ms * 1_000_000)
        }
        Syscall::Ppoll { timeout_ns, .. } | Syscall::Pselect { timeout_ns, .. } => *timeout_ns,
        Syscall::Select { timeout_us, .. } => {
            timeout_us.and_then(|us| u64::try_from(us).ok()).map(|us| us.saturating_mul(1000))
        }
        _ => None,
    }
}

/// Turns one of the four calls into words.
pub(super) fn encode(
    call: &Syscall,
    scale: u32,
    memory: &Mapping,
    slot: usize,
) -> Result<Raw, MachineError> {
    let pointer = memory.buffer(slot).addr().get() as u64;
    let nanos = timeout_ns(call).map(|ns| ns.saturating_mul(scale.into()));
    let time = |unit: u64| match (call, nanos) {
        (Syscall::Select { timeout_us: Some(us), .. }, None) => [us / 1_000_000, us % 1_000_000],
        (_, nanos) => {
            let nanos = nanos.unwrap_or(0);
            let rest = (nanos % 1_000_000_000) / unit;
            [(nanos / 1_000_000_000).cast_signed(), rest.cast_signed()]
        }
    };
    let has_time = match call {
        Syscall::Select { timeout_us, .. } => timeout_us.is_some(),
        _ => nanos.is_some(),
    };
    let timeout = if has_time { pointer } else { 0 };
    let unit = if matches!(call, Syscall::Select { .. }) { 1000 } else { 1 };
    let mut bytes = time(unit).map(i64::to_ne_bytes).concat();
    let start = pointer + TIME_BYTES as u64;
    let raw = match call {
        Syscall::Poll { fds, timeout_ms } => {
            store_pollfds(&mut bytes, fds);
            let timeout = timeout_ms.saturating_mul(scale.cast_signed().max(1));
            raw(libc::SYS_poll, [start, fds.len() as u64, int(timeout)])
        }
        Syscall::Ppoll { fds, sigmask, .. } => {
            store_pollfds(&mut bytes, fds);
            let (mask, size) = sigset(*sigmask, memory, slot);
            raw(libc::SYS_ppoll, [start, fds.len() as u64, timeout, mask, size])
        }
        Syscall::Select { sets, .. } | Syscall::Pselect { sets, .. } => {
            let [r, w, e] = store_sets(&mut bytes, sets, start);
            let n = int(sets.nfds());
            let Syscall::Pselect { sigmask, .. } = call else {
                let raw = raw(libc::SYS_select, [n, r, w, e, timeout]);
                return stored(raw, &bytes, memory, slot);
            };
            let (mask, size) = sigset(*sigmask, memory, slot);
            let both = memory.store_aside(slot, 32, &[mask, size].map(u64::to_ne_bytes).concat());
            raw(libc::SYS_pselect6, [n, r, w, e, timeout, both])
        }
        other => unreachable!("{} is no poll", other.name()),
    };
    stored(raw, &bytes, memory, slot)
}

fn stored(raw: Raw, bytes: &[u8], memory: &Mapping, slot: usize) -> Result<Raw, MachineError> {
    if bytes.len() > BUFFER_BYTES {
        let text = "so many descriptors in one call have no room in the runner's memory";
        return Err(MachineError::Unsupported(text.to_owned()));
    }
    memory.store(slot, bytes);
    Ok(raw)
}

/// What a call that did not fail left in the buffer.
pub(super) fn decode(call: &Syscall, memory: &Mapping, slot: usize) -> Reply {
    match call {
        Syscall::Poll { fds, .. } | Syscall::Ppoll { fds, .. } => {
            let bytes = memory.load(slot, TIME_BYTES + fds.len() * PollFd::BYTES);
            let polled = bytes[TIME_BYTES..].as_chunks::<{ PollFd::BYTES }>().0;
            let found = polled.iter().map(|&[a, b, c, d, _, _, e, f]| PollFd {
                fd: Fd::from_ne_bytes([a, b, c, d]),
                events: Events::from_bits_retain(u16::from_ne_bytes([e, f]).into()),
            });
            Reply::Polled(found.filter(|found| !found.events.is_empty()).collect())
        }
        Syscall::Select { sets, .. } | Syscall::Pselect { sets, .. } => {
            let set_bytes = set_bytes(sets);
            let bytes = memory.load(slot, TIME_BYTES + 3 * set_bytes);
            let mut found = [const { Vec::new() }; 3];
            for (index, set) in sets.0.iter().enumerate() {
                let from = TIME_BYTES + index * set_bytes;
                let is_set = |fd: &Fd| {
                    let bit = *fd as usize;
                    set.is_some() && bytes[from + bit / 8] & 1 << (bit % 8) != 0
                };
                found[index] = (0..sets.nfds()).filter(is_set).collect();
            }
            Reply::Selected(Box::new(found))
        }
        other => unreachable!("{} is no poll", other.name()),
    }
}

fn store_pollfds(bytes: &mut Vec<u8>, fds: &[PollFd]) {
    for PollFd { fd, events } in fds {
        bytes.extend(fd.to_ne_bytes());
        bytes.extend((events.bits() as u16).to_ne_bytes());
        // What the kernel does not overwrite must show.
        bytes.extend(u16::MAX.to_ne_bytes());
    }
}

/// Bytes of one bitmap: whole words.
pub(super) fn set_bytes(sets: &FdSets) -> usize {
    sets.nfds().unsigned_abs().div_ceil(64) as usize * 8
}

/// Lays out three bitmaps behind what is there; gives the address of each, 0 for `NULL`.
fn store_sets(bytes: &mut Vec<u8>, sets: &FdSets, start: u64) -> [u64; 3] {
    let each = set_bytes(sets);
    let mut addresses = [0; 3];
    for (index, set) in sets.0.iter().enumerate() {
        let from = bytes.len();
        bytes.resize(from + each, 0);
        if let Some(set) = set {
            addresses[index] = start + (index * each) as u64;
            for fd in set {
                let bit = *fd as usize;
                bytes[from + bit / 8] |= 1 << (bit % 8);
            }
        }
    }
    addresses
}
