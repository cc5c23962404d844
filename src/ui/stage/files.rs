//! The open files' cards: what they hold, who waits on them, the controls of the far end.

use yew::prelude::*;

use super::{Draw, within};
use crate::kernel::ids::FileKey;
use crate::scene::arrows::Thing;
use crate::scene::explain::{kind_text, time_text};
use crate::scene::layout::{FileBox, Fixed, put_in_order, wait_queue};
use crate::scene::{File, Scene};
use crate::trace::event::{FileKind, TcpState, Waiter};
use crate::ui::el::el;
use crate::ui::hands::{controls, handle};

/// The cards.
pub(super) fn draw(draw: &Draw<'_>) -> Html {
    let cards = draw.stage.files.iter().filter_map(|at| {
        let file = draw.view.scene.files.get(&at.file)?;
        Some(card(draw, at, file))
    });
    el("div", &["layer"]).children(cards.collect()).html()
}

fn card(draw: &Draw<'_>, at: &FileBox, file: &File) -> Html {
    let scene = &draw.view.scene;
    let fds = descriptors(scene, at.file);
    let session = draw.view.session();
    let name = fds.first().and_then(|fd| session.name_of(*fd)).unwrap_or_default();
    let numbers: Vec<String> = fds.iter().map(ToString::to_string).collect();
    let head =
        if fds.is_empty() { "no fd".to_owned() } else { format!("fd {}", numbers.join(", ")) };
    let holds = holds(scene, file, draw.stage.metrics.is_full);
    let listed = |epi| scene.eventpolls.values().any(|ep| ep.rdllist.contains(epi));
    let ready = if file.f_ep.iter().any(listed) { "ready" } else { "" };
    let kind = kind_text(file.new.kind);
    let title = format!("{kind}, {} references, struct file at {:#x}", file.count, file.new.addr);
    let top = el("div", &["top"])
        .child(el("b", &[]).text(&head).html())
        .child(el("code", &[]).text(name).html())
        .child(el("span", &["kind"]).text(&kind).html())
        .child(handle(draw, Thing::File(at.file), &head));
    let level = el("u", &[]).set("style", format!("transform:scaleX({})", Fixed(holds.part)));
    let bar = el("div", &["bufbar"]).at(within(at.bar, at.rect)).child(level.html());
    let parts = vec![
        top.html(),
        el("div", &["holds"]).text(&holds.text).html(),
        bar.html(),
        queue(draw, at, file),
        at.controls.map_or_else(Html::default, |rect| {
            controls(draw, at.file, |row| row.at(within(rect, at.rect)))
        }),
    ];
    el("div", &["file", ready, draw.hot(Thing::File(at.file))])
        .key(at.file.as_number())
        .at(at.rect)
        .set("title", title)
        .children(parts)
        .html()
}

/// The descriptors that stand for a file; one number may do so in several processes.
fn descriptors(scene: &Scene, file: FileKey) -> Vec<i32> {
    let all = scene.processes.values().flat_map(|p| p.fds.iter());
    let mut fds: Vec<i32> = all.filter(|(_, f)| **f == file).map(|(fd, _)| *fd).collect();
    put_in_order(&mut fds, |fd| *fd);
    fds.dedup();
    fds
}

/// What a file holds, in words and as a part of what it could hold.
#[derive(Default)]
struct Holds {
    text: String,
    part: f32,
}

fn holds(scene: &Scene, file: &File, is_full: bool) -> Holds {
    // The root makes a few bytes visible in a large buffer.
    let part = |bytes: f32, room: f32| (bytes / room).clamp(0.0, 1.0).sqrt();
    let (mut text, bytes, room) = match file.new.kind {
        FileKind::Eventfd { .. } => {
            let count = file.eventfd_count;
            return Holds { text: format!("counter {count}"), part: part(count as f32, 16.0) };
        }
        FileKind::Timerfd { .. } => {
            let ticks = file.timerfd.ticks;
            let part = part(ticks as f32, 16.0);
            let mut text = format!("ticks {ticks}");
            if let Some(expires_ns) = file.timerfd.expires_ns {
                text += &format!(" · fires at {}", time_text(expires_ns));
            }
            return Holds { text, part };
        }
        FileKind::PipeRead(pipe) | FileKind::PipeWrite(pipe) => {
            let Some(pipe) = scene.pipes.get(&pipe) else { return Holds::default() };
            let bytes = pipe.slots.iter().map(|s| s.bytes).sum::<u32>();
            let is_reader = matches!(file.new.kind, FileKind::PipeRead(_));
            let mut text = format!("{bytes} B · {}/16 slots", pipe.slots.len());
            match (is_reader, pipe.readers, pipe.writers) {
                (true, _, 0) => text += " · no writer",
                (false, 0, _) => text += " · no reader",
                _ => {}
            }
            (text, bytes, 65536.0)
        }
        FileKind::UnixStream(sock) | FileKind::Tcp(sock) | FileKind::Dgram(sock) => {
            let is_unix = matches!(file.new.kind, FileKind::UnixStream(_));
            let Some(sock) = scene.socks.get(&sock) else { return Holds::default() };
            let bytes = sock.receive_queue.iter().map(|b| b.bytes).sum::<u32>();
            if sock.state == TcpState::Listen {
                let waiting = sock.accept_queue.len();
                let text = format!("port {} · {waiting} to accept", sock.port.unwrap_or_default());
                return Holds { text, part: part(waiting as f32, 8.0) };
            }
            let mut text = format!("recv {bytes} B");
            if sock.wmem_alloc > 0 && is_full {
                text += &format!(" · sent {}", sock.wmem_alloc);
            }
            if sock.state != TcpState::Established && !is_unix {
                text = format!("{} · {text}", sock.state.name());
            }
            text += match (sock.peer, sock.shutdown_receive, sock.shutdown_send) {
                (None, ..) if !is_unix => "",
                (None, ..) | (_, true, true) => " · peer hung up",
                (_, true, false) => " · receive shut",
                (_, false, true) => " · send shut",
                _ => "",
            };
            (text, bytes, 4096.0)
        }
        FileKind::Signalfd { mask } => {
            return Holds { text: format!("for {mask}"), ..Holds::default() };
        }
        FileKind::Null | FileKind::Path(_) | FileKind::Eventpoll(_) => return Holds::default(),
    };
    text.shrink_to_fit();
    Holds { text, part: part(bytes as f32, room) }
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
        let names = &draw.view.names;
        let star = if entry.exclusive { "★ " } else { "" };
        let (text, title) = match entry.waiter {
            Waiter::Epitem(epi) => {
                let item = names.item(epi)?;
                let ep = names.ep_fd(item.ep);
                let func = if rect.w > 168.0 { "ep_poll_callback" } else { "callback" };
                let owner = format!("the item for fd {} in the epoll instance fd {ep}", item.fd);
                (format!("{func} → ep {ep}"), format!("eppoll_entry of {owner}"))
            }
            Waiter::Poll { task, .. } => {
                let task = names.task(task);
                (format!("pollwake → {task}"), format!("poll_table_entry of {task}"))
            }
            Waiter::EpollWait(task) | Waiter::Task(task) | Waiter::Receiver(task) => {
                let task = names.task(task);
                (format!("{task} sleeps"), format!("wait_queue_entry of {task}"))
            }
        };
        let title = format!("{star}{title}");
        let mark = el("span", &["entry", draw.hot(Thing::Entry(*key))]).key(key.as_number());
        let mark = mark.at(within(*rect, at.rect)).set("title", title);
        Some(mark.text(&format!("{star}{text}")).html())
    });
    let entries = entries.collect();
    let metrics = &draw.stage.metrics;
    let top = |y: f32| format!("top:{}px", Fixed(y));
    let below_bar = at.bar.y + at.bar.h - at.rect.y + 6.0;
    let mut parts = vec![el("div", &["entries"]).children(entries).html()];
    if metrics.entry_title > 0.0 && at.controls.is_some() {
        let text = if at.entries.is_empty() { "wait queue: empty" } else { "wait queue" };
        parts.push(el("span", &["queue-title"]).set("style", top(below_bar)).text(text).html());
    }
    if let (1.., Some((_, last))) = (at.more, at.entries.last()) {
        let more = el("span", &["more"]).set("style", top(last.y - at.rect.y));
        parts.push(more.text(&format!("+ {}", at.more)).html());
    }
    el("div", &["queue"]).children(parts).html()
}
