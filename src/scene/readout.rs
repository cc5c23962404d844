//! The scene as read out of a kernel: what the fold over its events must give.

use super::{
    Epitem, Eventpoll, File, Map, Node, Pipe, PipeSlot, PollCall, Process, Scene, Shared, Skb,
    Sock, Task, Tree, UserEvent, WaitEntry, WaitQueue,
};
use crate::kernel::Kernel;
use crate::kernel::abi::SO_SNDBUF;
use crate::kernel::ids::{EpitemKey, EventpollKey, FileKey};
use crate::trace::event::{EpitemNew, FileNew, SegmentSend, TaskState, TcpState};

impl Scene {
    /// Reads the scene of this moment. What only the events know is taken from `folded`: how a file
    /// or item was made, the last descent in a tree, and from which item each user event came.
    pub(crate) fn read_out(kernel: &Kernel, folded: &Scene) -> Scene {
        Scene {
            now_ns: kernel.now_ns(),
            config: kernel.config,
            watches: kernel.epoll_watches,
            processes: shared(kernel.processes.iter().map(|(key, process)| {
                let fds = (0..).zip(&process.fds).filter_map(|(fd, file)| Some((fd, (*file)?)));
                let (actions, signalfd_wqh) = (copy(&process.actions), process.signalfd_wqh);
                let close_on_exec = copy(&process.close_on_exec);
                (key, Process { fds: fds.collect(), actions, signalfd_wqh, close_on_exec })
            })),
            tasks: shared(kernel.tasks.iter().map(|(key, task)| {
                let stored: Vec<UserEvent> = folded.tasks[&key].user_events.clone();
                let task = Task {
                    name: task.name.clone(),
                    process: task.process,
                    state: task.state,
                    call: task.call.clone(),
                    // What is known already but not yet handed over cannot be seen.
                    result: task
                        .result
                        .clone()
                        .filter(|_| task.state == TaskState::Idle || task.in_user),
                    user_events: stored,
                    blocked: task.signals.blocked,
                    pending: copy(&task.signals.pending),
                    fault: task.fault,
                    poll: task.poll.as_deref().map(PollCall::read_out),
                    timer_ns: task.timer.map(|(expires_ns, _)| expires_ns),
                };
                (key, task)
            })),
            files: shared(kernel.files.keys().map(|key| (key, file(kernel, folded, key)))),
            pipes: shared(kernel.pipes.iter().map(|(key, pipe)| {
                let slots = pipe
                    .bufs
                    .iter()
                    .map(|buffer| PipeSlot { bytes: size(buffer.len()), packet: buffer.packet });
                let pipe = Pipe {
                    rd_wait: pipe.rd_wait,
                    wr_wait: pipe.wr_wait,
                    slots: slots.collect(),
                    max_usage: size(pipe.max_usage),
                    readers: pipe.readers,
                    writers: pipe.writers,
                    poll_usage: pipe.poll_usage,
                };
                (key, pipe)
            })),
            socks: shared(kernel.socks.iter().map(|(key, sock)| {
                let skbs = sock
                    .receive_queue
                    .iter()
                    .map(|skb| Skb { bytes: size(skb.len()), truesize: size(skb.truesize) });
                let sock = Sock {
                    wq: sock.wq,
                    peer: sock.peer,
                    receive_queue: skbs.collect(),
                    wmem_alloc: size(sock.wmem_alloc),
                    sndbuf: sock.sndbuf,
                    shutdown_receive: sock.shutdown_receive,
                    shutdown_send: sock.shutdown_send,
                    error: sock.error,
                    state: sock.inet.state,
                    parent: sock.inet.parent.filter(|_| sock.inet.state == TcpState::SynRecv),
                    port: sock.inet.port,
                    options: {
                        let set = sock.inet.options.iter().map(|(o, v)| (*o, *v));
                        set.filter(|(option, _)| *option != SO_SNDBUF).collect()
                    },
                    nospace: sock.inet.nospace,
                    urgent: {
                        let of_unix = sock.receive_queue.iter().find(|skb| skb.oob);
                        let of_tcp = sock.inet.urgent.filter(|u| !u.is_read).map(|u| u.byte);
                        of_unix.and_then(|skb| skb.rest().first().copied()).or(of_tcp)
                    },
                    accept_queue: sock.inet.accept_queue.clone(),
                    backlog: sock.inet.backlog.iter().map(|s| s.number).collect(),
                };
                (key, sock)
            })),
            segments: shared(kernel.segments.iter().map(|segment| {
                let sent = SegmentSend {
                    number: segment.number,
                    from: segment.from,
                    to: segment.to,
                    port: segment.port,
                    flags: segment.flags,
                    bytes: size(segment.data.len()),
                };
                (segment.number, sent)
            })),
            time_wait: kernel.time_wait.iter().map(|wait| wait.port).collect(),
            wait_queues: shared(kernel.wait_queues.iter().map(|(key, head)| {
                let entries = head.entries.iter(&kernel.wait_entries).map(|entry| {
                    let waiting = &kernel.wait_entries[entry];
                    WaitEntry { entry, waiter: waiting.waiter, exclusive: waiting.exclusive }
                });
                (key, WaitQueue { entries: entries.collect() })
            })),
            eventpolls: shared(
                kernel.eventpolls.keys().map(|key| (key, eventpoll(kernel, folded, key))),
            ),
            epitems: shared(kernel.epitems.keys().map(|key| (key, epitem(kernel, folded, key)))),
        }
    }
}

/// A map of the kernel as one of the scene.
fn copy<K: Ord + Clone, V: Clone>(map: &litemap::LiteMap<K, V>) -> Map<K, V> {
    map.iter().map(|(key, value)| (key.clone(), value.clone())).collect()
}

fn shared<K: Ord + Copy, V>(items: impl Iterator<Item = (K, V)>) -> Map<K, Shared<V>> {
    items.map(|(key, value)| (key, Shared::new(value))).collect()
}

fn file(kernel: &Kernel, folded: &Scene, key: FileKey) -> File {
    let file = &kernel.files[key];
    let new = folded.files[&key].new.clone();
    File {
        new: FileNew { file: key, addr: file.addr, flags: file.flags, ..new },
        count: file.count,
        eventfd_count: kernel.eventfd_count(key),
        timerfd: kernel.timerfd_state(key),
        f_ep: file.watchers(&kernel.epitems).collect(),
    }
}

fn eventpoll(kernel: &Kernel, folded: &Scene, key: EventpollKey) -> Eventpoll {
    let ep = &kernel.eventpolls[key];
    let nodes = kernel.epitems.iter().filter(|(_, epi)| epi.ep == key).map(|(epi, item)| {
        let rbn = item.rbn;
        let (parent, left, right, color) = (rbn.parent, rbn.left, rbn.right, rbn.color);
        // Told when all are there.
        (epi, Node { parent, left, right, color, size: 0 })
    });
    let mut rbr = Tree::from_nodes(ep.rbr.node, ep.rbr.leftmost, nodes.collect());
    rbr.path = folded.eventpolls[&key].rbr.path.clone();
    Eventpoll {
        wq: ep.wq,
        poll_wait: ep.poll_wait,
        rbr,
        rdllist: kernel.ready_items(&ep.rdllist).collect(),
        txlist: kernel.ready_items(&ep.txlist).collect(),
        ovflist: kernel.ovflist_items(key),
        mtx: ep.mtx.owner,
        mtx_waiters: ep.mtx.waiters.clone(),
        lock_held: false,
        ws: ep.ws.map(|ws| ws.active),
        params: ep.params,
    }
}

fn epitem(kernel: &Kernel, folded: &Scene, key: EpitemKey) -> Epitem {
    let item = &kernel.epitems[key];
    let new = folded.epitems[&key].new.clone();
    let hooks = std::iter::successors(item.pwqlist, |pwq| kernel.pwqs[*pwq].next);
    Epitem {
        new: EpitemNew { epi: key, ep: item.ep, file: item.ffd.file, fd: item.ffd.fd, ..new },
        events: item.event.events,
        data: item.event.data,
        pwqlist: hooks.collect(),
        ws: item.ws.map(|ws| ws.active),
    }
}

fn size(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap()
}
