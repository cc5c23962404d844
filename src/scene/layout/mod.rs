//! Where everything on stage stands, in px: three floors, in the order in which a wake-up climbs.
//!
//! [`layout`] is pure: a scene and a width give the place of every object. Nothing is measured on
//! the page but the width of the stage, so an arrow knows both its ends before either is drawn, and
//! an object that moves knows where from. Keys are the arena keys: an object keeps its identity.

mod files;
mod lists;
mod metrics;
mod overview;
mod panel;
mod places;
mod polls;
mod tasks;
#[cfg(test)]
mod tests;

use std::rc::Rc;

use crate::kernel::ids::{EpitemKey, EventpollKey, FileKey, TaskKey, WaitEntryKey};

use crate::trace::event::FileKind;

use super::Scene;

pub use files::Shelf;
pub use files::wait_queue;
pub use lists::{ListBox, ListKind};
pub use metrics::{Density, Metrics, NARROW, NARROW_CARD, SLIM_CARD};
pub use overview::{CANVAS_FROM, Drawn, Lens, Overview};
pub use panel::{Edge, NodeSpot, Panel};
pub use polls::{Bits, PollGroup, PollPanel};

/// A place on the stage, from its top left corner.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Spot {
    /// To the right.
    pub x: f32,
    /// Down.
    pub y: f32,
}

/// A rectangle on the stage.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[expect(missing_docs, reason = "nothing to add")]
pub struct Rect {
    pub x: f32,
    pub y: f32,
    pub w: f32,
    pub h: f32,
}

impl Rect {
    /// A rectangle by its top left corner and its size.
    pub fn new(x: f32, y: f32, w: f32, h: f32) -> Rect {
        Rect { x, y, w, h }
    }

    /// Its middle.
    pub fn center(&self) -> Spot {
        Spot { x: self.x + self.w / 2.0, y: self.y + self.h / 2.0 }
    }

    /// The middle of its upper edge.
    pub fn top(&self) -> Spot {
        Spot { x: self.x + self.w / 2.0, y: self.y }
    }

    /// The middle of its lower edge.
    pub fn bottom(&self) -> Spot {
        Spot { x: self.x + self.w / 2.0, y: self.y + self.h }
    }

    /// Where its right edge is.
    pub fn right(&self) -> f32 {
        self.x + self.w
    }

    /// Whether two rectangles have more than a border in common.
    pub fn overlaps(&self, other: &Rect) -> bool {
        let slack = 0.5;
        self.x + slack < other.right()
            && other.x + slack < self.right()
            && self.y + slack < other.y + other.h
            && other.y + slack < self.y + self.h
    }
}

/// How the stage is to be laid out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LayoutOptions {
    /// How much room things take.
    pub density: Density,
    /// The height there is to fill, in px; the stage may come out higher. 0 for no wish.
    pub height: f32,
    /// Whether fingers press the buttons: they are 44 px high then.
    pub touch: bool,
    /// What of a large tree is in sight.
    pub lens: Lens,
    /// How far many files are scrolled, in px.
    pub shelf_top: f32,
    /// How many rows of cards are made beyond those in sight, above and below.
    pub shelf_spare: usize,
}

impl Default for LayoutOptions {
    fn default() -> Self {
        LayoutOptions {
            density: Density::Full,
            height: 0.0,
            touch: false,
            lens: Lens::default(),
            shelf_top: 0.0,
            shelf_spare: 0,
        }
    }
}

/// A task's card.
#[derive(Clone, Debug, PartialEq)]
pub struct TaskBox {
    /// Whose.
    pub task: TaskKey,
    /// The card.
    pub rect: Rect,
    /// The places of the user's array that are drawn, in order.
    pub slots: Vec<Rect>,
    /// How many more events the array holds than are drawn.
    pub more: usize,
    /// How many characters there are for its call.
    pub room: usize,
}

/// An open file's card.
#[derive(Clone, Debug, PartialEq)]
pub struct FileBox {
    /// Which.
    pub file: FileKey,
    /// The card.
    pub rect: Rect,
    /// The picture of what it holds.
    pub picture: Rect,
    /// Entries of its wait queue, head first.
    pub entries: Vec<(WaitEntryKey, Rect)>,
    /// How many more entries there are than are drawn.
    pub more: usize,
    /// Where the controls of the far end go.
    pub controls: Option<Rect>,
}

/// The wire, and what is on its way.
#[derive(Clone, Debug, PartialEq)]
pub struct Wire {
    /// All of it.
    pub rect: Rect,
    /// The segments, by number; the first to arrive first.
    pub segments: Vec<(u64, Rect)>,
    /// How many more there are than are drawn.
    pub more: usize,
}

/// The line from an item that watches an epoll instance to that instance's `poll_wait`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Nesting {
    /// The item of the outer instance.
    pub epi: EpitemKey,
    /// The inner one.
    pub inner: EventpollKey,
    /// On the item's rim.
    pub from: Spot,
    /// At the entry in `poll_wait`, or at the panel if there is none.
    pub to: Spot,
}

/// The mark of a task: on the wait queue it sleeps on, else at rest in its card.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WaiterSpot {
    /// Whose.
    pub task: TaskKey,
    /// Where it is.
    pub rect: Rect,
    /// Whether it stands on a queue, so that it is seen.
    pub queued: bool,
    /// Whether its entry is exclusive.
    pub exclusive: bool,
}

/// The mark of an item: on a list, else at rest, unseen, on its node.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TokenSpot {
    /// Which item.
    pub epi: EpitemKey,
    /// Where it is.
    pub rect: Rect,
    /// The list it stands on.
    pub list: Option<ListKind>,
}

/// The whole stage.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StageLayout {
    /// How wide it came out: as asked, or wider if a tree needs it.
    pub width: f32,
    /// How high it came out.
    pub height: f32,
    /// The floors: user space, kernel, files and the wire.
    pub floors: [Rect; 3],
    /// The tasks' cards.
    pub tasks: Vec<TaskBox>,
    /// The epoll instances.
    pub panels: Vec<Panel>,
    /// Calls of `poll` and `select` under way.
    pub polls: Vec<PollPanel>,
    /// Which instance watches which.
    pub nestings: Vec<Nesting>,
    /// The wire between TCP sockets, if there are any.
    pub wire: Option<Wire>,
    /// The open files, but for epoll instances and those without poll.
    pub files: Vec<FileBox>,
    /// Where the files scroll, if there are many: [`Self::files`] has only those in sight then.
    pub shelf: Option<Shelf>,
    /// The marks of the tasks, one for each.
    pub waiters: Vec<WaiterSpot>,
    /// The marks of the items, one for each.
    pub tokens: Vec<TokenSpot>,
    /// A second mark for each item, for `ovflist`: it can be on `rdllist` at the same time.
    pub overflow: Vec<TokenSpot>,
    /// The sizes used.
    pub metrics: Metrics,
}

impl StageLayout {
    /// A task's card.
    pub fn task(&self, task: TaskKey) -> Option<&TaskBox> {
        self.tasks.iter().find(|b| b.task == task)
    }

    /// A file's card.
    pub fn file(&self, file: FileKey) -> Option<&FileBox> {
        self.files.iter().find(|b| b.file == file)
    }

    /// An epoll instance's panel.
    pub fn panel(&self, ep: EventpollKey) -> Option<&Panel> {
        self.panels.iter().find(|p| p.ep == ep)
    }

    /// An item's node. In a large tree what is out of sight stands at the edge.
    pub fn node(&self, epi: EpitemKey) -> Option<NodeSpot> {
        let find = |panel: &Panel| match &panel.overview {
            Some(overview) => overview.on_stage(epi).map(|at| NodeSpot { epi, at, linked: true }),
            None => panel.nodes.iter().find(|n| n.epi == epi).copied(),
        };
        self.panels.iter().find_map(find)
    }

    /// The place of a file's card; of one that is out of sight, the edge towards it.
    pub fn card(&self, file: FileKey) -> Option<Rect> {
        let shown = self.file(file).map(|card| card.rect);
        match &self.shelf {
            Some(shelf) => shelf.card(file),
            None => shown,
        }
    }

    /// An item's mark.
    pub fn token(&self, epi: EpitemKey) -> Option<&TokenSpot> {
        self.tokens.iter().find(|t| t.epi == epi)
    }

    /// A task's mark.
    pub fn waiter(&self, task: TaskKey) -> Option<&WaiterSpot> {
        self.waiters.iter().find(|w| w.task == task)
    }

    /// The panel of a task's `poll` or `select`.
    pub fn poll(&self, task: TaskKey) -> Option<&PollPanel> {
        self.polls.iter().find(|p| p.task == task)
    }

    /// An entry in the table of the call that made it.
    pub fn poll_entry(&self, entry: WaitEntryKey) -> Option<Rect> {
        let mut cells = self.polls.iter().flat_map(|p| &p.groups).flat_map(|g| &g.cells);
        cells.find(|(key, _)| *key == entry).map(|(_, r)| *r)
    }

    /// A segment on the wire.
    pub fn segment(&self, number: u64) -> Option<Rect> {
        let mut all = self.wire.iter().flat_map(|wire| &wire.segments);
        all.find(|(n, _)| *n == number).map(|(_, r)| *r)
    }

    /// An entry of a file's wait queue.
    pub fn entry(&self, entry: WaitEntryKey) -> Option<Rect> {
        let mut all = self.files.iter().flat_map(|f| &f.entries);
        let lists = self.panels.iter().flat_map(|p| &p.lists).flat_map(|l| &l.entries);
        all.find(|(key, _)| *key == entry)
            .or_else(|| lists.clone().find(|(k, _)| *k == entry))
            .map(|(_, r)| *r)
    }
}

/// Lays a scene out on a stage of this width.
pub fn layout(scene: &Scene, width: f32, options: LayoutOptions) -> StageLayout {
    let files = files::shown(scene);
    let first = at_natural_height(scene, (&files, width), options, 0.0);
    let spare = options.height - first.height;
    if spare < 2.0 {
        return first;
    }
    at_natural_height(scene, (&files, width), options, spare)
}

/// Lays out with the kernel's floor `spare` px higher than it needs to be.
fn at_natural_height(
    scene: &Scene,
    (files, width): (&Rc<[FileKey]>, f32),
    options: LayoutOptions,
    spare: f32,
) -> StageLayout {
    let width = width.max(280.0);
    let m = Metrics::of(options, width);
    let mut stage = StageLayout { metrics: m, ..StageLayout::default() };
    let inner = Rect::new(m.margin, m.margin, width - 2.0 * m.margin, 0.0);

    let user = tasks::place(scene, &m, inner, &mut stage.tasks);
    let kernel_at = Rect { y: user.y + user.h + m.gap, ..inner };
    let kernel = panel::place_all(scene, &m, kernel_at, (spare, options.lens), &mut stage);
    let wire_at = Rect { y: kernel.y + kernel.h + m.gap, ..inner };
    let shelf = (options.shelf_top, options.shelf_spare);
    let (wire, segments) = files::place((scene, files), &m, (wire_at, shelf), &mut stage);
    stage.wire = segments;
    stage.nestings = panel::nestings(scene, &stage);

    stage.width = width.max(kernel.right() + m.margin);
    stage.height = wire.y + wire.h + m.margin;
    let across = stage.width - 2.0 * m.margin;
    stage.floors = [user, kernel, wire].map(|floor| Rect { w: across, ..floor });
    stage.waiters = tasks::waiters(scene, &m, &stage);
    put_in_order(&mut stage.tokens, |token| token.epi);
    put_in_order(&mut stage.overflow, |token| token.epi);
    stage
}

/// A length or a ratio as a style sheet takes it, to two places. The formatting of floats in the
/// standard library would be a tenth of the page's size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fixed(pub f32);

impl std::fmt::Display for Fixed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let hundredths = (self.0 * 100.0).round() as i64;
        let sign = if hundredths < 0 { "-" } else { "" };
        let size = hundredths.unsigned_abs();
        write!(f, "{sign}{}.{:02}", size / 100, size % 100)
    }
}

/// Sorts a short list that is almost in order.
pub(crate) fn put_in_order<T, K: Ord>(list: &mut [T], key: impl Fn(&T) -> K) {
    for end in 1..list.len() {
        let mut at = end;
        while at > 0 && key(&list[at]) < key(&list[at - 1]) {
            list.swap(at, at - 1);
            at -= 1;
        }
    }
}

/// Places of `count` boxes of one size in rows, from the top left of `area`; and the rows' height.
pub(crate) fn rows(area: Rect, count: usize, w: f32, h: f32, gap: f32) -> (Vec<Rect>, f32) {
    let columns = (((area.w + gap) / (w + gap)).floor() as usize).max(1);
    let place = |i: usize| {
        let (row, column) = ((i / columns) as f32, (i % columns) as f32);
        Rect::new(area.x + column * (w + gap), area.y + row * (h + gap), w, h)
    };
    let lines = count.div_ceil(columns).max(1) as f32;
    ((0..count).map(place).collect(), lines * (h + gap) - gap)
}

/// The file that stands for an epoll instance.
pub fn eventpoll_file(scene: &Scene, ep: EventpollKey) -> Option<FileKey> {
    let is_it = |file: &super::File| file.new.kind == FileKind::Eventpoll(ep);
    scene.files.iter().find(|(_, file)| is_it(file)).map(|(key, _)| *key)
}
