//! Looking closer: the list of events, the inspector, tables, the glossary, what it cost.

mod events;

use yew::prelude::*;

use self::events::Inside;
use super::state::{Dispatch, State, View};

/// What is being looked at in the right column.
#[derive(Clone, Debug, Default)]
pub(super) struct Look {}

/// What is chosen there.
#[derive(Clone, Debug)]
pub(super) enum LookAction {}

/// Chooses it.
pub(super) fn act(_state: &mut State, action: LookAction) {
    match action {}
}

/// The right column.
pub(super) fn right(view: &View, dispatch: &Dispatch) -> Html {
    html! { <Inside view={view.clone()} dispatch={dispatch.clone()} /> }
}
