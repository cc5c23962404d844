//! The things on stage, and those that an event is about.

use crate::kernel::ids::{
    EpitemKey, EventpollKey, FileKey, PipeKey, ProcessKey, SockKey, TaskKey, WaitEntryKey,
    WaitQueueKey,
};
use crate::trace::event::{Event, EventKind, FileKind};

use super::layout::ListKind;
use super::{Names, Scene};

/// A thing on stage that an event is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "named after what they hold")]
pub enum Thing {
    Task(TaskKey),
    Item(EpitemKey),
    File(FileKey),
    Entry(WaitEntryKey),
    List(EventpollKey, ListKind),
    Locks(EventpollKey),
    Queue(WaitQueueKey),
    Ep(EventpollKey),
    Process(ProcessKey),
    Sock(SockKey),
    Pipe(PipeKey),
}

impl Scene {
    /// Whether a thing is there.
    pub fn has(&self, thing: Thing) -> bool {
        match thing {
            Thing::Task(task) => self.tasks.contains_key(&task),
            Thing::Item(epi) => self.epitems.contains_key(&epi),
            Thing::File(file) => self.files.contains_key(&file),
            Thing::Entry(key) => {
                self.wait_queues.values().any(|q| q.entries.iter().any(|e| e.entry == key))
            }
            Thing::List(ep, _) | Thing::Locks(ep) | Thing::Ep(ep) => {
                self.eventpolls.contains_key(&ep)
            }
            Thing::Queue(wq) => self.wait_queues.contains_key(&wq),
            Thing::Process(process) => self.processes.contains_key(&process),
            Thing::Sock(sock) => self.socks.contains_key(&sock),
            Thing::Pipe(pipe) => self.pipes.contains_key(&pipe),
        }
    }
}

/// What an event is about: these things light up.
pub fn spotlight(event: &Event, names: &Names) -> Vec<Thing> {
    let mut out = Vec::new();
    match &event.kind {
        EventKind::SyscallEnter { task, .. } => out.push(Thing::Task(task.key())),
        EventKind::SyscallExit { task, .. }
        | EventKind::TaskState { task, .. }
        | EventKind::CopyFromUser { task, .. }
        | EventKind::CopyToUser { task, .. }
        | EventKind::TimerFire { task }
        | EventKind::TimerArm { task, .. }
        | EventKind::TimerCancel { task }
        | EventKind::SignalMask { task, .. }
        | EventKind::SignalSend { task, .. }
        | EventKind::SignalDequeue { task, .. }
        | EventKind::Wakeup { task, .. } => out.push(Thing::Task(*task)),
        EventKind::CopyOut { task, epi, .. } => out.extend([Thing::Task(*task), Thing::Item(*epi)]),
        EventKind::EventfdCount { file, .. }
        | EventKind::TimerfdFire { file }
        | EventKind::TimerfdTicks { file, .. }
        | EventKind::FdInstall { file, .. } => {
            out.push(Thing::File(*file));
        }
        EventKind::PollBegin { task, .. }
        | EventKind::PollPass { task, .. }
        | EventKind::PollPassEnd { task, .. }
        | EventKind::PollTriggered { task, .. }
        | EventKind::PollPage { task }
        | EventKind::PollChunk { task, .. }
        | EventKind::SelectBitmaps { task, .. }
        | EventKind::PollEnd { task } => out.push(Thing::Task(*task)),
        EventKind::PollLook { task, file, .. } => {
            out.push(Thing::Task(*task));
            out.extend(file.map(Thing::File));
        }
        EventKind::PollArm { entry, file, .. } | EventKind::PollDisarm { entry, file, .. } => {
            out.extend([Thing::Entry(*entry), Thing::File(*file)]);
        }
        EventKind::SegmentSend(sent) => {
            out.push(Thing::Sock(sent.from));
            out.extend(names.sock_file(sent.from).map(Thing::File));
        }
        EventKind::AcceptQueue { sock, .. }
        | EventKind::SockState { sock, .. }
        | EventKind::SockBacklog { sock, .. }
        | EventKind::SockUrgent { sock, .. } => {
            out.extend(names.sock_file(*sock).map(Thing::File));
        }
        EventKind::SpinLock { ep } | EventKind::SpinUnlock { ep } => out.push(Thing::Locks(*ep)),
        EventKind::PmStayAwake { ep, epi } | EventKind::PmRelax { ep, epi } => {
            out.push(epi.map_or(Thing::Locks(*ep), Thing::Item));
        }
        EventKind::TimerfdArm(arm) => out.push(Thing::File(arm.file)),
        EventKind::PipePush { pipe, .. }
        | EventKind::PipeMerge { pipe, .. }
        | EventKind::PipeTake { pipe, .. } => {
            let ends = [FileKind::PipeRead(*pipe), FileKind::PipeWrite(*pipe)];
            out.extend(ends.into_iter().filter_map(|kind| names.file_of(kind)).map(Thing::File));
        }
        EventKind::SkbQueue { sock, .. }
        | EventKind::SkbTake { sock, .. }
        | EventKind::SockShutdown { sock, .. }
        | EventKind::SockWmem { sock, .. }
        | EventKind::SockErr { sock, .. }
        | EventKind::SockPeer { sock, .. } => {
            out.extend(names.sock_file(*sock).map(Thing::File));
        }
        EventKind::WakeBegin { wq, .. } | EventKind::WakeEnd { wq, .. } => {
            out.push(Thing::Queue(*wq))
        }
        EventKind::WaitEnqueue(new) => out.push(Thing::Entry(new.entry)),
        EventKind::WaitDequeue { entry, .. }
        | EventKind::WakeEntry { entry, .. }
        | EventKind::WakeVerdict { entry, .. } => out.push(Thing::Entry(*entry)),
        EventKind::MtxLock { ep, .. }
        | EventKind::MtxWait { ep, .. }
        | EventKind::MtxUnlock { ep } => {
            out.push(Thing::Locks(*ep));
        }
        EventKind::EventsAvailable { ep, .. } => out.push(Thing::List(*ep, ListKind::Rdllist)),
        EventKind::ScanStart { ep } | EventKind::ScanDone { ep } => {
            out.extend(
                [ListKind::Rdllist, ListKind::Txlist, ListKind::Ovflist]
                    .map(|l| Thing::List(*ep, l)),
            );
        }
        kind => out.extend(item_of(kind).map(Thing::Item)),
    }
    for n in 0..out.len() {
        if let Thing::Queue(wq) = out[n] {
            out.extend(names.queue_file(wq).map(Thing::File));
            if let Some(super::names::Queue::Wq(ep)) = names.queue_of(wq) {
                out.push(Thing::List(ep, ListKind::Wq));
            }
        }
    }
    out
}

/// The item that an event is about.
pub fn item_of(kind: &EventKind) -> Option<EpitemKey> {
    match kind {
        EventKind::EpitemNew(new) => Some(new.epi),
        EventKind::EpitemFree { epi }
        | EventKind::EpitemEvent { epi, .. }
        | EventKind::FileLink { epi, .. }
        | EventKind::FileUnlink { epi, .. }
        | EventKind::PwqNew { epi, .. }
        | EventKind::PwqFree { epi, .. }
        | EventKind::ItemPoll { epi, .. }
        | EventKind::ReadyLink { epi, .. }
        | EventKind::ReadyUnlink { epi, .. }
        | EventKind::OvflistPush { epi, .. }
        | EventKind::OvflistPop { epi, .. }
        | EventKind::Callback { epi, .. }
        | EventKind::CopyOut { epi, .. }
        | EventKind::EdgeNotRequeued { epi, .. } => Some(*epi),
        EventKind::RbCompare { at, .. } | EventKind::RbRotate { at, .. } => Some(*at),
        EventKind::RbLink { node, .. }
        | EventKind::RbColor { node, .. }
        | EventKind::RbUnlink { node, .. } => Some(*node),
        EventKind::RbSuccessor { successor, .. } => Some(*successor),
        EventKind::RbLeftmost { node, .. } => *node,
        _ => None,
    }
}
