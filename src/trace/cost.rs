//! What the calls cost: counters for `epoll`, `poll` and `select`, kept by folding events.
//!
//! Not a part of the kernel: where nobody listens, nothing is counted. Memory is counted in Linux's
//! own sizes, not in ours.

use litemap::LiteMap;

use serde::Serialize;

use super::event::{Context, Event, EventKind, FileKind, PollKind, TaskState, Waiter};
use crate::kernel::abi::{EPOLL_CTL_DEL, EpollEvent};
use crate::kernel::ids::{FileKey, TaskKey, WaitEntryKey};
use crate::kernel::syscall::{Reply, SysResult, Syscall};

/// `struct epitem`, in its slab.
const EPITEM_BYTES: u64 = 128;
/// `struct eppoll_entry`, in its slab.
const EPPOLL_ENTRY_BYTES: u64 = 64;
/// `struct epitems_head`: one for each watched file that is no instance.
const EPITEMS_HEAD_BYTES: u64 = 16;
/// `struct eventpoll`, in its slab.
const EVENTPOLL_BYTES: u64 = 256;
const PAGE_BYTES: u64 = 4096;
/// The head of a `struct poll_list`; a `struct pollfd` has 8.
const POLL_LIST_BYTES: u64 = 16;
const POLLFD_BYTES: u64 = 8;
/// The bitmaps of a `select`: three in, three out.
const BITMAPS: u64 = 6;

/// Counters of one kind of call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Cost {
    /// System calls made.
    pub syscalls: u64,
    /// Bytes copied from user memory into the kernel.
    pub bytes_in: u64,
    /// Bytes copied from the kernel into user memory.
    pub bytes_out: u64,
    /// Allocations.
    pub allocations: u64,
    /// Bytes allocated.
    pub allocated_bytes: u64,
    /// Entries hooked into wait queues of files.
    pub armed: u64,
    /// Entries unhooked.
    pub disarmed: u64,
    /// Files asked what is ready: calls of a file's poll operation.
    pub file_polls: u64,
    /// Descriptors looked at; for `select` bits, for `epoll` items of a ready list.
    pub looked_at: u64,
    /// Wake-up functions run: `ep_poll_callback`, `pollwake`.
    pub callbacks: u64,
    /// Wake-ups after which the call returned something.
    pub wakeups_useful: u64,
    /// Wake-ups after which it found nothing: it slept again, or returned empty.
    pub wakeups_spurious: u64,
}

/// Which family of calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Family {
    /// `epoll_create`, `epoll_ctl`, `epoll_wait` and their kin.
    Epoll,
    /// `poll`, `ppoll`
    Poll,
    /// `select`, `pselect`
    Select,
}

impl Family {
    /// The family of a call, if it is of one.
    pub fn of(call: &Syscall) -> Option<Family> {
        match call {
            Syscall::Poll { .. } | Syscall::Ppoll { .. } => Some(Family::Poll),
            Syscall::Select { .. } | Syscall::Pselect { .. } => Some(Family::Select),
            call if call.name().starts_with("epoll_") => Some(Family::Epoll),
            _ => None,
        }
    }
}

/// All counters.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Costs {
    /// Of the epoll calls.
    pub epoll: Cost,
    /// Of `poll` and `ppoll`.
    pub poll: Cost,
    /// Of `select` and `pselect`.
    pub select: Cost,
    #[serde(skip)]
    tasks: LiteMap<TaskKey, Doing>,
    /// Whose a wait-queue entry of a `poll` or `select` is.
    #[serde(skip)]
    pollers: LiteMap<WaitEntryKey, TaskKey>,
    /// Files that are no instance, with the number of items that watch each.
    #[serde(skip)]
    watched: LiteMap<FileKey, usize>,
}

/// What a task is doing, as far as it is counted.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Doing {
    family: Option<Family>,
    sleeps: bool,
    /// It was woken, and it is not known yet whether for anything.
    woken: bool,
}

impl Costs {
    /// The counters of a family.
    pub fn of(&self, family: Family) -> &Cost {
        match family {
            Family::Epoll => &self.epoll,
            Family::Poll => &self.poll,
            Family::Select => &self.select,
        }
    }

    fn of_mut(&mut self, family: Family) -> &mut Cost {
        match family {
            Family::Epoll => &mut self.epoll,
            Family::Poll => &mut self.poll,
            Family::Select => &mut self.select,
        }
    }

    /// Counts what an event costs.
    pub fn apply(&mut self, event: &Event) {
        self.apply_task(event);
        self.apply_epoll(event);
        self.apply_poll(event);
    }

    fn apply_task(&mut self, event: &Event) {
        match &event.kind {
            EventKind::SyscallEnter { task, call } => {
                let call = call.get();
                let family = Family::of(&call);
                self.tasks.insert(task.key(), Doing { family, ..Doing::default() });
                let Some(family) = family else { return };
                let cost = self.of_mut(family);
                cost.syscalls += 1;
                if let Syscall::EpollCtl { op, event: Some(_), .. } = call.as_ref()
                    && *op != EPOLL_CTL_DEL
                {
                    cost.bytes_in += EpollEvent::BYTES as u64;
                }
            }
            EventKind::SyscallExit { task, result } => {
                self.settle(*task, is_something(&result.get()));
                self.tasks.remove(task);
            }
            EventKind::TaskState { task, state } => {
                let sleeps = *state == TaskState::Interruptible;
                if sleeps {
                    self.settle(*task, false);
                }
                if let Some(doing) = self.tasks.get_mut(task) {
                    doing.sleeps = sleeps || doing.sleeps && *state == TaskState::Runnable;
                }
            }
            // The timer wakes too, but that is a timeout; and so does a mutex.
            EventKind::Wakeup { task, woken: true } if event.by() != Context::Hardirq => {
                if let Some(doing) = self.tasks.get_mut(task) {
                    doing.woken |= doing.sleeps;
                }
            }
            EventKind::CopyFromUser { task, bytes } => {
                self.doing(*task, |cost| cost.bytes_in += u64::from(*bytes));
            }
            EventKind::CopyToUser { task, bytes } => {
                self.doing(*task, |cost| cost.bytes_out += u64::from(*bytes));
            }
            _ => {}
        }
    }

    fn apply_epoll(&mut self, event: &Event) {
        let epoll = &mut self.epoll;
        match &event.kind {
            EventKind::FileNew(new) if !matches!(new.kind, FileKind::Eventpoll(_)) => {
                self.watched.insert(new.file, 0);
            }
            EventKind::FileFree { file } => {
                self.watched.remove(file);
            }
            EventKind::EventpollNew { .. } => epoll.allocated(EVENTPOLL_BYTES),
            EventKind::EpitemNew(_) => epoll.allocated(EPITEM_BYTES),
            EventKind::FileLink { file, .. } => {
                if let Some(items) = self.watched.get_mut(file) {
                    *items += 1;
                    if *items == 1 {
                        epoll.allocated(EPITEMS_HEAD_BYTES);
                    }
                }
            }
            EventKind::FileUnlink { file, .. } => {
                if let Some(items) = self.watched.get_mut(file) {
                    *items -= 1;
                }
            }
            EventKind::PwqNew { .. } => {
                epoll.armed += 1;
                epoll.allocated(EPPOLL_ENTRY_BYTES);
            }
            EventKind::PwqFree { .. } => epoll.disarmed += 1,
            EventKind::Callback { .. } => epoll.callbacks += 1,
            EventKind::ItemPoll { .. } => {
                if let Some(family) = self.family_of(event) {
                    let cost = self.of_mut(family);
                    cost.file_polls += 1;
                    cost.looked_at += u64::from(family == Family::Epoll);
                }
            }
            EventKind::CopyOut { .. } => epoll.bytes_out += EpollEvent::BYTES as u64,
            _ => {}
        }
    }

    fn apply_poll(&mut self, event: &Event) {
        match &event.kind {
            EventKind::PollChunk { task, len } => self.doing(*task, |cost| {
                cost.allocated(POLL_LIST_BYTES + POLLFD_BYTES * u64::from(*len));
            }),
            EventKind::PollPage { task } => self.doing(*task, |cost| cost.allocated(PAGE_BYTES)),
            EventKind::SelectBitmaps { task, bytes, heap: true } => {
                self.doing(*task, |cost| cost.allocated(BITMAPS * u64::from(*bytes)));
            }
            EventKind::PollPass { task, nfds, .. } => {
                self.doing(*task, |cost| cost.looked_at += u64::from(*nfds));
            }
            EventKind::PollLook { task, file: Some(_), .. } => {
                self.doing(*task, |cost| cost.file_polls += 1);
            }
            EventKind::PollArm { task, .. } => self.doing(*task, |cost| cost.armed += 1),
            EventKind::PollDisarm { task, .. } => self.doing(*task, |cost| cost.disarmed += 1),
            EventKind::WaitEnqueue(new) => {
                if let Waiter::Poll { task, .. } = new.waiter {
                    self.pollers.insert(new.entry, task);
                }
            }
            EventKind::WaitDequeue { entry, .. } => {
                self.pollers.remove(entry);
            }
            EventKind::WakeEntry { entry, .. } => {
                if let Some(task) = self.pollers.get(entry) {
                    self.doing(*task, |cost| cost.callbacks += 1);
                }
            }
            _ => {}
        }
    }

    /// The family of the call in which an event happens.
    fn family_of(&self, event: &Event) -> Option<Family> {
        self.tasks.get(&event.by().task()?)?.family
    }

    fn doing(&mut self, task: TaskKey, count: impl FnOnce(&mut Cost)) {
        if let Some(family) = self.tasks.get(&task).and_then(|doing| doing.family) {
            count(self.of_mut(family));
        }
    }

    /// A task that was woken has found something, or not.
    fn settle(&mut self, task: TaskKey, found: bool) {
        let Some(doing) = self.tasks.get_mut(&task) else { return };
        if std::mem::take(&mut doing.woken) {
            self.doing(task, |cost| match found {
                true => cost.wakeups_useful += 1,
                false => cost.wakeups_spurious += 1,
            });
        }
    }
}

impl Cost {
    fn allocated(&mut self, bytes: u64) {
        self.allocations += 1;
        self.allocated_bytes += bytes;
    }
}

/// Whether a wait gave anything.
fn is_something(result: &SysResult) -> bool {
    match result {
        Ok(Reply::Events(events)) => !events.is_empty(),
        Ok(Reply::Polled(fds)) => !fds.is_empty(),
        Ok(Reply::Selected(sets)) => sets.iter().any(|set| !set.is_empty()),
        Ok(_) => true,
        Err(_) => false,
    }
}

impl From<PollKind> for Family {
    fn from(kind: PollKind) -> Family {
        match kind {
            PollKind::Poll => Family::Poll,
            PollKind::Select => Family::Select,
        }
    }
}

#[cfg(test)]
mod tests;
