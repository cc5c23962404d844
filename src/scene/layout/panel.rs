//! The middle floor: a panel an epoll instance, with its red-black tree and its lists.

use crate::kernel::ids::{EpitemKey, EventpollKey};
use crate::scene::{Eventpoll, Scene};
use crate::trace::event::{Turn, Waiter};

use super::{
    CANVAS_FROM, Lens, ListBox, ListKind, Metrics, Nesting, Overview, Rect, Spot, StageLayout,
    TokenSpot, eventpoll_file, lists, put_in_order,
};

/// The least width of a column of the tree.
const COLUMN_MIN: f32 = 12.0;
/// A large tree is as high as one of so many levels.
const LARGE_LEVELS: f32 = 5.0;

/// An epoll instance's panel.
#[derive(Clone, Debug, PartialEq)]
pub struct Panel {
    /// Which.
    pub ep: EventpollKey,
    /// All of it.
    pub rect: Rect,
    /// The part with the tree.
    pub tree: Rect,
    /// The nodes, in the order in which their items were made.
    pub nodes: Vec<NodeSpot>,
    /// The tree, if it is too large for a node each.
    pub overview: Option<Overview>,
    /// The edges of the tree.
    pub edges: Vec<Edge>,
    /// The nodes' radius.
    pub radius: f32,
    /// How wide a node's label may be.
    pub label_w: f32,
    /// The lists.
    pub lists: Vec<ListBox>,
    /// Where the mutex and the spinlock are shown.
    pub locks: Option<Rect>,
}

/// A node's place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NodeSpot {
    /// Which item.
    pub epi: EpitemKey,
    /// Its middle.
    pub at: Spot,
    /// Whether it hangs in the tree; an item is made before, and freed after.
    pub linked: bool,
}

/// An edge of the tree.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Edge {
    /// The lower node; every node has one edge at most upwards.
    pub child: EpitemKey,
    /// The upper end.
    pub from: Spot,
    /// The lower end.
    pub to: Spot,
    /// Whether the last descent went along it.
    pub on_path: bool,
}

/// Places all panels; returns the floor.
pub(super) fn place_all(
    scene: &Scene,
    m: &Metrics,
    at: Rect,
    (spare, lens): (f32, Lens),
    stage: &mut StageLayout,
) -> Rect {
    let count = scene.eventpolls.len();
    if count == 0 {
        let polls = super::polls::place_all(scene, m, at, &mut stage.polls);
        let least = if m.is_full { 96.0 } else { 60.0 };
        return Rect { h: polls.max(least + m.title + spare.min(260.0)), ..at };
    }
    let whole = m;
    let (m, least) = &match (count, m.is_full) {
        (1 | 2, true) => (*m, 372.0),
        (_, true) => (Metrics { is_full: false, levels_min: 1.0, ..*m }, 300.0),
        (1, false) => (*m, 280.0),
        (_, false) => (Metrics { side: 0.0, title: 22.0, ..*m }, 280.0),
    };
    let abreast = (((at.w + m.gap) / (*least + m.gap)).floor() as usize).clamp(1, count);
    let w = (at.w - (abreast - 1) as f32 * m.gap) / abreast as f32;
    let lines = count.div_ceil(abreast) as f32;
    let (mut y, mut right) = (at.y, at.right());
    let all: Vec<_> = scene.eventpolls.iter().collect();
    for line in all.chunks(abreast) {
        let first = stage.panels.len();
        let mut x = at.x;
        for &(&key, ep) in line {
            let at = Rect::new(x, y, w, spare / lines);
            let rect = place(scene, (key, ep, lens), m, at, stage);
            x = rect.right() + m.gap;
            right = right.max(rect.right());
        }
        let h = stage.panels[first..].iter().map(|p| p.rect.h).fold(0.0, f32::max);
        stage.panels[first..].iter_mut().for_each(|p| p.rect.h = h);
        y += h + m.gap.max(4.0);
    }
    let below = Rect { y, ..at };
    y += super::polls::place_all(scene, whole, below, &mut stage.polls);
    let end = if stage.polls.is_empty() { y - m.gap.max(4.0) } else { y };
    Rect::new(at.x, at.y, right - at.x, end - at.y)
}

/// The lines between nested instances.
pub(super) fn nestings(scene: &Scene, stage: &StageLayout) -> Vec<Nesting> {
    let one = |(epi, inner): (EpitemKey, EventpollKey)| {
        let epi = &epi;
        let item = scene.epitems.get(epi)?;
        let at = stage.node(*epi)?.at;
        let radius = stage.panel(item.new.ep)?.radius + 2.0;
        let panel = stage.panel(inner)?;
        let queue = scene.wait_queues.get(&scene.eventpolls.get(&inner)?.poll_wait)?;
        let entry = queue.entries.iter().find(|entry| entry.waiter == Waiter::Epitem(*epi));
        let entry = entry.and_then(|entry| stage.entry(entry.entry));
        let to = match entry {
            Some(rect) if at.x < rect.center().x => Spot { x: rect.x, y: rect.center().y },
            Some(rect) => Spot { x: rect.right(), y: rect.center().y },
            None => panel.rect.top(),
        };
        let (dx, dy) = (to.x - at.x, to.y - at.y);
        let length = (dx * dx + dy * dy).sqrt().max(1.0);
        let from = Spot { x: at.x + dx / length * radius, y: at.y + dy / length * radius };
        Some(Nesting { epi: *epi, inner, from, to })
    };
    // From the instances, not from the items: they are few.
    let mut watched = Vec::new();
    for &inner in scene.eventpolls.keys() {
        let file = eventpoll_file(scene, inner).and_then(|file| scene.files.get(&file));
        watched.extend(file.into_iter().flat_map(|f| &f.f_ep).map(|epi| (*epi, inner)));
    }
    put_in_order(&mut watched, |(epi, _)| *epi);
    watched.into_iter().filter_map(one).collect()
}

/// Places one panel; `at.h` is the height it may take beyond what it needs.
fn place(
    scene: &Scene,
    (key, ep, lens): (EventpollKey, &Eventpoll, Lens),
    m: &Metrics,
    at: Rect,
    stage: &mut StageLayout,
) -> Rect {
    let is_large = ep.rbr.len() > CANVAS_FROM;
    let order = if is_large { Vec::new() } else { ep.rbr.in_order() };
    let spare = at.h.min(130.0);
    let inner_w = at.w - 2.0 * m.pad - m.side;
    let share = if m.is_full { 0.45 } else { 0.62 };
    let list_w =
        if inner_w >= 560.0 { (inner_w * share).min(430.0) } else { (inner_w * 0.46).max(150.0) };
    let needed = order.len() as f32 * COLUMN_MIN + 2.0 * m.node_r;
    let beside = needed <= inner_w - list_w - 16.0 && (!is_large || inner_w >= 560.0);
    let tree_w = if beside { inner_w - list_w - 16.0 } else { inner_w.max(needed) };
    let x = at.x + m.pad + m.side;
    let top = at.y + m.pad + m.title;

    let least = if is_large { LARGE_LEVELS.max(m.levels_min) } else { m.levels_min };
    let levels = order.iter().map(|(_, d)| *d as f32 + 1.0).fold(least, f32::max);
    let heading = if m.is_full { m.list_title } else { 4.0 };
    let tree_h = heading + 2.0 * m.node_r + (levels - 1.0) * m.level + m.label + 4.0;
    let (list_at, lists_free) = if beside {
        (Rect::new(x + tree_w + 16.0, top, list_w, 0.0), 0.0)
    } else {
        (Rect::new(x, top + tree_h + m.list_gap, tree_w, 0.0), spare)
    };
    // In the line of the panel's title.
    let bar = beside && m.title > 0.0 && list_w >= 300.0;
    let bar = bar.then(|| Rect::new(list_at.x, at.y + 5.0, list_w, 22.0));
    let natural = lists::place((scene, ep), m, (list_at, bar), 0.0).height;
    let height = if beside { tree_h.max(natural) + spare } else { tree_h + m.list_gap + natural };
    let stretch = if beside { (height - natural).clamp(0.0, 54.0) } else { lists_free.min(40.0) };
    let lists = lists::place((scene, ep), m, (list_at, bar), stretch);
    let tree = Rect::new(x, top, tree_w, if beside { height } else { tree_h });

    let actual = order.iter().map(|(_, d)| *d as f32 + 1.0).fold(1.0, f32::max);
    let level_room = if levels > 1.0 { (tree.h - tree_h).max(0.0) / (levels - 1.0) } else { 0.0 };
    let level = m.level + level_room.min(m.level * 0.35);
    let used = heading + 2.0 * m.node_r + (actual - 1.0) * level + m.label + 4.0;
    let down = ((tree.h - used) / 2.0).clamp(0.0, 64.0);
    let frame = Frame { tree, level, heading: heading + down };
    let panel = if is_large {
        let frame = Rect { y: tree.y + heading, h: tree.h - heading, ..tree };
        large_tree(key, tree, Overview::new(ep.rbr.clone(), frame, lens))
    } else {
        tree_of(scene, key, ep, m, frame, &order)
    };
    let rect = Rect::new(
        at.x,
        at.y,
        tree_w.max(inner_w) + 2.0 * m.pad + m.side,
        m.title + height + lists_free + 2.0 * m.pad,
    );
    let rect = Rect { w: if beside { at.w } else { rect.w }, ..rect };
    if is_large {
        stage.tokens.extend(lists.tokens);
        stage.overflow.extend(lists.overflow);
    } else {
        rest_tokens(&panel, &lists, m, stage);
    }
    stage.panels.push(Panel { rect, lists: lists.boxes, locks: lists.locks, ..panel });
    rect
}

/// A tree of which only the frame is known here.
fn large_tree(ep: EventpollKey, tree: Rect, overview: Overview) -> Panel {
    Panel {
        ep,
        rect: tree,
        tree,
        radius: overview.radius(),
        overview: Some(overview),
        nodes: Vec::new(),
        edges: Vec::new(),
        label_w: 0.0,
        lists: Vec::new(),
        locks: None,
    }
}

/// Where a tree goes, and how far apart its levels are.
#[derive(Clone, Copy)]
struct Frame {
    tree: Rect,
    level: f32,
    heading: f32,
}

fn tree_of(
    scene: &Scene,
    key: EventpollKey,
    ep: &Eventpoll,
    m: &Metrics,
    frame: Frame,
    order: &[(EpitemKey, usize)],
) -> Panel {
    let Frame { tree, level, heading } = frame;
    let count = order.len().max(1) as f32;
    let room = tree.w - 2.0 * m.node_r;
    let column = (room / count).min(m.column_max);
    let radius = m.node_r.min(column * 0.92).max(9.0);
    let left = tree.x + tree.w / 2.0 - column * count / 2.0;
    let spot = |i: usize, depth: usize| Spot {
        x: left + (i as f32 + 0.5) * column,
        y: tree.y + heading + m.node_r + depth as f32 * level,
    };
    let mut nodes: Vec<NodeSpot> = order
        .iter()
        .enumerate()
        .map(|(i, &(epi, depth))| NodeSpot { epi, at: spot(i, depth), linked: true })
        .collect();
    let mut edges = edges(ep, &nodes);
    let loose = scene
        .epitems
        .iter()
        .filter(|(epi, item)| item.new.ep == key && ep.rbr.get(**epi).is_none());
    for (n, (&epi, _)) in loose.enumerate() {
        nodes.push(NodeSpot { epi, at: loose_spot(ep, &nodes, tree, m, n), linked: false });
    }
    // In an order that never changes: an element that changes its place among others loses its motion.
    put_in_order(&mut nodes, |node| node.epi);
    put_in_order(&mut edges, |edge| edge.child);
    Panel {
        ep: key,
        rect: tree,
        tree,
        overview: None,
        nodes,
        edges,
        radius,
        label_w: (column * 2.0 - 4.0).max(24.0),
        lists: Vec::new(),
        locks: None,
    }
}

fn edges(ep: &Eventpoll, nodes: &[NodeSpot]) -> Vec<Edge> {
    let at = |key: EpitemKey| nodes.iter().find(|n| n.epi == key).map(|n| n.at);
    let on_path = |a: EpitemKey, b: EpitemKey| {
        let path = &ep.rbr.path;
        path.windows(2).any(|pair| pair[0].0 == a && pair[1].0 == b)
    };
    let edge = |node: &NodeSpot| {
        let parent = ep.rbr.get(node.epi)?.parent?;
        let from = at(parent)?;
        Some(Edge { child: node.epi, from, to: node.at, on_path: on_path(parent, node.epi) })
    };
    nodes.iter().filter_map(edge).collect()
}

/// Where an item waits that is not in the tree: beside the node it was last compared with, on the
/// side it will go to; else at the upper right.
fn loose_spot(ep: &Eventpoll, nodes: &[NodeSpot], tree: Rect, m: &Metrics, n: usize) -> Spot {
    let last = ep.rbr.path.last().filter(|(_, turn)| *turn != Turn::Found);
    let beside = last.and_then(|(key, turn)| {
        let at = nodes.iter().find(|node| node.epi == *key && node.linked)?.at;
        let side = if *turn == Turn::Left { -1.0 } else { 1.0 };
        Some(Spot { x: at.x + side * (2.0 * m.node_r + 8.0), y: at.y })
    });
    let corner = Spot { x: tree.right() - m.node_r - 4.0, y: tree.y + m.node_r + m.list_title };
    let spot = beside.unwrap_or(corner);
    let x = spot.x.clamp(tree.x + m.node_r, tree.right() - m.node_r);
    Spot { x, y: spot.y + n as f32 * 8.0 }
}

/// A mark for each item: where its list has it, else on its node.
fn rest_tokens(panel: &Panel, lists: &lists::Lists, m: &Metrics, stage: &mut StageLayout) {
    for node in &panel.nodes {
        let rect = Rect::new(
            node.at.x - m.token_w / 2.0,
            node.at.y - m.token_h / 2.0,
            m.token_w,
            m.token_h,
        );
        let rest = TokenSpot { epi: node.epi, rect, list: None };
        let find =
            |on: &[TokenSpot]| on.iter().find(|t| t.epi == node.epi).copied().unwrap_or(rest);
        stage.tokens.push(find(&lists.tokens));
        stage.overflow.push(find(&lists.overflow));
    }
}

impl Panel {
    /// One of the lists.
    pub fn list(&self, kind: ListKind) -> Option<&ListBox> {
        self.lists.iter().find(|l| l.kind == kind)
    }
}
