//! Every kind of event and every preemption point is shown by some scenario.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use strum::VariantNames;

use super::event::Point;
use super::{Event, EventKind};
use crate::script::parse;
use crate::session::{Driver, Session, SimMachine};

/// All scenarios of the project.
fn scenarios() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    let mut folders = vec![root.join("tests/scenarios"), root.join("www/lessons")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "epoll") {
                found.push(path);
            }
        }
    }
    found
}

fn events(path: &Path) -> Vec<Event> {
    let source = std::fs::read_to_string(path).unwrap();
    let (script, diagnostics) = parse(&source);
    assert_eq!(diagnostics, [], "{}", path.display());
    let mut driver = Driver::new(SimMachine::with_sink(Vec::new()), script);
    driver.run();
    std::mem::take(driver.machine_mut().sink_mut())
}

#[test]
fn every_kind_of_event_is_shown_by_some_scenario() {
    let mut missing: BTreeSet<&str> = EventKind::VARIANTS.iter().copied().collect();
    for path in scenarios() {
        for event in events(&path) {
            missing.remove(<&str>::from(&event.kind));
        }
    }
    assert_eq!(missing, BTreeSet::new(), "no scenario shows these");
}

#[test]
fn every_preemption_point_is_used_by_some_scenario() {
    let all: String = scenarios().iter().map(|p| std::fs::read_to_string(p).unwrap()).collect();
    for point in Point::ALL {
        assert!(all.contains(&format!("@ {point}")), "no scenario stops at {point}");
    }
}

/// The way back from the last event that `is_start` picks, by kinds; functions entered are left out.
fn chain(source: &str, is_start: impl Fn(&EventKind) -> bool) -> Vec<&'static str> {
    let session = Session::open(source).unwrap();
    let records = session.records();
    let start = records.iter().rposition(|record| is_start(&record.event.kind)).unwrap();
    let back = std::iter::successors(Some(start), |at| records[*at].cause().map(|c| c as usize));
    let kinds = back.map(|at| <&str>::from(&records[at].event.kind));
    kinds.filter(|kind| *kind != "Enter").collect()
}

#[test]
fn a_returned_event_leads_back_to_the_write() {
    let source = "main: ep = epoll_create1(0)
        main: e = eventfd(0, 0)
        main: epoll_ctl(ep, EPOLL_CTL_ADD, e, {EPOLLIN|EPOLLET})
        A: epoll_wait(ep, 8, -1) -> blocks
        main: write(e, 1)";
    let is_exit = |kind: &EventKind| matches!(kind, EventKind::SyscallExit { .. });
    assert_eq!(
        chain(source, is_exit),
        [
            "SyscallExit",
            "CopyOut",
            "ItemPoll",
            "ReadyUnlink",
            "ReadyLink",
            "Callback",
            "WakeEntry",
            "WakeBegin",
            "SyscallEnter"
        ]
    );
    let is_running = |kind: &EventKind| {
        matches!(kind, EventKind::TaskState { state: super::event::TaskState::Running, .. })
    };
    assert_eq!(
        chain(source, is_running),
        [
            "TaskState",
            "Wakeup",
            "WakeEntry",
            "WakeBegin",
            "ReadyLink",
            "Callback",
            "WakeEntry",
            "WakeBegin",
            "SyscallEnter"
        ]
    );
}

#[test]
fn a_timeout_leads_back_to_the_timer() {
    let source = "main: ep = epoll_create1(0)
        main: epoll_wait(ep, 8, 10) -> blocks
        advance 20ms";
    let is_exit = |kind: &EventKind| matches!(kind, EventKind::SyscallExit { .. });
    assert_eq!(
        chain(source, is_exit),
        ["SyscallExit", "Wakeup", "TimerFire", "TimerArm", "SyscallEnter"]
    );
}

#[test]
fn a_tick_leads_back_to_what_set_the_timer() {
    let source = "main: ep = epoll_create1(0)
        main: t = timerfd_create(0)
        main: epoll_ctl(ep, EPOLL_CTL_ADD, t, {EPOLLIN|EPOLLET})
        main: timerfd_settime(t, 10ms, 0)
        A: epoll_wait(ep, 8, -1) -> blocks
        advance 20ms";
    let is_exit = |kind: &EventKind| matches!(kind, EventKind::SyscallExit { .. });
    let back = chain(source, is_exit);
    assert_eq!(back[back.len() - 3..], ["TimerfdFire", "TimerfdArm", "SyscallEnter"], "{back:?}");
}

#[test]
fn an_interrupted_call_leads_back_to_the_kill() {
    let source = "main: ep = epoll_create1(0)
        main: signal(SIGUSR1, handler)
        A: epoll_wait(ep, 8, -1) -> blocks
        main: kill(A, SIGUSR1)";
    let is_exit = |kind: &EventKind| matches!(kind, EventKind::SyscallExit { result, .. } if result.get().is_err());
    assert_eq!(chain(source, is_exit), ["SyscallExit", "Wakeup", "SyscallEnter"]);
}
