//! What is said about epoll instances and their items.

use crate::kernel::abi::Events;
use crate::tr;
use crate::trace::Func;
use crate::trace::event::EventKind;

use super::words::yes;
use super::{Cx, Said};

/// A mask as a person reads it: the named bits, without those that are always there if others are.
pub(super) fn mask_text(mask: Events) -> String {
    if mask.is_empty() { tr!("word-nothing") } else { without_doubles(mask).to_string() }
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
    pub(super) fn epoll(&self) -> Option<Said> {
        let n = self.names;
        Some(match &self.event.kind {
            EventKind::EventpollNew { .. } => say!("event-eventpoll-new"),
            EventKind::EventpollFree { .. } => say!("event-eventpoll-free"),
            EventKind::MtxLock { task, .. } => say!("event-mtx-lock", task = n.task(*task)),
            EventKind::MtxWait { ep, task } => {
                let holder = self.before.eventpolls.get(ep).and_then(|e| e.mtx);
                say!(
                    "event-mtx-wait",
                    task = n.task(*task),
                    known = yes(holder.is_some()),
                    holder = holder.map_or_else(String::new, |holder| n.task(holder))
                )
            }
            EventKind::MtxUnlock { .. } => say!("event-mtx-unlock"),
            EventKind::SpinLock { .. } => say!("event-spin-lock"),
            EventKind::SpinUnlock { .. } => say!("event-spin-unlock"),
            EventKind::Watches { count } => say!(
                "event-watches",
                count = *count,
                limit = self.before.config.max_user_watches.to_string()
            ),
            EventKind::EpitemNew(new) => say!(
                "event-epitem-new",
                fd = new.fd,
                mask = mask_text(new.events),
                data = new.data.to_string()
            ),
            EventKind::EpitemFree { epi } => say!("event-epitem-free", item = n.epi(*epi)),
            EventKind::EpitemEvent { epi, events, .. } => say!(
                "event-epitem-event",
                item = n.epi(*epi),
                disarmed =
                    yes(self.event.func() == Func::ep_send_events
                        || Events::PRIVATE.contains(*events)),
                mask = mask_text(*events),
                short = short_mask(*events)
            ),
            EventKind::FileLink { file, epi } => {
                say!("event-file-link", file = n.file(*file), item = n.epi(*epi))
            }
            EventKind::FileUnlink { file, .. } => say!("event-file-unlink", file = n.file(*file)),
            EventKind::PwqNew { epi, .. } => say!("event-pwq-new", item = n.epi(*epi)),
            EventKind::PwqFree { epi, .. } => say!("event-pwq-free", item = n.epi(*epi)),
            _ => return None,
        })
    }
}
