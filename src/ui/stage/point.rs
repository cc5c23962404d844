//! Pointing, pressing, and the keyboard, for all things on stage at once: the canvas listens, and
//! what it is about says so in `data-thing`.
//!
//! The tab key stops once in each group (`data-group`); within it the arrow keys up and down go from
//! thing to thing. Left and right stay the transport's.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use crate::scene::arrows::Thing;
use crate::ui::state::{Action, Dispatch, View};

/// What the canvas listens to.
pub(super) struct Handlers {
    pub(super) click: Callback<MouseEvent>,
    pub(super) over: Callback<PointerEvent>,
    pub(super) leave: Callback<PointerEvent>,
    pub(super) focus: Callback<FocusEvent>,
    pub(super) blur: Callback<FocusEvent>,
    pub(super) key: Callback<KeyboardEvent>,
}

impl Handlers {
    pub(super) fn new(
        view: &View,
        dispatch: &Dispatch,
        pointed: &UseStateHandle<Option<Thing>>,
        open: &UseStateHandle<Option<Thing>>,
    ) -> Handlers {
        let point = |pointed: &UseStateHandle<Option<Thing>>| {
            let pointed = pointed.clone();
            move |target: Option<Element>| {
                pointed.set(target.and_then(|target| attribute(&target, "data-thing")));
            }
        };
        let (over, focus) = (point(pointed), point(pointed));
        let [leave, blur] = [pointed.clone(), pointed.clone()];
        let open_for = view.selected.filter(|_| view.hands.menu);
        let dispatch = dispatch.clone();
        let (press, escape) = (open.clone(), open.clone());
        Handlers {
            click: Callback::from(move |event: MouseEvent| {
                let Some(target) = target(&event) else { return };
                if let Some(thing) = attribute(&target, "data-open") {
                    press.set((*press != Some(thing)).then_some(thing));
                } else if let Some(thing) = pressed(&target) {
                    let other = (open_for != Some(thing)).then_some(thing);
                    dispatch.dispatch(Action::Select(other));
                }
            }),
            over: Callback::from(move |event: PointerEvent| {
                if event.pointer_type() != "touch" {
                    over(target(&event));
                }
            }),
            leave: Callback::from(move |_| leave.set(None)),
            focus: Callback::from(move |event: FocusEvent| focus(target(&event))),
            blur: Callback::from(move |_| blur.set(None)),
            key: Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
                "Escape" => escape.set(None),
                "ArrowDown" => go(&event, 1),
                "ArrowUp" => go(&event, -1),
                _ => {}
            }),
        }
    }
}

fn target(event: &web_sys::Event) -> Option<Element> {
    event.target().and_then(|target| target.dyn_into::<Element>().ok())
}

/// What the nearest element around says of itself.
fn attribute(target: &Element, name: &str) -> Option<Thing> {
    let found = target.closest(&format!("[{name}]")).ok().flatten()?;
    Thing::from_id(&found.get_attribute(name)?)
}

/// The thing that a press is for. A button that does something else is for that.
fn pressed(target: &Element) -> Option<Thing> {
    let found = target.closest("button, [data-thing]").ok().flatten()?;
    Thing::from_id(&found.get_attribute("data-thing")?)
}

/// Moves the focus within its group.
fn go(event: &KeyboardEvent, by: i32) {
    let Some(from) = target(event) else { return };
    let Some(group) = from.closest("[data-group]").ok().flatten() else { return };
    let Ok(all) = group.query_selector_all("button[data-thing]:not([aria-hidden=true])") else {
        return;
    };
    let at = |n: u32| all.item(n).and_then(|node| node.dyn_into::<HtmlElement>().ok());
    let is_from = |n: &u32| at(*n).is_some_and(|element| *element == from);
    let Some(now) = (0..all.length()).find(is_from) else { return };
    event.prevent_default();
    if let Some(next) = now.checked_add_signed(by).and_then(at) {
        let _ = next.focus();
    }
}
