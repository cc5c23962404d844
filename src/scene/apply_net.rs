//! The fold, continued: connections, options, and segments on their way.

use super::{Scene, Shared};
use crate::kernel::abi::SO_SNDBUF;
use crate::trace::event::{EventKind, TcpState};

impl Scene {
    pub(super) fn apply_net(&mut self, kind: &EventKind) -> bool {
        match kind {
            EventKind::SockState { sock, state } => self.sock(*sock, |s| {
                s.state = *state;
                s.parent = s.parent.filter(|_| *state == TcpState::SynRecv);
            }),
            EventKind::SockPort { sock, port } => self.sock(*sock, |s| s.port = *port),
            EventKind::SockOption { sock, option, value } => self.sock(*sock, |s| {
                if *option == SO_SNDBUF {
                    s.sndbuf = value.unsigned_abs();
                } else {
                    s.options.insert(*option, *value);
                }
            }),
            EventKind::SockNospace { sock, nospace } => self.sock(*sock, |s| s.nospace = *nospace),
            EventKind::SockUrgent { sock, byte } => self.sock(*sock, |s| s.urgent = *byte),
            EventKind::AcceptQueue { sock, child, queued } => self.sock(*sock, |s| match queued {
                true => s.accept_queue.push_back(*child),
                false => s.accept_queue.retain(|c| c != child),
            }),
            EventKind::SegmentSend(sent) => {
                self.segments.insert(sent.number, Shared::new(sent.as_ref().clone()));
            }
            EventKind::SegmentArrive { number } => {
                self.segments.remove(number);
            }
            EventKind::SockBacklog { sock, number, queued } => self.sock(*sock, |s| match queued {
                true => s.backlog.push_back(*number),
                false => s.backlog.retain(|n| n != number),
            }),
            EventKind::TimeWait { port } => self.time_wait.push(*port),
            _ => return false,
        }
        true
    }
}
