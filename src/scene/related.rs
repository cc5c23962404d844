//! Where else a thing appears: the same object under its other names, and what refers to it directly.
//!
//! An item is a node of a tree, a mark on a list, an entry in the wait queue of its file; a task is
//! a card, and its entries. [`related`] gathers them from the scene alone, one step far and no more.

use crate::kernel::ids::{
    EpitemKey, EventpollKey, FileKey, PipeKey, ProcessKey, SockKey, TaskKey, WaitEntryKey,
    WaitQueueKey,
};
use crate::trace::event::{FileKind, Waiter};

use super::arrows::Thing;
use super::layout::{ListKind, eventpoll_file, wait_queue};
use super::{Scene, WaitEntry};

impl Thing {
    /// A short name for elements: letter and number, `t4294967297`.
    pub fn id(self) -> String {
        let (letter, number) = match self {
            Thing::Task(key) => ("t", key.as_number()),
            Thing::Item(key) => ("i", key.as_number()),
            Thing::File(key) => ("f", key.as_number()),
            Thing::Entry(key) => ("e", key.as_number()),
            Thing::List(ep, kind) => (LISTS[kind as usize].0, ep.as_number()),
            Thing::Locks(key) => ("l", key.as_number()),
            Thing::Queue(key) => ("q", key.as_number()),
            Thing::Ep(key) => ("p", key.as_number()),
            Thing::Process(key) => ("r", key.as_number()),
            Thing::Sock(key) => ("s", key.as_number()),
            Thing::Pipe(key) => ("g", key.as_number()),
        };
        format!("{letter}{number}")
    }

    /// The thing of this name; it need not be on stage any more.
    pub fn from_id(id: &str) -> Option<Thing> {
        let digits = id.find(|c: char| c.is_ascii_digit())?;
        let (letter, number) = id.split_at(digits);
        let n = number.parse().ok()?;
        let list = LISTS.iter().find(|(name, _)| *name == letter);
        Some(match letter {
            "t" => Thing::Task(TaskKey::from_number(n)),
            "i" => Thing::Item(EpitemKey::from_number(n)),
            "f" => Thing::File(FileKey::from_number(n)),
            "e" => Thing::Entry(WaitEntryKey::from_number(n)),
            "l" => Thing::Locks(EventpollKey::from_number(n)),
            "q" => Thing::Queue(WaitQueueKey::from_number(n)),
            "p" => Thing::Ep(EventpollKey::from_number(n)),
            "r" => Thing::Process(ProcessKey::from_number(n)),
            "s" => Thing::Sock(SockKey::from_number(n)),
            "g" => Thing::Pipe(PipeKey::from_number(n)),
            _ => Thing::List(EventpollKey::from_number(n), list?.1),
        })
    }
}

/// The lists in the order of [`ListKind`], each with the letters that stand for it.
const LISTS: [(&str, ListKind); 5] = [
    ("lw", ListKind::Wq),
    ("lr", ListKind::Rdllist),
    ("lt", ListKind::Txlist),
    ("lo", ListKind::Ovflist),
    ("lp", ListKind::PollWait),
];

/// Where else a thing appears; the thing itself comes first.
pub fn related(scene: &Scene, thing: Thing) -> Vec<Thing> {
    let mut all = Related { scene, out: vec![thing] };
    match thing {
        Thing::Item(epi) => all.of_item(epi),
        Thing::File(file) => all.of_file(file),
        Thing::Entry(entry) => all.of_entry(entry),
        Thing::Task(task) => all.of_task(task),
        Thing::List(ep, kind) => all.of_list(ep, kind),
        Thing::Locks(ep) => {
            if let Some(ep) = scene.eventpolls.get(&ep) {
                let tasks = ep.mtx.iter().chain(&ep.mtx_waiters);
                all.add(tasks.map(|task| Thing::Task(*task)));
            }
        }
        Thing::Ep(ep) => {
            all.add(eventpoll_file(scene, ep).map(Thing::File));
            all.watchers(eventpoll_file(scene, ep));
        }
        Thing::Queue(wq) => {
            all.owner(wq);
            all.entries(|queue, _| queue == wq);
        }
        Thing::Sock(sock) => {
            let peer = scene.socks.get(&sock).and_then(|sock| sock.peer);
            let ends = [Some(sock), peer];
            all.add(ends.into_iter().flatten().filter_map(|end| sock_file(scene, end)));
        }
        Thing::Pipe(pipe) => all.ends(pipe),
        Thing::Process(process) => {
            let tasks = scene.tasks.iter().filter(|(_, task)| task.process == process);
            all.add(tasks.map(|(task, _)| Thing::Task(*task)));
        }
    }
    all.out
}

struct Related<'a> {
    scene: &'a Scene,
    out: Vec<Thing>,
}

impl Related<'_> {
    fn add(&mut self, things: impl IntoIterator<Item = Thing>) {
        for thing in things {
            if !self.out.contains(&thing) {
                self.out.push(thing);
            }
        }
    }

    /// The entries for which `is_one` holds.
    fn entries(&mut self, is_one: impl Fn(WaitQueueKey, &WaitEntry) -> bool) {
        let scene = self.scene;
        for (wq, queue) in &scene.wait_queues {
            let found = queue.entries.iter().filter(|entry| is_one(*wq, entry));
            self.add(found.map(|entry| Thing::Entry(entry.entry)));
        }
    }

    fn of_item(&mut self, epi: EpitemKey) {
        let Some(item) = self.scene.epitems.get(&epi) else { return };
        self.add([Thing::File(item.new.file), Thing::Ep(item.new.ep)]);
        let file = self.scene.files.get(&item.new.file);
        if let Some(FileKind::Eventpoll(inner)) = file.map(|file| file.new.kind) {
            self.add([Thing::Ep(inner)]);
        }
        self.entries(|_, entry| entry.waiter == Waiter::Epitem(epi));
        if let Some(ep) = self.scene.eventpolls.get(&item.new.ep) {
            let none = Default::default();
            let lists = [
                (ListKind::Rdllist, &ep.rdllist),
                (ListKind::Txlist, &ep.txlist),
                (ListKind::Ovflist, ep.ovflist.as_ref().unwrap_or(&none)),
            ];
            let on = lists.into_iter().filter(|(_, list)| list.contains(&epi));
            self.add(on.map(|(kind, _)| Thing::List(item.new.ep, kind)));
        }
    }

    fn of_file(&mut self, key: FileKey) {
        let Some(file) = self.scene.files.get(&key) else { return };
        self.watchers(Some(key));
        if let FileKind::Eventpoll(ep) = file.new.kind {
            self.add([Thing::Ep(ep)]);
        }
        if let Some(wq) = wait_queue(self.scene, file) {
            self.entries(|queue, _| queue == wq);
        }
        // A call that polls the file, wherever its entry hangs.
        let polls = self.scene.tasks.iter().filter(|(_, task)| {
            task.poll.as_ref().is_some_and(|poll| poll.entries.iter().any(|e| e.file == key))
        });
        self.add(polls.map(|(task, _)| Thing::Task(*task)));
        match file.new.kind {
            FileKind::PipeRead(pipe) | FileKind::PipeWrite(pipe) => self.ends(pipe),
            kind => {
                let sock = kind.sock().and_then(|sock| self.scene.socks.get(&sock));
                let peer = sock.and_then(|sock| sock.peer);
                self.add(peer.and_then(|peer| sock_file(self.scene, peer)));
            }
        }
    }

    /// The items that watch a file.
    fn watchers(&mut self, file: Option<FileKey>) {
        let Some(file) = file.and_then(|file| self.scene.files.get(&file)) else { return };
        self.add(file.f_ep.iter().map(|epi| Thing::Item(*epi)));
    }

    /// Both ends of a pipe.
    fn ends(&mut self, pipe: PipeKey) {
        let scene = self.scene;
        let is_end = |kind| [FileKind::PipeRead(pipe), FileKind::PipeWrite(pipe)].contains(&kind);
        let ends = scene.files.iter().filter(|(_, file)| is_end(file.new.kind));
        self.add(ends.map(|(key, _)| Thing::File(*key)));
    }

    fn of_entry(&mut self, key: WaitEntryKey) {
        let found = self.scene.wait_queues.iter().find_map(|(wq, queue)| {
            let entry = queue.entries.iter().find(|entry| entry.entry == key)?;
            Some((*wq, entry.waiter))
        });
        let Some((wq, waiter)) = found else { return };
        match waiter {
            Waiter::Epitem(epi) => self.add([Thing::Item(epi)]),
            Waiter::EpollWait(task)
            | Waiter::Task(task)
            | Waiter::Receiver(task)
            | Waiter::Poll { task, .. } => self.add([Thing::Task(task)]),
        }
        self.owner(wq);
    }

    /// Whose a queue is.
    fn owner(&mut self, wq: WaitQueueKey) {
        let scene = self.scene;
        for (key, ep) in &scene.eventpolls {
            let lists = [(ep.wq, ListKind::Wq), (ep.poll_wait, ListKind::PollWait)];
            let is_it = lists.into_iter().filter(|(queue, _)| *queue == wq);
            self.add(is_it.map(|(_, kind)| Thing::List(*key, kind)));
        }
        let files = scene.files.iter().filter(|(_, file)| wait_queue(scene, file) == Some(wq));
        self.add(files.map(|(key, _)| Thing::File(*key)));
    }

    fn of_task(&mut self, task: TaskKey) {
        let scene = self.scene;
        self.entries(|_, entry| match entry.waiter {
            Waiter::Epitem(_) => false,
            Waiter::EpollWait(of)
            | Waiter::Task(of)
            | Waiter::Receiver(of)
            | Waiter::Poll { task: of, .. } => of == task,
        });
        for (key, ep) in &scene.eventpolls {
            if ep.mtx == Some(task) || ep.mtx_waiters.contains(&task) {
                self.add([Thing::Locks(*key)]);
            }
        }
        let poll = scene.tasks.get(&task).and_then(|task| task.poll.as_ref());
        let files = poll.into_iter().flat_map(|poll| &poll.entries);
        self.add(files.map(|entry| Thing::File(entry.file)));
    }

    fn of_list(&mut self, key: EventpollKey, kind: ListKind) {
        let Some(ep) = self.scene.eventpolls.get(&key) else { return };
        let items = |list: &std::collections::VecDeque<EpitemKey>| {
            list.iter().map(|epi| Thing::Item(*epi)).collect::<Vec<_>>()
        };
        match kind {
            ListKind::Rdllist => self.add(items(&ep.rdllist)),
            ListKind::Txlist => self.add(items(&ep.txlist)),
            ListKind::Ovflist => self.add(ep.ovflist.iter().flat_map(items)),
            ListKind::Wq | ListKind::PollWait => {
                let wq = if kind == ListKind::Wq { ep.wq } else { ep.poll_wait };
                self.entries(|queue, _| queue == wq);
                let queue = self.scene.wait_queues.get(&wq);
                let waiters = queue.into_iter().flat_map(|queue| &queue.entries);
                self.add(waiters.map(|entry| match entry.waiter {
                    Waiter::Epitem(epi) => Thing::Item(epi),
                    Waiter::EpollWait(task)
                    | Waiter::Task(task)
                    | Waiter::Receiver(task)
                    | Waiter::Poll { task, .. } => Thing::Task(task),
                }));
            }
        }
    }
}

/// The file of a socket, if it has one.
pub fn sock_file(scene: &Scene, sock: SockKey) -> Option<Thing> {
    let mut files = scene.files.iter();
    let found = files.find(|(_, file)| file.new.kind.sock() == Some(sock));
    found.map(|(key, _)| Thing::File(*key))
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use crate::session::Session;

    fn at_end(script: &str) -> Scene {
        let session = Session::open(script).unwrap();
        session.scene_at(session.records().len())
    }

    #[test]
    fn a_name_leads_back_to_its_thing() {
        let scene = at_end(
            "main: ep = epoll_create1(0)\nmain: e = eventfd(0, 0)\n\
                            main: epoll_ctl(ep, EPOLL_CTL_ADD, e, {EPOLLIN}) -> 0\n",
        );
        let ep = *scene.eventpolls.keys().next().unwrap();
        let mut things: Vec<Thing> = LISTS.iter().map(|(_, kind)| Thing::List(ep, *kind)).collect();
        things.extend([Thing::Ep(ep), Thing::Locks(ep)]);
        things.extend(scene.tasks.keys().map(|key| Thing::Task(*key)));
        things.extend(scene.processes.keys().map(|key| Thing::Process(*key)));
        things.extend(scene.epitems.keys().map(|key| Thing::Item(*key)));
        things.extend(scene.files.keys().map(|key| Thing::File(*key)));
        things.extend(scene.wait_queues.keys().map(|key| Thing::Queue(*key)));
        for thing in things {
            assert_eq!(Thing::from_id(&thing.id()), Some(thing));
        }
        for (n, (_, kind)) in LISTS.iter().enumerate() {
            assert_eq!(*kind as usize, n);
        }
        assert_eq!(Thing::from_id("x1"), None);
        assert_eq!(Thing::from_id("i"), None);
        assert_eq!(Thing::from_id(""), None);
    }

    #[test]
    fn an_item_is_its_node_its_file_its_entry_and_its_place_on_a_list() {
        let scene = at_end(
            "main: ep = epoll_create1(0)\nmain: e = eventfd(1, 0)\n\
                            main: f = eventfd(0, 0)\n\
                            main: epoll_ctl(ep, EPOLL_CTL_ADD, e, {EPOLLIN}) -> 0\n\
                            main: epoll_ctl(ep, EPOLL_CTL_ADD, f, {EPOLLIN}) -> 0\n",
        );
        let (epi, item) = scene.epitems.iter().next().unwrap();
        let all = related(&scene, Thing::Item(*epi));
        let wq = wait_queue(&scene, &scene.files[&item.new.file]).unwrap();
        let entry = scene.wait_queues[&wq].entries[0].entry;
        let want = [
            Thing::Item(*epi),
            Thing::File(item.new.file),
            Thing::Ep(item.new.ep),
            Thing::Entry(entry),
            Thing::List(item.new.ep, ListKind::Rdllist),
        ];
        assert_eq!(all, want);
        for other in want.into_iter().filter(|thing| !matches!(thing, Thing::Ep(_))) {
            assert!(related(&scene, other).contains(&Thing::Item(*epi)), "{other:?}");
        }
        assert_eq!(related(&scene, Thing::List(item.new.ep, ListKind::Ovflist)).len(), 1);
    }

    #[test]
    fn a_nested_instance_is_related_to_the_item_that_watches_it() {
        let scene = at_end(
            "main: outer = epoll_create1(0)\nmain: inner = epoll_create1(0)\n\
                            main: epoll_ctl(outer, EPOLL_CTL_ADD, inner, {EPOLLIN}) -> 0\n",
        );
        let (epi, item) = scene.epitems.iter().next().unwrap();
        let FileKind::Eventpoll(inner) = scene.files[&item.new.file].new.kind else { panic!() };
        assert!(related(&scene, Thing::Item(*epi)).contains(&Thing::Ep(inner)));
        assert!(related(&scene, Thing::Ep(inner)).contains(&Thing::Item(*epi)));
        let watched = related(&scene, Thing::List(inner, ListKind::PollWait));
        assert!(watched.contains(&Thing::Item(*epi)));
    }

    #[test]
    fn a_task_in_poll_is_related_to_the_files_it_hooked_into_and_a_reader_to_its_queue() {
        let scene = at_end(
            "main: e = eventfd(0, 0)\nmain: [rd, wr] = pipe()\n\
                            A: poll([{e, POLLIN}, {rd, POLLIN}], -1) -> blocks\n\
                            B: read(rd, 1) -> blocks\n",
        );
        let (a, task) = scene.tasks.iter().find(|(_, task)| task.name == "A").unwrap();
        let entries = &task.poll.as_ref().unwrap().entries;
        assert_eq!(entries.len(), 2);
        let all = related(&scene, Thing::Task(*a));
        for entry in entries {
            assert!(all.contains(&Thing::Entry(entry.entry)));
            assert!(all.contains(&Thing::File(entry.file)));
            assert!(related(&scene, Thing::File(entry.file)).contains(&Thing::Task(*a)));
        }
        let (b, _) = scene.tasks.iter().find(|(_, task)| task.name == "B").unwrap();
        let hangs = related(&scene, Thing::Task(*b));
        assert_eq!(hangs.len(), 2, "itself and its one entry: {hangs:?}");
        assert!(related(&scene, hangs[1]).contains(&Thing::File(entries[1].file)));
    }

    #[test]
    fn both_ends_of_a_pair_belong_together_and_what_is_gone_is_alone() {
        let scene = at_end(
            "main: [a, b] = socketpair(AF_UNIX, SOCK_STREAM)\n\
                            main: [rd, wr] = pipe()\n",
        );
        let files: Vec<FileKey> = scene.files.keys().copied().collect();
        let [a, b, rd, wr] = files[files.len() - 4..] else { panic!() };
        assert_eq!(related(&scene, Thing::File(a)), [Thing::File(a), Thing::File(b)]);
        assert_eq!(related(&scene, Thing::File(wr)), [Thing::File(wr), Thing::File(rd)]);
        let gone = Thing::Item(EpitemKey::from_number(77));
        assert_eq!(related(&scene, gone), [gone]);
    }
}
