//! What a file has to say, told from the scene: what is ready on it, what it holds, what would have
//! to happen so that there is more.
//!
//! Differs from the kernel's poll operations in what the scene does not know: whether a byte out of
//! band waits on an `AF_UNIX` socket.

use crate::kernel::abi::{Events, SO_RCVLOWAT, SigSet, signal_name};
use crate::kernel::ids::{EventpollKey, FileKey, PipeKey, SockKey, TaskKey};
use crate::scene::explain::time_text;
use crate::scene::{File, Pipe, Scene, Sock};
use crate::tr;
use crate::trace::event::{FileKind, TcpState};

use super::{Look, left};

const READABLE: Events = Events::EPOLLIN.union(Events::EPOLLRDNORM);
const WRITABLE: Events = Events::EPOLLOUT.union(Events::EPOLLWRNORM);
/// As `AF_UNIX` and datagram sockets say it.
const WRITABLE_ANY: Events = WRITABLE.union(Events::EPOLLWRBAND);

/// All that says "there is something to read".
pub(super) const TO_READ: Events =
    READABLE.union(Events::EPOLLPRI).union(Events::EPOLLRDBAND).union(Events::EPOLLRDHUP);

impl File {
    /// Whether it has a poll operation, so that it can be watched.
    pub(super) fn can_poll(&self) -> bool {
        !matches!(self.new.kind, FileKind::Null | FileKind::Path(_))
    }
}

/// What a file would answer if it were polled now by `task`, whose signals count for a signalfd;
/// without one, anybody's of its process.
pub(super) fn readiness(scene: &Scene, key: FileKey, task: Option<TaskKey>) -> Events {
    let Some(file) = scene.files.get(&key) else { return Events::empty() };
    let mut mask = Events::empty();
    match file.new.kind {
        FileKind::Null | FileKind::Path(_) => {}
        FileKind::Eventpoll(ep) => mask.set(READABLE, instance_is_ready(scene, ep, 0)),
        FileKind::Eventfd { .. } => {
            mask.set(Events::EPOLLIN, file.eventfd_count > 0);
            mask.set(Events::EPOLLERR, file.eventfd_count == u64::MAX);
            mask.set(Events::EPOLLOUT, file.eventfd_count < u64::MAX - 1);
        }
        FileKind::Timerfd { .. } => mask.set(Events::EPOLLIN, file.timerfd.ticks > 0),
        FileKind::Signalfd { mask: set } => {
            mask.set(Events::EPOLLIN, !pending(scene, set, task).is_empty());
        }
        FileKind::PipeRead(pipe) => {
            if let Some(pipe) = scene.pipes.get(&pipe) {
                mask.set(READABLE, !pipe.slots.is_empty());
                mask.set(Events::EPOLLHUP, pipe.writers == 0);
            }
        }
        FileKind::PipeWrite(pipe) => {
            if let Some(pipe) = scene.pipes.get(&pipe) {
                mask.set(WRITABLE, pipe.slots.len() < pipe.max_usage as usize);
                mask.set(Events::EPOLLERR, pipe.readers == 0);
            }
        }
        FileKind::UnixStream(sock) => mask = scene.socks.get(&sock).map_or(mask, |s| unix(s)),
        FileKind::Tcp(sock) => mask = scene.socks.get(&sock).map_or(mask, |s| tcp(s)),
        FileKind::Dgram(sock) => mask = scene.socks.get(&sock).map_or(mask, |s| dgram(s)),
    }
    mask
}

/// An instance is ready if an item on its list really is.
fn instance_is_ready(scene: &Scene, ep: EventpollKey, depth: u8) -> bool {
    let Some(ep) = scene.eventpolls.get(&ep).filter(|_| depth < 6) else { return false };
    ep.rdllist.iter().chain(&ep.txlist).filter_map(|epi| scene.epitems.get(epi)).any(|item| {
        match scene.files.get(&item.new.file).map(|file| file.new.kind) {
            Some(FileKind::Eventpoll(inner)) => instance_is_ready(scene, inner, depth + 1),
            _ => readiness(scene, item.new.file, None).intersects(item.events),
        }
    })
}

/// The pending signals that a signalfd is for.
fn pending(scene: &Scene, set: SigSet, task: Option<TaskKey>) -> Vec<i32> {
    let of = |(key, _): &(&TaskKey, _)| task.is_none_or(|task| task == **key);
    let mut all: Vec<i32> =
        scene.tasks.iter().filter(of).flat_map(|(_, t)| t.pending.keys().copied()).collect();
    all.retain(|sig| set.contains(*sig));
    all.dedup();
    all
}

fn waiting_bytes(sock: &Sock) -> u64 {
    sock.receive_queue.iter().map(|skb| u64::from(skb.bytes)).sum()
}

fn unix(sock: &Sock) -> Events {
    let mut mask = Events::empty();
    mask.set(Events::EPOLLERR, sock.error.is_some());
    let closed = sock.shutdown_receive && sock.shutdown_send;
    mask.set(Events::EPOLLHUP, closed || sock.state == TcpState::Close);
    mask.set(Events::EPOLLRDHUP, sock.shutdown_receive);
    mask.set(READABLE, sock.shutdown_receive || !sock.receive_queue.is_empty());
    mask.set(WRITABLE_ANY, has_room(sock));
    mask
}

/// `unix_writable()`
fn has_room(sock: &Sock) -> bool {
    u64::from(sock.wmem_alloc + 1) << 2 <= u64::from(sock.sndbuf)
}

fn dgram(sock: &Sock) -> Events {
    let mut mask = Events::empty();
    mask.set(Events::EPOLLERR, sock.error.is_some());
    mask.set(Events::EPOLLRDHUP, sock.shutdown_receive);
    mask.set(Events::EPOLLHUP, sock.shutdown_receive && sock.shutdown_send);
    mask.set(READABLE, sock.shutdown_receive || !sock.receive_queue.is_empty());
    mask.set(WRITABLE_ANY, has_room(sock));
    mask
}

fn tcp(sock: &Sock) -> Events {
    let mut mask = Events::empty();
    if sock.state == TcpState::Listen {
        mask.set(READABLE, !sock.accept_queue.is_empty());
        return mask;
    }
    let (receive, send) = (sock.shutdown_receive, sock.shutdown_send);
    mask.set(Events::EPOLLHUP, receive && send || sock.state == TcpState::Close);
    mask.set(READABLE | Events::EPOLLRDHUP, receive);
    if sock.state != TcpState::SynSent {
        let bytes = waiting_bytes(sock);
        let wanted = sock.options.get(&SO_RCVLOWAT).map_or(1, |low| low.unsigned_abs()).max(1);
        // The urgent byte, if it is the first, is no data for a plain read.
        let urgent = u64::from(sock.urgent.is_some() && bytes == 1);
        if bytes >= u64::from(wanted) + urgent {
            mask |= READABLE;
        }
        mask.set(Events::EPOLLPRI, sock.urgent.is_some());
        mask.set(WRITABLE, send || tcp_has_room(sock));
    }
    mask.set(Events::EPOLLERR, sock.error.is_some());
    mask
}

/// `sk_stream_is_writeable()`
fn tcp_has_room(sock: &Sock) -> bool {
    let (queued, sndbuf) = (sock.wmem_alloc, sock.sndbuf);
    queued < sndbuf && sndbuf - queued >= queued >> 1
}

impl Look<'_> {
    /// What there is that makes a file ready for `ready`, as a clause.
    pub(super) fn what_waits(&self, scene: &Scene, key: FileKey, ready: Events) -> String {
        let Some(file) = scene.files.get(&key) else { return String::new() };
        let name = self.names.file(key);
        if ready.intersects(TO_READ)
            && let Some(text) = self.unread(scene, file, &name)
        {
            return text;
        }
        if ready.contains(Events::EPOLLERR) {
            return tr!("why-has-error", file = name);
        }
        if ready.intersects(TO_READ | Events::EPOLLHUP) {
            return tr!("why-has-hup", file = name);
        }
        tr!("why-has-room", file = name)
    }

    fn unread(&self, scene: &Scene, file: &File, name: &str) -> Option<String> {
        let bytes =
            |bytes: u64| (bytes > 0).then(|| tr!("why-has-bytes", file = name, bytes = bytes));
        match file.new.kind {
            FileKind::Eventfd { .. } => {
                Some(tr!("why-has-counter", file = name, count = file.eventfd_count))
            }
            FileKind::Timerfd { .. } => {
                Some(tr!("why-has-ticks", file = name, ticks = file.timerfd.ticks))
            }
            FileKind::Signalfd { mask } => {
                let signals = pending(scene, mask, None);
                let signals: Vec<String> = signals.into_iter().map(signal_name).collect();
                Some(tr!("why-has-signals", file = name, signals = signals.join(", ")))
            }
            FileKind::Eventpoll(ep) => {
                let items = scene.eventpolls.get(&ep).map_or(0, |ep| ep.rdllist.len());
                Some(tr!("why-has-items", file = name, items = items))
            }
            FileKind::PipeRead(pipe) | FileKind::PipeWrite(pipe) => {
                bytes(scene.pipes.get(&pipe).map_or(0, |pipe| pipe_bytes(pipe)))
            }
            kind => {
                let sock = scene.socks.get(&kind.sock()?)?;
                if sock.state == TcpState::Listen {
                    let count = sock.accept_queue.len();
                    return Some(tr!("why-has-connections", file = name, count = count));
                }
                bytes(waiting_bytes(sock))
            }
        }
    }

    /// Why nothing of `asked` is ready on a file, as a clause, and what would change that.
    pub(super) fn what_lacks(
        &self,
        scene: &Scene,
        key: FileKey,
        asked: Events,
    ) -> (String, String) {
        let Some(file) = scene.files.get(&key) else {
            return (tr!("why-lacks-file"), tr!("why-do-other"));
        };
        let name = &*self.names.file(key);
        let reads = asked.intersects(TO_READ) || !asked.intersects(WRITABLE);
        match file.new.kind {
            FileKind::Eventfd { .. } if reads => {
                (tr!("why-lacks-count", file = name), tr!("why-do-count", file = name))
            }
            FileKind::Eventfd { .. } => {
                (tr!("why-lacks-room-count", file = name), tr!("why-do-read", file = name))
            }
            FileKind::Timerfd { .. } => match file.timerfd.expires_ns {
                Some(at) => (
                    tr!("why-lacks-tick", file = name, time = time_text(at)),
                    tr!("why-do-advance", time = time_text(left(scene, at))),
                ),
                None => (tr!("why-lacks-timer", file = name), tr!("why-do-settime", file = name)),
            },
            FileKind::Signalfd { mask } => (
                tr!("why-lacks-signal", file = name, signals = mask.to_string()),
                tr!("why-do-kill", signals = mask.to_string()),
            ),
            FileKind::Eventpoll(_) => {
                (tr!("why-lacks-items", file = name), tr!("why-do-items", file = name))
            }
            FileKind::PipeRead(pipe) => (
                tr!("why-lacks-bytes", file = name),
                self.by_pipe(FileKind::PipeWrite(pipe), pipe, true),
            ),
            FileKind::PipeWrite(pipe) if !asked.intersects(WRITABLE) => (
                tr!("why-lacks-reading", file = name),
                self.by_pipe(FileKind::PipeRead(pipe), pipe, false),
            ),
            FileKind::PipeWrite(pipe) => {
                let slots = scene.pipes.get(&pipe).map_or(0, |pipe| pipe.slots.len());
                (
                    tr!("why-lacks-slots", file = name, slots = slots),
                    self.by_pipe(FileKind::PipeRead(pipe), pipe, false),
                )
            }
            FileKind::Null | FileKind::Path(_) => {
                (tr!("why-lacks-poll", file = name), tr!("why-do-other"))
            }
            FileKind::UnixStream(sock) | FileKind::Tcp(sock) | FileKind::Dgram(sock) => {
                self.sock_lacks(scene, sock, name, (asked, reads))
            }
        }
    }

    fn by_pipe(&self, end: FileKind, pipe: PipeKey, write: bool) -> String {
        let end = self.names.file_of(end);
        let end = end.map_or_else(|| self.pipe(pipe), |file| self.names.file(file));
        if write { tr!("why-do-write", file = end) } else { tr!("why-do-drain", file = end) }
    }

    fn sock_lacks(
        &self,
        scene: &Scene,
        key: SockKey,
        name: &str,
        (asked, reads): (Events, bool),
    ) -> (String, String) {
        let Some(sock) = scene.socks.get(&key) else {
            return (tr!("why-lacks-file"), tr!("why-do-other"));
        };
        let peer = sock.peer.map(|peer| match self.names.sock_file(peer) {
            Some(file) => self.names.file(file),
            None => tr!("why-the-peer"),
        });
        match (sock.state, peer) {
            (TcpState::Listen, _) => {
                let port = i64::from(sock.port.unwrap_or(0));
                (tr!("why-lacks-connection", file = name), tr!("why-do-connect", port = port))
            }
            (TcpState::SynSent, _) => (tr!("why-lacks-synack", file = name), tr!("why-do-synack")),
            (_, Some(peer))
                if !asked.intersects(READABLE)
                    && asked.intersects(Events::EPOLLRDHUP)
                    && !asked.intersects(WRITABLE) =>
            {
                (
                    tr!("why-lacks-fin", file = name, peer = peer.clone()),
                    tr!("why-do-fin", peer = peer),
                )
            }
            (_, Some(peer)) if reads => {
                let bytes = waiting_bytes(sock);
                let lacks = if bytes > 0 {
                    let wanted = sock.options.get(&SO_RCVLOWAT).map_or(1, |low| *low);
                    tr!("why-lacks-lowat", file = name, bytes = bytes, wanted = wanted)
                } else {
                    tr!("why-lacks-bytes", file = name)
                };
                (lacks, tr!("why-do-write", file = peer))
            }
            (_, Some(peer)) => (
                tr!("why-lacks-room", file = name, used = sock.wmem_alloc, size = sock.sndbuf),
                tr!("why-do-drain", file = peer),
            ),
            (_, None) if sock.port.is_some() => {
                let port = i64::from(sock.port.unwrap_or(0));
                (tr!("why-lacks-bytes", file = name), tr!("why-do-send", port = port))
            }
            (_, None) => (tr!("why-lacks-peer", file = name), tr!("why-do-peer", file = name)),
        }
    }

    /// Segments that are on their way to a file's socket, and held there.
    pub(super) fn on_their_way(&self, scene: &Scene, key: FileKey) -> usize {
        let Some(sock) = scene.files.get(&key).and_then(|file| file.new.kind.sock()) else {
            return 0;
        };
        let port =
            scene.socks.get(&sock).and_then(|s| s.port.filter(|_| s.state == TcpState::Listen));
        let here = |sent: &crate::trace::event::SegmentSend| {
            sent.to == Some(sock) || sent.to.is_none() && port == Some(sent.port)
        };
        scene.segments.values().filter(|sent| here(sent)).count()
    }
}

/// Bytes that nobody has read from a pipe.
fn pipe_bytes(pipe: &Pipe) -> u64 {
    pipe.slots.iter().map(|slot| u64::from(slot.bytes)).sum()
}
