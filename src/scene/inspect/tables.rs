//! The stage as tables: trees, lists, queues, tasks, descriptors, for those who do not see a drawing,
//! and for those who want all rows.

use crate::kernel::ids::{EpitemKey, EventpollKey, WaitQueueKey};
use crate::scene::Names;
use crate::scene::explain::{kind_text, short_mask, state_text};
use crate::scene::names::Queue;
use crate::session::strace::{call_text, result_text};
use crate::tr;
use crate::trace::event::{Color, Waiter};

use super::super::{Eventpoll, Scene};
use super::{Cx, Thing};

/// A table.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// What it lists.
    pub caption: String,
    /// What stands in its columns; the first is the row's header.
    pub head: Vec<String>,
    /// How many rows it has.
    pub len: usize,
    /// The number of the first that is given.
    pub first: usize,
    /// Its rows, a page of them.
    pub rows: Vec<TableRow>,
}

/// The most rows of a table that are given at once.
pub const PAGE: usize = 200;

/// A row: an object.
#[derive(Clone, Debug, PartialEq)]
pub struct TableRow {
    /// The object.
    pub thing: Thing,
    /// What stands in the columns.
    pub cells: Vec<String>,
    /// Which of them the last step changed.
    pub changed: Vec<bool>,
}

/// All tables of a moment, with what differs from the moment before marked; of long ones, the page
/// that begins with the row in `firsts`.
pub fn tables(scene: &Scene, before: &Scene, names: &Names, firsts: &[usize]) -> Vec<Table> {
    let mut now = Cx { scene, names }.tables(firsts);
    let old = Cx { scene: before, names }.tables(firsts);
    for table in &mut now {
        let old = old.iter().find(|old| old.caption == table.caption);
        for row in &mut table.rows {
            let same =
                |old: &&TableRow| old.thing == row.thing && old.cells.first() == row.cells.first();
            let was = old.and_then(|old| old.rows.iter().find(same));
            let is_long = old.is_some_and(|old| old.len > PAGE);
            let changed =
                // A row that comes from another page is not new for that.
                |(at, cell): (usize, &String)| was.map_or(!is_long, |was| was.cells[at] != *cell);
            row.changed = row.cells.iter().enumerate().map(changed).collect();
        }
    }
    now
}

impl Cx<'_> {
    fn tables(&self, firsts: &[usize]) -> Vec<Table> {
        let first = |at: usize| firsts.get(at).copied().unwrap_or_default();
        let mut out = vec![self.task_table(first(0))];
        for (key, ep) in self.scene.eventpolls.iter() {
            out.push(self.tree_table(*key, ep, first(out.len())));
            out.push(self.list_table(*key, ep, first(out.len())));
        }
        out.push(self.queue_table(first(out.len())));
        out.push(self.descriptor_table(first(out.len())));
        out
    }

    fn task_table(&self, first: usize) -> Table {
        let row = |(key, task): (
            &crate::kernel::ids::TaskKey,
            &super::super::Shared<super::super::Task>,
        )| {
            let result = task.result.as_ref().map_or_else(String::new, |result| match result {
                Ok(_) => result_text(result),
                Err(errno) => format!("-1 {errno}"),
            });
            let call = task.call.as_ref().map_or_else(String::new, call_text);
            let events: Vec<String> =
                task.user_events.iter().map(|e| format!("{{{}, {}}}", e.events, e.data)).collect();
            let cells = vec![
                task.name.clone(),
                task.process.to_string(),
                state_text(task.state),
                call,
                result,
                events.join(" "),
            ];
            row(Thing::Task(*key), cells)
        };
        Table {
            caption: tr!("inspector-table-tasks"),
            head: vec![
                tr!("inspector-column-task"),
                tr!("inspector-column-process"),
                tr!("inspector-column-state"),
                tr!("inspector-column-call"),
                tr!("inspector-column-result"),
                "events[]".to_owned(),
            ],
            len: self.scene.tasks.len(),
            first,
            rows: self.scene.tasks.iter().skip(first).take(PAGE).map(row).collect(),
        }
    }

    fn tree_table(&self, key: EventpollKey, ep: &Eventpoll, first: usize) -> Table {
        let name =
            |epi: Option<EpitemKey>| epi.map_or_else(|| "—".to_owned(), |e| self.names.epi(e));
        let order = ep.rbr.in_order().into_iter().skip(first).take(PAGE);
        let rows = order.filter_map(|(epi, depth)| {
            let item = self.scene.epitems.get(&epi)?;
            let node = ep.rbr.get(epi)?;
            let color = match node.color {
                Color::Red => tr!("inspector-red"),
                Color::Black => tr!("inspector-black"),
            };
            let file = self.scene.files.get(&item.new.file);
            let kind = file.map_or_else(String::new, |file| kind_text(file.new.kind).to_string());
            let parent = match node.parent {
                Some(parent) => self.names.epi(parent),
                None => tr!("inspector-root"),
            };
            let cells = vec![
                item.new.fd.to_string(),
                kind,
                short_mask(item.events),
                item.data.to_string(),
                color,
                depth.to_string(),
                parent,
                name(node.left),
                name(node.right),
                place(ep, epi),
            ];
            Some(row(Thing::Item(epi), cells))
        });
        Table {
            caption: tr!("inspector-table-tree", ep = self.names.ep(key), count = ep.rbr.len()),
            head: vec![
                "fd".to_owned(),
                tr!("inspector-column-file"),
                "events".to_owned(),
                "data".to_owned(),
                tr!("inspector-column-colour"),
                tr!("inspector-column-depth"),
                "parent".to_owned(),
                "rb_left".to_owned(),
                "rb_right".to_owned(),
                tr!("inspector-column-ready"),
            ],
            len: ep.rbr.len(),
            first,
            rows: rows.collect(),
        }
    }

    fn list_table(&self, key: EventpollKey, ep: &Eventpoll, first: usize) -> Table {
        let none = std::collections::VecDeque::new();
        let lists = [
            ("rdllist", &ep.rdllist),
            ("txlist", &ep.txlist),
            ("ovflist", ep.ovflist.as_ref().unwrap_or(&none)),
        ];
        let members = lists.into_iter().flat_map(|(name, items)| {
            items.iter().enumerate().map(move |(at, epi)| (name, at, epi))
        });
        let rows = members.skip(first).take(PAGE).map(|(name, at, epi)| {
            let mask = self.scene.epitems.get(epi).map(|item| short_mask(item.events));
            let cells =
                vec![format!("{name}[{at}]"), self.names.epi(*epi), mask.unwrap_or_default()];
            row(Thing::Item(*epi), cells)
        });
        Table {
            caption: tr!("inspector-table-lists", ep = self.names.ep(key)),
            head: vec![
                tr!("inspector-column-list"),
                tr!("inspector-column-item"),
                "events".to_owned(),
            ],
            len: lists.iter().map(|(_, items)| items.len()).sum(),
            first,
            rows: rows.collect(),
        }
    }

    fn queue_table(&self, first: usize) -> Table {
        let entries = || {
            let queues = self.scene.wait_queues.iter();
            queues.flat_map(|(wq, queue)| queue.entries.iter().enumerate().map(move |e| (wq, e)))
        };
        let rows = entries().skip(first).take(PAGE).map(|(wq, (at, entry))| {
            let (func, whose) = match entry.waiter {
                Waiter::Epitem(epi) => ("ep_poll_callback", self.names.epi(epi)),
                Waiter::EpollWait(task) => ("ep_autoremove_wake_function", self.names.task(task)),
                Waiter::Task(task) => ("autoremove_wake_function", self.names.task(task)),
                Waiter::Poll { task, .. } => ("pollwake", self.names.task(task)),
                Waiter::Receiver(task) => ("receiver_wake_function", self.names.task(task)),
            };
            let exclusive = if entry.exclusive { "WQ_FLAG_EXCLUSIVE" } else { "0" };
            let cells = vec![
                format!("{}[{at}]", self.queue_name(*wq)),
                func.to_owned(),
                whose,
                exclusive.to_owned(),
            ];
            row(Thing::Entry(entry.entry), cells)
        });
        Table {
            caption: tr!("inspector-table-queues"),
            head: vec![
                tr!("inspector-column-queue"),
                "func".to_owned(),
                tr!("inspector-column-for"),
                "flags".to_owned(),
            ],
            len: entries().count(),
            first,
            rows: rows.collect(),
        }
    }

    /// A queue by its owner and field: `fd 3 wq`.
    pub(super) fn queue_name(&self, wq: WaitQueueKey) -> String {
        let file = self.names.queue_file(wq).map(|file| self.names.file(file));
        let file = file.unwrap_or_else(|| wq.to_string());
        match self.names.queue_of(wq) {
            Some(Queue::Wq(ep)) => format!("{} wq", self.names.ep(ep)),
            Some(Queue::PollWait(ep)) => format!("{} poll_wait", self.names.ep(ep)),
            Some(Queue::Readers(_)) => format!("{file} rd_wait"),
            Some(Queue::Writers(_)) => format!("{file} wr_wait"),
            Some(Queue::Signals(process)) => format!("{process} signalfd_wqh"),
            Some(Queue::Eventfd(_)) => format!("{file} wqh"),
            Some(Queue::Sock(_)) => format!("{file} sk_wq"),
            None => file,
        }
    }

    fn descriptor_table(&self, first: usize) -> Table {
        let all = self.scene.processes.iter();
        let all = all.flat_map(|(key, table)| table.fds.iter().map(move |fd| (key, table, fd)));
        let rows = all.skip(first).take(PAGE).filter_map(|(process, table, (fd, key))| {
            let file = self.scene.files.get(key)?;
            let watched: Vec<String> = file
                .f_ep
                .iter()
                .filter_map(|epi| self.scene.epitems.get(epi))
                .map(|item| self.names.ep(item.new.ep))
                .collect();
            let cells = vec![
                format!("{process} [{fd}]"),
                key.to_string(),
                kind_text(file.new.kind).to_string(),
                file.count.to_string(),
                if table.close_on_exec.contains_key(fd) { "FD_CLOEXEC" } else { "" }.to_owned(),
                self.state_of(file),
                watched.join(", "),
            ];
            Some(row(Thing::File(*key), cells))
        });
        Table {
            caption: tr!("inspector-table-descriptors"),
            head: vec![
                "fd".to_owned(),
                "struct file".to_owned(),
                tr!("inspector-column-file"),
                "f_ref".to_owned(),
                "flags".to_owned(),
                tr!("inspector-column-holds"),
                tr!("inspector-column-watched"),
            ],
            len: self.scene.processes.values().map(|p| p.fds.len()).sum(),
            first,
            rows: rows.collect(),
        }
    }

    /// What a file holds, in a few words.
    fn state_of(&self, file: &super::super::File) -> String {
        use crate::trace::event::FileKind;
        match file.new.kind {
            FileKind::Eventfd { .. } => format!("count {}", file.eventfd_count),
            FileKind::Timerfd { .. } => format!("ticks {}", file.timerfd.ticks),
            FileKind::PipeRead(pipe) | FileKind::PipeWrite(pipe) => {
                let pipe = self.scene.pipes.get(&pipe);
                pipe.map_or_else(String::new, |pipe| {
                    let bytes: u64 = pipe.slots.iter().map(|slot| u64::from(slot.bytes)).sum();
                    format!("{bytes} B, {}/{} slots", pipe.slots.len(), pipe.max_usage)
                })
            }
            kind => match kind.sock().and_then(|sock| self.scene.socks.get(&sock)) {
                Some(sock) => {
                    let bytes: u64 = sock.receive_queue.iter().map(|s| u64::from(s.bytes)).sum();
                    format!("{}, recv {bytes} B", sock.state.name())
                }
                None => String::new(),
            },
        }
    }
}

fn row(thing: Thing, cells: Vec<String>) -> TableRow {
    TableRow { thing, cells, changed: Vec::new() }
}

/// Where a ready item stands; that it is not ready; that it is disarmed.
fn place(ep: &Eventpoll, epi: EpitemKey) -> String {
    let lists = [
        ("rdllist", Some(&ep.rdllist)),
        ("txlist", Some(&ep.txlist)),
        ("ovflist", ep.ovflist.as_ref()),
    ];
    let found = lists.into_iter().find(|(_, list)| list.is_some_and(|list| list.contains(&epi)));
    found.map_or_else(|| tr!("inspector-no"), |(name, _)| name.to_owned())
}
