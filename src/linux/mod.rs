//! Scenarios on the real kernel: real threads, real descriptors, real epoll. Linux on x86-64.
//!
//! A [`LinuxMachine`] forks a child process, in which each task of the scenario is a thread and
//! nothing is open but descriptors 0, 1 and 2. Runner and child talk through shared memory alone
//! ([`board`]), the child makes whatever call it is given ([`child`], [`raw`]), [`sched`] makes
//! woken threads run in the order in which they were woken, and [`observe`] asks the kernel whether
//! all of them have come to rest. [`clock`] notices when a run was too slow for its own timeouts.

#![expect(unsafe_code, reason = "forks, maps shared memory, makes raw system calls")]

mod board;
mod child;
mod clock;
mod edge;
mod netns;
mod observe;
mod paths;
mod poll;
mod process;
mod raw;
mod sched;
mod timers;

#[cfg(test)]
mod differential;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::atomic::Ordering;
use std::thread;
use std::time::{Duration, Instant};

use crate::kernel::abi::Nanos;
use crate::kernel::syscall::{Fault, Reply, Syscall};
use crate::session::machine::{Machine, MachineError, Returned, TaskNumber};

use board::{CONTROL, Mapping, OP_SPAWN, Slot, TASKS, futex_wait};
use clock::{Deadline, GRAIN, stretched};
use edge::Edge;
use observe::Round;
use process::Child;
use raw::FileKind;
use sched::Stage;
use timers::Timers;

/// How long a statement may take to come to rest, unless a test says otherwise.
const WATCHDOG: Duration = Duration::from_secs(10);

/// How far the real clock is let go on in one statement.
const LONGEST_ADVANCE: Duration = Duration::from_secs(60);

/// How long a thread must stay in state `D` to count as blocked.
const UNINTERRUPTIBLE: Duration = Duration::from_millis(100);

/// The real kernel, as a machine that runs scenarios.
///
/// While it lives its thread is pinned to one CPU, under `SCHED_FIFO` if that is allowed.
#[derive(Debug)]
pub struct LinuxMachine {
    child: Child,
    stage: Stage,
    memory: Mapping,
    tasks: TaskNumber,
    busy: BTreeMap<TaskNumber, Busy>,
    /// How many elements are good of what a task's next call passes.
    faults: BTreeMap<TaskNumber, u32>,
    timers: Timers,
    /// Tasks whose process has ended.
    dead: BTreeSet<TaskNumber>,
    /// Tasks that ended their process by `exit()`, and whose call is not accounted for yet.
    exited: Vec<TaskNumber>,
    /// The scenario has done something that may end a process.
    may_end: bool,
    now_ns: Nanos,
    scale: u32,
    /// How long a statement may take to come to rest.
    watchdog: Duration,
}

/// A call that has not returned as far as we know.
#[derive(Debug)]
struct Busy {
    call: Syscall,
    kind: FileKind,
    deadline: Option<Deadline>,
    /// Where bad memory begins in it.
    edge: Option<Edge>,
}

impl LinuxMachine {
    /// Starts a process with descriptors 0, 1, 2 and no task. Fails with [`MachineError::Host`]
    /// where the host does not allow what a run needs.
    pub fn new() -> Result<LinuxMachine, MachineError> {
        LinuxMachine::stretched(1)
    }

    /// The same, with every timeout and every `advance` made `scale` times as long on the host's
    /// clock: for scenarios whose timeouts are shorter than their statements take.
    pub fn stretched(scale: u32) -> Result<LinuxMachine, MachineError> {
        let stage = Stage::enter();
        let memory = Mapping::new().map_err(host("cannot map shared memory"))?;
        memory.board().priority.store(stage.task_priority(), Ordering::Relaxed);
        let child = Child::fork(memory.board()).map_err(host("cannot fork"))?;
        let (tasks, busy, timers) = (0, BTreeMap::new(), Timers::default());
        let (now_ns, watchdog) = (0, WATCHDOG);
        let mut machine = LinuxMachine {
            child,
            stage,
            memory,
            tasks,
            busy,
            faults: BTreeMap::new(),
            timers,
            dead: BTreeSet::new(),
            exited: Vec::new(),
            may_end: false,
            now_ns,
            scale,
            watchdog,
        };
        machine.wait_idle(CONTROL)?;
        observe::is_allowed(machine.slot(CONTROL))
            .map_err(host("cannot ask the kernel what a thread is doing"))?;
        Ok(machine)
    }

    fn slot(&self, number: usize) -> &Slot {
        &self.memory.board().slots[number]
    }

    /// Waits until the slot's thread waits for a request.
    fn wait_idle(&mut self, slot: usize) -> Result<(), MachineError> {
        let start = Instant::now();
        loop {
            let bell = self.memory.board().bell.load(Ordering::Acquire);
            if self.slot(slot).is_idle() {
                return Ok(());
            }
            self.pause(bell, start)?;
        }
    }

    /// Runs until every busy thread has returned or sleeps in its call, and those whose timeouts
    /// are over on the scenario's clock have returned.
    fn settle(&mut self) -> Result<(), MachineError> {
        let start = Instant::now();
        let mut uninterruptible_since = None;
        loop {
            let bell = self.memory.board().bell.load(Ordering::Acquire);
            let slots: Vec<&Slot> = self.busy.keys().map(|task| self.slot(*task)).collect();
            // A thread that is gone shows as an error here and as the child's end below.
            match observe::round(&slots) {
                Ok(Round::Quiet) if self.wait_due() => return self.bury(),
                Ok(Round::Uninterruptible) => {
                    let since = *uninterruptible_since.get_or_insert_with(Instant::now);
                    if since.elapsed() > UNINTERRUPTIBLE {
                        return Ok(());
                    }
                }
                _ => uninterruptible_since = None,
            }
            self.pause(bell, start)?;
        }
    }

    /// Whether no sleeping thread is due to return; if one is, sleeps until its time has come on
    /// the host's clock too.
    fn wait_due(&self) -> bool {
        let due = |(task, busy): (&TaskNumber, &Busy)| {
            let deadline = busy.deadline.filter(|deadline| deadline.virtual_ns <= self.now_ns)?;
            (!self.slot(*task).is_idle()).then_some(deadline.latest)
        };
        match self.busy.iter().filter_map(due).min() {
            Some(latest) => {
                thread::sleep(latest.saturating_duration_since(Instant::now()));
                false
            }
            None => true,
        }
    }

    /// Lets others run until something returns or a moment has passed; fails if the child has ended
    /// or `start` is too long ago.
    fn pause(&mut self, bell: u32, start: Instant) -> Result<(), MachineError> {
        let moment = Duration::from_micros(200);
        futex_wait(&self.memory.board().bell, bell, Some(moment));
        self.bury()?;
        if start.elapsed() > self.watchdog {
            self.child.kill();
            let text = format!("some thread still ran after {:?}", self.watchdog);
            return Err(MachineError::Stuck(text));
        }
        Ok(())
    }

    /// Takes note of processes that have ended; fails if the scenario has not made them.
    fn bury(&mut self) -> Result<(), MachineError> {
        for pid in self.child.reap() {
            if !self.may_end {
                let end = self.child.end().unwrap_or("a process under test ended".to_owned());
                return Err(MachineError::Host(end));
            }
            let is_of = |slot: &Slot| slot.pid.load(Ordering::Relaxed) == pid.cast_unsigned();
            let tasks: Vec<_> = (0..self.tasks).filter(|task| is_of(self.slot(*task))).collect();
            for task in tasks {
                self.dead.insert(task);
                // What had returned before the end has returned.
                if self.slot(task).is_idle() {
                    continue;
                }
                if let Some(Busy { call: Syscall::Exit, .. }) = self.busy.remove(&task) {
                    self.exited.push(task);
                }
            }
        }
        Ok(())
    }

    /// The calls that have returned, in the order in which they did.
    fn collect(&mut self) -> Result<Vec<Returned>, MachineError> {
        let mut done: Vec<TaskNumber> =
            self.busy.keys().copied().filter(|task| self.slot(*task).is_idle()).collect();
        done.sort_by_key(|task| self.slot(*task).ticket.load(Ordering::Relaxed));
        self.check_clock()?;
        let exited = self.exited.drain(..);
        let exit = |task| Returned { task, result: Ok(Reply::Int(0)) };
        let mut returned: Vec<_> = exited.map(exit).collect();
        for task in done {
            let Some(Busy { call, kind, deadline, edge }) = self.busy.remove(&task) else {
                continue;
            };
            let result = self.slot(task).result.load(Ordering::Relaxed);
            if let (Syscall::Fork { .. }, 1..) = (&call, result) {
                self.child.adopt(result as libc::pid_t);
                self.wait_idle(self.tasks)?;
                self.tasks += 1;
                returned.push(Returned { task, result: Ok(Reply::Int(0)) });
                continue;
            }
            if let Some(edge) = edge {
                edge.take_back(&self.memory, task);
            }
            let result = raw::decode(&call, kind, result, &self.memory, task)?;
            if result.is_ok() {
                let pid = self.slot(task).pid.load(Ordering::Relaxed);
                self.timers.set(pid, &call, deadline, self.scale);
            }
            returned.push(Returned { task, result });
        }
        Ok(returned)
    }

    /// Fails if a timeout that the scenario's clock has not reached may be over on the host's.
    fn check_clock(&self) -> Result<(), MachineError> {
        let real = Instant::now();
        let late = |deadline: Deadline| {
            let is_to_come = deadline.virtual_ns > self.now_ns;
            real.checked_duration_since(deadline.earliest).filter(|_| is_to_come)
        };
        match self.deadlines().chain(self.timers.next(self.now_ns)).filter_map(late).max() {
            Some(late) => Err(self.too_slow(&format!("late by {late:?}"))),
            None => Ok(()),
        }
    }

    fn deadlines(&self) -> impl Iterator<Item = Deadline> + '_ {
        self.busy.values().filter_map(|busy| busy.deadline)
    }

    /// Fails if two timeouts that `advance` makes fall due may do so in the wrong order.
    fn check_order(&self, beats: &[Deadline]) -> Result<(), MachineError> {
        let due = || {
            let calls = self.deadlines().filter(|deadline| deadline.virtual_ns <= self.now_ns);
            calls.chain(beats.iter().copied())
        };
        match due().any(|one| due().any(|other| one.may_swap(&other))) {
            true => Err(self.too_slow("two timeouts came too close to each other")),
            false => Ok(()),
        }
    }

    fn too_slow(&self, what: &str) -> MachineError {
        MachineError::TooSlow(match self.scale {
            1 => what.to_owned(),
            scale => format!("{what}, with all times made {scale} times as long"),
        })
    }
}

impl Machine for LinuxMachine {
    fn spawn(&mut self, _name: &str) -> Result<TaskNumber, MachineError> {
        let task = self.tasks;
        if task == TASKS {
            return Err(too_many());
        }
        self.slot(CONTROL).post(OP_SPAWN, [task as u64, 0, 0, 0, 0, 0]);
        self.wait_idle(CONTROL)?;
        let result = self.slot(CONTROL).result.load(Ordering::Relaxed);
        if result < 0 {
            let error = io::Error::from_raw_os_error(i32::try_from(-result).unwrap_or(0));
            return Err(host("cannot make a thread")(error));
        }
        self.wait_idle(task)?;
        self.tasks += 1;
        Ok(task)
    }

    /// Preconditions: the task is idle.
    fn call(
        &mut self,
        task: TaskNumber,
        call: &Syscall,
        stop_at: Option<&str>,
    ) -> Result<Vec<Returned>, MachineError> {
        if stop_at.is_some() {
            let text = "preemption points exist in the simulator only";
            return Err(MachineError::Unsupported(text.to_owned()));
        }
        assert!(!self.busy.contains_key(&task), "task {task} is blocked");
        let pid = self.slot(task).pid.load(Ordering::Relaxed);
        let kind = match call {
            Syscall::Read { fd, .. } | Syscall::Write { fd, .. } => process::file_kind(pid, *fd),
            _ => FileKind::Other,
        };
        if matches!(call, Syscall::Fork { .. }) && self.tasks == TASKS {
            return Err(too_many());
        }
        self.may_end |=
            matches!(call, Syscall::Kill { .. } | Syscall::Signal { .. } | Syscall::Exit);
        if let Syscall::Inject { fault: Fault::Efault(good) } = call {
            self.faults.insert(task, *good);
            return Ok(vec![Returned { task, result: Ok(Reply::Int(0)) }]);
        }
        let fault = self.faults.remove(&task);
        let mut raw = raw::encode(call, kind, self.scale, &self.memory, task)?;
        if matches!(call, Syscall::Fork { .. }) {
            raw.args[0] = self.tasks as u64;
        }
        let edge = match fault {
            Some(good) => Edge::of(call, good)?,
            None => None,
        };
        if let Some(edge) = edge {
            edge.apply(&mut raw, &self.memory, task);
        }
        let posted = Instant::now();
        self.slot(task).post(raw.number, raw.args);
        // What is due at once must be waited for; until it is seen asleep nobody knows how long.
        let deadline = Deadline::of(call, self.now_ns, self.scale, (posted, posted));
        self.busy.insert(task, Busy { call: call.clone(), kind, deadline, edge });
        self.settle()?;
        let deadline = Deadline::of(call, self.now_ns, self.scale, (posted, Instant::now()));
        self.busy.entry(task).and_modify(|busy| busy.deadline = deadline);
        self.collect()
    }

    fn resume(&mut self, _task: TaskNumber) -> Result<Vec<Returned>, MachineError> {
        let text = "preemption points exist in the simulator only";
        Err(MachineError::Unsupported(text.to_owned()))
    }

    /// What a program without a privilege loses can not be told here from what the host has not got.
    fn configure(&mut self, key: &str, value: u64) -> Result<(), MachineError> {
        match key {
            "cap_block_suspend" => Ok(()),
            "rlimit_nofile" => {
                let pid = self.slot(CONTROL).pid.load(Ordering::Relaxed);
                process::limit_descriptors(pid, value).map_err(host("cannot set a limit"))
            }
            _ => Err(MachineError::Unsupported(format!(
                "`{key}` of the real kernel stays as it is; such a scenario is `sim-only`"
            ))),
        }
    }

    fn advance(&mut self, by_ns: Nanos) -> Result<Vec<Returned>, MachineError> {
        let real = stretched(by_ns, self.scale);
        if real > LONGEST_ADVANCE {
            let text = format!("it would take the real clock {} s to get there", real.as_secs());
            return Err(MachineError::Unsupported(text));
        }
        let until_ns = self.now_ns.saturating_add(by_ns);
        let beats = self.timers.due(self.now_ns, until_ns);
        self.now_ns = until_ns;
        self.check_order(&beats)?;
        thread::sleep(real);
        if let Some(latest) = beats.iter().map(|beat| beat.latest).max() {
            thread::sleep((latest + GRAIN).saturating_duration_since(Instant::now()));
        }
        self.settle()?;
        self.collect()
    }

    fn is_dead(&self, task: TaskNumber) -> bool {
        self.dead.contains(&task)
    }

    fn keeps_wake_order(&self) -> bool {
        self.stage.task_priority() > 0
    }
}

fn too_many() -> MachineError {
    MachineError::Unsupported(format!("the real kernel runs no more than {TASKS} tasks here"))
}

fn host(what: &str) -> impl Fn(io::Error) -> MachineError + '_ {
    move |error| MachineError::Host(format!("{what}: {error}"))
}
