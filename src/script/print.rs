//! Statements back to text, in the one canonical form: reading it gives the same tree again.

use std::fmt::{Display, Formatter, Result, Write};

use super::ast::{
    Base, Binding, Call, Content, Duration, Expected, Int, Line, Script, Spanned, Statement, Term,
    Unit, Value,
};
use super::parse::BARE_KEY;

/// Every line with a line break behind it.
impl Display for Script {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        self.lines.iter().try_for_each(|line| writeln!(f, "{line}"))
    }
}

/// The line without a line break. A line that could not be read prints as a blank one.
impl Display for Line {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        if let Some(content) = &self.content {
            write!(f, "{content}")?;
        }
        let Some(comment) = &self.comment else {
            return Ok(());
        };
        f.write_str(if self.content.is_some() { "  #" } else { "#" })?;
        if !comment.is_empty() {
            f.write_char(' ')?;
        }
        write_in_one_line(f, comment)
    }
}

impl Display for Content {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Content::Metadata { key, value } if value.is_empty() => match key.as_str() {
                BARE_KEY => write!(f, "#: {key}"),
                _ => write!(f, "#: {key} ="),
            },
            Content::Metadata { key, value } => {
                write!(f, "#: {key} = ")?;
                write_in_one_line(f, value)
            }
            Content::Statement(statement) => statement.fmt(f),
        }
    }
}

impl Display for Statement {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Statement::Call { task, binding, call, stop_at, expected } => {
                write!(f, "{task}: {binding}{call}")?;
                if let Some(point) = stop_at {
                    write!(f, " @ {point}")?;
                }
                match expected {
                    Some(expected) => write!(f, " -> {expected}"),
                    None => Ok(()),
                }
            }
            Statement::Continue { task } => write!(f, "{task}: continue"),
            Statement::Check { task, expected } => write!(f, "{task} => {expected}"),
            Statement::Advance { by_ns } => write!(f, "advance {}", Duration::from_ns(**by_ns)),
        }
    }
}

/// With the ` = ` that stands before the call.
impl Display for Binding {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Binding::None => Ok(()),
            Binding::One(name) => write!(f, "{name} = "),
            Binding::Two(first, second) => write!(f, "[{first}, {second}] = "),
        }
    }
}

impl Display for Call {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        write!(f, "{}(", self.name)?;
        write_joined(f, &self.args, ", ")?;
        f.write_char(')')
    }
}

impl Display for Expected {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Expected::Anything => f.write_char('_'),
            Expected::Blocks => f.write_str("blocks"),
            Expected::Value(value) => value.fmt(f),
        }
    }
}

impl Display for Value {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Value::Or(terms) => write_joined(f, terms, "|"),
            Value::Bytes(bytes) => write_string(f, bytes),
            Value::Duration(duration) => duration.fmt(f),
            Value::List(values) => {
                f.write_char('[')?;
                write_joined(f, values, ", ")?;
                f.write_char(']')
            }
            Value::Braces(values) => {
                f.write_char('{')?;
                write_joined(f, values, ", ")?;
                f.write_char('}')
            }
            Value::Null => f.write_str("NULL"),
        }
    }
}

impl Display for Term {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Term::Name(name) => f.write_str(name),
            Term::Int(int) => int.fmt(f),
        }
    }
}

impl Display for Int {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let sign = if self.value < 0 { "-" } else { "" };
        let magnitude = self.value.unsigned_abs();
        match self.base {
            Base::Decimal => write!(f, "{sign}{magnitude}"),
            Base::Hexadecimal => write!(f, "{sign}{magnitude:#x}"),
        }
    }
}

impl Display for Duration {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        write!(f, "{}{}", self.count, self.unit)
    }
}

impl Display for Unit {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_str(match self {
            Unit::Nanoseconds => "ns",
            Unit::Microseconds => "us",
            Unit::Milliseconds => "ms",
            Unit::Seconds => "s",
        })
    }
}

impl<T: Display> Display for Spanned<T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        self.node.fmt(f)
    }
}

fn write_joined(f: &mut Formatter<'_>, parts: &[impl Display], separator: &str) -> Result {
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            f.write_str(separator)?;
        }
        write!(f, "{part}")?;
    }
    Ok(())
}

/// Free text that a program put together may hold line breaks; they must not begin a statement.
fn write_in_one_line(f: &mut Formatter<'_>, text: &str) -> Result {
    text.chars().try_for_each(|c| f.write_char(if c == '\n' { ' ' } else { c }))
}

/// In double quotes; characters that can be seen stand as they are, all else is escaped.
fn write_string(f: &mut Formatter<'_>, bytes: &[u8]) -> Result {
    f.write_char('"')?;
    let mut rest = bytes;
    while let Some((&first, further)) = rest.split_first() {
        let text = longest_text(rest);
        match text.chars().next().filter(|&c| is_visible(c)) {
            Some(c) => {
                f.write_char(c)?;
                rest = &rest[c.len_utf8()..];
            }
            None => {
                write_escape(f, first, further.first())?;
                rest = further;
            }
        }
    }
    f.write_char('"')
}

/// The character at the beginning of `bytes`, if they begin with one.
fn longest_text(bytes: &[u8]) -> &str {
    let few = &bytes[..bytes.len().min(4)];
    few.utf8_chunks().next().map_or("", |chunk| chunk.valid())
}

fn is_visible(c: char) -> bool {
    match c {
        '"' | '\\' => false,
        '\'' => true,
        _ => c.escape_debug().count() == 1,
    }
}

fn write_escape(f: &mut Formatter<'_>, byte: u8, next: Option<&u8>) -> Result {
    match byte {
        b'\n' => f.write_str("\\n"),
        b'\t' => f.write_str("\\t"),
        b'\r' => f.write_str("\\r"),
        0x07 => f.write_str("\\a"),
        0x08 => f.write_str("\\b"),
        0x0c => f.write_str("\\f"),
        0x0b => f.write_str("\\v"),
        b'"' => f.write_str("\\\""),
        b'\\' => f.write_str("\\\\"),
        // A digit behind `\0` would be read as part of it.
        0 if !next.is_some_and(u8::is_ascii_digit) => f.write_str("\\0"),
        _ => write!(f, "\\x{byte:02x}"),
    }
}
