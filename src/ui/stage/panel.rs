//! The epoll instances: tree, lists and locks; and the items' marks that travel between them.

use yew::prelude::*;

use super::{Draw, place};
use crate::kernel::abi::Events;
use crate::scene::arrows::Thing;
use crate::scene::explain::short_mask;
use crate::scene::layout::{
    Edge, ListBox, ListKind, NodeSpot, Panel, Rect, TokenSpot, eventpoll_files,
};
use crate::scene::{Epitem, Eventpoll};
use crate::trace::event::Color;
use crate::ui::state::Action;

/// The panels.
pub(super) fn draw(draw: &Draw<'_>) -> Html {
    let panels = draw.stage.panels.iter().filter_map(|panel| {
        let ep = draw.view.scene.eventpolls.get(&panel.ep)?;
        Some(one(draw, panel, ep))
    });
    html! { <div class="layer">{ for panels }</div> }
}

fn one(draw: &Draw<'_>, panel: &Panel, ep: &Eventpoll) -> Html {
    let file = eventpoll_files(&draw.view.scene).get(&panel.ep).copied();
    let fd = file.and_then(|file| draw.view.names.fd(file));
    let name = fd.and_then(|fd| draw.view.session().name_of(fd).map(str::to_owned));
    let fd = fd.map_or_else(|| "closed".to_owned(), |fd| format!("fd {fd}"));
    let key = panel.ep.as_number().to_string();
    let side = (panel.tree.x - panel.rect.x > 60.0).then_some("side");
    let holder = ep.mtx.filter(|_| panel.locks.is_none()).map(|task| draw.view.names.task(task));
    html! {
        <div {key} class="panel-group">
            <div class={classes!("floor", "k", side)} style={place(panel.rect)}>
                <h3>{ if panel.rect.w < 330.0 { "eventpoll · " } else { "struct eventpoll · " } }<span class="fd">{ fd }</span>
                    if let Some(name) = name {
                        <code>{ format!(" {name}") }</code>
                    }
                    if let Some(holder) = holder {
                        <code class="held">{ format!(" mtx: {holder}") }</code>
                    }
                </h3>
            </div>
            <p class="hint" style={place(Rect { h: 16.0, ..panel.tree })}>
                { hint(draw, panel) }
            </p>
            <svg class="edges" aria-hidden="true">{ for panel.edges.iter().map(edge) }</svg>
            <div class="nodes">{ for panel.nodes.iter().filter_map(|spot| node(draw, panel, ep, spot)) }</div>
            <div class="lists">{ for panel.lists.iter().map(|list| self::list(draw, panel, ep, list)) }</div>
            { panel.locks.map(|rect| locks(draw, panel, ep, rect)) }
        </div>
    }
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
    let style = format!(
        "transform:translate({:.1}px,{:.1}px) scale({dx:.2},{dy:.2})",
        edge.from.x, edge.from.y
    );
    let class = classes!("edge", edge.on_path.then_some("path"));
    html! { <line key={edge.child.as_number().to_string()} {class} x1="0" y1="0" x2="1" y2="1" {style} /> }
}

fn node(draw: &Draw<'_>, panel: &Panel, ep: &Eventpoll, spot: &NodeSpot) -> Option<Html> {
    let item = draw.view.scene.epitems.get(&spot.epi)?;
    let color = ep.rbr.get(spot.epi).map(|node| node.color);
    let r = panel.radius;
    let is_ready = ep.rdllist.contains(&spot.epi) || ep.txlist.contains(&spot.epi);
    let is_overflow = ep.ovflist.as_ref().is_some_and(|list| list.contains(&spot.epi));
    let on_path = ep.rbr.path.iter().any(|(key, _)| *key == spot.epi);
    let class = classes!(
        "node",
        match color {
            Some(Color::Red) => "red",
            Some(Color::Black) => "black",
            None => "loose",
        },
        (is_ready || is_overflow).then_some("ready"),
        item.is_disarmed().then_some("disarmed"),
        on_path.then_some("path"),
        draw.hot(Thing::Item(spot.epi)),
        (draw.view.selected == Some(spot.epi)).then_some("selected")
    );
    let style = format!(
        "transform:translate({:.1}px,{:.1}px);--r:{r:.1}px;--label:{:.0}px",
        spot.at.x, spot.at.y, panel.label_w
    );
    let dispatch = draw.dispatch.clone();
    let selected = if draw.view.selected == Some(spot.epi) { None } else { Some(spot.epi) };
    let onclick = move |_| dispatch.dispatch(Action::Select(selected));
    let label = label(item);
    let color = match color {
        Some(Color::Red) => "red",
        Some(Color::Black) => "black",
        None => "not in the tree",
    };
    let ready = if is_ready { ", ready" } else { "" };
    let title = format!(
        "struct epitem: fd {}, {}, data {}, {color}{ready}",
        item.new.fd, item.events, item.data
    );
    Some(html! {
        <button type="button" key={spot.epi.as_number().to_string()} {class} {style} {onclick} aria-label={title.clone()} {title}>
            <span class="disc">{ item.new.fd }</span>
            <span class="label">{ label }</span>
        </button>
    })
}

fn label(item: &Epitem) -> String {
    if item.is_disarmed() {
        "disarmed".to_owned()
    } else {
        short_mask(item.events.difference(Events::ALWAYS))
    }
}

fn list(draw: &Draw<'_>, panel: &Panel, ep: &Eventpoll, list: &ListBox) -> Html {
    let wide = list.rect.w >= 250.0;
    let (about, empty) = match list.kind {
        ListKind::Wq if list.rect.w < 110.0 => ("", "empty"),
        ListKind::Wq => (": tasks in epoll_wait", "nobody waits"),
        ListKind::Rdllist => (": ready items", "empty"),
        ListKind::Txlist => ("", if ep.ovflist.is_some() { "empty" } else { "no scan" }),
        ListKind::Ovflist => ("", if ep.ovflist.is_some() { "empty" } else { "inactive" }),
        ListKind::PollWait => ("", "empty"),
    };
    let is_scan = matches!(list.kind, ListKind::Txlist | ListKind::Ovflist) && ep.ovflist.is_some();
    let class = classes!(
        "list",
        list.kind.name(),
        is_scan.then_some("active"),
        draw.hot(Thing::List(panel.ep, list.kind))
    );
    let title = Rect { h: draw.stage.metrics.list_title, ..list.rect };
    let hollow = Rect { w: list.body.w.min(112.0), ..list.body };
    html! {
        <div key={list.kind.name()} {class}>
            <p style={place(title)}><b>{ list.kind.name() }</b>{ if wide { about } else { "" } }</p>
            if let Some(head) = list.head {
                <span class="head" style={place(head)}>{ "head" }</span>
            }
            if list.len == 0 {
                <span class="none" style={place(hollow)}>{ empty }</span>
            }
            { for foreign(draw, list) }
        </div>
    }
}

/// Entries of `poll_wait` that are items of an outer instance.
fn foreign(draw: &Draw<'_>, list: &ListBox) -> Vec<Html> {
    let entry = |(entry, rect): &(crate::kernel::ids::WaitEntryKey, Rect)| {
        let (_, waiter) = draw.view.names.entry(*entry)?;
        let crate::trace::event::Waiter::Epitem(epi) = waiter else { return None };
        let text = format!("→ {}", draw.view.names.epi(epi));
        let title = "ep_poll_callback of an outer epoll instance";
        Some(
            html! { <span key={entry.as_number().to_string()} class={classes!("entry", draw.hot(Thing::Entry(*entry)))} style={place(*rect)} {title}>{ text }</span> },
        )
    };
    list.entries.iter().filter_map(entry).collect()
}

fn locks(draw: &Draw<'_>, panel: &Panel, ep: &Eventpoll, rect: Rect) -> Html {
    let holder = ep.mtx.map(|task| draw.view.names.task(task));
    let waiting: Vec<String> =
        ep.mtx_waiters.iter().map(|task| draw.view.names.task(*task)).collect();
    let queue =
        if waiting.is_empty() { String::new() } else { format!(" ← {}", waiting.join(", ")) };
    let class = classes!("locks", draw.hot(Thing::Locks(panel.ep)));
    let mtx = classes!("lock", holder.is_some().then_some("held"));
    let spin = classes!("lock", ep.lock_held.then_some("held"));
    html! {
        <div {class} style={place(rect)}>
            <span class={mtx} title="ep->mtx"><b>{ "mtx" }</b>{ holder.unwrap_or_else(|| "free".to_owned()) }{ queue }</span>
            <span class={spin} title="ep->lock"><b>{ "lock" }</b>{ if ep.lock_held { "held" } else { "free" } }</span>
        </div>
    }
}

/// The marks of all items: on a list they are seen, on their node they are not.
pub(super) fn marks(draw: &Draw<'_>) -> Html {
    let mark = |spot: &TokenSpot, kind: &'static str| {
        let item = draw.view.scene.epitems.get(&spot.epi)?;
        let class =
            classes!("token", kind, spot.list.map(|_| "listed"), draw.hot(Thing::Item(spot.epi)));
        let key = spot.epi.as_number().to_string();
        let hidden = spot.list.is_none().then_some("true");
        Some(html! {
            <div {key} {class} style={place(spot.rect)} aria-hidden={hidden}>{ format!("fd {}", item.new.fd) }</div>
        })
    };
    let ready = draw.stage.tokens.iter().filter_map(|spot| mark(spot, "rdl"));
    let overflow = draw.stage.overflow.iter().filter_map(|spot| mark(spot, "ovf"));
    html! {
        <>
            <div class="layer" key="ready">{ for ready }</div>
            <div class="layer" key="overflow">{ for overflow }</div>
        </>
    }
}
