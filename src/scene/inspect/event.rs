//! What an event holds: the name of its kind, and its fields with their values.

use slotmap::KeyData;

use crate::kernel::abi::Events;
use crate::scene::Names;
use crate::session::strace::{call_text, result_text};
use crate::trace::EventKind;

use super::super::Scene;
use super::{Bit, Cx, Value, text};

/// A field of an event.
#[derive(Clone, Debug, PartialEq)]
pub struct Number {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub value: Value,
}

/// The name of an event's kind: `CopyOut`.
pub fn variant(kind: &EventKind) -> String {
    let text = format!("{kind:?}");
    text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_owned()
}

/// All that an event holds. The derived debug text names every field of every kind, so none can be
/// forgotten here; objects in it become links.
pub fn numbers(kind: &EventKind, scene: &Scene, names: &Names) -> Vec<Number> {
    let cx = Cx { scene, names };
    let number = |name: &str, value| Number { name: name.to_owned(), value };
    match kind {
        EventKind::SyscallEnter { task, call } => vec![
            number("task", vec![cx.task(task.key())]),
            number("call", text(call_text(&call.get()))),
        ],
        EventKind::SyscallExit { task, result } => {
            let result = result.get();
            let said = match result.as_ref() {
                Ok(_) => result_text(&result),
                Err(errno) => format!("-1 {errno}"),
            };
            vec![number("task", vec![cx.task(*task)]), number("result", text(said))]
        }
        EventKind::CopyOut { task, epi, index, events, data } => vec![
            number("task", vec![cx.task(*task)]),
            number("epi", vec![cx.item(*epi)]),
            number("index", text(index)),
            number("events", text(Events::from(*events))),
            number("data", text(data)),
        ],
        kind => {
            let debug = format!("{kind:?}");
            let fields = fields_of(&debug);
            fields.into_iter().map(|(name, value)| number(name, cx.linked(value))).collect()
        }
    }
}

/// The fields in the debug text of a value: `Name { a: 1, b: X(2) }`, boxed or not.
fn fields_of(debug: &str) -> Vec<(&str, &str)> {
    let Some((before, body)) = debug.split_once(" { ") else { return Vec::new() };
    // A box stands as `Outer(Inner { … })`.
    let tail = if before.contains('(') { " })" } else { " }" };
    let body = body.strip_suffix(tail).unwrap_or(body);
    let (mut depth, mut start, mut out) = (0_i32, 0, Vec::new());
    for (at, c) in body.char_indices().chain([(body.len(), ',')]) {
        match c {
            '(' | '{' | '[' => depth += 1,
            ')' | '}' | ']' => depth -= 1,
            ',' if depth == 0 => {
                let field = body.get(start..at).unwrap_or_default().trim();
                out.extend(field.split_once(": "));
                start = at + 1;
            }
            _ => {}
        }
    }
    out
}

impl Cx<'_> {
    /// A debug text with the objects in it as links, and masks as the kernel writes them.
    fn linked(&self, debug: &str) -> Value {
        let mut value = Value::new();
        let mut rest = debug;
        while let Some((before, bit, after)) = self.first_key(rest) {
            plain(before, &mut value);
            value.push(bit);
            rest = after;
        }
        plain(rest, &mut value);
        value
    }

    /// The first key of an object in a text, with what is before and behind it.
    fn first_key<'a>(&self, debug: &'a str) -> Option<(&'a str, Bit, &'a str)> {
        let (head, tail) = debug.split_once("Key(")?;
        let (number, after) = tail.split_once(')')?;
        let start = head.rfind(|c: char| !c.is_alphanumeric()).map_or(0, |at| at + 1);
        let (before, kind) = head.split_at(start);
        let (index, version) = number.split_once('v').unwrap_or(("0", "0"));
        let part = |text: &str| text.parse::<u64>().unwrap_or_default();
        let key = KeyData::from_ffi(part(version) << 32 | part(index));
        let bit = match kind {
            "Task" => self.task(key.into()),
            "Epitem" => self.item(key.into()),
            "File" => self.file(key.into()),
            "Eventpoll" => self.ep(key.into()),
            "Process" => self.process(key.into()),
            "Sock" => self.sock(key.into()),
            "Pipe" => self.pipe(key.into()),
            "WaitQueue" => self.queue(key.into()),
            "WaitEntry" => self.entry(key.into()),
            _ => Bit::Text(crate::kernel::ids::PwqKey::from(key).to_string()),
        };
        let bit = match bit {
            Bit::Link(text, thing) if !self.scene.has(thing) => Bit::Text(text),
            bit => bit,
        };
        Some((before, bit, after))
    }
}

fn plain(debug: &str, out: &mut Value) {
    let text = match debug {
        "None" => "—".to_owned(),
        other => {
            let other = other.replace("Events(", "").replace("Some(", "").replace(" | ", "|");
            let open = other.matches('(').count();
            let mut text = other;
            while text.ends_with(')') && text.matches(')').count() > open {
                text.pop();
            }
            text
        }
    };
    if !text.is_empty() {
        out.push(Bit::Text(text));
    }
}
