//! The timers of timerfds on two clocks: when each beat falls on the scenario's and on the host's.
//!
//! A timer is known by its process and descriptor number, so one that was set through a duplicate
//! counts twice. That errs on the safe side: a run may be found too slow that was not.

use std::collections::BTreeMap;

use crate::kernel::abi::{Fd, Nanos};
use crate::kernel::syscall::Syscall;

use super::clock::{Deadline, stretched};

/// The most beats of one timer that are looked at in one statement.
const BEATS: u64 = 1000;

/// All timers that were set and not stopped.
#[derive(Debug, Default)]
pub(super) struct Timers(BTreeMap<(u32, Fd), Armed>);

#[derive(Clone, Copy, Debug)]
struct Armed {
    first: Deadline,
    interval_ns: Nanos,
    scale: u32,
}

impl Timers {
    /// Takes note of a `timerfd_settime` of process `pid` that was accepted.
    pub(super) fn set(&mut self, pid: u32, call: &Syscall, first: Option<Deadline>, scale: u32) {
        let Syscall::TimerfdSettime { fd, interval_ns, .. } = call else { return };
        match first {
            Some(first) => {
                self.0.insert((pid, *fd), Armed { first, interval_ns: *interval_ns, scale })
            }
            None => self.0.remove(&(pid, *fd)),
        };
    }

    /// The next beat of each after `now_ns`.
    pub(super) fn next(&self, now_ns: Nanos) -> impl Iterator<Item = Deadline> + '_ {
        self.0.values().filter_map(move |armed| armed.beat(armed.beats_until(now_ns)))
    }

    /// All beats after `from_ns`, up to `until_ns`.
    pub(super) fn due(&self, from_ns: Nanos, until_ns: Nanos) -> Vec<Deadline> {
        let beats = |armed: &Armed| {
            let (from, until) = (armed.beats_until(from_ns), armed.beats_until(until_ns));
            (from.max(until.saturating_sub(BEATS))..until)
                .filter_map(|number| armed.beat(number))
                .collect::<Vec<_>>()
        };
        self.0.values().flat_map(beats).collect()
    }
}

impl Armed {
    /// How many beats there are up to a time.
    fn beats_until(&self, now_ns: Nanos) -> u64 {
        match now_ns.checked_sub(self.first.virtual_ns) {
            None => 0,
            Some(since_ns) => 1 + since_ns.checked_div(self.interval_ns).unwrap_or(0),
        }
    }

    fn beat(&self, number: u64) -> Option<Deadline> {
        if number > 0 && self.interval_ns == 0 {
            return None;
        }
        let later_ns = self.interval_ns.checked_mul(number)?;
        let later = stretched(later_ns, self.scale);
        Some(Deadline {
            virtual_ns: self.first.virtual_ns.checked_add(later_ns)?,
            earliest: self.first.earliest.checked_add(later)?,
            latest: self.first.latest.checked_add(later)?,
        })
    }
}
