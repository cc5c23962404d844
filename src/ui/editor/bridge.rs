//! What the editor's module and the page say to each other: `www/js/editor/asks.ts` in Rust.

use std::collections::BTreeMap;

use js_sys::{Object, Reflect};
use serde::Serialize;
use wasm_bindgen::prelude::*;
use web_sys::Element;

use crate::session::assist::{self, Choice, Kind, Piece};
use crate::ui::state::{Action, Dispatch};

use super::{EditorAction, words};

#[wasm_bindgen]
extern "C" {
    /// The module.
    pub(super) type Module;

    #[wasm_bindgen(method, catch)]
    fn open(
        this: &Module,
        host: &Element,
        text: &str,
        words: &JsValue,
        page: &JsValue,
    ) -> Result<Handle, JsValue>;

    /// An open editor.
    type Handle;

    #[wasm_bindgen(method, js_name = setText)]
    fn set_text(this: &Handle, text: &str);
    #[wasm_bindgen(method)]
    fn show(this: &Handle, shown: &JsValue);
    #[wasm_bindgen(method, js_name = setWords)]
    fn set_words(this: &Handle, words: &JsValue);
    #[wasm_bindgen(method)]
    fn format(this: &Handle) -> bool;
    #[wasm_bindgen(method)]
    fn focus(this: &Handle);
    #[wasm_bindgen(method)]
    fn close(this: &Handle);
}

/// What is wrong at a place, in UTF-16 units.
#[derive(Serialize)]
pub(super) struct Wrong {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) severity: &'static str,
    pub(super) message: String,
}

/// What came of a line.
#[derive(Serialize)]
pub(super) struct LineResult {
    pub(super) line: u32,
    pub(super) text: String,
    pub(super) bad: bool,
}

/// What the run has to show in the text.
#[derive(Default, Serialize)]
pub(super) struct Shown {
    pub(super) line: Option<u32>,
    pub(super) results: Vec<LineResult>,
    pub(super) wrong: Vec<Wrong>,
}

#[derive(Serialize)]
struct Words {
    label: String,
    about: String,
    phrases: BTreeMap<&'static str, String>,
}

#[derive(Serialize)]
struct Choices {
    from: usize,
    choices: Vec<Offer>,
}

#[derive(Serialize)]
struct Offer {
    label: String,
    kind: &'static str,
    detail: String,
    pieces: Vec<Part>,
}

#[derive(Serialize)]
struct Part {
    text: String,
    field: bool,
}

#[derive(Serialize)]
struct Card {
    from: usize,
    to: usize,
    title: String,
    about: String,
    heading: String,
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    name: String,
    text: String,
}

/// An editor on the page, with the functions that it calls.
pub(super) struct Open {
    handle: Handle,
    _complete: Closure<dyn Fn(String, usize) -> JsValue>,
    _help: Closure<dyn Fn(String, usize) -> JsValue>,
    _format: Closure<dyn Fn(String) -> String>,
    _typed: Closure<dyn Fn(String, u32)>,
    _moved: Closure<dyn Fn(u32)>,
}

impl Open {
    /// Puts an editor into an element.
    pub(super) fn new(
        module: &Module,
        host: &Element,
        text: &str,
        dispatch: &Dispatch,
    ) -> Result<Open, JsValue> {
        let tell = {
            let dispatch = dispatch.clone();
            move |action| dispatch.dispatch(Action::Editor(action))
        };
        let complete = Closure::<dyn Fn(String, usize) -> JsValue>::new(complete);
        let help = Closure::<dyn Fn(String, usize) -> JsValue>::new(help);
        let format = Closure::<dyn Fn(String) -> String>::new(|text: String| assist::format(&text));
        let typed = {
            let tell = tell.clone();
            Closure::<dyn Fn(String, u32)>::new(move |text, line| {
                tell(EditorAction::Typed { text, line });
            })
        };
        let moved = Closure::<dyn Fn(u32)>::new(move |line| tell(EditorAction::Moved(line)));
        let page = Object::new();
        let functions: [(&str, &JsValue); 5] = [
            ("complete", complete.as_ref()),
            ("help", help.as_ref()),
            ("format", format.as_ref()),
            ("typed", typed.as_ref()),
            ("moved", moved.as_ref()),
        ];
        for (name, function) in functions {
            Reflect::set(&page, &name.into(), function)?;
        }
        let handle = module.open(host, text, &own_words(), &page)?;
        Ok(Open {
            handle,
            _complete: complete,
            _help: help,
            _format: format,
            _typed: typed,
            _moved: moved,
        })
    }

    /// The text became another one elsewhere.
    pub(super) fn set_text(&self, text: &str) {
        self.handle.set_text(text);
    }

    /// Shows the run in the text.
    pub(super) fn show(&self, shown: &Shown) {
        self.handle.show(&plain(shown));
    }

    /// Says everything in the current language.
    pub(super) fn say_again(&self) {
        self.handle.set_words(&own_words());
    }

    /// Writes the text in its canonical form.
    pub(super) fn format(&self) {
        self.handle.format();
    }

    /// Puts the cursor into the text.
    pub(super) fn focus(&self) {
        self.handle.focus();
    }
}

impl Drop for Open {
    /// What was typed last is told before the functions go.
    fn drop(&mut self) {
        self.handle.close();
    }
}

fn own_words() -> JsValue {
    let phrases = words::phrases().into_iter().collect();
    let words = Words { label: words::label(), about: words::keys(), phrases };
    plain(&words)
}

/// As plain objects, with `null` for what is not there.
fn plain(value: &impl Serialize) -> JsValue {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    value.serialize(&serializer).unwrap_or(JsValue::UNDEFINED)
}

fn complete(text: String, at: usize) -> JsValue {
    let Some(found) = assist::complete(&text, assist::byte_of(&text, at)) else {
        return JsValue::UNDEFINED;
    };
    let from = assist::utf16_of(&text, found.range.start);
    plain(&Choices { from, choices: found.choices.into_iter().map(offer).collect() })
}

fn offer(choice: Choice) -> Offer {
    let part = |piece| match piece {
        Piece::Text(text) => Part { text, field: false },
        Piece::Field(text) => Part { text, field: true },
    };
    let kind = match choice.kind {
        Kind::Call => "function",
        Kind::Constant | Kind::Error => "constant",
        Kind::Name => "variable",
        Kind::Task => "class",
        Kind::Word => "keyword",
        Kind::Key => "property",
    };
    let detail = match choice.kind {
        Kind::Task => words::task(),
        _ => choice.detail,
    };
    let pieces = choice.pieces.into_iter().map(part).collect();
    Offer { label: choice.label, kind, detail, pieces }
}

fn help(text: String, at: usize) -> JsValue {
    let Some(found) = assist::help(&text, assist::byte_of(&text, at)) else {
        return JsValue::UNDEFINED;
    };
    let told = words::help(&found.word);
    let row = |(name, text): (&'static str, String)| Row { name: name.to_owned(), text };
    plain(&Card {
        from: assist::utf16_of(&text, found.range.start),
        to: assist::utf16_of(&text, found.range.end),
        title: told.title,
        about: told.about,
        heading: told.heading,
        rows: told.rows.into_iter().map(row).collect(),
    })
}
