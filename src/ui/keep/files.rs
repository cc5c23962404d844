//! Files: picked or dropped on the page, and read as scripts.

use std::rc::Rc;

use js_sys::{Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{DragEvent, File};
use yew::prelude::*;

use super::{KeepAction, keep};
use crate::share::{check_size, read_file};
use crate::tr;
use crate::ui::state::Dispatch;

#[wasm_bindgen]
extern "C" {
    type Content;
    #[wasm_bindgen(method, catch, js_name = arrayBuffer)]
    fn array_buffer(this: &Content) -> Result<Promise, JsValue>;
}

/// Reads a file and runs it, or says why not.
pub(super) fn open(file: File, dispatch: Dispatch) {
    let name: Rc<str> = file.name().into();
    let wrong = {
        let (dispatch, name) = (dispatch.clone(), Rc::clone(&name));
        move |say: Rc<dyn Fn(&str) -> String>| {
            let name = Rc::clone(&name);
            dispatch.dispatch(keep(KeepAction::Menu(false)));
            dispatch.dispatch(keep(KeepAction::Notice(Rc::new(move || say(&name)))));
        }
    };
    if let Err(error) = check_size(file.size() as u64) {
        wrong(Rc::new(move |name| error.words(name)));
        return;
    }
    spawn_local(async move {
        let Some(bytes) = content(file).await else {
            wrong(Rc::new(|name| tr!("keep-file-unreadable", name = name)));
            return;
        };
        match read_file(&bytes) {
            Ok(text) => dispatch.dispatch(keep(KeepAction::Opened(name, text.into()))),
            Err(error) => wrong(Rc::new(move |name| error.words(name))),
        }
    });
}

async fn content(file: File) -> Option<Vec<u8>> {
    let file: Content = file.unchecked_into();
    let buffer = JsFuture::from(file.array_buffer().ok()?).await.ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}

/// Lets files be dropped anywhere on the page.
#[hook]
pub(in crate::ui) fn use_drop(dispatch: Dispatch) {
    use_effect_with((), move |()| {
        let handler = Closure::<dyn Fn(DragEvent)>::new(move |event: DragEvent| {
            let Some(data) = event.data_transfer() else { return };
            // Text that is dragged into a field is the field's.
            if !data.types().includes(&"Files".into(), 0) {
                return;
            }
            event.prevent_default();
            let file = data.files().filter(|_| event.type_() == "drop");
            if let Some(file) = file.and_then(|files| files.get(0)) {
                open(file, dispatch.clone());
            }
        });
        let window = web_sys::window();
        if let Some(window) = &window {
            for kind in ["dragover", "drop"] {
                let listener = handler.as_ref().unchecked_ref();
                let _ = window.add_event_listener_with_callback(kind, listener);
            }
        }
        move || {
            for kind in ["dragover", "drop"] {
                if let Some(window) = &window {
                    let listener = handler.as_ref().unchecked_ref();
                    let _ = window.remove_event_listener_with_callback(kind, listener);
                }
            }
        }
    });
}
