//! `cargo xtask fuzz`: long random runs of what `cargo xtask test` does in small.

use anyhow::{Result, ensure};
use xshell::cmd;

use crate::project::Project;

/// Options of `fuzz`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// How long.
    #[arg(long, default_value_t = 5)]
    minutes: u32,
    /// Begins with this seed; a run prints its own.
    #[arg(long)]
    seed: Option<u64>,
    /// Broken and strange scenarios in the simulator instead: none may panic or go on for ever.
    #[arg(long)]
    robust: bool,
}

/// Runs the long test, optimised. What it finds is in target/fuzz.
pub(crate) fn run(project: &Project, args: &Args) -> Result<()> {
    ensure!(args.minutes > 0, "--minutes 0 is over before it begins");
    let test = match args.robust {
        true => "session::robust::long_run",
        false => "linux::differential::long_run",
    };
    let locked = project.locked();
    let mut command = cmd!(
        project.shell,
        "cargo test --profile long --lib {locked...} -- --ignored --exact --nocapture {test}"
    )
    .env("EPOLL_FUZZ_MINUTES", args.minutes.to_string())
    .env("EPOLL_FUZZ_FOLDER", project.root.join("target/fuzz"));
    if let Some(seed) = args.seed {
        command = command.env("EPOLL_SEED", seed.to_string());
    }
    project.run(command)
}
