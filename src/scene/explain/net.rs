//! What is said about connections and segments.

use crate::trace::EventKind;

use super::words::{subject, yes};
use super::{Cx, Said};

impl Cx<'_> {
    pub(super) fn net(&self) -> Option<Said> {
        let n = self.names;
        Some(match &self.event.kind {
            EventKind::SockState { sock, state } => {
                say!("event-sock-state", sock = n.sock(*sock), state = state.name())
            }
            EventKind::SockPort { sock, port } => say!(
                "event-sock-port",
                sock = n.sock(*sock),
                subject = subject(n.sock(*sock)),
                given = yes(port.is_some()),
                port = port.unwrap_or_default()
            ),
            EventKind::SockOption { sock, option, value } => {
                say!("event-sock-option", sock = n.sock(*sock), option = *option, value = *value)
            }
            EventKind::SockNospace { nospace, .. } => {
                say!("event-sock-nospace", on = yes(*nospace), bit = u8::from(*nospace))
            }
            EventKind::SockUrgent { byte, .. } => {
                say!("event-sock-urgent", there = yes(byte.is_some()))
            }
            EventKind::AcceptQueue { queued, .. } => {
                say!("event-accept-queue", queued = yes(*queued))
            }
            EventKind::SegmentSend(sent) => say!(
                "event-segment-send",
                number = sent.number,
                flags = sent.flags.to_string(),
                bytes = sent.bytes,
                port = sent.port
            ),
            EventKind::SegmentArrive { number } => say!("event-segment-arrive", number = *number),
            EventKind::SockBacklog { queued, .. } => {
                say!("event-sock-backlog", queued = yes(*queued))
            }
            EventKind::TimeWait { port } => say!("event-time-wait", port = *port),
            _ => return None,
        })
    }
}
