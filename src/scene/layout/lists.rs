//! The lists of an epoll instance: `wq`, `rdllist`, a scan's `txlist`, `ovflist`, `poll_wait`.

use crate::kernel::ids::{EpitemKey, WaitEntryKey};
use crate::scene::{Eventpoll, Scene};

use super::{Metrics, Rect, TokenSpot, rows};

/// Which list of an instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ListKind {
    /// Tasks asleep in `epoll_wait`.
    Wq,
    /// The ready list.
    Rdllist,
    /// The private list of the scan under way.
    Txlist,
    /// What fired during the scan.
    Ovflist,
    /// Who watches this instance's own descriptor.
    PollWait,
}

impl ListKind {
    /// The field's name.
    pub fn name(self) -> &'static str {
        match self {
            ListKind::Wq => "wq",
            ListKind::Rdllist => "rdllist",
            ListKind::Txlist => "txlist",
            ListKind::Ovflist => "ovflist",
            ListKind::PollWait => "poll_wait",
        }
    }
}

/// A list's place.
#[derive(Clone, Debug, PartialEq)]
pub struct ListBox {
    /// Which.
    pub kind: ListKind,
    /// All of it, title included.
    pub rect: Rect,
    /// Where the list's head is drawn, if there is room.
    pub head: Option<Rect>,
    /// Where its members go.
    pub body: Rect,
    /// The members' places, first in line first, if they are wait-queue entries.
    pub entries: Vec<(WaitEntryKey, Rect)>,
    /// How many members there are.
    pub len: usize,
    /// How many of them are not drawn, and where that is said.
    pub more: Option<(usize, Rect)>,
}

/// Height of a lock's line.
const LOCK_H: f32 = 27.0;

/// A scan's list has room for two items side by side.
const SCAN_W: f32 = 116.0;

/// The lists of one instance, with the marks that stand on them.
pub(super) struct Lists {
    pub(super) boxes: Vec<ListBox>,
    pub(super) tokens: Vec<TokenSpot>,
    pub(super) overflow: Vec<TokenSpot>,
    pub(super) height: f32,
    /// Where the mutex and the spinlock are shown.
    pub(super) locks: Option<Rect>,
}

/// Places the lists from the top left of `area` down, `stretch` px further apart than needed. The
/// locks have their place in `bar` if there is one, below the lists otherwise.
pub(super) fn place(
    (scene, ep): (&Scene, &Eventpoll),
    m: &Metrics,
    (area, bar): (Rect, Option<Rect>),
    stretch: f32,
) -> Lists {
    let mut lists = Lists {
        boxes: Vec::new(),
        tokens: Vec::new(),
        overflow: Vec::new(),
        height: 0.0,
        locks: None,
    };
    let side_by_side = !m.is_full;
    let half = (area.w - m.list_gap) / 2.0;
    let left = |y| Rect::new(area.x, y, half, 0.0);
    let right = |y| Rect::new(area.x + half + m.list_gap, y, half, 0.0);
    let full = |y| Rect::new(area.x, y, area.w, 0.0);
    let gap = m.list_gap + stretch / if bar.is_some() { 2.0 } else { 3.0 };

    let mut y = area.y;
    if side_by_side {
        let a = waiting(scene, ep, m, ListKind::Wq, left(y), &mut lists);
        let b = members(ep, m, ListKind::Rdllist, right(y), &mut lists);
        y += a.max(b) + gap;
    } else {
        y += waiting(scene, ep, m, ListKind::Wq, full(y), &mut lists) + gap;
        y += members(ep, m, ListKind::Rdllist, full(y), &mut lists) + gap;
    }
    let third = (area.w - 2.0 * (SCAN_W + m.list_gap)).min(110.0);
    if let Some(bar) = bar.filter(|_| m.is_whole && third >= m.waiter_w.min(74.0)) {
        let scan = (area.w - third - 2.0 * m.list_gap) / 2.0;
        let column = |n: f32, w: f32| Rect::new(area.x + n * (scan + m.list_gap), y, w, 0.0);
        let a = members(ep, m, ListKind::Txlist, column(0.0, scan), &mut lists);
        let b = members(ep, m, ListKind::Ovflist, column(1.0, scan), &mut lists);
        let c = waiting(scene, ep, m, ListKind::PollWait, column(2.0, third), &mut lists);
        lists.locks = Some(bar);
        lists.height = y + a.max(b).max(c) - area.y;
        return lists;
    }
    let a = members(ep, m, ListKind::Txlist, left(y), &mut lists);
    let b = members(ep, m, ListKind::Ovflist, right(y), &mut lists);
    y += a.max(b);
    let is_watched = ep.ws.is_some()
        || scene.wait_queues.get(&ep.poll_wait).is_some_and(|q| !q.entries.is_empty());
    if m.is_whole || is_watched {
        y += gap;
        let tall = waiting(scene, ep, m, ListKind::PollWait, left(y), &mut lists);
        let place = right(y);
        // A line each: mutex, spinlock, and what an instance need not have.
        let held = 2 + usize::from(ep.ws.is_some()) + usize::from(ep.params != Default::default());
        let high = (m.list_title + m.token_h).max(held as f32 * LOCK_H);
        lists.locks = Some(Rect { h: high, ..place });
        y += tall.max(high);
    }
    lists.height = y - area.y;
    lists
}

/// A list of wait-queue entries.
fn waiting(
    scene: &Scene,
    ep: &Eventpoll,
    m: &Metrics,
    kind: ListKind,
    at: Rect,
    out: &mut Lists,
) -> f32 {
    let queue = if kind == ListKind::Wq { ep.wq } else { ep.poll_wait };
    let entries = scene.wait_queues.get(&queue).map(|q| q.entries.iter().map(|e| e.entry));
    let keys: Vec<WaitEntryKey> = entries.into_iter().flatten().collect();
    let (head, body) = body(m, at);
    let (places, height, more) = capped(body, keys.len(), m.waiter_w.min(body.w), m);
    let rect = Rect { h: m.list_title + height, ..at };
    let body = Rect { h: height, ..body };
    let len = keys.len();
    let entries = keys.into_iter().zip(places).collect();
    out.boxes.push(ListBox { kind, rect, head, body, entries, len, more });
    rect.h
}

/// A list of items.
fn members(ep: &Eventpoll, m: &Metrics, kind: ListKind, at: Rect, out: &mut Lists) -> f32 {
    let none = Default::default();
    let list = match kind {
        ListKind::Rdllist => &ep.rdllist,
        ListKind::Txlist => &ep.txlist,
        _ => ep.ovflist.as_ref().unwrap_or(&none),
    };
    let keys: Vec<EpitemKey> = list.iter().take(DRAWN).copied().collect();
    let (head, body) = if kind == ListKind::Rdllist { body(m, at) } else { plain_body(m, at) };
    let (places, height, more) = capped(body, list.len(), m.token_w.min(body.w), m);
    let rect = Rect { h: m.list_title + height, ..at };
    let spots =
        keys.iter().zip(places).map(|(&epi, rect)| TokenSpot { epi, rect, list: Some(kind) });
    if kind == ListKind::Ovflist { &mut out.overflow } else { &mut out.tokens }.extend(spots);
    let body = Rect { h: height, ..body };
    let (entries, len) = (Vec::new(), list.len());
    out.boxes.push(ListBox { kind, rect, head, body, entries, len, more });
    rect.h
}

/// The most members of a list that are drawn; of more, all are in a drawer.
const DRAWN: usize = 40;

/// Places for the members of a list as far as they are drawn, their height, and how many are left.
fn capped(body: Rect, len: usize, w: f32, m: &Metrics) -> (Vec<Rect>, f32, Option<(usize, Rect)>) {
    if len <= DRAWN {
        let (places, height) = rows(body, len, w, m.token_h, 8.0);
        return (places, height, None);
    }
    let (mut places, _) = rows(body, DRAWN, w, m.token_h, 8.0);
    // Three rows are enough to see what goes on at the front.
    let low = places[0].y + 2.5 * (m.token_h + 8.0);
    places.retain(|place| place.y < low);
    let last = places.pop().unwrap_or(body);
    let height = last.y + last.h - body.y;
    let left = len - places.len();
    (places, height, Some((left, last)))
}

/// The place of the head, if the list is wide enough for one, and that of the members.
fn body(m: &Metrics, at: Rect) -> (Option<Rect>, Rect) {
    let y = at.y + m.list_title;
    if at.w < 190.0 || !m.is_full {
        return plain_body(m, at);
    }
    let head = Rect::new(at.x, y, 48.0, m.token_h);
    (Some(head), Rect::new(at.x + 60.0, y, at.w - 60.0, 0.0))
}

fn plain_body(m: &Metrics, at: Rect) -> (Option<Rect>, Rect) {
    (None, Rect::new(at.x, at.y + m.list_title, at.w, 0.0))
}
