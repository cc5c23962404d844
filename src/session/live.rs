//! A scenario on the simulated kernel, with all that happened kept for looking at any moment.

use std::ops::Range;

use crate::kernel::abi::Fd;
use crate::scene::Scene;
use crate::script::ast::{Content, Line};
use crate::script::{Diagnostic, Reading, Script, parse};
use crate::tr;
use crate::trace::event::TaskState;
use crate::trace::{EventKind, Log, Record};

use super::Driver;
use super::env::Env;
use super::expect::Ending;
use super::keyframes::Keyframes;
use super::machine::TaskNumber;
use super::outcome::{Act, Outcome, Problem};
use super::replay::KeptStates;
use super::sim::SimMachine;
use super::strace::result_text;

/// Script, kernel and log of one run.
///
/// The run is always complete: looking at an earlier moment changes nothing. What is added goes to
/// the end. Positions count events: position `p` is the moment after the first `p` events.
#[derive(Clone, Debug)]
pub struct Session {
    pub(super) source: String,
    pub(super) driver: Driver<SimMachine<Log>>,
    pub(super) lines: Vec<SessionLine>,
    pub(super) keyframes: Keyframes,
    /// The position at which a name was given a value, for each time.
    pub(super) bound_at: Vec<usize>,
    /// The statements that made something happen: the position at whose end, and the place in
    /// `lines`. In the order of time.
    pub(super) eventful: Vec<(usize, usize)>,
    /// The first of the lines that are being run, or were run last.
    pub(super) fresh: usize,
    /// States of the run from which another script can go on.
    pub(super) kept: KeptStates,
    /// The lines of metadata: place in `lines`, key, value.
    pub(super) labels: Vec<(usize, String, String)>,
    /// Names that are not to be given to anything new, besides those in use.
    pub(super) reserved: Vec<String>,
}

/// A line of the script and what came of it.
#[derive(Clone, Debug, PartialEq)]
pub struct SessionLine {
    /// Its number, counted from 1.
    pub number: u32,
    /// Its text.
    pub text: String,
    /// What kind of line it is.
    pub kind: LineKind,
    /// The events that happened while it was carried out.
    pub events: Range<usize>,
    /// How its call stood at the end of the line: `= 3`, `= -1 EAGAIN (…)`, `blocks`, `= ?`.
    pub outcome: Option<String>,
    /// If the call returned only later: the position from which on that is so, and the result.
    pub returned: Option<(usize, String)>,
    /// What is to be complained about.
    pub problems: Vec<Diagnostic>,
}

/// What kind of line a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKind {
    /// Blank, or a comment.
    Comment,
    /// `#: key = value`
    Metadata,
    /// Something that is carried out.
    Statement,
    /// It could not be read: it is kept and passed over, and its problem says why.
    Unread,
}

impl SessionLine {
    /// What its call gave in the end, or how it stands.
    pub fn said(&self) -> Option<&str> {
        self.returned.as_ref().map(|(_, text)| text).or(self.outcome.as_ref()).map(String::as_str)
    }
}

impl Session {
    /// Reads and runs a scenario.
    ///
    /// # Errors
    /// All that is wrong with its syntax; nothing was run. What goes wrong while it runs is told by
    /// the lines.
    pub fn open(source: &str) -> Result<Session, Vec<Diagnostic>> {
        let script = read(source)?;
        let mut session = Session::blank();
        session.extend(source.to_owned(), script.lines, &[]);
        Ok(session)
    }

    /// Reads and runs a scenario, passing over lines that can not be read; they are marked.
    pub fn open_all(source: &str) -> Session {
        let (script, unread) = parse(source);
        let mut session = Session::blank();
        session.extend(source.to_owned(), script.lines, &unread);
        session
    }

    /// A script that was read, before any of it has run: [`Session::work`] runs it.
    /// `unread` says which of its lines could not be read; they are passed over.
    pub fn prepare(source: String, script: Script, unread: &[Diagnostic]) -> Session {
        let mut session = Session::blank();
        session.enqueue(source, script.lines, unread);
        session
    }

    pub(super) fn blank() -> Session {
        Session {
            source: String::new(),
            driver: Driver::new(SimMachine::with_sink(Log::default()), Script::default()),
            lines: Vec::new(),
            keyframes: Keyframes::default(),
            eventful: Vec::new(),
            fresh: 0,
            bound_at: Vec::new(),
            kept: KeptStates::default(),
            labels: Vec::new(),
            reserved: Vec::new(),
        }
    }

    /// Adds lines at the end and runs them.
    ///
    /// # Errors
    /// What is wrong with their syntax, with places in [`Session::source_with`] the lines; nothing
    /// has changed.
    pub fn append(&mut self, lines: &str) -> Result<(), Vec<Diagnostic>> {
        let source = self.source_with(lines);
        // What is there was read before.
        let known = self.lines.len();
        let number = u32::try_from(known + 1).unwrap_or(u32::MAX);
        let mut reading = Reading::from(source.len() - lines.len(), number);
        reading.work(&source, &mut || true);
        if !reading.diagnostics.is_empty() {
            return Err(reading.diagnostics);
        }
        let new = reading.script.lines.into_iter().skip(known).collect();
        self.extend(source, new, &[]);
        Ok(())
    }

    /// The source as it would be with lines added.
    pub fn source_with(&self, lines: &str) -> String {
        let separator =
            if self.source.is_empty() || self.source.ends_with('\n') { "" } else { "\n" };
        format!("{}{separator}{lines}", self.source)
    }

    /// The script's text.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The lines of the script with what came of each.
    pub fn lines(&self) -> &[SessionLine] {
        &self.lines
    }

    /// All events, with their causes.
    pub fn records(&self) -> &[Record] {
        self.driver.machine().sink().records()
    }

    /// What is on stage after the first `position` events; positions past the end mean the end.
    pub fn scene_at(&self, position: usize) -> Scene {
        self.keyframes.scene_at(self.records(), position)
    }

    /// The index of the line during which the event before `position` happened.
    pub fn line_at(&self, position: usize) -> Option<usize> {
        let event = position.checked_sub(1)?;
        let next = self.eventful.partition_point(|(end, _)| *end <= event);
        let (_, line) = *self.eventful.get(next)?;
        self.lines[line].events.contains(&event).then_some(line)
    }

    /// The statements that made something happen up to a position.
    pub(super) fn eventful_up_to(&self, position: usize) -> Vec<(usize, usize)> {
        let known = self.eventful.partition_point(|(end, _)| *end <= position);
        self.eventful[..known].to_vec()
    }

    /// The variable of the script that stands for this descriptor at its end.
    pub fn name_of(&self, fd: Fd) -> Option<&str> {
        self.driver.env().name_of(fd.into())
    }

    /// The variable of the script that was last given this descriptor, by a position.
    pub fn name_at(&self, fd: Fd, position: usize) -> Option<&str> {
        let bound = self.bound_at.partition_point(|at| *at <= position);
        self.driver.env().name_bound_to(fd.into(), bound)
    }

    /// The descriptor that a variable of the script stands for at the end.
    pub fn fd_of(&self, name: &str) -> Option<Fd> {
        Fd::try_from(self.driver.env().get(name)?).ok()
    }

    /// A name that the script does not use yet: the prefix, with a number if need be.
    pub fn fresh_name(&self, prefix: &str) -> String {
        let is_used = |name: &str| self.is_name_used(name);
        let numbered = (2..).map(|number| format!("{prefix}{number}"));
        std::iter::once(prefix.to_owned())
            .chain(numbered)
            .find(|name| !is_used(name))
            .unwrap_or_default()
    }

    /// So many names that the script does not use yet.
    pub fn fresh_names(&self, prefix: &str, count: usize) -> Vec<String> {
        let numbered = (1..).map(|number| format!("{prefix}{number}"));
        numbered.filter(|name| !self.is_name_used(name)).take(count).collect()
    }

    fn is_name_used(&self, name: &str) -> bool {
        self.driver.env().is_variable(name)
            || self.driver.tasks().iter().any(|task| task.name == name)
            || self.reserved.iter().any(|reserved| reserved == name)
    }

    /// The number of a task, by its name.
    pub fn task(&self, name: &str) -> Option<TaskNumber> {
        self.driver.tasks().iter().position(|task| task.name == name)
    }

    /// The names of the script as they are at its end.
    pub fn env(&self) -> &Env {
        self.driver.env()
    }

    /// A line of metadata, such as `title`.
    pub fn metadata(&self, key: &str) -> Option<&str> {
        let label = self.labels.iter().find(|(_, this, _)| this == key);
        label.map(|(_, _, value)| value.as_str())
    }

    /// The simulated machine.
    pub fn machine(&self) -> &SimMachine<Log> {
        self.driver.machine()
    }

    /// Takes these lines, to be run; `unread` says which of them could not be read.
    pub(super) fn enqueue(&mut self, source: String, lines: Vec<Line>, unread: &[Diagnostic]) {
        let first = self.lines.len();
        self.fresh = first;
        let mut unread = unread.iter().peekable();
        let mut start = 0;
        for (number, text) in source.split_inclusive('\n').enumerate() {
            let end = start + text.len();
            let wrong = unread.next_if(|wrong| wrong.span.start < end || end == source.len());
            start = end;
            if let Some(line) = number.checked_sub(first).and_then(|at| lines.get(at)) {
                let text = text.trim_end_matches(['\n', '\r']);
                self.begin(line, text.to_owned(), wrong);
            }
        }
        self.source = source;
        self.driver.append(lines);
    }

    /// Runs lines that have not been run, statement by statement, as long as `goes_on` says so.
    /// Gives whether all are done. In between, what has happened is there to be looked at.
    pub fn work(&mut self, goes_on: &mut dyn FnMut() -> bool) -> bool {
        loop {
            let before = self.records().len();
            let Some(outcome) = self.driver.step() else { break };
            self.take(outcome, before);
            self.keep_state();
            self.keyframes.learn(self.driver.machine().sink().records());
            if !goes_on() {
                return false;
            }
        }
        self.mark_left_over();
        self.place_quiet_lines(self.fresh);
        self.keyframes.learn(self.driver.machine().sink().records());
        true
    }

    /// How many lines have been gone through, and how many there are.
    pub fn progress(&self) -> (usize, usize) {
        (self.driver.position(), self.lines.len())
    }

    /// Forgets the lines that have not been run.
    pub fn cut(&mut self) {
        let done = self.driver.position();
        self.lines.truncate(done);
        self.labels.retain(|(line, ..)| *line < done);
        self.driver.forget_rest();
        let end: usize = self.source.split_inclusive('\n').take(done).map(str::len).sum();
        self.source.truncate(end);
        self.place_quiet_lines(self.fresh.min(done));
    }

    /// Goes on with these lines; `unread` says which of them could not be read.
    pub(super) fn extend(&mut self, source: String, lines: Vec<Line>, unread: &[Diagnostic]) {
        self.enqueue(source, lines, unread);
        self.work(&mut || true);
    }

    /// Lines that do nothing stand where those before them have led.
    fn place_quiet_lines(&mut self, first: usize) {
        let mut at = first.checked_sub(1).map_or(0, |before| self.lines[before].events.end);
        for line in &mut self.lines[first..] {
            if line.events.end < at {
                line.events = at..at;
            }
            at = line.events.end;
        }
    }

    /// A line of which nothing has come yet.
    fn begin(&mut self, line: &Line, text: String, unread: Option<&Diagnostic>) {
        let kind = match line.content.as_ref().map(|content| &content.node) {
            None if unread.is_some() => LineKind::Unread,
            None => LineKind::Comment,
            Some(Content::Metadata { key, value }) => {
                self.labels.push((self.lines.len(), key.clone(), value.clone()));
                LineKind::Metadata
            }
            Some(Content::Statement(_)) => LineKind::Statement,
        };
        self.lines.push(SessionLine {
            number: line.number,
            text,
            kind,
            events: 0..0,
            outcome: None,
            returned: None,
            problems: unread.cloned().into_iter().collect(),
        });
    }

    fn take(&mut self, outcome: Outcome, before: usize) {
        let after = self.records().len();
        self.bound_at.resize(self.driver.env().bound(), after);
        let ending = match &outcome.act {
            Act::Call { ending, task, .. } | Act::Continue { ending, task } => {
                Some(self.ending_text(ending, *task))
            }
            Act::Check { .. } | Act::Advance { .. } | Act::Nothing => None,
        };
        for back in outcome.returns.iter().filter(|back| back.line != outcome.line) {
            let position = self.exit_of(back.task, before);
            let text = return_text(&back.result);
            if let Some(line) = self.line_mut(back.line) {
                line.returned = Some((position, text));
            }
        }
        if before < after {
            self.eventful.push((after, outcome.line.saturating_sub(1) as usize));
        }
        if let Some(line) = self.line_mut(outcome.line) {
            line.events = before..after;
            line.outcome = ending;
            line.problems = outcome.problems.into_iter().map(complaint).collect();
        }
    }

    fn ending_text(&self, ending: &Ending, task: usize) -> String {
        match ending {
            Ending::Returned(result) => return_text(result),
            // As strace prints a call that never returns.
            Ending::Blocked if self.machine().state_of(task) == TaskState::Dead => "= ?".to_owned(),
            Ending::Blocked if self.machine().is_kept_waiting(task) => "held".to_owned(),
            Ending::Blocked => "blocks".to_owned(),
            Ending::Stopped => match self.machine().state_of(task) {
                TaskState::Stopped(point) => tr!("script-outcome-stopped", point = point.name()),
                _ => "blocks".to_owned(),
            },
        }
    }

    /// The position after the event with which a task's call returned, at or behind `from`.
    fn exit_of(&self, task: usize, from: usize) -> usize {
        let key = self.machine().key_of(task);
        let is_exit = |record: &Record| matches!(record.event.kind, EventKind::SyscallExit { task, .. } if task == key);
        from + self.records()[from..].iter().position(is_exit).map_or(0, |place| place + 1)
    }

    fn line_mut(&mut self, number: u32) -> Option<&mut SessionLine> {
        self.lines.get_mut(usize::try_from(number).ok()?.checked_sub(1)?)
    }
}

fn read(source: &str) -> Result<Script, Vec<Diagnostic>> {
    let (script, diagnostics) = parse(source);
    if diagnostics.is_empty() { Ok(script) } else { Err(diagnostics) }
}

fn return_text(result: &crate::kernel::syscall::SysResult) -> String {
    match result {
        Ok(_) => format!("= {}", result_text(result)),
        Err(errno) => format!("= -1 {errno} ({})", errno.text()),
    }
}

fn complaint(problem: Problem) -> Diagnostic {
    match problem {
        Problem::Failure(failure) | Problem::EitherOrder { failure, .. } => {
            Diagnostic::new(failure.span, tr!("script-got", got = failure.got), failure.expected)
        }
        Problem::Error(diagnostic) | Problem::Missing(diagnostic) => diagnostic,
        Problem::Machine { span, error } => Diagnostic::new(span, error.to_string(), ""),
    }
}
