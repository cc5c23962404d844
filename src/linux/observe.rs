//! What the kernel says about a thread: asleep in the call it was asked to make, or not yet.
//!
//! `/proc/PID/task/TID/syscall` is exact. The kernel gives the number of the call only for a thread
//! that is off its CPU and off the run queue, having checked its state and its context switches
//! before and after (`lib/syscall.c: task_current_syscall()`); a thread that is about to sleep, or
//! woken and waiting for its turn, reads `running`. One thread is not enough, though: while we look
//! at the second, the first may be woken. So each round reads, for all busy threads,
//!
//! 1. how often each was switched out,
//! 2. that each is asleep,
//! 3. that each is asleep, again,
//! 4. how often each was switched out.
//!
//! A thread that ran between its readings 2 and 3 was switched out in between, hence 1 and 4
//! differ. If they do not, every thread slept from the last reading 2 to the first reading 3: a moment at
//! which nobody ran and nobody was about to.

use std::fs;
use std::io;
use std::sync::atomic::Ordering;

use super::board::Slot;

/// What a round found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Round {
    /// Some thread runs or is about to.
    Busy,
    /// All sleep, but some in state `D`, which is mostly short.
    Uninterruptible,
    /// All sleep in their calls, or are idle.
    Quiet,
}

/// What `/proc/PID/task/TID/status` says: how often a thread was switched out, and whether it is
/// in state `D`. Nothing for an idle one, which may still be on its way to its futex.
type Status = Option<(u64, bool)>;

/// Looks at the threads of `slots`.
pub(super) fn round(slots: &[&Slot]) -> io::Result<Round> {
    let before = statuses(slots)?;
    if !all_at_rest(slots)? || !all_at_rest(slots)? {
        return Ok(Round::Busy);
    }
    let after = statuses(slots)?;
    Ok(match after.iter().flatten().any(|(_, uninterruptible)| *uninterruptible) {
        _ if before != after => Round::Busy,
        true => Round::Uninterruptible,
        false => Round::Quiet,
    })
}

/// Whether the host lets us look at the thread of `slot` at all.
pub(super) fn is_allowed(slot: &Slot) -> io::Result<()> {
    read(slot, "syscall").map(drop)
}

fn statuses(slots: &[&Slot]) -> io::Result<Vec<Status>> {
    let status = |slot: &&Slot| {
        if slot.is_idle() { Ok(None) } else { read(slot, "status").map(|text| parse_status(&text)) }
    };
    slots.iter().map(status).collect()
}

fn all_at_rest(slots: &[&Slot]) -> io::Result<bool> {
    for slot in slots {
        let number = slot.number.load(Ordering::Relaxed);
        if !slot.is_idle() && parse_syscall(&read(slot, "syscall")?) != Some(number) {
            return Ok(false);
        }
    }
    Ok(true)
}

fn read(slot: &Slot, file: &str) -> io::Result<String> {
    let (pid, tid) = (&slot.pid, &slot.tid);
    let (pid, tid) = (pid.load(Ordering::Relaxed), tid.load(Ordering::Relaxed));
    fs::read_to_string(format!("/proc/{pid}/task/{tid}/{file}"))
}

/// The call in which a thread sleeps: `None` if it does not, −1 if it sleeps outside any call.
fn parse_syscall(text: &str) -> Option<i64> {
    text.split_ascii_whitespace().next()?.parse().ok()
}

fn parse_status(text: &str) -> Status {
    let field = |name: &str| text.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
    let count = |name: &str| field(name)?.parse::<u64>().ok();
    let switches = count("voluntary_ctxt_switches:")? + count("nonvoluntary_ctxt_switches:")?;
    Some((switches, field("State:")?.starts_with('D')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sleeping_thread_gives_its_call() {
        assert_eq!(
            parse_syscall("232 0x3 0x7f00 0x8 0xffffffff 0x0 0x0 0x7ffe 0x7ff2\n"),
            Some(232)
        );
        assert_eq!(parse_syscall("running\n"), None);
        assert_eq!(parse_syscall("-1 0x7ffe 0x7ff2\n"), Some(-1));
        assert_eq!(parse_syscall(""), None);
    }

    #[test]
    fn switches_of_both_kinds_count() {
        let text = |state: &str| {
            format!(
                "Name:\tx\nState:\t{state}\nvoluntary_ctxt_switches:\t3\n\
                 nonvoluntary_ctxt_switches:\t4\n"
            )
        };
        assert_eq!(parse_status(&text("S (sleeping)")), Some((7, false)));
        assert_eq!(parse_status(&text("D (disk sleep)")), Some((7, true)));
        assert_eq!(parse_status("State:\tS (sleeping)\n"), None);
    }
}
