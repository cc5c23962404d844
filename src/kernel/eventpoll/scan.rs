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
    /// Between two items.
    Next,
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

    pub(crate) fn step<S: Sink>(mut self, cx: &mut Cx<'_, S>, mut returned: Ret) -> Flow {
        let ep = self.ep;
        loop {
            self.stage = match self.stage {
                SendEvents::Enter if cx.tasks[cx.current()].signals.is_fatal() => {
                    return Flow::Return(Ret::Events(Err(Errno::EINTR)));
                }
                SendEvents::Enter if cx.passes(Point::BeforeScan) => SendEvents::Lock,
                SendEvents::Enter => {
                    return Flow::Point(self.at(SendEvents::Lock), Point::BeforeScan);
                }
                SendEvents::Lock if !cx.mutex_lock(ep) => {
                    return Cx::<S>::mutex_sleep(Frame::SendEvents(self));
                }
                SendEvents::Lock => {
                    cx.ep_start_scan(ep);
                    SendEvents::Next
                }
                SendEvents::Next => {
                    let more = self.stored.len() < usize::try_from(self.maxevents).unwrap_or(0);
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
                    match cx.file_eventpoll(file) {
                        Some(inner) => {
                            let poll = EpollPollFrame::new(inner, PollTable::JustAsk);
                            return Flow::Call(
                                self.at(SendEvents::Ask(epi)),
                                Frame::EpollPoll(poll),
                            );
                        }
                        None => asked(epi, cx.ep_item_poll(epi, file, PollTable::JustAsk)),
                    }
                }
                SendEvents::Ask(epi) => match std::mem::take(&mut returned) {
                    Ret::Mask(mask) => asked(epi, cx.item_polled(epi, mask)),
                    other => unreachable!("ep_eventpoll_poll gave {other:?}"),
                },
                SendEvents::Copy(epi, _) if cx.copy_faults(self.stored.len(), 1) => {
                    cx.txlist_return(ep, epi);
                    cx.ep_done_scan(ep);
                    cx.mutex_unlock(ep);
                    let none = self.stored.is_empty();
                    let given = if none { Err(Errno::EFAULT) } else { Ok(self.stored) };
                    return Flow::Return(Ret::Events(given));
                }
                SendEvents::Copy(epi, revents) => {
                    let data = cx.event_stored(ep, epi, revents, self.stored.len());
                    self.stored.push(EpollEvent { events: revents, data });
                    SendEvents::Next
                }
            };
            if matches!(self.stage, SendEvents::Copy(..)) && !cx.passes(Point::CopyOut) {
                return Flow::Point(Frame::SendEvents(self), Point::CopyOut);
            }
        }
    }

    fn at(self, stage: SendEvents) -> Frame {
        Frame::SendEvents(SendEventsFrame { stage, ..self })
    }
}

/// An item with nothing to report any more stays off all lists.
fn asked(epi: EpitemKey, revents: Events) -> SendEvents {
    if revents.is_empty() { SendEvents::Next } else { SendEvents::Copy(epi, revents) }
}

impl<S: Sink> Cx<'_, S> {
    /// An event went to the user; what becomes of the item depends on its trigger. Gives the data
    /// that went with it.
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
