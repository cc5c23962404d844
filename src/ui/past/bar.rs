//! The bar over the stage: where what a hand does goes in; and the buttons that undo and redo.

use yew::prelude::*;

use super::PastAction;
use super::here::place_in_past;
use super::versions::said;
use crate::tr;
use crate::ui::el::{Button, button, el, word_button};
use crate::ui::icons::{Icon, icon};
use crate::ui::state::{Action, Dispatch, View};

/// Where what a hand does goes in, and the way to put it elsewhere.
pub(in crate::ui) fn bar(view: &View, dispatch: &Dispatch) -> Html {
    let place = place_in_past(view);
    let line = view.session().line_at(view.position).map_or(0, |line| line + 1);
    let of = view.session().lines().len();
    let at_end = view.past.at_end;
    let (words, other) = match place {
        None => (tr!("past-at-end"), None),
        Some(_) if at_end => {
            (tr!("past-in-past-to-end", line = line, of = of), Some(tr!("past-put-here")))
        }
        Some(_) if view.position <= view.start => {
            (tr!("past-before-all"), Some(tr!("past-put-at-end")))
        }
        Some(_) => (tr!("past-in-past", line = line, of = of), Some(tr!("past-put-at-end"))),
    };
    let class = if place.is_some() && !at_end { "on" } else { "" };
    let other = other
        .map(|word| word_button(dispatch, "link", &word, Action::Past(PastAction::AtEnd(!at_end))));
    let words = el("span", &[]).text(&words).text(" ").children(other.into_iter().collect());
    el("div", &["past-bar", class]).child(words.html()).child(undo_buttons(view, dispatch)).html()
}

/// Undo and redo, with what they are about.
pub(in crate::ui) fn undo_buttons(view: &View, dispatch: &Dispatch) -> Html {
    let history = view.past.history();
    let one = |name: String, sign: Icon, action: PastAction, off: bool| {
        let looks = Button {
            class: "btn sign".to_owned(),
            content: icon(sign),
            name: Some(name),
            off,
            ..Button::default()
        };
        button(dispatch, Action::Past(action), looks)
    };
    let (undoes, redoes) = (history.undoes(), history.redoes());
    let undo = undoes.map_or_else(
        || tr!("past-undo"),
        |what| tr!("past-undo-what", what = said(what, history.version(history.at()))),
    );
    let next = history.next().and_then(|next| history.version(next));
    let redo = redoes
        .map_or_else(|| tr!("past-redo"), |what| tr!("past-redo-what", what = said(what, next)));
    el("span", &["undo"])
        .child(one(undo, Icon::Undo, PastAction::Undo, undoes.is_none()))
        .child(one(redo, Icon::Redo, PastAction::Redo, redoes.is_none()))
        .html()
}
