//! A changed script gives the same run whether it is run from its start or from a kept state.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::*;
use crate::session::robust;

/// The runs are the same, and so is the machine afterwards.
fn assert_same(one: &Session, other: &Session) {
    assert_eq!(one.source(), other.source());
    assert_eq!(one.lines(), other.lines());
    // Not shown in full: that would be megabytes.
    assert!(one.records() == other.records(), "records of {}", one.source());
    assert!(one.machine().kernel() == other.machine().kernel(), "kernel of {}", one.source());
    assert_eq!(one.env(), other.env());
    // Scenes compare by address.
    let frames = |session: &Session| {
        let scenes: Vec<_> = session.keyframes.scenes().collect();
        serde_json::to_string(&scenes).unwrap()
    };
    assert!(frames(one) == frames(other), "keyframes of {}", one.source());
}

/// A run that keeps its state after every line with events.
fn keeping(source: &str) -> Session {
    let mut blank = Session::blank();
    blank.kept.stride = 1;
    blank.edited_from_start(source)
}

impl Session {
    fn edited_from_start(mut self, source: &str) -> Session {
        let (script, unread) = parse(source);
        self.extend(source.to_owned(), script.lines, &unread);
        self
    }
}

/// What is done to the lines of a script.
#[derive(Clone, Debug)]
enum Edit {
    Replace(Index, String),
    Insert(Index, String),
    Remove(Index),
    Swap(Index, Index),
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let line = select(vec![
        "main: e9 = eventfd(0, 0)",
        "main: write(e9, 1) -> _",
        "A: epoll_wait(ep, 8, -1) -> _",
        "A: epoll_wait(ep, 8, 0) -> _",
        "main: close(3) -> _",
        "main: close(nobody)",
        "main: close(,",
        "advance 1s",
        "# nothing",
        "#: rlimit_nofile = 9",
        "main: nosuchcall(1)",
        "B => blocks",
        "B: continue",
        "main: exit_group(0) -> _",
        "",
    ])
    .prop_map(str::to_owned);
    let edit = prop_oneof![
        (any::<Index>(), line.clone()).prop_map(|(at, line)| Edit::Replace(at, line)),
        (any::<Index>(), line).prop_map(|(at, line)| Edit::Insert(at, line)),
        any::<Index>().prop_map(Edit::Remove),
        (any::<Index>(), any::<Index>()).prop_map(|(a, b)| Edit::Swap(a, b)),
    ];
    vec(edit, 1..6)
}

fn edit(text: &str, edit: &Edit) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    if lines.is_empty() {
        lines.push("");
    }
    let count = lines.len();
    match edit {
        Edit::Replace(at, line) => lines[at.index(count)] = line,
        Edit::Insert(at, line) => lines.insert(at.index(count + 1), line),
        Edit::Remove(at) => drop(lines.remove(at.index(count))),
        Edit::Swap(a, b) => lines.swap(a.index(count), b.index(count)),
    }
    lines.join("\n") + "\n"
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_kept_state_leads_where_the_start_leads(
        lesson in select(crate::lessons::ALL),
        edits in edits(),
    ) {
        let mut session = keeping(lesson.source);
        for change in &edits {
            let text = edit(session.source(), change);
            session = session.edited(&text);
            assert_same(&session, &Session::open_all(&text));
        }
        // And all the way back.
        assert_same(&session.edited(lesson.source), &Session::open_all(lesson.source));
    }

    #[test]
    fn of_any_text(script in robust::texts(), edits in edits()) {
        let mut session = keeping(&script);
        for change in &edits {
            let text = edit(session.source(), change);
            session = session.edited(&text);
            assert_same(&session, &Session::open_all(&text));
        }
    }
}

#[test]
fn bad_lines_are_kept_and_the_rest_is_run() {
    let text = "main: e = eventfd(0, 0)\nmain: write(e,\nA: read(e, 8)\nA: nop()\nmain: write(e, 1)\n\
                main: close(gone)\nmain: frobnicate(1)\nB => 8\nmain: e2 = eventfd(2, 0)\n";
    let session = Session::open_all(text);
    let told = |line: &super::super::SessionLine| line.problems.len();
    assert_eq!(session.lines().iter().map(told).collect::<Vec<_>>(), [0, 1, 1, 1, 0, 1, 1, 1, 0]);
    assert_eq!(session.lines()[1].kind, LineKind::Unread);
    assert_eq!(session.lines()[1].text, "main: write(e,");
    assert_eq!(session.lines()[8].outcome.as_deref(), Some("= 4"));
    assert_eq!(session.source(), text);
    assert!(Session::open(text).is_err());
}

#[test]
fn a_script_with_a_bad_line_can_be_added_to() {
    let mut session = Session::open_all("main: (\nmain: e = eventfd(0, 0)");
    assert!(session.append("main: )").is_err());
    session.append("main: write(e, 1)").unwrap();
    assert_eq!(session.lines()[2].outcome.as_deref(), Some("= 8"));
    assert_same(&session, &Session::open_all(session.source()));
}

#[test]
fn what_a_machine_did_not_come_to_says_so() {
    let mut session = Session::open_all("main: e = eventfd(0, 0)\nmain: close(e)\n");
    session.driver.give_up_now();
    session.append("# remark\nmain: nop()\n").unwrap();
    let told: Vec<_> = session.lines().iter().map(|line| line.problems.len()).collect();
    assert_eq!(told, [0, 0, 0, 1]);
    assert!(session.lines()[3].problems[0].message.contains("line 2"));
    let mended = session.edited("main: e = eventfd(0, 0)\nmain: nop()\n");
    assert!(mended.lines().iter().all(|line| line.problems.is_empty()));
}

#[test]
fn at_a_line_later_names_are_known_but_nothing_later_has_happened() {
    let text = "main: e = eventfd(0, 0)\nmain: e2 = eventfd(0, 0)\nA: nop()\n";
    let there = Session::open_all(text).as_of_line(1);
    assert_eq!(there.fresh_name("e"), "e3");
    assert_eq!(there.fresh_name("A"), "A2");
    assert_eq!((there.fd_of("e2"), there.machine().tasks()), (None, 1));
}

#[test]
fn few_states_are_kept() {
    let write = "main: write(e, 1) -> _\nmain: read(e, 8) -> _\n".repeat(4000);
    let session = Session::open_all(&format!("main: e = eventfd(0, EFD_NONBLOCK)\n{write}"));
    assert!(session.records().len() > 40 * STRIDE);
    let states = session.kept.states.len();
    assert!((MOST / 2..=MOST).contains(&states), "{states}");
    let positions = session
        .kept
        .states
        .windows(2)
        .map(|pair| pair[1].mark.position() - pair[0].mark.position());
    assert!(positions.max() <= Some(3 * session.kept.stride));
}
