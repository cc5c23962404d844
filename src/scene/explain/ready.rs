//! What is said about becoming ready and being handed over: the callback, the lists, the scan.

use crate::kernel::abi::Events;
use crate::kernel::ids::{EpitemKey, EventpollKey};
use crate::trace::Func;
use crate::trace::event::{End, EventKind, ReadyList, Verdict};

use super::epoll::{mask_text, short_mask};
use super::words::yes;
use super::{Cx, Said};

impl Cx<'_> {
    pub(super) fn ready(&self) -> Option<Said> {
        let n = self.names;
        let listed = |ep: &EventpollKey| self.before.eventpolls.get(ep).map(|e| e.rdllist.len());
        Some(match &self.event.kind {
            EventKind::ItemPoll { epi, mask, revents } => self.item_poll(*epi, *mask, *revents),
            EventKind::ReadyLink { epi, list, at, .. } => say!(
                "event-ready-link",
                item = n.epi(*epi),
                list = list_name(*list),
                why = self.why_linked(*epi, *list, *at)
            ),
            EventKind::ReadyUnlink { epi, list, .. } => {
                say!("event-ready-unlink", item = n.epi(*epi), list = list_name(*list))
            }
            EventKind::ScanStart { ep } => {
                say!("event-scan-start", count = listed(ep).unwrap_or_default())
            }
            EventKind::OvflistPush { epi, .. } => say!("event-ovflist-push", item = n.epi(*epi)),
            EventKind::OvflistPop { epi, .. } => say!("event-ovflist-pop", item = n.epi(*epi)),
            EventKind::ScanDone { ep } => say!(
                "event-scan-done",
                rest = self.before.eventpolls.get(ep).map_or(0, |e| e.txlist.len())
            ),
            EventKind::Callback { epi, key, verdict } => say!(
                "event-callback",
                item = n.epi(*epi),
                verdict = verdict_name(*verdict),
                keyed = yes(!key.is_empty()),
                key = mask_text(*key),
                wish = self.wish(*epi, *key)
            ),
            EventKind::EventsAvailable { ep, available } => say!(
                "event-events-available",
                available = yes(*available),
                count = listed(ep).unwrap_or_default()
            ),
            EventKind::CopyOut { task, epi, index, events, data } => say!(
                "event-copy-out",
                task = n.task(*task),
                item = n.epi(*epi),
                index = *index,
                events = events.events().to_string(),
                short = short_mask(events.events()),
                data = data.to_string()
            ),
            EventKind::EdgeNotRequeued { epi, .. } => {
                say!("event-edge-not-requeued", item = n.epi(*epi))
            }
            _ => return None,
        })
    }

    fn mask_of(&self, epi: EpitemKey) -> Events {
        self.before.epitems.get(&epi).map_or(Events::empty(), |item| item.events)
    }

    /// What the item asks for. What the kernel adds to every mask is named where it matters:
    /// where `met` has it, or where the program asked for nothing else.
    fn wish(&self, epi: EpitemKey, met: Events) -> String {
        let mask = self.mask_of(epi);
        let shown = mask.difference(Events::ALWAYS);
        mask_text(if shown.is_empty() || met.intersects(Events::ALWAYS) { mask } else { shown })
    }

    fn item_poll(&self, epi: EpitemKey, mask: Events, revents: Events) -> Said {
        let in_scan = matches!(self.event.func(), Func::ep_send_events | Func::ep_item_poll)
            && self.in_scan(epi);
        say!(
            "event-item-poll",
            item = self.names.epi(epi),
            mask = mask_text(mask),
            short = short_mask(mask),
            wish = self.wish(epi, mask),
            revents = mask_text(revents),
            found = match (revents.is_empty(), in_scan) {
                (false, _) => "ready",
                (true, true) => "dropped",
                (true, false) => "nothing",
            }
        )
    }

    fn in_scan(&self, epi: EpitemKey) -> bool {
        let ep =
            self.before.epitems.get(&epi).and_then(|item| self.before.eventpolls.get(&item.new.ep));
        ep.is_some_and(|ep| ep.ovflist.is_some())
    }

    fn why_linked(&self, epi: EpitemKey, list: ReadyList, at: End) -> &'static str {
        let is_level = !self.mask_of(epi).contains(Events::EPOLLET);
        match (self.event.func(), at) {
            _ if list == ReadyList::Txlist => "failed",
            (Func::ep_send_events, _) if is_level => "level",
            (Func::ep_done_scan, _) => "scan",
            (Func::ep_insert, _) => "insert",
            (Func::ep_modify, _) => "modify",
            (_, End::Head) => "head",
            (_, End::Tail) => "tail",
        }
    }
}

fn verdict_name(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Disarmed => "disarmed",
        Verdict::Filtered => "filtered",
        Verdict::Overflow => "overflow",
        Verdict::OverflowAlready => "overflow-already",
        Verdict::Queued => "queued",
        Verdict::QueuedAlready => "queued-already",
    }
}

fn list_name(list: ReadyList) -> &'static str {
    match list {
        ReadyList::Rdllist => "rdllist",
        ReadyList::Txlist => "txlist",
    }
}
