//! What the kernel did, one event for each step that a person could want to see.
//!
//! The events of a run are complete: folding them rebuilds all that is visible of the kernel
//! (`scene`). Each is small and holds ids, never object state of any size.

use serde::ser::SerializeStruct;
use serde::{Deserialize, Serialize, Serializer};

use super::func::Func;
pub use super::objects::*;
use super::packed::{Call, Outcome, TaskNumber};
use crate::kernel::Config;
use crate::kernel::abi::{Errno, Events, Fd, Handler, Nanos, SigSet};
use crate::kernel::ids::{
    EpitemKey, EventpollKey, FileKey, PipeKey, ProcessKey, PwqKey, SockKey, TaskKey, WaitEntryKey,
    WaitQueueKey,
};
use crate::kernel::syscall::{EpollParams, Fault};

/// One thing that happened.
///
/// Traces are long: an event takes 40 bytes, and few kinds keep more elsewhere.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(from = "Whole")]
pub struct Event {
    /// In whose context, and in the upper byte in which function: stored in one go.
    head: u32,
    /// The number of the event that led to it, once it was told; `u32::MAX` is none.
    cause: u32,
    /// What.
    pub kind: EventKind,
}

/// An event as it is stored.
#[derive(Deserialize)]
struct Whole {
    by: By,
    func: Func,
    cause: u32,
    kind: EventKind,
}

impl From<Whole> for Event {
    fn from(Whole { by, func, cause, kind }: Whole) -> Event {
        Event { cause, ..Event::new(by, func, kind) }
    }
}

impl Serialize for Event {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut whole = serializer.serialize_struct("Event", 4)?;
        whole.serialize_field("by", &self.by())?;
        whole.serialize_field("func", &self.func())?;
        whole.serialize_field("cause", &self.cause)?;
        whole.serialize_field("kind", &self.kind)?;
        whole.end()
    }
}

/// What no kind of event may take more than; larger ones are boxed.
const _: () = assert!(size_of::<EventKind>() <= 32 && size_of::<Event>() <= 40);

impl Event {
    /// An event whose cause was not told yet.
    #[inline]
    pub fn new(by: By, func: Func, kind: EventKind) -> Event {
        Event { head: by.0 | (func as u32) << FUNC_SHIFT, cause: u32::MAX, kind }
    }

    /// In whose context.
    pub fn by(&self) -> By {
        By(self.head & !(u32::MAX << FUNC_SHIFT))
    }

    /// In which kernel function.
    pub fn func(&self) -> Func {
        Func::ALL[(self.head >> FUNC_SHIFT) as usize]
    }

    /// The number of the event that led to it.
    pub fn cause(&self) -> Option<u32> {
        (self.cause != u32::MAX).then_some(self.cause)
    }

    pub(super) fn set_cause(&mut self, cause: Option<u32>) {
        self.cause = cause.unwrap_or(u32::MAX);
    }
}

/// The bits of an event's head that say in whose context; those above say in which function.
const FUNC_SHIFT: u32 = 24;

const _: () = assert!(Func::ALL.len() <= 256);

/// A [`Context`] in 24 bits: what has no task first, then tasks by their arena slots.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "Context", into = "Context")]
pub struct By(u32);

impl By {
    /// What it stands for.
    pub fn context(self) -> Context {
        match self.0 {
            0 => Context::Boot,
            1 => Context::Hardirq,
            2 => Context::Softirq,
            number => Context::Task(TaskKey::from_index(number.wrapping_sub(3))),
        }
    }

    /// The task, if it is one.
    pub fn task(self) -> Option<TaskKey> {
        self.context().task()
    }

    /// That it is in a context.
    #[inline]
    pub(crate) fn new(context: Context) -> By {
        By(match context {
            Context::Boot => 0,
            Context::Hardirq => 1,
            Context::Softirq => 2,
            Context::Task(task) => task.index().wrapping_add(3),
        })
    }
}

impl From<Context> for By {
    fn from(context: Context) -> By {
        By::new(context)
    }
}

impl From<By> for Context {
    fn from(by: By) -> Context {
        by.context()
    }
}

impl PartialEq<Context> for By {
    fn eq(&self, other: &Context) -> bool {
        self.context() == *other
    }
}

/// Whose context kernel code runs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Context {
    /// A task, inside its system call.
    Task(TaskKey),
    /// A hardware interrupt: the timer.
    Hardirq,
    /// A softirq: segments arrive.
    Softirq,
    /// Nobody: the machine is being set up.
    Boot,
}

impl Context {
    /// The task, if it is one.
    pub fn task(self) -> Option<TaskKey> {
        match self {
            Context::Task(task) => Some(task),
            Context::Hardirq | Context::Softirq | Context::Boot => None,
        }
    }
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(
    all(test, not(target_arch = "wasm32")),
    derive(strum::VariantNames, strum::IntoStaticStr)
)]
#[expect(missing_docs, reason = "fields are named after what they hold; each variant is described")]
pub enum EventKind {
    // --- tasks ---
    /// A process was made, with an empty descriptor table.
    ProcessNew { process: ProcessKey },
    /// A task was made; it is idle in user space.
    TaskNew(Box<TaskNew>),
    /// A task entered the kernel with a call.
    SyscallEnter { task: TaskNumber, call: Call },
    /// A call returned to user space.
    SyscallExit { task: TaskKey, result: Outcome },
    /// A task's state changed.
    TaskState { task: TaskKey, state: TaskState },
    /// Somebody tried to wake a task; `woken` is false if it was not asleep.
    Wakeup { task: TaskKey, woken: bool },
    /// A function was entered; the event's `func` says which.
    Enter,
    /// A function was left.
    Leave,

    // --- descriptors and open files ---
    /// An open file description was made.
    FileNew(Box<FileNew>),
    /// The last reference to an open file went; it is being released.
    FileFree { file: FileKey },
    /// A file's reference count changed: descriptors and calls under way.
    FileCount { file: FileKey, count: u32 },
    /// A descriptor now stands for a file.
    FdInstall { process: ProcessKey, fd: Fd, file: FileKey },
    /// A descriptor was closed.
    FdRemove { process: ProcessKey, fd: Fd, file: FileKey },
    /// A descriptor's `FD_CLOEXEC` was set or taken away.
    FdCloexec { process: ProcessKey, fd: Fd, on: bool },
    /// An open file's flags were set by `F_SETFL`.
    FileFlags { file: FileKey, flags: i32 },

    // --- what files hold ---
    /// An eventfd's counter changed.
    EventfdCount { file: FileKey, count: u64 },
    /// A pipe was made.
    PipeNew { pipe: PipeKey, rd_wait: WaitQueueKey, wr_wait: WaitQueueKey },
    /// A pipe is gone, both ends are closed.
    PipeFree { pipe: PipeKey },
    /// A write filled a fresh slot of a pipe.
    PipePush { pipe: PipeKey, bytes: u32, packet: bool },
    /// A write was merged into the last slot of a pipe.
    PipeMerge { pipe: PipeKey, bytes: u32 },
    /// A read took bytes from the first slot of a pipe, and freed the slot if that emptied it.
    PipeTake { pipe: PipeKey, bytes: u32, slot_freed: bool },
    /// The number of open ends of a pipe changed.
    PipeEnds { pipe: PipeKey, readers: u32, writers: u32 },
    /// The pipe was polled for the first time: from now on every write wakes readers.
    PipePollUsage { pipe: PipeKey },
    /// A pipe's ring was replaced by one of this many slots (`F_SETPIPE_SZ`).
    PipeResize { pipe: PipeKey, slots: u32 },
    /// A socket was made; `wq` serves readers and writers alike.
    SockNew { sock: SockKey, wq: WaitQueueKey, sndbuf: u32, parent: Option<SockKey> },
    /// A socket is gone.
    SockFree { sock: SockKey },
    /// A socket got a peer, or lost it.
    SockPeer { sock: SockKey, peer: Option<SockKey> },
    /// A buffer was queued to a socket's receive queue.
    SkbQueue { sock: SockKey, bytes: u32, truesize: u32 },
    /// Bytes were taken from the first buffer of a receive queue, which is freed if `skb_freed`.
    SkbTake { sock: SockKey, bytes: u32, skb_freed: bool },
    /// A buffer inside a receive queue has so many bytes left, or is gone.
    SkbInside { sock: SockKey, index: u32, left: Option<u32> },
    /// A socket's charge for what it sent and nobody read yet changed (`sk_wmem_alloc`).
    SockWmem { sock: SockKey, bytes: u32 },
    /// A socket's directions were shut down (`sk_shutdown`): receiving, sending.
    SockShutdown { sock: SockKey, receive: bool, send: bool },
    /// A socket's pending error was set or taken (`sk_err`).
    SockErr { sock: SockKey, error: Option<Errno> },
    /// A socket's connection state changed (`sk_state`).
    SockState { sock: SockKey, state: TcpState },
    /// A socket got its local port, or gave it back.
    SockPort { sock: SockKey, port: Option<u16> },
    /// A socket option got a value, by its number.
    SockOption { sock: SockKey, option: i32, value: i32 },
    /// `SOCK_NOSPACE`: somebody found the socket not writable and wants to be told.
    SockNospace { sock: SockKey, nospace: bool },
    /// An urgent byte has come, or is no longer there to be read.
    SockUrgent { sock: SockKey, byte: Option<u8> },
    /// A connection joined a listener's accept queue, or left it.
    AcceptQueue { sock: SockKey, child: SockKey, queued: bool },
    /// A segment was sent: it is on its way.
    SegmentSend(Box<SegmentSend>),
    /// A segment arrived.
    SegmentArrive { number: u64 },
    /// A segment met a socket that is owned, and waits in its backlog; or the socket takes it.
    SockBacklog { sock: SockKey, number: u64, queued: bool },
    /// A connection is in `TIME-WAIT`: its port stays taken.
    TimeWait { port: u16 },
    /// Bytes went from user memory into the kernel.
    CopyFromUser { task: TaskKey, bytes: u32 },
    /// Bytes went from the kernel into user memory.
    CopyToUser { task: TaskKey, bytes: u32 },

    // --- wait queues ---
    /// An entry joined a wait queue.
    WaitEnqueue(Box<WaitEnqueue>),
    /// An entry left a wait queue.
    WaitDequeue { wq: WaitQueueKey, entry: WaitEntryKey },
    /// A wake-up starts to walk a queue; `nr_exclusive` 0 means all; a `key` of 0 passes every filter.
    WakeBegin { wq: WaitQueueKey, key: Events, nr_exclusive: u32 },
    /// The walk calls an entry's function.
    WakeEntry { wq: WaitQueueKey, entry: WaitEntryKey },
    /// What that function answered: whether this counts as a wake-up.
    WakeVerdict { wq: WaitQueueKey, entry: WaitEntryKey, counts: bool },
    /// The walk ended.
    WakeEnd { wq: WaitQueueKey, why: WakeEnd },

    // --- epoll ---
    /// A `struct eventpoll` was made.
    EventpollNew { ep: EventpollKey, wq: WaitQueueKey, poll_wait: WaitQueueKey },
    /// A `struct eventpoll` was freed.
    EventpollFree { ep: EventpollKey },
    /// `ep->mtx` was taken.
    MtxLock { ep: EventpollKey, task: TaskKey },
    /// `ep->mtx` is held by another: the task sleeps until it is free.
    MtxWait { ep: EventpollKey, task: TaskKey },
    /// `ep->mtx` was let go.
    MtxUnlock { ep: EventpollKey },
    /// `ep->lock` was taken.
    SpinLock { ep: EventpollKey },
    /// `ep->lock` was let go.
    SpinUnlock { ep: EventpollKey },
    /// The creator's count of watches, `user->epoll_watches`.
    Watches { count: u64 },
    /// A `struct epitem` was made.
    EpitemNew(Box<EpitemNew>),
    /// A `struct epitem` was freed.
    EpitemFree { epi: EpitemKey },
    /// An item's mask and data were replaced: by `EPOLL_CTL_MOD`, or disarmed by `EPOLLONESHOT`.
    EpitemEvent { epi: EpitemKey, events: Events, data: u64 },
    /// An item was put on its file's list of items, at the front.
    FileLink { file: FileKey, epi: EpitemKey },
    /// An item was taken off its file's list of items.
    FileUnlink { file: FileKey, epi: EpitemKey },
    /// An item was hooked into a wait queue by a `struct eppoll_entry`.
    PwqNew { pwq: PwqKey, epi: EpitemKey, entry: WaitEntryKey },
    /// An item's hook was freed.
    PwqFree { pwq: PwqKey, epi: EpitemKey },
    /// A descent in the tree compared the key with that of `at`.
    RbCompare { ep: EventpollKey, at: EpitemKey, turn: Turn },
    /// A node was linked into the tree, red, below `parent`, or as the root.
    RbLink { ep: EventpollKey, node: EpitemKey, parent: Option<EpitemKey>, side: Side },
    /// A node was coloured.
    RbColor { ep: EventpollKey, node: EpitemKey, color: Color },
    /// The tree was rotated at a node: towards `side` the node goes down.
    RbRotate { ep: EventpollKey, at: EpitemKey, side: Side },
    /// A node with at most one child was taken out; the child took its place.
    RbUnlink { ep: EventpollKey, node: EpitemKey, child: Option<EpitemKey> },
    /// A node with two children was taken out; its in-order successor took its place and children.
    RbSuccessor { ep: EventpollKey, node: EpitemKey, successor: EpitemKey },
    /// The cached leftmost node of the tree changed.
    RbLeftmost { ep: EventpollKey, node: Option<EpitemKey> },
    /// A file was asked what is ready on it; `revents` is what of it the item asks for.
    ItemPoll { epi: EpitemKey, mask: Events, revents: Events },
    /// An item was put on a ready list.
    ReadyLink { ep: EventpollKey, epi: EpitemKey, list: ReadyList, at: End },
    /// An item was taken off a ready list.
    ReadyUnlink { ep: EventpollKey, epi: EpitemKey, list: ReadyList },
    /// A scan starts: `rdllist` moves to the private `txlist`, `ovflist` is active and empty.
    ScanStart { ep: EventpollKey },
    /// A callback during a scan put the item at the head of `ovflist`.
    OvflistPush { ep: EventpollKey, epi: EpitemKey },
    /// The end of a scan took the item off `ovflist`.
    OvflistPop { ep: EventpollKey, epi: EpitemKey },
    /// The scan is over: `ovflist` is inactive, what is left of `txlist` went to the front of `rdllist`.
    ScanDone { ep: EventpollKey },
    /// What `ep_poll_callback` decided about an announcement.
    Callback { epi: EpitemKey, key: Events, verdict: Verdict },
    /// A task in `epoll_wait` looked whether there is anything to harvest.
    EventsAvailable { ep: EventpollKey, available: bool },
    /// An event was stored in the user's array at `index`: 12 bytes.
    CopyOut { task: TaskKey, epi: EpitemKey, index: u32, events: Revents, data: u64 },
    /// A reported item with `EPOLLET` was not put back on `rdllist`.
    EdgeNotRequeued { ep: EventpollKey, epi: EpitemKey },

    /// A wakeup source was made: an item's, or the instance's own.
    WakeupSourceNew { ep: EventpollKey, epi: Option<EpitemKey> },
    /// A wakeup source was freed.
    WakeupSourceFree { ep: EventpollKey, epi: Option<EpitemKey> },
    /// `__pm_stay_awake()`: a wakeup source is held from now on.
    PmStayAwake { ep: EventpollKey, epi: Option<EpitemKey> },
    /// `__pm_relax()`: it is let go.
    PmRelax { ep: EventpollKey, epi: Option<EpitemKey> },
    /// An instance's parameters of busy polling were set.
    EpollParams { ep: EventpollKey, params: EpollParams },

    // --- what a scenario switches on ---
    /// The machine was set up differently.
    Configured(Box<Config>),
    /// What is to go wrong in a task's next call changed.
    FaultSet { task: TaskKey, fault: Option<Fault> },
    /// An allocation failed.
    AllocFail { task: TaskKey, what: Alloc },
    /// A copy ran into memory that is not there.
    UserFault { task: TaskKey },

    // --- signals ---
    /// What a signal does in a process was set.
    SignalAction { process: ProcessKey, sig: i32, handler: Handler },
    /// A process got the queue on which those wait that watch for its signals by a file.
    SignalfdQueue { process: ProcessKey, wqh: WaitQueueKey },
    /// A task's signal mask was set.
    SignalMask { task: TaskKey, blocked: SigSet },
    /// A signal was sent to a task.
    SignalSend { task: TaskKey, sig: i32, fate: SignalFate },
    /// A pending signal of a task was taken.
    SignalDequeue { task: TaskKey, sig: i32, end: SignalEnd },
    // --- poll and select ---
    /// `poll_initwait()`: a `struct poll_wqueues` stands on the task's stack. `nfds` is what was
    /// passed, `asked` the descriptors among them that count.
    PollBegin { task: TaskKey, kind: PollKind, nfds: u32, asked: u32, hooking: bool },
    /// A further chunk for so many `struct pollfd` was allocated.
    PollChunk { task: TaskKey, len: u32 },
    /// A page for 63 further entries was allocated.
    PollPage { task: TaskKey },
    /// The six bitmaps of a `select` were laid out, of so many bytes each.
    SelectBitmaps { task: TaskKey, bytes: u32, heap: bool },
    /// A pass over all descriptors begins: `nfds` of them, or so many bits.
    PollPass { task: TaskKey, nfds: u32, hooking: bool },
    /// A descriptor was looked at: what its file says, and what of it was asked for. No file for a
    /// negative descriptor and for one that is not open.
    PollLook { task: TaskKey, index: u32, file: Option<FileKey>, mask: Events, revents: Events },
    /// `__pollwait()`: the caller was hooked into a file's wait queue, and holds the file.
    PollArm { task: TaskKey, entry: WaitEntryKey, file: FileKey, key: Events },
    /// The pass is over with so many found; from now on nothing is hooked.
    PollPassEnd { task: TaskKey, count: u32 },
    /// `pollwake()` let the key pass and set `triggered`, or the sleeper has taken note of it.
    PollTriggered { task: TaskKey, triggered: bool },
    /// `poll_freewait()`: an entry was unhooked, its file is let go.
    PollDisarm { task: TaskKey, entry: WaitEntryKey, file: FileKey },
    /// All entries are gone, and the `struct poll_wqueues` with them.
    PollEnd { task: TaskKey },

    // --- time ---
    /// The clock moved on.
    Clock { now_ns: Nanos },
    /// A sleeping task's timer was set.
    TimerArm { task: TaskKey, expires_ns: Nanos, slack_ns: Nanos },
    /// A task's timer fired.
    TimerFire { task: TaskKey },
    /// A task's timer was cancelled before it fired.
    TimerCancel { task: TaskKey },
    /// A timerfd's timer was set; `None` stands still. It restarts by itself only when read.
    TimerfdArm(Box<TimerfdArm>),
    /// A timerfd's timer fired.
    TimerfdFire { file: FileKey },
    /// The number of ticks that nobody read yet changed.
    TimerfdTicks { file: FileKey, ticks: u64 },
}
