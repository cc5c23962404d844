//! The fold: what each event changes on stage.

use std::collections::VecDeque;

use super::{
    Epitem, Eventpoll, File, Pipe, PipeSlot, Process, Scene, Shared, Skb, Sock, Task, Tree,
    UserEvent, WaitEntry, WaitQueue,
};
use crate::kernel::abi::Handler;
use crate::kernel::ids::{EventpollKey, FileKey, PipeKey, SockKey, TaskKey, WaitQueueKey};
use crate::trace::event::{
    End, EpitemNew, Event, EventKind, FileKind, FileNew, ReadyList, SignalFate, TaskNew, TaskState,
    TcpState, WaitEnqueue,
};

impl Scene {
    /// The scene after `event`. Events that change nothing that stays, such as a comparison or a
    /// function entered, leave it as it is; an event about an unknown object is passed over.
    pub fn apply(&mut self, event: &Event) {
        let _ = self.apply_task(&event.kind)
            || self.apply_signal(&event.kind)
            || self.apply_file(&event.kind)
            || self.apply_contents(&event.kind)
            || self.apply_wait(&event.kind)
            || self.apply_poll(&event.kind)
            || self.apply_epoll(&event.kind)
            || self.apply_switch(&event.kind)
            || self.apply_ready(&event.kind);
    }

    fn apply_task(&mut self, kind: &EventKind) -> bool {
        match kind {
            EventKind::ProcessNew { process } => {
                self.processes.insert(*process, Shared::new(Process::default()));
            }
            EventKind::TaskNew(new) => {
                let TaskNew { task, process, name } = &**new;
                let new = Task {
                    name: name.to_string(),
                    process: *process,
                    state: TaskState::Idle,
                    call: None,
                    result: None,
                    user_events: Vec::new(),
                    poll: None,
                    timer_ns: None,
                    blocked: Default::default(),
                    pending: Default::default(),
                    fault: None,
                };
                self.tasks.insert(*task, Shared::new(new));
            }
            EventKind::SyscallEnter { task, call } => self.task(task.key(), |t| {
                t.call = Some(call.get().into_owned());
                t.result = None;
                t.user_events.clear();
            }),
            EventKind::SyscallExit { task, result } => {
                self.task(*task, |t| t.result = Some(result.get().into_owned()));
            }
            EventKind::TaskState { task, state } => self.task(*task, |t| t.state = *state),
            EventKind::CopyOut { task, epi, events, data, .. } => {
                let event = UserEvent { epi: *epi, events: events.events(), data: *data };
                self.task(*task, |t| t.user_events.push(event));
            }
            EventKind::Clock { now_ns } => self.now_ns = *now_ns,
            EventKind::TimerArm { task, expires_ns, .. } => {
                self.task(*task, |t| t.timer_ns = Some(*expires_ns));
            }
            EventKind::TimerFire { task } | EventKind::TimerCancel { task } => {
                self.task(*task, |t| t.timer_ns = None);
            }
            _ => return false,
        }
        true
    }

    fn apply_signal(&mut self, kind: &EventKind) -> bool {
        match kind {
            EventKind::SignalAction { process, sig, handler } => {
                let process = self.processes.get_mut(process);
                process.map(|p| match handler {
                    Handler::Default => p.make_mut().actions.remove(sig),
                    handler => p.make_mut().actions.insert(*sig, *handler),
                });
            }
            EventKind::SignalfdQueue { process, wqh } => {
                self.wait_queue_new(*wqh);
                if let Some(process) = self.processes.get_mut(process) {
                    process.make_mut().signalfd_wqh = Some(*wqh);
                }
            }
            EventKind::SignalMask { task, blocked } => self.task(*task, |t| t.blocked = *blocked),
            EventKind::SignalSend { task, sig, fate: SignalFate::Queued } => {
                self.task(*task, |t| *t.pending.get_or_default(*sig) += 1);
            }
            EventKind::SignalDequeue { task, sig, .. } => self.task(*task, |t| {
                let left = t.pending.remove(sig).unwrap_or(0).saturating_sub(1);
                if left > 0 {
                    t.pending.insert(*sig, left);
                }
            }),
            _ => return false,
        }
        true
    }

    fn apply_file(&mut self, kind: &EventKind) -> bool {
        match kind {
            EventKind::FileNew(new) => self.file_new(new),
            EventKind::FileFree { file } => {
                if let Some(file) = self.files.remove(file)
                    && let FileKind::Eventfd { wqh, .. } | FileKind::Timerfd { wqh } = file.new.kind
                {
                    self.wait_queues.remove(&wqh);
                }
            }
            EventKind::FileCount { file, count } => self.file(*file, |f| f.count = *count),
            EventKind::FdInstall { process, fd, file } => {
                if let Some(process) = self.processes.get_mut(process) {
                    process.make_mut().fds.insert(*fd, *file);
                }
            }
            EventKind::FdRemove { process, fd, .. } => {
                if let Some(process) = self.processes.get_mut(process) {
                    process.make_mut().fds.remove(fd);
                    process.make_mut().close_on_exec.remove(fd);
                }
            }
            EventKind::FdCloexec { process, fd, on } => {
                if let Some(process) = self.processes.get_mut(process) {
                    let set = &mut process.make_mut().close_on_exec;
                    let _ = if *on { set.insert(*fd, ()) } else { set.remove(fd) };
                }
            }
            EventKind::FileFlags { file, flags } => self.file(*file, |f| f.new.flags = *flags),
            EventKind::FileLink { file, epi } => self.file(*file, |f| f.f_ep.push_front(*epi)),
            EventKind::FileUnlink { file, epi } => self.file(*file, |f| take(&mut f.f_ep, epi)),
            _ => return false,
        }
        true
    }

    fn file_new(&mut self, new: &FileNew) {
        if let FileKind::Eventfd { wqh, .. } | FileKind::Timerfd { wqh } = new.kind {
            self.wait_queue_new(wqh);
        }
        let file = File {
            new: new.clone(),
            count: 1,
            eventfd_count: 0,
            timerfd: Default::default(),
            f_ep: Default::default(),
        };
        self.files.insert(new.file, Shared::new(file));
    }

    fn apply_contents(&mut self, kind: &EventKind) -> bool {
        match kind {
            EventKind::EventfdCount { file, count } => {
                self.file(*file, |f| f.eventfd_count = *count);
            }
            EventKind::TimerfdArm(arm) => self.file(arm.file, |f| {
                f.timerfd.expires_ns = arm.expires_ns;
                f.timerfd.interval_ns = arm.interval_ns;
            }),
            EventKind::TimerfdFire { file } => self.file(*file, |f| f.timerfd.expires_ns = None),
            EventKind::TimerfdTicks { file, ticks } => {
                self.file(*file, |f| f.timerfd.ticks = *ticks);
            }
            EventKind::PipeNew { pipe, rd_wait, wr_wait } => {
                self.wait_queue_new(*rd_wait);
                self.wait_queue_new(*wr_wait);
                let new = Pipe {
                    rd_wait: *rd_wait,
                    wr_wait: *wr_wait,
                    slots: Default::default(),
                    max_usage: 16,
                    readers: 1,
                    writers: 1,
                    poll_usage: false,
                };
                self.pipes.insert(*pipe, Shared::new(new));
            }
            EventKind::PipeFree { pipe } => {
                if let Some(pipe) = self.pipes.remove(pipe) {
                    self.wait_queues.remove(&pipe.rd_wait);
                    self.wait_queues.remove(&pipe.wr_wait);
                }
            }
            EventKind::PipePush { pipe, bytes, packet } => self.pipe(*pipe, |p| {
                p.slots.push_back(PipeSlot { bytes: *bytes, packet: *packet });
            }),
            EventKind::PipeMerge { pipe, bytes } => self.pipe(*pipe, |p| {
                if let Some(slot) = p.slots.back_mut() {
                    slot.bytes += bytes;
                }
            }),
            EventKind::PipeTake { pipe, bytes, slot_freed } => self.pipe(*pipe, |p| {
                if *slot_freed {
                    p.slots.pop_front();
                } else if let Some(slot) = p.slots.front_mut() {
                    slot.bytes = slot.bytes.saturating_sub(*bytes);
                }
            }),
            EventKind::PipeEnds { pipe, readers, writers } => {
                self.pipe(*pipe, |p| (p.readers, p.writers) = (*readers, *writers));
            }
            EventKind::PipeResize { pipe, slots } => {
                self.pipe(*pipe, |p| p.max_usage = *slots);
            }
            EventKind::PipePollUsage { pipe } => self.pipe(*pipe, |p| p.poll_usage = true),
            _ => return self.apply_sock(kind),
        }
        true
    }

    fn apply_sock(&mut self, kind: &EventKind) -> bool {
        match kind {
            EventKind::SockNew { sock, wq, sndbuf, parent } => {
                self.wait_queue_new(*wq);
                let new = Sock {
                    wq: *wq,
                    peer: None,
                    receive_queue: Default::default(),
                    wmem_alloc: 0,
                    sndbuf: *sndbuf,
                    shutdown_receive: false,
                    shutdown_send: false,
                    error: None,
                    state: TcpState::Close,
                    parent: *parent,
                    port: None,
                    options: Default::default(),
                    nospace: false,
                    urgent: None,
                    accept_queue: Default::default(),
                    backlog: Default::default(),
                };
                self.socks.insert(*sock, Shared::new(new));
            }
            EventKind::SockFree { sock } => {
                if let Some(sock) = self.socks.remove(sock) {
                    self.wait_queues.remove(&sock.wq);
                }
            }
            EventKind::SockPeer { sock, peer } => self.sock(*sock, |s| s.peer = *peer),
            EventKind::SkbQueue { sock, bytes, truesize } => self.sock(*sock, |s| {
                s.receive_queue.push_back(Skb { bytes: *bytes, truesize: *truesize });
            }),
            EventKind::SkbTake { sock, bytes, skb_freed } => self.sock(*sock, |s| {
                if *skb_freed {
                    s.receive_queue.pop_front();
                } else if let Some(skb) = s.receive_queue.front_mut() {
                    skb.bytes = skb.bytes.saturating_sub(*bytes);
                }
            }),
            EventKind::SockWmem { sock, bytes } => self.sock(*sock, |s| s.wmem_alloc = *bytes),
            EventKind::SockShutdown { sock, receive, send } => self.sock(*sock, |s| {
                (s.shutdown_receive, s.shutdown_send) = (*receive, *send);
            }),
            EventKind::SockErr { sock, error } => self.sock(*sock, |s| s.error = *error),
            _ => return self.apply_net(kind),
        }
        true
    }

    fn apply_wait(&mut self, kind: &EventKind) -> bool {
        match kind {
            EventKind::WaitEnqueue(joined) => {
                let WaitEnqueue { wq, entry, waiter, exclusive, at } = **joined;
                let new = WaitEntry { entry, waiter, exclusive };
                self.wait_queue(wq, |q| match at {
                    End::Head => q.entries.push_front(new),
                    End::Tail => q.entries.push_back(new),
                });
            }
            EventKind::WaitDequeue { wq, entry } => {
                self.wait_queue(*wq, |q| q.entries.retain(|e| e.entry != *entry));
            }
            _ => return false,
        }
        true
    }

    fn apply_epoll(&mut self, kind: &EventKind) -> bool {
        match kind {
            EventKind::EventpollNew { ep, wq, poll_wait } => {
                self.eventpoll_new(*ep, *wq, *poll_wait);
            }
            EventKind::EventpollFree { ep } => {
                if let Some(ep) = self.eventpolls.remove(ep) {
                    self.wait_queues.remove(&ep.wq);
                    self.wait_queues.remove(&ep.poll_wait);
                }
            }
            EventKind::MtxLock { ep, task } => self.ep(*ep, |e| {
                e.mtx = Some(*task);
                e.mtx_waiters.retain(|t| t != task);
            }),
            EventKind::MtxWait { ep, task } => self.ep(*ep, |e| e.mtx_waiters.push_back(*task)),
            EventKind::MtxUnlock { ep } => self.ep(*ep, |e| e.mtx = None),
            EventKind::SpinLock { ep } => self.ep(*ep, |e| e.lock_held = true),
            EventKind::SpinUnlock { ep } => self.ep(*ep, |e| e.lock_held = false),
            EventKind::Watches { count } => self.watches = *count,
            EventKind::EpitemNew(new) => self.epitem_new(new),
            EventKind::EpitemFree { epi } => {
                self.epitems.remove(epi);
            }
            EventKind::EpitemEvent { epi, events, data } => {
                self.epitem(*epi, |e| (e.events, e.data) = (*events, *data));
            }
            EventKind::PwqNew { pwq, epi, .. } => {
                self.epitem(*epi, |e| e.pwqlist.push_front(*pwq));
            }
            EventKind::PwqFree { pwq, epi } => {
                self.epitem(*epi, |e| e.pwqlist.retain(|p| p != pwq));
            }
            EventKind::RbCompare { ep, at, turn } => self.tree(*ep, |t| t.compare(*at, *turn)),
            EventKind::RbLink { ep, node, parent, side } => {
                self.tree(*ep, |t| t.link(*node, *parent, *side));
            }
            EventKind::RbColor { ep, node, color } => self.tree(*ep, |t| t.color(*node, *color)),
            EventKind::RbRotate { ep, at, side } => self.tree(*ep, |t| t.rotate(*at, *side)),
            EventKind::RbUnlink { ep, node, child } => {
                self.tree(*ep, |t| t.unlink(*node, *child));
            }
            EventKind::RbSuccessor { ep, node, successor } => {
                self.tree(*ep, |t| t.successor(*node, *successor));
            }
            EventKind::RbLeftmost { ep, node } => self.tree(*ep, |t| t.leftmost = *node),
            _ => return false,
        }
        true
    }

    fn eventpoll_new(&mut self, ep: EventpollKey, wq: WaitQueueKey, poll_wait: WaitQueueKey) {
        self.wait_queue_new(wq);
        self.wait_queue_new(poll_wait);
        let new = Eventpoll {
            wq,
            poll_wait,
            rbr: Tree::default(),
            rdllist: Default::default(),
            txlist: Default::default(),
            ovflist: None,
            mtx: None,
            mtx_waiters: Default::default(),
            lock_held: false,
            ws: None,
            params: Default::default(),
        };
        self.eventpolls.insert(ep, Shared::new(new));
    }

    fn epitem_new(&mut self, new: &EpitemNew) {
        let epitem = Epitem {
            new: new.clone(),
            events: new.events,
            data: new.data,
            pwqlist: Default::default(),
            ws: None,
        };
        self.epitems.insert(new.epi, Shared::new(epitem));
    }

    fn apply_ready(&mut self, kind: &EventKind) -> bool {
        match kind {
            EventKind::ReadyLink { ep, epi, list, at } => self.ep(*ep, |e| {
                let list = match list {
                    ReadyList::Rdllist => &mut e.rdllist,
                    ReadyList::Txlist => &mut e.txlist,
                };
                match at {
                    End::Head => list.push_front(*epi),
                    End::Tail => list.push_back(*epi),
                }
            }),
            EventKind::ReadyUnlink { ep, epi, list } => self.ep(*ep, |e| match list {
                ReadyList::Rdllist => take(&mut e.rdllist, epi),
                ReadyList::Txlist => take(&mut e.txlist, epi),
            }),
            EventKind::ScanStart { ep } => self.ep(*ep, |e| {
                e.txlist = std::mem::take(&mut e.rdllist);
                e.ovflist = Some(Default::default());
            }),
            EventKind::OvflistPush { ep, epi } => self.ep(*ep, |e| {
                e.ovflist.get_or_insert_default().push_front(*epi);
            }),
            EventKind::OvflistPop { ep, epi } => self.ep(*ep, |e| {
                if let Some(list) = &mut e.ovflist {
                    take(list, epi);
                }
            }),
            EventKind::ScanDone { ep } => self.ep(*ep, |e| {
                e.ovflist = None;
                let mut rest = std::mem::take(&mut e.txlist);
                rest.append(&mut e.rdllist);
                e.rdllist = rest;
            }),
            _ => return false,
        }
        true
    }

    pub(super) fn task(&mut self, key: TaskKey, change: impl FnOnce(&mut Task)) {
        if let Some(t) = self.tasks.get_mut(&key) {
            change(t.make_mut());
        }
    }

    fn file(&mut self, key: FileKey, change: impl FnOnce(&mut File)) {
        if let Some(f) = self.files.get_mut(&key) {
            change(f.make_mut());
        }
    }

    fn pipe(&mut self, key: PipeKey, change: impl FnOnce(&mut Pipe)) {
        if let Some(p) = self.pipes.get_mut(&key) {
            change(p.make_mut());
        }
    }

    pub(super) fn sock(&mut self, key: SockKey, change: impl FnOnce(&mut Sock)) {
        if let Some(s) = self.socks.get_mut(&key) {
            change(s.make_mut());
        }
    }

    fn wait_queue(&mut self, key: WaitQueueKey, change: impl FnOnce(&mut WaitQueue)) {
        if let Some(q) = self.wait_queues.get_mut(&key) {
            change(q.make_mut());
        }
    }

    fn wait_queue_new(&mut self, key: WaitQueueKey) {
        self.wait_queues.insert(key, Shared::new(WaitQueue::default()));
    }

    pub(super) fn ep(&mut self, key: EventpollKey, change: impl FnOnce(&mut Eventpoll)) {
        if let Some(e) = self.eventpolls.get_mut(&key) {
            change(e.make_mut());
        }
    }

    pub(super) fn epitem(
        &mut self,
        key: crate::kernel::ids::EpitemKey,
        change: impl FnOnce(&mut Epitem),
    ) {
        if let Some(e) = self.epitems.get_mut(&key) {
            change(e.make_mut());
        }
    }

    fn tree(&mut self, key: EventpollKey, change: impl FnOnce(&mut Tree)) {
        self.ep(key, |e| change(&mut e.rbr));
    }
}

/// Takes a key off a list. Most are taken off its front: the rest is not looked at then.
fn take<K: PartialEq>(list: &mut VecDeque<K>, key: &K) {
    if list.front() == Some(key) {
        list.pop_front();
    } else {
        list.retain(|one| one != key);
    }
}
