//! Moving about a large tree: wheel, drag, pinch and keys; pointing at its nodes, and pressing them.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, WheelEvent};
use yew::prelude::*;

use super::super::state::Action;
use super::tree::{TreeProps, middle, wanted};
use crate::scene::arrows::Thing;
use crate::scene::layout::{Lens, Overview, Spot};

/// How near a pointer must be to a node, in px.
const REACH: f32 = 12.0;
const REACH_TOUCH: f32 = 22.0;
/// A pointer that moved less than this has pressed.
const STILL: f32 = 4.0;

/// What the picture listens to.
pub(super) struct Pointer {
    pub(super) down: Callback<PointerEvent>,
    pub(super) moved: Callback<PointerEvent>,
    pub(super) up: Callback<PointerEvent>,
    pub(super) cancel: Callback<PointerEvent>,
    pub(super) leave: Callback<PointerEvent>,
}

/// The fingers and buttons that are down.
#[derive(Default)]
struct Held {
    /// Which pointer, and where it is.
    pointers: Vec<(i32, Spot)>,
    /// How far it has gone.
    moved: f32,
}

impl Held {
    fn spread(&self) -> Option<(Spot, f32)> {
        let [(_, a), (_, b)] = self.pointers[..] else { return None };
        let middle = Spot { x: (a.x + b.x) / 2.0, y: (a.y + b.y) / 2.0 };
        Some((middle, (a.x - b.x).hypot(a.y - b.y).max(1.0)))
    }
}

/// A pointer's place relative to the frame.
fn place(frame: &NodeRef, x: i32, y: i32) -> Spot {
    let rect = frame.cast::<Element>().map(|frame| frame.get_bounding_client_rect());
    let (left, top) = rect.map_or((0.0, 0.0), |rect| (rect.left(), rect.top()));
    Spot { x: (f64::from(x) - left) as f32, y: (f64::from(y) - top) as f32 }
}

/// Drag, pinch, point and press.
#[hook]
pub(super) fn use_pointer(frame: &NodeRef, props: &TreeProps) -> Pointer {
    let held = use_mut_ref(Held::default);
    let at = {
        let frame = frame.clone();
        move |event: &PointerEvent| place(&frame, event.client_x(), event.client_y())
    };
    let hit = {
        let overview = props.overview.clone();
        move |event: &PointerEvent, at: Spot| {
            let reach = if event.pointer_type() == "touch" { REACH_TOUCH } else { REACH };
            overview.hit(at, reach).map(Thing::Item)
        }
    };
    let down = {
        let (held, at) = (held.clone(), at.clone());
        move |event: PointerEvent| {
            if let Some(glass) = event.target_dyn_into::<Element>() {
                let _ = glass.set_pointer_capture(event.pointer_id());
            }
            let mut held = held.borrow_mut();
            held.pointers.retain(|(id, _)| *id != event.pointer_id());
            held.pointers.push((event.pointer_id(), at(&event)));
            held.moved = 0.0;
        }
    };
    let moved = {
        let (held, at, hit) = (held.clone(), at.clone(), hit.clone());
        let (lens, pointed, overview) =
            (props.lens.clone(), props.pointed.clone(), props.overview.clone());
        move |event: PointerEvent| {
            let now = at(&event);
            let mut held = held.borrow_mut();
            let before = held.spread();
            let known = held.pointers.iter().position(|(id, _)| *id == event.pointer_id());
            let Some(known) = known else {
                pointed.set(hit(&event, now));
                return;
            };
            let was = std::mem::replace(&mut held.pointers[known].1, now);
            held.moved += (now.x - was.x).hypot(now.y - was.y);
            if let (Some((_, wide)), Some((middle, wider))) = (before, held.spread()) {
                lens.set(overview.zoomed(f64::from(wider / wide), middle));
            } else if held.moved > STILL {
                lens.set(overview.panned((now.x - was.x).into(), (now.y - was.y).into()));
            }
        }
    };
    let up = {
        let (held, dispatch) = (held.clone(), props.dispatch.clone());
        let selected = props.view.selected;
        move |event: PointerEvent| {
            let mut held = held.borrow_mut();
            let was_still = held.pointers.len() == 1 && held.moved <= STILL;
            held.pointers.retain(|(id, _)| *id != event.pointer_id());
            if was_still {
                let thing = hit(&event, at(&event));
                dispatch.dispatch(Action::Select(thing.filter(|thing| selected != Some(*thing))));
            }
        }
    };
    let cancel = Callback::from(move |event: PointerEvent| {
        held.borrow_mut().pointers.retain(|(id, _)| *id != event.pointer_id());
    });
    let pointed = props.pointed.clone();
    let leave = Callback::from(move |_: PointerEvent| pointed.set(None));
    let (down, moved, up) = (Callback::from(down), Callback::from(moved), Callback::from(up));
    Pointer { down, moved, up, cancel, leave }
}

/// The wheel zooms around the pointer. A listener of its own, since the page must not scroll along;
/// but where there is nothing to zoom out of, it may.
#[hook]
pub(super) fn use_wheel(frame: &NodeRef, overview: &Overview, lens: &UseStateHandle<Lens>) {
    let now = use_mut_ref(|| None::<(Overview, UseStateHandle<Lens>)>);
    *now.borrow_mut() = Some((overview.clone(), lens.clone()));
    let frame = frame.clone();
    use_effect_with((), move |()| {
        let element = frame.cast::<Element>();
        let handler = Closure::<dyn Fn(WheelEvent)>::new(move |event: WheelEvent| {
            let Some((overview, lens)) = now.borrow().clone() else { return };
            let pixels = if event.delta_mode() == 0 { 1.0 } else { 16.0 };
            let strength = if event.ctrl_key() { 0.01 } else { 0.0022 };
            let factor = (-event.delta_y() * pixels * strength).exp();
            let at = place(&frame, event.client_x(), event.client_y());
            let next = overview.zoomed(factor, at);
            if next != overview.lens {
                event.prevent_default();
                lens.set(next);
            }
        });
        let listener: &js_sys::Function = handler.as_ref().unchecked_ref();
        if let Some(element) = &element {
            let _ = element.add_event_listener_with_callback("wheel", listener);
        }
        move || {
            if let Some(element) = element {
                let listener = handler.as_ref().unchecked_ref();
                let _ = element.remove_event_listener_with_callback("wheel", listener);
            }
        }
    });
}

/// Arrows move, plus and minus zoom, 0 shows all, C goes to the current node; Enter presses the node
/// nearest the middle.
pub(super) fn on_key(props: &TreeProps) -> Callback<KeyboardEvent> {
    let props = props.clone();
    Callback::from(move |event: KeyboardEvent| {
        if event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        let overview = &props.overview;
        let middle = middle(overview);
        let (across, down) = (f64::from(middle.x) * 0.4, f64::from(middle.y) * 0.4);
        let lens = match event.key().as_str() {
            "ArrowLeft" => overview.panned(across, 0.0),
            "ArrowRight" => overview.panned(-across, 0.0),
            "ArrowUp" => overview.panned(0.0, down),
            "ArrowDown" => overview.panned(0.0, -down),
            "+" | "=" => overview.zoomed(1.6, middle),
            "-" | "_" => overview.zoomed(1.0 / 1.6, middle),
            "0" => Lens::default(),
            "c" => match wanted(&props).and_then(|epi| overview.centred(epi)) {
                Some(lens) => lens,
                None => return,
            },
            "Enter" => {
                let nearest = overview.hit(middle, middle.x.min(middle.y));
                props.dispatch.dispatch(Action::Select(nearest.map(Thing::Item)));
                overview.lens
            }
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        props.lens.set(lens);
    })
}
