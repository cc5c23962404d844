//! Sentences about becoming ready and being handed over: the callback, the lists, the scan.

use crate::kernel::abi::Events;
use crate::kernel::ids::{EpitemKey, EventpollKey};
use crate::trace::Func;
use crate::trace::event::{End, EventKind, ReadyList, Verdict};

use super::epoll::mask_text;
use super::tasks::plural;
use super::{Cx, Explanation, say};

impl Cx<'_> {
    pub(super) fn ready(&self) -> Option<Explanation> {
        let n = self.names;
        Some(match &self.event.kind {
            EventKind::ItemPoll { epi, mask, revents } => self.item_poll(*epi, *mask, *revents),
            EventKind::ReadyLink { epi, list, at, .. } => self.ready_link(*epi, *list, *at),
            EventKind::ReadyUnlink { epi, list: ReadyList::Txlist, .. } => say(
                format!("{} is next", n.epi(*epi)),
                "It is taken off the private list; now its file is asked whether it is still ready.",
            ),
            EventKind::ReadyUnlink { epi, .. } => say(
                format!("{} is off rdllist", n.epi(*epi)),
                "The item is going away, so it is not ready any more either.",
            ),
            EventKind::ScanStart { ep } => {
                let count = self.before.eventpolls.get(ep).map_or(0, |e| e.rdllist.len());
                say(
                    "The scan begins",
                    format!(
                        "{} from rdllist to a private list. Whatever fires from now on goes to ovflist, so that the copy can sleep without holding the lock.",
                        moves(count)
                    ),
                )
            }
            EventKind::OvflistPush { epi, .. } => say(
                format!("{} waits on ovflist", n.epi(*epi)),
                "rdllist belongs to the scan at this moment, so the item is kept aside. It is not lost: the end of the scan moves it to rdllist.",
            ),
            EventKind::OvflistPop { epi, .. } => say(
                format!("{} is off ovflist", n.epi(*epi)),
                "It fired while events were being copied; unless it is listed already it goes to rdllist now, for the next epoll_wait.",
            ),
            EventKind::ScanDone { ep } => self.scan_done(*ep),
            EventKind::Callback { epi, key, verdict } => self.callback(*epi, *key, *verdict),
            EventKind::EventsAvailable { ep, available } => self.available(*ep, *available),
            EventKind::CopyOut { task, epi, index, events, data } => say(
                format!("events[{index}] = {{{}, {data}}}", events.events()),
                format!(
                    "12 bytes go into {}'s array: what {} reports now, and the word {data} that the program left at epoll_ctl. It is a copy, not shared memory.",
                    n.task(*task),
                    n.epi(*epi)
                ),
            ),
            EventKind::EdgeNotRequeued { epi, .. } => say(
                format!("EPOLLET: {} is not put back", n.epi(*epi)),
                "The item is not put back on rdllist. Whatever is left unread stays unreported: only a new arrival reports it again.",
            ),
            _ => return None,
        })
    }

    fn mask_of(&self, epi: EpitemKey) -> Events {
        self.before.epitems.get(&epi).map_or(Events::empty(), |item| item.events)
    }

    /// What the item asks for, without what nobody wrote.
    fn wish(&self, epi: EpitemKey) -> String {
        let mask = self.mask_of(epi);
        let shown = mask.difference(Events::ALWAYS);
        mask_text(if shown.is_empty() { mask } else { shown })
    }

    fn item_poll(&self, epi: EpitemKey, mask: Events, revents: Events) -> Explanation {
        let name = self.names.epi(epi);
        let asked =
            format!("The file says {}; the item asks for {}.", mask_text(mask), self.wish(epi));
        let then = match (self.event.func(), revents.is_empty()) {
            (_, false) => format!("So {} is ready.", mask_text(revents)),
            (Func::ep_send_events | Func::ep_item_poll, true) if self.in_scan(epi) => {
                "Nothing is left of what made it ready: it drops out of the list, silently."
                    .to_owned()
            }
            (_, true) => "Nothing of it holds right now.".to_owned(),
        };
        say(format!("What is ready on {name}?"), format!("{asked} {then}"))
    }

    fn in_scan(&self, epi: EpitemKey) -> bool {
        let ep =
            self.before.epitems.get(&epi).and_then(|item| self.before.eventpolls.get(&item.new.ep));
        ep.is_some_and(|ep| ep.ovflist.is_some())
    }

    fn ready_link(&self, epi: EpitemKey, list: ReadyList, at: End) -> Explanation {
        let name = self.names.epi(epi);
        if list == ReadyList::Txlist {
            return say(
                format!("{name} goes back"),
                "The copy to user memory failed, so the item goes back to the front of the private list: nothing is lost.",
            );
        }
        let is_level = !self.mask_of(epi).contains(Events::EPOLLET);
        let sentence = match (self.event.func(), at) {
            (Func::ep_send_events, _) if is_level => {
                "Level-triggered: having been reported it goes to the tail of rdllist again. The next epoll_wait asks its file once more, and reports it while it is still ready."
            }
            (Func::ep_done_scan, _) => {
                "It fired during the scan; from ovflist it goes to rdllist, where the next epoll_wait finds it."
            }
            (Func::ep_insert, _) => {
                "It was ready before it was added: that counts as an event too, for level and for edge."
            }
            (Func::ep_modify, _) => {
                "It is ready for what it now asks for: EPOLL_CTL_MOD makes it an event again, even with EPOLLET."
            }
            (_, End::Head) => "It goes to the front of the ready list.",
            (_, End::Tail) => {
                "It joins the tail of the ready list. epoll_wait will look only at this list, never at the whole set."
            }
        };
        say(format!("{name} goes to rdllist"), sentence)
    }

    fn scan_done(&self, ep: EventpollKey) -> Explanation {
        let rest = self.before.eventpolls.get(&ep).map_or(0, |e| e.txlist.len());
        let rest = match rest {
            0 => "Nothing was left over on the private list.".to_owned(),
            1 => "1 item that did not fit goes back to the front of rdllist.".to_owned(),
            n => format!("{n} items that did not fit go back to the front of rdllist."),
        };
        say(
            "The scan ends",
            format!("{rest} Callbacks may use rdllist again; ovflist is inactive."),
        )
    }

    fn callback(&self, epi: EpitemKey, key: Events, verdict: Verdict) -> Explanation {
        let name = self.names.epi(epi);
        let wish = self.wish(epi);
        let passes = if key.is_empty() {
            format!("The wake-up has no key, which passes every filter (the item asks for {wish}).")
        } else {
            format!(
                "The key says {}, the item asks for {wish}: it passes the filter.",
                mask_text(key)
            )
        };
        match verdict {
            Verdict::Disarmed => say(
                format!("{name} is disarmed"),
                "EPOLLONESHOT has fired before: the item asks for nothing until EPOLL_CTL_MOD, so this arrival is passed over and nobody is woken.",
            ),
            Verdict::Filtered => say(
                format!("{name} did not ask for this"),
                format!(
                    "The key says {}, the item asks for {wish}: nothing in common. It is not made ready and nobody is woken.",
                    mask_text(key)
                ),
            ),
            Verdict::Overflow => say(
                format!("{name} fired during a scan"),
                format!("{passes} But a scan owns the ready list, so the item goes to ovflist."),
            ),
            Verdict::OverflowAlready => say(
                format!("{name} is on ovflist already"),
                format!("{passes} It is on ovflist already: two arrivals become one event."),
            ),
            Verdict::Queued => say(
                format!("{name} becomes ready"),
                format!("{passes} It goes to the tail of rdllist."),
            ),
            Verdict::QueuedAlready => say(
                format!("{name} is ready already"),
                format!(
                    "{passes} It is on rdllist already: arrivals between two waits become one event."
                ),
            ),
        }
    }

    fn available(&self, ep: EventpollKey, available: bool) -> Explanation {
        let state = self.before.eventpolls.get(&ep);
        let count = state.map_or(0, |e| e.rdllist.len());
        if !available {
            return say("Nothing to harvest", "rdllist is empty and no scan is under way.");
        }
        match count {
            0 => say(
                "Something may be there",
                "A scan is under way: what it leaves can be harvested, so there is reason to try.",
            ),
            n => say(
                "There is something to harvest",
                format!("rdllist holds {}.", plural(n, "item")),
            ),
        }
    }
}

fn moves(count: usize) -> String {
    match count {
        0 => "Nothing moves".to_owned(),
        1 => "1 item moves".to_owned(),
        n => format!("{n} items move"),
    }
}
