//! Long scripts run in slices: the page stays awake, shows how far it is, and the run can be stopped.
//!
//! What would open a long script is put off: the script is read, run and indexed bit by bit, in a
//! state that nobody sees, and then what was put off happens and finds its run made.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use yew::prelude::*;

use super::editor::EditorAction;
use super::el::{el, word_button};
use super::settings::Settings;
use super::state::{Action, Dispatch, State};
use crate::script::Reading;
use crate::session::Session;
use crate::tr;

/// A script of more lines than this is run in slices.
pub(super) const LONG: usize = 1200;
/// A slice takes so many ms, and a little more.
const SLICE_MS: f64 = 14.0;
/// The clock is asked once in so many lines, or so many thousand events.
const LINES_A_LOOK: u32 = 8;

/// A long run under way.
#[derive(Clone)]
pub(super) struct Job(Rc<Task>);

struct Task {
    source: Rc<str>,
    then: Action,
    stage: RefCell<Stage>,
}

impl PartialEq for Job {
    fn eq(&self, other: &Job) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// How far it is.
enum Stage {
    Reading(Reading, Settings),
    /// The state in which the run is made.
    Running(Box<State>),
    /// It can not be read.
    Failed,
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

/// The script that an action would run, if it is long.
fn source_of(state: &State, action: &Action) -> Option<Rc<str>> {
    let source = match action {
        Action::Editor(EditorAction::Typed { text, .. }) => Rc::from(text.as_str()),
        Action::Editor(EditorAction::Run) => state.editor.draft.clone()?,
        Action::Lang(lang) if *lang != state.settings.lang => Rc::from(state.session().source()),
        _ => return None,
    };
    let is_new = !matches!(action, Action::Editor(_)) || *source != *state.session().source();
    (is_new && source.lines().nth(LONG).is_some()).then_some(source)
}

/// Puts an action off that would run a long script; gives whether it did.
pub(super) fn put_off(state: &mut State, action: &Action) -> bool {
    let Some(source) = source_of(state, action) else { return false };
    if state.is_made(&source) {
        return false;
    }
    if let Action::Lang(lang) = action {
        // Its texts are made in the language that counts while it runs.
        crate::i18n::set(*lang);
    }
    let stage = RefCell::new(Stage::Reading(Reading::default(), state.settings.clone()));
    state.playing = false;
    state.job = Some(Job(Rc::new(Task { source, then: action.clone(), stage })));
    true
}

/// Does it.
pub(super) fn act(state: &mut State, action: JobAction) {
    let Some(Job(task)) = state.job.take() else { return };
    if matches!(action, JobAction::Cancel) {
        crate::i18n::set(state.settings.lang);
        return;
    }
    let is_kept = matches!(action, JobAction::Keep);
    match task.stage.replace(Stage::Failed) {
        Stage::Running(mut made) => {
            if is_kept {
                made.stop_here();
            }
            let source: Rc<str> = Rc::from(made.session().source());
            state.made = Some((Rc::clone(&source), Rc::new(RefCell::new(Some(*made)))));
            match is_kept {
                true => state.replace(&source),
                false => state.act_now(task.then.clone()),
            }
        }
        _ if is_kept => {}
        _ => state.act_now(task.then.clone()),
    }
    state.made = None;
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
            Stage::Reading(reading, settings) => {
                if !reading.work(&self.source, &mut goes_on) {
                    return false;
                }
                let script = std::mem::take(reading);
                if !script.diagnostics.is_empty() {
                    *stage = Stage::Failed;
                    return true;
                }
                let session = Session::prepare(self.source.to_string(), script.script);
                let state = State::unseen(session, settings.clone());
                *stage = Stage::Running(Box::new(state));
                false
            }
            Stage::Running(state) => state.work(&mut goes_on),
            Stage::Failed => true,
        }
    }

    /// Lines that are done, of all; and events so far.
    fn progress(&self) -> (usize, usize, usize) {
        match &*self.stage.borrow() {
            Stage::Running(state) => {
                let session = state.session();
                let (done, all) = session.progress();
                (done, all, session.records().len())
            }
            Stage::Reading(..) | Stage::Failed => (0, self.source.lines().count(), 0),
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
