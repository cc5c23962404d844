//! What an editor of a scenario wants to know: what can be typed at a place, what a word is, and the
//! text in its canonical form.
//!
//! All of it is told from the text alone, so that it works in the midst of a line that cannot be read.

mod complete;
mod context;
mod help;

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;

use std::ops::Range;

use crate::kernel::abi::Errno;
use crate::script::ast::{Binding, Content, Statement};
use crate::script::{Script, parse};
use crate::trace::event::Point;

pub use complete::complete;
pub use help::help;

/// What can be typed for what stands in a range of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// Bytes of the text that are replaced.
    pub range: Range<usize>,
    /// The best first.
    pub choices: Vec<Choice>,
}

/// One thing that can be typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What it is called.
    pub label: String,
    /// What it is.
    pub kind: Kind,
    /// A few words of code beside it: a signature, a value.
    pub detail: String,
    /// What is typed for it.
    pub pieces: Vec<Piece>,
}

/// What a choice is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A system call, or a switch of the simulator.
    Call,
    /// A constant of C.
    Constant,
    /// A variable.
    Name,
    /// A task.
    Task,
    /// A word of the format.
    Word,
    /// An error.
    Error,
    /// A key of a line of metadata.
    Key,
}

/// A piece of what a choice types.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// As it is.
    Text(String),
    /// To be filled; with what stands there at first.
    Field(String),
}

/// What is known of a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Help {
    /// Where the word stands, in bytes.
    pub range: Range<usize>,
    /// What it is.
    pub word: Word,
}

/// A word whose meaning is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Word {
    /// A call, with its parameters as in `epoll_wait(ep, maxevents, timeout)`, and its errors.
    Call {
        /// Its name.
        name: &'static str,
        /// Name and parameters.
        usage: String,
        /// What it can give, in the order of the manual.
        errors: Vec<Errno>,
    },
    /// A constant of C and its value.
    Constant(String, i64),
    /// An error, and the call of its line.
    Error(Errno, Option<&'static str>),
    /// A preemption point.
    Point(Point),
    /// A variable, and the line that binds it last before this place.
    Name(String, u32),
    /// A task, and the line that names it first.
    Task(String, u32),
}

/// The text with every line in its canonical form. A line that cannot be read stays as it is.
pub fn format(source: &str) -> String {
    let (script, diagnostics) = parse(source);
    let mut broken: Vec<usize> = diagnostics.iter().map(|d| d.line_column(source).0).collect();
    broken.dedup();
    let mut out = String::with_capacity(source.len());
    for (at, text) in source.lines().enumerate() {
        let is_read = |line: &&crate::script::ast::Line| line.number as usize == at + 1;
        match script.lines.get(at).filter(is_read) {
            Some(line) if !broken.contains(&(at + 1)) => out += &line.to_string(),
            _ => out += text,
        }
        out.push('\n');
    }
    if !source.ends_with('\n') {
        out.pop();
    }
    out
}

/// The place in bytes of a place in UTF-16 units, as JavaScript counts; what is past the end is it.
pub fn byte_of(source: &str, utf16: usize) -> usize {
    let mut units = 0;
    for (at, c) in source.char_indices() {
        if units >= utf16 {
            return at;
        }
        units += c.len_utf16();
    }
    source.len()
}

/// The place in UTF-16 units of a place in bytes.
pub fn utf16_of(source: &str, byte: usize) -> usize {
    let byte = source.floor_char_boundary(byte);
    source[..byte].encode_utf16().count()
}

/// A name with the line on which it stands, and what kind of call gave it.
struct Bound<'a> {
    name: &'a str,
    line: u32,
    is_ep: bool,
}

/// The names that lines before one bind; the last binding of each, in order of their lines.
fn bound(script: &Script, before: u32) -> Vec<Bound<'_>> {
    let mut all: Vec<Bound<'_>> = Vec::new();
    for (line, statement) in script.statements().take_while(|(line, _)| line.number < before) {
        let Statement::Call { binding, call, .. } = statement else { continue };
        let names: &[_] = match binding {
            Binding::None => &[],
            Binding::One(name) => &[name],
            Binding::Two(first, second) => &[first, second],
        };
        for name in names {
            all.retain(|bound| bound.name != name.node);
            let is_ep = call.name.node.starts_with("epoll_create");
            all.push(Bound { name: &name.node, line: line.number, is_ep });
        }
    }
    all
}

/// The tasks that a script names, in order, each with the line that names it first.
fn tasks(script: &Script) -> Vec<(&str, u32)> {
    let mut all: Vec<(&str, u32)> = Vec::new();
    for line in &script.lines {
        let Some(Content::Statement(statement)) = line.content.as_ref().map(|c| &c.node) else {
            continue;
        };
        let (Statement::Call { task, .. }
        | Statement::Continue { task }
        | Statement::Check { task, .. }) = statement
        else {
            continue;
        };
        if all.iter().all(|(name, _)| *name != task.node) {
            all.push((&task.node, line.number));
        }
    }
    all
}
