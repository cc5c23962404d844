//! What each thing on stage is, in one line: its name for who hears the page, and for who points.

use crate::kernel::ids::{EpitemKey, EventpollKey, FileKey, TaskKey, WaitEntryKey};
use crate::scene::arrows::Thing;
use crate::scene::explain::{kind_text, short_mask, time_text};
use crate::scene::layout::{ListKind, eventpoll_file};
use crate::scene::sleep::{WaitsOn, waits_on};
use crate::session::strace::call_text;
use crate::tr;
use crate::trace::event::{Color, PollKind, TaskState, Waiter};
use crate::ui::state::State;

/// A thing in one line.
pub(super) fn describe(view: &State, thing: Thing) -> String {
    let said = match thing {
        Thing::Task(task) => self::task(view, task),
        Thing::Item(epi) => item(view, epi),
        Thing::File(file) => self::file(view, file),
        Thing::Entry(entry) => self::entry(view, entry),
        Thing::List(ep, kind) => list(view, ep, kind),
        Thing::Locks(ep) => locks(view, ep),
        Thing::Ep(ep) => panel(view, ep),
        Thing::Sock(sock) => Some(tr!("stage-name-sock", name = view.names.sock(sock))),
        Thing::Queue(_) | Thing::Process(_) | Thing::Pipe(_) => None,
    };
    said.unwrap_or_default()
}

/// A task's state: its style, and a word.
pub(super) fn state(view: &State, key: TaskKey) -> (&'static str, String) {
    let Some(task) = view.scene.tasks.get(&key) else { return ("idle", String::new()) };
    match task.state {
        TaskState::Dead => ("idle gone", tr!("stage-state-exited")),
        TaskState::Idle => ("idle", tr!("stage-state-idle")),
        TaskState::Running => ("run", tr!("stage-state-running")),
        TaskState::Runnable if view.session().is_kept_waiting_at(key, view.position) => {
            ("stop", tr!("stage-state-held"))
        }
        TaskState::Runnable if task.call.is_some() && task.result.is_none() => {
            ("woken", tr!("stage-state-woken"))
        }
        TaskState::Runnable => ("run", tr!("stage-state-runnable")),
        TaskState::Interruptible | TaskState::Uninterruptible => {
            ("blk", tr!("stage-state-blocked"))
        }
        TaskState::Stopped(point) => {
            ("stop", tr!("stage-state-stopped", point = point.to_string()))
        }
    }
}

/// What a blocked task waits for, in words.
pub(super) fn waits(view: &State, key: TaskKey) -> String {
    match waits_on(&view.scene, key) {
        None => String::new(),
        Some(WaitsOn::Wq(ep)) => tr!("stage-waits-wq", ep = view.names.ep(ep)),
        Some(WaitsOn::Mtx(ep)) => tr!("stage-waits-mtx", ep = view.names.ep(ep)),
        Some(WaitsOn::Queue(wq)) => {
            let file = view.names.queue_file(wq).map(|file| view.names.file(file));
            match file {
                Some(file) => tr!("stage-waits-queue", file = file),
                // The queue of a process, which all its signalfds share.
                None => tr!("stage-waits-signalfd"),
            }
        }
        Some(WaitsOn::Poll(n)) => {
            let poll = view.scene.tasks.get(&key).and_then(|task| task.poll.as_ref());
            let is_select = poll.is_some_and(|poll| poll.kind == PollKind::Select);
            tr!("stage-waits-poll", call = if is_select { "select" } else { "poll" }, n = n)
        }
        Some(WaitsOn::Clock(_)) => tr!("stage-waits-clock"),
        Some(WaitsOn::Nothing) => tr!("stage-waits-signal"),
    }
}

fn task(view: &State, key: TaskKey) -> Option<String> {
    let task = view.scene.tasks.get(&key)?;
    let state = state(view, key).1;
    let waits = waits(view, key);
    let state = if waits.is_empty() { state } else { format!("{state} {waits}") };
    let call = task.call.as_ref().map(call_text).unwrap_or_default();
    Some(tr!("stage-name-task", name = task.name.clone(), state = state, call = call))
}

/// The number of a process, counted from 1 in the order in which they were made; nothing if there
/// is but one.
pub(super) fn process(view: &State, key: TaskKey) -> Option<usize> {
    let of = view.scene.tasks.get(&key)?.process;
    let at = view.scene.processes.keys().position(|process| *process == of)?;
    (view.scene.processes.len() > 1).then_some(at + 1)
}

fn item(view: &State, epi: EpitemKey) -> Option<String> {
    let item = view.scene.epitems.get(&epi)?;
    let ep = view.scene.eventpolls.get(&item.new.ep)?;
    let color = match ep.rbr.get(epi).map(|node| node.color) {
        Some(Color::Red) => "red",
        Some(Color::Black) => "black",
        None => "none",
    };
    let overflowed = ep.ovflist.as_ref().is_some_and(|list| list.contains(&epi));
    let ready = ep.rdllist.contains(&epi) || ep.txlist.contains(&epi) || overflowed;
    let state = match (item.is_disarmed(), ready) {
        (true, _) => "disarmed",
        (_, true) => "ready",
        _ => "rests",
    };
    let ws = match item.ws {
        Some(true) => "held",
        Some(false) => "free",
        None => "none",
    };
    let (fd, data, mask) = (item.new.fd, item.data, item.events.to_string());
    Some(tr!(
        "stage-name-item",
        fd = fd,
        mask = mask,
        data = data,
        color = color,
        state = state,
        ws = ws
    ))
}

fn file(view: &State, key: FileKey) -> Option<String> {
    let file = view.scene.files.get(&key)?;
    let name = super::files::fds_text(&super::files::descriptors(view, key));
    let kind = kind_text(file.new.kind);
    Some(tr!("stage-name-file", name = name, kind = kind, n = file.count))
}

/// Whom an entry is there for, short and long.
pub(super) fn waiter(view: &State, waiter: Waiter, room: f32) -> Option<String> {
    Some(match waiter {
        Waiter::Epitem(epi) => {
            let ep = view.names.ep_fd(view.names.item(epi)?.ep);
            let func = match room {
                r if r > 168.0 => "ep_poll_callback ",
                r if r > 130.0 => "callback ",
                _ => "",
            };
            format!("{func}→ ep {ep}")
        }
        Waiter::Poll { task, .. } => format!("pollwake → {}", view.names.task(task)),
        Waiter::EpollWait(task) | Waiter::Task(task) | Waiter::Receiver(task) => {
            tr!("stage-sleeps", task = view.names.task(task))
        }
    })
}

fn entry(view: &State, key: WaitEntryKey) -> Option<String> {
    let (wq, waiter) = view.names.entry(key)?;
    let queue = view.scene.wait_queues.get(&wq)?;
    let at = queue.entries.iter().position(|entry| entry.entry == key)?;
    let kind = if queue.entries[at].exclusive { "exclusive" } else { "plain" };
    let what = match waiter {
        Waiter::Epitem(epi) => {
            let item = view.names.item(epi)?;
            tr!("stage-waiter-item", fd = item.fd, ep = view.names.ep_fd(item.ep))
        }
        Waiter::Poll { task, .. } => tr!("stage-waiter-poll", task = view.names.task(task)),
        Waiter::EpollWait(task) | Waiter::Task(task) | Waiter::Receiver(task) => {
            tr!("stage-waiter-task", task = view.names.task(task))
        }
    };
    let n = queue.entries.len();
    Some(tr!("stage-name-entry", what = what, kind = kind, at = at + 1, n = n))
}

fn list(view: &State, key: EventpollKey, kind: ListKind) -> Option<String> {
    let ep = view.scene.eventpolls.get(&key)?;
    let queue = |wq| view.scene.wait_queues.get(&wq).map_or(0, |queue| queue.entries.len());
    let name = view.names.ep(key);
    Some(match kind {
        ListKind::Wq => tr!("stage-list-wq", ep = name, n = queue(ep.wq)),
        ListKind::PollWait => tr!("stage-list-poll-wait", ep = name, n = queue(ep.poll_wait)),
        ListKind::Rdllist => tr!("stage-list-rdllist", ep = name, n = ep.rdllist.len()),
        ListKind::Txlist => tr!("stage-list-txlist", ep = name, n = ep.txlist.len()),
        ListKind::Ovflist => match &ep.ovflist {
            Some(list) => tr!("stage-list-ovflist", ep = name, n = list.len()),
            None => tr!("stage-list-ovflist-off", ep = name),
        },
    })
}

fn locks(view: &State, key: EventpollKey) -> Option<String> {
    let ep = view.scene.eventpolls.get(&key)?;
    let spin = if ep.lock_held { "held" } else { "free" };
    let name = view.names.ep(key);
    Some(match ep.mtx {
        Some(task) => {
            let waiters = ep.mtx_waiters.len();
            tr!(
                "stage-locks-held",
                ep = name,
                task = view.names.task(task),
                n = waiters,
                lock = spin
            )
        }
        None => tr!("stage-locks-free", ep = name, lock = spin),
    })
}

fn panel(view: &State, key: EventpollKey) -> Option<String> {
    let ep = view.scene.eventpolls.get(&key)?;
    let file = eventpoll_file(&view.scene, key).and_then(|file| view.scene.files.get(&file));
    let count = file.map_or(0, |file| file.count);
    let name = view.names.ep(key);
    Some(tr!("stage-name-ep", ep = name, items = ep.rbr.len(), n = count))
}

/// A user event as the program sees it.
pub(super) fn event(events: crate::kernel::abi::Events, data: u64) -> String {
    format!("{}, {data}", short_mask(events))
}

/// A moment of the virtual clock.
pub(super) fn moment(ns: crate::kernel::abi::Nanos) -> String {
    time_text(ns)
}
