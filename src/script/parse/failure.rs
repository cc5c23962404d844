//! Why a parser stopped, and how that is put into words.

use winnow::Parser;
use winnow::ascii::space0;
use winnow::error::ParserError;
use winnow::stream::{Location, Stream};

use super::Input;
use crate::script::ast::Span;
use crate::script::diagnostic::Diagnostic;
use crate::tr;

/// What a parser returns.
pub(super) type Parsed<T> = winnow::Result<T, Failure>;

/// Why a parser stopped.
#[derive(Debug)]
pub(super) enum Failure {
    /// This is not what the parser is for; another one may fit.
    NotThis,
    /// It is what the parser is for, and it is wrong: no other parser is tried.
    Wrong(Diagnostic),
}

impl<I: Stream> ParserError<I> for Failure {
    type Inner = Self;

    fn from_input(_input: &I) -> Self {
        Failure::NotThis
    }

    fn is_backtrack(&self) -> bool {
        matches!(self, Failure::NotThis)
    }

    fn into_inner(self) -> Result<Self, Self> {
        Ok(self)
    }
}

/// The text at `span` is wrong.
pub(super) fn wrong(
    span: Span,
    message: impl Into<String>,
    expected: impl Into<String>,
) -> Failure {
    Failure::Wrong(Diagnostic::new(span, message, expected))
}

/// What comes next, white space apart, is not what the grammar has here.
pub(super) fn unexpected(input: &Input<'_>, expected: impl Into<String>) -> Failure {
    match next_token(input) {
        Some((token, span)) => wrong(span, tr!("script-unexpected", text = quote(token)), expected),
        None => line_ends(input, tr!("script-ends-too-early"), expected),
    }
}

/// The line ends here and must not.
pub(super) fn line_ends(
    input: &Input<'_>,
    message: impl Into<String>,
    expected: impl Into<String>,
) -> Failure {
    let end = input.current_token_start();
    wrong(end..end, message, expected)
}

/// What comes next, white space apart, as a person would point at it: a word, a string, an
/// operator, a character. `None` at the end of the line and before a comment.
pub(super) fn next_token<'s>(input: &Input<'s>) -> Option<(&'s str, Span)> {
    let mut ahead = *input;
    let _ = space0::<_, Failure>.parse_next(&mut ahead);
    let rest: &str = ahead.as_ref();
    let first = rest.chars().next().filter(|&first| first != '#')?;
    let length = match first {
        '"' => rest[1..].find('"').map_or(rest.trim_end().len(), |end| end + 2),
        _ if is_word(first) => run_length(rest, is_word),
        _ if is_operator(first) => run_length(rest, is_operator),
        _ => first.len_utf8(),
    };
    let start = ahead.current_token_start();
    Some((&rest[..length], start..start + length))
}

/// `text` in double quotes; shortened if it is long, spelt out if it cannot be seen.
pub(super) fn quote(text: &str) -> String {
    const LONGEST: usize = 40;
    let mut characters = text.chars();
    if let (Some(only), None) = (characters.next(), characters.next())
        && (only.is_whitespace() || only.escape_debug().count() > 1)
        && !matches!(only, '"' | '\'' | '\\')
    {
        return tr!("script-character", code = format!("U+{:04X}", u32::from(only)));
    }
    if text.starts_with('"') {
        // A string as it stands: quoting the quotes would only confuse.
        let is_short = text.ends_with('"') && text.chars().count() <= LONGEST;
        return if is_short { text.into() } else { tr!("script-string") };
    }
    match text.char_indices().nth(LONGEST) {
        Some((cut, _)) => format!("\"{}…\"", &text[..cut]),
        None => format!("\"{text}\""),
    }
}

/// Part of a name or a number, in any language: `2fd`, `añadir`.
fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn is_operator(c: char) -> bool {
    matches!(c, '=' | '<' | '>' | '-' | '|' | '&' | ':' | '+' | '/' | '*')
}

fn run_length(text: &str, belongs: fn(char) -> bool) -> usize {
    text.find(|c| !belongs(c)).unwrap_or(text.len())
}
