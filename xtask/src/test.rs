//! `cargo xtask test`: everything that is tested, in the order in which it fails soonest.

use std::net::{Ipv4Addr, TcpListener};
use std::time::{Duration, Instant};

use anyhow::{Result, bail, ensure};
use clap::ValueEnum;
use xshell::cmd;

use crate::project::Project;
use crate::tools::{self, Chromium, Packages, Tool, Trunk, WasmBindgen, WasmOpt, WasmTarget};
use crate::{build, check, size};

/// Options of `test`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Run only these steps.
    #[arg(long, value_delimiter = ',', value_name = "STEP")]
    only: Vec<Step>,
    /// Handed on to the program of the one step that is named: a filter, for instance.
    #[arg(last = true, requires = "only")]
    rest: Vec<String>,
}

/// The parts of the tests, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Step {
    /// Every file is as rustfmt writes it.
    Fmt,
    /// No lint, natively and for wasm32.
    Clippy,
    /// The tests that run on this machine.
    Native,
    /// The tests that run as wasm in headless Chromium.
    Wasm,
    /// The release site, within its budget.
    Build,
    /// The release site from end to end, in headless Chromium.
    E2e,
}

impl Step {
    fn name(self) -> String {
        format!("{self:?}").to_lowercase()
    }

    fn about(self) -> &'static str {
        match self {
            Step::Fmt => "formatting",
            Step::Clippy => "lints, natively and for wasm32, and the types of TypeScript",
            Step::Native => "tests on this machine",
            Step::Wasm => "tests as wasm in headless Chromium",
            Step::Build => "the release site, within its budget",
            Step::E2e => "the release site from end to end, in headless Chromium",
        }
    }

    fn tools(self) -> &'static [&'static dyn Tool] {
        match self {
            Step::Fmt | Step::Native => &[],
            Step::Clippy => &[&WasmTarget, &Packages],
            Step::Wasm => &[&WasmTarget, &WasmBindgen, &Chromium],
            Step::Build => build::TOOLS,
            Step::E2e => &[&WasmTarget, &Trunk, &WasmBindgen, &WasmOpt, &Packages, &Chromium],
        }
    }

    fn run(self, project: &Project, rest: &[String]) -> Result<()> {
        let takes_more = matches!(self, Step::Native | Step::Wasm | Step::E2e);
        ensure!(takes_more || rest.is_empty(), "step {} takes nothing after --", self.name());
        match self {
            Step::Fmt => check::fmt(project),
            Step::Clippy => check::clippy(project),
            Step::Native => native(project, rest),
            Step::Wasm => wasm(project, rest),
            Step::Build => build::site(project).and_then(|()| size::run(project)),
            Step::E2e => e2e(project, rest),
        }
    }
}

/// Brings the tools of all steps, then runs one step after the other until one fails.
pub(crate) fn run(project: &Project, args: &Args) -> Result<()> {
    ensure!(args.rest.is_empty() || args.only.len() == 1, "name one step to hand arguments to");
    let mut steps = Step::value_variants().to_vec();
    steps.retain(|step| args.only.is_empty() || args.only.contains(step));

    println!("Set-up");
    let mut needed: Vec<&dyn Tool> = Vec::new();
    let mut titles = Vec::new();
    for tool in steps.iter().flat_map(|step| step.tools()) {
        let title = tool.title(project)?;
        if !titles.contains(&title) {
            titles.push(title);
            needed.push(*tool);
        }
    }
    tools::ensure_all(project, &needed)?;

    let mut times = Vec::new();
    for (index, step) in steps.iter().enumerate() {
        println!("\n[{}/{}] {}: {}", index + 1, steps.len(), step.name(), step.about());
        let start = Instant::now();
        let result = step.run(project, &args.rest);
        times.push((*step, start.elapsed()));
        if let Err(error) = result {
            println!("\nFailed: {}", step.name());
            print_times(&times);
            let name = step.name();
            bail!("{error:#}\n\nTo run only this step again: cargo xtask test --only {name}");
        }
    }
    println!("\nAll passed");
    print_times(&times);
    Ok(())
}

fn print_times(times: &[(Step, Duration)]) {
    for (step, time) in times {
        println!("  {:<8} {:>7.1} s", step.name(), time.as_secs_f64());
    }
    let total: Duration = times.iter().map(|(_, time)| time).sum();
    println!("  {:<8} {:>7.1} s", "total", total.as_secs_f64());
}

fn native(project: &Project, rest: &[String]) -> Result<()> {
    let locked = project.locked();
    project.run(cmd!(project.shell, "cargo test --workspace {locked...} -- {rest...}"))
}

fn wasm(project: &Project, rest: &[String]) -> Result<()> {
    // What the traces must be: `tests/determinism.rs` writes it down on this machine first.
    let locked = project.locked();
    project.run(cmd!(project.shell, "cargo test {locked...} --test determinism"))?;
    let hashes = project.shell.read_file("target/tmp/trace-hashes.txt")?;
    // Chromium's options are in webdriver.json. The time limit is for a whole test binary.
    project.run(
        cmd!(
            project.shell,
            "cargo test --target wasm32-unknown-unknown --lib --tests {locked...} -- {rest...}"
        )
        .env("EPOLL_TRACE_HASHES", hashes)
        .env("WASM_BINDGEN_TEST_TIMEOUT", "300"),
    )
}

fn e2e(project: &Project, rest: &[String]) -> Result<()> {
    if build::is_stale(project) {
        println!("The site in dist/ is older than what it is made of: building it first.");
        build::site(project)?;
    }
    // Bound and let go again: a port that nobody else has just now.
    let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port().to_string();
    project.run(cmd!(project.shell, "playwright test {rest...}").env("E2E_PORT", port))
}
