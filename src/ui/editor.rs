//! The whole script as text, and what is wrong with it.

use std::rc::Rc;

use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use super::app::PartProps;
use super::state::{Action, Complaint};

/// A text field with the script. What it holds is run on demand.
#[component]
pub(super) fn Editor(PartProps { view, dispatch }: &PartProps) -> Html {
    let area = use_node_ref();
    let draft = view.draft.as_deref().unwrap_or_default().to_owned();
    let onclick = {
        let (dispatch, area) = (dispatch.clone(), area.clone());
        move |_| {
            if let Some(area) = area.cast::<HtmlTextAreaElement>() {
                dispatch.dispatch(Action::Source(area.value()));
            }
        }
    };
    html! {
        <div class="editor">
            <textarea ref={area} class="field mono" aria-label="Script" rows="14" spellcheck="false"
                autocapitalize="off" wrap="off" defaultvalue={draft} />
            <div class="row"><button type="button" class="btn on" {onclick}>{ "Run script" }</button></div>
            <Complaints complaints={view.complaints.clone()} />
        </div>
    }
}

#[derive(Properties, PartialEq)]
pub(super) struct ComplaintsProps {
    pub(super) complaints: Rc<Vec<Complaint>>,
}

/// What is wrong with a script: each with its place, underlined.
#[component]
pub(super) fn Complaints(ComplaintsProps { complaints }: &ComplaintsProps) -> Html {
    if complaints.is_empty() {
        return Html::default();
    }
    html! {
        <div class="complaints" role="alert">{ for complaints.iter().map(complaint) }</div>
    }
}

fn complaint(complaint: &Complaint) -> Html {
    let part = |from: usize, to: usize| -> String {
        complaint.text.chars().skip(from).take(to.saturating_sub(from)).collect()
    };
    let at = &complaint.underline;
    let marked = part(at.start, at.end);
    let marked = if marked.is_empty() { " ".to_owned() } else { marked };
    html! {
        <div class="complaint" key={complaint.line * 1000 + complaint.column}>
            <b>{ format!("Line {}, column {}: ", complaint.line, complaint.column) }</b>
            { &complaint.message }
            <pre>{ part(0, at.start) }<u>{ marked }</u>{ part(at.end, usize::MAX) }</pre>
            if !complaint.expected.is_empty() {
                <span>{ format!("expected {}", complaint.expected) }</span>
            }
        </div>
    }
}
