//! The tasks' cards, and the marks by which they stand on wait queues.

use yew::prelude::*;

use super::{Draw, place};
use crate::kernel::syscall::Syscall;
use crate::scene::Task;
use crate::scene::arrows::Thing;
use crate::scene::explain::{short_mask, state_text, time_text};
use crate::scene::layout::{Rect, TaskBox};
use crate::session::strace::{call_text, result_text};
use crate::trace::event::TaskState;

/// The cards.
pub(super) fn draw(draw: &Draw<'_>) -> Html {
    let cards = draw.stage.tasks.iter().filter_map(|place| {
        let task = draw.view.scene.tasks.get(&place.task)?;
        Some(card(draw, place, task))
    });
    html! { <div class="layer">{ for cards }</div> }
}

/// A task's state in a word, and its style.
fn state(task: &Task) -> (&'static str, String) {
    match task.state {
        TaskState::Dead => ("idle", "gone".to_owned()),
        TaskState::Idle => ("idle", "idle".to_owned()),
        TaskState::Running => ("run", "running".to_owned()),
        TaskState::Runnable if task.call.is_some() => ("woken", "woken".to_owned()),
        TaskState::Runnable => ("run", "runnable".to_owned()),
        TaskState::Interruptible => ("blk", "blocked".to_owned()),
        TaskState::Uninterruptible => ("blk", "waits for mtx".to_owned()),
        TaskState::Stopped(point) => ("stop", format!("stopped @ {point}")),
    }
}

fn card(draw: &Draw<'_>, at: &TaskBox, task: &Task) -> Html {
    let (class, word) = state(task);
    let key = at.task.as_number().to_string();
    let call = task.call.as_ref().map(call_text);
    let is_wait = matches!(task.call, Some(Syscall::EpollWait { .. }));
    let result = task.result.as_ref().map(|result| match (result, is_wait) {
        (Ok(crate::kernel::syscall::Reply::Events(events)), _) => format!(" = {}", events.len()),
        (Ok(_), _) => format!(" = {}", result_text(result)),
        (Err(errno), _) => format!(" = −1 {errno}"),
    });
    let failed = matches!(task.result, Some(Err(_))).then_some("failed");
    let timer = task.timer_ns.map(|ns| format!("timer {}", time_text(ns)));
    html! {
        <div {key} class={classes!("task", class, draw.hot(Thing::Task(at.task)))} style={place(at.rect)}
            title={state_text(task.state)}>
            <div class="top"><b>{ &task.name }</b><span class="st">{ word }</span></div>
            <code class={classes!("call", failed)}>{ call }<span class="res">{ result }</span></code>
            if let Some(timer) = timer {
                <span class="timer">{ timer }</span>
            }
            { slots(at, task) }
        </div>
    }
}

/// The array given to `epoll_wait`, as far as it fits; places are relative to the card.
fn slots(at: &TaskBox, task: &Task) -> Html {
    let slot = |(n, rect): (usize, &Rect)| {
        let rect = Rect { x: rect.x - at.rect.x - 1.0, y: rect.y - at.rect.y - 1.0, ..*rect };
        let filled = task.user_events.get(n);
        let last = n + 1 == at.slots.len() && at.more > 0;
        let text = match filled {
            Some(_) if last => format!("+ {} more", at.more + 1),
            Some(event) => format!("{}, {}", short_mask(event.events), event.data),
            None => format!("events[{n}]"),
        };
        let class = classes!("slot", filled.map(|_| "full"));
        let title = filled.map(|event| format!("{{{}, {}}}", event.events, event.data));
        html! { <span key={n} {class} style={place(rect)} {title}>{ text }</span> }
    };
    html! { <div class="slots">{ for at.slots.iter().enumerate().map(slot) }</div> }
}

/// The marks: each task has one; on a queue it is seen.
pub(super) fn waiters(draw: &Draw<'_>) -> Html {
    let mark = |spot: &crate::scene::layout::WaiterSpot| {
        let task = draw.view.scene.tasks.get(&spot.task)?;
        let woken = matches!(task.state, TaskState::Runnable | TaskState::Running);
        let class = classes!(
            "waiter",
            spot.queued.then_some("queued"),
            woken.then_some("woken"),
            draw.hot(Thing::Task(spot.task))
        );
        let note = if spot.exclusive { "★" } else { "" };
        let title = if spot.exclusive { "an exclusive waiter" } else { "a waiter" };
        let hidden = (!spot.queued).then_some("true");
        Some(html! {
            <div key={spot.task.as_number().to_string()} {class} style={place(spot.rect)} {title} aria-hidden={hidden}>
                { &task.name }{ " " }<small>{ note }</small>
            </div>
        })
    };
    html! { <div class="layer">{ for draw.stage.waiters.iter().filter_map(mark) }</div> }
}
