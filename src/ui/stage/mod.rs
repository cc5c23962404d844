//! The stage: three floors, drawn at the places that `scene::layout` gives.

mod arrows;
mod files;
mod panel;
mod popover;
mod tasks;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, ResizeObserver};
use yew::prelude::*;

use super::app::PartProps;
use super::settings::has_coarse_pointer;
use super::state::{Dispatch, View};
use crate::scene::arrows::{Thing, spotlight};
use crate::scene::layout::{Density, LayoutOptions, Rect, StageLayout, layout};

/// What every part of the stage is drawn from.
struct Draw<'a> {
    view: &'a View,
    dispatch: &'a Dispatch,
    stage: &'a StageLayout,
    lit: &'a [Thing],
}

impl Draw<'_> {
    fn is_lit(&self, thing: Thing) -> bool {
        self.lit.contains(&thing)
    }

    fn hot(&self, thing: Thing) -> Option<&'static str> {
        self.is_lit(thing).then_some("hot")
    }
}

/// A box's place as a style.
fn place(rect: Rect) -> String {
    format!(
        "transform:translate({:.1}px,{:.1}px);width:{:.1}px;height:{:.1}px",
        rect.x, rect.y, rect.w, rect.h
    )
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
    let lit = event.as_ref().map_or_else(Vec::new, |event| spotlight(event, &view.names));
    let draw = Draw { view, dispatch, stage: &stage, lit: &lit };
    let size = format!("width:{:.1}px;height:{:.1}px", stage.width, stage.height);
    let compact = (density == Density::Compact).then_some("compact");
    html! {
        <div class={classes!("stage", compact)} ref={frame}>
            <div class="canvas" style={size}>
                { floors(&draw) }
                { panel::draw(&draw) }
                { files::draw(&draw) }
                { tasks::draw(&draw) }
                { panel::marks(&draw) }
                { tasks::waiters(&draw) }
                { event.map(|event| arrows::draw(&draw, &event, &before)) }
                { popover::draw(&draw) }
            </div>
        </div>
    }
}

fn floors(draw: &Draw<'_>) -> Html {
    let names = [("u", "User space"), ("k", "Kernel"), ("f", "Files and the wire")];
    let side = (draw.stage.metrics.side > 0.0).then_some("side");
    let panels = !draw.stage.panels.is_empty();
    let floor = |((class, name), rect): ((&'static str, &'static str), Rect)| {
        let empty = class == "f" && draw.stage.files.is_empty();
        html! {
            <div key={class} class={classes!("floor", class, side)} style={place(rect)}>
                <h3>{ name }</h3>
                if class == "k" {
                    <p class="empty">{ "No epoll instance yet: epoll_create1(0) makes one." }</p>
                }
                if empty {
                    <p class="empty">{ "No open files but 0, 1 and 2." }</p>
                }
            </div>
        }
    };
    let shown =
        names.into_iter().zip(draw.stage.floors).filter(|((class, _), _)| *class != "k" || !panels);
    html! { <div class="floors">{ for shown.map(floor) }</div> }
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
