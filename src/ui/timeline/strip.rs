//! The strip at the bottom: lanes with the playhead, the slider, zoom, and what is pointed at.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, HtmlInputElement, ResizeObserver, WheelEvent};
use yew::prelude::*;

use super::TimeAction;
use super::chart::{Chart, Sizes, lane_count, text_width};
use super::words::doing_text;
use crate::scene::explain::time_text;
use crate::scene::lanes::Extent;
use crate::scene::layout::Fixed;
use crate::tr;
use crate::ui::app::PartProps;
use crate::ui::el::{Button, button, el, join};
use crate::ui::icons::{Icon, icon};
use crate::ui::state::{Action, Dispatch, Field, View};

/// How near to the playhead a finger or the mouse takes hold of it, in px.
const GRIP: f32 = 10.0;
/// What a press may move and still be a click, in px.
const STILL: f32 = 4.0;
/// Above so many lanes they scroll.
const MANY: usize = 7;

/// The strip.
#[component]
pub(super) fn Timeline(PartProps { view, dispatch }: &PartProps) -> Html {
    let frame = use_node_ref();
    let width = use_width(&frame);
    use_wheel(&frame, dispatch);
    let time = &view.time;
    let embed = view.settings.embed;
    let sizes = Sizes::new(embed, width);
    let extent = time.window.unwrap_or(Extent::whole(view.start, view.len()));
    let class = join(&[
        "timeline",
        if time.more { "open" } else { "" },
        if time.window.is_some() { "zoomed" } else { "" },
    ]);
    let many = !embed && lane_count(&time.lanes) > MANY;
    html! {
        <div {class} onkeydown={keys(dispatch)}>
            <div class="lanes" tabindex={many.then_some("0")} role={many.then_some("group")}
                aria-label={many.then(|| tr!("timeline-lanes"))}>
                if !embed { { names(view, sizes) } }
                <Picture view={view.clone()} {dispatch} {frame} {extent} {width} {sizes} />
            </div>
            { side(view, dispatch) }
            <div class="position">
                <span class="clock" title={tr!("timeline-clock")}>{ time_text(view.scene.now_ns) }</span>
                { count(view) }
            </div>
            { slider(view, dispatch, extent) }
            { buttons(view, dispatch) }
        </div>
    }
}

fn time(dispatch: &Dispatch, action: TimeAction) {
    dispatch.dispatch(Action::Time(action));
}

/// Zoom by the keys, wherever in the strip the focus is.
fn keys(dispatch: &Dispatch) -> Callback<KeyboardEvent> {
    let dispatch = dispatch.clone();
    Callback::from(move |event: KeyboardEvent| {
        if event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        let action = match event.key().as_str() {
            "+" | "=" => TimeAction::Zoom(1.6, None),
            "-" | "_" => TimeAction::Zoom(1.0 / 1.6, None),
            "0" => TimeAction::Fit,
            _ => return,
        };
        event.prevent_default();
        time(&dispatch, action);
    })
}

/// The lanes' names, each with what goes on there now.
fn names(view: &View, sizes: Sizes) -> Html {
    let lanes = &view.time.lanes;
    let height = format!("height:{}px", Fixed(sizes.pitch));
    let row = |key: u64, name: String, now: String| {
        let now_for_ears = el("span", &["vh"]).text(&format!(", {now}")).html();
        let row = el("li", &[]).key(key).set("style", height.clone()).set("title", now);
        row.text(&name).child(now_for_ears).html()
    };
    let task = |lane: &crate::scene::lanes::Lane| {
        let doing = lanes.doing(lane.task, view.position);
        let now = doing.map_or_else(|| tr!("timeline-unborn"), |d| doing_text(d, &view.names));
        row(lane.task.as_number(), view.names.task(lane.task), now)
    };
    let mut rows: Vec<Html> = lanes.tasks.iter().map(task).collect();
    if !lanes.irq.is_empty() {
        let event = view.position.saturating_sub(1);
        let now = lanes.irq.iter().find(|s| s.from <= event && event < s.to);
        let now = now.map_or_else(|| tr!("timeline-no-irq"), |s| doing_text(s.doing, &view.names));
        rows.push(row(0, "irq".to_owned(), now));
    }
    el("ul", &["lane-names"])
        .set("style", format!("padding-top:{}px", Fixed(sizes.ruler)))
        .set("aria-label", tr!("timeline-lanes"))
        .children(rows)
        .html()
}

#[derive(Properties, PartialEq)]
struct FieldProps {
    view: View,
    dispatch: Dispatch,
    frame: NodeRef,
    extent: Extent,
    width: f32,
    sizes: Sizes,
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
fn Picture(props: &FieldProps) -> Html {
    let FieldProps { view, dispatch, frame, extent, width, sizes } = props;
    let (extent, width, sizes) = (*extent, *width, *sizes);
    let pointed = use_state_eq(|| None::<(f32, f32)>);
    let hold = use_mut_ref(Hold::default);
    let playhead = extent.x(view.position as f64, width);
    let zoomed = view.time.window.is_some();

    let ondown = {
        let (hold, frame, dispatch) = (Rc::clone(&hold), frame.clone(), dispatch.clone());
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
            let grips = !zoomed || (x - playhead).abs() < GRIP || y < sizes.ruler;
            hold.drag = match hold.pointers.len() {
                1 if grips => Drag::Scrub,
                1 => Drag::Pan { moved: false },
                _ => Drag::Pinch,
            };
            if hold.drag == Drag::Scrub {
                time(&dispatch, TimeAction::Scrub(f64::from(x / width)));
            }
        })
    };
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
            tr!("timeline-failed-line", line = failure.line, message = failure.message.as_str())
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

fn count(view: &View) -> Html {
    let count = format!("{} / {}", view.position - view.start, view.len() - view.start);
    let word = format!("{} ", tr!("timeline-event-word"));
    el("span", &["count"]).child(el("span", &["wide"]).text(&word).html()).text(&count).html()
}

/// Breakpoints that stopped the run, and lines that complain.
fn side(view: &View, dispatch: &Dispatch) -> Html {
    let time = &view.time;
    let failures = time.failures.len();
    let caught = time.caught.filter(|at| *at == view.position);
    let hit = caught.and_then(|at| time.hits.iter().find(|(event, _)| event + 1 == at));
    let said = hit.map_or_else(String::new, |(_, n)| {
        tr!("timeline-caught", target = time.breaks[*n].target.text())
    });
    let status = el("p", &["caught"]).set("role", "status".to_owned()).text(&said).html();
    let looks = Button {
        class: "btn failures".to_owned(),
        content: Html::from(tr!("timeline-failures", count = failures)),
        ..Button::default()
    };
    let action = Action::Time(TimeAction::NextFailure);
    let failed = if failures > 0 { button(dispatch, action, looks) } else { Html::default() };
    el("div", &["side"]).child(status).child(failed).html()
}

/// The slider over all events; when zoomed, with what is in sight.
fn slider(view: &View, dispatch: &Dispatch, extent: Extent) -> Html {
    let dispatch = dispatch.clone();
    let oninput = Callback::from(move |event: InputEvent| {
        let input: HtmlInputElement = event.target_unchecked_into();
        dispatch.dispatch(Action::Fill(Field::Position, input.value()));
    });
    let (from, to) = (view.start, view.len().max(view.start + 1));
    let whole = Extent::whole(from, to);
    let part = |position: f64| whole.x(position, 100.0);
    let shown = view.time.window.map(|_| {
        let (left, right) = (part(extent.from), part(extent.to));
        let style = format!("left:{}%;width:{}%", Fixed(left), Fixed(right - left));
        el("i", &["shown"]).set("style", style).html()
    });
    let number = view.position - from;
    html! {
        <div class="track" style={format!("--done:{}%", Fixed(part(view.position as f64)))}>
            { shown }
            <input type="range" min={from.to_string()} max={to.to_string()} step="1"
                value={view.position.to_string()} aria-label={tr!("timeline-position")}
                aria-valuetext={tr!("timeline-of", number = number, all = view.len() - from)} {oninput} />
        </div>
    }
}

/// Zoom; on a phone, the button to more.
fn buttons(view: &View, dispatch: &Dispatch) -> Html {
    let act = |action: TimeAction, sign: Icon, name: String, off: bool| {
        let looks = Button {
            class: "btn".to_owned(),
            content: icon(sign),
            name: Some(name),
            off,
            ..Button::default()
        };
        button(dispatch, Action::Time(action), looks)
    };
    if view.settings.embed {
        return Html::default();
    }
    let all = view.time.window.is_none();
    let more = view.time.more;
    let onmore = {
        let dispatch = dispatch.clone();
        Callback::from(move |_: MouseEvent| time(&dispatch, TimeAction::More(!more)))
    };
    html! {
        <>
            <div class="zoom" role="group" aria-label={tr!("timeline-zoom")}>
                { act(TimeAction::Zoom(1.0 / 1.6, None), Icon::Minus, tr!("timeline-zoom-out"), all) }
                { act(TimeAction::Fit, Icon::Fit, tr!("timeline-fit"), all) }
                { act(TimeAction::Zoom(1.6, None), Icon::Plus, tr!("timeline-zoom-in"), false) }
            </div>
            <button type="button" class="btn more-time" aria-expanded={if more { "true" } else { "false" }}
                aria-label={tr!("timeline-more")} title={tr!("timeline-more")} onclick={onmore}>
                { icon(Icon::Lanes) }
            </button>
        </>
    }
}

/// The inner width of an element, followed as it changes; one that is hidden keeps its last.
#[hook]
fn use_width(frame: &NodeRef) -> f32 {
    let width = use_state_eq(|| 800.0_f32);
    let (frame, set) = (frame.clone(), width.setter());
    use_effect_with((), move |()| {
        let element = frame.cast::<Element>();
        let measured = element.clone();
        let measure = Closure::<dyn Fn()>::new(move || {
            let wide = measured.as_ref().map_or(0, Element::client_width);
            if wide > 0 {
                set.set(wide as f32);
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
    *width
}

/// The wheel zooms around the mouse; sideways, or with shift, it pans. A listener of its own: the
/// page must not scroll or zoom along, which Yew's listeners cannot say.
#[hook]
fn use_wheel(frame: &NodeRef, dispatch: &Dispatch) {
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
