//! The simulated kernel as a [`Machine`]: the default policy for all choices the kernel leaves open.
//!
//! The task that became runnable first runs first and goes on until it sleeps, as under
//! `SCHED_FIFO` on one CPU; time stands still while anybody runs. A scenario may choose itself who
//! runs, by `hold`, `run` and `release`.

use crate::kernel::abi::Nanos;
use crate::kernel::ids::TaskKey;
use crate::kernel::syscall::{Reply, Syscall, Turn, Whom};
use crate::kernel::{Config, Kernel, Ran, Unsupported};
use crate::tr;
use crate::trace::event::{Point, TaskState};
use crate::trace::{NullSink, Sink};

use super::lacks;
use super::machine::{Machine, MachineError, Returned, TaskNumber};

/// How often tasks may be let run, and timers fire, within one statement.
const BUDGET: u32 = 100_000;

/// A simulated machine with a listener.
#[derive(Clone, Debug)]
pub struct SimMachine<S = NullSink> {
    kernel: Kernel,
    sink: S,
    tasks: Vec<SimTask>,
    /// `hold(WOKEN)`: who has slept waits for its turn.
    holds_woken: bool,
}

#[derive(Clone, Copy, Debug)]
struct SimTask {
    key: TaskKey,
    /// Where it is to be stopped inside the call under way.
    stop_at: Option<Point>,
    /// `hold(A)`: it gets no processor.
    is_held: bool,
    /// It may run in spite of that, until it sleeps, returns or stops.
    has_turn: bool,
}

impl SimTask {
    fn new(key: TaskKey) -> SimTask {
        SimTask { key, stop_at: None, is_held: false, has_turn: false }
    }
}

impl SimMachine {
    /// A fresh machine to which nobody listens.
    pub fn new() -> Self {
        SimMachine::with_sink(NullSink)
    }
}

impl Default for SimMachine {
    fn default() -> Self {
        SimMachine::new()
    }
}

impl<S: Sink> SimMachine<S> {
    /// A fresh machine that tells `sink` what it does.
    pub fn with_sink(sink: S) -> Self {
        SimMachine {
            kernel: Kernel::new(Config::default()),
            sink,
            tasks: Vec::new(),
            holds_woken: false,
        }
    }

    /// The same machine in the same state, with another listener.
    pub fn with_listener<T: Sink>(&self, sink: T) -> SimMachine<T> {
        SimMachine {
            kernel: self.kernel.clone(),
            sink,
            tasks: self.tasks.clone(),
            holds_woken: self.holds_woken,
        }
    }

    /// The kernel.
    pub fn kernel(&self) -> &Kernel {
        &self.kernel
    }

    /// How many tasks there are or were.
    pub fn tasks(&self) -> usize {
        self.tasks.len()
    }

    /// The arena key of a task.
    pub fn key_of(&self, task: TaskNumber) -> TaskKey {
        self.tasks[task].key
    }

    /// What a task is doing.
    pub fn state_of(&self, task: TaskNumber) -> TaskState {
        self.kernel.tasks[self.tasks[task].key].state
    }

    /// The listener.
    pub fn sink(&self) -> &S {
        &self.sink
    }

    /// The listener, for taking what it heard.
    pub fn sink_mut(&mut self) -> &mut S {
        &mut self.sink
    }

    /// Whether a task waits for the processor and is kept from it, by `hold`.
    pub fn is_kept_waiting(&self, task: TaskNumber) -> bool {
        self.state_of(task) == TaskState::Runnable && !self.may_run(task)
    }

    /// Whether `hold(A)` keeps this task from the processor.
    pub fn is_held(&self, task: TaskNumber) -> bool {
        self.tasks[task].is_held
    }

    /// Whether `hold(WOKEN)` is in force.
    pub fn holds_woken(&self) -> bool {
        self.holds_woken
    }

    fn may_run(&self, task: TaskNumber) -> bool {
        let SimTask { is_held, has_turn, .. } = self.tasks[task];
        has_turn || !(is_held || self.holds_woken)
    }

    /// Who runs next: of those that may, the one that became runnable first.
    fn next(&self) -> Option<TaskNumber> {
        let number = |key: TaskKey| {
            let Some(task) = self.tasks.iter().position(|task| task.key == key) else {
                unreachable!("{key} is a task of nobody")
            };
            task
        };
        self.kernel.runnable().map(number).find(|task| self.may_run(*task))
    }

    /// Does what `hold`, `run` and `release` say.
    fn schedule(&mut self, turn: Turn, whom: &Whom) {
        match (turn, whom) {
            (Turn::Hold, Whom::Woken) => self.holds_woken = true,
            (Turn::Hold, Whom::Task { tid, .. }) => self.tasks[*tid].is_held = true,
            (Turn::Release, Whom::Woken) => self.holds_woken = false,
            (turn, Whom::Task { tid, .. }) => {
                let waits = self.state_of(*tid) == TaskState::Runnable;
                let task = &mut self.tasks[*tid];
                task.is_held &= turn != Turn::Release;
                task.has_turn = waits;
            }
            (Turn::Run, Whom::Woken) => {}
        }
    }

    /// What is wrong with letting a task run.
    fn check_turn(&self, turn: Turn, whom: &Whom) -> Result<(), MachineError> {
        match whom {
            Whom::Task { tid, name }
                if turn == Turn::Run && self.state_of(*tid) != TaskState::Runnable =>
            {
                let doing = match self.state_of(*tid) {
                    TaskState::Dead => "gone",
                    TaskState::Idle => "idle",
                    TaskState::Stopped(_) => "stopped",
                    _ => "asleep",
                };
                let message = tr!("script-no-turn", task = &**name, doing = doing);
                Err(MachineError::Unsupported(message))
            }
            _ => Ok(()),
        }
    }

    /// Lets tasks run until none can; `returned` is what has returned before.
    fn run_until_quiet(
        &mut self,
        mut returned: Vec<Returned>,
    ) -> Result<Vec<Returned>, MachineError> {
        for _ in 0..BUDGET {
            // The children of forks.
            while let Some(key) = self.kernel.task_of_tid(self.tasks.len()) {
                self.tasks.push(SimTask::new(key));
            }
            let Some(task) = self.next() else {
                self.sink.rest();
                return Ok(returned);
            };
            let key = self.tasks[task].key;
            let ran = self.kernel.run(key, self.tasks[task].stop_at, &mut self.sink);
            self.tasks[task].has_turn = false;
            returned.extend(self.returned(task, ran));
        }
        self.sink.rest();
        Err(MachineError::Stuck(tr!("script-tasks-run-on", times = BUDGET)))
    }

    /// What a task that was let run gave, if its call is over.
    fn returned(&mut self, task: TaskNumber, ran: Ran) -> Option<Returned> {
        let key = self.tasks[task].key;
        match ran {
            Ran::Returned => {
                self.tasks[task].stop_at = None;
                let Some(result) = self.kernel.result(key).cloned() else {
                    unreachable!("{key} returned nothing")
                };
                Some(Returned { task, result })
            }
            Ran::Exited if self.kernel.is_in_exit(key) => {
                Some(Returned { task, result: Ok(Reply::Int(0)) })
            }
            Ran::Exited | Ran::Blocked | Ran::Stopped(_) => None,
        }
    }
}

impl<S: Sink> Machine for SimMachine<S> {
    fn spawn(&mut self, name: &str) -> Result<TaskNumber, MachineError> {
        let key = match self.tasks.first() {
            None => self.kernel.spawn_process(name, &mut self.sink),
            Some(first) => self.kernel.spawn_thread(first.key, name, &mut self.sink),
        };
        self.tasks.push(SimTask::new(key));
        self.sink.rest();
        Ok(self.tasks.len() - 1)
    }

    fn call(
        &mut self,
        task: TaskNumber,
        call: &Syscall,
        stop_at: Option<&str>,
    ) -> Result<Vec<Returned>, MachineError> {
        let stop_at = stop_at.map(point).transpose()?;
        let unsupported = |lacks: Unsupported| MachineError::Unsupported(lacks::sentence(&lacks));
        if let Syscall::Schedule { turn, whom } = call {
            self.check_turn(*turn, whom)?;
        }
        let key = self.tasks[task].key;
        // Who says who is to run is not itself kept waiting.
        let is_schedule = matches!(call, Syscall::Schedule { .. });
        let mut returned = Vec::new();
        if self.tasks[task].is_held && !is_schedule {
            self.kernel.submit(key, call.clone(), &mut self.sink).map_err(unsupported)?;
            self.tasks[task].stop_at = stop_at;
        } else {
            let ran = self.kernel.call(key, call.clone(), stop_at, &mut self.sink);
            let ran = ran.map_err(unsupported)?;
            self.tasks[task].stop_at = stop_at;
            returned.extend(self.returned(task, ran));
        }
        let mut returned = self.run_until_quiet(returned)?;
        if let Syscall::Schedule { turn, whom } = call {
            self.schedule(*turn, whom);
            returned = self.run_until_quiet(returned)?;
        }
        Ok(returned)
    }

    fn resume(&mut self, task: TaskNumber) -> Result<Vec<Returned>, MachineError> {
        self.kernel.resume(self.tasks[task].key, &mut self.sink);
        self.tasks[task].has_turn = !self.tasks[task].is_held;
        self.run_until_quiet(Vec::new())
    }

    fn is_stopped(&self, task: TaskNumber) -> bool {
        matches!(self.state_of(task), TaskState::Stopped(_))
    }

    fn is_dead(&self, task: TaskNumber) -> bool {
        self.state_of(task) == TaskState::Dead
    }

    fn configure(&mut self, key: &str, value: u64) -> Result<(), MachineError> {
        self.kernel.configure(
            |config| match key {
                "max_user_watches" => config.max_user_watches = value,
                "rlimit_nofile" => {
                    config.rlimit_nofile = i32::try_from(value).unwrap_or(i32::MAX);
                }
                "cap_block_suspend" => config.cap_block_suspend = value != 0,
                _ => config.cap_net_admin = value != 0,
            },
            &mut self.sink,
        );
        Ok(())
    }

    fn advance(&mut self, by_ns: Nanos) -> Result<Vec<Returned>, MachineError> {
        let until_ns = self.kernel.now_ns().saturating_add(by_ns);
        let mut returned = Vec::new();
        for _ in 0..BUDGET {
            if self.kernel.next_timer_ns().is_none_or(|due_ns| due_ns > until_ns) {
                self.kernel.set_clock(until_ns, &mut self.sink);
                self.sink.rest();
                return Ok(returned);
            }
            self.kernel.fire_timer(&mut self.sink);
            returned.extend(self.run_until_quiet(Vec::new())?);
        }
        Err(MachineError::Stuck(tr!("script-timers-fire-on", times = BUDGET)))
    }

    fn keeps_wake_order(&self) -> bool {
        true
    }
}

fn point(name: &str) -> Result<Point, MachineError> {
    Point::from_name(name).ok_or_else(|| {
        let known = Point::ALL.map(Point::name).join(", ");
        MachineError::Unsupported(tr!("script-no-such-point", point = name, known = known))
    })
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;
