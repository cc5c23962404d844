//! Clicks as lines of script.

use crate::kernel::abi::{Events, Fd};
use crate::kernel::ids::{EpitemKey, EventpollKey, FileKey};
use crate::scene::{File, Scene};
use crate::session::Session;
use crate::trace::event::{FileKind, TaskState};

/// What a hand does to the machine.
#[derive(Clone, Debug)]
pub(in crate::ui) enum Gesture {
    /// Makes descriptors of a kind.
    Create(&'static str),
    /// Makes a thread.
    Thread,
    /// Lets a stopped task go on.
    Continue(String),
    /// Moves the clock on.
    Advance(&'static str),
    /// Gives an item another mask.
    Change(EpitemKey, Events),
    /// Takes an item out.
    Delete(EpitemKey),
    /// Writes to a file from its far end.
    Write(FileKey),
    /// Reads all that a file holds.
    Drain(FileKey, u32),
    /// Closes a file's far end.
    Close(FileKey),
}

/// Writes lines for a session whose end looks like `scene`.
pub(in crate::ui) struct Lines<'a> {
    pub(in crate::ui) session: &'a Session,
    pub(in crate::ui) scene: &'a Scene,
}

impl Lines<'_> {
    /// The lines that do it.
    pub(in crate::ui) fn write(&self, gesture: &Gesture) -> Option<String> {
        match gesture {
            Gesture::Create(kind) => Some(self.create(kind)),
            Gesture::Thread => Some(format!("{}: nop()", self.new_thread())),
            Gesture::Continue(name) => Some(format!("{name}: continue")),
            Gesture::Advance(by) => Some(format!("advance {by}")),
            Gesture::Change(epi, mask) => self.change(*epi, *mask),
            Gesture::Delete(epi) => {
                let item = self.scene.epitems.get(epi)?;
                Some(self.ctl(self.ep_fd(item.new.ep)?, "DEL", item.new.fd, item.events, item.data))
            }
            Gesture::Write(file) => {
                let file = self.scene.files.get(file)?;
                let is_counter = matches!(file.new.kind, FileKind::Eventfd { .. });
                let what = if is_counter { "1" } else { "\"hello\"" };
                Some(self.line(format!("write({}, {what})", self.fd(self.far_end(file)?))))
            }
            Gesture::Drain(key, bytes) => {
                let file = self.scene.files.get(key)?;
                let is_writer = matches!(file.new.kind, FileKind::PipeWrite(_));
                let fd = if is_writer { self.far_end(file)? } else { self.fd_of(*key)? };
                Some(self.line(format!("read({}, {bytes})", self.fd(fd))))
            }
            Gesture::Close(file) => {
                let fd = self.far_end(self.scene.files.get(file)?)?;
                Some(self.line(format!("close({})", self.fd(fd))))
            }
        }
    }

    /// A task that can make a call: `main` if it is free, else another, else a new one.
    fn actor(&self) -> String {
        let idle = self.idle();
        let main = idle.iter().find(|name| *name == "main");
        match main.or(idle.first()) {
            Some(name) => name.clone(),
            None if self.scene.tasks.is_empty() => "main".to_owned(),
            None => self.new_thread(),
        }
    }

    /// The tasks in user space.
    pub(in crate::ui) fn idle(&self) -> Vec<String> {
        let idle = self.scene.tasks.values().filter(|task| task.state == TaskState::Idle);
        idle.map(|task| task.name.clone()).collect()
    }

    /// A name for a new thread: `A`, `B`, …
    pub(in crate::ui) fn new_thread(&self) -> String {
        let letters = ('A'..='Z').map(|letter| letter.to_string());
        let mut unused = letters.filter(|name| self.session.fresh_name(name) == *name);
        unused.next().unwrap_or_else(|| self.session.fresh_name("T"))
    }

    /// A descriptor as the script calls it.
    pub(in crate::ui) fn fd(&self, fd: Fd) -> String {
        self.session.name_of(fd).map_or_else(|| fd.to_string(), str::to_owned)
    }

    /// The lowest descriptor that stands for a file.
    fn fd_of(&self, file: FileKey) -> Option<Fd> {
        let mut fds = self.scene.processes.values().flat_map(|p| p.fds.iter());
        fds.find(|(_, f)| **f == file).map(|(fd, _)| *fd)
    }

    fn file_of(&self, kind: FileKind) -> Option<Fd> {
        let (file, _) = self.scene.files.iter().find(|(_, f)| f.new.kind == kind)?;
        self.fd_of(*file)
    }

    /// The descriptor of the other end; an eventfd is its own.
    pub(in crate::ui) fn far_end(&self, file: &File) -> Option<Fd> {
        match file.new.kind {
            FileKind::PipeRead(pipe) => self.file_of(FileKind::PipeWrite(pipe)),
            FileKind::PipeWrite(pipe) => self.file_of(FileKind::PipeRead(pipe)),
            FileKind::Eventfd { .. } => self.file_of(file.new.kind),
            kind => {
                let peer = self.scene.socks.get(&kind.sock()?)?.peer?;
                let mut files = self.scene.files.iter();
                let (file, _) = files.find(|(_, file)| file.new.kind.sock() == Some(peer))?;
                self.fd_of(*file)
            }
        }
    }

    fn line(&self, call: String) -> String {
        format!("{}: {call} -> _", self.actor())
    }

    /// An `epoll_ctl` line; for `DEL` the mask is left out.
    pub(in crate::ui) fn ctl(&self, ep: Fd, op: &str, fd: Fd, mask: Events, data: u64) -> String {
        let event = match (op, u64::try_from(fd) == Ok(data)) {
            ("DEL", _) => String::new(),
            (_, true) => format!(", {{{mask}}}"),
            (_, false) => format!(", {{{mask}, {data}}}"),
        };
        self.line(format!("epoll_ctl({}, EPOLL_CTL_{op}, {}{event})", self.fd(ep), self.fd(fd)))
    }

    /// A `MOD`, or, where `EPOLLEXCLUSIVE` forbids one, `DEL` and `ADD`.
    fn change(&self, epi: EpitemKey, mask: Events) -> Option<String> {
        let item = self.scene.epitems.get(&epi)?;
        let ep = self.ep_fd(item.new.ep)?;
        let fd = item.new.fd;
        let mask = mask.difference(Events::ALWAYS);
        if (item.events | mask).contains(Events::EPOLLEXCLUSIVE) {
            let del = self.ctl(ep, "DEL", fd, mask, item.data);
            return Some(format!("{del}\n{}", self.ctl(ep, "ADD", fd, mask, item.data)));
        }
        Some(self.ctl(ep, "MOD", fd, mask, item.data))
    }

    fn ep_fd(&self, ep: EventpollKey) -> Option<Fd> {
        self.file_of(FileKind::Eventpoll(ep))
    }

    fn create(&self, kind: &str) -> String {
        let name = |prefix: &str| self.session.fresh_name(prefix);
        let call = match kind {
            "eventfd" => format!("{} = eventfd(0, EFD_NONBLOCK)", name("e")),
            "pipe" => format!("[{}, {}] = pipe2(O_NONBLOCK)", name("rd"), name("wr")),
            "socketpair" => {
                let (a, b) = (name("a"), name("b"));
                format!("[{a}, {b}] = socketpair(AF_UNIX, SOCK_STREAM|SOCK_NONBLOCK)")
            }
            _ => format!("{} = epoll_create1(0)", name("ep")),
        };
        format!("{}: {call}", self.actor())
    }

    /// The descriptors that could be watched, lowest first, with what they are: of the first process
    /// that still has any.
    pub(in crate::ui) fn watchable(&self) -> Vec<(Fd, FileKind)> {
        let alive = self.scene.processes.values().find(|process| !process.fds.is_empty());
        let all = alive.into_iter().flat_map(|process| process.fds.iter());
        let kind = |(fd, file): (&Fd, &FileKey)| Some((*fd, self.scene.files.get(file)?.new.kind));
        all.filter_map(kind).filter(|(_, kind)| *kind != FileKind::Null).collect()
    }
}
