//! The red-black tree of an interest set.
//!
//! Linux 6.18, `lib/rbtree.c: __rb_insert(), __rb_erase_augmented(), ____rb_erase_color()` and the
//! cached-leftmost wrappers of `include/linux/rbtree.h`, as `fs/eventpoll.c` uses them. The cases
//! and the order of their steps are the kernel's; every link, rotation and recolouring is an event.

use serde::{Deserialize, Serialize};

use super::cx::Cx;
use super::ids::{EpitemKey, EventpollKey};
use crate::trace::event::{Color, Side, Turn};
use crate::trace::{EventKind, Func, Sink};

/// `struct rb_node`
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct RbNode {
    /// The node above.
    pub parent: Option<EpitemKey>,
    /// The subtree of smaller keys.
    pub left: Option<EpitemKey>,
    /// The subtree of larger keys.
    pub right: Option<EpitemKey>,
    /// Its colour.
    pub color: Color,
}

impl Default for RbNode {
    fn default() -> Self {
        RbNode { parent: None, left: None, right: None, color: Color::Red }
    }
}

impl RbNode {
    fn child(&self, side: Side) -> Option<EpitemKey> {
        match side {
            Side::Left => self.left,
            Side::Right => self.right,
        }
    }
}

/// `struct rb_root_cached`
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct RbRoot {
    /// The topmost node.
    pub node: Option<EpitemKey>,
    /// The leftmost node.
    pub leftmost: Option<EpitemKey>,
}

/// Where a node would be linked that is not in the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    parent: Option<EpitemKey>,
    side: Side,
    /// Every node is to the right of it.
    leftmost: bool,
}

/// The tree of one instance, open for work.
pub(super) struct Rb<'c, 'k, S: Sink> {
    cx: &'c mut Cx<'k, S>,
    ep: EventpollKey,
}

impl<'c, 'k, S: Sink> Rb<'c, 'k, S> {
    pub(super) fn new(cx: &'c mut Cx<'k, S>, ep: EventpollKey) -> Self {
        Rb { cx, ep }
    }

    /// `ep_find()`: the item with this key, or the place where it would be.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    pub(super) fn find(&mut self, key: (u64, i32)) -> Result<EpitemKey, Place> {
        let (ep, (kernel, tracer)) = (self.ep, self.cx.parts());
        let mut next = kernel.eventpolls[ep].rbr.node;
        let mut place = Place { parent: None, side: Side::Left, leftmost: true };
        while let Some(at) = next {
            let item = &kernel.epitems[at];
            let there = item.ffd.key();
            let turn = way(key, there);
            tracer.emit(|| EventKind::RbCompare { ep, at, turn });
            if turn == Turn::Found {
                return Ok(at);
            }
            let goes_right = turn == Turn::Right;
            place.parent = Some(at);
            place.side = if goes_right { Side::Right } else { Side::Left };
            place.leftmost &= !goes_right;
            next = if goes_right { item.rbn.right } else { item.rbn.left };
        }
        Err(place)
    }

    /// `ep_rbtree_insert()`. Preconditions: no item with the same key is in the tree, and `found` is
    /// where [`Self::find`] came to. Linux goes down once more, which only a listener notices.
    pub(super) fn insert(&mut self, node: EpitemKey, found: Place) {
        let Place { parent, side, leftmost } = if S::ACTIVE {
            let key = self.cx.epitems[node].ffd.key();
            match self.find(key) {
                Err(place) => place,
                Ok(other) => unreachable!("{other} has the key of {node}"),
            }
        } else {
            found
        };
        let ep = self.ep;
        self.cx.epitems[node].rbn = RbNode { parent, ..RbNode::default() };
        match parent {
            Some(parent) => self.set_child(parent, side, Some(node)),
            None => self.cx.eventpolls[ep].rbr.node = Some(node),
        }
        self.cx.emit(|| EventKind::RbLink { ep, node, parent, side });
        if leftmost {
            self.set_leftmost(Some(node));
        }
        let caller = self.cx.enter(Func::rb_insert_color);
        self.insert_color(node);
        self.cx.leave(caller);
    }

    /// `rb_erase_cached()`. Preconditions: the node is in the tree.
    pub(super) fn erase(&mut self, node: EpitemKey) {
        let caller = self.cx.enter(Func::rb_erase);
        if self.cx.eventpolls[self.ep].rbr.leftmost == Some(node) {
            let next = self.next(node);
            self.set_leftmost(next);
        }
        if let Some(parent) = self.unlink(node) {
            self.erase_color(parent);
        }
        self.cx.leave(caller);
    }

    /// `rb_next()`: the node with the next larger key.
    pub(super) fn next(&self, node: EpitemKey) -> Option<EpitemKey> {
        if let Some(right) = self.node(node).right {
            return Some(self.leftmost_below(right));
        }
        let mut at = node;
        while let Some(parent) = self.node(at).parent {
            if self.node(parent).left == Some(at) {
                return Some(parent);
            }
            at = parent;
        }
        None
    }

    /// The insert fix-up: restores "no red node has a red child" from a new red node upwards.
    fn insert_color(&mut self, mut node: EpitemKey) {
        loop {
            let Some(parent) = self.node(node).parent else {
                return self.set_color(node, Color::Black);
            };
            if self.is_black(Some(parent)) {
                return;
            }
            let Some(grandparent) = self.node(parent).parent else {
                unreachable!("{parent} is red and the root");
            };
            let side = self.side_of(parent, grandparent);
            let uncle = self.node(grandparent).child(side.other());
            if let Some(uncle) = uncle.filter(|u| !self.is_black(Some(*u))) {
                // The uncle is red: recolour, and look again two levels up.
                self.set_color(uncle, Color::Black);
                self.set_color(parent, Color::Black);
                self.set_color(grandparent, Color::Red);
                node = grandparent;
                continue;
            }
            let mut top = parent;
            if self.node(parent).child(side.other()) == Some(node) {
                // An inner grandchild: turn it to the outside first.
                self.rotate(parent, side);
                top = node;
            }
            self.rotate(grandparent, side.other());
            self.set_color(top, Color::Black);
            self.set_color(grandparent, Color::Red);
            return;
        }
    }

    /// Takes a node out and gives the parent at which a black node is missing, if one is.
    fn unlink(&mut self, node: EpitemKey) -> Option<EpitemKey> {
        let RbNode { parent, left, right, color } = self.node(node);
        let ep = self.ep;
        let (Some(left), Some(right)) = (left, right) else {
            let child = left.or(right);
            self.replace(node, child);
            self.cx.emit(|| EventKind::RbUnlink { ep, node, child });
            return match child {
                Some(child) => {
                    self.set_color(child, color);
                    None
                }
                None => parent.filter(|_| color == Color::Black),
            };
        };
        let successor = self.leftmost_below(right);
        let orphan = self.node(successor).right;
        let above = self.node(successor).parent;
        let was_black = self.is_black(Some(successor));
        self.replace(successor, orphan);
        let right = self.node(node).right;
        self.replace(node, Some(successor));
        self.set_child(successor, Side::Left, Some(left));
        self.set_child(successor, Side::Right, right);
        self.cx.emit(|| EventKind::RbSuccessor { ep, node, successor });
        let short_at = match orphan {
            Some(orphan) => {
                self.set_color(orphan, Color::Black);
                None
            }
            None if was_black => above.map(|at| if at == node { successor } else { at }),
            None => None,
        };
        self.set_color(successor, color);
        short_at
    }

    /// The erase fix-up: one side below `parent` has a black node less than the other.
    fn erase_color(&mut self, mut parent: EpitemKey) {
        let mut short: Option<EpitemKey> = None;
        loop {
            let side = match self.node(parent).right {
                right if right != short => Side::Left,
                _ => Side::Right,
            };
            let mut sibling = self.sibling(parent, side);
            if !self.is_black(Some(sibling)) {
                // A red sibling: rotate it up, so that the new sibling is black.
                self.rotate(parent, side);
                self.set_color(sibling, Color::Black);
                self.set_color(parent, Color::Red);
                sibling = self.sibling(parent, side);
            }
            let far = self.node(sibling).child(side.other());
            let near = self.node(sibling).child(side);
            if self.is_black(far) && self.is_black(near) {
                // The sibling gives up its black too: the shortage moves up, or ends at a red parent.
                self.set_color(sibling, Color::Red);
                if !self.is_black(Some(parent)) {
                    return self.set_color(parent, Color::Black);
                }
                short = Some(parent);
                match self.node(parent).parent {
                    Some(above) => parent = above,
                    None => return,
                }
                continue;
            }
            let mut far_child = far;
            if self.is_black(far) {
                // Only the near nephew is red: turn it to the outside first.
                self.rotate(sibling, side.other());
                far_child = Some(sibling);
                sibling = self.sibling(parent, side);
            }
            let color = self.node(parent).color;
            self.rotate(parent, side);
            self.set_color(sibling, color);
            self.set_color(parent, Color::Black);
            if let Some(far_child) = far_child {
                self.set_color(far_child, Color::Black);
            }
            return;
        }
    }

    fn sibling(&self, parent: EpitemKey, side: Side) -> EpitemKey {
        match self.node(parent).child(side.other()) {
            Some(sibling) => sibling,
            None => unreachable!("{parent} misses a black node and has no sibling for it"),
        }
    }

    /// `at` goes down towards `side`, its child of the other side comes up.
    fn rotate(&mut self, at: EpitemKey, side: Side) {
        let up = self.sibling(at, side);
        let middle = self.node(up).child(side);
        self.replace(at, Some(up));
        self.set_child(at, side.other(), middle);
        self.set_child(up, side, Some(at));
        let ep = self.ep;
        self.cx.emit(|| EventKind::RbRotate { ep, at, side });
    }

    fn replace(&mut self, old: EpitemKey, new: Option<EpitemKey>) {
        match self.node(old).parent {
            Some(parent) => {
                let side = self.side_of(old, parent);
                self.set_child(parent, side, new);
            }
            None => {
                let ep = self.ep;
                self.cx.eventpolls[ep].rbr.node = new;
                if let Some(new) = new {
                    self.cx.epitems[new].rbn.parent = None;
                }
            }
        }
    }

    fn set_child(&mut self, parent: EpitemKey, side: Side, child: Option<EpitemKey>) {
        let node = &mut self.cx.epitems[parent].rbn;
        match side {
            Side::Left => node.left = child,
            Side::Right => node.right = child,
        }
        if let Some(child) = child {
            self.cx.epitems[child].rbn.parent = Some(parent);
        }
    }

    fn set_color(&mut self, node: EpitemKey, color: Color) {
        if self.node(node).color != color {
            self.cx.epitems[node].rbn.color = color;
            let ep = self.ep;
            self.cx.emit(|| EventKind::RbColor { ep, node, color });
        }
    }

    fn set_leftmost(&mut self, node: Option<EpitemKey>) {
        let ep = self.ep;
        self.cx.eventpolls[ep].rbr.leftmost = node;
        self.cx.emit(|| EventKind::RbLeftmost { ep, node });
    }

    fn leftmost_below(&self, mut node: EpitemKey) -> EpitemKey {
        while let Some(left) = self.node(node).left {
            node = left;
        }
        node
    }

    fn side_of(&self, child: EpitemKey, parent: EpitemKey) -> Side {
        if self.node(parent).left == Some(child) { Side::Left } else { Side::Right }
    }

    fn is_black(&self, node: Option<EpitemKey>) -> bool {
        node.is_none_or(|node| self.node(node).color == Color::Black)
    }

    fn node(&self, key: EpitemKey) -> RbNode {
        self.cx.epitems[key].rbn
    }
}

/// The way from a node with the key `there` to one with `key`.
#[inline]
fn way(key: (u64, i32), there: (u64, i32)) -> Turn {
    // Files mostly differ, so that their addresses decide.
    let goes_right = if key.0 != there.0 {
        key.0 > there.0
    } else if key.1 != there.1 {
        key.1 > there.1
    } else {
        return Turn::Found;
    };
    if goes_right { Turn::Right } else { Turn::Left }
}

#[cfg(test)]
mod tests;
