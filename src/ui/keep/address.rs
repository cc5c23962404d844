//! The address follows what one does, and what one does follows the address.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, UrlSearchParams};
use yew::prelude::*;

use super::browser::{NotKept, Step, remember, set_address};
use super::{KeepAction, encode_now, is_figure, keep};
use crate::share::MAX_LINK_CHARS;
use crate::tr;
use crate::ui::state::{Dispatch, View};

/// The address is brought up to date no more often; browsers refuse more than a few a second.
const PAUSE_MS: u32 = 500;

/// What was written last.
#[derive(Default)]
struct Written {
    /// The link that says what is on the page.
    link: Option<String>,
    source: String,
    /// What the page came to show by a link, and not by anything that was done.
    is_followed: bool,
    is_told: bool,
    timer: Option<Timeout>,
    view: Option<View>,
}

/// Keeps the address and the page together.
#[hook]
pub(in crate::ui) fn use_address(view: &View, dispatch: &Dispatch) {
    let written = use_memo((), |()| RefCell::new(Written::default()));
    {
        let (written, dispatch) = (Rc::clone(&written), dispatch.clone());
        let view = view.clone();
        use_effect_with(view.serial, move |_| schedule(&written, view, &dispatch));
    }
    let dispatch = dispatch.clone();
    use_effect_with((), move |()| {
        let handler = Closure::<dyn Fn(Event)>::new(move |_| came(&written, &dispatch));
        let window = web_sys::window();
        if let Some(window) = &window {
            let listener = handler.as_ref().unchecked_ref();
            let _ = window.add_event_listener_with_callback("popstate", listener);
        }
        move || {
            if let Some(window) = window {
                let listener = handler.as_ref().unchecked_ref();
                let _ = window.remove_event_listener_with_callback("popstate", listener);
            }
        }
    });
}

/// What stands behind `#`, if anything does.
pub(super) fn in_address() -> Option<String> {
    let hash = web_sys::window()?.location().hash().ok()?;
    let link = hash.strip_prefix('#').unwrap_or(&hash);
    (!link.is_empty()).then(|| link.to_owned())
}

/// Back, forward, or another link in the address.
fn came(written: &RefCell<Written>, dispatch: &Dispatch) {
    let link = in_address();
    let mut now = written.borrow_mut();
    if link.is_some() && link == now.link {
        return;
    }
    now.is_followed = true;
    now.timer = None;
    drop(now);
    dispatch.dispatch(keep(match link {
        Some(link) => KeepAction::Follow(link.into()),
        None => KeepAction::Start,
    }));
}

/// Writes soon, and once for all that happens until then.
fn schedule(written: &Rc<RefCell<Written>>, view: View, dispatch: &Dispatch) {
    if is_figure(&view.settings) {
        return;
    }
    let mut now = written.borrow_mut();
    if now.link.is_none() || now.is_followed {
        // What was opened is what the address says already.
        now.link = Some(encode_now(&view));
        now.source = view.session().source().to_owned();
        now.is_followed = false;
        now.view = Some(view);
        return;
    }
    now.view = Some(view);
    if now.timer.is_none() {
        let (written, dispatch) = (Rc::clone(written), dispatch.clone());
        now.timer = Some(Timeout::new(PAUSE_MS, move || write(&written, &dispatch)));
    }
}

fn write(written: &RefCell<Written>, dispatch: &Dispatch) {
    let mut now = written.borrow_mut();
    now.timer = None;
    let Some(view) = now.view.clone() else { return };
    if view.keep.progress.is_some() {
        return;
    }
    let link = encode_now(&view);
    if now.link.as_ref() == Some(&link) {
        return;
    }
    let is_other = *view.session().source() != now.source;
    if is_other {
        now.source = view.session().source().to_owned();
    }
    // A script too long for a link is a file's matter; it is kept here all the same.
    if link.len() <= MAX_LINK_CHARS {
        set_address(&address(&link), if is_other { Step::New } else { Step::Same });
    }
    let full = remember(&link) == Err(NotKept::Full);
    now.link = Some(link);
    if full && !now.is_told {
        now.is_told = true;
        drop(now);
        dispatch.dispatch(keep(KeepAction::Notice(Rc::new(|| tr!("keep-store-full")))));
    }
}

/// The page's own address with a link; of what was asked for, what the link does not say.
pub(super) fn address(link: &str) -> String {
    let query = web_sys::window().and_then(|w| w.location().search().ok()).unwrap_or_default();
    let kept = UrlSearchParams::new_with_str(&query).ok().map(|query| {
        ["scenario", "at", "line", "play"].iter().for_each(|key| query.delete(key));
        String::from(query.to_string())
    });
    let path = web_sys::window().and_then(|w| w.location().pathname().ok()).unwrap_or_default();
    match kept.filter(|kept| !kept.is_empty()) {
        Some(kept) => format!("{path}?{kept}#{link}"),
        None => format!("{path}#{link}"),
    }
}

/// The whole address of a link, for others: without what is this reader's.
pub(super) fn for_others(query: &str, link: &str) -> String {
    let location = web_sys::window().map(|w| w.location());
    let part = |part: Option<String>| part.unwrap_or_default();
    let origin = part(location.as_ref().and_then(|l| l.origin().ok()));
    let path = part(location.and_then(|l| l.pathname().ok()));
    format!("{origin}{path}{query}#{link}")
}
