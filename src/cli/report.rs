//! What is printed of a statement: its calls in the manner of `strace -f`, then its problems.

use crate::script::Diagnostic;
use crate::script::ast::Duration;
use crate::session::MachineError;
use crate::session::machine::TaskNumber;
use crate::session::outcome::{Act, CallReturn, Failure, Outcome, Problem};
use crate::session::strace::{call_text, result_text};

use super::Style;
use super::json;
use super::output::Output;
use super::run::{Scenario, Step};

/// Prints the statements of one run.
pub(super) struct Reporter<'a> {
    pub(super) scenario: &'a Scenario,
    pub(super) style: Style,
    /// The machine's name.
    pub(super) on: &'static str,
    /// Whether that name is printed.
    pub(super) names_machine: bool,
}

impl Reporter<'_> {
    /// Prints one statement; `names` are those of the tasks by number.
    pub(super) fn step(&self, output: &mut Output, names: &[String], step: &Step) {
        let lines = match self.style {
            Style::Json => json::step(self.scenario, self.on, names, step),
            Style::Quiet => Vec::new(),
            Style::Full if self.names_machine => call_lines(&step.outcome, names)
                .into_iter()
                .map(|line| format!("{:6}{line}", self.on))
                .collect(),
            Style::Full => call_lines(&step.outcome, names),
        };
        lines.iter().for_each(|line| output.line(line));
        if self.style != Style::Json {
            let problems = &step.outcome.problems;
            problems.iter().for_each(|problem| self.problem(output, step.outcome.line, problem));
        }
    }

    fn problem(&self, output: &mut Output, line: u32, problem: &Problem) {
        match problem {
            Problem::Failure(failure) => {
                output.line(&self.failure_text(line, "expectation failed", failure));
            }
            Problem::EitherOrder { failure, since } => {
                let what = format!("either order (line {since} woke several tasks)");
                output.line(&self.failure_text(line, &what, failure));
            }
            Problem::Error(diagnostic) => self.diagnose(output, diagnostic.clone()),
            Problem::Missing(diagnostic) => {
                let message = format!("left out: {}", diagnostic.message);
                self.diagnose(output, Diagnostic { message, ..diagnostic.clone() });
            }
            Problem::Machine { span, error } => {
                let message = match error {
                    MachineError::Unsupported(what) => what.clone(),
                    error => format!("the run ends here: {error}"),
                };
                self.diagnose(output, Diagnostic::new(span.clone(), message, ""));
            }
        }
    }

    fn diagnose(&self, output: &mut Output, diagnostic: Diagnostic) {
        output.diagnose(&self.scenario.path, &self.scenario.source, &[diagnostic]);
    }

    fn failure_text(&self, line: u32, what: &str, failure: &Failure) -> String {
        let (path, text) = (&self.scenario.path, self.scenario.line(line));
        let on = if self.names_machine { format!(" on {}", self.on) } else { String::new() };
        let Failure { expected, got, .. } = failure;
        format!("{path}:{line}: {what}{on}\n    {text}\n  expected: {expected}\n       got: {got}")
    }
}

/// The calls of a statement, one a line; a call that others returned during is told in two parts.
pub(super) fn call_lines(outcome: &Outcome, names: &[String]) -> Vec<String> {
    let width = names.iter().map(String::len).max().unwrap_or(0) + 2;
    let line =
        |task: TaskNumber, text: &str| format!("{:width$} {text}", format!("[{}]", names[task]));
    let resumed = |back: &CallReturn| {
        let text = format!("<... {} resumed>) = {}", back.call.name(), result(back));
        line(back.task, &text)
    };
    let mut returns = outcome.returns.as_slice();
    let mut lines = Vec::new();
    match &outcome.act {
        Act::Call { task, call, .. } => {
            let text = call_text(call);
            match returns.split_first() {
                Some((first, rest)) if first.task == *task => {
                    lines.push(line(*task, &format!("{text} = {}", result(first))));
                    returns = rest;
                }
                _ => {
                    let text = text.strip_suffix(')').unwrap_or(&text);
                    lines.push(line(*task, &format!("{text} <unfinished ...>")));
                }
            }
        }
        Act::Continue { task, .. } => lines.push(line(*task, "continue")),
        Act::Advance { by_ns } => lines.push(format!("advance {}", Duration::from_ns(*by_ns))),
        Act::Check { .. } | Act::Nothing => {}
    }
    lines.extend(returns.iter().map(resumed));
    lines
}

fn result(back: &CallReturn) -> String {
    match &back.result {
        Err(errno) => format!("-1 {errno} ({})", errno.text()),
        result => result_text(result),
    }
}
