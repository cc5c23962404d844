//! The glossary: search, what each word means, its place on stage and in the kernel source.

use web_sys::{Element, HtmlInputElement};
use yew::prelude::*;

use super::LookAction;
use super::object::{file_address, ident_address, source};
use crate::scene::inspect::glossary::{TERMS, Term};
use crate::tr;
use crate::ui::app::PartProps;
use crate::ui::el::{el, join, word_button};
use crate::ui::state::{Action, Dispatch, View};

/// The panel.
#[component]
pub(super) fn Glossary(PartProps { view, dispatch }: &PartProps) -> Html {
    let list = use_node_ref();
    {
        let list = list.clone();
        use_effect_with(view.look.term, move |term| {
            let list = list.cast::<Element>();
            if let Some(list) = list.filter(|_| term.is_some())
                && let Ok(Some(row)) = list.query_selector(".wanted")
            {
                row.scroll_into_view();
            }
        });
    }
    let search = &view.look.search;
    let found: Vec<&Term> = TERMS.iter().filter(|term| term.matches(search)).collect();
    let count = tr!("look-glossary-count", count = found.len());
    let oninput = {
        let dispatch = dispatch.clone();
        Callback::from(move |event: InputEvent| {
            let input: HtmlInputElement = event.target_unchecked_into();
            dispatch.dispatch(Action::Look(LookAction::Search(input.value())));
        })
    };
    let rows = found.into_iter().map(|term| entry(view, dispatch, term));
    html! {
        <>
            <div class="look-search">
                <input type="search" class="field" aria-label={tr!("look-glossary-search")}
                    placeholder={tr!("look-glossary-search")} value={search.clone()} {oninput}
                    autocomplete="off" spellcheck="false" />
                <span role="status">{ count }</span>
            </div>
            <div class="look-scroll" role="region" tabindex="0" aria-label={tr!("look-glossary")} ref={list}>
                <dl class="terms">{ for rows }</dl>
            </div>
        </>
    }
}

fn entry(view: &View, dispatch: &Dispatch, term: &'static Term) -> Html {
    let is_wanted = view.look.term == Some(term.id);
    let place = match term.on_stage(&view.scene) {
        Some(thing) => {
            let action = Action::Look(LookAction::OnStage(thing));
            word_button(dispatch, "obj", &tr!("look-glossary-show"), action)
        }
        None => el("small", &[]).text(&tr!("look-glossary-absent")).html(),
    };
    let links = el("span", &["bits"])
        .child(place)
        .child(source(&ident_address(term.ident), term.ident))
        .child(source(&file_address(term.file), term.file))
        .html();
    let class = join(&["term", if is_wanted { "wanted" } else { "" }]);
    html! {
        <div key={term.id} {class}>
            <dt>{ term.title() }</dt>
            <dd><p>{ term.text() }</p>{ links }</dd>
        </div>
    }
}
