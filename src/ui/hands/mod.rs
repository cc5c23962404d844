//! Hands: whatever a person does to the machine, by mouse, touch or key, written as lines of script
//! by [`crate::session::gesture`].

mod all;
mod calls;
mod controls;
mod fields;
mod forms;
mod load;
mod popover;
mod turns;

use std::rc::Rc;

use litemap::LiteMap;

pub(super) use all::Forms;
pub(super) use controls::{controls, turn};
pub(super) use forms::{Form, ctl, wait};
pub(super) use popover::draw as popover;

use super::past;
use super::state::{Action, State};
use crate::scene::Scene;
use crate::scene::arrows::Thing;
pub(super) use crate::session::gesture::{Gesture, Lines};

/// What the hands remember between two actions.
#[derive(Clone, Debug, Default)]
pub(super) struct Hands {
    /// The menu of what is selected is open.
    pub(in crate::ui) menu: bool,
    /// What was typed or chosen, where it is not what stands there at first.
    typed: Rc<LiteMap<String, String>>,
}

impl Hands {
    /// What a field holds, if somebody touched it.
    pub(super) fn typed(&self, key: &str) -> Option<&str> {
        self.typed.get(key).map(String::as_str)
    }

    /// What a field holds.
    fn text(&self, key: &str, default: &str) -> String {
        self.typed(key).unwrap_or(default).to_owned()
    }
}

/// What hands do, beside writing lines.
#[derive(Clone, Debug)]
pub(super) enum HandAction {
    /// Types or chooses: which field, and what.
    Fill(String, String),
    /// Opens the menu of a thing.
    Open(Thing),
    /// Closes the menu.
    Close,
    /// Closes the menu, or if none is open lets go of what is selected.
    Escape,
    /// Opens the menu of what is selected.
    Menu,
    /// Takes what is selected out of its set, or closes it.
    Delete,
    /// Makes the call that the form holds.
    Call,
    /// Adds the workload that the form holds.
    Load,
}

/// Does it.
pub(super) fn act(state: &mut State, action: HandAction) {
    match action {
        HandAction::Fill(key, value) => {
            let typed = Rc::make_mut(&mut state.hands.typed);
            // Another call has other arguments.
            if key == calls::CALL {
                let old: Vec<String> =
                    typed.keys().filter(|key| key.starts_with("call.")).cloned().collect();
                old.iter().for_each(|key| drop(typed.remove(key)));
            }
            typed.insert(key, value);
        }
        HandAction::Open(thing) => select(state, Some(thing)),
        // What it was about stays selected: it can still be looked at and asked about.
        HandAction::Close => state.hands.menu = false,
        HandAction::Escape => {
            let thing = state.selected.filter(|_| std::mem::take(&mut state.hands.menu));
            let menu = thing.and_then(|thing| with_lines(state, |lines| lines.subject(thing)));
            if menu.is_none() {
                state.act_now(Action::Select(None));
            }
        }
        HandAction::Menu => state.hands.menu = state.selected.is_some(),
        HandAction::Delete => {
            let act = state
                .selected
                .and_then(|thing| with_lines(state, |lines| Some((thing, lines.delete(thing)?))));
            if let Some((thing, act)) = act {
                state.perform(&Gesture::Do(thing, act, Vec::new()));
            }
        }
        HandAction::Call => {
            if let Some(lines) = calls::line(state) {
                state.perform(&Gesture::Lines(lines));
            }
        }
        HandAction::Load => {
            if let Some(lines) = load::lines(state) {
                state.perform(&Gesture::Lines(lines));
            }
        }
    }
}

/// Selects a thing, and opens its menu.
pub(super) fn select(state: &mut State, thing: Option<Thing>) {
    state.selected = thing;
    state.hands.menu = thing.is_some();
}

/// Calls `write` with what the session looks like where what a hand does goes in.
pub(super) fn with_lines<T>(state: &State, write: impl FnOnce(&Lines<'_>) -> T) -> T {
    // What a long script was at a line is not run again at each step: what its end offers serves, too.
    let is_short = state.session().lines().len() <= super::job::LONG;
    if let Some(at) = past::place(state).filter(|_| is_short) {
        return past::with_here(state, at, write);
    }
    let session = state.session();
    let last = session.records().len();
    if state.position == last {
        return write(&Lines { session: &session, scene: &state.scene });
    }
    let scene: Scene = session.scene_at(last);
    write(&Lines { session: &session, scene: &scene })
}

/// Types or chooses.
fn fill(key: &str, value: String) -> Action {
    Action::Hand(HandAction::Fill(key.to_owned(), value))
}
