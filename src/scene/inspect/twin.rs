//! What the same waits would have cost with `poll` and with `select`.
//!
//! Each `epoll_wait` of the run is set beside a `poll()` and a `select()` over the descriptors that its
//! instance watched when it began, in the order of their numbers, with the same timeout. The model:
//!
//! - Every call copies in what it asks and copies out what it found: 8 and 2 bytes a descriptor for
//!   `poll`; for `select` a bitmap up to the highest number, in and out, for each set in use, and
//!   16 bytes for a timeout.
//! - It looks at all descriptors when it begins, again after each wake-up, and again after a timeout
//!   or a signal. A wake-up is an announcement that the mask asks for, to any descriptor, while
//!   the call is under way; announcements within one call of the announcer are one wake-up.
//! - It hooks into the queue of every descriptor, up to the first that is ready at once; of none
//!   if it does not wait. Memory follows from that: see [`crate::scene::PollCall`].
//! - It finds what `epoll_wait` found. Real `poll` knows neither edges nor one-shot nor exclusive
//!   waiting: it would report more, and wake more threads for good.

use litemap::LiteMap;

use crate::kernel::abi::{Errno, Events, Fd};
use crate::kernel::ids::{EpitemKey, TaskKey};
use crate::kernel::select::{
    ENTRIES_PER_PAGE, N_INLINE_POLL_ENTRIES, N_STACK_PPS, POLLFD_PER_PAGE, SELECT_STACK_ALLOC,
};
use crate::kernel::syscall::{Reply, Syscall};
use crate::trace::event::{FileKind, Verdict};
use crate::trace::{Cost, Event, EventKind};

use super::super::Scene;

const POLLFD_BYTES: u64 = 8;
const REVENTS_BYTES: u64 = 2;
const POLL_LIST_BYTES: u64 = 16;
const PAGE_BYTES: u64 = 4096;
const TIME_BYTES: u64 = 16;

/// The counters of the imagined calls.
#[derive(Clone, Debug, Default)]
pub struct Twins {
    scene: Scene,
    poll: Cost,
    select: Cost,
    waits: LiteMap<TaskKey, Wait>,
    count: u64,
}

/// An `epoll_wait` under way, and its two twins.
#[derive(Clone, Debug)]
struct Wait {
    /// What is watched, by number.
    fds: Vec<(Fd, EpitemKey)>,
    timeout_ns: Option<u64>,
    /// The bytes of one bitmap.
    bitmap: u64,
    /// How many of the three sets are in use.
    sets: u64,
    /// The places of what was found.
    found: Vec<usize>,
    /// Wake-ups, and whether another one would be the same.
    wakes: u64,
    is_woken: bool,
    /// It has slept.
    slept: bool,
    callbacks: u64,
}

/// How a wait ended.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ending {
    UnderWay,
    Returned,
    Interrupted,
}

impl Twins {
    /// What `poll` and `select` would have cost up to now.
    pub fn totals(&self) -> (Cost, Cost) {
        let mut totals = (self.poll, self.select);
        for wait in self.waits.values() {
            add(&mut totals.0, wait.by_poll(Ending::UnderWay));
            add(&mut totals.1, wait.by_select(Ending::UnderWay));
        }
        totals
    }

    /// How many waits there were.
    pub fn waits(&self) -> u64 {
        self.count
    }

    /// Takes the next event of the run.
    pub fn apply(&mut self, event: &Event) {
        match &event.kind {
            EventKind::SyscallEnter { task, call } => {
                self.waits.iter_mut().for_each(|(_, wait)| wait.is_woken = false);
                if let Some(wait) = self.begin(task.key(), call.get().as_ref()) {
                    self.waits.insert(task.key(), wait);
                    self.count += 1;
                }
            }
            EventKind::TaskState { task, state } => {
                if let Some(wait) = self.waits.get_mut(task) {
                    wait.slept |= state.is_asleep();
                }
            }
            EventKind::CopyOut { task, epi, .. } => {
                if let Some(wait) = self.waits.get_mut(task)
                    && let Some(at) = wait.fds.iter().position(|(_, item)| item == epi)
                {
                    wait.found.push(at);
                }
            }
            EventKind::Callback { epi, verdict, .. } => self.callback(*epi, *verdict),
            EventKind::SyscallExit { task, result } => {
                if let Some(mut wait) = self.waits.remove(task) {
                    match result.get().as_ref() {
                        Ok(Reply::Events(_)) => self.end(&mut wait, Ending::Returned),
                        Err(Errno::EINTR) => self.end(&mut wait, Ending::Interrupted),
                        // Refused: there was nothing to wait for.
                        _ => self.count -= 1,
                    }
                }
            }
            _ => {}
        }
        self.scene.apply(event);
    }

    fn end(&mut self, wait: &mut Wait, ending: Ending) {
        // Woken by a change of the interest set, which `poll` would have seen no other way.
        if wait.slept && !wait.found.is_empty() {
            wait.wakes = wait.wakes.max(1);
        }
        add(&mut self.poll, wait.by_poll(ending));
        add(&mut self.select, wait.by_select(ending));
    }

    fn callback(&mut self, epi: EpitemKey, verdict: Verdict) {
        for (_, wait) in self.waits.iter_mut().filter(|(_, wait)| wait.timeout_ns != Some(0)) {
            if wait.fds.iter().all(|(_, item)| *item != epi) {
                continue;
            }
            wait.callbacks += 1;
            if !matches!(verdict, Verdict::Filtered | Verdict::Disarmed) && !wait.is_woken {
                wait.is_woken = true;
                wait.wakes += 1;
            }
        }
    }

    fn begin(&self, task: TaskKey, call: &Syscall) -> Option<Wait> {
        let (epfd, timeout_ns) = match call {
            Syscall::EpollWait { epfd, timeout_ms, .. }
            | Syscall::EpollPwait { epfd, timeout_ms, .. } => {
                (*epfd, u64::try_from(*timeout_ms).ok().map(|ms| ms * 1_000_000))
            }
            Syscall::EpollPwait2 { epfd, timeout_ns, .. } => (*epfd, *timeout_ns),
            _ => return None,
        };
        let process = self.scene.processes.get(&self.scene.tasks.get(&task)?.process)?;
        let FileKind::Eventpoll(ep) = self.scene.files.get(process.fds.get(&epfd)?)?.new.kind
        else {
            return None;
        };
        let items = self.scene.eventpolls.get(&ep)?.rbr.in_order();
        let items =
            items.into_iter().filter_map(|(epi, _)| Some((epi, self.scene.epitems.get(&epi)?)));
        let asked = Events::EPOLLIN | Events::EPOLLOUT | Events::EPOLLPRI;
        let (mut fds, mut mask) = (Vec::new(), Events::empty());
        for (epi, item) in items.filter(|(_, item)| !item.is_disarmed()) {
            fds.push((item.new.fd, epi));
            mask |= item.events & asked;
        }
        fds.sort_by_key(|(fd, _)| *fd);
        let top = fds.last().map_or(0, |(fd, _)| u64::from(fd.unsigned_abs()) + 1);
        Some(Wait {
            timeout_ns,
            bitmap: top.div_ceil(64) * 8,
            sets: u64::from(mask.bits().count_ones()).max(u64::from(!fds.is_empty())),
            fds,
            found: Vec::new(),
            wakes: 0,
            is_woken: false,
            slept: false,
            callbacks: 0,
        })
    }
}

impl Wait {
    /// What both cost alike: all but what is copied, and how many bits are looked at.
    fn alike(&self, ending: Ending) -> Cost {
        let n = self.fds.len() as u64;
        let first = self.found.iter().min().map(|at| *at as u64 + 1);
        let armed = match first {
            _ if self.timeout_ns == Some(0) => 0,
            Some(first) if !self.slept && ending == Ending::Returned => first,
            _ => n,
        };
        let out_of_time = ending == Ending::Returned && self.found.is_empty() && self.slept;
        let interrupted = ending == Ending::Interrupted && self.slept;
        let passes = 1 + self.wakes + u64::from(out_of_time || interrupted);
        let pages = armed.saturating_sub(N_INLINE_POLL_ENTRIES as u64);
        let pages = pages.div_ceil(ENTRIES_PER_PAGE as u64);
        let useful = u64::from(self.wakes > 0 && !self.found.is_empty());
        Cost {
            syscalls: 1,
            allocations: pages,
            allocated_bytes: pages * PAGE_BYTES,
            armed,
            disarmed: if ending == Ending::UnderWay { 0 } else { armed },
            file_polls: n * passes,
            looked_at: passes,
            callbacks: self.callbacks,
            wakeups_useful: useful,
            wakeups_spurious: self.wakes - useful + u64::from(interrupted),
            ..Cost::default()
        }
    }

    fn by_poll(&self, ending: Ending) -> Cost {
        let n = self.fds.len() as u64;
        let mut cost = self.alike(ending);
        let rest = n.saturating_sub(N_STACK_PPS as u64);
        let chunks = rest.div_ceil(POLLFD_PER_PAGE as u64);
        cost.allocations += chunks;
        cost.allocated_bytes += chunks * POLL_LIST_BYTES + rest * POLLFD_BYTES;
        cost.looked_at *= n;
        cost.bytes_in = n * POLLFD_BYTES;
        if ending != Ending::UnderWay {
            cost.bytes_out = n * REVENTS_BYTES;
        }
        cost
    }

    fn by_select(&self, ending: Ending) -> Cost {
        let mut cost = self.alike(ending);
        if self.bitmap > SELECT_STACK_ALLOC as u64 / 6 {
            cost.allocations += 1;
            cost.allocated_bytes += 6 * self.bitmap;
        }
        let top = self.fds.last().map_or(0, |(fd, _)| u64::from(fd.unsigned_abs()) + 1);
        cost.looked_at *= top;
        let time = |is_copied: bool| if is_copied { TIME_BYTES } else { 0 };
        cost.bytes_in = self.sets * self.bitmap + time(self.timeout_ns.is_some());
        if ending != Ending::UnderWay {
            cost.bytes_out = time(self.timeout_ns.is_some_and(|ns| ns > 0));
        }
        if ending == Ending::Returned {
            cost.bytes_out += self.sets * self.bitmap;
        }
        cost
    }
}

fn add(to: &mut Cost, cost: Cost) {
    to.syscalls += cost.syscalls;
    to.bytes_in += cost.bytes_in;
    to.bytes_out += cost.bytes_out;
    to.allocations += cost.allocations;
    to.allocated_bytes += cost.allocated_bytes;
    to.armed += cost.armed;
    to.disarmed += cost.disarmed;
    to.file_polls += cost.file_polls;
    to.looked_at += cost.looked_at;
    to.callbacks += cost.callbacks;
    to.wakeups_useful += cost.wakeups_useful;
    to.wakeups_spurious += cost.wakeups_spurious;
}
