//! The editor's words: its names, CodeMirror's own phrases, and what is told of a word.

use crate::i18n::{has, say};
use crate::kernel::abi::Errno;
use crate::session::assist::Word;
use crate::tr;

/// The field's name.
pub(super) fn label() -> String {
    tr!("page-script")
}

/// How it is used by keyboard.
pub(super) fn keys() -> String {
    tr!("editor-keys")
}

/// Beside a task's name.
pub(super) fn task() -> String {
    tr!("editor-task")
}

/// What CodeMirror says, and how we say it.
pub(super) fn phrases() -> [(&'static str, String); 20] {
    [
        ("Find", tr!("editor-find")),
        ("Replace", tr!("editor-replace-with")),
        ("next", tr!("editor-next")),
        ("previous", tr!("editor-previous")),
        ("all", tr!("editor-all")),
        ("match case", tr!("editor-match-case")),
        ("regexp", tr!("editor-regexp")),
        ("by word", tr!("editor-by-word")),
        ("replace", tr!("editor-replace")),
        ("replace all", tr!("editor-replace-all")),
        ("close", tr!("editor-close-panel")),
        ("current match", tr!("editor-current-match")),
        ("replaced $ matches", tr!("editor-replaced")),
        ("replaced match on line $", tr!("editor-replaced-one")),
        ("on line", tr!("editor-on-line")),
        ("Go to line", tr!("editor-go-to-line")),
        ("go", tr!("editor-go")),
        ("Completions", tr!("editor-completions")),
        ("Diagnostics", tr!("editor-diagnostics")),
        ("No diagnostics", tr!("editor-no-diagnostics")),
    ]
}

/// What is told of a word.
pub(super) struct Told {
    pub(super) title: String,
    pub(super) about: String,
    pub(super) heading: String,
    pub(super) rows: Vec<(&'static str, String)>,
}

/// What is told of a word.
pub(super) fn help(word: &Word) -> Told {
    let bare = |title: String, about: String| Told {
        title,
        about,
        heading: String::new(),
        rows: Vec::new(),
    };
    match word {
        Word::Call { name, usage, errors } => Told {
            title: usage.clone(),
            about: message(&format!("call-{name}")),
            heading: if errors.is_empty() {
                tr!("hands-any-no-errors")
            } else {
                tr!("editor-errors")
            },
            rows: errors.iter().map(|errno| (errno.name(), why(*errno, Some(name)))).collect(),
        },
        Word::Constant(name, value) => {
            let value = match *value {
                large if large > 9 => format!("{large:#x}"),
                small => small.to_string(),
            };
            bare(format!("{name} = {value}"), message(&format!("constant-{name}")))
        }
        Word::Error(errno, call) => bare(format!("{errno} ({})", errno.text()), why(*errno, *call)),
        Word::Point(point) => {
            bare(format!("@ {point}"), message(&format!("point-{}", point.name())))
        }
        Word::Name(name, line) => bare(name.clone(), tr!("editor-bound", line = *line)),
        Word::Task(name, line) => bare(name.clone(), tr!("editor-named", line = *line)),
    }
}

/// Why a call gives an error; in the words of `strerror` where there is nothing more exact to say.
fn why(errno: Errno, call: Option<&str>) -> String {
    let group = match call {
        Some("epoll_pwait" | "epoll_pwait2") => Some("epoll_wait"),
        call => call,
    };
    let exact = group.map(|call| format!("errno-{call}-{errno}")).filter(|id| has(id));
    exact.map_or_else(|| errno.text().to_owned(), |id| say(&id, &[]))
}

/// A message that need not be there.
fn message(id: &str) -> String {
    if has(id) { say(id, &[]) } else { String::new() }
}
