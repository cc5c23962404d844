//! The lower floor: a card an open file, with its wait queue.

use std::rc::Rc;

use crate::kernel::ids::{FileKey, WaitQueueKey};
use crate::scene::{File, Scene};
use crate::trace::event::FileKind;

use super::tasks::card_width;
use super::{FileBox, Metrics, Rect, StageLayout, Wire, rows};

/// More files than this stand on a shelf that scrolls.
const SHELF_FROM: usize = 95;
/// So many rows of it are in sight.
const SHELF_ROWS: usize = 3;

/// Where many files stand: cards of one size in rows, of which some are in sight.
#[derive(Clone, Debug, PartialEq)]
pub struct Shelf {
    /// What is in sight of it.
    pub rect: Rect,
    /// How high all rows are.
    pub content_h: f32,
    /// How far it is scrolled.
    pub top: f32,
    /// All files on it, in order.
    pub files: Rc<[FileKey]>,
    card: (f32, f32),
    gap: f32,
    columns: usize,
    /// Rows that are made beyond those in sight.
    spare: usize,
}

impl Shelf {
    fn new(
        files: Rc<[FileKey]>,
        area: Rect,
        (w, h, gap): (f32, f32, f32),
        (top, spare): (f32, usize),
    ) -> Shelf {
        let columns = (((area.w + gap) / (w + gap)).floor() as usize).max(1);
        let content_h = files.len().div_ceil(columns) as f32 * (h + gap) - gap;
        let seen = SHELF_ROWS as f32 * (h + gap) - gap;
        let rect = Rect { h: seen.min(content_h), ..area };
        let top = top.clamp(0.0, (content_h - rect.h).max(0.0));
        Shelf { rect, content_h, top, files, card: (w, h), gap, columns, spare }
    }

    /// The files that are made, by number.
    pub fn in_sight(&self) -> std::ops::Range<usize> {
        let pitch = self.card.1 + self.gap;
        let first = ((self.top / pitch) as usize).saturating_sub(self.spare);
        let last = ((self.top + self.rect.h) / pitch) as usize + 1 + self.spare;
        let end = (last * self.columns).min(self.files.len());
        (first * self.columns).min(end)..end
    }

    /// The files of which something can be seen, by number, counted from 1.
    pub fn seen(&self) -> (usize, usize) {
        let pitch = self.card.1 + self.gap;
        let first = ((self.top + self.card.1 / 2.0) / pitch) as usize * self.columns;
        let last = ((self.top + self.rect.h - self.card.1 / 2.0) / pitch) as usize + 1;
        (first + 1, (last * self.columns).min(self.files.len()))
    }

    /// The place of a card on the stage, by its number.
    fn place(&self, n: usize) -> Rect {
        let (row, column) = ((n / self.columns) as f32, (n % self.columns) as f32);
        let (w, h) = self.card;
        let y = self.rect.y - self.top + row * (h + self.gap);
        Rect::new(self.rect.x + column * (w + self.gap), y, w, h)
    }

    /// The place of a file's card; of one that is out of sight, the edge towards it.
    pub fn card(&self, file: FileKey) -> Option<Rect> {
        let at = self.place(self.files.binary_search(&file).ok()?);
        let (from, to) = (self.rect.y, self.rect.y + self.rect.h);
        let (y, end) = (at.y.clamp(from, to), (at.y + at.h).clamp(from, to));
        Some(Rect { y, h: end - y, ..at })
    }

    /// How far it must be scrolled for a file to be in sight; none if it is, or stands elsewhere.
    pub fn to_show(&self, file: FileKey) -> Option<f32> {
        let at = self.place(self.files.binary_search(&file).ok()?);
        let y = at.y - self.rect.y;
        let is_seen = y >= 0.0 && y + at.h <= self.rect.h + 0.5;
        let row = (self.top + y - (self.card.1 + self.gap)).max(0.0);
        (!is_seen).then_some(row.min((self.content_h - self.rect.h).max(0.0)))
    }
}

/// The files that get a card, in order.
pub(super) fn shown(scene: &Scene) -> Rc<[FileKey]> {
    let mut out = Vec::with_capacity(scene.files.len());
    out.extend(scene.files.iter().filter(|(_, f)| is_shown(f)).map(|(key, _)| *key));
    if out.len() <= SHELF_FROM {
        // The kernel makes the write end of a pipe first, and gives the read end the lower number.
        let kind = |key: FileKey| scene.files.get(&key).map(|file| file.new.kind);
        for at in 1..out.len() {
            let ends = (kind(out[at - 1]), kind(out[at]));
            if let (Some(FileKind::PipeWrite(a)), Some(FileKind::PipeRead(b))) = ends
                && a == b
            {
                out.swap(at - 1, at);
            }
        }
    }
    out.into()
}

/// Places the cards; returns the floor.
pub(super) fn place(
    (scene, shown): (&Scene, &Rc<[FileKey]>),
    m: &Metrics,
    (at, shelf): (Rect, (f32, usize)),
    stage: &mut StageLayout,
) -> (Rect, Option<Wire>) {
    let many = shown.len() > m.files_many;
    let is_crowd = shown.len() > SHELF_FROM;
    let area =
        Rect::new(at.x + m.pad + m.side, at.y + m.pad + m.title, at.w - 2.0 * m.pad - m.side, 0.0);
    let least = if many { m.file_w * 0.66 } else { m.file_w };
    // The shelf's scroll bar has its place beside the cards.
    let room = if is_crowd { area.w - 16.0 } else { area.w };
    let w = card_width(room, shown.len(), least, m.file_w_max, m.pad);
    let inner = w - 20.0;

    let most = if many { 1 } else { m.entries_max };
    let deepest = if many {
        most
    } else {
        shown.iter().map(|key| queue_len(scene, &scene.files[key])).max().unwrap_or(0)
    };
    let entry_rows = deepest.clamp(1, most);
    let controls = if many || m.controls_h == 0.0 { 0.0 } else { m.controls_h + 8.0 };
    let entries_y = 8.0 + m.file_head + m.picture_h + 6.0 + if many { 0.0 } else { m.entry_title };
    let h = entries_y + entry_rows as f32 * (m.entry_h + 3.0) + controls + 6.0;

    let (places, height) = if is_crowd {
        let shelf = Shelf::new(Rc::clone(shown), Rect { w: room, ..area }, (w, h, m.pad), shelf);
        let places = shelf.in_sight().map(|n| shelf.place(n)).collect();
        let height = shelf.rect.h;
        stage.shelf = Some(shelf);
        (places, height)
    } else {
        rows(area, shown.len(), w, h, m.pad)
    };
    let first = stage.shelf.as_ref().map_or(0, |shelf| shelf.in_sight().start);
    let out = &mut stage.files;
    for (&file, rect) in shown.iter().skip(first).zip(places) {
        let state = &scene.files[&file];
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
    let name_w = if at.w < 420.0 { 40.0 } else { 80.0 };
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
