//! An answer: the chain of causes, walked back click by click, or what stands in the way.

use yew::prelude::*;

use super::{AskAction, Asked, What};
use crate::i18n::{Lang, current};
use crate::scene::arrows::Thing;
use crate::scene::why::{Link, Obstacle, chain, questions, why_not};
use crate::tr;
use crate::trace::EventKind;
use crate::ui::el::{Button, button, el};
use crate::ui::state::{Action, Dispatch, State, View};

/// What there is to be said.
pub(super) enum Answer {
    Chain(Vec<Link>),
    Obstacles(Vec<Obstacle>),
}

/// Tells it anew: it is not kept, so that it is in the reader's language of now.
pub(super) fn answer(state: &State, asked: &Asked) -> Answer {
    let session = state.session();
    let (records, names) = (session.records(), &*state.names);
    let then = (asked.position != state.position).then(|| session.scene_at(asked.position));
    let scene = then.as_ref().unwrap_or(&state.scene);
    match asked.what {
        What::Event(event) => Answer::Chain(chain(records, names, event)),
        What::Thing(thing, aspect) => {
            let asked = questions(records, scene, names, thing, asked.position);
            let event = asked.iter().find(|question| question.aspect == aspect);
            Answer::Chain(event.map_or_else(Vec::new, |q| chain(records, names, q.event)))
        }
        What::Not(thing) => {
            Answer::Obstacles(why_not(records, scene, names, thing, asked.position))
        }
    }
}

/// What a thing is called.
pub(super) fn name_of(state: &State, thing: Thing) -> String {
    let names = &state.names;
    match thing {
        Thing::Task(task) => names.task(task),
        Thing::Item(epi) => tr!("why-name-item", item = names.epi(epi)),
        Thing::File(file) => names.file(file),
        Thing::Sock(sock) => names.sock(sock),
        Thing::Pipe(pipe) => names.pipe(pipe),
        Thing::Entry(entry) => match names.entry(entry) {
            Some((_, waiter)) => names.waiter(waiter),
            None => entry.to_string(),
        },
        Thing::List(_, list) => list.name().to_owned(),
        Thing::Locks(_) => "mtx".to_owned(),
        Thing::Queue(wq) => names.queue(wq),
        Thing::Ep(ep) => names.ep(ep),
        Thing::Process(process) => process.to_string(),
    }
}

/// The answer below the sentence.
pub(super) fn draw(view: &View, dispatch: &Dispatch, asked: &Asked) -> Html {
    let answer = answer(view, asked);
    let question = question(view, asked);
    let close = Button {
        class: "btn small".to_owned(),
        content: Html::from("×"),
        name: Some(tr!("why-close")),
        ..Button::default()
    };
    let head = el("div", &["ask-head"])
        .child(el("b", &[]).text(&question).html())
        .child(el("span", &["grow"]).html())
        .child(button(dispatch, Action::Ask(AskAction::Close), close))
        .html();
    let body = match &answer {
        Answer::Chain(links) => draw_chain(view, dispatch, asked, links),
        Answer::Obstacles(found) => draw_obstacles(view, dispatch, asked, found),
    };
    let buttons = controls(view, dispatch, asked, &answer);
    el("div", &["answer"])
        .set("role", "region".to_owned())
        .set("aria-label", question)
        .child(head)
        .child(body)
        .child(buttons)
        .html()
}

fn question(view: &View, asked: &Asked) -> String {
    match asked.what {
        What::Event(event) => tr!("why-of-event", event = number(view, event)),
        What::Thing(thing, _) => tr!("why-of-thing", name = name_of(view, thing)),
        What::Not(thing @ Thing::Task(_)) => tr!("why-not-of-task", name = name_of(view, thing)),
        What::Not(thing) => tr!("why-not-of-thing", name = name_of(view, thing)),
    }
}

/// An event as the page counts.
fn number(view: &View, event: usize) -> i64 {
    (event + 1).saturating_sub(view.start) as i64
}

fn draw_chain(view: &View, dispatch: &Dispatch, asked: &Asked, links: &[Link]) -> Html {
    let item = |(n, link): (usize, &Link)| {
        let clause = if n == 0 {
            tr!("why-so", what = capital(&link.clause))
        } else {
            tr!("why-because", what = spaced(&link.clause))
        };
        choice(dispatch, n, asked.chosen == n, &clause, number(view, link.event))
    };
    let shown = links.iter().take(asked.shown).enumerate().map(item).collect();
    el("ol", &["chain"]).set("aria-live", "polite".to_owned()).children(shown).html()
}

fn draw_obstacles(view: &View, dispatch: &Dispatch, asked: &Asked, found: &[Obstacle]) -> Html {
    if found.is_empty() {
        return el("p", &["nothing"]).text(&tr!("why-not-nothing")).html();
    }
    let item = |(n, obstacle): (usize, &Obstacle)| {
        let event = obstacle.event.map_or(0, |event| number(view, event));
        let text = capital(&obstacle.text);
        let li = choice_body(dispatch, n, asked.chosen == n, &text, event);
        let remedy = el("p", &["remedy"]).text(&obstacle.remedy).html();
        el("li", &[]).key(n as u64).child(li).child(remedy).html()
    };
    let found = found.iter().enumerate().map(item).collect();
    el("ol", &["chain", "obstacles"]).children(found).html()
}

fn choice(dispatch: &Dispatch, n: usize, chosen: bool, text: &str, event: i64) -> Html {
    el("li", &[]).key(n as u64).child(choice_body(dispatch, n, chosen, text, event)).html()
}

fn choice_body(dispatch: &Dispatch, n: usize, chosen: bool, text: &str, event: i64) -> Html {
    let place = if event > 0 { event.to_string() } else { String::new() };
    let place = el("small", &[]).text(&place).html();
    let text = el("span", &[]).text(text).html();
    let looks = Button {
        class: "link".to_owned(),
        content: html! { <>{ text }{ place }</> },
        pressed: Some(chosen),
        ..Button::default()
    };
    button(dispatch, Action::Ask(AskAction::Choose(n)), looks)
}

fn controls(view: &View, dispatch: &Dispatch, asked: &Asked, answer: &Answer) -> Html {
    let press = |word: String, action: AskAction, class: &str| {
        let looks = Button {
            class: format!("btn {class}"),
            content: Html::from(word),
            ..Button::default()
        };
        button(dispatch, Action::Ask(action), looks)
    };
    let mut row = Vec::new();
    if let Answer::Chain(links) = answer {
        if asked.shown < links.len() {
            row.push(press(tr!("why-further"), AskAction::Why, "ask"));
        } else {
            row.push(el("span", &["end"]).text(&end_of(view, links)).html());
        }
    }
    if let Some(event) = answer.event(asked.chosen).filter(|event| event + 1 != view.position) {
        let word = tr!("why-go", event = number(view, event));
        row.push(press(word, AskAction::GoThere, ""));
    }
    if view.position != asked.position {
        let word = tr!("why-go-back", event = (asked.position - view.start) as i64);
        row.push(press(word, AskAction::Return, ""));
    }
    el("div", &["asks", "ask-controls"]).children(row).html()
}

fn end_of(view: &View, links: &[Link]) -> String {
    let last = links.last().map(|link| link.event);
    let session = view.session();
    let kind = last.and_then(|last| session.records().get(last)).map(|r| &r.event.kind);
    match kind {
        Some(EventKind::SyscallEnter { .. }) => tr!("why-end-program"),
        _ => tr!("why-end"),
    }
}

/// A clause as it follows Chinese: Latin letters stand off.
fn spaced(clause: &str) -> String {
    let is_latin = clause.starts_with(|c: char| c.is_ascii_alphanumeric());
    if current() == Lang::ZhCn && is_latin { format!(" {clause}") } else { clause.to_owned() }
}

/// With a capital first letter, where it begins with a word and not with a name.
fn capital(text: &str) -> String {
    let word = text.split(' ').next().unwrap_or_default();
    if !matches!(word, "the" | "there" | "this" | "its" | "nothing" | "only" | "a" | "one") {
        return text.to_owned();
    }
    let mut chars = text.chars();
    let first = chars.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(chars).collect()
}

/// Keeps what is chosen in sight, within the box only.
pub(super) fn keep_in_sight() {
    let document = web_sys::window().and_then(|window| window.document());
    let find = |which: &str| document.as_ref()?.query_selector(which).ok().flatten();
    let (Some(frame), Some(chosen), Some(row)) =
        (find(".say.asked"), find(".say .link[aria-pressed=true]"), find(".answer .asks"))
    else {
        return;
    };
    let (frame_at, at) = (frame.get_bounding_client_rect(), chosen.get_bounding_client_rect());
    let below = at.bottom() + row.get_bounding_client_rect().height() + 8.0 - frame_at.bottom();
    let above = frame_at.top() - at.top();
    let by = if above > 0.0 { -above } else { below.max(0.0) };
    frame.set_scroll_top(frame.scroll_top() + by as i32);
}
