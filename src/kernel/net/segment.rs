//! Segments on their way over loopback, and their arrival in softirq context.
//!
//! Linux 6.18, `drivers/net/loopback.c`, `net/core/dev.c`: what is sent is queued to the processor's
//! own `input_pkt_queue`, and the softirq that empties it runs at the end of the transmit path, in
//! the sender's context. What a softirq sends is queued behind.
//!
//! A scenario may hold segments back, as a softirq does that is left to `ksoftirqd`. Differs: what is
//! on its way is charged neither to the sender's buffer nor to the receiver's window.

use serde::{Deserialize, Serialize};

use crate::kernel::cx::Cx;
use crate::kernel::ids::SockKey;
use crate::trace::event::{SegmentSend, Tcphdr};
use crate::trace::{EventKind, Func, Sink};

/// A `struct sk_buff` with its TCP header.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Segment {
    /// Numbered in the order of sending.
    pub(crate) number: u64,
    pub(crate) from: SockKey,
    /// The port it comes from.
    pub(crate) from_port: u16,
    /// The socket it is for; a SYN goes to whoever listens.
    pub(crate) to: Option<SockKey>,
    /// The port it is for.
    pub(crate) port: u16,
    pub(crate) flags: Tcphdr,
    /// It acknowledges the FIN of the socket it is for.
    pub(crate) acks_fin: bool,
    pub(crate) data: Vec<u8>,
}

impl<S: Sink> Cx<'_, S> {
    /// Sends a segment; outside of a softirq it has arrived, with all that follows, on return.
    pub(crate) fn transmit(&mut self, from: SockKey, flags: Tcphdr, data: Vec<u8>) {
        let state = &self.socks[from];
        let (to, port, acks_fin) = (state.peer, state.inet.peer_port, state.inet.done);
        let from_port = state.inet.port.unwrap_or_default();
        self.transmit_to(Segment { number: 0, from, from_port, to, port, flags, acks_fin, data });
    }

    pub(crate) fn transmit_to(&mut self, segment: Segment) {
        let number = self.segment_serial;
        self.segment_serial += 1;
        let segment = Segment { number, ..segment };
        self.within(Func::loopback_xmit, |cx| {
            cx.emit(|| {
                EventKind::SegmentSend(Box::new(SegmentSend {
                    number,
                    from: segment.from,
                    to: segment.to,
                    port: segment.port,
                    flags: segment.flags,
                    bytes: u32::try_from(segment.data.len()).unwrap_or(u32::MAX),
                }))
            });
            cx.segments.push_back(segment);
        });
        if !self.in_net_rx && !self.net_held {
            self.net_rx_action(None);
        }
    }

    /// `deliver()`: the choice of a scenario that held segments back. Gives how many have arrived.
    pub(crate) fn deliver(&mut self, count: Option<u32>) -> i64 {
        self.net_held = count.is_some();
        self.net_rx_action(count).into()
    }

    /// Lets segments arrive that are on their way, at most so many; gives how many have.
    fn net_rx_action(&mut self, most: Option<u32>) -> u32 {
        self.in_net_rx = true;
        let mut arrived = 0;
        self.in_softirq(Func::net_rx_action, |cx| {
            while most.is_none_or(|most| arrived < most) {
                let Some(segment) = cx.segments.pop_front() else { break };
                arrived += 1;
                let number = segment.number;
                cx.emit(|| EventKind::SegmentArrive { number });
                cx.tcp_v4_rcv(segment);
            }
        });
        self.in_net_rx = false;
        arrived
    }

    /// `lock_sock()`: what comes from now on waits in the backlog.
    pub(crate) fn lock_sock(&mut self, sock: SockKey) {
        self.socks[sock].inet.owned = true;
    }

    /// `release_sock()`: what came in the meantime is dealt with.
    pub(crate) fn release_sock(&mut self, sock: SockKey) {
        while let Some(state) = self.socks.get_mut(sock) {
            let Some(segment) = state.inet.backlog.pop_front() else { break };
            let number = segment.number;
            self.emit(|| EventKind::SockBacklog { sock, number, queued: false });
            self.within(Func::tcp_v4_do_rcv, |cx| cx.tcp_v4_do_rcv(sock, segment));
        }
        if let Some(state) = self.socks.get_mut(sock) {
            state.inet.owned = false;
        }
    }
}
