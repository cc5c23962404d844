//! The bar at the top: name, scenario, theme; and its small form for a figure.

use yew::prelude::*;

use super::el::{Button, button, grouped};
use super::icons::{Icon, icon};
use super::settings::Tab;
use super::state::{Action, Dispatch, Field, View};
use crate::i18n::Lang;
use crate::lessons::{self, Lesson, Part};
use crate::tr;

/// The page's bar.
pub(super) fn header(view: &View, dispatch: &Dispatch) -> Html {
    html! {
        <header class="bar">
            <h1 class="logo"><b>{ "epoll" }</b><span>{ " playground" }</span></h1>
            { picker(view, dispatch) }
            <span class="grow"></span>
            { super::keep::opener(dispatch) }
            <a class="btn wide" href={address(view, true)}>{ tr!("page-embed") }</a>
            <a class="btn wide" href="tutorial/index.html">{ tr!("page-tutorial") }</a>
            { language(view, dispatch) }
            { theme(view, dispatch) }
        </header>
    }
}

fn picker(view: &View, dispatch: &Dispatch) -> Html {
    let option = |(at, lesson): (usize, &Lesson)| {
        (at.to_string(), format!("{} · {}", lesson.number, lesson.title(view.settings.lang)))
    };
    let group = |part: Part| {
        let own = lessons::ALL.iter().enumerate().filter(|(_, lesson)| lesson.part() == part);
        (part_name(part), own.map(option).collect::<Vec<_>>())
    };
    let mut groups = Part::ALL.map(group).to_vec();
    let chosen = view.lesson.map_or_else(String::new, |at| at.to_string());
    if chosen.is_empty() {
        groups.insert(0, (String::new(), vec![(String::new(), tr!("page-your-script"))]));
    }
    grouped(dispatch, ("sel picker", &tr!("page-scenario")), Field::Lesson, groups, &chosen)
}

fn part_name(part: Part) -> String {
    match part {
        Part::How => tr!("page-part-how"),
        Part::Wrong => tr!("page-part-wrong"),
        Part::Cost => tr!("page-part-cost"),
    }
}

/// The button to the next language, called as that calls itself.
fn language(view: &View, dispatch: &Dispatch) -> Html {
    let at = Lang::ALL.iter().position(|lang| *lang == view.settings.lang).unwrap_or_default();
    let next = Lang::ALL[(at + 1) % Lang::ALL.len()];
    let content = html! { <span lang={next.tag()}>{ next.name() }</span> };
    let name = Some(tr!("page-language", name = next.name()));
    let looks = Button { class: "btn lang".to_owned(), content, name, ..Button::default() };
    button(dispatch, Action::Lang(next), looks)
}

fn theme(view: &View, dispatch: &Dispatch) -> Html {
    let theme = view.settings.theme;
    let content = html! { <>{ icon(Icon::Theme) }<span class="wide">{ tr!("page-theme-name", theme = theme.name()) }</span></> };
    let name = Some(tr!("page-theme", theme = theme.name()));
    let looks = Button { class: "btn theme".to_owned(), content, name, ..Button::default() };
    button(dispatch, Action::Theme(theme.next()), looks)
}

/// A figure's bar: its title, and the way to the page.
pub(super) fn embed_bar(view: &View) -> Html {
    let title = script_words(view, "title").unwrap_or_else(|| "epoll".to_owned());
    html! {
        <header class="bar">
            <h1 class="title">{ title }</h1>
            <span class="grow"></span>
            <a class="btn" href={address(view, false)} target="_blank" rel="noopener">{ tr!("page-open") }</a>
        </header>
    }
}

/// What the script says of itself under a key, in the reader's language.
pub(super) fn script_words(view: &View, key: &str) -> Option<String> {
    let session = view.session();
    let own = match view.settings.lang {
        Lang::En => None,
        Lang::ZhCn => session.metadata(&format!("{key}.zh")),
    };
    own.or_else(|| session.metadata(key)).map(str::to_owned)
}

/// The address of this scenario at this position.
fn address(view: &View, embed: bool) -> String {
    let lesson = view.lesson.and_then(|at| lessons::ALL.get(at)).map_or("", |lesson| lesson.id);
    let embed = if embed { "embed=1&" } else { "" };
    let at = view.position - view.start;
    let theme = view.settings.theme.name();
    let lang = view.settings.lang.tag();
    format!("?{embed}scenario={lesson}&at={at}&theme={theme}&lang={lang}")
}

/// What a small page shows.
pub(super) fn tabs(view: &View, dispatch: &Dispatch) -> Html {
    let tab = |tab: Tab| {
        let looks = Button {
            class: tab.class().to_owned(),
            content: Html::from(tab.name()),
            selected: Some(view.settings.tab == tab),
            ..Button::default()
        };
        button(dispatch, Action::ShowTab(tab), looks)
    };
    html! { <nav class="tabs" role="tablist" aria-label={tr!("page-view")}>{ for Tab::ALL.into_iter().map(tab) }</nav> }
}
