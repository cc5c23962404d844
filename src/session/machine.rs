//! What a scenario runs on: the simulated kernel or the real one, behind one door.

use std::fmt;

use crate::kernel::abi::Nanos;
use crate::kernel::syscall::{SysResult, Syscall};
use crate::tr;

/// A machine that runs the calls of named tasks and comes to rest after each.
///
/// After every method the machine has run until each task is blocked, stopped or idle. A task that
/// has not returned from its call by then is blocked.
pub trait Machine {
    /// Makes a new task: the first one starts the machine's first process, later ones are threads
    /// of that process. Tasks are numbered from 0 in the order in which they are made.
    fn spawn(&mut self, name: &str) -> Result<TaskNumber, MachineError>;

    /// Lets an idle task make a call, and runs until quiet.
    ///
    /// A `fork` that succeeds makes the next task, as [`Machine::spawn`] does.
    ///
    /// `stop_at` names a preemption point at which the task is stopped inside the call; machines
    /// that cannot stop there say [`MachineError::Unsupported`].
    fn call(
        &mut self,
        task: TaskNumber,
        call: &Syscall,
        stop_at: Option<&str>,
    ) -> Result<Vec<Returned>, MachineError>;

    /// Lets a task that is stopped at a preemption point go on, and runs until quiet.
    fn resume(&mut self, task: TaskNumber) -> Result<Vec<Returned>, MachineError>;

    /// Whether a task is stopped at a preemption point; never, on a machine that has none.
    fn is_stopped(&self, _task: TaskNumber) -> bool {
        false
    }

    /// Whether a task is gone with its process.
    fn is_dead(&self, _task: TaskNumber) -> bool {
        false
    }

    /// Sets the machine up as a line of metadata says, see [`SETTINGS`]. Preconditions: the value is
    /// one that the key can have. Machines that can not be
    /// set up say [`MachineError::Unsupported`] where that would show.
    fn configure(&mut self, key: &str, value: u64) -> Result<(), MachineError>;

    /// Moves the clock on; timers that fall due fire in order; runs until quiet.
    fn advance(&mut self, by_ns: Nanos) -> Result<Vec<Returned>, MachineError>;

    /// Whether woken tasks are sure to run in the order in which they were woken.
    fn keeps_wake_order(&self) -> bool;
}

/// Keys of metadata that set up the machine, and the highest value of each: its values are numbers
/// from 0 up. `max_user_watches` is a `long`, descriptors go up to `fs.nr_open`, a capability is
/// there (1) or not (0).
pub const SETTINGS: [(&str, u64); 4] = [
    ("max_user_watches", i64::MAX as u64),
    ("rlimit_nofile", 1 << 20),
    ("cap_block_suspend", 1),
    ("cap_net_admin", 1),
];

/// A task of a machine: 0 is the first.
pub type TaskNumber = usize;

/// A call that has come back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Returned {
    /// Whose call.
    pub task: TaskNumber,
    /// What it gave.
    pub result: SysResult,
}

/// Why a machine could not do what it was asked to. Not an error of the simulated program: those
/// are ordinary results.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MachineError {
    /// The machine does not know this; the text says what, as part of a sentence.
    Unsupported(String),
    /// It did not come to rest in time, or ran out of its budget of steps.
    Stuck(String),
    /// The host was too slow for the scenario's timeouts: this run says nothing, another may.
    TooSlow(String),
    /// The host refused something that a run needs.
    Host(String),
}

impl fmt::Display for MachineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            MachineError::Unsupported(what) | MachineError::Host(what) => f.write_str(what),
            MachineError::Stuck(why) => {
                f.write_str(&tr!("script-did-not-rest", why = why.as_str()))
            }
            MachineError::TooSlow(why) => {
                f.write_str(&tr!("script-host-too-slow", why = why.as_str()))
            }
        }
    }
}

impl std::error::Error for MachineError {}
