//! Sentences about descriptors, open files and what they hold.

use crate::trace::event::EventKind;

use super::brief::kind_text;
use super::tasks::plural;
use super::{Cx, Explanation, say};

impl Cx<'_> {
    pub(super) fn files(&self) -> Option<Explanation> {
        let n = self.names;
        Some(match &self.event.kind {
            EventKind::FileNew(new) => say(
                format!("A new open file: {}", kind_text(new.kind)),
                format!(
                    "A struct file at {:#x}. This address, not the descriptor, is the first part of its key in every interest set.",
                    new.addr
                ),
            ),
            EventKind::FileFree { file } => say(
                format!("{} is released", n.file(*file)),
                "The last reference to this open file is gone, so it goes too, and with it every item that watched it.",
            ),
            EventKind::FileCount { file, count } => say(
                format!("References: {count}"),
                format!(
                    "{} is now referred to {} times, by descriptors and by calls under way.",
                    n.file(*file),
                    count
                ),
            ),
            EventKind::FdInstall { fd, .. } => say(
                format!("fd {fd}"),
                format!(
                    "Descriptor {fd}, the lowest free number, stands for this open file from now on."
                ),
            ),
            EventKind::FdRemove { fd, file, .. } => {
                let left = self.before.files.get(file).map_or(0, |f| f.count.saturating_sub(1));
                let rest = match left {
                    0 => "It was the last reference, so the file will be released.".to_owned(),
                    _ => format!(
                        "The open file lives on with {}; items that watch it stay.",
                        plural(left as usize, "more reference")
                    ),
                };
                say(format!("fd {fd} is gone"), format!("The number {fd} is free again. {rest}"))
            }
            EventKind::EventfdCount { file, count } => {
                let old = self.before.files.get(file).map_or(0, |f| f.eventfd_count);
                let what = if *count > old {
                    "Above 0 it is readable."
                } else {
                    "At 0 it is not readable any more."
                };
                let what = if *count > 0 { "Above 0 it is readable." } else { what };
                say(
                    format!("The counter is {count}"),
                    format!("The counter of {} goes from {old} to {count}. {what}", n.file(*file)),
                )
            }
            EventKind::TimerfdArm(arm) => match arm.expires_ns {
                Some(at) => say(
                    "The timer is set",
                    format!("{} ticks at {}.", n.file(arm.file), super::time_text(at)),
                ),
                None => say("No timer", format!("{} stands still.", n.file(arm.file))),
            },
            EventKind::TimerfdFire { file } => say(
                "A tick",
                format!(
                    "The timer of {} fires. A periodic one stands still until somebody reads it.",
                    n.file(*file)
                ),
            ),
            EventKind::TimerfdTicks { file, ticks } => say(
                format!("Ticks: {ticks}"),
                format!(
                    "{} has {ticks} ticks that nobody read yet. Above 0 it is readable.",
                    n.file(*file)
                ),
            ),
            EventKind::PipeNew { .. } => say(
                "A pipe",
                "A ring of 16 slots, 65 536 bytes, with one wait queue for readers and one for writers.",
            ),
            EventKind::PipeFree { .. } => {
                say("The pipe is gone", "Both ends are closed, so the ring is freed.")
            }
            EventKind::PipePush { pipe, bytes, .. } => say(
                format!("{bytes} bytes arrive"),
                format!("They fill a fresh slot of {}. Its read end is readable.", n.pipe(*pipe)),
            ),
            EventKind::PipeMerge { pipe, bytes } => say(
                format!("{bytes} bytes more"),
                format!(
                    "They still fit into the last slot of {}, so no new slot is needed.",
                    n.pipe(*pipe)
                ),
            ),
            EventKind::PipeTake { pipe, bytes, slot_freed } => {
                let left = self
                    .before
                    .pipes
                    .get(pipe)
                    .map_or(0, |p| p.slots.iter().map(|s| s.bytes).sum::<u32>());
                let left = left.saturating_sub(*bytes);
                let slot = if *slot_freed {
                    "The slot is empty and freed."
                } else {
                    "The slot stays in use."
                };
                say(
                    format!("{bytes} bytes are read"),
                    format!("{left} bytes stay in {}. {slot}", n.pipe(*pipe)),
                )
            }
            EventKind::PipeEnds { pipe, readers, writers } => say(
                "The pipe's ends",
                format!(
                    "{} has {} and {} open now.",
                    capital(&n.pipe(*pipe)),
                    plural(*readers as usize, "read end"),
                    plural(*writers as usize, "write end")
                ),
            ),
            EventKind::PipePollUsage { .. } => say(
                "This pipe is watched",
                "It was polled for the first time. From now on every write wakes its readers, not only the first into an empty pipe, so that edge-triggered items hear of each.",
            ),
            _ => return self.socks(),
        })
    }

    fn socks(&self) -> Option<Explanation> {
        let n = self.names;
        Some(match &self.event.kind {
            EventKind::SockNew { sndbuf, .. } => say(
                "A socket",
                format!(
                    "It may have up to {sndbuf} bytes of buffers under way that its peer has not read yet."
                ),
            ),
            EventKind::SockFree { .. } => {
                say("The socket is gone", "Nobody refers to it any more.")
            }
            EventKind::SockPeer { sock, peer: Some(peer) } => say(
                "Connected",
                format!(
                    "What is written to {} can be read from {}, and the other way round.",
                    n.sock(*sock),
                    n.sock(*peer)
                ),
            ),
            EventKind::SockPeer { sock, .. } => say(
                "The peer is gone",
                format!("{} has nobody at its other end any more.", n.sock(*sock)),
            ),
            EventKind::SkbQueue { sock, bytes, truesize } => say(
                format!("{bytes} bytes arrive at {}", n.sock(*sock)),
                format!(
                    "A buffer joins its receive queue. It holds {bytes} bytes and is charged with {truesize} to its sender."
                ),
            ),
            EventKind::SkbTake { sock, bytes, skb_freed } => {
                let queue = self
                    .before
                    .socks
                    .get(sock)
                    .map(|s| s.receive_queue.iter().map(|b| b.bytes).sum::<u32>());
                let left = queue.unwrap_or(0).saturating_sub(*bytes);
                let rest = match (left, skb_freed) {
                    (0, _) => "Nothing is left: it is not readable any more.".to_owned(),
                    (_, true) => format!("The buffer is used up; {left} bytes wait behind it."),
                    (_, false) => format!(
                        "{left} bytes stay, so it is still readable. No new event comes from that by itself."
                    ),
                };
                say(
                    format!("{bytes} bytes are read"),
                    format!("Taken from the receive queue of {}. {rest}", n.sock(*sock)),
                )
            }
            EventKind::SockWmem { sock, bytes } => say(
                "Unread by the peer",
                format!(
                    "{} is charged with {bytes} bytes for what it sent and nobody has read yet. Writing is possible while that is small.",
                    n.sock(*sock)
                ),
            ),
            EventKind::SockShutdown { sock, receive, send } => {
                let what = match (receive, send) {
                    (true, true) => "neither receive nor send",
                    (true, false) => "not receive",
                    (false, true) => "not send",
                    (false, false) => "still do both, receive and send",
                };
                say(
                    "Shut down",
                    format!("{} can {what} from now on. Its poll reports that.", n.sock(*sock)),
                )
            }
            EventKind::SockErr { sock, error: Some(error) } => say(
                format!("Pending error {error}"),
                format!(
                    "The next call on {} gives it, and until then its poll says EPOLLERR.",
                    n.sock(*sock)
                ),
            ),
            EventKind::SockErr { sock, .. } => say(
                "The error is taken",
                format!("{} has told it once and forgets it.", n.sock(*sock)),
            ),
            _ => return self.net(),
        })
    }
}

/// The same with a capital letter in front.
pub(super) fn capital(text: &str) -> String {
    let mut text = text.to_owned();
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    text
}
