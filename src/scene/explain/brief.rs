//! An event as one short line.

use crate::kernel::abi::signal_name;
use crate::scene::Names;
use crate::session::strace::{call_text, result_text};
use crate::trace::event::{
    End, Event, EventKind, FileKind, PathKind, ReadyList, TaskState, Verdict, WakeEnd,
};

use super::epoll::short_mask;

/// The event in a few words, for a list.
pub fn brief(event: &Event, n: &Names) -> String {
    tasks(event, n)
        .or_else(|| files(event, n))
        .or_else(|| epoll(event, n))
        .or_else(|| super::polls::brief(event, n))
        .or_else(|| super::switches::brief(event, n))
        .unwrap_or_default()
}

fn tasks(event: &Event, n: &Names) -> Option<String> {
    Some(match &event.kind {
        EventKind::ProcessNew { .. } => "new process".to_owned(),
        EventKind::TaskNew(new) => format!("new task {}", new.name),
        EventKind::SyscallEnter { call, .. } => call_text(&call.get()),
        EventKind::SyscallExit { result, .. } => format!("returns {}", result_text(&result.get())),
        EventKind::TaskState { task, state } if event.by().task() == Some(*task) => {
            state_text(*state)
        }
        EventKind::TaskState { task, state } => {
            format!("{}: {}", n.task(*task), state_text(*state))
        }
        EventKind::Wakeup { task, woken: true } => format!("wakes {}", n.task(*task)),
        EventKind::Wakeup { task, .. } => format!("{} is awake already", n.task(*task)),
        EventKind::Enter => event.func().name().to_owned(),
        EventKind::Leave => format!("{} done", event.func().name()),
        EventKind::CopyFromUser { bytes, .. } => format!("copy {bytes} B in"),
        EventKind::CopyToUser { bytes, .. } => format!("copy {bytes} B out"),
        EventKind::Clock { now_ns } => format!("clock: {}", super::time_text(*now_ns)),
        EventKind::TimerArm { expires_ns, .. } => {
            format!("timer for {}", super::time_text(*expires_ns))
        }
        EventKind::TimerFire { task } => format!("timer of {} fires", n.task(*task)),
        EventKind::SignalAction { sig, handler, .. } => format!("{}: {handler}", signal_name(*sig)),
        EventKind::SignalfdQueue { .. } => "queue for signals".to_owned(),
        EventKind::SignalMask { blocked, .. } => format!("mask = {blocked}"),
        EventKind::SignalSend { task, sig, .. } => {
            format!("{} to {}", signal_name(*sig), n.task(*task))
        }
        EventKind::SignalDequeue { sig, .. } => format!("{} taken", signal_name(*sig)),
        EventKind::TimerCancel { .. } => "timer cancelled".to_owned(),
        _ => return None,
    })
}

/// A task's state in a word.
pub fn state_text(state: TaskState) -> String {
    match state {
        TaskState::Dead => "gone".to_owned(),
        TaskState::Idle => "in user space".to_owned(),
        TaskState::Runnable => "runnable".to_owned(),
        TaskState::Running => "running".to_owned(),
        TaskState::Interruptible => "sleeps".to_owned(),
        TaskState::Uninterruptible => "waits for mtx".to_owned(),
        TaskState::Stopped(point) => format!("stopped at {point}"),
    }
}

fn files(event: &Event, n: &Names) -> Option<String> {
    Some(match &event.kind {
        EventKind::FileNew(new) => format!("new file: {}", kind_text(new.kind)),
        EventKind::FileFree { file } => format!("release {}", n.file(*file)),
        EventKind::FileCount { file, count } => format!("{} refs = {count}", n.file(*file)),
        EventKind::FdInstall { fd, .. } => format!("fd {fd} installed"),
        EventKind::FdRemove { fd, .. } => format!("fd {fd} removed"),
        EventKind::EventfdCount { file, count } => format!("{} count = {count}", n.file(*file)),
        EventKind::TimerfdArm(arm) => match arm.expires_ns {
            Some(at) => format!("tick at {}", super::time_text(at)),
            None => format!("{} stands still", n.file(arm.file)),
        },
        EventKind::TimerfdFire { file } => format!("{} fires", n.file(*file)),
        EventKind::TimerfdTicks { file, ticks } => format!("{} ticks = {ticks}", n.file(*file)),
        EventKind::PipeNew { .. } => "new pipe".to_owned(),
        EventKind::PipeFree { .. } => "pipe freed".to_owned(),
        EventKind::PipePush { bytes, .. } => format!("pipe: + {bytes} B, a new slot"),
        EventKind::PipeMerge { bytes, .. } => format!("pipe: + {bytes} B"),
        EventKind::PipeTake { bytes, .. } => format!("pipe: − {bytes} B"),
        EventKind::PipeEnds { readers, writers, .. } => format!("pipe: {readers} r, {writers} w"),
        EventKind::PipePollUsage { .. } => "pipe: poll_usage = 1".to_owned(),
        EventKind::SockNew { .. } => "new socket".to_owned(),
        EventKind::SockFree { .. } => "socket freed".to_owned(),
        EventKind::SockPeer { sock, peer: Some(peer) } => {
            format!("{} ↔ {}", n.sock(*sock), n.sock(*peer))
        }
        EventKind::SockPeer { sock, .. } => format!("{} lost its peer", n.sock(*sock)),
        EventKind::SkbQueue { sock, bytes, .. } => format!("{} recv: + {bytes} B", n.sock(*sock)),
        EventKind::SkbTake { sock, bytes, .. } => format!("{} recv: − {bytes} B", n.sock(*sock)),
        EventKind::SockWmem { sock, bytes } => format!("{} wmem = {bytes}", n.sock(*sock)),
        EventKind::SockShutdown { sock, .. } => format!("{} shut down", n.sock(*sock)),
        EventKind::SockErr { error, .. } => match error {
            Some(error) => format!("sk_err = {error}"),
            None => "sk_err taken".to_owned(),
        },
        EventKind::SockState { sock, state } => format!("{}: {}", n.sock(*sock), state.name()),
        EventKind::SockPort { sock, port: Some(port) } => format!("{}: port {port}", n.sock(*sock)),
        EventKind::SockPort { sock, .. } => format!("{}: port given back", n.sock(*sock)),
        EventKind::SockOption { sock, value, .. } => format!("{}: option = {value}", n.sock(*sock)),
        EventKind::SockNospace { nospace, .. } => format!("SOCK_NOSPACE = {}", u8::from(*nospace)),
        EventKind::SockUrgent { byte: Some(_), .. } => "urgent byte".to_owned(),
        EventKind::SockUrgent { .. } => "urgent byte gone".to_owned(),
        EventKind::AcceptQueue { queued: true, .. } => "accept queue: + 1".to_owned(),
        EventKind::AcceptQueue { .. } => "accept queue: − 1".to_owned(),
        EventKind::SegmentSend(sent) => format!("segment {} → ({} B)", sent.flags, sent.bytes),
        EventKind::SegmentArrive { number } => format!("segment {number} arrives"),
        EventKind::SockBacklog { queued: true, .. } => "owned: into the backlog".to_owned(),
        EventKind::SockBacklog { .. } => "out of the backlog".to_owned(),
        EventKind::TimeWait { port } => format!("port {port}: TIME-WAIT"),
        EventKind::WaitEnqueue(new) => {
            let at = if new.at == End::Head { "head" } else { "tail" };
            format!("{} joins at the {at}", n.waiter(new.waiter))
        }
        EventKind::WaitDequeue { entry, .. } => match n.entry(*entry) {
            Some((_, waiter)) => format!("{} leaves the queue", n.waiter(waiter)),
            None => "leaves the queue".to_owned(),
        },
        EventKind::WakeBegin { key, .. } => format!("wake_up(key {})", short_mask(*key)),
        EventKind::WakeEntry { entry, .. } => match n.entry(*entry) {
            Some((_, waiter)) => format!("→ {}", n.waiter(waiter)),
            None => "→ entry".to_owned(),
        },
        EventKind::WakeVerdict { counts, .. } => format!("returns {}", u8::from(*counts)),
        EventKind::WakeEnd { why: WakeEnd::EndOfQueue, .. } => "end of the queue".to_owned(),
        EventKind::WakeEnd { why: WakeEnd::ExclusiveWoken, .. } => {
            "nr_exclusive = 0: stop".to_owned()
        }
        _ => return None,
    })
}

/// What a file is, in a word or two.
pub fn kind_text(kind: FileKind) -> &'static str {
    match kind {
        FileKind::Null => "/dev/null",
        FileKind::Path(PathKind::Zero) => "/dev/zero",
        FileKind::Path(PathKind::Full) => "/dev/full",
        FileKind::Path(PathKind::Regular) => "regular file",
        FileKind::Path(PathKind::Directory) => "directory",
        FileKind::Eventpoll(_) => "epoll",
        FileKind::Eventfd { semaphore: true, .. } => "eventfd, semaphore",
        FileKind::Eventfd { .. } => "eventfd",
        FileKind::Signalfd { .. } => "signalfd",
        FileKind::Timerfd { .. } => "timerfd",
        FileKind::PipeRead(_) => "pipe, read end",
        FileKind::PipeWrite(_) => "pipe, write end",
        FileKind::UnixStream(_) => "unix stream",
        FileKind::Tcp(_) => "TCP socket",
        FileKind::Dgram(_) => "datagram socket",
    }
}

fn epoll(event: &Event, n: &Names) -> Option<String> {
    Some(match &event.kind {
        EventKind::EventpollNew { .. } => "new eventpoll".to_owned(),
        EventKind::EventpollFree { .. } => "eventpoll freed".to_owned(),
        EventKind::MtxLock { .. } => "lock mtx".to_owned(),
        EventKind::MtxWait { task, .. } => format!("{} waits for mtx", n.task(*task)),
        EventKind::MtxUnlock { .. } => "unlock mtx".to_owned(),
        EventKind::SpinLock { .. } => "lock ep->lock".to_owned(),
        EventKind::SpinUnlock { .. } => "unlock ep->lock".to_owned(),
        EventKind::Watches { count } => format!("epoll_watches = {count}"),
        EventKind::EpitemNew(new) => format!("new epitem for fd {}", new.fd),
        EventKind::EpitemFree { epi } => format!("free epitem {}", n.epi(*epi)),
        EventKind::EpitemEvent { events, .. } => format!("events = {}", short_mask(*events)),
        EventKind::FileLink { file, .. } => format!("{} knows its item", n.file(*file)),
        EventKind::FileUnlink { file, .. } => format!("{} forgets its item", n.file(*file)),
        EventKind::PwqNew { epi, .. } => format!("hook {} up", n.epi(*epi)),
        EventKind::PwqFree { epi, .. } => format!("unhook {}", n.epi(*epi)),
        EventKind::RbCompare { at, turn, .. } => {
            format!("compare with {}: {}", n.epi(*at), super::tree::turn_text(*turn))
        }
        EventKind::RbLink { node, .. } => format!("link {} red", n.epi(*node)),
        EventKind::RbColor { node, color, .. } => {
            format!("{} := {}", n.epi(*node), super::tree::color_text(*color))
        }
        EventKind::RbRotate { at, side, .. } => {
            format!("rotate {} at {}", super::tree::side_text(*side), n.epi(*at))
        }
        EventKind::RbUnlink { node, .. } => format!("unlink {}", n.epi(*node)),
        EventKind::RbSuccessor { node, successor, .. } => {
            format!("{} takes the place of {}", n.epi(*successor), n.epi(*node))
        }
        EventKind::RbLeftmost { node: Some(node), .. } => format!("leftmost = {}", n.epi(*node)),
        EventKind::RbLeftmost { .. } => "leftmost = none".to_owned(),
        EventKind::ItemPoll { epi, mask, .. } => {
            format!("poll {} → {}", n.epi(*epi), short_mask(*mask))
        }
        EventKind::ReadyLink { epi, list, .. } => format!("{} ← {}", list_text(*list), n.epi(*epi)),
        EventKind::ReadyUnlink { epi, list, .. } => {
            format!("{} → {}", list_text(*list), n.epi(*epi))
        }
        EventKind::ScanStart { .. } => "rdllist → txlist".to_owned(),
        EventKind::OvflistPush { epi, .. } => format!("ovflist ← {}", n.epi(*epi)),
        EventKind::OvflistPop { epi, .. } => format!("ovflist → {}", n.epi(*epi)),
        EventKind::ScanDone { .. } => "txlist → front of rdllist".to_owned(),
        EventKind::Callback { verdict, .. } => verdict_text(*verdict).to_owned(),
        EventKind::EventsAvailable { available: true, .. } => "events available".to_owned(),
        EventKind::EventsAvailable { .. } => "nothing available".to_owned(),
        EventKind::CopyOut { events, data, index, .. } => {
            format!("copy {{{}, {data}}} → events[{index}]", short_mask(events.events()))
        }
        EventKind::EdgeNotRequeued { epi, .. } => format!("EPOLLET: {} not put back", n.epi(*epi)),
        _ => return None,
    })
}

fn verdict_text(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Disarmed => "disarmed: ignored ✗",
        Verdict::Filtered => "filter: not asked for ✗",
        Verdict::Overflow => "filter ✓, a scan is on",
        Verdict::OverflowAlready => "filter ✓, on ovflist already",
        Verdict::Queued => "filter ✓, to rdllist",
        Verdict::QueuedAlready => "filter ✓, listed already",
    }
}

fn list_text(list: ReadyList) -> &'static str {
    match list {
        ReadyList::Rdllist => "rdllist",
        ReadyList::Txlist => "txlist",
    }
}
