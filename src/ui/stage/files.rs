//! The open files' cards: what they hold, who waits on them, the controls of the far end.

use yew::prelude::*;

use super::{Draw, place};
use crate::kernel::ids::FileKey;
use crate::scene::arrows::Thing;
use crate::scene::explain::kind_text;
use crate::scene::layout::{FileBox, Rect};
use crate::scene::{File, Scene};
use crate::trace::event::{FileKind, Waiter};
use crate::ui::forms::with_lines;
use crate::ui::lines::Lines;
use crate::ui::state::Action;

/// The cards.
pub(super) fn draw(draw: &Draw<'_>) -> Html {
    let cards = draw.stage.files.iter().filter_map(|at| {
        let file = draw.view.scene.files.get(&at.file)?;
        Some(card(draw, at, file))
    });
    html! { <div class="layer">{ for cards }</div> }
}

fn card(draw: &Draw<'_>, at: &FileBox, file: &File) -> Html {
    let scene = &draw.view.scene;
    let fds = descriptors(scene, at.file);
    let session = draw.view.session();
    let name = fds.first().and_then(|fd| session.name_of(*fd)).map(str::to_owned);
    let numbers: Vec<String> = fds.iter().map(ToString::to_string).collect();
    let head =
        if fds.is_empty() { "no fd".to_owned() } else { format!("fd {}", numbers.join(", ")) };
    let holds = holds(scene, file, draw.stage.metrics.is_full);
    let full = Rect { x: at.bar.x - at.rect.x - 1.0, y: at.bar.y - at.rect.y - 1.0, ..at.bar };
    let is_ready =
        file.f_ep.iter().any(|epi| scene.eventpolls.values().any(|ep| ep.rdllist.contains(epi)));
    let class = classes!("file", is_ready.then_some("ready"), draw.hot(Thing::File(at.file)));
    let title = format!(
        "{}, {} references, struct file at {:#x}",
        kind_text(file.new.kind),
        file.count,
        file.new.addr
    );
    html! {
        <div key={at.file.as_number().to_string()} {class} style={place(at.rect)} {title}>
            <div class="top"><b>{ head }</b>
                if let Some(name) = name {
                    <code>{ name }</code>
                }
                <span class="kind">{ kind_text(file.new.kind) }</span>
            </div>
            <div class="holds">{ holds.text }</div>
            <div class="bufbar" style={place(full)}><u style={format!("transform:scaleX({:.3})", holds.part)}></u></div>
            { queue(draw, at) }
            { at.controls.map(|rect| controls(draw, at, file, rect)) }
        </div>
    }
}

/// The descriptors that stand for a file.
fn descriptors(scene: &Scene, file: FileKey) -> Vec<i32> {
    let all = scene.processes.values().flat_map(|p| p.fds.iter());
    all.filter(|(_, f)| **f == file).map(|(fd, _)| *fd).collect()
}

/// What a file holds, in words and as a part of what it could hold.
struct Holds {
    text: String,
    part: f64,
    bytes: u32,
}

fn holds(scene: &Scene, file: &File, is_full: bool) -> Holds {
    let part = |bytes: f64, room: f64| (bytes / room).clamp(0.0, 1.0).sqrt();
    match file.new.kind {
        FileKind::Eventfd { .. } => {
            let count = file.eventfd_count;
            Holds { text: format!("counter {count}"), part: part(count as f64, 16.0), bytes: 8 }
        }
        FileKind::PipeRead(pipe) | FileKind::PipeWrite(pipe) => {
            let pipe = scene.pipes.get(&pipe);
            let bytes = pipe.map_or(0, |p| p.slots.iter().map(|s| s.bytes).sum::<u32>());
            let slots = pipe.map_or(0, |p| p.slots.len());
            let other = match (file.new.kind, pipe.map(|p| (p.readers, p.writers))) {
                (FileKind::PipeRead(_), Some((_, 0))) => " · no writer",
                (FileKind::PipeWrite(_), Some((0, _))) => " · no reader",
                _ => "",
            };
            Holds {
                text: format!("{bytes} B · {slots}/16 slots{other}"),
                part: part(f64::from(bytes), 65536.0),
                bytes,
            }
        }
        FileKind::UnixStream(sock) | FileKind::Tcp(sock) | FileKind::Dgram(sock) => {
            let Some(sock) = scene.socks.get(&sock) else {
                return Holds { text: String::new(), part: 0.0, bytes: 0 };
            };
            let bytes = sock.receive_queue.iter().map(|b| b.bytes).sum::<u32>();
            let end = match (sock.peer, sock.shutdown_receive, sock.shutdown_send) {
                (None, ..) | (_, true, true) => " · peer hung up",
                (_, true, false) => " · receive shut",
                (_, false, true) => " · send shut",
                _ => "",
            };
            let sent = if sock.wmem_alloc > 0 {
                format!(" · sent {}", sock.wmem_alloc)
            } else {
                String::new()
            };
            let sent = if is_full { sent } else { String::new() };
            Holds {
                text: format!("recv {bytes} B{sent}{end}"),
                part: part(f64::from(bytes), 4096.0),
                bytes,
            }
        }
        FileKind::Null | FileKind::Eventpoll(_) => {
            Holds { text: String::new(), part: 0.0, bytes: 0 }
        }
    }
}

/// The wait queue, entry by entry, head first.
fn queue(draw: &Draw<'_>, at: &FileBox) -> Html {
    let queue = draw
        .view
        .scene
        .files
        .get(&at.file)
        .and_then(|f| crate::scene::layout::wait_queue(&draw.view.scene, f));
    let entries = queue.and_then(|q| draw.view.scene.wait_queues.get(&q));
    let entry = |(key, rect): &(crate::kernel::ids::WaitEntryKey, Rect)| {
        let entry = entries?.entries.iter().find(|e| e.entry == *key)?;
        let Waiter::Epitem(epi) = entry.waiter else { return None };
        let star = if entry.exclusive { "★ " } else { "" };
        let item = draw.view.names.item(epi)?;
        let ep = draw.view.names.ep(item.ep);
        let text = if rect.w > 168.0 {
            format!("{star}ep_poll_callback → {}", ep.replace("fd ", "ep "))
        } else {
            format!("{star}callback → {}", ep.replace("fd ", "ep "))
        };
        let rect = Rect { x: rect.x - at.rect.x - 1.0, y: rect.y - at.rect.y - 1.0, ..*rect };
        let class = classes!("entry", draw.hot(Thing::Entry(*key)));
        let title = format!(
            "eppoll_entry of the item for fd {} in {ep}{}",
            item.fd,
            if entry.exclusive { ", exclusive" } else { "" }
        );
        Some(
            html! { <span key={key.as_number().to_string()} {class} style={place(rect)} {title}>{ text }</span> },
        )
    };
    let first = at
        .entries
        .first()
        .map_or(at.bar.y - at.rect.y + 14.0 + draw.stage.metrics.entry_title, |(_, r)| {
            r.y - at.rect.y
        });
    let title_y = first - draw.stage.metrics.entry_title;
    let has_title = draw.stage.metrics.entry_title > 0.0 && at.controls.is_some();
    html! {
        <>
            if has_title {
                <span class="queue-title" style={format!("top:{title_y:.1}px")}>{ if at.entries.is_empty() { "wait queue: empty" } else { "wait queue" } }</span>
            }
            <div class="entries">{ for in_making_order(&at.entries).iter().filter_map(entry) }</div>
            if at.more > 0 {
                <span class="more" style={format!("top:{:.1}px", at.entries.last().map_or(0.0, |(_, r)| r.y - at.rect.y))}>{ format!("+ {}", at.more) }</span>
            }
        </>
    }
}

/// Entries in an order that never changes, so that none loses its motion when another joins.
fn in_making_order<K: Ord + Copy>(entries: &[(K, Rect)]) -> Vec<(K, Rect)> {
    let mut entries = entries.to_vec();
    entries.sort_by_key(|(key, _)| *key);
    entries
}

/// Buttons of the far end: each writes a script line.
fn controls(draw: &Draw<'_>, at: &FileBox, file: &File, rect: Rect) -> Html {
    let bytes = holds(&draw.view.scene, file, true).bytes;
    let key = at.file;
    let kind = file.new.kind;
    let button = |text: &'static str,
                  title: &'static str,
                  off: bool,
                  make: fn(&Lines<'_>, &File, FileKey, u32) -> Option<String>| {
        let (view, dispatch) = (draw.view.clone(), draw.dispatch.clone());
        let onclick = move |_| {
            let line =
                with_lines(&view, |lines| make(lines, lines.scene.files.get(&key)?, key, bytes));
            if let Some(line) = line {
                dispatch.dispatch(Action::Append(line));
            }
        };
        html! { <button type="button" disabled={off} {title} {onclick}>{ text }</button> }
    };
    let far = with_lines(draw.view, |lines| lines.far_end(file)).is_some();
    let rect = Rect { x: rect.x - at.rect.x - 1.0, y: rect.y - at.rect.y - 1.0, ..rect };
    let is_writer = matches!(kind, FileKind::PipeWrite(_));
    let is_counter = matches!(kind, FileKind::Eventfd { .. });
    html! {
        <div class="controls" style={place(rect)}>
            if !is_writer {
                { button(if is_counter { "+ 1" } else { "+ data" }, "write to it", !far, |lines, file, _, _| {
                    let what = if matches!(file.new.kind, FileKind::Eventfd { .. }) { "1" } else { "\"hello\"" };
                    Some(lines.write(lines.far_end(file)?, what))
                }) }
            }
            { button(if is_counter { "read" } else { "drain" }, "read all that is there", bytes == 0, |lines, file, key, bytes| {
                let fd = if matches!(file.new.kind, FileKind::PipeWrite(_)) { lines.far_end(file)? } else { lines.fd_of(key)? };
                Some(lines.read(fd, bytes))
            }) }
            { button("close", "close the far end", !far, |lines, file, _, _| Some(lines.close(lines.far_end(file)?))) }
        </div>
    }
}
