//! `ep_poll_callback`: a watched file has something to announce.
//!
//! Linux 6.18, `fs/eventpoll.c: ep_poll_callback(), ep_poll_safewake()`.

use super::{Epitem, Ovflist, OvflistNext};
use crate::kernel::abi::Events;
use crate::kernel::cx::Cx;
use crate::kernel::ids::{EpitemKey, EventpollKey, WaitEntryKey};
use crate::trace::event::{End, Verdict};
use crate::trace::{EventKind, Func, Sink};

impl<S: Sink> Cx<'_, S> {
    /// Marks an item ready because its target file announced `key`.
    ///
    /// The target's wait queue calls this while it is being walked, so nothing here may add or
    /// remove an entry of that queue.
    ///
    /// In kernel order: a disarmed item is passed over, then a key that the mask does not ask for;
    /// what is left goes to `ovflist` while a scan owns `rdllist`, else to the tail of `rdllist`
    /// unless it is linked already; then `wq` is woken, then `poll_wait`.
    ///
    /// Returns whether the wake-up counts: a walk stops after an exclusive entry that says so.
    pub(crate) fn ep_poll_callback(
        &mut self,
        entry: WaitEntryKey,
        epi: EpitemKey,
        key: Events,
    ) -> bool {
        self.within(Func::ep_poll_callback, |cx| {
            let (kernel, tracer) = cx.parts();
            let item = &kernel.epitems[epi];
            let (ep, events, has_ws) = (item.ep, item.event.events, item.ws.is_some());
            let state = &kernel.eventpolls[ep];
            let (wq, poll_wait) = (state.wq, state.poll_wait);
            tracer.emit(|| EventKind::SpinLock { ep });
            let verdict = callback_verdict(item, state.ovflist, key);
            tracer.emit(|| EventKind::Callback { epi, key, verdict });
            let (mut ewake, mut pwake) = (false, false);
            if !matches!(verdict, Verdict::Disarmed | Verdict::Filtered) {
                match verdict {
                    Verdict::Overflow => cx.ovflist_push(ep, epi),
                    Verdict::Queued => cx.rdllist_add(ep, epi, End::Tail),
                    _ => {}
                }
                if has_ws && matches!(verdict, Verdict::Overflow | Verdict::Queued) {
                    cx.pm_stay_awake(ep, Some(epi));
                }
                if cx.waitqueue_active(wq) {
                    ewake = exclusive_wake(events, key);
                    cx.wake_up(wq, 1, Events::empty());
                }
                pwake = cx.waitqueue_active(poll_wait);
            }
            cx.spin_unlock(ep);
            if pwake {
                cx.ep_poll_safewake(ep);
            }
            if key.contains(Events::POLLFREE) {
                // The queue dies: the hook lives on, in no queue.
                cx.remove_wait_queue(entry);
            }
            ewake || !events.contains(Events::EPOLLEXCLUSIVE)
        })
    }

    fn ovflist_push(&mut self, ep: EventpollKey, epi: EpitemKey) {
        let Ovflist::Active(head) = self.eventpolls[ep].ovflist else {
            unreachable!("{ep}: no scan is under way")
        };
        self.epitems[epi].ovflist_next = OvflistNext::Linked(head.unwrap_or_default());
        self.eventpolls[ep].ovflist = Ovflist::Active(Some(epi));
        self.emit(|| EventKind::OvflistPush { ep, epi });
    }

    /// `ep_poll_safewake()`: tells those who watch this instance's own file.
    pub(crate) fn ep_poll_safewake(&mut self, ep: EventpollKey) {
        let poll_wait = self.eventpolls[ep].poll_wait;
        self.within(Func::ep_poll_safewake, |cx| cx.wake_up(poll_wait, 1, Events::EPOLLIN));
    }
}

/// What becomes of an item that is announced.
fn callback_verdict(item: &Epitem, ovflist: Ovflist, key: Events) -> Verdict {
    let events = item.event.events;
    if events.difference(Events::PRIVATE).is_empty() {
        return Verdict::Disarmed;
    }
    if !key.is_empty() && key.misses(events) {
        return Verdict::Filtered;
    }
    match ovflist {
        Ovflist::Active(_) if item.is_on_ovflist() => Verdict::OverflowAlready,
        Ovflist::Active(_) => Verdict::Overflow,
        Ovflist::Unactive if item.is_linked() => Verdict::QueuedAlready,
        Ovflist::Unactive => Verdict::Queued,
    }
}

/// Whether an item's announcement counts as consumed, for the walk over a file's queue; only
/// exclusive items are asked. Preconditions: somebody sleeps on `ep->wq`.
fn exclusive_wake(events: Events, key: Events) -> bool {
    if !events.contains(Events::EPOLLEXCLUSIVE) || key.contains(Events::POLLFREE) {
        return false;
    }
    let in_or_out = key & Events::INOUT;
    match in_or_out {
        Events::EPOLLIN | Events::EPOLLOUT => events.contains(in_or_out),
        // Neither: an error or a hang-up, or nothing is known. Both: no case of Linux matches.
        _ => in_or_out.is_empty(),
    }
}
