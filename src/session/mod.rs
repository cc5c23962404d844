//! Runs a script on a machine and keeps what came of it.

#![forbid(unsafe_code)]

pub mod env;
pub mod lower;
pub mod strace;

pub mod machine;
pub mod sim;

pub mod driver;
pub mod expect;
pub mod outcome;

mod kept_waiting;
mod keyframes;
mod lacks;
mod live;
mod replay;

pub mod compare;
pub mod history;
pub mod notes;

pub mod assist;
pub mod crowd;
pub mod gesture;
pub mod hints;
pub mod workload;

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
pub(crate) mod random;

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
pub(crate) mod fuzz;
#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod robust;

pub use driver::Driver;
pub use live::{LineKind, Session, SessionLine};
pub use machine::{Machine, MachineError, Returned};
pub use sim::SimMachine;
