//! Mechanisms, step by step: a script, a kernel function, and all that happens in it.
//!
//! `UPDATE_EXPECT=1 cargo test` rewrites what is expected.

use expect_test::{Expect, expect};

use crate::script::parse;
use crate::session::{Driver, SimMachine};
use crate::trace::Log;
use crate::trace::json::record_json;

/// Runs a script; what happens in `func` during its last line must be as expected.
#[track_caller]
fn check_trace(source: &str, func: &str, expected: Expect) {
    let (script, diagnostics) = parse(source);
    assert_eq!(diagnostics, [], "{source}");
    let statements = script.statements().count();
    let mut driver = Driver::new(SimMachine::with_sink(Log::default()), script);
    let mut text = String::new();
    for number in 1..=statements {
        let outcome = driver.step().unwrap();
        assert_eq!(outcome.problems, [], "{source}");
        let (first, records) = driver.machine_mut().sink_mut().news();
        for (at, record) in (first..).zip(records).filter(|_| number == statements) {
            if record.event.func().name() == func {
                text += &line(&record_json(at, record));
            }
        }
    }
    expected.assert_eq(&text);
}

/// `CopyOut epi=1 events=EPOLLIN …`: the kind, then its fields by name.
fn line(event: &serde_json::Value) -> String {
    let hidden = ["event", "func", "by", "number", "cause", "task"];
    let fields =
        event.as_object().unwrap().iter().filter(|(key, _)| !hidden.contains(&key.as_str()));
    let fields: String = fields.map(|(key, value)| format!(" {key}={value}")).collect();
    format!("{}{fields}\n", event["event"].as_str().unwrap()).replace('"', "")
}

const READY: &str = "
    main: ep = epoll_create1(0)
    main: e = eventfd(1, 0)
";

#[test]
fn level_triggered_items_go_back_to_the_ready_list() {
    check_trace(
        &format!(
            "{READY} main: epoll_ctl(ep, EPOLL_CTL_ADD, e, {{EPOLLIN, 7}})
                          main: epoll_wait(ep, 8, 0) -> [{{EPOLLIN, 7}}]"
        ),
        "ep_send_events",
        expect![[r#"
            Enter
            MtxLock ep=1
            ReadyUnlink ep=1 epi=1 list=Txlist
            CopyOut data=7 epi=1 events=EPOLLIN index=0
            ReadyLink at=Tail ep=1 epi=1 list=Rdllist
            MtxUnlock ep=1
            Leave
        "#]],
    );
}

#[test]
fn edge_triggered_items_do_not() {
    check_trace(
        &format!(
            "{READY} main: epoll_ctl(ep, EPOLL_CTL_ADD, e, {{EPOLLIN|EPOLLET, 7}})
                          main: epoll_wait(ep, 8, 0) -> [{{EPOLLIN, 7}}]"
        ),
        "ep_send_events",
        expect![[r#"
            Enter
            MtxLock ep=1
            ReadyUnlink ep=1 epi=1 list=Txlist
            CopyOut data=7 epi=1 events=EPOLLIN index=0
            EdgeNotRequeued ep=1 epi=1
            MtxUnlock ep=1
            Leave
        "#]],
    );
}

#[test]
fn one_shot_items_are_disarmed() {
    check_trace(
        &format!(
            "{READY} main: epoll_ctl(ep, EPOLL_CTL_ADD, e, {{EPOLLIN|EPOLLONESHOT, 7}})
                          main: epoll_wait(ep, 8, 0) -> [{{EPOLLIN, 7}}]"
        ),
        "ep_send_events",
        expect![[r#"
            Enter
            MtxLock ep=1
            ReadyUnlink ep=1 epi=1 list=Txlist
            CopyOut data=7 epi=1 events=EPOLLIN index=0
            EpitemEvent data=7 epi=1 events=EPOLLONESHOT
            MtxUnlock ep=1
            Leave
        "#]],
    );
}

#[test]
fn a_callback_queues_the_item_and_wakes_a_waiter() {
    check_trace(
        "main: ep = epoll_create1(0)
         main: e = eventfd(0, 0)
         main: epoll_ctl(ep, EPOLL_CTL_ADD, e, {EPOLLIN|EPOLLET})
         A: epoll_wait(ep, 8, -1) -> blocks
         main: write(e, 1)",
        "ep_poll_callback",
        expect![[r#"
            Enter
            SpinLock ep=1
            Callback epi=1 key=EPOLLIN verdict=Queued
            ReadyLink at=Tail ep=1 epi=1 list=Rdllist
            SpinUnlock ep=1
            Leave
        "#]],
    );
}

#[test]
fn a_callback_for_what_nobody_asked_is_filtered() {
    check_trace(
        &format!(
            "{READY} main: epoll_ctl(ep, EPOLL_CTL_ADD, e, {{EPOLLIN|EPOLLET}})
                          main: read(e, 8) -> 1"
        ),
        "ep_poll_callback",
        expect![[r#"
            Enter
            SpinLock ep=1
            Callback epi=1 key=EPOLLOUT verdict=Filtered
            SpinUnlock ep=1
            Leave
        "#]],
    );
}

#[test]
fn the_walk_stops_at_the_first_exclusive_item_with_a_waiter() {
    check_trace(
        "main: e = eventfd(0, 0)
         main: a = epoll_create1(0)
         main: b = epoll_create1(0)
         main: epoll_ctl(a, EPOLL_CTL_ADD, e, {EPOLLIN|EPOLLEXCLUSIVE})
         main: epoll_ctl(b, EPOLL_CTL_ADD, e, {EPOLLIN|EPOLLEXCLUSIVE})
         A: epoll_wait(a, 8, -1) -> blocks
         B: epoll_wait(b, 8, -1) -> blocks
         main: write(e, 1)",
        "__wake_up_common",
        expect![[r#"
            Enter
            WakeBegin key=EPOLLIN nr_exclusive=1 wq=1
            WakeEntry entry=1 wq=1
            Enter
            WakeBegin key= nr_exclusive=1 wq=2
            WakeEntry entry=3 wq=2
            WakeVerdict counts=true entry=3 wq=2
            WakeEnd why=ExclusiveWoken wq=2
            Leave
            WakeVerdict counts=true entry=1 wq=1
            WakeEnd why=ExclusiveWoken wq=1
            Leave
        "#]],
    );
}

#[test]
fn what_fires_during_a_scan_is_merged_in_order_of_firing() {
    check_trace(
        "main: ep = epoll_create1(0)
         main: a = eventfd(1, 0)
         main: b = eventfd(0, 0)
         main: c = eventfd(0, 0)
         main: epoll_ctl(ep, EPOLL_CTL_ADD, a, {EPOLLIN|EPOLLET})
         main: epoll_ctl(ep, EPOLL_CTL_ADD, b, {EPOLLIN|EPOLLET})
         main: epoll_ctl(ep, EPOLL_CTL_ADD, c, {EPOLLIN|EPOLLET})
         main: epoll_wait(ep, 8, 0) @ copy_out
         io: write(c, 1)
         io: write(b, 1)
         main: continue",
        "ep_done_scan",
        expect![[r#"
            Enter
            SpinLock ep=1
            OvflistPop ep=1 epi=2
            ReadyLink at=Head ep=1 epi=2 list=Rdllist
            OvflistPop ep=1 epi=3
            ReadyLink at=Head ep=1 epi=3 list=Rdllist
            ScanDone ep=1
            SpinUnlock ep=1
            Leave
        "#]],
    );
}

#[test]
fn poll_hooks_all_until_one_is_ready() {
    check_trace(
        "main: a = eventfd(0, 0)
         main: b = eventfd(1, 0)
         main: c = eventfd(1, 0)
         main: poll([{a, POLLIN}, {b, POLLIN}, {c, POLLIN}, {-1, 0}, {9, 0}], -1) -> 3",
        "do_poll",
        expect![[r#"
            Enter
            PollPass hooking=true nfds=5
            PollLook file=2 index=0 mask=EPOLLOUT revents=
            PollLook file=3 index=1 mask=EPOLLIN | EPOLLOUT revents=EPOLLIN
            PollLook file=4 index=2 mask=EPOLLIN | EPOLLOUT revents=EPOLLIN
            PollLook file=null index=3 mask= revents=
            PollLook file=null index=4 mask=EPOLLNVAL revents=EPOLLNVAL
            PollPassEnd count=3
            PollEnd
            CopyToUser bytes=10
            Leave
        "#]],
    );
}

#[test]
fn a_wake_up_says_nothing_but_that_something_happened() {
    check_trace(
        "main: a = eventfd(0, 0)
         main: b = eventfd(0, 0)
         A: select([a, b], [], [], -1) -> blocks
         main: write(b, 1) -> 8",
        "do_select",
        expect![[r#"
            PollTriggered triggered=false
            PollPass hooking=false nfds=5
            PollLook file=2 index=0 mask=EPOLLOUT revents=
            PollLook file=3 index=1 mask=EPOLLIN | EPOLLOUT revents=EPOLLIN
            PollPassEnd count=1
            PollEnd
            CopyToUser bytes=8
            CopyToUser bytes=8
            CopyToUser bytes=8
            Leave
        "#]],
    );
}
