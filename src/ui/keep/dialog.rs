//! The dialog «Share and keep».

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlDialogElement, HtmlInputElement};
use yew::prelude::*;

use super::pictures::{self, Kind, save};
use super::{KeepAction, address, browser, files, keep, moment};
use crate::share::{MAX_LINK_CHARS, encode};
use crate::tr;
use crate::ui::app::PartProps;
use crate::ui::el::{el, word_button};
use crate::ui::state::{Dispatch, View};

/// Links longer than this do not go everywhere, in characters.
const LONG_LINK: usize = 8 * 1024;

/// The dialog; it is open as long as it is there.
#[component]
pub(in crate::ui) fn Dialog(PartProps { view, dispatch }: &PartProps) -> Html {
    let dialog = use_node_ref();
    {
        let dialog = dialog.clone();
        use_effect_with((), move |()| {
            if let Some(dialog) = dialog.cast::<HtmlDialogElement>() {
                let _ = dialog.show_modal();
            }
        });
    }
    // The moment at which it was opened: an animation moves on meanwhile.
    let link = use_memo((), |()| encode(&moment(view)));
    let onclose = {
        let dispatch = dispatch.clone();
        Callback::from(move |_: Event| {
            pictures::cancel();
            dispatch.dispatch(keep(KeepAction::Menu(false)));
        })
    };
    // The page's own keys rest while the dialog is open.
    let onkeydown = Callback::from(|event: KeyboardEvent| event.stop_propagation());
    let said = view.keep.said.as_ref().map(|say| say()).unwrap_or_default();
    let close = keep(KeepAction::Menu(false));
    html! {
        <dialog class="keep" ref={dialog} {onclose} {onkeydown} aria-labelledby="keep-title">
            <div class="keep-head">
                <h2 id="keep-title">{ tr!("keep-title") }</h2>
                { word_button(dispatch, "btn", &tr!("keep-close"), close) }
            </div>
            <p class="keep-said" role="status">{ said }</p>
            { links(dispatch, &link) }
            { script(view, dispatch) }
            { picture(view, dispatch) }
            <Animation view={view.clone()} dispatch={dispatch.clone()} />
        </dialog>
    }
}

fn links(dispatch: &Dispatch, link: &str) -> Html {
    if link.len() > MAX_LINK_CHARS {
        return el("p", &["keep-note"]).text(&tr!("keep-too-long")).html();
    }
    let long = (link.len() > LONG_LINK).then(|| {
        let text = tr!("keep-long", kb = link.len().div_ceil(1024));
        el("p", &["keep-note"]).text(&text).html()
    });
    let url = address::for_others("", link);
    let figure = address::for_others("?embed=1", link);
    let title = tr!("page-title");
    let snippet = format!(
        "<iframe src=\"{figure}\" title=\"{title}\" width=\"760\" height=\"560\" loading=\"lazy\"></iframe>"
    );
    html! {
        <>
            { copyable(dispatch, "keep-link", [tr!("keep-link"), tr!("keep-link-field"), tr!("keep-copy-link")], url) }
            { long }
            { copyable(dispatch, "keep-embed", [tr!("keep-embed"), tr!("keep-embed-field"), tr!("keep-copy-embed")], snippet) }
        </>
    }
}

/// A text in a field, and a button that copies it.
fn copyable(
    dispatch: &Dispatch,
    id: &'static str,
    [head, name, word]: [String; 3],
    text: String,
) -> Html {
    let dispatch = dispatch.clone();
    let value = text.clone();
    let onclick = Callback::from(move |_: MouseEvent| {
        let (dispatch, text) = (dispatch.clone(), text.clone());
        spawn_local(async move {
            let is_copied = browser::copy(&text).await;
            if !is_copied {
                select(id);
            }
            dispatch.dispatch(keep(KeepAction::Said(Rc::new(move || match is_copied {
                true => tr!("keep-copied"),
                false => tr!("keep-copy-by-hand"),
            }))));
        });
    });
    html! {
        <section>
            <h3>{ head }</h3>
            <div class="keep-row">
                <input {id} class="field mono" type="text" readonly={true} {value} aria-label={name} />
                <button type="button" class="btn" {onclick}>{ word }</button>
            </div>
        </section>
    }
}

/// Selects what is in a field, for the reader to copy.
fn select(id: &str) {
    use wasm_bindgen::JsCast;
    let document = web_sys::window().and_then(|w| w.document());
    let field = document.and_then(|d| d.get_element_by_id(id));
    if let Some(field) = field.and_then(|f| f.dyn_into::<HtmlInputElement>().ok()) {
        let _ = field.focus();
        field.select();
    }
}

fn saver(view: &View, dispatch: &Dispatch, word: String, kind: Kind) -> Html {
    let (view, dispatch) = (view.clone(), dispatch.clone());
    let off = view.keep.progress.is_some();
    let onclick = Callback::from(move |_: MouseEvent| save(kind, &view, &dispatch));
    html! { <button type="button" class="btn" disabled={off} {onclick}>{ word }</button> }
}

fn script(view: &View, dispatch: &Dispatch) -> Html {
    let onchange = {
        let dispatch = dispatch.clone();
        Callback::from(move |event: Event| {
            let input: HtmlInputElement = event.target_unchecked_into();
            if let Some(file) = input.files().and_then(|files| files.get(0)) {
                files::open(file, dispatch.clone());
            }
            // The same file can be picked again.
            input.set_value("");
        })
    };
    html! {
        <section>
            <h3>{ tr!("keep-file") }</h3>
            <div class="keep-row">
                { saver(view, dispatch, tr!("keep-download"), Kind::Script) }
                <label class="btn">
                    { tr!("keep-open") }
                    <input type="file" accept=".epoll,.txt,text/plain" {onchange} />
                </label>
            </div>
            <p class="keep-note">{ tr!("keep-drop") }</p>
        </section>
    }
}

fn picture(view: &View, dispatch: &Dispatch) -> Html {
    html! {
        <>
            <section>
                <h3>{ tr!("keep-picture") }</h3>
                <div class="keep-row">
                    { saver(view, dispatch, tr!("keep-svg"), Kind::Svg) }
                    { saver(view, dispatch, tr!("keep-png"), Kind::Png) }
                </div>
            </section>
            <section>
                <h3>{ tr!("keep-run-as-text") }</h3>
                <div class="keep-row">{ saver(view, dispatch, tr!("keep-strace"), Kind::Calls) }</div>
            </section>
        </>
    }
}

/// The choice of a range, and the animation of it.
#[component]
fn Animation(PartProps { view, dispatch }: &PartProps) -> Html {
    let end = view.len() - view.start;
    let here = view.position - view.start;
    let from = use_state(|| here);
    let to = use_state(|| (here + 20).min(end));
    let number = |name: String, value: &UseStateHandle<usize>| {
        let set = value.clone();
        let oninput = Callback::from(move |event: InputEvent| {
            let input: HtmlInputElement = event.target_unchecked_into();
            if let Ok(number) = input.value().parse::<usize>() {
                set.set(number.min(end));
            }
        });
        html! {
            <label>{ name }
                <input type="number" class="field num" min="0" max={end.to_string()} value={value.to_string()} {oninput} />
            </label>
        }
    };
    let body = match view.keep.progress {
        Some((done, total)) => {
            let text = tr!("keep-progress", done = done, total = total);
            let onclick = Callback::from(|_: MouseEvent| pictures::cancel());
            html! {
                <>
                    <progress max={total.to_string()} value={done.to_string()} aria-label={text.clone()}></progress>
                    <span>{ text }</span>
                    <button type="button" class="btn" {onclick}>{ tr!("keep-cancel") }</button>
                </>
            }
        }
        None => {
            let (view, dispatch, range) = (view.clone(), dispatch.clone(), (*from, *to));
            let onclick = Callback::from(move |_: MouseEvent| {
                pictures::gif(&view, &dispatch, range.0, range.1);
            });
            html! {
                <>
                    { number(tr!("keep-gif-from"), &from) }
                    { number(tr!("keep-gif-to"), &to) }
                    <button type="button" class="btn" {onclick}>{ tr!("keep-gif") }</button>
                </>
            }
        }
    };
    html! {
        <section>
            <h3>{ tr!("keep-animation") }</h3>
            <div class="keep-row">{ body }</div>
        </section>
    }
}
