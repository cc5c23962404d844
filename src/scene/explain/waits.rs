//! What is said about wait queues and wake-ups.

use crate::kernel::ids::{WaitEntryKey, WaitQueueKey};
use crate::scene::Queue;
use crate::trace::event::{End, EventKind, WaitEnqueue, Waiter, WakeEnd};

use super::epoll::{mask_text, short_mask};
use super::words::{list_text, subject, yes};
use super::{Cx, Said};

impl Cx<'_> {
    pub(super) fn waits(&self) -> Option<Said> {
        let n = self.names;
        Some(match &self.event.kind {
            EventKind::WaitEnqueue(new) => self.enqueue(new),
            EventKind::WaitDequeue { wq, entry } => {
                let who = n.entry(*entry).map_or_else(String::new, |(_, waiter)| n.waiter(waiter));
                say!(
                    "event-wait-dequeue",
                    known = yes(!who.is_empty()),
                    subject = subject(who.clone()),
                    who = who,
                    queue = n.queue(*wq)
                )
            }
            EventKind::WakeBegin { wq, key, nr_exclusive } => say!(
                "event-wake-begin",
                queue = n.queue(*wq),
                subject = subject(n.queue(*wq)),
                length = self.before.wait_queues.get(wq).map_or(0, |q| q.entries.len()),
                keyed = yes(!key.is_empty()),
                key = mask_text(*key),
                short = short_mask(*key),
                exclusive = *nr_exclusive
            ),
            EventKind::WakeEntry { entry, .. } => {
                let waiter = n.entry(*entry).map(|(_, waiter)| waiter);
                say!(
                    "event-wake-entry",
                    waiter = waiter_name(waiter),
                    item = self.item_of(waiter),
                    who = waiter.map_or_else(String::new, |waiter| n.waiter(waiter))
                )
            }
            EventKind::WakeVerdict { entry, counts, .. } => self.wake_verdict(*entry, *counts),
            EventKind::WakeEnd { wq, why } => self.wake_end(*wq, *why),
            _ => return None,
        })
    }

    fn enqueue(&self, new: &WaitEnqueue) -> Said {
        let n = self.names;
        say!(
            "event-wait-enqueue",
            waiter = waiter_name(Some(new.waiter)),
            item = self.item_of(Some(new.waiter)),
            who = n.waiter(new.waiter),
            queue = n.queue(new.wq),
            exclusive = yes(new.exclusive),
            end = if new.at == End::Head { "head" } else { "tail" }
        )
    }

    /// The item that an entry stands for, by its descriptor; of others nothing.
    fn item_of(&self, waiter: Option<Waiter>) -> String {
        match waiter {
            Some(Waiter::Epitem(epi)) => self.names.epi(epi),
            _ => String::new(),
        }
    }

    fn wake_verdict(&self, entry: WaitEntryKey, counts: bool) -> Said {
        let mut entries = self.before.wait_queues.values().flat_map(|q| &q.entries);
        say!(
            "event-wake-verdict",
            waiter = waiter_name(self.names.entry(entry).map(|(_, waiter)| waiter)),
            counts = yes(counts),
            bit = u8::from(counts),
            exclusive = yes(entries.any(|e| e.entry == entry && e.exclusive))
        )
    }

    fn wake_end(&self, wq: WaitQueueKey, why: WakeEnd) -> Said {
        let queue = self.before.wait_queues.get(&wq);
        let entries = queue.into_iter().flat_map(|q| &q.entries);
        let left = entries.filter(|e| !matches!(e.waiter, Waiter::Epitem(_)));
        let left: Vec<String> = left.map(|e| self.names.waiter(e.waiter)).collect();
        say!(
            "event-wake-end",
            why = match why {
                WakeEnd::ExclusiveWoken => "exclusive",
                WakeEnd::EndOfQueue => "end",
            },
            wq = yes(matches!(self.names.queue_of(wq), Some(Queue::Wq(_)))),
            queue = self.names.queue(wq),
            left = left.len(),
            sleepers = list_text(&left)
        )
    }
}

/// What messages call an entry's owner.
fn waiter_name(waiter: Option<Waiter>) -> &'static str {
    match waiter {
        Some(Waiter::Epitem(_)) => "epitem",
        Some(Waiter::EpollWait(_)) => "epoll-wait",
        Some(Waiter::Task(_) | Waiter::Receiver(_)) => "task",
        Some(Waiter::Poll { .. }) => "poll",
        None => "none",
    }
}
