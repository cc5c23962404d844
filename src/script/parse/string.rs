//! Strings in double quotes, with the escapes of C.

use winnow::Parser;
use winnow::combinator::{alt, opt};
use winnow::stream::Location;
use winnow::token::{any, take_till, take_while};

use super::Input;
use super::failure::{Failure, Parsed, quote, wrong};
use crate::tr;

/// `"abc\n"`; the bytes, escapes undone. Characters that are not ASCII are their UTF-8 bytes.
pub(super) fn string(input: &mut Input<'_>) -> Parsed<Vec<u8>> {
    let start = input.current_token_start();
    '"'.parse_next(input)?;
    let mut bytes = Vec::new();
    loop {
        let plain = take_till::<_, _, Failure>(0.., ['"', '\\']).parse_next(input)?;
        bytes.extend_from_slice(plain.as_bytes());
        match opt(alt(('"', '\\'))).parse_next(input)? {
            Some('"') => return Ok(bytes),
            Some(_) => match opt(escape).parse_next(input)? {
                Some(byte) => bytes.push(byte),
                None => break,
            },
            None => break,
        }
    }
    let end = input.current_token_start();
    Err(wrong(start..end, tr!("script-string-not-closed"), tr!("script-closing-quote")))
}

/// What follows a backslash. `NotThis` at the end of the line.
fn escape(input: &mut Input<'_>) -> Parsed<u8> {
    let start = input.current_token_start() - 1;
    if let Some(octal) = opt(take_while(1..=3, '0'..='7')).parse_next(input)? {
        return number_escape(octal, 8).ok_or_else(|| {
            let message = tr!("script-escape-too-large", escape = format!("\\{octal}"));
            wrong(
                start..input.current_token_start(),
                message,
                tr!("script-at-most", most = "\\377"),
            )
        });
    }
    let letter = any.parse_next(input)?;
    let byte = match letter {
        'n' => b'\n',
        't' => b'\t',
        'r' => b'\r',
        'a' => 0x07,
        'b' => 0x08,
        'f' => 0x0c,
        'v' => 0x0b,
        '\\' | '"' | '\'' | '?' => letter as u8,
        'x' => {
            let digits = take_while(0..=2, |c: char| c.is_ascii_hexdigit()).parse_next(input)?;
            let span = start..input.current_token_start();
            return number_escape(digits, 16).ok_or_else(|| {
                wrong(span, tr!("script-escape-no-digit"), tr!("script-escape-digits"))
            });
        }
        _ => {
            let span = start..input.current_token_start();
            let escape = quote(&format!("\\{letter}"));
            let message = tr!("script-unknown-escape", escape = escape);
            let known = r#"\n \t \r \0 \\ \" \' \a \b \f \v"#;
            return Err(wrong(span, message, tr!("script-known-escapes", known = known)));
        }
    };
    Ok(byte)
}

fn number_escape(digits: &str, radix: u32) -> Option<u8> {
    u8::from_str_radix(digits, radix).ok()
}
