//! Long scripts run in slices: the page stays awake, shows how far it is, and the run can be stopped.
//!
//! What a person does is tried; when it turns out to need the run of a long script, the try is thrown
//! away and what was done put off: the script is read, run and indexed bit by bit, in a state that
//! nobody sees, and then what was put off happens and finds its run made.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use yew::prelude::*;

use super::editor::EditorAction;
use super::el::{el, word_button};
use super::settings::Settings;
use super::state::{Action, Dispatch, State};
use crate::script::{Diagnostic, Reading, Script};
use crate::session::Session;
use crate::tr;

/// A script of more lines than this is run in slices.
pub(super) const LONG: usize = 800;
/// A slice takes so many ms, and a little more.
const SLICE_MS: f64 = 14.0;
/// The clock is asked once in so many lines, or so many thousand events.
const LINES_A_LOOK: u32 = 8;

/// A long run under way.
#[derive(Clone)]
pub(super) struct Job(Rc<Task>);

struct Task {
    wanted: Wanted,
    lines: usize,
    then: Action,
    stage: RefCell<Stage>,
    /// Runs that were made for the same action.
    before: Vec<Made>,
    settings: Settings,
    /// The run that was there, and how many lines it had.
    there: Rc<RefCell<Session>>,
    lines_there: usize,
}

impl PartialEq for Job {
    fn eq(&self, other: &Job) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// A long script whose run is missing.
#[derive(Clone)]
pub(super) struct Wanted {
    pub(super) source: Rc<str>,
    pub(super) how: How,
}

/// How a script is run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    /// From its first line, if all its lines can be read.
    Opened,
    /// From its first line, passing over what can not be read.
    Again,
    /// As the run that is there, changed, if all its lines can be read.
    Typed,
    /// As the run that is there, changed, passing over what can not be read.
    Changed,
}

/// A script that was read and run in slices, for whoever runs it now.
#[derive(Clone)]
pub(super) struct Made {
    pub(super) source: Rc<str>,
    /// The state with its run, until it is taken away; none if it can not be read.
    pub(super) run: Rc<RefCell<Option<State>>>,
    /// Why it can not be read.
    pub(super) wrong: Rc<Vec<Diagnostic>>,
}

/// How far it is.
enum Stage {
    Reading(Reading),
    /// The state in which the run is made.
    Running(Box<State>),
    /// It can not be read.
    Failed(Vec<Diagnostic>),
}

/// What is done about it.
#[derive(Clone, Copy, Debug)]
pub(super) enum JobAction {
    /// All is done.
    Done,
    /// Stops, and shows what has run so far.
    Keep,
    /// Stops, and leaves everything as it was.
    Cancel,
}

/// Whether a text has so many lines that it is not run in one go.
pub(super) fn is_long(text: &str) -> bool {
    text.len() > LONG && text.lines().nth(LONG).is_some()
}

/// Does what was found to need a long run as soon as that is made. `made` are the runs that it
/// needed before.
pub(super) fn put_off(state: &mut State, wanted: Wanted, then: Action, made: Vec<Made>) {
    let lines = wanted.source.lines().count();
    let stage = RefCell::new(Stage::Reading(Reading::default()));
    let (there, settings) = (state.session_handle(), state.settings.clone());
    let lines_there = there.borrow().lines().len();
    let task = Task { wanted, lines, then, stage, before: made, settings, there, lines_there };
    state.playing = false;
    state.job = Some(Job(Rc::new(task)));
}

/// What is done in the end by an action: for the end of a run, what waits for it.
pub(super) fn meant_by(state: &State, action: &Action) -> Action {
    match (&state.job, action) {
        (Some(Job(task)), Action::Job(JobAction::Done)) => task.then.clone(),
        _ => action.clone(),
    }
}

/// A run that was under way while something else became the script is no longer asked for.
pub(super) fn forget_old(state: &mut State, action: &Action) {
    let is_typed = matches!(action, Action::Editor(EditorAction::Typed { .. }));
    let is_other = |task: &Task| {
        let (there, now) = (&task.there, state.session_handle());
        is_typed || !Rc::ptr_eq(there, &now) || task.lines_there != now.borrow().lines().len()
    };
    if state.job.as_ref().is_some_and(|Job(task)| is_other(task)) {
        state.job = None;
        crate::i18n::set(state.settings.lang);
    }
}

/// Does it.
pub(super) fn act(state: &mut State, action: JobAction) {
    let Some(Job(task)) = state.job.take() else { return };
    if matches!(action, JobAction::Cancel) {
        crate::i18n::set(state.settings.lang);
        return;
    }
    let is_kept = matches!(action, JobAction::Keep);
    let (run, wrong) = match task.stage.replace(Stage::Failed(Vec::new())) {
        Stage::Running(mut made) => {
            if is_kept {
                made.stop_here();
            }
            (Some(*made), Vec::new())
        }
        Stage::Failed(wrong) => (None, wrong),
        Stage::Reading(_) => (None, Vec::new()),
    };
    let kept = run.as_ref().filter(|_| is_kept).map(|run| Rc::from(run.session().source()));
    let source = kept.clone().unwrap_or_else(|| Rc::clone(&task.wanted.source));
    let made = Made { source, run: Rc::new(RefCell::new(run)), wrong: Rc::new(wrong) };
    state.made = task.before.iter().cloned().chain([made]).collect();
    match kept {
        Some(source) => state.replace(&source),
        None if is_kept => crate::i18n::set(state.settings.lang),
        None => state.act_now(task.then.clone()),
    }
    if !state.waits() {
        state.made = Vec::new();
    }
}

impl Task {
    /// One slice; gives whether that was the last.
    fn work(&self) -> bool {
        let until = js_sys::Date::now() + SLICE_MS;
        let mut count = 0;
        let mut goes_on = || {
            count += 1;
            count % LINES_A_LOOK != 0 || js_sys::Date::now() < until
        };
        let mut stage = self.stage.borrow_mut();
        match &mut *stage {
            Stage::Reading(reading) => {
                if !reading.work(&self.wanted.source, &mut goes_on) {
                    return false;
                }
                let Reading { script, diagnostics, .. } = std::mem::take(reading);
                *stage = self.begin(script, diagnostics);
                matches!(*stage, Stage::Failed(_))
            }
            Stage::Running(state) => state.work(&mut goes_on),
            Stage::Failed(_) => true,
        }
    }

    /// The run of what was read, before anything of it has run that has not run before.
    fn begin(&self, script: Script, wrong: Vec<Diagnostic>) -> Stage {
        let Wanted { source, how } = &self.wanted;
        if !wrong.is_empty() && matches!(how, How::Opened | How::Typed) {
            return Stage::Failed(wrong);
        }
        let session = match how {
            How::Opened | How::Again => Session::prepare(source.to_string(), script, &wrong),
            How::Typed | How::Changed => self.there.borrow().prepare_edited(source, script, &wrong),
        };
        Stage::Running(Box::new(State::unseen(session, self.settings.clone())))
    }

    /// Lines that are done, of all; and events so far.
    fn progress(&self) -> (usize, usize, usize) {
        match &*self.stage.borrow() {
            Stage::Running(state) => {
                let session = state.session();
                let (done, all) = session.progress();
                (done, all, session.records().len())
            }
            Stage::Reading(_) | Stage::Failed(_) => (0, self.lines, 0),
        }
    }
}

#[derive(Properties, PartialEq)]
struct RunningProps {
    job: Job,
    dispatch: Dispatch,
}

/// How far the run is, and the ways to stop it.
pub(super) fn bar(state: &State, dispatch: &Dispatch) -> Html {
    let Some(job) = state.job.clone() else { return Html::default() };
    html! { <Running {job} dispatch={dispatch.clone()} /> }
}

#[component]
fn Running(RunningProps { job, dispatch }: &RunningProps) -> Html {
    let slices = use_state(|| 0_u32);
    {
        let (task, dispatch, slices) = (Rc::clone(&job.0), dispatch.clone(), slices.clone());
        use_effect_with((*slices, job.clone()), move |_| {
            let timer = Timeout::new(0, move || {
                if task.work() {
                    dispatch.dispatch(Action::Job(JobAction::Done));
                } else {
                    slices.set(*slices + 1);
                }
            });
            move || drop(timer)
        });
    }
    let (done, all, events) = job.0.progress();
    let text = tr!("big-running", done = done, all = all, events = events);
    let bar = el("progress", &[])
        .set("max", all.max(1).to_string())
        .set("value", done.to_string())
        .set("aria-label", tr!("big-running-name"));
    let act = |word: String, action| word_button(dispatch, "btn", &word, Action::Job(action));
    el("div", &["job-bar"])
        .set("role", "status".to_owned())
        .child(bar.html())
        .child(el("span", &[]).set("aria-hidden", "true".to_owned()).text(&text).html())
        .child(act(tr!("big-running-keep"), JobAction::Keep))
        .child(act(tr!("big-running-cancel"), JobAction::Cancel))
        .html()
}
