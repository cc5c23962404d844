//! Lanes of the lessons: without gaps, with the right places, with causes that are wake-ups.

use super::*;
use crate::lessons::{ALL, Lesson};
use crate::scene::{Names, Queue};
use crate::session::Session;

fn lanes(source: &str) -> (Session, Lanes, Names) {
    let session = Session::open(source).unwrap();
    let mut lanes = Lanes::default();
    lanes.learn(session.records());
    let mut names = Names::default();
    session.records().iter().for_each(|record| names.learn(&record.event));
    (session, lanes, names)
}

fn lesson(id: &str) -> (Session, Lanes, Names) {
    lanes(Lesson::by_id(id).unwrap().source)
}

#[test]
fn lanes_have_no_gaps_and_no_overlaps_and_agree_with_the_scene() {
    for lesson in ALL {
        let (session, lanes, _) = lanes(lesson.source);
        let end = session.records().len();
        assert_eq!(lanes.end(), end);
        for lane in &lanes.tasks {
            for pair in lane.segments.windows(2) {
                assert_eq!(pair[0].to, pair[1].from, "{}", lesson.id);
                assert_ne!(pair[0].doing, pair[1].doing, "{}", lesson.id);
            }
            assert!(lane.segments.iter().all(|s| s.from < s.to || s.to == end), "{}", lesson.id);
            assert_eq!(lane.segments.last().map(|s| s.to), Some(end));
        }
        for pair in lanes.irq.windows(2) {
            assert!(pair[0].to <= pair[1].from, "{}", lesson.id);
        }
        for position in (0..=end).step_by(17) {
            let scene = session.scene_at(position);
            assert_eq!(
                scene.tasks.len(),
                lanes.tasks.iter().filter(|l| l.segments[0].from <= position).count()
            );
            for (task, is) in scene.tasks.iter() {
                let doing = lanes.doing(*task, position).unwrap();
                let agrees = match is.state {
                    TaskState::Idle => doing == Doing::User,
                    TaskState::Runnable => doing == Doing::Runnable,
                    TaskState::Running => doing == Doing::Running,
                    TaskState::Interruptible | TaskState::Uninterruptible => {
                        matches!(doing, Doing::Blocked(_))
                    }
                    TaskState::Stopped(point) => doing == Doing::Stopped(point),
                    TaskState::Dead => doing == Doing::Dead,
                };
                assert!(agrees, "{} at {position}: {:?}, lane {doing:?}", lesson.id, is.state);
            }
        }
    }
}

#[test]
fn one_event_at_a_time_gives_the_same_lanes() {
    for id in ["one-edge-two-threads", "waking-a-sleeper", "poll"] {
        let (session, whole, _) = lesson(id);
        let mut lanes = Lanes::default();
        for end in 0..=session.records().len() {
            lanes.learn(&session.records()[..end]);
        }
        assert_eq!(lanes, whole, "{id}");
    }
}

/// What tasks slept on, in the order in which they fell asleep.
fn places(lanes: &Lanes, names: &Names, task: &str) -> Vec<Place> {
    let lane = lanes.tasks.iter().find(|lane| names.task(lane.task) == task).unwrap();
    let place = |segment: &Segment| match segment.doing {
        Doing::Blocked(place) => Some(place),
        _ => None,
    };
    lane.segments.iter().filter_map(place).collect()
}

#[test]
fn a_task_in_epoll_wait_sleeps_on_the_queue_of_the_instance() {
    let (_, lanes, names) = lesson("one-edge-two-threads");
    for task in ["A", "B"] {
        let places = places(&lanes, &names, task);
        assert!(!places.is_empty());
        for place in places {
            let Place::Queue(wq) = place else { panic!("{task}: {place:?}") };
            assert!(matches!(names.queue_of(wq), Some(Queue::Wq(_))), "{task}");
        }
    }
}

#[test]
fn each_kind_of_sleep_has_its_place() {
    let (_, lanes, names) = lanes(
        "main: ep = epoll_create1(0)
main: e = eventfd(0, 0)
main: g = eventfd(0, 0)
main: epoll_ctl(ep, EPOLL_CTL_ADD, e, {EPOLLIN})
R: read(e, 8) -> blocks
P: poll([{g, POLLIN}], -1) -> blocks
S: select([g], [], [], -1) -> blocks
Z: sleep(5ms) -> blocks
main: write(g, 1)
advance 10ms
main: write(e, 1) -> 8
H: epoll_wait(ep, 4, -1) @ copy_out
main: write(e, 1) -> 8
H2: epoll_wait(ep, 4, -1) -> _
",
    );
    let [read] = places(&lanes, &names, "R")[..] else { panic!() };
    let Place::Queue(wq) = read else { panic!("{read:?}") };
    assert!(matches!(names.queue_of(wq), Some(Queue::Eventfd(_))));
    assert_eq!(places(&lanes, &names, "P"), [Place::Poll(PollKind::Poll)]);
    assert_eq!(places(&lanes, &names, "S"), [Place::Poll(PollKind::Select)]);
    assert_eq!(places(&lanes, &names, "Z"), [Place::Timer]);
    let moved: Vec<_> = lanes.clock.iter().map(|tock| tock.by_ns).collect();
    assert_eq!(moved.iter().sum::<Nanos>(), 10_000_000);
}

#[test]
fn who_waits_for_the_mutex_sleeps_on_the_mutex() {
    let (_, lanes, names) = lanes(
        "main: ep = epoll_create1(0)
main: e = eventfd(1, 0)
main: epoll_ctl(ep, EPOLL_CTL_ADD, e, {EPOLLIN})
A: epoll_wait(ep, 4, 0) @ copy_out
B: epoll_ctl(ep, EPOLL_CTL_MOD, e, {EPOLLOUT}) -> blocks
A: continue
",
    );
    assert!(matches!(places(&lanes, &names, "B")[..], [Place::Mtx(_)]));
    let stopped = |s: &Segment| s.doing == Doing::Stopped(Point::CopyOut);
    assert!(lanes.tasks[1].segments.iter().any(stopped));
}

#[test]
fn every_arrow_is_a_wake_up_and_ends_a_sleep() {
    let mut interrupts = 0;
    for lesson in ALL {
        let (session, lanes, _) = lanes(lesson.source);
        for wake in &lanes.wakes {
            let event = &session.records()[wake.event].event;
            assert_eq!(event.kind, EventKind::Wakeup { task: wake.task, woken: true });
            assert_eq!(event.by, wake.by);
            let before = lanes.doing(wake.task, wake.event);
            assert!(matches!(before, Some(Doing::Blocked(_))), "{}: {before:?}", lesson.id);
            assert_eq!(lanes.doing(wake.task, wake.event + 2), Some(Doing::Runnable));
            interrupts += usize::from(wake.by == Context::Hardirq);
        }
        let events = session.records().iter();
        let woken = events
            .filter(|r| matches!(r.event.kind, EventKind::Wakeup { woken: true, .. }))
            .count();
        assert_eq!(lanes.wakes.len(), woken, "{}", lesson.id);
    }
    assert!(interrupts > 0, "no timer wakes anybody in any lesson");
}
