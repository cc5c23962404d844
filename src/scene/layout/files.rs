//! The lower floor: a card an open file, with its wait queue.

use crate::kernel::ids::{FileKey, WaitQueueKey};
use crate::scene::{File, Scene};
use crate::trace::event::FileKind;

use super::tasks::card_width;
use super::{FileBox, Metrics, Rect, Wire, rows};

/// Places the cards; returns the floor.
pub(super) fn place(
    scene: &Scene,
    m: &Metrics,
    at: Rect,
    out: &mut Vec<FileBox>,
) -> (Rect, Option<Wire>) {
    let shown: Vec<(FileKey, &File)> =
        scene.files.iter().filter(|(_, f)| is_shown(f)).map(|(k, f)| (*k, &**f)).collect();
    let many = shown.len() > m.files_many;
    let area =
        Rect::new(at.x + m.pad + m.side, at.y + m.pad + m.title, at.w - 2.0 * m.pad - m.side, 0.0);
    let least = if many { m.file_w * 0.66 } else { m.file_w };
    let w = card_width(area.w, shown.len(), least, m.file_w_max, m.pad);
    let inner = w - 20.0;

    let most = if many { 1 } else { m.entries_max };
    let deepest = shown.iter().map(|(_, f)| queue_len(scene, f)).max().unwrap_or(0);
    let entry_rows = deepest.clamp(1, most);
    let controls = if many || m.controls_h == 0.0 { 0.0 } else { m.controls_h + 8.0 };
    let entries_y = 8.0 + m.file_head + m.picture_h + 6.0 + if many { 0.0 } else { m.entry_title };
    let h = entries_y + entry_rows as f32 * (m.entry_h + 3.0) + controls + 6.0;

    let (places, height) = rows(area, shown.len(), w, h, m.pad);
    for ((file, state), rect) in shown.into_iter().zip(places) {
        let (entries, more) = entries(scene, state, rect, entries_y, most, inner, m);
        let y = rect.y + 8.0 + m.file_head;
        let picture = Rect::new(rect.x + 10.0, y, inner, m.picture_h);
        let controls = (controls > 0.0).then(|| {
            let y = rect.y + rect.h - m.controls_h - 8.0;
            Rect::new(rect.x + 10.0, y, inner, m.controls_h)
        });
        out.push(FileBox { file, rect, picture, entries, more, controls });
    }
    let mut height = if out.is_empty() { 28.0 } else { height };
    let wire = wire(scene, m, Rect { y: area.y + height + 8.0, ..area });
    height += wire.as_ref().map_or(0.0, |wire| wire.rect.h + 8.0);
    let floor = Rect::new(at.x, at.y, at.w, m.title + height + 2.0 * m.pad);
    (floor, wire)
}

/// The wire between connections, with the segments on their way in the order of sending. It is
/// there as long as a TCP socket is, so that nothing moves when a segment is sent.
fn wire(scene: &Scene, m: &Metrics, at: Rect) -> Option<Wire> {
    let is_tcp = |file: &File| matches!(file.new.kind, FileKind::Tcp(_));
    if scene.segments.is_empty() && !scene.files.values().any(|file| is_tcp(file)) {
        return None;
    }
    let name_w = if at.w < 420.0 { 40.0 } else { 64.0 };
    let area = Rect { x: at.x + name_w, w: at.w - name_w, ..at };
    let (mut places, _) = rows(area, scene.segments.len(), m.segment_w, m.wire_h, 6.0);
    places.retain(|place| place.y == area.y);
    if places.len() < scene.segments.len() {
        places.pop();
    }
    let more = scene.segments.len() - places.len();
    let segments = scene.segments.keys().copied().zip(places).collect();
    Some(Wire { rect: Rect { h: m.wire_h, ..at }, segments, more })
}

/// Instances have their own panel, and what has no poll operation is not worth a card.
fn is_shown(file: &File) -> bool {
    !matches!(file.new.kind, FileKind::Null | FileKind::Path(_) | FileKind::Eventpoll(_))
}

fn queue_len(scene: &Scene, file: &File) -> usize {
    let queue = wait_queue(scene, file).and_then(|q| scene.wait_queues.get(&q));
    queue.map_or(0, |q| q.entries.len())
}

/// The queue on which this file announces what happens to it.
pub fn wait_queue(scene: &Scene, file: &File) -> Option<WaitQueueKey> {
    match file.new.kind {
        FileKind::Eventfd { wqh, .. } | FileKind::Timerfd { wqh } => Some(wqh),
        FileKind::PipeRead(pipe) => scene.pipes.get(&pipe).map(|p| p.rd_wait),
        FileKind::PipeWrite(pipe) => scene.pipes.get(&pipe).map(|p| p.wr_wait),
        FileKind::UnixStream(sock) | FileKind::Tcp(sock) | FileKind::Dgram(sock) => {
            scene.socks.get(&sock).map(|s| s.wq)
        }
        FileKind::Eventpoll(ep) => scene.eventpolls.get(&ep).map(|e| e.poll_wait),
        // All signalfds of a process share one: that of the first process that has the file open.
        FileKind::Signalfd { .. } => {
            let mut processes = scene.processes.values();
            let opener = processes.find(|p| p.fds.values().any(|open| *open == file.new.file))?;
            opener.signalfd_wqh
        }
        FileKind::Null | FileKind::Path(_) => None,
    }
}

fn entries(
    scene: &Scene,
    file: &File,
    card: Rect,
    y: f32,
    most: usize,
    inner: f32,
    m: &Metrics,
) -> (Vec<(crate::kernel::ids::WaitEntryKey, Rect)>, usize) {
    let Some(queue) = wait_queue(scene, file).and_then(|q| scene.wait_queues.get(&q)) else {
        return (Vec::new(), 0);
    };
    let more = queue.entries.len().saturating_sub(most);
    let more_w = if more > 0 { 44.0 } else { 0.0 };
    let place = |(i, entry): (usize, &crate::scene::WaitEntry)| {
        let w = if i + 1 == most { inner - more_w } else { inner };
        let y = card.y + y + i as f32 * (m.entry_h + 3.0);
        (entry.entry, Rect::new(card.x + 10.0, y, w.min(210.0), m.entry_h))
    };
    (queue.entries.iter().take(most).enumerate().map(place).collect(), more)
}
