//! The page. It draws the scene at one position of a session's run, and writes script lines.
//!
//! `ui` holds no truth: [`state`] keeps what is looked at, everything drawn is derived from the
//! session by folding events. Motion is CSS: objects are keyed by arena key and moved by
//! `transform`, so that an object seen before and after an event glides.

#![forbid(unsafe_code)]

mod settings;
mod state;

mod after;
mod app;
mod ask;
mod editor;
mod el;
mod embed;
mod hands;
mod header;
mod icons;
mod job;
mod keep;
mod keys;
mod lazy;
mod look;
mod notes;
mod past;
mod rows;
mod script;
mod script_window;
mod size;
mod stage;
mod timeline;

/// Puts the page into the element `#app`, or into the body of a document that has none.
pub fn mount() {
    let document = web_sys::window().and_then(|window| window.document());
    match document.and_then(|document| document.get_element_by_id("app")) {
        Some(root) => yew::Renderer::<app::App>::with_root(root).render(),
        None => yew::Renderer::<app::App>::new().render(),
    };
}
