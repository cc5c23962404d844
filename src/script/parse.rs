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
use self::value::{LETTERS, arguments, expected, name, symbol};
use super::ast::{Binding, Call, Content, Line, Script, Span, Spanned, Statement};
use super::diagnostic::{BYTE_ORDER_MARK, Diagnostic};

/// The rest of a line, with its place in the whole source.
type Input<'s> = LocatingSlice<&'s str>;

const A_CALL: &str = "a call such as `epoll_wait(ep, 8, 0)`";
const A_DURATION: &str = "a duration such as `10ms`";
const LINE_END: &str = "the end of the line";

/// Reads a scenario. The diagnostics are in the order of the lines, at most one for each; a line
/// that has one is in the script too, with no content and no comment.
pub fn parse(source: &str) -> (Script, Vec<Diagnostic>) {
    let mut script = Script::default();
    let mut diagnostics = Vec::new();
    for (number, span) in (1..).zip(line_spans(source)) {
        let mut input = Input::new(source).update_slice(&source[span.clone()]);
        let (content, comment) = line(&mut input).unwrap_or_else(|failure| {
            diagnostics.push(complain(source, span, failure));
            (None, None)
        });
        script.lines.push(Line { number, content, comment });
    }
    (script, diagnostics)
}

/// Where the lines stand, without line breaks and without a byte order mark.
fn line_spans(source: &str) -> impl Iterator<Item = Span> {
    let text = source.strip_prefix(BYTE_ORDER_MARK).unwrap_or(source);
    let mut start = source.len() - text.len();
    text.split_inclusive('\n').map(move |line| {
        let span = start..start + line.trim_end_matches(['\n', '\r']).len();
        start += line.len();
        span
    })
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
        Failure::NotThis => Diagnostic::new(line, "this is no statement", "`T: call(…)`"),
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

/// `#: key = value` or `#: key`. A key is one word; which word is free.
fn metadata(input: &mut Input<'_>) -> Parsed<Content> {
    "#:".parse_next(input)?;
    space0.parse_next(input)?;
    let (text, span) = rest.with_span().parse_next(input)?;
    let (key, value) = text.split_once('=').unwrap_or((text, ""));
    let (key, value) = (key.trim(), value.trim());
    let key_span = span.start..span.start + key.len();
    if key.is_empty() {
        return Err(wrong(key_span, "metadata without a key", "`#: key = value`"));
    }
    if key.contains(char::is_whitespace) {
        let expected = "`#: key = value` with a key of one word, or `# ` for a comment";
        return Err(wrong(key_span, "white space in the key of metadata", expected));
    }
    Ok(Content::Metadata { key: key.to_owned(), value: value.to_owned() })
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
        Some((Number::Int(_), span)) => Err(wrong(span, "a number without a unit", A_DURATION)),
        None => Err(unexpected(input, A_DURATION)),
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
            let message = "`advance` is not for a task";
            Err(wrong(first.span, message, "`advance 10ms` on a line of its own"))
        }
        _ if next_token(input).is_some_and(|(token, _)| token == ",") => {
            let expected = format!("brackets around two names: `[{}, …] = …`", *first);
            Err(unexpected(input, expected))
        }
        _ => call_of(input, task, Binding::None, first),
    }
}

/// `[a, b] =`
fn two_names(input: &mut Input<'_>) -> Parsed<Binding> {
    '['.parse_next(input)?;
    let first = bound_name(input)?;
    if opt(symbol(",")).parse_next(input)?.is_none() {
        return Err(unexpected(input, "`,` and a second name, as in `[rd, wr] = pipe()`"));
    }
    let second = bound_name(input)?;
    if opt(symbol("]")).parse_next(input)?.is_none() {
        return Err(unexpected(input, "`]`, for a call gives two descriptors at most"));
    }
    if opt(equals).parse_next(input)?.is_none() {
        return Err(unexpected(input, "`=` and a call such as `pipe()`"));
    }
    Ok(Binding::Two(first, second))
}

fn bound_name(input: &mut Input<'_>) -> Parsed<Spanned<String>> {
    match opt(preceded(space0, name)).parse_next(input)? {
        Some(name) => Ok(name),
        None => Err(unexpected(input, "a name to bind, as in `[rd, wr] = pipe()`")),
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
        None => Err(unexpected(input, A_CALL)),
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
            Some(("==" | ":=", _)) => "`=`, which binds a result to a name".into(),
            _ => format!("`(` and the arguments of `{}`", *name),
        };
        return Err(unexpected(input, expected));
    }
    if *name == "continue" {
        let expected = format!("`{}: continue`", *task);
        return Err(wrong(name.span, "`continue` is no call", expected));
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
        None => Err(unexpected(input, "the name of a preemption point")),
    }
}

/// Only a comment may follow a statement.
fn end(input: &mut Input<'_>, statement: &Statement) -> Parsed<()> {
    let Some((token, span)) = next_token(input) else {
        return Ok(());
    };
    if token.starts_with("//") || token.starts_with("/*") {
        return Err(unexpected(input, "`#` before a comment"));
    }
    let expected = match statement {
        Statement::Call { call, expected: None, .. } => match token {
            "=>" | "=" | "-" | ">" | "→" | "⇒" | "==" => {
                "`->` before what a call must give".into()
            }
            ")" => format!("as many `)` as `(` in the call of `{}`", *call.name),
            _ => format!("`->` and a result, or {LINE_END}"),
        },
        Statement::Call { expected: Some(_), .. } if token == "@" => {
            "`@` and its point before `->`".into()
        }
        Statement::Call { expected: Some(_), .. } if token == "(" || token.starts_with('E') => {
            "the error's name alone, as in `-> EAGAIN`".into()
        }
        Statement::Continue { task } if matches!(token, "->" | "=>") => {
            format!("{LINE_END}; `{} => …` on the next line checks the result", **task)
        }
        _ => LINE_END.to_owned(),
    };
    Err(wrong(span, format!("unexpected {}", failure::quote(token)), expected))
}

/// The line begins with no name.
fn no_task(input: &Input<'_>) -> Failure {
    let expected = match next_token(input) {
        Some((token, _)) if token.starts_with("//") => "`#` before a comment",
        Some(("[", _)) => "the task's name first, as in `main: [rd, wr] = pipe()`",
        Some((":", _)) => "the task's name before the `:`, as in `main: nop()`",
        Some((token, _)) if token.starts_with(|c: char| c.is_numeric()) => {
            "a task's name, which begins with a letter"
        }
        _ => "a task's name, as in `main: nop()`, or `advance 10ms`",
    };
    unexpected(input, expected)
}

/// The line begins with a name, and then goes on as no statement does.
fn not_a_task(input: &Input<'_>, name: &Spanned<String>) -> Failure {
    const NO_TASK: &str = "no task is named";
    let follows = next_token(input).map(|(token, _)| token).unwrap_or_default();
    let said = name.as_str();
    let span = name.span.clone();
    match follows {
        "" if said == "continue" => wrong(span, NO_TASK, "the task first: `main: continue`"),
        "" => line_ends(input, "the line ends too early", format!("`:` and {A_CALL}")),
        "(" => wrong(span, NO_TASK, format!("the task first: `main: {said}(…)`")),
        "=" if input.contains('(') => {
            wrong(span, NO_TASK, format!("the task first: `main: {said} = …`"))
        }
        "-" | "." if !input.starts_with(char::is_whitespace) => {
            let at = input.current_token_start();
            wrong(at..at + 1, format!("\"{follows}\" in a name"), LETTERS)
        }
        "->" | "-" | ">" | "=" | "==" | "→" | "⇒" => {
            let expected = format!("`{said} => …` for what a blocked call gave");
            unexpected(input, expected)
        }
        _ => unexpected(input, format!("`:` behind `{said}` and a call, or `=>` and a result")),
    }
}

/// Nothing that begins a call comes behind `T:`.
fn no_call(input: &Input<'_>, task: &Spanned<String>) -> Failure {
    match next_token(input) {
        Some(("=>", _)) => unexpected(input, format!("`{} => …` without the `:`", **task)),
        Some(("(", _)) => unexpected(input, "brackets around two names: `[rd, wr] = pipe()`"),
        Some(("->", _)) | None => unexpected(input, A_CALL),
        Some(_) => unexpected(input, format!("{A_CALL}, or `continue`")),
    }
}
