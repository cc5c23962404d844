//! The stage scrolls to what happens, where there is no room for all of it.

use std::rc::Rc;

use web_sys::Element;
use yew::prelude::*;

use crate::scene::arrows::Thing;
use crate::scene::layout::StageLayout;
use crate::ui::after::after_frame;

/// Who has scrolled by hand is left alone for so long; ms.
const PATIENCE_MS: f64 = 4000.0;

/// Follows what the current moment is about; gives what notes that somebody scrolls by hand.
#[hook]
pub(super) fn use_follow(
    frame: &NodeRef,
    position: usize,
    stage: &Rc<StageLayout>,
    lit: &[Thing],
) -> Callback<Event> {
    let by_hand = use_mut_ref(|| f64::MIN);
    {
        let (frame, stage, lit) = (frame.clone(), Rc::clone(stage), lit.to_vec());
        let by_hand = Rc::clone(&by_hand);
        use_effect_with(position, move |_| {
            after_frame(move || {
                let Some(frame) = frame.cast::<Element>() else { return };
                let (top, height) = (frame.scroll_top(), frame.client_height());
                if height == 0 || js_sys::Date::now() - *by_hand.borrow() < PATIENCE_MS {
                    return;
                }
                if let Some(new) = stage.scrolled_to(&lit, top as f32, height as f32) {
                    frame.set_scroll_top(new as i32);
                }
            });
        });
    }
    Callback::from(move |_: Event| *by_hand.borrow_mut() = js_sys::Date::now())
}
