//! A large red-black tree, drawn on a canvas: what rests on one layer, marks on another above it.
//!
//! The lower layer is drawn again only if the tree, an item's mask, the lens, the frame or the theme
//! changed; the upper one, with what is ready, on the way, pointed at and selected, at each step.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};
use yew::prelude::*;

use super::super::el::{Button, button, el};
use super::super::icons::{Icon, icon};
use super::super::look::{LookAction, Side};
use super::super::settings::{Theme, prefers_dark};
use super::super::state::{Action, Dispatch, View};
use super::lens::{on_key, use_pointer, use_wheel};
use super::paint::{Inks, Painter};
use crate::kernel::ids::{EpitemKey, EventpollKey};
use crate::scene::arrows::Thing;
use crate::scene::layout::{Lens, Overview};
use crate::tr;

/// What the canvas of a tree is drawn from.
#[derive(Clone, Properties)]
pub(super) struct TreeProps {
    pub(super) view: View,
    pub(super) dispatch: Dispatch,
    pub(super) ep: EventpollKey,
    pub(super) overview: Overview,
    /// What the current event is about.
    pub(super) lit: Vec<Thing>,
    /// Where else that appears which is pointed at, or else what is selected.
    pub(super) related: Vec<Thing>,
    pub(super) lens: UseStateHandle<Lens>,
    pub(super) pointed: UseStateHandle<Option<Thing>>,
}

/// By what can differ: the tree itself belongs to the view.
impl PartialEq for TreeProps {
    fn eq(&self, other: &TreeProps) -> bool {
        self.view == other.view
            && self.overview.frame == other.overview.frame
            && self.overview.lens == other.overview.lens
            && self.related == other.related
    }
}

/// What the lower layer shows, so that it is known when it is right.
#[derive(Default)]
pub(super) struct Rests {
    shown: Option<(TreeProps, f64, bool)>,
    /// The inks, and for which theme and scheme they were mixed.
    inks: Option<(Theme, bool, Rc<Inks>)>,
}

impl Rests {
    /// The inks of the theme: asking the style sheet for them at each step would cost more than all
    /// the drawing.
    fn inks(&mut self, theme: Theme, base: &HtmlCanvasElement) -> Rc<Inks> {
        let prefers_dark = prefers_dark();
        match &self.inks {
            Some((t, dark, inks)) if (*t, *dark) == (theme, prefers_dark) => Rc::clone(inks),
            _ => {
                let inks = Rc::new(Inks::of(base));
                self.inks = Some((theme, prefers_dark, Rc::clone(&inks)));
                inks
            }
        }
    }

    fn shows(&self, props: &TreeProps, ratio: f64, is_dark: bool) -> bool {
        self.shown.as_ref().is_some_and(|(old, r, dark)| {
            old.overview.tree.is_same(&props.overview.tree)
                && old.overview.frame == props.overview.frame
                && old.overview.lens == props.overview.lens
                && old.view.scene.epitems.is_same(&props.view.scene.epitems)
                && old.view.settings.lang == props.view.settings.lang
                && (*r, *dark) == (ratio, is_dark)
        })
    }
}

/// The tree.
#[component]
pub(super) fn LargeTree(props: &TreeProps) -> Html {
    let frame = use_node_ref();
    let (rest, marks) = (use_node_ref(), use_node_ref());
    let rests = use_mut_ref(Rests::default);
    let overview = &props.overview;
    use_wheel(&frame, overview, &props.lens);
    let pointer = use_pointer(&frame, props);
    {
        let (rest, marks, props) = (rest.clone(), marks.clone(), props.clone());
        use_effect(move || {
            let ratio = web_sys::window().map_or(1.0, |w| w.device_pixel_ratio());
            let Some(base) = rest.cast::<HtmlCanvasElement>() else { return };
            let inks = rests.borrow_mut().inks(props.view.settings.theme, &base);
            if !rests.borrow().shows(&props, ratio, inks.is_dark) {
                if let Some(painter) = painter(&rest, &props.overview, ratio, &inks) {
                    painter.nodes(&props.overview, &props.view.scene);
                }
                rests.borrow_mut().shown = Some((props.clone(), ratio, inks.is_dark));
            }
            if let Some(painter) = painter(&marks, &props.overview, ratio, &inks) {
                painter.marks(&props);
            }
        });
    }
    let count = overview.len();
    let place = super::super::el::place(overview.frame);
    let onkeydown = on_key(props);
    let class = if overview.lens.zoom > 1.0 { "large-tree near" } else { "large-tree" };
    html! {
        <div {class} style={place} ref={frame} key={props.ep.as_number()}>
            <canvas class="rests" ref={rest} aria-hidden="true" />
            <canvas class="marks" ref={marks} aria-hidden="true" />
            <div class="glass" tabindex="0" role="application" aria-label={tr!("big-tree", n = count)}
                onpointerdown={pointer.down} onpointermove={pointer.moved} onpointerup={pointer.up}
                onpointercancel={pointer.cancel} onpointerleave={pointer.leave} {onkeydown}></div>
            { tools(props) }
            <p class="tree-count">{ summary(props) }</p>
        </div>
    }
}

/// How many nodes there are, and how many of them are ready.
fn summary(props: &TreeProps) -> String {
    let ready = ready(props).count();
    let marked = ready.min(super::paint::MARKS_MAX);
    if marked < ready {
        tr!("big-tree-ready-some", n = props.overview.len(), ready = ready, marked = marked)
    } else {
        tr!("big-tree-ready", n = props.overview.len(), ready = ready)
    }
}

/// The items on the lists of the instance.
pub(super) fn ready(props: &TreeProps) -> impl Iterator<Item = EpitemKey> {
    let ep = props.view.scene.eventpolls.get(&props.ep);
    ep.into_iter().flat_map(|ep| {
        ep.rdllist.iter().chain(&ep.txlist).chain(ep.ovflist.iter().flatten()).copied()
    })
}

/// The item that the tree is asked to show: the selected one, else that of the current event.
pub(super) fn wanted(props: &TreeProps) -> Option<EpitemKey> {
    let item = |thing: &Thing| match thing {
        Thing::Item(epi) if props.overview.tree.get(*epi).is_some() => Some(*epi),
        _ => None,
    };
    props.view.selected.as_ref().and_then(item).or_else(|| props.lit.iter().find_map(item))
}

fn tools(props: &TreeProps) -> Html {
    let overview = &props.overview;
    let to = |sign: Icon, name: String, lens: Option<Lens>| {
        let handle = props.lens.clone();
        let off = lens.is_none_or(|lens| lens == overview.lens);
        let onclick = Callback::from(move |event: MouseEvent| {
            event.stop_propagation();
            if let Some(lens) = lens {
                handle.set(lens);
            }
        });
        html! {
            <button type="button" class="btn" title={name.clone()} aria-label={name} aria-disabled={off.then_some("true")} {onclick}>
                { icon(sign) }
            </button>
        }
    };
    let zoomed = |factor: f64| Some(overview.zoomed(factor, middle(overview)));
    let centred = wanted(props).and_then(|epi| overview.centred(epi));
    let table = Button {
        class: "btn".to_owned(),
        content: Html::from(tr!("big-tree-table")),
        ..Button::default()
    };
    let table = button(&props.dispatch, Action::Look(LookAction::Show(Side::Tables)), table);
    html! {
        <div class="tree-tools" role="group" aria-label={tr!("big-tree-view")}>
            { to(Icon::Minus, tr!("big-tree-out"), zoomed(0.5)) }
            { to(Icon::Fit, tr!("big-tree-fit"), Some(Lens::default())) }
            { to(Icon::Plus, tr!("big-tree-in"), zoomed(2.0)) }
            { to(Icon::Find, tr!("big-tree-show"), centred) }
            { table }
        </div>
    }
}

/// The middle of the frame.
pub(super) fn middle(overview: &Overview) -> crate::scene::layout::Spot {
    let frame = overview.frame;
    crate::scene::layout::Spot { x: frame.w / 2.0, y: frame.h / 2.0 }
}

/// A layer, cleared and as large as its frame in pixels of the device.
fn painter<'a>(
    canvas: &NodeRef,
    overview: &Overview,
    ratio: f64,
    inks: &'a Inks,
) -> Option<Painter<'a>> {
    let canvas = canvas.cast::<HtmlCanvasElement>()?;
    let size = |px: f32| (f64::from(px) * ratio).round() as u32;
    let (w, h) = (size(overview.frame.w), size(overview.frame.h));
    let context = canvas.get_context("2d").ok().flatten()?;
    let context = context.dyn_into::<CanvasRenderingContext2d>().ok()?;
    if canvas.width() != w || canvas.height() != h {
        canvas.set_width(w);
        canvas.set_height(h);
    }
    let _ = context.set_transform(ratio, 0.0, 0.0, ratio, 0.0, 0.0);
    context.clear_rect(0.0, 0.0, overview.frame.w.into(), overview.frame.h.into());
    Some(Painter { context, inks })
}

/// The canvas of a panel's tree.
pub(super) fn large(draw: &super::Draw<'_>, panel: &crate::scene::layout::Panel) -> Html {
    let Some(overview) = &panel.overview else { return Html::default() };
    let props = TreeProps {
        view: draw.view.clone(),
        dispatch: draw.dispatch.clone(),
        ep: panel.ep,
        overview: overview.clone(),
        lit: draw.lit.to_vec(),
        related: draw.related.clone(),
        lens: draw.lens.clone(),
        pointed: draw.pointed.clone(),
    };
    let tree = html! { <LargeTree ..props /> };
    el("div", &["large-trees"]).child(tree).html()
}
