//! The red-black tree as drawn: links and colours, changed by the same steps as the kernel's.

use serde::Serialize;

use super::Map;
use crate::kernel::ids::EpitemKey;
use crate::trace::event::{Color, Side, Turn};

/// A red-black tree of items.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Tree {
    /// The topmost node.
    pub root: Option<EpitemKey>,
    /// The cached leftmost node, `rb_leftmost`.
    pub leftmost: Option<EpitemKey>,
    /// The way of the last descent: the nodes compared with, and the turn taken at each.
    /// Cleared when the next descent starts.
    pub path: Vec<(EpitemKey, Turn)>,
    nodes: Map<EpitemKey, Node>,
}

/// A node's links and colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Node {
    /// The node above.
    pub parent: Option<EpitemKey>,
    /// The subtree of smaller keys.
    pub left: Option<EpitemKey>,
    /// The subtree of larger keys.
    pub right: Option<EpitemKey>,
    /// Red or black.
    pub color: Color,
    /// How many nodes hang here, with itself: what is drawn of a large tree is found by them.
    pub size: u32,
}

impl Tree {
    /// A node by its key.
    pub fn get(&self, key: EpitemKey) -> Option<&Node> {
        self.nodes.get(&key)
    }

    /// How many nodes there are.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// All nodes in key order, smallest first, each with its depth (the root's is 0).
    ///
    /// At a moment in the middle of a removal the tree is whole all the same: every step keeps it so.
    pub fn in_order(&self) -> Vec<(EpitemKey, usize)> {
        let mut out = Vec::with_capacity(self.nodes.len());
        let mut stack = Vec::new();
        let mut next = self.root.map(|root| (root, 0));
        while next.is_some() || !stack.is_empty() {
            while let Some((key, depth)) = next {
                stack.push((key, depth));
                next = self.nodes.get(&key).and_then(|n| n.left).map(|left| (left, depth + 1));
            }
            if let Some((key, depth)) = stack.pop() {
                out.push((key, depth));
                next = self.nodes.get(&key).and_then(|n| n.right).map(|right| (right, depth + 1));
            }
        }
        out
    }

    /// How many nodes come before this one in key order.
    pub fn rank(&self, key: EpitemKey) -> Option<usize> {
        let size = |key: Option<EpitemKey>| self.size(key) as usize;
        let mut rank = size(self.get(key)?.left);
        let mut below = key;
        while let Some(parent) = self.get(below)?.parent {
            let above = self.get(parent)?;
            if above.right == Some(below) {
                rank += size(above.left) + 1;
            }
            below = parent;
        }
        Some(rank)
    }

    /// How many nodes are above this one.
    pub fn depth(&self, key: EpitemKey) -> usize {
        let above = |key: &EpitemKey| self.get(*key)?.parent;
        std::iter::successors(Some(key), above).count().saturating_sub(1)
    }

    /// Whether links and colours are those of another tree: they share all they have.
    pub fn is_same(&self, other: &Tree) -> bool {
        self.root == other.root && self.nodes.is_same(&other.nodes)
    }

    fn size(&self, key: Option<EpitemKey>) -> u32 {
        key.and_then(|key| self.nodes.get(&key)).map_or(0, |node| node.size)
    }

    /// Tells a node's size by those below.
    fn measure(&mut self, key: EpitemKey) {
        let Some(&Node { left, right, .. }) = self.nodes.get(&key) else { return };
        let size = self.size(left) + self.size(right) + 1;
        if let Some(node) = self.nodes.get_mut(&key) {
            node.size = size;
        }
    }

    /// A node more or less hangs below `key` and all above it.
    fn grow(&mut self, key: Option<EpitemKey>, by: i32) {
        let mut next = key;
        while let Some(node) = next.and_then(|key| self.nodes.get_mut(&key)) {
            node.size = node.size.saturating_add_signed(by);
            next = node.parent;
        }
    }

    #[cfg(test)]
    #[cfg(not(target_arch = "wasm32"))]
    pub(super) fn from_nodes(
        root: Option<EpitemKey>,
        leftmost: Option<EpitemKey>,
        nodes: Map<EpitemKey, Node>,
    ) -> Tree {
        let mut tree = Tree { root, leftmost, path: Vec::new(), nodes };
        let mut order = tree.in_order();
        order.sort_by_key(|(_, depth)| std::cmp::Reverse(*depth));
        order.into_iter().for_each(|(key, _)| tree.measure(key));
        tree
    }

    pub(super) fn compare(&mut self, at: EpitemKey, turn: Turn) {
        if Some(at) == self.root {
            self.path.clear();
        }
        self.path.push((at, turn));
    }

    pub(super) fn link(&mut self, key: EpitemKey, parent: Option<EpitemKey>, side: Side) {
        self.nodes
            .insert(key, Node { parent, left: None, right: None, color: Color::Red, size: 1 });
        self.grow(parent, 1);
        match parent {
            Some(parent) => self.set_child(parent, side, Some(key)),
            None => self.root = Some(key),
        }
    }

    pub(super) fn color(&mut self, key: EpitemKey, color: Color) {
        if let Some(node) = self.nodes.get_mut(&key) {
            node.color = color;
        }
    }

    /// `at` goes down towards `side`; its child of the other side takes its place.
    pub(super) fn rotate(&mut self, at: EpitemKey, side: Side) {
        let Some(up) = self.child(at, side.other()) else { return };
        let middle = self.child(up, side);
        self.replace(at, Some(up));
        self.set_child(at, side.other(), middle);
        self.set_child(up, side, Some(at));
        self.measure(at);
        self.measure(up);
    }

    pub(super) fn unlink(&mut self, key: EpitemKey, child: Option<EpitemKey>) {
        self.grow(self.nodes.get(&key).and_then(|node| node.parent), -1);
        self.replace(key, child);
        self.nodes.remove(&key);
    }

    pub(super) fn successor(&mut self, key: EpitemKey, successor: EpitemKey) {
        let orphan = self.child(successor, Side::Right);
        self.grow(self.nodes.get(&successor).and_then(|node| node.parent), -1);
        self.replace(successor, orphan);
        let (left, right) = (self.child(key, Side::Left), self.child(key, Side::Right));
        self.replace(key, Some(successor));
        self.set_child(successor, Side::Left, left);
        self.set_child(successor, Side::Right, right);
        self.measure(successor);
        self.nodes.remove(&key);
    }

    fn child(&self, key: EpitemKey, side: Side) -> Option<EpitemKey> {
        let node = self.nodes.get(&key)?;
        match side {
            Side::Left => node.left,
            Side::Right => node.right,
        }
    }

    fn set_child(&mut self, parent: EpitemKey, side: Side, child: Option<EpitemKey>) {
        if let Some(node) = self.nodes.get_mut(&parent) {
            match side {
                Side::Left => node.left = child,
                Side::Right => node.right = child,
            }
        }
        if let Some(node) = child.and_then(|child| self.nodes.get_mut(&child)) {
            node.parent = Some(parent);
        }
    }

    /// Puts `new` where `old` hangs; `old` keeps its own links.
    fn replace(&mut self, old: EpitemKey, new: Option<EpitemKey>) {
        let parent = self.nodes.get(&old).and_then(|n| n.parent);
        match parent {
            Some(parent) if self.child(parent, Side::Left) == Some(old) => {
                self.set_child(parent, Side::Left, new);
            }
            Some(parent) => self.set_child(parent, Side::Right, new),
            None => {
                self.root = new;
                if let Some(node) = new.and_then(|new| self.nodes.get_mut(&new)) {
                    node.parent = None;
                }
            }
        }
    }
}
