//! Where in a line a place is: told from the text before it, which need not be readable.

use std::ops::Range;

/// A place in a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Context {
    /// In a comment or a string: nothing is known.
    Silent,
    /// In the key of a line of metadata.
    Key,
    /// Where a line begins.
    Start,
    /// Where a call begins.
    Call,
    /// In an argument of a call, counted from 0.
    Argument {
        call: String,
        number: usize,
        /// Inside braces: in an event, an entry of `poll`.
        in_braces: bool,
    },
    /// Behind `->` or `=>`; with the line's call, if it has one.
    Result { call: Option<String>, in_braces: bool },
    /// Behind `@`.
    Point { call: String },
}

/// The line around a place, as a range of bytes without its line break.
pub(super) fn line_around(source: &str, at: usize) -> Range<usize> {
    let start = source[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let end = source[at..].find('\n').map_or(source.len(), |newline| at + newline);
    start..end
}

/// The name around a place, as a range of bytes; empty where there is none.
pub(super) fn word_around(source: &str, at: usize) -> Range<usize> {
    let start = at - trailing(&source[..at]);
    let is_part = |byte: &u8| is_of_name(*byte);
    let end = at + source.as_bytes()[at..].iter().take_while(|byte| is_part(byte)).count();
    start..end
}

/// How many bytes at the end of a text belong to a name.
pub(super) fn trailing(text: &str) -> usize {
    text.bytes().rev().take_while(|byte| is_of_name(*byte)).count()
}

fn is_of_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// Where a line goes on behind this beginning of it.
pub(super) fn context(before: &str) -> Context {
    let before = &before[..before.len() - trailing(before)];
    let trimmed = before.trim_start();
    if let Some(meta) = trimmed.strip_prefix("#:") {
        return if meta.trim().is_empty() { Context::Key } else { Context::Silent };
    }
    let Some(bare) = without_strings(before) else { return Context::Silent };
    if bare.trim().is_empty() {
        return Context::Start;
    }
    let arrow = bare.rfind("->").max(bare.rfind("=>"));
    let call = name_of_call(&bare);
    if let Some(arrow) = arrow {
        return Context::Result { call, in_braces: depth(&bare[arrow..], '{', '}') > 0 };
    }
    if bare.trim_end().ends_with('@') {
        return call.map_or(Context::Silent, |call| Context::Point { call });
    }
    let Some((_, rest)) = bare.split_once(':') else { return Context::Silent };
    if depth(rest, '(', ')') > 0 {
        let Some((_, arguments)) = rest.split_once('(') else { return Context::Silent };
        return Context::Argument {
            call: call.unwrap_or_default(),
            number: commas(arguments),
            in_braces: depth(arguments, '{', '}') > 0,
        };
    }
    match rest.trim_end().chars().last() {
        None | Some('=') => Context::Call,
        _ => Context::Silent,
    }
}

/// The line without what is in strings; none if it ends in one, or in a comment.
fn without_strings(line: &str) -> Option<String> {
    let mut out = String::new();
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        match c {
            '#' => return None,
            '"' => loop {
                match chars.next()? {
                    '"' => break,
                    '\\' => {
                        chars.next()?;
                    }
                    _ => {}
                }
            },
            c => out.push(c),
        }
    }
    Some(out)
}

fn name_of_call(bare: &str) -> Option<String> {
    let (head, _) = bare.split_once('(')?;
    let head = head.trim_end();
    let name = &head[head.len() - trailing(head)..];
    (!name.is_empty()).then(|| name.to_owned())
}

fn depth(text: &str, open: char, close: char) -> usize {
    text.chars().fold(0_usize, |depth, c| match c {
        c if c == open => depth + 1,
        c if c == close => depth.saturating_sub(1),
        _ => depth,
    })
}

/// The commas that stand in no brackets.
fn commas(arguments: &str) -> usize {
    let mut depth = 0_usize;
    let mut count = 0;
    for c in arguments.chars() {
        match c {
            '{' | '[' => depth += 1,
            '}' | ']' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => count += 1,
            _ => {}
        }
    }
    count
}
