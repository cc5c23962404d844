//! Strings in double quotes, with the escapes of C.

use winnow::Parser;
use winnow::combinator::{alt, opt};
use winnow::stream::Location;
use winnow::token::{any, take_till, take_while};

use super::Input;
use super::failure::{Failure, Parsed, quote, wrong};

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
    Err(wrong(start..end, "the string is not closed", "a closing `\"`"))
}

/// What follows a backslash. `NotThis` at the end of the line.
fn escape(input: &mut Input<'_>) -> Parsed<u8> {
    let start = input.current_token_start() - 1;
    if let Some(octal) = opt(take_while(1..=3, '0'..='7')).parse_next(input)? {
        return number_escape(octal, 8).ok_or_else(|| {
            let message = format!("the escape `\\{octal}` does not fit in a byte");
            wrong(start..input.current_token_start(), message, "at most `\\377`")
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
                wrong(span, "`\\x` without a digit", "one or two hexadecimal digits, as in `\\x7f`")
            });
        }
        _ => {
            let span = start..input.current_token_start();
            let message = format!("unknown escape {}", quote(&format!("\\{letter}")));
            let expected = r#"one of \n \t \r \0 \\ \" \' \a \b \f \v, `\x7f` or `\177`"#;
            return Err(wrong(span, message, expected));
        }
    };
    Ok(byte)
}

fn number_escape(digits: &str, radix: u32) -> Option<u8> {
    u8::from_str_radix(digits, radix).ok()
}
