//! What is said about the red-black tree.

use crate::kernel::ids::EpitemKey;
use crate::trace::Func;
use crate::trace::event::{Color, EventKind, Side, Turn};

use super::words::yes;
use super::{Cx, Said};

impl Cx<'_> {
    pub(super) fn tree(&self) -> Option<Said> {
        let n = self.names;
        Some(match &self.event.kind {
            EventKind::RbCompare { at, turn, .. } => say!(
                "event-rb-compare",
                at = n.epi(*at),
                turn = match turn {
                    Turn::Left => "left",
                    Turn::Right => "right",
                    Turn::Found => "found",
                }
            ),
            EventKind::RbLink { node, parent, side, .. } => say!(
                "event-rb-link",
                node = n.epi(*node),
                place = if parent.is_some() { side_name(*side) } else { "root" },
                parent = parent.map_or_else(String::new, |parent| n.epi(parent))
            ),
            EventKind::RbColor { node, color, .. } => say!(
                "event-rb-color",
                node = n.epi(*node),
                color = match color {
                    Color::Red => "red",
                    Color::Black => "black",
                },
                why = self.why_coloured(*node, *color)
            ),
            EventKind::RbRotate { ep, at, side } => {
                let node = self.before.eventpolls.get(ep).and_then(|e| e.rbr.get(*at));
                let up = node.and_then(|node| match side {
                    Side::Left => node.right,
                    Side::Right => node.left,
                });
                say!(
                    "event-rb-rotate",
                    at = n.epi(*at),
                    side = side_name(*side),
                    known = yes(up.is_some()),
                    up = up.map_or_else(String::new, |up| n.epi(up))
                )
            }
            EventKind::RbUnlink { node, child, .. } => say!(
                "event-rb-unlink",
                node = n.epi(*node),
                replaced = yes(child.is_some()),
                child = child.map_or_else(String::new, |child| n.epi(child))
            ),
            EventKind::RbSuccessor { node, successor, .. } => {
                say!("event-rb-successor", node = n.epi(*node), successor = n.epi(*successor))
            }
            EventKind::RbLeftmost { node, .. } => say!(
                "event-rb-leftmost",
                there = yes(node.is_some()),
                node = node.map_or_else(String::new, |node| n.epi(node))
            ),
            _ => return None,
        })
    }

    fn why_coloured(&self, node: EpitemKey, color: Color) -> &'static str {
        let is_root = self.before.eventpolls.values().any(|e| e.rbr.root == Some(node));
        match (self.event.func, color) {
            (Func::rb_erase, _) => "erase",
            (_, Color::Black) if is_root => "root",
            (_, Color::Black) => "upper",
            (_, Color::Red) => "red",
        }
    }
}

fn side_name(side: Side) -> &'static str {
    match side {
        Side::Left => "left",
        Side::Right => "right",
    }
}
