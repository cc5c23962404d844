//! The bar at the top: name, scenario, theme; and its small form for a figure.

use std::rc::Rc;

use yew::prelude::*;

use super::el::{Button, button, grouped};
use super::embed::EmbedAction;
use super::icons::{Icon, icon};
use super::keep::KeepAction;
use super::settings::{Tab, Words};
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
            { moment_link(view, dispatch, true) }
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
pub(super) fn embed_bar(view: &View, dispatch: &Dispatch) -> Html {
    let title = script_words(view, "title").unwrap_or_else(|| "epoll".to_owned());
    let write = Action::Embed(EmbedAction::Write(!view.embed.writes));
    let looks = Button {
        class: "btn".to_owned(),
        content: Html::from(tr!("page-tab-script")),
        pressed: Some(view.embed.writes),
        ..Button::default()
    };
    html! {
        <header class="bar">
            <h1 class="title">{ title }</h1>
            <span class="grow"></span>
            { button(dispatch, write, looks) }
            { moment_link(view, dispatch, false) }
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

/// The link to this moment: as a figure, or out of a figure to the page.
fn moment_link(view: &View, dispatch: &Dispatch, embed: bool) -> Html {
    let Some(lesson) = view.lesson.and_then(|at| lessons::ALL.get(at)) else {
        return own_link(view, dispatch, embed);
    };
    let at = view.position - view.start;
    let (theme, lang) = (view.settings.theme.name(), view.settings.lang.tag());
    let kind = if embed { "embed=1&" } else { "" };
    let href = format!("?{kind}scenario={}&at={at}&theme={theme}&lang={lang}", lesson.id);
    if embed {
        html! { <a class="btn wide" {href}>{ tr!("page-embed") }</a> }
    } else {
        html! { <a class="btn" {href} target="_blank" rel="noopener">{ tr!("page-open") }</a> }
    }
}

/// The same for a script of one's own, which goes along in the link: that is written when somebody
/// is about to follow it, since it takes the whole script and the run to this moment.
fn own_link(view: &View, dispatch: &Dispatch, embed: bool) -> Html {
    let write = {
        let (view, dispatch) = (view.clone(), dispatch.clone());
        move |event: Event| {
            let link = crate::share::encode(&super::keep::moment(&view));
            if link.len() <= crate::share::MAX_LINK_CHARS {
                let page = if embed { "?embed=1" } else { "index.html" };
                let anchor: web_sys::Element = event.target_unchecked_into();
                let _ = anchor.set_attribute("href", &format!("{page}#{link}"));
            } else if event.type_() == "click" {
                event.prevent_default();
                let words: Words = Rc::new(|| tr!("keep-too-long"));
                dispatch.dispatch(Action::Keep(KeepAction::Notice(words)));
            }
        }
    };
    let onfocus = {
        let write = write.clone();
        move |event: FocusEvent| write(event.into())
    };
    let onpointerenter = {
        let write = write.clone();
        move |event: PointerEvent| write(event.into())
    };
    let onpointerdown = {
        let write = write.clone();
        move |event: PointerEvent| write(event.into())
    };
    let onclick = move |event: MouseEvent| write(event.into());
    let (class, text) = match embed {
        true => ("btn wide", tr!("page-embed")),
        false => ("btn", tr!("page-open")),
    };
    let target = (!embed).then_some("_blank");
    html! {
        <a key="own" {class} href="#" {target} rel="noopener" {onfocus} {onpointerenter} {onpointerdown} {onclick}>
            { text }
        </a>
    }
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
