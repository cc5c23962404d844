//! What is read from text, and how it is written again.

use expect_test::{Expect, expect};

use crate::script::ast::{Binding, Content, Expected, Statement, Value};
use crate::script::parse;

/// The example of the format's description, already in canonical form.
pub(super) const SAMPLE: &str = r#"#: title = Two waiters, one edge
#: about = With EPOLLET only one of two threads blocked on the same epoll instance wakes up.

main: ep = epoll_create1(0)
main: [rd, wr] = socketpair(AF_UNIX, SOCK_STREAM|SOCK_NONBLOCK)
main: epoll_ctl(ep, EPOLL_CTL_ADD, rd, {EPOLLIN|EPOLLET, 7}) -> 0
A: epoll_wait(ep, 8, -1) -> blocks
B: epoll_wait(ep, 8, -1) -> blocks
main: write(wr, "hello") -> 5
B => [{EPOLLIN, 7}]
A => blocks
main: read(rd, 2) -> "he"
main: epoll_wait(ep, 8, 0) -> []
advance 50ms
"#;

/// Compares the canonical form of `source`, which must be without fault.
fn check(source: &str, canonical: Expect) {
    let (script, diagnostics) = parse(source);
    assert_eq!(diagnostics, [], "{source}");
    let printed = script.to_string();
    canonical.assert_eq(printed.strip_suffix('\n').unwrap_or(&printed));
    assert_eq!(parse(&printed), (script, Vec::new()), "{printed}");
}

/// The one statement of `source`.
fn statement(source: &str) -> Statement {
    let (script, diagnostics) = parse(source);
    assert_eq!(diagnostics, [], "{source}");
    let first = script.statements().next();
    first.map(|(_, statement)| statement.clone()).unwrap()
}

#[test]
fn the_sample_is_canonical() {
    let (script, diagnostics) = parse(SAMPLE);
    assert_eq!(diagnostics, []);
    assert_eq!(script.to_string(), SAMPLE);
    assert_eq!(script.metadata("title"), Some("Two waiters, one edge"));
    assert_eq!(script.metadata("title.zh"), None);
    let lines: Vec<_> = script.statements().map(|(line, _)| line.number).collect();
    assert_eq!(lines, [4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]);
}

#[test]
fn white_space_and_comments() {
    check("", expect![""]);
    assert_eq!(parse("\n\n").0.to_string(), "\n\n");
    check("  #comment  ", expect!["# comment"]);
    check("#", expect!["#"]);
    check("\tmain\t:nop ( )#done", expect!["main: nop()  # done"]);
    check("A=>blocks# still", expect!["A => blocks  # still"]);
    check("main:x=f(a,b|c , 3)->r", expect!["main: x = f(a, b|c, 3) -> r"]);
    check("main: [ a,b ]=pipe()", expect!["main: [a, b] = pipe()"]);
    check(r#"main: write(w, "a # b") # c"#, expect![[r#"main: write(w, "a # b")  # c"#]]);
    check("main: nop()\r\n\r\nA => _\r\n", expect!["main: nop()\n\nA => _"]);
    check("\u{feff}main: nop()", expect!["main: nop()"]);
    check("\u{feff}#: title = x", expect!["#: title = x"]);
}

#[test]
fn metadata() {
    check("  #:sim-only", expect!["#: sim-only"]);
    check("#: lesson=", expect!["#: lesson ="]);
    check("#: title.zh =  边沿触发 ", expect!["#: title.zh = 边沿触发"]);
    check("#: x-y.z = a = b # c", expect!["#: x-y.z = a = b # c"]);
    check("# : not metadata", expect!["# : not metadata"]);
    check("A => _ #: nor this", expect!["A => _  # : nor this"]);
    let (script, _) = parse("#: sim-only\n#: title = a\n#: title = b");
    assert_eq!(script.metadata("sim-only"), Some(""));
    assert_eq!(script.metadata("title"), Some("a"));
}

#[test]
fn statements() {
    check("A: continue", expect!["A: continue"]);
    check("continue: continue  # a task", expect!["continue: continue  # a task"]);
    check("main: continue = nop()", expect!["main: continue = nop()"]);
    check("advance: nop()", expect!["advance: nop()"]);
    check("advance => blocks", expect!["advance => blocks"]);
    check("advance 1500us", expect!["advance 1500us"]);
    check("advance 2000ms", expect!["advance 2s"]);
    check("advance 0s", expect!["advance 0ns"]);
    check("A: read(r, 1)@pipe_read:locked->_", expect!["A: read(r, 1) @ pipe_read:locked -> _"]);
    check("_: _ = nop() -> _", expect!["_: _ = nop() -> _"]);
}

#[test]
fn values() {
    check("T => 0XFF", expect!["T => 0xff"]);
    check("T => -0x10|18446744073709551615", expect!["T => -0x10|18446744073709551615"]);
    check("T => -9223372036854775808", expect!["T => -9223372036854775808"]);
    check("T => EPOLLIN | EPOLLET|0x800000", expect!["T => EPOLLIN|EPOLLET|0x800000"]);
    check("T => 9223372036854775807ns", expect!["T => 9223372036854775807ns"]);
    check("T => {[3], [ ], []}", expect!["T => {[3], [], []}"]);
    check("T => [{EPOLLIN, 7},{_}, NULL]", expect!["T => [{EPOLLIN, 7}, {_}, NULL]"]);
    check("T => _|x", expect!["T => _|x"]);
    let long = format!("T => [{}1]", "1, ".repeat(100_000));
    assert_eq!(parse(&long).0.to_string(), long + "\n");
}

#[test]
fn strings() {
    check(r#"T => "\n\t\r\0\\\"\'\a\b\f\v\?""#, expect![[r#"T => "\n\t\r\0\\\"'\a\b\f\v?""#]]);
    check(r#"T => "\x41\x4\101\7\3777""#, expect![[r#"T => "A\x04A\a\xff7""#]]);
    check(r#"T => "\0001\0a\x001""#, expect![[r#"T => "\x001\0a\x001""#]]);
    check(r#"T => "äöü \xe2\x82\xac 字""#, expect![[r#"T => "äöü € 字""#]]);
    check("T => \"tab\tnbsp\u{a0}\"", expect![[r#"T => "tab\tnbsp\xc2\xa0""#]]);
}

#[test]
fn parts_and_places() {
    let source = "main: [rd, wr] = pipe2(O_NONBLOCK) @ do_pipe2 -> blocks";
    let Statement::Call { task, binding, call, stop_at, expected } = statement(source) else {
        panic!("no call");
    };
    assert_eq!(source[task.span].to_owned(), "main");
    let Binding::Two(first, second) = binding else { panic!("no two names") };
    assert_eq!((&source[first.span], &source[second.span]), ("rd", "wr"));
    assert_eq!(&source[call.span.clone()], "pipe2(O_NONBLOCK)");
    assert_eq!(&source[call.args[0].span.clone()], "O_NONBLOCK");
    assert_eq!(stop_at.map(|point| &source[point.span]), Some("do_pipe2"));
    assert_eq!(expected.map(|expected| &source[expected.span]), Some("blocks"));

    let Statement::Check { expected, .. } = statement("T => [{a|b}]") else { panic!("no check") };
    let Expected::Value(Value::List(values)) = expected.node else { panic!("no list") };
    assert_eq!(values[0].span, 6..11);
}

/// A bad line is in the script, keeps its number, and hides no other.
#[test]
fn all_errors_are_found() {
    let source = "\u{feff}main nop()\r\nmain: nop()\r\nmain: nop(\r\n\r\nä: nop()\r\nA => _";
    let (script, diagnostics) = parse(source);
    let places: Vec<_> = diagnostics.iter().map(|one| one.line_column(source)).collect();
    assert_eq!(places, [(1, 6), (3, 11), (5, 1)]);
    assert_eq!(diagnostics[1].source_line(source), "main: nop(");
    assert_eq!(diagnostics[0].source_line(source), "main nop()");
    let is_read: Vec<_> = script.lines.iter().map(|line| line.content.is_some()).collect();
    assert_eq!(is_read, [false, true, false, false, false, true]);
    assert!(matches!(script.lines[5].content.as_deref(), Some(Content::Statement(_))));
    assert_eq!(script.lines[5].number, 6);
}
