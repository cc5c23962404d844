//! An instance and its items: `struct eventpoll`, `struct epitem`, `struct eppoll_entry`.

use crate::kernel::ids::{EpitemKey, EventpollKey, FileKey, PwqKey, WaitEntryKey};
use crate::tr;
use crate::trace::event::{Color, Turn, Waiter};

use super::super::Eventpoll;
use super::{Bit, Cx, Part, Value, list, or_null, structs, text};

impl Cx<'_> {
    pub(super) fn ep_parts(&self, key: EventpollKey) -> Option<Vec<Part>> {
        let ep = self.scene.eventpolls.get(&key)?;
        let file = self.names.file_of(crate::trace::event::FileKind::Eventpoll(key));
        let file = file.filter(|file| self.scene.files.contains_key(file));
        let items = |items: &mut dyn Iterator<Item = EpitemKey>| list(items.map(|i| self.item(i)));
        let refs = file.and_then(|file| self.scene.files.get(&file));
        let refs = refs.map_or_else(Vec::new, |file| file.f_ep.iter().copied().collect());
        let params = ep.params;
        let part = Part::new(&structs::EVENTPOLL, format!("ep {}", self.names.ep(key)))
            .with("mtx", self.mtx(ep))
            .with("wq", self.queue_value(ep.wq))
            .with("poll_wait", self.queue_value(ep.poll_wait))
            .with("rdllist", self.rdllist(ep))
            .with("lock", text(held(ep.lock_held)))
            .with("rbr", self.rbr(ep))
            .with("ovflist", self.ovflist(ep))
            .with("ws", wakeup_source(ep.ws))
            .with("user", text(tr!("inspector-watches", count = self.scene.watches)))
            .with("file", or_null(file.map(|file| self.file(file))))
            .with("refs", items(&mut refs.into_iter()))
            // One for the file, one for each item.
            .with("refcount", text(ep.rbr.len() + usize::from(file.is_some())))
            .with("napi_id", text(0))
            .with("busy_poll_usecs", text(params.usecs))
            .with("busy_poll_budget", text(params.budget))
            .with("prefer_busy_poll", text(params.prefer != 0));
        Some(vec![part])
    }

    fn mtx(&self, ep: &Eventpoll) -> Value {
        let mut value = match ep.mtx {
            Some(owner) => vec![Bit::Text(tr!("inspector-held-by")), self.task(owner)],
            None => text(tr!("inspector-free")),
        };
        if !ep.mtx_waiters.is_empty() {
            value.push(Bit::Text(format!("wait_list: {}", ep.mtx_waiters.len())));
            value.extend(ep.mtx_waiters.iter().map(|task| self.task(*task)));
        }
        value
    }

    fn rdllist(&self, ep: &Eventpoll) -> Value {
        let mut value = list(ep.rdllist.iter().map(|epi| self.item(*epi)));
        if !ep.txlist.is_empty() {
            value.push(Bit::Text(tr!("inspector-txlist")));
            value.extend(ep.txlist.iter().map(|epi| self.item(*epi)));
        }
        value
    }

    fn ovflist(&self, ep: &Eventpoll) -> Value {
        match &ep.ovflist {
            None => text("EP_UNACTIVE_PTR"),
            Some(items) if items.is_empty() => text("NULL"),
            Some(items) => items.iter().map(|epi| self.item(*epi)).collect(),
        }
    }

    fn rbr(&self, ep: &Eventpoll) -> Value {
        let tree = &ep.rbr;
        let Some(root) = tree.root else { return text("rb_root.rb_node = NULL") };
        let mut value = vec![Bit::Text("rb_root.rb_node =".to_owned()), self.item(root)];
        if let Some(leftmost) = tree.leftmost {
            value.extend([Bit::Text("rb_leftmost =".to_owned()), self.item(leftmost)]);
        }
        value.push(Bit::Text(tr!("inspector-items", count = tree.len())));
        if !tree.path.is_empty() {
            value.push(Bit::Text(tr!("inspector-last-descent")));
            for (at, turn) in &tree.path {
                let turn = match turn {
                    Turn::Left => "←",
                    Turn::Right => "→",
                    Turn::Found => "=",
                };
                value.extend([self.item(*at), Bit::Text(turn.to_owned())]);
            }
        }
        value
    }

    pub(super) fn item_parts(&self, key: EpitemKey) -> Option<Vec<Part>> {
        let item = self.scene.epitems.get(&key)?;
        let ep = self.scene.eventpolls.get(&item.new.ep);
        let node = ep.and_then(|ep| ep.rbr.get(key));
        let child = |child: Option<EpitemKey>| or_null(child.map(|child| self.item(child)));
        let (mut part, new) = (Part::new(&structs::EPITEM, self.names.epi(key)), &item.new);
        if let Some(node) = node {
            let color = match node.color {
                Color::Red => "RB_RED",
                Color::Black => "RB_BLACK",
            };
            let mut up = or_null(node.parent.map(|parent| self.item(parent)));
            up.push(Bit::Text(format!("| {color}")));
            part = part
                .with("rbn.__rb_parent_color", up)
                .with("rbn.rb_right", child(node.right))
                .with("rbn.rb_left", child(node.left));
        }
        part = part
            .with("rdllink", self.rdllink(key, ep.map(|ep| &**ep)))
            .with("ovflist_next", self.next(key, ep.map(|ep| &**ep)))
            .with("ffd.file", self.with_address(new.file))
            .with("ffd.fd", text(new.fd))
            .with("pwqlist", list(item.pwqlist.iter().map(|pwq| self.pwq(*pwq, key))))
            .with("ep", vec![self.ep(new.ep)])
            .with("fllink", self.fllink(key, new.file))
            .with("ws", wakeup_source(item.ws))
            .with("event.events", text(format!("{} = {:#x}", item.events, item.events.bits())))
            .with("event.data", text(item.data));
        let mut parts = vec![part];
        parts.extend(item.pwqlist.iter().filter_map(|pwq| self.pwq_part(*pwq, key)));
        Some(parts)
    }

    fn with_address(&self, file: FileKey) -> Value {
        let mut value = vec![self.file(file)];
        if let Some(file) = self.scene.files.get(&file) {
            value.push(Bit::Text(format!("{:#x}", file.new.addr)));
        }
        value
    }

    /// Where an item stands on a ready list.
    fn rdllink(&self, key: EpitemKey, ep: Option<&Eventpoll>) -> Value {
        let lists = ep.map(|ep| [("rdllist", &ep.rdllist), ("txlist", &ep.txlist)]);
        for (name, items) in lists.into_iter().flatten() {
            let Some(at) = items.iter().position(|epi| *epi == key) else { continue };
            let near = |at: Option<usize>| match at.and_then(|at| items.get(at)) {
                Some(epi) => self.item(*epi),
                None => Bit::Text(name.to_owned()),
            };
            return vec![
                Bit::Text(format!("{name}: prev =")),
                near(at.checked_sub(1)),
                Bit::Text("next =".to_owned()),
                near(Some(at + 1)),
            ];
        }
        text(tr!("inspector-not-linked"))
    }

    fn next(&self, key: EpitemKey, ep: Option<&Eventpoll>) -> Value {
        let items = ep.and_then(|ep| ep.ovflist.as_ref());
        let at = items.and_then(|items| items.iter().position(|epi| *epi == key));
        match (items, at) {
            (Some(items), Some(at)) => or_null(items.get(at + 1).map(|epi| self.item(*epi))),
            _ => text("EP_UNACTIVE_PTR"),
        }
    }

    fn fllink(&self, key: EpitemKey, file: FileKey) -> Value {
        let items = self.scene.files.get(&file).map(|file| &file.f_ep);
        let at = items.and_then(|items| items.iter().position(|epi| *epi == key));
        match (items, at) {
            (Some(items), Some(at)) => {
                let mut value = text("next =");
                value.extend(or_null(items.get(at + 1).map(|epi| self.item(*epi))));
                value
            }
            _ => text(tr!("inspector-not-linked")),
        }
    }

    /// The wait-queue entry of a hook. An item has hooks and entries in the same order.
    fn entry_of(&self, pwq: PwqKey, epi: EpitemKey) -> Option<(WaitEntryKey, Bit)> {
        let item = self.scene.epitems.get(&epi)?;
        let at = item.pwqlist.iter().rev().position(|hook| *hook == pwq)?;
        let queues = self.scene.wait_queues.iter();
        let mut mine: Vec<_> = queues
            .flat_map(|(wq, queue)| queue.entries.iter().map(move |entry| (entry, *wq)))
            .filter(|(entry, _)| entry.waiter == Waiter::Epitem(epi))
            .map(|(entry, wq)| (entry.entry, self.queue(wq)))
            .collect();
        mine.sort_by_key(|(entry, _)| *entry);
        mine.into_iter().nth(at)
    }

    fn pwq(&self, pwq: PwqKey, epi: EpitemKey) -> Bit {
        match self.entry_of(pwq, epi) {
            Some((entry, _)) => Bit::Link(pwq.to_string(), super::Thing::Entry(entry)),
            None => Bit::Text(pwq.to_string()),
        }
    }

    pub(super) fn pwq_part(&self, pwq: PwqKey, epi: EpitemKey) -> Option<Part> {
        let hooks = &self.scene.epitems.get(&epi)?.pwqlist;
        let at = hooks.iter().position(|hook| *hook == pwq)?;
        let next = hooks.get(at + 1).map(|next| self.pwq(*next, epi));
        let entry = self.entry_of(pwq, epi);
        let wait = entry.as_ref().map(|(entry, _)| self.entry(*entry));
        let part = Part::new(&structs::EPPOLL_ENTRY, pwq)
            .with("next", or_null(next))
            .with("base", vec![self.item(epi)])
            .with("wait", or_null(wait))
            .with("whead", or_null(entry.map(|(_, queue)| queue)));
        Some(part)
    }
}

pub(super) fn held(held: bool) -> String {
    if held { tr!("inspector-held") } else { tr!("inspector-free") }
}

fn wakeup_source(ws: Option<bool>) -> Value {
    match ws {
        None => text("NULL"),
        Some(true) => text(tr!("inspector-ws-active")),
        Some(false) => text(tr!("inspector-ws-idle")),
    }
}
