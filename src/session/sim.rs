//! The simulated kernel as a [`Machine`]: the default policy for all choices the kernel leaves open.
//!
//! The task that became runnable first runs first and goes on until it sleeps, as under
//! `SCHED_FIFO` on one CPU; time stands still while anybody runs.

use crate::kernel::abi::Nanos;
use crate::kernel::ids::TaskKey;
use crate::kernel::syscall::{Reply, Syscall};
use crate::kernel::{Config, Kernel, Ran, Unsupported};
use crate::tr;
use crate::trace::event::{Point, TaskState};
use crate::trace::{NullSink, Sink};

use super::machine::{Machine, MachineError, Returned, TaskNumber};

/// How often tasks may be let run, and timers fire, within one statement.
const BUDGET: u32 = 100_000;

/// A simulated machine with a listener.
#[derive(Clone, Debug)]
pub struct SimMachine<S = NullSink> {
    kernel: Kernel,
    sink: S,
    tasks: Vec<SimTask>,
}

#[derive(Clone, Copy, Debug)]
struct SimTask {
    key: TaskKey,
    /// Where it is to be stopped inside the call under way.
    stop_at: Option<Point>,
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
        SimMachine { kernel: Kernel::new(Config::default()), sink, tasks: Vec::new() }
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

    fn run_until_quiet(&mut self) -> Result<Vec<Returned>, MachineError> {
        let mut returned = Vec::new();
        for _ in 0..BUDGET {
            // The children of forks.
            while let Some(key) = self.kernel.task_of_tid(self.tasks.len()) {
                self.tasks.push(SimTask { key, stop_at: None });
            }
            let Some(key) = self.kernel.runnable().next() else {
                self.sink.rest();
                return Ok(returned);
            };
            let Some(task) = self.tasks.iter().position(|task| task.key == key) else {
                unreachable!("{key} is a task of nobody")
            };
            match self.kernel.run(key, self.tasks[task].stop_at, &mut self.sink) {
                Ran::Returned => {
                    self.tasks[task].stop_at = None;
                    let Some(result) = self.kernel.result(key).cloned() else {
                        unreachable!("{key} returned nothing")
                    };
                    returned.push(Returned { task, result });
                }
                Ran::Exited if self.kernel.is_in_exit(key) => {
                    returned.push(Returned { task, result: Ok(Reply::Int(0)) });
                }
                Ran::Exited | Ran::Blocked | Ran::Stopped(_) => {}
            }
        }
        self.sink.rest();
        Err(MachineError::Stuck(tr!("script-tasks-run-on", times = BUDGET)))
    }
}

impl<S: Sink> Machine for SimMachine<S> {
    fn spawn(&mut self, name: &str) -> Result<TaskNumber, MachineError> {
        let key = match self.tasks.first() {
            None => self.kernel.spawn_process(name, &mut self.sink),
            Some(first) => self.kernel.spawn_thread(first.key, name, &mut self.sink),
        };
        self.tasks.push(SimTask { key, stop_at: None });
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
        let unsupported = |Unsupported(what)| {
            MachineError::Unsupported(tr!("script-simulator-lacks", what = what))
        };
        self.kernel
            .submit(self.tasks[task].key, call.clone(), &mut self.sink)
            .map_err(unsupported)?;
        self.tasks[task].stop_at = stop_at;
        self.run_until_quiet()
    }

    fn resume(&mut self, task: TaskNumber) -> Result<Vec<Returned>, MachineError> {
        self.kernel.resume(self.tasks[task].key, &mut self.sink);
        self.run_until_quiet()
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
            returned.extend(self.run_until_quiet()?);
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
