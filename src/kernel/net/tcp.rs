//! TCP sockets as the calls see them: making, binding, listening, connecting, closing, polling.
//!
//! Linux 6.18, `net/ipv4/af_inet.c`, `tcp.c`, `inet_connection_sock.c`. Leaves out TCP fast open
//! and the end of `TIME-WAIT`.

use super::Segment;
use super::inet::{SockKind, SocketState, sk_stream_is_writeable};
use crate::kernel::abi::{
    Errno, Events, SO_LINGER, SO_RCVLOWAT, SO_REUSEADDR, SO_REUSEPORT, SO_SNDBUF,
};
use crate::kernel::cx::Cx;
use crate::kernel::file::PollTable;
use crate::kernel::ids::SockKey;
use crate::kernel::{Kernel, TimeWait};
use crate::trace::event::{TcpState, Tcphdr};
use crate::trace::{EventKind, Func, Sink};

/// `tcp_wmem[1]`: the send buffer of a socket that is not connected.
const WMEM_DEFAULT: u32 = 16_384;
/// What `tcp_init_buffer_space()` makes of it once connected, for the frames of loopback.
const WMEM_ESTABLISHED: i32 = 2_626_560;
/// The first port that is given to those who ask for none.
const FIRST_EPHEMERAL: u16 = 32_768;
const LAST_EPHEMERAL: u16 = 60_999;
/// `net.core.somaxconn`
const SOMAXCONN: u32 = 4096;

impl Kernel {
    /// Whether segments stay on their way until a scenario lets them arrive.
    pub fn holds_segments(&self) -> bool {
        self.net_held
    }

    /// `tcp_epollin_ready()`, with `sock_rcvlowat()` and the urgent byte that does not count.
    pub(crate) fn tcp_is_readable(&self, sock: SockKey) -> bool {
        let inet = &self.socks[sock].inet;
        let urgent = inet.urgent.is_some_and(|urgent| urgent.at == inet.copied);
        self.tcp_epollin_ready(sock, urgent.into())
    }

    /// `tcp_epollin_ready()`: the low-water mark is reached, and so much more.
    pub(crate) fn tcp_epollin_ready(&self, sock: SockKey, more: u64) -> bool {
        let inet = &self.socks[sock].inet;
        let target = u64::from(inet.option(SO_RCVLOWAT).unsigned_abs()) + more;
        let available = inet.received - inet.copied;
        available > 0 && (available >= target || available as usize >= inet.rcvbuf())
    }

    /// `inet_csk_get_port()`: whether another socket stands in the way.
    fn port_conflicts(&self, sock: SockKey, port: u16) -> bool {
        let inet = &self.socks[sock].inet;
        let (reuse, reuseport) = (inet.is_set(SO_REUSEADDR), inet.is_set(SO_REUSEPORT));
        let others = self.socks.iter().filter(|(key, other)| {
            *key != sock && other.inet.kind == SockKind::Tcp && other.inet.port == Some(port)
        });
        let conflicts = |other_reuse: bool, other_reuseport: bool, listens: bool| {
            let may =
                if reuse && other_reuse && !listens { true } else { reuseport && other_reuseport };
            !may
        };
        let waiting = self.time_wait.iter().filter(|wait| wait.port == port);
        others.into_iter().any(|(_, other)| {
            let inet = &other.inet;
            let listens = inet.state == TcpState::Listen;
            conflicts(inet.is_set(SO_REUSEADDR), inet.is_set(SO_REUSEPORT), listens)
        }) || waiting.into_iter().any(|wait| conflicts(wait.reuse, wait.reuseport, false))
    }

    /// Whether a TCP socket has the port, or one in `TIME-WAIT`.
    fn is_port_owned(&self, port: u16) -> bool {
        let owns = |sock: &crate::kernel::file::unix::Sock| {
            sock.inet.kind == SockKind::Tcp && sock.inet.port == Some(port)
        };
        self.socks.values().any(owns) || self.time_wait.iter().any(|wait| wait.port == port)
    }

    /// `__inet_hash_connect()`: a free port; one that was given back does not come again at once.
    pub(crate) fn ephemeral_port(&mut self) -> u16 {
        let used = |port: &u16| {
            self.socks.values().any(|sock| sock.inet.port == Some(*port))
                || self.time_wait.iter().any(|wait| wait.port == *port)
        };
        let from = self.next_port.clamp(FIRST_EPHEMERAL, LAST_EPHEMERAL);
        let mut ports = (from..=LAST_EPHEMERAL).chain(FIRST_EPHEMERAL..from);
        let port = ports.find(|port| !used(port)).unwrap_or(FIRST_EPHEMERAL);
        self.next_port = port + 1;
        port
    }

    /// `inet_lhash2_lookup()`: who listens at a port; of several, all with `SO_REUSEPORT`, one.
    fn listener(&self, port: u16, from: SockKey) -> Option<SockKey> {
        self.reuseport_select_sock(from, &self.listeners(port))
    }

    pub(crate) fn listeners(&self, port: u16) -> Vec<SockKey> {
        let listens = |sock: &crate::kernel::file::unix::Sock| {
            sock.inet.port == Some(port) && sock.inet.state == TcpState::Listen
        };
        self.socks.iter().filter(|(_, sock)| listens(sock)).map(|(key, _)| key).collect()
    }

    /// `reuseport_select_sock()`. Differs: the sender's port takes the place of a hash with a secret,
    /// so that senders with ports in a row are served in turn.
    pub(crate) fn reuseport_select_sock(
        &self,
        from: SockKey,
        group: &[SockKey],
    ) -> Option<SockKey> {
        let port = self.socks.get(from).and_then(|sock| sock.inet.port).unwrap_or_default();
        group.get(usize::from(port).checked_rem(group.len())?).copied()
    }
}

impl<S: Sink> Cx<'_, S> {
    pub(crate) fn tcp_new(&mut self) -> SockKey {
        self.sock_new(SockKind::Tcp, WMEM_DEFAULT)
    }

    /// `__inet_bind()`
    pub(crate) fn inet_bind(&mut self, sock: SockKey, port: u16) -> Result<(), Errno> {
        let inet = &self.socks[sock].inet;
        if inet.state != TcpState::Close || inet.port.is_some() {
            return Err(Errno::EINVAL);
        }
        let number = if port == 0 { self.ephemeral_port() } else { port };
        if self.socks[sock].inet.kind != SockKind::Udp {
            self.inet_csk_get_port(sock, number)?;
        } else if port != 0 && self.udp_port_conflicts(sock, port) {
            return Err(Errno::EADDRINUSE);
        }
        self.socks[sock].inet.port_locked = port != 0;
        self.set_sock_port(sock, Some(number));
        Ok(())
    }

    /// `inet_listen()`
    pub(crate) fn inet_listen(&mut self, sock: SockKey, backlog: i32) -> Result<(), Errno> {
        let inet = &self.socks[sock].inet;
        if inet.socket != SocketState::Unconnected
            || !matches!(inet.state, TcpState::Close | TcpState::Listen)
        {
            return Err(Errno::EINVAL);
        }
        let was = inet.state;
        self.socks[sock].inet.max_ack_backlog = backlog.cast_unsigned().min(SOMAXCONN);
        if was == TcpState::Listen {
            return Ok(());
        }
        self.set_sock_state(sock, TcpState::Listen);
        let port = self.socks[sock].inet.port.unwrap_or_else(|| self.ephemeral_port());
        if let Err(errno) = self.inet_csk_get_port(sock, port) {
            self.tcp_set_closed(sock);
            return Err(errno);
        }
        self.set_sock_port(sock, Some(port));
        Ok(())
    }

    /// `inet_csk_get_port()`, `inet_csk_update_fastreuse()`: who comes with `SO_REUSEPORT`, as the
    /// last one did, is let in unseen.
    fn inet_csk_get_port(&mut self, sock: SockKey, port: u16) -> Result<(), Errno> {
        let reuseport = self.socks[sock].inet.is_set(SO_REUSEPORT);
        let remembered = self.fastreuseport.get(&port).is_some_and(|reuseport| *reuseport);
        let alike = reuseport && remembered && self.is_port_owned(port);
        if !alike && self.port_conflicts(sock, port) {
            return Err(Errno::EADDRINUSE);
        }
        self.fastreuseport.insert(port, reuseport);
        Ok(())
    }

    /// `tcp_v4_connect()`: the SYN goes off. Preconditions: the socket is owned.
    pub(crate) fn tcp_v4_connect(&mut self, sock: SockKey, port: u16) -> Result<(), Errno> {
        let own = match self.socks[sock].inet.port {
            Some(own) => own,
            None => self.ephemeral_port(),
        };
        let clashes = self.socks.iter().any(|(key, other)| {
            key != sock
                && other.inet.port == Some(own)
                && other.inet.peer_port == port
                && !matches!(other.inet.state, TcpState::Close | TcpState::Listen)
        });
        if clashes {
            return Err(Errno::EADDRNOTAVAIL);
        }
        self.within(Func::tcp_v4_connect, |cx| {
            if !cx.is_port_owned(own) {
                cx.fastreuseport.insert(own, false);
            }
            cx.set_sock_port(sock, Some(own));
            cx.socks[sock].inet.peer_port = port;
            cx.set_sock_peer(sock, None);
            cx.set_sock_state(sock, TcpState::SynSent);
            // tcp_connect_init()
            if cx.socks[sock].error.is_some() {
                cx.set_sock_error(sock, None);
            }
            cx.transmit(sock, Tcphdr::SYN, Vec::new());
        });
        Ok(())
    }

    /// `tcp_conn_request()`: a SYN has come to a port.
    pub(crate) fn tcp_conn_request(&mut self, segment: &Segment) {
        let Some(listener) = self.listener(segment.port, segment.from) else {
            return self.tcp_v4_send_reset(segment);
        };
        let inet = &self.socks[listener].inet;
        if inet.accept_queue.len() > inet.max_ack_backlog as usize {
            return;
        }
        let options = inet.options.clone();
        let sndbuf = self.socks[listener].sndbuf;
        let child = self.sock_new_of(Some(listener), SockKind::Tcp, sndbuf);
        for (option, value) in options {
            self.set_sock_option(child, option, value);
        }
        self.socks[child].inet.dead = true;
        let client = segment.from;
        self.socks[child].inet.peer_port = segment.from_port;
        self.set_sock_port(child, Some(segment.port));
        self.set_sock_peer(child, Some(client));
        self.set_sock_state(child, TcpState::SynRecv);
        self.transmit(child, Tcphdr::SYN | Tcphdr::ACK, Vec::new());
    }

    /// `tcp_init_transfer()`: buffers grow to what a connection needs.
    pub(crate) fn tcp_init_transfer(&mut self, sock: SockKey) {
        if !self.socks[sock].inet.options.contains_key(&SO_SNDBUF) {
            self.socks[sock].sndbuf = WMEM_ESTABLISHED.unsigned_abs();
            let (option, value) = (SO_SNDBUF, WMEM_ESTABLISHED);
            self.emit(|| EventKind::SockOption { sock, option, value });
        }
    }

    /// `inet_shutdown()`
    pub(crate) fn inet_shutdown(&mut self, sock: SockKey, how: i32) -> Result<(), Errno> {
        let (receive, send) = (how != 1, how != 0);
        self.lock_sock(sock);
        let inet = &mut self.socks[sock].inet;
        if inet.socket == SocketState::Connecting {
            inet.socket = match inet.state {
                TcpState::SynSent | TcpState::SynRecv | TcpState::Close => {
                    SocketState::Disconnecting
                }
                _ => SocketState::Connected,
            };
        }
        let state = inet.state;
        match state {
            TcpState::Listen if !receive => {}
            TcpState::Listen | TcpState::SynSent => {
                self.tcp_disconnect(sock);
                self.socks[sock].inet.socket = SocketState::Unconnected;
            }
            _ => {
                self.add_shutdown(sock, receive, send);
                if send && matches!(state, TcpState::Established | TcpState::CloseWait) {
                    self.within(Func::tcp_shutdown, |cx| cx.tcp_close_state(sock));
                }
            }
        }
        self.sk_state_change(sock);
        self.release_sock(sock);
        if state == TcpState::Close { Err(Errno::ENOTCONN) } else { Ok(()) }
    }

    /// `tcp_close_state()` and `tcp_send_fin()`: the next state of one who sends no more.
    fn tcp_close_state(&mut self, sock: SockKey) {
        let next = match self.socks[sock].inet.state {
            TcpState::Established | TcpState::SynRecv => TcpState::FinWait1,
            TcpState::CloseWait => TcpState::LastAck,
            TcpState::SynSent => return self.tcp_set_closed(sock),
            _ => return,
        };
        self.set_sock_state(sock, next);
        self.socks[sock].inet.fin_queued = true;
        self.tcp_push(sock);
    }

    /// `tcp_set_state(TCP_CLOSE)`: a port that the program did not choose is given back.
    pub(crate) fn tcp_set_closed(&mut self, sock: SockKey) {
        self.set_sock_state(sock, TcpState::Close);
        if !self.socks[sock].inet.port_locked {
            self.set_sock_port(sock, None);
        }
    }

    /// `tcp_disconnect()`
    pub(crate) fn tcp_disconnect(&mut self, sock: SockKey) {
        let state = self.socks[sock].inet.state;
        if state != TcpState::Close {
            self.tcp_set_closed(sock);
        }
        match state {
            TcpState::Listen => self.inet_csk_listen_stop(sock),
            TcpState::SynSent => self.set_sock_error(sock, Some(Errno::ECONNRESET)),
            TcpState::Established
            | TcpState::CloseWait
            | TcpState::FinWait1
            | TcpState::FinWait2
            | TcpState::SynRecv => {
                self.transmit(sock, Tcphdr::RST, Vec::new());
                self.set_sock_error(sock, Some(Errno::ECONNRESET));
            }
            _ => {}
        }
        self.tcp_purge_receive(sock);
        self.tcp_write_queue_purge(sock);
        let inet = &mut self.socks[sock].inet;
        inet.done = false;
        inet.copied = inet.received;
        inet.fin_queued = false;
        inet.fin_sent = false;
        inet.peer_port = 0;
        self.put_urgent(sock, None);
        self.put_shutdown(sock, false, false);
        self.sk_error_report(sock);
    }

    /// `inet_csk_listen_stop()`: connections that nobody accepted are reset.
    fn inet_csk_listen_stop(&mut self, sock: SockKey) {
        while let Some(child) = self.accept_queue_pop(sock) {
            self.tcp_disconnect(child);
            self.inet_csk_destroy_sock(child);
        }
    }

    /// Takes the first connection off a listener's queue.
    pub(crate) fn accept_queue_pop(&mut self, sock: SockKey) -> Option<SockKey> {
        let child = self.socks[sock].inet.accept_queue.pop_front()?;
        self.emit(|| EventKind::AcceptQueue { sock, child, queued: false });
        Some(child)
    }

    /// `inet_release()` and `tcp_close()`. Differs: `SO_LINGER` with a time never has to wait.
    pub(crate) fn tcp_close(&mut self, sock: SockKey) {
        self.within(Func::tcp_close, |cx| {
            cx.lock_sock(sock);
            cx.add_shutdown(sock, true, true);
            let before = cx.socks[sock].inet.state;
            if before == TcpState::Listen {
                cx.tcp_set_closed(sock);
                cx.inet_csk_listen_stop(sock);
            } else {
                let unread = cx.socks[sock].inet.received > cx.socks[sock].inet.copied;
                cx.tcp_purge_receive(sock);
                if before == TcpState::Close {
                } else if unread {
                    cx.tcp_set_closed(sock);
                    cx.transmit(sock, Tcphdr::RST, Vec::new());
                } else if cx.socks[sock].inet.option(SO_LINGER) == 0 {
                    cx.tcp_disconnect(sock);
                } else {
                    cx.tcp_close_state(sock);
                }
            }
            cx.socks[sock].inet.dead = true;
            cx.release_sock(sock);
            if cx.socks.get(sock).is_some_and(|s| s.inet.state == TcpState::Close) {
                cx.inet_csk_destroy_sock(sock);
            }
        });
    }

    /// `tcp_time_wait()`: the port stays taken. Differs: for ever.
    pub(crate) fn tcp_time_wait(&mut self, sock: SockKey) {
        let inet = &self.socks[sock].inet;
        let (reuse, reuseport) = (inet.is_set(SO_REUSEADDR), inet.is_set(SO_REUSEPORT));
        if let Some(port) = inet.port {
            self.time_wait.push(TimeWait { port, reuse, reuseport });
            self.emit(|| EventKind::TimeWait { port });
        }
        self.tcp_done(sock);
    }

    /// `tcp_done()`
    pub(crate) fn tcp_done(&mut self, sock: SockKey) {
        self.tcp_set_closed(sock);
        self.add_shutdown(sock, true, true);
        if !self.socks[sock].inet.dead || self.socks[sock].inet.parent.is_some() {
            self.sk_state_change(sock);
        } else if !self.socks[sock].inet.owned {
            self.inet_csk_destroy_sock(sock);
        }
    }

    /// `inet_csk_destroy_sock()`
    pub(crate) fn inet_csk_destroy_sock(&mut self, sock: SockKey) {
        self.tcp_purge_receive(sock);
        let wq = self.socks[sock].wq;
        self.socks.remove(sock);
        self.emit(|| EventKind::SockFree { sock });
        self.wait_queue_free(wq);
    }

    /// `tcp_poll()`
    pub(crate) fn tcp_poll(&mut self, sock: SockKey, table: PollTable) -> Events {
        self.within(Func::tcp_poll, |cx| {
            let wq = cx.socks[sock].wq;
            cx.poll_wait(wq, table);
            let readable = Events::EPOLLIN | Events::EPOLLRDNORM;
            let state = &cx.socks[sock];
            let mut mask = Events::empty();
            if state.inet.state == TcpState::Listen {
                mask.set(readable, !state.inet.accept_queue.is_empty());
                return mask;
            }
            let (receive, send) = (state.shutdown_receive, state.shutdown_send);
            mask.set(Events::EPOLLHUP, receive && send || state.inet.state == TcpState::Close);
            mask.set(readable | Events::EPOLLRDHUP, receive);
            if state.inet.state != TcpState::SynSent {
                if cx.tcp_is_readable(sock) {
                    mask |= readable;
                }
                let state = &cx.socks[sock];
                let urgent = state.inet.urgent.is_some_and(|urgent| !urgent.is_read);
                mask.set(Events::EPOLLPRI, urgent);
                if send || sk_stream_is_writeable(state.wmem_alloc, state.sndbuf) {
                    mask |= Events::EPOLLOUT | Events::EPOLLWRNORM;
                } else {
                    cx.set_nospace(sock, true);
                }
            }
            mask.set(Events::EPOLLERR, cx.socks[sock].error.is_some());
            mask
        })
    }
}
