//! Open files and what stands behind them.

use crate::kernel::abi::{O_CLOEXEC, O_NONBLOCK};
use crate::kernel::ids::FileKey;
use crate::scene::explain::{kind_text, time_text};
use crate::trace::event::FileKind;

use super::super::File;
use super::{Bit, Cx, Part, Value, list, structs, text};

impl Cx<'_> {
    pub(super) fn file_parts(&self, key: FileKey) -> Option<Vec<Part>> {
        let file = self.scene.files.get(&key)?;
        let part = Part::new(&structs::FILE, self.names.file(key))
            .with("f_op", text(operations(file.new.kind)))
            .with("private_data", self.private_data(key, file))
            .with("f_flags", text(flags(file.new.flags)))
            .with("f_path", self.path(key, file))
            .with("f_ep", list(file.f_ep.iter().map(|epi| self.item(*epi))))
            .with("f_ref", self.references(key, file));
        let mut parts = vec![part];
        parts.extend(match file.new.kind {
            FileKind::Eventpoll(ep) => self.ep_parts(ep).unwrap_or_default(),
            FileKind::Eventfd { wqh, semaphore } => vec![
                Part::new(&structs::EVENTFD_CTX, self.names.file(key))
                    .with("wqh", self.queue_value(wqh))
                    .with("count", text(file.eventfd_count))
                    .with("flags", text(if semaphore { "EFD_SEMAPHORE" } else { "0" })),
            ],
            FileKind::Timerfd { wqh } => {
                vec![self.timerfd(key, file).with("wqh", self.queue_value(wqh))]
            }
            FileKind::Signalfd { mask } => vec![
                Part::new(&structs::SIGNALFD_CTX, self.names.file(key)).with("sigmask", text(mask)),
            ],
            FileKind::PipeRead(pipe) | FileKind::PipeWrite(pipe) => {
                self.pipe_parts(pipe).unwrap_or_default()
            }
            FileKind::UnixStream(sock) | FileKind::Tcp(sock) | FileKind::Dgram(sock) => {
                self.sock_parts(sock).unwrap_or_default()
            }
            FileKind::Null | FileKind::Path(_) => Vec::new(),
        });
        Some(parts)
    }

    fn timerfd(&self, key: FileKey, file: &File) -> Part {
        let timer = file.timerfd;
        let expires = timer.expires_ns.map_or_else(|| "—".to_owned(), time_text);
        Part::new(&structs::TIMERFD_CTX, self.names.file(key))
            .with("t", text(format!("tmr.node.expires = {expires}")))
            .with("tintv", text(time_text(timer.interval_ns)))
            .with("ticks", text(timer.ticks))
            .with("expired", text(u8::from(timer.ticks > 0)))
    }

    fn private_data(&self, key: FileKey, file: &File) -> Value {
        match file.new.kind {
            FileKind::Eventpoll(ep) => vec![self.ep(ep)],
            FileKind::PipeRead(pipe) | FileKind::PipeWrite(pipe) => vec![self.pipe(pipe)],
            FileKind::UnixStream(sock) | FileKind::Tcp(sock) | FileKind::Dgram(sock) => {
                vec![Bit::Text("struct socket →".to_owned()), self.sock(sock)]
            }
            FileKind::Eventfd { .. } => text("struct eventfd_ctx"),
            FileKind::Timerfd { .. } => text("struct timerfd_ctx"),
            FileKind::Signalfd { .. } => {
                let mut value = text("struct signalfd_ctx");
                let of = |fds: &crate::scene::Process| fds.fds.values().any(|file| *file == key);
                let owners = self.scene.processes.iter().filter(|(_, process)| of(process));
                value.extend(owners.map(|(process, _)| self.process(*process)));
                value
            }
            FileKind::Null | FileKind::Path(_) => text("NULL"),
        }
    }

    fn path(&self, key: FileKey, file: &File) -> Value {
        let kind = kind_text(file.new.kind);
        text(format!("{kind}, {key} @ {:#x}", file.new.addr))
    }

    /// The count, and the descriptors that make it up.
    fn references(&self, key: FileKey, file: &File) -> Value {
        let mut value = text(file.count);
        for (process, table) in self.scene.processes.iter() {
            let mut fds = table.fds.iter().filter(|(_, file)| **file == key).peekable();
            if fds.peek().is_some() {
                value.push(self.process(*process));
            }
            value.extend(fds.map(|(fd, _)| Bit::Text(format!("fd {fd}"))));
        }
        value
    }
}

fn operations(kind: FileKind) -> &'static str {
    match kind {
        FileKind::Null => "null_fops",
        FileKind::Eventpoll(_) => "eventpoll_fops",
        FileKind::Eventfd { .. } => "eventfd_fops",
        FileKind::Timerfd { .. } => "timerfd_fops",
        FileKind::Signalfd { .. } => "signalfd_fops",
        FileKind::Path(_) => "without .poll",
        FileKind::PipeRead(_) | FileKind::PipeWrite(_) => "pipeanon_fops",
        FileKind::UnixStream(_) | FileKind::Tcp(_) | FileKind::Dgram(_) => "socket_file_ops",
    }
}

fn flags(flags: i32) -> String {
    let mode = match flags & 3 {
        0 => "O_RDONLY",
        1 => "O_WRONLY",
        _ => "O_RDWR",
    };
    let named = [(O_NONBLOCK, "|O_NONBLOCK"), (O_CLOEXEC, "|O_CLOEXEC")];
    let set: String = named.iter().filter(|(bit, _)| flags & bit != 0).map(|(_, n)| *n).collect();
    format!("{mode}{set} = {flags:#o}")
}
