//! Sentences about wait queues and wake-ups.

use crate::scene::Queue;
use crate::trace::event::{End, EventKind, Waiter, WakeEnd};

use super::epoll::mask_text;
use super::files::capital;
use super::{Cx, Explanation, say};

impl Cx<'_> {
    pub(super) fn waits(&self) -> Option<Explanation> {
        let n = self.names;
        Some(match &self.event.kind {
            EventKind::WaitEnqueue(new) => {
                let queue = n.queue(new.wq);
                self.enqueue(&queue, new.waiter, new.exclusive, new.at)
            }
            EventKind::WaitDequeue { wq, entry } => {
                let who = n
                    .entry(*entry)
                    .map_or_else(|| "The entry".to_owned(), |(_, w)| capital(&n.waiter(w)));
                say(
                    format!("{who} leaves the queue"),
                    format!(
                        "{who} stands on {} no longer: a further wake-up there will not reach it.",
                        n.queue(*wq)
                    ),
                )
            }
            EventKind::WakeBegin { wq, key, nr_exclusive } => {
                let length = self.before.wait_queues.get(wq).map_or(0, |q| q.entries.len());
                let many = match nr_exclusive {
                    0 => "every entry is called".to_owned(),
                    1 => "it ends after the first exclusive waiter that counts as woken".to_owned(),
                    n => format!("it ends after {n} exclusive waiters"),
                };
                let key = if key.is_empty() {
                    "no key".to_owned()
                } else {
                    format!("the key {}", mask_text(*key))
                };
                let sentence = if length == 0 {
                    format!("{} is empty: nobody has to be told.", capital(&n.queue(*wq)))
                } else {
                    format!(
                        "The walk over {} starts at its head, with {key}; {many}.",
                        n.queue(*wq)
                    )
                };
                say("A wake-up", sentence)
            }
            EventKind::WakeEntry { entry, .. } => match n.entry(*entry).map(|(_, waiter)| waiter) {
                Some(Waiter::Epitem(epi)) => say(
                    "ep_poll_callback",
                    format!(
                        "This entry belongs to the item for {}, so its function ep_poll_callback is called, right here, inside the writer's call.",
                        n.epi(epi)
                    ),
                ),
                Some(Waiter::EpollWait(task)) => say(
                    format!("{} is next in line", n.task(task)),
                    format!(
                        "{} stands nearest to the head of ep->wq: the last to fall asleep is the first to be woken.",
                        n.task(task)
                    ),
                ),
                Some(Waiter::Task(task) | Waiter::Receiver(task)) => say(
                    format!("{} is next in line", n.task(task)),
                    format!("{} waits on this queue in a blocking call.", n.task(task)),
                ),
                Some(Waiter::Poll { task, .. }) => say(
                    "pollwake",
                    format!(
                        "{} hooked this entry in for one call only; its function is pollwake.",
                        n.task(task)
                    ),
                ),
                None => say("The next entry", "Its function is called."),
            },
            EventKind::WakeVerdict { entry, counts, .. } => self.verdict(*entry, *counts),
            EventKind::WakeEnd { wq, why } => self.wake_end(*wq, *why),
            _ => return None,
        })
    }

    fn enqueue(&self, queue: &str, waiter: Waiter, exclusive: bool, at: End) -> Explanation {
        let end = if at == End::Head { "head" } else { "tail" };
        match waiter {
            Waiter::Epitem(epi) => {
                let why = if exclusive {
                    "EPOLLEXCLUSIVE makes the entry exclusive: a wake-up may end at it."
                } else {
                    "It is not exclusive: every wake-up of the file reaches it."
                };
                say(
                    format!("{} is hooked in", self.names.epi(epi)),
                    format!(
                        "The item joins {queue} at the {end}, and stays there until it is removed. {why}"
                    ),
                )
            }
            Waiter::EpollWait(task) => say(
                format!("{} joins ep->wq", self.names.task(task)),
                format!(
                    "Nothing is ready, so {} joins {queue} at the {end}, as an exclusive waiter: last in, first woken, and one wake-up wakes one.",
                    self.names.task(task)
                ),
            ),
            Waiter::Poll { task, .. } => say(
                format!("{} is hooked in", self.names.task(task)),
                format!(
                    "{} joins {queue} at the {end}, until its call ends. Every descriptor asked about costs such an entry, in every call.",
                    self.names.task(task)
                ),
            ),
            Waiter::Task(task) | Waiter::Receiver(task) => say(
                format!("{} waits for the file", self.names.task(task)),
                format!(
                    "The call cannot go on, so {} joins {queue} at the {end}.",
                    self.names.task(task)
                ),
            ),
        }
    }

    fn verdict(&self, entry: crate::kernel::ids::WaitEntryKey, counts: bool) -> Explanation {
        let waiter = self.names.entry(entry).map(|(_, waiter)| waiter);
        let exclusive = self
            .before
            .wait_queues
            .values()
            .flat_map(|q| &q.entries)
            .any(|e| e.entry == entry && e.exclusive);
        let title = if counts { "It counts as a wake-up" } else { "It does not count" };
        let sentence = match (waiter, counts, exclusive) {
            (Some(Waiter::Epitem(_)), true, false) => {
                "The callback returns 1. The entry is not exclusive, so the walk goes on all the same."
            }
            (Some(Waiter::Epitem(_)), true, true) => {
                "The callback returns 1 and the entry is exclusive: it uses up the wake-up, and instances behind it hear nothing."
            }
            (Some(Waiter::Epitem(_)), false, _) => {
                "The callback returns 0: nobody was waiting there for this, so the walk goes on and another instance gets its chance."
            }
            (Some(Waiter::Poll { .. }), true, _) => {
                "The task was asleep and is woken. The entry is not exclusive, so the walk goes on all the same."
            }
            (Some(Waiter::Poll { .. }), false, _) => {
                "Either the call does not ask for this key, or its task is awake already; the walk goes on."
            }
            (_, true, _) => {
                "The task really was asleep and is woken now. It is an exclusive waiter, so it uses up the wake-up."
            }
            (_, false, _) => {
                "The task was awake already, so the wake-up is not used up and goes on to the next waiter."
            }
        };
        say(title, sentence)
    }

    fn wake_end(&self, wq: crate::kernel::ids::WaitQueueKey, why: WakeEnd) -> Explanation {
        let left: Vec<String> = self
            .before
            .wait_queues
            .get(&wq)
            .into_iter()
            .flat_map(|q| &q.entries)
            .filter(|e| !matches!(e.waiter, Waiter::Epitem(_)))
            .map(|e| self.names.waiter(e.waiter))
            .collect();
        match (why, self.names.queue_of(wq)) {
            (WakeEnd::ExclusiveWoken, Some(Queue::Wq(_))) => {
                let rest = match left.as_slice() {
                    [] => "Nobody else was waiting.".to_owned(),
                    [one] => format!("{one} sleeps on."),
                    many => format!("{} sleep on.", many.join(", ")),
                };
                say(
                    "The wake-up stops here",
                    format!(
                        "One exclusive waiter was asked for and one was woken, so the walk ends. {rest}"
                    ),
                )
            }
            (WakeEnd::ExclusiveWoken, _) => say(
                "The wake-up stops here",
                "An exclusive entry took the wake-up, so the entries behind it are not called.",
            ),
            (WakeEnd::EndOfQueue, Some(Queue::Wq(_))) if left.is_empty() => {
                say("End of the queue", "No task is left on ep->wq.")
            }
            (WakeEnd::EndOfQueue, _) => say(
                "End of the queue",
                format!("Every entry of {} was called.", self.names.queue(wq)),
            ),
        }
    }
}
