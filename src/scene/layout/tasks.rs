//! The upper floor: a card a task, and the marks by which tasks stand on wait queues.

use crate::kernel::ids::{WaitEntryKey, WaitQueueKey};
use crate::kernel::syscall::Syscall;
use crate::scene::explain::short_mask;
use crate::scene::{Scene, Task, UserEvent, WaitQueue};
use crate::trace::event::Waiter;

use super::{
    ListKind, Metrics, Rect, StageLayout, TaskBox, WaiterSpot, put_in_order, rows, wait_queue,
};

/// Places the cards; returns the floor.
pub(super) fn place(scene: &Scene, m: &Metrics, at: Rect, out: &mut Vec<TaskBox>) -> Rect {
    let count = scene.tasks.len();
    let area =
        Rect::new(at.x + m.pad + m.side, at.y + m.pad + m.title, at.w - 2.0 * m.pad - m.side, 0.0);
    let w = card_width(area.w, count, m.task_w, m.task_w_max, m.pad);
    let m = &m.for_tasks(w);
    let (places, height) = rows(area, count, w, m.task_h, m.pad);
    for ((&task, state), rect) in scene.tasks.iter().zip(places) {
        let (slots, more) = slots(state, rect, m);
        out.push(TaskBox { task, rect, slots, more, room: m.call_room(w) });
    }
    Rect::new(at.x, at.y, at.w, m.title + height + 2.0 * m.pad)
}

/// The widest cards of which as many fit in a row as with the least width.
pub(super) fn card_width(area: f32, count: usize, least: f32, most: f32, gap: f32) -> f32 {
    let fit = ((area + gap) / (least + gap)).floor().max(1.0);
    let columns = fit.min(count.max(1) as f32);
    ((area - (columns - 1.0) * gap) / columns).min(most).floor()
}

/// The places of the array given to `epoll_wait` that fit into the card.
fn slots(task: &Task, rect: Rect, m: &Metrics) -> (Vec<Rect>, usize) {
    let Some(Syscall::EpollWait { maxevents, .. }) = task.call else { return (Vec::new(), 0) };
    let gap = 5.0;
    let inner = rect.w - 20.0;
    let wanted = usize::try_from(maxevents).unwrap_or(0).max(task.user_events.len());
    // Narrower, if all fit then; wider, if what one holds needs that.
    let w = ((inner + gap) / wanted.max(1) as f32 - gap).clamp(m.slot_w.min(72.0), m.slot_w);
    let chars = |e: &UserEvent| short_mask(e.events).chars().count() + 3 + digits(e.data);
    let longest = task.user_events.iter().map(chars).max().unwrap_or(0) as f32;
    let w = w.max(longest * SLOT_CHARACTER + 8.0).min(inner);
    let fit = (((inner + gap) / (w + gap)).floor() as usize).max(1);
    let drawn = wanted.min(fit);
    let slot = |i: usize| {
        let x = rect.x + 10.0 + i as f32 * (w + gap);
        Rect::new(x, rect.y + m.slot_y, w, m.slot_h)
    };
    ((0..drawn).map(slot).collect(), task.user_events.len().saturating_sub(drawn))
}

/// The width of a character in the user's array.
const SLOT_CHARACTER: f32 = 6.63;

fn digits(number: u64) -> usize {
    number.checked_ilog10().map_or(1, |log| log as usize + 1)
}

/// Where the mark of each task is: on a queue, or at rest in its card.
pub(super) fn waiters(scene: &Scene, m: &Metrics, stage: &StageLayout) -> Vec<WaiterSpot> {
    let rest = |b: &TaskBox| {
        let rect = Rect::new(b.rect.x + 10.0, b.rect.y + 6.0, m.waiter_w, m.token_h);
        WaiterSpot { task: b.task, rect, queued: false, exclusive: false }
    };
    let mut out: Vec<WaiterSpot> = stage.tasks.iter().map(rest).collect();
    for (queue, places) in queues(scene, stage) {
        // Those that are drawn are the first ones.
        for (entry, (_, rect)) in queue.entries.iter().zip(places) {
            let (Waiter::EpollWait(task) | Waiter::Task(task) | Waiter::Receiver(task)) =
                entry.waiter
            else {
                continue;
            };
            if let Some(spot) = out.iter_mut().find(|w| w.task == task) {
                let (rect, exclusive) = (*rect, entry.exclusive);
                *spot = WaiterSpot { task, rect, queued: true, exclusive };
            }
        }
    }
    out
}

/// The wait queues on stage, in the order in which they were made, with the places of their entries.
fn queues<'a>(
    scene: &'a Scene,
    stage: &'a StageLayout,
) -> Vec<(&'a WaitQueue, &'a [(WaitEntryKey, Rect)])> {
    let mut all: Vec<(WaitQueueKey, &[_])> = Vec::new();
    for file in stage.files.iter().filter(|file| !file.entries.is_empty()) {
        let queue = scene.files.get(&file.file).and_then(|file| wait_queue(scene, file));
        all.extend(queue.map(|queue| (queue, &file.entries[..])));
    }
    for panel in &stage.panels {
        let Some(ep) = scene.eventpolls.get(&panel.ep) else { continue };
        for list in panel.lists.iter().filter(|list| !list.entries.is_empty()) {
            let queue = if list.kind == ListKind::Wq { ep.wq } else { ep.poll_wait };
            all.push((queue, &list.entries));
        }
    }
    put_in_order(&mut all, |(queue, _)| *queue);
    let state = |(queue, places)| Some((&**scene.wait_queues.get(&queue)?, places));
    all.into_iter().filter_map(state).collect()
}
