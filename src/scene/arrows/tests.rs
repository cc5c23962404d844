//! Arrows begin and end on what stands on stage.

use super::super::layout::{LayoutOptions, layout};
use super::*;
use crate::scene::Scene;
use crate::session::Session;

/// All arrows of a run: each begins and ends on something that stands on stage.
fn all(script: &str) -> Vec<(EventKind, Vec<Arrow>)> {
    let session = Session::open(script).unwrap();
    let mut names = Names::default();
    session.records().iter().for_each(|record| names.learn(&record.event));
    let (width, options) = (1000.0, LayoutOptions::default());
    let mut scene = Scene::default();
    let mut before = layout(&scene, width, options);
    let mut out = Vec::new();
    for record in session.records() {
        scene.apply(&record.event);
        let after = layout(&scene, width, options);
        let from = if needs_before(&record.event) { &before } else { &after };
        let arrows = arrows(&record.event, &names, from, &after);
        for arrow in &arrows {
            for end in [arrow.from, arrow.to] {
                assert!(touches(&before, end) || touches(&after, end), "{record:?}: {arrow:?}");
            }
        }
        // The stage before an event serves only those that say so.
        assert_eq!(arrows, self::arrows(&record.event, &names, &before, &after));
        out.push((record.event.kind.clone(), arrows));
        before = after;
    }
    out
}

fn touches(stage: &StageLayout, at: Spot) -> bool {
    let mut rects: Vec<Rect> = stage.tasks.iter().map(|t| t.rect).collect();
    rects.extend(stage.files.iter().map(|f| f.rect));
    rects.extend(stage.panels.iter().map(|p| p.rect));
    rects.extend(stage.polls.iter().map(|p| p.rect));
    rects.extend(stage.wire.iter().map(|w| w.rect));
    let near = |r: &Rect| {
        at.x >= r.x - 1.0 && at.x <= r.right() + 1.0 && at.y >= r.y - 1.0 && at.y <= r.y + r.h + 1.0
    };
    rects.iter().any(near)
}

fn count(all: &[(EventKind, Vec<Arrow>)], is_it: impl Fn(&EventKind) -> bool) -> usize {
    all.iter().filter(|(kind, arrows)| is_it(kind) && !arrows.is_empty()).count()
}

#[test]
fn every_arrow_of_every_lesson_lands_on_something() {
    let is_short = |source: &&str| source.lines().count() < 60;
    let sources = crate::lessons::ALL.iter().map(|lesson| lesson.source).filter(is_short);
    assert!(sources.map(all).count() >= 8);
}

#[test]
fn a_poll_hooks_in_is_called_back_and_unhooks() {
    let all = all("main: e = eventfd(0, 0)\nmain: [rd, wr] = pipe()\n\
                   A: poll([{e, POLLIN}, {rd, POLLIN}], -1) -> blocks\n\
                   main: write(wr, 1) -> 1\n");
    assert_eq!(count(&all, |k| matches!(k, EventKind::PollArm { .. })), 2);
    assert_eq!(count(&all, |k| matches!(k, EventKind::PollDisarm { .. })), 0, "off the queue");
    assert_eq!(count(&all, |k| matches!(k, EventKind::WakeEntry { .. })), 1);
    assert_eq!(count(&all, |k| matches!(k, EventKind::Wakeup { woken: true, .. })), 1);
    assert!(count(&all, |k| matches!(k, EventKind::PollLook { .. })) >= 4);
}

#[test]
fn a_callback_in_a_nested_instance_comes_from_poll_wait() {
    let all = all("main: outer = epoll_create1(0)\nmain: inner = epoll_create1(0)\n\
                   main: e = eventfd(0, 0)\n\
                   main: epoll_ctl(outer, EPOLL_CTL_ADD, inner, {EPOLLIN}) -> 0\n\
                   main: epoll_ctl(inner, EPOLL_CTL_ADD, e, {EPOLLIN}) -> 0\n\
                   main: write(e, 1) -> 8\n");
    let callbacks = count(&all, |k| matches!(k, EventKind::Callback { .. }));
    assert_eq!(callbacks, 2, "the inner one and the outer one");
    let looks = all.iter().filter(|(kind, _)| matches!(kind, EventKind::ItemPoll { .. }));
    assert!(looks.into_iter().all(|(_, arrows)| arrows.len() == 1));
}

#[test]
fn a_segment_leaves_its_sender_and_its_bytes_reach_the_receiver() {
    let all = all("main: l = socket(AF_INET, SOCK_STREAM)\nmain: bind(l, 5000) -> 0\n\
                   main: listen(l, 8) -> 0\nmain: s = socket(AF_INET, SOCK_STREAM)\n\
                   main: connect(s, 5000) -> 0\nmain: k = accept(l)\n\
                   main: write(s, \"hello\") -> 5\n");
    let sent = all.iter().find_map(|(kind, arrows)| match kind {
        EventKind::SegmentSend(sent) if sent.bytes == 5 => Some(arrows),
        _ => None,
    });
    assert_eq!(sent.unwrap().len(), 2, "from the task to the socket, and on to the wire");
    assert_eq!(count(&all, |k| matches!(k, EventKind::SkbQueue { .. })), 1);
}
