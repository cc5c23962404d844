//! Properties: printing and reading undo each other; no text makes the reader panic.

use proptest::prelude::*;
use proptest::sample::Index;

use super::reading::SAMPLE;
use crate::script::ast::{
    Base, Binding, Call, Content, Duration, Expected, Int, Line, Script, Spanned, Statement, Term,
    Unit, Value,
};
use crate::script::{Color, parse, render};

fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[A-Za-z_][A-Za-z0-9_]{0,6}",
        1 => prop::sample::select(vec!["_", "blocks", "advance", "continue", "NULL", "ms", "x0"])
            .prop_map(str::to_owned),
    ]
}

fn int() -> impl Strategy<Value = Int> {
    let value = prop_oneof![
        (-20i128..300),
        i128::from(i64::MIN)..=i128::from(u64::MAX),
        Just(i128::from(i64::MIN)),
        Just(i128::from(u64::MAX)),
    ];
    let base = prop_oneof![Just(Base::Decimal), Just(Base::Hexadecimal)];
    (value, base).prop_map(|(value, base)| Int { value, base })
}

fn duration() -> impl Strategy<Value = Duration> {
    let units = [Unit::Nanoseconds, Unit::Microseconds, Unit::Milliseconds, Unit::Seconds];
    let unit = prop::sample::select(units.to_vec());
    unit.prop_flat_map(|unit| {
        let longest = i64::MAX as u64 / unit.ns();
        prop_oneof![0..100u64, 0..=longest].prop_map(move |count| Duration { count, unit })
    })
}

fn term() -> impl Strategy<Value = Spanned<Term>> {
    let name = name().prop_filter("NULL is no name", |name| name != "NULL");
    let term = prop_oneof![name.prop_map(Term::Name), int().prop_map(Term::Int)];
    term.prop_map(Spanned::from)
}

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![any::<Vec<u8>>(), any::<String>().prop_map(String::into_bytes)]
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        4 => prop::collection::vec(term(), 1..4).prop_map(Value::Or),
        1 => bytes().prop_map(Value::Bytes),
        1 => duration().prop_map(Value::Duration),
        1 => Just(Value::Null),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        let parts = prop::collection::vec(inner.prop_map(Spanned::from), 0..4);
        prop_oneof![parts.clone().prop_map(Value::List), parts.prop_map(Value::Braces)]
    })
}

fn expected() -> impl Strategy<Value = Spanned<Expected>> {
    let is_word = |value: &Value| matches!(value.to_string().as_str(), "_" | "blocks");
    let value = value().prop_filter("has a variant of its own", move |value| !is_word(value));
    let expected = prop_oneof![
        1 => Just(Expected::Anything),
        1 => Just(Expected::Blocks),
        4 => value.prop_map(Expected::Value),
    ];
    expected.prop_map(Spanned::from)
}

fn binding() -> impl Strategy<Value = Binding> {
    let name = || name().prop_map(Spanned::from);
    prop_oneof![
        Just(Binding::None),
        name().prop_map(Binding::One),
        (name(), name())
            .prop_filter("two different names", |(first, second)| first.node != second.node)
            .prop_map(|(first, second)| Binding::Two(first, second)),
    ]
}

fn call() -> impl Strategy<Value = Spanned<Call>> {
    let name = name().prop_filter("no call", |name| name != "continue");
    let args = prop::collection::vec(value().prop_map(Spanned::from), 0..5);
    (name, args).prop_map(|(name, args)| Call { name: name.into(), args }.into())
}

fn statement() -> impl Strategy<Value = Statement> {
    let task = || name().prop_map(Spanned::from);
    let point = prop::option::of("[A-Za-z_][A-Za-z0-9_.:]{0,8}");
    let call = (task(), binding(), call(), point, prop::option::of(expected()));
    prop_oneof![
        6 => call.prop_map(|(task, binding, call, stop_at, expected)| {
            Statement::Call { task, binding, call, stop_at: stop_at.map(Spanned::from), expected }
        }),
        1 => task().prop_map(|task| Statement::Continue { task }),
        2 => (task(), expected()).prop_map(|(task, expected)| Statement::Check { task, expected }),
        1 => duration().prop_map(|by| Statement::Advance { by_ns: by.as_ns().into() }),
    ]
}

/// Free text of one line, as trimmed as the reader leaves it.
fn text() -> impl Strategy<Value = String> {
    ".{0,20}".prop_map(|text: String| text.trim().to_owned())
}

fn line() -> impl Strategy<Value = (Option<Content>, Option<String>)> {
    let metadata = ("[a-z][a-z0-9.-]{0,8}", text()).prop_map(|(key, value)| {
        // Nothing but a value may stand behind metadata.
        (Some(Content::Metadata { key, value }), None)
    });
    let statement = prop::option::of(statement().prop_map(Content::Statement));
    prop_oneof![1 => metadata, 5 => (statement, prop::option::of(text()))]
}

fn script() -> impl Strategy<Value = Script> {
    prop::collection::vec(line(), 0..8).prop_map(|lines| Script {
        lines: (1..)
            .zip(lines)
            .map(|(number, (content, comment))| Line {
                number,
                content: content.map(Spanned::from),
                comment,
            })
            .collect(),
    })
}

/// Reads and prints whatever is given; says what every reading must hold to.
fn read_anything(source: &str) -> Result<(), TestCaseError> {
    let (script, diagnostics) = parse(source);
    let mut last_line = 0;
    for one in &diagnostics {
        let (line, column) = one.line_column(source);
        prop_assert!(line > last_line, "one diagnostic a line, in order");
        last_line = line;
        prop_assert!(source.get(one.span.clone()).is_some(), "{one:?}");
        prop_assert!(!source[one.span.clone()].contains('\n'), "{one:?}");
        prop_assert!(column <= one.source_line(source).chars().count() + 1, "{one:?}");
        prop_assert!(!one.message.is_empty() && !one.expected.is_empty());
        prop_assert!(one.message.chars().count() < 120 && !one.message.ends_with('.'));
        prop_assert_eq!(&script.lines[line - 1].content, &None);
    }
    render("x.epoll", source, &diagnostics, Color::Never);
    let printed = script.to_string();
    prop_assert_eq!(parse(&printed), (script, vec![]), "{}", printed);
    Ok(())
}

proptest! {
    #[test]
    fn what_is_printed_reads_the_same(script in script()) {
        let printed = script.to_string();
        let (read, diagnostics) = parse(&printed);
        prop_assert_eq!(diagnostics, vec![], "{}", printed);
        prop_assert_eq!(&read, &script, "{}", printed);
        prop_assert_eq!(read.to_string(), printed);
    }

    #[test]
    fn any_text_can_be_read(source in "(?s).{0,80}") {
        read_anything(&source)?;
    }

    #[test]
    fn any_text_of_our_characters_can_be_read(
        source in r#"[\[\]{}()<>=|:@#"'\\, \t\r\n\-_0-9a-fmsxE.;/&µ\u{feff}]{0,60}"#,
    ) {
        read_anything(&source)?;
    }

    #[test]
    fn damaged_scripts_can_be_read(
        script in script(),
        damages in prop::collection::vec((any::<Index>(), 0..4usize, "(?s).{0,3}"), 1..6),
    ) {
        let mut characters: Vec<char> = format!("{SAMPLE}{script}").chars().collect();
        for (at, cut, put) in damages {
            let at = at.index(characters.len() + 1);
            let end = (at + cut).min(characters.len());
            characters.splice(at..end, put.chars());
        }
        read_anything(&characters.iter().collect::<String>())?;
    }

    #[test]
    fn cut_off_scripts_can_be_read(script in script(), at in any::<Index>()) {
        let source = script.to_string();
        let end = source.floor_char_boundary(at.index(source.len() + 1));
        read_anything(&source[..end])?;
    }
}
