//! Fields to fill in: each with its name, and what is wrong with it.

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::fill;
use crate::kernel::abi::SIGNALS;
use crate::session::gesture::{Field, Kind, Lines, checked};
use crate::session::hints::Hint;
use crate::tr;
use crate::ui::el::{el, join};
use crate::ui::state::{Action, Dispatch};

/// What a field shows.
pub(super) struct Shown<'a> {
    /// Under which its text is kept; its id on the page, too.
    pub(super) key: &'a str,
    /// What it is called.
    pub(super) name: String,
    /// What it holds.
    pub(super) text: String,
    /// What is wrong with that.
    pub(super) wrong: Option<String>,
    /// A style class.
    pub(super) class: &'static str,
}

/// A field to type into; what is wrong stands below it.
pub(super) fn typed(dispatch: &Dispatch, shown: Shown<'_>) -> Html {
    let Shown { key, name, text, wrong, class } = shown;
    let oninput = {
        let (dispatch, key) = (dispatch.clone(), key.to_owned());
        Callback::from(move |event: InputEvent| {
            let input: HtmlInputElement = event.target_unchecked_into();
            dispatch.dispatch(fill(&key, input.value()));
        })
    };
    let class = join(&["field", class, if wrong.is_some() { "wrong" } else { "" }]);
    let error = format!("{key}-error");
    let described = wrong.as_ref().map(|_| error.clone());
    html! {
        <span class="with-error">
            <input type="text" {class} title={name.clone()} aria-label={name} value={text} {oninput}
                aria-invalid={wrong.as_ref().map(|_| "true")} aria-describedby={described}
                spellcheck="false" autocomplete="off" autocapitalize="off" />
            if let Some(wrong) = wrong {
                <span class="field-error" id={error} role="status">{ wrong }</span>
            }
        </span>
    }
}

/// A choice; an option is its value and its text.
pub(super) fn chosen(dispatch: &Dispatch, shown: Shown<'_>, options: &[(String, String)]) -> Html {
    let onchange = {
        let (dispatch, key) = (dispatch.clone(), shown.key.to_owned());
        Callback::from(move |event: Event| {
            let select: HtmlSelectElement = event.target_unchecked_into();
            dispatch.dispatch(fill(&key, select.value()));
        })
    };
    let option = |(value, text): &(String, String)| {
        let selected = *value == shown.text;
        html! { <option key={value.clone()} {selected} value={value.clone()}>{ text }</option> }
    };
    let none = options.is_empty();
    let empty = none.then(|| html! { <option>{ tr!("hands-none") }</option> });
    html! {
        <select class={join(&["sel", shown.class])} title={shown.name.clone()} aria-label={shown.name}
            disabled={none} {onchange}>
            { for empty }
            { for options.iter().map(option) }
        </select>
    }
}

/// The field of an act, and its text as it will be used.
pub(super) fn of_act(
    dispatch: &Dispatch,
    lines: &Lines<'_>,
    field: &Field,
    (key, name, text): (&str, String, &str),
) -> (Html, String) {
    let wrong = checked(field, text).err();
    let same = |texts: Vec<&str>| -> Vec<(String, String)> {
        texts.into_iter().map(|text| (text.to_owned(), text.to_owned())).collect()
    };
    let options = match field.kind {
        Kind::Number(..) => {
            let shown = Shown { key, name, text: text.to_owned(), wrong, class: "num" };
            return (typed(dispatch, shown), text.to_owned());
        }
        Kind::Signal => same(SIGNALS.iter().map(|(name, _)| *name).collect()),
        Kind::Point => {
            let points = Hint::of("epoll_wait").map(Hint::points).unwrap_or_default();
            same(points.iter().map(|point| point.name()).collect())
        }
        Kind::Fd => {
            let fds = lines.watchable().into_iter().map(|(fd, _)| lines.fd(fd));
            fds.map(|fd| (fd.clone(), fd)).collect()
        }
    };
    // What is chosen is gone, or nothing was chosen yet.
    let known = options.iter().any(|(value, _)| value == text);
    let first = options.first().map(|(value, _)| value.clone()).unwrap_or_default();
    let text = if known { text.to_owned() } else { first };
    let shown = Shown { key, name, text: text.clone(), wrong: None, class: "" };
    (chosen(dispatch, shown, &options), text)
}

/// A button; off with a reason, if it has one.
pub(super) fn act_button(
    dispatch: &Dispatch,
    class: &'static str,
    label: String,
    action: Action,
    off: Option<String>,
) -> Html {
    let dispatch = dispatch.clone();
    let onclick = Callback::from(move |_: MouseEvent| dispatch.dispatch(action.clone()));
    let is_off = off.is_some();
    html! {
        <button type="button" {class} disabled={is_off} title={off.clone()}
            aria-description={off} {onclick}>{ label }</button>
    }
}

/// A part of the forms, folded until somebody opens it.
pub(super) fn folded(title: String, children: Vec<Html>) -> Html {
    let summary = el("summary", &[]).text(&title).html();
    el("details", &["fold"]).child(summary).children(children).html()
}

/// A switch.
pub(super) fn switch(dispatch: &Dispatch, label: String, on: bool, action: Action) -> Html {
    let dispatch = dispatch.clone();
    let onclick = Callback::from(move |_: MouseEvent| dispatch.dispatch(action.clone()));
    html! {
        <button type="button" class="btn switch" role="switch" aria-checked={if on { "true" } else { "false" }} {onclick}>
            <i aria-hidden="true"></i>{ label }
        </button>
    }
}

/// A text in front of a field.
pub(super) fn labelled(text: String, field: Html) -> Html {
    el("span", &["labelled"]).child(el("span", &[]).text(&text).html()).child(field).html()
}

/// The error of a number that is typed; none if it is within bounds.
pub(super) fn number(text: &str, least: i64, most: i64) -> Result<i64, String> {
    let field = Field { id: "", kind: Kind::Number(least, most), default: "" };
    let text = checked(&field, text)?;
    text.parse().map_err(|_| tr!("hands-bad-number"))
}
