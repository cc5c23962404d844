//! A moment as the part of an address behind `#`, and back.
//!
//! Version 1: `v1.`, then base64url without padding of a deflate stream and four bytes of checksum.
//! The stream is [`BodyV1`] as postcard writes it. A field more or less is a new version; the reading
//! of the old ones stays.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::{TINFLStatus, decompress_to_vec_with_limit};
use serde::{Deserialize, Serialize};

use super::{LinkError, Looks, MAX_LINK_CHARS, MAX_SCRIPT_BYTES, Moment, Text};

/// The version that is written.
const VERSION: u32 = 1;

/// How hard deflate tries: scripts are short, links are to be.
const LEVEL: u8 = 9;

/// The same for what is larger than this, in bytes: such links are not short, and are to be made in
/// little time.
const LARGE: usize = 64 * 1024;
const LEVEL_OF_LARGE: u8 = 1;

/// Bytes of the checksum.
const CHECKSUM: usize = 4;

/// A body may hold this much besides its script.
const MAX_BODY_BYTES: usize = MAX_SCRIPT_BYTES + 1024;

/// A lesson's name is never longer.
const MAX_ID_BYTES: usize = 256;

/// What version 1 packs.
#[derive(Serialize, Deserialize)]
struct BodyV1<'a> {
    is_lesson: bool,
    /// The lesson's name, or the script.
    text: &'a str,
    position: u32,
    fingerprint: u32,
    looks: Looks,
}

/// The moment as text: the part of an address behind `#`.
pub fn encode(moment: &Moment) -> String {
    let (is_lesson, text) = match &moment.script {
        Text::Lesson(id) => (true, id.as_str()),
        Text::Own(source) => (false, source.as_str()),
    };
    let &Moment { position, fingerprint, looks, .. } = moment;
    let body = BodyV1 { is_lesson, text, position, fingerprint, looks };
    let body = match postcard::to_allocvec(&body) {
        Ok(body) => body,
        Err(error) => unreachable!("plain data that cannot be written: {error}"),
    };
    let level = if body.len() > LARGE { LEVEL_OF_LARGE } else { LEVEL };
    format!("v{VERSION}.{}", pack(&body, level))
}

/// Bytes, deflated and with a checksum, as base64url.
pub(super) fn pack(body: &[u8], level: u8) -> String {
    let mut packed = compress_to_vec(body, level);
    packed.extend(checksum(body));
    URL_SAFE_NO_PAD.encode(packed)
}

/// What [`pack`] packed, if it is no more than so many bytes.
pub(super) fn unpack(text: &str, most: usize) -> Result<Vec<u8>, LinkError> {
    let packed = URL_SAFE_NO_PAD.decode(text).map_err(|_| LinkError::Damaged)?;
    let (packed, sum) = packed.split_last_chunk::<CHECKSUM>().ok_or(LinkError::Damaged)?;
    let body = decompress_to_vec_with_limit(packed, most).map_err(|error| {
        let is_full = error.status == TINFLStatus::HasMoreOutput;
        if is_full { LinkError::TooLarge } else { LinkError::Damaged }
    })?;
    if checksum(&body) == *sum { Ok(body) } else { Err(LinkError::Damaged) }
}

/// The moment that a link holds; a `#` in front is skipped.
///
/// # Errors
/// What is wrong with it. That the lesson exists and the script can be read is not looked at.
pub fn decode(link: &str) -> Result<Moment, LinkError> {
    let link = link.strip_prefix('#').unwrap_or(link);
    let (version, text) = version(link).ok_or(LinkError::Foreign)?;
    if version > VERSION {
        return Err(LinkError::Newer { version });
    }
    if version == 0 {
        return Err(LinkError::Foreign);
    }
    if link.len() > MAX_LINK_CHARS {
        return Err(LinkError::TooLong { chars: link.len() });
    }
    read_v1(&unpack(text, MAX_BODY_BYTES)?)
}

fn read_v1(body: &[u8]) -> Result<Moment, LinkError> {
    let (body, rest) =
        postcard::take_from_bytes::<BodyV1<'_>>(body).map_err(|_| LinkError::Damaged)?;
    if !rest.is_empty() {
        return Err(LinkError::Damaged);
    }
    let BodyV1 { is_lesson, text, position, fingerprint, looks } = body;
    let most = if is_lesson { MAX_ID_BYTES } else { MAX_SCRIPT_BYTES };
    if text.len() > most {
        return Err(LinkError::TooLarge);
    }
    let text = text.to_owned();
    let script = if is_lesson { Text::Lesson(text) } else { Text::Own(text) };
    Ok(Moment { script, position, fingerprint, looks })
}

/// The number of `v1.…` and what follows.
fn version(link: &str) -> Option<(u32, &str)> {
    let (number, rest) = link.strip_prefix('v')?.split_once('.')?;
    let is_number = (1..=6).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    Some((number.parse().ok().filter(|_| is_number)?, rest))
}

/// FNV-1a in 32 bits: against damage, not against malice.
fn checksum(bytes: &[u8]) -> [u8; CHECKSUM] {
    let step = |sum: u32, byte: &u8| (sum ^ u32::from(*byte)).wrapping_mul(0x0100_0193);
    bytes.iter().fold(0x811c_9dc5, step).to_le_bytes()
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
pub(super) mod testing {
    use super::*;

    /// Seals any bytes as a link of version 1.
    pub(crate) fn seal(body: &[u8]) -> String {
        let mut packed = compress_to_vec(body, 1);
        packed.extend(checksum(body));
        format!("v1.{}", URL_SAFE_NO_PAD.encode(packed))
    }

    /// The body of a link of version 1.
    pub(crate) fn unseal(link: &str) -> Vec<u8> {
        let packed = URL_SAFE_NO_PAD.decode(&link[3..]).unwrap_or_default();
        decompress_to_vec_with_limit(&packed[..packed.len() - CHECKSUM], MAX_BODY_BYTES)
            .unwrap_or_default()
    }
}
