//! The strip at the bottom: names of the lanes and their picture, the slider, zoom.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::TimeAction;
use super::chart::{Sizes, lane_count};
use super::picture::{Picture, use_wheel};
use super::words::doing_text;
use crate::scene::explain::time_text;
use crate::scene::lanes::Extent;
use crate::scene::layout::Fixed;
use crate::tr;
use crate::ui::app::PartProps;
use crate::ui::el::{Button, button, el, join};
use crate::ui::icons::{Icon, icon};
use crate::ui::size::use_size;
use crate::ui::state::{Action, Dispatch, Field, View};

/// Above so many lanes they scroll.
const MANY: usize = 7;

/// The strip.
#[component]
pub(super) fn Timeline(PartProps { view, dispatch }: &PartProps) -> Html {
    let frame = use_node_ref();
    let width = use_size(&frame).0;
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

pub(super) fn time(dispatch: &Dispatch, action: TimeAction) {
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
        let now = lanes.irq.get(lanes.irq.partition_point(|s| s.to <= event));
        let now = now.filter(|s| s.from <= event && view.position > view.start);
        let now = now.map_or_else(|| tr!("timeline-no-irq"), |s| doing_text(s.doing, &view.names));
        rows.push(row(0, "irq".to_owned(), now));
    }
    el("ul", &["lane-names"])
        .set("style", format!("padding-top:{}px", Fixed(sizes.ruler)))
        .set("aria-label", tr!("timeline-lanes"))
        .children(rows)
        .html()
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
    el("div", &["beside"]).child(status).child(failed).html()
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
