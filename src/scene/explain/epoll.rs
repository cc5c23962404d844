//! Sentences about epoll instances and their items.

use crate::kernel::abi::Events;
use crate::trace::Func;
use crate::trace::event::EventKind;

use super::{Cx, Explanation, say};

/// A mask as a person reads it: the named bits, without those that are always there if others are.
pub(super) fn mask_text(mask: Events) -> String {
    if mask.is_empty() { "nothing".to_owned() } else { without_doubles(mask).to_string() }
}

/// Without the bits that say once more what `EPOLLIN` and `EPOLLOUT` say.
fn without_doubles(mask: Events) -> Events {
    let mut doubles = Events::empty();
    if mask.contains(Events::EPOLLIN) {
        doubles |= Events::EPOLLRDNORM;
    }
    if mask.contains(Events::EPOLLOUT) {
        doubles |= Events::EPOLLWRNORM | Events::EPOLLWRBAND;
    }
    mask.difference(doubles)
}

/// A mask in as little room as possible: `IN·ET`. `ERR` and `HUP` are left out: always asked for.
pub fn short_mask(mask: Events) -> String {
    if mask.is_empty() {
        return "0".to_owned();
    }
    let shown = without_doubles(mask).difference(Events::ALWAYS);
    let shown = if shown.is_empty() { mask } else { shown };
    let mut words = Vec::new();
    for (name, _) in shown.iter_names() {
        words.push(match name {
            "EPOLLONESHOT" => "1SHOT",
            "EPOLLEXCLUSIVE" => "EXCL",
            name => name.trim_start_matches("EPOLL"),
        });
    }
    if words.is_empty() { format!("{:#x}", mask.bits()) } else { words.join("·") }
}

impl Cx<'_> {
    pub(super) fn epoll(&self) -> Option<Explanation> {
        let n = self.names;
        Some(match &self.event.kind {
            EventKind::EventpollNew { .. } => say(
                "A struct eventpoll",
                "An empty red-black tree, an empty ready list, and two wait queues: wq for tasks in epoll_wait, poll_wait for those who watch this instance itself.",
            ),
            EventKind::EventpollFree { .. } => {
                say("The eventpoll is freed", "Its file is gone and no item refers to it any more.")
            }
            EventKind::MtxLock { task, .. } => say(
                format!("{} holds ep->mtx", n.task(*task)),
                "The mutex keeps epoll_ctl and scans apart: one at a time may change the tree or harvest. Callbacks do not need it.",
            ),
            EventKind::MtxWait { ep, task } => {
                let holder = self.before.eventpolls.get(ep).and_then(|e| e.mtx);
                let holder = holder.map_or_else(|| "another task".to_owned(), |t| n.task(t));
                say(
                    format!("{} waits for ep->mtx", n.task(*task)),
                    format!(
                        "{holder} holds the mutex, so {} sleeps until it is free, even with a timeout of 0.",
                        n.task(*task)
                    ),
                )
            }
            EventKind::MtxUnlock { .. } => {
                say("ep->mtx is free", "The next epoll_ctl or scan may begin.")
            }
            EventKind::SpinLock { .. } => say(
                "ep->lock is taken",
                "A spinlock for a few instructions, with interrupts off: it guards rdllist, ovflist and wq.",
            ),
            EventKind::SpinUnlock { .. } => {
                say("ep->lock is free", "The lists are consistent again.")
            }
            EventKind::Watches { count } => say(
                format!("Watches: {count}"),
                "Every item is charged to its user; max_user_watches is the limit, and beyond it epoll_ctl gives ENOSPC.",
            ),
            EventKind::EpitemNew(new) => say(
                format!("A struct epitem for fd {}", new.fd),
                format!(
                    "It asks for {} and keeps the program's word {}. It is not in the tree yet.",
                    mask_text(new.events),
                    new.data
                ),
            ),
            EventKind::EpitemFree { epi } => say(
                format!("The item for {} is freed", n.epi(*epi)),
                "It is in no list, tree or queue any more.",
            ),
            EventKind::EpitemEvent { epi, events, .. } => self.mask_changed(&n.epi(*epi), *events),
            EventKind::FileLink { file, epi } => say(
                format!("{} knows who watches it", n.file(*file)),
                format!(
                    "The item for {} joins the file's own list of items, so that the last close can find and remove it.",
                    n.epi(*epi)
                ),
            ),
            EventKind::FileUnlink { file, .. } => say(
                "Off the file's list",
                format!("{} is not watched by this item any more.", n.file(*file)),
            ),
            EventKind::PwqNew { epi, .. } => say(
                "A hook",
                format!(
                    "A struct eppoll_entry ties the item for {} to the wait queue that its file has just named.",
                    n.epi(*epi)
                ),
            ),
            EventKind::PwqFree { epi, .. } => say(
                "The hook is freed",
                format!("The item for {} hears nothing of its file any more.", n.epi(*epi)),
            ),
            _ => return None,
        })
    }

    fn mask_changed(&self, name: &str, events: Events) -> Explanation {
        if self.event.func() == Func::ep_send_events || Events::PRIVATE.contains(events) {
            return say(
                format!("{name} is disarmed"),
                "EPOLLONESHOT: the item was reported once, and its mask asks for nothing any more, not even errors. EPOLL_CTL_MOD arms it again.",
            );
        }
        say(
            format!("{name} asks for {}", short_mask(events)),
            format!(
                "The mask is {} now. The hook in the file's wait queue stays as it was.",
                mask_text(events)
            ),
        )
    }
}
