//! `poll` and `select` under way: the table of entries, the descriptors, the bitmaps.

use yew::prelude::*;

use super::{Draw, within};
use crate::scene::arrows::Thing;
use crate::scene::explain::short_mask;
use crate::scene::layout::{Bits, Fixed, PollGroup, PollPanel, Rect};
use crate::scene::{Bitmap, PollCall, Task, bitmaps, poll_fds};
use crate::tr;
use crate::trace::event::PollKind;
use crate::ui::el::el;

/// The panels.
pub(super) fn draw(draw: &Draw<'_>) -> Html {
    let panels = draw.stage.polls.iter().filter_map(|panel| {
        let task = draw.view.scene.tasks.get(&panel.task)?;
        Some(one(draw, panel, task, task.poll.as_ref()?))
    });
    el("div", &["layer"]).children(panels.collect()).html()
}

fn one(draw: &Draw<'_>, panel: &PollPanel, task: &Task, poll: &PollCall) -> Html {
    let thing = Thing::Task(panel.task);
    let kind = match poll.kind {
        PollKind::Poll => "poll",
        PollKind::Select => "select",
    };
    let title = el("h3", &[]).child(
        draw.pressed(thing, &["title"])
            .set("tabindex", "0".to_owned())
            .text("struct poll_wqueues · ")
            .child(el("span", &["fd"]).text(&task.name).html())
            .child(el("code", &[]).text(&format!(" {kind}")).html())
            .html(),
    );
    let groups = panel.groups.iter().enumerate().map(|(n, group)| entries(draw, panel, group, n));
    let parts = vec![
        title.html(),
        flags(panel, poll),
        fds(panel, task, poll),
        panel.bits.as_ref().map(|at| bits(panel, at, task, poll)).unwrap_or_default(),
        el("div", &["groups"]).children(groups.collect()).html(),
    ];
    draw.part(thing, &["floor", "k", "pollcall"])
        .key(panel.task.as_number())
        .at(panel.rect)
        .set("data-group", String::new())
        .set("role", "group".to_owned())
        .set("aria-label", tr!("stage-poll-panel", task = task.name.clone(), call = kind))
        .children(parts)
        .html()
}

/// `_qproc`, `triggered`, and the pass.
fn flags(panel: &PollPanel, poll: &PollCall) -> Html {
    let flag = |class: &str, on: bool, name: &str, value: &str, title: String| {
        el("span", &["lock", class, if on { "held" } else { "" }])
            .set("title", title)
            .child(el("b", &[]).text(name).html())
            .text(value)
            .html()
    };
    let qproc = if poll.hooking { "__pollwait" } else { "NULL" };
    let word = if poll.triggered { "1" } else { "0" };
    let pass = tr!("stage-poll-pass", n = poll.passes);
    let parts = vec![
        flag("qproc", false, "_qproc", qproc, tr!("stage-poll-qproc")),
        flag("triggered", poll.triggered, "triggered", word, tr!("stage-poll-triggered")),
        el("span", &["lock"]).text(&pass).html(),
    ];
    el("div", &["flags"]).at(within(panel.flags, panel.rect)).children(parts).html()
}

/// A chunk of entries: what it is, those that are there, those that are free.
fn entries(draw: &Draw<'_>, panel: &PollPanel, group: &PollGroup, n: usize) -> Html {
    let (name, title) = if n == 0 {
        (tr!("stage-poll-stack"), tr!("stage-poll-stack-title", n = group.capacity))
    } else {
        (tr!("stage-poll-page", n = n), tr!("stage-poll-page-title", n = group.capacity))
    };
    let count = format!("{}/{}", group.used, group.capacity);
    let scene = &draw.view.scene;
    let made = scene.tasks.get(&panel.task).and_then(|task| task.poll.as_ref());
    let cell = |(key, rect): &(crate::kernel::ids::WaitEntryKey, Rect)| {
        let entry = made?.entries.iter().find(|entry| entry.entry == *key)?;
        let file = draw.view.names.file(entry.file);
        let name = tr!(
            "stage-poll-entry",
            file = file.clone(),
            key = entry.key.to_string(),
            task = draw.view.names.task(panel.task)
        );
        let cell = draw.named(Thing::Entry(*key), &["cell"], name).key(key.as_number());
        Some(cell.at(within(*rect, panel.rect)).text(&file).html())
    };
    let empty = |(n, rect): (usize, &Rect)| {
        el("span", &["cell", "free"]).key(n as u64).at(within(*rect, panel.rect)).html()
    };
    let head = Rect { w: 54.0, h: 24.0, ..group.rect };
    let hidden = group.used - group.cells.len();
    let more = if hidden > 0 { format!(" + {hidden}") } else { String::new() };
    let head = el("span", &["name"]).at(within(head, panel.rect)).set("title", title);
    let head = head.text(&name).child(el("small", &[]).text(&(count + &more)).html());
    let parts = vec![
        head.html(),
        el("div", &["cells"]).children(group.cells.iter().filter_map(cell).collect()).html(),
        el("div", &["cells"]).children(group.empty.iter().enumerate().map(empty).collect()).html(),
    ];
    let kind = if n == 0 { "stack" } else { "page" };
    el("div", &["chunk", kind]).key(n as u64).children(parts).html()
}

/// The `struct pollfd` of a `poll`: what is asked, and what the last look found.
fn fds(panel: &PollPanel, task: &Task, poll: &PollCall) -> Html {
    let (Some(call), Some(first)) = (&task.call, panel.fds.first()) else {
        return Html::default();
    };
    let asked = poll_fds(call, poll);
    let cell = |(n, rect): (usize, &Rect)| {
        let (fd, events) = *asked.get(n)?;
        let revents = poll.revents.get(n).copied().unwrap_or_default();
        let found = !revents.is_empty();
        let title = tr!(
            "stage-pollfd",
            n = n.to_string(),
            fd = fd.to_string(),
            events = events.to_string().replace("EPOLL", "POLL"),
            revents = revents.to_string().replace("EPOLL", "POLL")
        );
        let text = if found { short_mask(revents) } else { short_mask(events) };
        let cell = el("span", &["pollfd", if found { "found" } else { "" }]);
        let cell = cell.key(n as u64).at(within(*rect, panel.rect)).set("title", title);
        let sign = if found { "→" } else { "" };
        Some(cell.child(el("b", &[]).text(&fd.to_string()).html()).text(sign).text(&text).html())
    };
    let cells = panel.fds.iter().enumerate().filter_map(cell).collect();
    let head = Rect { x: panel.flags.x, w: 54.0, ..*first };
    let chunks = poll.chunks().len();
    let about = tr!("stage-pollfds-title", n = asked.len(), chunks = chunks);
    let count = match panel.fds_more {
        0 => asked.len().to_string(),
        more => format!("{} + {more}", panel.fds.len()),
    };
    let head = el("span", &["name"]).at(within(head, panel.rect)).set("title", about);
    let head = head.text("pollfd").child(el("small", &[]).text(&count).html());
    el("div", &["fdsrow"])
        .child(head.html())
        .child(el("div", &["cells"]).children(cells).html())
        .html()
}

/// The six bitmaps, a column a descriptor.
fn bits(panel: &PollPanel, at: &Bits, task: &Task, poll: &PollCall) -> Html {
    let Some(call) = &task.call else { return Html::default() };
    let number = |(fd, x): &(i32, f32)| {
        let place = Rect::new(*x, at.rect.y, at.w, at.h);
        el("span", &["col"]).at(within(place, panel.rect)).text(&fd.to_string()).html()
    };
    let row = |(n, map): (usize, Bitmap)| {
        let y = at.rect.y + (n as f32 + 1.0) * at.h;
        let told: Vec<String> = map.fds.iter().map(ToString::to_string).collect();
        let told = tr!("stage-bitmap", name = map.name, fds = told.join(", "), n = map.fds.len());
        let bit = |(fd, x): &(i32, f32)| {
            let on = map.fds.contains(fd);
            let place = Rect::new(*x, y, at.w, at.h);
            let found = if n >= 3 { "found" } else { "" };
            el("i", &["bit", if on { "on" } else { "" }, found])
                .at(within(place, panel.rect))
                .text(if on { "1" } else { "0" })
                .html()
        };
        let head = within(Rect::new(at.rect.x, y, 54.0, at.h), panel.rect);
        el("div", &["bitmap"])
            .set("role", "img".to_owned())
            .set("aria-label", told.clone())
            .set("title", told)
            .child(el("b", &[]).at(head).text(map.name).html())
            .child(el("div", &["bits"]).children(at.columns.iter().map(bit).collect()).html())
            .html()
    };
    let maps = bitmaps(call, poll).into_iter().enumerate().map(row).collect();
    let heap = PollCall::bitmaps_on_heap(poll.nfds);
    let place = if heap { tr!("stage-bits-heap") } else { tr!("stage-bits-stack") };
    let head = within(Rect::new(at.rect.x, at.rect.y, 54.0, at.h), panel.rect);
    let more = if at.more > 0 { tr!("stage-more", n = at.more) } else { String::new() };
    el("div", &["bitmaps"])
        .child(
            el("span", &["name"])
                .at(head)
                .set("title", tr!("stage-bits-title"))
                .text(&place)
                .html(),
        )
        .child(el("div", &["cols"]).children(at.columns.iter().map(number).collect()).html())
        .children(maps)
        .child(el("span", &["bits-more"]).set("style", bottom(at, panel)).text(&more).html())
        .html()
}

fn bottom(at: &Bits, panel: &PollPanel) -> String {
    format!("top:{}px", Fixed(at.rect.y - panel.rect.y))
}
