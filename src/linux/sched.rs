//! Who runs when: one CPU and `SCHED_FIFO` make real threads run in a known order.
//!
//! All tasks share one CPU and one priority, so those that are woken run in the order in which they
//! were woken, each until it sleeps. The runner is on the same CPU, one priority below: it gets to
//! run only when no task can. It is thus never on the way, and neither it nor the tasks can be
//! starved by ordinary load. A task that never sleeps is killed by the kernel (`RLIMIT_RTTIME`).

use std::marker::PhantomData;
use std::sync::Once;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The runner's priority; the tasks have the next one.
const RUNNER: u32 = 1;

/// The scheduling of the runner's thread while a machine lives; dropping it restores what was.
#[derive(Debug)]
pub(super) struct Stage {
    before: Option<(libc::c_int, libc::sched_param)>,
    affinity: libc::cpu_set_t,
    /// It is about the thread that made it.
    not_send: PhantomData<*const ()>,
}

impl Stage {
    /// Puts this thread on one CPU and, if it may, under `SCHED_FIFO`; says once on standard error
    /// if it may not.
    pub(super) fn enter() -> Stage {
        // SAFETY: the structures live during the calls; zeroes are a value of each.
        unsafe {
            let mut affinity: libc::cpu_set_t = std::mem::zeroed();
            libc::sched_getaffinity(0, size_of_val(&affinity), &mut affinity);
            let mut param: libc::sched_param = std::mem::zeroed();
            let policy = libc::sched_getscheduler(0);
            libc::sched_getparam(0, &mut param);
            let before = (policy >= 0 && fifo(RUNNER)).then_some((policy, param));
            pin_to_one(&affinity);
            if before.is_none() {
                warn_once();
            }
            Stage { before, affinity, not_send: PhantomData }
        }
    }

    /// The priority that tasks should take; 0 for the ordinary class.
    pub(super) fn task_priority(&self) -> u32 {
        if self.before.is_some() { RUNNER + 1 } else { 0 }
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        // SAFETY: as in `enter`.
        unsafe {
            if let Some((policy, param)) = &self.before {
                libc::sched_setscheduler(0, *policy, param);
            }
            libc::sched_setaffinity(0, size_of_val(&self.affinity), &self.affinity);
        }
    }
}

/// Puts the calling thread under `SCHED_FIFO`; 0 changes nothing. Says whether it worked.
pub(super) fn fifo(priority: u32) -> bool {
    // SAFETY: the structure lives during the call; zeroes are a value of it.
    unsafe {
        let mut param: libc::sched_param = std::mem::zeroed();
        param.sched_priority = priority.cast_signed();
        priority == 0 || libc::sched_setscheduler(0, libc::SCHED_FIFO, &param) == 0
    }
}

/// Pins the calling thread to one of the CPUs that it may use; runs at the same time take several.
fn pin_to_one(allowed: &libc::cpu_set_t) {
    static RUNS: AtomicUsize = AtomicUsize::new(0);
    let run = std::process::id() as usize + RUNS.fetch_add(1, Ordering::Relaxed);
    // SAFETY: the numbers are inside the set; the sets live during the calls.
    unsafe {
        let cpus = (0..libc::CPU_SETSIZE as usize).filter(|cpu| libc::CPU_ISSET(*cpu, allowed));
        let cpus: Vec<usize> = cpus.collect();
        if !cpus.is_empty() {
            let mut one: libc::cpu_set_t = std::mem::zeroed();
            libc::CPU_SET(cpus[run % cpus.len()], &mut one);
            libc::sched_setaffinity(0, size_of_val(&one), &one);
        }
    }
}

fn warn_once() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        use std::io::Write;
        let text = "epoll-playground: may not use SCHED_FIFO here (CAP_SYS_NICE): \
                    the order in which woken threads run is not certain";
        _ = writeln!(std::io::stderr(), "{text}");
    });
}
