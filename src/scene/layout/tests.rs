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
                let options = LayoutOptions { density, height, ..LayoutOptions::default() };
                let stage = layout(&scene, width, options);
                check_stage(&stage, &format!("{width} px, event {position}"));
            }
        }
    }
}

fn check_stage(stage: &StageLayout, when: &str) {
    let cards = stage.tasks.iter().map(|t| t.rect).chain(stage.files.iter().map(|f| f.rect));
    let panels = stage.panels.iter().map(|p| p.rect);
    let polls = stage.polls.iter().map(|p| p.rect);
    let cards: Vec<Rect> = cards.chain(panels).chain(polls).collect();
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
    for panel in &stage.polls {
        check_poll(panel, when);
    }
    if let Some(wire) = &stage.wire {
        let segments: Vec<Rect> = wire.segments.iter().map(|(_, r)| *r).collect();
        apart(&segments, &format!("segments, {when}"));
        segments.iter().for_each(|r| inside(r, &wire.rect, when));
        inside(&wire.rect, &stage.floors[2], when);
        let over = stage.files.iter().find(|f| f.rect.overlaps(&wire.rect));
        assert_eq!(over, None, "a card on the wire, {when}");
    }
    for nesting in &stage.nestings {
        let node = stage.node(nesting.epi).unwrap().at;
        let inner = stage.panel(nesting.inner).unwrap().rect;
        let (dx, dy) = (node.x - nesting.from.x, node.y - nesting.from.y);
        assert!(dx.hypot(dy) < 32.0, "{nesting:?} does not begin at its node: {when}");
        inside(&Rect::new(nesting.to.x, nesting.to.y, 0.0, 0.0), &inner, when);
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

/// Of `rect`, nothing stands outside of `around`.
fn inside(rect: &Rect, around: &Rect, when: &str) {
    let fits = rect.x >= around.x - 0.5
        && rect.y >= around.y - 0.5
        && rect.right() <= around.right() + 0.5
        && rect.y + rect.h <= around.y + around.h + 0.5;
    assert!(fits, "{rect:?} leaves {around:?}: {when}");
}

fn check_poll(panel: &PollPanel, when: &str) {
    let mut all = vec![panel.flags];
    all.extend(&panel.fds);
    all.extend(panel.bits.as_ref().map(|bits| bits.rect));
    for group in &panel.groups {
        assert!(group.used <= group.capacity, "{when}");
        all.extend(group.cells.iter().map(|(_, r)| *r).chain(group.empty.iter().copied()));
    }
    apart(&all, &format!("cells of a poll, {when}"));
    all.iter().for_each(|r| inside(r, &panel.rect, when));
    if let Some(bits) = &panel.bits {
        assert!(bits.columns.iter().all(|(_, x)| x + bits.w <= panel.rect.right()), "{when}");
        assert!(bits.columns.windows(2).all(|two| two[0].1 + bits.w <= two[1].1 + 0.1), "{when}");
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

/// Nested instances, polls and selects of many descriptors, connections with segments on their way.
const BUSY: &str = "main: a = epoll_create1(0)\n\
    main: b = epoll_create1(0)\n\
    main: c = epoll_create1(0)\n\
    main: [rd, wr] = pipe()\n\
    main: epoll_ctl(a, EPOLL_CTL_ADD, b, {EPOLLIN}) -> 0\n\
    main: epoll_ctl(b, EPOLL_CTL_ADD, c, {EPOLLIN}) -> 0\n\
    main: epoll_ctl(c, EPOLL_CTL_ADD, rd, {EPOLLIN|EPOLLWAKEUP}) -> 0\n\
    main: epoll_ctl(a, EPOLL_CTL_ADD, rd, {EPOLLIN}) -> 0\n\
    main: l = socket(AF_INET, SOCK_STREAM)\n\
    main: bind(l, 5000) -> 0\n\
    main: listen(l, 8) -> 0\n\
    main: s = socket(AF_INET, SOCK_STREAM)\n\
    main: connect(s, 5000) -> 0\n\
    main: k = accept(l)\n\
    A: epoll_wait(a, 9, 50) -> blocks\n\
    B: poll([{rd, POLLIN}, {k, POLLIN}, {b, POLLIN}], -1) -> blocks\n\
    C: select([rd, k, l], [], [s], -1) -> blocks\n\
    D: read(rd, 1) -> blocks\n\
    main: hold()\n\
    main: write(s, 3000)\n\
    main: write(s, 3000)\n\
    main: write(k, 10)\n\
    main: shutdown(s, SHUT_WR)\n\
    main: dup2(rd, 600) -> 600\n\
    E: select([rd, 600], NULL, NULL, -1) -> blocks\n\
    main: deliver(2)\n";

#[test]
fn nested_instances_polls_and_the_wire_fit() {
    let session = Session::open(BUSY).unwrap();
    check(&session, Density::Full);
    check(&session, Density::Compact);
    let mut seen = (0, 0, 0);
    let mut scene = Scene::default();
    for record in session.records() {
        scene.apply(&record.event);
        let stage = layout(&scene, 1000.0, LayoutOptions::default());
        let wire = stage.wire.as_ref().map_or(0, |wire| wire.segments.len());
        let (polls, lines) = (stage.polls.len(), stage.nestings.len());
        seen = (seen.0.max(polls), seen.1.max(lines), seen.2.max(wire));
    }
    assert_eq!((seen.0, seen.1), (3, 2), "polls and lines between instances");
    assert!(seen.2 >= 3, "segments on the wire");
}

#[test]
fn a_table_of_many_entries_fills_the_stack_then_pages_and_is_taken_down() {
    let mut script = String::new();
    for n in 0..90 {
        writeln!(script, "main: e{n} = eventfd(0, 0)").unwrap();
    }
    let fds: Vec<String> = (0..90).map(|n| format!("{{e{n}, POLLIN}}")).collect();
    writeln!(script, "A: poll([{}], -1) -> blocks", fds.join(", ")).unwrap();
    writeln!(script, "main: write(e3, 1) -> 8").unwrap();
    let session = Session::open(&script).unwrap();
    check(&session, Density::Full);
    let mut most = Vec::new();
    let mut heights = Vec::new();
    let mut scene = Scene::default();
    for record in session.records() {
        scene.apply(&record.event);
        if scene.tasks.values().all(|task| task.poll.is_none()) {
            continue;
        }
        let stage = layout(&scene, 1400.0, LayoutOptions::default());
        if let [panel] = &stage.polls[..] {
            let used: Vec<usize> = panel.groups.iter().map(|group| group.used).collect();
            if used.iter().sum::<usize>() > most.iter().sum() {
                most = used;
            }
            heights.push(panel.rect.h);
        }
    }
    assert_eq!(most, [9, 63, 18]);
    assert!(
        heights[..heights.len() / 2].windows(2).all(|two| two[0] == two[1]),
        "it stays as high"
    );
    assert!(layout(&scene, 1400.0, LayoutOptions::default()).polls.is_empty());
}
