//! Time: play, pause and steps, breakpoints, and the timeline with its lanes.

mod chart;
mod panel;
mod picture;
mod strip;
mod transport;
mod words;

use std::rc::Rc;

use yew::prelude::*;

pub(super) use transport::transport;

use crate::scene::Names;
use crate::scene::arrows::Thing;
use crate::scene::breaks::{BadTarget, BreakKind, Target, hits};
use crate::scene::lanes::{Extent, Lanes};
use crate::scene::steps::{StepBy, Steps, Walk, Way};
use crate::session::{Session, SessionLine};
use crate::trace::Record;

use super::app::PartProps;
use super::state::{Dispatch, State, View};

/// The lanes, and the slider of positions.
pub(super) fn timeline(view: &View, dispatch: &Dispatch) -> Html {
    let PartProps { view, dispatch } = PartProps { view: view.clone(), dispatch: dispatch.clone() };
    html! { <strip::Timeline {view} {dispatch} /> }
}

/// How time is looked at: zoom, kind of step, breakpoints.
#[derive(Clone, Debug, Default)]
pub(super) struct TimeView {
    /// How far the step buttons and the arrow keys go.
    pub(super) by: StepBy,
    walk: Option<Walk>,
    steps: Rc<Steps>,
    lanes: Rc<Lanes>,
    /// What of the run is in sight; nothing means all.
    window: Option<Extent>,
    /// Where lines of the script complain.
    failures: Rc<Vec<Failure>>,
    breaks: Rc<Vec<Breakpoint>>,
    /// Event and breakpoint, by place in `breaks`, of those that are on.
    hits: Rc<Vec<(usize, usize)>>,
    /// The position at which a breakpoint stopped the run.
    caught: Option<usize>,
    form: BreakForm,
    panel_open: bool,
    /// On a phone: the lanes and what else there is no room for.
    more: bool,
}

/// A line that complains, and where in time.
#[derive(Clone, Debug, PartialEq)]
struct Failure {
    position: usize,
    line: u32,
}

#[derive(Clone, Debug, PartialEq)]
struct Breakpoint {
    id: u32,
    target: Target,
    on: bool,
}

/// What is typed for the next breakpoint.
#[derive(Clone, Debug, Default)]
struct BreakForm {
    kind: BreakKind,
    text: String,
    error: Option<BadTarget>,
}

/// What is done to that. Places are parts of what is in sight, from 0 to 1.
#[derive(Clone, Debug)]
pub(super) enum TimeAction {
    /// Chooses how far steps go.
    By(StepBy),
    /// One step, however far steps go otherwise.
    Step(StepBy, Way),
    /// Goes to a place.
    Scrub(f64),
    /// Shows less (above 1) or more, around a place or else the playhead.
    Zoom(f64, Option<f64>),
    /// Moves what is in sight by such a part of it.
    Pan(f64),
    /// Shows all.
    Fit,
    /// Goes to the next line that complains, after the last to the first.
    NextFailure,
    /// Shows or hides the breakpoints.
    Panel(bool),
    /// On a phone: shows or hides the lanes.
    More(bool),
    BreakKind(BreakKind),
    BreakText(String),
    /// Adds what was typed.
    AddBreak,
    /// Adds a breakpoint on what is selected.
    BreakOn(BreakOn),
    /// Turns one on or off.
    ToggleBreak(u32),
    RemoveBreak(u32),
    /// Goes to the next or the last hit.
    Run(Way),
}

/// A target that was chosen and not typed.
#[derive(Clone, Debug)]
pub(super) struct BreakOn(Target);

/// Does it.
pub(super) fn act(state: &mut State, action: TimeAction) {
    let whole = Extent::whole(state.start, state.len());
    let shown = state.time.window.unwrap_or(whole);
    match action {
        TimeAction::By(by) => state.time.by = by,
        TimeAction::Step(by, way) => step_by(state, by, way),
        TimeAction::Scrub(part) => {
            state.playing = false;
            let window = state.time.window;
            state.go(shown.position(part.clamp(0.0, 1.0) as f32, 1.0));
            // What is in sight does not move away from under the pointer.
            state.time.window = window;
        }
        TimeAction::Zoom(factor, part) => {
            let at = state.position as f64;
            let middle = (shown.from + shown.to) / 2.0;
            let playhead = if (shown.from..=shown.to).contains(&at) { at } else { middle };
            let around = part.map_or(playhead, |part| shown.from + part * shown.span());
            state.time.window = shown.zoom(factor, around, whole);
        }
        TimeAction::Pan(part) => {
            state.time.window = state.time.window.and_then(|w| w.pan(part * w.span(), whole));
        }
        TimeAction::Fit => state.time.window = None,
        TimeAction::NextFailure => {
            let failures = Rc::clone(&state.time.failures);
            let next = failures.iter().find(|failure| failure.position > state.position);
            if let Some(failure) = next.or(failures.first()) {
                state.playing = false;
                state.go(failure.position);
            }
        }
        TimeAction::Panel(open) => {
            state.time.panel_open = open;
            state.time.form.error = None;
        }
        TimeAction::More(more) => state.time.more = more,
        TimeAction::BreakKind(kind) => state.time.form = BreakForm { kind, ..BreakForm::default() },
        TimeAction::BreakText(text) => {
            state.time.form.text = text;
            state.time.form.error = None;
        }
        TimeAction::AddBreak => add_typed(state),
        TimeAction::BreakOn(BreakOn(target)) => add(state, target),
        TimeAction::ToggleBreak(id) => change_breaks(state, |breaks| {
            breaks.iter_mut().filter(|b| b.id == id).for_each(|b| b.on = !b.on);
        }),
        TimeAction::RemoveBreak(id) => {
            change_breaks(state, |breaks| breaks.retain(|b| b.id != id));
        }
        TimeAction::Run(way) => run(state, way),
    }
}

/// One step as far as steps go.
pub(super) fn step(state: &mut State, way: Way) {
    step_by(state, state.time.by, way);
}

fn step_by(state: &mut State, by: StepBy, way: Way) {
    state.playing = false;
    let from = (state.start, state.position);
    let walk = Walk::step(state.time.walk, &state.time.steps, from, (by, way));
    state.go(walk.at());
    state.time.walk = Some(walk);
}

/// Where a run that plays on to `to` gets: there, or to the first breakpoint before.
pub(super) fn until_break(state: &mut State, to: usize) -> usize {
    let from = state.position;
    let hit = state.time.hits.iter().find(|(event, _)| (from..to).contains(event));
    state.time.caught = hit.map(|(event, _)| event + 1);
    state.playing = state.playing && hit.is_none();
    state.time.caught.unwrap_or(to)
}

/// Goes to the next hit of a breakpoint, or the last one before here; without any, to the end.
fn run(state: &mut State, way: Way) {
    state.playing = false;
    let (start, at) = (state.start, state.position);
    let mut places = state.time.hits.iter().map(|(event, _)| event + 1);
    let hit = match way {
        Way::Forward => places.find(|place| *place > at),
        Way::Back => places.rev().find(|place| *place < at && *place > start),
    };
    let end = if way == Way::Forward { state.len() } else { start };
    state.go(hit.unwrap_or(end));
    state.time.caught = hit;
}

fn add_typed(state: &mut State) {
    let BreakForm { kind, text, .. } = state.time.form.clone();
    let fd_of = |name: &str| state.session().fd_of(name);
    let tasks: Vec<String> = task_names(state);
    match Target::read(kind, &text, fd_of, &tasks) {
        Ok(target) => {
            state.time.form = BreakForm { kind, ..BreakForm::default() };
            add(state, target);
        }
        Err(error) => state.time.form.error = Some(error),
    }
}

fn add(state: &mut State, target: Target) {
    change_breaks(state, |breaks| match breaks.iter_mut().find(|b| b.target == target) {
        Some(there) => there.on = true,
        None => {
            let id = breaks.iter().map(|b| b.id + 1).max().unwrap_or(0);
            breaks.push(Breakpoint { id, target, on: true });
        }
    });
}

fn change_breaks(state: &mut State, change: impl FnOnce(&mut Vec<Breakpoint>)) {
    let mut time = std::mem::take(&mut state.time);
    change(Rc::make_mut(&mut time.breaks));
    time.find_hits(&state.session(), &state.names);
    time.caught = None;
    state.time = time;
}

/// The tasks of the whole run, by name.
fn task_names(state: &State) -> Vec<String> {
    state.time.lanes.tasks.iter().map(|lane| state.names.task(lane.task)).collect()
}

/// A breakpoint on what is selected, if there can be one.
fn target_of(state: &State) -> Option<Target> {
    match state.selected? {
        Thing::Task(task) => Some(Target::Task(state.names.task(task).into())),
        Thing::File(file) => state.names.fd(file).map(Target::Descriptor),
        Thing::Item(epi) => state.names.item(epi).map(|item| Target::Descriptor(item.fd)),
        Thing::Ep(ep) => Some(Target::Descriptor(state.names.ep_fd(ep))),
        _ => None,
    }
}

/// Takes note of what has happened, of these events of the run, since it was last asked.
pub(super) fn learn(state: &mut State, records: &[Record]) {
    let mut time = std::mem::take(&mut state.time);
    {
        let session = state.session();
        let steps = Rc::make_mut(&mut time.steps);
        records[steps.len()..].iter().for_each(|record| steps.learn(&record.event));
        Rc::make_mut(&mut time.lanes).learn(records);
        time.failures = Rc::new(failures(&session, state.start));
        time.find_hits(&session, &state.names);
    }
    state.time = time;
}

fn failures(session: &Session, start: usize) -> Vec<Failure> {
    let complaining = session.lines().iter().filter(|line| !line.problems.is_empty());
    let failure =
        |line: &SessionLine| Failure { position: line.events.end.max(start), line: line.number };
    complaining.map(failure).collect()
}

impl TimeView {
    /// What of the run is in sight, from and to; nothing means all.
    pub(super) fn shown(&self) -> Option<(f64, f64)> {
        self.window.map(|window| (window.from, window.to))
    }

    /// Brings so much of a run with so many events in sight.
    pub(super) fn show(&mut self, window: Option<(f64, f64)>, end: usize) {
        let fits = |(from, to): &(f64, f64)| from + 1.0 <= *to && *to <= end as f64 + 1024.0;
        self.window = window.filter(fits).map(|(from, to)| Extent { from, to });
    }

    /// Keeps, of how another run was looked at, what does not depend on the run.
    pub(super) fn take_over(&mut self, other: &TimeView, session: &Session, names: &Names) {
        (self.by, self.panel_open, self.more) = (other.by, other.panel_open, other.more);
        (self.breaks, self.form) = (Rc::clone(&other.breaks), other.form.clone());
        self.find_hits(session, names);
    }

    /// How deep inside its call an event is.
    pub(super) fn depth(&self, event: usize) -> u8 {
        self.steps.depth(event)
    }

    /// Keeps the playhead in sight.
    pub(super) fn follow(&mut self, position: usize, start: usize, end: usize) {
        let whole = Extent::whole(start, end);
        self.window = self.window.and_then(|window| window.follow(position as f64, whole));
    }

    fn find_hits(&mut self, session: &Session, names: &Names) {
        let on: Vec<usize> = (0..self.breaks.len()).filter(|n| self.breaks[*n].on).collect();
        if on.is_empty() {
            self.hits = Rc::default();
            return;
        }
        let targets: Vec<Target> = on.iter().map(|n| self.breaks[*n].target.clone()).collect();
        let found = hits(&targets, session.records(), names);
        self.hits = Rc::new(found.into_iter().map(|(event, n)| (event, on[n])).collect());
    }
}
