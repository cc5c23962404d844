//! Where what a hand does goes in, and what the machine looks like there.

use std::cell::RefCell;
use std::rc::Rc;

use crate::scene::Scene;
use crate::session::gesture::Lines;
use crate::session::{LineKind, Session, SessionLine};
use crate::ui::state::State;

/// The run as it stood at the place that was asked for last, with its scene: made once a place.
#[derive(Default)]
pub(in crate::ui) struct Here(RefCell<Option<(usize, Rc<(Session, Scene)>)>>);

/// In front of which line, from 0, goes in what a hand does; nothing means the end, where nothing
/// later has happened.
pub(in crate::ui) fn place(state: &State) -> Option<usize> {
    if state.past.at_end {
        return None;
    }
    place_in_past(state)
}

/// The same, whatever a person has chosen.
pub(super) fn place_in_past(state: &State) -> Option<usize> {
    let session = state.session();
    let (lines, position) = (session.lines(), state.position);
    let acts = |line: &SessionLine| matches!(line.kind, LineKind::Statement | LineKind::Unread);
    let is_over = |line: &SessionLine| {
        let SessionLine { events, .. } = line;
        events.start < position || (events.is_empty() && events.end <= position)
    };
    let is_to_come = |line: &SessionLine| !line.events.is_empty() && line.events.start >= position;
    if let Some((_, behind)) = state.past.put.filter(|put| state.playing && position <= put.0) {
        return lines.get(behind..)?.iter().any(is_to_come).then_some(behind);
    }
    if position <= state.start {
        let first = lines.iter().position(acts)?;
        // With what is said of it.
        let said =
            |line: &&SessionLine| line.kind == LineKind::Comment && !line.text.trim().is_empty();
        return Some(first - lines[..first].iter().rev().take_while(said).count());
    }
    let last = lines.iter().rposition(|line| acts(line) && is_over(line))?;
    lines[last + 1..].iter().any(is_to_come).then_some(last + 1)
}

/// Calls `look` with what a hand meets where what it does goes in.
pub(in crate::ui) fn with_here<T>(
    state: &State,
    at: usize,
    look: impl FnOnce(&Lines<'_>) -> T,
) -> T {
    let known = state.past.here.0.borrow().clone().filter(|(known, _)| *known == at);
    let (_, here) = known.unwrap_or_else(|| {
        let session = state.session();
        let end = at.checked_sub(1).map_or(0, |before| session.lines()[before].events.end);
        let made = (at, Rc::new((session.as_of_line(at), session.scene_at(end))));
        *state.past.here.0.borrow_mut() = Some(made.clone());
        made
    });
    look(&Lines { session: &here.0, scene: &here.1 })
}
