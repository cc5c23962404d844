//! Two runs side by side: which lines belong together, and where they give different results.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::{LineKind, Session, SessionLine};

/// Two runs, statement by statement.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparison {
    /// The statements of both, in order.
    pub pairs: Vec<Pair>,
}

/// A statement of each of two runs, or of one of them that has none in the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Its line in the one run, from 0.
    pub left: Option<usize>,
    /// Its line in the other.
    pub right: Option<usize>,
    /// What is not the same.
    pub difference: Difference,
}

/// How two statements differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Difference {
    /// Not at all.
    Nothing,
    /// The same call gives something else, or another complaint is made of it.
    Result,
    /// It is another call.
    Call,
    /// There is one in one of the runs only.
    Alone,
}

impl Comparison {
    /// Compares two runs.
    pub fn of(left: &Session, right: &Session) -> Comparison {
        let (old, new) = (statements(left), statements(right));
        let texts = |all: &[(usize, &SessionLine)]| -> Vec<String> {
            all.iter().map(|(_, line)| line.text.trim().to_owned()).collect()
        };
        let ops = capture_diff_slices(Algorithm::Patience, &texts(&old), &texts(&new));
        let mut pairs = Vec::new();
        for op in ops {
            let is_equal = matches!(op, DiffOp::Equal { .. });
            let (lefts, rights) = (&old[op.old_range()], &new[op.new_range()]);
            for n in 0..lefts.len().max(rights.len()) {
                let (left, right) = (lefts.get(n), rights.get(n));
                let difference = match (left, right) {
                    (Some((_, a)), Some((_, b))) if is_equal && gives_same(a, b) => {
                        Difference::Nothing
                    }
                    (Some(_), Some(_)) if is_equal => Difference::Result,
                    (Some(_), Some(_)) => Difference::Call,
                    _ => Difference::Alone,
                };
                let line = |side: Option<&(usize, &SessionLine)>| side.map(|(at, _)| *at);
                pairs.push(Pair { left: line(left), right: line(right), difference });
            }
        }
        Comparison { pairs }
    }

    /// The first pair that differs.
    pub fn first(&self) -> Option<usize> {
        self.pairs.iter().position(Pair::differs)
    }

    /// The next pair behind `at` that differs; behind the last comes the first.
    pub fn next(&self, at: usize) -> Option<usize> {
        let behind = self.pairs.iter().skip(at + 1).position(Pair::differs);
        behind.map(|n| at + 1 + n).or_else(|| self.first())
    }

    /// How many calls that are in both runs give something else.
    pub fn results(&self) -> usize {
        self.pairs.iter().filter(|pair| pair.difference == Difference::Result).count()
    }

    /// Where each run stands behind a pair: after it, or after what came before.
    pub fn lines_at(&self, at: usize) -> (Option<usize>, Option<usize>) {
        let upto = &self.pairs[..self.pairs.len().min(at + 1)];
        let last = |side: fn(&Pair) -> Option<usize>| upto.iter().rev().find_map(side);
        (last(|pair| pair.left), last(|pair| pair.right))
    }
}

impl Pair {
    /// Something is not the same.
    pub fn differs(&self) -> bool {
        self.difference != Difference::Nothing
    }
}

fn statements(session: &Session) -> Vec<(usize, &SessionLine)> {
    let acts = |line: &SessionLine| matches!(line.kind, LineKind::Statement | LineKind::Unread);
    session.lines().iter().enumerate().filter(|(_, line)| acts(line)).collect()
}

/// What is complained about is told with line numbers, which may differ: only whether counts.
fn gives_same(a: &SessionLine, b: &SessionLine) -> bool {
    a.said() == b.said() && a.problems.is_empty() == b.problems.is_empty()
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    const SCRIPT: &str = "# One.\nmain: e = eventfd(0, EFD_NONBLOCK)\nmain: write(e, 1) -> _\n\
                          main: read(e, 8) -> _\nmain: close(e)\n";

    fn compared(changed: &str) -> Comparison {
        let left = Session::open_all(SCRIPT);
        Comparison::of(&left, &left.edited(changed))
    }

    fn told(comparison: &Comparison) -> Vec<(Option<usize>, Option<usize>, Difference)> {
        comparison.pairs.iter().map(|pair| (pair.left, pair.right, pair.difference)).collect()
    }

    #[test]
    fn a_script_differs_from_itself_in_nothing() {
        let same = compared(SCRIPT);
        assert_eq!((same.pairs.len(), same.first(), same.results()), (4, None, 0));
        assert_eq!(same.lines_at(1), (Some(2), Some(2)));
        assert_eq!(same.next(0), None);
    }

    #[test]
    fn a_line_that_went_changes_what_later_calls_give() {
        let comparison = compared(&SCRIPT.replace("main: write(e, 1) -> _\n", ""));
        use Difference::{Alone, Nothing, Result};
        let expected = [
            (Some(1), Some(1), Nothing),
            (Some(2), None, Alone),
            (Some(3), Some(2), Result),
            (Some(4), Some(3), Nothing),
        ];
        assert_eq!(told(&comparison), expected);
        assert_eq!((comparison.first(), comparison.results()), (Some(1), 1));
        assert_eq!(comparison.lines_at(1), (Some(2), Some(1)));
        assert_eq!((comparison.next(1), comparison.next(2)), (Some(2), Some(1)));
    }

    #[test]
    fn another_call_stands_beside_the_one_that_it_replaced() {
        let comparison = compared(&SCRIPT.replace("write(e, 1)", "write(e, 5)"));
        use Difference::{Call, Nothing, Result};
        let differences: Vec<_> = comparison.pairs.iter().map(|pair| pair.difference).collect();
        assert_eq!(differences, [Nothing, Call, Result, Nothing]);
    }

    #[test]
    fn a_line_that_can_not_be_read_is_compared_too() {
        let comparison = compared(&SCRIPT.replace("write(e, 1)", "write(e,"));
        assert_eq!(comparison.pairs[1].difference, Difference::Call);
        assert_eq!(comparison.pairs.len(), 4);
    }
}
