//! What a socket has beyond buffers: its kind, state, port, options; and the wake-ups all share.
//!
//! Linux 6.18, `include/net/sock.h`, `net/core/sock.c`, `net/core/stream.c`.

use std::collections::VecDeque;

use litemap::LiteMap;

use serde::{Deserialize, Serialize};

use super::Segment;
use crate::kernel::abi::{
    Errno, Events, MSG_NOSIGNAL, SO_LINGER, SO_RCVBUF, SO_RCVLOWAT, SO_SNDBUF,
};
use crate::kernel::cx::Cx;
use crate::kernel::file::unix::{READABLE, WRITABLE};
use crate::kernel::ids::SockKey;
use crate::trace::event::TcpState;
use crate::trace::{EventKind, Func, Sink};

/// Family and type of a socket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum SockKind {
    /// `AF_UNIX`, `SOCK_STREAM`
    UnixStream,
    /// `AF_INET`, `SOCK_STREAM`
    Tcp,
    /// `AF_INET`, `SOCK_DGRAM`
    Udp,
    /// `AF_UNIX`, `SOCK_DGRAM`
    UnixDgram,
}

/// `struct socket`'s own state, which lags behind the protocol's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum SocketState {
    /// `SS_UNCONNECTED`
    #[default]
    Unconnected,
    /// `SS_CONNECTING`
    Connecting,
    /// `SS_CONNECTED`
    Connected,
    /// `SS_DISCONNECTING`
    Disconnecting,
}

/// An urgent byte that has come: `urg_seq`, `urg_data`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Urgent {
    /// Its place in the stream.
    pub(crate) at: u64,
    pub(crate) byte: u8,
    /// `recv(MSG_OOB)` has taken it.
    pub(crate) is_read: bool,
}

/// The part of `struct sock`, `struct inet_connection_sock` and `struct tcp_sock` that is not in
/// [`Sock`](crate::kernel::file::unix::Sock).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Inet {
    pub(crate) kind: SockKind,
    /// `sk_state`
    pub(crate) state: TcpState,
    /// `sock->state`
    pub(crate) socket: SocketState,
    /// `inet_num`
    pub(crate) port: Option<u16>,
    /// `SOCK_BINDPORT_LOCK`: the program chose the port.
    pub(crate) port_locked: bool,
    /// `inet_dport`
    pub(crate) peer_port: u16,
    /// Options that were set, by number.
    pub(crate) options: LiteMap<i32, i32>,
    /// `SOCK_DEAD`: no file stands for it any more.
    pub(crate) dead: bool,
    /// `sock_owned_by_user()`
    pub(crate) owned: bool,
    /// `sk_backlog`: what came while it was owned.
    pub(crate) backlog: VecDeque<Segment>,
    /// `SOCK_NOSPACE`
    pub(crate) nospace: bool,
    /// `SOCK_DONE`: the peer's FIN has come.
    pub(crate) done: bool,
    /// The listener that made it, until the handshake is over.
    pub(crate) parent: Option<SockKey>,
    /// `icsk_accept_queue`
    pub(crate) accept_queue: VecDeque<SockKey>,
    /// `sk_max_ack_backlog`
    pub(crate) max_ack_backlog: u32,
    /// What the peer had no room for yet.
    pub(crate) unsent: VecDeque<u8>,
    /// A FIN is to follow what is unsent.
    pub(crate) fin_queued: bool,
    /// The FIN is on its way, or has come.
    pub(crate) fin_sent: bool,
    /// `copied_seq`, from 0.
    pub(crate) copied: u64,
    /// `rcv_nxt`, from 0, without the FIN.
    pub(crate) received: u64,
    pub(crate) urgent: Option<Urgent>,
}

impl Inet {
    pub(crate) fn new(kind: SockKind) -> Self {
        Inet {
            kind,
            state: TcpState::Close,
            socket: SocketState::Unconnected,
            port: None,
            port_locked: false,
            peer_port: 0,
            options: LiteMap::new(),
            dead: false,
            owned: false,
            backlog: VecDeque::new(),
            nospace: false,
            done: false,
            parent: None,
            accept_queue: VecDeque::new(),
            max_ack_backlog: 0,
            unsent: VecDeque::new(),
            fin_queued: false,
            fin_sent: false,
            copied: 0,
            received: 0,
            urgent: None,
        }
    }

    /// An option as set, else as every socket has it.
    pub(crate) fn option(&self, option: i32) -> i32 {
        self.options.get(&option).copied().unwrap_or(match (option, self.kind) {
            (SO_RCVLOWAT, _) => 1,
            (SO_RCVBUF, SockKind::Tcp) => 131_072,
            (SO_RCVBUF, _) => 212_992,
            (SO_LINGER, _) => -1,
            _ => 0,
        })
    }

    pub(crate) fn rcvbuf(&self) -> usize {
        usize::try_from(self.option(SO_RCVBUF)).unwrap_or(0)
    }

    pub(crate) fn is_set(&self, option: i32) -> bool {
        self.option(option) > 0
    }
}

impl<S: Sink> Cx<'_, S> {
    pub(crate) fn set_sock_state(&mut self, sock: SockKey, state: TcpState) {
        if self.socks[sock].inet.state != state {
            self.socks[sock].inet.state = state;
            self.emit(|| EventKind::SockState { sock, state });
        }
    }

    pub(crate) fn set_sock_port(&mut self, sock: SockKey, port: Option<u16>) {
        if self.socks[sock].inet.port != port {
            self.socks[sock].inet.port = port;
            self.emit(|| EventKind::SockPort { sock, port });
        }
    }

    pub(crate) fn set_sock_peer(&mut self, sock: SockKey, peer: Option<SockKey>) {
        self.socks[sock].peer = peer;
        self.emit(|| EventKind::SockPeer { sock, peer });
    }

    pub(crate) fn set_sock_option(&mut self, sock: SockKey, option: i32, value: i32) {
        let state = &mut self.socks[sock];
        state.inet.options.insert(option, value);
        if option == SO_SNDBUF {
            state.sndbuf = value.unsigned_abs();
        }
        self.emit(|| EventKind::SockOption { sock, option, value });
    }

    pub(crate) fn set_nospace(&mut self, sock: SockKey, nospace: bool) {
        if self.socks[sock].inet.nospace != nospace {
            self.socks[sock].inet.nospace = nospace;
            self.emit(|| EventKind::SockNospace { sock, nospace });
        }
    }

    /// `sk->sk_shutdown |=`
    pub(crate) fn add_shutdown(&mut self, sock: SockKey, receive: bool, send: bool) {
        let state = &mut self.socks[sock];
        let receive = state.shutdown_receive || receive;
        let send = state.shutdown_send || send;
        if (receive, send) != (state.shutdown_receive, state.shutdown_send) {
            self.put_shutdown(sock, receive, send);
        }
    }

    pub(crate) fn put_shutdown(&mut self, sock: SockKey, receive: bool, send: bool) {
        let state = &mut self.socks[sock];
        (state.shutdown_receive, state.shutdown_send) = (receive, send);
        self.emit(|| EventKind::SockShutdown { sock, receive, send });
    }

    /// `sk->sk_state_change`: `sock_def_wakeup()`.
    pub(crate) fn sk_state_change(&mut self, sock: SockKey) {
        self.within(Func::sock_def_wakeup, |cx| {
            let wq = cx.socks[sock].wq;
            cx.wake_up(wq, 0, Events::empty());
        });
    }

    /// `sk->sk_data_ready`: `sock_def_readable()`.
    pub(crate) fn sk_data_ready(&mut self, sock: SockKey) {
        self.within(Func::sock_def_readable, |cx| {
            let wq = cx.socks[sock].wq;
            cx.wake_up(wq, 1, READABLE);
        });
    }

    /// `sk_error_report()`: `sock_def_error_report()`.
    pub(crate) fn sk_error_report(&mut self, sock: SockKey) {
        self.within(Func::sock_def_error_report, |cx| {
            let wq = cx.socks[sock].wq;
            cx.wake_up(wq, 1, Events::EPOLLERR);
        });
    }

    /// `sk->sk_write_space` of a TCP socket: `sk_stream_write_space()`.
    pub(crate) fn sk_stream_write_space(&mut self, sock: SockKey) {
        let state = &self.socks[sock];
        if !state.inet.nospace || !sk_stream_is_writeable(state.wmem_alloc, state.sndbuf) {
            return;
        }
        self.within(Func::sk_stream_write_space, |cx| {
            cx.set_nospace(sock, false);
            let wq = cx.socks[sock].wq;
            cx.wake_up(wq, 1, WRITABLE);
        });
    }

    /// `sk_stream_error()`: the error that a failed send gives, with its signal.
    pub(crate) fn sk_stream_error(&mut self, sock: SockKey, flags: i32, errno: Errno) -> Errno {
        if errno != Errno::EPIPE {
            return errno;
        }
        let errno = self.sock_error(sock).unwrap_or(Errno::EPIPE);
        if errno == Errno::EPIPE && flags & MSG_NOSIGNAL == 0 {
            self.send_sigpipe();
        }
        errno
    }
}

/// `__sk_stream_is_writeable()`: a third of the buffer is free.
pub(crate) fn sk_stream_is_writeable(queued: usize, sndbuf: u32) -> bool {
    let sndbuf = sndbuf as usize;
    queued < sndbuf && sndbuf - queued >= queued >> 1
}
