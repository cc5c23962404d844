//! Files for the reader: script, calls, pictures. The libraries for it are loaded when they are
//! needed.

use std::cell::Cell;

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::{KeepAction, keep, name_of};
use crate::share::transcript;
use crate::tr;
use crate::ui::lazy;
use crate::ui::settings::Tab;
use crate::ui::state::{Action, Dispatch, State, View};

#[wasm_bindgen]
extern "C" {
    type Exports;
    #[wasm_bindgen(method, catch)]
    fn text(this: &Exports, name: &str, content: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch)]
    fn svg(this: &Exports, name: &str) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn png(this: &Exports, name: &str) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method)]
    fn drawn(this: &Exports) -> Promise;
    #[wasm_bindgen(method, catch)]
    fn recorder(this: &Exports) -> Result<Recorder, JsValue>;

    type Recorder;
    #[wasm_bindgen(method, catch)]
    fn frame(this: &Recorder, is_last: bool) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn save(this: &Recorder, name: &str) -> Result<(), JsValue>;
}

thread_local! {
    /// The animation under way is to end.
    static IS_CANCELLED: Cell<bool> = const { Cell::new(false) };
}

/// An animation has no more frames.
const MOST_FRAMES: usize = 60;

/// The module says the same.
const MOST_MB: usize = 8;

/// What can be saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Script,
    Calls,
    Svg,
    Png,
}

/// Saves it, and says so.
pub(super) fn save(kind: Kind, view: &View, dispatch: &Dispatch) {
    let (view, dispatch) = (view.clone(), dispatch.clone());
    let ending = match kind {
        Kind::Script => "epoll",
        Kind::Calls => "strace.txt",
        Kind::Svg => "svg",
        Kind::Png => "png",
    };
    let name = format!("{}.{ending}", name_of(&view));
    if matches!(kind, Kind::Svg | Kind::Png) {
        dispatch.dispatch(Action::ShowTab(Tab::Stage));
    }
    spawn_local(async move {
        let done = saved(kind, &view, &name).await;
        tell(&dispatch, done.map(|()| name));
    });
}

async fn saved(kind: Kind, view: &View, name: &str) -> Result<(), JsValue> {
    let exports = exports().await?;
    match kind {
        Kind::Script => exports.text(name, view.session().source()),
        Kind::Calls => exports.text(name, &transcript(view.session().records(), &view.names)),
        Kind::Svg | Kind::Png => {
            JsFuture::from(exports.drawn()).await?;
            let made = if kind == Kind::Svg { exports.svg(name)? } else { exports.png(name)? };
            JsFuture::from(made).await.map(|_| ())
        }
    }
}

async fn exports() -> Result<Exports, JsValue> {
    Ok(lazy::load("export").await?.unchecked_into())
}

fn tell(dispatch: &Dispatch, done: Result<String, JsValue>) {
    let said = match done {
        Ok(name) => KeepAction::Said(std::rc::Rc::new(move || tr!("keep-saved", name = &*name))),
        Err(error) => failure(&error),
    };
    dispatch.dispatch(keep(said));
}

fn failure(error: &JsValue) -> KeepAction {
    let why = js_sys::Reflect::get(error, &"message".into()).ok().and_then(|m| m.as_string());
    let why = why.unwrap_or_default();
    KeepAction::Said(std::rc::Rc::new(move || tr!("keep-failed", why = &*why)))
}

/// The positions that an animation shows: where playback rests, both ends too; counted as the page
/// counts.
pub(super) fn frames(state: &State, from: usize, to: usize) -> Vec<usize> {
    let at = |event: usize| (event + state.start).min(state.len());
    let (from, to) = (at(from.min(to)), at(from.max(to)));
    let rests = (from + 1..to).filter(|at| state.rows[at - 1].stop);
    let mut all: Vec<usize> = std::iter::once(from).chain(rests).chain([to]).collect();
    all.dedup();
    if all.len() > MOST_FRAMES {
        let last = all.len() - 1;
        all = (0..MOST_FRAMES).map(|n| all[n * last / (MOST_FRAMES - 1)]).collect();
    }
    all
}

/// Ends the animation under way; nothing is saved.
pub(super) fn cancel() {
    IS_CANCELLED.set(true);
}

/// Saves an animation of what happens from one event to another.
pub(super) fn gif(view: &View, dispatch: &Dispatch, from: usize, to: usize) {
    let frames = frames(view, from, to);
    let (back, name) = (view.position, format!("{}.gif", name_of(view)));
    let dispatch = dispatch.clone();
    IS_CANCELLED.set(false);
    dispatch.dispatch(Action::ShowTab(Tab::Stage));
    dispatch.dispatch(keep(KeepAction::Progress(Some((0, frames.len())))));
    spawn_local(async move {
        let made = record(&frames, &dispatch, &name).await;
        dispatch.dispatch(Action::Go(back));
        dispatch.dispatch(keep(KeepAction::Progress(None)));
        let said = match made {
            Ok(None) => KeepAction::Said(std::rc::Rc::new(|| tr!("keep-cancelled"))),
            Ok(Some(count)) if count < frames.len() => {
                KeepAction::Said(std::rc::Rc::new(move || {
                    tr!("keep-gif-cut", name = &*name, frames = count, mb = MOST_MB)
                }))
            }
            Ok(Some(_)) => return tell(&dispatch, Ok(name)),
            Err(error) => failure(&error),
        };
        dispatch.dispatch(keep(said));
    });
}

/// Records and saves; how many frames it came to, nothing if it was cancelled.
async fn record(
    frames: &[usize],
    dispatch: &Dispatch,
    name: &str,
) -> Result<Option<usize>, JsValue> {
    let exports = exports().await?;
    let recorder = exports.recorder()?;
    let mut count = 0;
    for position in frames {
        dispatch.dispatch(Action::Go(*position));
        JsFuture::from(exports.drawn()).await?;
        let has_room = JsFuture::from(recorder.frame(count + 1 == frames.len())?).await?;
        count += 1;
        dispatch.dispatch(keep(KeepAction::Progress(Some((count, frames.len())))));
        if IS_CANCELLED.get() {
            return Ok(None);
        }
        if !has_room.is_truthy() {
            break;
        }
    }
    recorder.save(name)?;
    Ok(Some(count))
}
