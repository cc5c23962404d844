//! Keeping and sharing: the address, what the browser keeps, files, pictures.
//!
//! What is written and read is `share`'s; here it meets the browser.

mod address;
mod browser;
mod dialog;
mod files;
mod past;
mod pictures;

use std::rc::Rc;

use yew::prelude::*;

pub(super) use address::use_address;
pub(super) use dialog::Dialog;
pub(super) use files::use_drop;

use crate::lessons;
use crate::scene::steps::StepBy;
use crate::session::Session;
use crate::share::{LinkError, Looks, Moment, Pick, Text, Trail, decode};
use crate::tr;

use super::el::{Button, button, el, word_button};
use super::settings::{Settings, Speed, Tab, Words};
use super::state::{Action, Dispatch, State, View};

/// Longer runs are shared without a fingerprint while the address follows; a link that is asked for
/// has one in any case.
const QUICK_EVENTS: usize = 100_000;

/// What is being kept and shared.
#[derive(Clone, Default)]
pub(super) struct Keep {
    /// The dialog is open.
    pub(super) is_open: bool,
    /// What was there before, to be brought back: a link.
    offer: Option<Rc<Offer>>,
    /// What came of the last thing done in the dialog.
    said: Option<Words>,
    /// Frames made and frames in all, while a picture is being made.
    pub(super) progress: Option<(usize, usize)>,
}

/// What was there before.
struct Offer {
    link: String,
    /// The lesson's place; nothing for a script of one's own.
    lesson: Option<usize>,
    position: u32,
    /// The versions of the script, as they were kept.
    past: Option<String>,
}

/// What is done with it.
#[derive(Clone)]
pub(super) enum KeepAction {
    /// Opens or closes the dialog.
    Menu(bool),
    /// Follows a link: what stands behind `#`.
    Follow(Rc<str>),
    /// What the page begins with, once its long run is made.
    Begin(bool),
    /// Back to an address without a link.
    Start,
    Restore,
    Discard,
    /// Runs a file: its name, its text.
    Opened(Rc<str>, Rc<str>),
    /// Says something of a file or a copy.
    Said(Words),
    /// Says something outside of the dialog.
    Notice(Words),
    Progress(Option<(usize, usize)>),
}

/// Does it.
pub(super) fn act(state: &mut State, action: KeepAction) {
    match action {
        KeepAction::Menu(open) => {
            state.keep.is_open = open;
            state.keep.said = None;
            state.playing = false;
        }
        KeepAction::Follow(link) => follow(state, &link),
        KeepAction::Begin(is_bare) => begin_now(state, is_bare),
        KeepAction::Start => start(state),
        KeepAction::Restore => {
            if let Some(offer) = state.keep.offer.take() {
                follow(state, &offer.link);
                if state.waits() {
                    return;
                }
                past::bring_back(state, offer.past.as_deref());
            }
        }
        KeepAction::Discard => state.keep.offer = None,
        KeepAction::Opened(name, text) => open_file(state, name, &text),
        KeepAction::Said(words) => state.keep.said = Some(words),
        KeepAction::Notice(words) => state.notice = Some(words),
        KeepAction::Progress(progress) => state.keep.progress = progress,
    }
}

/// What the address without a link asks for.
fn start(state: &mut State) {
    let first = super::app::first_state();
    // Which language it is stays the reader's choice.
    crate::i18n::set(state.settings.lang);
    let source = first.session().source().to_owned();
    if state.open(&source, first.lesson) {
        state.go(first.position);
        state.notice = first.notice;
    }
}

fn open_file(state: &mut State, name: Rc<str>, text: &str) {
    let keep = state.keep.clone();
    let is_run = state.open(text, None);
    state.keep = Keep { is_open: false, ..keep };
    state.notice = Some(Rc::new(move || match is_run {
        true => tr!("keep-opened", name = &*name),
        false => tr!("keep-refused", name = &*name),
    }));
    if !is_run && state.editor.draft.is_none() {
        (state.editor.is_open, state.editor.draft) = (true, Some(Rc::from(text)));
        state.settings.tab = Tab::Script;
    }
}

/// Opens what a link holds; a link that cannot be followed gives a message and an empty stage, and
/// what was there before is offered.
pub(super) fn follow(state: &mut State, link: &str) {
    let keep = state.keep.clone();
    let opened = decode(link).and_then(|moment| {
        let lesson = moment.script.source()?.1.map(|lesson| lesson.id);
        let lesson = lesson.and_then(|id| lessons::ALL.iter().position(|other| other.id == id));
        Ok((lesson, moment))
    });
    match opened {
        Ok((lesson, moment)) => {
            // It was found a moment ago.
            let source = moment.script.source().map_or("", |(source, _)| source);
            if state.open(source, lesson) {
                state.keep = keep;
                state.notice = look_at(state, &moment);
            } else if !state.waits() {
                let before = encode_now(state);
                empty(state, keep, offer(before));
                let _ = state.open(source, None);
                (state.editor.is_open, state.editor.draft) = (true, Some(Rc::from(source)));
                state.notice = Some(Rc::new(|| tr!("keep-link-script")));
            }
        }
        Err(error) => refuse(state, keep, error),
    }
}

fn refuse(state: &mut State, keep: Keep, error: LinkError) {
    let before = encode_now(state);
    empty(state, keep, offer(before));
    state.notice = Some(Rc::new(move || error.words()));
}

fn empty(state: &mut State, keep: Keep, before: Option<Rc<Offer>>) {
    let _ = state.open("", None);
    state.keep = Keep { offer: before.or(keep.offer.clone()), ..keep };
}

/// Looks at the run as the link says; what is to be told about that.
fn look_at(state: &mut State, moment: &Moment) -> Option<Words> {
    let Looks { selected, tab, side, step, speed, window } = moment.looks;
    state.settings.tab = Tab::ALL.get(usize::from(tab)).copied().unwrap_or(Tab::Stage);
    state.settings.speed = speed_of(speed);
    state.look.set_place(side.into());
    state.time.by = StepBy::ALL.get(usize::from(step)).copied().unwrap_or_default();
    let end = state.len() - state.start;
    let at = moment.position as usize;
    state.go(at.min(end) + state.start);
    state.time.show(window.map(|(from, to)| (f64::from(from) / 8.0, f64::from(to) / 8.0)), end);
    state.selected =
        selected.and_then(Pick::thing).filter(|thing| at <= end && state.scene.has(*thing));
    let print = fingerprint(&state.session(), state.position);
    if at > end {
        return Some(Rc::new(move || tr!("keep-link-past-end", end = end, at = at)));
    }
    moment.leads_elsewhere(print).then(|| Rc::new(|| tr!("keep-link-elsewhere")) as Words)
}

fn fingerprint(session: &Session, position: usize) -> u32 {
    Trail::default().at(session.records(), position)
}

fn speed_of(number: u8) -> Speed {
    match number {
        255 => Speed::Still,
        number => {
            let speed = Speed::Quarters(number.into());
            let is_known = Speed::ALL.iter().any(|(known, _)| *known == speed);
            if is_known { speed } else { Speed::PLAIN }
        }
    }
}

/// This moment, as it is looked at.
pub(super) fn moment(state: &State) -> Moment {
    let at = state.position;
    let print = fingerprint(&state.session(), at);
    Moment { fingerprint: print, ..moment_without_fingerprint(state) }
}

fn moment_without_fingerprint(state: &State) -> Moment {
    let speed = match state.settings.speed {
        Speed::PLAIN => 0,
        Speed::Quarters(quarters) => u8::try_from(quarters).unwrap_or_default(),
        Speed::Still => 255,
    };
    let place = |found: Option<usize>| found.and_then(|n| u8::try_from(n).ok()).unwrap_or(0);
    let looks = Looks {
        selected: state.selected.map(Pick::of),
        tab: place(Tab::ALL.iter().position(|tab| *tab == state.settings.tab)),
        side: place(Some(state.look.place())),
        step: place(StepBy::ALL.iter().position(|by| *by == state.time.by)),
        speed,
        window: state.time.shown().map(|(from, to)| ((from * 8.0) as u32, (to * 8.0) as u32)),
    };
    let script = Text::of(state.session().source());
    let position = u32::try_from(state.position - state.start).unwrap_or(u32::MAX);
    Moment { script, position, fingerprint: 0, looks }
}

/// A link to this moment, made in little time.
fn encode_now(state: &State) -> String {
    let quick = state.position <= QUICK_EVENTS;
    let moment = if quick { moment(state) } else { moment_without_fingerprint(state) };
    crate::share::encode(&moment)
}

fn offer(link: String) -> Option<Rc<Offer>> {
    let moment = decode(&link).ok()?;
    let (source, lesson) = moment.script.source().ok()?;
    if source.is_empty() {
        return None;
    }
    let lesson = lesson.and_then(|l| lessons::ALL.iter().position(|other| other.id == l.id));
    Some(Rc::new(Offer { lesson, position: moment.position, link, past: None }))
}

/// The last visit, with its versions.
fn offer_with_past(link: String) -> Option<Rc<Offer>> {
    let mut offer = offer(link)?;
    if let Some(offer) = Rc::get_mut(&mut offer) {
        offer.past = browser::recall_past();
    }
    Some(offer)
}

/// What the page begins with: the link of its address, or an offer of what was there last.
pub(super) fn begin(state: &mut State, is_bare: bool) {
    let before = state.clone();
    begin_now(state, is_bare);
    state.settle(&before, || keep(KeepAction::Begin(is_bare)));
}

fn begin_now(state: &mut State, is_bare: bool) {
    let link = address::in_address();
    if let Some(link) = &link {
        follow_first(state, link);
    }
    if state.settings.embed || state.waits() {
        return;
    }
    past::begin(state);
    if link.is_some() || !is_bare {
        return;
    }
    match browser::recall() {
        None => {}
        Some(link) => match offer_with_past(link.clone()) {
            Some(offer) => state.keep.offer = Some(offer),
            None if decode(&link).is_ok() => {}
            None => {
                browser::forget();
                state.notice = Some(Rc::new(|| tr!("keep-store-foreign")));
            }
        },
    }
}

fn follow_first(state: &mut State, link: &str) {
    follow(state, link);
    if state.waits() {
        return;
    }
    // There was nothing before but what the page itself began with: the last visit is offered.
    if state.keep.offer.take().is_some() {
        state.keep.offer = browser::recall().and_then(offer_with_past);
    }
}

/// What was there before, until it is brought back or left.
pub(super) fn bar(view: &View, dispatch: &Dispatch) -> Html {
    let Some(offer) = &view.keep.offer else { return Html::default() };
    let lesson = offer.lesson.and_then(|at| lessons::ALL.get(at));
    let at = offer.position;
    let text = match lesson.map(|lesson| lesson.title(view.settings.lang)) {
        Some(title) => tr!("keep-offer", title = title, at = at),
        None => tr!("keep-offer-own", at = at),
    };
    el("div", &["notice", "offer"])
        .set("role", "status".to_owned())
        .child(el("span", &[]).text(&text).html())
        .child(word_button(dispatch, "btn on", &tr!("keep-restore"), keep(KeepAction::Restore)))
        .child(word_button(dispatch, "btn", &tr!("keep-discard"), keep(KeepAction::Discard)))
        .html()
}

/// The header's button.
pub(super) fn opener(dispatch: &Dispatch) -> Html {
    let looks = Button {
        class: "btn share".to_owned(),
        content: Html::from(tr!("keep-share")),
        ..Button::default()
    };
    button(dispatch, keep(KeepAction::Menu(true)), looks)
}

fn keep(action: KeepAction) -> Action {
    Action::Keep(action)
}

/// The title of the script, as the name of a file.
fn name_of(state: &State) -> String {
    let title = state.session().metadata("title").map(str::to_owned);
    let lesson = state.lesson.and_then(|at| lessons::ALL.get(at)).map(|l| l.id.to_owned());
    crate::share::file_name(&lesson.or(title).unwrap_or_default())
}

/// Whether the settings are those of a figure, which leaves the address alone.
fn is_figure(settings: &Settings) -> bool {
    settings.embed
}
