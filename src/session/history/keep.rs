//! The versions as data that can be stored, and what was stored as versions: nothing in it is
//! believed.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::{History, Patch, Version, VersionId, What};

/// More versions are not read back.
const MOST_VERSIONS: usize = 20_000;

/// All scripts of all versions together: what reading back may have to make.
const MOST_BYTES: usize = 256 << 20;

/// A history as it is stored. What it holds is looked through by [`History::import`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Saved {
    /// The format, for what comes later.
    format: u32,
    at: VersionId,
    versions: Vec<SavedVersion>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct SavedVersion {
    parent: VersionId,
    what: What,
    lesson: Option<Rc<str>>,
    patch: Patch,
    next: Option<VersionId>,
}

/// What may be said of the room that a version takes in any encoding: its texts, and the rest.
fn weight(version: &Version) -> usize {
    let what = match &version.what {
        What::Changed { text, .. } | What::Added { text, .. } => text.len(),
        What::Removed { text, .. } | What::Moved { text, .. } => text.len(),
        What::Opened | What::Rewritten { .. } => 0,
    };
    version.patch.old.len() + version.patch.new.len() + what + 64
}

impl History {
    /// What is to be stored: all versions, or as many of the newest as fit in about so many bytes.
    /// The one on the page is always among them.
    pub fn export(&self, most_bytes: usize) -> Saved {
        let kept = self.within(most_bytes);
        let version = |version: Version| {
            let Version { parent, what, lesson, patch, next } = version;
            SavedVersion { parent, what, lesson, patch, next }
        };
        Saved { format: 1, at: kept.at, versions: kept.versions.into_iter().map(version).collect() }
    }

    /// What was stored, if it makes sense.
    pub fn import(saved: Saved) -> Option<History> {
        let Saved { format: 1, at, versions } = saved else { return None };
        let version = |saved: SavedVersion| {
            let SavedVersion { parent, what, lesson, patch, next } = saved;
            Version { parent, what, lesson, patch, next }
        };
        let versions: Vec<Version> = versions.into_iter().map(version).collect();
        if versions.len() > MOST_VERSIONS || at >= versions.len() {
            return None;
        }
        let parents_first = versions.iter().enumerate().skip(1).all(|(id, v)| v.parent < id);
        let is_child = |(id, version): (usize, &Version)| {
            version.next.is_none_or(|next| {
                next != 0 && versions.get(next).is_some_and(|next| next.parent == id)
            })
        };
        if !parents_first || versions[0].parent != 0 || !versions.iter().enumerate().all(is_child) {
            return None;
        }
        // Every patch must fit what it is put on. Texts are dropped as soon as nobody needs them.
        let mut needed = vec![0_usize; versions.len()];
        versions.iter().skip(1).for_each(|version| needed[version.parent] += 1);
        let mut texts: Vec<Option<Rc<str>>> = vec![None; versions.len()];
        let (mut bytes, mut here) = (0, None);
        for (id, Version { parent, patch, .. }) in versions.iter().enumerate() {
            let before = if id == 0 { Rc::from("") } else { texts[*parent].clone()? };
            let text = patch.try_put(&before, &patch.old, &patch.new)?;
            bytes += text.len();
            if bytes > MOST_BYTES {
                return None;
            }
            if id == at {
                here = Some(Rc::clone(&text));
            }
            if id != 0 {
                needed[*parent] -= 1;
                if needed[*parent] == 0 {
                    texts[*parent] = None;
                }
            }
            texts[id] = (needed[id] > 0).then_some(text);
        }
        Some(History { versions, at, text: here? })
    }

    /// The same with fewer versions: first the oldest ends of branches go that are on no way from
    /// here, then the oldest versions.
    fn within(&self, most_bytes: usize) -> History {
        let mut bytes: usize = self.versions.iter().map(weight).sum();
        let mut keep = vec![true; self.versions.len()];
        let mut on_path = vec![false; self.versions.len()];
        for row in self.rows() {
            on_path[row.version] = row.is_on_path;
        }
        let mut made = vec![0_usize; self.versions.len()];
        self.versions.iter().skip(1).for_each(|version| made[version.parent] += 1);
        for id in 1..self.versions.len() {
            let mut end = id;
            while bytes > most_bytes && keep[end] && !on_path[end] && made[end] == 0 {
                keep[end] = false;
                bytes -= weight(&self.versions[end]);
                end = self.versions[end].parent;
                made[end] -= 1;
            }
        }
        // What is left, if it is still too much, is the way through here.
        let mut first = 0;
        let mut text = self.text_of(0).unwrap_or_default();
        while bytes + text.len() > most_bytes && first != self.at && made[first] == 1 {
            keep[first] = false;
            bytes -= weight(&self.versions[first]);
            let Some(next) = self.versions[first].next else { break };
            (first, text) = (next, self.versions[next].patch.done(&text));
        }
        self.only(&keep, (first, &text))
    }

    fn only(&self, keep: &[bool], (first, text): (VersionId, &str)) -> History {
        let mut numbers = vec![None; self.versions.len()];
        let mut versions = Vec::new();
        for (id, version) in self.versions.iter().enumerate().filter(|(id, _)| keep[*id]) {
            numbers[id] = Some(versions.len());
            versions.push(version.clone());
        }
        for version in &mut versions {
            version.parent = numbers[version.parent].unwrap_or_default();
            version.next = version.next.and_then(|next| numbers[next]);
        }
        if first != 0 {
            versions[0].patch = Patch::between("", text);
        }
        let at = numbers[self.at].unwrap_or_default();
        History { versions, at, text: Rc::clone(&self.text) }
    }
}
