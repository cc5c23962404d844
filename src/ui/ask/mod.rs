//! The sentence: what the current event is, why it happened, and where the kernel does it.

use yew::prelude::*;

use super::el::el;
use super::header::script_words;
use super::state::{Dispatch, State, View};
use crate::scene::explain::{Explanation, explain};
use crate::tr;
use crate::trace::Func;

/// What was asked, and how far the answer has been followed.
#[derive(Clone, Debug, Default)]
pub(super) struct Ask {}

/// What is asked.
#[derive(Clone, Debug)]
pub(super) enum AskAction {}

/// Answers it.
pub(super) fn act(_state: &mut State, action: AskAction) {
    match action {}
}

/// The box with the sentence.
pub(super) fn why(view: &View, _dispatch: &Dispatch) -> Html {
    let (said, func) = words(view);
    let title = el("b", &[]).text(&said.title).html();
    let text = el("p", &[]).set("aria-live", "polite".to_owned());
    let text = text.child(title).text(" ").text(&said.sentence).html();
    let link = func.map(source_link).unwrap_or_default();
    el("div", &["say"]).child(text).child(link).html()
}

fn words(view: &View) -> (Explanation, Option<Func>) {
    if view.position <= view.start {
        let sentence = script_words(view, "about").unwrap_or_else(|| tr!("page-empty-machine"));
        let title = script_words(view, "title").unwrap_or_else(|| tr!("page-ready"));
        let title = tr!("page-said-title", title = title);
        return (Explanation { title, sentence }, None);
    }
    let Some(event) = view.current() else { return (Explanation::default(), None) };
    let mut said = explain(&event, &view.before, &view.names);
    if !said.title.ends_with(['?', '？']) {
        said.title = tr!("page-said-title", title = said.title);
    }
    (said, Some(event.func))
}

fn source_link(func: Func) -> Html {
    let file = func.file().rsplit('/').next().unwrap_or_default();
    el("a", &["source"])
        .set("href", format!("https://elixir.bootlin.com/linux/v6.18/source/{}", func.file()))
        .set("target", "_blank".to_owned())
        .set("rel", "noopener".to_owned())
        .text(&format!("{file} · {func}()"))
        .html()
}
