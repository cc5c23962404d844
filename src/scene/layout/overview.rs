//! A tree too large for an element a node: where each node would stand, and which of them are in
//! sight, without going through all.
//!
//! Nodes stand in columns in key order, as in a small tree, and a lens chooses what of it is in the
//! frame. The size that each node knows of its subtree gives its column by a walk up, and lets a walk
//! down pass over what is not in sight; a subtree narrower than a pixel or so is told as one.

use crate::kernel::ids::EpitemKey;
use crate::scene::{Node, Tree};

use super::{Rect, Spot};

/// Trees of more nodes than this are drawn on a canvas.
pub const CANVAS_FROM: usize = 300;
/// The widest a column becomes, and the highest a level.
const COLUMN_MAX: f64 = 54.0;
const LEVEL_MAX: f64 = 56.0;
/// A subtree narrower than this is told as one, in px.
const GRAIN: f64 = 1.2;
/// Room above the root and below the deepest level.
const TOP: f64 = 34.0;
const BOTTOM: f64 = 24.0;

/// What of a large tree is in sight.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lens {
    /// How many times wider than the frame the tree is.
    pub zoom: f64,
    /// The middle of what is in sight, as parts of the whole.
    pub x: f64,
    /// The same from top to bottom.
    pub y: f64,
}

impl Default for Lens {
    fn default() -> Lens {
        Lens { zoom: 1.0, x: 0.5, y: 0.5 }
    }
}

/// A large tree in its frame.
#[derive(Clone, Debug, PartialEq)]
pub struct Overview {
    /// The tree: it shares its nodes with the scene.
    pub tree: Tree,
    /// The frame.
    pub frame: Rect,
    /// What is in sight.
    pub lens: Lens,
    /// The most nodes one above the other.
    levels: usize,
}

/// What a walk over the frame meets. Places are relative to the frame's corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Drawn {
    /// A node, its place, and its parent's.
    Node(EpitemKey, Node, Spot, Option<Spot>),
    /// So many nodes in one column, from `at` down to `bottom`.
    Crowd {
        /// Its uppermost node.
        at: Spot,
        /// The depth of the lowest.
        bottom: f32,
        /// How many.
        count: u32,
    },
}

impl Overview {
    /// A tree in a frame.
    pub fn new(tree: Tree, frame: Rect, lens: Lens) -> Overview {
        // A red-black tree of n nodes has at most 2 log2(n + 1) levels; it is drawn as high as the
        // sides of it are, which are the deepest a growing tree has.
        let mut levels = 1;
        for side in [|node: &Node| node.left, |node: &Node| node.right] {
            let mut depth = 0;
            let mut next = tree.root;
            while let Some(node) = next.and_then(|key| tree.get(key)) {
                depth += 1;
                next = side(node);
            }
            levels = levels.max(depth);
        }
        let least = usize::BITS - tree.len().leading_zeros();
        let mut overview = Overview { tree, frame, lens, levels: levels.max(least as usize) };
        overview.lens = overview.within(lens);
        overview
    }

    /// How many nodes there are.
    pub fn len(&self) -> usize {
        self.tree.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.tree.is_empty()
    }

    /// The width of a column, in px.
    pub fn column(&self) -> f64 {
        f64::from(self.frame.w) * self.lens.zoom / self.len().max(1) as f64
    }

    /// The nodes' radius, in px.
    pub fn radius(&self) -> f32 {
        (self.column() * 0.8).clamp(1.6, 17.0) as f32
    }

    /// The largest zoom there is: a column is as wide as in a small tree then.
    pub fn zoom_max(&self) -> f64 {
        (COLUMN_MAX * self.len() as f64 / f64::from(self.frame.w).max(1.0)).max(1.0)
    }

    fn level(&self) -> f64 {
        let fit = (f64::from(self.frame.h) - TOP - BOTTOM) / self.levels.max(2) as f64;
        // The levels part as slowly as the columns do quickly.
        (fit * (1.0 + self.lens.zoom.log2() / 4.0)).min(LEVEL_MAX.max(fit))
    }

    fn height(&self) -> f64 {
        (self.levels as f64 - 1.0) * self.level() + TOP + BOTTOM
    }

    /// A lens as one that shows nothing beyond the edges.
    fn within(&self, lens: Lens) -> Lens {
        let zoom = lens.zoom.clamp(1.0, self.zoom_max());
        let half = 0.5 / zoom;
        let zoomed = Overview { lens: Lens { zoom, ..lens }, tree: self.tree.clone(), ..*self };
        let half_y = (f64::from(self.frame.h) / zoomed.height() / 2.0).min(0.5);
        let (x, y) = (lens.x.clamp(half, 1.0 - half), lens.y.clamp(half_y, 1.0 - half_y));
        Lens { zoom, x, y }
    }

    fn left(&self) -> f64 {
        f64::from(self.frame.w) * (0.5 - self.lens.x * self.lens.zoom)
    }

    fn top(&self) -> f64 {
        (f64::from(self.frame.h) / 2.0 - self.lens.y * self.height()).min(0.0) + TOP
    }

    fn place(&self, rank: f64, depth: usize) -> Spot {
        let x = self.left() + (rank + 0.5) * self.column();
        Spot { x: x as f32, y: (self.top() + depth as f64 * self.level()) as f32 }
    }

    /// A node's place relative to the frame, be it in sight or not.
    pub fn spot(&self, key: EpitemKey) -> Option<Spot> {
        Some(self.place(self.tree.rank(key)? as f64, self.tree.depth(key)))
    }

    /// A node's place on the stage: at the edge of the frame if it is out of sight.
    pub fn on_stage(&self, key: EpitemKey) -> Option<Spot> {
        let at = self.spot(key)?;
        let x = self.frame.x + at.x.clamp(4.0, (self.frame.w - 4.0).max(4.0));
        Some(Spot { x, y: self.frame.y + at.y.clamp(4.0, (self.frame.h - 4.0).max(4.0)) })
    }

    /// Whether a place relative to the frame is in sight.
    pub fn shows(&self, at: Spot) -> bool {
        (0.0..=self.frame.w).contains(&at.x) && (0.0..=self.frame.h).contains(&at.y)
    }

    /// Goes over what is in sight, parents before children.
    pub fn walk(&self, mut draw: impl FnMut(Drawn)) {
        self.walk_between(-20.0, f64::from(self.frame.w) + 20.0, &mut draw);
    }

    fn walk_between(&self, from: f64, to: f64, draw: &mut impl FnMut(Drawn)) {
        let Some(root) = self.tree.root else { return };
        let (column, left) = (self.column(), self.left());
        let mut stack = vec![(root, 0_usize, 0_usize, None)];
        while let Some((key, first, depth, above)) = stack.pop() {
            let Some(node) = self.tree.get(key) else { continue };
            let count = node.size as usize;
            let x = left + first as f64 * column;
            let width = count as f64 * column;
            if x > to || x + width < from {
                continue;
            }
            if width < GRAIN && count > 1 {
                let middle = first as f64 + (count - 1) as f64 / 2.0;
                let at = self.place(middle, depth);
                let below = usize::BITS - count.leading_zeros();
                let bottom = at.y + ((below - 1) as f64 * self.level()) as f32;
                draw(Drawn::Crowd { at, bottom, count: node.size });
                continue;
            }
            let before = node.left.and_then(|left| self.tree.get(left));
            let before = before.map_or(0, |left| left.size as usize);
            let at = self.place((first + before) as f64, depth);
            draw(Drawn::Node(key, *node, at, above));
            if let Some(right) = node.right {
                stack.push((right, first + before + 1, depth + 1, Some(at)));
            }
            if let Some(left) = node.left {
                stack.push((left, first, depth + 1, Some(at)));
            }
        }
    }

    /// The node nearest to a place relative to the frame, if one is within reach.
    pub fn hit(&self, at: Spot, reach: f32) -> Option<EpitemKey> {
        let mut best = None;
        let (x, reach) = (f64::from(at.x), reach.max(self.radius() + 2.0));
        let fine = f64::from(reach);
        // Where many nodes are one column wide, the column's first counts.
        self.walk_between(x - fine, x + fine, &mut |drawn| {
            let Drawn::Node(key, _, spot, _) = drawn else { return };
            let away = (spot.x - at.x).hypot(spot.y - at.y);
            if away <= reach && best.is_none_or(|(least, _)| away < least) {
                best = Some((away, key));
            }
        });
        best.map(|(_, key)| key)
    }

    /// The lens after zooming by a factor around a place relative to the frame.
    pub fn zoomed(&self, factor: f64, around: Spot) -> Lens {
        let zoom = (self.lens.zoom * factor).clamp(1.0, self.zoom_max());
        // What is under the pointer stays there.
        let (w, h) = (f64::from(self.frame.w), f64::from(self.frame.h));
        let part = (f64::from(around.x) - self.left()) / (w * self.lens.zoom);
        let x = part + (0.5 - f64::from(around.x) / w) / zoom;
        let down = (f64::from(around.y) - self.top()) / self.height();
        let next = Overview { lens: Lens { zoom, ..self.lens }, tree: self.tree.clone(), ..*self };
        let y = down + (h / 2.0 - f64::from(around.y) + TOP) / next.height();
        self.within(Lens { zoom, x, y })
    }

    /// The lens after moving the picture by so many px.
    pub fn panned(&self, x: f64, y: f64) -> Lens {
        let Lens { zoom, .. } = self.lens;
        let by = x / (f64::from(self.frame.w).max(1.0) * zoom);
        let x = self.lens.x - by;
        self.within(Lens { zoom, x, y: self.lens.y - y / self.height() })
    }

    /// The lens with a node in the middle, near enough to read it.
    pub fn centred(&self, key: EpitemKey) -> Option<Lens> {
        let rank = self.tree.rank(key)? as f64;
        let zoom = self.lens.zoom.max(self.zoom_max() * 0.6);
        let x = (rank + 0.5) / self.len() as f64;
        let near = Overview { lens: Lens { zoom, x, y: 0.5 }, tree: self.tree.clone(), ..*self };
        let y = (TOP + self.tree.depth(key) as f64 * near.level()) / near.height();
        Some(self.within(Lens { zoom, x, y }))
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use crate::session::Session;
    use crate::session::crowd::crowd;

    fn overview(count: usize) -> Overview {
        let session = Session::open(&crowd(count, 1, 0)).unwrap();
        let scene = session.scene_at(usize::MAX);
        let tree = scene.eventpolls.values().next().unwrap().rbr.clone();
        Overview::new(tree, Rect::new(40.0, 60.0, 500.0, 300.0), Lens::default())
    }

    /// All that a walk meets: nodes with their places, and how many are in crowds.
    fn met(overview: &Overview) -> (Vec<(EpitemKey, Spot)>, usize) {
        let (mut nodes, mut crowds) = (Vec::new(), 0);
        overview.walk(|drawn| match drawn {
            Drawn::Node(key, _, at, _) => nodes.push((key, at)),
            Drawn::Crowd { count, .. } => crowds += count as usize,
        });
        (nodes, crowds)
    }

    #[test]
    fn a_walk_meets_every_node_once_and_each_stands_where_it_is_said_to() {
        let overview = overview(2000);
        let (nodes, crowds) = met(&overview);
        assert_eq!(nodes.len() + crowds, 2000);
        assert!(crowds > 0 && nodes.len() < 1200, "{} nodes, {crowds} in crowds", nodes.len());
        for (key, at) in nodes {
            assert_eq!(overview.spot(key), Some(at));
        }
    }

    #[test]
    fn from_near_few_nodes_are_met_and_none_is_in_a_crowd() {
        let mut overview = overview(2000);
        let key = met(&overview).0[7].0;
        overview.lens = overview.centred(key).unwrap();
        let (nodes, crowds) = met(&overview);
        assert_eq!(crowds, 0);
        assert!(nodes.len() < 60, "{}", nodes.len());
        let at = overview.spot(key).unwrap();
        assert!(overview.shows(at));
        assert_eq!(overview.hit(at, 4.0), Some(key));
        assert_eq!(overview.hit(Spot { x: at.x + 5.0, y: at.y - 5.0 }, 4.0), Some(key));
    }

    #[test]
    fn zooming_leaves_in_place_what_is_under_the_pointer() {
        let mut overview = overview(1000);
        let root = overview.tree.root.unwrap();
        let before = overview.spot(root).unwrap();
        overview.lens = overview.zoomed(3.0, before);
        let after = overview.spot(root).unwrap();
        assert!((before.x - after.x).abs() < 1.0, "{before:?} {after:?}");
        overview.lens = overview.panned(-20.0, 0.0);
        assert!((overview.spot(root).unwrap().x - after.x + 20.0).abs() < 0.5);
        // Nothing is shown beyond the edges.
        overview.lens = overview.panned(1e6, 1e6);
        assert!(overview.lens.x >= 0.5 / overview.lens.zoom - 1e-9);
        overview.lens = overview.zoomed(1e-6, before);
        assert_eq!(overview.lens.zoom, 1.0);
    }

    #[test]
    fn sizes_are_as_they_are_counted() {
        let mut source = crowd(400, 1, 0);
        for n in (0..400).step_by(3) {
            source += &format!("main: epoll_ctl(ep, EPOLL_CTL_DEL, e{n}, NULL)\n");
        }
        let session = Session::open(&source).unwrap();
        let scene = session.scene_at(usize::MAX);
        let tree = &scene.eventpolls.values().next().unwrap().rbr;
        assert_eq!(tree.len(), 266);
        for (rank, (key, depth)) in tree.in_order().into_iter().enumerate() {
            assert_eq!((tree.rank(key), tree.depth(key)), (Some(rank), depth));
        }
    }
}
