//! The built-in scenarios.

#![forbid(unsafe_code)]

/// A built-in scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lesson {
    /// Its name in links; the file name without its number.
    pub id: &'static str,
    /// The text of `www/lessons/*.epoll`.
    pub source: &'static str,
}

impl Lesson {
    /// The title that the scenario gives itself.
    pub fn title(&self) -> &'static str {
        let title = self.source.lines().find_map(|line| line.strip_prefix("#: title = "));
        title.unwrap_or(self.id)
    }

    /// The lesson of this name.
    pub fn by_id(id: &str) -> Option<&'static Lesson> {
        ALL.iter().find(|lesson| lesson.id == id)
    }
}

/// All of them, in the order in which they are best seen.
pub const ALL: &[Lesson] = &[
    Lesson { id: "level-edge", source: include_str!("../../www/lessons/01-level-edge.epoll") },
    Lesson {
        id: "one-edge-two-threads",
        source: include_str!("../../www/lessons/02-one-edge-two-threads.epoll"),
    },
    Lesson { id: "tree", source: include_str!("../../www/lessons/03-tree.epoll") },
    Lesson { id: "exclusive", source: include_str!("../../www/lessons/04-exclusive.epoll") },
    Lesson { id: "ovflist", source: include_str!("../../www/lessons/05-ovflist.epoll") },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::Session;

    #[test]
    fn every_lesson_runs_as_it_says() {
        for lesson in ALL {
            let session = Session::open(lesson.source).unwrap();
            for line in session.lines() {
                assert_eq!(line.problems, [], "{}: {}", lesson.id, line.text);
            }
            assert_ne!(lesson.title(), lesson.id);
        }
    }
}
