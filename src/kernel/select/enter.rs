//! The way into `poll` and `select`: argument checks, memory, what is copied in.
//!
//! Linux 6.18, `fs/select.c: do_sys_poll(), core_sys_select(), max_select_fd()`. Differs: user
//! memory is good, unless a scenario has it otherwise; of `select` it always is.

use super::scan::PollFrame;
use super::{Asked, N_STACK_PPS, POLLFD_PER_PAGE, PollWqueues, SELECT_STACK_ALLOC};
use crate::kernel::abi::{Errno, Events, Fd, Nanos, PollFd, SigSet};
use crate::kernel::cx::Cx;
use crate::kernel::file::size;
use crate::kernel::syscall::FdSets;
use crate::kernel::task::{Flow, Frame};
use crate::kernel::time::select_estimate_accuracy;
use crate::trace::event::{Alloc, PollKind};
use crate::trace::{EventKind, Func, Sink};

/// Bytes of a `struct timeval` or `struct timespec`.
pub(super) const TIME_BYTES: usize = 16;

/// `POLLIN_SET`: what makes a descriptor readable for `select`.
const POLLIN_SET: Events = Events::EPOLLRDNORM
    .union(Events::EPOLLRDBAND)
    .union(Events::EPOLLIN)
    .union(Events::EPOLLHUP)
    .union(Events::EPOLLERR)
    .union(Events::EPOLLNVAL);
/// `POLLOUT_SET`
const POLLOUT_SET: Events = Events::EPOLLWRBAND
    .union(Events::EPOLLWRNORM)
    .union(Events::EPOLLOUT)
    .union(Events::EPOLLERR)
    .union(Events::EPOLLNVAL);
/// `POLLEX_SET`
const POLLEX_SET: Events = Events::EPOLLPRI.union(Events::EPOLLNVAL);
/// What each of the three sets asks for.
pub(crate) const SETS: [Events; 3] = [POLLIN_SET, POLLOUT_SET, POLLEX_SET];

impl<S: Sink> Cx<'_, S> {
    /// `ppoll(2)`
    pub(crate) fn do_ppoll(
        &mut self,
        fds: &[PollFd],
        timeout_ns: Option<Nanos>,
        sigmask: Option<SigSet>,
    ) -> Result<Flow, Errno> {
        self.begin_masked_wait(timeout_ns, sigmask);
        let flow = self.do_sys_poll(fds, timeout_ns)?;
        let task = self.current();
        // No update for zero timeout.
        self.poll_wqueues(task).updates_timeout = timeout_ns.is_some_and(|ns| ns > 0);
        Ok(flow)
    }

    /// `do_sys_poll()` up to `do_poll()`. `None` waits for ever.
    pub(crate) fn do_sys_poll(
        &mut self,
        fds: &[PollFd],
        timeout_ns: Option<Nanos>,
    ) -> Result<Flow, Errno> {
        if i32::try_from(fds.len()).is_ok_and(|n| n > self.config.rlimit_nofile) {
            return Err(Errno::EINVAL);
        }
        let task = self.current();
        if self.copy_faults(0, fds.len()) {
            return Err(Errno::EFAULT);
        }
        self.within(Func::do_sys_poll, |cx| {
            let (first, rest) = fds.split_at(fds.len().min(N_STACK_PPS));
            cx.copied_from_user(first.len() * PollFd::BYTES);
            for chunk in rest.chunks(POLLFD_PER_PAGE) {
                if cx.alloc_fails(Alloc::PollChunk) {
                    return Err(Errno::ENOMEM);
                }
                cx.emit(|| EventKind::PollChunk { task, len: size(chunk.len()) });
                cx.copied_from_user(chunk.len() * PollFd::BYTES);
            }
            Ok(())
        })?;
        let asked = fds.iter().map(|asked| {
            let key = asked.events | Events::ALWAYS;
            Asked { fd: asked.fd, key, filter: key, sets: [false; 3], revents: Events::empty() }
        });
        let state = PollWqueues::new(PollKind::Poll, fds.len(), asked.collect());
        Ok(self.poll_initwait(state, timeout_ns))
    }

    /// `kern_select()`: `select(2)`.
    pub(crate) fn kern_select(
        &mut self,
        sets: &FdSets,
        timeout_us: Option<i64>,
    ) -> Result<Flow, Errno> {
        let timeout_ns = match timeout_us {
            None => None,
            Some(us) => {
                self.copied_from_user(TIME_BYTES);
                Some(u64::try_from(us).map_err(|_| Errno::EINVAL)?.saturating_mul(1000))
            }
        };
        self.core_sys_select(sets, timeout_ns)
    }

    /// `do_pselect()`: `pselect6(2)`
    pub(crate) fn do_pselect(
        &mut self,
        sets: &FdSets,
        timeout_ns: Option<Nanos>,
        sigmask: Option<SigSet>,
    ) -> Result<Flow, Errno> {
        self.begin_masked_wait(timeout_ns, sigmask);
        self.core_sys_select(sets, timeout_ns)
    }

    /// What `ppoll(2)` and `pselect6(2)` begin with: the timeout is copied in, the mask put in place.
    fn begin_masked_wait(&mut self, timeout_ns: Option<Nanos>, sigmask: Option<SigSet>) {
        if timeout_ns.is_some() {
            self.copied_from_user(TIME_BYTES);
        }
        self.set_user_sigmask(sigmask);
    }

    /// `core_sys_select()` up to the loop of `do_select()`.
    fn core_sys_select(&mut self, sets: &FdSets, timeout_ns: Option<Nanos>) -> Result<Flow, Errno> {
        let task = self.current();
        let max_fds = self.processes[self.tasks[task].process].max_fds;
        let n = sets.nfds().max(0).unsigned_abs() as usize;
        let n = n.min(max_fds);
        let bytes = n.div_ceil(64) * 8;
        self.within(Func::core_sys_select, |cx| {
            let heap = bytes > SELECT_STACK_ALLOC / 6;
            if heap && cx.alloc_fails(Alloc::Bitmaps) {
                return Err(Errno::ENOMEM);
            }
            cx.emit(|| EventKind::SelectBitmaps { task, bytes: size(bytes), heap });
            for (at, set) in sets.0.iter().enumerate() {
                if set.is_none() {
                    continue;
                }
                if cx.copy_faults(at, usize::from(bytes > 0)) {
                    return Err(Errno::EFAULT);
                }
                cx.copied_from_user(bytes);
            }
            Ok(())
        })?;
        let (asked, lowered) = self.max_select_fd(sets, n)?;
        let mut state = PollWqueues::new(PollKind::Select, lowered, asked);
        let beyond = |fd: &&Fd| **fd as usize >= bytes * 8;
        let beyond = sets.0.each_ref().map(|set| set.iter().flatten().filter(beyond).copied());
        state.beyond = beyond.map(Iterator::collect);
        state.sets = sets.0.each_ref().map(|set| set.as_ref().map(|_| bytes));
        state.updates_timeout = timeout_ns.is_some_and(|ns| ns > 0);
        Ok(self.poll_initwait(state, timeout_ns))
    }

    /// `max_select_fd()`: that every bit stands for an open descriptor, one with `O_PATH` too; and
    /// the highest bit plus 1.
    fn max_select_fd(&self, sets: &FdSets, n: usize) -> Result<(Vec<Asked>, usize), Errno> {
        let limit = Fd::try_from(n).unwrap_or(Fd::MAX);
        // The three bits of each number, side by side.
        let mut bits = vec![0_u8; n];
        for (at, set) in sets.0.iter().enumerate() {
            for fd in set.iter().flatten().filter(|fd| (0..limit).contains(*fd)) {
                bits[*fd as usize] |= 1 << at;
            }
        }
        let taken = || (0..limit).zip(&bits).filter(|(_, bits)| **bits != 0);
        let process = &self.processes[self.tasks[self.current()].process];
        // A number that a call under way has taken is open as far as the bitmap goes.
        let is_open = |fd: Fd| process.slot(fd).is_some() || process.reserved.contains(&fd);
        if !taken().all(|(fd, _)| is_open(fd)) {
            return Err(Errno::EBADF);
        }
        let lowered = bits.iter().rposition(|bits| *bits != 0).map_or(0, |highest| highest + 1);
        let asked = taken().map(|(fd, bits)| {
            let inside = [0, 1, 2].map(|set| bits & 1 << set != 0);
            let filter = SETS.iter().zip(inside).filter(|(_, inside)| *inside);
            let filter = filter.fold(Events::empty(), |all, (set, _)| all | *set);
            Asked { fd, key: filter | POLLEX_SET, filter, sets: inside, revents: Events::empty() }
        });
        Ok((asked.collect(), lowered))
    }

    /// `poll_initwait()`, and the deadline.
    fn poll_initwait(&mut self, mut state: PollWqueues, timeout_ns: Option<Nanos>) -> Flow {
        let task = self.current();
        let deadline_ns = timeout_ns.map(|ns| self.now_ns.saturating_add(ns));
        // A call that is made anew has what was left of its time, and has slept already.
        let restarted = self.tasks[task].restart_ns.take();
        let deadline_ns = restarted.or(deadline_ns);
        let left = deadline_ns.map(|deadline_ns| deadline_ns.saturating_sub(self.now_ns));
        let slack_ns = left.map_or(0, select_estimate_accuracy);
        let timed_out = match restarted {
            Some(deadline_ns) => deadline_ns <= self.now_ns,
            None => timeout_ns == Some(0),
        };
        state.hooking = !timed_out;
        let PollWqueues { kind, nfds, hooking, .. } = state;
        let asked = state.asked.len();
        self.tasks[task].poll = Some(Box::new(state));
        self.emit(|| EventKind::PollBegin {
            task,
            kind,
            nfds: size(nfds),
            asked: size(asked),
            hooking,
        });
        Flow::Become(Frame::Poll(PollFrame::new(kind, (deadline_ns, slack_ns), timed_out)))
    }
}

impl PollWqueues {
    fn new(kind: PollKind, nfds: usize, asked: Vec<Asked>) -> PollWqueues {
        PollWqueues {
            kind,
            nfds,
            asked,
            hooking: true,
            entries: Vec::new(),
            triggered: false,
            passes: 0,
            asking: None,
            sets: [None; 3],
            beyond: [const { Vec::new() }; 3],
            updates_timeout: false,
        }
    }
}
