//! Broken and strange scenarios in the simulator: whatever is in a text, reading and running it
//! does not panic, comes to an end, and leaves a sound kernel behind.

use std::path::Path;
use std::sync::{LazyLock, Mutex};
use std::time::{Duration, Instant};

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::{TestCaseError, TestError};

use super::{Driver, Session, SimMachine, fuzz};
use crate::script::{Color, parse, render};

/// Texts that a test run tries; `EPOLL_ROBUST=100000` tries more.
const TEXTS: u64 = 400;

/// A text that takes longer fails.
const SLOW: Duration = Duration::from_secs(10);

/// A text that takes longer than that is taken to go on for ever; the process ends.
const FOR_EVER: Duration = Duration::from_secs(120);

#[test]
fn no_text_breaks_the_simulator() {
    let (seed, wanted) = (fuzz::seed(), fuzz::number("EPOLL_ROBUST").unwrap_or(TEXTS));
    fuzz::tell(&format!("robust: {wanted} texts, EPOLL_SEED={seed}"));
    let broken = (seed..seed + wanted).filter(|seed| !holds(*seed)).count();
    assert_eq!(broken, 0, "see above");
}

#[test]
fn what_would_take_all_memory_is_refused() {
    let text = "main: z = open(\"/dev/zero\", O_RDWR)\nmain: read(z, 2000000000) -> _\n\
                main: read(z, 4) -> 4\nmain: write(z, 2000000000) -> _\n\
                main: [a, b] = socketpair(AF_UNIX, SOCK_STREAM)\n\
                main: send(a, 18446744073709551615, 0) -> _\n";
    let session = Session::open(text).unwrap();
    let refused: Vec<_> = session.lines().iter().map(|line| line.problems.len()).collect();
    assert_eq!(refused, [0, 1, 0, 1, 0, 1]);
}

/// `cargo xtask fuzz --robust` runs this.
#[test]
#[ignore = "takes as many minutes as EPOLL_FUZZ_MINUTES says"]
fn long_run() {
    let mut seed = fuzz::seed();
    fuzz::tell(&format!("robust: --seed {seed} repeats this run"));
    std::thread::spawn(|| {
        loop {
            std::thread::sleep(Duration::from_secs(1));
            let current = CURRENT.lock().unwrap();
            if let Some((_, text)) =
                current.as_ref().filter(|(start, _)| start.elapsed() > FOR_EVER)
            {
                let path = fuzz::keep("for-ever", text);
                fuzz::tell(&format!("this goes on for ever: {}", path.display()));
                std::process::abort();
            }
        }
    });
    let (mut texts, mut broken, mut long) = (0, 0, fuzz::Long::start());
    while long.goes_on(|| format!("{texts} texts, {broken} broke something")) {
        broken += u64::from(!holds(seed));
        texts += 1;
        seed += 1;
    }
    fuzz::tell(&format!("{texts} texts, {broken} broke something"));
    assert_eq!(broken, 0, "see above");
}

/// What is run just now, since when.
static CURRENT: Mutex<Option<(Instant, String)>> = Mutex::new(None);

/// Tries the text of this seed; one that breaks something is made small, told and kept.
fn holds(seed: u64) -> bool {
    let mut runner = fuzz::runner(seed);
    let tree = texts().new_tree(&mut runner);
    let tree = tree.unwrap_or_else(|reason| panic!("no text: {reason}"));
    let result = runner.run_one(tree, |text| {
        *CURRENT.lock().unwrap() = Some((Instant::now(), text.clone()));
        try_text(&text)
    });
    *CURRENT.lock().unwrap() = None;
    let Err(TestError::Fail(reason, text)) = result else { return true };
    let path = fuzz::keep(&format!("robust-{seed}"), &text);
    fuzz::tell(&format!("seed {seed}: {reason}: {}\n{text}\n", path.display()));
    false
}

/// Reads and runs it, as the tool does and as the page does.
fn try_text(text: &str) -> Result<(), TestCaseError> {
    let start = Instant::now();
    let (script, diagnostics) = parse(text);
    render("text", text, &diagnostics, Color::Never);
    let mut driver = Driver::new(SimMachine::new(), script);
    let outcomes = driver.run();
    driver.machine().kernel().check();
    if diagnostics.is_empty() && outcomes.len() < 100 {
        let session = Session::open(text).map_err(|_| TestCaseError::fail("read, and not read"))?;
        session.scene_at(usize::MAX);
    }
    match start.elapsed() {
        elapsed if elapsed > SLOW => Err(TestCaseError::fail(format!("took {elapsed:?}"))),
        _ => Ok(()),
    }
}

/// All scenarios of the project.
static SCENARIOS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![root.join("tests/scenarios"), root.join("www/lessons")];
    let mut paths = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { paths.push(path) }
        }
    }
    paths.sort();
    paths.iter().map(|path| std::fs::read_to_string(path).unwrap()).collect()
});

/// The words of all scenarios: calls, constants, names, numbers; and some that are none.
static WORDS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let lines = SCENARIOS.iter().flat_map(|text| text.lines());
    let lines = lines.filter(|line| !line.starts_with('#'));
    let is_border = |c: char| !c.is_alphanumeric() && c != '_' && c != '-';
    let mut words: Vec<_> =
        lines.flat_map(|line| line.split(is_border)).map(str::to_owned).collect();
    words.extend(WILD.map(str::to_owned));
    words.sort();
    words.dedup();
    words
});

/// Values at the borders of what can be written.
const WILD: [&str; 28] = [
    "-1",
    "2147483647",
    "2147483648",
    "-2147483648",
    "4294967295",
    "9223372036854775807",
    "18446744073709551615",
    "18446744073709551616",
    "0xffffffffffffffff",
    "1ns",
    "584y",
    "18446744073709551615ns",
    "9223372036854775807s",
    "\"",
    "\"abc\"",
    "\"\\xff\\0\"",
    "NULL",
    "_",
    "[3, 4]",
    "[]",
    "{EPOLLIN|EPOLLET, 18446744073709551615}",
    "[{3, POLLIN}]",
    "{0xffffffff}",
    "[SIGUSR1]",
    "blocks",
    "continue",
    "#:",
    "",
];

fn word() -> impl Strategy<Value = String> {
    prop_oneof![3 => select(WORDS.as_slice()), 1 => select(&WILD[..]).prop_map(str::to_owned)]
}

pub(super) fn texts() -> impl Strategy<Value = String> {
    let junk = vec(any::<u8>(), 0..300).prop_map(|it| String::from_utf8_lossy(&it).into_owned());
    let sign =
        select(&["(", ")", "[", "]", "{", "}", ",", "|", "->", "=>", "=", ":", "@", "\n"][..]);
    let token = prop_oneof![2 => word(), 3 => sign.clone().prop_map(str::to_owned)];
    let soup = vec(token, 0..120).prop_map(|tokens| tokens.join(" "));
    let deep = (sign, prop_oneof![0..100usize, 0..30_000usize])
        .prop_map(|(sign, times)| format!("T: f({}", sign.repeat(times)));
    let task = select(&["main", "A", "B", "C", "U"][..]);
    let call = (task, word(), word(), vec(word(), 0..5), word()).prop_map(
        |(task, name, call, arguments, expected)| {
            format!("{task}: {name} = {call}({}) -> {expected}\n", arguments.join(", "))
        },
    );
    let calls = vec(call, 0..40).prop_map(|lines| lines.concat());
    let changed = (select(SCENARIOS.as_slice()), vec(change(), 1..10))
        .prop_map(|(text, changes)| changes.iter().fold(text, |text, change| change.apply(&text)));
    prop_oneof![2 => junk, 3 => soup, 1 => deep, 4 => calls, 10 => changed]
}

/// One change of a scenario.
#[derive(Clone, Debug)]
enum Change {
    Drop(Index),
    /// A line comes again, elsewhere.
    Copy(Index, Index),
    Word(Index, String),
    Insert(Index, String),
    Cut(Index),
    /// What another scenario does, too.
    Append(String),
}

fn change() -> impl Strategy<Value = Change> {
    let at = any::<Index>;
    prop_oneof![
        4 => at().prop_map(Change::Drop),
        4 => (at(), at()).prop_map(|(from, to)| Change::Copy(from, to)),
        8 => (at(), word()).prop_map(|(at, word)| Change::Word(at, word)),
        2 => (at(), any::<char>().prop_map(String::from)).prop_map(|(at, c)| Change::Insert(at, c)),
        2 => (at(), word()).prop_map(|(at, word)| Change::Insert(at, word)),
        1 => at().prop_map(Change::Cut),
        1 => select(SCENARIOS.as_slice()).prop_map(Change::Append),
    ]
}

impl Change {
    fn apply(&self, text: &str) -> String {
        let mut lines: Vec<&str> = text.lines().collect();
        // A place between two characters.
        let place = |at: &Index| {
            let places: Vec<usize> = text.char_indices().map(|(place, _)| place).collect();
            if places.is_empty() { 0 } else { *at.get(&places) }
        };
        match self {
            _ if lines.is_empty() => String::new(),
            Change::Drop(at) => {
                lines.remove(at.index(lines.len()));
                lines.join("\n")
            }
            Change::Copy(from, to) => {
                let line = lines[from.index(lines.len())];
                lines.insert(to.index(lines.len()), line);
                lines.join("\n")
            }
            Change::Word(at, word) => {
                let start = place(at);
                let rest = text[start..].find(|c: char| !c.is_alphanumeric() && c != '_');
                let end = rest.map_or(text.len(), |length| start + length);
                let is_in_word = |c: char| c.is_alphanumeric() || c == '_';
                let start = text[..start].trim_end_matches(is_in_word).len();
                format!("{}{word}{}", &text[..start], &text[end..])
            }
            Change::Insert(at, more) => {
                let (before, after) = text.split_at(place(at));
                format!("{before}{more}{after}")
            }
            Change::Cut(at) => text[..place(at)].to_owned(),
            Change::Append(more) => format!("{text}\n{more}"),
        }
    }
}
