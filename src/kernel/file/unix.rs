//! Connected `AF_UNIX` stream sockets. Linux 6.18, `net/unix/af_unix.c` and `net/core/sock.c`.
//!
//! What a socket sends is charged to it by the true size of the buffers until the peer has read
//! them: that is what makes it writable or not. Leaves out ancillary data, `MSG_OOB` and names.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use super::{PollTable, size};
use crate::kernel::abi::{Errno, Events, Fd, MSG_NOSIGNAL, MSG_OOB};
use crate::kernel::cx::Cx;
use crate::kernel::ids::{SockKey, WaitEntryKey, WaitQueueKey};
use crate::kernel::net::{Inet, SockKind};
use crate::kernel::task::{Flow, Frame};
use crate::kernel::wait::Join;
use crate::trace::event::{TaskState, TcpState, Waiter};
use crate::trace::{EventKind, Func, Sink};

const PAGE: usize = 4096;
/// `sizeof(struct sk_buff)`, as it counts for the true size of a buffer.
const SKB_BYTES: usize = 256;
/// `sizeof(struct skb_shared_info)`, which ends the linear part of every buffer.
const SHARED_INFO_BYTES: usize = 320;
/// `SKB_MAX_HEAD(0)`: the most that is kept in the linear part.
const MAX_HEAD: usize = PAGE - SHARED_INFO_BYTES;
/// `UNIX_SKB_FRAGS_SZ`: the most that is kept in pages beside it.
const FRAGS_MAX: usize = 32_768;

/// `sk_data_ready`'s key.
pub(crate) const READABLE: Events =
    Events::EPOLLIN.union(Events::EPOLLPRI).union(Events::EPOLLRDNORM).union(Events::EPOLLRDBAND);
pub(crate) const WRITABLE: Events =
    Events::EPOLLOUT.union(Events::EPOLLWRNORM).union(Events::EPOLLWRBAND);

/// `struct sock` of an `AF_UNIX` stream socket.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Sock {
    /// `sk_sleep`: the one queue for readers, writers and items.
    pub(crate) wq: WaitQueueKey,
    /// `unix_peer`; once the peer is closed it stays set, to a socket that is dead.
    pub(crate) peer: Option<SockKey>,
    pub(crate) receive_queue: VecDeque<Skb>,
    /// `sk_wmem_alloc` without the 1 that it starts from.
    pub(crate) wmem_alloc: usize,
    pub(crate) sndbuf: u32,
    /// `RCV_SHUTDOWN`
    pub(crate) shutdown_receive: bool,
    /// `SEND_SHUTDOWN`
    pub(crate) shutdown_send: bool,
    /// `sk_err`
    pub(crate) error: Option<Errno>,
    /// Kind, state, port, options, and all that is TCP's.
    pub(crate) inet: Inet,
}

/// `struct sk_buff`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Skb {
    data: Vec<u8>,
    consumed: usize,
    pub(crate) truesize: usize,
    /// `oob_skb` points at it: the byte out of band.
    pub(crate) oob: bool,
}

impl Skb {
    pub(crate) fn new(data: Vec<u8>, truesize: usize) -> Self {
        Skb { data, consumed: 0, truesize, oob: false }
    }

    pub(crate) fn consume(&mut self, count: usize) {
        self.consumed += count;
    }

    /// What was not read yet.
    pub(crate) fn rest(&self) -> &[u8] {
        &self.data[self.consumed..]
    }

    pub(crate) fn len(&self) -> usize {
        self.data.len() - self.consumed
    }
}

impl Sock {
    /// `unix_writable()`; `held` is what the caller still holds of `sk_wmem_alloc`, which counts.
    pub(crate) fn is_writable(&self, held: usize) -> bool {
        (1 + self.wmem_alloc + held) << 2 <= self.sndbuf as usize
    }

    /// The longest piece that one buffer takes.
    fn piece_max(&self) -> usize {
        ((self.sndbuf >> 1) as usize - 64).min(MAX_HEAD + FRAGS_MAX)
    }
}

/// What a buffer for `len` bytes is charged: `struct sk_buff`, the slab object of its linear part,
/// and whole pages for the rest.
fn truesize(len: usize) -> usize {
    let paged = len.saturating_sub(MAX_HEAD).next_multiple_of(PAGE).min(len);
    let linear = (len - paged).next_multiple_of(64) + SHARED_INFO_BYTES;
    SKB_BYTES + linear.next_power_of_two() + paged.next_multiple_of(PAGE)
}

/// Progress of `unix_stream_sendmsg()`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct UnixWriteFrame {
    sock: SockKey,
    data: Vec<u8>,
    sent: usize,
    nonblocking: bool,
    /// `MSG_NOSIGNAL`
    nosignal: bool,
    /// `MSG_OOB`
    out_of_band: bool,
    entry: Option<WaitEntryKey>,
    /// Checked at the start only: that sending was not shut down.
    started: bool,
}

impl UnixWriteFrame {
    pub(crate) fn new(sock: SockKey, data: Vec<u8>, nonblocking: bool) -> Self {
        let (entry, started, nosignal, out_of_band) = (None, false, false, false);
        let sent = 0;
        UnixWriteFrame { sock, data, sent, nonblocking, nosignal, out_of_band, entry, started }
    }

    /// The same with `MSG_NOSIGNAL` and `MSG_OOB`, if they are set.
    pub(crate) fn with_flags(self, flags: i32) -> Self {
        let (nosignal, out_of_band) = (flags & MSG_NOSIGNAL != 0, flags & MSG_OOB != 0);
        UnixWriteFrame { nosignal, out_of_band, ..self }
    }

    pub(crate) fn step<S: Sink>(mut self, cx: &mut Cx<'_, S>) -> Flow {
        if !self.started {
            self.started = true;
            if self.out_of_band && self.data.is_empty() {
                return self.finish(Some(Errno::EOPNOTSUPP));
            }
            if cx.socks[self.sock].inet.state == TcpState::Close {
                return self.finish(Some(Errno::ENOTCONN));
            }
            if cx.socks[self.sock].shutdown_send {
                if !self.nosignal {
                    cx.send_sigpipe();
                }
                return self.finish(Some(Errno::EPIPE));
            }
        }
        while self.sent < self.data.len() {
            // sock_alloc_send_pskb()
            let state = &cx.socks[self.sock];
            if state.error.is_none()
                && !state.shutdown_send
                && state.wmem_alloc >= state.sndbuf as usize
            {
                if self.nonblocking {
                    return self.finish(Some(Errno::EAGAIN));
                }
                if cx.signal_pending() {
                    if let Some(entry) = self.entry.take() {
                        cx.remove_wait_queue(entry);
                    }
                    return self.finish(Some(Errno::EINTR));
                }
                let entry = Some(cx.sock_wait(self.sock, self.entry));
                let frame = Frame::UnixWrite(UnixWriteFrame { entry, ..self });
                return Flow::Sleep(frame, TaskState::Interruptible);
            }
            if let Some(entry) = self.entry.take() {
                cx.remove_wait_queue(entry);
            }
            if let Some(errno) = cx.sock_error(self.sock) {
                return self.finish(Some(errno));
            }
            if let Err(errno) = self.send_piece(cx) {
                return self.finish(Some(errno));
            }
        }
        self.finish(None)
    }

    fn send_piece<S: Sink>(&mut self, cx: &mut Cx<'_, S>) -> Result<(), Errno> {
        let state = &cx.socks[self.sock];
        if state.shutdown_send {
            return Err(Errno::EPIPE);
        }
        let peer = state.peer.ok_or(Errno::ENOTCONN)?;
        let left = self.data.len() - self.sent;
        // queue_oob(): the last byte is a buffer of its own.
        let is_oob = self.out_of_band && left == 1;
        let len = (left - usize::from(self.out_of_band && left > 1)).min(state.piece_max());
        if cx.copy_faults(self.sent, len) {
            // The buffer was made already, and is freed again: that looks like room to write.
            cx.within(Func::sock_wfree, |cx| cx.unix_write_space(self.sock, 1));
            return Err(Errno::EFAULT);
        }
        if cx.socks.get(peer).is_none_or(|p| p.shutdown_receive) {
            if self.sent == 0 && !self.nosignal && !is_oob {
                cx.send_sigpipe();
            }
            return Err(Errno::EPIPE);
        }
        let data = self.data[self.sent..self.sent + len].to_vec();
        self.sent += len;
        let skb = Skb::new(data, truesize(len));
        let truesize = skb.truesize;
        cx.set_wmem(self.sock, cx.socks[self.sock].wmem_alloc + truesize);
        cx.copied_from_user(len);
        cx.socks[peer].receive_queue.push_back(skb);
        cx.emit(|| EventKind::SkbQueue { sock: peer, bytes: size(len), truesize: size(truesize) });
        if is_oob {
            let last = cx.socks[peer].receive_queue.len() - 1;
            cx.unix_set_oob(peer, Some(last));
        }
        cx.within(Func::sock_def_readable, |cx| {
            let wq = cx.socks[peer].wq;
            cx.wake_up(wq, 1, READABLE);
        });
        Ok(())
    }

    fn finish(self, error: Option<Errno>) -> Flow {
        match error {
            Some(errno) if self.sent == 0 => Flow::fail(errno),
            _ => Flow::done(self.sent as i64),
        }
    }
}

impl<S: Sink> Cx<'_, S> {
    /// `__sys_socketpair()` and `unix_socketpair()`. Preconditions: two descriptors are free.
    pub(crate) fn do_socketpair(&mut self, kind: SockKind, flags: i32) -> (Fd, Fd) {
        self.within(Func::__sys_socketpair, |cx| {
            let sndbuf = cx.config.wmem_default;
            let [a, b] = [(); 2].map(|()| cx.sock_new(kind, sndbuf));
            for (sock, peer) in [(a, Some(b)), (b, Some(a))] {
                cx.socks[sock].peer = peer;
                cx.emit(|| EventKind::SockPeer { sock, peer });
                cx.set_sock_state(sock, TcpState::Established);
            }
            let (first, second) = (cx.tcp_file(a, flags), cx.tcp_file(b, flags));
            (cx.fd_alloc(first), cx.fd_alloc(second))
        })
    }

    pub(crate) fn sock_new(&mut self, kind: SockKind, sndbuf: u32) -> SockKey {
        self.sock_new_of(None, kind, sndbuf)
    }

    /// A socket that a listener makes of a SYN, or one that nobody made.
    pub(crate) fn sock_new_of(
        &mut self,
        parent: Option<SockKey>,
        kind: SockKind,
        sndbuf: u32,
    ) -> SockKey {
        let wq = self.wait_queue_new();
        let sock = self.socks.insert(Sock {
            wq,
            peer: None,
            receive_queue: VecDeque::new(),
            wmem_alloc: 0,
            sndbuf,
            shutdown_receive: false,
            shutdown_send: false,
            error: None,
            inet: Inet { parent, ..Inet::new(kind) },
        });
        self.emit(|| EventKind::SockNew { sock, wq, sndbuf, parent });
        sock
    }

    /// `unix_poll()`
    pub(crate) fn unix_poll(&mut self, sock: SockKey, table: PollTable) -> Events {
        let wq = self.socks[sock].wq;
        self.simple_poll(Func::unix_poll, wq, table, |kernel| {
            let sock = &kernel.socks[sock];
            let mut mask = Events::empty();
            mask.set(Events::EPOLLERR, sock.error.is_some());
            let closed = sock.shutdown_receive && sock.shutdown_send;
            mask.set(Events::EPOLLHUP, closed || sock.inet.state == TcpState::Close);
            mask.set(Events::EPOLLRDHUP, sock.shutdown_receive);
            let readable = sock.shutdown_receive || !sock.receive_queue.is_empty();
            mask.set(Events::EPOLLIN | Events::EPOLLRDNORM, readable);
            mask.set(WRITABLE, sock.is_writable(0));
            mask.set(Events::EPOLLPRI, sock.receive_queue.iter().any(|skb| skb.oob));
            mask
        })
    }

    /// `unix_release_sock()`: the peer is told, then what nobody read is thrown away.
    pub(crate) fn unix_release(&mut self, sock: SockKey) {
        self.within(Func::unix_release_sock, |cx| {
            cx.set_shutdown(sock);
            // What is left of a byte out of band that was read does not count.
            let queue = &cx.socks[sock].receive_queue;
            let unread = queue.len() > usize::from(queue.front().is_some_and(|s| s.len() == 0));
            let peer = cx.socks[sock].peer.filter(|peer| cx.socks.contains_key(*peer));
            if let Some(peer) = peer {
                cx.set_shutdown(peer);
                if unread {
                    cx.set_sock_error(peer, Some(Errno::ECONNRESET));
                }
                cx.within(Func::sock_def_wakeup, |cx| {
                    let wq = cx.socks[peer].wq;
                    cx.wake_up(wq, 0, Events::empty());
                });
            }
            while let Some(skb) = cx.socks[sock].receive_queue.front() {
                let len = skb.len();
                cx.skb_free(sock, len);
            }
            let wq = cx.socks[sock].wq;
            cx.socks.remove(sock);
            cx.emit(|| EventKind::SockFree { sock });
            cx.wait_queue_free(wq);
            if let Some(peer) = peer {
                cx.socks[peer].peer = None;
                cx.emit(|| EventKind::SockPeer { sock: peer, peer: None });
            }
        });
    }

    /// Takes up to `count` bytes off the receive queue.
    pub(crate) fn unix_take(&mut self, sock: SockKey, count: usize) -> Vec<u8> {
        let mut data = Vec::new();
        while data.len() < count {
            let Some(skb) = self.socks[sock].receive_queue.front_mut() else { break };
            let taken = skb.len().min(count - data.len());
            data.extend_from_slice(&skb.data[skb.consumed..skb.consumed + taken]);
            skb.consumed += taken;
            let left = skb.len();
            self.copied_to_user(taken);
            if left > 0 {
                self.emit(|| EventKind::SkbTake { sock, bytes: size(taken), skb_freed: false });
                break;
            }
            self.skb_free(sock, taken);
        }
        data
    }

    /// Passes over the first `count` bytes of the first buffer.
    pub(crate) fn skb_drop(&mut self, sock: SockKey, count: usize) {
        let Some(skb) = self.socks[sock].receive_queue.front_mut() else { return };
        skb.consumed += count;
        if skb.len() == 0 {
            return self.skb_free(sock, count);
        }
        self.emit(|| EventKind::SkbTake { sock, bytes: size(count), skb_freed: false });
    }

    /// Frees the first buffer of a receive queue, of which `taken` bytes went last, and gives its
    /// charge back to the sender: `sock_wfree()`.
    fn skb_free(&mut self, sock: SockKey, taken: usize) {
        let Some(skb) = self.socks[sock].receive_queue.pop_front() else { return };
        self.emit(|| EventKind::SkbTake { sock, bytes: size(taken), skb_freed: true });
        self.unix_wfree(sock, skb.truesize);
    }

    /// `sock_wfree()`: the charge of a buffer goes back to whoever sent it.
    pub(super) fn unix_wfree(&mut self, sock: SockKey, truesize: usize) {
        let Some(sender) = self.socks[sock].peer.filter(|peer| self.socks.contains_key(*peer))
        else {
            return;
        };
        if self.socks[sock].inet.kind != SockKind::UnixStream {
            return;
        }
        self.within(Func::sock_wfree, |cx| {
            let left = cx.socks[sender].wmem_alloc - truesize;
            cx.set_wmem(sender, left);
            // The last byte of the charge is given back only after this.
            cx.unix_write_space(sender, 1);
        });
    }

    /// `unix_write_space()`
    pub(crate) fn unix_write_space(&mut self, sock: SockKey, held: usize) {
        self.within(Func::unix_write_space, |cx| {
            if cx.socks[sock].is_writable(held) {
                let wq = cx.socks[sock].wq;
                cx.wake_up(wq, 1, WRITABLE);
            }
        });
    }

    pub(crate) fn set_wmem(&mut self, sock: SockKey, wmem_alloc: usize) {
        self.socks[sock].wmem_alloc = wmem_alloc;
        self.emit(|| EventKind::SockWmem { sock, bytes: size(wmem_alloc) });
    }

    fn set_shutdown(&mut self, sock: SockKey) {
        let state = &mut self.socks[sock];
        (state.shutdown_receive, state.shutdown_send) = (true, true);
        self.emit(|| EventKind::SockShutdown { sock, receive: true, send: true });
    }

    pub(crate) fn set_sock_error(&mut self, sock: SockKey, error: Option<Errno>) {
        self.socks[sock].error = error;
        self.emit(|| EventKind::SockErr { sock, error });
    }

    /// `sock_error()`: takes the pending error.
    pub(crate) fn sock_error(&mut self, sock: SockKey) -> Option<Errno> {
        let error = self.socks[sock].error?;
        self.set_sock_error(sock, None);
        Some(error)
    }

    /// `prepare_to_wait()` on the socket's queue: joins at the head unless still on it.
    pub(crate) fn sock_wait(&mut self, sock: SockKey, entry: Option<WaitEntryKey>) -> WaitEntryKey {
        match entry.filter(|entry| self.wait_entries.contains_key(*entry)) {
            Some(entry) => entry,
            None => {
                let (task, wq) = (self.current(), self.socks[sock].wq);
                self.add_wait_queue(wq, Waiter::Task(task), Join::Head)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::truesize;

    /// Sizes read off a real 6.18 (`SIOCOUTQ` after one write).
    #[test]
    fn buffers_are_charged_as_on_linux() {
        for (len, charged) in [
            (1, 768),
            (100, 768),
            (500, 1280),
            (700, 1280),
            (1000, 2304),
            (2000, 4352),
            (4096, 4864),
            (8192, 8960),
        ] {
            assert_eq!(truesize(len), charged, "for {len} bytes");
        }
        assert_eq!(truesize(36_544) + truesize(65_536 - 36_544), 67_072);
    }
}
