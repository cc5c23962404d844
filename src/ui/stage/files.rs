//! The open files' cards: what they hold, who waits on them, the controls of the far end.

use yew::prelude::*;

use super::pictures::{self, holds};
use super::{Draw, say, shelf, within};
use crate::kernel::ids::{EpitemKey, FileKey};
use crate::scene::File;
use crate::scene::arrows::Thing;
use crate::scene::explain::kind_text;
use crate::scene::layout::{FileBox, Fixed, Rect, put_in_order, wait_queue};
use crate::scene::slots::Slot;
use crate::tr;
use crate::ui::el::el;
use crate::ui::hands::controls;
use crate::ui::state::State;

/// The cards.
pub(super) fn draw(draw: &Draw<'_>) -> Html {
    let shown =
        draw.stage.files.iter().filter_map(|at| Some((at, draw.view.scene.files.get(&at.file)?)));
    let shown: Vec<_> = shown.collect();
    let keys: Vec<FileKey> = shown.iter().map(|(at, _)| at.file).collect();
    let slots = match &draw.stage.shelf {
        Some(_) => {
            let focused = shelf::focused();
            draw.scroll
                .slots
                .borrow_mut()
                .give(&keys, |file| focused.as_deref() == Some(Thing::File(*file).id().as_str()))
        }
        None => keys.iter().map(|file| Slot { key: file.as_number(), is_new: false }).collect(),
    };
    let cards = shown.iter().zip(slots).enumerate();
    let cards = cards.map(|(n, ((at, file), slot))| card(draw, at, file, (slot, n == 0)));
    if let Some(shelf) = &draw.stage.shelf {
        return shelf::frame(draw, shelf, cards.collect());
    }
    el("div", &["layer"])
        .set("data-group", String::new())
        .set("role", "group".to_owned())
        .set("aria-label", tr!("stage-files"))
        .children(cards.collect())
        .html()
}

fn card(draw: &Draw<'_>, at: &FileBox, file: &File, (slot, is_first): (Slot, bool)) -> Html {
    let scene = &draw.view.scene;
    let thing = Thing::File(at.file);
    let fds = descriptors(draw.view, at.file);
    let session = draw.view.session();
    let name =
        fds.first().and_then(|fd| session.name_at(*fd, draw.view.position)).unwrap_or_default();
    let listed = |epi: &EpitemKey| {
        let ep = scene.epitems.get(epi).and_then(|item| scene.eventpolls.get(&item.new.ep));
        ep.is_some_and(|ep| ep.rdllist.contains(epi))
    };
    let ready = if file.f_ep.iter().any(listed) { "ready" } else { "" };
    // Under more than one number it is an open file that is shared.
    let shares = all_descriptors(draw.view, at.file).len();
    let shared = if shares > 1 { format!("×{shares}") } else { String::new() };
    let top = draw
        .pressed(thing, &["top"])
        .set("tabindex", if is_first { "0" } else { "-1" }.to_owned())
        .child(el("b", &[]).text(&fds_text(&fds)).html())
        .child(el("small", &["shared"]).text(&shared).html())
        .child(el("code", &[]).text(name).html())
        .child(el("span", &["kind"]).text(&kind_text(file.new.kind)).html());
    let holds = holds(draw.view, file, draw.stage.metrics.is_full);
    let picture = el("div", &["pic"])
        .at(within(at.picture, at.rect))
        .set("aria-hidden", "true".to_owned())
        .child(pictures::picture(draw.view, file));
    let parts = vec![
        top.html(),
        el("div", &["holds"]).set("title", holds.clone()).text(&holds).html(),
        picture.html(),
        queue(draw, at, file),
        at.controls.map_or_else(Html::default, |rect| {
            controls(draw, at.file, |row| row.at(within(rect, at.rect)))
        }),
    ];
    // On a shelf the place is that among all files.
    let place = match &draw.stage.shelf {
        Some(shelf) => {
            let (x, y) = (at.rect.x - shelf.rect.x, at.rect.y - shelf.rect.y + shelf.top);
            Rect { x, y, ..at.rect }
        }
        None => at.rect,
    };
    let placed = if slot.is_new { "placed" } else { "" };
    draw.part(thing, &["file", ready, placed]).key(slot.key).at(place).children(parts).html()
}

/// The descriptors that stand for a file; one number may do so in several processes.
pub(super) fn descriptors(view: &State, file: FileKey) -> Vec<i32> {
    let mut fds = all_descriptors(view, file);
    put_in_order(&mut fds, |fd| *fd);
    fds.dedup();
    fds
}

/// The same, a number once for each process.
pub(super) fn all_descriptors(view: &State, file: FileKey) -> Vec<i32> {
    let tables = || view.scene.processes.values();
    // With one reference there is one at most, and it mostly is the first that the file ever had:
    // the tables of thousands need not be searched.
    if view.scene.files.get(&file).is_some_and(|state| state.count <= 1)
        && let Some(fd) = view.names.fd(file)
        && tables().any(|process| process.fds.get(&fd) == Some(&file))
    {
        return vec![fd];
    }
    let all = tables().flat_map(|p| p.fds.iter());
    all.filter(|(_, open)| **open == file).map(|(fd, _)| *fd).collect()
}

/// `fd 4, 7`
pub(super) fn fds_text(fds: &[i32]) -> String {
    let numbers: Vec<String> = fds.iter().map(ToString::to_string).collect();
    if fds.is_empty() { tr!("stage-no-fd") } else { format!("fd {}", numbers.join(", ")) }
}

/// The wait queue, entry by entry.
fn queue(draw: &Draw<'_>, at: &FileBox, file: &File) -> Html {
    let scene = &draw.view.scene;
    let queue = wait_queue(scene, file).and_then(|queue| scene.wait_queues.get(&queue));
    // In an order that never changes, so that none loses its motion when another joins.
    let mut places = at.entries.clone();
    put_in_order(&mut places, |(key, _)| *key);
    let entries = places.iter().filter_map(|(key, rect)| {
        let entry = queue?.entries.iter().find(|entry| entry.entry == *key)?;
        let star = if entry.exclusive { "★ " } else { "" };
        let text = say::waiter(draw.view, entry.waiter, rect.w)?;
        let mark = draw.pressed(Thing::Entry(*key), &["entry"]).key(key.as_number());
        Some(mark.at(within(*rect, at.rect)).text(&format!("{star}{text}")).html())
    });
    let entries = entries.collect();
    let metrics = &draw.stage.metrics;
    let top = |y: f32| format!("top:{}px", Fixed(y));
    let below = at.picture.y + at.picture.h - at.rect.y + 5.0;
    let mut parts = vec![el("div", &["entries"]).children(entries).html()];
    if metrics.entry_title > 0.0 && at.controls.is_some() {
        let text =
            if at.entries.is_empty() { tr!("stage-queue-empty") } else { tr!("stage-queue") };
        parts.push(el("span", &["queue-title"]).set("style", top(below)).text(&text).html());
    }
    if let (1.., Some((_, last))) = (at.more, at.entries.last()) {
        let thing = Thing::File(at.file);
        let open = draw.open == Some(thing);
        let name = tr!("stage-queue-all", n = at.more + at.entries.len());
        let more = el("button", &["more"])
            .set("type", "button".to_owned())
            .set("data-open", thing.id())
            .set("aria-expanded", if open { "true" } else { "false" }.to_owned())
            .set("aria-label", name.clone())
            .set("title", name)
            .set("style", top(last.y - at.rect.y - 1.0));
        parts.push(more.text(&format!("+ {}", at.more)).html());
    }
    el("div", &["queue"]).children(parts).html()
}
