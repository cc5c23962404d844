//! The stage scrolls to what happens, where there is no room for all of it.

use std::rc::Rc;

use web_sys::Element;
use yew::prelude::*;

use crate::scene::arrows::Thing;
use crate::scene::layout::StageLayout;

/// Who has scrolled by hand is left alone for so long; ms.
const PATIENCE_MS: f64 = 4000.0;

/// Follows what the current moment is about; gives what notes how far the stage is scrolled, and that
/// somebody scrolls by hand.
#[hook]
pub(super) fn use_follow(
    frame: &NodeRef,
    position: usize,
    height: f32,
    stage: &Rc<StageLayout>,
    lit: &[Thing],
) -> (Callback<Event>, Callback<Event>) {
    let by_hand = use_mut_ref(|| f64::MIN);
    // Noted, for asking would make the browser lay the page out at each step.
    let top = use_mut_ref(|| 0);
    {
        let (frame, stage, lit) = (frame.clone(), Rc::clone(stage), lit.to_vec());
        let (by_hand, top) = (Rc::clone(&by_hand), Rc::clone(&top));
        use_effect_with(position, move |_| {
            if height < 1.0 || js_sys::Date::now() - *by_hand.borrow() < PATIENCE_MS {
                return;
            }
            let new = stage.scrolled_to(&lit, *top.borrow() as f32, height);
            if let (Some(new), Some(frame)) = (new, frame.cast::<Element>()) {
                frame.set_scroll_top(new as i32);
            }
        });
    }
    let frame = frame.clone();
    let scrolled = Callback::from(move |_: Event| {
        if let Some(frame) = frame.cast::<Element>() {
            *top.borrow_mut() = frame.scroll_top();
        }
    });
    (scrolled, Callback::from(move |_: Event| *by_hand.borrow_mut() = js_sys::Date::now()))
}
