//! What is said about descriptors, open files and what they hold.

use crate::trace::event::EventKind;

use super::words::{kind_text, subject, yes};
use super::{Cx, Said, time_text};

impl Cx<'_> {
    pub(super) fn files(&self) -> Option<Said> {
        let n = self.names;
        Some(match &self.event.kind {
            EventKind::FileNew(new) => say!(
                "event-file-new",
                kind = kind_text(new.kind),
                address = format!("{:#x}", new.addr)
            ),
            EventKind::FileFree { file } => say!("event-file-free", file = n.file(*file)),
            EventKind::FileCount { file, count } => {
                say!("event-file-count", file = n.file(*file), count = *count)
            }
            EventKind::FdInstall { fd, .. } => say!("event-fd-install", fd = *fd),
            EventKind::FdRemove { fd, file, .. } => say!(
                "event-fd-remove",
                fd = *fd,
                left = self.before.files.get(file).map_or(0, |f| f.count.saturating_sub(1))
            ),
            EventKind::FdCloexec { fd, on, .. } => {
                say!("event-fd-cloexec", fd = *fd, on = yes(*on))
            }
            EventKind::FileFlags { file, flags } => {
                say!("event-file-flags", file = n.file(*file), flags = format!("{flags:#o}"))
            }
            EventKind::EventfdCount { file, count } => say!(
                "event-eventfd-count",
                file = n.file(*file),
                old = self.before.files.get(file).map_or(0, |f| f.eventfd_count).to_string(),
                count = count.to_string(),
                readable = yes(*count > 0)
            ),
            EventKind::TimerfdArm(arm) => say!(
                "event-timerfd-arm",
                file = n.file(arm.file),
                armed = yes(arm.expires_ns.is_some()),
                time = time_text(arm.expires_ns.unwrap_or_default())
            ),
            EventKind::TimerfdFire { file } => say!("event-timerfd-fire", file = n.file(*file)),
            EventKind::TimerfdTicks { file, ticks } => {
                say!("event-timerfd-ticks", file = n.file(*file), ticks = *ticks)
            }
            _ => return self.pipes(),
        })
    }

    fn pipes(&self) -> Option<Said> {
        let n = self.names;
        Some(match &self.event.kind {
            EventKind::PipeNew { .. } => say!("event-pipe-new"),
            EventKind::PipeFree { .. } => say!("event-pipe-free"),
            EventKind::PipePush { pipe, bytes, .. } => {
                say!("event-pipe-push", pipe = n.pipe(*pipe), bytes = *bytes)
            }
            EventKind::PipeMerge { pipe, bytes } => {
                say!("event-pipe-merge", pipe = n.pipe(*pipe), bytes = *bytes)
            }
            EventKind::PipeTake { pipe, bytes, slot_freed } => {
                let held = self.before.pipes.get(pipe);
                let held = held.map_or(0, |p| p.slots.iter().map(|slot| slot.bytes).sum::<u32>());
                say!(
                    "event-pipe-take",
                    pipe = n.pipe(*pipe),
                    bytes = *bytes,
                    left = held.saturating_sub(*bytes),
                    freed = yes(*slot_freed)
                )
            }
            EventKind::PipeEnds { pipe, readers, writers } => say!(
                "event-pipe-ends",
                pipe = subject(n.pipe(*pipe)),
                readers = *readers,
                writers = *writers
            ),
            EventKind::PipePollUsage { .. } => say!("event-pipe-poll-usage"),
            EventKind::PipeResize { slots, .. } => say!("event-pipe-resize", slots = *slots),
            _ => return self.socks(),
        })
    }

    fn socks(&self) -> Option<Said> {
        let n = self.names;
        Some(match &self.event.kind {
            EventKind::SockNew { sndbuf, .. } => say!("event-sock-new", bytes = *sndbuf),
            EventKind::SockFree { .. } => say!("event-sock-free"),
            EventKind::SockPeer { sock, peer } => say!(
                "event-sock-peer",
                sock = n.sock(*sock),
                subject = subject(n.sock(*sock)),
                there = yes(peer.is_some()),
                peer = peer.map_or_else(String::new, |peer| n.sock(peer))
            ),
            EventKind::SkbQueue { sock, bytes, truesize } => {
                say!("event-skb-queue", sock = n.sock(*sock), bytes = *bytes, truesize = *truesize)
            }
            EventKind::SkbTake { sock, bytes, skb_freed } => {
                let held = self.before.socks.get(sock);
                let held =
                    held.map_or(0, |s| s.receive_queue.iter().map(|skb| skb.bytes).sum::<u32>());
                say!(
                    "event-skb-take",
                    sock = n.sock(*sock),
                    bytes = *bytes,
                    left = held.saturating_sub(*bytes),
                    freed = yes(*skb_freed)
                )
            }
            EventKind::SkbInside { left, .. } => say!(
                "event-skb-inside",
                freed = yes(left.is_none()),
                left = left.unwrap_or_default()
            ),
            EventKind::SockWmem { sock, bytes } => {
                say!(
                    "event-sock-wmem",
                    sock = n.sock(*sock),
                    subject = subject(n.sock(*sock)),
                    bytes = *bytes
                )
            }
            EventKind::SockShutdown { sock, receive, send } => say!(
                "event-sock-shutdown",
                sock = n.sock(*sock),
                subject = subject(n.sock(*sock)),
                ended = match (receive, send) {
                    (true, true) => "both",
                    (true, false) => "receive",
                    (false, true) => "send",
                    (false, false) => "none",
                }
            ),
            EventKind::SockErr { sock, error } => say!(
                "event-sock-err",
                sock = n.sock(*sock),
                subject = subject(n.sock(*sock)),
                pending = yes(error.is_some()),
                error = error.map_or("", |error| error.name())
            ),
            _ => return self.net(),
        })
    }
}
