//! What is asked of the browser: its history, its storage, its clipboard.

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = localStorage, js_name = getItem)]
    fn get_item(key: &str) -> Result<Option<String>, JsValue>;
    #[wasm_bindgen(catch, js_namespace = localStorage, js_name = setItem)]
    fn set_item(key: &str, value: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(catch, js_namespace = localStorage, js_name = removeItem)]
    fn remove_item(key: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(catch, js_namespace = sessionStorage, js_name = getItem)]
    fn get_own(key: &str) -> Result<Option<String>, JsValue>;
    #[wasm_bindgen(catch, js_namespace = sessionStorage, js_name = setItem)]
    fn set_own(key: &str, value: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(catch, js_namespace = sessionStorage, js_name = removeItem)]
    fn remove_own(key: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(catch, js_namespace = history, js_name = replaceState)]
    fn replace_state(data: &JsValue, unused: &str, url: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(catch, js_namespace = history, js_name = pushState)]
    fn push_state(data: &JsValue, unused: &str, url: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(catch, js_namespace = ["navigator", "clipboard"], js_name = writeText)]
    fn write_text(text: &str) -> Result<Promise, JsValue>;
}

/// Under this name the last moment is kept, as a link: that is checked and has a version.
const LAST: &str = "epoll-playground.last";

/// Under this name the versions of the script are kept: for this tab, and those of the last visit.
const PAST: &str = "epoll-playground.past";

/// The last moment of the last visit; nothing where the browser keeps nothing.
pub(super) fn recall() -> Option<String> {
    get_item(LAST).ok().flatten()
}

/// Forgets it.
pub(super) fn forget() {
    // What cannot be removed is left out again next time.
    let _ = remove_item(LAST);
}

/// Why something was not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NotKept {
    /// There is no room.
    Full,
    /// The browser keeps nothing for this page.
    Forbidden,
}

impl NotKept {
    fn why(error: JsValue) -> NotKept {
        let name = js_sys::Reflect::get(&error, &"name".into()).ok().and_then(|n| n.as_string());
        match name.as_deref() {
            Some("QuotaExceededError" | "NS_ERROR_DOM_QUOTA_REACHED") => NotKept::Full,
            _ => NotKept::Forbidden,
        }
    }
}

/// Keeps the moment for the next visit.
pub(super) fn remember(link: &str) -> Result<(), NotKept> {
    set_item(LAST, link).map_err(NotKept::why)
}

/// Keeps the versions, for this tab and for the next visit.
pub(super) fn remember_past(text: &str) -> Result<(), NotKept> {
    // Another tab writes the next visit's: each keeps its own too.
    let own = set_own(PAST, text);
    own.and(set_item(PAST, text)).map_err(NotKept::why)
}

/// The versions of this tab.
pub(super) fn recall_own_past() -> Option<String> {
    get_own(PAST).ok().flatten()
}

/// The versions of the last visit.
pub(super) fn recall_past() -> Option<String> {
    get_item(PAST).ok().flatten()
}

/// Forgets the versions of this tab.
pub(super) fn forget_own_past() {
    let _ = remove_own(PAST);
}

/// Forgets the versions of the last visit.
pub(super) fn forget_past() {
    let _ = remove_item(PAST);
}

/// Whether a change of the address is a step that one can go back from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    New,
    Same,
}

/// Changes the address.
pub(super) fn set_address(url: &str, step: Step) {
    // Browsers refuse when it happens too often: the next change says it again.
    let _ = match step {
        Step::New => push_state(&JsValue::NULL, "", url),
        Step::Same => replace_state(&JsValue::NULL, "", url),
    };
}

/// Copies a text; whether the browser did.
pub(super) async fn copy(text: &str) -> bool {
    match write_text(text) {
        Ok(promise) => JsFuture::from(promise).await.is_ok(),
        Err(_) => false,
    }
}
