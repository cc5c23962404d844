//! What JavaScript sees: a scenario run in the simulator, as plain data.
//!
//! A page that embeds the module without our own page makes a `Playground` and asks it. Whatever is
//! wrong with a script is thrown as an array of complaints, and the playground stays as it was.

#![forbid(unsafe_code)]

use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::scene::Names;
use crate::scene::explain::explain;
use crate::script::Diagnostic;
use crate::session::Session;

/// A scenario and its run.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Playground {
    session: Session,
    names: Names,
}

/// What is wrong with a script, and where.
#[derive(Serialize)]
struct Complaint {
    line: usize,
    column: usize,
    message: String,
    expected: String,
}

/// A line of the script and what came of it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Line<'a> {
    number: u32,
    text: &'a str,
    /// How the call stood at the end of the line.
    outcome: Option<&'a str>,
    /// What it gave, if it returned only during a later line.
    returned: Option<&'a str>,
    /// The first event of the line, and the one behind its last.
    from: usize,
    to: usize,
    complaints: Vec<Complaint>,
}

/// An event in words.
#[derive(Serialize)]
struct Told {
    func: &'static str,
    file: &'static str,
    title: String,
    sentence: String,
    /// The number of the event that led to it.
    cause: Option<u32>,
}

#[wasm_bindgen]
impl Playground {
    /// Reads and runs a scenario.
    ///
    /// # Errors
    /// Throws an array of `{line, column, message, expected}` if it cannot be read.
    #[wasm_bindgen(constructor)]
    pub fn new(source: &str) -> Result<Playground, JsValue> {
        let session = Session::open(source).map_err(|wrong| complaints(&wrong, source))?;
        let mut playground = Playground { session, names: Names::default() };
        playground.learn(0);
        Ok(playground)
    }

    /// Adds lines at the end and runs them.
    ///
    /// # Errors
    /// Throws as the constructor does; nothing has changed then.
    pub fn append(&mut self, lines: &str) -> Result<(), JsValue> {
        let (source, known) = (self.session.source_with(lines), self.event_count());
        self.session.append(lines).map_err(|wrong| complaints(&wrong, &source))?;
        self.learn(known);
        Ok(())
    }

    /// The script's text.
    #[wasm_bindgen(getter)]
    pub fn source(&self) -> String {
        self.session.source().to_owned()
    }

    /// How many events there are.
    #[wasm_bindgen(getter, js_name = eventCount)]
    pub fn event_count(&self) -> usize {
        self.session.records().len()
    }

    /// The lines with what came of each: an array of `{number, text, outcome, returned, from, to,
    /// complaints}`.
    ///
    /// # Errors
    /// Throws if the values cannot be made, which is a bug.
    pub fn lines(&self) -> Result<JsValue, JsValue> {
        let lines: Vec<Line<'_>> = self
            .session
            .lines()
            .iter()
            .map(|line| Line {
                number: line.number,
                text: &line.text,
                outcome: line.outcome.as_deref(),
                returned: line.returned.as_ref().map(|(_, text)| text.as_str()),
                from: line.events.start,
                to: line.events.end,
                complaints: tell(&line.problems, self.session.source()),
            })
            .collect();
        Ok(serde_wasm_bindgen::to_value(&lines)?)
    }

    /// An event in words, `{func, file, title, sentence, cause}`; `undefined` past the last.
    ///
    /// # Errors
    /// Throws if the value cannot be made, which is a bug.
    pub fn event(&self, number: usize) -> Result<JsValue, JsValue> {
        let Some(record) = self.session.records().get(number) else {
            return Ok(JsValue::UNDEFINED);
        };
        let scene = self.session.scene_at(number);
        let said = explain(&record.event, &scene, &self.names);
        Ok(serde_wasm_bindgen::to_value(&Told {
            func: record.event.func().name(),
            file: record.event.func().file(),
            title: said.title,
            sentence: said.sentence,
            cause: record.cause(),
        })?)
    }
}

impl Playground {
    fn learn(&mut self, from: usize) {
        for record in &self.session.records()[from..] {
            self.names.learn(&record.event);
        }
    }
}

fn tell(wrong: &[Diagnostic], source: &str) -> Vec<Complaint> {
    let one = |diagnostic: &Diagnostic| {
        let (line, column) = diagnostic.line_column(source);
        let Diagnostic { message, expected, .. } = diagnostic.clone();
        Complaint { line, column, message, expected }
    };
    wrong.iter().map(one).collect()
}

fn complaints(wrong: &[Diagnostic], source: &str) -> JsValue {
    serde_wasm_bindgen::to_value(&tell(wrong, source)).unwrap_or_else(JsValue::from)
}
