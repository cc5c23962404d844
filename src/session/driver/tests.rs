//! The rules of the format, on a machine that gives what it was told to.

use std::collections::VecDeque;

use expect_test::{Expect, expect};

use super::*;
use crate::kernel::abi::Errno;
use crate::script::parse;
use crate::session::strace::call_text;

/// A machine that hands out prepared returns, one list for each `call`, `resume` and `advance`.
#[derive(Clone, Debug, Default)]
struct Fake {
    returns: VecDeque<Result<Vec<Returned>, MachineError>>,
    tasks: usize,
    loses_wake_order: bool,
    /// The task that is stopped at a point, which ends when it returns.
    stopped: Option<TaskNumber>,
}

impl Fake {
    fn next(&mut self) -> Result<Vec<Returned>, MachineError> {
        let next = self.returns.pop_front().expect("the machine is asked too often");
        let returned = |task| next.iter().flatten().any(|back| Some(back.task) == task);
        self.stopped = self.stopped.filter(|task| !returned(Some(*task)));
        next
    }
}

impl Machine for Fake {
    fn spawn(&mut self, _name: &str) -> Result<TaskNumber, MachineError> {
        self.tasks += 1;
        Ok(self.tasks - 1)
    }

    fn call(
        &mut self,
        task: TaskNumber,
        _call: &Syscall,
        stop_at: Option<&str>,
    ) -> Result<Vec<Returned>, MachineError> {
        self.stopped = stop_at.map(|_| task).or(self.stopped);
        self.next()
    }

    fn is_stopped(&self, task: TaskNumber) -> bool {
        self.stopped == Some(task)
    }

    fn resume(&mut self, _task: TaskNumber) -> Result<Vec<Returned>, MachineError> {
        self.next()
    }

    fn configure(&mut self, _key: &str, _value: u64) -> Result<(), MachineError> {
        Ok(())
    }

    fn advance(&mut self, _by_ns: Nanos) -> Result<Vec<Returned>, MachineError> {
        self.next()
    }

    fn keeps_wake_order(&self) -> bool {
        !self.loses_wake_order
    }
}

/// Calls of the given tasks that return in this order with these results.
fn back<const N: usize>(
    returns: [(TaskNumber, SysResult); N],
) -> Result<Vec<Returned>, MachineError> {
    Ok(returns.into_iter().map(|(task, result)| Returned { task, result }).collect())
}

fn int(number: i64) -> SysResult {
    Ok(Reply::Int(number))
}

fn driver<const N: usize>(
    source: &str,
    returns: [Result<Vec<Returned>, MachineError>; N],
) -> Driver<Fake> {
    let (script, diagnostics) = parse(source);
    assert_eq!(diagnostics, [], "{source}");
    Driver::new(Fake { returns: returns.into(), ..Fake::default() }, script)
}

fn check<const N: usize>(
    source: &str,
    returns: [Result<Vec<Returned>, MachineError>; N],
    expected: Expect,
) {
    let mut driver = driver(source, returns);
    let text: String = driver.run().iter().map(|outcome| text(outcome, source)).collect();
    expected.assert_eq(&text);
    assert_eq!(driver.machine().returns.len(), 0, "all returns were asked for");
}

/// One line a statement, its returns and its problems.
fn text(outcome: &Outcome, source: &str) -> String {
    let act = match &outcome.act {
        Act::Call { task, call, ending } => format!("{task} {} {ending:?}", call_text(call)),
        other => format!("{other:?}"),
    };
    let mut text = format!("{}: {act}\n", outcome.line);
    for CallReturn { task, line, result, .. } in &outcome.returns {
        text += &format!("   {task} back from line {line}: {}\n", result_text(result));
    }
    for problem in &outcome.problems {
        text += &match problem {
            Problem::Failure(Failure { span, expected, got }) => {
                format!("   `{}`: expected {expected}, got {got}\n", &source[span.clone()])
            }
            Problem::EitherOrder { failure, since } => {
                format!("   since line {since}: {} or {}\n", failure.expected, failure.got)
            }
            Problem::Error(diagnostic) => {
                format!("   `{}`: {}\n", &source[diagnostic.span.clone()], diagnostic.message)
            }
            Problem::Missing(diagnostic) => format!("   missing: {}\n", diagnostic.message),
            Problem::Machine { error, .. } => format!("   machine: {error}\n"),
        };
    }
    text
}

#[test]
fn results_are_bound_and_judged() {
    check(
        "main: a = eventfd(0, 0)\n\n# nothing\nmain: [r, w] = pipe() -> [4, 5]\nmain: dup2(a, w) -> w",
        [back([(0, int(3))]), back([(0, Ok(Reply::Fds(4, 5)))]), back([(0, int(6))])],
        expect![[r#"
            1: 0 eventfd(0, 0) Returned(Ok(Int(3)))
               0 back from line 1: 3
            4: 0 pipe2(0) Returned(Ok(Fds(4, 5)))
               0 back from line 4: [4, 5]
            5: 0 dup2(3, 5) Returned(Ok(Int(6)))
               0 back from line 5: 6
               `w`: expected 5, got 6
        "#]],
    );
}

#[test]
fn without_an_arrow_an_error_or_a_block_fails() {
    check(
        "main: nop()\nmain: nop() -> _\nA: nop() -> _\nmain: nop()",
        [back([(0, Err(Errno::EBADF))]), back([(0, Err(Errno::EBADF))]), back([]), back([])],
        expect![[r#"
            1: 0 nop() Returned(Err(EBADF))
               0 back from line 1: EBADF
               `main: nop()`: expected a call that succeeds, since no `->` says otherwise, got EBADF
            2: 0 nop() Returned(Err(EBADF))
               0 back from line 2: EBADF
            3: 1 nop() Blocked
            4: 0 nop() Blocked
               `main: nop()`: expected a call that succeeds, since no `->` says otherwise, got blocks
        "#]],
    );
}

#[test]
fn a_blocked_call_binds_when_it_returns_and_can_be_checked_until_the_next() {
    check(
        "A: x = read(0, 8) -> blocks\nmain: write(1, x) -> 8\nmain: nop()\nA => 9\nA => 8\n\
         main: dup(x) -> 4\nA: nop()\nA => 0",
        [
            back([]),
            back([(1, int(0)), (0, Ok(Reply::Counter(9)))]),
            back([(1, int(4))]),
            back([(0, int(0))]),
        ],
        expect![[r#"
            1: 0 read(0, 8) Blocked
            2: Nothing
               missing: `x` has no value: the call on line 1 has not returned
            3: 1 nop() Returned(Ok(Int(0)))
               1 back from line 3: 0
               0 back from line 1: 9
            4: Check { task: 0 }
            5: Check { task: 0 }
               `8`: expected 8, got 9
            6: 1 dup(9) Returned(Ok(Int(4)))
               1 back from line 6: 4
            7: 0 nop() Returned(Ok(Int(0)))
               0 back from line 7: 0
            8: Nothing
               `A`: A was not blocked: its call on line 7 returned at once
        "#]],
    );
}

#[test]
fn a_blocked_task_can_make_no_call() {
    check(
        "A: nop() -> blocks\nA: nop()\nA => blocks\nB => 5",
        [back([])],
        expect![[r#"
            1: 0 nop() Blocked
            2: Nothing
               `A`: A is blocked in its call on line 1
            3: Check { task: 0 }
            4: Nothing
               `B`: B has made no call
        "#]],
    );
}

#[test]
fn a_failed_call_does_not_stop_the_run_and_its_binding_is_missed() {
    check(
        "main: e = eventfd(0, 9)\nmain: close(e)\nmain: write(e, f)\nmain: x = close(e)\n\
         main: close(x)\nmain: nop()",
        [back([(0, Err(Errno::EINVAL))]), back([(0, int(0))])],
        expect![[r#"
            1: 0 eventfd(0, EFD_SEMAPHORE|0x8) Returned(Err(EINVAL))
               0 back from line 1: EINVAL
               `main: e = eventfd(0, 9)`: expected a call that succeeds, since no `->` says otherwise, got EINVAL
            2: Nothing
               missing: `e` has no value: the call on line 1 did not give one
            3: Nothing
               missing: `e` has no value: the call on line 1 did not give one
               `f`: nothing is named `f`
            4: Nothing
               missing: `e` has no value: the call on line 1 did not give one
            5: Nothing
               missing: `x` has no value: the call on line 4 did not give one
            6: 0 nop() Returned(Ok(Int(0)))
               0 back from line 6: 0
        "#]],
    );
}

#[test]
fn a_binding_must_fit_the_call() {
    check(
        "main: x = pipe()\nmain: [a, b] = nop()",
        [],
        expect![[r#"
            1: Nothing
               `x`: pipe2 gives two descriptors
            2: Nothing
               `a, b`: nop gives one number
        "#]],
    );
}

#[test]
fn advance_makes_calls_return_in_order() {
    check(
        "A: sleep(2ms) -> blocks\nB: sleep(1ms) -> blocks\nadvance 2ms\nA => 0\nB => EINTR",
        [back([]), back([]), back([(1, int(0)), (0, int(0))])],
        expect![[r#"
            1: 0 sleep(2ms) Blocked
            2: 1 sleep(1ms) Blocked
            3: Advance { by_ns: 2000000 }
               1 back from line 2: 0
               0 back from line 1: 0
            4: Check { task: 0 }
            5: Check { task: 1 }
               `EINTR`: expected EINTR, got 0
        "#]],
    );
}

#[test]
fn a_stopped_task_goes_on() {
    check(
        "A: nop() @ here\nA: continue\nA: continue\nA => 7\nA: continue\nA: nop() @ there",
        [back([]), back([]), back([(0, int(7))]), back([(0, int(8))])],
        expect![[r#"
            1: 0 nop() Stopped
            2: Continue { task: 0, ending: Stopped }
            3: Continue { task: 0, ending: Returned(Ok(Int(7))) }
               0 back from line 1: 7
            4: Check { task: 0 }
            5: Nothing
               `A`: A is not stopped at a preemption point
            6: 0 nop() Returned(Ok(Int(8)))
               0 back from line 6: 8
               `A: nop() @ there`: expected A stops at `there`, got 8
        "#]],
    );
}

#[test]
fn a_setting_has_a_value_that_it_can_have() {
    check(
        "#: rlimit_nofile = 1048577\n#: cap_net_admin = yes\n#: cap_block_suspend = 1\n#: rlimit_nofile = 1024\n",
        [],
        expect![[r#"
            1: Nothing
               `#: rlimit_nofile = 1048577`: `rlimit_nofile` has no value that it can have
            2: Nothing
               `#: cap_net_admin = yes`: `cap_net_admin` has no value that it can have
        "#]],
    );
}

#[test]
fn a_variable_is_called_like_no_constant() {
    check(
        "main: EPOLLIN = nop()\nmain: EAGAIN = nop()\nmain: x = nop()",
        [back([(0, int(1))])],
        expect![[r#"
            1: Nothing
               `EPOLLIN`: `EPOLLIN` is a constant of C
            2: Nothing
               `EAGAIN`: `EAGAIN` is a constant of C
            3: 0 nop() Returned(Ok(Int(1)))
               0 back from line 3: 1
        "#]],
    );
}

#[test]
fn a_machine_that_gives_up_ends_the_run() {
    check(
        "main: nop()\nmain: nop()",
        [Err(MachineError::Stuck("no rest".to_owned()))],
        expect![[r#"
            1: Nothing
               machine: the machine did not come to rest: no rest
        "#]],
    );
}

#[test]
fn what_a_machine_does_not_know_is_told_and_the_run_goes_on() {
    check(
        "main: nop()\nmain: nop()",
        [Err(MachineError::Unsupported("no such thing".to_owned())), back([(0, int(7))])],
        expect![[r#"
            1: Nothing
               machine: no such thing
            2: 0 nop() Returned(Ok(Int(7)))
               0 back from line 2: 7
        "#]],
    );
}

#[test]
fn without_wake_order_a_race_explains_what_follows() {
    let source = "A: nop() -> blocks\nB: nop() -> blocks\nmain: nop() -> 1\nmain: nop()\nA => 2";
    let returns =
        [back([]), back([]), back([(2, int(0))]), back([(1, int(5)), (2, int(0)), (0, int(4))])];
    let mut driver = driver(source, returns);
    driver.machine_mut().loses_wake_order = true;
    let outcomes = driver.run();
    assert!(matches!(outcomes[2].problems[..], [Problem::Failure(_)]), "nobody was woken yet");
    assert!(matches!(outcomes[4].problems[..], [Problem::EitherOrder { since: 4, .. }]));
    assert_eq!(driver.raced_since(), Some(4));
}

#[test]
fn lines_can_be_added_and_a_clone_goes_its_own_way() {
    let mut first = driver("main: nop()", [back([(0, int(0))]), back([(0, int(1))])]);
    assert_eq!(first.run().len(), 1);
    assert!(first.step().is_none());
    first.append(parse("# a comment\nmain: x = nop()").0.lines);
    let mut second = first.clone();
    let outcome = first.step().unwrap();
    assert_eq!(outcome.line, 3);
    assert_eq!((first.env().get("x"), second.env().get("x")), (Some(1), None));
    assert_eq!(second.run(), [outcome]);
}
