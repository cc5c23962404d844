//! The find box over the list of events.

use std::rc::Rc;

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::LookAction;
use crate::tr;
use crate::ui::el::{Button, button, word_button};
use crate::ui::state::{Action, Dispatch, View};

#[derive(Properties, PartialEq)]
pub(super) struct FindProps {
    pub(super) view: View,
    pub(super) dispatch: Dispatch,
    /// The places of the events found, as in the list of records.
    pub(super) found: Rc<Vec<usize>>,
}

/// The box: words, how many, back and forth.
#[component]
pub(super) fn FindBox(FindProps { view, dispatch, found }: &FindProps) -> Html {
    let field = use_node_ref();
    {
        let field = field.clone();
        use_effect_with((), move |()| {
            if let Some(field) = field.cast::<HtmlInputElement>() {
                let _ = field.focus();
            }
        });
    }
    let words = view.look.find.clone().unwrap_or_default();
    let oninput = {
        let dispatch = dispatch.clone();
        Callback::from(move |event: InputEvent| {
            let input: HtmlInputElement = event.target_unchecked_into();
            dispatch.dispatch(Action::Look(LookAction::Find(Some(input.value()))));
        })
    };
    let (back, on) = (next(view, found, false), next(view, found, true));
    let onkeydown = {
        let dispatch = dispatch.clone();
        Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
            "Escape" => {
                event.stop_propagation();
                // The browser would empty the field, which would open the box again.
                event.prevent_default();
                dispatch.dispatch(Action::Look(LookAction::Find(None)));
            }
            "Enter" => {
                event.prevent_default();
                if let Some(at) = if event.shift_key() { back } else { on } {
                    dispatch.dispatch(Action::Go(at + 1));
                }
            }
            _ => {}
        })
    };
    let current = found.iter().position(|at| at + 1 == view.position).map_or(0, |at| at + 1);
    let count = match (words.trim().is_empty(), found.len()) {
        (true, _) => String::new(),
        (false, 0) => tr!("look-find-none"),
        (false, count) => tr!("look-find-count", at = current, count = count),
    };
    html! {
        <div class="look-search find" role="search">
            <input type="search" class="field" ref={field} aria-label={tr!("look-find")}
                placeholder={tr!("look-find")} value={words} {oninput} {onkeydown}
                autocomplete="off" spellcheck="false" />
            <span role="status">{ count }</span>
            { go(dispatch, "↑", tr!("look-find-previous"), back) }
            { go(dispatch, "↓", tr!("look-find-next"), on) }
            { word_button(dispatch, "btn", &tr!("look-find-close"), Action::Look(LookAction::Find(None))) }
        </div>
    }
}

fn go(dispatch: &Dispatch, sign: &'static str, name: String, to: Option<usize>) -> Html {
    let looks = Button {
        class: "btn".to_owned(),
        content: Html::from(sign),
        name: Some(name),
        off: to.is_none(),
        ..Button::default()
    };
    button(
        dispatch,
        to.map_or(Action::Look(LookAction::Find(None)), |at| Action::Go(at + 1)),
        looks,
    )
}

/// The next one found from here on, or back; past the last one comes the first.
fn next(view: &View, found: &[usize], on: bool) -> Option<usize> {
    // The current event is the one before the position.
    if on {
        let after = found.iter().find(|at| **at >= view.position);
        after.or(found.first()).copied()
    } else {
        let before = found.iter().rfind(|at| **at + 1 < view.position);
        before.or(found.last()).copied()
    }
}
