//! Everything in an address: a run at one moment, as somebody looks at it.
//!
//! The part of an address behind `#` is `v1.` and then, in base64url, a deflated body with a checksum.
//! The body is the script (or the name of a lesson), the position, how it is looked at, and a
//! [`fingerprint`](Trail) of what has happened by then. Opening a link runs the script anew; when
//! that leads elsewhere than the fingerprint says, [`Moment::leads_elsewhere`] tells.
//!
//! What a link holds was written by anybody: reading one never panics, and takes no more time and
//! memory than [`MAX_LINK_CHARS`] and [`MAX_SCRIPT_BYTES`] allow. A version that was ever published is
//! read for ever; `tests/links` holds some of each.

#![forbid(unsafe_code)]

mod error;
mod looks;
mod trail;
mod wire;

mod file;
mod kept;
mod transcript;

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;

pub use error::LinkError;
pub use file::{FileError, check_size, file_name, read_file};
pub use kept::{pack_past, unpack_past};
pub use looks::{Looks, Pick};
pub use trail::Trail;
pub use transcript::transcript;
pub use wire::{decode, encode};

use crate::lessons::Lesson;

/// No link is longer, in characters behind `#`.
pub const MAX_LINK_CHARS: usize = 256 * 1024;

/// No script in a link or a file is longer.
pub const MAX_SCRIPT_BYTES: usize = 1024 * 1024;

/// What a link holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Moment {
    /// What is run.
    pub script: Text,
    /// How many events have happened since the machine started.
    pub position: u32,
    /// What the run has come to by then, by [`Trail::at`]; 0 says nothing.
    pub fingerprint: u32,
    /// How it is looked at.
    pub looks: Looks,
}

/// A script, or a name for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Text {
    /// A lesson as it is built in, by its [`Lesson::id`].
    Lesson(String),
    /// A script of one's own.
    Own(String),
}

impl Text {
    /// A script as short as can be said: what equals a lesson is its name.
    pub fn of(source: &str) -> Text {
        match crate::lessons::ALL.iter().find(|lesson| lesson.source == source) {
            Some(lesson) => Text::Lesson(lesson.id.to_owned()),
            None => Text::Own(source.to_owned()),
        }
    }

    /// The text of the script, and which lesson it is.
    ///
    /// # Errors
    /// There is no such lesson.
    pub fn source(&self) -> Result<(&str, Option<&'static Lesson>), LinkError> {
        match self {
            Text::Own(source) => Ok((source, None)),
            Text::Lesson(id) => match Lesson::by_id(id) {
                Some(lesson) => Ok((lesson.source, Some(lesson))),
                None => Err(LinkError::NoLesson { id: id.clone() }),
            },
        }
    }
}

impl Moment {
    /// Whether a run that has this fingerprint at [`Moment::position`] is another than was meant.
    pub fn leads_elsewhere(&self, fingerprint: u32) -> bool {
        self.fingerprint != 0 && self.fingerprint != fingerprint
    }
}
