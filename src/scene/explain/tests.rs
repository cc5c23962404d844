//! Every kind of event has its sentence, and those that teach why say the right thing.

use std::collections::BTreeSet;

use super::*;
use crate::i18n::{self, Lang};
use crate::session::Session;
use crate::trace::Record;

/// Scripts that between them make most kinds of event happen.
const SCRIPTS: &[&str] = &[
    "main: ep = epoll_create1(0)
main: [rd, wr] = pipe2(0)
main: epoll_ctl(ep, EPOLL_CTL_ADD, rd, {EPOLLIN|EPOLLONESHOT, 7})
main: epoll_ctl(ep, EPOLL_CTL_ADD, wr, {EPOLLET, 8})
A: epoll_wait(ep, 4, 50) -> _
main: write(wr, 5)
main: write(wr, 5)
main: read(rd, 3)
main: read(rd, 64)
A: epoll_wait(ep, 4, 50) -> _
advance 60ms
A: read(rd, 1) -> blocks
main: write(wr, 1)
main: close(wr)
main: close(rd)
main: close(ep)",
    "main: ep = epoll_create1(0)
main: outer = epoll_create1(0)
main: epoll_ctl(outer, EPOLL_CTL_ADD, ep, {EPOLLIN})
main: [a, b] = socketpair(AF_UNIX, SOCK_STREAM|SOCK_NONBLOCK)
main: epoll_ctl(ep, EPOLL_CTL_ADD, a, {EPOLLIN|EPOLLET, 7})
main: write(b, 100)
main: epoll_wait(outer, 4, 0) -> _
main: epoll_wait(ep, 4, 0) -> _
main: read(a, 50)
main: write(b, 10)
main: epoll_ctl(ep, EPOLL_CTL_MOD, a, {EPOLLOUT, 9})
main: c = dup(a)
main: close(a)
main: close(b)
main: close(c)",
    "main: e = eventfd(0, 0)
main: [rd, wr] = pipe()
main: fcntl(e, F_SETFL, O_NONBLOCK)
main: fcntl(e, F_SETFD, FD_CLOEXEC)
main: fcntl(rd, F_SETPIPE_SZ, 4096)
A: poll([MANY], -1) -> blocks
main: write(e, 1)
main: select([e], NULL, [rd], 0)
main: poll([{-1, POLLIN}, {99, 0}], 0)",
];

fn sessions() -> Vec<Session> {
    let lessons = crate::lessons::ALL.iter().map(|lesson| lesson.source);
    let many = ["{e, POLLIN}"; 31].join(", ");
    let scripts = SCRIPTS.iter().map(|script| script.replace("MANY", &many));
    let files = [
        include_str!("../../../tests/scenarios/tcp/edge-urgent.epoll"),
        include_str!("../../../tests/scenarios/tcp/full-buffers.epoll"),
        include_str!("../../../tests/scenarios/tcp/time-wait.epoll"),
        include_str!("../../../tests/scenarios/sockopt/values.epoll"),
        include_str!("../../../tests/scenarios/signalfd/wakes-waiter.epoll"),
        include_str!("../../../tests/scenarios/signals/pwait-unblocks.epoll"),
        include_str!("../../../tests/scenarios/timerfd/wakes-epoll.epoll"),
        include_str!("../../../tests/scenarios/timerfd/ticks.epoll"),
        include_str!("../../../tests/scenarios/suspend/bad-buffer.epoll"),
        include_str!("../../../tests/scenarios/suspend/no-memory.epoll"),
        include_str!("../../../tests/scenarios/ioctl/budget.epoll"),
        include_str!("../../../tests/scenarios/unix-oob/mark.epoll"),
    ];
    let all = lessons.chain(files).map(str::to_owned).chain(scripts);
    all.map(|source| Session::open(&source).unwrap()).collect()
}

fn names_of(session: &Session) -> Names {
    let mut names = Names::default();
    session.records().iter().for_each(|record| names.learn(&record.event));
    names
}

/// Every event of a session with what is said of it.
fn told(session: &Session) -> Vec<(Event, Explanation)> {
    let names = names_of(session);
    let mut scene = Scene::default();
    let tell = |Record { event, .. }: &Record| {
        let said = explain(event, &scene, &names);
        scene.apply(event);
        (event.clone(), said)
    };
    session.records().iter().map(tell).collect()
}

fn variant(kind: &EventKind) -> String {
    match serde_json::to_value(kind).unwrap() {
        serde_json::Value::String(name) => name,
        serde_json::Value::Object(object) => object.keys().next().unwrap().clone(),
        other => panic!("{other}"),
    }
}

/// The variants that the source declares.
fn declared() -> BTreeSet<String> {
    let source = include_str!("../../trace/event.rs");
    let body = source.split("pub enum EventKind {").nth(1).unwrap().split("\n}").next().unwrap();
    let name = |line: &str| {
        let line = line.strip_prefix("    ")?;
        let end = line.find(|c: char| !c.is_alphanumeric()).unwrap_or(line.len());
        line.starts_with(char::is_uppercase).then(|| line[..end].to_owned())
    };
    body.lines().filter_map(name).collect()
}

/// Kinds that no script here brings about; they are made by hand.
fn by_hand() -> Vec<Event> {
    let (task, ep, sock) = (Default::default(), Default::default(), Default::default());
    let kinds = [
        EventKind::MtxWait { ep, task },
        EventKind::SockErr { sock, error: Some(crate::kernel::abi::Errno::ECONNRESET) },
        EventKind::SockErr { sock, error: None },
        EventKind::TimerCancel { task },
    ];
    let event = |kind| Event::new(Context::Hardirq.into(), Func::schedule, kind);
    kinds.into_iter().map(event).collect()
}

#[test]
fn every_kind_of_event_has_its_sentence() {
    let mut seen = BTreeSet::new();
    let mut check = |event: &Event, said: &Explanation, line: &str| {
        let kind = variant(&event.kind);
        assert!(!said.title.is_empty() && !line.is_empty(), "{event:?}");
        assert!(said.sentence.ends_with('.'), "{kind}: {}", said.sentence);
        assert!(!said.sentence.contains("  "), "{kind}: {}", said.sentence);
        seen.insert(kind);
    };
    for session in sessions() {
        let names = names_of(&session);
        for (event, said) in told(&session) {
            check(&event, &said, &brief(&event, &names));
        }
    }
    for event in by_hand() {
        let names = Names::default();
        check(&event, &explain(&event, &Scene::default(), &names), &brief(&event, &names));
    }
    let missing: Vec<_> = declared().difference(&seen).cloned().collect();
    assert!(missing.is_empty(), "no event of these kinds was told: {missing:?}");
}

#[test]
fn no_sentence_names_an_arena_key() {
    for session in sessions() {
        for (event, said) in told(&session) {
            let text = format!("{} {}", said.title, said.sentence);
            assert!(!text.contains('#'), "{event:?}: {text}");
        }
    }
}

/// The first event of this kind in the script.
fn first(script: &str, is_it: impl Fn(&EventKind) -> bool) -> Explanation {
    let session = Session::open(script).unwrap();
    told(&session).into_iter().find(|(event, _)| is_it(&event.kind)).unwrap().1
}

const EDGE: &str = "main: ep = epoll_create1(0)
main: [rd, wr] = socketpair(AF_UNIX, SOCK_STREAM|SOCK_NONBLOCK)
main: epoll_ctl(ep, EPOLL_CTL_ADD, rd, {EPOLLIN|EPOLLET, 7})
A: epoll_wait(ep, 8, -1) -> blocks
B: epoll_wait(ep, 8, -1) -> blocks
main: write(wr, 100)
";

#[test]
fn a_callback_says_what_the_key_and_the_item_have_in_common() {
    let said = first(EDGE, |kind| matches!(kind, EventKind::Callback { .. }));
    assert_eq!(said.title, "fd 4 becomes ready");
    assert_eq!(
        said.sentence,
        "The key says EPOLLIN, the item asks for EPOLLIN|EPOLLET: it passes the filter. It goes to the tail of rdllist."
            .replace("says EPOLLIN,", &format!("says {},", key_of(EDGE)))
    );
}

fn key_of(script: &str) -> String {
    let session = Session::open(script).unwrap();
    let key = session.records().iter().find_map(|record| match record.event.kind {
        EventKind::Callback { key, .. } => Some(epoll::mask_text(key)),
        _ => None,
    });
    key.unwrap()
}

#[test]
fn an_edge_is_not_put_back() {
    let said = first(EDGE, |kind| matches!(kind, EventKind::EdgeNotRequeued { .. }));
    assert!(said.sentence.contains("only a new arrival reports it again"), "{}", said.sentence);
}

#[test]
fn a_level_item_goes_back_to_the_tail() {
    let level = EDGE.replace("|EPOLLET", "");
    let session = Session::open(&level).unwrap();
    let back = told(&session).into_iter().find(|(event, _)| {
        event.func == Func::ep_send_events && matches!(event.kind, EventKind::ReadyLink { .. })
    });
    assert!(back.unwrap().1.sentence.starts_with("Level-triggered"));
}

#[test]
fn the_end_of_a_wake_up_says_who_sleeps_on() {
    let session = Session::open(EDGE).unwrap();
    let names = names_of(&session);
    let ends = told(&session).into_iter().filter(|(event, _)| match event.kind {
        EventKind::WakeEnd { wq, .. } => {
            matches!(names.queue_of(wq), Some(crate::scene::Queue::Wq(_)))
        }
        _ => false,
    });
    let sentences: Vec<String> = ends.map(|(_, said)| said.sentence).collect();
    assert!(sentences.iter().any(|s| s.ends_with("A sleeps on.")), "{sentences:?}");
}

#[test]
fn what_was_not_asked_for_is_filtered() {
    let script = EDGE.replace("{EPOLLIN|EPOLLET, 7}", "{EPOLLOUT|EPOLLET, 7}");
    let said = first(&script, |kind| matches!(kind, EventKind::Callback { .. }));
    assert!(
        said.sentence.contains("the item asks for EPOLLOUT|EPOLLET: nothing in common"),
        "{}",
        said.sentence
    );
}

#[test]
fn masks_are_short() {
    use crate::kernel::abi::Events;
    let check = |mask: Events, text: &str| assert_eq!(short_mask(mask), text);
    check(Events::EPOLLIN | Events::EPOLLET | Events::EPOLLERR | Events::EPOLLHUP, "IN·ET");
    check(Events::EPOLLOUT | Events::EPOLLONESHOT, "OUT·1SHOT");
    check(Events::EPOLLIN | Events::EPOLLRDNORM, "IN");
    check(Events::EPOLLHUP, "HUP");
    check(Events::empty(), "0");
}

#[test]
fn times_carry_their_unit() {
    assert_eq!(time_text(50_000_000), "50 ms");
    assert_eq!(time_text(2_000_000_000), "2 s");
    assert_eq!(time_text(1_500), "1500 ns");
}

/// All scenarios and lessons that there are.
fn all_scripts() -> Vec<std::path::PathBuf> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![root.join("tests/scenarios"), root.join("www/lessons")];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.extension() {
                None => folders.push(path),
                Some(kind) if kind == "epoll" => files.push(path),
                Some(_) => {}
            }
        }
    }
    files.sort();
    files
}

fn is_chinese(text: &str) -> bool {
    text.contains(|c: char| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

/// What is left of a text without messages' and arguments' names, which nobody is to see.
fn leaks(text: &str) -> bool {
    ["event-", "intent-", "func-", "word-", "name-", "{$", "{ $"].iter().any(|s| text.contains(s))
}

#[test]
fn every_event_of_every_scenario_is_told_in_english() {
    check_all(|sentence| sentence.ends_with('.') && !is_chinese(sentence));
}

#[test]
fn every_event_of_every_scenario_is_told_in_chinese() {
    i18n::set(Lang::ZhCn);
    check_all(|sentence| sentence.ends_with('。') && is_chinese(sentence));
    i18n::set(Lang::En);
}

fn check_all(is_whole: fn(&str) -> bool) {
    for path in all_scripts() {
        // Some scenarios are wrong on purpose.
        let Ok(session) = Session::open(&std::fs::read_to_string(&path).unwrap()) else { continue };
        let names = names_of(&session);
        for (event, said) in told(&session) {
            let line = brief(&event, &names);
            let place = || format!("{}, {event:?}: {said:?} {line}", path.display());
            assert!(!said.title.is_empty() && !line.is_empty(), "{}", place());
            let texts = [&said.title, &said.sentence, &line];
            assert!(!texts.into_iter().any(|text| leaks(text)), "{}", place());
            assert!(is_whole(&said.sentence), "{}", place());
        }
    }
}

#[test]
fn every_function_and_every_call_has_its_words() {
    for func in Func::ALL {
        assert!(i18n::has(&format!("func-{func}")), "{func}");
    }
    for call in crate::session::lower::call_names() {
        let call = if call == "pipe" { "pipe2" } else { call };
        assert!(i18n::has(&format!("intent-{call}")), "{call}");
    }
}

#[test]
fn one_is_not_many() {
    let check = |bytes: u32, title: &str, sentence: &str| {
        let task = Default::default();
        let kind = EventKind::CopyToUser { task, bytes };
        let event = Event::new(Context::Hardirq.into(), Func::schedule, kind);
        let said = explain(&event, &Scene::default(), &Names::default());
        assert_eq!(said.title, title);
        assert!(said.sentence.starts_with(sentence), "{}", said.sentence);
    };
    check(1, "1 byte out", "1 byte is copied from the kernel into the timer interrupt's memory.");
    check(2, "2 bytes out", "2 bytes are copied");
    check(0, "0 bytes out", "0 bytes are copied");
    i18n::set(Lang::ZhCn);
    check(1, "复制出 1 字节", "1 字节从内核复制到 定时器中断 的内存。");
    i18n::set(Lang::En);
}
