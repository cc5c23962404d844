//! Breakpoints: which events a run that plays is to stop at.
//!
//! A descriptor is its number, in whichever process; a file is known by the first number it had.

use crate::kernel::abi::{Errno, Fd};
use crate::kernel::ids::FileKey;
use crate::kernel::syscall::Syscall;
use crate::trace::event::{Event, EventKind, FileKind, TaskState};
use crate::trace::{Func, Record};

use super::Names;

/// What a breakpoint may be on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BreakKind {
    /// A kernel function.
    #[default]
    Function,
    /// A descriptor.
    Descriptor,
    /// A task.
    Task,
    /// The error a call fails with.
    Errno,
}

impl BreakKind {
    /// All of them.
    pub const ALL: [BreakKind; 4] =
        [BreakKind::Function, BreakKind::Descriptor, BreakKind::Task, BreakKind::Errno];
}

/// What a breakpoint is on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A function is entered.
    Function(Func),
    /// A call is made on a descriptor; its file gets or loses data; an item that watches it is
    /// announced, queued, reported or changed.
    Descriptor(Fd),
    /// A task begins a call, falls asleep, is woken, stops or ends.
    Task(Box<str>),
    /// A call fails with this.
    Errno(Errno),
}

/// Why a text does not say what to stop at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadTarget {
    /// There is no text.
    Empty,
    /// The simulator has no such function; it has one with a similar name.
    Function(Option<Func>),
    /// It is neither a number nor a variable.
    Descriptor,
    /// No task is called so.
    Task,
    /// There is no such error.
    Errno,
}

impl Target {
    /// Reads what a person typed. `fd_of` knows the script's variables, `tasks` the tasks' names.
    ///
    /// # Errors
    /// Why that is no target of this kind.
    pub fn read(
        kind: BreakKind,
        text: &str,
        fd_of: impl Fn(&str) -> Option<Fd>,
        tasks: &[String],
    ) -> Result<Target, BadTarget> {
        let text = text.trim();
        if text.is_empty() {
            return Err(BadTarget::Empty);
        }
        match kind {
            BreakKind::Function => {
                let name = text.trim_end_matches("()");
                let found = Func::ALL.iter().find(|func| func.name() == name);
                found.map(|func| Target::Function(*func)).ok_or_else(|| {
                    let has = |func: &&Func| func.name().contains(name);
                    BadTarget::Function(Func::ALL.iter().find(has).copied())
                })
            }
            BreakKind::Descriptor => {
                let number = text.strip_prefix("fd").unwrap_or(text).trim_start();
                let number = number.parse().ok().filter(|fd| *fd >= 0).or_else(|| fd_of(text));
                number.map(Target::Descriptor).ok_or(BadTarget::Descriptor)
            }
            BreakKind::Task => {
                let is_known = tasks.iter().any(|name| name == text);
                is_known.then(|| Target::Task(text.into())).ok_or(BadTarget::Task)
            }
            BreakKind::Errno => Errno::from_name(text).map(Target::Errno).ok_or(BadTarget::Errno),
        }
    }

    /// What kind it is.
    pub fn kind(&self) -> BreakKind {
        match self {
            Target::Function(_) => BreakKind::Function,
            Target::Descriptor(_) => BreakKind::Descriptor,
            Target::Task(_) => BreakKind::Task,
            Target::Errno(_) => BreakKind::Errno,
        }
    }

    /// As it is written: `ep_insert()`, `fd 4`, `A`, `EAGAIN`.
    pub fn text(&self) -> String {
        match self {
            Target::Function(func) => format!("{func}()"),
            Target::Descriptor(fd) => format!("fd {fd}"),
            Target::Task(name) => name.to_string(),
            Target::Errno(errno) => errno.to_string(),
        }
    }

    /// Whether it is hit by an event.
    pub fn is_hit_by(&self, event: &Event, names: &Names) -> bool {
        match self {
            Target::Function(func) => event.kind == EventKind::Enter && event.func == *func,
            Target::Descriptor(fd) => touches(*fd, &event.kind, names),
            Target::Task(name) => {
                let task = match &event.kind {
                    EventKind::SyscallEnter { task, .. } => task.key(),
                    EventKind::Wakeup { task, woken: true } => *task,
                    EventKind::TaskState { task, state }
                        if state.is_asleep()
                            || matches!(state, TaskState::Stopped(_) | TaskState::Dead) =>
                    {
                        *task
                    }
                    _ => return false,
                };
                names.task(task) == **name
            }
            Target::Errno(errno) => match &event.kind {
                EventKind::SyscallExit { result, .. } => result.get().as_ref() == &Err(*errno),
                _ => false,
            },
        }
    }
}

/// Where in a run any of the targets is hit: for each hit the number of the event, and which target.
pub fn hits(targets: &[Target], records: &[Record], names: &Names) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    if targets.is_empty() {
        return out;
    }
    for (number, record) in records.iter().enumerate() {
        let hit = targets.iter().position(|target| target.is_hit_by(&record.event, names));
        out.extend(hit.map(|target| (number, target)));
    }
    out
}

fn touches(fd: Fd, kind: &EventKind, names: &Names) -> bool {
    let is = |file: Option<FileKey>| file.and_then(|file| names.fd(file)) == Some(fd);
    match kind {
        EventKind::SyscallEnter { call, .. } => names_descriptor(&call.get(), fd),
        EventKind::FdInstall { fd: it, .. } | EventKind::FdRemove { fd: it, .. } => *it == fd,
        EventKind::EpitemNew(new) => new.fd == fd,
        EventKind::EpitemEvent { epi, .. }
        | EventKind::Callback { epi, .. }
        | EventKind::ReadyLink { epi, .. }
        | EventKind::OvflistPush { epi, .. }
        | EventKind::CopyOut { epi, .. }
        | EventKind::EdgeNotRequeued { epi, .. } => {
            names.item(*epi).is_some_and(|item| item.fd == fd)
        }
        EventKind::EventfdCount { file, .. }
        | EventKind::TimerfdFire { file }
        | EventKind::TimerfdTicks { file, .. } => is(Some(*file)),
        EventKind::PipePush { pipe, .. }
        | EventKind::PipeMerge { pipe, .. }
        | EventKind::PipeTake { pipe, .. } => {
            is(names.file_of(FileKind::PipeRead(*pipe)))
                || is(names.file_of(FileKind::PipeWrite(*pipe)))
        }
        EventKind::SkbQueue { sock, .. }
        | EventKind::SkbTake { sock, .. }
        | EventKind::SockShutdown { sock, .. }
        | EventKind::SockErr { sock, .. }
        | EventKind::SockState { sock, .. }
        | EventKind::AcceptQueue { sock, .. } => is(names.sock_file(*sock)),
        _ => false,
    }
}

/// Whether a call is made on a descriptor.
fn names_descriptor(call: &Syscall, wanted: Fd) -> bool {
    match call {
        Syscall::EpollCtl { epfd, fd, .. } => *epfd == wanted || *fd == wanted,
        Syscall::EpollWait { epfd, .. }
        | Syscall::EpollPwait { epfd, .. }
        | Syscall::EpollPwait2 { epfd, .. } => *epfd == wanted,
        Syscall::Bind { fd, .. }
        | Syscall::Listen { fd, .. }
        | Syscall::Connect { fd, .. }
        | Syscall::Accept { fd }
        | Syscall::Accept4 { fd, .. }
        | Syscall::Recv { fd, .. }
        | Syscall::Send { fd, .. }
        | Syscall::Shutdown { fd, .. }
        | Syscall::Setsockopt { fd, .. }
        | Syscall::Getsockopt { fd, .. }
        | Syscall::TimerfdSettime { fd, .. }
        | Syscall::Read { fd, .. }
        | Syscall::Write { fd, .. }
        | Syscall::Close { fd }
        | Syscall::Dup { fd }
        | Syscall::Fcntl { fd, .. }
        | Syscall::Ioctl { fd, .. } => *fd == wanted,
        Syscall::Dup2 { oldfd, newfd } => *oldfd == wanted || *newfd == wanted,
        Syscall::Poll { fds, .. } | Syscall::Ppoll { fds, .. } => {
            fds.iter().any(|entry| entry.fd == wanted)
        }
        Syscall::Select { sets, .. } | Syscall::Pselect { sets, .. } => {
            sets.0.iter().flatten().flatten().any(|fd| *fd == wanted)
        }
        _ => false,
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use crate::session::Session;

    const SCRIPT: &str = "main: ep = epoll_create1(0)
main: [rd, wr] = pipe2(O_NONBLOCK)
main: epoll_ctl(ep, EPOLL_CTL_ADD, rd, {EPOLLIN})
main: read(rd, 1) -> EAGAIN
main: close(77) -> EBADF
A: epoll_wait(ep, 4, -1) -> blocks
main: write(wr, 3) -> 3
A => [{EPOLLIN, _}]
";

    fn run() -> (Vec<Record>, Names) {
        let session = Session::open(SCRIPT).unwrap();
        let mut names = Names::default();
        session.records().iter().for_each(|record| names.learn(&record.event));
        (session.records().to_vec(), names)
    }

    fn hit(target: Target) -> Vec<Event> {
        let (records, names) = run();
        let hits = hits(&[target], &records, &names);
        hits.iter().map(|(number, _)| records[*number].event.clone()).collect()
    }

    #[test]
    fn a_function_is_hit_where_it_is_entered() {
        let events = hit(Target::Function(Func::ep_poll_callback));
        assert_eq!(events.len(), 1);
        assert_eq!(events[0].kind, EventKind::Enter);
        assert_eq!(hit(Target::Function(Func::tcp_fin)), []);
    }

    #[test]
    fn an_errno_is_hit_where_a_call_returns_it() {
        let events = hit(Target::Errno(Errno::EAGAIN));
        assert!(matches!(events[..], [Event { kind: EventKind::SyscallExit { .. }, .. }]));
        assert_eq!(hit(Target::Errno(Errno::EBADF)).len(), 1);
        assert_eq!(hit(Target::Errno(Errno::EPERM)), []);
    }

    #[test]
    fn a_task_is_hit_where_it_calls_sleeps_and_is_woken() {
        let events = hit(Target::Task("A".into()));
        let [called, slept, woken] = &events[..] else { panic!("{events:?}") };
        assert!(matches!(called.kind, EventKind::SyscallEnter { .. }));
        assert!(matches!(slept.kind, EventKind::TaskState { state, .. } if state.is_asleep()));
        assert!(matches!(woken.kind, EventKind::Wakeup { woken: true, .. }));
        assert_eq!(hit(Target::Task("nobody".into())), []);
    }

    #[test]
    fn a_descriptor_is_hit_by_its_calls_its_data_and_its_items() {
        // 3 is the instance, 4 the read end, 5 the write end.
        let events = hit(Target::Descriptor(4));
        let calls = |e: &&Event| matches!(e.kind, EventKind::SyscallEnter { .. });
        assert_eq!(events.iter().filter(calls).count(), 2, "epoll_ctl and read");
        let has = |is: fn(&EventKind) -> bool| events.iter().any(|e| is(&e.kind));
        assert!(has(|kind| matches!(kind, EventKind::FdInstall { .. })));
        assert!(has(|kind| matches!(kind, EventKind::PipePush { .. })));
        assert!(has(|kind| matches!(kind, EventKind::Callback { .. })));
        assert!(has(|kind| matches!(kind, EventKind::CopyOut { .. })));
        let other = hit(Target::Descriptor(5));
        assert!(!other.iter().any(|e| matches!(e.kind, EventKind::Callback { .. })));
        assert_eq!(hit(Target::Descriptor(40)), []);
    }

    #[test]
    fn what_is_typed_becomes_a_target_or_says_why_not() {
        let fd_of = |name: &str| (name == "rd").then_some(4);
        let tasks = ["main".to_owned(), "A".to_owned()];
        let read = |kind, text| Target::read(kind, text, fd_of, &tasks);
        use BreakKind::{Descriptor, Errno as Error, Function, Task};
        assert_eq!(read(Function, " ep_insert() "), Ok(Target::Function(Func::ep_insert)));
        assert_eq!(
            read(Function, "poll_callback"),
            Err(BadTarget::Function(Some(Func::ep_poll_callback)))
        );
        assert_eq!(read(Function, "printk"), Err(BadTarget::Function(None)));
        for text in ["4", "fd 4", "fd4", "rd"] {
            assert_eq!(read(Descriptor, text), Ok(Target::Descriptor(4)), "{text}");
        }
        assert_eq!(read(Descriptor, "-1"), Err(BadTarget::Descriptor));
        assert_eq!(read(Descriptor, "wr"), Err(BadTarget::Descriptor));
        assert_eq!(read(Task, "A"), Ok(Target::Task("A".into())));
        assert_eq!(read(Task, "C"), Err(BadTarget::Task));
        assert_eq!(read(Error, "EWOULDBLOCK"), Ok(Target::Errno(Errno::EAGAIN)));
        assert_eq!(read(Error, "EVIL"), Err(BadTarget::Errno));
        assert_eq!(read(Error, "  "), Err(BadTarget::Empty));
    }
}
