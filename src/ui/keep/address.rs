//! The address follows what one does, and what one does follows the address.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, UrlSearchParams};
use yew::prelude::*;

use super::browser::{NotKept, Step, remember, remember_past, set_address};
use super::{KeepAction, encode_now, is_figure, keep};
use crate::session::history::History;
use crate::share::{MAX_LINK_CHARS, pack_past};
use crate::tr;
use crate::ui::job::is_long;
use crate::ui::state::{Dispatch, View};

/// The address is brought up to date no more often; browsers refuse more than a few a second.
const PAUSE_MS: u32 = 500;

/// Another address, the end of the visit, and its going on after all.
const EVENTS: [&str; 3] = ["popstate", "pagehide", "pageshow"];

/// What was written last.
#[derive(Default)]
struct Written {
    /// The link that says what is on the page.
    link: Option<String>,
    source: String,
    /// What the page came to show by a link, and not by anything that was done.
    is_followed: bool,
    is_told: bool,
    /// The page goes: what is still told is written at once.
    is_leaving: bool,
    /// The versions and what is typed, as they were kept last.
    past: Option<(Rc<History>, Option<Rc<str>>)>,
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
        let handler =
            Closure::<dyn Fn(Event)>::new(move |event: Event| match event.type_().as_str() {
                "pagehide" => leave(&written, &dispatch),
                "pageshow" => written.borrow_mut().is_leaving = false,
                _ => came(&written, &dispatch),
            });
        let window = web_sys::window();
        for (window, name) in window.iter().flat_map(|window| EVENTS.map(|name| (window, name))) {
            let listener = handler.as_ref().unchecked_ref();
            let _ = window.add_event_listener_with_callback(name, listener);
        }
        move || {
            for (window, name) in window.iter().flat_map(|window| EVENTS.map(|name| (window, name)))
            {
                let listener = handler.as_ref().unchecked_ref();
                let _ = window.remove_event_listener_with_callback(name, listener);
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
    // While a long run is made, the page shows what was there before.
    if is_figure(&view.settings) || view.job.is_some() {
        return;
    }
    let mut now = written.borrow_mut();
    if now.link.is_none() || now.is_followed {
        // What was opened is what the address says already.
        now.link = match is_long(view.session().source()) {
            true => in_address().or_else(|| Some(String::new())),
            false => Some(encode_now(&view)),
        };
        now.source = view.session().source().to_owned();
        now.is_followed = false;
        if now.past.is_none() {
            now.past = Some(past_of(&view));
        }
        now.view = Some(view);
        return;
    }
    now.view = Some(view);
    if now.is_leaving {
        drop(now);
        write(written, dispatch);
    } else if now.timer.is_none() {
        let (written, dispatch) = (Rc::clone(written), dispatch.clone());
        now.timer = Some(Timeout::new(PAUSE_MS, move || write(&written, &dispatch)));
    }
}

/// What was done last is not lost with the page.
fn leave(written: &RefCell<Written>, dispatch: &Dispatch) {
    written.borrow_mut().is_leaving = true;
    let waits = written.borrow().timer.is_some();
    if waits {
        write(written, dispatch);
    }
}

fn past_of(view: &View) -> (Rc<History>, Option<Rc<str>>) {
    (Rc::clone(view.past.history()), view.editor.draft.clone())
}

/// Keeps the versions, if there is something new.
fn keep_past(now: &mut Written, view: &View) -> Result<(), NotKept> {
    let (history, draft) = past_of(view);
    let is_kept =
        now.past.as_ref().is_some_and(|(kept, text)| Rc::ptr_eq(kept, &history) && *text == draft);
    if is_kept {
        return Ok(());
    }
    let packed = pack_past(&history, draft.clone());
    now.past = Some((history, draft));
    packed.map_or(Ok(()), |packed| remember_past(&packed))
}

fn write(written: &RefCell<Written>, dispatch: &Dispatch) {
    let mut now = written.borrow_mut();
    now.timer = None;
    let Some(view) = now.view.clone() else { return };
    if view.keep.progress.is_some() {
        return;
    }
    // A long script is not packed anew for each step.
    let is_same = || *view.session().source() == now.source;
    if !now.is_leaving && is_long(view.session().source()) && is_same() {
        return;
    }
    let mut full = keep_past(&mut now, &view) == Err(NotKept::Full);
    let link = encode_now(&view);
    if now.link.as_ref() != Some(&link) {
        full |= write_link(&mut now, &view, link) == Err(NotKept::Full);
    }
    if full && !now.is_told {
        now.is_told = true;
        drop(now);
        dispatch.dispatch(keep(KeepAction::Notice(Rc::new(|| tr!("keep-store-full")))));
    }
}

fn write_link(now: &mut Written, view: &View, link: String) -> Result<(), NotKept> {
    let is_other = *view.session().source() != now.source;
    if is_other {
        now.source = view.session().source().to_owned();
    }
    // A script too long for a link is a file's matter; it is kept here all the same.
    if link.len() <= MAX_LINK_CHARS {
        set_address(&address(&link), if is_other { Step::New } else { Step::Same });
    }
    let kept = remember(&link);
    now.link = Some(link);
    kept
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
