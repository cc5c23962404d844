//! The whole page: the state, its clock, and the parts.

use std::rc::Rc;

use gloo_timers::callback::Timeout;
use yew::prelude::*;

use crate::scene::explain::{is_detail, is_weighty};
use crate::session::Session;

use super::controls::{Timeline, Transport};
use super::forms::Forms;
use super::header::{EmbedBar, Header, Tabs};
use super::inside::Inside;
use super::keys::use_keys;
use super::script::ScriptPanel;
use super::settings::{Link, apply_theme, wants_less_motion};
use super::stage::Stage;
use super::state::{Action, Dispatch, State, View};
use super::why::Why;

/// A plain beat at 1×, in ms.
const BEAT_MS: f64 = 620.0;

/// The page.
#[component]
pub(super) fn App() -> Html {
    let handle = use_reducer(first_state);
    let dispatch = handle.dispatcher();
    let view = View(Rc::new((*handle).clone()));

    use_effect_with(view.settings.theme, |theme| apply_theme(*theme));
    use_clock(&view, &dispatch);
    use_keys(dispatch.clone());

    let motion = if view.stepped { view.settings.speed.motion_ms() } else { 0 };
    let style = format!("--motion:{motion}ms");
    let class = classes!(
        if view.settings.embed { "embed" } else { "app" },
        (motion == 0 || wants_less_motion()).then_some("still")
    );
    let tab = view.settings.tab.name().to_lowercase();
    html! {
        <main {class} {style} data-tab={tab}>
            if view.settings.embed {
                <Embed {view} {dispatch} />
            } else {
                <Full {view} {dispatch} />
            }
        </main>
    }
}

#[derive(Properties, PartialEq)]
pub(super) struct PartProps {
    pub(super) view: View,
    pub(super) dispatch: Dispatch,
}

#[component]
fn Full(PartProps { view, dispatch }: &PartProps) -> Html {
    html! {
        <>
            <Header view={view.clone()} dispatch={dispatch.clone()} />
            <Tabs view={view.clone()} dispatch={dispatch.clone()} />
            { notice(view, dispatch) }
            <section class="left" aria-label="Script and actions">
                <ScriptPanel view={view.clone()} dispatch={dispatch.clone()} />
                <Forms view={view.clone()} dispatch={dispatch.clone()} />
            </section>
            <section class="middle" aria-label="Stage">
                <Stage view={view.clone()} dispatch={dispatch.clone()} />
            </section>
            <section class="right" aria-label="Inside the kernel">
                <Inside view={view.clone()} dispatch={dispatch.clone()} />
            </section>
            <Why view={view.clone()} dispatch={dispatch.clone()} />
            <footer class="time">
                <Timeline view={view.clone()} dispatch={dispatch.clone()} />
            </footer>
            <Transport view={view.clone()} dispatch={dispatch.clone()} />
        </>
    }
}

#[component]
fn Embed(PartProps { view, dispatch }: &PartProps) -> Html {
    html! {
        <>
            <EmbedBar view={view.clone()} dispatch={dispatch.clone()} />
            { notice(view, dispatch) }
            <section class="middle" aria-label="Stage">
                <Stage view={view.clone()} dispatch={dispatch.clone()} />
            </section>
            <Why view={view.clone()} dispatch={dispatch.clone()} />
            <footer class="time">
                <Transport view={view.clone()} dispatch={dispatch.clone()} />
                <Timeline view={view.clone()} dispatch={dispatch.clone()} />
            </footer>
        </>
    }
}

/// What is wrong with the link, until it is dismissed.
fn notice(view: &View, dispatch: &Dispatch) -> Html {
    let Some(text) = view.notice.clone() else { return Html::default() };
    let dispatch = dispatch.clone();
    let onclick = move |_| dispatch.dispatch(Action::DismissNotice);
    html! {
        <div class="notice" role="alert">
            <span>{ text }</span>
            <button class="btn" {onclick}>{ "OK" }</button>
        </div>
    }
}

/// Plays: one timer, which dispatches the next position.
#[hook]
fn use_clock(view: &View, dispatch: &Dispatch) {
    let dispatch = dispatch.clone();
    let wait = view.playing.then(|| {
        let rest = match view.current() {
            Some(event) if is_weighty(&event.kind) => BEAT_MS * 1.9,
            Some(event) if is_detail(&event) => BEAT_MS * 0.7,
            _ => BEAT_MS,
        };
        view.settings.speed.beat(rest)
    });
    use_effect_with((wait, view.position, view.serial), move |(wait, _, _)| {
        let timer = wait
            .map(|(ms, beats)| Timeout::new(ms, move || dispatch.dispatch(Action::Tick(beats))));
        move || drop(timer)
    });
}

/// What the address asks for.
fn first_state() -> State {
    let link = Link::read();
    let (session, mut notice) = open_lesson(link.lesson);
    let mut state = State::new(session, Some(link.lesson), link.settings);
    if let Some(line) = link.line {
        let at = state
            .session()
            .lines()
            .iter()
            .find(|l| l.number >= line && !l.events.is_empty())
            .map(|l| l.events.start);
        state.go(at.unwrap_or_default());
    }
    if let Some(at) = link.at {
        if at > state.len() {
            let end = state.len();
            notice =
                Some(format!("This scenario has {end} events; showing the last one, not {at}."));
        }
        state.go(at);
    }
    state.playing = link.play && !wants_less_motion();
    state.notice = link.complaint.or(notice).map(Rc::from);
    state
}

fn open_lesson(at: usize) -> (Session, Option<String>) {
    let source = crate::lessons::ALL.get(at).map_or("", |lesson| lesson.source);
    match Session::open(source).or_else(|_| Session::open("")) {
        Ok(session) => (session, None),
        Err(_) => unreachable!("an empty script has no errors"),
    }
}
