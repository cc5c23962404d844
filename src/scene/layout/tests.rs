//! Nothing overlaps, nothing leaves the stage: over all lessons, many descriptors, many tasks and
//! all widths, at many moments.

use std::fmt::Write;

use super::*;
use crate::session::Session;

const WIDTHS: [f32; 6] = [300.0, 374.0, 520.0, 780.0, 1000.0, 1400.0];

fn many(descriptors: usize, tasks: usize) -> Session {
    let mut script = "main: ep = epoll_create1(0)\n".to_owned();
    for n in 0..descriptors {
        let mask = ["EPOLLIN", "EPOLLIN|EPOLLET", "EPOLLIN|EPOLLOUT|EPOLLET|EPOLLONESHOT"][n % 3];
        writeln!(script, "main: e{n} = eventfd({}, EFD_NONBLOCK)", n % 2).unwrap();
        writeln!(script, "main: epoll_ctl(ep, EPOLL_CTL_ADD, e{n}, {{{mask}}}) -> _").unwrap();
    }
    for n in 0..tasks {
        writeln!(script, "T{n}: epoll_wait(ep, 3, -1) -> _").unwrap();
    }
    Session::open(&script).unwrap()
}

fn check(session: &Session, density: Density) {
    let count = session.records().len();
    for position in (0..=count).step_by((count / 12).max(1)).chain([count]) {
        let scene = session.scene_at(position);
        for width in WIDTHS {
            for height in [0.0, 700.0] {
                let options = LayoutOptions { density, height, touch: false };
                let stage = layout(&scene, width, options);
                check_stage(&stage, &format!("{width} px, event {position}"));
            }
        }
    }
}

fn check_stage(stage: &StageLayout, when: &str) {
    let cards = stage.tasks.iter().map(|t| t.rect).chain(stage.files.iter().map(|f| f.rect));
    let cards: Vec<Rect> = cards.chain(stage.panels.iter().map(|p| p.rect)).collect();
    apart(&cards, &format!("cards, {when}"));
    for rect in &cards {
        assert!(
            rect.x >= 0.0 && rect.right() <= stage.width + 0.5,
            "{rect:?} leaves the stage: {when}"
        );
        assert!(rect.y + rect.h <= stage.height + 0.5, "{rect:?} leaves the stage: {when}");
    }
    for panel in &stage.panels {
        check_panel(panel, stage, when);
    }
    for file in &stage.files {
        let mut inside: Vec<Rect> = file.entries.iter().map(|(_, r)| *r).collect();
        inside.extend(file.controls);
        inside.push(file.picture);
        apart(&inside, &format!("in a file, {when}"));
        assert!(inside.iter().all(|r| r.y + r.h <= file.rect.y + file.rect.h + 0.5), "{when}");
    }
    for task in &stage.tasks {
        apart(&task.slots, &format!("slots, {when}"));
        let inside =
            |r: &Rect| r.right() <= task.rect.right() && r.y + r.h <= task.rect.y + task.rect.h;
        assert!(task.slots.iter().all(inside), "{when}: {task:?}");
    }
}

fn check_panel(panel: &Panel, stage: &StageLayout, when: &str) {
    let r = panel.radius;
    let disc = |n: &NodeSpot| Rect::new(n.at.x - r, n.at.y - r, 2.0 * r, 2.0 * r);
    let discs: Vec<Rect> = panel.nodes.iter().filter(|n| n.linked).map(disc).collect();
    apart(&discs, &format!("nodes, {when}"));
    let label = |n: &NodeSpot| {
        Rect::new(n.at.x - panel.label_w / 2.0, n.at.y + r + 5.0, panel.label_w, 12.0)
    };
    let labels: Vec<Rect> = panel.nodes.iter().filter(|n| n.linked).map(label).collect();
    apart(&labels, &format!("labels, {when}"));

    let mut lists: Vec<Rect> = panel.lists.iter().map(|l| l.rect).collect();
    lists.extend(panel.locks);
    apart(&lists, &format!("lists, {when}"));
    let on = |t: &&TokenSpot| t.list.is_some() && panel.nodes.iter().any(|n| n.epi == t.epi);
    let marks = stage.tokens.iter().chain(&stage.overflow).filter(on).map(|t| t.rect);
    let waiting = panel.lists.iter().flat_map(|l| &l.entries).map(|(_, r)| *r);
    let marks: Vec<Rect> = marks.chain(waiting).collect();
    apart(&marks, &format!("marks, {when}"));
    for rect in discs.iter().chain(&lists).chain(&marks) {
        let inside = rect.x >= panel.rect.x - 0.5
            && rect.right() <= panel.rect.right() + 0.5
            && rect.y + rect.h <= panel.rect.y + panel.rect.h + 0.5;
        assert!(inside, "{rect:?} leaves its panel {:?}: {when}", panel.rect);
    }
}

fn apart(rects: &[Rect], what: &str) {
    for (n, a) in rects.iter().enumerate() {
        for b in &rects[n + 1..] {
            assert!(!a.overlaps(b), "{a:?} and {b:?} overlap: {what}");
        }
    }
}

#[test]
fn the_lessons_fit() {
    for lesson in crate::lessons::ALL {
        let session = Session::open(lesson.source).unwrap();
        check(&session, Density::Full);
        check(&session, Density::Compact);
    }
}

#[test]
fn one_descriptor_and_sixty_fit() {
    for (descriptors, tasks) in [(1, 1), (7, 3), (20, 8), (60, 8)] {
        check(&many(descriptors, tasks), Density::Full);
        check(&many(descriptors, tasks), Density::Compact);
    }
}

#[test]
fn every_item_keeps_its_mark_and_every_task_too() {
    let session = many(9, 4);
    for position in 0..=session.records().len() {
        let scene = session.scene_at(position);
        let stage = layout(&scene, 800.0, LayoutOptions::default());
        assert_eq!(stage.tokens.len(), scene.epitems.len());
        assert_eq!(stage.overflow.len(), scene.epitems.len());
        assert_eq!(stage.waiters.len(), scene.tasks.len());
        for epi in scene.epitems.keys() {
            assert!(stage.node(*epi).is_some());
        }
    }
}

#[test]
fn a_ready_item_stands_on_its_list_and_a_sleeper_on_wq() {
    let session = Session::open(
        "main: ep = epoll_create1(0)\n\
         main: e = eventfd(1, 0)\n\
         main: f = eventfd(0, 0)\n\
         main: epoll_ctl(ep, EPOLL_CTL_ADD, f, {EPOLLIN}) -> 0\n\
         A: epoll_wait(ep, 1, -1) -> blocks\n",
    )
    .unwrap();
    let scene = session.scene_at(session.records().len());
    let stage = layout(&scene, 800.0, LayoutOptions::default());
    let (asleep, _) = scene.tasks.iter().find(|(_, task)| task.name == "A").unwrap();
    let waiter = stage.waiter(*asleep).unwrap();
    assert!(waiter.queued && waiter.exclusive);
    let wq = stage.panels[0].list(ListKind::Wq).unwrap();
    assert_eq!(wq.len, 1);
    assert!(wq.rect.overlaps(&waiter.rect));
    assert!(stage.tokens.iter().all(|token| token.list.is_none()));
}

#[test]
fn spare_height_goes_to_the_kernel() {
    let session = many(5, 1);
    let scene = session.scene_at(session.records().len());
    let low = layout(&scene, 800.0, LayoutOptions::default());
    let options = LayoutOptions { height: low.height + 60.0, ..LayoutOptions::default() };
    let high = layout(&scene, 800.0, options);
    assert!((high.height - low.height - 60.0).abs() < 1.0);
    assert_eq!(high.floors[0], low.floors[0]);
    assert!(high.floors[1].h > low.floors[1].h);
}
