//! The built-in scenarios: the lessons.

#![forbid(unsafe_code)]

use crate::i18n::Lang;

/// A built-in scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lesson {
    /// Its number among the lessons.
    pub number: u8,
    /// Its name in links; the file name, without a number in front.
    pub id: &'static str,
    /// The text of `www/lessons/*.epoll`.
    pub source: &'static str,
}

impl Lesson {
    /// The title that the scenario gives itself, in a language.
    pub fn title(&self, lang: Lang) -> &'static str {
        let own = match lang {
            Lang::En => None,
            Lang::ZhCn => self.metadata("#: title.zh = "),
        };
        own.or_else(|| self.metadata("#: title = ")).unwrap_or(self.id)
    }

    /// The part it belongs to: how it works, what goes wrong, what it costs.
    pub fn part(&self) -> Part {
        match self.number {
            ..=10 => Part::How,
            11..=23 => Part::Wrong,
            24.. => Part::Cost,
        }
    }

    /// The lesson of this name.
    pub fn by_id(id: &str) -> Option<&'static Lesson> {
        ALL.iter().find(|lesson| lesson.id == id)
    }

    fn metadata(&self, prefix: &str) -> Option<&'static str> {
        self.source.lines().find_map(|line| line.strip_prefix(prefix))
    }
}

/// A part of the lessons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// How epoll works.
    How,
    /// What goes wrong.
    Wrong,
    /// What it costs, and the older calls.
    Cost,
}

impl Part {
    /// All of them, in order.
    pub const ALL: [Part; 3] = [Part::How, Part::Wrong, Part::Cost];
}

/// A row of [`ALL`]; with a third word, the file has another name than the lesson.
macro_rules! lesson {
    ($number:literal $id:literal) => {
        lesson!($number $id $id)
    };
    ($number:literal $id:literal $file:literal) => {
        Lesson {
            number: $number,
            id: $id,
            source: include_str!(concat!("../../www/lessons/", $file, ".epoll")),
        }
    };
}

/// Where in [`ALL`] the one stands with which the page begins.
pub const FIRST: usize = 10;

/// All of them, by number.
pub const ALL: &[Lesson] = &[
    lesson!(1 "set-in-the-kernel"),
    lesson!(2 "tree" "03-tree"),
    lesson!(3 "arming"),
    lesson!(4 "callback"),
    lesson!(5 "sleeping"),
    lesson!(6 "handing-over"),
    lesson!(7 "ovflist" "05-ovflist"),
    lesson!(8 "level-edge" "01-level-edge"),
    lesson!(9 "oneshot"),
    lesson!(10 "nested"),
    lesson!(11 "edge-never-comes"),
    lesson!(12 "edge-comes-again"),
    lesson!(13 "epollout"),
    lesson!(14 "firehose"),
    lesson!(15 "would-not-die"),
    lesson!(16 "stale-batch"),
    lesson!(17 "one-edge-two-threads" "02-one-edge-two-threads"),
    lesson!(18 "two-threads-one-socket"),
    lesson!(19 "exclusive" "04-exclusive"),
    lesson!(20 "last-in-first-woken"),
    lesson!(21 "hang-ups"),
    lesson!(22 "waking-a-sleeper"),
    lesson!(23 "not-watchable"),
    lesson!(24 "poll"),
    lesson!(25 "select"),
    lesson!(26 "race"),
];

#[cfg(test)]
mod tests;
