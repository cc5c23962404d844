//! The whole page: the state, its clock, and the parts.

use std::rc::Rc;

use gloo_timers::callback::Timeout;
use yew::prelude::*;

use crate::scene::explain::{is_detail, is_weighty};
use crate::session::Session;
use crate::tr;

use super::after::after_frame;
use super::ask::why;
use super::el::{el, join, word_button};
use super::embed::use_host;
use super::hands::Forms;
use super::header::{embed_bar, header, script_words, tabs};
use super::job;
use super::keep;
use super::keys::use_keys;
use super::look;
use super::notes;
use super::past;
use super::script::{script_panel, show_current_line};
use super::settings::{Link, Words, apply_lang, apply_theme, wants_less_motion};
use super::stage::Stage;
use super::state::{Action, Dispatch, State, View};
use super::timeline::{timeline, transport};

/// A plain beat at 1×, in ms.
const BEAT_MS: u32 = 620;

/// The page.
#[component]
pub(super) fn App() -> Html {
    let handle = use_reducer(first_state);
    let dispatch = handle.dispatcher();
    let view = View(Rc::new((*handle).clone()));

    use_effect_with(view.settings.theme, |theme| apply_theme(*theme));
    let title = script_words(&view, "title");
    use_effect_with((view.settings.lang, title), |(lang, title)| {
        apply_lang(*lang, title.as_deref())
    });
    use_clock(&view, &dispatch);
    use_keys(dispatch.clone());
    use_host(view.settings.embed, &dispatch);
    keep::use_address(&view, &dispatch);
    keep::use_drop(dispatch.clone());

    let is_shown = view.stepped && view.keep.progress.is_none();
    let motion = if is_shown { view.settings.speed.motion_ms() } else { 0 };
    let style = format!("--motion:{motion}ms");
    let class = join(&[
        if view.settings.embed { "embed" } else { "app" },
        if motion == 0 || wants_less_motion() { "still" } else { "" },
    ]);
    let line = view.session().line_at(view.position);
    use_effect_with((line, view.settings.tab), |_| after_frame(show_current_line));
    // Several figures of one text are told apart by their titles.
    let name = script_words(&view, "title").filter(|_| view.settings.embed);
    html! {
        <main {class} {style} aria-label={name} data-tab={view.settings.tab.id()}>
            if view.settings.embed {
                { embed(&view, &dispatch) }
            } else {
                { full(&view, &dispatch) }
            }
        </main>
    }
}

#[derive(Properties, PartialEq)]
pub(super) struct PartProps {
    pub(super) view: View,
    pub(super) dispatch: Dispatch,
}

fn full(view: &View, dispatch: &Dispatch) -> Html {
    html! {
        <>
            { header(view, dispatch) }
            { tabs(view, dispatch) }
            { notice(view, dispatch) }
            { job::bar(view, dispatch) }
            { keep::bar(view, dispatch) }
            <section class="left" aria-label={tr!("page-left")}>
                { script_panel(view, dispatch) }
                { past::versions(view, dispatch) }
                <Forms view={view.clone()} dispatch={dispatch.clone()} />
                <a class="link narrow-only" href="tutorial/index.html">{ tr!("page-tutorial") }</a>
            </section>
            <section class="middle" aria-label={tr!("page-tab-stage")}>
                <h2 class="sr">{ tr!("page-tab-stage") }</h2>
                { past::bar(view, dispatch) }
                { notes::banner(view, dispatch) }
                <Stage view={view.clone()} dispatch={dispatch.clone()} />
            </section>
            <section class="right" aria-label={tr!("page-right")}>
                { look::right(view, dispatch) }
            </section>
            { why(view, dispatch) }
            <footer class="time">
                { timeline(view, dispatch) }
            </footer>
            { transport(view, dispatch) }
            if view.past.is_comparing() {
                <past::Compare view={view.clone()} dispatch={dispatch.clone()} />
            }
            if view.keep.is_open {
                <keep::Dialog view={view.clone()} dispatch={dispatch.clone()} />
            }
            if view.look.helps {
                <look::Help view={view.clone()} dispatch={dispatch.clone()} />
            }
        </>
    }
}

fn embed(view: &View, dispatch: &Dispatch) -> Html {
    html! {
        <>
            { embed_bar(view, dispatch) }
            { notice(view, dispatch) }
            if view.embed.writes {
                <section class="left" aria-label={tr!("page-left")}>
                    { script_panel(view, dispatch) }
                    <Forms view={view.clone()} dispatch={dispatch.clone()} />
                </section>
            }
            <section class="middle">
                <h2 class="sr">{ tr!("page-tab-stage") }</h2>
                <Stage view={view.clone()} dispatch={dispatch.clone()} />
            </section>
            { why(view, dispatch) }
            <footer class="time">
                { transport(view, dispatch) }
                { timeline(view, dispatch) }
            </footer>
        </>
    }
}

/// What is wrong with the link, until it is dismissed.
fn notice(view: &View, dispatch: &Dispatch) -> Html {
    let Some(words) = &view.notice else { return Html::default() };
    let notice = el("div", &["notice"]).set("role", "alert".to_owned());
    let text = el("span", &[]).text(&words()).html();
    notice
        .child(text)
        .child(word_button(dispatch, "btn", &tr!("page-dismiss"), Action::DismissNotice))
        .html()
}

/// Plays: one timer, which dispatches the next position.
#[hook]
fn use_clock(view: &View, dispatch: &Dispatch) {
    let dispatch = dispatch.clone();
    let wait = (view.playing && !view.embed.unseen).then(|| {
        let rest = match view.current() {
            Some(event) if is_weighty(&event.kind) => BEAT_MS * 19 / 10,
            Some(event) if is_detail(&event) => BEAT_MS * 7 / 10,
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
pub(super) fn first_state() -> State {
    let link = Link::read();
    let session = open_lesson(link.lesson);
    let mut notice: Option<Words> = None;
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
        // Counted as the page counts: the machine's start is before the first event.
        let end = state.len() - state.start;
        if at > end {
            notice = Some(Rc::new(move || tr!("page-position-past-end", end = end, at = at)));
        }
        state.go(at.min(end) + state.start);
    }
    if let Some((from, to)) = link.round {
        let end = state.len() - state.start;
        if to > end {
            notice = Some(Rc::new(move || tr!("page-position-past-end", end = end, at = to)));
        } else {
            state.embed.round = Some((from + state.start, to + state.start));
            if link.at.is_none() && link.line.is_none() {
                state.go(from + state.start);
            }
        }
    }
    if link.is_bare {
        // The first remark is where a newcomer begins: what comes before only sets the stage.
        let first = state.notes.first().map_or(state.start, |note| note.at);
        state.go(first);
    }
    state.playing = link.play && !wants_less_motion();
    state.notice = link.complaint.or(notice);
    keep::begin(&mut state, link.is_bare);
    state
}

fn open_lesson(at: usize) -> Session {
    let source = crate::lessons::ALL.get(at).map_or("", |lesson| lesson.source);
    match Session::open(source).or_else(|_| Session::open("")) {
        Ok(session) => session,
        Err(_) => unreachable!("an empty script has no errors"),
    }
}
