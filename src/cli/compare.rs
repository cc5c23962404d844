//! The same scenario on both machines: where they do not do the same.

use crate::kernel::syscall::{Reply, SysResult};
use crate::session::expect::Ending;
use crate::session::outcome::{Act, Outcome, Problem};
use crate::session::strace::result_text;

use super::run::{Run, Scenario};

/// A statement of which the machines made different things.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Disagreement {
    /// The statement's line.
    pub(super) line: u32,
    /// What the simulator and the real kernel made of it.
    pub(super) sides: [String; 2],
    /// The line that woke several tasks, if the order of these may explain it.
    pub(super) either_order_since: Option<u32>,
}

impl Disagreement {
    /// For a person.
    pub(super) fn text(&self, scenario: &Scenario) -> String {
        let Disagreement { line, sides: [sim, linux], either_order_since } = self;
        let what = match either_order_since {
            Some(since) => format!("either order (line {since} woke several tasks)"),
            None => "the machines disagree".to_owned(),
        };
        let (path, text) = (&scenario.path, scenario.line(*line));
        format!("{path}:{line}: {what}\n    {text}\n       sim: {sim}\n     linux: {linux}")
    }
}

/// Compares call by call what returned with what and who is blocked, as far as both machines got;
/// a machine that gave up has said so.
pub(super) fn compare(simulated: &Run, real: &Run) -> Vec<Disagreement> {
    let raced_since = real.raced_since.or(simulated.raced_since);
    let has_result = |outcome: &Outcome| {
        !outcome.problems.iter().any(|problem| matches!(problem, Problem::Machine { .. }))
    };
    let steps = simulated.steps.iter().zip(&real.steps);
    let outcomes = steps.map(|(simulated, real)| (&simulated.outcome, &real.outcome));
    outcomes
        .take_while(|(simulated, real)| has_result(simulated) && has_result(real))
        .map(|(simulated_outcome, real_outcome)| {
            let line = simulated_outcome.line;
            let mut sides =
                [summary(simulated_outcome, &simulated.names), summary(real_outcome, &real.names)];
            if sides[0] == sides[1] && !is_same(simulated_outcome, real_outcome) {
                // What is long is printed only in part.
                let outcomes = [simulated_outcome, real_outcome];
                for (side, outcome) in sides.iter_mut().zip(outcomes) {
                    *side += &format!(" ({} bytes, and not the same)", bytes_of(outcome));
                }
            }
            let either_order_since = raced_since.filter(|since| *since <= line);
            let is_same = is_same(simulated_outcome, real_outcome);
            (is_same, Disagreement { line, sides, either_order_since })
        })
        .filter(|(is_same, disagreement)| {
            !is_same || disagreement.sides[0] != disagreement.sides[1]
        })
        .map(|(_, disagreement)| disagreement)
        .collect()
}

/// Whether the same calls returned with the same, in the same order, to the last byte.
fn is_same(simulated: &Outcome, real: &Outcome) -> bool {
    let results = |outcome: &Outcome| {
        let back = outcome.returns.iter().map(|back| (back.task, back.result.clone()));
        back.collect::<Vec<_>>()
    };
    results(simulated) == results(real)
}

/// How many bytes the calls read that returned.
fn bytes_of(outcome: &Outcome) -> usize {
    let read = |result: &SysResult| match result {
        Ok(Reply::Bytes(bytes)) => bytes.len(),
        _ => 0,
    };
    outcome.returns.iter().map(|back| read(&back.result)).sum()
}

/// What a statement made happen, as one line.
fn summary(outcome: &Outcome, names: &[String]) -> String {
    let back = outcome.returns.iter();
    let mut parts: Vec<String> = back
        .map(|back| {
            format!("{} {} = {}", names[back.task], back.call.name(), result_text(&back.result))
        })
        .collect();
    match &outcome.act {
        Act::Call { task, ending, .. } | Act::Continue { task, ending } => match ending {
            Ending::Blocked => parts.push(format!("{} blocks", names[*task])),
            Ending::Stopped => parts.push(format!("{} stops", names[*task])),
            Ending::Returned(_) => {}
        },
        Act::Nothing => parts.push("could not be carried out".to_owned()),
        Act::Check { .. } | Act::Advance { .. } => {}
    }
    if parts.is_empty() { "nothing returns".to_owned() } else { parts.join(", ") }
}
