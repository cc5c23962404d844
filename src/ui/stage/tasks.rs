//! The tasks' cards, and the marks by which they stand on wait queues.

use yew::prelude::*;

use super::{Draw, say};
use crate::scene::Task;
use crate::scene::arrows::Thing;
use crate::scene::layout::{NARROW_CARD, Rect, SLIM_CARD, TaskBox, WaiterSpot};
use crate::scene::short_call::short_call;
use crate::session::strace::{call_text, result_text};
use crate::tr;
use crate::trace::event::TaskState;
use crate::ui::ask;
use crate::ui::el::el;
use crate::ui::hands;

/// The cards.
pub(super) fn draw(draw: &Draw<'_>) -> Html {
    let cards = draw.stage.tasks.iter().enumerate().filter_map(|(n, place)| {
        let task = draw.view.scene.tasks.get(&place.task)?;
        Some(card(draw, place, task, n == 0))
    });
    el("div", &["layer"])
        .set("data-group", String::new())
        .set("role", "group".to_owned())
        .set("aria-label", tr!("stage-user-space"))
        .children(cards.collect())
        .html()
}

fn card(draw: &Draw<'_>, at: &TaskBox, task: &Task, is_first: bool) -> Html {
    let thing = Thing::Task(at.task);
    let (class, word) = say::state(draw.view, at.task);
    let turn = if task.state == TaskState::Runnable { hands::turn(draw, at.task) } else { None };
    let word = match task.state {
        // The point alone says that it is held there.
        TaskState::Stopped(point) if at.rect.w < 220.0 => format!("@ {point}"),
        _ => word,
    };
    let short = task.call.as_ref().map(|call| short_call(call, task.result.as_ref(), at.room));
    let (call, result) = short.unwrap_or_default();
    let failed = if matches!(task.result, Some(Err(_))) { "failed" } else { "" };
    let process = say::process(draw.view, at.task);
    let process = process.map(|n| tr!("stage-process", n = n)).unwrap_or_default();
    let process = el("span", &["proc"]).text(&process).html();
    // Where there is no room for it beside name and state.
    let (beside, below) =
        if at.rect.w < 220.0 { (Html::default(), process) } else { (process, Html::default()) };
    let top = draw
        .pressed(thing, &["top"])
        .set("tabindex", if is_first { "0" } else { "-1" }.to_owned())
        .child(el("b", &[]).text(&task.name).html())
        .child(beside)
        .child(el("span", &["st"]).text(&word).html());
    let whole = task.call.as_ref().map(call_text).unwrap_or_default();
    let given = task.result.as_ref().map(result_text);
    let whole = given.map_or_else(|| whole.clone(), |given| format!("{whole} = {given}"));
    let call = el("code", &["call", failed])
        .set("title", whole)
        .text(&call)
        .child(el("span", &["res"]).text(&result).html());
    let tall = match at.rect.w {
        w if w < SLIM_CARD => "slim",
        w if w < NARROW_CARD => "tall",
        _ => "",
    };
    draw.part(thing, &["task", class, tall])
        .key(at.task.as_number())
        .at(at.rect)
        .child(top.html())
        .child(
            el("div", &["tools"])
                .child(ask::on_card(draw.dispatch, at.task, task))
                .child(turn.unwrap_or_default())
                .child(table_button(draw, at, task))
                .child(below)
                .html(),
        )
        .child(call.html())
        .child(el("p", &["note"]).text(&note(draw, at, task)).html())
        .child(slots(at, task))
        .html()
}

/// What it waits for, its timer, its signals.
fn note(draw: &Draw<'_>, at: &TaskBox, task: &Task) -> String {
    let mut parts = vec![say::waits(draw.view, at.task)];
    if let Some(ns) = task.timer_ns {
        parts.push(tr!("stage-timer", at = say::moment(ns)));
    }
    if !task.pending.is_empty() {
        let names: Vec<String> =
            task.pending.keys().map(|sig| crate::kernel::abi::signal_name(*sig)).collect();
        parts.push(tr!("stage-pending", signals = names.join(", ")));
    }
    parts.retain(|part| !part.is_empty());
    parts.join(" · ")
}

/// Opens the descriptor table of the task's process.
fn table_button(draw: &Draw<'_>, at: &TaskBox, task: &Task) -> Html {
    let Some(process) = draw.view.scene.processes.get(&task.process) else {
        return Html::default();
    };
    if !draw.stage.metrics.is_full || task.state == TaskState::Dead {
        return Html::default();
    }
    let thing = Thing::Task(at.task);
    let open = draw.open == Some(thing);
    let name = tr!("stage-table", task = task.name.clone(), n = process.fds.len());
    el("button", &["fds"])
        .set("type", "button".to_owned())
        .set("data-open", thing.id())
        .set("aria-expanded", if open { "true" } else { "false" }.to_owned())
        .set("aria-label", name.clone())
        .set("title", name)
        .text(&tr!("stage-fds", n = process.fds.len()))
        .html()
}

/// The array given to `epoll_wait`, as far as it fits; places are relative to the card.
fn slots(at: &TaskBox, task: &Task) -> Html {
    let slot = |(n, rect): (usize, &Rect)| {
        let place = super::within(*rect, at.rect);
        let last = n + 1 == at.slots.len() && at.more > 0;
        let (class, text, title) = match task.user_events.get(n) {
            Some(_) if last => {
                let rest = task.user_events.iter().skip(n);
                let rest: Vec<String> =
                    rest.map(|event| format!("{{{}, {}}}", event.events, event.data)).collect();
                ("full", tr!("stage-slots-more", n = at.more + 1), rest.join(" "))
            }
            Some(event) => {
                let title = format!("{{{}, {}}}", event.events, event.data);
                ("full", say::event(event.events, event.data), title)
            }
            None if last => {
                let from = format!("events[{n}] …");
                ("", tr!("stage-slots-more", n = at.more + 1), from)
            }
            None => ("", format!("events[{n}]"), String::new()),
        };
        el("span", &["slot", class]).at(place).set("title", title).text(&text).html()
    };
    el("div", &["slots"]).children(at.slots.iter().enumerate().map(slot).collect()).html()
}

/// The marks: each task has one; on a queue it is seen.
pub(super) fn waiters(draw: &Draw<'_>) -> Html {
    let mark = |spot: &WaiterSpot| {
        let task = draw.view.scene.tasks.get(&spot.task)?;
        let woken = matches!(task.state, TaskState::Runnable | TaskState::Running);
        let class =
            ["waiter", if spot.queued { "queued" } else { "" }, if woken { "woken" } else { "" }];
        let note = if spot.exclusive { "★" } else { "" };
        let hidden = if spot.queued { "false" } else { "true" };
        let mark = draw.pressed(Thing::Task(spot.task), &class);
        let mark = mark.key(spot.task.as_number()).at(spot.rect);
        let mark = mark.set("aria-hidden", hidden.to_owned());
        Some(mark.text(&task.name).child(el("small", &[]).text(note).html()).html())
    };
    el("div", &["layer"]).children(draw.stage.waiters.iter().filter_map(mark).collect()).html()
}
