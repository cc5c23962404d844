//! Reading an `AF_UNIX` stream: buffer by buffer, past the byte out of band.
//!
//! Linux 6.18, `net/unix/af_unix.c: unix_stream_read_generic(), manage_oob(),
//! unix_stream_recv_urg()`. The byte that `MSG_OOB` sent last is a buffer of its own in the receive
//! queue; the socket points at it until it is read, passed by, or another comes. Leaves out
//! `SO_OOBINLINE` and `SO_PEEK_OFF`.

use serde::{Deserialize, Serialize};

use super::unix::Skb;
use super::{bytes, size};
use crate::kernel::abi::{Errno, MSG_OOB, MSG_PEEK, SO_RCVLOWAT};
use crate::kernel::cx::Cx;
use crate::kernel::ids::{SockKey, WaitEntryKey};
use crate::kernel::task::{Flow, Frame};
use crate::trace::event::{TaskState, TcpState};
use crate::trace::{EventKind, Sink};

/// Progress of `unix_stream_read_generic()`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct UnixReadFrame {
    sock: SockKey,
    count: usize,
    nonblocking: bool,
    peek: bool,
    out_of_band: bool,
    /// What was copied so far.
    data: Vec<u8>,
    entry: Option<WaitEntryKey>,
}

/// How a look at the queue ended.
enum Took {
    /// All that was asked for, or all there is to get: the call is over.
    Over,
    /// The queue is empty.
    Empty,
    /// The first copy ran into bad memory.
    Fault,
}

impl UnixReadFrame {
    pub(crate) fn new(sock: SockKey, count: usize, nonblocking: bool) -> Self {
        let (peek, out_of_band, data, entry) = (false, false, Vec::new(), None);
        UnixReadFrame { sock, count, nonblocking, peek, out_of_band, data, entry }
    }

    /// The same with `MSG_PEEK` and `MSG_OOB`, if they are set.
    pub(crate) fn with_flags(self, flags: i32) -> Self {
        let (peek, out_of_band) = (flags & MSG_PEEK != 0, flags & MSG_OOB != 0);
        UnixReadFrame { peek, out_of_band, ..self }
    }

    pub(crate) fn step<S: Sink>(mut self, cx: &mut Cx<'_, S>) -> Flow {
        let sock = self.sock;
        // Looked at before the data, once it slept.
        if self.entry.is_some() && cx.signal_pending() {
            if let Some(entry) = self.entry.take_if(|_| !self.data.is_empty()) {
                cx.remove_wait_queue(entry);
                return bytes(self.data);
            }
            return cx.interrupted(self.entry);
        }
        if cx.socks[sock].inet.state == TcpState::Close {
            return Flow::fail(Errno::EINVAL);
        }
        if self.out_of_band {
            return cx.unix_stream_recv_urg(sock, self.count, self.peek);
        }
        let has_news = !cx.socks[sock].receive_queue.is_empty();
        if let Some(entry) = self.entry.take_if(|_| has_news || cx.unix_ends(sock)) {
            cx.remove_wait_queue(entry);
        }
        match self.take(cx) {
            Took::Over => return bytes(self.data),
            Took::Fault => return Flow::fail(Errno::EFAULT),
            Took::Empty => {}
        }
        let lowat = cx.socks[sock].inet.option(SO_RCVLOWAT).unsigned_abs() as usize;
        if self.data.len() >= lowat.min(self.count).max(1) {
            return bytes(self.data);
        }
        match cx.sock_error(sock) {
            Some(errno) if self.data.is_empty() => return Flow::fail(errno),
            Some(_) => return bytes(self.data),
            None => {}
        }
        if cx.socks[sock].shutdown_receive || self.nonblocking && !self.data.is_empty() {
            return bytes(self.data);
        }
        if self.nonblocking {
            return Flow::fail(Errno::EAGAIN);
        }
        let entry = Some(cx.sock_wait(sock, self.entry));
        Flow::Sleep(Frame::UnixRead(UnixReadFrame { entry, ..self }), TaskState::Interruptible)
    }

    /// The loop over buffers.
    fn take<S: Sink>(&mut self, cx: &mut Cx<'_, S>) -> Took {
        let sock = self.sock;
        let mut at = 0;
        loop {
            if at >= cx.socks[sock].receive_queue.len() {
                return if self.peek && at > 0 { Took::Over } else { Took::Empty };
            }
            let copied = !self.data.is_empty();
            match cx.manage_oob(sock, at, self.peek, copied) {
                Some(next) => at = next,
                None if copied => return Took::Over,
                None => return Took::Empty,
            }
            // What is left of a byte out of band that was read.
            let queue = &cx.socks[sock].receive_queue;
            let Some(full) = (at..queue.len()).find(|at| queue[*at].len() > 0) else {
                return Took::Empty;
            };
            at = full;
            let len = queue[at].len().min(self.count - self.data.len());
            if cx.copy_faults(self.data.len(), len) {
                return if self.data.is_empty() { Took::Fault } else { Took::Over };
            }
            let from = &cx.socks[sock].receive_queue[at];
            self.data.extend_from_slice(&from.rest()[..len]);
            let left = from.len() - len;
            cx.copied_to_user(len);
            if self.peek {
                at += 1;
            } else {
                cx.unix_consume(sock, at, len);
                if left > 0 {
                    return Took::Over;
                }
                at = 0;
            }
            // A look goes on to the end, which shows only if it looks for nothing.
            if self.data.len() >= self.count && !(self.peek && self.count == 0) {
                return Took::Over;
            }
        }
    }
}

impl<S: Sink> Cx<'_, S> {
    fn unix_ends(&self, sock: SockKey) -> bool {
        self.socks[sock].error.is_some() || self.socks[sock].shutdown_receive
    }

    /// `manage_oob()`: the buffer to read instead of the one at `at`; none if reading stops here.
    fn manage_oob(&mut self, sock: SockKey, at: usize, peek: bool, copied: bool) -> Option<usize> {
        let queue = &self.socks[sock].receive_queue;
        let mut at = at;
        if queue[at].len() == 0 {
            if copied && !queue.iter().any(|skb| skb.oob) {
                return None;
            }
            if peek {
                at += 1;
            } else {
                self.unix_free(sock, at, 0);
            }
        }
        let skb = self.socks[sock].receive_queue.get(at)?;
        match (skb.oob, peek) {
            (false, _) => Some(at),
            // A read stops before the mark.
            (true, _) if copied => None,
            (true, true) => (at + 1 < self.socks[sock].receive_queue.len()).then_some(at + 1),
            // The next one passes it by: the byte is lost.
            (true, false) => {
                let len = skb.len();
                self.unix_set_oob(sock, None);
                self.unix_free(sock, at, len);
                (!self.socks[sock].receive_queue.is_empty()).then_some(0)
            }
        }
    }

    /// `unix_stream_recv_urg()`
    fn unix_stream_recv_urg(&mut self, sock: SockKey, count: usize, peek: bool) -> Flow {
        let Some(at) = self.socks[sock].receive_queue.iter().position(|skb| skb.oob) else {
            return Flow::fail(Errno::EINVAL);
        };
        let byte = self.socks[sock].receive_queue[at].rest().to_vec();
        if !peek {
            self.unix_set_oob(sock, None);
            let before = at.checked_sub(1);
            let consumed = before.filter(|at| self.socks[sock].receive_queue[*at].len() == 0);
            if let Some(before) = consumed {
                self.unix_free(sock, before, 0);
            }
            // It stays as a mark, with nothing in it.
            self.unix_shrink(sock, at - usize::from(consumed.is_some()), 1);
        }
        if self.copy_faults(0, count.min(1)) {
            return Flow::fail(Errno::EFAULT);
        }
        self.copied_to_user(byte.len());
        bytes(byte)
    }

    /// Which buffer is the byte out of band.
    pub(super) fn unix_set_oob(&mut self, sock: SockKey, at: Option<usize>) {
        let queue = &mut self.socks[sock].receive_queue;
        queue.iter_mut().for_each(|skb| skb.oob = false);
        let skb = at.and_then(|at| queue.get_mut(at));
        let byte = skb.and_then(|skb| {
            skb.oob = true;
            skb.rest().first().copied()
        });
        self.emit(|| EventKind::SockUrgent { sock, byte });
    }

    /// So many bytes of a buffer were read; an empty one is freed.
    fn unix_consume(&mut self, sock: SockKey, at: usize, count: usize) {
        match self.socks[sock].receive_queue[at].len() - count {
            0 => self.unix_free(sock, at, count),
            _ => self.unix_shrink(sock, at, count),
        }
    }

    /// `UNIXCB(skb).consumed += count`
    fn unix_shrink(&mut self, sock: SockKey, at: usize, count: usize) {
        let skb: &mut Skb = &mut self.socks[sock].receive_queue[at];
        skb.consume(count);
        let left = size(skb.len());
        self.emit(|| match at {
            0 => EventKind::SkbTake { sock, bytes: size(count), skb_freed: false },
            _ => EventKind::SkbInside { sock, index: size(at), left: Some(left) },
        });
    }

    /// Unlinks a buffer of which `taken` bytes went last, and frees it.
    fn unix_free(&mut self, sock: SockKey, at: usize, taken: usize) {
        let Some(skb) = self.socks[sock].receive_queue.remove(at) else { return };
        self.emit(|| match at {
            0 => EventKind::SkbTake { sock, bytes: size(taken), skb_freed: true },
            _ => EventKind::SkbInside { sock, index: size(at), left: None },
        });
        self.unix_wfree(sock, skb.truesize);
    }
}
