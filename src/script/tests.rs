//! Tests of the format: reading, printing, complaining.

mod reading;
mod rendering;
mod roundtrip;
mod typos;
mod typos_in_values;

use expect_test::Expect;

use super::parse;
use crate::i18n::{self, Lang};

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
    is_said_in_chinese(&source);
}

/// The same complaints at the same places in other words.
fn is_said_in_chinese(source: &str) {
    let (_, english) = parse(source);
    i18n::set(Lang::ZhCn);
    let (_, chinese) = parse(source);
    i18n::set(Lang::En);
    assert_eq!(english.len(), chinese.len());
    for (english, chinese) in english.iter().zip(&chinese) {
        assert_eq!(english.span, chinese.span);
        assert_ne!(english.message, chinese.message);
        for text in [&chinese.message, &chinese.expected] {
            assert!(!text.contains("script-") && !text.contains("{ $"), "{text}");
        }
    }
}
