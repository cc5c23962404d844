//! How diagnostics look at a terminal.

use expect_test::{Expect, expect};

use crate::script::{Color, Diagnostic, parse, render};

fn check(source: &str, rendered: Expect) {
    let (_, diagnostics) = parse(source);
    rendered.assert_eq(&render("lesson.epoll", source, &diagnostics, Color::Never));
}

#[test]
fn without_faults_nothing() {
    check("main: nop()", expect![]);
}

#[test]
fn in_the_middle() {
    let source = "# comment\n\n\tmain: sleep(10min)  # 字\n";
    check(
        source,
        expect![[r#"
        error: unknown unit "min"
         --> lesson.epoll:3:16
          |
        3 |     main: sleep(10min)  # 字
          |                   ^^^ expected one of ns, us, ms, s
    "#]],
    );
}

#[test]
fn at_the_end() {
    let source = "main: epoll_wait(ep, 8,   # for ever\nmain: nop(\r\n";
    check(
        source,
        expect![[r#"
        error: the `(` is not closed
         --> lesson.epoll:1:24
          |
        1 | main: epoll_wait(ep, 8,   # for ever
          |                        ^ expected a value and `)`

        error: the `(` is not closed
         --> lesson.epoll:2:11
          |
        2 | main: nop(
          |           ^ expected a value or `)`
    "#]],
    );
}

#[test]
fn behind_wide_characters() {
    let source = "\u{feff}main: write(wr, \"äöü 字\" 7)";
    check(
        source,
        expect![[r#"
        error: unexpected "7"
         --> lesson.epoll:1:25
          |
        1 | main: write(wr, "äöü 字" 7)
          |                          ^ expected `,` or `)`
    "#]],
    );
}

#[test]
fn characters_that_cannot_be_seen() {
    let message = |source| parse(source).1[0].message.clone();
    assert_eq!(message("main\u{a0}: nop()"), "unexpected character U+00A0");
    assert_eq!(message("\u{200b}main: nop()"), "unexpected character U+200B");
}

#[test]
fn hostile_text_is_defused() {
    let source = "main: nop(\u{1b}[31m\u{202e}, ä)";
    check(
        source,
        expect![[r#"
        error: unexpected character U+001B
         --> lesson.epoll:1:11
          |
        1 | main: nop(␛[31m�, ä)
          |           ^ expected a value such as `7`, `EPOLLIN`, `"abc"` or `{EPOLLIN, 7}`
    "#]],
    );
}

#[test]
fn in_colour() {
    let source = "main nop()";
    let (_, diagnostics) = parse(source);
    assert!(render("-", source, &diagnostics, Color::Always).contains("\u{1b}["));
}

/// Places that do not fit the source, or cover several lines, are cut to what there is.
#[test]
fn places_elsewhere() {
    let source = "ä: 1\nb";
    let show = |span| {
        let one = Diagnostic::new(span, "wrong", "");
        assert!(render("-", source, std::slice::from_ref(&one), Color::Never).contains("wrong"));
        (one.line_column(source), one.source_line(source))
    };
    assert_eq!(show(1..99), ((1, 1), "ä: 1"));
    assert_eq!(show(5..6), ((1, 5), "ä: 1"));
    assert_eq!(show(6..7), ((2, 1), "b"));
    assert_eq!(show(90..99), ((2, 2), "b"));
    #[expect(clippy::reversed_empty_ranges, reason = "a caller's bug must not become a panic")]
    let reversed = 4..2;
    assert_eq!(show(reversed), ((1, 4), "ä: 1"));
}
