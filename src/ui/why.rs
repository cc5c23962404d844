//! The sentence: what the current event is, why it happened, and where the kernel does it.

use yew::prelude::*;

use super::app::PartProps;
use super::state::View;
use crate::scene::explain::{Explanation, explain};
use crate::trace::Func;

/// The box with the sentence.
#[component]
pub(super) fn Why(PartProps { view, .. }: &PartProps) -> Html {
    let (said, func) = words(view);
    html! {
        <div class="say">
            <p aria-live="polite"><b>{ said.title }</b>{ " " }{ said.sentence }</p>
            if let Some(func) = func {
                { source_link(func) }
            }
        </div>
    }
}

fn words(view: &View) -> (Explanation, Option<Func>) {
    if view.position <= view.start {
        let about = view.session().metadata("about").unwrap_or("An empty machine.").to_owned();
        let title = view.session().metadata("title").unwrap_or("Ready").to_owned();
        return (Explanation { title: format!("{title}."), sentence: about }, None);
    }
    let Some(event) = view.current() else { return (Explanation::default(), None) };
    let mut said = explain(&event, &view.before, &view.names);
    if !said.title.ends_with('?') {
        said.title.push('.');
    }
    (said, Some(event.func))
}

fn source_link(func: Func) -> Html {
    let href = format!("https://elixir.bootlin.com/linux/v6.18/source/{}", func.file());
    let file = func.file().rsplit('/').next().unwrap_or_default();
    html! {
        <a class="source" {href} target="_blank" rel="noopener">{ format!("{file} · {func}()") }</a>
    }
}
