//! What must hold of a kernel at every moment; tests ask after every step.

use litemap::LiteMap;

use super::Kernel;
use super::eventpoll::{Ovflist, ReadyLink};
use super::file::FileObject;
use super::ids::{EpitemKey, EventpollKey};
use super::syscall::Syscall;
use super::time::Timer;
use super::wait::QueueLink;
use crate::trace::event::{Color, TaskState};

impl Kernel {
    /// Panics if the state contradicts itself: a broken tree, an item on the wrong list, a count
    /// that is off.
    pub fn check(&self) {
        for (ep, eventpoll) in self.eventpolls.iter() {
            self.check_tree(ep);
            let scanning = eventpoll.ovflist != Ovflist::Unactive;
            assert!(scanning || eventpoll.txlist.is_empty(), "{ep}: txlist without a scan");
            let ready = eventpoll.rdllist.iter::<ReadyLink, _>(&self.epitems);
            let taken = eventpoll.txlist.iter::<ReadyLink, _>(&self.epitems);
            for epi in ready.chain(taken) {
                assert_eq!(self.epitems[epi].ep, ep, "{epi} is on a list of {ep}");
                assert!(self.epitems[epi].is_linked());
            }
        }
        self.check_timers();
        self.check_queues();
        self.check_polls();
        self.check_files();
        self.check_tables();
        self.check_net();
        self.check_switches();
        let watches = u64::try_from(self.epitems.len()).unwrap_or(u64::MAX);
        assert_eq!(self.epoll_watches, watches, "epoll_watches");
        for (task, state) in self.tasks.iter() {
            let at_rest = matches!(state.state, TaskState::Idle | TaskState::Interruptible);
            assert!(!at_rest || !state.signals.is_pending(), "{task} rests with a signal pending");
        }
        for task in self.runnable() {
            assert_eq!(self.tasks[task].state, TaskState::Runnable, "{task} is in the run queue");
        }
    }

    /// A wakeup source is held for something; what goes wrong does so in the next call only.
    fn check_switches(&self) {
        for (epi, item) in self.epitems.iter() {
            let Some(ws) = item.ws else { continue };
            let listed = item.is_linked() || item.is_on_ovflist();
            assert!(!ws.active || listed, "{epi} holds the system for nothing");
            assert!(self.eventpolls[item.ep].ws.is_some(), "{}: no wakeup source", item.ep);
        }
        for (ep, eventpoll) in self.eventpolls.iter() {
            let scans = eventpoll.ovflist != Ovflist::Unactive;
            assert!(!eventpoll.ws.is_some_and(|ws| ws.active) || scans, "{ep} holds the system");
        }
        for (task, state) in self.tasks.iter() {
            let injected = matches!(state.call, Some(Syscall::Inject { .. }));
            let rests = state.state == TaskState::Idle && !injected;
            assert!(!rests || state.fault.is_none(), "{task}: a fault is left over");
        }
    }

    fn check_timers(&self) {
        let of_task = |(key, task): (_, &super::task::Task)| Some((task.timer?, Timer::Task(key)));
        let of_file = |(key, file): (_, &super::file::File)| match &file.object {
            FileObject::Timerfd(timerfd) => Some((timerfd.armed()?, Timer::Timerfd(key))),
            _ => None,
        };
        let owners = self.tasks.iter().filter_map(of_task);
        let owners: LiteMap<_, _> = owners.chain(self.files.iter().filter_map(of_file)).collect();
        assert_eq!(owners, self.timers, "every timer has its owner");
    }

    fn check_queues(&self) {
        let mut seen = 0;
        for (wq, head) in self.wait_queues.iter() {
            for entry in head.entries.iter::<QueueLink, _>(&self.wait_entries) {
                assert_eq!(self.wait_entries[entry].wq, wq);
                seen += 1;
            }
        }
        assert_eq!(seen, self.wait_entries.len(), "every wait entry is on a queue");
        for (pwq, entry) in self.pwqs.iter() {
            assert!(self.epitems.contains_key(entry.base), "{pwq} belongs to no item");
            let file = &self.files[self.epitems[entry.base].ffd.file].object;
            // The queue of a signalfd dies with the process that watched it.
            let may_dangle = matches!(file, FileObject::Signalfd(_));
            let hangs = self.wait_entries.contains_key(entry.wait);
            assert!(hangs || may_dangle, "{pwq} hangs in no queue");
        }
    }

    /// Segments rest only where they are held, every queued connection is one, nobody owns a socket at rest.
    fn check_net(&self) {
        let may_rest = self.net_held || self.segments.is_empty();
        assert!(may_rest && !self.in_net_rx, "segments are under way");
        for (sock, state) in self.socks.iter() {
            let inet = &state.inet;
            assert!(inet.backlog.is_empty() && !inet.owned, "{sock} is owned");
            for child in &inet.accept_queue {
                assert_eq!(self.socks[*child].inet.parent, Some(sock), "parent of {child}");
            }
            if inet.kind == super::net::SockKind::Tcp {
                let held: usize = state.receive_queue.iter().map(|skb| skb.len()).sum();
                assert_eq!(held as u64, inet.received - inet.copied, "{sock}: unread bytes");
                assert_eq!(state.wmem_alloc, inet.unsent.len(), "{sock}: unsent bytes");
            }
        }
    }

    fn check_files(&self) {
        for (file, state) in self.files.iter() {
            let tables = self.processes.values().flat_map(|p| &p.fds);
            let installed = tables.flatten().filter(|f| **f == file).count();
            let pins = self.tasks.values().flat_map(|t| &t.pinned);
            let pinned = pins.filter(|f| **f == file).count();
            let polled = self.tasks.values().flat_map(|t| &t.poll).map(|poll| poll.holds(file));
            let pinned = pinned + polled.sum::<usize>();
            let count = usize::try_from(state.count).unwrap_or(usize::MAX);
            // While a file is released it has no reference at all.
            assert_eq!(count, installed + pinned, "references of {file}");
            for epi in state.watchers(&self.epitems) {
                assert_eq!(self.epitems[epi].ffd.file, file);
            }
        }
    }

    /// No number below `next_fd` is free.
    fn check_tables(&self) {
        for (key, process) in self.processes.iter().filter(|(_, p)| !p.fds.is_empty()) {
            let free = (0..process.next_fd).find(|fd| process.is_free(*fd));
            assert_eq!(free, None, "{key}: a number below next_fd");
        }
    }

    /// Every path has as many black nodes, no red node has a red child, keys are in order, and the
    /// leftmost node is the cached one.
    fn check_tree(&self, ep: EventpollKey) {
        let root = self.eventpolls[ep].rbr;
        let mut keys = Vec::new();
        self.check_subtree(root.node, None, &mut keys);
        assert!(keys.is_sorted_by(|a, b| a.0 < b.0), "{ep}: the tree is out of order");
        assert_eq!(keys.first().map(|k| k.1), root.leftmost, "{ep}: leftmost");
        assert!(root.node.is_none_or(|n| self.epitems[n].rbn.color == Color::Black));
        let items = self.epitems.values().filter(|epi| epi.ep == ep).count();
        assert_eq!(keys.len(), items, "{ep}: items in the tree");
    }

    /// Gives the number of black nodes on each path.
    fn check_subtree(
        &self,
        node: Option<EpitemKey>,
        parent: Option<EpitemKey>,
        keys: &mut Vec<((u64, i32), EpitemKey)>,
    ) -> usize {
        let Some(key) = node else { return 1 };
        let item = &self.epitems[key];
        assert_eq!(item.rbn.parent, parent, "{key}: parent");
        let red = item.rbn.color == Color::Red;
        let parent_red = parent.is_some_and(|p| self.epitems[p].rbn.color == Color::Red);
        assert!(!(red && parent_red), "{key} is red below a red node");
        let left = self.check_subtree(item.rbn.left, node, keys);
        keys.push((item.ffd.key(), key));
        let right = self.check_subtree(item.rbn.right, node, keys);
        assert_eq!(left, right, "{key}: black heights differ");
        left + usize::from(!red)
    }
}

/// Ways to look inside, for comparing a kernel with the scene folded from its events.
#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
impl Kernel {
    /// Whether several sockets would get what comes to a port.
    pub(crate) fn has_reuseport_group(&self, port: u16) -> bool {
        use crate::kernel::abi::SO_REUSEPORT;
        let at = |sock: &&super::file::unix::Sock| {
            sock.inet.port == Some(port) && sock.inet.is_set(SO_REUSEPORT)
        };
        self.socks.values().filter(at).count() > 1
    }

    pub(crate) fn is_dgram(&self, task: super::ids::TaskKey, fd: i32) -> bool {
        let fds = &self.processes[self.tasks[task].process].fds;
        let file = usize::try_from(fd).ok().and_then(|fd| fds.get(fd).copied().flatten());
        file.is_some_and(|f| matches!(self.files[f].object, super::file::FileObject::Dgram(_)))
    }

    pub(crate) fn is_tcp(&self, task: super::ids::TaskKey, fd: i32) -> bool {
        let fds = &self.processes[self.tasks[task].process].fds;
        let file = usize::try_from(fd).ok().and_then(|fd| fds.get(fd).copied().flatten());
        file.is_some_and(|f| matches!(self.files[f].object, super::file::FileObject::Tcp(_)))
    }

    pub(crate) fn eventfd_count(&self, file: super::ids::FileKey) -> u64 {
        match &self.files[file].object {
            super::file::FileObject::Eventfd(eventfd) => eventfd.count,
            _ => 0,
        }
    }

    pub(crate) fn timerfd_state(&self, file: super::ids::FileKey) -> crate::scene::Timerfd {
        match &self.files[file].object {
            super::file::FileObject::Timerfd(timerfd) => crate::scene::Timerfd {
                ticks: timerfd.ticks,
                expires_ns: timerfd.armed().map(|(expires_ns, _)| expires_ns),
                interval_ns: timerfd.interval_ns,
            },
            _ => Default::default(),
        }
    }

    pub(crate) fn ready_items<'a>(
        &'a self,
        list: &super::list::List<EpitemKey>,
    ) -> impl Iterator<Item = EpitemKey> + 'a {
        list.iter::<ReadyLink, _>(&self.epitems)
    }

    pub(crate) fn ovflist_items(
        &self,
        ep: EventpollKey,
    ) -> Option<std::collections::VecDeque<EpitemKey>> {
        let Ovflist::Active(first) = self.eventpolls[ep].ovflist else { return None };
        let items = std::iter::successors(first, |epi| self.epitems[*epi].ovflist_before());
        Some(items.collect())
    }
}
