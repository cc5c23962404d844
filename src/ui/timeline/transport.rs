//! Play, pause and steps, how far steps go, the speed, and the button to the breakpoints.

use yew::prelude::*;

use super::panel::breakpoints;
use super::words::step_text;
use super::{TimeAction, TimeView};
use crate::scene::steps::StepBy;
use crate::tr;
use crate::ui::el::{Button, button, el, join};
use crate::ui::icons::{Icon, icon};
use crate::ui::settings::Speed;
use crate::ui::state::{Action, Dispatch, Field, View};

/// The buttons that move in time, and the speed.
pub(in crate::ui) fn transport(view: &View, dispatch: &Dispatch) -> Html {
    let act = |action: Action, sign: Icon, name: String, off: bool| {
        let looks = Button { content: icon(sign), name: Some(name), off, ..Button::default() };
        button(dispatch, action, looks)
    };
    let at_start = view.position <= view.start;
    let at_end = view.position >= view.len();
    let (sign, word) = match view.playing {
        true => (Icon::Pause, tr!("controls-pause")),
        false => (Icon::Play, tr!("controls-play")),
    };
    let play = Button {
        class: "play".to_owned(),
        content: html! { <>{ icon(sign) }<span>{ &word }</span></> },
        name: Some(word),
        pressed: Some(view.playing),
        ..Button::default()
    };
    let buttons = vec![
        act(Action::Start, Icon::Start, tr!("controls-restart"), at_start),
        act(Action::Back, Icon::Back, tr!("controls-back"), at_start),
        button(dispatch, Action::PlayPause, play),
        act(Action::Forward, Icon::Forward, tr!("controls-forward"), at_end),
        act(Action::End, Icon::End, tr!("controls-end"), at_end),
    ];
    let class = join(&["transport", if view.time.more { "open" } else { "" }]);
    html! {
        <div {class} role="group" aria-label={tr!("controls-playback")}>
            { el("div", &["seg", "steps"]).children(buttons).html() }
            if !view.settings.embed { { step_kinds(&view.time, dispatch) } }
            { speed(view, dispatch) }
            if !view.settings.embed { { breakpoints(view, dispatch) } }
        </div>
    }
}

/// What the step buttons and the arrow keys go by.
fn step_kinds(time: &TimeView, dispatch: &Dispatch) -> Html {
    let choice = |by: StepBy| {
        let looks = Button {
            content: Html::from(step_text(by)),
            pressed: Some(time.by == by),
            ..Button::default()
        };
        button(dispatch, Action::Time(TimeAction::By(by)), looks)
    };
    el("div", &["seg", "by"])
        .set("role", "group".to_owned())
        .set("aria-label", tr!("controls-by"))
        .children(StepBy::ALL.map(choice).into())
        .html()
}

fn speed(view: &View, dispatch: &Dispatch) -> Html {
    let dispatch = dispatch.clone();
    let onchange = Callback::from(move |event: Event| {
        let select: web_sys::HtmlSelectElement = event.target_unchecked_into();
        dispatch.dispatch(Action::Fill(Field::Speed, select.value()));
    });
    let option = |(n, (speed, name)): (usize, &(Speed, &str))| {
        let text = match speed {
            Speed::Still => tr!("controls-still"),
            Speed::Quarters(_) => (*name).to_owned(),
        };
        let selected = *speed == view.settings.speed;
        html! { <option key={n} {selected} value={n.to_string()}>{ text }</option> }
    };
    html! {
        <select class="sel speed" aria-label={tr!("controls-speed")} {onchange}>
            { for Speed::ALL.iter().enumerate().map(option) }
        </select>
    }
}
