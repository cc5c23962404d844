//! Datagram sockets: UDP over loopback, and pairs of `AF_UNIX`.
//!
//! Linux 6.18, `net/core/datagram.c`, `net/ipv4/udp.c`, `net/unix/af_unix.c`. A UDP datagram is
//! charged to its sender only until loopback takes it; one of `AF_UNIX` until it is read. Leaves out
//! fragments, and how a full receive buffer drops (sizes are the machine's own).

use serde::{Deserialize, Serialize};

use super::inet::{SockKind, SocketState};
use super::tcp_io::{NetFrame, Recv, Send};
use crate::kernel::abi::{Errno, Events, MSG_OOB, MSG_PEEK, SO_REUSEADDR, SO_REUSEPORT};
use crate::kernel::cx::Cx;
use crate::kernel::file::unix::{Skb, WRITABLE};
use crate::kernel::file::{PollTable, bytes, size};
use crate::kernel::ids::{SockKey, WaitEntryKey};
use crate::kernel::task::{Flow, Frame};
use crate::kernel::wait::Join;
use crate::trace::event::{TaskState, TcpState, Waiter};
use crate::trace::{EventKind, Func, Sink};

/// The longest datagram that UDP takes.
const UDP_MAX: usize = 65_507;

/// Progress of a datagram call that may sleep.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum DgramFrame {
    /// `__skb_wait_for_more_packets()`
    Recv { sock: SockKey, how: Recv, entry: Option<WaitEntryKey> },
    /// `sock_alloc_send_pskb()`
    Send { sock: SockKey, how: Send, entry: Option<WaitEntryKey> },
}

impl DgramFrame {
    pub(crate) fn func(&self) -> Func {
        match self {
            DgramFrame::Recv { .. } => Func::__skb_recv_datagram,
            DgramFrame::Send { .. } => Func::sock_alloc_send_pskb,
        }
    }

    pub(crate) fn step<S: Sink>(self, cx: &mut Cx<'_, S>) -> Flow {
        match self {
            DgramFrame::Recv { sock, how, entry } => cx.dgram_recv(sock, how, entry),
            DgramFrame::Send { sock, how, entry } => cx.dgram_send(sock, how, entry),
        }
    }
}

fn asleep(frame: DgramFrame) -> Flow {
    Flow::Sleep(Frame::Net(NetFrame::Dgram(frame)), TaskState::Interruptible)
}

impl<S: Sink> Cx<'_, S> {
    /// `ip4_datagram_connect()`: names the peer, no more.
    pub(crate) fn udp_connect(&mut self, sock: SockKey, port: u16) {
        self.udp_autobind(sock);
        self.socks[sock].inet.peer_port = port;
        self.set_sock_state(sock, TcpState::Established);
    }

    fn udp_autobind(&mut self, sock: SockKey) {
        if self.socks[sock].inet.port.is_none() {
            let port = self.ephemeral_port();
            self.set_sock_port(sock, Some(port));
        }
    }

    /// `udp_lib_get_port()`: whether another socket has the port and does not share it.
    pub(crate) fn udp_port_conflicts(&self, sock: SockKey, port: u16) -> bool {
        let both = |option: i32, other: SockKey| {
            self.socks[sock].inet.is_set(option) && self.socks[other].inet.is_set(option)
        };
        self.socks.iter().any(|(other, state)| {
            other != sock
                && state.inet.kind == SockKind::Udp
                && state.inet.port == Some(port)
                && !both(SO_REUSEADDR, other)
                && !both(SO_REUSEPORT, other)
        })
    }

    fn dgram_send(&mut self, sock: SockKey, how: Send, entry: Option<WaitEntryKey>) -> Flow {
        if let Some(entry) = entry {
            self.remove_wait_queue(entry);
        }
        let udp = self.socks[sock].inet.kind == SockKind::Udp;
        if udp && how.data.len() > 0xffff {
            return Flow::fail(Errno::EMSGSIZE);
        }
        if how.flags & MSG_OOB != 0 {
            return Flow::fail(Errno::EOPNOTSUPP);
        }
        if udp {
            self.udp_autobind(sock);
            if self.socks[sock].inet.state != TcpState::Established {
                return Flow::fail(Errno::EDESTADDRREQ);
            }
            if how.data.len() > UDP_MAX {
                return Flow::fail(Errno::EMSGSIZE);
            }
        } else if how.data.len() > (self.socks[sock].sndbuf as usize).saturating_sub(32) {
            return Flow::fail(Errno::EMSGSIZE);
        }
        if let Some(errno) = self.sock_error(sock) {
            return Flow::fail(errno);
        }
        let state = &self.socks[sock];
        if state.shutdown_send {
            return Flow::fail(Errno::EPIPE);
        }
        if state.wmem_alloc >= state.sndbuf as usize {
            if how.nonblocking {
                return Flow::fail(Errno::EAGAIN);
            }
            if self.signal_pending() {
                return Flow::fail(Errno::EINTR);
            }
            let entry = Some(self.sock_wait(sock, None));
            return asleep(DgramFrame::Send { sock, how, entry });
        }
        let len = how.data.len();
        if self.copy_faults(0, len) {
            // The buffer was made already, and is freed again.
            match udp {
                true => self.within(Func::sock_wfree, |cx| cx.sock_def_write_space(sock)),
                false => self.dgram_unsent(sock),
            }
            return Flow::fail(Errno::EFAULT);
        }
        self.copied_from_user(len);
        match if udp { self.udp_send(sock, how.data) } else { self.unix_dgram_send(sock, how.data) }
        {
            Ok(()) => Flow::done(len as i64),
            Err(errno) => Flow::fail(errno),
        }
    }

    /// `udp_send_skb()`: loopback takes the charge off the sender, then delivers.
    fn udp_send(&mut self, sock: SockKey, data: Vec<u8>) -> Result<(), Errno> {
        self.within(Func::sock_wfree, |cx| cx.sock_def_write_space(sock));
        let inet = &self.socks[sock].inet;
        let (from, to) = (inet.port.unwrap_or_default(), inet.peer_port);
        let fits = |state: &crate::kernel::file::unix::Sock| {
            let connected = state.inet.state == TcpState::Established;
            let ours = !connected || state.inet.peer_port == from;
            state.inet.kind == SockKind::Udp && state.inet.port == Some(to) && ours
        };
        let best = self.socks.iter().filter(|(_, state)| fits(state));
        let best = best.max_by_key(|(_, state)| state.inet.state == TcpState::Established);
        let best = best.map(|(key, _)| key).and_then(|best| self.udp_of_group(sock, best, fits));
        self.in_softirq(Func::net_rx_action, |cx| match best {
            Some(receiver) => cx.dgram_queue(receiver, data, 0),
            None => {
                // The answer is "port unreachable".
                cx.set_sock_error(sock, Some(Errno::ECONNREFUSED));
                cx.sk_error_report(sock);
            }
        });
        Ok(())
    }

    /// `udp4_lib_lookup2()`: of several that share a port by `SO_REUSEPORT`, one.
    fn udp_of_group(
        &self,
        from: SockKey,
        best: SockKey,
        fits: impl Fn(&crate::kernel::file::unix::Sock) -> bool,
    ) -> Option<SockKey> {
        let in_group = |state: &crate::kernel::file::unix::Sock| {
            state.inet.is_set(SO_REUSEPORT) && state.inet.state != TcpState::Established
        };
        if !in_group(&self.socks[best]) {
            return Some(best);
        }
        let group = self.socks.iter().filter(|(_, state)| fits(state) && in_group(state));
        let group: Vec<SockKey> = group.map(|(key, _)| key).collect();
        self.reuseport_select_sock(from, &group)
    }

    /// `unix_dgram_sendmsg()`
    fn unix_dgram_send(&mut self, sock: SockKey, data: Vec<u8>) -> Result<(), Errno> {
        if self.socks[sock].peer.is_none() {
            self.dgram_unsent(sock);
            return Err(Errno::ENOTCONN);
        }
        let peer = self.socks[sock].peer.filter(|peer| self.socks.contains_key(*peer));
        let Some(peer) = peer else {
            self.set_sock_peer(sock, None);
            self.set_sock_state(sock, TcpState::Close);
            // unix_dgram_disconnected(): what nobody read is lost.
            while !self.socks[sock].receive_queue.is_empty() {
                self.dgram_free(sock);
            }
            self.dgram_unsent(sock);
            return Err(Errno::ECONNREFUSED);
        };
        if self.socks[peer].shutdown_receive {
            self.dgram_unsent(sock);
            return Err(Errno::EPIPE);
        }
        let charge = dgram_truesize(data.len());
        self.set_wmem(sock, self.socks[sock].wmem_alloc + charge);
        self.dgram_queue(peer, data, charge);
        Ok(())
    }

    /// The buffer was made already, and is freed again: that looks like room to write.
    fn dgram_unsent(&mut self, sock: SockKey) {
        self.within(Func::sock_wfree, |cx| cx.unix_write_space(sock, 1));
    }

    fn dgram_queue(&mut self, sock: SockKey, data: Vec<u8>, charge: usize) {
        let len = data.len();
        self.socks[sock].receive_queue.push_back(Skb::new(data, charge));
        self.emit(|| EventKind::SkbQueue { sock, bytes: size(len), truesize: size(charge) });
        self.sk_data_ready(sock);
    }

    /// `sock_def_write_space()`
    pub(crate) fn sock_def_write_space(&mut self, sock: SockKey) {
        self.within(Func::sock_def_write_space, |cx| {
            let wq = cx.socks[sock].wq;
            cx.wake_up(wq, 1, WRITABLE);
        });
    }

    fn dgram_recv(&mut self, sock: SockKey, how: Recv, entry: Option<WaitEntryKey>) -> Flow {
        if how.flags & MSG_OOB != 0 && self.socks[sock].inet.kind == SockKind::UnixDgram {
            return Flow::fail(Errno::EOPNOTSUPP);
        }
        if let Some(errno) = self.sock_error(sock) {
            entry.into_iter().for_each(|entry| self.remove_wait_queue(entry));
            return Flow::fail(errno);
        }
        let ends = self.socks[sock].shutdown_receive && !how.nonblocking;
        let Some(first) = self.socks[sock].receive_queue.front() else {
            if how.nonblocking {
                return Flow::fail(Errno::EAGAIN);
            }
            if ends {
                entry.into_iter().for_each(|entry| self.remove_wait_queue(entry));
                return bytes(Vec::new());
            }
            if self.signal_pending() {
                return self.interrupted(entry);
            }
            let entry = entry.filter(|entry| self.wait_entries.contains_key(*entry));
            let entry = entry.unwrap_or_else(|| {
                let (task, wq) = (self.current(), self.socks[sock].wq);
                self.add_wait_queue(wq, Waiter::Receiver(task), Join::ExclusiveTail)
            });
            return asleep(DgramFrame::Recv { sock, how, entry: Some(entry) });
        };
        let data: Vec<u8> = first.rest().iter().copied().take(how.count).collect();
        entry.into_iter().for_each(|entry| self.remove_wait_queue(entry));
        let faults = self.copy_faults(0, data.len());
        if !faults {
            self.copied_to_user(data.len());
        }
        // One that can not be copied is lost all the same.
        if how.flags & MSG_PEEK == 0 {
            self.dgram_free(sock);
        }
        if faults { Flow::fail(Errno::EFAULT) } else { bytes(data) }
    }

    /// `skb_free_datagram()`: the whole datagram goes, read or not.
    fn dgram_free(&mut self, sock: SockKey) {
        let Some(skb) = self.socks[sock].receive_queue.pop_front() else { return };
        let len = skb.len();
        self.emit(|| EventKind::SkbTake { sock, bytes: size(len), skb_freed: true });
        let sender = self.socks[sock].peer.filter(|peer| self.socks.contains_key(*peer));
        if let Some(sender) = sender.filter(|_| skb.truesize > 0) {
            self.within(Func::sock_wfree, |cx| {
                let left = cx.socks[sender].wmem_alloc - skb.truesize;
                cx.set_wmem(sender, left);
                cx.unix_write_space(sender, 1);
            });
        }
    }

    /// `udp_poll()`, `unix_dgram_poll()`
    pub(crate) fn dgram_poll(&mut self, sock: SockKey, table: PollTable) -> Events {
        let wq = self.socks[sock].wq;
        self.simple_poll(Func::datagram_poll, wq, table, |kernel| {
            let sock = &kernel.socks[sock];
            let readable = Events::EPOLLIN | Events::EPOLLRDNORM;
            let mut mask = Events::empty();
            mask.set(Events::EPOLLERR, sock.error.is_some());
            mask.set(Events::EPOLLRDHUP, sock.shutdown_receive);
            mask.set(Events::EPOLLHUP, sock.shutdown_receive && sock.shutdown_send);
            mask.set(readable, sock.shutdown_receive || !sock.receive_queue.is_empty());
            let writable = match sock.inet.kind {
                SockKind::Udp => sock.wmem_alloc < (sock.sndbuf >> 1) as usize,
                _ => sock.is_writable(0),
            };
            mask.set(WRITABLE, writable);
            mask
        })
    }

    /// The last file is closed; the peer hears of it only when it sends.
    pub(crate) fn dgram_close(&mut self, sock: SockKey) {
        while !self.socks[sock].receive_queue.is_empty() {
            self.dgram_free(sock);
        }
        let wq = self.socks[sock].wq;
        self.socks.remove(sock);
        self.emit(|| EventKind::SockFree { sock });
        self.wait_queue_free(wq);
    }

    /// `inet_shutdown()` of a UDP socket.
    pub(crate) fn udp_shutdown(&mut self, sock: SockKey, how: i32) -> Result<(), Errno> {
        self.socks[sock].inet.socket = SocketState::Unconnected;
        self.add_shutdown(sock, how != 1, how != 0);
        self.sk_state_change(sock);
        match self.socks[sock].inet.state {
            TcpState::Established => Ok(()),
            _ => Err(Errno::ENOTCONN),
        }
    }
}

/// What a datagram of `AF_UNIX` is charged: `struct sk_buff` and the slab object of its linear part.
fn dgram_truesize(len: usize) -> usize {
    let paged = len.saturating_sub(16_064).next_multiple_of(4096).min(len);
    256 + ((len - paged).next_multiple_of(64) + 320).next_power_of_two() + paged
}
