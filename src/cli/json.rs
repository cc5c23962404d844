//! The run as JSON, an object a line, each with its `type`.

use serde_json::{Value, json};

use crate::kernel::syscall::SysResult;
use crate::script::Diagnostic;
use crate::session::expect::Ending;
use crate::session::outcome::{Act, Outcome, Problem};
use crate::session::strace::{call_text, result_text};

use super::Verdict;
use super::compare::Disagreement;
use super::run::{Scenario, Step};

/// The lines of a statement: what it did, what returned, the trace, what is to be complained about.
pub(super) fn step(
    scenario: &Scenario,
    on: &'static str,
    names: &[String],
    step: &Step,
) -> Vec<String> {
    let Step { outcome, trace } = step;
    let mut objects: Vec<Value> = act(outcome, names).into_iter().collect();
    objects.extend(outcome.returns.iter().map(|back| {
        let mut object = json!({
            "type": "return", "task": names[back.task], "call": call_text(&back.call),
            "called_on_line": back.line,
        });
        merge(&mut object, result(&back.result));
        object
    }));
    let told = |event: &Value| json!({ "type": "trace", "event": event });
    objects.extend(trace.iter().map(told));
    objects.extend(outcome.problems.iter().map(|problem| complaint(scenario, problem)));
    for object in &mut objects {
        merge(object, json!({ "file": scenario.path, "line": outcome.line, "on": on }));
    }
    objects.iter().map(Value::to_string).collect()
}

fn act(outcome: &Outcome, names: &[String]) -> Option<Value> {
    Some(match &outcome.act {
        Act::Call { task, call, ending } => json!({
            "type": "call", "task": names[*task], "call": call_text(call), "state": state(ending),
        }),
        Act::Continue { task, ending } => json!({
            "type": "continue", "task": names[*task], "state": state(ending),
        }),
        Act::Advance { by_ns } => json!({ "type": "advance", "by_ns": by_ns }),
        Act::Check { .. } | Act::Nothing => return None,
    })
}

fn state(ending: &Ending) -> &'static str {
    match ending {
        Ending::Returned(_) => "returned",
        Ending::Blocked => "blocked",
        Ending::Stopped => "stopped",
    }
}

fn result(result: &SysResult) -> Value {
    let text = result_text(result);
    match result {
        Ok(reply) => json!({ "result": text, "reply": reply }),
        Err(errno) => json!({ "result": text, "errno": errno.number() }),
    }
}

fn complaint(scenario: &Scenario, problem: &Problem) -> Value {
    match problem {
        Problem::Failure(failure) => {
            json!({ "type": "failure", "expected": failure.expected, "got": failure.got })
        }
        Problem::EitherOrder { failure, since } => json!({
            "type": "either-order", "expected": failure.expected, "got": failure.got,
            "since_line": since,
        }),
        Problem::Error(diagnostic) => error("error", scenario, diagnostic),
        Problem::Missing(diagnostic) => error("left-out", scenario, diagnostic),
        Problem::Machine { error, .. } => {
            json!({ "type": "machine-error", "message": error.to_string() })
        }
    }
}

fn error(kind: &str, scenario: &Scenario, diagnostic: &Diagnostic) -> Value {
    let (line, column) = diagnostic.line_column(&scenario.source);
    json!({
        "type": kind, "file": scenario.path, "line": line, "column": column,
        "message": diagnostic.message, "expected": diagnostic.expected,
    })
}

/// What is wrong with a scenario that could not be read.
pub(super) fn diagnostic(scenario: &Scenario, diagnostic: &Diagnostic) -> String {
    error("error", scenario, diagnostic).to_string()
}

/// Something to know about a file.
pub(super) fn note(scenario: &Scenario, text: &str) -> String {
    json!({ "type": "note", "file": scenario.path, "message": text }).to_string()
}

/// Both sides of a statement on which the machines disagree.
pub(super) fn disagreement(scenario: &Scenario, disagreement: &Disagreement) -> String {
    let Disagreement { line, sides, either_order_since } = disagreement;
    let [sim, linux] = sides;
    json!({
        "type": "disagreement", "file": scenario.path, "line": line, "sim": sim, "linux": linux,
        "either_order_since_line": either_order_since,
    })
    .to_string()
}

/// The end of a file.
pub(super) fn end(scenario: &Scenario, verdict: Verdict) -> String {
    let verdict = match verdict {
        Verdict::Passed => "passed",
        Verdict::Failed => "failed",
        Verdict::Wrong => "wrong",
        Verdict::Impossible => "impossible",
    };
    json!({ "type": "end", "file": scenario.path, "verdict": verdict }).to_string()
}

/// The end of all.
pub(super) fn summary(passed: usize, failed: usize) -> String {
    json!({ "type": "summary", "passed": passed, "failed": failed }).to_string()
}

fn merge(object: &mut Value, more: Value) {
    if let (Value::Object(object), Value::Object(more)) = (object, more) {
        object.extend(more);
    }
}
