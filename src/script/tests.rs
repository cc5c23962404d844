//! Tests of the format: reading, printing, complaining.

mod reading;
mod rendering;
mod roundtrip;
mod typos;
mod typos_in_values;

use expect_test::Expect;

use super::parse;

/// Each line of `marked` that has no mark is read; below it stands what its diagnostic says, with
/// `^` under the place that it is about.
fn check(marked: Expect) {
    let is_mark = |line: &&str| line.starts_with('^') || line.starts_with("expected ");
    let lines = marked.data().lines().map(str::trim_start).filter(|line| !line.is_empty());
    let source: String =
        lines.filter(|line| !is_mark(line)).map(|line| format!("{line}\n")).collect();
    let (_, found) = parse(&source);
    assert_eq!(found.len(), source.lines().count(), "one diagnostic for each line: {found:#?}");
    let shown = found.iter().map(|one| {
        let before = " ".repeat(one.line_column(&source).1 - 1);
        let under = "^".repeat(source[one.span.clone()].chars().count().max(1));
        let (line, message, expected) = (one.source_line(&source), &one.message, &one.expected);
        format!("{line}\n{before}{under} {message}\n    expected {expected}\n")
    });
    marked.assert_eq(&shown.collect::<String>());
}
