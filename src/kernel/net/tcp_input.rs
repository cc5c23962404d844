//! What a segment does to the socket that it comes to.
//!
//! Linux 6.18, `net/ipv4/tcp_ipv4.c: tcp_v4_rcv()` and `tcp_input.c`.

use super::Segment;
use super::inet::Urgent;
use crate::kernel::abi::Errno;
use crate::kernel::cx::Cx;
use crate::kernel::file::size;
use crate::kernel::file::unix::Skb;
use crate::kernel::ids::SockKey;
use crate::trace::event::{TcpState, Tcphdr};
use crate::trace::{EventKind, Func, Sink};

impl<S: Sink> Cx<'_, S> {
    /// `tcp_v4_rcv()`: finds the socket; one that is owned gets it later.
    pub(crate) fn tcp_v4_rcv(&mut self, segment: Segment) {
        self.within(Func::tcp_v4_rcv, |cx| match segment.to {
            None => cx.tcp_conn_request(&segment),
            Some(sock) => match cx.socks.get_mut(sock).map(|state| &mut state.inet) {
                // It went to a port that the socket has given back since.
                Some(inet) if inet.port != Some(segment.port) => cx.tcp_v4_send_reset(&segment),
                Some(inet) if inet.owned => {
                    let number = segment.number;
                    inet.backlog.push_back(segment);
                    cx.emit(|| EventKind::SockBacklog { sock, number, queued: true });
                }
                Some(_) => cx.tcp_v4_do_rcv(sock, segment),
                None => cx.tcp_v4_send_reset(&segment),
            },
        });
    }

    /// `tcp_v4_send_reset()`: an answer to what nobody wanted; never to a RST.
    pub(crate) fn tcp_v4_send_reset(&mut self, segment: &Segment) {
        if segment.flags.contains(Tcphdr::RST) || !self.socks.contains_key(segment.from) {
            return;
        }
        let port = segment.from_port;
        self.transmit_to(Segment {
            number: 0,
            from: segment.to.unwrap_or(segment.from),
            from_port: segment.port,
            to: Some(segment.from),
            port,
            flags: Tcphdr::RST,
            acks_fin: false,
            data: Vec::new(),
        });
    }

    /// `tcp_v4_do_rcv()`
    pub(crate) fn tcp_v4_do_rcv(&mut self, sock: SockKey, segment: Segment) {
        let (state, flags) = (self.socks[sock].inet.state, segment.flags);
        match state {
            TcpState::Close | TcpState::Listen => self.tcp_v4_send_reset(&segment),
            _ if flags.contains(Tcphdr::RST) => self.tcp_reset(sock),
            TcpState::SynSent => self.tcp_finish_connect(sock, &segment),
            TcpState::SynRecv => self.tcp_child_process(sock, &segment),
            _ => self.tcp_rcv_state_process(sock, segment),
        }
    }

    /// `tcp_rcv_synsent_state_process()`: the SYN|ACK has come.
    fn tcp_finish_connect(&mut self, sock: SockKey, segment: &Segment) {
        self.within(Func::tcp_rcv_synsent_state_process, |cx| {
            cx.set_sock_peer(sock, Some(segment.from));
            cx.set_sock_state(sock, TcpState::Established);
            cx.tcp_init_transfer(sock);
            cx.sk_state_change(sock);
            cx.transmit(sock, Tcphdr::ACK, Vec::new());
        });
    }

    /// `tcp_child_process()`: the last segment of the handshake; the listener is told.
    /// It finds no room in the queue, or no listener, only if it was held back on its way. Differs:
    /// without room the SYN|ACK is not sent again.
    fn tcp_child_process(&mut self, sock: SockKey, segment: &Segment) {
        self.within(Func::tcp_child_process, |cx| {
            let parent = cx.socks[sock].inet.parent;
            let Some(parent) = parent.filter(|parent| cx.socks.contains_key(*parent)) else {
                cx.inet_csk_destroy_sock(sock);
                return cx.tcp_v4_send_reset(segment);
            };
            let listener = &cx.socks[parent].inet;
            if listener.accept_queue.len() > listener.max_ack_backlog as usize {
                return;
            }
            cx.set_sock_state(sock, TcpState::Established);
            cx.tcp_init_transfer(sock);
            cx.socks[parent].inet.accept_queue.push_back(sock);
            cx.emit(|| EventKind::AcceptQueue { sock: parent, child: sock, queued: true });
            cx.sk_data_ready(parent);
        });
    }

    /// `tcp_reset()`
    fn tcp_reset(&mut self, sock: SockKey) {
        self.within(Func::tcp_reset, |cx| {
            let error = match cx.socks[sock].inet.state {
                TcpState::SynSent => Errno::ECONNREFUSED,
                TcpState::CloseWait => Errno::EPIPE,
                _ => Errno::ECONNRESET,
            };
            cx.set_sock_error(sock, Some(error));
            cx.tcp_write_queue_purge(sock);
            cx.tcp_done(sock);
            if cx.socks.contains_key(sock) {
                cx.sk_error_report(sock);
            }
        });
    }

    /// `tcp_rcv_established()` and `tcp_rcv_state_process()`
    fn tcp_rcv_state_process(&mut self, sock: SockKey, segment: Segment) {
        if segment.acks_fin && self.socks[sock].inet.fin_sent && !self.tcp_fin_acked(sock) {
            return;
        }
        self.tcp_push(sock);
        self.sk_stream_write_space(sock);
        if segment.flags.contains(Tcphdr::URG) {
            self.tcp_urg(sock, &segment.data);
        }
        let state = &self.socks[sock];
        let has_data = !segment.data.is_empty();
        let closes = matches!(
            state.inet.state,
            TcpState::FinWait1 | TcpState::FinWait2 | TcpState::Closing | TcpState::LastAck
        );
        if has_data && closes && state.shutdown_receive {
            // Data after a full close: RFC 1122 wants a RST.
            self.tcp_reset(sock);
            return self.tcp_v4_send_reset(&segment);
        }
        if !has_data && !segment.flags.contains(Tcphdr::FIN) {
            return;
        }
        let mut acked = false;
        self.within(Func::tcp_data_queue, |cx| {
            if has_data {
                cx.tcp_queue_rcv(sock, segment.data);
            }
            if segment.flags.contains(Tcphdr::FIN) {
                acked = cx.tcp_fin(sock);
            }
            let Some(state) = cx.socks.get(sock) else { return };
            if !state.inet.dead && (cx.tcp_epollin_ready(sock, 0) || state.inet.done)
                || state.inet.dead && state.inet.parent.is_some()
            {
                cx.sk_data_ready(sock);
            }
        });
        if !acked && self.socks.contains_key(sock) {
            self.transmit(sock, Tcphdr::ACK, Vec::new());
        }
    }

    /// Our FIN was acknowledged; gives whether the segment is looked at further.
    fn tcp_fin_acked(&mut self, sock: SockKey) -> bool {
        match self.socks[sock].inet.state {
            TcpState::FinWait1 => {
                self.set_sock_state(sock, TcpState::FinWait2);
                self.add_shutdown(sock, false, true);
                if !self.socks[sock].inet.dead {
                    self.sk_state_change(sock);
                }
                true
            }
            TcpState::Closing => {
                self.tcp_time_wait(sock);
                false
            }
            TcpState::LastAck => {
                self.tcp_done(sock);
                false
            }
            _ => true,
        }
    }

    fn tcp_queue_rcv(&mut self, sock: SockKey, data: Vec<u8>) {
        let len = data.len();
        self.socks[sock].inet.received += len as u64;
        self.socks[sock].receive_queue.push_back(Skb::new(data, len));
        self.emit(|| EventKind::SkbQueue { sock, bytes: size(len), truesize: size(len) });
    }

    /// `tcp_urg()`: the last byte of the segment is urgent.
    fn tcp_urg(&mut self, sock: SockKey, data: &[u8]) {
        let inet = &self.socks[sock].inet;
        if let Some(old) = inet.urgent.filter(|old| old.at == inet.copied && !old.is_read)
            && old.at < inet.received
        {
            // One that nobody took is lost to the next.
            self.tcp_skip(sock);
        }
        let at = self.socks[sock].inet.received + data.len() as u64 - 1;
        let byte = data.last().copied().unwrap_or_default();
        self.put_urgent(sock, Some(Urgent { at, byte, is_read: false }));
        if !self.socks[sock].inet.dead {
            self.within(Func::tcp_urg, |cx| cx.sk_data_ready(sock));
        }
    }

    pub(crate) fn put_urgent(&mut self, sock: SockKey, urgent: Option<Urgent>) {
        if self.socks[sock].inet.urgent != urgent {
            self.socks[sock].inet.urgent = urgent;
            let byte = urgent.filter(|urgent| !urgent.is_read).map(|urgent| urgent.byte);
            self.emit(|| EventKind::SockUrgent { sock, byte });
        }
    }

    /// `tcp_fin()`; gives whether it was acknowledged at once.
    fn tcp_fin(&mut self, sock: SockKey) -> bool {
        self.within(Func::tcp_fin, |cx| {
            cx.add_shutdown(sock, true, false);
            cx.socks[sock].inet.done = true;
            let state = cx.socks[sock].inet.state;
            let acked = matches!(state, TcpState::FinWait1 | TcpState::FinWait2);
            match state {
                TcpState::Established | TcpState::SynRecv => {
                    cx.set_sock_state(sock, TcpState::CloseWait);
                }
                TcpState::FinWait1 => {
                    cx.transmit(sock, Tcphdr::ACK, Vec::new());
                    cx.set_sock_state(sock, TcpState::Closing);
                }
                TcpState::FinWait2 => {
                    cx.transmit(sock, Tcphdr::ACK, Vec::new());
                    cx.tcp_time_wait(sock);
                }
                _ => {}
            }
            if cx.socks.get(sock).is_some_and(|s| !s.inet.dead) {
                cx.sk_state_change(sock);
            }
            acked
        })
    }
}
