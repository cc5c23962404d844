//! The keyboard: space plays, arrows step, with shift by system calls, Home and End go to the ends.
//! Never while somebody types.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, KeyboardEvent};
use yew::prelude::*;

use crate::scene::steps::{StepBy, Way};

use super::ask::AskAction;
use super::hands::HandAction;
use super::look::LookAction;
use super::past::PastAction;
use super::state::{Action, Dispatch};
use super::timeline::TimeAction;

/// The keys, for the list of them: the keys with spaces between, and the message that says what
/// they do.
pub(super) const KEYS: &[(&str, &str)] = &[
    ("Space", "look-key-play"),
    ("← →", "look-key-step"),
    ("Shift+← Shift+→", "look-key-syscall"),
    ("Home End", "look-key-ends"),
    ("w", "look-key-why"),
    ("Enter", "look-key-menu"),
    ("Delete", "look-key-delete"),
    ("Ctrl+Z Ctrl+Shift+Z", "past-key-undo"),
    ("F2", "past-key-edit"),
    ("Alt+↑ Alt+↓", "past-key-move"),
    ("Esc", "look-key-escape"),
    ("/", "look-key-find"),
    ("?", "look-key-help"),
];

/// Listens on the document, and says there that it does: what is drawn first can be seen a moment
/// before anybody listens, for Yew lets the browser draw before it runs effects.
#[hook]
pub(super) fn use_keys(dispatch: Dispatch) {
    use_effect_with((), move |()| {
        let handler = Closure::<dyn Fn(KeyboardEvent)>::new(move |event: KeyboardEvent| {
            if let Some(action) = action(&event) {
                event.prevent_default();
                dispatch.dispatch(action);
            }
        });
        let document = web_sys::window().and_then(|w| w.document());
        if let Some(document) = &document {
            let _ = document
                .add_event_listener_with_callback("keydown", handler.as_ref().unchecked_ref());
            let root = document.document_element();
            let _ = root.map(|root| root.set_attribute("data-ready", ""));
        }
        move || {
            if let Some(document) = document {
                let _ = document.remove_event_listener_with_callback(
                    "keydown",
                    handler.as_ref().unchecked_ref(),
                );
            }
        }
    });
}

fn action(event: &KeyboardEvent) -> Option<Action> {
    if let Some(action) = undo_or_redo(event) {
        return Some(action);
    }
    if event.ctrl_key() || event.alt_key() || event.meta_key() || is_taken(event) {
        return None;
    }
    Some(match event.key().as_str() {
        " " => Action::PlayPause,
        "ArrowRight" | "ArrowLeft" if event.shift_key() => {
            let way = if event.key() == "ArrowLeft" { Way::Back } else { Way::Forward };
            Action::Time(TimeAction::Step(StepBy::Syscall, way))
        }
        "ArrowRight" => Action::Forward,
        "ArrowLeft" => Action::Back,
        "Home" => Action::Start,
        "End" => Action::End,
        "w" => Action::Ask(AskAction::Why),
        "Escape" => Action::Hand(HandAction::Escape),
        "/" => Action::Look(LookAction::Find(Some(String::new()))),
        "?" => Action::Look(LookAction::Help(true)),
        "Enter" => Action::Hand(HandAction::Menu),
        "Delete" => Action::Hand(HandAction::Delete),
        _ => return None,
    })
}

/// Undo and redo; in a field they are the field's own.
fn undo_or_redo(event: &KeyboardEvent) -> Option<Action> {
    let is_control = (event.ctrl_key() || event.meta_key()) && !event.alt_key();
    if !is_control || is_typed_into(event) {
        return None;
    }
    let action = match (event.key().to_ascii_lowercase().as_str(), event.shift_key()) {
        ("z", false) => PastAction::Undo,
        ("z", true) | ("y", false) => PastAction::Redo,
        _ => return None,
    };
    Some(Action::Past(action))
}

/// Whether the focused element takes text.
fn is_typed_into(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|t| t.dyn_into::<Element>().ok());
    let text = "textarea, [contenteditable], input:not([type=range]):not([type=checkbox])";
    target.is_some_and(|target| target.closest(text).is_ok_and(|found| found.is_some()))
}

/// Whether the focused element has a use of its own for the key.
fn is_taken(event: &KeyboardEvent) -> bool {
    let Some(target) = event.target().and_then(|t| t.dyn_into::<Element>().ok()) else {
        return false;
    };
    let key = event.key();
    match target.tag_name().as_str() {
        "TEXTAREA" | "SELECT" => true,
        "INPUT" => target.get_attribute("type").is_none_or(|kind| kind != "range") || key != " ",
        "BUTTON" | "A" | "SUMMARY" => key == " " || key == "Enter",
        _ => false,
    }
}
