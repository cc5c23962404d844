//! What a word is.

use crate::kernel::abi::{Errno, constant};
use crate::script::parse;
use crate::session::hints::Hint;
use crate::session::lower::usage;
use crate::trace::event::Point;

use super::context::{Context, context, line_around, trailing, word_around};
use super::{Help, Word, bound, tasks};

/// What the word at a place of the text is, if that is known; the place is in bytes.
pub fn help(source: &str, at: usize) -> Option<Help> {
    let at = source.floor_char_boundary(at);
    let range = word_around(source, at);
    let name = &source[range.clone()];
    let line = line_around(source, at);
    let context = context(&source[line.start..range.start]);
    if name.is_empty() || matches!(context, Context::Silent | Context::Key) {
        return None;
    }
    let rest = source[range.end..line.end].trim_start();
    let word = if let Some(call) = call(name).filter(|_| rest.starts_with('(')) {
        call
    } else if matches!(context, Context::Point { .. }) {
        Word::Point(Point::from_name(name)?)
    } else {
        other(source, &context, name, line.start)?
    };
    Some(Help { range, word })
}

fn call(name: &str) -> Option<Word> {
    let hint = Hint::of(name)?;
    let errors = hint.errors.split_whitespace().filter_map(Errno::from_name).collect();
    Some(Word::Call { name: hint.name, usage: usage(hint.name)?, errors })
}

fn other(source: &str, context: &Context, name: &str, line_start: usize) -> Option<Word> {
    let number = source[..line_start].bytes().filter(|byte| *byte == b'\n').count() as u32 + 1;
    let (script, _) = parse(source);
    let is_task = matches!(context, Context::Start)
        || matches!(context, Context::Argument { call, number: 0, .. } if takes_task(call));
    if is_task {
        let tasks = tasks(&script);
        let (name, line) = tasks.into_iter().find(|(task, _)| *task == name)?;
        return Some(Word::Task(name.to_owned(), line));
    }
    // A name that the line itself binds is known here, too.
    let all = bound(&script, number + 1);
    if let Some(bound) = all.iter().find(|bound| bound.name == name) {
        return Some(Word::Name(bound.name.to_owned(), bound.line));
    }
    if let Some(value) = constant(name) {
        return Some(Word::Constant(name.to_owned(), value));
    }
    let errno = Errno::from_name(name)?;
    let call = match context {
        Context::Result { call: Some(call), .. } => Hint::of(call).map(|hint| hint.name),
        _ => None,
    };
    Some(Word::Error(errno, call))
}

fn takes_task(call: &str) -> bool {
    let call = &call[call.len() - trailing(call)..];
    ["kill", "run", "hold", "release", "fork"].contains(&call)
}
