//! What a browser keeps besides the moment: all versions of the script, and what is typed and does
//! not run yet. As text, checked when it comes back: nothing in it is believed.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::wire::{pack, unpack};
use crate::session::history::{History, Saved};

/// Stands in front, for what comes later.
const MARK: &str = "p1.";

/// The newest versions that fit into about so many bytes are kept.
const MOST_BYTES: usize = 512 * 1024;

/// What is longer is not read back.
const MOST_READ: usize = 4 * MOST_BYTES;

/// Keeping is done often: little effort.
const LEVEL: u8 = 1;

#[derive(Serialize, Deserialize)]
struct Body {
    history: Saved,
    draft: Option<Rc<str>>,
}

/// The versions, and what is typed, as text; nothing if the script alone is too long.
pub fn pack_past(history: &History, draft: Option<Rc<str>>) -> Option<String> {
    if history.text().len() + draft.as_ref().map_or(0, |draft| draft.len()) > MOST_BYTES {
        return None;
    }
    let body = Body { history: history.export(MOST_BYTES), draft };
    let body = postcard::to_allocvec(&body).ok()?;
    (body.len() <= MOST_READ).then(|| format!("{MARK}{}", pack(&body, LEVEL)))
}

/// What [`pack_past`] packed; nothing if it is anything else.
pub fn unpack_past(text: &str) -> Option<(History, Option<Rc<str>>)> {
    let body = unpack(text.strip_prefix(MARK)?, MOST_READ).ok()?;
    let (Body { history, draft }, rest) = postcard::take_from_bytes(&body).ok()?;
    rest.is_empty().then_some(())?;
    Some((History::import(history)?, draft))
}
