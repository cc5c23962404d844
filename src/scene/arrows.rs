//! Causes as arrows: for one event, what it goes from and to on stage.

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;

use crate::kernel::ids::{EpitemKey, FileKey, PipeKey, SockKey, TaskKey, WaitEntryKey};
use crate::tr;
use crate::trace::event::{Event, EventKind, FileKind, Verdict, Waiter};

use super::Names;
use super::layout::{Fixed, ListKind, Rect, Spot, StageLayout};
pub use super::spotlight::{Thing, item_of, spotlight};

/// An arrow's meaning, which is its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArrowKind {
    /// A wait-queue entry is called, an item is hooked in, a file is asked.
    Callback,
    /// An item becomes ready, or is handed over.
    Ready,
    /// A task goes to sleep, or is woken.
    Wake,
    /// Bytes move between a task and a file.
    Wire,
}

impl ArrowKind {
    /// Its style class.
    pub fn class(self) -> &'static str {
        match self {
            ArrowKind::Callback => "call",
            ArrowKind::Ready => "ready",
            ArrowKind::Wake => "wake",
            ArrowKind::Wire => "wire",
        }
    }
}

/// An arrow between two places on stage.
#[derive(Clone, Debug, PartialEq)]
pub struct Arrow {
    /// What it means.
    pub kind: ArrowKind,
    /// Where it starts.
    pub from: Spot,
    /// Where it ends.
    pub to: Spot,
    /// A few words beside it.
    pub label: String,
}

/// Whether the arrows of an event start from the moment before it: what it takes away stands only
/// there. For all other events the stage after it serves as both.
pub fn needs_before(event: &Event) -> bool {
    matches!(
        event.kind,
        EventKind::WakeEntry { .. }
            | EventKind::Callback { .. }
            | EventKind::Wakeup { .. }
            | EventKind::SegmentArrive { .. }
            | EventKind::SockBacklog { .. }
            | EventKind::PollDisarm { .. }
            | EventKind::FileFree { .. }
    )
}

/// The arrows of an event; `before` and `after` are the stage on both sides of it.
pub fn arrows(
    event: &Event,
    names: &Names,
    before: &StageLayout,
    after: &StageLayout,
) -> Vec<Arrow> {
    let place = Place { names, before, after };
    let mut all: Vec<Arrow> = place.arrow(event).into_iter().collect();
    all.extend(place.onward(event));
    all
}

struct Place<'a> {
    names: &'a Names,
    before: &'a StageLayout,
    after: &'a StageLayout,
}

impl Place<'_> {
    /// From whoever joined a queue to the new entry.
    fn joins(&self, waiter: Waiter, to: Rect) -> Option<Arrow> {
        match waiter {
            Waiter::EpollWait(task) | Waiter::Task(task) | Waiter::Receiver(task) => {
                let from = self.task_edge(task, to)?;
                make(
                    ArrowKind::Wake,
                    from,
                    edge_of(to, self.task(task)?),
                    &tr!("stage-arrow-sleeps"),
                )
            }
            Waiter::Epitem(epi) => make(
                ArrowKind::Callback,
                self.node_edge(epi, to)?,
                to.top(),
                &tr!("stage-arrow-hooks-in"),
            ),
            Waiter::Poll { task, .. } => {
                let from = self.after.poll(task)?.rect;
                make(ArrowKind::Callback, from.bottom(), to.top(), &tr!("stage-arrow-hooks-in"))
            }
        }
    }

    fn arrow(&self, event: &Event) -> Option<Arrow> {
        let by = event.by().task();
        match &event.kind {
            EventKind::WaitEnqueue(new) => self.joins(new.waiter, self.after.entry(new.entry)?),
            EventKind::WakeEntry { entry, .. } => self.call(*entry),
            EventKind::Callback { epi, verdict, .. } => self.verdict(event, *epi, *verdict),
            EventKind::Wakeup { task, woken: true } => {
                let mark = self.before.waiter(*task).filter(|w| w.queued).map(|w| w.rect);
                // Who polls has no mark of its own: it is woken from the table of its entries.
                let from = mark.or_else(|| self.before.poll(*task).map(|p| p.flags))?;
                make(
                    ArrowKind::Wake,
                    edge_of(from, self.task(*task)?),
                    self.task_edge(*task, from)?,
                    &tr!("stage-arrow-wakes"),
                )
            }
            EventKind::ReadyLink { epi, .. } => {
                let to = self.after.token(*epi)?.rect;
                make(ArrowKind::Ready, self.node_edge(*epi, to)?, side_of(to), "")
            }
            EventKind::OvflistPush { epi, .. } => {
                let to = self.after.overflow.iter().find(|t| t.epi == *epi)?.rect;
                make(
                    ArrowKind::Ready,
                    self.node_edge(*epi, to)?,
                    side_of(to),
                    &tr!("stage-arrow-a-scan-is-on"),
                )
            }
            EventKind::ItemPoll { epi, .. } => {
                let to = self.card(self.names.item(*epi)?.file)?;
                make(
                    ArrowKind::Callback,
                    self.node_edge(*epi, to)?,
                    to.top(),
                    &tr!("stage-arrow-what-is-ready"),
                )
            }
            EventKind::CopyOut { task, epi, index, .. } => {
                let slots = &self.after.task(*task)?.slots;
                let to = *slots.get(*index as usize).or(slots.last())?;
                make(
                    ArrowKind::Ready,
                    self.node_edge(*epi, to)?,
                    to.bottom(),
                    &tr!("stage-arrow-12-bytes"),
                )
            }
            EventKind::PollArm { entry, .. } => {
                let (from, to) = (self.after.poll_entry(*entry)?, self.after.entry(*entry)?);
                make(ArrowKind::Callback, from.bottom(), to.top(), &tr!("stage-arrow-hooked-in"))
            }
            EventKind::PollDisarm { entry, .. } => {
                let (from, to) = (self.before.entry(*entry)?, self.before.poll_entry(*entry)?);
                make(ArrowKind::Callback, from.top(), to.bottom(), &tr!("stage-arrow-unhooked"))
            }
            EventKind::PollLook { task, index, file: Some(file), .. } => {
                let panel = self.after.poll(*task)?;
                let from = panel.fds.get(*index as usize).copied().unwrap_or(panel.flags);
                make(
                    ArrowKind::Callback,
                    from.bottom(),
                    self.card(*file)?.top(),
                    &tr!("stage-arrow-what-is-ready"),
                )
            }
            EventKind::SegmentSend(sent) => {
                let to = self.after.segment(sent.number)?;
                let from = self.card(self.sock(sent.from)?)?;
                make(ArrowKind::Wire, from.bottom(), to.top(), &sent.flags.to_string())
            }
            EventKind::SockBacklog { sock, number, queued: true } => {
                let from = self.before.segment(*number).or_else(|| self.line())?;
                let to = self.card(self.sock(*sock)?)?;
                make(ArrowKind::Wire, from.top(), to.bottom(), &tr!("stage-arrow-to-the-backlog"))
            }
            EventKind::EventfdCount { file, .. } => self.wire_write(by?, *file, ""),
            EventKind::PipePush { pipe, bytes, .. } | EventKind::PipeMerge { pipe, bytes } => {
                let to = self.names.file_of(FileKind::PipeRead(*pipe))?;
                self.wire_write(by?, to, &format!("{bytes} B"))
            }
            EventKind::SkbQueue { sock, bytes, .. } => {
                let (file, label) = (self.sock(*sock)?, format!("{bytes} B"));
                match by {
                    // A segment that has come.
                    None => {
                        make(ArrowKind::Wire, self.line()?.top(), self.card(file)?.bottom(), &label)
                    }
                    Some(task) => self.wire_write(task, file, &label),
                }
            }
            EventKind::PipeTake { pipe, bytes, .. } => {
                self.wire_read(by?, self.pipe(*pipe)?, *bytes)
            }
            EventKind::SkbTake { sock, bytes, .. } => {
                self.wire_read(by?, self.sock(*sock)?, *bytes)
            }
            _ => None,
        }
    }

    /// What an event leads on to, as a second arrow: bytes go from their writer to the socket that
    /// sends them.
    fn onward(&self, event: &Event) -> Option<Arrow> {
        let EventKind::SegmentSend(sent) = &event.kind else { return None };
        if sent.bytes == 0 {
            return None;
        }
        let label = format!("{} B", sent.bytes);
        self.wire_write(event.by().task()?, self.sock(sent.from)?, &label)
    }

    /// The wire.
    fn line(&self) -> Option<Rect> {
        self.after.wire.as_ref().map(|wire| wire.rect)
    }

    /// The function of a wait-queue entry is called.
    fn call(&self, entry: WaitEntryKey) -> Option<Arrow> {
        let from = self.before.entry(entry)?;
        match self.names.entry(entry)?.1 {
            Waiter::Epitem(epi) => {
                let to = self.node_edge(epi, from)?;
                make(ArrowKind::Callback, from.top(), to, "ep_poll_callback")
            }
            Waiter::Poll { task, .. } => {
                let panel = self.after.poll(task)?;
                let to = self.after.poll_entry(entry).unwrap_or(panel.flags);
                make(ArrowKind::Callback, from.top(), to.bottom(), "pollwake")
            }
            Waiter::EpollWait(task) | Waiter::Task(task) | Waiter::Receiver(task) => {
                let card = self.task(task)?;
                make(
                    ArrowKind::Wake,
                    edge_of(from, card),
                    self.task_edge(task, from)?,
                    &tr!("stage-arrow-try-to-wake"),
                )
            }
        }
    }

    /// What a callback decided: shown on the same way as its flight.
    fn verdict(&self, _event: &Event, epi: EpitemKey, verdict: Verdict) -> Option<Arrow> {
        let file = self.names.item(epi)?.file;
        // Of a file with a card, or in `poll_wait` of an instance that is watched itself.
        let files = self.before.files.iter().flat_map(|f| &f.entries);
        let lists = self.before.panels.iter().flat_map(|p| &p.lists).flat_map(|l| &l.entries);
        let entry = files.chain(lists).find(|(entry, _)| {
            matches!(self.names.entry(*entry), Some((_, Waiter::Epitem(of))) if of == epi)
        });
        let from = entry.map(|(_, rect)| *rect).or_else(|| self.card(file))?;
        let word = match verdict {
            Verdict::Disarmed => tr!("stage-arrow-disarmed"),
            Verdict::Filtered => tr!("stage-arrow-filtered"),
            Verdict::Overflow => tr!("stage-arrow-to-ovflist"),
            Verdict::Queued => tr!("stage-arrow-to-rdllist"),
            Verdict::OverflowAlready | Verdict::QueuedAlready => tr!("stage-arrow-there-already"),
        };
        make(ArrowKind::Callback, from.top(), self.node_edge(epi, from)?, &word)
    }

    fn wire_write(&self, task: TaskKey, file: FileKey, label: &str) -> Option<Arrow> {
        let to = self.card(file)?;
        make(ArrowKind::Wire, self.task_edge(task, to)?, to.top(), label)
    }

    fn wire_read(&self, task: TaskKey, file: FileKey, bytes: u32) -> Option<Arrow> {
        let from = self.card(file)?;
        make(ArrowKind::Wire, from.top(), self.task_edge(task, from)?, &format!("{bytes} B"))
    }

    fn task(&self, task: TaskKey) -> Option<Rect> {
        self.after.task(task).map(|b| b.rect)
    }

    /// Where an open file stands; an epoll instance has its panel.
    fn card(&self, file: FileKey) -> Option<Rect> {
        if let Some(FileKind::Eventpoll(ep)) = self.names.kind(file) {
            let panel = self.after.panel(ep)?;
            return panel.list(ListKind::PollWait).map_or(Some(panel.rect), |l| Some(l.rect));
        }
        self.after.card(file).or_else(|| self.before.card(file))
    }

    fn sock(&self, sock: SockKey) -> Option<FileKey> {
        self.names.sock_file(sock)
    }

    fn pipe(&self, pipe: PipeKey) -> Option<FileKey> {
        self.names.file_of(FileKind::PipeRead(pipe))
    }

    /// The place on a task's lower edge that is nearest to `other`.
    fn task_edge(&self, task: TaskKey, other: Rect) -> Option<Spot> {
        self.task(task).map(|card| Spot {
            x: other.center().x.clamp(card.x + 24.0, (card.right() - 24.0).max(card.x + 24.0)),
            y: card.y + card.h,
        })
    }

    /// The place on a node's rim that looks towards `other`.
    fn node_edge(&self, epi: EpitemKey, other: Rect) -> Option<Spot> {
        let layout = if self.after.node(epi).is_some() { self.after } else { self.before };
        let at = layout.node(epi)?.at;
        let radius = layout.panel(self.names.item(epi)?.ep)?.radius + 4.0;
        let to = other.center();
        let (dx, dy) = (to.x - at.x, to.y - at.y);
        let length = (dx * dx + dy * dy).sqrt().max(1.0);
        Some(Spot { x: at.x + dx / length * radius, y: at.y + dy / length * radius })
    }
}

/// The middle of the edge of `rect` that looks towards `other`, above or below.
fn edge_of(rect: Rect, other: Rect) -> Spot {
    if other.center().y < rect.center().y { rect.top() } else { rect.bottom() }
}

fn side_of(rect: Rect) -> Spot {
    Spot { x: rect.x, y: rect.center().y }
}

fn make(kind: ArrowKind, from: Spot, to: Spot, label: &str) -> Option<Arrow> {
    Some(Arrow { kind, from, to, label: label.to_owned() })
}

impl Arrow {
    /// The arrow as an SVG path.
    pub fn path(&self) -> String {
        let [a, c, d, b] = self.curve();
        let spot = |at: Spot| format!("{} {}", Fixed(at.x), Fixed(at.y));
        format!("M{}C{} {} {}", spot(a), spot(c), spot(d), spot(b))
    }

    /// The direction in which it arrives, in degrees from the right, clockwise.
    pub fn arrival_degrees(&self) -> f32 {
        let [_, _, d, b] = self.curve();
        (b.y - d.y).atan2(b.x - d.x).to_degrees()
    }

    /// Both ends, and between them the points that bend the curve.
    fn curve(&self) -> [Spot; 4] {
        let (a, b) = (self.from, self.to);
        let (dx, dy) = (b.x - a.x, b.y - a.y);
        let bow = if dx.abs() < 24.0 && dy.abs() > 80.0 { 44.0 } else { 0.0 };
        let (c, d) = if dy.abs() > dx.abs() * 0.6 {
            let bend = dy * 0.45;
            (Spot { x: a.x - bow, y: a.y + bend }, Spot { x: b.x - bow, y: b.y - bend })
        } else {
            let lift = (dx.abs() * 0.18).min(46.0);
            (Spot { x: a.x + dx * 0.3, y: a.y - lift }, Spot { x: b.x - dx * 0.3, y: b.y - lift })
        };
        [a, c, d, b]
    }

    /// Where its words stand: a third of the way.
    pub fn label_at(&self) -> Spot {
        let [a, c, d, b] = self.curve();
        let mix = |a: f32, c: f32, d: f32, b: f32| {
            0.274625 * a + 0.443625 * c + 0.238875 * d + 0.042875 * b
        };
        Spot { x: mix(a.x, c.x, d.x, b.x), y: mix(a.y, c.y, d.y, b.y) }
    }
}
