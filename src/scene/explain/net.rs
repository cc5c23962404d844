//! What network events mean, in a sentence.

use super::files::capital;
use super::{Cx, Explanation, say};
use crate::trace::EventKind;

impl Cx<'_> {
    pub(super) fn net(&self) -> Option<Explanation> {
        let n = self.names;
        Some(match &self.event.kind {
            EventKind::SockState { sock, state } => say(
                state.name(),
                format!("The connection of {} is in this state now.", n.sock(*sock)),
            ),
            EventKind::SockPort { sock, port: Some(port) } => {
                say("A port", format!("{} has port {port} of 127.0.0.1.", capital(&n.sock(*sock))))
            }
            EventKind::SockPort { sock, .. } => say(
                "The port is free",
                format!("{} had been given it and gives it back.", capital(&n.sock(*sock))),
            ),
            EventKind::SockOption { sock, option, value } => say(
                "A socket option",
                format!("Option {option} of {} is {value} now.", n.sock(*sock)),
            ),
            EventKind::SockNospace { nospace: true, .. } => say(
                "SOCK_NOSPACE",
                "It was found not writable. Only therefore will there be an event when it is again.",
            ),
            EventKind::SockNospace { .. } => say("Space again", "Those who wait are told now."),
            EventKind::SockUrgent { byte: Some(_), .. } => {
                say("An urgent byte", "EPOLLPRI is reported until recv(MSG_OOB) takes it.")
            }
            EventKind::SockUrgent { .. } => {
                say("The urgent byte is gone", "EPOLLPRI ends with it.")
            }
            EventKind::AcceptQueue { queued: true, .. } => say(
                "A connection waits",
                "The handshake is over; the listener is readable until somebody accepts.",
            ),
            EventKind::AcceptQueue { .. } => {
                say("Off the accept queue", "The connection is the program's now, or was reset.")
            }
            EventKind::SegmentSend(sent) => say(
                format!("Segment {} leaves", sent.number),
                format!("{} with {} bytes, to port {}.", sent.flags, sent.bytes, sent.port),
            ),
            EventKind::SegmentArrive { number } => say(
                format!("Segment {number} arrives"),
                "In softirq context: loopback delivers at the end of the sender's own transmit path.",
            ),
            EventKind::SockBacklog { queued: true, .. } => say(
                "Into the backlog",
                "The socket's owner is in a call with it; the segment waits until that lets go.",
            ),
            EventKind::SockBacklog { .. } => {
                say("Out of the backlog", "The owner lets go and deals with what came meanwhile.")
            }
            EventKind::TimeWait { port } => {
                say("TIME-WAIT", format!("Port {port} stays taken, in case a late segment comes."))
            }
            _ => return None,
        })
    }
}
