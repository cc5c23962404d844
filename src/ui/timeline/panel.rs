//! The breakpoints: a list, and a form for another one.

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::words::{error_text, kind_text};
use super::{BreakOn, Breakpoint, TimeAction, target_of, task_names};
use crate::kernel::abi::Errno;
use crate::scene::breaks::BreakKind;
use crate::scene::steps::Way;
use crate::tr;
use crate::trace::Func;
use crate::ui::el::{Button, button, el, word_button};
use crate::ui::icons::{Icon, icon};
use crate::ui::state::{Action, Dispatch, View};

/// The button, and what it opens.
pub(super) fn breakpoints(view: &View, dispatch: &Dispatch) -> Html {
    let time = &view.time;
    let open = time.panel_open;
    let toggle = act(dispatch, TimeAction::Panel(!open));
    let onkeydown = {
        let dispatch = dispatch.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" && open {
                event.stop_propagation();
                dispatch.dispatch(Action::Time(TimeAction::Panel(false)));
                focus_button();
            }
        })
    };
    let on = time.breaks.iter().filter(|b| b.on).count();
    let name = tr!("controls-breakpoints", on = on);
    let class = if on > 0 { "btn some" } else { "btn" };
    html! {
        <div class="breaks" {onkeydown}>
            <button type="button" id="breaks-button" {class} title={name.clone()} aria-label={name}
                aria-expanded={if open { "true" } else { "false" }} aria-controls="breaks-panel"
                onclick={toggle}>
                { icon(Icon::Break) }
                if on > 0 { <span>{ on }</span> }
            </button>
            if open {
                <div class="breaks-panel" id="breaks-panel" role="group" aria-label={tr!("controls-breaks")}>
                    <h2>{ tr!("controls-breaks") }</h2>
                    { list(view, dispatch) }
                    { form(view, dispatch) }
                    { selected(view, dispatch) }
                    { run_buttons(view, dispatch) }
                </div>
            }
        </div>
    }
}

fn act(dispatch: &Dispatch, action: TimeAction) -> Callback<MouseEvent> {
    let dispatch = dispatch.clone();
    Callback::from(move |_| dispatch.dispatch(Action::Time(action.clone())))
}

/// Where the focus goes when the panel closes.
fn focus_button() {
    use wasm_bindgen::JsCast;
    let document = web_sys::window().and_then(|window| window.document());
    let found = document.and_then(|document| document.get_element_by_id("breaks-button"));
    if let Some(button) = found.and_then(|found| found.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = button.focus();
    }
}

fn list(view: &View, dispatch: &Dispatch) -> Html {
    let time = &view.time;
    if time.breaks.is_empty() {
        return el("p", &["none"]).text(&tr!("controls-no-breaks")).html();
    }
    let row = |(n, b): (usize, &Breakpoint)| {
        let times = time.hits.iter().filter(|(_, by)| *by == n).count();
        let text = b.target.text();
        let looks = Button {
            class: "btn".to_owned(),
            content: Html::from("×"),
            name: Some(tr!("controls-break-remove", target = text.clone())),
            ..Button::default()
        };
        let remove = button(dispatch, Action::Time(TimeAction::RemoveBreak(b.id)), looks);
        let ontoggle = act(dispatch, TimeAction::ToggleBreak(b.id));
        let count = if b.on { tr!("controls-hits", count = times) } else { tr!("controls-off") };
        html! {
            <li key={u64::from(b.id)}>
                <label>
                    <input type="checkbox" checked={b.on} onclick={ontoggle} />
                    <code>{ text }</code>
                </label>
                <span class="hits">{ count }</span>
                { remove }
            </li>
        }
    };
    html! { <ul>{ for time.breaks.iter().enumerate().map(row) }</ul> }
}

fn form(view: &View, dispatch: &Dispatch) -> Html {
    let form = &view.time.form;
    let onkind = {
        let dispatch = dispatch.clone();
        Callback::from(move |event: Event| {
            let select: HtmlSelectElement = event.target_unchecked_into();
            let at = usize::try_from(select.selected_index()).unwrap_or_default();
            let kind = BreakKind::ALL.get(at).copied().unwrap_or_default();
            dispatch.dispatch(Action::Time(TimeAction::BreakKind(kind)));
        })
    };
    let ontext = {
        let dispatch = dispatch.clone();
        Callback::from(move |event: InputEvent| {
            let input: HtmlInputElement = event.target_unchecked_into();
            dispatch.dispatch(Action::Time(TimeAction::BreakText(input.value())));
        })
    };
    let onsubmit = {
        let dispatch = dispatch.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            dispatch.dispatch(Action::Time(TimeAction::AddBreak));
        })
    };
    let option = |kind: BreakKind| {
        html! { <option selected={kind == form.kind}>{ kind_text(kind) }</option> }
    };
    let invalid = form.error.is_some();
    html! {
        <form {onsubmit} novalidate=true>
            <select class="sel" aria-label={tr!("controls-break-kind")} onchange={onkind}>
                { for BreakKind::ALL.map(option) }
            </select>
            <input class="field" type="text" aria-label={kind_text(form.kind)} value={form.text.clone()}
                oninput={ontext} list="breaks-known" placeholder={example(form.kind)}
                spellcheck="false" autocomplete="off" autocapitalize="off"
                aria-invalid={invalid.then_some("true")}
                aria-describedby={invalid.then_some("breaks-error")} />
            <button type="submit" class="btn on">{ tr!("controls-break-add") }</button>
            <datalist id="breaks-known">{ for known(view).into_iter().map(|value| html! { <option {value} /> }) }</datalist>
            if let Some(error) = form.error {
                <p class="error" id="breaks-error" role="alert">{ error_text(error) }</p>
            }
        </form>
    }
}

fn example(kind: BreakKind) -> &'static str {
    match kind {
        BreakKind::Function => "ep_poll_callback",
        BreakKind::Descriptor => "fd 4",
        BreakKind::Task => "main",
        BreakKind::Errno => "EAGAIN",
    }
}

/// What may be typed, as far as it is known.
fn known(view: &View) -> Vec<String> {
    match view.time.form.kind {
        BreakKind::Function => Func::ALL.iter().map(|func| func.name().to_owned()).collect(),
        BreakKind::Descriptor => {
            let fds = view.scene.processes.values().flat_map(|process| process.fds.keys());
            let mut fds: Vec<_> = fds.copied().filter(|fd| *fd > 2).collect();
            fds.sort_unstable();
            fds.dedup();
            fds.into_iter().map(|fd| format!("fd {fd}")).collect()
        }
        BreakKind::Task => task_names(view),
        BreakKind::Errno => Errno::ALL.iter().map(|errno| errno.name().to_owned()).collect(),
    }
}

/// A breakpoint on what is selected.
fn selected(view: &View, dispatch: &Dispatch) -> Html {
    let Some(target) = target_of(view) else { return Html::default() };
    let text = tr!("controls-break-on", target = target.text());
    let action = TimeAction::BreakOn(BreakOn(target));
    el("p", &[]).child(word_button(dispatch, "btn", &text, Action::Time(action))).html()
}

fn run_buttons(view: &View, dispatch: &Dispatch) -> Html {
    let run = |way: Way, text: String| {
        let looks = Button {
            class: "btn".to_owned(),
            content: Html::from(text),
            off: view.time.hits.is_empty(),
            ..Button::default()
        };
        button(dispatch, Action::Time(TimeAction::Run(way)), looks)
    };
    el("div", &["row"])
        .child(run(Way::Back, tr!("controls-run-back")))
        .child(run(Way::Forward, tr!("controls-run")))
        .html()
}
