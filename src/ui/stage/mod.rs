//! The stage: three floors, drawn at the places that `scene::layout` gives.

mod arrows;
mod drawer;
mod files;
mod follow;
mod lens;
mod paint;
mod panel;
mod pictures;
mod point;
mod polls;
mod say;
mod shelf;
mod tasks;
mod tree;
mod wire;

use std::rc::Rc;

use yew::prelude::*;

use super::app::PartProps;
use super::el::{El, el, join};
use super::hands::popover;
use super::settings::has_coarse_pointer;
use super::size::use_size;
use super::state::{Dispatch, View};
use crate::scene::Scene;
use crate::scene::arrows::{Thing, needs_before, spotlight};
use crate::scene::layout::{
    Density, Fixed, LayoutOptions, Lens, NARROW, Rect, StageLayout, layout,
};
use crate::scene::related::related;
use crate::tr;

/// What every part of the stage is drawn from.
pub(super) struct Draw<'a> {
    pub(super) view: &'a View,
    pub(super) dispatch: &'a Dispatch,
    pub(super) stage: &'a StageLayout,
    lit: &'a [Thing],
    /// Where else that appears which is pointed at, or else what is selected.
    related: Vec<Thing>,
    /// Whose drawer is open.
    open: Option<Thing>,
    /// What of large trees is in sight.
    lens: UseStateHandle<Lens>,
    pointed: UseStateHandle<Option<Thing>>,
    /// How far many files are scrolled.
    scroll: shelf::Scroll,
}

impl Draw<'_> {
    fn is_lit(&self, thing: Thing) -> bool {
        self.lit.contains(&thing)
    }

    fn hot(&self, thing: Thing) -> &'static str {
        if self.is_lit(thing) { "hot" } else { "" }
    }

    /// The style of a thing that is pointed at somewhere else.
    fn rel(&self, thing: Thing) -> &'static str {
        if self.related.contains(&thing) { "rel" } else { "" }
    }

    fn is_selected(&self, thing: Thing) -> bool {
        self.view.selected == Some(thing)
    }

    /// A thing that is not pressed itself, such as a card; what it is called stands on its head.
    fn part(&self, thing: Thing, class: &[&str]) -> El {
        let selected = if self.is_selected(thing) { "selected" } else { "" };
        let class: Vec<&str> =
            class.iter().copied().chain([self.hot(thing), self.rel(thing), selected]).collect();
        el("div", &class).set("data-thing", thing.id())
    }

    /// A thing that can be pressed: it is selected then.
    fn pressed(&self, thing: Thing, class: &[&str]) -> El {
        let name = say::describe(self.view, thing);
        self.named(thing, class, name)
    }

    /// The same with a name of its own. Only the first of a group is a stop of the tab key, see
    /// [`point`].
    fn named(&self, thing: Thing, class: &[&str], name: String) -> El {
        let selected = self.is_selected(thing);
        let mark = if selected { "selected" } else { "" };
        let class: Vec<&str> =
            class.iter().copied().chain([self.hot(thing), self.rel(thing), mark]).collect();
        el("button", &class)
            .set("type", "button".to_owned())
            .set("data-thing", thing.id())
            .set("tabindex", "-1".to_owned())
            .set("aria-pressed", if selected { "true" } else { "false" }.to_owned())
            .set("title", name.clone())
            .set("aria-label", name)
    }
}

/// A place on the stage as one inside a card, whose border is 1 px.
fn within(rect: Rect, card: Rect) -> Rect {
    Rect { x: rect.x - card.x - 1.0, y: rect.y - card.y - 1.0, ..rect }
}

/// The layouts of the last few moments: that of the moment before need not be made again.
#[derive(Default)]
struct Layouts(Vec<(Rc<Scene>, f32, LayoutOptions, Rc<StageLayout>)>);

impl Layouts {
    fn of(&mut self, scene: &Rc<Scene>, width: f32, options: LayoutOptions) -> Rc<StageLayout> {
        let is_it = |(known, w, o, _): &&(Rc<Scene>, f32, LayoutOptions, Rc<StageLayout>)| {
            Rc::ptr_eq(known, scene) && *w == width && *o == options
        };
        if let Some((.., known)) = self.0.iter().find(is_it) {
            return Rc::clone(known);
        }
        let new = Rc::new(layout(scene, width, options));
        self.0.insert(0, (Rc::clone(scene), width, options, Rc::clone(&new)));
        self.0.truncate(4);
        new
    }
}

/// The stage.
#[component]
pub(super) fn Stage(PartProps { view, dispatch }: &PartProps) -> Html {
    let frame = use_node_ref();
    let (width, height) = use_size(&frame);
    let layouts = use_mut_ref(Layouts::default);
    let pointed = use_state_eq(|| None::<Thing>);
    let open = use_state_eq(|| None::<Thing>);
    let density = if view.settings.embed { Density::Compact } else { Density::Full };
    let lens = use_state_eq(Lens::default);
    let scroll = shelf::use_scroll();
    let shelf_top = scroll.top.get();
    // The arrow keys go from card to card, and so to one that is not in sight yet.
    let shelf_spare = usize::from(shelf::focused().is_some());
    let mut options = LayoutOptions {
        density,
        height,
        touch: has_coarse_pointer(),
        lens: *lens,
        shelf_top,
        shelf_spare,
    };
    let mut stage = layouts.borrow_mut().of(&view.scene, width, options);

    let event = view.current().filter(|_| view.position > view.start);
    let lit = view.ask.lit().map(<[Thing]>::to_vec).unwrap_or_else(|| {
        event.as_ref().map_or_else(Vec::new, |event| spotlight(event, &view.names))
    });
    if let Some(top) = to_show(view, &stage, &scroll, event.as_ref(), &lit) {
        scroll.top.set(top);
        options.shelf_top = top;
        stage = layouts.borrow_mut().of(&view.scene, width, options);
    }
    let before = match &event {
        Some(event) if needs_before(event) => layouts.borrow_mut().of(&view.before, width, options),
        _ => Rc::clone(&stage),
    };
    let marked = pointed.filter(|thing| view.scene.has(*thing)).or(view.selected);
    let related = marked.map_or_else(Vec::new, |thing| related(&view.scene, thing));
    let open_now = open.filter(|thing| view.scene.has(*thing));
    let draw = Draw {
        view,
        dispatch,
        stage: &stage,
        lit: &lit,
        related,
        open: open_now,
        lens: lens.clone(),
        pointed: pointed.clone(),
        scroll,
    };
    let size = format!("width:{}px;height:{}px", Fixed(stage.width), Fixed(stage.height));
    let narrow = density == Density::Full && width < NARROW;
    let compact = density == Density::Compact;
    let class =
        join(&["stage", if compact { "compact" } else { "" }, if narrow { "narrow" } else { "" }]);
    let on = point::Handlers::new(view, dispatch, &pointed, &open);
    let (scrolled, by_hand) = follow::use_follow(&frame, view.position, height, &stage, &lit);
    let wheel = by_hand.reform(|event: WheelEvent| event.into());
    let touch = by_hand.reform(|event: TouchEvent| event.into());
    let line = pointed.map(|thing| say::describe(view, thing)).unwrap_or_default();
    html! {
        <>
        <div {class} ref={frame} onscroll={scrolled} onwheel={wheel} ontouchmove={touch}>
            <div class="canvas" style={size} data-position={view.position.to_string()}
                onclick={on.click} onpointerover={on.over} onpointerleave={on.leave}
                onfocusin={on.focus} onfocusout={on.blur} onkeydown={on.key}>
                { floors(&draw) }
                { tasks::draw(&draw) }
                { panel::nestings(&draw) }
                { panel::draw(&draw) }
                { polls::draw(&draw) }
                { files::draw(&draw) }
                { wire::draw(&draw) }
                { panel::marks(&draw, &stage.tokens, "rdl") }
                { panel::marks(&draw, &stage.overflow, "ovf") }
                { tasks::waiters(&draw) }
                { event.map(|event| arrows::draw(&draw, &event, &before)) }
                { drawer::draw(&draw) }
                { popover(&draw) }
            </div>
        </div>
        <p class={join(&["point", if line.is_empty() { "" } else { "on" }])} aria-hidden="true">{ line }</p>
        </>
    }
}

/// How far many files must be scrolled to show what has just happened, or was just selected.
fn to_show(
    view: &View,
    stage: &StageLayout,
    scroll: &shelf::Scroll,
    event: Option<&crate::trace::Event>,
    lit: &[Thing],
) -> Option<f32> {
    let now = Some((view.position, view.selected));
    let was = scroll.shown.replace(now);
    if was == now {
        return None;
    }
    let selected = view.selected.and_then(|thing| shelf::file_of_thing(thing, &view.names));
    let is_new = was.is_none_or(|(_, selected)| selected != view.selected);
    let file = selected.filter(|_| is_new);
    let file = file.or_else(|| shelf::file_of(event, lit, &view.names))?;
    stage.shelf.as_ref()?.to_show(file)
}

fn floors(draw: &Draw<'_>) -> Html {
    let names =
        [("u", tr!("stage-user-space")), ("k", tr!("stage-kernel")), ("f", tr!("stage-files"))];
    let no_panels = draw.stage.panels.is_empty() && draw.stage.polls.is_empty();
    let empty = [
        String::new(),
        if no_panels { tr!("stage-no-epoll") } else { String::new() },
        if draw.stage.files.is_empty() { tr!("stage-no-files") } else { String::new() },
    ];
    let side = if draw.stage.metrics.side > 0.0 { "side" } else { "" };
    let floor = |n: usize| {
        let (class, name) = &names[n];
        el("div", &["floor", class, side])
            .key(n as u64)
            .at(draw.stage.floors[n])
            .child(el("h3", &[]).text(name).html())
            .child(el("p", &["empty"]).text(&empty[n]).html())
            .html()
    };
    let shown = (0..3).filter(|n| *n != 1 || no_panels);
    el("div", &["floors"]).children(shown.map(floor).collect()).html()
}
