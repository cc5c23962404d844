//! The imagined calls cost what real ones do in the simulator.

use super::super::twin::Twins;
use super::session;
use crate::trace::{Cost, Costs};

/// What `epoll_wait`'s twins would have cost, and what all calls did cost.
fn run(source: &str) -> (Cost, Cost, Costs) {
    let session = session(source);
    let (mut twins, mut costs) = (Twins::default(), Costs::default());
    for record in session.records() {
        twins.apply(&record.event);
        costs.apply(&record.event);
    }
    let problems = session.lines().iter().flat_map(|line| &line.problems);
    assert_eq!(problems.map(|p| &p.message).collect::<Vec<_>>(), Vec::<&String>::new());
    let (poll, select) = twins.totals();
    (poll, select, costs)
}

/// The same program three times: `WAIT(timeout)` becomes a call of each family.
fn check(n: usize, lines: &str) {
    let files: String = (0..n).map(|i| format!("main: e{i} = eventfd(0, 0)\n")).collect();
    let adds: String = (0..n)
        .map(|i| format!("main: epoll_ctl(ep, EPOLL_CTL_ADD, e{i}, {{EPOLLIN, {i}}})\n"))
        .collect();
    let with = |wait: &dyn Fn(&str) -> String| {
        let line = |line: &str| match line.split_once("WAIT(") {
            Some((who, rest)) => {
                let (timeout, rest) = rest.split_once(')').unwrap();
                format!("{who}{}{rest}\n", wait(timeout))
            }
            None => format!("{line}\n"),
        };
        lines.lines().map(line).collect::<String>()
    };
    let of_poll: Vec<String> = (0..n).map(|i| format!("{{e{i}, POLLIN}}")).collect();
    let of_select: Vec<String> = (0..n).map(|i| format!("e{i}")).collect();
    let by_epoll = with(&|ms| format!("epoll_wait(ep, 8, {ms})"));
    let by_poll = with(&|ms| format!("poll([{}], {ms})", of_poll.join(", ")));
    let by_select = with(&|ms| format!("select([{}], NULL, NULL, {ms})", of_select.join(", ")));
    let made = "main: ep = epoll_create1(0)\n";
    let (poll, select, _) = run(&format!("{files}{made}{adds}{by_epoll}"));
    let (_, _, polled) = run(&format!("{files}{made}{by_poll}"));
    let (_, _, selected) = run(&format!("{files}{made}{by_select}"));
    assert_eq!(poll, polled.poll, "poll, {n} descriptors:\n{lines}");
    assert_eq!(select, selected.select, "select, {n} descriptors:\n{lines}");
}

#[test]
fn sleeping_until_something_arrives() {
    for n in [1, 9, 10, 30, 31, 73, 100, 330] {
        check(n, "A: WAIT(-1) -> blocks\nmain: write(e0, 1)\nA: WAIT(-1) -> _");
        check(n, "A: WAIT(-1) -> blocks");
    }
}

#[test]
fn something_is_there_at_once() {
    for n in [1, 9, 12, 31, 80] {
        let last = n - 1;
        check(n, &format!("main: write(e{last}, 1)\nmain: WAIT(-1) -> _\nmain: WAIT(20) -> _"));
        check(n, "main: write(e0, 1)\nmain: WAIT(0) -> _");
    }
}

#[test]
fn a_timeout_and_a_mere_look() {
    for n in [1, 20, 40] {
        check(n, "main: WAIT(0) -> _\nA: WAIT(50) -> blocks\nadvance 60ms");
    }
}

#[test]
fn a_signal_and_a_wake_up_for_nothing() {
    check(12, "main: signal(SIGUSR1, handler)\nA: WAIT(-1) -> blocks\nmain: kill(A, SIGUSR1)");
    check(12, "A: WAIT(50) -> blocks\nmain: write(e3, 0)\nadvance 60ms");
    check(12, "A: WAIT(-1) -> blocks\nmain: write(e3, 0)\nmain: write(e4, 1)");
}

#[test]
fn refused_waits_cost_nothing() {
    let (poll, select, costs) =
        run("main: ep = epoll_create1(0)\nmain: epoll_wait(ep, 0, -1) -> EINVAL");
    assert_eq!((poll, select), (Cost::default(), Cost::default()));
    assert_eq!(costs.epoll.syscalls, 2);
}
