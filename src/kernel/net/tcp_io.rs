//! Data through a TCP socket: sending, receiving, and the frames that may sleep on the way.
//!
//! Linux 6.18, `net/ipv4/tcp.c`, `tcp_output.c`. Differs: buffers count bytes, not true sizes, and a
//! window is the free part of the receive buffer.

use serde::{Deserialize, Serialize};

use super::dgram::DgramFrame;
use super::inet::{SocketState, Urgent};
use crate::kernel::abi::{Errno, Fd, MSG_OOB, MSG_PEEK, SO_RCVLOWAT};
use crate::kernel::cx::Cx;
use crate::kernel::file::{bytes, size};
use crate::kernel::ids::{FileKey, SockKey, WaitEntryKey};
use crate::kernel::task::{Flow, Frame};
use crate::kernel::wait::Join;
use crate::trace::event::{TaskState, TcpState, Tcphdr, Waiter};
use crate::trace::{EventKind, Func, Sink};

/// Progress of a socket call that may sleep.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum NetFrame {
    /// `inet_wait_for_connect()`
    Connect { sock: SockKey, entry: Option<WaitEntryKey> },
    /// `inet_csk_accept()`
    Accept { sock: SockKey, fd: Fd, flags: i32, nonblocking: bool, entry: Option<WaitEntryKey> },
    /// `tcp_recvmsg()`
    Recv { sock: SockKey, how: Recv, data: Vec<u8>, entry: Option<WaitEntryKey> },
    /// `tcp_sendmsg()`
    Send { sock: SockKey, how: Send, sent: usize, entry: Option<WaitEntryKey> },
    /// A datagram socket's.
    Dgram(DgramFrame),
}

/// What a receive was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Recv {
    pub(crate) count: usize,
    pub(crate) flags: i32,
    pub(crate) nonblocking: bool,
}

/// What a send was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Send {
    pub(crate) data: Vec<u8>,
    pub(crate) flags: i32,
    pub(crate) nonblocking: bool,
}

impl NetFrame {
    pub(crate) fn func(&self) -> Func {
        match self {
            NetFrame::Connect { .. } => Func::inet_wait_for_connect,
            NetFrame::Accept { .. } => Func::inet_csk_accept,
            NetFrame::Recv { .. } => Func::tcp_recvmsg,
            NetFrame::Send { .. } => Func::tcp_sendmsg,
            NetFrame::Dgram(frame) => frame.func(),
        }
    }

    pub(crate) fn step<S: Sink>(self, cx: &mut Cx<'_, S>) -> Flow {
        let sock = match &self {
            NetFrame::Connect { sock, .. }
            | NetFrame::Accept { sock, .. }
            | NetFrame::Recv { sock, .. }
            | NetFrame::Send { sock, .. } => *sock,
            NetFrame::Dgram(frame) => return frame.clone().step(cx),
        };
        cx.lock_sock(sock);
        let flow = match self {
            NetFrame::Connect { entry, .. } => cx.step_connect(sock, entry),
            NetFrame::Accept { fd, flags, nonblocking, entry, .. } => {
                cx.step_accept(sock, (fd, flags), nonblocking, entry)
            }
            NetFrame::Recv { how, data, entry, .. } => cx.step_recv(sock, how, data, entry),
            NetFrame::Send { how, sent, entry, .. } => cx.step_send(sock, how, sent, entry),
            NetFrame::Dgram(frame) => frame.step(cx),
        };
        let more = !cx.socks[sock].inet.backlog.is_empty();
        cx.release_sock(sock);
        match flow {
            // What came in the meantime may be what it was about to wait for.
            Flow::Sleep(frame, _) if more => Flow::Next(frame),
            flow => flow,
        }
    }
}

fn asleep(frame: NetFrame) -> Flow {
    Flow::Sleep(Frame::Net(frame), TaskState::Interruptible)
}

impl<S: Sink> Cx<'_, S> {
    fn step_connect(&mut self, sock: SockKey, entry: Option<WaitEntryKey>) -> Flow {
        // The lock is let go before it sleeps: what came in the meantime may end the wait.
        let entry = self.sock_wait(sock, entry);
        self.release_sock(sock);
        self.lock_sock(sock);
        if self.signal_pending() {
            // The connection is made all the same.
            return self.interrupted(Some(entry));
        }
        match self.socks[sock].inet.state {
            TcpState::SynSent | TcpState::SynRecv => {
                let entry = self.sock_wait(sock, Some(entry));
                asleep(NetFrame::Connect { sock, entry: Some(entry) })
            }
            _ => {
                // It may have been woken before it slept at all.
                self.remove_wait_queue(entry);
                match self.inet_connected(sock) {
                    Ok(()) => Flow::done(0),
                    Err(errno) => Flow::fail(errno),
                }
            }
        }
    }

    /// The end of `__inet_stream_connect()`.
    pub(crate) fn inet_connected(&mut self, sock: SockKey) -> Result<(), Errno> {
        if self.socks[sock].inet.state != TcpState::Close {
            self.socks[sock].inet.socket = SocketState::Connected;
            return Ok(());
        }
        let errno = self.sock_error(sock).unwrap_or(Errno::ECONNABORTED);
        self.socks[sock].inet.socket = SocketState::Unconnected;
        self.tcp_disconnect(sock);
        Err(errno)
    }

    fn step_accept(
        &mut self,
        sock: SockKey,
        (fd, flags): (Fd, i32),
        nonblocking: bool,
        entry: Option<WaitEntryKey>,
    ) -> Flow {
        let listens = self.socks[sock].inet.state == TcpState::Listen;
        let waiting = !self.socks[sock].inet.accept_queue.is_empty();
        if listens && !waiting && !nonblocking && self.signal_pending() {
            self.fd_unreserve(fd, None);
            return self.interrupted(entry);
        }
        if listens && !waiting && !nonblocking {
            let entry = entry.filter(|entry| self.wait_entries.contains_key(*entry));
            let entry = entry.unwrap_or_else(|| {
                let (task, wq) = (self.current(), self.socks[sock].wq);
                self.add_wait_queue(wq, Waiter::Task(task), Join::ExclusiveTail)
            });
            return asleep(NetFrame::Accept { sock, fd, flags, nonblocking, entry: Some(entry) });
        }
        if let Some(entry) = entry {
            self.remove_wait_queue(entry);
        }
        let child = if listens { self.accept_queue_pop(sock) } else { None };
        let Some(child) = child else {
            self.fd_unreserve(fd, None);
            return Flow::fail(if listens { Errno::EAGAIN } else { Errno::EINVAL });
        };
        let inet = &mut self.socks[child].inet;
        (inet.dead, inet.parent, inet.socket) = (false, None, SocketState::Connected);
        let file = self.tcp_file(child, flags);
        self.fd_unreserve(fd, Some(file));
        Flow::done(fd.into())
    }

    fn step_send(
        &mut self,
        sock: SockKey,
        how: Send,
        mut sent: usize,
        mut entry: Option<WaitEntryKey>,
    ) -> Flow {
        if let Some(entry) = entry.take() {
            self.remove_wait_queue(entry);
        }
        let error = loop {
            let state = &self.socks[sock];
            let connected = matches!(state.inet.state, TcpState::Established | TcpState::CloseWait);
            if !connected && sent == 0 {
                if let Some(errno) = self.sock_error(sock) {
                    break errno;
                }
                match self.socks[sock].inet.state {
                    TcpState::SynSent | TcpState::SynRecv if how.nonblocking => {
                        break Errno::EAGAIN;
                    }
                    TcpState::SynSent | TcpState::SynRecv if self.signal_pending() => {
                        break Errno::EINTR;
                    }
                    TcpState::SynSent | TcpState::SynRecv => {
                        let entry = Some(self.sock_wait(sock, None));
                        return asleep(NetFrame::Send { sock, how, sent, entry });
                    }
                    _ => break Errno::EPIPE,
                }
            }
            if state.error.is_some() || state.shutdown_send || !connected {
                break Errno::EPIPE;
            }
            if sent == how.data.len() {
                return Flow::done(sent as i64);
            }
            let free = (state.sndbuf as usize).saturating_sub(state.wmem_alloc);
            if free == 0 {
                self.set_nospace(sock, true);
                if how.nonblocking {
                    break Errno::EAGAIN;
                }
                if self.signal_pending() {
                    break Errno::EINTR;
                }
                let entry = Some(self.sock_wait(sock, None));
                return asleep(NetFrame::Send { sock, how, sent, entry });
            }
            let len = free.min(how.data.len() - sent);
            self.copied_from_user(len);
            self.socks[sock].inet.unsent.extend(&how.data[sent..sent + len]);
            sent += len;
            self.set_wmem(sock, self.socks[sock].inet.unsent.len());
            let urgent = how.flags & MSG_OOB != 0 && sent == how.data.len();
            self.tcp_push_with(sock, if urgent { Tcphdr::URG } else { Tcphdr::empty() });
        };
        match sent {
            0 => Flow::fail(self.sk_stream_error(sock, how.flags, error)),
            _ => Flow::done(sent as i64),
        }
    }

    pub(crate) fn tcp_push(&mut self, sock: SockKey) {
        self.tcp_push_with(sock, Tcphdr::empty());
    }

    /// `tcp_write_xmit()`: sends what the peer has room for, then the FIN if one is due.
    fn tcp_push_with(&mut self, sock: SockKey, flags: Tcphdr) {
        let state = &self.socks[sock];
        let peer = state.peer.and_then(|peer| self.socks.get(peer));
        let room = peer.map_or(usize::MAX, |peer| {
            let held = peer.inet.received - peer.inet.copied;
            peer.inet.rcvbuf().saturating_sub(usize::try_from(held).unwrap_or(usize::MAX))
        });
        let len = room.min(state.inet.unsent.len());
        if len > 0 {
            let data: Vec<u8> = self.socks[sock].inet.unsent.drain(..len).collect();
            self.set_wmem(sock, self.socks[sock].inet.unsent.len());
            self.transmit(sock, Tcphdr::ACK | flags, data);
        }
        let Some(inet) = self.socks.get_mut(sock).map(|state| &mut state.inet) else { return };
        if inet.fin_queued && !inet.fin_sent && inet.unsent.is_empty() {
            inet.fin_sent = true;
            self.within(Func::tcp_send_fin, |cx| {
                cx.transmit(sock, Tcphdr::FIN | Tcphdr::ACK, Vec::new());
            });
        }
    }

    /// `tcp_write_queue_purge()`
    pub(crate) fn tcp_write_queue_purge(&mut self, sock: SockKey) {
        if !self.socks[sock].inet.unsent.is_empty() {
            self.socks[sock].inet.unsent.clear();
            self.set_wmem(sock, 0);
        }
    }

    fn step_recv(
        &mut self,
        sock: SockKey,
        how: Recv,
        mut data: Vec<u8>,
        entry: Option<WaitEntryKey>,
    ) -> Flow {
        if let Some(entry) = entry {
            self.remove_wait_queue(entry);
            if how.count == 0 {
                // Whatever woke it: nothing was asked for.
                return bytes(data);
            }
        }
        if self.socks[sock].inet.state == TcpState::Listen {
            return Flow::fail(Errno::ENOTCONN);
        }
        if how.flags & MSG_OOB != 0 {
            return self.tcp_recv_urg(sock, how);
        }
        let held = (self.socks[sock].inet.received - self.socks[sock].inet.copied) as usize;
        let at_mark = self.tcp_take(sock, how, &mut data);
        let lowat = self.socks[sock].inet.option(SO_RCVLOWAT).unsigned_abs() as usize;
        let target = lowat.min(how.count).max(1);
        let state = &self.socks[sock];
        let ends =
            state.error.is_some() || state.inet.state == TcpState::Close || state.shutdown_receive;
        let is_full = data.len() >= how.count && !(data.is_empty() && held == 0);
        let ends = ends || at_mark || how.nonblocking || self.signal_pending();
        if !data.is_empty() && (is_full || data.len() >= target || ends) {
            if how.flags & MSG_PEEK == 0 {
                self.tcp_cleanup_rbuf(sock);
            }
            return bytes(data);
        }
        if is_full || state.inet.done {
            return bytes(data);
        }
        if let Some(errno) = self.sock_error(sock) {
            return Flow::fail(errno);
        }
        let state = &self.socks[sock];
        if state.shutdown_receive {
            return bytes(data);
        }
        if state.inet.state == TcpState::Close {
            return Flow::fail(Errno::ENOTCONN);
        }
        if how.nonblocking {
            return Flow::fail(Errno::EAGAIN);
        }
        if self.signal_pending() {
            return Flow::fail(Errno::EINTR);
        }
        let entry = Some(self.sock_wait(sock, None));
        asleep(NetFrame::Recv { sock, how, data, entry })
    }

    /// Copies up to what is missing, stopping before the urgent byte, or leaving it out if it is
    /// first. Whether it stopped there.
    fn tcp_take(&mut self, sock: SockKey, how: Recv, data: &mut Vec<u8>) -> bool {
        let peek = how.flags & MSG_PEEK != 0;
        if peek {
            data.clear();
        }
        let mut at = self.socks[sock].inet.copied;
        let mut skipped = 0;
        while data.len() < how.count && at < self.socks[sock].inet.received {
            let urgent = self.socks[sock].inet.urgent.filter(|urgent| urgent.at >= at);
            let mut until = self.socks[sock].inet.received;
            match urgent {
                Some(urgent) if urgent.at == at && !data.is_empty() => break,
                Some(urgent) if urgent.at == at => {
                    at += 1;
                    skipped += 1;
                    if !peek {
                        self.tcp_skip(sock);
                    }
                    continue;
                }
                Some(urgent) => until = urgent.at.min(until),
                None => {}
            }
            let len = (how.count - data.len()).min((until - at) as usize);
            let before = data.len();
            if peek {
                let all = self.socks[sock].receive_queue.iter().flat_map(|skb| skb.rest());
                data.extend(all.skip(before + skipped).take(len));
                self.copied_to_user(len);
            } else {
                let taken = self.unix_take(sock, len);
                self.socks[sock].inet.copied += taken.len() as u64;
                data.extend(taken);
            }
            at += (data.len() - before) as u64;
        }
        let inet = &self.socks[sock].inet;
        let at_mark = !data.is_empty() && inet.urgent.is_some_and(|urgent| urgent.at == at);
        if inet.urgent.is_some_and(|urgent| inet.copied > urgent.at) {
            self.put_urgent(sock, None);
        }
        at_mark
    }

    /// Passes over the urgent byte, which is first.
    pub(crate) fn tcp_skip(&mut self, sock: SockKey) {
        self.socks[sock].inet.copied += 1;
        self.skb_drop(sock, 1);
    }

    /// `tcp_cleanup_rbuf()`: tells the peer that there is room again, if much was freed.
    fn tcp_cleanup_rbuf(&mut self, sock: SockKey) {
        let state = &self.socks[sock];
        let held = (state.inet.received - state.inet.copied) as usize;
        let waits = state
            .peer
            .and_then(|peer| self.socks.get(peer))
            .is_some_and(|peer| !peer.inet.unsent.is_empty());
        if waits && held <= state.inet.rcvbuf() / 2 {
            self.transmit(sock, Tcphdr::ACK, Vec::new());
        }
    }

    /// `tcp_recv_urg()`
    fn tcp_recv_urg(&mut self, sock: SockKey, how: Recv) -> Flow {
        let Some(urgent) = self.socks[sock].inet.urgent.filter(|urgent| !urgent.is_read) else {
            return Flow::fail(Errno::EINVAL);
        };
        if self.socks[sock].inet.state == TcpState::Close && !self.socks[sock].inet.done {
            return Flow::fail(Errno::ENOTCONN);
        }
        if how.flags & MSG_PEEK == 0 {
            self.put_urgent(sock, Some(Urgent { is_read: true, ..urgent }));
        }
        let data = if how.count > 0 { vec![urgent.byte] } else { Vec::new() };
        self.copied_to_user(data.len());
        bytes(data)
    }

    /// Throws away what nobody read.
    pub(crate) fn tcp_purge_receive(&mut self, sock: SockKey) {
        while let Some(skb) = self.socks[sock].receive_queue.pop_front() {
            let bytes = size(skb.len());
            self.emit(|| EventKind::SkbTake { sock, bytes, skb_freed: true });
        }
        let inet = &mut self.socks[sock].inet;
        inet.copied = inet.received;
    }

    /// The file of an accepted or new socket is installed.
    pub(crate) fn sock_map_fd(&mut self, sock: SockKey, flags: i32) -> Fd {
        let file: FileKey = self.tcp_file(sock, flags);
        self.fd_alloc(file)
    }
}
