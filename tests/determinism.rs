//! The same script gives the same trace, byte for byte, on this machine and as wasm in a browser.
//!
//! On this machine the test writes down a hash of each scenario's trace; `cargo xtask test --only
//! wasm` hands the list to the same test in the browser, which makes the traces anew.

use std::fmt::Write as _;
use std::hash::{DefaultHasher, Hasher};

use epoll_playground::session::Session;
use include_dir::{Dir, include_dir};

static SCENARIOS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/tests/scenarios");
static LESSONS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/www/lessons");

/// All scenarios by name, with their text.
fn sources() -> Vec<(String, &'static str)> {
    let mut found = Vec::new();
    let mut folders = vec![&SCENARIOS, &LESSONS];
    while let Some(folder) = folders.pop() {
        folders.extend(folder.dirs());
        let files = folder.files().filter(|file| file.path().extension().is_some());
        found.extend(files.map(|file| {
            let source = file.contents_utf8().expect("a scenario is text");
            (file.path().display().to_string(), source)
        }));
    }
    found.sort();
    found
}

/// A line a scenario: name, number of events, hash of all events with their causes.
fn hashes() -> String {
    let mut text = String::new();
    for (name, source) in sources() {
        let session = Session::open(source).expect("a scenario can be read");
        let mut hasher = DefaultHasher::new();
        for record in session.records() {
            hasher.write(&serde_json::to_vec(record).expect("an event is plain data"));
        }
        let (count, hash) = (session.records().len(), hasher.finish());
        writeln!(text, "{name} {count} {hash:016x}").expect("a string takes everything");
    }
    text
}

#[cfg(not(target_arch = "wasm32"))]
#[test]
fn twice_the_same_and_written_down() {
    let text = hashes();
    assert!(text.lines().count() > 300, "all scenarios are there");
    assert_eq!(text, hashes(), "the same script twice");
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("trace-hashes.txt");
    std::fs::write(path, text).expect("the build's own folder can be written");
}

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

#[cfg(target_arch = "wasm32")]
#[wasm_bindgen_test::wasm_bindgen_test]
fn as_on_the_machine_that_built_it() {
    let native = option_env!("EPOLL_TRACE_HASHES").unwrap_or_default();
    assert!(!native.is_empty(), "cargo xtask test --only wasm tells what the traces must be");
    let differing: Vec<_> = hashes()
        .lines()
        .zip(native.lines())
        .filter(|(here, there)| here != there)
        .map(|(here, there)| format!("wasm: {here}, native: {there}"))
        .collect();
    assert!(differing.is_empty(), "{differing:#?}");
    assert_eq!(hashes().lines().count(), native.lines().count());
}
