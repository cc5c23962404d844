//! What looks at the page's measures waits until they are there.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// Does something after the next frame. Whoever asks how far a list is scrolled right after a change
/// makes the browser lay everything out at once, and once more for whatever changes after that; after
/// the frame it costs nothing.
pub(super) fn after_frame(act: impl FnOnce() + 'static) {
    let Some(window) = web_sys::window() else { return };
    let in_frame = Closure::once_into_js(move || {
        gloo_timers::callback::Timeout::new(0, act).forget();
    });
    let _ = window.request_animation_frame(in_frame.unchecked_ref());
}
