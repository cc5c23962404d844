//! The stage: three floors, drawn at the places that `scene::layout` gives.

mod arrows;
mod files;
mod panel;
mod tasks;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, ResizeObserver};
use yew::prelude::*;

use super::app::PartProps;
use super::el::{el, join};
use super::hands::popover;
use super::settings::has_coarse_pointer;
use super::state::{Dispatch, View};
use crate::scene::arrows::{Thing, spotlight};
use crate::scene::layout::{Density, Fixed, LayoutOptions, Rect, StageLayout, layout};

/// What every part of the stage is drawn from.
pub(super) struct Draw<'a> {
    pub(super) view: &'a View,
    pub(super) dispatch: &'a Dispatch,
    pub(super) stage: &'a StageLayout,
    lit: &'a [Thing],
}

impl Draw<'_> {
    fn is_lit(&self, thing: Thing) -> bool {
        self.lit.contains(&thing)
    }

    fn hot(&self, thing: Thing) -> &'static str {
        if self.is_lit(thing) { "hot" } else { "" }
    }
}

/// A place on the stage as one inside a card, whose border is 1 px.
fn within(rect: Rect, card: Rect) -> Rect {
    Rect { x: rect.x - card.x - 1.0, y: rect.y - card.y - 1.0, ..rect }
}

/// The stage.
#[component]
pub(super) fn Stage(PartProps { view, dispatch }: &PartProps) -> Html {
    let frame = use_node_ref();
    let (width, height) = use_size(&frame);
    let density = if view.settings.embed { Density::Compact } else { Density::Full };
    let options = LayoutOptions { density, height, touch: has_coarse_pointer() };
    let stage = layout(&view.scene, width, options);
    let before = layout(&view.before, width, options);

    let event = view.current().filter(|_| view.position > view.start);
    let lit = view.ask.lit().map(<[Thing]>::to_vec).unwrap_or_else(|| {
        event.as_ref().map_or_else(Vec::new, |event| spotlight(event, &view.names))
    });
    let draw = Draw { view, dispatch, stage: &stage, lit: &lit };
    let size = format!("width:{}px;height:{}px", Fixed(stage.width), Fixed(stage.height));
    let class = join(&["stage", if density == Density::Compact { "compact" } else { "" }]);
    html! {
        <div {class} ref={frame}>
            <div class="canvas" style={size} data-position={view.position.to_string()}>
                { floors(&draw) }
                { panel::draw(&draw) }
                { files::draw(&draw) }
                { tasks::draw(&draw) }
                { panel::marks(&draw, &stage.tokens, "rdl") }
                { panel::marks(&draw, &stage.overflow, "ovf") }
                { tasks::waiters(&draw) }
                { event.map(|event| arrows::draw(&draw, &event, &before)) }
                { popover(&draw) }
            </div>
        </div>
    }
}

fn floors(draw: &Draw<'_>) -> Html {
    let empty =
        ["", "No epoll instance yet: epoll_create1(0) makes one.", "No open files but 0, 1 and 2."];
    let names = [("u", "User space"), ("k", "Kernel"), ("f", "Files and the wire")];
    let is_empty = [false, draw.stage.panels.is_empty(), draw.stage.files.is_empty()];
    let side = if draw.stage.metrics.side > 0.0 { "side" } else { "" };
    let floor = |n: usize| {
        let (class, name) = names[n];
        let text = if is_empty[n] { empty[n] } else { "" };
        el("div", &["floor", class, side])
            .key(n as u64)
            .at(draw.stage.floors[n])
            .child(el("h3", &[]).text(name).html())
            .child(el("p", &["empty"]).text(text).html())
            .html()
    };
    let shown = (0..3).filter(|n| *n != 1 || is_empty[1]);
    el("div", &["floors"]).children(shown.map(floor).collect()).html()
}

/// The inner size of an element, followed as it changes.
#[hook]
fn use_size(frame: &NodeRef) -> (f32, f32) {
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
