//! The editor on the page: loaded, told what the run shows, or replaced by a plain field.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlTextAreaElement};
use yew::prelude::*;

use super::EditorAction;
use super::bridge::{LineResult, Module, Open, Shown, Wrong};
use crate::script::{Diagnostic, parse};
use crate::session::LineKind;
use crate::session::assist::utf16_of;
use crate::tr;
use crate::ui::after::after_frame;
use crate::ui::app::PartProps;
use crate::ui::el::{el, word_button};
use crate::ui::script::outcome;
use crate::ui::state::{Action, Dispatch, View};
use crate::ui::{job, lazy};

/// How long the module may take before the plain field is offered, in ms.
const PATIENCE_MS: u32 = 8000;

/// Behind so many lines results are shown; more would make each step slow.
const RESULTS: usize = 2000;

/// How it stands with the module.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Status {
    Loading,
    Ready,
    Failed,
}

type Slot = Rc<RefCell<Option<Open>>>;

/// The script as text, being edited.
#[component]
pub(in crate::ui) fn ScriptEditor(PartProps { view, dispatch }: &PartProps) -> Html {
    let host = use_node_ref();
    let slot: Slot = use_mut_ref(|| None);
    let status = use_state_eq(|| Status::Loading);
    let tries = use_state_eq(|| 0_u32);
    {
        let (host, slot, status) = (host.clone(), slot.clone(), status.clone());
        let (text, dispatch) = (text_of(view), dispatch.clone());
        use_effect_with(*tries, move |_| {
            let set: Rc<dyn Fn(Status)> = Rc::new({
                let status = status.setter();
                move |now| status.set(now)
            });
            let alive = load(&host, slot.clone(), &set, text, dispatch);
            move || {
                alive.replace(false);
                slot.take();
            }
        });
    }
    {
        let (slot, view) = (slot.clone(), view.clone());
        let run = (view.session_address(), view.len(), view.position);
        let own = (view.editor.draft.clone(), view.settings.lang, *status);
        use_effect_with((run, own), move |_| {
            if let Some(open) = &*slot.borrow() {
                open.set_text(&text_of(&view));
            }
            let is_long = view.session().lines().len() > job::LONG;
            let show = move || {
                if let Some(open) = &*slot.borrow() {
                    open.show(&shown(&view));
                }
            };
            // What came of thousands of lines takes a while to tell: the page is drawn before.
            if is_long { after_frame(show) } else { show() }
        });
    }
    {
        let slot = slot.clone();
        use_effect_with(view.settings.lang, move |_| {
            if let Some(open) = &*slot.borrow() {
                open.say_again();
            }
        });
    }
    if *status == Status::Failed {
        let again = {
            let (status, tries) = (status.clone(), tries.clone());
            Callback::from(move |_: MouseEvent| {
                status.set(Status::Loading);
                tries.set(*tries + 1);
            })
        };
        return plain_field(view, dispatch, again);
    }
    let tidy = Callback::from(move |_: MouseEvent| {
        if let Some(open) = &*slot.borrow() {
            open.format();
        }
    });
    html! {
        <div class="ed" aria-busy={(*status == Status::Loading).then_some("true")}>
            // Its key makes it a new element for each try: a shadow root can be attached once.
            <div class="ed-host" key={*tries} ref={host}></div>
            <div class="row">
                <button type="button" class="btn" title={tr!("editor-format-hint")} onclick={tidy}
                    disabled={*status == Status::Loading}>{ tr!("editor-format") }</button>
                <span class="ed-status" role="status">{ state_words(view, *status) }</span>
            </div>
            <p class="ed-keys">{ tr!("editor-keys") }</p>
        </div>
    }
}

/// Loads the module and opens the editor; what comes when `alive` is no more is not used.
fn load(
    host: &NodeRef,
    slot: Slot,
    set: &Rc<dyn Fn(Status)>,
    text: String,
    dispatch: Dispatch,
) -> Rc<RefCell<bool>> {
    let alive = Rc::new(RefCell::new(true));
    let patience = {
        let (alive, set) = (alive.clone(), set.clone());
        Timeout::new(PATIENCE_MS, move || {
            if alive.replace(false) {
                set(Status::Failed);
            }
        })
    };
    let (host, own, set) = (host.clone(), alive.clone(), set.clone());
    spawn_local(async move {
        let module = lazy::load("editor").await;
        patience.cancel();
        if !*own.borrow() {
            return;
        }
        let host = host.cast::<Element>();
        let open = match (module, host) {
            (Ok(module), Some(host)) => {
                Open::new(module.unchecked_ref::<Module>(), &host, &text, &dispatch).ok()
            }
            _ => None,
        };
        let now = if open.is_some() { Status::Ready } else { Status::Failed };
        if let Some(open) = &open {
            open.focus();
        }
        slot.replace(open);
        set(now);
    });
    alive
}

/// What is edited: what was typed last, or the script.
fn text_of(view: &View) -> String {
    match &view.editor.draft {
        Some(draft) => draft.to_string(),
        None => view.session().source().to_owned(),
    }
}

/// What the run shows in the text; of a text that does not run, only what is wrong with it.
fn shown(view: &View) -> Shown {
    if let Some(draft) = &view.editor.draft {
        let (_, wrong) = parse(draft);
        return Shown { wrong: places(&wrong, draft), ..Shown::default() };
    }
    let session = view.session();
    let lines = session.lines();
    let line = session.line_at(view.position).map(|at| lines[at].number);
    let statements = lines.iter().filter(|line| line.kind == LineKind::Statement).take(RESULTS);
    let results = statements.filter_map(|line| {
        let done = view.position >= line.events.end;
        let text = outcome(view, line, done);
        let bad = done && !line.problems.is_empty();
        (!text.is_empty()).then(|| LineResult {
            line: line.number,
            text: text.trim().to_owned(),
            bad,
        })
    });
    let results = results.collect();
    let wrong = lines.iter().flat_map(|line| places(&line.problems, session.source())).collect();
    Shown { line, results, wrong }
}

fn places(diagnostics: &[Diagnostic], source: &str) -> Vec<Wrong> {
    let one = |diagnostic: &Diagnostic| {
        let message = match diagnostic.expected.as_str() {
            "" => diagnostic.message.clone(),
            expected => tr!(
                "hands-any-expected",
                message = diagnostic.message.as_str(),
                expected = expected
            ),
        };
        Wrong {
            from: utf16_of(source, diagnostic.span.start),
            to: utf16_of(source, diagnostic.span.end),
            severity: "error",
            message,
        }
    };
    diagnostics.iter().map(one).collect()
}

/// How it stands, in a few words.
fn state_words(view: &View, status: Status) -> String {
    if status == Status::Loading {
        return tr!("editor-loading");
    }
    if view.editor.draft.is_some() {
        return tr!("editor-kept", count = view.complaints.len());
    }
    let session = view.session();
    match session.lines().iter().filter(|line| !line.problems.is_empty()).count() {
        0 => tr!("editor-runs"),
        count => tr!("editor-runs-but", count = count),
    }
}

/// The script as plain text, run on demand.
fn plain_field(view: &View, dispatch: &Dispatch, again: Callback<MouseEvent>) -> Html {
    let oninput = {
        let dispatch = dispatch.clone();
        Callback::from(move |event: InputEvent| {
            let area: HtmlTextAreaElement = event.target_unchecked_into();
            dispatch.dispatch(Action::Editor(EditorAction::Draft(area.value())));
        })
    };
    let run = Action::Editor(EditorAction::Run);
    let told = el("p", &["ed-keys"]).set("role", "status".to_owned());
    html! {
        <div class="editor">
            { told.text(&tr!("editor-unavailable")).html() }
            <textarea class="field mono" aria-label={tr!("page-script")} rows="14" spellcheck="false"
                autocapitalize="off" wrap="off" value={text_of(view)} {oninput} />
            <div class="row">
                { word_button(dispatch, "btn on", &tr!("page-run-script"), run) }
                <button type="button" class="btn" onclick={again}>{ tr!("editor-again") }</button>
            </div>
        </div>
    }
}
