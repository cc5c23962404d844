//! Looking closer: the list of events, the inspector, tables, what it cost, the glossary.

mod cost;
mod events;
mod find;
mod glossary;
mod help;
mod object;
mod tables;
mod tabs;

use yew::prelude::*;

use super::settings::Tab;
use super::state::{Dispatch, State, View};
use crate::scene::arrows::Thing;
use crate::tr;

pub(super) use self::help::Help;

/// A part of the right column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Side {
    /// The list of events.
    #[default]
    Events,
    /// The selected object, or the current event.
    Object,
    /// The stage as tables.
    Tables,
    /// The counters.
    Cost,
    /// The glossary.
    Glossary,
}

impl Side {
    const ALL: [Side; 5] = [Side::Events, Side::Object, Side::Tables, Side::Cost, Side::Glossary];

    fn name(self) -> String {
        match self {
            Side::Events => tr!("look-events"),
            Side::Object => tr!("look-object"),
            Side::Tables => tr!("look-tables"),
            Side::Cost => tr!("look-cost"),
            Side::Glossary => tr!("look-glossary"),
        }
    }

    /// Its tab's id.
    fn id(self) -> &'static str {
        match self {
            Side::Events => "look-tab-events",
            Side::Object => "look-tab-object",
            Side::Tables => "look-tab-tables",
            Side::Cost => "look-tab-cost",
            Side::Glossary => "look-tab-glossary",
        }
    }
}

/// What is being looked at in the right column.
#[derive(Clone, Debug, Default)]
pub(super) struct Look {
    side: Side,
    /// The column is wide.
    is_wide: bool,
    /// The inspector shows only what the step changed.
    only_changes: bool,
    /// What is being looked for among the events.
    find: Option<String>,
    /// What is being looked for in the glossary.
    search: String,
    /// The word of the glossary that was asked for.
    term: Option<&'static str>,
    /// The list of keys is open.
    pub(super) helps: bool,
}

/// What is chosen there.
#[derive(Clone, Debug)]
pub(super) enum LookAction {
    /// Shows a part.
    Show(Side),
    /// Makes the column wide, or narrow again.
    Widen,
    /// Shows all fields, or only what changed.
    OnlyChanges,
    /// Opens the find box with these words, or closes it.
    Find(Option<String>),
    /// Looks for something in the glossary.
    Search(String),
    /// Opens the glossary at a word.
    Term(&'static str),
    /// Selects a thing and shows the stage.
    OnStage(Thing),
    /// Opens or closes the list of keys.
    Help(bool),
}

impl Look {
    /// What the right column shows, by its place.
    pub(super) fn place(&self) -> usize {
        Side::ALL.iter().position(|side| *side == self.side).unwrap_or_default()
    }

    /// Shows what has this place; the first, where there is none.
    pub(super) fn set_place(&mut self, place: usize) {
        self.side = Side::ALL.get(place).copied().unwrap_or_default();
    }
}

/// Chooses it.
pub(super) fn act(state: &mut State, action: LookAction) {
    let look = &mut state.look;
    match action {
        LookAction::Show(side) => look.side = side,
        LookAction::Widen => look.is_wide = !look.is_wide,
        LookAction::OnlyChanges => look.only_changes = !look.only_changes,
        LookAction::Find(words) => {
            if words.is_some() {
                look.side = Side::Events;
                state.settings.tab = Tab::Inside;
            }
            look.find = words;
        }
        LookAction::Search(words) => {
            look.search = words;
            look.term = None;
        }
        LookAction::Term(id) => {
            look.side = Side::Glossary;
            look.search.clear();
            look.term = Some(id);
        }
        LookAction::OnStage(thing) => {
            state.selected = Some(thing);
            state.settings.tab = Tab::Stage;
        }
        LookAction::Help(open) => look.helps = open,
    }
}

/// The right column.
pub(super) fn right(view: &View, dispatch: &Dispatch) -> Html {
    let side = view.look.side;
    let (view, dispatch) = (view.clone(), dispatch.clone());
    let tabs = tabs::tabs(&view, &dispatch);
    let panel = match side {
        Side::Events => html! { <events::Inside {view} {dispatch} /> },
        Side::Object => object::panel(&view, &dispatch),
        Side::Tables => tables::panel(&view, &dispatch),
        Side::Cost => html! { <cost::CostPanel {view} {dispatch} /> },
        Side::Glossary => html! { <glossary::Glossary {view} {dispatch} /> },
    };
    html! {
        <>
            { tabs }
            <div id="look-panel" class="look-panel" role="tabpanel" aria-labelledby={side.id()}>
                { panel }
            </div>
        </>
    }
}
