//! What a card has no room for, opened on demand: a process's descriptor table, all entries of a wait
//! queue.

use yew::prelude::*;

use super::{Draw, files, say};
use crate::kernel::ids::{FileKey, TaskKey};
use crate::scene::arrows::Thing;
use crate::scene::explain::kind_text;
use crate::scene::layout::{Fixed, Rect, wait_queue};
use crate::tr;
use crate::ui::el::el;

const WIDTH: f32 = 300.0;

/// The drawer that is open, if one is.
pub(super) fn draw(draw: &Draw<'_>) -> Html {
    match draw.open {
        Some(Thing::Task(task)) => table(draw, task).unwrap_or_default(),
        Some(Thing::File(file)) => queue(draw, file).unwrap_or_default(),
        _ => Html::default(),
    }
}

/// The frame, below its card or above it, wherever there is more room.
fn frame(draw: &Draw<'_>, thing: Thing, card: Rect, title: &str, rows: Vec<Html>) -> Html {
    let x = card.x.clamp(4.0, (draw.stage.width - WIDTH - 4.0).max(4.0));
    let place = if card.y > draw.stage.height * 0.55 {
        format!("bottom:{}px", Fixed(draw.stage.height - card.y + 4.0))
    } else {
        format!("top:{}px", Fixed(card.y + card.h + 4.0))
    };
    let close = el("button", &["btn"])
        .set("type", "button".to_owned())
        .set("data-open", thing.id())
        .set("aria-label", tr!("stage-close"))
        .text("×");
    let head = el("div", &["top"])
        .child(el("b", &[]).text(title).html())
        .child(el("span", &["grow"]).html())
        .child(close.html());
    let rows = el("div", &["rows"])
        .set("data-group", String::new())
        .set("tabindex", "0".to_owned())
        .set("role", "group".to_owned())
        .set("aria-label", title.to_owned())
        .children(rows);
    el("div", &["drawer"])
        .set("style", format!("left:{}px;{place};width:{}px", Fixed(x), Fixed(WIDTH)))
        .set("role", "dialog".to_owned())
        .set("aria-label", title.to_owned())
        .child(head.html())
        .child(rows.html())
        .html()
}

/// Number, file, `FD_CLOEXEC`, and with how many others the open file is shared.
fn table(draw: &Draw<'_>, key: TaskKey) -> Option<Html> {
    let scene = &draw.view.scene;
    let task = scene.tasks.get(&key)?;
    let process = scene.processes.get(&task.process)?;
    let session = draw.view.session();
    let rows = process.fds.iter().map(|(fd, file)| {
        let kind = scene.files.get(file).map(|file| kind_text(file.new.kind)).unwrap_or_default();
        let others = scene.processes.values();
        let shared = others.map(|p| p.fds.values().filter(|open| *open == file).count()).sum();
        let shared: usize = shared;
        let cloexec = process.close_on_exec.contains_key(fd);
        let mut row = draw
            .pressed(Thing::File(*file), &["row"])
            .key(u64::try_from(*fd).unwrap_or_default())
            .child(el("b", &[]).text(&fd.to_string()).html())
            .child(
                el("code", &[])
                    .text(session.name_at(*fd, draw.view.position).unwrap_or_default())
                    .html(),
            )
            .child(el("span", &["kind"]).text(&kind).html());
        if cloexec {
            row = row.child(el("small", &[]).text("FD_CLOEXEC").html());
        }
        if shared > 1 {
            let others = tr!("stage-shared", file = file.to_string(), n = shared);
            row = row.child(el("small", &["shared"]).text(&others).html());
        }
        row.html()
    });
    let card = draw.stage.task(key)?.rect;
    let title = tr!("stage-table", task = task.name.clone(), n = process.fds.len());
    Some(frame(draw, Thing::Task(key), card, &title, rows.collect()))
}

/// All entries, head first.
fn queue(draw: &Draw<'_>, key: FileKey) -> Option<Html> {
    let scene = &draw.view.scene;
    let file = scene.files.get(&key)?;
    let queue = scene.wait_queues.get(&wait_queue(scene, file)?)?;
    let rows = queue.entries.iter().enumerate().map(|(n, entry)| {
        let star = if entry.exclusive { "★ " } else { "" };
        let text = say::waiter(draw.view, entry.waiter, WIDTH).unwrap_or_default();
        draw.pressed(Thing::Entry(entry.entry), &["row"])
            .key(entry.entry.as_number())
            .child(el("b", &[]).text(&(n + 1).to_string()).html())
            .text(&format!("{star}{text}"))
            .html()
    });
    let card = draw.stage.file(key)?.rect;
    let fds = files::fds_text(&files::descriptors(scene, key));
    let title = tr!("stage-queue-of", file = fds, n = queue.entries.len());
    Some(frame(draw, Thing::File(key), card, &title, rows.collect()))
}
