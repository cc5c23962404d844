//! What only a browser can show of the library on wasm32: here, that the page mounts.
//!
//! `cargo xtask test --only wasm` runs it in headless Chromium.
#![cfg(target_arch = "wasm32")]

use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
async fn the_page_mounts_into_the_element_app() {
    let document = web_sys::window()
        .and_then(|window| window.document())
        .expect("a document");
    let root = document.create_element("div").expect("an element");
    root.set_id("app");
    let body = document.body().expect("a body");
    body.append_child(&root).expect("the body takes it");

    epoll_playground::ui::mount();
    // Yew renders in a later turn of the event loop.
    gloo_timers::future::TimeoutFuture::new(0).await;

    assert!(
        root.query_selector("main h1")
            .expect("a valid selector")
            .is_some()
    );
    root.remove();
}
