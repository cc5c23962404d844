use std::collections::{BTreeMap, BTreeSet};

use fluent_bundle::FluentResource;
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use include_dir::{Dir, include_dir};

use super::{Lang, files, set};

static SOURCE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src");

/// The messages and attributes of a language with the arguments of each.
fn messages(lang: Lang) -> BTreeMap<String, BTreeSet<String>> {
    let mut all = BTreeMap::new();
    for (name, source) in files::of(lang) {
        let resource = match FluentResource::try_new((*source).to_owned()) {
            Ok(resource) => resource,
            Err((_, errors)) => panic!("{}/{name}.ftl: {errors:?}", lang.tag()),
        };
        for entry in resource.entries() {
            let Entry::Message(message) = entry else { continue };
            let id = message.id.name;
            let mut add = |id: String, pattern: &Pattern<&str>| {
                let mut args = BTreeSet::new();
                arguments(pattern, &mut args);
                assert!(all.insert(id.clone(), args).is_none(), "{}: {id} twice", lang.tag());
            };
            if let Some(value) = &message.value {
                add(id.to_owned(), value);
            }
            for attribute in &message.attributes {
                add(format!("{id}.{}", attribute.id.name), &attribute.value);
            }
        }
    }
    all
}

fn arguments(pattern: &Pattern<&str>, out: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            of_expression(expression, out);
        }
    }
}

fn of_expression(expression: &Expression<&str>, out: &mut BTreeSet<String>) {
    match expression {
        Expression::Inline(inline) => of_inline(inline, out),
        Expression::Select { selector, variants } => {
            of_inline(selector, out);
            for variant in variants {
                arguments(&variant.value, out);
            }
        }
    }
}

fn of_inline(inline: &InlineExpression<&str>, out: &mut BTreeSet<String>) {
    match inline {
        InlineExpression::VariableReference { id } => {
            out.insert(id.name.to_owned());
        }
        InlineExpression::Placeable { expression } => of_expression(expression, out),
        _ => {}
    }
}

/// Where `tr!` is used with a literal name: file, name, arguments.
fn uses() -> Vec<(String, String, BTreeSet<String>)> {
    fn files<'a>(dir: &'a Dir<'a>, out: &mut Vec<(String, &'a str)>) {
        for file in dir.files() {
            let name = file.path().display().to_string();
            if name.ends_with(".rs") && !name.starts_with("i18n") {
                out.extend(file.contents_utf8().map(|text| (name, text)));
            }
        }
        for dir in dir.dirs() {
            files(dir, out);
        }
    }
    let mut all = Vec::new();
    files(&SOURCE, &mut all);
    let mut out = Vec::new();
    for (file, text) in all {
        let word = |c: char| c.is_alphanumeric() || c == '_';
        let calls = ["tr!(", "say!("].into_iter().flat_map(|call| text.match_indices(call));
        for (at, call) in calls {
            if text[..at].ends_with(word) {
                continue;
            }
            let call = &text[at + call.len()..];
            let Some(rest) = call.trim_start().strip_prefix('"') else { continue };
            let Some((id, rest)) = rest.split_once('"') else { continue };
            out.push((file.clone(), id.to_owned(), named(rest)));
        }
    }
    out
}

/// The names before `=` on the outermost level, up to the closing parenthesis.
fn named(text: &str) -> BTreeSet<String> {
    let (mut depth, mut quoted, mut word) = (0_i32, false, String::new());
    let mut out = BTreeSet::new();
    let mut previous = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if previous != '\\' => quoted = !quoted,
            _ if quoted => {}
            '(' | '[' | '{' => depth += 1,
            ')' if depth == 0 => break,
            ')' | ']' | '}' => depth -= 1,
            '=' if depth == 0
                && !matches!(previous, '=' | '!' | '<' | '>')
                && !matches!(chars.peek(), Some('=' | '>')) =>
            {
                out.insert(word.trim().to_owned());
            }
            ',' if depth == 0 => word.clear(),
            c if depth == 0 => word.push(c),
            _ => {}
        }
        if c == ',' && depth == 0 {
            word.clear();
        }
        previous = c;
    }
    out
}

#[test]
fn every_language_has_every_message_with_the_same_arguments() {
    let english = messages(Lang::En);
    for lang in Lang::ALL {
        let theirs = messages(lang);
        for (id, args) in &english {
            let Some(got) = theirs.get(id) else { panic!("{} lacks {id}", lang.tag()) };
            assert!(got.is_subset(args), "{}: {id} has {got:?}, English {args:?}", lang.tag());
        }
        for id in theirs.keys() {
            assert!(english.contains_key(id), "{}: {id} is not in English", lang.tag());
        }
    }
}

#[test]
fn every_message_that_is_said_exists_and_gets_what_it_needs() {
    let english = messages(Lang::En);
    for (file, id, given) in uses() {
        let ids = [id.clone(), format!("{id}.title"), format!("{id}.brief")];
        let wanted: Vec<_> = ids.iter().filter_map(|id| english.get(id)).collect();
        assert!(!wanted.is_empty(), "{file}: there is no message {id}");
        for wanted in wanted {
            assert!(wanted.is_subset(&given), "{file}: {id} wants {wanted:?}, gets {given:?}");
        }
    }
}

#[test]
fn a_language_is_chosen_by_what_the_reader_asks_for() {
    assert_eq!(Lang::wanted(["fr", "zh-TW", "en"]), Lang::ZhCn);
    assert_eq!(Lang::wanted(["zh-Hans-SG"]), Lang::ZhCn);
    assert_eq!(Lang::wanted(["en-GB", "zh"]), Lang::En);
    assert_eq!(Lang::wanted(["fr", "x!"]), Lang::En);
    assert_eq!(Lang::from_tag("zh"), Some(Lang::ZhCn));
    assert_eq!(Lang::from_tag("tlh"), None);
}

#[test]
fn counts_choose_the_plural_and_a_language_says_it_in_its_own_way() {
    assert_eq!(
        crate::tr!("page-position-past-end", end = 1, at = 5),
        "This scenario has 1 event; showing the last one, not 5."
    );
    assert!(crate::tr!("page-position-past-end", end = 2, at = 5).contains("2 events"));
    set(Lang::ZhCn);
    assert_eq!(crate::tr!("page-dismiss"), "好");
    set(Lang::En);
}
