//! Reads scenario text, line by line, so that one bad line hides no other.
//!
//! The parsers stop with a [`Failure`] that says in words what is wrong; each is an ordinary
//! winnow parser over the whole source with everything behind the current line cut off, so spans
//! need no conversion. White space before a part is skipped by whoever asks for the part.

mod failure;
mod number;
mod string;
mod value;

use winnow::Parser;
use winnow::ascii::space0;
use winnow::combinator::{not, opt, peek, preceded};
use winnow::stream::{LocatingSlice, Location, UpdateSlice};
use winnow::token::{one_of, rest, take_while};

use self::failure::{Failure, Parsed, line_ends, next_token, unexpected, wrong};
use self::number::{Number, number};
use self::value::{arguments, expected, name, symbol};
use super::ast::{Binding, Call, Content, Line, Script, Span, Spanned, Statement};
use super::diagnostic::{BYTE_ORDER_MARK, Diagnostic};
use crate::tr;

/// The rest of a line, with its place in the whole source.
type Input<'s> = LocatingSlice<&'s str>;

/// The key of metadata that may stand without a value.
pub(super) const BARE_KEY: &str = "sim-only";

/// Reads a scenario. The diagnostics are in the order of the lines, at most one for each; a line
/// that has one is in the script too, with no content and no comment.
pub fn parse(source: &str) -> (Script, Vec<Diagnostic>) {
    let mut reading = Reading::default();
    reading.work(source, &mut || true);
    (reading.script, reading.diagnostics)
}

/// A scenario in the midst of being read: a long one need not be read in one go.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The lines so far.
    pub script: Script,
    /// What was wrong with them.
    pub diagnostics: Vec<Diagnostic>,
    /// Where the next line begins.
    at: usize,
}

impl Reading {
    /// Reads the lines from `at` on only, the first of which has this number.
    pub fn from(at: usize, number: u32) -> Reading {
        let before = (1..number).map(|number| Line { number, content: None, comment: None });
        Reading { script: Script { lines: before.collect() }, diagnostics: Vec::new(), at }
    }

    /// Goes on, line by line, as long as `goes_on` says so; gives whether all is read. The source
    /// is the same each time.
    pub fn work(&mut self, source: &str, goes_on: &mut dyn FnMut() -> bool) -> bool {
        if self.at == 0 && source.starts_with(BYTE_ORDER_MARK) {
            self.at = BYTE_ORDER_MARK.len_utf8();
        }
        while self.at < source.len() {
            let rest = &source[self.at..];
            let text = rest.split_inclusive('\n').next().unwrap_or(rest);
            let end = self.at + text.trim_end_matches(['\n', '\r']).len();
            self.read(source, self.at..end);
            self.at += text.len();
            if !goes_on() {
                return self.at == source.len();
            }
        }
        true
    }

    fn read(&mut self, source: &str, span: Span) {
        let number = u32::try_from(self.script.lines.len() + 1).unwrap_or(u32::MAX);
        let mut input = Input::new(source).update_slice(&source[span.clone()]);
        let (content, comment) = line(&mut input).unwrap_or_else(|failure| {
            self.diagnostics.push(complain(source, span, failure));
            (None, None)
        });
        self.script.lines.push(Line { number, content, comment });
    }
}

/// A place without extent is moved back over white space: what is missing is missed there.
fn complain(source: &str, line: Span, failure: Failure) -> Diagnostic {
    match failure {
        Failure::Wrong(mut diagnostic) => {
            if diagnostic.span.is_empty() {
                let before = &source[line.start..diagnostic.span.start];
                let end = line.start + before.trim_end().len();
                diagnostic.span = end..end;
            }
            diagnostic
        }
        Failure::NotThis => Diagnostic::new(line, tr!("script-no-statement"), "`T: call(…)`"),
    }
}

fn line(input: &mut Input<'_>) -> Parsed<(Option<Spanned<Content>>, Option<String>)> {
    space0.parse_next(input)?;
    if let Some((metadata, span)) = opt(metadata.with_span()).parse_next(input)? {
        return Ok((Some(Spanned::new(metadata, span)), None));
    }
    let content = match next_token(input) {
        None => None,
        Some(_) => {
            let (statement, span) = statement.with_span().parse_next(input)?;
            end(input, &statement)?;
            Some(Spanned::new(Content::Statement(statement), span))
        }
    };
    let comment = opt(preceded((space0, '#'), rest)).parse_next(input)?;
    Ok((content, comment.map(|comment: &str| comment.trim().to_owned())))
}

/// `#: key = value`, or `#: sim-only`. A key is one word; which word is free.
fn metadata(input: &mut Input<'_>) -> Parsed<Content> {
    "#:".parse_next(input)?;
    space0.parse_next(input)?;
    let (text, span) = rest.with_span().parse_next(input)?;
    let (key, value) = match text.split_once('=') {
        Some((key, value)) => (key.trim(), Some(value.trim())),
        None => (text.trim(), None),
    };
    let key_span = span.start..span.start + key.len();
    if key.is_empty() {
        return Err(wrong(key_span, tr!("script-key-missing"), "`#: key = value`"));
    }
    if key.contains(char::is_whitespace) {
        return Err(wrong(key_span, tr!("script-key-spaces"), tr!("script-key-one-word")));
    }
    if value.is_none() && key != BARE_KEY {
        let expected = tr!("script-key-value-or-comment", key = key);
        return Err(wrong(key_span, tr!("script-key-without-value"), expected));
    }
    Ok(Content::Metadata { key: key.to_owned(), value: value.unwrap_or_default().to_owned() })
}

fn statement(input: &mut Input<'_>) -> Parsed<Statement> {
    let Some(task) = opt(name).parse_next(input)? else {
        return Err(no_task(input));
    };
    if opt(symbol("=>")).parse_next(input)?.is_some() {
        let expected = expected(input)?;
        return Ok(Statement::Check { task, expected });
    }
    if opt(symbol(":")).parse_next(input)?.is_some() {
        space0.parse_next(input)?;
        return turn(input, task);
    }
    if *task == "advance" {
        return advance(input).map(|by_ns| Statement::Advance { by_ns });
    }
    Err(not_a_task(input, &task))
}

/// What stands behind `advance`.
fn advance(input: &mut Input<'_>) -> Parsed<Spanned<u64>> {
    space0.parse_next(input)?;
    match opt(number.with_span()).parse_next(input)? {
        Some((Number::Duration(by), span)) => Ok(Spanned::new(by.as_ns(), span)),
        Some((Number::Int(_), span)) => {
            Err(wrong(span, tr!("script-no-unit"), tr!("script-a-duration")))
        }
        None => Err(unexpected(input, tr!("script-a-duration"))),
    }
}

/// What stands behind `T:`.
fn turn(input: &mut Input<'_>, task: Spanned<String>) -> Parsed<Statement> {
    if let Some(binding) = opt(two_names).parse_next(input)? {
        return call(input, task, binding);
    }
    let Some(first) = opt(name).parse_next(input)? else {
        return Err(no_call(input, &task));
    };
    if opt(equals).parse_next(input)?.is_some() {
        return call(input, task, Binding::One(first));
    }
    let opens = opt(peek(symbol("("))).parse_next(input)?.is_some();
    match first.as_str() {
        "continue" if !opens => Ok(Statement::Continue { task }),
        "advance" if !opens => {
            let message = tr!("script-advance-not-for-task");
            Err(wrong(first.span, message, tr!("script-advance-own-line")))
        }
        _ if next_token(input).is_some_and(|(token, _)| token == ",") => {
            let name = first.node.as_str();
            Err(unexpected(input, tr!("script-brackets-around", name = name)))
        }
        _ => call_of(input, task, Binding::None, first),
    }
}

/// `[a, b] =`
fn two_names(input: &mut Input<'_>) -> Parsed<Binding> {
    '['.parse_next(input)?;
    let first = bound_name(input)?;
    if opt(symbol(",")).parse_next(input)?.is_none() {
        return Err(unexpected(input, tr!("script-second-name")));
    }
    let second = bound_name(input)?;
    if opt(symbol("]")).parse_next(input)?.is_none() {
        return Err(unexpected(input, tr!("script-two-at-most")));
    }
    if opt(equals).parse_next(input)?.is_none() {
        return Err(unexpected(input, tr!("script-equals-and-call")));
    }
    if *first == *second {
        let message = tr!("script-same-name-twice", name = second.node.as_str());
        return Err(wrong(second.span, message, tr!("script-two-different-names")));
    }
    Ok(Binding::Two(first, second))
}

fn bound_name(input: &mut Input<'_>) -> Parsed<Spanned<String>> {
    match opt(preceded(space0, name)).parse_next(input)? {
        Some(name) => Ok(name),
        None => Err(unexpected(input, tr!("script-name-to-bind"))),
    }
}

/// A `=` that does not begin `==` or `=>`.
fn equals(input: &mut Input<'_>) -> Parsed<()> {
    (space0, '=', not(one_of(['=', '>']))).void().parse_next(input)
}

/// A call from its name on.
fn call(input: &mut Input<'_>, task: Spanned<String>, binding: Binding) -> Parsed<Statement> {
    match opt(preceded(space0, name)).parse_next(input)? {
        Some(name) => call_of(input, task, binding, name),
        None => Err(unexpected(input, tr!("script-a-call"))),
    }
}

/// A call from its `(` on.
fn call_of(
    input: &mut Input<'_>,
    task: Spanned<String>,
    binding: Binding,
    name: Spanned<String>,
) -> Parsed<Statement> {
    if opt(symbol("(")).parse_next(input)?.is_none() {
        let expected = match next_token(input) {
            Some(("==" | ":=", _)) => tr!("script-equals-binds"),
            _ => tr!("script-open-and-arguments", call = name.node.as_str()),
        };
        return Err(unexpected(input, expected));
    }
    if *name == "continue" {
        let expected = format!("`{}: continue`", *task);
        return Err(wrong(name.span, tr!("script-continue-no-call"), expected));
    }
    let args = arguments(input)?;
    let span = name.span.start..input.current_token_start();
    let call = Spanned::new(Call { name, args }, span);
    let stop_at = match opt(symbol("@")).parse_next(input)? {
        Some(_) => Some(point(input)?),
        None => None,
    };
    let expected = match opt(symbol("->")).parse_next(input)? {
        Some(_) => Some(expected(input)?),
        None => None,
    };
    Ok(Statement::Call { task, binding, call, stop_at, expected })
}

/// The name of a preemption point.
fn point(input: &mut Input<'_>) -> Parsed<Spanned<String>> {
    let first = |c: char| c.is_ascii_alphabetic() || c == '_';
    let further = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | ':');
    let word = (one_of(first), take_while(0.., further)).take().with_span();
    match opt(preceded(space0, word)).parse_next(input)? {
        Some((point, span)) => Ok(Spanned::new(point.to_owned(), span)),
        None => Err(unexpected(input, tr!("script-point-name"))),
    }
}

/// Only a comment may follow a statement.
fn end(input: &mut Input<'_>, statement: &Statement) -> Parsed<()> {
    let Some((token, span)) = next_token(input) else {
        return Ok(());
    };
    if token.starts_with("//") || token.starts_with("/*") {
        return Err(unexpected(input, tr!("script-hash-before-comment")));
    }
    let expected = match statement {
        Statement::Call { call, expected: None, .. } => match token {
            "=>" | "=" | "-" | ">" | "→" | "⇒" | "==" => {
                tr!("script-arrow-before-result")
            }
            ")" => tr!("script-as-many-parentheses", call = call.name.node.as_str()),
            _ => tr!("script-arrow-or-end"),
        },
        Statement::Call { expected: Some(_), .. } if token == "@" => {
            tr!("script-point-before-arrow")
        }
        Statement::Call { expected: Some(_), .. } if token == "(" || token.starts_with('E') => {
            tr!("script-error-name-alone")
        }
        Statement::Continue { task } if matches!(token, "->" | "=>") => {
            tr!("script-end-after-continue", task = task.node.as_str())
        }
        _ => tr!("script-line-end"),
    };
    Err(wrong(span, tr!("script-unexpected", text = failure::quote(token)), expected))
}

/// The line begins with no name.
fn no_task(input: &Input<'_>) -> Failure {
    let expected = match next_token(input) {
        Some((token, _)) if token.starts_with("//") => tr!("script-hash-before-comment"),
        Some(("[", _)) => tr!("script-task-before-brackets"),
        Some((":", _)) => tr!("script-task-before-colon"),
        Some((token, _)) if token.starts_with(|c: char| c.is_numeric()) => {
            tr!("script-task-begins-with-letter")
        }
        _ => tr!("script-task-or-advance"),
    };
    unexpected(input, expected)
}

/// The line begins with a name, and then goes on as no statement does.
fn not_a_task(input: &Input<'_>, name: &Spanned<String>) -> Failure {
    let follows = next_token(input).map(|(token, _)| token).unwrap_or_default();
    let said = name.as_str();
    let span = name.span.clone();
    match follows {
        "" if said == "continue" => task_first(span, said.to_owned()),
        "" => line_ends(input, tr!("script-ends-too-early"), tr!("script-colon-and-call")),
        "(" => task_first(span, format!("{said}(…)")),
        "=" if input.contains('(') => task_first(span, format!("{said} = …")),
        "-" | "." if !input.starts_with(char::is_whitespace) => {
            let at = input.current_token_start();
            wrong(at..at + 1, tr!("script-in-a-name", text = follows), tr!("script-letters"))
        }
        "->" | "-" | ">" | "=" | "==" | "→" | "⇒" => {
            unexpected(input, tr!("script-arrow-for-blocked", task = said))
        }
        _ => unexpected(input, tr!("script-colon-behind", name = said)),
    }
}

fn task_first(span: Span, text: String) -> Failure {
    wrong(span, tr!("script-no-task-named"), tr!("script-task-first", text = text))
}

/// Nothing that begins a call comes behind `T:`.
fn no_call(input: &Input<'_>, task: &Spanned<String>) -> Failure {
    match next_token(input) {
        Some(("=>", _)) => {
            unexpected(input, tr!("script-without-colon", task = task.node.as_str()))
        }
        Some(("(", _)) => unexpected(input, tr!("script-brackets-around-pipe")),
        Some(("->", _)) | None => unexpected(input, tr!("script-a-call")),
        Some(_) => unexpected(input, tr!("script-call-or-continue")),
    }
}
