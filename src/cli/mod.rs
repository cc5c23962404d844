//! The command-line tool: runs scenarios in the simulator, on the real kernel, or on both.
//!
//! Exit status: 0 every expectation held; 1 some did not, a run had to be given up, or the two
//! machines disagree; 2 a scenario could not be read or is wrong; 3 the machine that was asked for
//! can not be had here. Of several the greatest counts. Scenarios that follow a bad one still run.

#![forbid(unsafe_code)]

mod compare;
mod json;
mod machines;
mod output;
mod report;
mod run;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

use output::Output;
use run::Session;

#[derive(Debug, Parser)]
#[command(
    name = "epoll-playground",
    version,
    about = "Runs scenarios of system calls around epoll"
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Runs scenarios and prints their calls as they are made, as `strace -f` would.
    Run(RunArguments),
}

#[derive(Debug, clap::Args)]
struct RunArguments {
    /// The scenarios; `-` is standard input.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<OsString>,
    /// Where to run them.
    #[arg(long, value_enum, default_value_t = On::Sim)]
    on: On,
    /// Prints failures and the summary only.
    #[arg(long)]
    quiet: bool,
    /// Prints JSON lines: every call, result and trace event.
    #[arg(long, conflicts_with = "quiet")]
    json: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum On {
    /// The simulated kernel.
    Sim,
    /// The real kernel, with real threads and descriptors.
    Linux,
    /// Both, compared call by call.
    Both,
}

/// What is printed, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    /// Calls, failures, summary.
    Full,
    /// Failures and summary.
    Quiet,
    /// JSON lines.
    Json,
}

/// What came of a file, or of all; the greater is the graver.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Verdict {
    Passed,
    Failed,
    Wrong,
    Impossible,
}

/// Runs the tool with the arguments of this process.
pub fn main() -> ExitCode {
    let arguments = Arguments::try_parse().unwrap_or_else(|error| error.exit());
    let Command::Run(arguments) = arguments.command;
    let style = match arguments {
        RunArguments { json: true, .. } => Style::Json,
        RunArguments { quiet: true, .. } => Style::Quiet,
        _ => Style::Full,
    };
    let mut session = Session::new(Output::standard(), style, arguments.on);
    ExitCode::from(session.run_all(&arguments.files) as u8)
}

#[cfg(test)]
mod tests;
