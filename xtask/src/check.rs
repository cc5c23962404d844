//! `cargo xtask check`: formatting and lints, for both targets, and the types of the page's TypeScript.

use anyhow::Result;
use xshell::cmd;

use crate::bundle;
use crate::project::Project;
use crate::tools::{self, Packages, WasmTarget};

/// Brings the wasm target, then checks.
pub(crate) fn run(project: &Project) -> Result<()> {
    tools::ensure_all(project, &[&WasmTarget, &Packages])?;
    fmt(project)?;
    clippy(project)
}

/// Fails when a file is not as rustfmt would write it.
pub(crate) fn fmt(project: &Project) -> Result<()> {
    project.run(cmd!(project.shell, "cargo fmt --all --check"))
}

/// Fails on any lint: the page's TypeScript, the whole workspace natively, then what becomes the page.
pub(crate) fn clippy(project: &Project) -> Result<()> {
    bundle::check(project)?;
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
