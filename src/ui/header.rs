//! The bar at the top: name, scenario, theme; and its small form for a figure.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::app::PartProps;
use super::icons::{Icon, icon};
use super::settings::{Settings, Tab};
use super::state::{Action, Dispatch, View};
use crate::lessons;

/// The page's bar.
#[component]
pub(super) fn Header(PartProps { view, dispatch }: &PartProps) -> Html {
    html! {
        <header class="bar">
            <h1 class="logo"><b>{ "epoll" }</b><span>{ " playground" }</span></h1>
            { picker(view, dispatch) }
            <span class="grow"></span>
            <a class="btn wide" href={address(view, true)}>{ "Embed" }</a>
            <a class="btn wide" href="tutorial/index.html">{ "Tutorial" }</a>
            { theme(view, dispatch) }
        </header>
    }
}

fn picker(view: &View, dispatch: &Dispatch) -> Html {
    let dispatch = dispatch.clone();
    let onchange = move |event: Event| {
        let select: HtmlSelectElement = event.target_unchecked_into();
        if let Ok(at) = select.value().parse() {
            dispatch.dispatch(Action::Lesson(at));
        }
    };
    let option = |(at, lesson): (usize, &lessons::Lesson)| {
        html! {
            <option key={at} value={at.to_string()} selected={view.lesson == Some(at)}>
                { format!("{} · {}", at + 1, lesson.title()) }
            </option>
        }
    };
    html! {
        <select class="sel picker" aria-label="Scenario" {onchange}>
            if view.lesson.is_none() {
                <option key="own" value="" selected=true>{ "Your script" }</option>
            }
            { for lessons::ALL.iter().enumerate().map(option) }
        </select>
    }
}

fn theme(view: &View, dispatch: &Dispatch) -> Html {
    let settings = view.settings.clone();
    let dispatch = dispatch.clone();
    let name = format!("Theme: {}", settings.theme.name());
    let onclick = move |_| {
        let theme = settings.theme.next();
        dispatch.dispatch(Action::Settings(Settings { theme, ..settings.clone() }));
    };
    html! {
        <button type="button" class="btn theme" title={name.clone()} aria-label={name} {onclick}>
            { icon(Icon::Theme) }<span class="wide">{ view.settings.theme.name() }</span>
        </button>
    }
}

/// A figure's bar: its title, and the way to the page.
#[component]
pub(super) fn EmbedBar(PartProps { view, .. }: &PartProps) -> Html {
    let title = view.session().metadata("title").unwrap_or("epoll").to_owned();
    html! {
        <header class="bar">
            <h1 class="title">{ title }</h1>
            <span class="grow"></span>
            <a class="btn" href={address(view, false)} target="_blank" rel="noopener">{ "open ↗" }</a>
        </header>
    }
}

/// The address of this scenario at this position.
fn address(view: &View, embed: bool) -> String {
    let lesson = view.lesson.and_then(|at| lessons::ALL.get(at)).map_or("", |lesson| lesson.id);
    let embed = if embed { "embed=1&" } else { "" };
    let at = view.position;
    let theme = view.settings.theme.name();
    format!("?{embed}scenario={lesson}&at={at}&theme={theme}")
}

/// What a small page shows.
#[component]
pub(super) fn Tabs(PartProps { view, dispatch }: &PartProps) -> Html {
    let tab = |tab: Tab| {
        let dispatch = dispatch.clone();
        let onclick = move |_| dispatch.dispatch(Action::ShowTab(tab));
        let name = tab.name();
        let on = view.settings.tab == tab;
        html! {
            <button type="button" role="tab" class={format!("tab-{}", name.to_lowercase())}
                aria-selected={on.to_string()} {onclick}>{ name }</button>
        }
    };
    html! { <nav class="tabs" role="tablist" aria-label="View">{ for Tab::ALL.into_iter().map(tab) }</nav> }
}
