//! The script editor: what is typed runs, as soon as it can be read.
//!
//! The text itself is CodeMirror's (`www/js/editor.ts`), loaded when the editor is opened first. What
//! cannot be read is kept here, and the run is that of the last script which could; so nothing typed
//! is lost, whatever is done on stage meanwhile. Where the module cannot be loaded, a plain field
//! takes its place.

mod bridge;
mod panel;
mod words;

use std::rc::Rc;

use crate::script::parse;

use super::job::How;
use super::past;
use super::state::State;

pub(super) use panel::ScriptEditor;

/// What is kept of the editor.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Editor {
    /// It is shown in place of the script.
    pub(super) is_open: bool,
    /// What was typed and does not run: it cannot be read, or nobody asked for it in the plain field.
    pub(super) draft: Option<Rc<str>>,
}

/// What is done with it.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum EditorAction {
    /// Opens or closes it. What cannot be read is kept for the next time.
    Open(bool),
    /// The text is new, and the cursor on this line.
    Typed {
        /// All of it.
        text: String,
        /// Counted from 1.
        line: u32,
    },
    /// The cursor is on another line.
    Moved(u32),
    /// The text of the plain field, which runs on demand.
    Draft(String),
    /// Runs the plain field.
    Run,
    /// Forgets what cannot be read.
    Discard,
}

/// Does it.
pub(super) fn act(state: &mut State, action: EditorAction) {
    match action {
        EditorAction::Open(is_open) => {
            state.editor.is_open = is_open;
            past::typing_ends(state);
            complain(state);
        }
        EditorAction::Typed { text, line } => {
            type_in(state, &text);
            if state.editor.draft.is_none() {
                follow(state, line);
            }
        }
        EditorAction::Moved(line) => follow(state, line),
        EditorAction::Draft(text) => state.editor.draft = Some(Rc::from(text)),
        EditorAction::Run => {
            let text = state.editor.draft.clone();
            let text = text.unwrap_or_else(|| Rc::from(state.session().source()));
            type_in(state, &text);
            state.editor.is_open = state.editor.draft.is_some();
        }
        EditorAction::Discard => {
            state.editor.draft = None;
            state.forgive();
        }
    }
}

/// Runs the text if it can be read and is another one; else keeps it.
fn type_in(state: &mut State, text: &str) {
    let is_new = *state.session().source() != *text;
    if is_new && state.awaits(text, How::Typed) {
        return;
    }
    let wrong = state.read(text);
    if !wrong.is_empty() {
        state.editor.draft = Some(Rc::from(text));
        state.refuse(&wrong, text);
        return;
    }
    state.editor.draft = None;
    state.replace(text);
    state.forgive();
}

/// The stage goes to the end of what a line does, or the last line before it that does something.
fn follow(state: &mut State, line: u32) {
    let end = {
        let session = state.session();
        let lines = session.lines();
        let upto = lines.partition_point(|each| each.number <= line);
        lines[..upto].iter().rfind(|each| !each.events.is_empty()).map(|each| each.events.end)
    };
    state.playing = false;
    state.go(end.unwrap_or(state.start));
}

/// Complains again about what is kept; else about nothing.
fn complain(state: &mut State) {
    match state.editor.draft.clone() {
        Some(draft) => {
            let (_, wrong) = parse(&draft);
            state.refuse(&wrong, &draft);
        }
        None => state.forgive(),
    }
}

/// Lines were added to the run while something else is being typed: they are added to that, too.
pub(super) fn appended(state: &mut State, lines: &str) {
    if let Some(draft) = &state.editor.draft {
        let gap = if draft.is_empty() || draft.ends_with('\n') { "" } else { "\n" };
        state.editor.draft = Some(Rc::from(format!("{draft}{gap}{lines}")));
        complain(state);
    }
}
