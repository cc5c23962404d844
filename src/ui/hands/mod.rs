//! Hands: whatever a person does to the machine, by mouse, touch or key, written as lines of script.

mod forms;
mod lines;
mod popover;

pub(super) use forms::{Form, forms, with_lines};
pub(super) use lines::{Gesture, Lines};
pub(super) use popover::draw as popover;

use super::state::State;

/// What the hands remember between two actions.
#[derive(Clone, Debug, Default)]
pub(super) struct Hands {}

/// What hands do, beside writing lines.
#[derive(Clone, Debug)]
pub(super) enum HandAction {}

/// Does it.
pub(super) fn act(_state: &mut State, action: HandAction) {
    match action {}
}
