//! The list of keys, in a dialog of the browser's own.

use web_sys::HtmlDialogElement;
use yew::prelude::*;

use super::LookAction;
use crate::tr;
use crate::ui::app::PartProps;
use crate::ui::el::{el, word_button};
use crate::ui::keys::KEYS;
use crate::ui::state::Action;

/// The dialog; it is open as long as it is there.
#[component]
pub(in crate::ui) fn Help(PartProps { dispatch, .. }: &PartProps) -> Html {
    let dialog = use_node_ref();
    {
        let dialog = dialog.clone();
        use_effect_with((), move |()| {
            if let Some(dialog) = dialog.cast::<HtmlDialogElement>() {
                let _ = dialog.show_modal();
            }
        });
    }
    let close = Action::Look(LookAction::Help(false));
    let onclose = {
        let (dispatch, close) = (dispatch.clone(), close.clone());
        Callback::from(move |_: Event| dispatch.dispatch(close.clone()))
    };
    // The page's own keys rest while the dialog is open.
    let onkeydown = Callback::from(|event: KeyboardEvent| event.stop_propagation());
    let row = |(keys, what): &(&str, &str)| {
        let keys = keys.split(' ').map(|key| el("kbd", &[]).text(key).html());
        let keys = el("dt", &[]).children(keys.collect()).html();
        let what = el("dd", &[]).text(&crate::i18n::say(what, &[])).html();
        el("div", &[]).child(keys).child(what).html()
    };
    html! {
        <dialog class="keys" ref={dialog} {onclose} {onkeydown} aria-labelledby="keys-title">
            <h2 id="keys-title">{ tr!("look-keys") }</h2>
            <dl>{ for KEYS.iter().map(row) }</dl>
            { word_button(dispatch, "btn", &tr!("look-keys-close"), close) }
        </dialog>
    }
}
