//! What a card has no room for, opened on demand: a process's descriptor table, all entries of a wait
//! queue.

use yew::prelude::*;

use super::{Draw, files, say};
use crate::kernel::ids::{EpitemKey, EventpollKey, FileKey, TaskKey};
use crate::scene::arrows::Thing;
use crate::scene::explain::kind_text;
use crate::scene::layout::{Fixed, ListKind, Rect, wait_queue};
use crate::tr;
use crate::ui::el::el;

const WIDTH: f32 = 300.0;
/// A row's height in px where there are many; the style sheet says the same.
const ROW: usize = 28;
/// The most rows that are made.
const SEEN: usize = 48;

/// The drawer that is open, if one is.
pub(super) fn draw(draw: &Draw<'_>) -> Html {
    match draw.open {
        Some(Thing::Task(task)) => table(draw, task).unwrap_or_default(),
        Some(Thing::File(file)) => queue(draw, file).unwrap_or_default(),
        Some(Thing::List(ep, kind)) => list(draw, ep, kind).unwrap_or_default(),
        _ => Html::default(),
    }
}

/// The frame, below its card or above it, wherever there is more room. Of many rows only those in
/// sight are made.
fn frame<T>(
    draw: &Draw<'_>,
    (thing, card): (Thing, Rect),
    title: &str,
    rows: impl ExactSizeIterator<Item = T>,
    make: impl Fn(T) -> Html,
) -> Html {
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
    let count = rows.len();
    let first = if count > SEEN { draw.scroll.row.get().min(count - SEEN) } else { 0 };
    let all: Vec<Html> = rows.skip(first).take(SEEN).map(make).collect();
    let mut list = el("div", &["rows-all", if count > SEEN { "long" } else { "" }]);
    if count > SEEN {
        list = list.set("style", format!("height:{}px;padding-top:{}px", count * ROW, first * ROW));
    }
    let scroll = draw.scroll.clone();
    let onscroll = Callback::from(move |event: Event| {
        let Some(list) = event.target_dyn_into::<web_sys::Element>() else { return };
        let row = usize::try_from(list.scroll_top()).unwrap_or_default() / ROW;
        // Some rows stay above; not each pixel is worth drawing.
        scroll.show_row((row.saturating_sub(SEEN / 3) / 8) * 8);
    });
    let rows = html! {
        <div class="rows" data-group="" tabindex="0" role="group" aria-label={title.to_owned()} {onscroll}>
            { list.children(all).html() }
        </div>
    };
    el("div", &["drawer"])
        .set("style", format!("left:{}px;{place};width:{}px", Fixed(x), Fixed(WIDTH)))
        .set("role", "dialog".to_owned())
        .set("aria-label", title.to_owned())
        .child(head.html())
        .child(rows)
        .html()
}

/// Number, file, `FD_CLOEXEC`, and with how many others the open file is shared.
fn table(draw: &Draw<'_>, key: TaskKey) -> Option<Html> {
    let scene = &draw.view.scene;
    let task = scene.tasks.get(&key)?;
    let process = scene.processes.get(&task.process)?;
    let session = draw.view.session();
    let row = |(fd, file): (&i32, &FileKey)| {
        let kind = scene.files.get(file).map(|file| kind_text(file.new.kind)).unwrap_or_default();
        let shared = files::all_descriptors(draw.view, *file).len();
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
    };
    let card = draw.stage.task(key)?.rect;
    let title = tr!("stage-table", task = task.name.clone(), n = process.fds.len());
    Some(frame(draw, (Thing::Task(key), card), &title, process.fds.iter(), row))
}

/// All entries, head first.
fn queue(draw: &Draw<'_>, key: FileKey) -> Option<Html> {
    let scene = &draw.view.scene;
    let file = scene.files.get(&key)?;
    let queue = scene.wait_queues.get(&wait_queue(scene, file)?)?;
    let row = |(n, entry): (usize, &crate::scene::WaitEntry)| {
        let star = if entry.exclusive { "★ " } else { "" };
        let text = say::waiter(draw.view, entry.waiter, WIDTH).unwrap_or_default();
        draw.pressed(Thing::Entry(entry.entry), &["row"])
            .key(entry.entry.as_number())
            .child(el("b", &[]).text(&(n + 1).to_string()).html())
            .text(&format!("{star}{text}"))
            .html()
    };
    let card = draw.stage.file(key)?.rect;
    let fds = files::fds_text(&files::descriptors(draw.view, key));
    let title = tr!("stage-queue-of", file = fds, n = queue.entries.len());
    let entries = queue.entries.iter().enumerate();
    Some(frame(draw, (Thing::File(key), card), &title, entries, row))
}

/// All members of a list, front first.
fn list(draw: &Draw<'_>, key: EventpollKey, kind: ListKind) -> Option<Html> {
    let scene = &draw.view.scene;
    let ep = scene.eventpolls.get(&key)?;
    let thing = Thing::List(key, kind);
    let card = draw.stage.panel(key)?.list(kind)?.rect;
    let title = |n: usize| tr!("big-list-of", list = kind.name(), n = n);
    let row = |n: usize, thing: Thing, key: u64, text: &str| {
        let number = el("b", &[]).text(&(n + 1).to_string()).html();
        draw.pressed(thing, &["row"]).key(key).child(number).text(text).html()
    };
    let items = match kind {
        ListKind::Rdllist => &ep.rdllist,
        ListKind::Txlist => &ep.txlist,
        ListKind::Ovflist => ep.ovflist.as_ref()?,
        ListKind::Wq | ListKind::PollWait => {
            let queue = if kind == ListKind::Wq { ep.wq } else { ep.poll_wait };
            let queue = scene.wait_queues.get(&queue)?;
            let make = |(n, entry): (usize, &crate::scene::WaitEntry)| {
                let text = draw.view.names.waiter(entry.waiter);
                row(n, Thing::Entry(entry.entry), entry.entry.as_number(), &text)
            };
            let entries = queue.entries.iter().enumerate();
            return Some(frame(draw, (thing, card), &title(entries.len()), entries, make));
        }
    };
    let make = |(n, epi): (usize, &EpitemKey)| {
        row(n, Thing::Item(*epi), epi.as_number(), &draw.view.names.epi(*epi))
    };
    let title = title(items.len());
    Some(frame(draw, (thing, card), &title, items.iter().enumerate(), make))
}
