//! Values: what stands between a call's parentheses and behind the arrows.

use winnow::Parser;
use winnow::ascii::space0;
use winnow::combinator::{opt, peek, preceded};
use winnow::stream::Location;
use winnow::token::{one_of, take_while};

use super::Input;
use super::failure::{Failure, Parsed, line_ends, next_token, unexpected, wrong};
use super::number::{Number, number};
use super::string::string;
use crate::script::ast::{Expected, Spanned, Term, Value};
use crate::tr;

/// How deep lists and braces may stand in each other. The format needs three; the limit is there
/// because the parser calls itself.
const DEEPEST: usize = 16;

/// How an event is written.
const AN_EVENT: &str = "{EPOLLIN, 7}";

/// A name of a task, a variable, a constant or a call.
pub(super) fn name(input: &mut Input<'_>) -> Parsed<Spanned<String>> {
    let (word, span) =
        take_while(1.., |c: char| c.is_alphanumeric() || c == '_').with_span().parse_next(input)?;
    match word.char_indices().find(|(_, c)| !c.is_ascii()) {
        _ if word.starts_with(|c: char| c.is_ascii_digit()) => Err(Failure::NotThis),
        Some((at, c)) => {
            let at = span.start + at;
            let message = tr!("script-in-a-name", text = c.to_string());
            Err(wrong(at..at + c.len_utf8(), message, tr!("script-letters")))
        }
        None => Ok(Spanned::new(word.to_owned(), span)),
    }
}

/// What may stand behind `->` and `=>`.
pub(super) fn expected(input: &mut Input<'_>) -> Parsed<Spanned<Expected>> {
    space0.parse_next(input)?;
    if next_token(input).is_none() {
        return Err(unexpected(input, tr!("script-a-result")));
    }
    let Spanned { node, span } = value(input, 0)?;
    let expected = match single_name(&node) {
        Some("_") => Expected::Anything,
        Some("blocks") => Expected::Blocks,
        _ => Expected::Value(node),
    };
    Ok(Spanned::new(expected, span))
}

/// The arguments of a call, behind its `(`.
pub(super) fn arguments(input: &mut Input<'_>) -> Parsed<Vec<Spanned<Value>>> {
    sequence(input, '(', ')', 0)
}

/// One value; it stands inside `depth` lists and braces.
fn value(input: &mut Input<'_>, depth: usize) -> Parsed<Spanned<Value>> {
    let unplaced = |input: &mut Input<'_>| match input.chars().next() {
        Some('"') => string.map(Value::Bytes).parse_next(input),
        Some('[') => parts(input, '[', ']', depth).map(Value::List),
        Some('{') => parts(input, '{', '}', depth).map(Value::Braces),
        _ => number_or_name(input),
    };
    let (node, span) = unplaced.with_span().parse_next(input)?;
    Ok(Spanned::new(node, span))
}

/// `[a, b]` or `{a, b}`, with the bracket that opens it.
fn parts(
    input: &mut Input<'_>,
    open: char,
    close: char,
    depth: usize,
) -> Parsed<Vec<Spanned<Value>>> {
    let (_, span) = open.with_span().parse_next(input)?;
    if depth == DEEPEST {
        let expected = tr!("script-deepest", most = DEEPEST);
        return Err(wrong(span, tr!("script-too-deep"), expected));
    }
    sequence(input, open, close, depth + 1)
}

/// Values with commas between them, and `close`.
fn sequence(
    input: &mut Input<'_>,
    open: char,
    close: char,
    depth: usize,
) -> Parsed<Vec<Spanned<Value>>> {
    let mut values = Vec::new();
    if opt((space0, close)).parse_next(input)?.is_some() {
        return Ok(values);
    }
    loop {
        space0.parse_next(input)?;
        if next_token(input).is_none() {
            let first = if values.is_empty() { "yes" } else { "no" };
            let expected = tr!("script-value-and-close", first = first, close = close.to_string());
            return Err(not_closed(input, open, expected));
        }
        values.push(value(input, depth)?);
        match opt(preceded(space0, one_of([',', close]))).parse_next(input)? {
            Some(',') => {}
            Some(_) => return Ok(values),
            None if next_token(input).is_none() => {
                return Err(not_closed(input, open, comma_or(close)));
            }
            None => return Err(unexpected(input, comma_or(close))),
        }
    }
}

fn comma_or(close: char) -> String {
    tr!("script-comma-or-close", close = close.to_string())
}

fn not_closed(input: &Input<'_>, open: char, expected: String) -> Failure {
    line_ends(input, tr!("script-not-closed", open = open.to_string()), expected)
}

/// `100ms`, `NULL`, or names and integers joined by `|`.
fn number_or_name(input: &mut Input<'_>) -> Parsed<Value> {
    let first = match term(input)? {
        Ok(Spanned { node: Term::Name(name), .. }) if name == "NULL" => return Ok(Value::Null),
        Ok(term) => term,
        Err(value) => return Ok(value),
    };
    let mut terms = vec![first];
    while opt((space0, '|', space0)).parse_next(input)?.is_some() {
        if input.starts_with('|') {
            return Err(unexpected(input, tr!("script-single-bar")));
        }
        if !starts_term(input) {
            return Err(unexpected(input, tr!("script-a-flag")));
        }
        let start = input.current_token_start();
        match term(input)? {
            Ok(Spanned { node: Term::Name(name), span }) if name == "NULL" => {
                return Err(wrong(span, tr!("script-null-among-flags"), tr!("script-a-flag")));
            }
            Ok(term) => terms.push(term),
            Err(_) => {
                let span = start..input.current_token_start();
                let message = tr!("script-duration-among-flags");
                return Err(wrong(span, message, tr!("script-a-flag")));
            }
        }
    }
    Ok(Value::Or(terms))
}

/// A name or an integer; a number that is a duration comes out as the value that it is.
fn term(input: &mut Input<'_>) -> Parsed<Result<Spanned<Term>, Value>> {
    if let Some(name) = opt(name).parse_next(input)? {
        if opt(peek((space0, '('))).parse_next(input)?.is_some() {
            let message = tr!("script-call-inside", call = name.node.as_str());
            return Err(wrong(name.span, message, tr!("script-variable-own-line")));
        }
        return Ok(Ok(Spanned::new(Term::Name(name.node), name.span)));
    }
    match opt(number.with_span()).parse_next(input)? {
        Some((Number::Int(int), span)) => Ok(Ok(Spanned::new(Term::Int(int), span))),
        Some((Number::Duration(duration), _)) => Ok(Err(Value::Duration(duration))),
        None => Err(no_value(input)),
    }
}

fn starts_term(input: &Input<'_>) -> bool {
    input.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '-'))
}

/// Nothing that begins a value comes next.
fn no_value(input: &Input<'_>) -> Failure {
    let expected = match next_token(input).and_then(|(token, _)| token.chars().next()) {
        Some('\'' | '“' | '”' | '„' | '«' | '‘' | '’' | '`') => {
            tr!("script-double-quotes")
        }
        Some('&' | '*') => {
            tr!("script-in-place", event = AN_EVENT)
        }
        Some('-') if input.starts_with("-E") => tr!("script-error-alone"),
        Some('-') => tr!("script-digits-at-once"),
        Some('−' | '–' | '—') => tr!("script-plain-minus"),
        Some('(') => tr!("script-no-parentheses"),
        _ => tr!("script-a-value", event = AN_EVENT),
    };
    unexpected(input, expected)
}

fn single_name(value: &Value) -> Option<&str> {
    match value {
        Value::Or(terms) => match terms.as_slice() {
            [Spanned { node: Term::Name(name), .. }] => Some(name),
            _ => None,
        },
        _ => None,
    }
}

/// `text`, perhaps behind white space.
pub(super) fn symbol<'s>(text: &'static str) -> impl Parser<Input<'s>, &'s str, Failure> {
    preceded(space0, text)
}
