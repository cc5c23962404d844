//! The picture of the lanes as a thing to point at: clicks, drags, pinches, the wheel; the playhead,
//! and what is under the mouse.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, WheelEvent};
use yew::prelude::*;

use super::TimeAction;
use super::chart::{Chart, Sizes, lane_count, text_width};
use super::strip::time;
use super::words::doing_text;
use crate::scene::lanes::Extent;
use crate::scene::layout::Fixed;
use crate::tr;
use crate::ui::el::el;
use crate::ui::state::{Dispatch, View};

/// How near to the playhead a finger or the mouse takes hold of it, in px.
const GRIP: f32 = 10.0;
/// What a press may move and still be a click, in px.
const STILL: f32 = 4.0;
#[derive(Properties, PartialEq)]
pub(super) struct FieldProps {
    pub(super) view: View,
    pub(super) dispatch: Dispatch,
    pub(super) frame: NodeRef,
    pub(super) extent: Extent,
    pub(super) width: f32,
    pub(super) sizes: Sizes,
}

/// What a press on the picture has become.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum Drag {
    #[default]
    None,
    /// The playhead goes along.
    Scrub,
    /// The picture goes along, once it has moved far enough; until then it may become a click.
    Pan { moved: bool },
    /// Two fingers zoom.
    Pinch,
}

#[derive(Default)]
struct Hold {
    drag: Drag,
    /// The fingers that are down, with where each is.
    pointers: Vec<(i32, f32)>,
    pressed_at: f32,
}

/// The picture with the playhead, and all that is done to it by pointing.
#[component]
pub(super) fn Picture(props: &FieldProps) -> Html {
    let FieldProps { view, dispatch, frame, extent, width, sizes } = props;
    let (extent, width, sizes) = (*extent, *width, *sizes);
    let pointed = use_state_eq(|| None::<(f32, f32)>);
    let hold = use_mut_ref(Hold::default);
    let playhead = extent.x(view.position as f64, width);
    let ondown = on_down(props, &hold, playhead);
    let onmove = {
        let (hold, frame, dispatch) = (Rc::clone(&hold), frame.clone(), dispatch.clone());
        let pointed = pointed.clone();
        Callback::from(move |event: PointerEvent| {
            let Some((x, y)) = place(&frame, &event) else { return };
            let hold = &mut *hold.borrow_mut();
            if hold.drag == Drag::None {
                let hovers = event.pointer_type() == "mouse";
                pointed.set(hovers.then_some((x, y)));
                return;
            }
            pointed.set(None);
            for action in moved(hold, event.pointer_id(), x, width) {
                time(&dispatch, action);
            }
        })
    };
    let onup = {
        let (hold, dispatch) = (Rc::clone(&hold), dispatch.clone());
        Callback::from(move |event: PointerEvent| {
            let hold = &mut *hold.borrow_mut();
            hold.pointers.retain(|(id, _)| *id != event.pointer_id());
            if hold.drag == (Drag::Pan { moved: false }) && event.type_() == "pointerup" {
                time(&dispatch, TimeAction::Scrub(f64::from(hold.pressed_at / width)));
            }
            // The finger that stays after a pinch does nothing more.
            if hold.pointers.is_empty() {
                hold.drag = Drag::None;
            }
        })
    };
    let onleave = {
        let pointed = pointed.clone();
        Callback::from(move |_: PointerEvent| pointed.set(None))
    };
    let height = sizes.height(lane_count(&view.time.lanes));
    html! {
        <div class="chart" ref={frame.clone()} style={format!("height:{}px", Fixed(height))}
            onpointerdown={ondown} onpointermove={onmove} onpointerup={onup.clone()}
            onpointercancel={onup} onpointerleave={onleave}>
            <Chart view={view.clone()} {extent} {width} {sizes} />
            { head(view, playhead, width, sizes) }
            { (*pointed).map(|at| hint(props, at)) }
        </div>
    }
}

/// A press: it takes the playhead along, or the picture, or with a second finger zooms.
fn on_down(props: &FieldProps, hold: &Rc<RefCell<Hold>>, playhead: f32) -> Callback<PointerEvent> {
    let zoomed = props.view.time.window.is_some();
    let (width, ruler) = (props.width, props.sizes.ruler);
    let (hold, frame, dispatch) = (Rc::clone(hold), props.frame.clone(), props.dispatch.clone());
    Callback::from(move |event: PointerEvent| {
        let Some((x, y)) = place(&frame, &event) else { return };
        if event.button() != 0 {
            return;
        }
        if let Some(frame) = frame.cast::<Element>() {
            let _ = frame.set_pointer_capture(event.pointer_id());
        }
        let hold = &mut *hold.borrow_mut();
        hold.pointers.push((event.pointer_id(), x));
        hold.pressed_at = x;
        let grips = !zoomed || (x - playhead).abs() < GRIP || y < ruler;
        hold.drag = match hold.pointers.len() {
            1 if grips => Drag::Scrub,
            1 => Drag::Pan { moved: false },
            _ => Drag::Pinch,
        };
        if hold.drag == Drag::Scrub {
            time(&dispatch, TimeAction::Scrub(f64::from(x / width)));
        }
    })
}

/// What a pointer that moves while it is down does.
fn moved(hold: &mut Hold, id: i32, x: f32, width: f32) -> Vec<TimeAction> {
    let Some(mine) = hold.pointers.iter().position(|(pointer, _)| *pointer == id) else {
        return Vec::new();
    };
    let before = std::mem::replace(&mut hold.pointers[mine].1, x);
    match &mut hold.drag {
        Drag::None => Vec::new(),
        Drag::Scrub => vec![TimeAction::Scrub(f64::from(x / width))],
        Drag::Pan { moved } => {
            let starts = !*moved && (x - hold.pressed_at).abs() > STILL;
            *moved |= starts;
            let by = if starts { x - hold.pressed_at } else { x - before };
            let by = f64::from(-by / width);
            if *moved { vec![TimeAction::Pan(by)] } else { Vec::new() }
        }
        Drag::Pinch => {
            let Some((_, other)) = hold.pointers.iter().find(|(pointer, _)| *pointer != id) else {
                return Vec::new();
            };
            let apart = |a: f32| (a - other).abs().max(12.0);
            let factor = f64::from(apart(x) / apart(before));
            let (from, to) = ((before + other) / 2.0, (x + other) / 2.0);
            let zoom = TimeAction::Zoom(factor, Some(f64::from(from / width)));
            vec![zoom, TimeAction::Pan(f64::from((from - to) / width))]
        }
    }
}

/// Where in the picture a pointer is.
fn place(frame: &NodeRef, event: &PointerEvent) -> Option<(f32, f32)> {
    let rect = frame.cast::<Element>()?.get_bounding_client_rect();
    let x = f64::from(event.client_x()) - rect.left();
    Some((x as f32, (f64::from(event.client_y()) - rect.top()) as f32))
}

/// The playhead with its number.
fn head(view: &View, x: f32, width: f32, sizes: Sizes) -> Html {
    if !(-0.5..=width + 0.5).contains(&x) {
        return Html::default();
    }
    let line = el("div", &["playhead"]).set("style", format!("left:{}px", Fixed(x)));
    if sizes.ruler == 0.0 {
        return line.html();
    }
    let words = tr!("timeline-event", number = view.position - view.start);
    let half = text_width(&words) * 0.55 + 8.0;
    let shift = (half - x).max(0.0) + (width - half - x).min(0.0);
    let label = el("span", &[]).set("style", format!("--shift:{}px", Fixed(shift)));
    line.child(label.text(&words).html()).html()
}

/// What is under the mouse.
fn hint(props: &FieldProps, (x, y): (f32, f32)) -> Html {
    let FieldProps { view, extent, width, sizes, .. } = props;
    let position = extent.position(x, *width).clamp(view.start, view.len());
    let lanes = &view.time.lanes;
    let lane = ((y - sizes.ruler) / sizes.pitch).floor();
    let lane = if lane >= 0.0 { lanes.tasks.get(lane as usize) } else { None };
    let failure = view.time.failures.iter().find(|failure| {
        sizes.ruler > y && (extent.x(failure.position as f64, *width) - x).abs() < 7.0
    });
    let number = position - view.start;
    let words = match (lane, failure) {
        (_, Some(failure)) => {
            // Said by the session, in whichever language it ran last.
            let session = view.session();
            let line = session.lines().iter().find(|line| line.number == failure.line);
            let problem = line.and_then(|line| line.problems.first());
            let message = problem.map_or("", |problem| problem.message.as_str());
            tr!("timeline-failed-line", line = failure.line, message = message)
        }
        (Some(lane), _) => {
            let doing = lanes.doing(lane.task, position);
            let doing =
                doing.map_or_else(|| tr!("timeline-unborn"), |d| doing_text(d, &view.names));
            format!(
                "{} · {}: {doing}",
                tr!("timeline-event", number = number),
                view.names.task(lane.task)
            )
        }
        _ => tr!("timeline-event", number = number),
    };
    let half = text_width(&words) * 0.55 + 10.0;
    let at = x.clamp(half.min(width / 2.0), (width - half).max(width / 2.0));
    let line = el("div", &["ghost"]).set("style", format!("left:{}px", Fixed(x))).html();
    let tip =
        el("div", &["hint"]).set("style", format!("left:{}px", Fixed(at))).text(&words).html();
    html! { <>{ line }{ tip }</> }
}

/// The wheel zooms around the mouse; sideways, or with shift, it pans. A listener of its own: the
/// page must not scroll or zoom along, which Yew's listeners cannot say.
#[hook]
pub(super) fn use_wheel(frame: &NodeRef, dispatch: &Dispatch) {
    let (frame, dispatch) = (frame.clone(), dispatch.clone());
    use_effect_with((), move |()| {
        let element = frame.cast::<Element>();
        let chart = element.clone();
        let handler = Closure::<dyn Fn(WheelEvent)>::new(move |event: WheelEvent| {
            event.prevent_default();
            let Some(rect) = chart.as_ref().map(Element::get_bounding_client_rect) else { return };
            let pixels = if event.delta_mode() == 0 { 1.0 } else { 16.0 };
            let (across, down) = (event.delta_x() * pixels, event.delta_y() * pixels);
            let pans = event.shift_key() || across.abs() > down.abs();
            let action = if pans {
                TimeAction::Pan(
                    (across + if event.shift_key() { down } else { 0.0 }) / rect.width(),
                )
            } else {
                let strength = if event.ctrl_key() { 0.01 } else { 0.0022 };
                let part = (f64::from(event.client_x()) - rect.left()) / rect.width();
                TimeAction::Zoom((-down * strength).exp(), Some(part))
            };
            time(&dispatch, action);
        });
        let listener = handler.as_ref().unchecked_ref();
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
