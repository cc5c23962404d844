//! The tabs of the right column: arrow keys go from one to the next.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

use super::{LookAction, Side};
use crate::tr;
use crate::ui::el::{Button, button, join};
use crate::ui::state::{Action, Dispatch, View};

/// The row of tabs.
pub(super) fn tabs(view: &View, dispatch: &Dispatch) -> Html {
    let chosen = view.look.side;
    let tab = |side: Side| {
        let is_chosen = side == chosen;
        let dispatch = dispatch.clone();
        let onclick = Callback::from(move |_: MouseEvent| {
            dispatch.dispatch(Action::Look(LookAction::Show(side)));
        });
        html! {
            <button type="button" id={side.id()} role="tab" aria-controls="look-panel"
                aria-selected={if is_chosen { "true" } else { "false" }}
                tabindex={if is_chosen { "0" } else { "-1" }} {onclick}>{ side.name() }</button>
        }
    };
    let onkeydown = {
        let dispatch = dispatch.clone();
        Callback::from(move |event: KeyboardEvent| {
            if let Some(side) = neighbour(chosen, &event.key()) {
                // The page's own keys step through time.
                event.prevent_default();
                event.stop_propagation();
                dispatch.dispatch(Action::Look(LookAction::Show(side)));
                focus(side.id());
            }
        })
    };
    let is_wide = view.look.is_wide;
    let widen = Button {
        class: join(&["look-wide", if is_wide { "on" } else { "" }]),
        content: Html::from(if is_wide { "⇥" } else { "⇤" }),
        name: Some(if is_wide { tr!("look-narrower") } else { tr!("look-wider") }),
        ..Button::default()
    };
    html! {
        <div class={join(&["look-bar", if is_wide { "is-wide" } else { "" }])}>
            <div class="look-tabs" role="tablist" aria-label={tr!("look-tabs")} {onkeydown}>
                { for Side::ALL.into_iter().map(tab) }
            </div>
            { button(dispatch, Action::Look(LookAction::Widen), widen) }
        </div>
    }
}

fn neighbour(side: Side, key: &str) -> Option<Side> {
    let all = Side::ALL;
    let at = all.iter().position(|other| *other == side)?;
    let to = match key {
        "ArrowRight" => (at + 1) % all.len(),
        "ArrowLeft" => (at + all.len() - 1) % all.len(),
        "Home" => 0,
        "End" => all.len() - 1,
        _ => return None,
    };
    all.get(to).copied()
}

/// Moves the focus to an element.
pub(super) fn focus(id: &str) {
    let element = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.get_element_by_id(id))
        .and_then(|element| element.dyn_into::<HtmlElement>().ok());
    if let Some(element) = element {
        let _ = element.focus();
    }
}
