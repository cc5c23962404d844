//! What came of a statement.

use crate::kernel::abi::Nanos;
use crate::kernel::syscall::{SysResult, Syscall};
use crate::script::Diagnostic;
use crate::script::ast::Span;

use super::env::Trouble;
use super::expect::Ending;
use super::machine::{MachineError, TaskNumber};

/// What came of one statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Its line, counted from 1.
    pub line: u32,
    /// Its place in the source.
    pub span: Span,
    /// What it did.
    pub act: Act,
    /// All calls that returned during it, in that order; its own call among them.
    pub returns: Vec<CallReturn>,
    /// What is to be complained about.
    pub problems: Vec<Problem>,
}

/// What a statement did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// It made a call.
    Call {
        /// The caller.
        task: TaskNumber,
        /// The call; see [`super::strace::call_text`].
        call: Syscall,
        /// How the call stands after the statement.
        ending: Ending,
    },
    /// A stopped task went on.
    Continue {
        /// The task.
        task: TaskNumber,
        /// How its call stands after the statement.
        ending: Ending,
    },
    /// It looked at what a task got.
    Check {
        /// The task.
        task: TaskNumber,
    },
    /// The clock moved on.
    Advance {
        /// By how much.
        by_ns: Nanos,
    },
    /// It could not be carried out; the problems say why.
    Nothing,
}

/// A call that returned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallReturn {
    /// Whose call.
    pub task: TaskNumber,
    /// The line on which it was made.
    pub line: u32,
    /// The call.
    pub call: Syscall,
    /// What it gave.
    pub result: SysResult,
}

/// An expectation that did not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The expectation's place; the statement's if it has none.
    pub span: Span,
    /// What the scenario says.
    pub expected: String,
    /// What the machine gave.
    pub got: String,
}

/// Something to be complained about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// An expectation did not hold.
    Failure(Failure),
    /// It did not hold, but the machine lets woken tasks run in any order and a race may explain
    /// it; no failure.
    EitherOrder {
        /// What did not hold.
        failure: Failure,
        /// The line that woke several tasks.
        since: u32,
    },
    /// The scenario is wrong.
    Error(Diagnostic),
    /// The statement needs what did not come about earlier.
    Missing(Diagnostic),
    /// The machine gave up; the run is over.
    Machine {
        /// The statement's place.
        span: Span,
        /// Why.
        error: MachineError,
    },
}

impl From<Trouble> for Problem {
    fn from(trouble: Trouble) -> Problem {
        match trouble {
            Trouble::Error(diagnostic) => Problem::Error(diagnostic),
            Trouble::Missing(diagnostic) => Problem::Missing(diagnostic),
        }
    }
}
