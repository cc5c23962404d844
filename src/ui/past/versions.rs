//! All scripts that were: a tree, drawn as a list in which what branches off stands further in.

use yew::prelude::*;

use super::{PastAction, undo_buttons};
use crate::lessons;
use crate::session::history::{Row, Version, What};
use crate::tr;
use crate::ui::el::{Button, button, el, word_button};
use crate::ui::state::{Action, Dispatch, View};

/// What somebody did, in a few words.
pub(super) fn said(what: &What, version: Option<&Version>) -> String {
    match what {
        What::Opened => {
            let id = version.and_then(|version| version.lesson.as_deref());
            let lesson = lessons::ALL.iter().find(|lesson| Some(lesson.id) == id);
            match lesson {
                Some(lesson) => {
                    tr!("past-opened", title = lesson.title(crate::i18n::current()))
                }
                None => tr!("past-opened-own"),
            }
        }
        What::Changed { line, text } => tr!("past-changed", line = *line, text = &**text),
        What::Added { line, count, text } => {
            tr!("past-added", line = *line, count = *count, text = &**text)
        }
        What::Removed { line, count, text } => {
            tr!("past-removed", line = *line, count = *count, text = &**text)
        }
        What::Moved { from, to, text } => {
            tr!("past-moved", from = *from, to = *to, text = &**text)
        }
        What::Rewritten { line, count } => tr!("past-rewritten", line = *line, count = *count),
    }
}

/// The head with undo and redo, and the list if it is open.
pub(in crate::ui) fn versions(view: &View, dispatch: &Dispatch) -> Html {
    let history = view.past.history();
    let shows = view.past.shows_versions;
    let looks = Button {
        class: "link".to_owned(),
        content: Html::from(tr!("past-versions", n = history.count())),
        pressed: Some(shows),
        ..Button::default()
    };
    let toggle = button(dispatch, Action::Past(PastAction::ShowVersions(!shows)), looks);
    let head = el("div", &["panel-head"])
        .child(el("h2", &[]).text(&tr!("past-history")).html())
        .child(toggle)
        .child(undo_buttons(view, dispatch))
        .html();
    let list = if shows { list(view, dispatch) } else { Html::default() };
    el("div", &["past-versions"]).child(head).child(list).html()
}

fn list(view: &View, dispatch: &Dispatch) -> Html {
    let rows = view.past.history().rows();
    let rows = rows.iter().map(|row| self::row(view, dispatch, row)).collect();
    el("ol", &["versions"]).set("aria-label", tr!("past-history")).children(rows).html()
}

fn row(view: &View, dispatch: &Dispatch, row: &Row) -> Html {
    let history = view.past.history();
    let Some(version) = history.version(row.version) else { return Html::default() };
    let words = said(&version.what, Some(version));
    let class =
        [if row.is_current { "cur" } else { "" }, if row.is_on_path { "" } else { "aside" }];
    let go =
        Button { class: "go".to_owned(), content: Html::from(words.clone()), ..Button::default() };
    let go = button(dispatch, Action::Past(PastAction::Go(row.version)), go);
    let mut item = el("li", &class)
        .key(row.version as u64)
        .set("style", format!("--depth:{}", row.depth.min(6)))
        .child(el("i", &[]).text(&(row.version + 1).to_string()).html())
        .child(go);
    if row.is_current {
        item = item
            .set("aria-current", "true".to_owned())
            .child(el("small", &[]).text(&tr!("past-here")).html());
    } else {
        let compare = PastAction::Compare(Some((row.version, history.at())));
        let word = word_button(dispatch, "link", &tr!("past-compare"), Action::Past(compare));
        item = item.child(word);
    }
    item.html()
}
