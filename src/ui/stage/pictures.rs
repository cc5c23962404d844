//! What a file holds, as a small picture, and in words beside it.

use yew::prelude::*;

use super::say::moment;
use crate::kernel::abi::signal_name;
use crate::scene::layout::Fixed;
use crate::scene::{File, Pipe, Scene, Sock};
use crate::tr;
use crate::trace::event::{FileKind, TcpState};
use crate::ui::el::{el, join};
use crate::ui::state::State;

/// Bytes of a page, which is what a slot of a pipe holds.
const PAGE: f32 = 4096.0;
/// More marks of one kind than this are a number.
const MARKS: usize = 12;

/// A part of a whole in percent. The root makes a few bytes visible in a large buffer.
fn percent(part: f32, whole: f32) -> f32 {
    (part / whole.max(1.0)).clamp(0.0, 1.0).sqrt() * 100.0
}

fn received(sock: &Sock) -> u32 {
    sock.receive_queue.iter().map(|skb| skb.bytes).sum()
}

/// What a file holds, in words.
pub(super) fn holds(view: &State, file: &File, is_full: bool) -> String {
    let scene = &view.scene;
    let mut parts = Vec::new();
    match file.new.kind {
        FileKind::Eventfd { .. } => {
            parts.push(tr!("stage-counter", n = file.eventfd_count.to_string()));
        }
        FileKind::Timerfd { .. } => timerfd_words(scene, file, &mut parts),
        FileKind::PipeRead(pipe) | FileKind::PipeWrite(pipe) => {
            let Some(pipe) = scene.pipes.get(&pipe) else { return String::new() };
            let bytes = pipe.slots.iter().map(|s| s.bytes).sum::<u32>();
            let (n, of) = (pipe.slots.len(), pipe.max_usage);
            parts.push(tr!("stage-pipe", bytes = bytes.to_string(), n = n, of = of));
            match (file.new.kind, pipe.readers, pipe.writers) {
                (FileKind::PipeRead(_), _, 0) => parts.push(tr!("stage-no-writer")),
                (FileKind::PipeWrite(_), 0, _) => parts.push(tr!("stage-no-reader")),
                _ => {}
            }
        }
        FileKind::UnixStream(sock) | FileKind::Tcp(sock) | FileKind::Dgram(sock) => {
            if let Some(sock) = scene.socks.get(&sock) {
                sock_words(file.new.kind, sock, is_full, &mut parts);
            }
        }
        FileKind::Signalfd { mask } => {
            let waiting = pending(view, file);
            if !waiting.is_empty() {
                let names: Vec<String> = waiting.into_iter().map(signal_name).collect();
                parts.push(tr!("stage-pending", signals = names.join(", ")));
            }
            parts.push(tr!("stage-signals", mask = mask.to_string()));
        }
        FileKind::Null | FileKind::Path(_) | FileKind::Eventpoll(_) => {}
    }
    parts.join(" · ")
}

fn timerfd_words(scene: &Scene, file: &File, parts: &mut Vec<String>) {
    let timer = &file.timerfd;
    parts.push(tr!("stage-ticks", n = timer.ticks.to_string()));
    match timer.expires_ns {
        Some(at) => {
            let left = at.saturating_sub(scene.now_ns);
            parts.push(tr!("stage-fires", at = moment(at), left = moment(left)));
        }
        None => parts.push(tr!("stage-stands-still")),
    }
    if timer.interval_ns > 0 {
        parts.push(tr!("stage-every", interval = moment(timer.interval_ns)));
    }
}

fn sock_words(kind: FileKind, sock: &Sock, is_full: bool, parts: &mut Vec<String>) {
    let is_unix = matches!(kind, FileKind::UnixStream(_));
    if sock.state == TcpState::Listen {
        let port = sock.port.map(|port| port.to_string()).unwrap_or_default();
        parts.push(tr!("stage-listens", port = port, n = sock.accept_queue.len()));
        return;
    }
    if sock.state != TcpState::Established && !is_unix && !matches!(kind, FileKind::Dgram(_)) {
        parts.push(sock.state.name().to_owned());
    }
    let bytes = received(sock).to_string();
    parts.push(tr!("stage-recv", bytes = bytes));
    if let Some(byte) = sock.urgent {
        parts.push(tr!("stage-urgent", byte = char::from(byte).to_string()));
    }
    if sock.wmem_alloc > 0 && is_full {
        let (used, room) = (sock.wmem_alloc.to_string(), sock.sndbuf.to_string());
        parts.push(tr!("stage-sent", used = used, room = room));
    }
    if !sock.backlog.is_empty() {
        parts.push(tr!("stage-backlog", n = sock.backlog.len()));
    }
    match (sock.peer, sock.shutdown_receive, sock.shutdown_send) {
        (None, ..) if !is_unix => {}
        (None, ..) | (_, true, true) => parts.push(tr!("stage-peer-gone")),
        (_, true, false) => parts.push(tr!("stage-receive-shut")),
        (_, false, true) => parts.push(tr!("stage-send-shut")),
        _ => {}
    }
    if let Some(errno) = sock.error {
        parts.push(format!("sk_err {errno}"));
    }
}

/// Signals of a signalfd's mask that wait for somebody who has it open.
fn pending(view: &State, file: &File) -> Vec<i32> {
    let FileKind::Signalfd { mask } = file.new.kind else { return Vec::new() };
    let scene = &view.scene;
    let has_it = |process| {
        let process = scene.processes.get(process);
        process.is_some_and(|p| p.fds.values().any(|open| *open == file.new.file))
    };
    let mut out: Vec<i32> = Vec::new();
    for task in scene.tasks.values().filter(|task| has_it(&task.process)) {
        for sig in task.pending.keys().filter(|sig| mask.contains(**sig)) {
            if !out.contains(sig) {
                out.push(*sig);
            }
        }
    }
    out
}

/// What a file holds, drawn.
pub(super) fn picture(view: &State, file: &File) -> Html {
    let scene = &view.scene;
    match file.new.kind {
        FileKind::Eventfd { semaphore, .. } => counter(file.eventfd_count, semaphore),
        FileKind::Timerfd { .. } => clock(scene, file),
        FileKind::PipeRead(pipe) | FileKind::PipeWrite(pipe) => {
            scene.pipes.get(&pipe).map(|pipe| ring(pipe)).unwrap_or_default()
        }
        FileKind::UnixStream(sock) | FileKind::Tcp(sock) | FileKind::Dgram(sock) => {
            let key = sock;
            let Some(sock) = scene.socks.get(&sock) else { return Html::default() };
            if sock.state == TcpState::Listen { listener(view, key, sock) } else { buffers(sock) }
        }
        FileKind::Signalfd { mask } => {
            let waiting = pending(view, file);
            let chip = |sig: i32| {
                let on = if waiting.contains(&sig) { "on" } else { "" };
                let name = signal_name(sig);
                el("i", &["sig", on]).text(name.trim_start_matches("SIG")).html()
            };
            let all = (1..=64).filter(|sig| mask.contains(*sig)).map(chip).collect();
            el("div", &["row", "sigs"]).children(all).html()
        }
        FileKind::Null | FileKind::Path(_) | FileKind::Eventpoll(_) => Html::default(),
    }
}

/// An eventfd: a mark for each 1, as far as they can be counted at a glance.
fn counter(count: u64, semaphore: bool) -> Html {
    let marks = usize::try_from(count).unwrap_or(usize::MAX).min(MARKS);
    let kind = if semaphore { "one" } else { "" };
    let pip = |_| el("i", &["pip", kind]).html();
    let mut all: Vec<Html> = vec![el("b", &["count"]).text(&count.to_string()).html()];
    all.extend((0..marks).map(pip));
    if count > MARKS as u64 {
        all.push(el("small", &[]).text("…").html());
    }
    el("div", &["row", "counter"]).children(all).html()
}

/// A timerfd: the virtual clock on its way to the next expiry, and the ticks that nobody read.
fn clock(scene: &Scene, file: &File) -> Html {
    let timer = &file.timerfd;
    let start = match (timer.expires_ns, timer.interval_ns) {
        (Some(at), 1..) => at.saturating_sub(timer.interval_ns).min(scene.now_ns),
        _ => 0,
    };
    let part = timer.expires_ns.map(|at| {
        let whole = at.saturating_sub(start).max(1) as f32;
        (scene.now_ns.saturating_sub(start) as f32 / whole).clamp(0.0, 1.0) * 100.0
    });
    let line = match part {
        Some(part) => el("div", &["line"])
            .child(el("u", &[]).set("style", format!("width:{}%", Fixed(part))).html())
            .child(el("i", &["now"]).set("style", format!("left:{}%", Fixed(part))).html())
            .child(el("i", &["flag"]).html()),
        None => el("div", &["line", "off"]),
    };
    let marks = usize::try_from(timer.ticks).unwrap_or(usize::MAX).min(MARKS);
    let ticks = (0..marks).map(|_| el("i", &["pip"]).html()).collect();
    el("div", &["timer-pic"])
        .child(line.html())
        .child(el("div", &["row"]).children(ticks).html())
        .html()
}

/// A pipe: its ring of pages, each filled as far as it is.
fn ring(pipe: &Pipe) -> Html {
    let slots = pipe.max_usage as usize;
    let shown = slots.min(32);
    let cell = |n: usize| {
        let slot = pipe.slots.get(n);
        let part = slot.map_or(0.0, |slot| percent(slot.bytes as f32, PAGE));
        let packet = slot.is_some_and(|slot| slot.packet);
        let title = slot.map(|slot| format!("{} B", slot.bytes)).unwrap_or_default();
        let fill = el("u", &[]).set("style", format!("height:{}%", Fixed(part)));
        el("i", &["page", if packet { "packet" } else { "" }])
            .set("title", title)
            .child(fill.html())
            .html()
    };
    let mut cells: Vec<Html> = (0..shown).map(cell).collect();
    if slots > shown {
        cells.push(el("small", &[]).text(&format!("+{}", slots - shown)).html());
    }
    el("div", &["row", "ring"]).children(cells).html()
}

/// A connection: the receive queue buffer by buffer, and what is charged for what it sent.
fn buffers(sock: &Sock) -> Html {
    let bytes = received(sock);
    let all = percent(bytes as f32, 4.0 * PAGE);
    let shown = sock.receive_queue.iter().take(MARKS * 2);
    let skb = |skb: &crate::scene::Skb| {
        el("u", &[]).set("style", format!("flex-grow:{}", skb.bytes.max(1))).html()
    };
    let queue = el("span", &["fill"])
        .set("style", format!("width:{}%", Fixed(all)))
        .children(shown.map(skb).collect());
    let mut receive = vec![queue.html()];
    if sock.urgent.is_some() {
        receive.push(el("b", &["urg"]).text("!").html());
    }
    let late = sock.backlog.iter().take(MARKS).map(|_| el("b", &["late"]).html());
    receive.extend(late);
    let used = percent(sock.wmem_alloc as f32, sock.sndbuf as f32);
    let sent = el("span", &["fill"])
        .set("style", format!("width:{}%", Fixed(used)))
        .child(el("u", &[]).html());
    let meter = |name: &str, shut: bool, inside: Vec<Html>| {
        let class = join(&["meter", if shut { "shut" } else { "" }]);
        let bar = el("div", &[&class]).children(inside).html();
        el("div", &["row"]).child(el("small", &[]).text(name).html()).child(bar).html()
    };
    el("div", &["buffers"])
        .child(meter("recv", sock.shutdown_receive, receive))
        .child(meter("send", sock.shutdown_send, vec![sent.html()]))
        .html()
}

/// A listener: connections in `SYN-RECEIVED`, and those that wait to be accepted.
fn listener(view: &State, key: crate::kernel::ids::SockKey, sock: &Sock) -> Html {
    let half = view.scene.socks.values().filter(|child| child.parent == Some(key)).count();
    let chips = |class: &'static str, n: usize| {
        let mut all: Vec<Html> =
            (0..n.min(MARKS)).map(|_| el("i", &["conn", class]).html()).collect();
        if n == 0 {
            all.push(el("small", &["none"]).text("0").html());
        } else if n > MARKS {
            all.push(el("small", &[]).text(&format!("+{}", n - MARKS)).html());
        }
        all
    };
    let row = |name: &str, class: &'static str, n: usize| {
        el("div", &["row"])
            .child(el("small", &[]).text(name).html())
            .children(chips(class, n))
            .html()
    };
    el("div", &["buffers", "listener"])
        .child(row("SYN", "half", half))
        .child(row("accept", "", sock.accept_queue.len()))
        .html()
}
