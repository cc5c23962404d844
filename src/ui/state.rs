//! What is being looked at: one reducer holds it all. What is true is the session's.

use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;

use yew::{Reducible, UseReducerDispatcher};

use crate::i18n::Lang;
use crate::kernel::abi::Events;
use crate::scene::arrows::Thing;
use crate::scene::explain::{is_detail, is_stop};
use crate::scene::steps::Way;
use crate::scene::{Names, Scene};
use crate::script::Diagnostic;
use crate::session::Session;
use crate::session::history::What;
use crate::session::notes::Note;
use crate::trace::{By, Context, Event};

use super::ask::{self, Ask, AskAction};
use super::editor::{self, Editor, EditorAction};
use super::embed::{self, Embed, EmbedAction};
use super::hands::{self, Form, Gesture, HandAction, Hands, Lines, with_lines};
use super::job::{self, How, Job, JobAction, Made, Wanted};
use super::keep::{self, Keep, KeepAction};
use super::look::{self, Look, LookAction};
use super::notes;
use super::past::{self, Past, PastAction};
use super::settings::{Settings, Speed, Tab, Theme, Words, remember};
use super::timeline::{self, TimeAction, TimeView};

/// The app's one dispatcher: never changes, so that it draws nothing anew.
pub(super) type Dispatch = UseReducerDispatcher<State>;

/// So many events are indexed at once while a run is made.
const INDEXED_AT_ONCE: usize = 40_000;

/// So many runs at most are made in slices for one thing that is done.
const MOST_MADE: usize = 3;

/// A complaint about a script, with its place.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Complaint {
    pub(super) line: usize,
    pub(super) column: usize,
    pub(super) text: String,
    /// The part of the line that is underlined, in characters.
    pub(super) underline: Range<usize>,
    pub(super) message: String,
    pub(super) expected: String,
}

/// An event as a row of the list.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Row {
    /// How deep inside its call.
    pub(super) depth: u8,
    /// Playback rests at it.
    pub(super) stop: bool,
    /// It is drawn dim.
    pub(super) detail: bool,
    /// The one before was another's: it says whose it is.
    pub(super) turn: bool,
}

/// All that a drawing depends on.
#[derive(Clone)]
pub(super) struct State {
    /// Grows with every change.
    pub(super) serial: u64,
    session: Rc<RefCell<Session>>,
    pub(super) lesson: Option<usize>,
    /// Events that have happened.
    pub(super) position: usize,
    /// Events of the machine's start: there is no going back before them.
    pub(super) start: usize,
    pub(super) playing: bool,
    /// The last move was one step of play or of hand, so that motion is worth showing.
    pub(super) stepped: bool,
    pub(super) settings: Settings,
    pub(super) names: Rc<Names>,
    pub(super) rows: Rc<Vec<Row>>,
    /// The remarks of the script.
    pub(super) notes: Rc<Vec<Note>>,
    pub(super) scene: Rc<Scene>,
    /// The scene before the current event.
    pub(super) before: Rc<Scene>,
    /// What is selected; of what is no longer there, nothing.
    pub(super) selected: Option<Thing>,
    /// How time is looked at.
    pub(super) time: TimeView,
    /// What was asked.
    pub(super) ask: Ask,
    /// What the hands remember.
    pub(super) hands: Hands,
    /// What the right column shows.
    pub(super) look: Look,
    /// The long run that is under way.
    pub(super) job: Option<Job>,
    /// Runs that were made in slices, for what is done now.
    pub(super) made: Vec<Made>,
    /// The run that what is being done needs first.
    wanted: RefCell<Option<Wanted>>,
    /// What the script was, and how it is being changed.
    pub(super) past: Past,
    /// What is kept and shared.
    pub(super) keep: Keep,
    /// What is wrong with the link.
    pub(super) notice: Option<Words>,
    pub(super) complaints: Rc<Vec<Complaint>>,
    /// The script that the complaints are about.
    refused: Option<Rc<str>>,
    /// What the forms hold.
    pub(super) form: Form,
    /// The script editor.
    pub(super) editor: Editor,
    /// What a figure keeps.
    pub(super) embed: Embed,
}

/// Something that is typed or chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Lesson,
    Speed,
    Position,
    Line,
}

/// What a person, or the clock, does.
#[derive(Clone)]
pub(super) enum Action {
    /// Types or chooses.
    Fill(Field, String),
    Editor(EditorAction),
    Embed(EmbedAction),
    RunLine,
    /// Writes the script lines of a gesture.
    Do(Gesture),
    /// `epoll_ctl` as the form has it.
    Ctl(&'static str),
    /// Turns a bit of the form's mask over.
    Toggle(Events),
    /// `epoll_wait` as the form has it.
    Wait,
    Go(usize),
    Tick(usize),
    Forward,
    Back,
    Start,
    End,
    PlayPause,
    Select(Option<Thing>),
    Time(TimeAction),
    Ask(AskAction),
    Hand(HandAction),
    Look(LookAction),
    Job(JobAction),
    Keep(KeepAction),
    Past(PastAction),
    Theme(Theme),
    Lang(Lang),
    ShowTab(Tab),
    DismissNotice,
}

impl State {
    /// A session at its start.
    pub(super) fn new(session: Session, lesson: Option<usize>, settings: Settings) -> State {
        let mut state = State::unseen(session, settings);
        (state.lesson, state.past) = (lesson, Past::new(state.session().source(), lesson));
        state.index();
        state.go(state.start);
        state
    }

    /// A state in which a run is being made, see [`Self::work`].
    pub(super) fn unseen(session: Session, settings: Settings) -> State {
        State {
            serial: 0,
            session: Rc::new(RefCell::new(session)),
            lesson: None,
            position: 0,
            start: 0,
            playing: false,
            stepped: false,
            settings,
            names: Rc::default(),
            rows: Rc::default(),
            notes: Rc::default(),
            scene: Rc::default(),
            before: Rc::default(),
            selected: None,
            time: TimeView::default(),
            ask: Ask::default(),
            hands: Hands::default(),
            look: Look::default(),
            job: None,
            made: Vec::new(),
            wanted: RefCell::default(),
            past: Past::new("", None),
            keep: Keep::default(),
            notice: None,
            complaints: Rc::default(),
            refused: None,
            form: Form::default(),
            editor: Editor::default(),
            embed: Embed::default(),
        }
    }

    /// Goes on with a run that is being made; gives whether it is done.
    pub(super) fn work(&mut self, goes_on: &mut dyn FnMut() -> bool) -> bool {
        let known = self.rows.len() + INDEXED_AT_ONCE;
        if known < self.session().records().len() {
            self.index_to(known);
            return false;
        }
        let is_done = self.session.borrow_mut().work(goes_on);
        self.index();
        is_done
    }

    /// The run ends with what has been run.
    pub(super) fn stop_here(&mut self) {
        self.session.borrow_mut().cut();
        self.index();
    }

    /// Whether this script was read, and run if it can be read, in slices.
    fn is_made(&self, source: &str) -> bool {
        self.made.iter().any(|made| *made.source == *source)
    }

    /// The run of a script that was made in slices.
    pub(super) fn take_made(&self, source: &str) -> Option<State> {
        self.made.iter().find(|made| *made.source == *source)?.run.take()
    }

    /// Whether a script is so long that its run is made in slices first: then nothing that is being
    /// done now counts, and all of it is done again when the run is there.
    pub(super) fn awaits(&self, source: &str, how: How) -> bool {
        let waits = self.made.len() < MOST_MADE && !self.is_made(source) && job::is_long(source);
        if waits {
            self.wanted.replace(Some(Wanted { source: Rc::from(source), how }));
        }
        waits
    }

    /// Whether what is being done does not count.
    pub(super) fn waits(&self) -> bool {
        self.wanted.borrow().is_some()
    }

    /// Puts off until its run is there what turned out to need one; `before` is the state before.
    pub(super) fn settle(&mut self, before: &State, then: impl FnOnce() -> Action) {
        if let Some(wanted) = self.wanted.take() {
            let made = std::mem::take(&mut self.made);
            *self = before.clone();
            job::put_off(self, wanted, then(), made);
        }
    }

    /// What is wrong with a script's lines.
    pub(super) fn read(&self, source: &str) -> Rc<Vec<Diagnostic>> {
        let made = self.made.iter().find(|made| *made.source == *source);
        let known = made.map(|made| Rc::clone(&made.wrong));
        known.unwrap_or_else(|| Rc::new(crate::script::parse(source).1))
    }

    /// A script at its start: made already, or run now.
    fn run(&self, source: &str, lesson: Option<usize>) -> Result<State, Vec<Diagnostic>> {
        let settings = self.settings.clone();
        if let Some(made) = self.take_made(source) {
            let mut state = State { lesson, settings, ..made };
            state.go(state.start);
            return Ok(state);
        }
        if self.awaits(source, How::Opened) {
            return Err(Vec::new());
        }
        let known = self.made.iter().find(|made| *made.source == *source);
        if let Some(made) = known.filter(|made| !made.wrong.is_empty()) {
            return Err(made.wrong.to_vec());
        }
        Session::open(source).map(|session| State::new(session, lesson, settings))
    }

    /// The run of this script changed into another: made already, or run now. What it was indexed
    /// by stays for [`Self::put_session`].
    pub(super) fn edited(&self, source: &str) -> Session {
        let blank = || Session::prepare(String::new(), Default::default(), &[]);
        if let Some(mut state) = self.take_made(source) {
            let blank = Rc::new(RefCell::new(blank()));
            let session = std::mem::replace(&mut state.session, blank);
            let made = self.made.iter().find(|made| *made.source == *source);
            if let (Ok(session), Some(made)) = (Rc::try_unwrap(session), made) {
                made.run.replace(Some(state));
                return session.into_inner();
            }
        }
        if self.awaits(source, How::Changed) {
            return blank();
        }
        self.session().edited(source)
    }

    /// The session itself.
    pub(super) fn session_handle(&self) -> Rc<RefCell<Session>> {
        Rc::clone(&self.session)
    }

    /// The session, to be read.
    pub(super) fn session(&self) -> std::cell::Ref<'_, Session> {
        self.session.borrow()
    }

    /// What tells this session from others while it is there.
    pub(super) fn session_address(&self) -> usize {
        Rc::as_ptr(&self.session).addr()
    }

    /// How many events there are.
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// The event that has just happened.
    pub(super) fn current(&self) -> Option<Event> {
        let at = self.position.checked_sub(1)?;
        self.session().records().get(at).map(|record| record.event.clone())
    }

    /// Another run in the place of this one. One stands at its start.
    pub(super) fn put_session(&mut self, session: Session) {
        let time = std::mem::take(&mut self.time);
        self.session = Rc::new(RefCell::new(session));
        (self.names, self.rows) = (Rc::default(), Rc::default());
        (self.scene, self.before, self.position) = (Rc::default(), Rc::default(), 0);
        (self.complaints, self.refused) = (Rc::default(), None);
        let made = self.take_made(self.session().source());
        match made {
            Some(made) => {
                (self.names, self.rows, self.notes) = (made.names, made.rows, made.notes);
                (self.time, self.start) = (made.time, made.start);
            }
            None => self.index(),
        }
        let session = Rc::clone(&self.session);
        self.time.take_over(&time, &session.borrow(), &self.names);
        self.go(self.start);
    }

    /// Moves to a position within bounds, by folding on from here if it is near.
    pub(super) fn go(&mut self, position: usize) {
        let position = position.clamp(self.start, self.len().max(self.start));
        let session = Rc::clone(&self.session);
        let session = session.borrow();
        let records = session.records();
        let near = position > self.position && position - self.position <= 64;
        self.stepped = position.abs_diff(self.position) <= 24;
        if near {
            let mut scene = (*self.scene).clone();
            for record in &records[self.position..position - 1] {
                scene.apply(&record.event);
            }
            // The same scene, not an equal one: what was made of it need not be made again.
            self.before = if position == self.position + 1 {
                Rc::clone(&self.scene)
            } else {
                Rc::new(scene.clone())
            };
            scene.apply(&records[position - 1].event);
            self.scene = Rc::new(scene);
        } else if position != self.position {
            let mut scene = session.scene_at(position.saturating_sub(1));
            self.before = Rc::new(scene.clone());
            if let Some(last) = position.checked_sub(1) {
                scene.apply(&records[last].event);
            }
            self.scene = Rc::new(scene);
        }
        self.position = position;
        self.time.follow(position, self.start, self.rows.len());
        if self.selected.is_some_and(|thing| !self.scene.has(thing)) {
            self.selected = None;
        }
    }

    /// The next place at which playback rests.
    fn next_stop(&self, from: usize) -> usize {
        (from + 1..=self.len()).find(|p| self.rows[p - 1].stop).unwrap_or(self.len())
    }

    /// Gathers names, rows and lanes of the events not seen yet.
    fn index(&mut self) {
        self.index_to(usize::MAX);
    }

    /// The same, of the first `end` events.
    fn index_to(&mut self, end: usize) {
        let session = Rc::clone(&self.session);
        let session = session.borrow();
        let records = &session.records()[..end.min(session.records().len())];
        let known = self.rows.len();
        self.start = records.iter().take_while(|r| r.event.by() == Context::Boot).count();
        self.notes = notes::of(self);
        let names = Rc::make_mut(&mut self.names);
        records[known..].iter().for_each(|record| names.learn(&record.event));
        timeline::learn(self, records);
        let rows = Rc::make_mut(&mut self.rows);
        let boot = By::from(Context::Boot);
        for (number, record) in records.iter().enumerate().skip(known) {
            let event = &record.event;
            let before = number.checked_sub(1).map_or(boot, |before| records[before].event.by());
            rows.push(Row {
                depth: self.time.depth(number),
                stop: is_stop(event),
                detail: is_detail(event),
                turn: event.by() != before,
            });
        }
    }

    /// Runs another script, unless it cannot be read; whether it runs.
    pub(super) fn open(&mut self, source: &str, lesson: Option<usize>) -> bool {
        match self.run(source, lesson) {
            Ok(made) => {
                let (serial, look, mut past) = (self.serial, self.look.clone(), self.past.clone());
                let what = lesson.is_some().then_some(What::Opened);
                past.leave(self.position);
                past.record(source, what, lesson);
                let editor = Editor { is_open: self.editor.is_open, draft: None };
                let embed = Embed { round: None, ..self.embed };
                let keep = self.keep.clone();
                let mut next = State { serial, look, past, editor, embed, keep, ..made };
                let session = Rc::clone(&next.session);
                next.time.take_over(&self.time, &session.borrow(), &next.names);
                *self = next;
                true
            }
            Err(diagnostics) => {
                self.refuse(&diagnostics, source);
                false
            }
        }
    }

    /// Another script in the place of this one, as it was typed; nothing that can not be read.
    pub(super) fn replace(&mut self, source: &str) {
        if self.awaits(source, How::Typed) {
            return;
        }
        let wrong = self.read(source);
        if wrong.is_empty() {
            past::rewrite(self, source);
            self.editor.draft = None;
        } else {
            self.refuse(&wrong, source);
        }
    }

    /// Adds lines where what a person does goes in: where one stands, or at the end.
    fn append(&mut self, lines: &str) {
        if let Some(at) = past::place(self) {
            if past::put_in(self, at, lines) {
                self.complaints = Rc::default();
                editor::appended(self, lines);
            }
            return;
        }
        let end = self.len();
        self.past.leave(self.position);
        let all =
            if job::is_long(lines) { self.session().source_with(lines) } else { String::new() };
        if !all.is_empty() && self.awaits(&all, How::Typed) {
            return;
        }
        let is_made = !all.is_empty() && self.is_made(&all) && self.read(&all).is_empty();
        let result = if is_made {
            let session = self.edited(&all);
            self.put_session(session);
            Ok(())
        } else {
            self.session.borrow_mut().append(lines)
        };
        match result {
            Ok(()) => {
                let source = self.session().source().to_owned();
                self.past.record(&source, None, self.lesson);
                self.index();
                self.complaints = Rc::default();
                editor::appended(self, lines);
                let lines = self.session().lines().len();
                self.past.put_in(self.len(), lines);
                self.go(end);
                self.playing = self.len() > end;
                self.play_on();
            }
            Err(diagnostics) => {
                let source = self.session().source_with(lines);
                self.refuse(&diagnostics, &source);
            }
        }
    }

    /// Complains about nothing.
    pub(super) fn forgive(&mut self) {
        self.complaints = Rc::default();
    }

    /// If it is playing: to where the first beat leads.
    pub(super) fn play_on(&mut self) {
        if self.playing {
            let to = timeline::until_break(self, self.next_stop(self.position));
            self.go(to);
            self.playing = self.playing && self.position < self.len();
        }
    }

    pub(super) fn refuse(&mut self, diagnostics: &[Diagnostic], source: &str) {
        self.complaints = complaints(diagnostics, source);
        self.refused = Some(Rc::from(source));
    }

    /// Says in another language what was said before. The run is made anew, and is the same run.
    fn translate(&mut self, lang: Lang) {
        // Its texts are made in the language that counts while it runs.
        crate::i18n::set(lang);
        let source = self.session().source().to_owned();
        let again = match self.take_made(&source) {
            Some(made) => made.session,
            None if self.awaits(&source, How::Again) => return,
            None => Rc::new(RefCell::new(Session::open_all(&source))),
        };
        remember("lang", lang.tag());
        self.settings.lang = lang;
        self.session = again;
        self.notes = notes::of(self);
        if let Some(source) = self.refused.clone().filter(|_| !self.complaints.is_empty()) {
            let (_, diagnostics) = crate::script::parse(&source);
            self.complaints = complaints(&diagnostics, &source);
        }
    }

    fn fill(&mut self, field: Field, value: String) {
        match field {
            Field::Lesson => {
                let at = value.parse().unwrap_or(0);
                if let Some(lesson) = crate::lessons::ALL.get(at) {
                    self.open(lesson.source, Some(at));
                }
            }
            Field::Speed => {
                let at: usize = value.parse().unwrap_or(0);
                self.settings.speed = Speed::ALL.get(at).map_or(Speed::PLAIN, |(speed, _)| *speed);
            }
            Field::Position => {
                self.playing = false;
                self.go(value.parse().unwrap_or(self.position));
            }
            field => self.form.fill(field, value),
        }
    }

    /// Adds the lines that `write` makes of the session's end.
    fn write(&mut self, write: impl FnOnce(&State, &Lines<'_>) -> Option<String>) {
        let lines = with_lines(self, |lines| write(self, lines));
        if let Some(lines) = lines {
            self.append(&lines);
        }
    }

    /// Writes the script lines of a gesture.
    pub(super) fn perform(&mut self, gesture: &Gesture) {
        self.write(|_, lines| lines.write(gesture));
    }

    fn run_line(&mut self) {
        let line = self.form.line.clone();
        if !line.trim().is_empty() {
            self.append(&line);
            if self.complaints.is_empty() {
                self.form.line.clear();
            }
        }
    }

    pub(super) fn act_now(&mut self, action: Action) {
        match action {
            Action::Fill(field, value) => self.fill(field, value),
            Action::Editor(action) => editor::act(self, action),
            Action::Embed(action) => embed::act(self, action),
            Action::RunLine => self.run_line(),
            Action::Do(gesture) => self.perform(&gesture),
            Action::Ctl(op) => self.write(|state, lines| hands::ctl(state, lines, op)),
            Action::Toggle(bit) => self.form.toggle(bit),
            Action::Wait => self.write(hands::wait),
            Action::Go(position) => {
                self.playing = false;
                self.go(position);
            }
            Action::Tick(beats) => {
                let to = (0..beats.max(1)).fold(self.position, |at, _| self.next_stop(at));
                let rest = notes::rest(self, self.position, to);
                let until = self.past.until(self.position);
                let to = rest.unwrap_or(to).min(until.unwrap_or(usize::MAX));
                let to = timeline::until_break(self, to);
                let round = embed::round(self, to);
                self.go(round.unwrap_or(to));
                if round.is_some() {
                    return;
                }
                let rests = rest.is_some() || until == Some(to);
                self.playing = self.playing && !rests && self.position < self.len();
            }
            Action::Forward => timeline::step(self, Way::Forward),
            Action::Back => timeline::step(self, Way::Back),
            Action::Start => {
                self.playing = false;
                self.go(self.start);
            }
            Action::End => {
                self.playing = false;
                self.go(self.len());
            }
            Action::PlayPause => {
                self.playing = !self.playing;
                self.past.play_on();
                if self.playing && self.position >= self.len() {
                    self.go(self.start);
                }
            }
            Action::Select(thing) => {
                hands::select(self, thing);
                if thing.is_none() {
                    self.ask = Ask::default();
                }
            }
            Action::Time(action) => timeline::act(self, action),
            Action::Ask(action) => ask::act(self, action),
            Action::Hand(action) => hands::act(self, action),
            Action::Look(action) => look::act(self, action),
            Action::Job(action) => job::act(self, action),
            Action::Keep(action) => keep::act(self, action),
            Action::Past(action) => past::act(self, action),
            Action::Theme(theme) => {
                self.settings.theme = theme;
                remember("theme", theme.name());
            }
            Action::Lang(lang) => self.translate(lang),
            Action::ShowTab(tab) => self.settings.tab = tab,
            Action::DismissNotice => self.notice = None,
        }
    }
}

impl Reducible for State {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut next = (*self).clone();
        next.act_now(action.clone());
        job::forget_old(&mut next, &action);
        next.settle(&self, || job::meant_by(&self, &action));
        next.serial = self.serial + 1;
        Rc::new(next)
    }
}

/// A state as a prop: compared by its serial number.
#[derive(Clone)]
pub(super) struct View(pub(super) Rc<State>);

impl PartialEq for View {
    fn eq(&self, other: &View) -> bool {
        self.0.serial == other.0.serial
    }
}

impl std::ops::Deref for View {
    type Target = State;

    fn deref(&self) -> &State {
        &self.0
    }
}

/// Diagnostics with their places looked up.
pub(super) fn complaints(diagnostics: &[Diagnostic], source: &str) -> Rc<Vec<Complaint>> {
    let one = |d: &Diagnostic| {
        let (line, column) = d.line_column(source);
        let text = d.source_line(source).to_owned();
        let spanned = source.get(d.span.start..d.span.end).map_or(0, |s| s.chars().count());
        let from = column.saturating_sub(1);
        let to = (from + spanned.max(1)).min(text.chars().count().max(from + 1));
        Complaint {
            line,
            column,
            text,
            underline: from..to,
            message: d.message.clone(),
            expected: d.expected.clone(),
        }
    };
    Rc::new(diagnostics.iter().map(one).collect())
}
