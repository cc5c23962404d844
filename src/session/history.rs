//! All that a script has been: every change makes a version, and none is ever lost.
//!
//! The versions are a tree: what is done after something was undone grows a branch beside the old
//! one. A version is kept as what it changed, so that each takes only the room of its change. Pure
//! data; what stores it is elsewhere.

mod keep;
pub mod lines;
mod tree;

use std::rc::Rc;

use serde::{Deserialize, Serialize};

pub use keep::Saved;
pub use tree::Row;

/// So many characters of a line are told.
const MOST_SAID: usize = 80;

/// A version's number: its place in the order in which versions were made.
pub type VersionId = usize;

/// The versions of a script, and which of them is on the page.
#[derive(Clone, Debug, PartialEq)]
pub struct History {
    versions: Vec<Version>,
    at: VersionId,
    /// The script of version `at`.
    text: Rc<str>,
}

/// One version.
#[derive(Clone, Debug, PartialEq)]
pub struct Version {
    /// What it was made from; the first was made from nothing and is its own.
    pub parent: VersionId,
    /// What a person did.
    pub what: What,
    /// The built-in scenario that it is, or was made from.
    pub lesson: Option<Rc<str>>,
    patch: Patch,
    /// Where redoing goes: the version made from this one that was there last.
    next: Option<VersionId>,
}

/// What a person did to a script. Lines count from 1.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum What {
    /// Opened something else.
    Opened,
    /// Wrote another text in the place of a line.
    Changed {
        /// The line.
        line: usize,
        /// What it says now.
        text: Rc<str>,
    },
    /// Added lines.
    Added {
        /// The first of them.
        line: usize,
        /// How many.
        count: usize,
        /// What the first says.
        text: Rc<str>,
    },
    /// Took lines away.
    Removed {
        /// The first of them.
        line: usize,
        /// How many.
        count: usize,
        /// What the first said.
        text: Rc<str>,
    },
    /// Moved a line to another place.
    Moved {
        /// Where it was.
        from: usize,
        /// Where it is.
        to: usize,
        /// What it says.
        text: Rc<str>,
    },
    /// Changed several lines.
    Rewritten {
        /// The first of them.
        line: usize,
        /// How many there are now.
        count: usize,
    },
}

/// Some text in the place of other text; it can be taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Patch {
    /// Where, in bytes.
    at: usize,
    old: Rc<str>,
    new: Rc<str>,
}

/// Lines of a script that others were put in place of; from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Splice {
    /// The first line that is not the same.
    pub at: usize,
    /// So many went.
    pub removed: usize,
    /// So many came.
    pub added: usize,
}

impl History {
    /// A script with no past.
    pub fn new(text: &str, lesson: Option<&str>) -> History {
        let patch = Patch::between("", text);
        let lesson = lesson.map(Rc::from);
        let first = Version { parent: 0, what: What::Opened, lesson, patch, next: None };
        History { versions: vec![first], at: 0, text: Rc::from(text) }
    }

    /// The script of the version that is on the page.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The version that is on the page.
    pub fn at(&self) -> VersionId {
        self.at
    }

    /// A version.
    pub fn version(&self, id: VersionId) -> Option<&Version> {
        self.versions.get(id)
    }

    /// How many versions there are; never none.
    pub fn count(&self) -> usize {
        self.versions.len()
    }

    /// Takes note of a change: the page has this script now. Without a word on what was done, it is
    /// told from the texts. A script that is the same makes no version.
    pub fn record(&mut self, text: &str, what: Option<What>, lesson: Option<&str>) {
        let is_opened = what == Some(What::Opened);
        let is_same_lesson = self.versions[self.at].lesson.as_deref() == lesson;
        if *self.text == *text && (is_same_lesson || !is_opened) {
            return;
        }
        let what = what.unwrap_or_else(|| What::between(&self.text, text));
        let patch = Patch::between(&self.text, text);
        let lesson = lesson.map(Rc::from);
        let new = self.versions.len();
        self.versions.push(Version { parent: self.at, what, lesson, patch, next: None });
        self.versions[self.at].next = Some(new);
        (self.at, self.text) = (new, Rc::from(text));
    }

    /// As [`History::record`], but of the same go as the change before: while somebody types, there
    /// is one version, not one a letter. What others were made from stays.
    pub fn amend(&mut self, text: &str, lesson: Option<&str>) {
        let is_last = self.at + 1 == self.versions.len() && self.at != 0;
        if !is_last || self.versions[self.at].what == What::Opened {
            return self.record(text, None, lesson);
        }
        let parent = self.versions[self.at].parent;
        let Some(before) = self.text_of(parent) else { return };
        self.versions.pop();
        self.versions[parent].next = None;
        (self.at, self.text) = (parent, before);
        self.record(text, None, lesson);
    }

    /// What undoing would take back.
    pub fn undoes(&self) -> Option<&What> {
        let version = &self.versions[self.at];
        (self.at != 0).then_some(&version.what)
    }

    /// What redoing would do again.
    pub fn redoes(&self) -> Option<&What> {
        self.versions[self.at].next.map(|next| &self.versions[next].what)
    }

    /// The version that redoing leads to.
    pub fn next(&self) -> Option<VersionId> {
        self.versions[self.at].next
    }

    /// Back to what the version was made from. Gives whether there was something to undo.
    pub fn undo(&mut self) -> bool {
        let version = &self.versions[self.at];
        if self.at == 0 {
            return false;
        }
        (self.text, self.at) = (version.patch.undone(&self.text), version.parent);
        true
    }

    /// On to the version that was there last. Gives whether there was something to redo.
    pub fn redo(&mut self) -> bool {
        let Some(next) = self.versions[self.at].next else { return false };
        (self.text, self.at) = (self.versions[next].patch.done(&self.text), next);
        true
    }

    /// To any version; from there redoing leads back as far as it can. Gives whether there is one.
    pub fn go(&mut self, to: VersionId) -> bool {
        let Some(text) = self.text_of(to) else { return false };
        let way = self.way_from_start(to);
        for pair in way.windows(2) {
            self.versions[pair[0]].next = Some(pair[1]);
        }
        (self.at, self.text) = (to, text);
        true
    }

    /// The script of a version.
    pub fn text_of(&self, id: VersionId) -> Option<Rc<str>> {
        self.versions.get(id)?;
        if id == self.at {
            return Some(Rc::clone(&self.text));
        }
        let (here, there) = (self.way_from_start(self.at), self.way_from_start(id));
        let shared = here.iter().zip(&there).take_while(|(a, b)| a == b).count();
        let mut text = Rc::clone(&self.text);
        for id in here[shared..].iter().rev() {
            text = self.versions[*id].patch.undone(&text);
        }
        for id in &there[shared..] {
            text = self.versions[*id].patch.done(&text);
        }
        Some(text)
    }

    /// The versions from the first to this one, each made from the one before it.
    fn way_from_start(&self, id: VersionId) -> Vec<VersionId> {
        let mut way = vec![id];
        let mut at = id;
        while at != 0 {
            at = self.versions[at].parent;
            way.push(at);
        }
        way.reverse();
        way
    }
}

impl Patch {
    fn between(old: &str, new: &str) -> Patch {
        let same = |pairs: &mut dyn Iterator<Item = (char, char)>| -> usize {
            pairs.take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum()
        };
        let at = same(&mut old.chars().zip(new.chars()));
        let tail = same(&mut old[at..].chars().rev().zip(new[at..].chars().rev()));
        let (old, new) = (&old[at..old.len() - tail], &new[at..new.len() - tail]);
        Patch { at, old: Rc::from(old), new: Rc::from(new) }
    }

    /// Preconditions: `text` has the old text at that place.
    fn done(&self, text: &str) -> Rc<str> {
        self.put(text, &self.old, &self.new)
    }

    /// Preconditions: `text` has the new text at that place.
    fn undone(&self, text: &str) -> Rc<str> {
        self.put(text, &self.new, &self.old)
    }

    fn put(&self, text: &str, old: &str, new: &str) -> Rc<str> {
        let Some(text) = self.try_put(text, old, new) else {
            unreachable!("{old:?} is not at {} of {text:?}", self.at)
        };
        text
    }

    fn try_put(&self, text: &str, old: &str, new: &str) -> Option<Rc<str>> {
        let (before, rest) = text.split_at_checked(self.at)?;
        let after = rest.strip_prefix(old)?;
        Some([before, new, after].concat().into())
    }
}

impl What {
    /// What somebody did who made one script of another.
    pub fn between(old: &str, new: &str) -> What {
        let splice = Splice::between(old, new);
        let line = splice.at + 1;
        let text = |of: &str| {
            let line = of.lines().nth(splice.at).unwrap_or_default().trim();
            Rc::from(line.chars().take(MOST_SAID).collect::<String>())
        };
        match (splice.removed, splice.added) {
            (0, count) => What::Added { line, count, text: text(new) },
            (count, 0) => What::Removed { line, count, text: text(old) },
            (1, 1) => What::Changed { line, text: text(new) },
            (_, count) => What::Rewritten { line, count },
        }
    }
}

impl Splice {
    /// The lines in which two scripts differ.
    pub fn between(old: &str, new: &str) -> Splice {
        let (old, new): (Vec<_>, Vec<_>) = (old.lines().collect(), new.lines().collect());
        let at = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
        let tail = old[at..].iter().rev().zip(new[at..].iter().rev());
        let tail = tail.take_while(|(a, b)| a == b).count();
        Splice { at, removed: old.len() - at - tail, added: new.len() - at - tail }
    }

    /// The line went, and nothing came in its place.
    pub fn drops(self, line: usize) -> bool {
        self.added == 0 && (self.at..self.at + self.removed).contains(&line)
    }

    /// Where a line is afterwards; one that went, where what came in its place is.
    pub fn map(self, line: usize) -> usize {
        match line {
            line if line < self.at => line,
            line if line >= self.at + self.removed => line - self.removed + self.added,
            line => self.at + (line - self.at).min(self.added.saturating_sub(1)),
        }
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;
