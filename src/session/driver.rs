//! Runs the statements of a scenario on a machine, one by one, and says what came of each.
//!
//! Pure as far as the machine is: no clock, no threads, and a clone goes its own way.

use crate::kernel::abi::Nanos;
use crate::kernel::syscall::{Reply, SysResult, Syscall};
use crate::script::Diagnostic;
use crate::script::ast::{
    Binding, Call, Content, Expected, Line, Script, Span, Spanned, Statement,
};
use crate::tr;

use super::env::{Env, Unbound};
use super::expect::{Ending, judge, judge_unwritten, number_of};
use super::lower::{binding_fits, is_constant, lower, names_of};
use super::machine::{Machine, MachineError, Returned, SETTINGS, TaskNumber};
use super::outcome::{Act, CallReturn, Failure, Outcome, Problem};
use super::strace::result_text;

/// A scenario in the midst of its run.
///
/// Lines may be added at any time. A statement that fails does not end the run; a machine that
/// gives up does.
#[derive(Clone, Debug)]
pub struct Driver<M> {
    machine: M,
    script: Script,
    /// Index of the next line.
    next: usize,
    env: Env,
    tasks: Vec<Task>,
    /// The line since which a race of woken tasks may have changed everything.
    raced_since: Option<u32>,
    is_over: bool,
}

/// A task of the scenario; its number is its place.
#[derive(Clone, Debug)]
pub struct Task {
    /// Its name.
    pub name: String,
    /// Its last call, on which it may be blocked.
    pub last: Option<LastCall>,
}

/// The last call that a task made.
#[derive(Clone, Debug)]
pub struct LastCall {
    /// The line of the statement.
    pub line: u32,
    /// The call.
    pub call: Syscall,
    /// Whether and with what it returned.
    pub ending: Ending,
    binding: Binding,
    /// Whether `=>` may ask for its result.
    can_be_checked: bool,
}

impl Task {
    /// The call in which the task is blocked or stopped, if it is.
    pub fn held(&self) -> Option<&LastCall> {
        self.last.as_ref().filter(|last| !matches!(last.ending, Ending::Returned(_)))
    }
}

/// A statement that is being carried out.
struct Current<'a> {
    line: u32,
    span: &'a Span,
    returns: Vec<CallReturn>,
    problems: Vec<Problem>,
}

impl<M: Machine> Driver<M> {
    /// A run that is about to begin. The machine must be fresh.
    pub fn new(machine: M, script: Script) -> Driver<M> {
        Driver {
            machine,
            script,
            next: 0,
            env: Env::default(),
            tasks: Vec::new(),
            raced_since: None,
            is_over: false,
        }
    }

    /// The run as it stands, on a machine in the same state and with lines that are the same up to
    /// [`Driver::position`].
    pub fn carried_over<N: Machine>(&self, machine: N, script: Script) -> Driver<N> {
        Driver {
            machine,
            script,
            next: self.next,
            env: self.env.clone(),
            tasks: self.tasks.clone(),
            raced_since: self.raced_since,
            is_over: self.is_over,
        }
    }

    /// The machine has given up: what is left of the script is not carried out.
    pub fn is_over(&self) -> bool {
        self.is_over
    }

    /// As if the machine had given up.
    #[cfg(all(test, not(target_arch = "wasm32")))]
    pub(super) fn give_up_now(&mut self) {
        self.is_over = true;
    }

    /// The machine.
    pub fn machine(&self) -> &M {
        &self.machine
    }

    /// The machine, for those who want more of it than a [`Machine`] gives.
    pub fn machine_mut(&mut self) -> &mut M {
        &mut self.machine
    }

    /// All lines so far.
    pub fn script(&self) -> &Script {
        &self.script
    }

    /// The index of the line that is looked at next.
    pub fn position(&self) -> usize {
        self.next
    }

    /// The tasks so far, by number.
    pub fn tasks(&self) -> &[Task] {
        &self.tasks
    }

    /// The variables so far.
    pub fn env(&self) -> &Env {
        &self.env
    }

    /// The line since which results may depend on a race of woken tasks: it woke one while several
    /// were blocked, on a machine that lets them run in any order.
    pub fn raced_since(&self) -> Option<u32> {
        self.raced_since
    }

    /// Adds lines at the end, numbered on from the last. Their spans stay as they are.
    pub fn append(&mut self, lines: impl IntoIterator<Item = Line>) {
        for line in lines {
            let number = u32::try_from(self.script.lines.len() + 1).unwrap_or(u32::MAX);
            self.script.lines.push(Line { number, ..line });
        }
    }

    /// Drops the lines that have not been looked at.
    pub fn forget_rest(&mut self) {
        self.script.lines.truncate(self.next);
    }

    /// Runs all statements that are left.
    pub fn run(&mut self) -> Vec<Outcome> {
        std::iter::from_fn(|| self.step()).collect()
    }

    /// Runs the next statement, passing over lines that do nothing. `None` if none is left, or the
    /// machine has given up.
    pub fn step(&mut self) -> Option<Outcome> {
        while !self.is_over {
            let line = self.script.lines.get(self.next)?;
            self.next += 1;
            match &line.content {
                Some(Spanned { node: Content::Statement(statement), span }) => {
                    let (number, statement, span) = (line.number, statement.clone(), span.clone());
                    return Some(self.execute(number, &statement, &span));
                }
                Some(Spanned { node: Content::Metadata { key, value }, span })
                    if SETTINGS.iter().any(|(setting, _)| setting == key) =>
                {
                    let setting = (line.number, span.clone(), key.clone(), value.clone());
                    if let Some(outcome) = self.configure(setting) {
                        return Some(outcome);
                    }
                }
                _ => {}
            }
        }
        None
    }

    /// Sets the machine up as a line of metadata says; an outcome only if something is wrong.
    fn configure(
        &mut self,
        (line, span, key, value): (u32, Span, String, String),
    ) -> Option<Outcome> {
        let setting = SETTINGS.iter().find(|(setting, _)| *setting == key);
        let highest = setting.map_or(u64::MAX, |(_, highest)| *highest);
        let value = value.parse().ok().filter(|value| *value <= highest);
        let problem = match value {
            None => {
                let message = tr!("script-no-such-setting", key = key.as_str());
                let expected = tr!("script-number-up-to", most = highest.to_string());
                Problem::Error(Diagnostic::new(span.clone(), message, expected))
            }
            Some(value) => match self.machine.configure(&key, value) {
                Ok(()) => return None,
                Err(error) => Problem::Machine { span: span.clone(), error },
            },
        };
        let (act, returns, problems) = (Act::Nothing, Vec::new(), vec![problem]);
        Some(Outcome { line, span, act, returns, problems })
    }

    fn execute(&mut self, line: u32, statement: &Statement, span: &Span) -> Outcome {
        let mut current = Current { line, span, returns: Vec::new(), problems: Vec::new() };
        let act = match statement {
            Statement::Call { task, binding, call, stop_at, expected } => {
                let stop_at = stop_at.as_ref().map(|point| point.node.as_str());
                self.call(&mut current, task, (binding, call), stop_at, expected.as_ref())
            }
            Statement::Continue { task } => self.resume(&mut current, task),
            Statement::Check { task, expected } => self.check(&mut current, task, expected),
            Statement::Advance { by_ns } => self.advance(&mut current, **by_ns),
        };
        if act == Act::Nothing
            && let Statement::Call { binding, .. } = statement
        {
            self.unbind(binding, Unbound::Failed(line));
        }
        let Current { returns, problems, .. } = current;
        Outcome { line, span: span.clone(), act, returns, problems }
    }

    fn call(
        &mut self,
        current: &mut Current<'_>,
        name: &Spanned<String>,
        (binding, call): (&Binding, &Spanned<Call>),
        stop_at: Option<&str>,
        expected: Option<&Spanned<Expected>>,
    ) -> Act {
        let Some(task) = self.idle_task(current, name) else { return Act::Nothing };
        let lowered = lower(call, &self.env).and_then(|call| match binding_fits(binding, &call) {
            None => Ok(call),
            Some(trouble) => Err(vec![trouble]),
        });
        let call = match lowered {
            Ok(call) => call,
            Err(troubles) => {
                current.problems.extend(troubles.into_iter().map(Problem::from));
                return Act::Nothing;
            }
        };
        let before = self.tasks[task].last.replace(LastCall {
            line: current.line,
            call: call.clone(),
            ending: Ending::Blocked,
            binding: binding.clone(),
            can_be_checked: matches!(expected, Some(Spanned { node: Expected::Anything, .. })),
        });
        self.unbind(binding, Unbound::Blocked(current.line));
        let returned = self.machine.call(task, &call, stop_at);
        if !self.take_returns(current, Some(task), returned) {
            // The call was not made.
            self.tasks[task].last = before;
            return Act::Nothing;
        }
        let ending = self.settle(task);
        if let (Syscall::Fork { name }, Ending::Returned(Ok(_))) = (&call, &ending) {
            self.add_task(name);
        }
        match (expected, &ending, stop_at) {
            (Some(expected), ..) => self.judge(current, expected, &ending),
            (None, Ending::Returned(result), Some(point)) => self.fail(
                current,
                current.span.clone(),
                tr!("script-stops-at", task = name.node.as_str(), point = point),
                result_text(result),
            ),
            (None, ..) => {
                if let Some(mismatch) = judge_unwritten(&ending) {
                    let span = current.span.clone();
                    self.fail(current, span, mismatch.expected, mismatch.got);
                }
            }
        }
        Act::Call { task, call, ending }
    }

    /// The machine runs the task on to its next arrival at the point that the call named, or to the
    /// end of the call.
    fn resume(&mut self, current: &mut Current<'_>, name: &Spanned<String>) -> Act {
        let task = self.tasks.iter().position(|task| task.name == name.node);
        let Some(task) = task.filter(|task| self.machine.is_stopped(*task)) else {
            let message = tr!("script-not-stopped", task = name.node.as_str());
            let expected = tr!("script-stopped-task");
            current.error(Diagnostic::new(name.span.clone(), message, expected));
            return Act::Nothing;
        };
        let returned = self.machine.resume(task);
        if !self.take_returns(current, Some(task), returned) {
            return Act::Nothing;
        }
        Act::Continue { task, ending: self.settle(task) }
    }

    fn check(
        &mut self,
        current: &mut Current<'_>,
        name: &Spanned<String>,
        expected: &Spanned<Expected>,
    ) -> Act {
        if self.is_gone(current, name) {
            return Act::Nothing;
        }
        let task = self.tasks.iter().position(|task| task.name == name.node);
        let last = task.and_then(|task| Some((task, self.tasks[task].last.clone()?)));
        let message = match last {
            Some((task, last)) if last.can_be_checked => {
                self.judge(current, expected, &last.ending);
                return Act::Check { task };
            }
            Some((_, last)) => {
                tr!("script-was-not-blocked", task = name.node.as_str(), line = last.line)
            }
            None => tr!("script-no-call-made", task = name.node.as_str()),
        };
        let expected = tr!("script-blocked-task");
        current.error(Diagnostic::new(name.span.clone(), message, expected));
        Act::Nothing
    }

    fn advance(&mut self, current: &mut Current<'_>, by_ns: Nanos) -> Act {
        let returned = self.machine.advance(by_ns);
        if !self.take_returns(current, None, returned) {
            return Act::Nothing;
        }
        Act::Advance { by_ns }
    }

    /// The task of this name, made if there is none, unless it is blocked.
    fn idle_task(
        &mut self,
        current: &mut Current<'_>,
        name: &Spanned<String>,
    ) -> Option<TaskNumber> {
        if self.is_gone(current, name) {
            return None;
        }
        if let Some(number) = self.tasks.iter().position(|task| task.name == name.node) {
            let Some(last) = self.tasks[number].held() else { return Some(number) };
            let state = if self.machine.is_stopped(number) { "stopped" } else { "blocked" };
            let (task, line) = (name.node.as_str(), last.line);
            let message = tr!("script-in-its-call", task = task, state = state, line = line);
            let expected = tr!("script-idle-task");
            current.error(Diagnostic::new(name.span.clone(), message, expected));
            return None;
        }
        if !self.tasks.is_empty() && self.machine.is_dead(0) {
            let message = tr!("script-first-process-ended", task = name.node.as_str());
            let expected = tr!("script-living-name");
            current.error(Diagnostic::new(name.span.clone(), message, expected));
            return None;
        }
        match self.machine.spawn(&name.node) {
            Ok(number) => {
                assert_eq!(number, self.tasks.len(), "tasks are numbered as they are made");
                self.add_task(&name.node);
                Some(number)
            }
            Err(error) => {
                self.give_up(current, error);
                None
            }
        }
    }

    fn add_task(&mut self, name: &str) {
        self.env.add_task(name);
        self.tasks.push(Task { name: name.to_owned(), last: None });
    }

    /// What is wrong with asking for anything of a task that is gone.
    fn is_gone(&self, current: &mut Current<'_>, name: &Spanned<String>) -> bool {
        let task = self.env.task(&name.node).filter(|task| self.machine.is_dead(*task));
        if task.is_some() {
            let message = tr!("script-task-gone", task = name.node.as_str());
            let expected = tr!("script-living-task");
            current.error(Diagnostic::new(name.span.clone(), message, expected));
        }
        task.is_some()
    }

    /// Writes down what returned and binds the results; `task` is the one whose statement this is.
    /// Gives whether the machine has not given up.
    fn take_returns(
        &mut self,
        current: &mut Current<'_>,
        task: Option<TaskNumber>,
        returned: Result<Vec<Returned>, MachineError>,
    ) -> bool {
        let returned = match returned {
            Ok(returned) => returned,
            Err(error) => {
                self.give_up(current, error);
                return false;
            }
        };
        let waiting =
            (0..self.tasks.len()).filter(|n| Some(*n) != task && self.tasks[*n].held().is_some());
        let waiting = waiting.filter(|n| !self.machine.is_dead(*n));
        let woken = returned.iter().any(|returned| Some(returned.task) != task);
        if woken && waiting.count() > 1 && !self.machine.keeps_wake_order() {
            self.raced_since.get_or_insert(current.line);
        }
        for Returned { task, result } in returned {
            self.take_return(current, task, result);
        }
        true
    }

    /// How the task's call stands now that its statement is over.
    fn settle(&mut self, task: TaskNumber) -> Ending {
        let held = if self.machine.is_stopped(task) { Ending::Stopped } else { Ending::Blocked };
        let Some(last) = &mut self.tasks[task].last else { return held };
        if !matches!(last.ending, Ending::Returned(_)) {
            last.ending = held;
            last.can_be_checked = true;
        }
        last.ending.clone()
    }

    fn take_return(&mut self, current: &mut Current<'_>, task: TaskNumber, result: SysResult) {
        assert!(self.tasks[task].held().is_some(), "task {task} returned from no call: {result:?}");
        let Some(last) = &mut self.tasks[task].last else { return };
        last.ending = Ending::Returned(result.clone());
        let (line, call, binding) = (last.line, last.call.clone(), last.binding.clone());
        match (&binding, &result) {
            (Binding::One(name), Ok(reply)) if let Some(number) = number_of(reply) => {
                self.env.bind(name, number);
            }
            (Binding::Two(first, second), Ok(Reply::Fds(a, b))) => {
                self.env.bind(first, (*a).into());
                self.env.bind(second, (*b).into());
            }
            _ => self.unbind(&binding, Unbound::Failed(line)),
        }
        current.returns.push(CallReturn { task, line, call, result });
    }

    fn unbind(&mut self, binding: &Binding, why: Unbound) {
        let names = names_of(binding).filter(|name| !is_constant(name));
        names.for_each(|name| self.env.unbind(name, why));
    }

    fn judge(&self, current: &mut Current<'_>, expected: &Spanned<Expected>, ending: &Ending) {
        match judge(expected, &expected.span, ending, &self.env) {
            Ok(None) => {}
            Ok(Some(mismatch)) => {
                self.fail(current, expected.span.clone(), mismatch.expected, mismatch.got);
            }
            Err(troubles) => current.problems.extend(troubles.into_iter().map(Problem::from)),
        }
    }

    fn fail(&self, current: &mut Current<'_>, span: Span, expected: String, got: String) {
        let failure = Failure { span, expected, got };
        current.problems.push(match self.raced_since {
            None => Problem::Failure(failure),
            Some(since) => Problem::EitherOrder { failure, since },
        });
    }

    /// A machine that does not know something has done nothing, and the run goes on without it.
    fn give_up(&mut self, current: &mut Current<'_>, error: MachineError) {
        self.is_over |= !matches!(error, MachineError::Unsupported(_));
        current.problems.push(Problem::Machine { span: current.span.clone(), error });
    }
}

impl Current<'_> {
    fn error(&mut self, diagnostic: Diagnostic) {
        self.problems.push(Problem::Error(diagnostic));
    }
}

#[cfg(test)]
mod tests;
