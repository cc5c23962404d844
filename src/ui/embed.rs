//! A figure in somebody's text: what its link asks for beyond a page's, and what its host tells it.
//!
//! `www/js/embed.ts` looks whether it is seen, and hears of the host's theme; `www/embed.js` is the host's
//! side of it.

use std::rc::Rc;

use js_sys::{Function, Object, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::lazy;
use super::settings::Theme;
use super::state::{Action, Dispatch, State};
use crate::tr;

/// What a figure keeps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Embed {
    /// Playing goes round between these positions.
    pub(super) round: Option<(usize, usize)>,
    /// Nobody sees it, so it rests.
    pub(super) unseen: bool,
    /// Script and forms are shown.
    pub(super) writes: bool,
}

/// What happens to a figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum EmbedAction {
    /// It came into sight, or went.
    Seen(bool),
    /// Its host has this theme.
    Theme(Theme),
    /// Its host asked for a theme that there is not.
    Unknown(Rc<str>),
    /// Shows script and forms, or hides them.
    Write(bool),
}

/// Does it.
pub(super) fn act(state: &mut State, action: EmbedAction) {
    match action {
        EmbedAction::Seen(is) => state.embed.unseen = !is,
        EmbedAction::Theme(theme) => state.settings.theme = theme,
        EmbedAction::Unknown(name) => {
            state.notice = Some(Rc::new(move || tr!("page-no-theme", text = &*name)));
        }
        EmbedAction::Write(writes) => state.embed.writes = writes,
    }
}

/// Two positions, as in `12-40`, the first before the second.
pub(super) fn range(text: &str) -> Option<(usize, usize)> {
    let (from, to) = text.split_once('-')?;
    let (from, to) = (from.parse().ok()?, to.parse().ok()?);
    (from < to).then_some((from, to))
}

/// Where the next beat leads if playing goes round here; nothing if it goes on as ever.
pub(super) fn round(state: &State, to: usize) -> Option<usize> {
    let (from, end) = state.embed.round?;
    let is_inside = (from..=end).contains(&state.position);
    match () {
        () if state.position == end => Some(from),
        () if is_inside && to > end => Some(end),
        () => None,
    }
}

/// In a figure: hears what the host tells.
#[hook]
pub(super) fn use_host(is_figure: bool, dispatch: &Dispatch) {
    let dispatch = dispatch.clone();
    use_effect_with(is_figure, move |is_figure| {
        if *is_figure {
            spawn_local(async move {
                // A figure that cannot hear its host is a figure all the same.
                let _ = listen(dispatch).await;
            });
        }
    });
}

async fn listen(dispatch: Dispatch) -> Result<(), JsValue> {
    let module = lazy::load("embed").await?;
    let watch: Function = Reflect::get(&module, &"watch".into())?.dyn_into()?;
    let tell = {
        let dispatch = dispatch.clone();
        move |action| dispatch.dispatch(Action::Embed(action))
    };
    let seen = Closure::<dyn Fn(bool)>::new(move |is| tell(EmbedAction::Seen(is)));
    let theme = Closure::<dyn Fn(String)>::new(move |name: String| {
        let theme = Theme::from_name(&name);
        dispatch.dispatch(Action::Embed(
            theme.map_or_else(|| EmbedAction::Unknown(Rc::from(name)), EmbedAction::Theme),
        ));
    });
    let figure = Object::new();
    // They live as long as the document.
    Reflect::set(&figure, &"seen".into(), &seen.into_js_value())?;
    Reflect::set(&figure, &"theme".into(), &theme.into_js_value())?;
    watch.call1(&JsValue::UNDEFINED, &figure)?;
    Ok(())
}
