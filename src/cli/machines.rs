//! Which machines there are, and how a run on each of them begins.

use serde_json::Value;

use crate::session::{Driver, Machine, MachineError, SimMachine};
use crate::trace::Log;
use crate::trace::json::record_json;

/// A kind of machine.
pub(super) trait Host {
    /// The machine.
    type Machine: Machine;
    /// Its name, as `--on` has it.
    const NAME: &'static str;
    /// How often a run may be tried that was too slow for its own timeouts.
    const ATTEMPTS: u32;

    /// A fresh machine for the given attempt, counted from 0.
    fn start(attempt: u32) -> Result<Self::Machine, MachineError>;

    /// The trace events since this was last asked, for `--json`; each becomes a line. Called after
    /// every statement.
    fn take_trace(_driver: &mut Driver<Self::Machine>) -> Vec<Value> {
        Vec::new()
    }
}

/// The simulated kernel.
pub(super) struct Simulator;

impl Host for Simulator {
    type Machine = SimMachine<Log>;
    const NAME: &'static str = "sim";
    const ATTEMPTS: u32 = 1;

    fn start(_attempt: u32) -> Result<Self::Machine, MachineError> {
        Ok(SimMachine::with_sink(Log::default()))
    }

    fn take_trace(driver: &mut Driver<Self::Machine>) -> Vec<Value> {
        let (first, records) = driver.machine_mut().sink_mut().news();
        (first..).zip(records).map(|(number, record)| record_json(number, record)).collect()
    }
}

/// The real kernel.
pub(super) struct RealKernel;

#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
impl Host for RealKernel {
    type Machine = crate::linux::LinuxMachine;
    const NAME: &'static str = "linux";
    const ATTEMPTS: u32 = STRETCH.len() as u32;

    fn start(attempt: u32) -> Result<Self::Machine, MachineError> {
        crate::linux::LinuxMachine::stretched(STRETCH[attempt as usize])
    }
}

/// How much longer timeouts are made from attempt to attempt, so that a slow host keeps up.
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
const STRETCH: [u32; 6] = [1, 1, 3, 10, 30, 100];

#[cfg(not(all(target_os = "linux", target_arch = "x86_64")))]
impl Host for RealKernel {
    type Machine = Absent;
    const NAME: &'static str = "linux";
    const ATTEMPTS: u32 = 1;

    fn start(_attempt: u32) -> Result<Self::Machine, MachineError> {
        Err(MachineError::Host("the real kernel needs Linux on x86-64".to_owned()))
    }
}

#[cfg(not(all(target_os = "linux", target_arch = "x86_64")))]
use absent::Absent;

#[cfg(not(all(target_os = "linux", target_arch = "x86_64")))]
mod absent {
    use crate::kernel::abi::Nanos;
    use crate::kernel::syscall::Syscall;
    use crate::session::machine::{Machine, MachineError, Returned, TaskNumber};

    /// The machine of a kind that can not be had here: there is none.
    pub(in crate::cli) enum Absent {}

    impl Machine for Absent {
        fn spawn(&mut self, _name: &str) -> Result<TaskNumber, MachineError> {
            match *self {}
        }

        fn call(
            &mut self,
            _task: TaskNumber,
            _call: &Syscall,
            _stop_at: Option<&str>,
        ) -> Result<Vec<Returned>, MachineError> {
            match *self {}
        }

        fn resume(&mut self, _task: TaskNumber) -> Result<Vec<Returned>, MachineError> {
            match *self {}
        }

        fn configure(&mut self, _key: &str, _value: u64) -> Result<(), MachineError> {
            match *self {}
        }

        fn advance(&mut self, _by_ns: Nanos) -> Result<Vec<Returned>, MachineError> {
            match *self {}
        }

        fn keeps_wake_order(&self) -> bool {
            match *self {}
        }
    }
}
