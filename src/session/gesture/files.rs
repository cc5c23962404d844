//! What can be done with an open file, and from its far end.

use crate::kernel::abi::{O_APPEND, O_DIRECT, O_NONBLOCK};
use crate::kernel::ids::FileKey;
use crate::scene::{File, Sock};
use crate::tr;
use crate::trace::event::{FileKind, TcpState};

use super::{Act, Attempt, Lines};

impl Lines<'_> {
    pub(super) fn on_a_file(&self, key: FileKey, act: Act, values: &[String]) -> Attempt {
        let Some(file) = self.scene.files.get(&key) else { return Attempt::Foreign };
        let kind = file.new.kind;
        if matches!(kind, FileKind::Null) {
            return Attempt::Foreign;
        }
        let value = |n: usize| values.get(n).map(String::as_str).unwrap_or_default();
        let sock: Option<&Sock> = kind.sock().and_then(|s| self.scene.socks.get(&s).map(|s| &**s));
        let is_listener = sock.is_some_and(|sock| sock.state == TcpState::Listen);
        let is_stream = matches!(kind, FileKind::Tcp(_) | FileKind::UnixStream(_)) && !is_listener;
        let is_tcp = matches!(kind, FileKind::Tcp(_)) && !is_listener;
        let is_pipe = matches!(kind, FileKind::PipeRead(_) | FileKind::PipeWrite(_));
        let is_dgram = matches!(kind, FileKind::Dgram(_));
        let is_timer = matches!(kind, FileKind::Timerfd { .. });
        let setting = |option: &str| {
            self.on_file(key, |fd| format!("setsockopt({fd}, {option}, {})", value(0)))
        };
        match act {
            Act::Data if is_stream || is_pipe => {
                let end = if matches!(kind, FileKind::PipeWrite(_)) { Some(key) } else { None };
                self.at_far_end(file, end, |fd| format!("write({fd}, {})", data(value(0))))
            }
            Act::Data if is_dgram => self.datagram(file, sock, value(0)),
            Act::Oob if is_stream => {
                self.at_far_end(file, None, |fd| format!("send({fd}, \"!\", MSG_OOB)"))
            }
            Act::Count if matches!(kind, FileKind::Eventfd { .. }) => {
                self.on_file(key, |fd| format!("write({fd}, {})", value(0)))
            }
            Act::Drain => self.drain(key, file),
            Act::Read if is_stream || is_dgram || matches!(kind, FileKind::PipeRead(_)) => {
                self.on_file(key, |fd| format!("read({fd}, {})", value(0)))
            }
            Act::Fin if is_stream => {
                self.at_far_end(file, None, |fd| format!("shutdown({fd}, SHUT_WR)"))
            }
            Act::Rst if is_tcp => self.reset(file),
            Act::FarClose if is_stream || is_pipe || is_dgram && self.far_end(file).is_some() => {
                self.at_far_end(file, None, |fd| format!("close({fd})"))
            }
            Act::Connect if is_listener => self.connect(sock, 1),
            Act::ConnectMany if is_listener => {
                self.connect(sock, value(0).parse().unwrap_or_default())
            }
            Act::Accept if is_listener => {
                let name = self.session.fresh_name("s");
                let call = |fd: &str| format!("{name} = accept4({fd}, SOCK_NONBLOCK)");
                self.on_file(key, call)
            }
            Act::Arm if is_timer => {
                let (initial, interval) = (value(0), value(1));
                self.on_file(key, |fd| format!("timerfd_settime({fd}, {initial}ms, {interval}ms)"))
            }
            Act::Disarm if is_timer && file.timerfd.expires_ns.is_none() => {
                Attempt::Off(tr!("hands-off-not-armed"))
            }
            Act::Disarm if is_timer => {
                self.on_file(key, |fd| format!("timerfd_settime({fd}, 0, 0)"))
            }
            Act::Nonblock => {
                let flags = file_flags(file.new.flags ^ O_NONBLOCK);
                self.on_file(key, |fd| format!("fcntl({fd}, F_SETFL, {flags})"))
            }
            Act::Lowat if sock.is_some() => setting("SO_RCVLOWAT"),
            Act::Sndbuf if sock.is_some() => setting("SO_SNDBUF"),
            Act::Rcvbuf if sock.is_some() => setting("SO_RCVBUF"),
            Act::PipeSize if is_pipe => {
                self.on_file(key, |fd| format!("fcntl({fd}, F_SETPIPE_SZ, {})", value(0)))
            }
            Act::Watch if !matches!(kind, FileKind::Path(_)) => self.watch(key),
            Act::Dup => {
                let name = self.session.fresh_name("d");
                self.on_file(key, |fd| format!("{name} = dup({fd})"))
            }
            Act::Close => self.on_file(key, |fd| format!("close({fd})")),
            _ => Attempt::Foreign,
        }
    }

    /// A call at the far end, or at the end that is given.
    fn at_far_end(
        &self,
        file: &File,
        end: Option<FileKey>,
        call: impl FnOnce(&str) -> String,
    ) -> Attempt {
        match end.or_else(|| self.far_end(file)) {
            Some(end) => self.on_file(end, call),
            None => Attempt::Off(self.why_no_far_end(file)),
        }
    }

    fn why_no_far_end(&self, file: &File) -> String {
        let peer = file.new.kind.sock().and_then(|sock| self.scene.socks.get(&sock)?.peer);
        match (file.new.kind, peer) {
            (FileKind::PipeRead(_) | FileKind::PipeWrite(_), _)
            | (FileKind::UnixStream(_), None) => tr!("hands-off-far-closed"),
            // Not accepted yet, or closed.
            (_, Some(_)) => tr!("hands-off-far-unheld"),
            _ => tr!("hands-off-not-connected"),
        }
    }

    /// Reads all there is.
    fn drain(&self, key: FileKey, file: &File) -> Attempt {
        let kind = file.new.kind;
        let (end, bytes) = match kind {
            FileKind::PipeRead(pipe) | FileKind::PipeWrite(pipe) => {
                let bytes = self.scene.pipes.get(&pipe).map(|p| p.slots.iter().map(|s| s.bytes));
                let Some(end) = self.file_of(FileKind::PipeRead(pipe)) else {
                    return Attempt::Off(tr!("hands-off-far-closed"));
                };
                (end, bytes.map_or(0, Iterator::sum))
            }
            FileKind::Eventfd { .. } => (key, if file.eventfd_count > 0 { 8 } else { 0 }),
            FileKind::Timerfd { .. } => (key, if file.timerfd.ticks > 0 { 8 } else { 0 }),
            FileKind::Signalfd { mask } => {
                let pending =
                    |task: &crate::scene::Task| task.pending.keys().any(|sig| mask.contains(*sig));
                let any = self.scene.tasks.values().any(|task| pending(task));
                (key, if any { 128 } else { 0 })
            }
            FileKind::UnixStream(sock) | FileKind::Tcp(sock) | FileKind::Dgram(sock) => {
                let Some(sock) = self.scene.socks.get(&sock) else { return Attempt::Foreign };
                if sock.state == TcpState::Listen {
                    return Attempt::Foreign;
                }
                (key, sock.receive_queue.iter().map(|skb| skb.bytes).sum::<u32>())
            }
            FileKind::Null | FileKind::Path(_) | FileKind::Eventpoll(_) => return Attempt::Foreign,
        };
        if bytes == 0 {
            return Attempt::Off(tr!("hands-off-empty"));
        }
        self.on_file(end, |fd| format!("read({fd}, {bytes})"))
    }

    /// Closing with a linger time of 0 sends a RST.
    fn reset(&self, file: &File) -> Attempt {
        let Some(end) = self.far_end(file) else {
            return Attempt::Off(self.why_no_far_end(file));
        };
        let linger = self.on_file(end, |fd| format!("setsockopt({fd}, SO_LINGER, 0)"));
        match (linger, self.on_file(end, |fd| format!("close({fd})"))) {
            (Attempt::Lines(linger), Attempt::Lines(close)) => {
                Attempt::Lines(format!("{linger}\n{close}"))
            }
            (off, _) => off,
        }
    }

    /// New clients for a listener.
    fn connect(&self, listener: Option<&Sock>, times: u32) -> Attempt {
        let Some(port) = listener.and_then(|sock| sock.port) else { return Attempt::Foreign };
        let actor = self.actor();
        let names = self.session.fresh_names("c", times as usize);
        let one = |name: String| {
            format!(
                "{actor}: {name} = socket(AF_INET, SOCK_STREAM|SOCK_NONBLOCK)\n\
                 {actor}: connect({name}, {port}) -> _"
            )
        };
        Attempt::Lines(names.into_iter().map(one).collect::<Vec<_>>().join("\n"))
    }

    /// A datagram for a socket: from its peer, from whoever is connected to it, or from a new socket.
    fn datagram(&self, file: &File, sock: Option<&Sock>, bytes: &str) -> Attempt {
        let me = file.new.kind.sock();
        let sends_here = |f: &File| {
            let sock = f.new.kind.sock().filter(|sock| Some(*sock) != me);
            sock.and_then(|sock| self.scene.socks.get(&sock)).is_some_and(|s| s.peer == me)
        };
        let sender = self
            .far_end(file)
            .or_else(|| self.scene.files.iter().find(|(_, f)| sends_here(f)).map(|(key, _)| *key));
        let write = |fd: &str| format!("write({fd}, {})", data(bytes));
        match (sender, sock.and_then(|sock| sock.port)) {
            (Some(sender), _) => self.on_file(sender, write),
            (None, Some(port)) => {
                let (actor, name) = (self.actor(), self.session.fresh_name("u"));
                Attempt::Lines(format!(
                    "{actor}: {name} = socket(AF_INET, SOCK_DGRAM|SOCK_NONBLOCK)\n\
                     {actor}: connect({name}, {port}) -> _\n{actor}: {} -> _",
                    write(&name)
                ))
            }
            (None, None) => Attempt::Off(self.why_no_far_end(file)),
        }
    }

    /// Into the first instance that does not watch it yet.
    pub(super) fn watch(&self, key: FileKey) -> Attempt {
        let Some(file) = self.scene.files.get(&key) else { return Attempt::Foreign };
        let is_watched = |ep| {
            file.f_ep
                .iter()
                .any(|epi| self.scene.epitems.get(epi).is_some_and(|item| item.new.ep == ep))
        };
        let is_itself = |ep| file.new.kind == FileKind::Eventpoll(ep);
        let eps = self.scene.eventpolls.keys().copied();
        let mut eps = eps.filter(|ep| !is_itself(*ep) && !is_watched(*ep));
        let Some(ep) = eps.find_map(|ep| self.ep_fd(ep)) else {
            return Attempt::Off(tr!("hands-off-all-watch"));
        };
        let ep = self.fd(ep);
        self.on_file(key, |fd| format!("epoll_ctl({ep}, EPOLL_CTL_ADD, {fd}, {{EPOLLIN}})"))
    }
}

/// So many bytes to write; five of them are a word.
fn data(bytes: &str) -> &str {
    if bytes == "5" { "\"hello\"" } else { bytes }
}

/// What of the flags `F_SETFL` can set.
fn file_flags(flags: i32) -> String {
    let names = [(O_NONBLOCK, "O_NONBLOCK"), (O_APPEND, "O_APPEND"), (O_DIRECT, "O_DIRECT")];
    let set = names.iter().filter(|(bit, _)| flags & bit != 0).map(|(_, name)| *name);
    let set: Vec<&str> = set.collect();
    if set.is_empty() { "0".to_owned() } else { set.join("|") }
}
