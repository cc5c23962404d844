//! Runs files: reads them, chooses the machines, judges what came of it.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::{self, Read};

use crate::script::ast::{Content, Script};
use crate::script::{Diagnostic, parse};
use crate::session::outcome::{Outcome, Problem};
use crate::session::{Driver, MachineError};

use super::compare::compare;
use super::json;
use super::machines::{Host, RealKernel, Simulator};
use super::output::Output;
use super::report::Reporter;
use super::{On, Style, Verdict};

/// One use of the tool.
pub(super) struct Session {
    output: Output,
    style: Style,
    on: On,
}

/// A scenario that was read.
pub(super) struct Scenario {
    /// Where it came from.
    pub(super) path: String,
    /// Its text.
    pub(super) source: String,
    script: Script,
}

/// A run that is over.
pub(super) struct Run {
    /// The names of the tasks by number.
    pub(super) names: Vec<String>,
    /// The statements in order.
    pub(super) steps: Vec<Step>,
    /// The line since which woken tasks may have run in another order.
    pub(super) raced_since: Option<u32>,
}

/// A statement that was carried out.
pub(super) struct Step {
    /// What came of it.
    pub(super) outcome: Outcome,
    /// What the machine has to tell about it.
    pub(super) trace: Vec<serde_json::Value>,
}

impl Session {
    pub(super) fn new(output: Output, style: Style, on: On) -> Session {
        Session { output, style, on }
    }

    /// Runs the files one by one and sums up.
    pub(super) fn run_all(&mut self, paths: &[OsString]) -> Verdict {
        let (mut passed, mut failed, mut worst) = (0, 0, Verdict::Passed);
        for path in paths {
            let verdict = match self.read(path) {
                Ok(scenario) => self.run_one(&scenario, paths.len() > 1),
                Err(verdict) => Some(verdict),
            };
            match verdict {
                Some(Verdict::Passed) => passed += 1,
                Some(_) => failed += 1,
                None => {}
            }
            worst = worst.max(verdict.unwrap_or(Verdict::Passed));
            if worst == Verdict::Impossible {
                return worst;
            }
        }
        match self.style {
            Style::Json => self.output.line(&json::summary(passed, failed)),
            _ if paths.len() > 1 => self.output.line(&format!("{passed} passed, {failed} failed")),
            _ => {}
        }
        worst
    }

    fn read(&mut self, path: &OsStr) -> Result<Scenario, Verdict> {
        let name = if path == "-" { "<stdin>".into() } else { path.to_string_lossy() };
        let bytes = if path == "-" {
            let mut bytes = Vec::new();
            io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
        } else {
            fs::read(path)
        };
        let text = bytes.and_then(|bytes| {
            String::from_utf8(bytes).map_err(|error| {
                let at = error.utf8_error().valid_up_to();
                let wrong = error.as_bytes()[at];
                io::Error::other(format!("this is not UTF-8: byte {at} is {wrong:#04x}"))
            })
        });
        let source = text.map_err(|error| {
            self.output.complain(&format!("{name}: {error}"));
            Verdict::Wrong
        })?;
        let (script, diagnostics) = parse(&source);
        let scenario = Scenario { path: name.into_owned(), source, script };
        if diagnostics.is_empty() {
            return Ok(scenario);
        }
        self.diagnose(&scenario, &diagnostics);
        Err(Verdict::Wrong)
    }

    fn diagnose(&mut self, scenario: &Scenario, diagnostics: &[Diagnostic]) {
        if self.style == Style::Json {
            for diagnostic in diagnostics {
                self.output.line(&json::diagnostic(scenario, diagnostic));
            }
        } else {
            self.output.diagnose(&scenario.path, &scenario.source, diagnostics);
        }
    }

    /// Nothing if the scenario does not want to be run where it was asked to.
    fn run_one(&mut self, scenario: &Scenario, is_one_of_several: bool) -> Option<Verdict> {
        if is_one_of_several && self.style == Style::Full {
            self.output.line(&format!("# {}", scenario.heading()));
        }
        let on = match (self.on, scenario.is_sim_only()) {
            (On::Linux, true) => {
                self.note(scenario, "left out: it is for the simulator only");
                return None;
            }
            (On::Both, true) => {
                self.note(scenario, "runs on the simulator only");
                On::Sim
            }
            (on, _) => on,
        };
        let result = match on {
            On::Sim => self.run_on::<Simulator>(scenario).map(|run| verdict(&run)),
            On::Linux => self.run_on::<RealKernel>(scenario).map(|run| verdict(&run)),
            On::Both => self.run_on_both(scenario),
        };
        let verdict = result.unwrap_or_else(|error| {
            self.output.complain(&error.to_string());
            Verdict::Impossible
        });
        if self.style == Style::Json {
            self.output.line(&json::end(scenario, verdict));
        }
        Some(verdict)
    }

    fn run_on_both(&mut self, scenario: &Scenario) -> Result<Verdict, MachineError> {
        let simulated = self.run_on::<Simulator>(scenario)?;
        let real = self.run_on::<RealKernel>(scenario)?;
        let disagreements = compare(&simulated, &real);
        let agree =
            disagreements.iter().all(|disagreement| disagreement.either_order_since.is_some());
        for disagreement in disagreements {
            let text = match self.style {
                Style::Json => json::disagreement(scenario, &disagreement),
                _ => disagreement.text(scenario),
            };
            self.output.line(&text);
        }
        let agreement = if agree { Verdict::Passed } else { Verdict::Failed };
        Ok(verdict(&simulated).max(verdict(&real)).max(agreement))
    }

    /// Runs until the end; a run that was too slow begins anew. Prints the calls as they are made
    /// where there is but one attempt, else at the end.
    fn run_on<H: Host>(&mut self, scenario: &Scenario) -> Result<Run, MachineError> {
        let reporter = Reporter {
            scenario,
            style: self.style,
            on: H::NAME,
            names_machine: self.on == On::Both,
        };
        let as_it_goes = H::ATTEMPTS == 1;
        let mut attempt = 0;
        loop {
            let mut driver = Driver::new(H::start(attempt)?, scenario.script.clone());
            let mut steps = Vec::new();
            while let Some(outcome) = driver.step() {
                let step = Step { outcome, trace: H::take_trace(&mut driver) };
                if as_it_goes {
                    reporter.step(&mut self.output, &names(&driver), &step);
                }
                steps.push(step);
            }
            attempt += 1;
            if attempt < H::ATTEMPTS && steps.last().is_some_and(was_too_slow) {
                continue;
            }
            let names = names(&driver);
            if !as_it_goes {
                steps.iter().for_each(|step| reporter.step(&mut self.output, &names, step));
            }
            let raced_since = driver.raced_since();
            return Ok(Run { names, steps, raced_since });
        }
    }

    fn note(&mut self, scenario: &Scenario, text: &str) {
        match self.style {
            Style::Quiet => {}
            Style::Json => self.output.line(&json::note(scenario, text)),
            Style::Full => self.output.line(&format!("{}: {text}", scenario.path)),
        }
    }
}

impl Scenario {
    /// The line with this number, without white space around it.
    pub(super) fn line(&self, number: u32) -> &str {
        self.source.lines().nth(number as usize - 1).unwrap_or_default().trim()
    }

    fn metadata(&self, wanted: &str) -> Option<&str> {
        self.script.lines.iter().find_map(|line| match &line.content.as_ref()?.node {
            Content::Metadata { key, value } if key == wanted => Some(value.as_str()),
            _ => None,
        })
    }

    fn is_sim_only(&self) -> bool {
        self.metadata("sim-only").is_some_and(|value| value != "false")
    }

    fn heading(&self) -> String {
        match self.metadata("title") {
            Some(title) => format!("{}: {title}", self.path),
            None => self.path.clone(),
        }
    }
}

fn names<M: crate::session::Machine>(driver: &Driver<M>) -> Vec<String> {
    driver.tasks().iter().map(|task| task.name.clone()).collect()
}

fn was_too_slow(step: &Step) -> bool {
    step.outcome
        .problems
        .iter()
        .any(|problem| matches!(problem, Problem::Machine { error: MachineError::TooSlow(_), .. }))
}

/// Scenarios that are wrong count as such even if an expectation failed too.
fn verdict(run: &Run) -> Verdict {
    let problems = run.steps.iter().flat_map(|step| &step.outcome.problems);
    let grave = problems.map(|problem| match problem {
        Problem::EitherOrder { .. } => Verdict::Passed,
        Problem::Failure(_) | Problem::Missing(_) | Problem::Machine { .. } => Verdict::Failed,
        Problem::Error(_) => Verdict::Wrong,
    });
    grave.max().unwrap_or(Verdict::Passed)
}
