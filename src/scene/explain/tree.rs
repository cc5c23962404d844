//! Sentences about the red-black tree.

use crate::trace::Func;
use crate::trace::event::{Color, EventKind, Side, Turn};

use super::{Cx, Explanation, say};

/// `left`, `right`.
pub(super) fn side_text(side: Side) -> &'static str {
    match side {
        Side::Left => "left",
        Side::Right => "right",
    }
}

/// `red`, `black`.
pub(super) fn color_text(color: Color) -> &'static str {
    match color {
        Color::Red => "red",
        Color::Black => "black",
    }
}

/// `left`, `right`, `found`.
pub(super) fn turn_text(turn: Turn) -> &'static str {
    match turn {
        Turn::Left => "left",
        Turn::Right => "right",
        Turn::Found => "found",
    }
}

impl Cx<'_> {
    pub(super) fn tree(&self) -> Option<Explanation> {
        let n = self.names;
        Some(match &self.event.kind {
            EventKind::RbCompare { at, turn, .. } => {
                let sentence = match turn {
                    Turn::Left => format!(
                        "The key (file address, descriptor) is smaller than that of {}: go left.",
                        n.epi(*at)
                    ),
                    Turn::Right => format!(
                        "The key (file address, descriptor) is larger than that of {}: go right.",
                        n.epi(*at)
                    ),
                    Turn::Found => {
                        format!("File and descriptor are those of {}: found.", n.epi(*at))
                    }
                };
                say(format!("Compare with {}", n.epi(*at)), sentence)
            }
            EventKind::RbLink { node, parent, side, .. } => {
                let place = match parent {
                    Some(parent) => {
                        format!("below {}, at its {}", n.epi(*parent), side_text(*side))
                    }
                    None => "as the root".to_owned(),
                };
                say(
                    format!("{} joins the tree", n.epi(*node)),
                    format!(
                        "It is linked {place}, and red: a red node changes no path's number of black nodes."
                    ),
                )
            }
            EventKind::RbColor { node, color, .. } => self.color(&n.epi(*node), *node, *color),
            EventKind::RbRotate { ep, at, side } => {
                let up =
                    self.before.eventpolls.get(ep).and_then(|e| e.rbr.get(*at)).and_then(|node| {
                        match side {
                            Side::Left => node.right,
                            Side::Right => node.left,
                        }
                    });
                let up = up.map_or_else(|| "its child".to_owned(), |up| n.epi(up));
                say(
                    format!("Rotate {} at {}", side_text(*side), n.epi(*at)),
                    format!(
                        "{} goes down to the {}, {up} takes its place. The order of keys stays the same; one side gets shorter, the other longer.",
                        n.epi(*at),
                        side_text(*side)
                    ),
                )
            }
            EventKind::RbUnlink { node, child, .. } => {
                let rest = match child {
                    Some(child) => format!("its only child {} takes its place.", n.epi(*child)),
                    None => "it has no children, so nothing takes its place.".to_owned(),
                };
                say(
                    format!("{} leaves the tree", n.epi(*node)),
                    format!("{} is taken out; {rest}", n.epi(*node)),
                )
            }
            EventKind::RbSuccessor { node, successor, .. } => say(
                format!("{} takes the place of {}", n.epi(*successor), n.epi(*node)),
                format!(
                    "{} has two children. The next larger key, {}, takes over its place and its children.",
                    n.epi(*node),
                    n.epi(*successor)
                ),
            ),
            EventKind::RbLeftmost { node: Some(node), .. } => say(
                "Leftmost",
                format!(
                    "{} has the smallest key now. The tree remembers it, so that a walk over all items can start without a search.",
                    n.epi(*node)
                ),
            ),
            EventKind::RbLeftmost { .. } => {
                say("Leftmost", "The tree is empty: there is no smallest key.")
            }
            _ => return None,
        })
    }

    fn color(&self, name: &str, node: crate::kernel::ids::EpitemKey, color: Color) -> Explanation {
        let is_root = self.before.eventpolls.values().any(|e| e.rbr.root == Some(node));
        let why = match (self.event.func(), color, is_root) {
            (Func::rb_erase, _, _) => {
                "A path has lost a black node; colours change until all paths have the same number again."
            }
            (_, Color::Black, true) => "The root is always black.",
            (_, Color::Black, false) => {
                "A red node must not have a red child, so the upper of the two turns black."
            }
            (_, Color::Red, _) => {
                "Its children turned black, or a rotation put it below a black node: red keeps the number of black nodes on every path."
            }
        };
        say(format!("{name} turns {}", color_text(color)), why)
    }
}
