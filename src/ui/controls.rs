//! Play, pause and steps; the slider of positions.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::app::PartProps;
use super::icons::{Icon, icon};
use super::settings::{Settings, Speed};
use super::state::{Action, View};
use crate::scene::explain::time_text;
use crate::session::LineKind;

/// The buttons that move in time, and the speed.
#[component]
pub(super) fn Transport(PartProps { view, dispatch }: &PartProps) -> Html {
    let button = |action: fn() -> Action, sign: Icon, name: &'static str, off: bool| {
        let dispatch = dispatch.clone();
        let onclick = move |_| dispatch.dispatch(action());
        html! {
            <button type="button" aria-label={name} title={name} disabled={off} {onclick}>{ icon(sign) }</button>
        }
    };
    let at_start = view.position <= view.start;
    let at_end = view.position >= view.len();
    let play = {
        let dispatch = dispatch.clone();
        let onclick = move |_| dispatch.dispatch(Action::PlayPause);
        let (sign, word) = if view.playing { (Icon::Pause, "pause") } else { (Icon::Play, "play") };
        html! {
            <button type="button" class="play" aria-pressed={view.playing.to_string()} title="space" {onclick}>
                { icon(sign) }<span>{ word }</span>
            </button>
        }
    };
    html! {
        <div class="transport" role="group" aria-label="Playback">
            <div class="seg">
                { button(|| Action::Start, Icon::Start, "restart", at_start) }
                { button(|| Action::Back, Icon::Back, "step back", at_start) }
                { play }
                { button(|| Action::Forward, Icon::Forward, "step forward", at_end) }
                { button(|| Action::End, Icon::End, "to the end", at_end) }
            </div>
            { speed(view, dispatch) }
        </div>
    }
}

fn speed(view: &View, dispatch: &super::state::Dispatch) -> Html {
    let settings = view.settings.clone();
    let dispatch = dispatch.clone();
    let current = settings.speed;
    let onchange = move |event: Event| {
        let select: web_sys::HtmlSelectElement = event.target_unchecked_into();
        let at = usize::try_from(select.selected_index()).unwrap_or(2);
        let speed = Speed::ALL.get(at).copied().unwrap_or(Speed::Times(1.0));
        dispatch.dispatch(Action::Settings(Settings { speed, ..settings.clone() }));
    };
    let option = |speed: Speed| {
        html! {
            <option selected={speed == current}>{ speed.name() }</option>
        }
    };
    html! {
        <select class="sel speed" aria-label="Speed" {onchange}>{ for Speed::ALL.into_iter().map(option) }</select>
    }
}

/// The slider over all events, with a tick at every statement.
#[component]
pub(super) fn Timeline(PartProps { view, dispatch }: &PartProps) -> Html {
    let dispatch = dispatch.clone();
    let oninput = move |event: InputEvent| {
        let input: HtmlInputElement = event.target_unchecked_into();
        dispatch.dispatch(Action::Go(input.value_as_number() as usize));
    };
    let (from, to) = (view.start, view.len().max(view.start + 1));
    let count = format!("{} / {}", view.position - view.start, view.len() - view.start);
    let done = 100.0 * (view.position - from) as f64 / (to - from) as f64;
    html! {
        <div class="timeline">
            <span class="clock" title="virtual time">{ time_text(view.scene.now_ns) }</span>
            <div class="track" style={format!("--done:{done:.2}%")}>
                <div class="ticks" aria-hidden="true">{ for ticks(view, from, to) }</div>
                <input type="range" min={from.to_string()} max={to.to_string()} step="1"
                    value={view.position.to_string()} aria-label="Position"
                    aria-valuetext={format!("event {count}")} {oninput} />
            </div>
            <span class="count"><span class="wide">{ "event " }</span>{ count }</span>
        </div>
    }
}

fn ticks(view: &View, from: usize, to: usize) -> Vec<Html> {
    let session = view.session();
    let tick = |line: &crate::session::SessionLine| {
        let left = 100.0 * line.events.start.saturating_sub(from) as f64 / (to - from) as f64;
        let class = if line.problems.is_empty() { "" } else { "bad" };
        html! { <i key={line.number} {class} style={format!("left:{left:.2}%")}></i> }
    };
    let statements =
        session.lines().iter().filter(|l| l.kind == LineKind::Statement && !l.events.is_empty());
    statements.map(tick).collect()
}
