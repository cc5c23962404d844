//! A line of the script, written in place: changed, moved, taken out, and new ones beside it.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement};
use yew::prelude::*;

use super::drag::{self, is_with};
use super::{Focus, Open, PastAction, Side, current_line};
use crate::session::history::lines::landing;
use crate::tr;
use crate::ui::el::{Button, button, el};
use crate::ui::icons::{Icon, icon};
use crate::ui::state::{Action, Dispatch, View};

/// What the list of lines does with a key; `shown` are the lines that it shows.
pub(in crate::ui) fn list_key(
    view: &View,
    event: &KeyboardEvent,
    shown: &[usize],
) -> Option<Action> {
    // What is typed into a line is the line's.
    let target = event.target()?.dyn_into::<Element>().ok()?;
    if target.tag_name() != "OL" {
        return None;
    }
    let at = current_line(view);
    let action = match event.key().as_str() {
        "ArrowDown" if event.alt_key() => move_by(view, shown, at?, true)?,
        "ArrowUp" if event.alt_key() => move_by(view, shown, at?, false)?,
        "ArrowDown" => PastAction::Step(shown.to_vec(), true),
        "ArrowUp" => PastAction::Step(shown.to_vec(), false),
        "Enter" | "F2" => PastAction::Edit(at?),
        "Insert" => PastAction::Insert(at?, Side::After),
        "Delete" => delete(at?, shown),
        _ => return None,
    };
    Some(Action::Past(action))
}

/// A line to the other side of the next one that is shown. Lines that say the same in another
/// language stay together.
fn move_by(view: &View, shown: &[usize], from: usize, forward: bool) -> Option<PastAction> {
    let place = shown.iter().position(|line| *line == from)?;
    let next = if forward { place + 1 } else { place.checked_sub(1)? };
    let over = *shown.get(next)?;
    let to = landing(from, over, forward, |line| is_with(view, over, line));
    Some(PastAction::Move(from, to))
}

/// Takes a line out; then one stands at the next that is shown, or else at the last.
fn delete(at: usize, shown: &[usize]) -> PastAction {
    let next = shown.iter().find(|line| **line > at).or_else(|| shown.iter().rfind(|l| **l < at));
    PastAction::Delete(at, next.copied())
}

/// What a press on a line does; a press on something in it is for that.
pub(in crate::ui) fn press(dispatch: &Dispatch, at: usize) -> Callback<MouseEvent> {
    let dispatch = dispatch.clone();
    Callback::from(move |event: MouseEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let own = target.and_then(|target| target.closest("button, .line-tools").ok().flatten());
        if own.is_none() && !drag::ends() {
            let twice = event.type_() == "dblclick";
            let action = if twice { PastAction::Edit(at) } else { PastAction::Choose(at) };
            dispatch.dispatch(Action::Past(action));
        }
    })
}

/// What a call gave before the last change, if it gives something else now.
pub(in crate::ui) fn was(view: &View, at: usize) -> Html {
    let Some(was) = view.past.was.get(&at) else { return Html::default() };
    let was = was.trim_start_matches("= ");
    el("span", &["was"]).text(&tr!("past-was", result = was)).html()
}

/// What can be done with a line: a handle at the line where one stands, or all of it, once open.
pub(in crate::ui) fn tools(view: &View, dispatch: &Dispatch, at: usize, shown: &[usize]) -> Html {
    if let Some(open) = view.past.open.as_ref().filter(|open| open.line == at) {
        let [up, down] = [false, true].map(|forward| move_by(view, shown, at, forward));
        let key = format!("{at}-{:?}", open.side);
        let delete = delete(at, shown);
        return html! {
            <Tools {key} view={view.clone()} dispatch={dispatch.clone()} open={open.clone()} {up} {down} {delete} />
        };
    }
    if view.playing || current_line(view) != Some(at) {
        return Html::default();
    }
    let looks = Button {
        class: "handle".to_owned(),
        content: icon(Icon::Edit),
        name: Some(tr!("past-edit-line", line = at + 1)),
        ..Button::default()
    };
    button(dispatch, Action::Past(PastAction::Edit(at)), looks)
}

#[derive(Properties, PartialEq)]
struct ToolsProps {
    view: View,
    dispatch: Dispatch,
    open: Open,
    up: Option<PastAction>,
    down: Option<PastAction>,
    delete: PastAction,
}

/// The line as a field, with all that can be done with it. It takes the focus, and gives it back to
/// the list.
#[component]
fn Tools(props: &ToolsProps) -> Html {
    let ToolsProps { view, dispatch, open, .. } = props;
    let node = use_node_ref();
    {
        let (node, focus) = (node.clone(), view.past.focus);
        use_effect_with((), move |()| {
            let tools = node.cast::<HtmlElement>();
            if let Some(tools) = &tools {
                take_focus(tools, focus);
            }
            move || give_focus_back(tools.as_ref())
        });
    }
    let onsubmit = {
        let dispatch = dispatch.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            dispatch.dispatch(Action::Past(PastAction::Commit));
        })
    };
    let oninput = {
        let dispatch = dispatch.clone();
        Callback::from(move |event: InputEvent| {
            let input: HtmlInputElement = event.target_unchecked_into();
            dispatch.dispatch(Action::Past(PastAction::Type(input.value())));
        })
    };
    let onkeydown = {
        let dispatch = dispatch.clone();
        Callback::from(move |event: KeyboardEvent| {
            // The page's own keys rest meanwhile.
            event.stop_propagation();
            if event.key() == "Escape" {
                dispatch.dispatch(Action::Past(PastAction::Cancel));
            }
        })
    };
    let (at, n) = (open.line, open.line + 1);
    let name = match open.side {
        None => tr!("past-text-of", line = n),
        Some(Side::Before) => tr!("past-text-before", line = n),
        Some(Side::After) => tr!("past-text-after", line = n),
    };
    let row = match open.side {
        None => acts(props, at),
        Some(_) => Html::default(),
    };
    let text = open.text.to_string();
    html! {
        <form class="line-tools" ref={node} {onsubmit} {onkeydown}>
            <input class="field mono" type="text" aria-label={name} value={text} {oninput} placeholder="main: write(wr, 1)"
                spellcheck="false" autocomplete="off" autocapitalize="off" data-focus="text" />
            <div class="row">
                <button class="btn on">{ tr!("past-run-line") }</button>
                { one(dispatch, tr!("past-cancel"), Html::from(tr!("past-cancel")), Some(PastAction::Cancel), "") }
            </div>
            { row }
        </form>
    }
}

/// New lines beside it, up, down, away.
fn acts(props: &ToolsProps, at: usize) -> Html {
    let ToolsProps { dispatch, up, down, delete, .. } = props;
    let n = at + 1;
    let sign = |name: String, sign: Icon, action: Option<PastAction>, focus: &'static str| {
        one(dispatch, name, icon(sign), action, focus)
    };
    let insert = |side: Side| Some(PastAction::Insert(at, side));
    html! {
        <div class="row">
            { sign(tr!("past-insert-before", line = n), Icon::Above, insert(Side::Before), "") }
            { sign(tr!("past-insert-after", line = n), Icon::Below, insert(Side::After), "") }
            { sign(tr!("past-move-up", line = n), Icon::Up, up.clone(), "up") }
            { sign(tr!("past-move-down", line = n), Icon::Down, down.clone(), "down") }
            { sign(tr!("past-delete", line = n), Icon::Delete, Some(delete.clone()), "") }
        </div>
    }
}

fn one(
    dispatch: &Dispatch,
    name: String,
    content: Html,
    action: Option<PastAction>,
    focus: &'static str,
) -> Html {
    let dispatch = dispatch.clone();
    let off = action.is_none();
    let onclick = Callback::from(move |_: MouseEvent| {
        if let Some(action) = action.clone() {
            dispatch.dispatch(Action::Past(action));
        }
    });
    html! {
        <button type="button" class="btn" aria-label={name.clone()} title={name} disabled={off} data-focus={focus} {onclick}>
            { content }
        </button>
    }
}

fn take_focus(tools: &HtmlElement, focus: Focus) {
    let wanted = match focus {
        Focus::Text => "[data-focus=text]",
        Focus::Up => "[data-focus=up]:enabled",
        Focus::Down => "[data-focus=down]:enabled",
    };
    let find = |what: &str| tools.query_selector(what).ok().flatten();
    let found = find(wanted).or_else(|| find("[data-focus=text]"));
    if let Some(found) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
        let _ = found.focus();
    }
    tools.scroll_into_view_with_bool(false);
}

/// Only if the focus went with the field: somebody may have gone on elsewhere.
fn give_focus_back(tools: Option<&HtmlElement>) {
    let document = web_sys::window().and_then(|window| window.document());
    let focused = document.as_ref().and_then(|document| document.active_element());
    let is_lost = focused.is_none_or(|element| {
        element.tag_name() == "BODY" || tools.is_some_and(|tools| tools.contains(Some(&element)))
    });
    let list = document.and_then(|d| d.query_selector("ol.script").ok().flatten());
    if let (true, Some(list)) = (is_lost, list.and_then(|l| l.dyn_into::<HtmlElement>().ok())) {
        let _ = list.focus();
    }
}
