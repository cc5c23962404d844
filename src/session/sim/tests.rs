//! Who gets the processor, as a scenario says.

use crate::script::parse;
use crate::session::{Driver, Session, SimMachine};

/// All that is complained about, and whether `A` and `B` are kept waiting at the end.
fn run(script: &str) -> (Vec<String>, [bool; 2]) {
    let (script, diagnostics) = parse(script);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let mut driver = Driver::new(SimMachine::new(), script);
    let problems = driver.run().into_iter().flat_map(|outcome| outcome.problems);
    let problems = problems.map(|problem| format!("{problem:?}")).collect();
    let waits = ["A", "B"].map(|name| {
        let task = driver.tasks().iter().position(|task| task.name == name);
        task.is_some_and(|task| driver.machine().is_kept_waiting(task))
    });
    (problems, waits)
}

const BOTH_WAIT: &str = "main: e = eventfd(0, 0)
main: f = eventfd(0, 0)
A: read(e, 8) -> blocks
B: read(f, 8) -> blocks
main: hold(WOKEN)
main: write(e, 1)
main: write(f, 1)
";

#[test]
fn the_woken_wait_for_their_turn() {
    assert_eq!(run(BOTH_WAIT), (Vec::new(), [true, true]));
    assert_eq!(run(&format!("{BOTH_WAIT}main: run(B)\nB => 1")), (Vec::new(), [true, false]));
    let released = format!("{BOTH_WAIT}main: release(WOKEN)\nA => 1\nB => 1");
    assert_eq!(run(&released), (Vec::new(), [false, false]));
}

#[test]
fn only_a_waiting_task_can_be_let_run() {
    let told = |rest: &str, why: &str| {
        let (problems, _) = run(&format!("{BOTH_WAIT}{rest}"));
        assert_eq!(problems.len(), 1, "{problems:?}");
        let expected = format!("A does not wait for the processor: it {why}");
        assert!(problems[0].contains(&expected), "{problems:?}");
    };
    told("main: run(A)\nmain: run(A)", "is in no call");
    told("main: run(A)\nA: read(e, 8) -> blocks\nmain: run(A)", "sleeps");
    told("main: run(A)\nA: epoll_create1(0) -> _\nmain: fork(P)\nmain: run(A)", "is in no call");
}

#[test]
fn a_held_task_that_dies_does_so_when_it_runs() {
    let script =
        format!("{BOTH_WAIT}main: fork(P)\nP: nop()\nmain: hold(A)\nmain: kill(A, SIGKILL) -> _");
    assert_eq!(run(&script).1, [true, true]);
    let gone = format!("{script}\nP: release(A)\nP: nop()");
    assert_eq!(run(&gone), (Vec::new(), [false, true]));
}

#[test]
fn the_page_says_that_a_call_is_held() {
    let script = "main: hold(A)";
    assert!(Session::open(script).is_ok());
    let session = Session::open("A: nop()\nA: hold(A)\nA: epoll_create1(0) -> blocks\n");
    let Ok(session) = session else { panic!("it can be read") };
    let outcomes: Vec<_> = session.lines().iter().filter_map(|l| l.outcome.clone()).collect();
    assert_eq!(outcomes, ["= 0", "= 0", "held"]);
}
