//! The epoll instances: tree, lists and locks; and the items' marks that travel between them.

use yew::prelude::*;

use super::{Draw, say};
use crate::kernel::abi::Events;
use crate::kernel::ids::WaitEntryKey;
use crate::scene::arrows::Thing;
use crate::scene::explain::short_mask;
use crate::scene::layout::{
    Edge, Fixed, ListBox, ListKind, Nesting, NodeSpot, Panel, Rect, TokenSpot, eventpoll_file,
};
use crate::scene::{Epitem, Eventpoll};
use crate::tr;
use crate::trace::event::{Color, Waiter};
use crate::ui::el::el;

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
        el("p", &["hint"]).at(hint_at).text(&hint(draw, panel)).html(),
        super::tree::large(draw, panel),
        el("svg", &["edges"]).set("aria-hidden", "true".to_owned()).children(edges).html(),
        el("div", &["nodes"]).children(nodes).html(),
        el("div", &["lists"]).children(lists).html(),
        panel.locks.map(|rect| locks(draw, panel, ep, rect)).unwrap_or_default(),
    ];
    el("div", &["panel-group"])
        .key(panel.ep.as_number())
        .set("data-group", String::new())
        .set("role", "group".to_owned())
        .set("aria-label", tr!("stage-panel", ep = draw.view.names.ep(panel.ep)))
        .children(parts)
        .html()
}

/// The border, with the instance's name.
fn frame(draw: &Draw<'_>, panel: &Panel, ep: &Eventpoll) -> Html {
    let thing = Thing::Ep(panel.ep);
    let file = eventpoll_file(&draw.view.scene, panel.ep);
    let fd = file.and_then(|file| draw.view.names.fd(file));
    let session = draw.view.session();
    let name = fd.and_then(|fd| session.name_at(fd, draw.view.position)).unwrap_or_default();
    let fd = fd.map_or_else(|| tr!("stage-closed"), |fd| format!("fd {fd}"));
    let kind = if panel.rect.w < 330.0 { "eventpoll · " } else { "struct eventpoll · " };
    let side = if panel.tree.x - panel.rect.x > 60.0 { "side" } else { "" };
    let held = if panel.locks.is_none() { held(draw, ep) } else { String::new() };
    let title = draw
        .pressed(thing, &["title"])
        .set("tabindex", "0".to_owned())
        .text(kind)
        .child(el("span", &["fd"]).text(&fd).html())
        .text(" ")
        .child(el("code", &[]).text(name).html())
        .child(el("code", &["held"]).text(&held).html());
    let title = el("h3", &[]).child(title.html());
    draw.part(thing, &["floor", "k", side]).at(panel.rect).child(title.html()).html()
}

/// What is held, where there is no room to say so beside the lists.
fn held(draw: &Draw<'_>, ep: &Eventpoll) -> String {
    let mut all = String::new();
    if let Some(task) = ep.mtx {
        all += &format!(" mtx {}", draw.view.names.task(task));
        for (n, task) in ep.mtx_waiters.iter().enumerate() {
            all += if n == 0 { " ← " } else { ", " };
            all += &draw.view.names.task(*task);
        }
    }
    if ep.lock_held {
        all += " lock";
    }
    if ep.ws == Some(true) {
        all += " ws";
    }
    all
}

fn hint(draw: &Draw<'_>, panel: &Panel) -> String {
    match panel.tree.w {
        _ if !draw.stage.metrics.is_full => String::new(),
        w if w >= 250.0 => tr!("stage-rbr"),
        _ => "rbr".to_owned(),
    }
}

/// The lines from items to the instances they watch.
pub(super) fn nestings(draw: &Draw<'_>) -> Html {
    let line = |nesting: &Nesting| {
        let [a, b] = [nesting.from, nesting.to];
        let bend = ((b.x - a.x).abs() * 0.4).max(36.0);
        let (c, d) = if a.x < b.x { (a.x + bend, b.x - bend) } else { (a.x - bend, b.x + bend) };
        let [ax, ay, c, d, bx, by] = [a.x, a.y, c, d, b.x, b.y].map(Fixed);
        let marked = draw.rel(Thing::Item(nesting.epi)).is_empty();
        el("path", &["nesting", if marked { "" } else { "rel" }])
            .key(nesting.epi.as_number())
            .set("data-inner", nesting.inner.as_number().to_string())
            .set("d", format!("M{ax} {ay}C{c} {ay} {d} {by} {bx} {by}"))
            .html()
    };
    let all: Vec<Html> = draw.stage.nestings.iter().map(line).collect();
    el("svg", &["nestings"]).set("aria-hidden", "true".to_owned()).children(all).html()
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
    let color = match ep.rbr.get(spot.epi).map(|node| node.color) {
        Some(Color::Red) => "red",
        Some(Color::Black) => "black",
        None => "loose",
    };
    let class = |on: bool, name: &'static str| if on { name } else { "" };
    let classes = [
        "node",
        color,
        class(ready, "ready"),
        class(item.is_disarmed(), "disarmed"),
        class(ep.rbr.path.iter().any(|(key, _)| *key == spot.epi), "path"),
    ];
    let [x, y, r, label_w] = [spot.at.x, spot.at.y, panel.radius, panel.label_w].map(Fixed);
    let style = format!("transform:translate({x}px,{y}px);--r:{r}px;--label:{label_w}px");
    let disc = el("span", &["disc"]).text(&item.new.fd.to_string()).html();
    let label = el("span", &["label"]).text(&label(item)).html();
    let mut node = draw
        .pressed(Thing::Item(spot.epi), &classes)
        .key(spot.epi.as_number())
        .set("style", style)
        .child(disc)
        .child(label);
    if let Some(held) = item.ws {
        node = node.child(el("span", &["ws", class(held, "held")]).text("ws").html());
    }
    Some(node.html())
}

fn label(item: &Epitem) -> String {
    if item.is_disarmed() {
        tr!("stage-disarmed")
    } else {
        short_mask(item.events.difference(Events::ALWAYS))
    }
}

fn list(draw: &Draw<'_>, panel: &Panel, ep: &Eventpoll, list: &ListBox) -> Html {
    let scanning = ep.ovflist.is_some();
    let wide = list.rect.w >= 250.0;
    let (about, empty) = match list.kind {
        ListKind::Wq if list.rect.w < 110.0 => (String::new(), tr!("stage-empty")),
        ListKind::Wq => (tr!("stage-about-wq"), tr!("stage-nobody")),
        ListKind::Rdllist => (tr!("stage-about-rdllist"), tr!("stage-empty")),
        ListKind::Txlist if !scanning => (String::new(), tr!("stage-no-scan")),
        ListKind::Ovflist if !scanning => (String::new(), tr!("stage-inactive")),
        _ => (String::new(), tr!("stage-empty")),
    };
    let is_scan = matches!(list.kind, ListKind::Txlist | ListKind::Ovflist) && scanning;
    let thing = Thing::List(panel.ep, list.kind);
    let title = Rect { h: draw.stage.metrics.list_title, ..list.rect };
    let title = draw
        .pressed(thing, &["list-title"])
        .at(title)
        .child(el("b", &[]).text(list.kind.name()).html())
        .text(if wide { &about } else { "" });
    let mut parts = vec![title.html()];
    if let Some(head) = list.head {
        parts.push(el("span", &["head"]).at(head).text("head").html());
    }
    if list.len == 0 {
        let hollow = Rect { w: list.body.w.min(112.0), ..list.body };
        parts.push(el("span", &["none"]).at(hollow).text(&empty).html());
    }
    parts.push(el("div", &["entries"]).children(foreign(draw, list)).html());
    if let Some((n, rect)) = list.more {
        let open = draw.open == Some(thing);
        let name = tr!("big-list-all", list = list.kind.name(), n = list.len);
        let more = el("button", &["more-list"])
            .set("type", "button".to_owned())
            .set("data-open", thing.id())
            .set("aria-expanded", if open { "true" } else { "false" }.to_owned())
            .set("aria-label", name.clone())
            .set("title", name)
            .at(rect);
        parts.push(more.text(&format!("+ {n}")).html());
    }
    let class = ["list", list.kind.name(), if is_scan { "active" } else { "" }];
    let class: Vec<&str> = class.into_iter().chain([draw.hot(thing), draw.rel(thing)]).collect();
    el("div", &class).children(parts).html()
}

/// Entries that are not marks of tasks asleep: items of an outer instance, polls.
fn foreign(draw: &Draw<'_>, list: &ListBox) -> Vec<Html> {
    let entry = |(entry, rect): &(WaitEntryKey, Rect)| {
        let waiter = draw.view.names.entry(*entry)?.1;
        let text = match waiter {
            Waiter::Epitem(epi) => {
                let ep = draw.view.names.item(epi).map(|item| draw.view.names.ep_fd(item.ep))?;
                format!("→ ep {ep}")
            }
            Waiter::Poll { task, .. } => format!("→ {}", draw.view.names.task(task)),
            Waiter::EpollWait(_) | Waiter::Task(_) | Waiter::Receiver(_) => return None,
        };
        let mark = draw.pressed(Thing::Entry(*entry), &["entry"]).key(entry.as_number());
        Some(mark.at(*rect).text(&text).html())
    };
    list.entries.iter().filter_map(entry).collect()
}

fn locks(draw: &Draw<'_>, panel: &Panel, ep: &Eventpoll, rect: Rect) -> Html {
    let mut mtx = ep.mtx.map_or_else(|| tr!("stage-free"), |task| draw.view.names.task(task));
    for (n, task) in ep.mtx_waiters.iter().enumerate() {
        mtx += if n == 0 { " ← " } else { ", " };
        mtx += &draw.view.names.task(*task);
    }
    let thing = Thing::Locks(panel.ep);
    let held = |held: bool| if held { tr!("stage-held") } else { tr!("stage-free") };
    let name = say::describe(draw.view, thing);
    let line = |name: &str, on: bool, text: &str| {
        let lock = el("span", &["lock", if on { "held" } else { "" }]);
        lock.child(el("b", &[]).text(name).html()).text(text).html()
    };
    let mut parts =
        vec![line("mtx", ep.mtx.is_some(), &mtx), line("lock", ep.lock_held, &held(ep.lock_held))];
    if let Some(ws) = ep.ws {
        parts.push(line("ws", ws, &held(ws)));
    }
    if ep.params != Default::default() {
        let busy = tr!(
            "stage-busy-poll",
            usecs = ep.params.usecs.to_string(),
            budget = ep.params.budget.to_string()
        );
        parts.push(line("napi", false, &busy));
    }
    let bar = if rect.h < 24.0 { "bar" } else { "" };
    draw.named(thing, &["locks", bar], name).at(rect).children(parts).html()
}

/// The marks of all items: on a list they are seen, on their node they are not.
pub(super) fn marks(draw: &Draw<'_>, spots: &[TokenSpot], kind: &str) -> Html {
    let mark = |spot: &TokenSpot| {
        let item = draw.view.scene.epitems.get(&spot.epi)?;
        let listed = if spot.list.is_some() { "listed" } else { "" };
        let hidden = if spot.list.is_some() { "false" } else { "true" };
        let mark = draw.pressed(Thing::Item(spot.epi), &["token", kind, listed]);
        let mark =
            mark.key(spot.epi.as_number()).at(spot.rect).set("aria-hidden", hidden.to_owned());
        // There is room for three digits and a word.
        let word = if item.new.fd < 1000 { "fd " } else { "" };
        Some(mark.text(&format!("{word}{}", item.new.fd)).html())
    };
    el("div", &["layer"]).children(spots.iter().filter_map(mark).collect()).html()
}
