//! The answers on the lessons' scenarios; and on all scenarios: every chain goes back and ends, every
//! task that sleeps has something in its way and something that would help.

use std::collections::BTreeMap;

use include_dir::{Dir, include_dir};

use super::file::readiness;
use super::*;
use crate::kernel::abi::Events;
use crate::kernel::ids::EpitemKey;
use crate::session::Session;
use crate::trace::event::{FileKind, TaskState, Verdict};

static SCENARIOS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/tests/scenarios");

/// A run, looked at after one of its lines.
#[derive(Clone)]
struct Run {
    session: Session,
    names: Names,
    position: usize,
    scene: Scene,
}

impl Run {
    fn of(source: &str) -> Option<Run> {
        let session = Session::open(source).ok()?;
        let mut names = Names::default();
        session.records().iter().for_each(|record| names.learn(&record.event));
        let position = session.records().len();
        let scene = session.scene_at(position);
        Some(Run { session, names, position, scene })
    }

    /// A lesson after the `nth` of its lines that contain `text`, counted from 1.
    fn lesson(id: &str, text: &str, nth: usize) -> Run {
        let lesson = crate::lessons::Lesson::by_id(id).expect(id);
        let run = Run::of(lesson.source).expect("it can be read");
        let lines = run.session.lines().iter().filter(|line| line.text.contains(text));
        let position = lines.clone().nth(nth - 1).expect(text).events.end;
        let scene = run.session.scene_at(position);
        Run { position, scene, ..run }
    }

    fn task(&self, name: &str) -> Thing {
        let found = self.scene.tasks.iter().find(|(_, task)| task.name == name);
        Thing::Task(*found.expect(name).0)
    }

    fn item(&self, fd: i32) -> EpitemKey {
        let found = self.scene.epitems.iter().find(|(_, item)| item.new.fd == fd);
        *found.expect("watched").0
    }

    fn why_not(&self, thing: Thing) -> Vec<Obstacle> {
        why_not(self.session.records(), &self.scene, &self.names, thing, self.position)
    }

    fn first(&self, thing: Thing, reason: Reason) -> Obstacle {
        let found = self.why_not(thing);
        let first = found.first().unwrap_or_else(|| panic!("nothing in the way"));
        assert_eq!(first.reason, reason, "{found:#?}");
        assert!(!first.remedy.is_empty());
        first.clone()
    }

    fn event(&self, obstacle: &Obstacle) -> &EventKind {
        &self.session.records()[obstacle.event.expect("it goes back to an event")].event.kind
    }

    /// The chain of the last event before the position for which `is_it` holds.
    fn chain(&self, is_it: impl Fn(&EventKind) -> bool) -> Vec<Link> {
        let records = self.session.records();
        let at = records[..self.position].iter().rposition(|r| is_it(&r.event.kind));
        chain(records, &self.names, at.expect("it happened"))
    }

    fn kinds(&self, links: &[Link]) -> Vec<String> {
        let name = |link: &Link| {
            let kind: &'static str = (&self.session.records()[link.event].event.kind).into();
            kind.to_owned()
        };
        links.iter().map(name).collect()
    }
}

fn returns(kind: &EventKind) -> bool {
    matches!(kind, EventKind::SyscallExit { .. })
}

#[test]
fn a_return_goes_back_to_the_write() {
    let run = Run::lesson("one-edge-two-threads", "B => [{EPOLLIN, 7}]", 1);
    let Thing::Task(b) = run.task("B") else { unreachable!() };
    let links = run.chain(|k| matches!(k, EventKind::SyscallExit { task, .. } if *task == b));
    let expected = [
        "SyscallExit",
        "CopyOut",
        "ItemPoll",
        "Wakeup",
        "ReadyLink",
        "Callback",
        "WakeBegin",
        "SkbQueue",
        "SyscallEnter",
    ];
    assert_eq!(run.kinds(&links), expected, "{links:#?}");
    assert_eq!(links[7].clause, "5 bytes arrived in the receive queue of fd 4");
    assert_eq!(links[8].clause, "main called write(5, \"hello\")");
    assert!(links.iter().all(|link| !link.things.is_empty()), "{links:#?}");
}

#[test]
fn only_b_was_woken() {
    let run = Run::lesson("one-edge-two-threads", "A => blocks", 1);
    let found = run.first(run.task("A"), Reason::AnotherWoken);
    assert!(found.text.contains("woke B"), "{}", found.text);
    assert!(matches!(run.event(&found), EventKind::WakeEnd { .. }));
    // What B was told of is consumed, though nobody has read it.
    let edge = run.why_not(run.task("A")).into_iter().find(|o| o.reason == Reason::EdgeConsumed);
    let edge = edge.expect("the edge is gone");
    assert!(edge.text.starts_with("5 bytes wait in fd 4"), "{}", edge.text);
}

#[test]
fn the_edge_that_never_comes() {
    let run = Run::lesson("edge-never-comes", "server => blocks", 1);
    let found = run.first(run.task("server"), Reason::EdgeConsumed);
    assert!(found.text.starts_with("36 bytes wait in fd 4"), "{}", found.text);
    assert!(found.text.contains("reported to server at event"), "{}", found.text);
    assert!(found.remedy.contains("until EAGAIN"), "{}", found.remedy);
    assert!(matches!(run.event(&found), EventKind::CopyOut { .. }));
    // Asked of the descriptor the answer is the same.
    assert_eq!(run.first(Thing::Item(run.item(4)), Reason::EdgeConsumed).text, found.text);
    // And the client waits in a read.
    let client = run.first(run.task("client"), Reason::Blocked);
    assert!(client.text.contains("read(5, 64)"), "{}", client.text);
    assert!(client.remedy.contains("write to fd 4"), "{}", client.remedy);
}

#[test]
fn disarmed_since_the_event_that_reported_it() {
    let run = Run::lesson("oneshot", "A => blocks", 1);
    let found = run.first(run.task("A"), Reason::Disarmed);
    assert!(found.text.contains("6 bytes wait in fd 4"), "{}", found.text);
    let EventKind::EpitemEvent { events, .. } = run.event(&found) else { panic!("{found:?}") };
    assert!(Events::PRIVATE.contains(*events));
    let why = questions(
        run.session.records(),
        &run.scene,
        &run.names,
        Thing::Item(run.item(4)),
        run.position,
    );
    assert_eq!(why[0].aspect, Aspect::Disarmed);
    assert_eq!(Some(why[0].event), found.event);
    let two = Run::lesson("two-threads-one-socket", "A => blocks", 1);
    let found = two.why_not(two.task("A"));
    assert!(found.iter().any(|o| o.reason == Reason::Disarmed), "{found:#?}");
}

#[test]
fn the_exclusive_walk_stopped_before_it() {
    let run = Run::lesson("exclusive", "W2 => blocks", 1);
    let found = run.first(run.task("W2"), Reason::ExclusiveStopped);
    assert!(found.text.contains("1 connection waits in the accept queue of fd 3"), "{found:?}");
    assert!(found.text.contains("of fd 4 took it"), "{found:?}");
    assert!(matches!(run.event(&found), EventKind::WakeEnd { .. }));
}

#[test]
fn on_ovflist_until_the_scan_ends() {
    let run = Run::lesson("ovflist", "io: write(c, 1)", 1);
    let found = run.first(Thing::Item(run.item(6)), Reason::Overflow);
    assert!(found.text.contains("main is in the midst of a scan"), "{}", found.text);
    assert!(found.remedy.contains("held at copy_out"), "{}", found.remedy);
    assert!(matches!(run.event(&found), EventKind::OvflistPush { .. }));
    run.first(run.task("main"), Reason::Stopped);
    let links = why_object(
        run.session.records(),
        &run.scene,
        &run.names,
        Thing::Item(run.item(6)),
        run.position,
    );
    let expected = ["OvflistPush", "Callback", "WakeBegin", "EventfdCount", "SyscallEnter"];
    assert_eq!(run.kinds(&links), expected, "{links:#?}");
}

#[test]
fn a_level_item_left_the_list_because_nothing_was_left() {
    let run = Run::lesson("stale-batch", "main: read(a, 64)", 1);
    // It is on the list still, and the next call will find nothing.
    run.first(Thing::Item(run.item(4)), Reason::NotFetched);
    let run = Run::lesson("stale-batch", "main: epoll_wait(ep, 8, 0) -> []", 1);
    let found = run.first(Thing::Item(run.item(4)), Reason::Stale);
    assert!(found.text.contains("there is nothing to read in fd 4"), "{}", found.text);
    assert!(found.remedy.contains("write to fd 5"), "{}", found.remedy);
}

#[test]
fn hang_ups_and_what_nobody_asked_for() {
    let run = Run::lesson("hang-ups", "main: read(s, 64) -> EAGAIN", 1);
    let Some(epi) = run.scene.epitems.keys().next().copied() else { panic!("an item") };
    run.first(Thing::Item(epi), Reason::NotFetched);
    let filtered = Run::lesson("callback", "A => blocks", 1);
    let found = filtered.first(filtered.task("A"), Reason::NotAsked);
    assert!(found.text.starts_with("1 byte waits in fd 4 (IN)"), "{}", found.text);
    assert!(found.remedy.contains("EPOLLIN"), "{}", found.remedy);
    let verdict = filtered.event(&found);
    assert!(matches!(verdict, EventKind::Callback { verdict: Verdict::Filtered, .. }));
}

#[test]
fn a_nested_instance_tells_of_what_is_inside() {
    let run = Run::lesson("nested", "A: epoll_wait(outer, 8, -1)", 1);
    let found = run.why_not(run.task("A"));
    assert!(found.iter().any(|o| o.text.contains("ready list of fd 4")), "{found:#?}");
    assert!(found.iter().any(|o| o.remedy.contains("write to fd 6")), "{found:#?}");
    let run = Run::lesson("nested", "A => [{EPOLLIN, 2}]", 1);
    let links = run.chain(returns);
    assert!(run.kinds(&links).contains(&"PipePush".to_owned()), "{links:#?}");
}

#[test]
fn time_signals_and_mutexes_are_told_of() {
    let run = Run::of(
        "main: ep = epoll_create1(0)
main: t = timerfd_create(0)
main: epoll_ctl(ep, EPOLL_CTL_ADD, t, {EPOLLIN}) -> 0
main: timerfd_settime(t, 30ms, 0ms) -> 0
A: epoll_wait(ep, 8, 50) -> blocks
S: sleep(70ms) -> blocks
",
    )
    .expect("it can be read");
    let found = run.why_not(run.task("A"));
    assert_eq!(found[0].reason, Reason::NothingReady);
    assert!(found[0].remedy.contains("advance 30 ms"), "{found:#?}");
    let timeout = found.iter().find(|o| o.reason == Reason::Timeout).expect("a timeout");
    assert!(timeout.remedy.contains("advance 50 ms"), "{timeout:?}");
    let sleeper = run.first(run.task("S"), Reason::Sleeping);
    assert!(sleeper.remedy.contains("advance 70 ms"), "{sleeper:?}");
    let run = Run::of(
        "main: ep = epoll_create1(0)
main: e = eventfd(1, 0)
main: epoll_ctl(ep, EPOLL_CTL_ADD, e, {EPOLLIN}) -> 0
A: epoll_wait(ep, 8, -1) @ copy_out
main: epoll_ctl(ep, EPOLL_CTL_MOD, e, {EPOLLIN|EPOLLET}) -> blocks
",
    )
    .expect("it can be read");
    let found = run.first(run.task("main"), Reason::Mutex);
    assert!(found.text.contains("which A holds"), "{}", found.text);
    assert!(found.remedy.contains("held at copy_out"), "{}", found.remedy);
    assert!(matches!(run.event(&found), EventKind::MtxLock { .. }));
}

#[test]
fn what_is_in_no_set_or_in_another_is_said() {
    let run = Run::of(
        "main: ep = epoll_create1(0)
main: other = epoll_create1(0)
main: e = eventfd(1, 0)
main: lone = eventfd(1, 0)
main: epoll_ctl(other, EPOLL_CTL_ADD, e, {EPOLLIN}) -> 0
A: epoll_wait(ep, 8, -1) -> blocks
",
    )
    .expect("it can be read");
    let reasons: Vec<Reason> = run.why_not(run.task("A")).iter().map(|o| o.reason).collect();
    assert_eq!(reasons, [Reason::NothingWatched, Reason::OtherInstance]);
    let lone = run.scene.files.iter().rfind(|(_, file)| file.f_ep.is_empty());
    let (lone, _) = lone.expect("the last eventfd");
    run.first(Thing::File(*lone), Reason::NotWatched);
}

#[test]
fn maxevents_cuts_off() {
    let run = Run::of(
        "main: ep = epoll_create1(0)
main: a = eventfd(1, 0)
main: b = eventfd(1, 0)
main: epoll_ctl(ep, EPOLL_CTL_ADD, a, {EPOLLIN|EPOLLET}) -> 0
main: epoll_ctl(ep, EPOLL_CTL_ADD, b, {EPOLLIN|EPOLLET}) -> 0
main: epoll_wait(ep, 1, 0) -> [{EPOLLIN, 4}]
",
    )
    .expect("it can be read");
    let found = run.first(Thing::Item(run.item(5)), Reason::MaxEvents);
    assert!(found.text.contains("room for 1 event only"), "{}", found.text);
    assert!(matches!(run.event(&found), EventKind::SyscallExit { .. }));
}

fn sources() -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    for file in SCENARIOS.dirs().flat_map(|dir| dir.files()) {
        if let Some(text) = file.contents_utf8() {
            out.insert(file.path().display().to_string(), text.to_owned());
        }
    }
    for lesson in crate::lessons::ALL {
        out.insert(lesson.id.to_owned(), lesson.source.to_owned());
    }
    assert!(out.len() > 400, "all scenarios are there");
    out
}

#[test]
fn every_chain_goes_back_and_ends() {
    let mut asked = 0;
    for (name, source) in sources() {
        let Some(run) = Run::of(&source) else { continue };
        let records = run.session.records();
        // One look at every event; whole chains where a reader asks most.
        let look = Look::new(records, &run.names, records.len());
        for at in 0..records.len().min(6000) {
            let cause = look.cause(at);
            assert!(cause.is_none_or(|cause| cause < at), "{name}: {at} from {cause:?}");
            asked += 1;
        }
        let exits = records.iter().enumerate().filter(|(_, r)| returns(&r.event.kind));
        for (at, _) in exits.take(60) {
            let links = chain(records, &run.names, at);
            assert_eq!(links[0].event, at);
            assert!(links.windows(2).all(|pair| pair[1].event < pair[0].event), "{name}: {at}");
            assert!(links.iter().all(|link| !link.clause.is_empty()), "{name}: {links:#?}");
            let last = &records[links[links.len() - 1].event].event;
            let ends_well =
                matches!(last.kind, EventKind::SyscallEnter { .. } | EventKind::TimerfdFire { .. });
            assert!(ends_well || last.by().task().is_none(), "{name}: {at}: {last:?}");
        }
    }
    assert!(asked > 50_000, "{asked} events were asked about");
}

#[test]
fn every_sleeper_has_something_in_its_way() {
    let mut told: BTreeMap<String, usize> = BTreeMap::new();
    for (name, source) in sources() {
        let Some(end) = Run::of(&source) else { continue };
        let stops: Vec<usize> = end.session.lines().iter().map(|line| line.events.end).collect();
        for position in stops {
            let run = Run { position, scene: end.session.scene_at(position), ..end.clone() };
            for (key, task) in run.scene.tasks.iter() {
                if !task.state.is_asleep() && !matches!(task.state, TaskState::Stopped(_)) {
                    continue;
                }
                let found = run.why_not(Thing::Task(*key));
                assert!(!found.is_empty(), "{name} at {position}: {}", task.name);
                for obstacle in found {
                    assert!(!obstacle.text.is_empty() && !obstacle.remedy.is_empty());
                    assert!(!obstacle.text.contains("why-"), "{obstacle:?}");
                    assert!(!obstacle.remedy.contains("why-"), "{obstacle:?}");
                    assert!(obstacle.event.is_none_or(|event| event < position));
                    *told.entry(format!("{:?}", obstacle.reason)).or_default() += 1;
                }
            }
        }
    }
    assert!(told.len() > 12, "of many kinds: {told:?}");
}

#[test]
fn readiness_is_what_the_kernel_says() {
    let (mut asked, mut wrong) = (0, Vec::new());
    for (name, source) in sources() {
        let Some(run) = Run::of(&source) else { continue };
        let mut scene = Scene::default();
        for (at, record) in run.session.records().iter().enumerate() {
            if let EventKind::ItemPoll { epi, mask, .. } = record.event.kind
                && let Some(item) = scene.epitems.get(&epi)
                && let Some(file) = scene.files.get(&item.new.file)
                && !matches!(file.new.kind, FileKind::Eventpoll(_))
            {
                asked += 1;
                let ours = readiness(&scene, item.new.file, record.event.by().task());
                // Bytes out of band on AF_UNIX are not in the scene.
                let unknown = match file.new.kind {
                    FileKind::UnixStream(_) => Events::EPOLLPRI,
                    _ => Events::empty(),
                };
                let differs = (ours ^ mask).difference(unknown);
                if !differs.is_empty() {
                    wrong.push(format!("{name} {at}: {ours} for {mask} of {:?}", file.new.kind));
                }
            }
            scene.apply(&record.event);
        }
    }
    assert!(asked > 1000, "{asked} looks");
    assert!(wrong.is_empty(), "{} of {asked}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn questions_lead_to_the_events_that_did_it() {
    let run = Run::lesson("tree", "EPOLL_CTL_ADD, o,", 1);
    let records = run.session.records();
    for (epi, node) in run.scene.eventpolls.values().flat_map(|ep| ep.rbr.in_order()) {
        let asked = questions(records, &run.scene, &run.names, Thing::Item(epi), run.position);
        let colour = asked.iter().find(|q| q.aspect == Aspect::Colour);
        let colour = colour.unwrap_or_else(|| panic!("{epi} at depth {node}"));
        let links = chain(records, &run.names, colour.event);
        let last = links.last().map(|link| &records[link.event].event.kind);
        assert!(matches!(last, Some(EventKind::SyscallEnter { .. })), "{links:#?}");
    }
}
