//! The remarks of a script: what its comments say to a reader who follows the run.
//!
//! A remark is the comment directly in front of a statement. `# zh: …` behind it says it in another
//! language; the tag is a language's first BCP 47 subtag. A language without one has the plain text.

use super::{LineKind, Session, SessionLine};

/// A remark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The position before the first event of what it is about.
    pub at: usize,
    /// Its text, in one line.
    pub text: String,
}

impl Session {
    /// The remarks in the order of the run, in the language whose tag begins with `lang`.
    pub fn notes(&self, lang: &str) -> Vec<Note> {
        let mut notes = Vec::new();
        let mut comment: Vec<&SessionLine> = Vec::new();
        for line in self.lines() {
            match line.kind {
                LineKind::Comment if !line.text.trim().is_empty() => comment.push(line),
                LineKind::Comment | LineKind::Metadata | LineKind::Unread => comment.clear(),
                // What makes no event of its own is about what comes next.
                LineKind::Statement if line.events.is_empty() => {}
                LineKind::Statement if comment.is_empty() => {}
                LineKind::Statement => {
                    notes.push(Note { at: line.events.start, text: text_of(&comment, lang) });
                    comment.clear();
                }
            }
        }
        notes
    }
}

fn text_of(comment: &[&SessionLine], lang: &str) -> String {
    let said = |wanted: Option<&str>| {
        let parts = comment.iter().filter(|line| comment_tag(&line.text) == wanted);
        parts.map(|line| comment_text(&line.text)).collect::<Vec<_>>().join(" ")
    };
    let own = lang.split('-').next().map(|tag| said(Some(tag))).unwrap_or_default();
    if own.is_empty() { said(None) } else { own }
}

/// Whether a reader of this language sees a comment line: not what is said in another, and not the
/// plain text of what is said in theirs.
pub fn is_for(lines: &[SessionLine], at: usize, lang: &str) -> bool {
    let lang = lang.split('-').next();
    let tag = comment_tag(&lines[at].text);
    let mut rest = lines[at + 1..].iter();
    let mut block = rest
        .by_ref()
        .take_while(|line| line.kind == LineKind::Comment && !line.text.trim().is_empty());
    match tag {
        Some(_) => tag == lang,
        None => !block.any(|line| comment_tag(&line.text).is_some_and(|tag| Some(tag) == lang)),
    }
}

/// The language of a comment line, if it names one: `# zh: …`.
pub fn comment_tag(line: &str) -> Option<&str> {
    let (tag, _) = line.trim().strip_prefix("# ")?.split_once(": ")?;
    (tag.len() == 2 && tag.bytes().all(|byte| byte.is_ascii_lowercase())).then_some(tag)
}

/// A comment line without its sign and the tag of its language.
pub fn comment_text(line: &str) -> &str {
    let text = line.trim().trim_start_matches('#').trim_start();
    match comment_tag(line) {
        Some(tag) => text[tag.len() + 1..].trim_start(),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_remark_stands_before_what_it_is_about() {
        let source = "# Nobody's.\n\nmain: e = eventfd(0, 0)\n# One is\n# written.\n# zh: 写入一。\n\
                      main: write(e, 1) -> 8\n# Checked.\nmain => 8\nmain: read(e, 8) -> 1\n";
        let session = Session::open(source).unwrap();
        let notes = session.notes("en");
        let texts: Vec<&str> = notes.iter().map(|note| note.text.as_str()).collect();
        assert_eq!(texts, ["One is written.", "Checked."]);
        assert_eq!(notes[0].at, session.lines()[6].events.start);
        assert_eq!(session.notes("zh-CN")[0].text, "写入一。");
        assert_eq!(session.notes("zh-CN")[1].text, "Checked.");
    }

    #[test]
    fn a_comment_is_shown_in_one_language() {
        let source = "# One.\n# zh: 一。\n# Two.\n\nmain: nop()\n";
        let session = Session::open(source).unwrap();
        let shown = |lang| [0, 1, 2].map(|at| is_for(session.lines(), at, lang));
        assert_eq!(shown("en"), [true, false, true]);
        assert_eq!(shown("zh-CN"), [false, true, true]);
    }

    #[test]
    fn only_two_small_letters_and_a_colon_are_a_language() {
        assert_eq!(comment_tag("# zh: 一"), Some("zh"));
        assert_eq!(comment_tag("# rd: closed"), Some("rd"));
        assert_eq!(comment_tag("# Cure: read"), None);
        assert_eq!(comment_text("# Cure: read"), "Cure: read");
        assert_eq!(comment_text("#plain"), "plain");
    }
}
