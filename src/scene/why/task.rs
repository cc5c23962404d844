//! What keeps a task from going on.

use crate::kernel::abi::{Events, signal_name};
use crate::kernel::ids::{EventpollKey, FileKey, TaskKey, WaitQueueKey};
use crate::kernel::syscall::Syscall;
use crate::scene::arrows::Thing;
use crate::scene::explain::time_text;
use crate::scene::{Queue, Scene, Task, WaitEntry};
use crate::session::strace::call_text;
use crate::tr;
use crate::trace::event::{EventKind, FileKind, TaskState, Waiter};

use super::chain::waiter_task;
use super::file::readiness;
use super::{Look, Obstacle, Reason, left};

/// Watched descriptors of which nothing is ready that are told of one by one.
const TOLD_MAX: usize = 6;

/// Whether something keeps a task from going on.
pub(super) fn is_held_up(task: &Task) -> bool {
    match task.state {
        TaskState::Idle | TaskState::Running | TaskState::Dead => false,
        TaskState::Runnable => task.call.is_some() && task.result.is_none(),
        TaskState::Interruptible | TaskState::Uninterruptible | TaskState::Stopped(_) => true,
    }
}

fn obstacle(reason: Reason, task: TaskKey, (text, remedy): (String, String)) -> Obstacle {
    Obstacle { reason, text, remedy, event: None, things: vec![Thing::Task(task)] }
}

impl Look<'_> {
    /// What stands in the way of a thing.
    pub(super) fn obstacles(&self, scene: &Scene, thing: Thing) -> Vec<Obstacle> {
        match thing {
            Thing::Task(task) => self.of_sleeper(scene, task),
            Thing::Item(epi) => self.of_watched(scene, epi, 0),
            Thing::File(file) => self.of_open_file(scene, file),
            Thing::Sock(sock) => {
                let file = self.names.sock_file(sock);
                file.map_or_else(Vec::new, |file| self.of_open_file(scene, file))
            }
            Thing::Pipe(pipe) => {
                let file = self.names.file_of(FileKind::PipeRead(pipe));
                file.map_or_else(Vec::new, |file| self.of_open_file(scene, file))
            }
            _ => Vec::new(),
        }
    }

    fn of_open_file(&self, scene: &Scene, key: FileKey) -> Vec<Obstacle> {
        let Some(file) = scene.files.get(&key).filter(|file| file.can_poll()) else {
            return Vec::new();
        };
        let found: Vec<Obstacle> =
            file.f_ep.iter().flat_map(|epi| self.of_watched(scene, *epi, 0)).collect();
        if !found.is_empty() {
            return found;
        }
        let name = self.names.file(key);
        vec![Obstacle {
            reason: Reason::NotWatched,
            text: tr!("why-not-watched", file = name.clone()),
            remedy: tr!("why-do-add", file = name),
            event: None,
            things: vec![Thing::File(key)],
        }]
    }

    fn of_sleeper(&self, scene: &Scene, key: TaskKey) -> Vec<Obstacle> {
        let Some(task) = scene.tasks.get(&key).filter(|task| is_held_up(task)) else {
            return Vec::new();
        };
        let name = self.names.task(key);
        match task.state {
            TaskState::Stopped(point) => {
                let words = (
                    tr!("why-not-stopped", task = name.clone(), point = point.name()),
                    tr!("why-do-continue", task = name),
                );
                vec![self.since_state(obstacle(Reason::Stopped, key, words), key)]
            }
            TaskState::Runnable => {
                let woken = self.back(self.end(), |k| super::chain::wakes(k, key));
                let words =
                    (tr!("why-not-runs", task = name.clone()), tr!("why-do-run", task = name));
                vec![Obstacle { event: woken, ..obstacle(Reason::NotRunYet, key, words) }]
            }
            TaskState::Uninterruptible => vec![self.on_mutex(scene, key, name)],
            _ => self.asleep(scene, key, task, name),
        }
    }

    /// With the event by which the task came into its state.
    fn since_state(&self, obstacle: Obstacle, key: TaskKey) -> Obstacle {
        let event = self
            .back(self.end(), |k| matches!(k, EventKind::TaskState { task, .. } if *task == key));
        Obstacle { event, ..obstacle }
    }

    fn on_mutex(&self, scene: &Scene, key: TaskKey, name: String) -> Obstacle {
        let waits = |(_, ep): &(&EventpollKey, &crate::scene::Shared<crate::scene::Eventpoll>)| {
            ep.mtx_waiters.contains(&key)
        };
        let found = scene.eventpolls.iter().find(waits);
        let Some((ep_key, ep)) = found else {
            let words =
                (tr!("why-not-mutex-free", task = name.clone()), tr!("why-do-run", task = name));
            return self.since_state(obstacle(Reason::Mutex, key, words), key);
        };
        let holder = ep.mtx.map(|task| self.names.task(task)).unwrap_or_default();
        let words = (
            tr!("why-not-mutex", task = name, file = self.names.ep(*ep_key), holder = holder),
            tr!("why-do-unlock", holder = self.go_on(scene, ep.mtx)),
        );
        let mut out = obstacle(Reason::Mutex, key, words);
        out.things.push(Thing::Locks(*ep_key));
        out.things.extend(ep.mtx.map(Thing::Task));
        out.event =
            self.back(self.end(), |k| matches!(k, EventKind::MtxLock { ep, .. } if ep == ep_key));
        out
    }

    fn asleep(&self, scene: &Scene, key: TaskKey, task: &Task, name: String) -> Vec<Obstacle> {
        let entries: Vec<(WaitQueueKey, WaitEntry)> = scene
            .wait_queues
            .iter()
            .flat_map(|(wq, queue)| queue.entries.iter().map(|entry| (*wq, *entry)))
            .filter(|(_, entry)| waiter_task(entry.waiter) == Some(key))
            .collect();
        let mut out = match entries.first() {
            Some((wq, WaitEntry { waiter: Waiter::EpollWait(_), .. })) => {
                self.in_epoll_wait(scene, key, *wq)
            }
            Some((_, WaitEntry { waiter: Waiter::Poll { .. }, .. })) => {
                self.in_poll(scene, key, task)
            }
            Some((wq, _)) => vec![self.in_call_on_file(scene, key, task, *wq)],
            None => self.without_queue(key, task, &name),
        };
        out.extend(self.masked(key, task, &name));
        out.extend(self.timeout(scene, key, task, &out));
        if out.is_empty() {
            let words =
                (tr!("why-not-signals", task = name.clone()), tr!("why-do-signal", task = name));
            out.push(self.since_state(obstacle(Reason::OnlySignals, key, words), key));
        }
        out
    }

    fn in_epoll_wait(&self, scene: &Scene, key: TaskKey, wq: WaitQueueKey) -> Vec<Obstacle> {
        let Some(Queue::Wq(ep)) = self.names.queue_of(wq) else { return Vec::new() };
        let Some(state) = scene.eventpolls.get(&ep) else { return Vec::new() };
        let mut out: Vec<Obstacle> = self.another_woken(scene, key, wq).into_iter().collect();
        let items: Vec<Obstacle> = state
            .rbr
            .in_order()
            .into_iter()
            .flat_map(|(epi, _)| self.of_watched(scene, epi, 0))
            .collect();
        let is_plain = |o: &Obstacle| matches!(o.reason, Reason::NothingReady | Reason::Stale);
        let (plain, telling): (Vec<_>, Vec<_>) = items.into_iter().partition(is_plain);
        out.extend(telling);
        let rest = plain.len().saturating_sub(TOLD_MAX);
        out.extend(plain.into_iter().take(TOLD_MAX));
        if rest > 0 {
            let words = (tr!("why-not-rest", count = rest), tr!("why-do-rest"));
            out.push(obstacle(Reason::NothingReady, key, words));
        }
        if state.rbr.is_empty() {
            let file = self.names.ep(ep);
            let words =
                (tr!("why-not-empty-set", file = file.clone()), tr!("why-do-add-any", file = file));
            let mut found = obstacle(Reason::NothingWatched, key, words);
            found.things.push(Thing::Ep(ep));
            out.push(found);
        }
        out.extend(self.other_instances(scene, key, ep));
        out
    }

    /// The last wake-up on the queue went to somebody else while this one slept.
    fn another_woken(&self, scene: &Scene, key: TaskKey, wq: WaitQueueKey) -> Option<Obstacle> {
        let joined = self.back(
            self.end(),
            |k| matches!(k, EventKind::WaitEnqueue(new) if new.waiter == Waiter::EpollWait(key)),
        )?;
        let walk = self.last_walk(wq, joined)?;
        let other = self.woken_in(scene, walk).filter(|other| *other != key)?;
        let (task, other_name) = (self.names.task(key), self.names.task(other));
        let words = (
            tr!(
                "why-not-another",
                task = task.clone(),
                other = other_name,
                event = self.number(walk.1)
            ),
            tr!("why-do-another", task = task),
        );
        let mut found = obstacle(Reason::AnotherWoken, key, words);
        found.things.extend([Thing::Task(other), Thing::Queue(wq)]);
        found.event = Some(walk.1);
        Some(found)
    }

    /// Files that are on the ready list of another instance, and not watched by this one.
    fn other_instances(&self, scene: &Scene, key: TaskKey, ep: EventpollKey) -> Vec<Obstacle> {
        let watched = |file: FileKey| {
            let items = scene.files.get(&file).map(|file| &file.f_ep);
            items
                .into_iter()
                .flatten()
                .any(|epi| scene.epitems.get(epi).is_some_and(|item| item.new.ep == ep))
        };
        let mut out = Vec::new();
        for (other, state) in scene.eventpolls.iter().filter(|(other, _)| **other != ep) {
            let files =
                state.rdllist.iter().filter_map(|epi| Some((*epi, scene.epitems.get(epi)?)));
            for (epi, item) in files.filter(|(_, item)| !watched(item.new.file)) {
                // An instance inside this one is told of by its item.
                let inner =
                    scene.files.iter().find(|(_, f)| f.new.kind == FileKind::Eventpoll(*other));
                if inner.is_some_and(|(inner, _)| watched(*inner)) {
                    continue;
                }
                let (name, file) = (self.names.file(item.new.file), self.names.ep(ep));
                let words = (
                    tr!(
                        "why-not-here",
                        item = name.clone(),
                        other = self.names.ep(*other),
                        file = file.clone()
                    ),
                    tr!("why-do-here", item = name, file = file),
                );
                let mut found = obstacle(Reason::OtherInstance, key, words);
                found.things.push(Thing::Item(epi));
                found.event = self.linked(epi, self.end());
                out.push(found);
            }
        }
        out.truncate(3);
        out
    }

    fn in_poll(&self, scene: &Scene, key: TaskKey, task: &Task) -> Vec<Obstacle> {
        let Some(poll) = &task.poll else { return Vec::new() };
        let mut seen: Vec<FileKey> = Vec::new();
        let mut out = Vec::new();
        for entry in &poll.entries {
            if seen.contains(&entry.file) {
                continue;
            }
            seen.push(entry.file);
            if out.len() == TOLD_MAX {
                continue;
            }
            let (lacks, remedy) = self.what_lacks(scene, entry.file, entry.key);
            let ready = readiness(scene, entry.file, Some(key)) & entry.key;
            let text = if ready.is_empty() {
                tr!("why-not-poll", file = self.names.file(entry.file), lacks = lacks)
            } else {
                self.what_waits(scene, entry.file, ready)
            };
            let mut found = obstacle(Reason::Polling, key, (text, remedy));
            found.things.push(Thing::File(entry.file));
            out.push(self.since_state(found, key));
        }
        let rest = seen.len().saturating_sub(TOLD_MAX);
        if rest > 0 {
            let words = (tr!("why-not-rest", count = rest), tr!("why-do-rest"));
            out.push(obstacle(Reason::Polling, key, words));
        }
        out
    }

    /// Blocked in a read, a write, an accept, a connect.
    fn in_call_on_file(
        &self,
        scene: &Scene,
        key: TaskKey,
        task: &Task,
        wq: WaitQueueKey,
    ) -> Obstacle {
        let call = task.call.as_ref();
        let (fd, asked) = call.map_or((None, Events::EPOLLIN), file_of_call);
        let by_fd = fd.and_then(|fd| scene.processes.get(&task.process)?.fds.get(&fd).copied());
        let file = by_fd.or_else(|| self.names.queue_file(wq));
        let (lacks, remedy) = match file {
            Some(file) => self.what_lacks(scene, file, asked),
            None => (tr!("why-lacks-file"), tr!("why-do-other")),
        };
        let call = call.map(call_text).unwrap_or_default();
        let held = file.map_or(0, |file| self.on_their_way(scene, file));
        let text = tr!("why-not-call", task = self.names.task(key), call = call, lacks = lacks);
        let remedy = if held > 0 { tr!("why-do-deliver") } else { remedy };
        let mut found = obstacle(Reason::Blocked, key, (text, remedy));
        found.things.extend(file.map(Thing::File));
        self.since_state(found, key)
    }

    /// On no queue: it waits for time to pass, or for nothing at all.
    fn without_queue(&self, key: TaskKey, task: &Task, name: &str) -> Vec<Obstacle> {
        match task.poll {
            Some(_) => Vec::new(),
            None if task.timer_ns.is_some() => Vec::new(),
            None => {
                let words = (
                    tr!("why-not-signals", task = name.to_owned()),
                    tr!("why-do-signal", task = name.to_owned()),
                );
                vec![self.since_state(obstacle(Reason::OnlySignals, key, words), key)]
            }
        }
    }

    fn masked(&self, key: TaskKey, task: &Task, name: &str) -> Vec<Obstacle> {
        let masked = task.pending.keys().copied().filter(|sig| task.blocked.contains(*sig));
        let one = |sig: i32| {
            let signal = signal_name(sig);
            let words = (
                tr!("why-not-masked", task = name.to_owned(), signal = signal.clone()),
                tr!("why-do-unmask", task = name.to_owned(), signal = signal),
            );
            let event = self.back(self.end(), |k| {
                matches!(k, EventKind::SignalSend { task, sig: s, .. } if *task == key && *s == sig)
            });
            Obstacle { event, ..obstacle(Reason::SignalMasked, key, words) }
        };
        masked.map(one).collect()
    }

    fn timeout(
        &self,
        scene: &Scene,
        key: TaskKey,
        task: &Task,
        others: &[Obstacle],
    ) -> Option<Obstacle> {
        let at = task.timer_ns?;
        let (name, time) = (self.names.task(key), time_text(at));
        let remedy = tr!("why-do-advance", time = time_text(left(scene, at)));
        let sleeps = others.is_empty();
        let text = if sleeps {
            tr!("why-not-sleeping", task = name, time = time)
        } else {
            tr!("why-not-timeout", task = name, time = time)
        };
        let reason = if sleeps { Reason::Sleeping } else { Reason::Timeout };
        let event = self
            .back(self.end(), |k| matches!(k, EventKind::TimerArm { task, .. } if *task == key));
        Some(Obstacle { event, ..obstacle(reason, key, (text, remedy)) })
    }
}

/// The descriptor that a blocking call is about, and what it needs of it.
fn file_of_call(call: &Syscall) -> (Option<i32>, Events) {
    match call {
        Syscall::Read { fd, .. } | Syscall::Recv { fd, .. } => (Some(*fd), Events::EPOLLIN),
        Syscall::Accept { fd } | Syscall::Accept4 { fd, .. } => (Some(*fd), Events::EPOLLIN),
        Syscall::Write { fd, .. } | Syscall::Send { fd, .. } | Syscall::Connect { fd, .. } => {
            (Some(*fd), Events::EPOLLOUT)
        }
        _ => (None, Events::EPOLLIN),
    }
}
