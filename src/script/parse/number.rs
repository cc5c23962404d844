//! Integers and durations.

use winnow::Parser;
use winnow::ascii::space1;
use winnow::combinator::{alt, not, opt, peek, preceded, terminated};
use winnow::stream::Location;
use winnow::token::{one_of, take_while};

use super::Input;
use super::failure::{Parsed, quote, wrong};
use crate::script::ast::{Base, Duration, Int, Unit};
use crate::tr;

const LONGEST_NS: u64 = i64::MAX as u64;

/// A number as written.
#[derive(Debug)]
pub(super) enum Number {
    Int(Int),
    Duration(Duration),
}

/// `7`, `-1`, `0xff`, `100ms`.
pub(super) fn number(input: &mut Input<'_>) -> Parsed<Number> {
    let belongs = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.');
    let (text, span) = (opt('-'), one_of('0'..='9'), take_while(0.., belongs))
        .take()
        .with_span()
        .parse_next(input)?;
    let number = classify(text).map_err(|Complaint { from, message, expected }| {
        wrong(span.start + from..span.end, message, expected)
    })?;
    if let Number::Int(_) = number
        && let Some(unit) = opt(peek(lone_unit)).parse_next(input)?
    {
        let span = span.start..input.current_token_start();
        return Err(wrong(span, tr!("script-unit-at-once"), format!("`{text}{unit}`")));
    }
    Ok(number)
}

/// White space and a unit: what somebody writes who means `10ms` by `10 ms`.
fn lone_unit<'s>(input: &mut Input<'s>) -> Parsed<&'s str> {
    let unit = alt(("ns", "us", "ms", "s"));
    let word_goes_on = one_of(|c: char| c.is_alphanumeric() || c == '_');
    preceded(space1, terminated(unit, not(word_goes_on))).parse_next(input)
}

/// What is wrong with a number, from which byte of it on.
struct Complaint {
    from: usize,
    message: String,
    expected: String,
}

fn complaint<T>(
    from: usize,
    message: impl Into<String>,
    expected: impl Into<String>,
) -> Result<T, Complaint> {
    Err(Complaint { from, message: message.into(), expected: expected.into() })
}

/// Preconditions: `text` is a digit, perhaps behind a minus sign, and what belongs to it.
fn classify(text: &str) -> Result<Number, Complaint> {
    let (is_negative, body) = match text.strip_prefix('-') {
        Some(body) => (true, body),
        None => (false, text),
    };
    let hexadecimal = body.strip_prefix("0x").or_else(|| body.strip_prefix("0X"));
    let (base, body) = match hexadecimal {
        Some(body) => (Base::Hexadecimal, body),
        None => (Base::Decimal, body),
    };
    let radix = radix(base);
    let digits_end = body.find(|c: char| !c.is_digit(radix)).unwrap_or(body.len());
    let (digits, suffix) = body.split_at(digits_end);
    let suffix_at = text.len() - suffix.len();
    if digits.is_empty() {
        return complaint(0, tr!("script-no-hexadecimal"), tr!("script-hexadecimal"));
    }
    if base == Base::Decimal && digits.len() > 1 && digits.starts_with('0') {
        return complaint(0, tr!("script-no-octal"), tr!("script-decimal-or-hexadecimal"));
    }
    match unit(suffix) {
        _ if suffix.is_empty() => int(digits, base, is_negative).map(Number::Int),
        Some(_) if base == Base::Hexadecimal => {
            complaint(0, tr!("script-duration-hexadecimal"), tr!("script-decimal-unit"))
        }
        Some(_) if is_negative => {
            complaint(0, tr!("script-duration-negative"), tr!("script-a-duration"))
        }
        Some(unit) => duration(digits, unit).map(Number::Duration),
        None => bad_suffix(suffix, suffix_at, base),
    }
}

fn radix(base: Base) -> u32 {
    match base {
        Base::Decimal => 10,
        Base::Hexadecimal => 16,
    }
}

fn unit(suffix: &str) -> Option<Unit> {
    match suffix {
        "ns" => Some(Unit::Nanoseconds),
        "us" => Some(Unit::Microseconds),
        "ms" => Some(Unit::Milliseconds),
        "s" => Some(Unit::Seconds),
        _ => None,
    }
}

fn int(digits: &str, base: Base, is_negative: bool) -> Result<Int, Complaint> {
    let magnitude = i128::from_str_radix(digits, radix(base)).ok();
    let value = magnitude.map(|magnitude| if is_negative { -magnitude } else { magnitude });
    match value {
        Some(value) if (i128::from(i64::MIN)..=i128::from(u64::MAX)).contains(&value) => {
            Ok(Int { value, base })
        }
        _ => complaint(0, tr!("script-integer-too-large"), tr!("script-integers")),
    }
}

fn duration(digits: &str, unit: Unit) -> Result<Duration, Complaint> {
    let count = digits.parse::<u64>().ok();
    let longest = LONGEST_NS / unit.ns();
    match count {
        Some(count) if count <= longest => Ok(Duration { count, unit }),
        _ => {
            let most = Duration { count: longest, unit }.to_string();
            complaint(0, tr!("script-duration-too-long"), tr!("script-at-most", most = most))
        }
    }
}

fn bad_suffix(suffix: &str, at: usize, base: Base) -> Result<Number, Complaint> {
    let is_of_c = suffix.chars().all(|c| matches!(c, 'u' | 'U' | 'l' | 'L'));
    if suffix.starts_with('.') {
        complaint(at, tr!("script-fraction"), tr!("script-whole-number"))
    } else if suffix.starts_with('_') {
        complaint(at, tr!("script-digit-groups"), tr!("script-one-piece"))
    } else if is_of_c {
        complaint(at, tr!("script-suffix", suffix = quote(suffix)), tr!("script-number-alone"))
    } else if base == Base::Hexadecimal {
        complaint(at, tr!("script-in-hexadecimal", text = quote(suffix)), tr!("script-hex-digits"))
    } else {
        complaint(at, tr!("script-unknown-unit", unit = quote(suffix)), tr!("script-units"))
    }
}
