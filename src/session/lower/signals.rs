//! Arguments about signals and tasks: `[SIGUSR1, SIGUSR2]`, `handler`, the name of a task.

use super::{Args, from_to};
use crate::kernel::abi::{Handler, SigSet};
use crate::script::ast::{Spanned, Term, Value};
use crate::tr;

impl Args<'_> {
    /// `sigset_t`
    pub(super) fn signals(&mut self) -> SigSet {
        let Some(value) = self.rest.next() else { return SigSet::default() };
        let Value::List(parts) = &value.node else {
            let expected = tr!("script-a-list", list = "[SIGUSR1, SIGUSR2]");
            self.complain(value, tr!("script-no-signal-list"), expected);
            return SigSet::default();
        };
        parts.iter().fold(SigSet::default(), |set, part| {
            let sig = self.integer(part, "int", super::I32) as u32 as i32;
            if SigSet::of(sig) == SigSet::default() && self.troubles.is_empty() {
                self.complain(part, tr!("script-no-signal", number = sig), from_to(1, 64));
            }
            SigSet(set.0 | SigSet::of(sig).0)
        })
    }

    /// `const sigset_t *`
    pub(super) fn signals_or_null(&mut self) -> Option<SigSet> {
        if self.takes_null() || self.rest.as_slice().is_empty() {
            return None;
        }
        Some(self.signals())
    }

    /// `const struct timespec *`
    pub(super) fn duration_or_null(&mut self) -> Option<u64> {
        if self.takes_null() { None } else { Some(self.duration_or_zero()) }
    }

    fn takes_null(&mut self) -> bool {
        let is_null = matches!(self.rest.as_slice().first(), Some(v) if v.node == Value::Null);
        if is_null {
            self.rest.next();
        }
        is_null
    }

    /// `handler`, `SIG_IGN` or `SIG_DFL`
    pub(super) fn handler(&mut self) -> Handler {
        let Some(value) = self.rest.next() else { return Handler::Default };
        let name = name_of(value).unwrap_or_default();
        let handler = Handler::ALL.into_iter().find(|(known, _)| *known == name);
        handler.map_or_else(
            || {
                let expected = tr!("script-a-handler");
                self.complain(value, tr!("script-no-handler"), expected);
                Handler::Default
            },
            |(_, handler)| handler,
        )
    }

    /// A task that is there: its number and name.
    pub(super) fn task(&mut self) -> (usize, Box<str>) {
        let Some(value) = self.rest.next() else { return Default::default() };
        let name = name_of(value).unwrap_or_default();
        match self.env.task(name) {
            Some(number) => (number, name.into()),
            None => {
                let message = tr!("script-no-such-task", task = value.node.to_string());
                self.complain(value, message, tr!("script-known-task"));
                Default::default()
            }
        }
    }

    /// The name of a task that is not there yet.
    pub(super) fn new_task(&mut self) -> Box<str> {
        let Some(value) = self.rest.next() else { return Default::default() };
        match name_of(value) {
            Some(name) if self.env.task(name).is_none() => name.into(),
            Some(name) => {
                let message = tr!("script-task-exists", task = name);
                self.complain(value, message, tr!("script-a-new-name"));
                Default::default()
            }
            None => {
                self.complain(value, tr!("script-no-name"), tr!("script-name-for-task"));
                Default::default()
            }
        }
    }
}

pub(super) fn name_of(value: &Spanned<Value>) -> Option<&str> {
    match &value.node {
        Value::Or(terms) => match terms.as_slice() {
            [Spanned { node: Term::Name(name), .. }] => Some(name),
            _ => None,
        },
        _ => None,
    }
}
