//! What hands do to the machine, written as lines of script.
//!
//! The page's menus, forms and keys all end here: a [`Gesture`] and what the session looks like at
//! its end give the lines that are added to the script. Nothing else of them reaches the machine.

mod acts;
mod create;
mod epolls;
mod files;
mod tasks;
#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;

use crate::kernel::abi::{Events, Fd};
use crate::kernel::ids::{EpitemKey, EventpollKey, FileKey, ProcessKey};
use crate::scene::arrows::Thing;
use crate::scene::layout::ListKind;
use crate::scene::{File, Scene};
use crate::tr;
use crate::trace::event::{FileKind, TaskState, Waiter};

use super::Session;
pub use acts::{Act, Attempt, Field, Kind, checked};
pub use create::Create;

/// What a hand does to the machine.
#[derive(Clone, Debug, PartialEq)]
pub enum Gesture {
    /// Makes descriptors.
    Create(Create),
    /// Moves the clock on, by a duration as a scenario writes it.
    Advance(String),
    /// Gives an item another mask.
    Change(EpitemKey, Events),
    /// Does something with a thing, with what its fields hold.
    Do(Thing, Act, Vec<String>),
    /// A call by a task, or by whoever is free.
    Call(Option<String>, String),
    /// Lines that are made already.
    Lines(String),
}

/// Writes lines for a session whose end looks like `scene`.
#[derive(Clone, Copy)]
pub struct Lines<'a> {
    /// The session.
    pub session: &'a Session,
    /// Its end.
    pub scene: &'a Scene,
}

/// So many descriptors are offered for a choice, the first and the newest; others can be written.
const OFFERED: usize = 48;
const OFFERED_FIRST: usize = 16;

impl Lines<'_> {
    /// The lines that do it; none if it can not be done now.
    pub fn write(&self, gesture: &Gesture) -> Option<String> {
        match gesture {
            Gesture::Create(what) => Some(self.create(*what)),
            Gesture::Advance(by) => Some(format!("advance {by}")),
            Gesture::Change(epi, mask) => self.change(*epi, *mask),
            Gesture::Do(thing, act, values) => match self.attempt(*thing, *act, values) {
                Attempt::Lines(lines) => Some(lines),
                Attempt::Off(_) | Attempt::Foreign => None,
            },
            Gesture::Call(who, call) => {
                let who = who.clone().unwrap_or_else(|| self.actor());
                Some(format!("{who}: {call} -> _"))
            }
            Gesture::Lines(lines) => Some(lines.clone()),
        }
    }

    /// What a menu is about, where somebody points at a part of it: the item, task, file or
    /// instance.
    pub fn subject(&self, thing: Thing) -> Option<Thing> {
        let scene = self.scene;
        let file_of = |is_it: &dyn Fn(FileKind) -> bool| {
            let (file, _) = scene.files.iter().find(|(_, f)| is_it(f.new.kind))?;
            Some(Thing::File(*file))
        };
        let subject = match thing {
            Thing::Task(_) | Thing::Item(_) => thing,
            Thing::File(file) => match scene.files.get(&file)?.new.kind {
                FileKind::Eventpoll(ep) => Thing::Ep(ep),
                _ => thing,
            },
            Thing::Ep(ep) | Thing::Locks(ep) | Thing::List(ep, _) => Thing::Ep(ep),
            Thing::Entry(entry) => {
                let mut entries = scene.wait_queues.values().flat_map(|q| &q.entries);
                match entries.find(|e| e.entry == entry)?.waiter {
                    Waiter::Epitem(epi) => Thing::Item(epi),
                    Waiter::EpollWait(task)
                    | Waiter::Task(task)
                    | Waiter::Receiver(task)
                    | Waiter::Poll { task, .. } => Thing::Task(task),
                }
            }
            Thing::Queue(wq) => {
                let mut eps = scene.eventpolls.iter();
                if let Some((ep, _)) = eps.find(|(_, ep)| ep.wq == wq || ep.poll_wait == wq) {
                    return Some(Thing::Ep(*ep));
                }
                let queue = crate::scene::layout::wait_queue;
                let (file, _) = scene.files.iter().find(|(_, f)| queue(scene, f) == Some(wq))?;
                Thing::File(*file)
            }
            Thing::Process(process) => {
                let (task, _) = scene.tasks.iter().find(|(_, t)| t.process == process)?;
                Thing::Task(*task)
            }
            Thing::Sock(sock) => file_of(&|kind| kind.sock() == Some(sock))?,
            Thing::Pipe(pipe) => file_of(&|kind| kind == FileKind::PipeRead(pipe))?,
        };
        scene.has(subject).then_some(subject)
    }

    /// What stands on a list or queue, each a thing of its own: to go on to.
    pub fn members(&self, thing: Thing) -> Vec<Thing> {
        let scene = self.scene;
        let queue = |wq| {
            let entries = scene.wait_queues.get(&wq).map(|q| q.entries.iter());
            let entry = |e: &crate::scene::WaitEntry| self.subject(Thing::Entry(e.entry));
            entries.into_iter().flatten().filter_map(entry).collect()
        };
        let items = |list: &std::collections::VecDeque<EpitemKey>| {
            list.iter().map(|epi| Thing::Item(*epi)).collect()
        };
        match thing {
            Thing::Queue(wq) => queue(wq),
            Thing::List(ep, kind) => match (scene.eventpolls.get(&ep), kind) {
                (Some(ep), ListKind::Wq) => queue(ep.wq),
                (Some(ep), ListKind::PollWait) => queue(ep.poll_wait),
                (Some(ep), ListKind::Rdllist) => items(&ep.rdllist),
                (Some(ep), ListKind::Txlist) => items(&ep.txlist),
                (Some(ep), ListKind::Ovflist) => ep.ovflist.as_ref().map(items).unwrap_or_default(),
                (None, _) => Vec::new(),
            },
            Thing::File(file) => scene.files.get(&file).map(|f| items(&f.f_ep)).unwrap_or_default(),
            Thing::Item(epi) => {
                scene.epitems.get(&epi).map(|i| Thing::File(i.new.file)).into_iter().collect()
            }
            _ => Vec::new(),
        }
    }

    /// A task that can make a call: `main` if it is free, else another, else a new one.
    pub fn actor(&self) -> String {
        let first = self.scene.processes.keys().next().copied();
        first.and_then(|process| self.actor_in(process)).unwrap_or_else(|| "main".to_owned())
    }

    /// One that uses the descriptors of this process; new threads are of the first process only.
    pub fn actor_in(&self, process: ProcessKey) -> Option<String> {
        let of_it = |task: &&crate::scene::Shared<crate::scene::Task>| task.process == process;
        let mut tasks = self.scene.tasks.values().filter(of_it);
        let is_free = |name: &str| self.is_free(name);
        let main = tasks.clone().find(|task| task.name == "main" && is_free(&task.name));
        match main.or_else(|| tasks.find(|task| is_free(&task.name))) {
            Some(task) => Some(task.name.clone()),
            None if self.scene.tasks.is_empty() => Some("main".to_owned()),
            None if self.is_first(process) => Some(self.new_thread()),
            None => None,
        }
    }

    fn is_first(&self, process: ProcessKey) -> bool {
        let first = self.scene.tasks.values().next();
        first.is_some_and(|main| main.process == process && main.state != TaskState::Dead)
    }

    /// In user space, and not kept from the processor.
    fn is_free(&self, name: &str) -> bool {
        let task = self.scene.tasks.values().find(|task| task.name == name);
        task.is_some_and(|task| task.state == TaskState::Idle)
            && self.session.task(name).is_none_or(|n| !self.session.machine().is_held(n))
    }

    /// The tasks in user space.
    pub fn idle(&self) -> Vec<String> {
        let idle = self.scene.tasks.values().filter(|task| task.state == TaskState::Idle);
        idle.map(|task| task.name.clone()).collect()
    }

    /// A name for a new task: `A`, `B`, …
    pub fn new_thread(&self) -> String {
        let letters = ('A'..='Z').map(|letter| letter.to_string());
        let mut unused = letters.filter(|name| self.session.fresh_name(name) == *name);
        unused.next().unwrap_or_else(|| self.session.fresh_name("T"))
    }

    /// A descriptor as the script calls it.
    pub fn fd(&self, fd: Fd) -> String {
        self.session.name_of(fd).map_or_else(|| fd.to_string(), str::to_owned)
    }

    /// The lowest descriptor that stands for a file, and the process whose it is.
    pub fn fd_of(&self, file: FileKey) -> Option<(ProcessKey, Fd)> {
        let processes = self.scene.processes.iter();
        let mut fds = processes.flat_map(|(key, p)| p.fds.iter().map(|(fd, f)| (*key, *fd, *f)));
        fds.find(|(.., f)| *f == file).map(|(process, fd, _)| (process, fd))
    }

    fn file_of(&self, kind: FileKind) -> Option<FileKey> {
        self.scene.files.iter().find(|(_, f)| f.new.kind == kind).map(|(file, _)| *file)
    }

    /// The file of the other end; an eventfd is its own.
    pub fn far_end(&self, file: &File) -> Option<FileKey> {
        match file.new.kind {
            FileKind::PipeRead(pipe) => self.file_of(FileKind::PipeWrite(pipe)),
            FileKind::PipeWrite(pipe) => self.file_of(FileKind::PipeRead(pipe)),
            FileKind::Eventfd { .. } => self.file_of(file.new.kind),
            kind => {
                let peer = self.scene.socks.get(&kind.sock()?)?.peer?;
                let mut files = self.scene.files.iter();
                files.find(|(_, file)| file.new.kind.sock() == Some(peer)).map(|(key, _)| *key)
            }
        }
    }

    /// A call on a file, by a task that holds it: `call` makes it of the descriptor.
    fn on_file(&self, file: FileKey, call: impl FnOnce(&str) -> String) -> Attempt {
        let Some((process, fd)) = self.fd_of(file) else {
            return Attempt::Off(tr!("hands-off-no-fd"));
        };
        match self.actor_in(process) {
            Some(actor) => Attempt::Lines(format!("{actor}: {} -> _", call(&self.fd(fd)))),
            None => Attempt::Off(tr!("hands-off-all-busy")),
        }
    }

    /// An `epoll_ctl` line; for `DEL` the mask is left out.
    pub fn ctl(&self, ep: Fd, op: &str, fd: Fd, mask: Events, data: u64) -> String {
        let event = match (op, u64::try_from(fd) == Ok(data)) {
            ("DEL", _) => String::new(),
            (_, true) => format!(", {{{mask}}}"),
            (_, false) => format!(", {{{mask}, {data}}}"),
        };
        let actor = self.actor();
        let (ep, fd) = (self.fd(ep), self.fd(fd));
        format!("{actor}: epoll_ctl({ep}, EPOLL_CTL_{op}, {fd}{event}) -> _")
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

    /// The descriptor of an instance.
    pub fn ep_fd(&self, ep: EventpollKey) -> Option<Fd> {
        self.fd_of(self.file_of(FileKind::Eventpoll(ep))?).map(|(_, fd)| fd)
    }

    /// The descriptors that could be watched, lowest first, with what they are: of the first process
    /// that still has any.
    pub fn watchable(&self) -> Vec<(Fd, FileKind)> {
        let alive = self.scene.processes.values().find(|process| !process.fds.is_empty());
        // Of thousands the first, which mostly are instances and listeners, and the newest.
        let count = alive.map_or(0, |process| process.fds.len());
        let left_out = OFFERED_FIRST..count.saturating_sub(OFFERED).max(OFFERED_FIRST);
        let fds = || alive.into_iter().flat_map(|process| process.fds.iter());
        let mut newest: Vec<_> = fds().rev().take(count.saturating_sub(left_out.end)).collect();
        newest.reverse();
        let all = fds().take(left_out.start).chain(newest);
        let kind = |(fd, file): (&Fd, &FileKey)| Some((*fd, self.scene.files.get(file)?.new.kind));
        all.filter_map(kind).filter(|(_, kind)| *kind != FileKind::Null).collect()
    }
}
