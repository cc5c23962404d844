//! Two clocks: the scenario's, which moves only by `advance`, and the host's, which always moves.
//!
//! A timeout that the scenario still waits for may be over in fact, since statements take time. A
//! run in which that may have happened says nothing about the scenario and has to be repeated; this
//! finds out.

use std::time::{Duration, Instant};

use crate::kernel::abi::Nanos;
use crate::kernel::syscall::Syscall;

use super::poll;

/// Differences between two real times below this are not trusted.
pub(super) const GRAIN: Duration = Duration::from_micros(100);

/// When a call that was given a timeout gives up.
#[derive(Clone, Copy, Debug)]
pub(super) struct Deadline {
    /// On the scenario's clock.
    pub(super) virtual_ns: Nanos,
    /// On the host's clock, not before this.
    pub(super) earliest: Instant,
    /// On the host's clock, hardly after this.
    pub(super) latest: Instant,
}

impl Deadline {
    /// The deadline of a call made when the scenario's clock shows `now_ns`: posted at `posted`,
    /// seen asleep at `seen`, timeouts stretched by `scale`. `None` if it has none or is at once.
    pub(super) fn of(
        call: &Syscall,
        now_ns: Nanos,
        scale: u32,
        (posted, seen): (Instant, Instant),
    ) -> Option<Deadline> {
        let timeout_ns = match call {
            Syscall::EpollWait { timeout_ms, .. } => {
                u64::try_from(*timeout_ms).ok().filter(|ms| *ms > 0)? * 1_000_000
            }
            Syscall::EpollPwait { timeout_ms, .. } => {
                u64::try_from(*timeout_ms).ok().filter(|ms| *ms > 0)? * 1_000_000
            }
            Syscall::EpollPwait2 { timeout_ns, .. } => timeout_ns.filter(|ns| *ns > 0)?,
            Syscall::Sleep { duration_ns } => *duration_ns,
            Syscall::TimerfdSettime { initial_ns, .. } if *initial_ns > 0 => *initial_ns,
            call => poll::timeout_ns(call).filter(|ns| *ns > 0)?,
        };
        let real = stretched(timeout_ns, scale);
        let after = |start: Instant| start.checked_add(real);
        Some(Deadline {
            virtual_ns: now_ns.saturating_add(timeout_ns),
            earliest: after(posted)?,
            latest: after(seen)?,
        })
    }

    /// Whether the two may fall due in the other order on the host's clock. Equal ones fall due in
    /// the order in which they were made, on both clocks.
    pub(super) fn may_swap(&self, other: &Deadline) -> bool {
        let (first, second) =
            if self.virtual_ns < other.virtual_ns { (self, other) } else { (other, self) };
        first.virtual_ns != second.virtual_ns && first.latest + GRAIN >= second.earliest
    }
}

/// A length of virtual time on the host's clock.
pub(super) fn stretched(nanos: Nanos, scale: u32) -> Duration {
    Duration::from_nanos(nanos.saturating_mul(u64::from(scale)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn deadline(timeout_ms: i32, now_ns: Nanos, scale: u32, late_us: u64) -> Option<Deadline> {
        let call = Syscall::EpollWait { epfd: 3, maxevents: 1, timeout_ms };
        let posted = *START;
        Deadline::of(&call, now_ns, scale, (posted, posted + Duration::from_micros(late_us)))
    }

    static START: std::sync::LazyLock<Instant> = std::sync::LazyLock::new(Instant::now);

    #[test]
    fn calls_without_a_timeout_have_no_deadline() {
        assert!(deadline(-1, 0, 1, 0).is_none());
        assert!(deadline(0, 0, 1, 0).is_none());
        assert!(Deadline::of(&Syscall::Nop, 0, 1, (*START, *START)).is_none());
    }

    #[test]
    fn only_the_real_deadline_is_stretched() {
        let deadline = deadline(10, 5, 3, 40).unwrap();
        assert_eq!(deadline.virtual_ns, 10_000_005);
        assert_eq!(deadline.earliest - *START, Duration::from_millis(30));
        assert_eq!(deadline.latest - deadline.earliest, Duration::from_micros(40));
    }

    #[test]
    fn deadlines_may_swap_only_if_close_on_the_hosts_clock() {
        let (ten, eleven) = (deadline(10, 0, 1, 50).unwrap(), deadline(11, 0, 1, 50).unwrap());
        assert!(!ten.may_swap(&eleven));
        let late = deadline(10, 0, 1, 1_500).unwrap();
        assert!(late.may_swap(&eleven) && eleven.may_swap(&late));
        assert!(!late.may_swap(&ten), "equal ones fall due as they were made");
    }
}
