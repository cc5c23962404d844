//! Wait queues.
//!
//! Linux 6.18, `kernel/sched/wait.c` and `include/linux/wait.h`: a queue is a list of entries, each
//! with a function that a wake-up calls. Leaves out priority entries, which only KVM uses.

use serde::{Deserialize, Serialize};

use super::abi::Events;
use super::cx::Cx;
use super::ids::{TaskKey, WaitEntryKey, WaitQueueKey};
use super::list::{Link, Linked, List};
use crate::trace::event::{End, WaitEnqueue, Waiter, WakeEnd};
use crate::trace::{EventKind, Func, Sink};

/// `struct wait_queue_head`
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct WaitQueueHead {
    pub(crate) entries: List<WaitEntryKey>,
}

/// `struct wait_queue_entry`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct WaitEntry {
    /// The queue it is on.
    pub(crate) wq: WaitQueueKey,
    /// Whom it is there for: `func` and `private` in one.
    pub(crate) waiter: Waiter,
    /// `WQ_FLAG_EXCLUSIVE`
    pub(crate) exclusive: bool,
    /// Woken by `default_wake_function`: stays on the queue.
    stays: bool,
    link: Link<WaitEntryKey>,
}

/// The link of a wait-queue entry.
pub(crate) struct QueueLink;

impl Linked<QueueLink, WaitEntryKey> for WaitEntry {
    fn link(&self) -> &Link<WaitEntryKey> {
        &self.link
    }
    fn link_mut(&mut self) -> &mut Link<WaitEntryKey> {
        &mut self.link
    }
}

/// How a waiter joins a queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Join {
    /// `add_wait_queue`: not exclusive, at the head.
    Head,
    /// `add_wait_queue` with `default_wake_function`: not exclusive, at the head, and it stays there
    /// when it is woken.
    HeadStays,
    /// Not exclusive, at the tail: how an eventfd's readers and writers wait.
    Tail,
    /// `__add_wait_queue_exclusive`: exclusive, at the head; last in, first out.
    ExclusiveHead,
    /// `add_wait_queue_exclusive`: exclusive, at the tail; first in, first out.
    ExclusiveTail,
}

impl<S: Sink> Cx<'_, S> {
    /// Puts a new entry on a queue.
    pub(crate) fn add_wait_queue(
        &mut self,
        wq: WaitQueueKey,
        waiter: Waiter,
        join: Join,
    ) -> WaitEntryKey {
        let (exclusive, at) = match join {
            Join::Head | Join::HeadStays => (false, End::Head),
            Join::Tail => (false, End::Tail),
            Join::ExclusiveHead => (true, End::Head),
            Join::ExclusiveTail => (true, End::Tail),
        };
        let new = WaitEntry {
            wq,
            waiter,
            exclusive,
            stays: join == Join::HeadStays,
            link: Link::default(),
        };
        let kernel = &mut **self;
        let entry = kernel.wait_entries.insert(new);
        let list = &mut kernel.wait_queues[wq].entries;
        match at {
            End::Head => list.push_front(&mut kernel.wait_entries, entry),
            End::Tail => list.push_back(&mut kernel.wait_entries, entry),
        }
        self.emit(|| {
            EventKind::WaitEnqueue(Box::new(WaitEnqueue { wq, entry, waiter, exclusive, at }))
        });
        entry
    }

    /// Takes an entry off its queue and frees it; does nothing if a waker did so already.
    pub(crate) fn remove_wait_queue(&mut self, entry: WaitEntryKey) {
        let kernel = &mut **self;
        let Some(wq) = kernel.wait_entries.get(entry).map(|e| e.wq) else { return };
        kernel.wait_queues[wq].entries.remove(&mut kernel.wait_entries, entry);
        kernel.wait_entries.remove(entry);
        self.emit(|| EventKind::WaitDequeue { wq, entry });
    }

    /// `waitqueue_active()`
    pub(crate) fn waitqueue_active(&self, wq: WaitQueueKey) -> bool {
        !self.wait_queues[wq].entries.is_empty()
    }

    /// `__wake_up_common()`: walks the queue from its head, calls each entry's function, and stops
    /// after `nr_exclusive` exclusive entries that were woken; 0 never stops. A `key` of 0 passes
    /// every filter.
    pub(crate) fn wake_up(&mut self, wq: WaitQueueKey, nr_exclusive: u32, key: Events) {
        let Some(first) = self.wait_queues[wq].entries.first() else { return };
        self.within(Func::__wake_up_common, |cx| {
            cx.emit(|| EventKind::WakeBegin { wq, key, nr_exclusive });
            let why = cx.wake_up_walk((wq, first), nr_exclusive, key);
            cx.emit(|| EventKind::WakeEnd { wq, why });
        });
    }

    /// From the first entry of a queue on.
    fn wake_up_walk(
        &mut self,
        (wq, first): (WaitQueueKey, WaitEntryKey),
        nr_exclusive: u32,
        key: Events,
    ) -> WakeEnd {
        let mut left = nr_exclusive;
        let mut next = Some(first);
        while let Some(entry) = next {
            let WaitEntry { waiter, exclusive, link, .. } = self.wait_entries[entry];
            next = link.next();
            self.emit(|| EventKind::WakeEntry { wq, entry });
            let counts = match waiter {
                Waiter::Epitem(epi) => self.ep_poll_callback(entry, epi, key),
                Waiter::EpollWait(task) => self.ep_autoremove_wake_function(entry, task),
                Waiter::Task(task) if self.wait_entries[entry].stays => self.try_to_wake_up(task),
                Waiter::Poll { task, index } => self.pollwake(task, index, key),
                // receiver_wake_function(): not if the key is of no interest.
                Waiter::Receiver(_)
                    if !key.is_empty() && key.misses(Events::EPOLLIN | Events::EPOLLERR) =>
                {
                    false
                }
                Waiter::Receiver(task) | Waiter::Task(task) => {
                    self.autoremove_wake_function(entry, task)
                }
            };
            self.emit(|| EventKind::WakeVerdict { wq, entry, counts });
            if counts && exclusive {
                left = left.wrapping_sub(1);
                if left == 0 {
                    return WakeEnd::ExclusiveWoken;
                }
            }
        }
        WakeEnd::EndOfQueue
    }

    /// The entry goes only if the task really was asleep.
    fn autoremove_wake_function(&mut self, entry: WaitEntryKey, task: TaskKey) -> bool {
        self.within(Func::autoremove_wake_function, |cx| {
            let woken = cx.try_to_wake_up(task);
            if woken {
                cx.remove_wait_queue(entry);
            }
            woken
        })
    }

    /// The entry goes in any case, so that the next wake-up finds another waiter.
    fn ep_autoremove_wake_function(&mut self, entry: WaitEntryKey, task: TaskKey) -> bool {
        self.within(Func::ep_autoremove_wake_function, |cx| {
            let woken = cx.try_to_wake_up(task);
            cx.remove_wait_queue(entry);
            woken
        })
    }
}
