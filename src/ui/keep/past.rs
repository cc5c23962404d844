//! The versions of the script over a reload, and over visits.
//!
//! Each tab keeps its own, and takes them up again whatever it opens. Those of the last visit come
//! back only with the script that they belong to.

use std::rc::Rc;

use super::browser;
use crate::session::history::{History, What};
use crate::share::unpack_past;
use crate::tr;
use crate::ui::editor::{self, EditorAction};
use crate::ui::settings::Words;
use crate::ui::state::State;

/// What the page begins with, once it shows what the address says.
pub(super) fn begin(state: &mut State) {
    if let Some(kept) = browser::recall_own_past() {
        match unpack_past(&kept) {
            Some((history, draft)) => take_up(state, history, draft),
            None => {
                browser::forget_own_past();
                complain(state);
            }
        }
        return;
    }
    let kept = browser::recall_past();
    if let Some(kept) = kept.filter(|_| state.keep.offer.is_none()) {
        bring_back(state, Some(&kept));
    }
}

/// Takes versions up that belong to the script on the page.
pub(super) fn bring_back(state: &mut State, kept: Option<&str>) {
    let Some(kept) = kept else { return };
    match unpack_past(kept) {
        Some((history, draft)) => {
            let is_own = *history.text() == *state.session().source();
            if is_own {
                take_up(state, history, draft);
            }
        }
        None => {
            browser::forget_past();
            complain(state);
        }
    }
}

/// Goes on with these versions. A script that is none of them becomes the newest.
fn take_up(state: &mut State, mut history: History, draft: Option<Rc<str>>) {
    let source = state.session().source().to_owned();
    let is_same = *history.text() == *source;
    if !is_same {
        let lesson = state.lesson.and_then(|at| crate::lessons::ALL.get(at));
        history.record(&source, Some(What::Opened), lesson.map(|lesson| lesson.id));
    }
    state.past.take_up(history);
    if draft.is_some() && state.editor.draft.is_none() {
        state.editor.draft = draft;
        editor::act(state, EditorAction::Open(is_same));
    }
}

fn complain(state: &mut State) {
    let words: Words = Rc::new(|| tr!("keep-past-damaged"));
    state.notice.get_or_insert(words);
}
