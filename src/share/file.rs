//! A file that somebody opens, as a script.

use super::MAX_SCRIPT_BYTES;
use crate::tr;

/// Why a file is no script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileError {
    /// It is longer than any script may be.
    TooLarge {
        /// How long, in bytes.
        bytes: u64,
    },
    /// It is not UTF-8.
    NotText {
        /// Where: the line, counted from 1.
        line: usize,
        /// And the byte in it, counted from 1.
        column: usize,
    },
}

impl FileError {
    /// The sentence, in the reader's language.
    pub fn words(self, name: &str) -> String {
        // The name is whatever somebody called it.
        let name: String = name.chars().filter(|c| !c.is_control()).take(60).collect();
        match self {
            FileError::TooLarge { bytes } => {
                let max = MAX_SCRIPT_BYTES / 1024;
                tr!("keep-file-too-large", name = name, kb = bytes.div_ceil(1024), max = max)
            }
            FileError::NotText { line, column } => {
                tr!("keep-file-not-text", name = name, line = line, column = column)
            }
        }
    }
}

/// Whether a file of this size is worth reading.
///
/// # Errors
/// It is too large.
pub fn check_size(bytes: u64) -> Result<(), FileError> {
    let fits = usize::try_from(bytes).is_ok_and(|bytes| bytes <= MAX_SCRIPT_BYTES);
    if fits { Ok(()) } else { Err(FileError::TooLarge { bytes }) }
}

/// The script in a file; a byte order mark in front is no part of it.
///
/// # Errors
/// It is too large, or no text. Whether the text is a script is the parser's to say.
pub fn read_file(bytes: &[u8]) -> Result<&str, FileError> {
    check_size(bytes.len() as u64)?;
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|error| {
        let before = &bytes[..error.valid_up_to()];
        let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
        let column = 1 + before.iter().rev().take_while(|byte| **byte != b'\n').count();
        FileError::NotText { line, column }
    })
}

/// A title as the name of a file, without ending.
pub fn file_name(title: &str) -> String {
    let part = |c: char| if c.is_alphanumeric() { c } else { '-' };
    let name: String = title.to_lowercase().chars().map(part).take(60).collect();
    let name: Vec<&str> = name.split('-').filter(|part| !part.is_empty()).collect();
    if name.is_empty() { "epoll".to_owned() } else { name.join("-") }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_text_of_some_length() {
        assert_eq!(read_file("\u{feff}A: nop()\n".as_bytes()), Ok("A: nop()\n"));
        let bad = FileError::NotText { line: 2, column: 3 };
        assert_eq!(read_file(b"one\nab\xff\n"), Err(bad));
        assert!(bad.words("x\n.epoll").contains("x.epoll"), "{}", bad.words("x\n.epoll"));
        let large = vec![b' '; MAX_SCRIPT_BYTES + 1];
        assert!(matches!(read_file(&large), Err(FileError::TooLarge { .. })));
        assert!(check_size(u64::MAX).is_err());
        assert_eq!(read_file(&large[1..]).map(str::len), Ok(MAX_SCRIPT_BYTES));
    }

    #[test]
    fn a_title_becomes_a_name() {
        assert_eq!(file_name("One edge, two threads"), "one-edge-two-threads");
        assert_eq!(file_name("../../etc"), "etc");
        assert_eq!(file_name("一次 write"), "一次-write");
        assert_eq!(file_name("?!"), "epoll");
    }
}
