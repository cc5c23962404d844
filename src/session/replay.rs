//! Another script in the place of a run's script: what both have in front is not run again.
//!
//! A few states of the run are kept, the log left out, and a changed script goes on from the last
//! of them before the change.

use std::rc::Rc;

use crate::script::{Diagnostic, Script, parse};
use crate::tr;
use crate::trace::Log;
use crate::trace::log::Mark;

use super::{Driver, LineKind, Session, SimMachine};

/// Events between two kept states, as long as there are few.
const STRIDE: usize = 1024;

/// So many states are kept at most.
const MOST: usize = 24;

/// So many kernel objects are kept at most, all states together.
const MOST_OBJECTS: usize = 100_000;

/// States of a run, first first.
#[derive(Clone, Debug)]
pub(super) struct KeptStates {
    states: Vec<Rc<KeptState>>,
    /// Events between two, now.
    stride: usize,
}

impl Default for KeptStates {
    fn default() -> Self {
        KeptStates { states: Vec::new(), stride: STRIDE }
    }
}

/// A run as it stood behind a line, without its log.
#[derive(Debug)]
struct KeptState {
    driver: Driver<SimMachine<Log>>,
    mark: Mark,
    objects: usize,
}

impl KeptState {
    fn of(session: &Session) -> KeptState {
        let machine = session.machine();
        KeptState {
            driver: session
                .driver
                .carried_over(machine.with_listener(Log::default()), Script::default()),
            mark: machine.sink().mark(),
            objects: machine.kernel().objects(),
        }
    }

    /// How many lines of the script have been carried out.
    fn lines(&self) -> usize {
        self.driver.position()
    }
}

impl KeptStates {
    /// Those of a run whose first lines only are the same.
    fn up_to(&self, lines: usize) -> KeptStates {
        let states = self.states.iter().filter(|state| state.lines() <= lines);
        KeptStates { states: states.cloned().collect(), stride: self.stride }
    }

    /// Drops every other one until there are few.
    fn thin_out(&mut self) {
        let objects = |states: &[Rc<KeptState>]| states.iter().map(|s| s.objects).sum::<usize>();
        while self.states.len() > MOST || objects(&self.states) > MOST_OBJECTS {
            let mut number = 0;
            self.states.retain(|_| {
                number += 1;
                number % 2 == 0
            });
            self.stride *= 2;
        }
    }
}

impl Session {
    /// The run of another script. What comes of a script does not depend on which script was there
    /// before: this is [`Session::open_all`], made in less time if both begin alike.
    pub fn edited(&self, source: &str) -> Session {
        let (script, unread) = parse(source);
        let mut session = self.prepare_edited(source, script, &unread);
        session.work(&mut || true);
        session
    }

    /// The same, of a script that was read, before anything has run that both do not share:
    /// [`Session::work`] runs it. `unread` says which of its lines could not be read.
    pub fn prepare_edited(&self, source: &str, script: Script, unread: &[Diagnostic]) -> Session {
        let same = same_lines(&self.source, source);
        let kept = self.kept.up_to(same);
        let Some(state) = kept.states.last().cloned() else {
            return Session::prepare(source.to_owned(), script, unread);
        };
        let (at, position) = (state.lines(), state.mark.position());
        let mut lines = script.lines;
        let rest = lines.split_off(at);
        let machine = state.driver.machine().with_listener(self.machine().sink().at(&state.mark));
        let mut before = self.lines[..at].to_vec();
        for line in &mut before {
            // It came back only in what is run anew.
            line.returned.take_if(|(returned, _)| *returned > position);
        }
        let mut session = Session {
            source: String::new(),
            driver: state.driver.carried_over(machine, Script { lines }),
            lines: before,
            keyframes: self.keyframes.up_to(position),
            eventful: self.eventful_up_to(position),
            fresh: at,
            bound_at: self.bound_at[..state.driver.env().bound()].to_vec(),
            kept,
            labels: self.labels.iter().filter(|(line, ..)| *line < at).cloned().collect(),
            reserved: Vec::new(),
        };
        session.enqueue(source.to_owned(), rest, unread);
        session
    }

    /// The run as it stood when its first `lines` lines had been carried out, for what may be done
    /// there: names that come up later are not given to anything new.
    pub fn as_of_line(&self, lines: usize) -> Session {
        let end: usize = self.source.split_inclusive('\n').take(lines).map(str::len).sum();
        let mut session = self.edited(&self.source[..end]);
        let tasks = self.driver.tasks().iter().map(|task| task.name.clone());
        session.reserved = tasks.chain(self.env().names().map(str::to_owned)).collect();
        session
    }

    /// Keeps the state that the run is in, now and then.
    pub(super) fn keep_state(&mut self) {
        let last = self.kept.states.last().map_or(0, |state| state.mark.position());
        if self.records().len() >= last + self.kept.stride && !self.driver.is_over() {
            let state = KeptState::of(self);
            if state.objects <= MOST_OBJECTS {
                self.kept.states.push(Rc::new(state));
                self.kept.thin_out();
            }
        }
    }

    /// Tells of the statements that a machine which gave up did not come to.
    pub(super) fn mark_left_over(&mut self) {
        if !self.driver.is_over() {
            return;
        }
        let Some(last) = self.driver.position().checked_sub(1) else { return };
        let line = last + 1;
        let left = self.lines.iter_mut().skip(line);
        for left in left.filter(|l| l.kind == LineKind::Statement && l.problems.is_empty()) {
            let why = tr!("script-machine-gave-up", line = line);
            left.problems.push(Diagnostic::new(0..0, why, ""));
        }
    }
}

/// How many lines two scripts have in common at their beginning, at the same places.
fn same_lines(one: &str, other: &str) -> usize {
    let text = |line: &str| line.trim_end_matches(['\n', '\r']).len();
    let mut same = 0;
    for (a, b) in one.split_inclusive('\n').zip(other.split_inclusive('\n')) {
        if a != b {
            // The last line of one of them may have no line break.
            let is_same = text(a) == text(b) && a[..text(a)] == b[..text(b)];
            return same + usize::from(is_same);
        }
        same += 1;
    }
    same
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;
