//! Handing over: ready items are looked at once more and copied to the program.
//!
//! Linux 6.18, `fs/eventpoll.c: ep_start_scan(), ep_send_events(), ep_done_scan()`.

use serde::{Deserialize, Serialize};

use super::{EpollPollFrame, Ovflist, OvflistNext, ReadyLink};
use crate::kernel::abi::{EpollEvent, Errno, Events};
use crate::kernel::cx::Cx;
use crate::kernel::file::{PollTable, size};
use crate::kernel::ids::{EpitemKey, EventpollKey};
use crate::kernel::list::List;
use crate::kernel::task::{Flow, Frame, Ret};
use crate::trace::event::{End, Point, ReadyList};
use crate::trace::{EventKind, Func, Sink};

/// Progress of `ep_send_events()`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct SendEventsFrame {
    ep: EventpollKey,
    maxevents: i32,
    /// What was stored in the user's array so far.
    stored: Vec<EpollEvent>,
    stage: SendEvents,
}

/// Where in `ep_send_events()` a task is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum SendEvents {
    /// At the door, before `ep->mtx`.
    Enter,
    /// About to take `ep->mtx`.
    Lock,
    /// The item's file, an instance itself, is asked what is ready.
    Ask(EpitemKey),
    /// About to store the item's event.
    Copy(EpitemKey, Events),
}

impl SendEventsFrame {
    /// `stored` is empty: room for what will be stored.
    pub(crate) fn new(ep: EventpollKey, maxevents: i32, stored: Vec<EpollEvent>) -> Self {
        SendEventsFrame { ep, maxevents, stored, stage: SendEvents::Enter }
    }

    /// Goes on after it slept, stopped, or asked an instance.
    #[cold]
    #[inline(never)]
    pub(crate) fn step<S: Sink>(self, cx: &mut Cx<'_, S>, returned: Ret) -> Flow {
        match (self.stage, returned) {
            (SendEvents::Enter, _) => self.enter(cx),
            (SendEvents::Lock, _) => self.lock(cx),
            (SendEvents::Ask(epi), Ret::Mask(mask)) => {
                let revents = cx.item_polled(epi, mask);
                self.hand_over(cx, Some((epi, revents)), true)
            }
            (SendEvents::Ask(_), other) => unreachable!("ep_eventpoll_poll gave {other:?}"),
            (SendEvents::Copy(epi, revents), _) => self.hand_over(cx, Some((epi, revents)), false),
        }
    }

    /// `ep_send_events()` from its first line on.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    pub(super) fn enter<S: Sink>(self, cx: &mut Cx<'_, S>) -> Flow {
        if cx.tasks[cx.current()].signals.is_fatal() {
            return Flow::Return(Ret::Events(Err(Errno::EINTR)));
        }
        if !cx.passes(Point::BeforeScan) {
            return Flow::Point(self.at(SendEvents::Lock), Point::BeforeScan);
        }
        self.lock(cx)
    }

    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn lock<S: Sink>(self, cx: &mut Cx<'_, S>) -> Flow {
        if !cx.mutex_lock(self.ep) {
            return Cx::<S>::mutex_sleep(self.at(SendEvents::Lock));
        }
        cx.ep_start_scan(self.ep);
        self.hand_over(cx, None, false)
    }

    /// The loop over `txlist`. `polled` is an item that was asked before, and what it has to report;
    /// `may_stop` if its event may be stopped at before it is stored.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn hand_over<S: Sink>(
        mut self,
        cx: &mut Cx<'_, S>,
        mut polled: Option<(EpitemKey, Events)>,
        mut may_stop: bool,
    ) -> Flow {
        let ep = self.ep;
        let maxevents = usize::try_from(self.maxevents).unwrap_or(0);
        loop {
            // An item with nothing to report any more stays off all lists.
            if let Some((epi, revents)) = polled.filter(|(_, revents)| !revents.is_empty()) {
                if may_stop && !cx.passes(Point::CopyOut) {
                    return Flow::Point(self.at(SendEvents::Copy(epi, revents)), Point::CopyOut);
                }
                if cx.copy_faults(self.stored.len(), 1) {
                    cx.txlist_return(ep, epi);
                    cx.ep_done_scan(ep);
                    cx.mutex_unlock(ep);
                    let none = self.stored.is_empty();
                    let given = if none { Err(Errno::EFAULT) } else { Ok(self.stored) };
                    return Flow::Return(Ret::Events(given));
                }
                let data = cx.event_stored(ep, epi, revents, self.stored.len());
                self.stored.push(EpollEvent { events: revents, data });
            }
            let more = self.stored.len() < maxevents;
            let Some(epi) = cx.eventpolls[ep].txlist.first().filter(|_| more) else {
                cx.ep_done_scan(ep);
                cx.mutex_unlock(ep);
                return Flow::Return(Ret::Events(Ok(self.stored)));
            };
            let item = &cx.epitems[epi];
            let (file, has_ws) = (item.ffd.file, item.ws.is_some());
            if has_ws {
                cx.pm_hand_over(ep, epi);
            }
            cx.rdllist_del(ep, epi, ReadyList::Txlist);
            if let Some(inner) = cx.file_eventpoll(file) {
                let poll = EpollPollFrame::new(inner, PollTable::JustAsk);
                return Flow::call(self.at(SendEvents::Ask(epi)), Frame::EpollPoll(poll));
            }
            polled = Some((epi, cx.ep_item_poll(epi, file, PollTable::JustAsk)));
            may_stop = true;
        }
    }

    fn at(self, stage: SendEvents) -> Frame {
        Frame::SendEvents(SendEventsFrame { stage, ..self })
    }
}

impl<S: Sink> Cx<'_, S> {
    /// An event went to the user; what becomes of the item depends on its trigger. Gives the data
    /// that went with it.
    #[inline]
    fn event_stored(
        &mut self,
        ep: EventpollKey,
        epi: EpitemKey,
        revents: Events,
        index: usize,
    ) -> u64 {
        let (task, item) = (self.current(), &self.epitems[epi]);
        let (event, has_ws) = (item.event, item.ws.is_some());
        let data = event.data;
        self.emit(|| {
            let (index, events) = (size(index), revents.into());
            EventKind::CopyOut { task, epi, index, events, data }
        });
        if event.events.contains(Events::EPOLLONESHOT) {
            let events = event.events & Events::PRIVATE;
            self.epitem_set_event(epi, EpollEvent { events, ..event });
        } else if event.events.contains(Events::EPOLLET) {
            self.emit(|| EventKind::EdgeNotRequeued { ep, epi });
        } else {
            // The one line of difference: a level-triggered item is ready until looked at again.
            self.rdllist_add(ep, epi, End::Tail);
            if has_ws {
                self.pm_stay_awake(ep, Some(epi));
            }
        }
        data
    }

    /// The event could not be stored: the item is the first of those that are left.
    fn txlist_return(&mut self, ep: EventpollKey, epi: EpitemKey) {
        let kernel = &mut **self;
        kernel.eventpolls[ep].txlist.push_front::<ReadyLink, _>(&mut kernel.epitems, epi);
        let (list, at) = (ReadyList::Txlist, End::Head);
        self.emit(|| EventKind::ReadyLink { ep, epi, list, at });
        self.pm_stay_awake(ep, Some(epi));
    }

    /// `ep_start_scan()`: the scan takes the ready list for itself; what fires from now on goes to
    /// `ovflist`.
    pub(crate) fn ep_start_scan(&mut self, ep: EventpollKey) {
        self.within(Func::ep_start_scan, |cx| {
            cx.spin_lock(ep);
            let state = &mut cx.eventpolls[ep];
            assert!(state.ovflist == Ovflist::Unactive, "{ep}: two scans at once");
            state.txlist = std::mem::take(&mut state.rdllist);
            state.ovflist = Ovflist::Active(None);
            cx.emit(|| EventKind::ScanStart { ep });
            cx.spin_unlock(ep);
        });
    }

    /// `ep_done_scan()`: what fired meanwhile goes to the ready list in the order of firing, what
    /// the scan left goes in front of it, and a waiter is woken if there is anything.
    pub(crate) fn ep_done_scan(&mut self, ep: EventpollKey) {
        self.within(Func::ep_done_scan, |cx| {
            cx.spin_lock(ep);
            while let Ovflist::Active(Some(epi)) = cx.eventpolls[ep].ovflist {
                let OvflistNext::Linked(next) = cx.epitems[epi].ovflist_next else {
                    unreachable!("{epi} heads ovflist and is not on it")
                };
                cx.eventpolls[ep].ovflist = Ovflist::Active(next.or_none());
                cx.epitems[epi].ovflist_next = OvflistNext::Unactive;
                cx.emit(|| EventKind::OvflistPop { ep, epi });
                if !cx.epitems[epi].is_linked() {
                    cx.rdllist_add(ep, epi, End::Head);
                    cx.pm_stay_awake(ep, Some(epi));
                }
            }
            let kernel = &mut **cx;
            let state = &mut kernel.eventpolls[ep];
            state.ovflist = Ovflist::Unactive;
            let rest = std::mem::take(&mut state.txlist);
            List::splice_front::<ReadyLink, _>(&mut state.rdllist, &mut kernel.epitems, rest);
            let (ready, wq) = (!state.rdllist.is_empty(), state.wq);
            cx.emit(|| EventKind::ScanDone { ep });
            cx.pm_relax(ep, None);
            if ready {
                cx.wake_up(wq, 1, Events::empty());
            }
            cx.spin_unlock(ep);
        });
    }
}
