//! The epoll instances: tree, lists and locks; and the items' marks that travel between them.

use yew::prelude::*;

use super::Draw;
use crate::kernel::abi::Events;
use crate::kernel::ids::WaitEntryKey;
use crate::scene::arrows::Thing;
use crate::scene::explain::short_mask;
use crate::scene::layout::{
    Edge, Fixed, ListBox, ListKind, NodeSpot, Panel, Rect, TokenSpot, eventpoll_file,
};
use crate::scene::{Epitem, Eventpoll};
use crate::trace::event::{Color, Waiter};
use crate::ui::el::{Button, button, el, join};
use crate::ui::hands::handle;
use crate::ui::state::Action;

/// The panels.
pub(super) fn draw(draw: &Draw<'_>) -> Html {
    let panels = draw.stage.panels.iter().filter_map(|panel| {
        let ep = draw.view.scene.eventpolls.get(&panel.ep)?;
        Some(one(draw, panel, ep))
    });
    el("div", &["layer"]).children(panels.collect()).html()
}

fn one(draw: &Draw<'_>, panel: &Panel, ep: &Eventpoll) -> Html {
    let edges = panel.edges.iter().map(edge).collect();
    let nodes = panel.nodes.iter().filter_map(|spot| node(draw, panel, ep, spot)).collect();
    let lists = panel.lists.iter().map(|list| self::list(draw, panel, ep, list)).collect();
    let hint_at = Rect { h: 16.0, ..panel.tree };
    let parts = vec![
        frame(draw, panel, ep),
        el("p", &["hint"]).at(hint_at).text(hint(draw, panel)).html(),
        el("svg", &["edges"]).set("aria-hidden", "true".to_owned()).children(edges).html(),
        el("div", &["nodes"]).children(nodes).html(),
        el("div", &["lists"]).children(lists).html(),
        panel.locks.map(|rect| locks(draw, panel, ep, rect)).unwrap_or_default(),
    ];
    el("div", &["panel-group"]).key(panel.ep.as_number()).children(parts).html()
}

/// The border, with the instance's name.
fn frame(draw: &Draw<'_>, panel: &Panel, ep: &Eventpoll) -> Html {
    let file = eventpoll_file(&draw.view.scene, panel.ep);
    let fd = file.and_then(|file| draw.view.names.fd(file));
    let session = draw.view.session();
    let name = fd.and_then(|fd| session.name_of(fd)).unwrap_or_default();
    let fd = fd.map_or_else(|| "closed".to_owned(), |fd| format!("fd {fd}"));
    let holder = ep.mtx.filter(|_| panel.locks.is_none());
    let holder =
        holder.map(|task| format!(" mtx: {}", draw.view.names.task(task))).unwrap_or_default();
    let kind = if panel.rect.w < 330.0 { "eventpoll · " } else { "struct eventpoll · " };
    let side = if panel.tree.x - panel.rect.x > 60.0 { "side" } else { "" };
    let title = el("h3", &[])
        .text(kind)
        .child(el("span", &["fd"]).text(&fd).html())
        .text(" ")
        .child(el("code", &[]).text(name).html())
        .child(el("code", &["held"]).text(&holder).html())
        .child(handle(draw, Thing::Ep(panel.ep), &fd));
    el("div", &["floor", "k", side]).at(panel.rect).child(title.html()).html()
}

fn hint(draw: &Draw<'_>, panel: &Panel) -> &'static str {
    match panel.tree.w {
        _ if !draw.stage.metrics.is_full => "",
        w if w >= 250.0 => "rbr: interest set, keyed (file, fd)",
        _ => "rbr",
    }
}

/// An edge: a diagonal of the unit square, moved and stretched, so that both its ends glide along
/// with the nodes.
fn edge(edge: &Edge) -> Html {
    let (dx, dy) = (edge.to.x - edge.from.x, edge.to.y - edge.from.y);
    let [x, y, w, h] = [edge.from.x, edge.from.y, dx, dy].map(Fixed);
    el("line", &["edge", if edge.on_path { "path" } else { "" }])
        .key(edge.child.as_number())
        .set("x2", "1".to_owned())
        .set("y2", "1".to_owned())
        .set("style", format!("transform:translate({x}px,{y}px) scale({w},{h})"))
        .html()
}

fn node(draw: &Draw<'_>, panel: &Panel, ep: &Eventpoll, spot: &NodeSpot) -> Option<Html> {
    let item = draw.view.scene.epitems.get(&spot.epi)?;
    let listed = ep.rdllist.contains(&spot.epi) || ep.txlist.contains(&spot.epi);
    let ready = listed || ep.ovflist.as_ref().is_some_and(|list| list.contains(&spot.epi));
    let selected = draw.view.selected == Some(Thing::Item(spot.epi));
    let (color, in_words) = match ep.rbr.get(spot.epi).map(|node| node.color) {
        Some(Color::Red) => ("red", "red"),
        Some(Color::Black) => ("black", "black"),
        None => ("loose", "not in the tree"),
    };
    let class = |on: bool, name: &'static str| if on { name } else { "" };
    let class = join(&[
        "node",
        color,
        class(ready, "ready"),
        class(item.is_disarmed(), "disarmed"),
        class(ep.rbr.path.iter().any(|(key, _)| *key == spot.epi), "path"),
        draw.hot(Thing::Item(spot.epi)),
        class(selected, "selected"),
    ]);
    let [x, y, r, label_w] = [spot.at.x, spot.at.y, panel.radius, panel.label_w].map(Fixed);
    let style = format!("transform:translate({x}px,{y}px);--r:{r}px;--label:{label_w}px");
    let (fd, data) = (item.new.fd, item.data);
    let is_ready = if ready { ", ready" } else { "" };
    let name =
        format!("struct epitem: fd {fd}, {}, data {data}, {in_words}{is_ready}", item.events);
    let disc = el("span", &["disc"]).text(&fd.to_string()).html();
    let label = el("span", &["label"]).text(&label(item)).html();
    let looks = Button {
        key: Some(spot.epi.as_number()),
        class,
        style: Some(style),
        content: html! { <>{ disc }{ label }</> },
        name: Some(name),
        ..Button::default()
    };
    let action = Action::Select(if selected { None } else { Some(Thing::Item(spot.epi)) });
    Some(button(draw.dispatch, action, looks))
}

fn label(item: &Epitem) -> String {
    if item.is_disarmed() {
        "disarmed".to_owned()
    } else {
        short_mask(item.events.difference(Events::ALWAYS))
    }
}

fn list(draw: &Draw<'_>, panel: &Panel, ep: &Eventpoll, list: &ListBox) -> Html {
    let scanning = ep.ovflist.is_some();
    let (about, empty) = match list.kind {
        ListKind::Wq if list.rect.w < 110.0 => ("", "empty"),
        ListKind::Wq => (": tasks in epoll_wait", "nobody waits"),
        ListKind::Rdllist => (": ready items", "empty"),
        ListKind::Txlist => ("", if scanning { "empty" } else { "no scan" }),
        ListKind::Ovflist => ("", if scanning { "empty" } else { "inactive" }),
        ListKind::PollWait => ("", "empty"),
    };
    let is_scan = matches!(list.kind, ListKind::Txlist | ListKind::Ovflist) && scanning;
    let about = if list.rect.w >= 250.0 { about } else { "" };
    let title = Rect { h: draw.stage.metrics.list_title, ..list.rect };
    let title =
        el("p", &[]).at(title).child(el("b", &[]).text(list.kind.name()).html()).text(about);
    let mut parts = vec![title.html()];
    if let Some(head) = list.head {
        parts.push(el("span", &["head"]).at(head).text("head").html());
    }
    if list.len == 0 {
        let hollow = Rect { w: list.body.w.min(112.0), ..list.body };
        parts.push(el("span", &["none"]).at(hollow).text(empty).html());
    }
    parts.push(el("div", &["entries"]).children(foreign(draw, list)).html());
    let hot = draw.hot(Thing::List(panel.ep, list.kind));
    let class = ["list", list.kind.name(), if is_scan { "active" } else { "" }, hot];
    el("div", &class).children(parts).html()
}

/// Entries of `poll_wait` that are items of an outer instance.
fn foreign(draw: &Draw<'_>, list: &ListBox) -> Vec<Html> {
    let entry = |(entry, rect): &(WaitEntryKey, Rect)| {
        let Waiter::Epitem(epi) = draw.view.names.entry(*entry)?.1 else { return None };
        let entry = el("span", &["entry", draw.hot(Thing::Entry(*entry))]).key(entry.as_number());
        let title = "ep_poll_callback of an outer epoll instance".to_owned();
        let text = format!("→ {}", draw.view.names.epi(epi));
        Some(entry.at(*rect).set("title", title).text(&text).html())
    };
    list.entries.iter().filter_map(entry).collect()
}

fn locks(draw: &Draw<'_>, panel: &Panel, ep: &Eventpoll, rect: Rect) -> Html {
    let mut mtx = ep.mtx.map_or_else(|| "free".to_owned(), |task| draw.view.names.task(task));
    for (n, task) in ep.mtx_waiters.iter().enumerate() {
        mtx += if n == 0 { " ← " } else { ", " };
        mtx += &draw.view.names.task(*task);
    }
    let lock = |name: &str, title: &str, held: bool, text: &str| {
        let lock =
            el("span", &["lock", if held { "held" } else { "" }]).set("title", title.to_owned());
        lock.child(el("b", &[]).text(name).html()).text(text).html()
    };
    let parts = vec![
        lock("mtx", "ep->mtx", ep.mtx.is_some(), &mtx),
        lock("lock", "ep->lock", ep.lock_held, if ep.lock_held { "held" } else { "free" }),
    ];
    el("div", &["locks", draw.hot(Thing::Locks(panel.ep))]).at(rect).children(parts).html()
}

/// The marks of all items: on a list they are seen, on their node they are not.
pub(super) fn marks(draw: &Draw<'_>, spots: &[TokenSpot], kind: &str) -> Html {
    let mark = |spot: &TokenSpot| {
        let item = draw.view.scene.epitems.get(&spot.epi)?;
        let listed = if spot.list.is_some() { "listed" } else { "" };
        let hidden = if spot.list.is_some() { "false" } else { "true" };
        let mark = el("div", &["token", kind, listed, draw.hot(Thing::Item(spot.epi))]);
        let mark =
            mark.key(spot.epi.as_number()).at(spot.rect).set("aria-hidden", hidden.to_owned());
        Some(mark.text(&format!("fd {}", item.new.fd)).html())
    };
    el("div", &["layer"]).children(spots.iter().filter_map(mark).collect()).html()
}
