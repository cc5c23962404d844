//! Sockets beside the `AF_UNIX` stream: the socket calls, options, and TCP over loopback.
//!
//! Linux 6.18, `net/socket.c`, `net/core/sock.c`, `net/ipv4/*.c`. The one address is 127.0.0.1.
//! Segments travel through an explicit queue ([`segment`]) and arrive in softirq context; one that
//! meets a socket whose owner is at work waits in that socket's backlog, as on Linux.
//!
//! Leaves out what loopback never shows: loss, retransmission, congestion. Differs: every segment is
//! acknowledged at once, as on a route with `quickack`; `docs/not-modelled.md` has the rest.

pub(crate) mod dgram;
pub(crate) mod inet;
pub(crate) mod options;
pub(crate) mod segment;
pub(crate) mod socket;
pub(crate) mod tcp;
pub(crate) mod tcp_input;
pub(crate) mod tcp_io;

pub(crate) use inet::{Inet, SockKind};
pub(crate) use segment::Segment;
