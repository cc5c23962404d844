//! The versions as a list to be drawn: what goes straight on stays in its column, what branches off
//! gets one of its own.

use super::{History, VersionId};

/// A version's row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// The version.
    pub version: VersionId,
    /// Its column, from 0.
    pub depth: usize,
    /// It is on the page.
    pub is_current: bool,
    /// Undoing leads through it, or redoing does.
    pub is_on_path: bool,
}

impl History {
    /// All versions, each behind the one that it was made from. What undoing and redoing go along
    /// stays in its column; other branches stand before what they were left for, a column further.
    pub fn rows(&self) -> Vec<Row> {
        let mut made: Vec<Vec<VersionId>> = vec![Vec::new(); self.versions.len()];
        for (id, version) in self.versions.iter().enumerate().skip(1) {
            made[version.parent].push(id);
        }
        let mut on_path = vec![false; self.versions.len()];
        self.way_from_start(self.at).iter().for_each(|id| on_path[*id] = true);
        let mut next = self.versions[self.at].next;
        while let Some(id) = next {
            on_path[id] = true;
            next = self.versions[id].next;
        }
        // From the first on; what branches off is told right behind what it left.
        let mut rows = Vec::new();
        let mut left = vec![(0, 0)];
        while let Some((version, depth)) = left.pop() {
            let is_current = version == self.at;
            rows.push(Row { version, depth, is_current, is_on_path: on_path[version] });
            let straight = self.versions[version].next.or_else(|| made[version].last().copied());
            left.extend(straight.map(|id| (id, depth)));
            let aside = made[version].iter().filter(|id| Some(**id) != straight);
            left.extend(aside.map(|id| (*id, depth + 1)));
        }
        rows
    }
}
