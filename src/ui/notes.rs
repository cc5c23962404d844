//! What a lesson says about the place at which its run stands; playback rests at each remark.

use std::rc::Rc;

use yew::prelude::*;

use super::el::{el, word_button};
use super::state::{Action, Dispatch, State, View};
use crate::session::notes::Note;
use crate::tr;

/// The remarks of the script in the reader's language.
pub(super) fn of(state: &State) -> Rc<Vec<Note>> {
    Rc::new(state.session().notes(state.settings.lang.tag()))
}

/// The remark that counts at a position: the last one that was reached.
fn current(view: &View) -> Option<(usize, &Note)> {
    view.notes.iter().enumerate().rfind(|(_, note)| note.at <= view.position)
}

/// Where playback from `from` to `to` is to rest, if a remark lies in between.
pub(super) fn rest(state: &State, from: usize, to: usize) -> Option<usize> {
    let notes = state.notes.iter().map(|note| note.at);
    notes.filter(|_| state.settings.rests).find(|at| (from + 1..=to).contains(at))
}

/// The remark, and the way on.
pub(super) fn banner(view: &View, dispatch: &Dispatch) -> Html {
    let Some((at, note)) = current(view) else { return Html::default() };
    let count = format!("{}/{}", at + 1, view.notes.len());
    let text = el("p", &[])
        .child(el("b", &[]).text(&count).html())
        .text(" ")
        .child(el("span", &[]).text(&note.text).html());
    let resting = !view.playing && note.at == view.position && view.position < view.len();
    let go = if resting {
        word_button(dispatch, "btn on", &tr!("page-note-play"), Action::PlayPause)
    } else {
        Html::default()
    };
    el("aside", &["remark"]).set("aria-label", tr!("page-note")).child(text.html()).child(go).html()
}
