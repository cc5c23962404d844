//! Whatever is done and undone, no version is lost, and each is exactly what it was.

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;

/// Something done to a history.
#[derive(Clone, Debug)]
enum Deed {
    /// Puts text in place of lines: first line, lines, text. Places count modulo what is there.
    Edit(usize, usize, String),
    Open(String),
    Undo,
    Redo,
    Go(usize),
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let text = "[a-c文é\n]{0,6}";
    let deed = prop_oneof![
        4 => (0..9_usize, 0..3_usize, text).prop_map(|(at, count, text)| Deed::Edit(at, count, text)),
        1 => text.prop_map(Deed::Open),
        3 => Just(Deed::Undo),
        2 => Just(Deed::Redo),
        1 => (0..20_usize).prop_map(Deed::Go),
    ];
    vec(deed, 0..40)
}

fn edited(text: &str, at: usize, count: usize, new: &str) -> String {
    let mut lines: Vec<&str> = text.split('\n').collect();
    let at = at % (lines.len() + 1);
    let end = (at + count).min(lines.len());
    lines.splice(at..end, [new]);
    lines.join("\n")
}

/// A history after these deeds, and the text of each version as it was made.
fn after(deeds: &[Deed]) -> (History, Vec<String>) {
    let mut history = History::new("a\nb\nc\n", Some("tree"));
    let mut texts = vec![history.text().to_owned()];
    for deed in deeds {
        let text = history.text().to_owned();
        match deed {
            Deed::Edit(at, count, new) => {
                history.record(&edited(&text, *at, *count, new), None, Some("tree"));
            }
            Deed::Open(new) => history.record(new, Some(What::Opened), None),
            Deed::Undo => assert_eq!(history.undoes().is_some(), history.undo()),
            Deed::Redo => assert_eq!(history.redoes().is_some(), history.redo()),
            Deed::Go(to) => assert!(history.go(to % history.count())),
        }
        if history.count() > texts.len() {
            texts.push(history.text().to_owned());
        }
        assert_eq!(history.text(), texts[history.at()]);
    }
    (history, texts)
}

proptest! {
    #[test]
    fn no_version_is_lost(deeds in deeds()) {
        let (history, texts) = after(&deeds);
        prop_assert_eq!(history.count(), texts.len());
        for (id, text) in texts.iter().enumerate() {
            prop_assert_eq!(&*history.text_of(id).unwrap(), text);
        }
        let mut rows: Vec<VersionId> = history.rows().iter().map(|row| row.version).collect();
        rows.sort_unstable();
        prop_assert!(rows.into_iter().eq(0..texts.len()));
    }

    #[test]
    fn undoing_all_and_redoing_all_comes_back(deeds in deeds()) {
        let (mut history, texts) = after(&deeds);
        let (here, mut steps) = (history.at(), 0);
        while history.undo() {
            steps += 1;
        }
        prop_assert_eq!((history.at(), history.text()), (0, texts[0].as_str()));
        for _ in 0..steps {
            prop_assert!(history.redo());
        }
        prop_assert_eq!((history.at(), history.text()), (here, texts[here].as_str()));
    }

    #[test]
    fn what_is_stored_is_read_back(deeds in deeds(), most in 0..4000_usize) {
        let (history, _) = after(&deeds);
        prop_assert_eq!(History::import(history.export(usize::MAX)), Some(history.clone()));
        let stored = serde_json::to_string(&history.export(most)).unwrap();
        let mut part = History::import(serde_json::from_str(&stored).unwrap()).unwrap();
        prop_assert_eq!(part.text(), history.text());
        let (undoes, redoes) = (part.undoes().cloned(), part.redoes().cloned());
        prop_assert!(undoes.is_none() || undoes.as_ref() == history.undoes());
        prop_assert_eq!(redoes.as_ref(), history.redoes());
        while part.undo() {}
        prop_assert!((0..part.count()).all(|id| part.text_of(id).is_some()));
    }

    #[test]
    fn what_is_stored_by_somebody_else_is_refused_or_sound(
        deeds in deeds(),
        at in any::<prop::sample::Index>(),
        byte in any::<u8>(),
    ) {
        let mut stored = serde_json::to_vec(&after(&deeds).0.export(usize::MAX)).unwrap();
        let at = at.index(stored.len());
        stored[at] = byte;
        if let Ok(saved) = serde_json::from_slice(&stored)
            && let Some(mut history) = History::import(saved)
        {
            history.rows();
            while history.undo() {}
            while history.redo() {}
            prop_assert!((0..history.count()).all(|id| history.text_of(id).is_some()));
        }
    }

    #[test]
    fn a_splice_says_which_lines_differ(old in "[ab\n]{0,9}", new in "[ab\n]{0,9}") {
        let Splice { at, removed, added } = Splice::between(&old, &new);
        let (old, new): (Vec<_>, Vec<_>) = (old.lines().collect(), new.lines().collect());
        let mut spliced = old.clone();
        spliced.splice(at..at + removed, new[at..at + added].iter().copied());
        prop_assert_eq!(spliced, new);
    }
}

#[test]
fn a_new_deed_leaves_the_undone_one_on_a_branch() {
    let mut history = History::new("a\n", None);
    history.record("a\nb\n", None, None);
    history.record("a\nb\nc\n", None, None);
    history.undo();
    history.record("a\nb\nd\n", None, None);
    assert_eq!(history.redoes(), None);
    let rows = history.rows();
    let shown: Vec<_> = rows.iter().map(|row| (row.version, row.depth, row.is_on_path)).collect();
    assert_eq!(shown, [(0, 0, true), (1, 0, true), (2, 1, false), (3, 0, true)]);
    assert!(history.go(2));
    assert_eq!(history.text(), "a\nb\nc\n");
    history.undo();
    assert_eq!(history.redoes(), Some(&What::Added { line: 3, count: 1, text: "c".into() }));
}

#[test]
fn what_is_typed_in_one_go_is_one_version() {
    let mut history = History::new("a\n", None);
    history.record("a\nb\n", None, None);
    history.amend("a\nbc\n", None);
    history.amend("a\nbcd\n", None);
    assert_eq!((history.count(), history.text()), (2, "a\nbcd\n"));
    history.undo();
    history.amend("x\n", None);
    assert_eq!(history.count(), 3, "what was undone stays");
    history.amend("a\n", None);
    assert_eq!((history.count(), history.at(), history.text()), (2, 0, "a\n"));
}

#[test]
fn what_was_done_is_told_from_the_texts() {
    let old = "a\nb\nc\n";
    let told = |new| What::between(old, new);
    assert_eq!(told("a\nx\nc\n"), What::Changed { line: 2, text: "x".into() });
    assert_eq!(told("a\nc\n"), What::Removed { line: 2, count: 1, text: "b".into() });
    assert_eq!(told("a\nb\nc\nx\ny\n"), What::Added { line: 4, count: 2, text: "x".into() });
    assert_eq!(told("x\ny\nc\n"), What::Rewritten { line: 1, count: 2 });
    let mut history = History::new(old, None);
    history.record(old, None, None);
    assert_eq!(history.count(), 1);
}

#[test]
fn lines_that_go_leave_their_place_to_those_that_come() {
    let splice = Splice { at: 2, removed: 3, added: 1 };
    assert_eq!([0, 1, 2, 3, 4, 5, 6].map(|line| splice.map(line)), [0, 1, 2, 2, 2, 3, 4]);
    let gone = Splice { at: 2, removed: 1, added: 0 };
    assert_eq!([1, 2, 3].map(|line| gone.map(line)), [1, 2, 2]);
}
