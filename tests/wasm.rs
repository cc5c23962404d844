//! The library as wasm in a browser: what JavaScript sees of it, and that the page mounts.
//!
//! `cargo xtask test --only wasm` runs it in headless Chromium.
#![cfg(target_arch = "wasm32")]

use epoll_playground::api::Playground;
use epoll_playground::lessons;
use js_sys::{Array, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
async fn the_page_mounts_into_the_element_app() {
    let document = web_sys::window().and_then(|window| window.document()).expect("a document");
    let root = document.create_element("div").expect("an element");
    root.set_id("app");
    let body = document.body().expect("a body");
    body.append_child(&root).expect("the body takes it");

    epoll_playground::ui::mount();
    // Yew renders in a later turn of the event loop.
    gloo_timers::future::TimeoutFuture::new(0).await;

    assert!(root.query_selector("main h1").expect("a valid selector").is_some());
    root.remove();
}

fn get(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).expect("an object")
}

#[wasm_bindgen_test]
fn every_lesson_runs_as_it_says() {
    for lesson in lessons::ALL {
        let playground = Playground::new(lesson.source).expect("a lesson can be read");
        let lines = Array::from(&playground.lines().expect("plain data"));
        assert_eq!(lines.length() as usize, lesson.source.lines().count(), "{}", lesson.id);
        for line in lines.iter() {
            assert_eq!(
                Array::from(&get(&line, "complaints")).length(),
                0,
                "{}: {line:?}",
                lesson.id
            );
        }
        assert!(playground.event_count() > 100, "{}", lesson.id);
    }
}

#[wasm_bindgen_test]
fn a_wrong_line_is_thrown_with_its_place_and_changes_nothing() {
    let source = "main: e = eventfd(0, 0)\n";
    let mut playground = Playground::new(source).expect("a script");
    let before = playground.event_count();
    let thrown = playground.append("main: read(e, 8").expect_err("a missing parenthesis");
    let complaint = Array::from(&thrown).get(0);
    assert_eq!(get(&complaint, "line").as_f64(), Some(2.0));
    assert_eq!(get(&complaint, "column").as_f64(), Some(16.0));
    assert_ne!(get(&complaint, "expected").as_string().unwrap_or_default(), "");
    assert_eq!(playground.event_count(), before);
    assert_eq!(playground.source(), source);
}

#[wasm_bindgen_test]
fn events_are_told_in_words_with_their_cause() {
    let mut playground = Playground::new("main: e = eventfd(0, 0)").expect("a script");
    playground.append("main: write(e, 3) -> 8").expect("a line");
    let lines = Array::from(&playground.lines().expect("plain data"));
    assert_eq!(get(&lines.get(1), "outcome").as_string().as_deref(), Some("= 8"));
    let last = playground.event_count() - 1;
    let told = playground.event(last).expect("plain data");
    assert!(get(&told, "cause").as_f64().is_some());
    assert!(!get(&told, "sentence").as_string().unwrap_or_default().is_empty());
    assert!(playground.event(last + 1).expect("plain data").is_undefined());
}
