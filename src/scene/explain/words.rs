//! Words for what stands in sentences: states, kinds, functions, and counts with their nouns.

use crate::kernel::syscall::Syscall;
use crate::scene::{Eventpoll, Task};
use crate::tr;
use crate::trace::Func;
use crate::trace::event::{Alloc, Context, FileKind, PathKind, Point, TaskState};

use super::Cx;

impl Cx<'_> {
    /// Who does it: `B`, `the timer interrupt`.
    pub(super) fn who(&self) -> String {
        match self.event.by().context() {
            Context::Task(task) => self.names.task(task),
            Context::Hardirq => tr!("who-hardirq"),
            Context::Softirq => tr!("who-softirq"),
            Context::Boot => tr!("who-boot"),
        }
    }

    /// What the function that is entered does, with the number of things it has to do with.
    pub(super) fn entered(&self) -> String {
        let func = self.event.func();
        let count = match func {
            Func::ep_find => self.called_on().map(|ep| ep.rbr.len()),
            Func::poll_freewait => {
                self.caller().map(|task| task.poll.as_ref().map_or(0, |poll| poll.entries.len()))
            }
            _ => None,
        };
        match count {
            Some(n) => tr!(&["func-", func.name(), ".counted"].concat(), n = n),
            None => purpose(func),
        }
    }

    fn caller(&self) -> Option<&Task> {
        let Context::Task(task) = self.event.by().context() else { return None };
        self.before.tasks.get(&task).map(|task| &**task)
    }

    /// The instance that the call under way is about.
    fn called_on(&self) -> Option<&Eventpoll> {
        let task = self.caller()?;
        let Syscall::EpollCtl { epfd, .. } = task.call.as_ref()? else { return None };
        let file = self.before.processes.get(&task.process)?.fds.get(epfd)?;
        let FileKind::Eventpoll(ep) = self.before.files.get(file)?.new.kind else { return None };
        self.before.eventpolls.get(&ep).map(|ep| &**ep)
    }
}

/// What a kernel function does, in general.
pub fn purpose(func: Func) -> String {
    tr!(&["func-", func.name()].concat())
}

/// A task's state in a word.
pub fn state_text(state: TaskState) -> String {
    let point = match state {
        TaskState::Stopped(point) => point.name(),
        _ => "",
    };
    tr!("word-state", state = state_name(state), point = point)
}

/// What messages call a state.
pub(super) fn state_name(state: TaskState) -> &'static str {
    match state {
        TaskState::Dead => "dead",
        TaskState::Idle => "idle",
        TaskState::Runnable => "runnable",
        TaskState::Running => "running",
        TaskState::Interruptible => "interruptible",
        TaskState::Uninterruptible => "uninterruptible",
        TaskState::Stopped(_) => "stopped",
    }
}

/// Where in its call a task is held, as part of a sentence.
pub(super) fn place_text(point: Point) -> String {
    tr!("word-place", point = point.name())
}

/// What a file is, in a word or two.
pub fn kind_text(kind: FileKind) -> String {
    match kind {
        FileKind::Null => "/dev/null".to_owned(),
        FileKind::Path(PathKind::Zero) => "/dev/zero".to_owned(),
        FileKind::Path(PathKind::Full) => "/dev/full".to_owned(),
        FileKind::Eventpoll(_) => "epoll".to_owned(),
        FileKind::Eventfd { semaphore: false, .. } => "eventfd".to_owned(),
        FileKind::Signalfd { .. } => "signalfd".to_owned(),
        FileKind::Timerfd { .. } => "timerfd".to_owned(),
        FileKind::Path(PathKind::Regular) => tr!("word-regular-file"),
        FileKind::Path(PathKind::Directory) => tr!("word-directory"),
        FileKind::Eventfd { .. } => tr!("word-eventfd-semaphore"),
        FileKind::PipeRead(_) => tr!("word-pipe-read-end"),
        FileKind::PipeWrite(_) => tr!("word-pipe-write-end"),
        FileKind::UnixStream(_) => tr!("word-unix-stream"),
        FileKind::Tcp(_) => tr!("word-tcp-socket"),
        FileKind::Dgram(_) => tr!("word-datagram-socket"),
    }
}

/// What could not be had; kernel structures by their names.
pub(super) fn alloc_text(what: Alloc) -> String {
    match what {
        Alloc::Context => tr!("word-alloc-context"),
        Alloc::Bitmaps => tr!("word-alloc-bitmaps"),
        Alloc::FileTable => tr!("word-alloc-file-table"),
        what => what.name().to_owned(),
    }
}

/// Names as one says them: `A, B`.
pub(super) fn list_text(names: &[String]) -> String {
    names.join(&tr!("word-list-separator"))
}

/// A switch as messages read it.
pub(super) fn yes(on: bool) -> &'static str {
    if on { "yes" } else { "no" }
}

/// A phrase where a sentence begins. Kernel names stay as they are.
pub(super) fn subject(phrase: String) -> String {
    let article = ["the ", "a "].into_iter().any(|article| phrase.starts_with(article));
    match phrase.get(..1) {
        Some(first) if article => first.to_ascii_uppercase() + &phrase[1..],
        _ => phrase,
    }
}
