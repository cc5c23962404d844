//! `epoll_ctl`: the interest set changes.
//!
//! Linux 6.18, `fs/eventpoll.c: do_epoll_ctl(), ep_insert(), ep_modify(), ep_remove(),
//! ep_ptable_queue_proc()`. Differs: `epnested_mutex` and the inner instance's `mtx` during
//! `attach_epitem()` are not modelled, since nothing sleeps with them held.

use serde::{Deserialize, Serialize};

use super::{Epitem, EpollFilefd, EpollPollFrame, EppollEntry, FileItemLink, ReadyLink};
use crate::kernel::abi::{
    EPOLL_CTL_ADD, EPOLL_CTL_DEL, EPOLL_CTL_MOD, EpollEvent, Errno, Events, Fd,
};
use crate::kernel::cx::Cx;
use crate::kernel::file::PollTable;
use crate::kernel::ids::{EpitemKey, EventpollKey, FileKey, WaitQueueKey};
use crate::kernel::rbtree::{Place, Rb};
use crate::kernel::syscall::Reply;
use crate::kernel::task::{Flow, Frame, Ret};
use crate::kernel::wait::Join;
use crate::trace::event::{Alloc, End, EpitemNew, Point, ReadyList, Waiter};
use crate::trace::{EventKind, Func, Sink};

/// Progress of `do_epoll_ctl()`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CtlFrame {
    ep: EventpollKey,
    op: i32,
    target: FileKey,
    fd: Fd,
    event: EpollEvent,
    stage: CtlStage,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum CtlStage {
    /// About to take `ep->mtx`.
    Lock,
    /// `ep_insert()`: the item is in the tree; its file is asked, and hooks the item.
    Arm(EpitemKey),
    /// `ep_insert()` or `ep_modify()`: the file has answered.
    Armed(EpitemKey, Events),
    /// `ep_modify()`: the file is asked, and hooks nothing.
    Ask(EpitemKey),
}

impl CtlFrame {
    pub(crate) fn func(&self) -> Func {
        match self.stage {
            CtlStage::Lock => Func::do_epoll_ctl,
            CtlStage::Arm(_) | CtlStage::Armed(..) => Func::ep_insert,
            CtlStage::Ask(_) => Func::ep_modify,
        }
    }

    /// Goes on after it slept, stopped, or asked an instance.
    #[cold]
    #[inline(never)]
    pub(crate) fn step<S: Sink>(self, cx: &mut Cx<'_, S>, returned: Ret) -> Flow {
        match (self.stage, returned) {
            (CtlStage::Lock, _) => self.go(cx),
            (CtlStage::Arm(epi) | CtlStage::Ask(epi), Ret::Mask(mask)) => {
                let revents = cx.item_polled(epi, mask);
                self.asked(cx, epi, revents)
            }
            (CtlStage::Arm(_) | CtlStage::Ask(_), other) => {
                unreachable!("ep_eventpoll_poll gave {other:?}")
            }
            (CtlStage::Armed(epi, revents), _) => self.armed(cx, epi, revents),
        }
    }

    /// Takes `ep->mtx`, and does what is to be done with it held.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn go<S: Sink>(self, cx: &mut Cx<'_, S>) -> Flow {
        let CtlFrame { ep, op, target, fd, event, .. } = self;
        if !cx.mutex_lock(ep) {
            return Cx::<S>::mutex_sleep(Frame::EpollCtl(self));
        }
        let full_check = op == EPOLL_CTL_ADD && cx.needs_full_check(ep, target);
        if full_check && let Err(errno) = cx.ep_loop_check(ep, target) {
            return unlock(cx, ep, Err(errno));
        }
        let found = match cx.newest_watch(ep, target, fd) {
            Some(epi) if op != EPOLL_CTL_ADD => Ok(epi),
            _ => cx.ep_find(ep, target, fd),
        };
        let event = EpollEvent { events: event.events | Events::ALWAYS, ..event };
        match (op, found) {
            (EPOLL_CTL_MOD, Ok(epi)) => {
                let (kernel, tracer) = cx.parts();
                let item = &mut kernel.epitems[epi];
                if item.event.events.contains(Events::EPOLLEXCLUSIVE) {
                    return unlock(cx, ep, Err(Errno::EINVAL));
                }
                tracer.enter(Func::ep_modify);
                item.event = event;
                let EpollEvent { events, data } = event;
                tracer.emit(|| EventKind::EpitemEvent { epi, events, data });
                if events.contains(Events::EPOLLWAKEUP) != item.ws.is_some() {
                    cx.ep_modify_wakeup_source(epi);
                }
                self.ask(cx, CtlStage::Ask(epi), epi)
            }
            (EPOLL_CTL_ADD, Err(place)) => {
                cx.enter(Func::ep_insert);
                match cx.ep_insert(ep, (target, fd), event, place, full_check) {
                    Ok(epi) => self.ask(cx, CtlStage::Arm(epi), epi),
                    Err(errno) => {
                        cx.leave(Func::do_epoll_ctl);
                        unlock(cx, ep, Err(errno))
                    }
                }
            }
            (EPOLL_CTL_DEL, Ok(epi)) => {
                cx.ep_remove(epi);
                unlock(cx, ep, Ok(0))
            }
            (EPOLL_CTL_ADD, Ok(_)) => unlock(cx, ep, Err(Errno::EEXIST)),
            (EPOLL_CTL_DEL | EPOLL_CTL_MOD, Err(_)) => unlock(cx, ep, Err(Errno::ENOENT)),
            _ => unlock(cx, ep, Err(Errno::EINVAL)),
        }
    }

    /// Asks the item's file what is ready; a file that is an instance takes a frame of its own.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn ask<S: Sink>(self, cx: &mut Cx<'_, S>, stage: CtlStage, epi: EpitemKey) -> Flow {
        let this = CtlFrame { stage, ..self };
        let table =
            if let CtlStage::Arm(epi) = stage { PollTable::Arm(epi) } else { PollTable::JustAsk };
        match cx.file_eventpoll(self.target) {
            None => {
                let revents = cx.ep_item_poll(epi, self.target, table);
                this.asked(cx, epi, revents)
            }
            Some(inner) => {
                let poll = EpollPollFrame::new(inner, table);
                Flow::call(Frame::EpollCtl(this), Frame::EpollPoll(poll))
            }
        }
    }

    /// The file has answered.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn asked<S: Sink>(self, cx: &mut Cx<'_, S>, epi: EpitemKey, revents: Events) -> Flow {
        if matches!(self.stage, CtlStage::Arm(_)) {
            if cx.alloc_failed() {
                cx.ep_remove(epi);
                cx.leave(Func::do_epoll_ctl);
                return unlock(cx, self.ep, Err(Errno::ENOMEM));
            }
            if !cx.passes(Point::Armed) {
                let stage = CtlStage::Armed(epi, revents);
                return Flow::Point(Frame::EpollCtl(CtlFrame { stage, ..self }), Point::Armed);
            }
        }
        self.armed(cx, epi, revents)
    }

    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn armed<S: Sink>(self, cx: &mut Cx<'_, S>, epi: EpitemKey, revents: Events) -> Flow {
        cx.ep_ready_at_once(self.ep, epi, revents);
        cx.leave(Func::do_epoll_ctl);
        unlock(cx, self.ep, Ok(0))
    }
}

#[cfg_attr(not(target_arch = "wasm32"), inline(always))]
fn unlock<S: Sink>(cx: &mut Cx<'_, S>, ep: EventpollKey, result: Result<i64, Errno>) -> Flow {
    cx.mutex_unlock(ep);
    cx.gives(result.map(Reply::Int))
}

impl<S: Sink> Cx<'_, S> {
    /// `epoll_ctl(2)` up to the lock: the argument checks, in Linux's order.
    pub(crate) fn do_epoll_ctl(
        &mut self,
        epfd: Fd,
        op: i32,
        fd: Fd,
        event: Option<EpollEvent>,
    ) -> Flow {
        match self.ctl_checks(epfd, op, fd, event) {
            Ok(frame) => self.begin(Func::do_epoll_ctl, |cx| frame.go(cx)),
            Err(errno) => Flow::fail(errno),
        }
    }

    #[inline]
    fn ctl_checks(
        &mut self,
        epfd: Fd,
        op: i32,
        fd: Fd,
        event: Option<EpollEvent>,
    ) -> Result<CtlFrame, Errno> {
        let event = match event {
            _ if op == EPOLL_CTL_DEL => EpollEvent::default(),
            Some(event) => event,
            None => return Err(Errno::EFAULT),
        };
        if op != EPOLL_CTL_DEL && self.copy_faults(0, 1) {
            return Err(Errno::EFAULT);
        }
        let [epfile, target] = self.fget_all([epfd, fd])?;
        if !self.files[target].can_poll() {
            return Err(Errno::EPERM);
        }
        // ep_take_care_of_epollwakeup()
        let mut events = event.events;
        events.set(
            Events::EPOLLWAKEUP,
            events.contains(Events::EPOLLWAKEUP) && self.config.cap_block_suspend,
        );
        let ep = self.file_eventpoll(epfile).filter(|_| epfile != target).ok_or(Errno::EINVAL)?;
        if op != EPOLL_CTL_DEL && events.contains(Events::EPOLLEXCLUSIVE) {
            let nested = self.file_eventpoll(target).is_some();
            let beside = !events.difference(Events::EXCLUSIVE_OK).is_empty();
            if op == EPOLL_CTL_MOD || op == EPOLL_CTL_ADD && (nested || beside) {
                return Err(Errno::EINVAL);
            }
        }
        let event = EpollEvent { events, ..event };
        let stage = CtlStage::Lock;
        Ok(CtlFrame { ep, op, target, fd, event, stage })
    }

    /// `ep_find()`
    #[inline]
    fn ep_find(&mut self, ep: EventpollKey, file: FileKey, fd: Fd) -> Result<EpitemKey, Place> {
        let key = (self.files[file].addr, fd);
        self.within(Func::ep_find, |cx| Rb::new(cx, ep).find(key))
    }

    /// The item that [`Self::ep_find`] would come to, if it is the newest that watches the file.
    /// Linux always goes down the tree, which only a listener notices.
    #[inline]
    fn newest_watch(&self, ep: EventpollKey, file: FileKey, fd: Fd) -> Option<EpitemKey> {
        let newest = if S::ACTIVE { None } else { self.files[file].f_ep.first() };
        newest.filter(|epi| {
            let item = &self.epitems[*epi];
            item.ep == ep && item.ffd.fd == fd
        })
    }

    /// `ep_insert()` up to the arming.
    fn ep_insert(
        &mut self,
        ep: EventpollKey,
        (file, fd): (FileKey, Fd),
        event: EpollEvent,
        place: Place,
        full_check: bool,
    ) -> Result<EpitemKey, Errno> {
        if self.epoll_watches >= self.config.max_user_watches {
            return Err(Errno::ENOSPC);
        }
        self.watches_changed(1);
        if self.may_fault && self.ep_insert_alloc_fails(file) {
            self.watches_changed(-1);
            return Err(Errno::ENOMEM);
        }
        let addr = self.files[file].addr;
        let ffd = EpollFilefd { file, addr, fd };
        let epi = self.epitems.insert(Epitem { event, ..Epitem::unlinked(ep, ffd) });
        let EpollEvent { events, data } = event;
        self.emit(|| EventKind::EpitemNew(Box::new(EpitemNew { epi, ep, file, fd, events, data })));
        let kernel = &mut **self;
        let list = &mut kernel.files[file].f_ep;
        list.push_front::<FileItemLink, _>(&mut kernel.epitems, epi);
        self.emit(|| EventKind::FileLink { file, epi });
        Rb::new(self, ep).insert(epi, place);
        if full_check && !self.reverse_path_check(file) {
            self.ep_remove(epi);
            return Err(Errno::EINVAL);
        }
        if event.events.contains(Events::EPOLLWAKEUP)
            && let Err(errno) = self.ep_create_wakeup_source(epi)
        {
            self.ep_remove(epi);
            return Err(errno);
        }
        Ok(epi)
    }

    /// The allocations of `ep_insert()` up to the tree.
    #[cold]
    fn ep_insert_alloc_fails(&mut self, file: FileKey) -> bool {
        let heads = self.file_eventpoll(file).is_none() && self.files[file].f_ep.is_empty();
        self.alloc_fails(Alloc::Epitem) || heads && self.alloc_fails(Alloc::EpitemsHead)
    }

    /// `ep_ptable_queue_proc()`: hooks an item into a queue that its file names.
    pub(crate) fn ep_ptable_queue_proc(&mut self, epi: EpitemKey, wq: WaitQueueKey) {
        self.within(Func::ep_ptable_queue_proc, |cx| {
            if cx.alloc_failed() || cx.alloc_fails(Alloc::EppollEntry) {
                return;
            }
            let exclusive = cx.epitems[epi].event.events.contains(Events::EPOLLEXCLUSIVE);
            let join = if exclusive { Join::ExclusiveTail } else { Join::Head };
            let entry = cx.add_wait_queue(wq, Waiter::Epitem(epi), join);
            let (kernel, _) = cx.parts();
            let item = &mut kernel.epitems[epi];
            let next = item.pwqlist;
            let pwq = kernel.pwqs.insert(EppollEntry { next, base: epi, wait: entry });
            item.pwqlist = Some(pwq);
            cx.emit(|| EventKind::PwqNew { pwq, epi, entry });
        });
    }

    /// The end of `ep_insert()` and `ep_modify()`: a file that is ready now puts its item on the
    /// ready list and wakes a waiter, as if it had just become ready.
    #[inline]
    fn ep_ready_at_once(&mut self, ep: EventpollKey, epi: EpitemKey, revents: Events) {
        self.spin_lock(ep);
        if revents.is_empty() || self.epitems[epi].is_linked() {
            self.spin_unlock(ep);
        } else {
            self.ep_ready_now(ep, epi);
        }
    }

    /// Unlocks `ep->lock`.
    fn ep_ready_now(&mut self, ep: EventpollKey, epi: EpitemKey) {
        let super::Eventpoll { wq, poll_wait, .. } = self.eventpolls[ep];
        self.rdllist_add(ep, epi, End::Tail);
        self.pm_stay_awake(ep, Some(epi));
        self.wake_up(wq, 1, Events::empty());
        let wake_outer = self.waitqueue_active(poll_wait);
        self.spin_unlock(ep);
        if wake_outer {
            self.ep_poll_safewake(ep);
        }
    }

    /// `ep_remove()`: `DEL`, or an insert undone. Preconditions: `mtx` is held and no scan is under
    /// way, so the item is not on `ovflist`.
    pub(crate) fn ep_remove(&mut self, epi: EpitemKey) {
        self.within(Func::ep_remove, |cx| {
            let item = &cx.epitems[epi];
            let (ep, file, has_ws) = (item.ep, item.ffd.file, item.ws.is_some());
            cx.ep_unregister_pollwait(epi);
            let kernel = &mut **cx;
            let list = &mut kernel.files[file].f_ep;
            list.remove::<FileItemLink, _>(&mut kernel.epitems, epi);
            cx.emit(|| EventKind::FileUnlink { file, epi });
            Rb::new(cx, ep).erase(epi);
            cx.spin_lock(ep);
            if cx.epitems[epi].is_linked() {
                cx.rdllist_del(ep, epi, ReadyList::Rdllist);
            }
            cx.spin_unlock(ep);
            if has_ws {
                cx.wakeup_source_unregister(ep, Some(epi));
            }
            cx.epitems.remove(epi);
            cx.emit(|| EventKind::EpitemFree { epi });
            cx.watches_changed(-1);
        });
    }

    /// `ep_unregister_pollwait()`: takes all hooks of an item out of their queues.
    pub(crate) fn ep_unregister_pollwait(&mut self, epi: EpitemKey) {
        while let Some(pwq) = self.epitems[epi].pwqlist {
            let EppollEntry { next, wait, .. } = self.pwqs[pwq];
            self.remove_wait_queue(wait);
            self.pwqs.remove(pwq);
            self.epitems[epi].pwqlist = next;
            self.emit(|| EventKind::PwqFree { pwq, epi });
        }
    }

    pub(crate) fn epitem_set_event(&mut self, epi: EpitemKey, event: EpollEvent) {
        self.epitems[epi].event = event;
        let EpollEvent { events, data } = event;
        self.emit(|| EventKind::EpitemEvent { epi, events, data });
    }

    /// Puts an item on `rdllist`. Preconditions: it is not linked.
    pub(crate) fn rdllist_add(&mut self, ep: EventpollKey, epi: EpitemKey, at: End) {
        let kernel = &mut **self;
        let list = &mut kernel.eventpolls[ep].rdllist;
        match at {
            End::Head => list.push_front::<ReadyLink, _>(&mut kernel.epitems, epi),
            End::Tail => list.push_back::<ReadyLink, _>(&mut kernel.epitems, epi),
        }
        self.emit(|| EventKind::ReadyLink { ep, epi, list: ReadyList::Rdllist, at });
    }

    /// Takes an item off a ready list. Preconditions: it is on that list.
    pub(crate) fn rdllist_del(&mut self, ep: EventpollKey, epi: EpitemKey, list: ReadyList) {
        let kernel = &mut **self;
        let from = match list {
            ReadyList::Rdllist => &mut kernel.eventpolls[ep].rdllist,
            ReadyList::Txlist => &mut kernel.eventpolls[ep].txlist,
        };
        from.remove::<ReadyLink, _>(&mut kernel.epitems, epi);
        self.emit(|| EventKind::ReadyUnlink { ep, epi, list });
    }

    fn watches_changed(&mut self, by: i64) {
        self.epoll_watches = self.epoll_watches.wrapping_add_signed(by);
        let count = self.epoll_watches;
        self.emit(|| EventKind::Watches { count });
    }
}
