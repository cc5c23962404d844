//! Wait queues and what stands in them; `poll` and `select` under way.

use crate::kernel::ids::{TaskKey, WaitEntryKey, WaitQueueKey};
use crate::tr;
use crate::trace::event::{PollKind, Waiter};

use super::super::{PollCall, WaitEntry};
use super::{Bit, Cx, Part, list, or_null, structs, text};

impl Cx<'_> {
    pub(super) fn queue_parts(&self, wq: WaitQueueKey) -> Vec<Part> {
        let Some(queue) = self.scene.wait_queues.get(&wq) else { return Vec::new() };
        let entries = list(queue.entries.iter().map(|entry| self.entry(entry.entry)));
        let part = Part::new(&structs::WAIT_QUEUE_HEAD, wq).with("head", entries);
        let mut parts = vec![part];
        parts.extend(queue.entries.iter().map(|entry| self.entry_part(wq, entry)));
        parts
    }

    pub(super) fn entry_parts(&self, key: WaitEntryKey) -> Option<Vec<Part>> {
        let mut queues = self.scene.wait_queues.iter();
        let (wq, entry) = queues.find_map(|(wq, queue)| {
            let entry = queue.entries.iter().find(|entry| entry.entry == key)?;
            Some((*wq, entry))
        })?;
        let mut parts = vec![self.entry_part(wq, entry)];
        match entry.waiter {
            Waiter::Epitem(epi) => {
                let hooks = self.scene.epitems.get(&epi).map(|item| item.pwqlist.clone());
                parts.extend(hooks.into_iter().flatten().filter_map(|p| self.pwq_part(p, epi)));
            }
            Waiter::Poll { task, .. } => {
                let poll = self.scene.tasks.get(&task).and_then(|task| task.poll.as_ref());
                let own = poll.and_then(|poll| poll.entries.iter().find(|e| e.entry == key));
                parts.extend(own.map(|own| {
                    Part::new(&structs::POLL_TABLE_ENTRY, key)
                        .with("filp", vec![self.file(own.file)])
                        .with("key", text(own.key))
                        .with("wait", vec![self.entry(key)])
                        .with("wait_address", vec![self.queue(wq)])
                }));
            }
            Waiter::EpollWait(_) | Waiter::Task(_) | Waiter::Receiver(_) => {}
        }
        Some(parts)
    }

    fn entry_part(&self, wq: WaitQueueKey, entry: &WaitEntry) -> Part {
        let (func, private) = match entry.waiter {
            Waiter::Epitem(_) => ("ep_poll_callback", None),
            Waiter::EpollWait(task) => ("ep_autoremove_wake_function", Some(task)),
            Waiter::Task(task) => ("autoremove_wake_function", Some(task)),
            Waiter::Poll { task, .. } => ("pollwake", Some(task)),
            Waiter::Receiver(task) => ("receiver_wake_function", Some(task)),
        };
        let mut private = or_null(private.map(|task| self.task(task)));
        match entry.waiter {
            Waiter::Epitem(epi) => {
                private.extend([Bit::Text("container_of →".to_owned()), self.item(epi)]);
            }
            Waiter::Poll { index, .. } => {
                private.push(Bit::Text(format!("poll_wqueues, entry {index}")));
            }
            _ => {}
        }
        let entries = self.scene.wait_queues.get(&wq).map(|queue| &queue.entries);
        let at = entries.and_then(|all| all.iter().position(|e| e.entry == entry.entry));
        let near = |at: Option<usize>| match entries.zip(at).and_then(|(all, at)| all.get(at)) {
            Some(other) => self.entry(other.entry),
            None => self.queue(wq),
        };
        let flags = if entry.exclusive { "WQ_FLAG_EXCLUSIVE (0x1)" } else { "0" };
        Part::new(&structs::WAIT_QUEUE_ENTRY, entry.entry)
            .with("flags", text(flags))
            .with("private", private)
            .with("func", text(func))
            .with(
                "entry",
                vec![
                    Bit::Text("prev =".to_owned()),
                    near(at.and_then(|at| at.checked_sub(1))),
                    Bit::Text("next =".to_owned()),
                    near(at.map(|at| at + 1)),
                ],
            )
    }

    /// What a `poll` or `select` keeps on the stack of its caller.
    pub(super) fn poll_parts(&self, task: TaskKey, poll: &PollCall) -> Vec<Part> {
        let name = self.names.task(task);
        let entries = poll.entries.iter().map(|entry| self.entry(entry.entry));
        let pages = poll.pages();
        let found = poll.revents.iter().enumerate().filter(|(_, revents)| !revents.is_empty());
        let found: Vec<String> = found.map(|(at, revents)| format!("[{at}] {revents}")).collect();
        let mut last = entries.clone().map(|_| ()).count();
        last = last.min(9);
        let mut parts = vec![
            Part::new(&structs::POLL_WQUEUES, &name)
                .with("pt._qproc", text(if poll.hooking { "__pollwait" } else { "NULL" }))
                .with(
                    "table",
                    text(if pages == 0 {
                        "NULL".to_owned()
                    } else {
                        tr!("inspector-pages", count = pages)
                    }),
                )
                .with("polling_task", vec![self.task(task)])
                .with("triggered", text(i32::from(poll.triggered)))
                .with("inline_index", text(last))
                .with("inline_entries", list(entries)),
        ];
        let summary = tr!("inspector-passes", count = poll.passes, nfds = poll.nfds);
        let result = if found.is_empty() { "0".to_owned() } else { found.join(", ") };
        match poll.kind {
            PollKind::Poll => {
                let chunks: Vec<String> = poll.chunks().iter().map(u32::to_string).collect();
                let next = if chunks.is_empty() { "NULL".to_owned() } else { chunks.join(" → ") };
                let on_stack = poll.nfds.min(30);
                parts.push(
                    Part::new(&structs::POLL_LIST, &name)
                        .with("next", text(next))
                        .with("len", text(format!("{on_stack}; {summary}; revents: {result}"))),
                );
            }
            PollKind::Select => {
                let heap = PollCall::bitmaps_on_heap(poll.nfds);
                let bytes = poll.nfds.div_ceil(64) * 8;
                let place = if heap { "kvmalloc" } else { "stack" };
                let mut part = Part::new(&structs::FD_SET_BITS, &name);
                for set in ["in", "out", "ex", "res_out", "res_ex"] {
                    part = part.with(set, text(format!("{bytes} B, {place}")));
                }
                let words = format!("{bytes} B, {place}; {summary}; {result}");
                parts.push(part.with("res_in", text(words)));
            }
        }
        parts
    }
}
