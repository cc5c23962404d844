//! Modules of `www/js`, loaded when they are needed first.
//!
//! `www/boot.js` knows their addresses: the build puts them, with a hash in each, into the page's
//! head. They are relative to the page's base, so the site works from any sub-folder, and of its own
//! origin, as the content security policy wants it.

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = epollPlayground, js_name = load)]
    fn import(name: &str) -> Result<Promise, JsValue>;
}

/// The module made of `www/js/NAME.ts`: its exports are the properties of what comes.
///
/// # Errors
/// What the browser says when it cannot be had: no network, or a page without its modules. It may be
/// asked for again.
pub(super) async fn load(name: &str) -> Result<JsValue, JsValue> {
    JsFuture::from(import(name)?).await
}
