//! What can be done with a task: calls of its own, signals, its place in the queue for the processor.

use crate::kernel::abi::Fd;
use crate::kernel::ids::TaskKey;
use crate::scene::Task;
use crate::tr;
use crate::trace::event::{FileKind, TaskState};

use super::{Act, Attempt, Lines};

impl Lines<'_> {
    pub(super) fn on_a_task(&self, key: TaskKey, act: Act, values: &[String]) -> Attempt {
        let Some(task) = self.scene.tasks.get(&key) else { return Attempt::Foreign };
        let name = task.name.as_str();
        let number = self.session.task(name);
        let is_held = number.is_some_and(|n| self.session.machine().is_held(n));
        let value = |n: usize| values.get(n).map(String::as_str).unwrap_or_default();
        if task.state == TaskState::Dead {
            let reason = tr!("hands-off-dead", task = name);
            return if act == Act::Kill { Attempt::Off(reason) } else { Attempt::Foreign };
        }
        match act {
            Act::Wait => self.wait(task, value(0), value(1), ""),
            Act::StopAt => self.wait(task, value(1), value(2), &format!(" @ {}", value(0))),
            Act::PollAll => {
                let fds = self.fds_of(task).into_iter().map(|fd| format!("{{{fd}, POLLIN}}"));
                let fds: Vec<String> = fds.collect();
                self.by(task, &format!("poll([{}], {})", fds.join(", "), value(0)))
            }
            Act::SelectAll => {
                let fds = self.fds_of(task).join(", ");
                self.by(task, &format!("select([{fds}], NULL, NULL, {})", value(0)))
            }
            Act::ReadFd => self.by(task, &format!("read({}, {})", value(0), value(1))),
            Act::Mask => self.by(task, &format!("sigprocmask(SIG_BLOCK, [{}])", value(0))),
            Act::Unmask => self.by(task, &format!("sigprocmask(SIG_UNBLOCK, [{}])", value(0))),
            Act::Fork => self.by(task, &format!("fork({})", self.new_thread())),
            Act::Exit => self.by(task, "exit()"),
            Act::Thread if self.is_first(task.process) => {
                Attempt::Lines(format!("{}: nop()", self.new_thread()))
            }
            Act::Continue if matches!(task.state, TaskState::Stopped(_)) => {
                Attempt::Lines(format!("{name}: continue"))
            }
            Act::Kill => self.by_another(&format!("kill({name}, {})", value(0))),
            Act::Run if number.is_some_and(|n| self.session.machine().is_kept_waiting(n)) => {
                self.by_another(&format!("run({name})"))
            }
            Act::Hold if !is_held && number.is_some() => self.by_another(&format!("hold({name})")),
            Act::Release if is_held => self.by_another(&format!("release({name})")),
            _ => Attempt::Foreign,
        }
    }

    /// A call that a task makes itself.
    fn by(&self, task: &Task, call: &str) -> Attempt {
        let name = task.name.as_str();
        match task.state {
            TaskState::Idle => Attempt::Lines(format!("{name}: {call} -> _")),
            TaskState::Stopped(_) => Attempt::Off(tr!("hands-off-stopped", task = name)),
            TaskState::Runnable | TaskState::Running => {
                Attempt::Off(tr!("hands-off-runnable", task = name))
            }
            _ => {
                let call = task.call.as_ref().map_or("", |call| call.name());
                Attempt::Off(tr!("hands-off-blocked", task = name, call = call))
            }
        }
    }

    /// A call that whoever is free makes.
    pub fn by_another(&self, call: &str) -> Attempt {
        let mut processes = self.scene.processes.keys();
        match processes.find_map(|process| self.actor_in(*process)) {
            Some(actor) => Attempt::Lines(format!("{actor}: {call} -> _")),
            None => Attempt::Off(tr!("hands-off-all-busy")),
        }
    }

    fn wait(&self, task: &Task, max: &str, timeout: &str, point: &str) -> Attempt {
        let Some(ep) = self
            .files_of(task)
            .into_iter()
            .find_map(|(fd, kind)| matches!(kind, FileKind::Eventpoll(_)).then_some(fd))
        else {
            return Attempt::Off(tr!("hands-off-no-instance"));
        };
        self.by(task, &format!("epoll_wait({}, {max}, {timeout}){point}", self.fd(ep)))
    }

    /// The descriptors of a task's process that could be watched.
    fn files_of(&self, task: &Task) -> Vec<(Fd, FileKind)> {
        let Some(process) = self.scene.processes.get(&task.process) else { return Vec::new() };
        let file = |file| self.scene.files.get(file);
        let all = process.fds.iter().filter_map(|(fd, f)| Some((*fd, file(f)?.new.kind)));
        all.filter(|(_, kind)| *kind != FileKind::Null).collect()
    }

    /// Their names.
    fn fds_of(&self, task: &Task) -> Vec<String> {
        self.files_of(task).into_iter().map(|(fd, _)| self.fd(fd)).collect()
    }

    /// Whom the person can let run: tasks that are kept waiting, first become runnable first.
    pub fn kept_waiting(&self) -> Vec<(TaskKey, String)> {
        let machine = self.session.machine();
        let all = (0..machine.tasks()).filter(|task| machine.is_kept_waiting(*task));
        let mut all: Vec<_> = all.map(|task| machine.key_of(task)).collect();
        let queue: Vec<_> = machine.kernel().runnable().collect();
        let place = |task: &TaskKey| queue.iter().position(|key| key == task);
        crate::scene::layout::put_in_order(&mut all, |task| place(task));
        let name = |task: TaskKey| Some((task, self.scene.tasks.get(&task)?.name.clone()));
        all.into_iter().filter_map(name).collect()
    }
}
