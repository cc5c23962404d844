//! The script: its lines with what came of them, and the ways to add to it.

use std::rc::Rc;

use web_sys::Element;
use yew::prelude::*;

use super::editor::{EditorAction, ScriptEditor};
use super::el::{el, input, join, word_button};
use super::past;
use super::script_window;
use super::state::{Action, Complaint, Dispatch, Field, View};
use crate::session::notes::{comment_tag, comment_text, is_for};
use crate::session::{LineKind, SessionLine};
use crate::tr;

/// More complaints at once help nobody.
const SHOWN_COMPLAINTS: usize = 5;

/// The script, or its editor.
pub(super) fn script_panel(view: &View, dispatch: &Dispatch) -> Html {
    let is_open = view.editor.is_open;
    let word = if is_open { tr!("page-close-editor") } else { tr!("page-edit-script") };
    let open = Action::Editor(EditorAction::Open(!is_open));
    let head = el("div", &["panel-head"])
        .child(el("h2", &[]).text(&tr!("page-scenario")).html())
        .child(word_button(dispatch, "link", &word, open))
        .html();
    let body = if is_open {
        html! { <ScriptEditor view={view.clone()} dispatch={dispatch.clone()} /> }
    } else {
        html! { <>{ listing(view, dispatch) }{ kept(view, dispatch) }{ add_line(view, dispatch) }</> }
    };
    el("div", &["script-panel"]).child(head).child(body).child(complaints(view)).html()
}

/// That the editor holds what could not be read, while it is closed.
fn kept(view: &View, dispatch: &Dispatch) -> Html {
    if view.editor.draft.is_none() {
        return Html::default();
    }
    let action = |action| Action::Editor(action);
    el("div", &["kept"])
        .child(el("span", &[]).text(&tr!("editor-holds")).html())
        .child(word_button(dispatch, "btn", &tr!("editor-back"), action(EditorAction::Open(true))))
        .child(word_button(dispatch, "btn", &tr!("editor-discard"), action(EditorAction::Discard)))
        .html()
}

fn listing(view: &View, dispatch: &Dispatch) -> Html {
    let session = view.session();
    if session.lines().len() > script_window::FROM {
        return script_window::listing(view, dispatch);
    }
    let current = past::current_line(view);
    let lines = session.lines();
    let lang = view.settings.lang.tag();
    let shown: Vec<usize> = (0..lines.len()).filter(|at| is_shown(lines, *at, lang)).collect();
    let lines = shown.iter().map(|at| line(view, dispatch, (*at, &shown), current == Some(*at)));
    let lines: Vec<Html> = lines.collect();
    let onkeydown = line_keys(view, dispatch, Rc::new(shown));
    html! { <ol class="script" aria-label={tr!("page-script")} tabindex="0" {onkeydown}>{ for lines }</ol> }
}

/// What the keys do in the list of lines.
pub(super) fn line_keys(
    view: &View,
    dispatch: &Dispatch,
    shown: Rc<Vec<usize>>,
) -> Callback<KeyboardEvent> {
    let (view, dispatch) = (view.clone(), dispatch.clone());
    Callback::from(move |event: KeyboardEvent| {
        if let Some(action) = past::list_key(&view, &event, &shown) {
            event.prevent_default();
            event.stop_propagation();
            dispatch.dispatch(action);
        }
    })
}

/// Scrolls the script so that the current line is in sight.
pub(super) fn show_current_line() {
    let document = web_sys::window().and_then(|w| w.document());
    let find = |what: &str| document.as_ref()?.query_selector(what).ok().flatten();
    // A long one looks after itself.
    if let (Some(list), Some(row)) = (find(".script:not(.long)"), find(".script .cur")) {
        keep_in_sight(&list, &row);
    }
}

fn keep_in_sight(list: &Element, row: &Element) {
    let (outer, inner) = (list.get_bounding_client_rect(), row.get_bounding_client_rect());
    if inner.top() < outer.top() || inner.bottom() > outer.bottom() {
        let by = inner.top() - outer.top() - outer.height() * 0.4;
        list.set_scroll_top(list.scroll_top() + by as i32);
    }
}

pub(super) fn is_shown(lines: &[SessionLine], at: usize, lang: &str) -> bool {
    match lines[at].kind {
        LineKind::Metadata => false,
        LineKind::Comment => !lines[at].text.trim().is_empty() && is_for(lines, at, lang),
        LineKind::Statement | LineKind::Unread => true,
    }
}

pub(super) fn line(
    view: &View,
    dispatch: &Dispatch,
    (at, shown): (usize, &[usize]),
    current: bool,
) -> Html {
    let session = view.session();
    let line = &session.lines()[at];
    let done = view.position >= line.events.end;
    let is_statement = matches!(line.kind, LineKind::Statement | LineKind::Unread);
    let later = is_statement && view.position <= line.events.start && !line.events.is_empty();
    let class = join(&[
        if current { "cur" } else { "" },
        if later { "later" } else { "" },
        if is_statement { "" } else { "note" },
        if done && !line.problems.is_empty() { "bad" } else { "" },
        past::drag_class(view, at),
    ]);
    let (task, rest) = match line.text.split_once(':') {
        Some((task, _)) if is_statement && is_name(task) => line.text.split_at(task.len() + 1),
        _ => ("", line.text.as_str()),
    };
    let remark = comment_tag(rest).map(|_| format!("# {}", comment_text(rest)));
    let rest = remark.as_deref().filter(|_| !is_statement).unwrap_or(rest);
    let onpointerdown = past::grip(dispatch, at);
    let number = html! { <i title={tr!("past-drag")} {onpointerdown}>{ line.number }</i> };
    let task = el("b", &[]).text(task).html();
    let result = el("span", &["ret"]).text(&outcome(view, line, done)).html();
    // An arrow is not broken in two.
    let (call, expected) = match rest.find("->") {
        Some(at) if is_statement => (&rest[..at], &rest[at..at + 2]),
        _ => (rest, ""),
    };
    let arrow = el("span", &["arrow"]).text(expected).html();
    let rest = &rest[call.len() + expected.len()..];
    let code = el("span", &["code"]).child(task).text(call).child(arrow).text(rest).child(result);
    let code = code.child(past::was(view, at)).html();
    let problems = line.problems.iter().filter(|_| done).map(|problem| {
        let expected = problem.expected.as_str();
        let text = match expected {
            "" => format!("✗ {}", problem.message),
            _ => tr!("page-problem", message = problem.message.as_str(), expected = expected),
        };
        el("span", &["problem"]).text(&text).html()
    });
    let onclick = past::press(dispatch, at);
    let ondblclick = onclick.clone();
    html! {
        <li key={line.number} data-at={at.to_string()} {class} {onclick} {ondblclick} aria-current={current.then_some("step")} title={line.text.clone()}>
            { number }{ code }{ for problems }{ past::tools(view, dispatch, at, shown) }
        </li>
    }
}

fn is_name(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// What came of a line, as far as it is known at this position.
pub(super) fn outcome(view: &View, line: &SessionLine, done: bool) -> String {
    let text = match (&line.returned, &line.outcome) {
        (Some((position, text)), _) if view.position >= *position => text,
        (_, Some(text)) if done => text,
        _ => return String::new(),
    };
    if text == "blocks" { format!("  … {}", tr!("page-blocks")) } else { format!("  {text}") }
}

/// A line of script to add at the end.
fn add_line(view: &View, dispatch: &Dispatch) -> Html {
    let onsubmit = {
        let dispatch = dispatch.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            dispatch.dispatch(Action::RunLine);
        })
    };
    let name = tr!("page-add-line");
    let field = ("field mono", name.as_str(), "text");
    html! {
        <form class="add-line" {onsubmit}>
            { input(dispatch, field, Field::Line, view.form.line.clone()) }
            <button class="btn">{ tr!("page-run") }</button>
        </form>
    }
}

/// What is wrong with a script: each with its place, underlined.
fn complaints(view: &View) -> Html {
    if view.complaints.is_empty() {
        return Html::default();
    }
    // Somebody who types is not interrupted.
    let role = if view.editor.is_open { "status" } else { "alert" };
    let most = if view.editor.is_open { 1 } else { SHOWN_COMPLAINTS };
    let all = view.complaints.iter().take(most).map(complaint).collect();
    el("div", &["complaints"]).set("role", role.to_owned()).children(all).html()
}

fn complaint(complaint: &Complaint) -> Html {
    let part = |from: usize, to: usize| -> String {
        complaint.text.chars().skip(from).take(to.saturating_sub(from)).collect()
    };
    let at = &complaint.underline;
    let marked = part(at.start, at.end);
    let marked = if marked.is_empty() { " " } else { &marked };
    let place = tr!("page-place", line = complaint.line, column = complaint.column);
    let expected = match complaint.expected.as_str() {
        "" => String::new(),
        expected => tr!("page-expected", expected = expected),
    };
    let source = el("pre", &[])
        .text(&part(0, at.start))
        .child(el("u", &[]).text(marked).html())
        .text(&part(at.end, usize::MAX));
    el("div", &["complaint"])
        .child(el("b", &[]).text(&place).html())
        .text(&complaint.message)
        .child(source.html())
        .text(&expected)
        .html()
}
