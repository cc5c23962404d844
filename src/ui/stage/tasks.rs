//! The tasks' cards, and the marks by which they stand on wait queues.

use yew::prelude::*;

use super::Draw;
use crate::kernel::syscall::Reply;
use crate::scene::Task;
use crate::scene::arrows::Thing;
use crate::scene::explain::{short_mask, time_text};
use crate::scene::layout::{Rect, TaskBox, WaiterSpot};
use crate::session::strace::{call_text, result_text};
use crate::trace::event::TaskState;
use crate::ui::el::el;
use crate::ui::hands::handle;

/// The cards.
pub(super) fn draw(draw: &Draw<'_>) -> Html {
    let cards = draw.stage.tasks.iter().filter_map(|place| {
        let task = draw.view.scene.tasks.get(&place.task)?;
        Some(card(draw, place, task))
    });
    el("div", &["layer"]).children(cards.collect()).html()
}

/// A task's state in a word, and its style.
fn state(task: &Task) -> (&'static str, String) {
    let (class, word) = match task.state {
        TaskState::Dead => ("idle", "gone"),
        TaskState::Idle => ("idle", "idle"),
        TaskState::Running => ("run", "running"),
        TaskState::Runnable if task.call.is_some() => ("woken", "woken"),
        TaskState::Runnable => ("run", "runnable"),
        TaskState::Interruptible => ("blk", "blocked"),
        TaskState::Uninterruptible => ("blk", "waits for mtx"),
        TaskState::Stopped(point) => return ("stop", format!("stopped @ {point}")),
    };
    (class, word.to_owned())
}

fn card(draw: &Draw<'_>, at: &TaskBox, task: &Task) -> Html {
    let (class, word) = state(task);
    let call = task.call.as_ref().map(call_text).unwrap_or_default();
    let (failed, result) = match &task.result {
        None => ("", String::new()),
        Some(Ok(Reply::Events(events))) => ("", format!(" = {}", events.len())),
        Some(Ok(_)) => {
            ("", format!(" = {}", task.result.as_ref().map(result_text).unwrap_or_default()))
        }
        Some(Err(errno)) => ("failed", format!(" = −1 {errno}")),
    };
    let timer = task.timer_ns.map(|ns| format!("timer {}", time_text(ns))).unwrap_or_default();
    let top = el("div", &["top"])
        .child(el("b", &[]).text(&task.name).html())
        .child(el("span", &["st"]).text(&word).html())
        .child(handle(draw, Thing::Task(at.task), &task.name));
    let call =
        el("code", &["call", failed]).text(&call).child(el("span", &["res"]).text(&result).html());
    el("div", &["task", class, draw.hot(Thing::Task(at.task))])
        .key(at.task.as_number())
        .at(at.rect)
        .child(top.html())
        .child(call.html())
        .child(el("span", &["timer"]).text(&timer).html())
        .child(slots(at, task))
        .html()
}

/// The array given to `epoll_wait`, as far as it fits; places are relative to the card.
fn slots(at: &TaskBox, task: &Task) -> Html {
    let slot = |(n, rect): (usize, &Rect)| {
        let place = super::within(*rect, at.rect);
        let last = n + 1 == at.slots.len() && at.more > 0;
        let (class, text, title) = match task.user_events.get(n) {
            Some(_) if last => ("full", format!("+ {} more", at.more + 1), String::new()),
            Some(event) => {
                let title = format!("{{{}, {}}}", event.events, event.data);
                ("full", format!("{}, {}", short_mask(event.events), event.data), title)
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
        let class = [
            "waiter",
            if spot.queued { "queued" } else { "" },
            if woken { "woken" } else { "" },
            draw.hot(Thing::Task(spot.task)),
        ];
        let (note, title) =
            if spot.exclusive { ("★", "an exclusive waiter") } else { ("", "a waiter") };
        let hidden = if spot.queued { "false" } else { "true" };
        let mark = el("div", &class).key(spot.task.as_number()).at(spot.rect);
        let mark = mark.set("title", title.to_owned()).set("aria-hidden", hidden.to_owned());
        Some(mark.text(&task.name).child(el("small", &[]).text(note).html()).html())
    };
    el("div", &["layer"]).children(draw.stage.waiters.iter().filter_map(mark).collect()).html()
}
