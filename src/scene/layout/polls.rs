//! Calls of `poll` and `select` under way: the table of entries that each builds and tears down, and
//! what it looks at. A panel a call, on the middle floor.

use crate::kernel::abi::Fd;
use crate::kernel::ids::{TaskKey, WaitEntryKey};
use crate::kernel::select::{ENTRIES_PER_PAGE, N_INLINE_POLL_ENTRIES};
use crate::kernel::syscall::Syscall;
use crate::scene::{PollCall, Scene, poll_fds};
use crate::trace::event::PollKind;

use super::{Metrics, Rect, rows};

/// Rows of cells that a page of entries, or the descriptors of a `poll`, may take.
const ROWS_MAX: usize = 4;
const GAP: f32 = 4.0;
/// Width of what a row is called.
const NAME_W: f32 = 58.0;
/// Height of a row of bits.
const BIT_H: f32 = 15.0;

/// A `poll` or `select` under way.
#[derive(Clone, Debug, PartialEq)]
pub struct PollPanel {
    /// Whose call it is.
    pub task: TaskKey,
    /// All of it.
    pub rect: Rect,
    /// Where its flags stand.
    pub flags: Rect,
    /// The entries: those on the stack, then the pages.
    pub groups: Vec<PollGroup>,
    /// The `struct pollfd` of a `poll`, in scan order, as far as they are drawn.
    pub fds: Vec<Rect>,
    /// How many more there are.
    pub fds_more: usize,
    /// The bitmaps of a `select`.
    pub bits: Option<Bits>,
}

/// Entries that were allocated in one piece.
#[derive(Clone, Debug, PartialEq)]
pub struct PollGroup {
    /// Cells and name.
    pub rect: Rect,
    /// How many entries have room.
    pub capacity: usize,
    /// How many there are.
    pub used: usize,
    /// The entries.
    pub cells: Vec<(WaitEntryKey, Rect)>,
    /// Cells that are empty.
    pub empty: Vec<Rect>,
}

/// Where the six bitmaps stand: a row each, a column a descriptor.
#[derive(Clone, Debug, PartialEq)]
pub struct Bits {
    /// All of it, with the numbers above.
    pub rect: Rect,
    /// The descriptors that have a column, and where it begins.
    pub columns: Vec<(Fd, f32)>,
    /// A column's width.
    pub w: f32,
    /// A row's height.
    pub h: f32,
    /// Descriptors that are asked about and have no column.
    pub more: usize,
}

/// Places the panels of all calls below `at`, which has no height; returns what they take.
pub(super) fn place_all(scene: &Scene, m: &Metrics, at: Rect, out: &mut Vec<PollPanel>) -> f32 {
    let calls: Vec<_> = scene
        .tasks
        .iter()
        .filter_map(|(task, t)| Some((*task, t.poll.as_ref()?, t.call.as_ref()?)))
        .collect();
    let least = 320.0;
    let fit = (((at.w + m.gap) / (least + m.gap)).floor() as usize).clamp(1, calls.len().max(1));
    let gap = m.gap.max(4.0);
    let w = (at.w - (fit - 1) as f32 * gap) / fit as f32;
    let mut y = at.y;
    for line in calls.chunks(fit) {
        let first = out.len();
        for (n, &(task, poll, call)) in line.iter().enumerate() {
            let place = Rect::new(at.x + n as f32 * (w + gap), y, w, 0.0);
            out.push(one(task, poll, call, m, place));
        }
        let h = out[first..].iter().map(|panel| panel.rect.h).fold(0.0, f32::max);
        out[first..].iter_mut().for_each(|panel| panel.rect.h = h);
        y += h + gap;
    }
    (y - at.y - if calls.is_empty() { 0.0 } else { gap }).max(0.0)
}

fn one(task: TaskKey, poll: &PollCall, call: &Syscall, m: &Metrics, at: Rect) -> PollPanel {
    let inner = Rect::new(at.x + m.pad, at.y, at.w - 2.0 * m.pad, 0.0);
    let title = m.title.max(20.0);
    let flags = Rect { y: at.y + title, h: m.cell_h, ..inner };
    let mut y = flags.y + flags.h + 6.0;
    let mut panel = PollPanel {
        task,
        rect: at,
        flags,
        groups: Vec::new(),
        fds: Vec::new(),
        fds_more: 0,
        bits: None,
    };
    if poll.kind == PollKind::Select && m.is_full {
        let bits = bits(call, poll, Rect { y, ..inner });
        y += bits.rect.h + 8.0;
        panel.bits = Some(bits);
    } else if m.is_full {
        let area = Rect { x: inner.x + NAME_W, y, w: inner.w - NAME_W, h: 0.0 };
        let (places, more, h) = cells(area, poll.revents.len(), m);
        (panel.fds, panel.fds_more) = (places, more);
        y += h + 8.0;
    }
    // Room for as many entries as the call may come to need, so that nothing moves while they come.
    let wanted = poll.revents.len().max(poll.entries.len());
    let wanted =
        if poll.passes == 0 || poll.hooking || !poll.entries.is_empty() { wanted } else { 0 };
    let mut from = 0;
    while from == 0 || from < wanted {
        let capacity = if from == 0 { N_INLINE_POLL_ENTRIES } else { ENTRIES_PER_PAGE };
        let group = group(poll, from, capacity, wanted, m, Rect { y, ..inner });
        y += group.rect.h + 6.0;
        panel.groups.push(group);
        from += capacity;
    }
    panel.rect.h = y - at.y + m.pad - 6.0;
    panel
}

/// The places of so many cells, how many there is no room for, and the height.
fn cells(area: Rect, count: usize, m: &Metrics) -> (Vec<Rect>, usize, f32) {
    // The nine that stand on the stack fit into one row, if they can.
    let w = ((area.w + GAP) / N_INLINE_POLL_ENTRIES as f32 - GAP).floor();
    let w = w.clamp(m.cell_w * 0.75, m.cell_w);
    let (mut places, _) = rows(area, count, w, m.cell_h, GAP);
    let columns = (((area.w + GAP) / (w + GAP)).floor() as usize).max(1);
    let drawn = count.min(columns * ROWS_MAX);
    // The last place says how many more there are.
    let drawn = if drawn < count { drawn - 1 } else { drawn };
    places.truncate(drawn);
    let lines = count.min(columns * ROWS_MAX).div_ceil(columns).max(1) as f32;
    (places, count - drawn, lines * (m.cell_h + GAP) - GAP)
}

fn group(
    poll: &PollCall,
    from: usize,
    capacity: usize,
    wanted: usize,
    m: &Metrics,
    at: Rect,
) -> PollGroup {
    let used = poll.entries.len().saturating_sub(from).min(capacity);
    let area = Rect { x: at.x + NAME_W, w: at.w - NAME_W, ..at };
    let room = if from == 0 { capacity } else { wanted.saturating_sub(from).min(capacity) };
    let (places, _, h) = cells(area, room, m);
    let here = poll.entries.iter().skip(from).take(capacity).map(|entry| entry.entry);
    let empty = places.iter().skip(used).copied().collect();
    PollGroup { rect: Rect { h, ..at }, capacity, used, cells: here.zip(places).collect(), empty }
}

fn bits(call: &Syscall, poll: &PollCall, at: Rect) -> Bits {
    let asked: Vec<Fd> = poll_fds(call, poll).iter().map(|(fd, _)| *fd).collect();
    let highest = asked.iter().copied().max().unwrap_or(0);
    let w = if highest < 100 { 20.0 } else { 30.0 };
    let fit = (((at.w - NAME_W) / w).floor() as usize).max(1);
    let nfds = poll.nfds as usize;
    let shown: Vec<Fd> = if nfds <= fit {
        (0..=highest).collect()
    } else {
        asked.iter().copied().take(fit).collect()
    };
    let more = asked.iter().filter(|fd| !shown.contains(fd)).count();
    let columns = shown.iter().enumerate();
    let columns = columns.map(|(n, fd)| (*fd, at.x + NAME_W + n as f32 * w)).collect();
    Bits { rect: Rect { h: 7.0 * BIT_H, ..at }, columns, w, h: BIT_H, more }
}
