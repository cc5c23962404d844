//! Links of every version that was ever published open what they were made of.
//!
//! `tests/links/v1-*.txt` hold one link each, with what it must open. A file is never changed, but for
//! one thing: when the kernel model tells a run otherwise on purpose, `leads = elsewhere` is added to
//! the links about it, for that is what the page must say from then on.
#![cfg(not(target_arch = "wasm32"))]
#![cfg_attr(not(target_arch = "wasm32"), expect(clippy::unwrap_used, reason = "a test may panic"))]

use std::collections::BTreeMap;
use std::path::Path;

use epoll_playground::session::Session;
use epoll_playground::share::{Trail, decode};
use epoll_playground::trace::Context;

/// The files by name, each with its `key = value` lines.
fn published() -> BTreeMap<String, BTreeMap<String, String>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/links");
    let read = |entry: std::io::Result<std::fs::DirEntry>| {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let lines = text.lines().filter_map(|line| line.split_once(" = "));
        let pairs = lines.map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
        (path.file_name().unwrap().to_string_lossy().into_owned(), pairs)
    };
    std::fs::read_dir(folder).unwrap().map(read).collect()
}

#[test]
fn every_published_link_opens_what_it_was_made_of() {
    let published = published();
    assert!(published.len() >= 4, "{:?}", published.keys());
    for (name, told) in published {
        let moment = decode(&told["link"]).unwrap_or_else(|error| panic!("{name}: {error}"));
        let (source, lesson) = moment.script.source().unwrap();
        let opened = lesson.map_or(source.lines().next().unwrap(), |lesson| lesson.id);
        assert_eq!(opened, told["opens"], "{name}");
        assert_eq!(moment.position.to_string(), told["position"], "{name}");
        let looks = moment.looks;
        let selected = looks.selected.and_then(|pick| pick.thing());
        assert_eq!(format!("{selected:?}"), told["selected"], "{name}");
        let rest = (looks.tab, looks.side, looks.step, looks.speed, looks.window);
        assert_eq!(format!("{rest:?}"), told["looks"], "{name}");

        let session = Session::open(source).unwrap();
        let records = session.records();
        let start = records.iter().take_while(|r| r.event.by() == Context::Boot).count();
        let at = start + usize::try_from(moment.position).unwrap();
        assert_eq!(records[at - 1].event.func().name(), told["function"], "{name}");
        let elsewhere = moment.leads_elsewhere(Trail::default().at(records, at));
        let told_elsewhere = told.get("leads").is_some_and(|leads| leads == "elsewhere");
        assert_eq!(elsewhere, told_elsewhere, "{name}: does it still lead where it led?");
        assert!(selected.is_none_or(|thing| session.scene_at(at).has(thing)), "{name}");
    }
}
