//! The project's chores, one file a verb: `cargo xtask help` lists them.
//!
//! Every check of the project is a verb or a step of one; what runs elsewhere only calls them.

#![forbid(unsafe_code)]

mod project;
mod tools;

mod agreement;
mod bench;
mod bench_page;
mod build;
mod bundle;
mod check;
mod fuzz;
mod notices;
mod serve;
mod size;
mod test;

use std::process::ExitCode;

use clap::Parser;

use crate::project::Project;

/// The chores of epoll-playground. Each brings the tools that it needs and says what it does.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
enum Verb {
    /// Build the page, serve it and rebuild it on every change.
    Serve(serve::Args),
    /// Build the release site into dist/ and weigh it.
    Build,
    /// Bundle the page's TypeScript; trunk calls this while it builds the page.
    Bundle,
    /// Run all tests: formatting, lints, native, wasm in a browser, the site from end to end.
    Test(test::Args),
    /// Formatting and lints only: quick, before each commit.
    Check,
    /// Weigh the release site that is in dist/.
    Size,
    /// Run all scenarios on both kernels and write docs/agreement.md.
    Agreement,
    /// Measure speed and memory, and write the tables into README.md.
    Bench,
    /// Measure the page with many descriptors in Chromium, and write the table into README.md.
    BenchPage,
    /// Compare both kernels on random scenarios, or try to break the simulator, for as long as you say.
    Fuzz(fuzz::Args),
}

fn main() -> ExitCode {
    let verb = Verb::parse();
    let done = Project::open().and_then(|project| match verb {
        Verb::Serve(args) => serve::run(&project, &args),
        Verb::Build => build::run(&project),
        Verb::Bundle => bundle::run(&project),
        Verb::Test(args) => test::run(&project, &args),
        Verb::Check => check::run(&project),
        Verb::Size => size::run(&project),
        Verb::Agreement => agreement::run(&project),
        Verb::Bench => bench::run(&project),
        Verb::BenchPage => bench_page::run(&project),
        Verb::Fuzz(args) => fuzz::run(&project, &args),
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}
