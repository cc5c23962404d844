//! `cargo xtask check`: formatting and lints, for both targets.

use anyhow::Result;
use xshell::cmd;

use crate::project::Project;
use crate::tools::{self, WasmTarget};

/// Brings the wasm target, then checks.
pub(crate) fn run(project: &Project) -> Result<()> {
    tools::ensure_all(project, &[&WasmTarget])?;
    fmt(project)?;
    clippy(project)
}

/// Fails when a file is not as rustfmt would write it.
pub(crate) fn fmt(project: &Project) -> Result<()> {
    project.run(cmd!(project.shell, "cargo fmt --all --check"))
}

/// Fails on any lint: the whole workspace natively, then what becomes the page.
pub(crate) fn clippy(project: &Project) -> Result<()> {
    let shell = &project.shell;
    let locked = project.locked();
    project.run(cmd!(
        shell,
        "cargo clippy --workspace --all-targets {locked...} -- --deny warnings"
    ))?;
    project.run(cmd!(
        shell,
        "cargo clippy --target wasm32-unknown-unknown --lib --bins --tests {locked...}
         -- --deny warnings"
    ))
}
