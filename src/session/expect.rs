//! What a call gave against what the scenario says it must give.

use crate::kernel::abi::{EpollEvent, Errno, Events, Fd, PollFd};
use crate::kernel::syscall::{Reply, SysResult};
use crate::script::Diagnostic;
use crate::script::ast::{Expected, Span, Spanned, Term, Value};
use crate::tr;

use super::env::{Env, Trouble};
use super::lower::from_to;
use super::strace::result_text;

/// How a call stands when its expectation is looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// It returned.
    Returned(SysResult),
    /// It has not returned.
    Blocked,
    /// It has not returned, and was asked to stop at a preemption point. It may have blocked on
    /// its way there.
    Stopped,
}

/// An expectation that did not hold, both sides as one writes them in a scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch {
    /// What the scenario says.
    pub expected: String,
    /// What the machine gave.
    pub got: String,
}

/// An expected value with all names replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Wanted {
    Number(i128),
    Error(Errno),
    Bytes(Vec<u8>),
    Numbers(Vec<i128>),
    Events(Vec<EpollEvent>),
    /// `{[r…], [w…], [e…]}`: what `select` leaves.
    Sets([Vec<i128>; 3]),
    /// `{usecs, budget, prefer}`
    Params([i128; 3]),
    /// `[]`: no events.
    Empty,
}

/// Compares. `Ok(None)` if the expectation holds; troubles if it says nothing that a call can give.
pub fn judge(
    expected: &Expected,
    span: &Span,
    ending: &Ending,
    env: &Env,
) -> Result<Option<Mismatch>, Vec<Trouble>> {
    let mismatch = |expected| Ok(Some(Mismatch { expected, got: ending_text(ending, None) }));
    let value = match (expected, ending) {
        (Expected::Anything, _) => return Ok(None),
        (Expected::Blocks, Ending::Blocked | Ending::Stopped) => return Ok(None),
        (Expected::Blocks, Ending::Returned(_)) => return mismatch("blocks".to_owned()),
        (Expected::Value(value), _) => value,
    };
    let wanted = resolve(value, span, env)?;
    match ending {
        Ending::Returned(result) if agrees(&wanted, result) => Ok(None),
        _ => {
            let expected = match (&wanted, ending) {
                (Wanted::Events(wanted), Ending::Returned(Ok(Reply::Polled(_)))) => {
                    Reply::Polled(pollfds(wanted)).to_string()
                }
                _ => wanted_text(&wanted, value, env),
            };
            Ok(Some(Mismatch { expected, got: ending_text(ending, Some(&wanted)) }))
        }
    }
}

/// What must hold for a call without `->`: no error and no block.
pub fn judge_unwritten(ending: &Ending) -> Option<Mismatch> {
    match ending {
        Ending::Returned(Ok(_)) | Ending::Stopped => None,
        Ending::Returned(Err(_)) | Ending::Blocked => {
            Some(Mismatch { expected: tr!("script-must-succeed"), got: ending_text(ending, None) })
        }
    }
}

fn agrees(wanted: &Wanted, result: &SysResult) -> bool {
    match (wanted, result) {
        (Wanted::Error(wanted), Err(errno)) => wanted == errno,
        (_, Err(_)) | (Wanted::Error(_), Ok(_)) => false,
        (Wanted::Number(wanted), Ok(reply)) => number_of(reply) == Some(*wanted),
        (Wanted::Bytes(wanted), Ok(Reply::Bytes(bytes))) => wanted == bytes,
        (Wanted::Numbers(wanted), Ok(Reply::Fds(a, b))) => {
            wanted.as_slice() == [i128::from(*a), i128::from(*b)]
        }
        (Wanted::Events(wanted), Ok(Reply::Events(events))) => wanted == events,
        (Wanted::Params(wanted), Ok(Reply::Params(params))) => {
            *wanted == [params.usecs.into(), params.budget.into(), params.prefer.into()]
        }
        (Wanted::Empty, Ok(Reply::Events(events))) => events.is_empty(),
        (Wanted::Events(wanted), Ok(Reply::Polled(fds))) => pollfds(wanted) == *fds,
        (Wanted::Empty, Ok(Reply::Polled(fds))) => fds.is_empty(),
        (Wanted::Sets(wanted), Ok(Reply::Selected(sets))) => {
            let numbers = |set: &Vec<Fd>| set.iter().map(|fd| i128::from(*fd)).collect::<Vec<_>>();
            *wanted == sets.each_ref().map(numbers)
        }
        _ => false,
    }
}

/// The number that C returns, or that a read of a counter gives; none for a pair of descriptors.
pub fn number_of(reply: &Reply) -> Option<i128> {
    match reply {
        Reply::Int(number) => Some((*number).into()),
        Reply::Fds(..) => None,
        Reply::Bytes(bytes) => i128::try_from(bytes.len()).ok(),
        Reply::Counter(number) => Some((*number).into()),
        Reply::Params(_) => Some(0),
        Reply::Events(events) => i128::try_from(events.len()).ok(),
        Reply::Polled(fds) => i128::try_from(fds.len()).ok(),
        Reply::Selected(sets) => i128::try_from(sets.iter().map(Vec::len).sum::<usize>()).ok(),
    }
}

fn resolve(value: &Value, span: &Span, env: &Env) -> Result<Wanted, Vec<Trouble>> {
    match value {
        Value::Or(terms) => match terms.as_slice() {
            [Spanned { node: Term::Name(name), .. }] if Errno::from_name(name).is_some() => {
                Ok(Errno::from_name(name).map_or(Wanted::Empty, Wanted::Error))
            }
            terms => env.eval(terms).map(Wanted::Number).map_err(|trouble| vec![trouble]),
        },
        Value::Bytes(bytes) => Ok(Wanted::Bytes(bytes.clone())),
        Value::List(parts) => resolve_list(parts, env),
        Value::Braces(parts) if let [a @ Spanned { node: Value::Or(_), .. }, b, c] = &parts[..] => {
            let number = |part| number(part, env).map_err(|trouble| vec![trouble]);
            Ok(Wanted::Params([number(a)?, number(b)?, number(c)?]))
        }
        Value::Braces(parts) if parts.len() == 3 => resolve_sets(parts, env),
        Value::Braces(_) | Value::Duration(_) | Value::Null => {
            Err(vec![Trouble::Error(Diagnostic::new(
                span.clone(),
                tr!("script-no-call-gives"),
                tr!("script-what-calls-give"),
            ))])
        }
    }
}

/// `{mask, data}` read as `{fd, revents}`: both are a number that fits 32 bits, and another one.
fn pollfds(events: &[EpollEvent]) -> Vec<PollFd> {
    let pollfd = |event: &EpollEvent| PollFd {
        fd: event.events.bits().cast_signed(),
        events: Events::from_bits_retain(u32::try_from(event.data).unwrap_or(u32::MAX)),
    };
    events.iter().map(pollfd).collect()
}

/// The three sets of a `select`.
fn resolve_sets(parts: &[Spanned<Value>], env: &Env) -> Result<Wanted, Vec<Trouble>> {
    let mut troubles = Vec::new();
    let mut sets = [const { Vec::new() }; 3];
    for (set, part) in sets.iter_mut().zip(parts) {
        match &part.node {
            Value::List(fds) => {
                *set = keep(fds.iter().map(|fd| number(fd, env)), &mut troubles);
            }
            _ => troubles.push(error(
                part,
                tr!("script-no-set"),
                tr!("script-a-list", list = "[rd, 5]"),
            )),
        }
    }
    if troubles.is_empty() { Ok(Wanted::Sets(sets)) } else { Err(troubles) }
}

/// A list of events or a pair of descriptors, by its first element.
fn resolve_list(parts: &[Spanned<Value>], env: &Env) -> Result<Wanted, Vec<Trouble>> {
    let mut troubles = Vec::new();
    let wanted = match parts.first().map(|part| &part.node) {
        None => Wanted::Empty,
        Some(Value::Or(_)) => {
            Wanted::Numbers(keep(parts.iter().map(|part| number(part, env)), &mut troubles))
        }
        Some(_) => Wanted::Events(keep(parts.iter().map(|part| event(part, env)), &mut troubles)),
    };
    if troubles.is_empty() { Ok(wanted) } else { Err(troubles) }
}

fn keep<T>(
    results: impl Iterator<Item = Result<T, Trouble>>,
    troubles: &mut Vec<Trouble>,
) -> Vec<T> {
    results.filter_map(|result| result.map_err(|trouble| troubles.push(trouble)).ok()).collect()
}

fn number(value: &Spanned<Value>, env: &Env) -> Result<i128, Trouble> {
    match &value.node {
        Value::Or(terms) => env.eval(terms),
        _ => Err(error(value, tr!("script-no-number"), tr!("script-number-as-first"))),
    }
}

fn event(value: &Spanned<Value>, env: &Env) -> Result<EpollEvent, Trouble> {
    let parts = match &value.node {
        Value::Braces(parts) => parts.as_slice(),
        _ => {
            return Err(error(
                value,
                tr!("script-no-event"),
                tr!("script-an-event", event = "{EPOLLIN, 7}"),
            ));
        }
    };
    let [mask, data] = parts else {
        let message = match parts.len() {
            1 => tr!("script-event-needs-data"),
            _ => tr!("script-event-two-parts"),
        };
        let expected = tr!("script-event-form", form = "{mask, data}", event = "{EPOLLIN, 7}");
        return Err(error(value, message, expected));
    };
    let events = u32::try_from(number(mask, env)?)
        .map_err(|_| error(mask, tr!("script-no-mask"), from_to(0, "0xffffffff")))?;
    let data = u64::try_from(number(data, env)?)
        .map_err(|_| error(data, tr!("script-no-data"), tr!("script-unsigned")))?;
    Ok(EpollEvent { events: Events::from_bits_retain(events), data })
}

fn error(value: &Spanned<Value>, message: String, expected: String) -> Trouble {
    Trouble::Error(Diagnostic::new(value.span.clone(), message, expected))
}

/// As written, but with values in the place of variables.
fn wanted_text(wanted: &Wanted, written: &Value, env: &Env) -> String {
    let has_variable = |terms: &[Spanned<Term>]| {
        terms.iter().any(|term| matches!(&term.node, Term::Name(name) if env.is_variable(name)))
    };
    match (wanted, written) {
        (Wanted::Number(number), Value::Or(terms)) if has_variable(terms) => number.to_string(),
        (Wanted::Events(events), _) => Reply::Events(events.clone()).to_string(),
        (Wanted::Sets(sets), _) => {
            let fd = |fd: &i128| Fd::try_from(*fd).unwrap_or(Fd::MAX);
            let sets = sets.each_ref().map(|set| set.iter().map(fd).collect());
            Reply::Selected(Box::new(sets)).to_string()
        }
        (Wanted::Params([a, b, c]), _) => format!("{{{a}, {b}, {c}}}"),
        (Wanted::Numbers(numbers), _) => {
            let numbers: Vec<_> = numbers.iter().map(i128::to_string).collect();
            format!("[{}]", numbers.join(", "))
        }
        _ => written.to_string(),
    }
}

/// Long contents are given in full only if contents were asked for, so that the difference shows.
fn ending_text(ending: &Ending, wanted: Option<&Wanted>) -> String {
    match (ending, wanted) {
        (Ending::Blocked, _) => "blocks".to_owned(),
        (Ending::Stopped, _) => tr!("script-blocks-or-stopped"),
        (Ending::Returned(Ok(Reply::Bytes(bytes))), Some(Wanted::Bytes(_))) => {
            Value::Bytes(bytes.clone()).to_string()
        }
        (Ending::Returned(Ok(Reply::Bytes(bytes))), Some(Wanted::Number(_))) => {
            bytes.len().to_string()
        }
        (Ending::Returned(result), _) => result_text(result),
    }
}

#[cfg(test)]
mod tests;
