//! Time: play, pause and steps, breakpoints, and the timeline with its lanes.

mod controls;

pub(super) use controls::{timeline, transport};

use super::state::State;

/// How time is looked at: zoom, kind of step, breakpoints.
#[derive(Clone, Debug, Default)]
pub(super) struct TimeView {}

/// What is done to that.
#[derive(Clone, Debug)]
pub(super) enum TimeAction {}

/// Does it.
pub(super) fn act(_state: &mut State, action: TimeAction) {
    match action {}
}
