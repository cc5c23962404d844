//! epoll. Linux 6.18, `fs/eventpoll.c`.
//!
//! The modules follow the life of an item: `ctl` puts it into an interest set, `callback` makes it
//! ready, `wait` is the task that waits for that, `scan` hands it over, `nested` is an instance
//! watched by another, `release` is the end of files and instances.
//!
//! `wakeup` is `EPOLLWAKEUP`, `ioctl` the parameters of busy polling.
//!
//! Leaves out: busy polling itself, and RCU: what Linux frees after a grace period goes at once here.

mod callback;
mod ctl;
mod ioctl;
mod nested;
mod release;
mod scan;
mod wait;
mod wakeup;

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use super::abi::{EpollEvent, Errno, Events, Fd, O_CLOEXEC, O_RDWR};
use super::cx::Cx;
use super::file::FileObject;
use super::ids::{EpitemKey, EventpollKey, FileKey, PwqKey, TaskKey, WaitEntryKey, WaitQueueKey};
use super::list::{Link, Linked, List};
use super::rbtree::{RbNode, RbRoot};
use super::syscall::EpollParams;
use crate::trace::event::{Alloc, FileKind, TaskState};
use crate::trace::{EventKind, Func, Sink};

pub(crate) use self::ctl::CtlFrame;
pub(crate) use self::nested::EpollPollFrame;
pub(crate) use self::release::ReleaseFrame;
pub(crate) use self::scan::SendEventsFrame;
pub(crate) use self::wait::EpPollFrame;
pub(crate) use self::wakeup::WakeupSource;

/// The most links in a chain of nested instances. Linux 6.18, `fs/eventpoll.c: EP_MAX_NESTS`.
pub const EP_MAX_NESTS: usize = 4;

/// The most events that one call can ask for. Linux 6.18, `fs/eventpoll.c: EP_MAX_EVENTS`.
pub const EP_MAX_EVENTS: i32 = i32::MAX / EpollEvent::BYTES as i32;

/// `struct eventpoll`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Eventpoll {
    pub(crate) mtx: Mutex,
    /// Tasks in `epoll_wait`.
    pub(crate) wq: WaitQueueKey,
    /// Those who watch this instance's own file.
    pub(crate) poll_wait: WaitQueueKey,
    pub(crate) rdllist: List<EpitemKey>,
    /// The interest set.
    pub(crate) rbr: RbRoot,
    pub(crate) ovflist: Ovflist,
    /// The private list of the scan under way; in Linux a variable on the scanning task's stack.
    pub(crate) txlist: List<EpitemKey>,
    /// The instance's own file.
    pub(crate) file: FileKey,
    /// `ws`: held while an item with `EPOLLWAKEUP` is handed over.
    pub(crate) ws: Option<WakeupSource>,
    /// `busy_poll_usecs`, `busy_poll_budget`, `prefer_busy_poll`
    pub(crate) params: EpollParams,
}

/// `ep->ovflist`: items that fire during a scan, as a chain through the items themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Ovflist {
    /// `EP_UNACTIVE_PTR`: no scan is under way.
    Unactive,
    /// A scan is under way; the item that fired last.
    Active(Option<EpitemKey>),
}

/// `struct epitem`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Epitem {
    pub(crate) rbn: RbNode,
    rdllink: Link<EpitemKey>,
    ovflist_next: OvflistNext,
    pub(crate) ffd: EpollFilefd,
    /// The newest hook; the others follow by `next`.
    pub(crate) pwqlist: Option<PwqKey>,
    pub(crate) ep: EventpollKey,
    fllink: Link<EpitemKey>,
    pub(crate) event: EpollEvent,
    /// `ws`: held while the item is ready.
    pub(crate) ws: Option<WakeupSource>,
}

/// `epi->ovflist_next`
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum OvflistNext {
    /// `EP_UNACTIVE_PTR`: not on the list.
    Unactive,
    /// On it; the item that fired before this one, or the null key.
    Linked(EpitemKey),
}

/// `struct epoll_filefd`: the key of an item. Holds no reference to the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct EpollFilefd {
    pub(crate) file: FileKey,
    /// The file's address, which is what is compared.
    pub(crate) addr: u64,
    pub(crate) fd: Fd,
}

impl EpollFilefd {
    /// `ep_cmp_ffd()` compares these: the address, then the number.
    pub(crate) fn key(&self) -> (u64, i32) {
        (self.addr, self.fd)
    }
}

/// `struct eppoll_entry`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct EppollEntry {
    pub(crate) next: Option<PwqKey>,
    /// The item it belongs to.
    pub(crate) base: EpitemKey,
    /// Its entry in the file's queue.
    pub(crate) wait: WaitEntryKey,
}

/// `struct mutex`: first come, first served.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Mutex {
    pub(crate) owner: Option<TaskKey>,
    pub(crate) waiters: VecDeque<TaskKey>,
}

/// The link of an item in `rdllist` or a scan's `txlist`: `rdllink`.
pub(crate) struct ReadyLink;
/// The link of an item in its file's list of items: `fllink`.
pub(crate) struct FileItemLink;

impl Linked<ReadyLink, EpitemKey> for Epitem {
    fn link(&self) -> &Link<EpitemKey> {
        &self.rdllink
    }
    fn link_mut(&mut self) -> &mut Link<EpitemKey> {
        &mut self.rdllink
    }
}

impl Linked<FileItemLink, EpitemKey> for Epitem {
    fn link(&self) -> &Link<EpitemKey> {
        &self.fllink
    }
    fn link_mut(&mut self) -> &mut Link<EpitemKey> {
        &mut self.fllink
    }
}

impl Epitem {
    /// An item on no list and in no tree.
    pub(crate) fn unlinked(ep: EventpollKey, ffd: EpollFilefd) -> Epitem {
        Epitem {
            rbn: RbNode::default(),
            rdllink: Link::default(),
            ovflist_next: OvflistNext::Unactive,
            ffd,
            pwqlist: None,
            ep,
            fllink: Link::default(),
            event: EpollEvent::default(),
            ws: None,
        }
    }

    /// `ep_is_linked()`
    pub(crate) fn is_linked(&self) -> bool {
        self.rdllink.is_linked()
    }

    /// The item on `ovflist` that fired before this one.
    #[cfg(test)]
    #[cfg(not(target_arch = "wasm32"))]
    pub(crate) fn ovflist_before(&self) -> Option<EpitemKey> {
        match self.ovflist_next {
            OvflistNext::Unactive => None,
            OvflistNext::Linked(next) => next.or_none(),
        }
    }

    pub(crate) fn is_on_ovflist(&self) -> bool {
        self.ovflist_next != OvflistNext::Unactive
    }
}

impl Eventpoll {
    /// `ep_events_available()`: something is ready, or a scan is under way that may leave something.
    pub(crate) fn events_available(&self) -> bool {
        !self.rdllist.is_empty() || self.ovflist != Ovflist::Unactive
    }
}

impl<S: Sink> Cx<'_, S> {
    /// `do_epoll_create()`
    pub(crate) fn do_epoll_create(&mut self, flags: i32) -> Result<i64, Errno> {
        if flags & !O_CLOEXEC != 0 {
            return Err(Errno::EINVAL);
        }
        self.within(Func::do_epoll_create, |cx| {
            if cx.alloc_fails(Alloc::Eventpoll) {
                return Err(Errno::ENOMEM);
            }
            cx.check_unused_fds(1)?;
            cx.check_new_file()?;
            let (wq, poll_wait) = (cx.wait_queue_new(), cx.wait_queue_new());
            let ep = cx.eventpolls.insert(Eventpoll {
                mtx: Mutex::default(),
                wq,
                poll_wait,
                rdllist: List::default(),
                rbr: RbRoot::default(),
                ovflist: Ovflist::Unactive,
                txlist: List::default(),
                file: FileKey::default(),
                ws: None,
                params: EpollParams::default(),
            });
            cx.emit(|| EventKind::EventpollNew { ep, wq, poll_wait });
            let file = cx.file_new(FileObject::Eventpoll(ep), FileKind::Eventpoll(ep), O_RDWR);
            cx.eventpolls[ep].file = file;
            Ok(cx.fd_alloc(file).into())
        })
    }

    /// The instance behind a file, if it is one: `is_file_epoll()` and `private_data`.
    pub(crate) fn file_eventpoll(&self, file: FileKey) -> Option<EventpollKey> {
        match self.files[file].object {
            FileObject::Eventpoll(ep) => Some(ep),
            _ => None,
        }
    }

    /// `mutex_lock(&ep->mtx)`; false if it is held: the task is in line then, and must sleep and
    /// try again.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    pub(crate) fn mutex_lock(&mut self, ep: EventpollKey) -> bool {
        let task = self.current();
        let mtx = &mut self.eventpolls[ep].mtx;
        if mtx.owner.is_none() && mtx.waiters.is_empty() {
            mtx.owner = Some(task);
            self.emit(|| EventKind::MtxLock { ep, task });
            return true;
        }
        self.mutex_lock_contended(ep, task)
    }

    #[cold]
    #[inline(never)]
    fn mutex_lock_contended(&mut self, ep: EventpollKey, task: TaskKey) -> bool {
        let mtx = &mut self.eventpolls[ep].mtx;
        let free = mtx.owner.is_none() && mtx.waiters.front().is_none_or(|first| *first == task);
        if free {
            mtx.owner = Some(task);
            mtx.waiters.pop_front();
            self.emit(|| EventKind::MtxLock { ep, task });
        } else if !mtx.waiters.contains(&task) {
            mtx.waiters.push_back(task);
            self.emit(|| EventKind::MtxWait { ep, task });
        }
        free
    }

    /// `mutex_unlock(&ep->mtx)`: wakes the first in line.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    pub(crate) fn mutex_unlock(&mut self, ep: EventpollKey) {
        let mtx = &mut self.eventpolls[ep].mtx;
        mtx.owner = None;
        let first = mtx.waiters.front().copied();
        self.emit(|| EventKind::MtxUnlock { ep });
        if let Some(task) = first {
            self.try_to_wake_up(task);
        }
    }

    /// How a task sleeps on a mutex.
    #[cold]
    pub(crate) fn mutex_sleep(frame: super::task::Frame) -> super::task::Flow {
        super::task::Flow::Sleep(frame, TaskState::Uninterruptible)
    }

    pub(crate) fn spin_lock(&mut self, ep: EventpollKey) {
        self.emit(|| EventKind::SpinLock { ep });
    }

    pub(crate) fn spin_unlock(&mut self, ep: EventpollKey) {
        self.emit(|| EventKind::SpinUnlock { ep });
    }

    /// `ep_item_poll()` of an item whose file is not an instance: what is ready and asked for.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    pub(crate) fn ep_item_poll(
        &mut self,
        epi: EpitemKey,
        file: FileKey,
        table: super::file::PollTable,
    ) -> Events {
        let caller = self.enter(Func::ep_item_poll);
        let mask = self.vfs_poll(file, table);
        let revents = self.item_polled(epi, mask);
        self.leave(caller);
        revents
    }

    /// The end of `ep_item_poll()`: what of `mask` the item asks for.
    #[inline]
    pub(crate) fn item_polled(&mut self, epi: EpitemKey, mask: Events) -> Events {
        let revents = mask & self.epitems[epi].event.events;
        self.emit(|| EventKind::ItemPoll { epi, mask, revents });
        revents
    }
}
