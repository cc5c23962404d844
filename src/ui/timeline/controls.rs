//! Play, pause and steps; the slider of positions.

use yew::prelude::*;

use crate::scene::explain::time_text;
use crate::scene::layout::Fixed;
use crate::session::LineKind;
use crate::ui::el::{Button, button, el, select};
use crate::ui::icons::{Icon, icon};
use crate::ui::settings::Speed;
use crate::ui::state::{Action, Dispatch, Field, View};

/// The buttons that move in time, and the speed.
pub(in crate::ui) fn transport(view: &View, dispatch: &Dispatch) -> Html {
    let act = |action: Action, sign: Icon, name: &str, off: bool| {
        let looks =
            Button { content: icon(sign), name: Some(name.to_owned()), off, ..Button::default() };
        button(dispatch, action, looks)
    };
    let at_start = view.position <= view.start;
    let at_end = view.position >= view.len();
    let (sign, word) = if view.playing { (Icon::Pause, "pause") } else { (Icon::Play, "play") };
    let play = Button {
        class: "play".to_owned(),
        content: html! { <>{ icon(sign) }<span>{ word }</span></> },
        pressed: Some(view.playing),
        ..Button::default()
    };
    let buttons = vec![
        act(Action::Start, Icon::Start, "restart", at_start),
        act(Action::Back, Icon::Back, "step back", at_start),
        button(dispatch, Action::PlayPause, play),
        act(Action::Forward, Icon::Forward, "step forward", at_end),
        act(Action::End, Icon::End, "to the end", at_end),
    ];
    html! {
        <div class="transport" role="group" aria-label="Playback">
            { el("div", &["seg"]).children(buttons).html() }
            { speed(view, dispatch) }
        </div>
    }
}

fn speed(view: &View, dispatch: &Dispatch) -> Html {
    let chosen =
        Speed::ALL.iter().position(|(speed, _)| *speed == view.settings.speed).unwrap_or(2);
    let options =
        Speed::ALL.iter().enumerate().map(|(n, (_, name))| (n.to_string(), (*name).to_owned()));
    let looks = ("sel speed", "Speed");
    select(dispatch, looks, Field::Speed, options.collect(), &chosen.to_string())
}

/// The slider over all events, with a tick at every statement.
pub(in crate::ui) fn timeline(view: &View, dispatch: &Dispatch) -> Html {
    let dispatch = dispatch.clone();
    let oninput = Callback::from(move |event: InputEvent| {
        let input: web_sys::HtmlInputElement = event.target_unchecked_into();
        dispatch.dispatch(Action::Fill(Field::Position, input.value()));
    });
    let (from, to) = (view.start, view.len().max(view.start + 1));
    let count = format!("{} / {}", view.position - view.start, view.len() - view.start);
    let done = 100.0 * (view.position - from) as f32 / (to - from) as f32;
    html! {
        <div class="timeline">
            <span class="clock" title="virtual time">{ time_text(view.scene.now_ns) }</span>
            <div class="track" style={format!("--done:{}%", Fixed(done))}>
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
        let left = 100.0 * line.events.start.saturating_sub(from) as f32 / (to - from) as f32;
        let class = if line.problems.is_empty() { "" } else { "bad" };
        el("i", &[class]).set("style", format!("left:{}%", Fixed(left))).html()
    };
    let statements =
        session.lines().iter().filter(|l| l.kind == LineKind::Statement && !l.events.is_empty());
    statements.map(tick).collect()
}
