//! Expectations against what calls give.

use super::*;
use crate::script::ast::{Content, Statement};
use crate::script::parse;

fn expected(text: &str) -> Spanned<Expected> {
    let source = format!("A => {text}");
    let (script, diagnostics) = parse(&source);
    assert_eq!(diagnostics, [], "{source}");
    match script.lines[0].content.as_ref().map(|content| content.node.clone()) {
        Some(Content::Statement(Statement::Check { expected, .. })) => expected,
        other => panic!("{other:?}"),
    }
}

fn judge_text(text: &str, ending: &Ending) -> Result<Option<Mismatch>, Vec<Trouble>> {
    let mut env = Env::default();
    env.bind("fd", 4);
    env.bind("other", 5);
    let expected = expected(text);
    judge(&expected, &expected.span, ending, &env)
}

fn holds(text: &str, result: SysResult) {
    assert_eq!(judge_text(text, &Ending::Returned(result)), Ok(None), "{text}");
}

/// `got` as one would write it.
fn fails(text: &str, result: SysResult, shown: &str, got: &str) {
    let mismatch = judge_text(text, &Ending::Returned(result)).unwrap().expect("a mismatch");
    assert_eq!((mismatch.expected.as_str(), mismatch.got.as_str()), (shown, got), "{text}");
}

fn is_error(text: &str, message: &str) {
    let troubles = judge_text(text, &Ending::Returned(Ok(Reply::Int(0)))).unwrap_err();
    let messages: Vec<_> = troubles
        .iter()
        .map(|trouble| match trouble {
            Trouble::Error(diagnostic) => diagnostic.message.as_str(),
            Trouble::Missing(_) => "missing",
        })
        .collect();
    assert_eq!(messages, [message], "{text}");
}

fn int(number: i64) -> SysResult {
    Ok(Reply::Int(number))
}

fn bytes(bytes: &[u8]) -> SysResult {
    Ok(Reply::Bytes(bytes.to_vec()))
}

fn events(events: &[(Events, u64)]) -> SysResult {
    let event = |(events, data): &(Events, u64)| EpollEvent { events: *events, data: *data };
    Ok(Reply::Events(events.iter().map(event).collect()))
}

#[test]
fn numbers() {
    holds("0", int(0));
    holds("fd", int(4));
    holds("O_RDWR|O_NONBLOCK", int(0o4002));
    holds("0xffffffffffffffff", Ok(Reply::Counter(u64::MAX)));
    fails("7", int(8), "7", "8");
    fails("fd", int(8), "4", "8");
    fails("EPOLL_CLOEXEC", int(8), "EPOLL_CLOEXEC", "8");
    fails("-1", Ok(Reply::Counter(u64::MAX)), "-1", "18446744073709551615");
    fails("5", Err(Errno::EAGAIN), "5", "EAGAIN");
}

#[test]
fn errors() {
    holds("EAGAIN", Err(Errno::EAGAIN));
    holds("EWOULDBLOCK", Err(Errno::EAGAIN));
    fails("EBADF", Err(Errno::EAGAIN), "EBADF", "EAGAIN");
    fails("EAGAIN", int(11), "EAGAIN", "11");
    holds("_", Err(Errno::EBADF));
}

#[test]
fn bytes_read() {
    holds("\"he\"", bytes(b"he"));
    holds("2", bytes(b"he"));
    holds("0", bytes(b""));
    fails("\"hello\"", bytes(b"he"), "\"hello\"", "\"he\"");
    fails("3", bytes(b"he"), "3", "2");
    fails("\"he\"", int(2), "\"he\"", "2");
    let long = format!("\"{}\"", "x".repeat(40));
    fails(&long, bytes(&[b'y'; 40]), &long, &format!("\"{}\"", "y".repeat(40)));
}

#[test]
fn two_descriptors() {
    holds("[4, other]", Ok(Reply::Fds(4, 5)));
    fails("[4, 4]", Ok(Reply::Fds(4, 5)), "[4, 4]", "[4, 5]");
    fails("[fd]", Ok(Reply::Fds(4, 5)), "[4]", "[4, 5]");
    fails("9", Ok(Reply::Fds(4, 5)), "9", "[4, 5]");
}

#[test]
fn events_returned() {
    let two = [(Events::EPOLLIN, 4), (Events::EPOLLIN | Events::EPOLLHUP, u64::MAX)];
    holds("[{EPOLLIN, fd}, {0x11, 0xffffffffffffffff}]", events(&two));
    holds("2", events(&two));
    holds("[]", events(&[]));
    holds("0", events(&[]));
    fails("[{EPOLLIN, other}]", events(&two[..1]), "[{EPOLLIN, 5}]", "[{EPOLLIN, 4}]");
    fails("[]", events(&two[..1]), "[]", "[{EPOLLIN, 4}]");
    fails("3", events(&two[..1]), "3", "[{EPOLLIN, 4}]");
    fails("[{EPOLLIN, 4}]", events(&[]), "[{EPOLLIN, 4}]", "[]");
}

#[test]
fn blocked_calls() {
    assert_eq!(judge_text("blocks", &Ending::Blocked), Ok(None));
    assert_eq!(judge_text("_", &Ending::Blocked), Ok(None));
    let mismatch = judge_text("5", &Ending::Blocked).unwrap().unwrap();
    assert_eq!(mismatch.got, "blocks");
    fails("blocks", int(3), "blocks", "3");
}

#[test]
fn without_an_arrow_errors_and_blocks_fail() {
    assert_eq!(judge_unwritten(&Ending::Returned(int(3))), None);
    assert_eq!(judge_unwritten(&Ending::Stopped), None);
    let got = |ending| judge_unwritten(&ending).unwrap().got;
    assert_eq!(got(Ending::Returned(Err(Errno::EBADF))), "EBADF");
    assert_eq!(got(Ending::Blocked), "blocks");
}

#[test]
fn what_no_call_can_give_is_an_error() {
    is_error("{[1], 2, []}", "this is no set");
    is_error("[{EPOLLIN}]", "an expected event needs its data");
    is_error("[{EPOLLIN, 1, 2}]", "an event has two parts");
    is_error("[{EPOLLIN, 1}, 7]", "this is no event");
    is_error("[7, {EPOLLIN, 1}]", "this is no number");
    is_error("[{0x100000000, 1}]", "this does not fit an event mask");
    is_error("[{EPOLLIN, -1}]", "this does not fit `data`");
    is_error("{1, 2}", "no call gives this");
    is_error("10ms", "no call gives this");
    is_error("NULL", "no call gives this");
    is_error("nobody", "nothing is named `nobody`");
}

#[test]
fn what_poll_and_select_give_is_compared_in_full_or_by_count() {
    let found = |fd, events| PollFd { fd, events };
    let polled = || Ok(Reply::Polled(vec![found(4, Events::EPOLLIN), found(9, Events::EPOLLNVAL)]));
    holds("[{fd, POLLIN}, {9, POLLNVAL}]", polled());
    holds("2", polled());
    holds("[]", Ok(Reply::Polled(Vec::new())));
    fails(
        "[{fd, POLLIN|POLLOUT}]",
        polled(),
        "[{4, POLLIN|POLLOUT}]",
        "[{4, POLLIN}, {9, POLLNVAL}]",
    );
    let selected = || Ok(Reply::Selected(Box::new([vec![4, 7], Vec::new(), vec![5]])));
    holds("{[fd, 7], [], [other]}", selected());
    holds("3", selected());
    fails("{[fd], [], []}", selected(), "{[4], [], []}", "{[4, 7], [], [5]}");
}
