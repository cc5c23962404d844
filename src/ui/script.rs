//! The script: its lines with what came of them, and the ways to add to it.

use web_sys::{Element, HtmlInputElement};
use yew::prelude::*;

use super::app::PartProps;
use super::editor::{Complaints, Editor};
use super::state::{Action, Dispatch, View};
use crate::session::{LineKind, SessionLine};

/// The script, or its editor.
#[component]
pub(super) fn ScriptPanel(PartProps { view, dispatch }: &PartProps) -> Html {
    let is_editing = view.draft.is_some();
    let toggle = {
        let dispatch = dispatch.clone();
        let draft = (!is_editing).then(|| view.session().source().to_owned());
        move |_| dispatch.dispatch(Action::Draft(draft.clone()))
    };
    html! {
        <div class="script-panel">
            <div class="panel-head">
                <h2>{ "Scenario" }</h2>
                <button type="button" class="link" onclick={toggle}>
                    { if is_editing { "close editor" } else { "edit script" } }
                </button>
            </div>
            if is_editing {
                <Editor view={view.clone()} dispatch={dispatch.clone()} />
            } else {
                <Listing view={view.clone()} dispatch={dispatch.clone()} />
                <AddLine view={view.clone()} dispatch={dispatch.clone()} />
                <Complaints complaints={view.complaints.clone()} />
            }
        </div>
    }
}

#[component]
fn Listing(PartProps { view, dispatch }: &PartProps) -> Html {
    let list = use_node_ref();
    let session = view.session();
    let current = session.line_at(view.position);
    {
        let list = list.clone();
        use_effect_with((current, view.settings.tab), move |_| {
            let list = list.cast::<Element>();
            if let Some((list, row)) =
                list.and_then(|l| Some((l.clone(), l.query_selector(".cur").ok()??)))
            {
                keep_in_sight(&list, &row);
            }
        });
    }
    let shown = session.lines().iter().enumerate().filter(|(_, line)| is_shown(line));
    let lines = shown.map(|(at, line)| self::line(view, dispatch, line, current == Some(at)));
    html! { <ol class="script" ref={list} aria-label="Script">{ for lines }</ol> }
}

fn keep_in_sight(list: &Element, row: &Element) {
    let (outer, inner) = (list.get_bounding_client_rect(), row.get_bounding_client_rect());
    if inner.top() < outer.top() || inner.bottom() > outer.bottom() {
        let by = inner.top() - outer.top() - outer.height() * 0.4;
        list.set_scroll_top(list.scroll_top() + by as i32);
    }
}

fn is_shown(line: &SessionLine) -> bool {
    match line.kind {
        LineKind::Metadata => false,
        LineKind::Comment => !line.text.trim().is_empty(),
        LineKind::Statement => true,
    }
}

fn line(view: &View, dispatch: &Dispatch, line: &SessionLine, current: bool) -> Html {
    let done = view.position >= line.events.end;
    let is_statement = line.kind == LineKind::Statement;
    let class = classes!(
        current.then_some("cur"),
        (is_statement && view.position <= line.events.start && !line.events.is_empty())
            .then_some("later"),
        (!is_statement).then_some("note"),
        (done && !line.problems.is_empty()).then_some("bad")
    );
    let dispatch = dispatch.clone();
    let end = line.events.end;
    let onclick = move |_| dispatch.dispatch(Action::Go(end));
    let result = outcome(view, line, done);
    let (task, rest) = match line.text.split_once(':') {
        Some((task, rest))
            if is_statement && task.chars().all(|c| c.is_alphanumeric() || c == '_') =>
        {
            (Some(format!("{task}:")), rest.to_owned())
        }
        _ => (None, line.text.clone()),
    };
    let problems = line.problems.iter().filter(|_| done).map(|problem| {
        let expected = if problem.expected.is_empty() {
            String::new()
        } else {
            format!(", expected {}", problem.expected)
        };
        html! { <span class="problem">{ format!("✗ {}{expected}", problem.message) }</span> }
    });
    html! {
        <li key={line.number} {class} {onclick} aria-current={current.then_some("step")} title={line.text.clone()}>
            <i>{ line.number }</i>
            <span class="code"><b>{ task }</b>{ rest }<span class="ret">{ result }</span></span>
            { for problems }
        </li>
    }
}

/// What came of a line, as far as it is known at this position.
fn outcome(view: &View, line: &SessionLine, done: bool) -> Option<String> {
    match &line.returned {
        Some((position, text)) if view.position >= *position => Some(format!("  {text}")),
        _ => line.outcome.as_ref().filter(|_| done).map(|text| match text.as_str() {
            "blocks" => "  … blocks".to_owned(),
            text => format!("  {text}"),
        }),
    }
}

/// A line of script to add at the end.
#[component]
fn AddLine(PartProps { dispatch, .. }: &PartProps) -> Html {
    let input = use_node_ref();
    let onsubmit = {
        let (dispatch, input) = (dispatch.clone(), input.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            let Some(input) = input.cast::<HtmlInputElement>() else { return };
            let text = input.value();
            if !text.trim().is_empty() {
                input.set_value("");
                dispatch.dispatch(Action::Append(text));
            }
        }
    };
    html! {
        <form class="add-line" {onsubmit}>
            <input ref={input} type="text" class="field mono" aria-label="Add a line of script"
                placeholder="main: write(wr, 1)" spellcheck="false" autocomplete="off" autocapitalize="off" />
            <button class="btn">{ "Run" }</button>
        </form>
    }
}
