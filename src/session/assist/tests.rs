use super::*;
use crate::lessons;

const SCRIPT: &str = "\
main: ep = epoll_create1(0)
main: [rd, wr] = pipe()
A: epoll_wait(ep, 8, -1) -> blocks
";

/// The labels at the place of `¦` in a line behind the script, and what is replaced.
fn labels(line: &str) -> (Vec<String>, String) {
    let text = format!("{SCRIPT}{line}\nmain: later = eventfd(0, 0)\n");
    let at = text.find('¦').expect("a place");
    let text = text.replace('¦', "");
    let Some(found) = complete(&text, at) else { return (Vec::new(), String::new()) };
    let replaced = text[found.range].to_owned();
    (found.choices.into_iter().map(|choice| choice.label).collect(), replaced)
}

fn first(line: &str, count: usize) -> Vec<String> {
    labels(line).0.into_iter().take(count).collect()
}

#[test]
fn each_place_has_its_choices() {
    assert_eq!(first("¦", 9), ["main", "A", "advance"]);
    assert_eq!(first("main: epoll_c¦", 3), ["epoll_create", "epoll_create1", "epoll_ctl"]);
    assert_eq!(labels("main: x = epoll_c¦").1, "epoll_c");
    assert_eq!(first("main: [a, b] = ¦", 1), ["epoll_create"]);
    assert_eq!(first("main: epoll_ctl(¦", 3), ["wr", "rd", "ep"]);
    assert_eq!(
        first("main: epoll_ctl(ep, ¦", 3),
        ["EPOLL_CTL_ADD", "EPOLL_CTL_DEL", "EPOLL_CTL_MOD"]
    );
    assert_eq!(first("main: epoll_ctl(ep, EPOLL_CTL_ADD, rd, {¦", 2), ["EPOLLIN", "EPOLLPRI"]);
    assert_eq!(first("main: epoll_ctl(ep, EPOLL_CTL_ADD, rd, {EPOLLIN|EPOLLE¦", 1), ["EPOLLERR"]);
    assert_eq!(first("main: epoll_wait(ep, 8, 0) -> ¦", 4), ["blocks", "EBADF", "EINTR", "EINVAL"]);
    assert_eq!(first("main: epoll_wait(ep, 8, 0) -> [{¦", 1), ["EPOLLIN"]);
    assert_eq!(first("main: epoll_wait(ep, 8, 0) @ ¦", 2), ["before_sleep", "timed_out"]);
    assert_eq!(first("main: kill(¦", 3), ["main", "A"]);
    assert_eq!(first("main: kill(A, SIGU¦", 1), ["SIGUSR1"]);
    assert_eq!(first("#: ¦", 1), ["title"]);
}

#[test]
fn nothing_is_offered_in_comments_and_strings() {
    assert!(labels("# epoll¦").0.is_empty());
    assert!(labels("main: write(wr, \"epoll¦").0.is_empty());
    assert!(!labels("main: write(wr, \"epoll\") -> ¦").0.is_empty());
    assert!(labels("main: nop() -> 0 # e¦").0.is_empty());
}

#[test]
fn names_of_later_lines_are_not_offered() {
    let all = labels("main: close(¦").0;
    assert!(all.contains(&"rd".to_owned()) && !all.contains(&"later".to_owned()), "{all:?}");
}

#[test]
fn a_call_types_its_arguments_as_fields() {
    let text = format!("{SCRIPT}main: epoll_ct");
    let found = complete(&text, text.len()).expect("choices");
    let choice = found.choices.iter().find(|choice| choice.label == "epoll_ctl").expect("it");
    assert_eq!(choice.detail, "(ep, op, fd, event)");
    let typed: String = choice
        .pieces
        .iter()
        .map(|piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Field(text) => format!("‹{text}›"),
        })
        .collect();
    assert_eq!(typed, "epoll_ctl(‹ep›, ‹EPOLL_CTL_ADD›, ‹wr›, ‹{EPOLLIN}›)");
}

fn word(line: &str) -> Option<Word> {
    let text = format!("{SCRIPT}{line}\n");
    let at = text.find('¦').expect("a place");
    help(&text.replace('¦', ""), at).map(|help| help.word)
}

#[test]
fn words_are_known_by_their_place() {
    let Some(Word::Call { usage, errors, .. }) = word("main: epoll_w¦ait(ep, 8, 0)") else {
        panic!("a call")
    };
    assert_eq!(usage, "epoll_wait(ep, maxevents, timeout)");
    assert_eq!(errors, [Errno::EBADF, Errno::EINTR, Errno::EINVAL]);
    assert_eq!(word("main: close(r¦d)"), Some(Word::Name("rd".to_owned(), 2)));
    assert_eq!(word("A¦: nop()"), Some(Word::Task("A".to_owned(), 3)));
    assert_eq!(word("main: kill(A¦, SIGUSR1)"), Some(Word::Task("A".to_owned(), 3)));
    let added = word("main: epoll_ctl(ep, EPOLL_CTL_ADD¦, rd, {EPOLLIN})");
    assert_eq!(added, Some(Word::Constant("EPOLL_CTL_ADD".to_owned(), 1)));
    let error = word("main: read(rd, 1) -> EAGA¦IN");
    assert_eq!(error, Some(Word::Error(Errno::EAGAIN, Some("read"))));
    assert_eq!(word("T: epoll_wait(ep, 1, 0) @ copy_¦out"), Some(Word::Point(Point::CopyOut)));
    assert_eq!(word("main: write(wr, \"clo¦se(\")"), None);
    assert_eq!(word("main: ¦nothing"), None);
}

#[test]
fn format_is_canonical_and_loses_nothing() {
    let untidy = "#:title=x\n#  a comment\n\nmain:ep=epoll_create1( 0 )# end\n  main: clos(,\n";
    let tidy = "#: title = x\n# a comment\n\nmain: ep = epoll_create1(0)  # end\n  main: clos(,\n";
    assert_eq!(format(untidy), tidy);
    assert_eq!(format(tidy), tidy);
    assert_eq!(format("main: nop( )"), "main: nop()");
    assert_eq!(format(""), "");
}

#[test]
fn lessons_are_formatted_to_what_says_the_same() {
    for lesson in lessons::ALL {
        let formatted = format(lesson.source);
        assert_eq!(parse(&formatted).0, parse(lesson.source).0, "{}", lesson.id);
        assert_eq!(format(&formatted), formatted, "{}", lesson.id);
    }
}

#[test]
fn any_place_of_any_text_can_be_asked_about() {
    for lesson in lessons::ALL {
        for at in (0..=lesson.source.len() + 1).step_by(41) {
            let at = at.min(lesson.source.len());
            let found = complete(lesson.source, at);
            assert!(found.is_none_or(|found| found.range.end <= lesson.source.len()));
            let _ = help(lesson.source, at);
        }
    }
}

#[test]
fn places_are_counted_as_javascript_does() {
    let text = "a中😀b";
    assert_eq!(utf16_of(text, text.len()), 5);
    for (at, _) in text.char_indices() {
        assert_eq!(byte_of(text, utf16_of(text, at)), at);
    }
    assert_eq!(byte_of(text, 99), text.len());
}
