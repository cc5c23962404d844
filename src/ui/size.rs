//! How large a part of the page is.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, ResizeObserver};
use yew::prelude::*;

/// The inner size of an element, followed as it changes; one that is hidden keeps its last.
#[hook]
pub(super) fn use_size(frame: &NodeRef) -> (f32, f32) {
    let size = use_state_eq(|| (900.0_f32, 0.0_f32));
    {
        let (frame, size) = (frame.clone(), size.clone());
        use_effect_with((), move |()| {
            let element = frame.cast::<Element>();
            let measured = element.clone();
            let measure = Closure::<dyn Fn()>::new(move || {
                if let Some(frame) = &measured {
                    let (w, h) = (frame.client_width(), frame.client_height());
                    if w > 0 {
                        size.set((w as f32, h as f32));
                    }
                }
            });
            let observer = ResizeObserver::new(measure.as_ref().unchecked_ref()).ok();
            if let (Some(observer), Some(element)) = (&observer, &element) {
                observer.observe(element);
            }
            move || {
                if let Some(observer) = observer {
                    observer.disconnect();
                }
                drop(measure);
            }
        });
    }
    *size
}
