//! The past: lines of the script changed, put in and taken out, everything after them run again;
//! all of it undone and redone, and every script that was still there.
//!
//! What a hand does goes in behind the line at which one stands, as long as later lines have done
//! something; the bar over the stage says so.

mod bar;
mod compare;
mod drag;
mod here;
mod line;
mod same;
mod versions;

use std::ops::Range;
use std::rc::Rc;

use litemap::LiteMap;

pub(super) use bar::{bar, undo_buttons};
pub(super) use compare::{Compare, CompareAction};
pub(super) use drag::{Drag, class as drag_class, grip};
pub(super) use here::{Here, place, with_here};
pub(super) use line::{list_key, press, tools, was};
pub(super) use versions::versions;

use super::state::State;
use crate::lessons;
use crate::script::Reading;
use crate::session::history::{History, Splice, VersionId, What, lines};
use crate::session::{LineKind, Session};

/// What is kept of the past, and how it is being changed.
#[derive(Clone)]
pub(super) struct Past {
    history: Rc<History>,
    /// Where one stood in versions that were left.
    stood: Rc<LiteMap<VersionId, usize>>,
    /// What hands do goes to the end, wherever one stands.
    at_end: bool,
    /// The line that was chosen in the list, from 0, and the position that this led to: a line that
    /// does nothing has none of its own.
    chosen: Option<(usize, usize)>,
    open: Option<Open>,
    focus: Focus,
    drag: Option<Drag>,
    /// The version that was typed and may still grow.
    typed: Option<VersionId>,
    /// What calls gave before the last change, by line, where they give something else now.
    was: Rc<LiteMap<usize, String>>,
    /// What was put in plays up to this position, and the line behind it is this: more goes in there.
    put: Option<(usize, usize)>,
    here: Rc<Here>,
    shows_versions: bool,
    compared: Option<compare::Compared>,
}

/// A line that is being written.
#[derive(Clone, Debug, PartialEq)]
struct Open {
    line: usize,
    /// It is to be a new line beside that.
    side: Option<Side>,
    text: Rc<str>,
}

/// Where a new line goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Before,
    After,
}

/// What of an open line has the focus when it is drawn at another place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Focus {
    Text,
    Up,
    Down,
}

/// What is done to the past. Lines count from 0.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum PastAction {
    /// Goes to a line.
    Choose(usize),
    /// To the next line of those that are shown, or to the last one.
    Step(Vec<usize>, bool),
    /// Opens a line for writing.
    Edit(usize),
    /// Opens a new line beside this one.
    Insert(usize, Side),
    Type(String),
    /// Puts in what was written.
    Commit,
    /// Leaves a line as it was.
    Cancel,
    /// Takes a line out; one stands then at another, as it was numbered before.
    Delete(usize, Option<usize>),
    /// Moves a line to the place of another.
    Move(usize, usize),
    /// A line is dragged, or no longer.
    Drag(Option<Drag>),
    /// It is put where it would go.
    Drop,
    Undo,
    Redo,
    Go(VersionId),
    /// What hands do goes to the end, or not.
    AtEnd(bool),
    ShowVersions(bool),
    /// Puts two versions side by side, or no longer.
    Compare(Option<(VersionId, VersionId)>),
    Comparing(CompareAction),
}

/// Where one stands after a change.
enum Stand {
    /// At the line where one stood, which may have another number.
    Same(Splice),
    /// At the end of a line.
    Line(usize),
    /// Where lines begin; they are played.
    Play(Range<usize>),
    At(usize),
}

impl Past {
    pub(super) fn new(source: &str, lesson: Option<usize>) -> Past {
        Past {
            history: Rc::new(History::new(source, id_of(lesson))),
            stood: Rc::default(),
            at_end: false,
            chosen: None,
            open: None,
            focus: Focus::Text,
            drag: None,
            typed: None,
            was: Rc::default(),
            put: None,
            here: Rc::default(),
            shows_versions: false,
            compared: None,
        }
    }

    /// Two versions are being compared.
    pub(super) fn is_comparing(&self) -> bool {
        self.compared.is_some()
    }

    /// The versions, to be stored.
    pub(super) fn history(&self) -> &Rc<History> {
        &self.history
    }

    /// Goes on with versions that were stored.
    pub(super) fn take_up(&mut self, history: History) {
        self.history = Rc::new(history);
        self.stood = Rc::default();
    }

    /// Takes note that the page has another script.
    pub(super) fn record(&mut self, text: &str, what: Option<What>, lesson: Option<usize>) {
        Rc::make_mut(&mut self.history).record(text, what, id_of(lesson));
        self.settle();
    }

    /// Takes note of where one stood before the page got another script.
    pub(super) fn leave(&mut self, position: usize) {
        Rc::make_mut(&mut self.stood).insert(self.history.at(), position);
    }

    /// Where playing on from a position is to rest: the end of what was put in.
    pub(super) fn until(&self, position: usize) -> Option<usize> {
        self.put.map(|(until, _)| until).filter(|until| *until > position)
    }

    /// What was put in up to a position and a line plays now.
    pub(super) fn put_in(&mut self, until: usize, line: usize) {
        self.put = Some((until, line));
    }

    /// Playing goes on behind what was put in.
    pub(super) fn play_on(&mut self) {
        self.put = None;
    }

    /// Forgets what was about the script before.
    fn settle(&mut self) {
        (self.chosen, self.open, self.put, self.typed) = (None, None, None, None);
        self.drag = None;
        self.was = Rc::default();
        self.here = Rc::default();
    }
}

/// What a version is called: its number, and what was done.
fn id_text(id: VersionId, what: &str) -> String {
    format!("{} · {what}", id + 1)
}

fn id_of(lesson: Option<usize>) -> Option<&'static str> {
    Some(lessons::ALL.get(lesson?)?.id)
}

/// Does it.
pub(super) fn act(state: &mut State, action: PastAction) {
    match action {
        PastAction::Choose(line) => choose(state, line),
        PastAction::Step(shown, forward) => {
            let at = current_line(state);
            let next = match forward {
                true => shown.iter().find(|line| at.is_none_or(|at| **line > at)),
                false => shown.iter().rfind(|line| at.is_some_and(|at| **line < at)),
            };
            if let Some(line) = next {
                choose(state, *line);
            }
        }
        PastAction::Edit(line) => {
            choose(state, line);
            let text = state.session().lines().get(line).map(|line| Rc::from(line.text.as_str()));
            state.past.open = text.map(|text| Open { line, side: None, text });
            state.past.focus = Focus::Text;
        }
        PastAction::Insert(line, side) => {
            choose(state, line);
            state.past.open = Some(Open { line, side: Some(side), text: Rc::from("") });
            state.past.focus = Focus::Text;
        }
        PastAction::Type(text) => {
            if let Some(open) = &mut state.past.open {
                open.text = Rc::from(text.replace(['\n', '\r'], " "));
            }
        }
        PastAction::Commit => commit(state),
        PastAction::Cancel => state.past.open = None,
        PastAction::Delete(line, next) => {
            state.past.open = None;
            let text = lines::removed(state.session().source(), line);
            let gone = Splice { at: line, removed: 1, added: 0 };
            change(state, &text, None, Stand::Same(gone));
            if let Some(next) = next {
                choose(state, gone.map(next));
            }
        }
        PastAction::Move(from, to) => move_line(state, from, to),
        PastAction::Drag(drag) => state.past.drag = drag,
        PastAction::Drop => drag::drop_here(state),
        PastAction::Undo => travel(state, History::undo),
        PastAction::Redo => travel(state, History::redo),
        PastAction::Go(version) => travel(state, |history| history.go(version)),
        PastAction::AtEnd(at_end) => {
            state.past.at_end = at_end;
            state.past.here = Rc::default();
        }
        PastAction::ShowVersions(shows) => state.past.shows_versions = shows,
        PastAction::Compare(versions) => {
            state.playing = false;
            state.past.compared = versions.and_then(|both| compare::Compared::new(state, both));
        }
        PastAction::Comparing(action) => {
            if let Some(compared) = &mut state.past.compared {
                compared.act(action);
            }
        }
    }
}

/// The line at which one stands: the chosen one, as long as one has not gone on from there.
pub(super) fn current_line(state: &State) -> Option<usize> {
    let chosen = state.past.chosen.filter(|(_, position)| *position == state.position);
    chosen.map(|(line, _)| line).or_else(|| state.session().line_at(state.position))
}

fn choose(state: &mut State, line: usize) {
    let Some(end) = state.session().lines().get(line).map(|line| line.events.end) else { return };
    state.playing = false;
    state.past.open = None;
    state.go(end);
    state.past.chosen = Some((line, state.position));
}

fn commit(state: &mut State) {
    let Some(Open { line, side, text }) = state.past.open.take() else { return };
    if let Some(side) = side {
        let line = line + usize::from(side == Side::After);
        if !text.trim().is_empty() {
            let text = lines::inserted(state.session().source(), line, &text);
            change(state, &text, None, Stand::Line(line));
        }
        return;
    }
    let text = lines::replaced(state.session().source(), line, &text);
    change(state, &text, None, Stand::Line(line));
}

fn move_line(state: &mut State, from: usize, to: usize) {
    let said = state.session().lines().get(from).map(|line| line.text.trim().to_owned());
    let Some(said) = said else { return };
    let text: String = said.chars().take(80).collect();
    let what = What::Moved { from: from + 1, to: to + 1, text: text.into() };
    let text = lines::moved(state.session().source(), from, to);
    change(state, &text, Some(what), Stand::Line(to));
    let moved = |line: usize| match line {
        line if line == from => to,
        line if (from..=to).contains(&line) => line - 1,
        line if (to..=from).contains(&line) => line + 1,
        line => line,
    };
    if let Some(open) = &mut state.past.open {
        let is_it = open.line == from;
        open.line = moved(open.line);
        if !is_it {
            return;
        }
        state.past.focus = if to < from { Focus::Up } else { Focus::Down };
    }
}

/// Puts lines in behind the place at which one stands, and plays them; what is wrong with them is
/// told, and then nothing happens.
pub(super) fn put_in(state: &mut State, at: usize, new: &str) -> bool {
    let text = lines::inserted(state.session().source(), at, new);
    let end = at + new.lines().count().max(1);
    // What else the script says was read before.
    let length = |lines: usize| text.split_inclusive('\n').take(lines).map(str::len).sum::<usize>();
    let mut reading = Reading::from(length(at), u32::try_from(at + 1).unwrap_or(u32::MAX));
    reading.work(&text[..length(end)], &mut || true);
    if !reading.diagnostics.is_empty() {
        state.refuse(&reading.diagnostics, &text);
        return false;
    }
    change(state, &text, None, Stand::Play(at..end));
    true
}

/// Another script in the place of this one, as it was typed. What is typed in one go is undone
/// together: until something else changes the script.
pub(super) fn rewrite(state: &mut State, text: &str) {
    if text == state.session().source() {
        return;
    }
    state.past.leave(state.position);
    let goes_on = state.past.typed == Some(state.past.history.at());
    let splice = Splice::between(state.session().source(), text);
    let session = state.edited(text);
    state.lesson = None;
    let history = Rc::make_mut(&mut state.past.history);
    if goes_on {
        history.amend(text, None);
    } else {
        history.record(text, None, None);
    }
    let is_all = splice.at == 0 && splice.added == session.lines().len();
    run(state, session, if is_all { Stand::At(0) } else { Stand::Same(splice) });
    state.past.typed = Some(state.past.history.at());
}

/// What is typed from now on is a change of its own.
pub(super) fn typing_ends(state: &mut State) {
    state.past.typed = None;
}

/// Runs another script in the place of this one, and keeps this one as a version.
fn change(state: &mut State, text: &str, what: Option<What>, stand: Stand) {
    if text == state.session().source() {
        return;
    }
    state.past.leave(state.position);
    let session = state.edited(text);
    let lesson = id_of(state.lesson);
    Rc::make_mut(&mut state.past.history).record(text, what, lesson);
    run(state, session, stand);
}

/// Goes to another version.
fn travel(state: &mut State, go: impl FnOnce(&mut History) -> bool) {
    state.past.open = None;
    state.past.leave(state.position);
    let history = Rc::make_mut(&mut state.past.history);
    let before = history.at();
    if !go(history) || history.at() == before {
        return;
    }
    let (at, text) = (history.at(), history.text().to_owned());
    let opened = |id| history.version(id).is_some_and(|version| version.what == What::Opened);
    let is_other = opened(before) || opened(at);
    let lesson = history.version(at).and_then(|version| version.lesson.clone());
    let lesson = lesson.and_then(|id| lessons::ALL.iter().position(|lesson| lesson.id == &*id));
    let session = state.edited(&text);
    let splice = Splice::between(state.session().source(), &text);
    let stood = state.past.stood.get(&at).copied();
    let stand = match stood {
        Some(stood) if is_other && state.lesson != lesson => Stand::At(stood),
        _ if is_other && state.lesson != lesson => Stand::At(0),
        _ => Stand::Same(splice),
    };
    state.lesson = lesson;
    run(state, session, stand);
}

/// Shows another run. Selected stays what is there too, and what calls gave before is kept where
/// they give something else now.
fn run(state: &mut State, session: Session, stand: Stand) {
    let splice = Splice::between(state.session().source(), session.source());
    let was = changed_results(&state.session(), &session, splice);
    let selected = state.selected.and_then(|thing| same::meaning(state, thing));
    let menu = state.hands.menu;
    let place = Place::of(state);
    let is_open = state.past.open.take();
    state.put_session(session);
    state.past.settle();
    state.past.open = is_open;
    state.past.was = Rc::new(was);
    state.playing = false;
    let position = match &stand {
        Stand::Same(splice) => place.after(state, *splice),
        Stand::Line(line) => end_of(state, *line),
        Stand::Play(new) => start_of(state, new.start),
        Stand::At(position) => *position,
    };
    state.go(position);
    match stand {
        Stand::Line(line) => state.past.chosen = Some((line, state.position)),
        Stand::Play(new) => {
            let end = new.end.checked_sub(1).map_or(0, |last| end_of(state, last));
            state.past.put_in(end, new.end);
            state.playing = end > state.position;
            state.play_on();
        }
        Stand::Same(..) | Stand::At(_) => {}
    }
    state.selected = selected.and_then(|meaning| same::find(state, &meaning));
    state.hands.menu = menu && state.selected.is_some();
}

fn end_of(state: &State, line: usize) -> usize {
    state.session().lines().get(line).map_or(0, |line| line.events.end)
}

fn start_of(state: &State, line: usize) -> usize {
    state.session().lines().get(line).map_or(0, |line| line.events.start)
}

/// Where one stands, told by lines.
struct Place {
    line: Option<usize>,
    /// Events of the line that have happened.
    into: usize,
    is_end: bool,
}

impl Place {
    fn of(state: &State) -> Place {
        let at_start = Place { line: None, into: 0, is_end: false };
        if state.position <= state.start {
            return at_start;
        }
        let session = state.session();
        let Some(line) = session.line_at(state.position) else { return at_start };
        let events = &session.lines()[line].events;
        let into = state.position - events.start;
        Place { line: Some(line), into, is_end: state.position == events.end }
    }

    /// The same place in another run.
    fn after(&self, state: &State, splice: Splice) -> usize {
        let Some(line) = self.line else { return state.start };
        if splice.drops(line) {
            return splice.at.checked_sub(1).map_or(state.start, |before| end_of(state, before));
        }
        let session = state.session();
        let lines = session.lines();
        match lines.get(splice.map(line)) {
            Some(line) if self.is_end => line.events.end,
            Some(line) => line.events.end.min(line.events.start + self.into),
            None => lines.last().map_or(0, |line| line.events.end),
        }
    }
}

/// What calls gave before, by the lines that they have now, where they give something else.
fn changed_results(old: &Session, new: &Session, splice: Splice) -> LiteMap<usize, String> {
    let is_same = |line: &usize| *line < splice.at || *line >= splice.at + splice.removed;
    let mut was = LiteMap::new();
    for (n, before) in old.lines().iter().enumerate().filter(|(n, _)| is_same(n)) {
        let at = splice.map(n);
        let Some(now) = new.lines().get(at).filter(|now| now.kind == LineKind::Statement) else {
            continue;
        };
        if let (Some(said), true) = (before.said(), before.said() != now.said()) {
            was.insert(at, said.to_owned());
        }
    }
    was
}
