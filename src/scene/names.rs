//! What to call the objects of a run: gathered from its events, kept when the objects are gone.

use litemap::LiteMap;

use crate::kernel::abi::Fd;
use crate::kernel::ids::{
    EpitemKey, EventpollKey, FileKey, PipeKey, ProcessKey, SockKey, TaskKey, WaitEntryKey,
    WaitQueueKey,
};
use crate::tr;
use crate::trace::event::{Event, EventKind, FileKind, Waiter};

/// The names of all objects of a run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Names {
    tasks: LiteMap<TaskKey, String>,
    items: LiteMap<EpitemKey, ItemName>,
    files: LiteMap<FileKey, (FileKind, Option<Fd>)>,
    queues: LiteMap<WaitQueueKey, Queue>,
    eps: LiteMap<EventpollKey, FileKey>,
    socks: LiteMap<SockKey, FileKey>,
    pipe_ends: LiteMap<PipeKey, [Option<FileKey>; 2]>,
    entries: LiteMap<WaitEntryKey, (WaitQueueKey, Waiter)>,
}

/// What an item is known by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ItemName {
    /// The instance it belongs to.
    pub ep: EventpollKey,
    /// The watched file.
    pub file: FileKey,
    /// The descriptor it was added under.
    pub fd: Fd,
}

/// Whose a wait queue is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Queue {
    /// `ep->wq`
    Wq(EventpollKey),
    /// `ep->poll_wait`
    PollWait(EventpollKey),
    /// An eventfd's.
    Eventfd(FileKey),
    /// A pipe's, for readers.
    Readers(PipeKey),
    /// A pipe's, for writers.
    Writers(PipeKey),
    /// A socket's.
    Sock(SockKey),
    /// `sighand->signalfd_wqh`, which all signalfds of a process share.
    Signals(ProcessKey),
}

impl Names {
    /// Takes note of what an event tells; the same event may be told again.
    pub fn learn(&mut self, event: &Event) {
        match &event.kind {
            EventKind::TaskNew(new) => {
                self.tasks.insert(new.task, new.name.to_string());
            }
            EventKind::FileNew(new) => {
                self.files.insert(new.file, (new.kind, None));
                self.learn_owner(new.kind, new.file);
                if let FileKind::Eventfd { wqh, .. } | FileKind::Timerfd { wqh } = new.kind {
                    self.queues.insert(wqh, Queue::Eventfd(new.file));
                }
            }
            EventKind::FdInstall { fd, file, .. } => {
                if let Some((_, name)) = self.files.get_mut(file) {
                    name.get_or_insert(*fd);
                }
            }
            EventKind::EpitemNew(new) => {
                let name = ItemName { ep: new.ep, file: new.file, fd: new.fd };
                self.items.insert(new.epi, name);
            }
            EventKind::PipeNew { pipe, rd_wait, wr_wait } => {
                self.queues.insert(*rd_wait, Queue::Readers(*pipe));
                self.queues.insert(*wr_wait, Queue::Writers(*pipe));
            }
            EventKind::SignalfdQueue { process, wqh } => {
                self.queues.insert(*wqh, Queue::Signals(*process));
            }
            EventKind::SockNew { sock, wq, .. } => {
                self.queues.insert(*wq, Queue::Sock(*sock));
            }
            EventKind::EventpollNew { ep, wq, poll_wait } => {
                self.queues.insert(*wq, Queue::Wq(*ep));
                self.queues.insert(*poll_wait, Queue::PollWait(*ep));
            }
            EventKind::WaitEnqueue(new) => {
                self.entries.insert(new.entry, (new.wq, new.waiter));
            }
            _ => {}
        }
    }

    /// A task's name.
    pub fn task(&self, task: TaskKey) -> String {
        self.tasks.get(&task).cloned().unwrap_or_else(|| task.to_string())
    }

    /// What is known of an item.
    pub fn item(&self, epi: EpitemKey) -> Option<ItemName> {
        self.items.get(&epi).copied()
    }

    /// An item by its descriptor: `fd 4`.
    pub fn epi(&self, epi: EpitemKey) -> String {
        self.items.get(&epi).map_or_else(|| epi.to_string(), |item| format!("fd {}", item.fd))
    }

    /// A file by the first descriptor it had: `fd 4`.
    pub fn file(&self, file: FileKey) -> String {
        match self.files.get(&file) {
            Some((_, Some(fd))) => format!("fd {fd}"),
            _ => file.to_string(),
        }
    }

    /// What kind of file it is.
    pub fn kind(&self, file: FileKey) -> Option<FileKind> {
        self.files.get(&file).map(|(kind, _)| *kind)
    }

    /// The first descriptor that a file had.
    pub fn fd(&self, file: FileKey) -> Option<Fd> {
        self.files.get(&file).and_then(|(_, fd)| *fd)
    }

    /// An instance by the first descriptor it had: `fd 3`.
    pub fn ep(&self, ep: EventpollKey) -> String {
        let fd = self.eps.get(&ep).and_then(|file| self.fd(*file));
        fd.map_or_else(|| ep.to_string(), |fd| format!("fd {fd}"))
    }

    /// The number of the first descriptor that an instance had.
    pub fn ep_fd(&self, ep: EventpollKey) -> Fd {
        self.eps.get(&ep).and_then(|file| self.fd(*file)).unwrap_or(-1)
    }

    /// A socket by its descriptor.
    pub fn sock(&self, sock: SockKey) -> String {
        // A connection that nobody accepted yet has no file.
        let fd = self.sock_file(sock).and_then(|file| self.fd(file));
        fd.map_or_else(|| tr!("name-sock-without-file"), |fd| format!("fd {fd}"))
    }

    /// A pipe by the descriptors of its ends.
    pub fn pipe(&self, pipe: PipeKey) -> String {
        let fd = |kind| self.file_of(kind).and_then(|file| self.fd(file));
        match (fd(FileKind::PipeRead(pipe)), fd(FileKind::PipeWrite(pipe))) {
            (Some(read), Some(write)) => tr!("name-pipe", read = read, write = write),
            _ => pipe.to_string(),
        }
    }

    /// Whose a queue is.
    pub fn queue_of(&self, wq: WaitQueueKey) -> Option<Queue> {
        self.queues.get(&wq).copied()
    }

    /// The file whose queue it is.
    pub fn queue_file(&self, wq: WaitQueueKey) -> Option<FileKey> {
        let kind = match self.queue_of(wq)? {
            Queue::Eventfd(file) => return Some(file),
            Queue::Readers(pipe) => FileKind::PipeRead(pipe),
            Queue::Writers(pipe) => FileKind::PipeWrite(pipe),
            Queue::Sock(sock) => return self.sock_file(sock),
            Queue::Wq(ep) | Queue::PollWait(ep) => FileKind::Eventpoll(ep),
            Queue::Signals(_) => return None,
        };
        self.file_of(kind)
    }

    /// The file of a socket; a connection that nobody accepted yet has none.
    pub fn sock_file(&self, sock: SockKey) -> Option<FileKey> {
        self.socks.get(&sock).copied()
    }

    /// The file that stands for an instance, the end of a pipe, or a socket.
    pub fn file_of(&self, kind: FileKind) -> Option<FileKey> {
        match kind {
            FileKind::Eventpoll(ep) => self.eps.get(&ep).copied(),
            FileKind::PipeRead(pipe) => self.pipe_ends.get(&pipe)?[0],
            FileKind::PipeWrite(pipe) => self.pipe_ends.get(&pipe)?[1],
            kind => self.sock_file(kind.sock()?),
        }
    }

    fn learn_owner(&mut self, kind: FileKind, file: FileKey) {
        match kind {
            FileKind::Eventpoll(ep) => _ = self.eps.insert(ep, file),
            FileKind::PipeRead(pipe) => self.learn_end(pipe, 0, file),
            FileKind::PipeWrite(pipe) => self.learn_end(pipe, 1, file),
            kind => {
                if let Some(sock) = kind.sock() {
                    self.socks.insert(sock, file);
                }
            }
        }
    }

    fn learn_end(&mut self, pipe: PipeKey, end: usize, file: FileKey) {
        let mut ends = self.pipe_ends.get(&pipe).copied().unwrap_or_default();
        ends[end] = Some(file);
        self.pipe_ends.insert(pipe, ends);
    }

    /// A wait queue: `ep->wq of fd 3`, `the wait queue of fd 4`.
    pub fn queue(&self, wq: WaitQueueKey) -> String {
        match self.queue_of(wq) {
            Some(Queue::Wq(ep)) => tr!("name-queue-wq", ep = self.ep(ep)),
            Some(Queue::PollWait(ep)) => tr!("name-queue-poll-wait", ep = self.ep(ep)),
            Some(Queue::Signals(_)) => tr!("name-queue-signals"),
            Some(_) => match self.queue_file(wq) {
                Some(file) => tr!("name-queue", file = self.file(file)),
                None => wq.to_string(),
            },
            None => wq.to_string(),
        }
    }

    /// The queue an entry joined, and whom it is there for.
    pub fn entry(&self, entry: WaitEntryKey) -> Option<(WaitQueueKey, Waiter)> {
        self.entries.get(&entry).copied()
    }

    /// Whom an entry is there for: `the item for fd 4`, `B`.
    pub fn waiter(&self, waiter: Waiter) -> String {
        match waiter {
            Waiter::Epitem(epi) => tr!("name-item", fd = self.epi(epi)),
            Waiter::EpollWait(task)
            | Waiter::Task(task)
            | Waiter::Receiver(task)
            | Waiter::Poll { task, .. } => self.task(task),
        }
    }
}
