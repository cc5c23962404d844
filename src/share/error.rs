//! What is wrong with a link, in a sentence.

use std::fmt;

use super::{MAX_LINK_CHARS, MAX_SCRIPT_BYTES};
use crate::tr;

/// Why a link cannot be followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkError {
    /// It does not begin as links do.
    Foreign,
    /// It is of a version that this page does not know yet.
    Newer {
        /// Which.
        version: u32,
    },
    /// It has more characters than any link may.
    TooLong {
        /// How many.
        chars: usize,
    },
    /// Unpacked, it holds more than any script may.
    TooLarge,
    /// Something is missing, or was changed on the way.
    Damaged,
    /// The lesson that it names is not here.
    NoLesson {
        /// The name.
        id: String,
    },
}

impl LinkError {
    /// The sentence, in the reader's language.
    pub fn words(&self) -> String {
        match self {
            LinkError::Foreign => tr!("keep-link-foreign"),
            LinkError::Newer { version } => tr!("keep-link-newer", version = *version),
            LinkError::TooLong { chars } => {
                tr!("keep-link-too-long", kb = chars / 1024, max = MAX_LINK_CHARS / 1024)
            }
            LinkError::TooLarge => tr!("keep-link-too-large", max = MAX_SCRIPT_BYTES / 1024),
            LinkError::Damaged => tr!("keep-link-damaged"),
            LinkError::NoLesson { id } => {
                // Whoever wrote the link chose it: no more of it is said than a name could be.
                let id: String = id.chars().filter(|c| !c.is_control()).take(40).collect();
                tr!("keep-link-no-lesson", id = id)
            }
        }
    }
}

impl fmt::Display for LinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words())
    }
}

impl std::error::Error for LinkError {}
