//! Arguments about signals and tasks: `[SIGUSR1, SIGUSR2]`, `handler`, the name of a task.

use super::Args;
use crate::kernel::abi::{Handler, SigSet};
use crate::script::ast::{Spanned, Term, Value};

impl Args<'_> {
    /// `sigset_t`
    pub(super) fn signals(&mut self) -> SigSet {
        let Some(value) = self.rest.next() else { return SigSet::default() };
        let Value::List(parts) = &value.node else {
            let message = "this is no list of signals".to_owned();
            self.complain(value, message, "a list such as `[SIGUSR1, SIGUSR2]`");
            return SigSet::default();
        };
        parts.iter().fold(SigSet::default(), |set, part| {
            let sig = self.integer(part, "int", super::I32) as u32 as i32;
            if SigSet::of(sig) == SigSet::default() && self.troubles.is_empty() {
                self.complain(part, format!("no signal has the number {sig}"), "from 1 to 64");
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
                let expected = "`handler`, `SIG_IGN` or `SIG_DFL`";
                self.complain(value, "this is no way to handle a signal".to_owned(), expected);
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
                let message = format!("no task is named `{}`", value.node);
                self.complain(value, message, "the name of a task that has made a call");
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
                self.complain(value, format!("{name} is there already"), "a new name");
                Default::default()
            }
            None => {
                self.complain(value, "this is no name".to_owned(), "a name for the new task");
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
