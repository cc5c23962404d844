//! What keeps a watched descriptor from being reported.

use crate::kernel::abi::Events;
use crate::kernel::ids::{EpitemKey, EventpollKey, TaskKey, WaitEntryKey, WaitQueueKey};
use crate::kernel::syscall::{Reply, Syscall};
use crate::scene::arrows::Thing;
use crate::scene::layout::ListKind;
use crate::scene::{Epitem, Eventpoll, Scene};
use crate::tr;
use crate::trace::event::{EventKind, FileKind, TaskState, Waiter, WakeEnd};

use super::because::mask_text;
use super::chain::wakes;
use super::file::{TO_READ, readiness};
use super::{Look, Obstacle, Reason};

/// Bits of a mask that say the same as others.
const DOUBLES: Events = Events::EPOLLRDNORM
    .union(Events::EPOLLWRNORM)
    .union(Events::EPOLLRDBAND)
    .union(Events::EPOLLWRBAND)
    .union(Events::ALWAYS);

/// An item with what it belongs to.
struct Watched<'a> {
    epi: EpitemKey,
    item: &'a Epitem,
    ep: &'a Eventpoll,
    ep_key: EventpollKey,
    name: String,
}

impl Watched<'_> {
    fn obstacle(&self, reason: Reason, (text, remedy): (String, String)) -> Obstacle {
        let things = vec![Thing::Item(self.epi), Thing::File(self.item.new.file)];
        Obstacle { reason, text, remedy, event: None, things }
    }
}

impl Look<'_> {
    /// What keeps an item from being reported, the nearest thing first.
    pub(super) fn of_watched(&self, scene: &Scene, epi: EpitemKey, depth: u8) -> Vec<Obstacle> {
        let Some(item) = scene.epitems.get(&epi) else { return Vec::new() };
        let ep_key = item.new.ep;
        let Some(ep) = scene.eventpolls.get(&ep_key) else { return Vec::new() };
        let watched = Watched { epi, item, ep, ep_key, name: self.names.epi(epi) };
        if let Some(listed) = self.listed(scene, &watched) {
            return vec![listed];
        }
        let ready = readiness(scene, item.new.file, None);
        if item.is_disarmed() {
            return vec![self.disarmed(scene, &watched, ready)];
        }
        let asked = ready & item.events;
        if !asked.is_empty() {
            return vec![self.ready_but_unlisted(scene, &watched, asked)];
        }
        let mut out = vec![self.not_ready(scene, &watched, ready)];
        out.extend(self.held_segments(scene, &watched));
        if let Some(FileKind::Eventpoll(inner)) =
            scene.files.get(&item.new.file).map(|file| file.new.kind)
            && depth < 5
            && let Some(inner) = scene.eventpolls.get(&inner)
        {
            // What keeps the inner instance from being ready keeps this item from it.
            let items = inner.rbr.in_order().into_iter().map(|(epi, _)| epi).take(8);
            out.extend(items.flat_map(|epi| self.of_watched(scene, epi, depth + 1)));
        }
        out
    }

    fn listed(&self, scene: &Scene, w: &Watched<'_>) -> Option<Obstacle> {
        let (name, file) = (w.name.clone(), self.names.ep(w.ep_key));
        let linked = self.linked(w.epi, self.end());
        let holder = w.ep.mtx.map(|task| self.names.task(task)).unwrap_or_default();
        let on = |list| Thing::List(w.ep_key, list);
        if w.ep.ovflist.as_ref().is_some_and(|list| list.contains(&w.epi)) {
            let words = (
                tr!("why-not-ovflist", item = name, task = holder.clone()),
                tr!("why-do-scan", task = self.go_on(scene, w.ep.mtx)),
            );
            let mut found = w.obstacle(Reason::Overflow, words);
            found.things.push(on(ListKind::Ovflist));
            found.event = self.back(
                self.end(),
                |k| matches!(k, EventKind::OvflistPush { epi, .. } if *epi == w.epi),
            );
            return Some(found);
        }
        if w.ep.txlist.contains(&w.epi) {
            let words = (
                tr!("why-not-scan", item = name, task = holder),
                tr!("why-do-scan", task = self.go_on(scene, w.ep.mtx)),
            );
            let found = w.obstacle(Reason::InScan, words);
            return Some(Obstacle { event: linked, ..found });
        }
        if !w.ep.rdllist.contains(&w.epi) {
            return None;
        }
        if let Some((event, task, max)) = self.cut_off(w, linked) {
            let words = (
                tr!("why-not-max", item = name, task = self.names.task(task), max = max),
                tr!("why-do-wait", file = file),
            );
            let found = w.obstacle(Reason::MaxEvents, words);
            return Some(Obstacle { event: Some(event), ..found });
        }
        let runs = |key: &TaskKey| {
            let task = &scene.tasks[key];
            let is_awake = matches!(task.state, TaskState::Runnable | TaskState::Running);
            is_awake && task.result.is_none() && self.waits_on(scene, *key) == Some(w.ep_key)
        };
        let fetcher = scene.tasks.keys().find(|key| runs(key));
        let remedy = match fetcher {
            Some(task) => tr!("why-do-run", task = self.names.task(*task)),
            None => tr!("why-do-wait", file = file),
        };
        let text = match fetcher {
            Some(task) => tr!("why-not-run-yet", item = name, task = self.names.task(*task)),
            None => tr!("why-not-fetched", item = name),
        };
        let reason = if fetcher.is_some() { Reason::NotRunYet } else { Reason::NotFetched };
        let mut found = w.obstacle(reason, (text, remedy));
        found.things.push(on(ListKind::Rdllist));
        Some(Obstacle { event: linked, ..found })
    }

    /// The instance that a task's `epoll_wait` is for.
    pub(super) fn waits_on(&self, scene: &Scene, task: TaskKey) -> Option<EventpollKey> {
        let task = scene.tasks.get(&task)?;
        let epfd = match task.call.as_ref()? {
            Syscall::EpollWait { epfd, .. }
            | Syscall::EpollPwait { epfd, .. }
            | Syscall::EpollPwait2 { epfd, .. } => *epfd,
            _ => return None,
        };
        let file = scene.processes.get(&task.process)?.fds.get(&epfd)?;
        match scene.files.get(file)?.new.kind {
            FileKind::Eventpoll(ep) => Some(ep),
            _ => None,
        }
    }

    /// The last call that returned since the item was listed, if it was full.
    fn cut_off(&self, w: &Watched<'_>, linked: Option<usize>) -> Option<(usize, TaskKey, usize)> {
        let from = linked?;
        let done =
            self.back(self.end(), |k| matches!(k, EventKind::ScanDone { ep } if *ep == w.ep_key))?;
        // Linked by that very scan, again, is level-triggered: it was reported.
        (done > from).then_some(())?;
        let exit = done
            + self.records[done..].iter().position(|r| {
                matches!(&r.event.kind, EventKind::SyscallExit { result, .. }
                    if matches!(&*result.get(), Ok(Reply::Events(events)) if !events.is_empty()))
            })?;
        let EventKind::SyscallExit { task, result } = self.kind(exit) else { return None };
        let Ok(Reply::Events(events)) = &*result.get() else { return None };
        let enter = self.call_of(*task, exit)?;
        let reported = self.records[enter..exit]
            .iter()
            .any(|r| matches!(r.event.kind, EventKind::CopyOut { epi, .. } if epi == w.epi));
        let EventKind::SyscallEnter { call, .. } = self.kind(enter) else { return None };
        let max = match &*call.get() {
            Syscall::EpollWait { maxevents, .. }
            | Syscall::EpollPwait { maxevents, .. }
            | Syscall::EpollPwait2 { maxevents, .. } => usize::try_from(*maxevents).ok()?,
            _ => return None,
        };
        (!reported && events.len() >= max).then_some((exit, *task, max))
    }

    fn disarmed(&self, scene: &Scene, w: &Watched<'_>, ready: Events) -> Obstacle {
        let set = |k: &EventKind| matches!(k, EventKind::EpitemEvent { epi, .. } if *epi == w.epi);
        let event = self.back(self.end(), set);
        let at = event.map_or(0, |at| self.number(at));
        // What it asked for before can not be told from the mask: reading is the common case.
        let waits = ready & TO_READ;
        let text = if waits.is_empty() {
            tr!("why-not-disarmed", item = w.name.clone(), event = at)
        } else {
            let what = self.what_waits(scene, w.item.new.file, waits);
            tr!("why-not-disarmed-with", item = w.name.clone(), event = at, what = what)
        };
        let remedy = tr!("why-do-mod", item = w.name.clone());
        Obstacle { event, ..w.obstacle(Reason::Disarmed, (text, remedy)) }
    }

    /// What is asked for is there, but the item is on no list.
    fn ready_but_unlisted(&self, scene: &Scene, w: &Watched<'_>, asked: Events) -> Obstacle {
        let what = self.what_waits(scene, w.item.new.file, asked);
        let copied =
            self.back(self.end(), |k| matches!(k, EventKind::CopyOut { epi, .. } if *epi == w.epi));
        if let Some((event, taker)) = self.stopped_before(w.epi, copied) {
            let by = self.names.epi(taker);
            let ep = self.names.item(taker).map(|item| self.names.ep(item.ep)).unwrap_or_default();
            let words = (
                tr!("why-not-exclusive", item = w.name.clone(), by = by, ep = ep, what = what),
                tr!("why-do-exclusive", item = w.name.clone()),
            );
            let mut found = w.obstacle(Reason::ExclusiveStopped, words);
            found.things.push(Thing::Item(taker));
            return Obstacle { event: Some(event), ..found };
        }
        let is_edge = w.item.events.contains(Events::EPOLLET);
        if let (true, Some(copied)) = (is_edge, copied)
            && let EventKind::CopyOut { task, .. } = self.kind(copied)
        {
            let text = tr!(
                "why-not-edge",
                item = w.name.clone(),
                task = self.names.task(*task),
                event = self.number(copied),
                what = what
            );
            let remedy = if asked.intersects(TO_READ) {
                tr!("why-do-edge-in", item = w.name.clone())
            } else {
                tr!("why-do-edge-out", item = w.name.clone())
            };
            let found = w.obstacle(Reason::EdgeConsumed, (text, remedy));
            return Obstacle { event: Some(copied), ..found };
        }
        let looked = self.back(self.end(), |k| match k {
            EventKind::ItemPoll { epi, .. } => *epi == w.epi,
            EventKind::EpitemNew(new) => new.epi == w.epi,
            _ => false,
        });
        let at = looked.map_or(0, |at| self.number(at));
        let words = (
            tr!("why-not-announced", item = w.name.clone(), event = at, what = what),
            tr!("why-do-announce", item = w.name.clone()),
        );
        Obstacle { event: looked, ..w.obstacle(Reason::NotAnnounced, words) }
    }

    /// The last wake-up of the item's file that ended before it came to the item, and whose it was.
    fn stopped_before(&self, epi: EpitemKey, copied: Option<usize>) -> Option<(usize, EpitemKey)> {
        let joined = self.back(
            self.end(),
            |k| matches!(k, EventKind::WaitEnqueue(new) if new.waiter == Waiter::Epitem(epi)),
        )?;
        let EventKind::WaitEnqueue(new) = self.kind(joined) else { return None };
        let (begin, end) = self.last_walk(new.wq, joined)?;
        let called = |entry: &WaitEntryKey| matches!(self.names.entry(*entry), Some((_, Waiter::Epitem(of))) if of == epi);
        let walk = &self.records[begin..end];
        let reached = walk.iter().any(|r| match &r.event.kind {
            EventKind::WakeEntry { wq, entry } => *wq == new.wq && called(entry),
            _ => false,
        });
        if reached || copied.is_some_and(|copied| copied > begin) {
            return None;
        }
        let taker = walk.iter().rev().find_map(|r| match r.event.kind {
            EventKind::WakeVerdict { wq, entry, counts: true } if wq == new.wq => Some(entry),
            _ => None,
        })?;
        match self.names.entry(taker)?.1 {
            Waiter::Epitem(taker) => Some((end, taker)),
            _ => None,
        }
    }

    /// The last walk over a queue after `from`, if it ended at an exclusive waiter.
    pub(super) fn last_walk(&self, queue: WaitQueueKey, from: usize) -> Option<(usize, usize)> {
        let end =
            self.back(self.end(), |k| matches!(k, EventKind::WakeEnd { wq, .. } if *wq == queue))?;
        let ended_early =
            matches!(self.kind(end), EventKind::WakeEnd { why: WakeEnd::ExclusiveWoken, .. });
        let begin =
            self.back(end, |k| matches!(k, EventKind::WakeBegin { wq, .. } if *wq == queue))?;
        (ended_early && begin > from).then_some((begin, end))
    }

    fn not_ready(&self, scene: &Scene, w: &Watched<'_>, ready: Events) -> Obstacle {
        let file = w.item.new.file;
        let wishes = w.item.events.difference(Events::PRIVATE);
        let mut other = ready.difference(wishes | DOUBLES);
        // That there is room to write is no news to who wants to read.
        if wishes.intersects(TO_READ) {
            other.remove(Events::EPOLLOUT | Events::EPOLLWRBAND);
        }
        if !other.is_empty() {
            let words = (
                tr!(
                    "why-not-asked",
                    item = w.name.clone(),
                    ready = mask_text(other),
                    asked = mask_text(wishes),
                    what = self.what_waits(scene, file, other)
                ),
                tr!("why-do-ask", item = w.name.clone(), ready = other.to_string()),
            );
            let filtered = self.back(
                self.end(),
                |k| matches!(k, EventKind::Callback { epi, .. } if *epi == w.epi),
            );
            return Obstacle { event: filtered, ..w.obstacle(Reason::NotAsked, words) };
        }
        let (lacks, remedy) = self.what_lacks(scene, file, wishes);
        if let Some(polled) = self.dropped(w.epi) {
            let text = tr!(
                "why-not-stale",
                item = w.name.clone(),
                event = self.number(polled),
                lacks = lacks
            );
            let found = w.obstacle(Reason::Stale, (text, remedy));
            return Obstacle { event: Some(polled), ..found };
        }
        let asked = mask_text(wishes);
        let text = tr!("why-not-ready", item = w.name.clone(), asked = asked, lacks = lacks);
        w.obstacle(Reason::NothingReady, (text, remedy))
    }

    /// The look at which an item left the list because nothing was left, if it was on no list since.
    fn dropped(&self, epi: EpitemKey) -> Option<usize> {
        let about = |k: &EventKind| match k {
            EventKind::ItemPoll { epi: e, .. } | EventKind::CopyOut { epi: e, .. } => *e == epi,
            EventKind::ReadyLink { epi: e, .. } | EventKind::EpitemEvent { epi: e, .. } => {
                *e == epi
            }
            _ => false,
        };
        let last = self.back(self.end(), about)?;
        let EventKind::ItemPoll { revents, .. } = self.kind(last) else { return None };
        let before = self.event(last).cause()? as usize;
        let scanned = matches!(self.kind(before), EventKind::ReadyUnlink { .. });
        (revents.is_empty() && scanned).then_some(last)
    }

    fn held_segments(&self, scene: &Scene, w: &Watched<'_>) -> Option<Obstacle> {
        let count = self.on_their_way(scene, w.item.new.file);
        let words =
            (tr!("why-not-held", item = w.name.clone(), count = count), tr!("why-do-deliver"));
        (count > 0).then(|| w.obstacle(Reason::SegmentsHeld, words))
    }

    /// What lets a task that holds something up go on, as a name with its state.
    pub(super) fn go_on(&self, scene: &Scene, task: Option<TaskKey>) -> String {
        let Some(key) = task else { return String::new() };
        let name = self.names.task(key);
        match scene.tasks.get(&key).map(|task| task.state) {
            Some(TaskState::Stopped(point)) => {
                tr!("why-held-at", task = name, point = point.name())
            }
            _ => name,
        }
    }

    /// Who was woken by a walk.
    pub(super) fn woken_in(&self, scene: &Scene, (begin, end): (usize, usize)) -> Option<TaskKey> {
        let woken = |r: &crate::trace::Record| {
            scene.tasks.keys().copied().find(|task| wakes(&r.event.kind, *task))
        };
        self.records[begin..end].iter().rev().find_map(woken)
    }
}
