use super::*;
use crate::session::Session;
use crate::trace::cost::{Cost, Costs};
use crate::trace::event::{self, EventKind, EventKind::*, Verdict};

fn open(id: &str) -> Session {
    Session::open(Lesson::by_id(id).unwrap().source).unwrap()
}

#[test]
fn every_lesson_runs_as_it_says() {
    for lesson in ALL {
        let session = Session::open(lesson.source).unwrap();
        for line in session.lines() {
            assert_eq!(line.problems, [], "{}: {}", lesson.id, line.text);
        }
    }
}

#[test]
fn every_lesson_is_there_once_in_both_languages() {
    let numbers: Vec<u8> = ALL.iter().map(|lesson| lesson.number).collect();
    assert_eq!(numbers, Vec::from_iter(1..=26));
    for lesson in ALL {
        let get = |key: &str| lesson.metadata(&format!("#: {key} = ")).unwrap_or_default().trim();
        assert_eq!(get("lesson"), lesson.number.to_string(), "{}", lesson.id);
        for key in ["title", "about"] {
            assert!(get(key).is_ascii() && !get(key).is_empty(), "{}: {key}", lesson.id);
            let chinese = get(&format!("{key}.zh"));
            let is_chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
            assert!(chinese.contains(is_chinese), "{}: {key}.zh: {chinese}", lesson.id);
        }
        assert_eq!(Lesson::by_id(lesson.id), Some(lesson), "two of this name");
    }
    assert_eq!(ALL[FIRST].id, "edge-never-comes");
}

#[cfg(not(target_arch = "wasm32"))]
#[test]
fn every_file_is_a_lesson() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/www/lessons");
    for file in std::fs::read_dir(folder).unwrap() {
        let source = std::fs::read_to_string(file.unwrap().path()).unwrap();
        assert!(ALL.iter().any(|lesson| lesson.source == source), "{source}");
    }
}

/// Whether an event is one that the lesson is about.
type Telling = fn(&EventKind) -> bool;

/// An event, by name too, and how often it must happen at the least.
type AtLeast = (usize, &'static str, Telling);

macro_rules! events {
    ($($least:literal $pattern:pat $(if $guard:expr)?),* $(,)?) => {
        &[$(($least, stringify!($pattern), |event| matches!(event, $pattern $(if $guard)?))),*]
    };
}

/// What must happen in a lesson.
const SHOWN: &[(&str, &[AtLeast])] = &[
    ("set-in-the-kernel", events![1 EventpollNew { .. }, 3 EpitemNew(_), 1 EpitemEvent { .. }]),
    (
        "tree",
        events![16 RbLink { .. }, 4 RbRotate { .. }, 25 RbColor { .. }, 60 RbCompare { .. },
            2 RbLeftmost { .. }, 1 RbSuccessor { .. }],
    ),
    (
        "arming",
        events![4 Watches { .. }, 4 PwqNew { .. }, 1 PwqFree { .. }, 3 Wakeup { woken: true, .. },
            4 ItemPoll { .. }],
    ),
    (
        "callback",
        events![1 Callback { verdict: Verdict::Filtered, .. },
            3 Callback { verdict: Verdict::Queued, .. },
            1 Callback { verdict: Verdict::QueuedAlready, .. }],
    ),
    ("sleeping", events![1 TimerFire { .. }, 1 SignalSend { .. }, 5 Wakeup { woken: true, .. }]),
    (
        "handing-over",
        events![8 CopyOut { .. }, 6 ScanStart { .. },
            1 ItemPoll { revents, .. } if revents.is_empty()],
    ),
    ("ovflist", events![3 OvflistPush { .. }, 3 OvflistPop { .. }]),
    ("level-edge", events![2 EdgeNotRequeued { .. }, 4 ReadyLink { .. }]),
    ("oneshot", events![1 Callback { verdict: Verdict::Disarmed, .. }]),
    ("nested", events![5 Callback { verdict: Verdict::Queued, .. }]),
    ("edge-never-comes", events![3 EdgeNotRequeued { .. }]),
    ("edge-comes-again", events![8 EdgeNotRequeued { .. }, 2 TimerfdFire { .. }]),
    ("epollout", events![4 SockWmem { .. }, 5 CopyOut { .. }]),
    ("firehose", events![1 Callback { verdict: Verdict::QueuedAlready, .. }]),
    ("would-not-die", events![2 ProcessNew { .. }, 2 EpitemFree { .. }]),
    ("stale-batch", events![2 EpitemFree { .. }, 6 CopyOut { .. }]),
    ("one-edge-two-threads", events![6 Wakeup { woken: true, .. }]),
    ("two-threads-one-socket", events![1 Callback { verdict: Verdict::Disarmed, .. }]),
    (
        "exclusive",
        events![6 Callback { .. }, 2 WakeEnd { why: event::WakeEnd::ExclusiveWoken, .. },
            6 SegmentArrive { .. }],
    ),
    ("last-in-first-woken", events![5 WakeEnd { why: event::WakeEnd::ExclusiveWoken, .. }]),
    ("hang-ups", events![2 SockShutdown { .. }, 1 SockErr { error: Some(_), .. }]),
    ("waking-a-sleeper", events![3 Wakeup { woken: true, .. }, 2 EpitemFree { .. }]),
    ("not-watchable", events![2 FileNew(_)]),
    (
        "poll",
        events![40 PollArm { .. }, 40 PollDisarm { .. }, 1 PollChunk { .. }, 1 PollPage { .. },
            4 PollTriggered { triggered: true, .. }],
    ),
    ("select", events![4 SelectBitmaps { heap: false, .. }, 2 SelectBitmaps { heap: true, .. }]),
];

#[test]
fn lessons_show_what_they_are_about() {
    for (id, events) in SHOWN {
        let session = open(id);
        for (least, name, telling) in *events {
            let count = session.records().iter().filter(|it| telling(&it.event.kind)).count();
            assert!(count >= *least, "{id}: {name} happens {count} times, not {least}");
        }
    }
}

#[test]
fn the_race_costs_what_it_says() {
    let session = open("race");
    // The first event at or after the line that begins so; the end, if there is none.
    let position = |start: &str| {
        let lines = session.lines().iter().skip_while(|line| !line.text.starts_with(start));
        let mut events = lines.map(|line| line.events.clone());
        events.find(|range| !range.is_empty()).map_or(session.records().len(), |range| range.start)
    };
    let between = |first: &str, last: &str| {
        let mut costs = Costs::default();
        let records = &session.records()[position(first)..position(last)];
        records.iter().for_each(|record| costs.apply(&record.event));
        costs
    };
    // Calls, bytes in and out, files asked; of two rounds.
    let of = |cost: &Cost| (cost.syscalls, cost.bytes_in, cost.bytes_out, cost.file_polls);
    let select = between("# select", "# poll").select;
    assert_eq!(of(&select), (2, 48, 16, 20));
    let poll = between("# poll", "# epoll, level").poll;
    assert_eq!(of(&poll), (2, 160, 40, 20));
    let level = between("# 24 bytes", "main: close(lt)").epoll;
    assert_eq!(of(&level), (2, 0, 48, 6));
    // And one ADD.
    let edge = between("main: epoll_ctl(et, EPOLL_CTL_ADD, f9", "main: close(et)").epoll;
    assert_eq!(of(&edge), (2 + 1, 12, 48, 4 + 1));
    let small = between("# Where select wins", "# ...against four");
    assert_eq!((of(&small.select), small.select.allocations), ((1, 24, 8, 2), 0));
    let small = between("# ...against four", "the end");
    assert_eq!((of(&small.epoll), small.epoll.allocations), ((4, 24, 24, 4), 5));
}
