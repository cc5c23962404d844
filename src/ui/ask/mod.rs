//! The sentence: what the current event is, why it happened, and where the kernel does it. And what
//! can be asked: why it came to that, and why something does not happen.

mod answer;

use std::rc::Rc;

use yew::prelude::*;

use super::app::PartProps;
use super::el::{Button, button, el};
use super::header::script_words;
use super::look;
use super::state::{Action, Dispatch, State, View};
use crate::kernel::ids::TaskKey;
use crate::scene::Task;
use crate::scene::arrows::Thing;
use crate::scene::explain::{Explanation, explain};
use crate::scene::why::{self, Aspect, Question, has_why_not};
use crate::tr;
use crate::trace::Func;
use crate::trace::event::TaskState;

use self::answer::{Answer, answer};

/// What was asked, and how far the answer has been followed.
#[derive(Clone, Debug, Default)]
pub(super) struct Ask {
    asked: Option<Asked>,
    /// What the chosen part of the answer is about.
    lit: Rc<Vec<Thing>>,
}

/// A question with the moment at which it was asked.
#[derive(Clone, Debug, PartialEq)]
struct Asked {
    what: What,
    position: usize,
    /// How many links of the chain are shown.
    shown: usize,
    /// Which link, or which obstacle, is chosen.
    chosen: usize,
}

/// A question.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum What {
    /// Why an event happened.
    Event(usize),
    /// Why a thing is as it is.
    Thing(Thing, Aspect),
    /// Why something does not happen.
    Not(Thing),
}

/// What is asked.
#[derive(Clone, Debug)]
pub(super) enum AskAction {
    /// The next thing that can be asked: one link back, or of what is selected, or of the event.
    Why,
    /// A question.
    Ask(What),
    /// A link of the chain, or an obstacle.
    Choose(usize),
    /// To the moment of what is chosen.
    GoThere,
    /// Back to the moment at which was asked.
    Return,
    /// Enough.
    Close,
}

impl Ask {
    /// What lights up on stage, while there is an answer.
    pub(super) fn lit(&self) -> Option<&[Thing]> {
        self.asked.as_ref().map(|_| &self.lit[..])
    }
}

/// Answers it.
pub(super) fn act(state: &mut State, action: AskAction) {
    match action {
        AskAction::Why => further(state),
        AskAction::Ask(what) => begin(state, what),
        AskAction::Choose(at) => {
            if let Some(asked) = &mut state.ask.asked {
                asked.chosen = at;
            }
        }
        AskAction::GoThere => {
            state.playing = false;
            let event =
                state.ask.asked.as_ref().and_then(|asked| answer(state, asked).event(asked.chosen));
            if let Some(event) = event {
                state.go(event + 1);
            }
        }
        AskAction::Return => {
            if let Some(asked) = &state.ask.asked {
                state.go(asked.position);
            }
        }
        AskAction::Close => state.ask.asked = None,
    }
    let lit = state.ask.asked.as_ref().map(|asked| answer(state, asked).things(asked.chosen));
    state.ask.lit = Rc::new(lit.unwrap_or_default());
}

fn begin(state: &mut State, what: What) {
    state.playing = false;
    let asked = Asked { what, position: state.position, shown: 1, chosen: 0 };
    // A click on "why?" wants to see one step further back than what is seen already.
    let links = answer(state, &asked).len();
    let shown = if matches!(what, What::Not(_)) { 1 } else { links.min(2) };
    state.ask.asked = Some(Asked { shown, chosen: shown.saturating_sub(1), ..asked });
}

/// One link further back, or the first question that suits.
fn further(state: &mut State) {
    let Some(asked) = &state.ask.asked else {
        if let Some(what) = first_question(state) {
            begin(state, what);
        }
        return;
    };
    let len = answer(state, asked).len();
    let next = match asked.what {
        What::Not(_) if len > 0 => Asked { chosen: (asked.chosen + 1) % len, ..asked.clone() },
        What::Not(_) => asked.clone(),
        _ if asked.shown < len => {
            Asked { shown: asked.shown + 1, chosen: asked.shown, ..asked.clone() }
        }
        _ => asked.clone(),
    };
    state.ask.asked = Some(next);
}

fn first_question(state: &State) -> Option<What> {
    if let Some(thing) = state.selected {
        let blocked = matches!(thing, Thing::Task(_)) && has_why_not(&state.scene, thing);
        if blocked {
            return Some(What::Not(thing));
        }
        if let Some(first) = questions(state, thing).first() {
            return Some(What::Thing(thing, first.aspect));
        }
        return has_why_not(&state.scene, thing).then_some(What::Not(thing));
    }
    (state.position > state.start).then(|| What::Event(state.position - 1))
}

fn questions(state: &State, thing: Thing) -> Vec<Question> {
    let session = state.session();
    why::questions(session.records(), &state.scene, &state.names, thing, state.position)
}

/// The box with the sentence.
pub(super) fn why(view: &View, dispatch: &Dispatch) -> Html {
    let (said, func) = words(view);
    let title = el("b", &[]).text(&said.title).html();
    // Who hears the page can follow steps, but not a film.
    let live = if view.playing && view.settings.speed.beat(600).0 < 500 { "off" } else { "polite" };
    let text = el("p", &["sentence"]).set("aria-live", live.to_owned());
    let text = text.child(title).text(" ").text(&said.sentence).html();
    let link = func.map(source_link).unwrap_or_default();
    let rest = match &view.ask.asked {
        Some(_) => html! { <Answered view={view.clone()} dispatch={dispatch.clone()} /> },
        None => chips(view, dispatch),
    };
    let open = if view.ask.asked.is_some() { "asked" } else { "" };
    el("div", &["say", open]).child(text).child(link).child(rest).html()
}

/// The answer; what is chosen of it is kept in sight.
#[component]
fn Answered(PartProps { view, dispatch }: &PartProps) -> Html {
    let asked = view.ask.asked.as_ref();
    let place = asked.map(|asked| (asked.shown, asked.chosen));
    use_effect_with(place, |_| answer::keep_in_sight());
    asked.map(|asked| answer::draw(view, dispatch, asked)).unwrap_or_default()
}

/// What can be asked now.
fn chips(view: &View, dispatch: &Dispatch) -> Html {
    let mut chips = Vec::new();
    let chip = |word: String, name: Option<String>, what: What| {
        let looks = Button {
            class: "btn ask".to_owned(),
            content: Html::from(word),
            name,
            ..Button::default()
        };
        button(dispatch, Action::Ask(AskAction::Ask(what)), looks)
    };
    if view.position > view.start {
        let about = tr!("why-button-event");
        chips.push(chip(tr!("why-button"), Some(about), What::Event(view.position - 1)));
    }
    if let Some(thing) = view.selected {
        let name = answer::name_of(view, thing);
        chips.push(el("span", &["about"]).text(&name).html());
        if has_why_not(&view.scene, thing) {
            chips.push(chip(not_word(view, thing), None, What::Not(thing)));
        }
        let asked = questions(view, thing).into_iter();
        chips.extend(asked.map(|q| chip(q.label, None, What::Thing(thing, q.aspect))));
    }
    el("div", &["asks"])
        .set("role", "group".to_owned())
        .set("aria-label", tr!("why-asks"))
        .children(chips)
        .html()
}

/// What «why not» is called for a thing.
fn not_word(view: &View, thing: Thing) -> String {
    match thing {
        Thing::Task(task) => {
            let state = view.scene.tasks.get(&task).map(|task| task.state);
            match state {
                Some(TaskState::Runnable) => tr!("why-not-button-run"),
                _ => tr!("why-not-button-task"),
            }
        }
        _ => tr!("why-not-button-item"),
    }
}

/// The question on the card of a task that does not go on.
pub(super) fn on_card(dispatch: &Dispatch, key: TaskKey, task: &Task) -> Html {
    let waits = task.state.is_asleep() || matches!(task.state, TaskState::Stopped(_));
    if !waits {
        return Html::default();
    }
    let looks = Button {
        class: "why-card".to_owned(),
        content: Html::from(tr!("why-card")),
        name: Some(tr!("why-card-name", task = task.name.clone())),
        ..Button::default()
    };
    button(dispatch, Action::Ask(AskAction::Ask(What::Not(Thing::Task(key)))), looks)
}

fn words(view: &View) -> (Explanation, Option<Func>) {
    if view.position <= view.start {
        let sentence = script_words(view, "about").unwrap_or_else(|| tr!("why-empty"));
        let title = script_words(view, "title").unwrap_or_else(|| tr!("why-ready"));
        return (Explanation { title: title + &tr!("why-stop"), sentence }, None);
    }
    let Some(event) = view.current() else { return (Explanation::default(), None) };
    let mut said = explain(&event, &view.before, &view.names);
    if !said.title.ends_with(['?', '？', '.', '。']) {
        said.title.push_str(&tr!("why-stop"));
    }
    (said, Some(event.func()))
}

fn source_link(func: Func) -> Html {
    let file = func.file().rsplit('/').next().unwrap_or_default();
    el("a", &["source"])
        .set("href", look::ident_address(&func.to_string()))
        .set("target", "_blank".to_owned())
        .set("rel", "noopener".to_owned())
        .text(&format!("{file} · {func}()"))
        .html()
}

impl Answer {
    fn event(&self, at: usize) -> Option<usize> {
        match self {
            Answer::Chain(links) => links.get(at).map(|link| link.event),
            Answer::Obstacles(found) => found.get(at).and_then(|found| found.event),
        }
    }

    fn things(&self, at: usize) -> Vec<Thing> {
        match self {
            Answer::Chain(links) => links.get(at).map(|link| link.things.clone()),
            Answer::Obstacles(found) => found.get(at).map(|found| found.things.clone()),
        }
        .unwrap_or_default()
    }

    fn len(&self) -> usize {
        match self {
            Answer::Chain(links) => links.len(),
            Answer::Obstacles(found) => found.len(),
        }
    }
}
