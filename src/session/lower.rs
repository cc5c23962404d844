//! From a call as written to a call as the kernel takes it.
//!
//! Arguments get C's types, as a C compiler would convert them: `0xffffffff` is a legal `int`.
//! What is wrong with a value of the right type is for the kernel to say.

use std::ops::RangeInclusive;

use crate::kernel::abi::{EpollEvent, Errno, Events, Fd, constant};
use crate::kernel::syscall::{Syscall, WriteData};
use crate::script::Diagnostic;
use crate::script::ast::{Binding, Call, Duration, Span, Spanned, Value};
use crate::tr;

use super::env::{Env, Trouble};
use calls::CALLS;

mod calls;
mod poll;
mod switches;

/// The names of all calls that a scenario may make.
pub fn call_names() -> impl Iterator<Item = &'static str> {
    CALLS.iter().map(|row| row.name)
}

/// The call's parameters, as in `epoll_ctl(ep, op, fd, event)`.
pub fn usage(name: &str) -> Option<String> {
    let row = CALLS.iter().find(|row| row.name == name)?;
    Some(format!("{}({})", row.name, row.params.join(", ")))
}

/// Turns a call as written into a call as the kernel takes it. Says all that is wrong with it.
pub fn lower(call: &Call, env: &Env) -> Result<Syscall, Vec<Trouble>> {
    let Some(row) = CALLS.iter().find(|row| row.name == call.name.node) else {
        let names: Vec<_> = call_names().collect();
        return Err(vec![Trouble::Error(Diagnostic::new(
            call.name.span.clone(),
            tr!("script-no-such-call", call = call.name.node.as_str()),
            tr!("script-one-of", names = names.join(", ")),
        ))]);
    };
    let count = call.args.len();
    let (least, most) = (row.params.len() - row.optional, row.params.len());
    if count < least || count > most {
        let expected = usage(row.name).unwrap_or_default();
        let message = wrong_count(row.name, (least, most), count);
        let span = wrong_count_span(call, most);
        return Err(vec![Trouble::Error(Diagnostic::new(span, message, expected))]);
    }
    let mut args = Args { rest: call.args.iter(), env, troubles: Vec::new() };
    let syscall = (row.build)(&mut args);
    if args.troubles.is_empty() { Ok(syscall) } else { Err(args.troubles) }
}

/// The names that a call's result is bound to.
pub(super) fn names_of(binding: &Binding) -> impl Iterator<Item = &Spanned<String>> {
    let names = match binding {
        Binding::None => [None, None],
        Binding::One(name) => [Some(name), None],
        Binding::Two(first, second) => [Some(first), Some(second)],
    };
    names.into_iter().flatten()
}

/// Whether a name stands for a constant of C, or an error: no variable may hide it.
pub(super) fn is_constant(name: &str) -> bool {
    constant(name).is_some() || Errno::from_name(name).is_some()
}

/// What is wrong with binding the call's result in this way.
pub fn binding_fits(binding: &Binding, call: &Syscall) -> Option<Trouble> {
    if let Some(name) = names_of(binding).find(|name| is_constant(name)) {
        let message = tr!("script-name-of-constant", name = name.node.as_str());
        let diagnostic = Diagnostic::new(name.span.clone(), message, tr!("script-other-name"));
        return Some(Trouble::Error(diagnostic));
    }
    let gives_two = matches!(call, Syscall::Socketpair { .. } | Syscall::Pipe2 { .. });
    let call = call.name();
    let (span, message, expected) = match binding {
        Binding::One(name) if gives_two => {
            (name.span.clone(), tr!("script-gives-two", call = call), "`[a, b] = …`")
        }
        Binding::Two(first, second) if !gives_two => {
            let span = first.span.start..second.span.end;
            (span, tr!("script-gives-one", call = call), "`x = …`")
        }
        _ => return None,
    };
    Some(Trouble::Error(Diagnostic::new(span, message, expected)))
}

fn wrong_count(call: &'static str, (least, most): (usize, usize), count: usize) -> String {
    if least == most {
        tr!("script-takes", call = call, most = most, count = count)
    } else {
        tr!("script-takes-or", call = call, least = least, most = most, count = count)
    }
}

/// The arguments that are too many; the call's name if there are too few.
fn wrong_count_span(call: &Call, most: usize) -> Span {
    match (call.args.get(most), call.args.last()) {
        (Some(first), Some(last)) => first.span.start..last.span.end,
        _ => call.name.span.clone(),
    }
}

/// Hands out the arguments from left to right. One that cannot be converted is complained about
/// and read as 0, so that the others are looked at too.
pub(super) struct Args<'a> {
    pub(super) rest: std::slice::Iter<'a, Spanned<Value>>,
    env: &'a Env,
    troubles: Vec<Trouble>,
}

const I32: RangeInclusive<i128> = i32::MIN as i128..=u32::MAX as i128;
const I64: RangeInclusive<i128> = i64::MIN as i128..=u64::MAX as i128;

impl Args<'_> {
    /// C's `int`.
    pub(super) fn int(&mut self) -> i32 {
        self.uint().cast_signed()
    }

    /// C's `unsigned int`.
    fn uint(&mut self) -> u32 {
        let Some(value) = self.rest.next() else { return 0 };
        self.integer(value, "int", I32) as u32
    }

    /// C's `size_t`.
    fn size(&mut self) -> u64 {
        let Some(value) = self.rest.next() else { return 0 };
        self.integer(value, "size_t", I64) as u64
    }

    /// C's `int timeout` in milliseconds; durations are rounded up, so that none becomes 0.
    fn millis(&mut self) -> i32 {
        let Some(value) = self.rest.next() else { return 0 };
        let Value::Duration(duration) = value.node else {
            return self.integer(value, "int", I32) as u32 as i32;
        };
        i32::try_from(duration.as_ns().div_ceil(1_000_000)).unwrap_or_else(|_| {
            let longest = tr!("script-at-most-plain", most = format!("{}ms", i32::MAX));
            let message = tr!("script-timeout-too-long", duration = duration.to_string());
            self.complain(value, message, longest);
            0
        })
    }

    /// A duration in nanoseconds.
    fn duration(&mut self) -> u64 {
        match self.rest.next() {
            Some(Spanned { node: Value::Duration(duration), .. }) => duration.as_ns(),
            Some(value) => {
                self.complain(value, tr!("script-no-duration"), tr!("script-a-duration"));
                0
            }
            None => 0,
        }
    }

    /// A duration in nanoseconds; 0 needs no unit.
    fn duration_or_zero(&mut self) -> u64 {
        match self.rest.as_slice().first().map(|value| &value.node) {
            Some(Value::Or(terms)) if self.env.eval(terms) == Ok(0) => {
                self.rest.next();
                0
            }
            _ => self.duration(),
        }
    }

    /// `struct epoll_event *`; left out it is `NULL`. Without data it has the descriptor as data.
    fn event_or_null(&mut self, fd: Fd) -> Option<EpollEvent> {
        let value = self.rest.next()?;
        let (mask, data) = match &value.node {
            Value::Null => return None,
            Value::Braces(parts) => match parts.as_slice() {
                [mask] => (mask, None),
                [mask, data] => (mask, Some(data)),
                _ => return self.no_event(value),
            },
            _ => return self.no_event(value),
        };
        let events = Events::from_bits_retain(self.integer(mask, "uint32_t", I32) as u32);
        let data = data.map(|data| self.integer(data, "uint64_t", I64) as u64);
        Some(EpollEvent { events, data: data.unwrap_or(fd.cast_unsigned().into()) })
    }

    fn no_event(&mut self, value: &Spanned<Value>) -> Option<EpollEvent> {
        let expected = tr!("script-event-or-null", event = "{EPOLLIN|EPOLLET, 7}");
        self.complain(value, tr!("script-no-event"), expected);
        None
    }

    /// What `write` writes. A negative number is C's `size_t` of it.
    fn data(&mut self) -> WriteData {
        match self.rest.next() {
            Some(Spanned { node: Value::Bytes(bytes), .. }) => WriteData::Bytes(bytes.clone()),
            Some(value @ Spanned { node: Value::Or(_), .. }) => {
                WriteData::Number(self.integer(value, "uint64_t", I64) as u64)
            }
            Some(value) => {
                self.complain(value, tr!("script-not-writable"), tr!("script-string-or-count"));
                WriteData::Number(0)
            }
            None => WriteData::Number(0),
        }
    }

    /// An integer that C would convert to `ctype` without a warning in one of its two signs.
    pub(super) fn integer(
        &mut self,
        value: &Spanned<Value>,
        ctype: &str,
        range: RangeInclusive<i128>,
    ) -> i128 {
        let Value::Or(terms) = &value.node else {
            let message = tr!("script-no-integer", kind = kind_of(&value.node));
            self.complain(value, message, tr!("script-an-integer"));
            return 0;
        };
        match self.env.eval(terms) {
            Ok(number) if range.contains(&number) => return number,
            Ok(number) => {
                let expected = from_to(range.start(), range.end());
                let number = number.to_string();
                let message = tr!("script-does-not-fit", number = number, ctype = ctype);
                self.complain(value, message, expected);
            }
            Err(trouble) => self.troubles.push(trouble),
        }
        0
    }

    pub(super) fn complain(&mut self, value: &Spanned<Value>, message: String, expected: String) {
        let diagnostic = Diagnostic::new(value.span.clone(), message, expected);
        self.troubles.push(Trouble::Error(diagnostic));
    }
}

/// `from 1 to 64`
pub(super) fn from_to(least: impl ToString, most: impl ToString) -> String {
    tr!("script-from-to", least = least.to_string(), most = most.to_string())
}

/// What messages call a value.
fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Or(_) => "integer",
        Value::Bytes(_) => "string",
        Value::Duration(Duration { .. }) => "duration",
        Value::List(_) => "list",
        Value::Braces(_) => "event",
        Value::Null => "null",
    }
}

mod signals;
#[cfg(test)]
mod tests;
