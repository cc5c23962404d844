//! Sockets and pipes.

use crate::kernel::ids::{PipeKey, SockKey};
use crate::session::strace::option_name;
use crate::tr;
use crate::trace::event::FileKind;

use super::super::{Pipe, Sock};
use super::{Bit, Cx, Part, Value, list, or_null, structs, text};

impl Cx<'_> {
    pub(super) fn sock_parts(&self, key: SockKey) -> Option<Vec<Part>> {
        let sock = self.scene.socks.get(&key)?;
        let file = self.names.sock_file(key).filter(|file| self.scene.files.contains_key(file));
        let kind = file.and_then(|file| self.scene.files.get(&file)).map(|file| file.new.kind);
        let family = match kind {
            Some(FileKind::UnixStream(_)) => text("AF_UNIX"),
            Some(FileKind::Dgram(_)) if sock.port.is_none() => Value::new(),
            _ => text("AF_INET"),
        };
        let shutdown = match (sock.shutdown_receive, sock.shutdown_send) {
            (false, false) => "0",
            (true, false) => "RCV_SHUTDOWN",
            (false, true) => "SEND_SHUTDOWN",
            (true, true) => "SHUTDOWN_MASK",
        };
        let part = Part::new(&structs::SOCK, key)
            .with("sk_socket->file", or_null(file.map(|file| self.file(file))))
            .with("sk_wq->wait", self.queue_value(sock.wq))
            .with("sk_family", family)
            .with("sk_state", text(sock.state.name()))
            .with("sk_shutdown", text(shutdown))
            .with("sk_err", sock.error.map_or_else(|| text(0), text))
            .with("sk_receive_queue", receive_queue(sock))
            .with("sk_wmem_alloc", text(format!("{} B", sock.wmem_alloc)))
            .with("sk_sndbuf", text(format!("{} B", sock.sndbuf)))
            .with("sk_socket->flags", text(if sock.nospace { "SOCK_NOSPACE" } else { "0" }))
            .with(
                "options",
                list(sock.options.iter().map(|(option, value)| {
                    Bit::Text(format!("{} = {value}", option_name(*option)))
                })),
            )
            .with("sk_backlog", list(sock.backlog.iter().map(|n| Bit::Text(format!("#{n}")))))
            .with("segments", self.segments_of(key));
        let peer = or_null(sock.peer.map(|peer| self.sock(peer)));
        let urgent = sock.urgent.map(|byte| format!("{byte:#04x}"));
        let port = sock.port.map_or_else(|| text(0), text);
        let own = match kind {
            Some(FileKind::UnixStream(_)) => Part::new(&structs::UNIX_SOCK, key)
                .with("peer", peer)
                .with("oob_skb", text(urgent.unwrap_or_else(|| "NULL".to_owned()))),
            Some(FileKind::Dgram(_)) => {
                Part::new(&structs::INET_SOCK, key).with("inet_num", port).with("peer", peer)
            }
            _ => Part::new(&structs::TCP_SOCK, key)
                .with("inet_num", port)
                .with("peer", peer)
                .with("icsk_accept_queue", list(sock.accept_queue.iter().map(|c| self.sock(*c))))
                .with("urg_data", text(urgent.unwrap_or_else(|| "0".to_owned()))),
        };
        Some(vec![part, own])
    }

    /// What is on its way to the socket, or from it.
    fn segments_of(&self, key: SockKey) -> Value {
        let own = self.scene.segments.values().filter(|s| s.to == Some(key) || s.from == key);
        list(own.map(|segment| {
            let way = if segment.from == key { "→" } else { "←" };
            let text = format!("{way} #{} {}, {} B", segment.number, segment.flags, segment.bytes);
            Bit::Text(text)
        }))
    }

    pub(super) fn pipe_parts(&self, key: PipeKey) -> Option<Vec<Part>> {
        let pipe = self.scene.pipes.get(&key)?;
        let filled = pipe.slots.len();
        let part = Part::new(&structs::PIPE, key)
            .with("rd_wait", self.queue_value(pipe.rd_wait))
            .with("wr_wait", self.queue_value(pipe.wr_wait))
            .with("head", text(tr!("inspector-slots-filled", count = filled)))
            .with("max_usage", text(pipe.max_usage))
            .with("ring_size", text(pipe.max_usage.next_power_of_two()))
            .with("readers", text(pipe.readers))
            .with("writers", text(pipe.writers))
            .with("files", text(pipe.readers + pipe.writers))
            .with("poll_usage", text(pipe.poll_usage))
            .with("bufs", bufs(pipe));
        Some(vec![part])
    }
}

fn receive_queue(sock: &Sock) -> Value {
    let bytes: u64 = sock.receive_queue.iter().map(|skb| u64::from(skb.bytes)).sum();
    let mut value = text(format!("{bytes} B"));
    value.extend(
        sock.receive_queue
            .iter()
            .map(|skb| Bit::Text(format!("[skb {} B, truesize {}]", skb.bytes, skb.truesize))),
    );
    value
}

fn bufs(pipe: &Pipe) -> Value {
    list(pipe.slots.iter().map(|slot| {
        let packet = if slot.packet { ", PIPE_BUF_FLAG_PACKET" } else { "" };
        Bit::Text(format!("[{} B{packet}]", slot.bytes))
    }))
}
