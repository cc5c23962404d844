//! What hands write can be read and does what it says.

use super::*;
use crate::session::LineKind;

const ALL_KINDS: &str = "main: ep = epoll_create1(0)
main: ep2 = epoll_create1(0)
main: e = eventfd(2, EFD_NONBLOCK)
main: [rd, wr] = pipe2(O_NONBLOCK)
main: [a, b] = socketpair(AF_UNIX, SOCK_STREAM|SOCK_NONBLOCK)
main: l = socket(AF_INET, SOCK_STREAM|SOCK_NONBLOCK)
main: bind(l, 5000)
main: listen(l, 5)
main: c = socket(AF_INET, SOCK_STREAM)
main: connect(c, 5000)
main: s = accept4(l, SOCK_NONBLOCK)
main: t = timerfd_create(TFD_NONBLOCK)
main: timerfd_settime(t, 10ms, 0)
main: sfd = signalfd([SIGUSR1], SFD_NONBLOCK)
main: u = socket(AF_INET, SOCK_DGRAM|SOCK_NONBLOCK)
main: bind(u, 6000)
main: f = open(\"/tmp/file\", O_RDWR|O_CREAT)
main: epoll_ctl(ep, EPOLL_CTL_ADD, e, {EPOLLIN})
main: epoll_ctl(ep, EPOLL_CTL_ADD, l, {EPOLLIN|EPOLLEXCLUSIVE})
main: epoll_ctl(ep, EPOLL_CTL_ADD, a, {EPOLLOUT|EPOLLONESHOT})
main: epoll_wait(ep, 8, 0)
A: epoll_wait(ep2, 8, -1) -> blocks
B: epoll_wait(ep, 8, -1) @ before_scan
main: fork(P)
";

fn session(source: &str) -> Session {
    match Session::open(source) {
        Ok(session) => session,
        Err(diagnostics) => panic!("{diagnostics:?}"),
    }
}

fn with<T>(session: &Session, look: impl FnOnce(&Lines<'_>) -> T) -> T {
    let scene = session.scene_at(usize::MAX);
    look(&Lines { session, scene: &scene })
}

/// The things that have a menu.
fn things(scene: &Scene) -> Vec<Thing> {
    let tasks = scene.tasks.keys().map(|key| Thing::Task(*key));
    let items = scene.epitems.keys().map(|key| Thing::Item(*key));
    let eps = scene.eventpolls.keys().map(|key| Thing::Ep(*key));
    let files = scene.files.keys().map(|key| Thing::File(*key));
    tasks.chain(items).chain(eps).chain(files).collect()
}

/// The problems of lines added at the end, those that a machine tells for lack of an errno.
#[track_caller]
fn added(before: &Session, lines: &str) -> Session {
    let mut session = before.clone();
    let count = session.lines().len();
    if let Err(diagnostics) = session.append(lines) {
        panic!("{lines}: {diagnostics:?}");
    }
    for line in &session.lines()[count..] {
        assert_eq!(line.kind, LineKind::Statement);
        assert!(line.problems.is_empty(), "{lines}: {:?}", line.problems);
    }
    session
}

#[test]
fn every_act_on_everything_is_a_script_that_runs() {
    let before = session(ALL_KINDS);
    let mut seen = std::collections::BTreeSet::new();
    with(&before, |lines| {
        for thing in things(lines.scene) {
            for act in Act::ALL {
                let mut values: Vec<String> =
                    act.fields().iter().map(|field| field.default.to_owned()).collect();
                if act == Act::ReadFd {
                    values[0] = "e".to_owned();
                }
                match lines.attempt(thing, act, &values) {
                    Attempt::Lines(lines) => {
                        added(&before, &lines);
                        seen.insert(act);
                    }
                    Attempt::Off(why) => assert!(!why.starts_with("hands-"), "{why}"),
                    Attempt::Foreign => {}
                }
            }
        }
    });
    let unseen: Vec<_> = Act::ALL.into_iter().filter(|act| !seen.contains(act)).collect();
    // Those need a task that is held.
    assert_eq!(unseen, [Act::Run, Act::Release]);
}

#[test]
fn everything_that_can_be_made_is_made_twice() {
    let kinds = Create::FILES.into_iter().chain([Create::Thread, Create::Process]);
    for what in kinds {
        let mut session = session("");
        for _ in 0..2 {
            let lines = with(&session, |lines| lines.write(&Gesture::Create(what)));
            session = added(&session, &lines.unwrap_or_default());
        }
    }
}

#[test]
fn a_held_task_can_be_let_run_and_released() {
    let before = session("A: nop()\nmain: hold(A)\nA: eventfd(0, 0) -> _\n");
    with(&before, |lines| {
        let [(task, name)] = &lines.kept_waiting()[..] else { panic!("A waits") };
        assert_eq!(name, "A");
        let thing = Thing::Task(*task);
        let run = lines.attempt(thing, Act::Run, &[]);
        assert_eq!(run, Attempt::Lines("main: run(A) -> _".to_owned()));
        let release = lines.attempt(thing, Act::Release, &[]);
        assert_eq!(release, Attempt::Lines("main: release(A) -> _".to_owned()));
        assert_eq!(lines.attempt(thing, Act::Hold, &[]), Attempt::Foreign);
    });
}

#[test]
fn a_far_end_that_nobody_holds_is_off_with_the_reason() {
    let script = "main: l = socket(AF_INET, SOCK_STREAM)
main: bind(l, 5000)
main: listen(l, 5)
main: c = socket(AF_INET, SOCK_STREAM)
main: connect(c, 5000)
main: [a, b] = socketpair(AF_UNIX, SOCK_STREAM)
main: close(b)
main: x = socket(AF_INET, SOCK_STREAM)
main: [rd, wr] = pipe()
main: close(wr)
";
    let session = session(script);
    with(&session, |lines| {
        let why = |fd: Fd| {
            let (file, _) = lines
                .scene
                .files
                .iter()
                .find(|(key, _)| lines.fd_of(**key).is_some_and(|(_, f)| f == fd))?;
            match lines.attempt(Thing::File(*file), Act::Data, &[]) {
                Attempt::Off(why) => Some(why),
                other => panic!("{other:?}"),
            }
        };
        assert_eq!(why(4), Some(tr!("hands-off-far-unheld")));
        assert_eq!(why(5), Some(tr!("hands-off-far-closed")));
        assert_eq!(why(6), Some(tr!("hands-off-not-connected")));
        assert_eq!(why(7), Some(tr!("hands-off-far-closed")));
    });
}

#[test]
fn a_mask_that_can_not_be_modified_is_deleted_and_added() {
    let session = session(ALL_KINDS);
    with(&session, |lines| {
        let item = |mask: Events| {
            let mut items = lines.scene.epitems.iter();
            items.find(|(_, item)| item.events.contains(mask)).map(|(key, _)| *key)
        };
        let Some(exclusive) = item(Events::EPOLLEXCLUSIVE) else { panic!("there is one") };
        let change = Gesture::Change(exclusive, Events::EPOLLIN);
        let written = lines.write(&change).unwrap_or_default();
        assert_eq!(
            written,
            "main: epoll_ctl(ep, EPOLL_CTL_DEL, l) -> _\n\
             main: epoll_ctl(ep, EPOLL_CTL_ADD, l, {EPOLLIN}) -> _"
        );
        added(&session, &written);
    });
}

#[test]
fn numbers_out_of_range_are_told_before_anything_runs() {
    let field = &Act::Lowat.fields()[0];
    assert_eq!(checked(field, " 12 "), Ok("12".to_owned()));
    assert!(checked(field, "0").is_err_and(|why| why.contains("1073741823")));
    assert!(checked(field, "99999999999999999999").is_err());
    assert!(checked(field, "1e3").is_err());
    assert!(checked(&Act::Kill.fields()[0], "SIGNOT").is_err());
    assert!(checked(&Act::StopAt.fields()[0], "nowhere").is_err());
    let session = session(ALL_KINDS);
    with(&session, |lines| {
        let Some(ep) = lines.scene.eventpolls.keys().next() else { panic!("there is one") };
        let values = ["0".to_owned(), "-1".to_owned()];
        let attempt = lines.attempt(Thing::Ep(*ep), Act::WaitHere, &values);
        assert!(matches!(attempt, Attempt::Off(_)), "{attempt:?}");
    });
}

#[test]
fn a_part_leads_to_what_it_belongs_to() {
    let session = session(ALL_KINDS);
    with(&session, |lines| {
        for (key, queue) in &lines.scene.wait_queues {
            for entry in &queue.entries {
                assert!(lines.subject(Thing::Entry(entry.entry)).is_some());
            }
            assert_eq!(lines.members(Thing::Queue(*key)).len(), queue.entries.len());
        }
        for (ep, state) in &lines.scene.eventpolls {
            assert_eq!(lines.subject(Thing::Locks(*ep)), Some(Thing::Ep(*ep)));
            let list = Thing::List(*ep, ListKind::Rdllist);
            assert_eq!(lines.members(list).len(), state.rdllist.len());
        }
        let pipe = lines.scene.pipes.keys().next().map(|pipe| Thing::Pipe(*pipe));
        assert!(matches!(pipe.and_then(|p| lines.subject(p)), Some(Thing::File(_))));
    });
}
