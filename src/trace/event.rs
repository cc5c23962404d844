//! What the kernel did, one event for each step that a person could want to see.
//!
//! The events of a run are complete: folding them rebuilds all that is visible of the kernel
//! (`scene`). Each is small and holds ids, never object state of any size.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::func::Func;
use crate::kernel::Config;
use crate::kernel::abi::{Errno, Events, Fd, Handler, Nanos, SigSet};
use crate::kernel::ids::{
    EpitemKey, EventpollKey, FileKey, PipeKey, ProcessKey, PwqKey, SockKey, TaskKey, WaitEntryKey,
    WaitQueueKey,
};
use crate::kernel::syscall::{EpollParams, Fault, SysResult, Syscall};

/// One thing that happened.
///
/// Traces are long: an event takes 40 bytes, and few kinds keep more elsewhere.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// In whose context.
    pub by: By,
    /// In which kernel function.
    pub func: Func,
    /// The number of the event that led to it, once it was told; `u32::MAX` is none.
    cause: u32,
    /// What.
    pub kind: EventKind,
}

/// What no kind of event may take more than; larger ones are boxed.
const _: () = assert!(size_of::<EventKind>() <= 32 && size_of::<Event>() <= 40);

impl Event {
    /// An event whose cause was not told yet.
    #[inline]
    pub fn new(by: By, func: Func, kind: EventKind) -> Event {
        Event { by, func, cause: u32::MAX, kind }
    }

    /// The number of the event that led to it.
    pub fn cause(&self) -> Option<u32> {
        (self.cause != u32::MAX).then_some(self.cause)
    }

    pub(super) fn set_cause(&mut self, cause: Option<u32>) {
        self.cause = cause.unwrap_or(u32::MAX);
    }
}

/// A [`Context`] in three bytes: what has no task first, then tasks by their arena slots.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "Context", into = "Context")]
pub struct By([u8; 3]);

impl By {
    /// What it stands for.
    pub fn context(self) -> Context {
        let By([low, middle, high]) = self;
        match u32::from_le_bytes([low, middle, high, 0]) {
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
}

impl From<Context> for By {
    fn from(context: Context) -> By {
        let number = match context {
            Context::Boot => 0,
            Context::Hardirq => 1,
            Context::Softirq => 2,
            Context::Task(task) => task.index().wrapping_add(3),
        };
        let [low, middle, high, _] = number.to_le_bytes();
        By([low, middle, high])
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
    SyscallEnter { task: TaskKey, call: Box<Syscall> },
    /// A call returned to user space.
    SyscallExit { task: TaskKey, result: Box<SysResult> },
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
    SockNew { sock: SockKey, wq: WaitQueueKey, sndbuf: u32 },
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

/// A new task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskNew {
    /// Its key.
    pub task: TaskKey,
    /// The process that it belongs to.
    pub process: ProcessKey,
    /// Its name.
    pub name: Box<str>,
}

/// An entry that joined a wait queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitEnqueue {
    /// The queue.
    pub wq: WaitQueueKey,
    /// The entry's key.
    pub entry: WaitEntryKey,
    /// Whom it is there for.
    pub waiter: Waiter,
    /// `WQ_FLAG_EXCLUSIVE`
    pub exclusive: bool,
    /// Where it joined.
    pub at: End,
}

/// How a timerfd was set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimerfdArm {
    /// The timerfd.
    pub file: FileKey,
    /// When it fires; `None` stands still.
    pub expires_ns: Option<Nanos>,
    /// How often; 0 is once.
    pub interval_ns: Nanos,
}

/// A mask as `epoll_wait` reports it: what files say fits into 16 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Events", into = "Events")]
pub struct Revents(u16);

impl Revents {
    /// As a mask.
    pub fn events(self) -> Events {
        Events::from_bits_retain(self.0.into())
    }
}

impl From<Events> for Revents {
    fn from(events: Events) -> Revents {
        Revents((events.bits() & 0xffff) as u16)
    }
}

impl From<Revents> for Events {
    fn from(revents: Revents) -> Events {
        revents.events()
    }
}

/// A new open file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileNew {
    /// Its key.
    pub file: FileKey,
    /// What it is.
    pub kind: FileKind,
    /// Its pseudo-address, the first part of the key in every tree.
    pub addr: u64,
    /// `f_flags`: access mode and `O_NONBLOCK`.
    pub flags: i32,
}

/// A new item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EpitemNew {
    /// Its key.
    pub epi: EpitemKey,
    /// The instance it belongs to.
    pub ep: EventpollKey,
    /// The watched file, `ffd.file`.
    pub file: FileKey,
    /// The descriptor number given to `epoll_ctl`, `ffd.fd`.
    pub fd: Fd,
    /// The mask, `EPOLLERR` and `EPOLLHUP` included.
    pub events: Events,
    /// The program's word.
    pub data: u64,
}

/// What kind of file, and the object behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FileKind {
    /// A device without a poll operation: descriptors 0, 1 and 2 at the start.
    Null,
    /// An epoll instance.
    Eventpoll(EventpollKey),
    /// An eventfd, with its one wait queue.
    Eventfd {
        /// `ctx->wqh`
        wqh: WaitQueueKey,
        /// Made with `EFD_SEMAPHORE`.
        semaphore: bool,
    },
    /// A timerfd, with its one wait queue.
    Timerfd {
        /// `ctx->wqh`
        wqh: WaitQueueKey,
    },
    /// A signalfd; it has no queue of its own.
    Signalfd {
        /// The signals that it is for.
        mask: SigSet,
    },
    /// What a path leads to.
    Path(PathKind),
    /// The read end of a pipe.
    PipeRead(PipeKey),
    /// The write end of a pipe.
    PipeWrite(PipeKey),
    /// An `AF_UNIX` stream socket.
    UnixStream(SockKey),
    /// A TCP socket.
    Tcp(SockKey),
    /// A datagram socket: UDP, or `AF_UNIX`.
    Dgram(SockKey),
}

/// A segment that was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SegmentSend {
    /// Its number, in the order of sending.
    pub number: u64,
    /// Who sent it.
    pub from: SockKey,
    /// Whom it is for; none for one who opens a connection.
    pub to: Option<SockKey>,
    /// The port it is for.
    pub port: u16,
    /// Its flags.
    pub flags: Tcphdr,
    /// Bytes of data in it.
    pub bytes: u32,
}

bitflags::bitflags! {
    /// `TCPHDR_*`
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[serde(transparent)]
    pub struct Tcphdr: u8 {
        /// No more data from the sender.
        const FIN = 1;
        /// Opens a connection.
        const SYN = 2;
        /// Ends it at once.
        const RST = 4;
        /// Acknowledges what came.
        const ACK = 0x10;
        /// The last byte is urgent.
        const URG = 0x20;
    }
}

/// `SYN|ACK`
impl fmt::Display for Tcphdr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        bitflags::parser::to_writer(self, f)
    }
}

/// State of a connection, `TCP_*`; `AF_UNIX` uses the same names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum TcpState {
    /// Connected.
    Established,
    /// The SYN is on its way.
    SynSent,
    /// A SYN has come and was answered.
    SynRecv,
    /// Sends no more, and waits for the acknowledgement of its FIN.
    FinWait1,
    /// Sends no more, and waits for the other's FIN.
    FinWait2,
    /// Not connected.
    Close,
    /// The other sends no more.
    CloseWait,
    /// Neither sends any more; waits for the acknowledgement of its FIN.
    LastAck,
    /// Waits for connections.
    Listen,
    /// Both FINs crossed.
    Closing,
}

impl FileKind {
    /// The socket behind it.
    pub fn sock(self) -> Option<SockKey> {
        match self {
            FileKind::UnixStream(sock) | FileKind::Tcp(sock) | FileKind::Dgram(sock) => Some(sock),
            _ => None,
        }
    }
}

impl TcpState {
    /// As `ss` and RFC 9293 print it.
    pub fn name(self) -> &'static str {
        match self {
            TcpState::Established => "ESTABLISHED",
            TcpState::SynSent => "SYN-SENT",
            TcpState::SynRecv => "SYN-RECEIVED",
            TcpState::FinWait1 => "FIN-WAIT-1",
            TcpState::FinWait2 => "FIN-WAIT-2",
            TcpState::Close => "CLOSED",
            TcpState::CloseWait => "CLOSE-WAIT",
            TcpState::LastAck => "LAST-ACK",
            TcpState::Listen => "LISTEN",
            TcpState::Closing => "CLOSING",
        }
    }
}

/// Files without a poll operation that a path leads to; `/dev/null` is [`FileKind::Null`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum PathKind {
    /// `/dev/zero`
    Zero,
    /// `/dev/full`
    Full,
    /// `/tmp/file`, a regular file.
    Regular,
    /// `/tmp`, a directory.
    Directory,
}

/// What could not be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Alloc {
    /// `struct eventpoll`
    Eventpoll,
    /// `struct epitem`
    Epitem,
    /// `struct epitems_head`: the list of items of a file that nobody watched.
    EpitemsHead,
    /// `struct eppoll_entry`
    EppollEntry,
    /// `struct wakeup_source`
    WakeupSource,
    /// `struct eventfd_ctx`, `timerfd_ctx`, `signalfd_ctx`
    Context,
    /// A further chunk for `struct pollfd`.
    PollChunk,
    /// The six bitmaps of a large `select`.
    Bitmaps,
    /// A page for further entries of a `poll` or `select`.
    PollPage,
    /// `struct file`
    File,
    /// One more entry of the system's table of files.
    FileTable,
}

impl Alloc {
    /// The kernel's name.
    pub fn name(self) -> &'static str {
        match self {
            Alloc::Eventpoll => "struct eventpoll",
            Alloc::Epitem => "struct epitem",
            Alloc::EpitemsHead => "struct epitems_head",
            Alloc::EppollEntry => "struct eppoll_entry",
            Alloc::WakeupSource => "struct wakeup_source",
            Alloc::Context => "the file's context",
            Alloc::PollChunk => "struct poll_list",
            Alloc::Bitmaps => "bitmaps",
            Alloc::PollPage => "struct poll_table_page",
            Alloc::File => "struct file",
            Alloc::FileTable => "an entry of the table of open files",
        }
    }
}

/// Which of the calls of `fs/select.c` it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum PollKind {
    /// `poll`, `ppoll`
    Poll,
    /// `select`, `pselect6`
    Select,
}

/// What a task is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum TaskState {
    /// In user space, with no call under way.
    Idle,
    /// Waiting for the processor, with a call under way.
    Runnable,
    /// On the processor.
    Running,
    /// Asleep until somebody wakes it (`TASK_INTERRUPTIBLE`).
    Interruptible,
    /// Asleep on a mutex (`TASK_UNINTERRUPTIBLE`).
    Uninterruptible,
    /// Held at a preemption point until it is told to go on.
    Stopped(Point),
    /// Gone: its process ended.
    Dead,
}

impl TaskState {
    /// Whether the task sleeps, so that a wake-up would do something.
    pub fn is_asleep(self) -> bool {
        matches!(self, TaskState::Interruptible | TaskState::Uninterruptible)
    }
}

/// What became of a signal that was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum SignalFate {
    /// It is pending.
    Queued,
    /// It was pending already; that is all the same.
    Merged,
    /// The task ignores it.
    Ignored,
}

/// What took a pending signal away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum SignalEnd {
    /// A handler ran.
    Handled,
    /// It came out of a signalfd.
    Read,
    /// It is ignored.
    Discarded,
}

/// A place inside a call at which another task may run: where Linux may preempt or sleep.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Point {
    /// `ep_insert()`: the item is armed, its file not yet looked at for being ready already.
    Armed,
    /// `ep_poll()`: found nothing without the lock, about to look again with it and to join `wq`.
    BeforeSleep,
    /// `ep_poll()`: the timeout is over, the entry still on `wq`.
    TimedOut,
    /// `ep_send_events()`: about to take `ep->mtx`.
    BeforeScan,
    /// `ep_send_events()`: about to store an event in user memory (a page fault may sleep there).
    CopyOut,
    /// `do_poll()`, `do_select()`: a pass found nothing, about to sleep unless `triggered`.
    Polled,
}

impl Point {
    /// All points, in the order in which an `epoll_ctl` and an `epoll_wait` pass them.
    pub const ALL: [Point; 6] = [
        Point::Armed,
        Point::BeforeSleep,
        Point::TimedOut,
        Point::BeforeScan,
        Point::CopyOut,
        Point::Polled,
    ];

    /// The name that a scenario writes behind `@`.
    pub fn name(self) -> &'static str {
        match self {
            Point::Armed => "armed",
            Point::BeforeSleep => "before_sleep",
            Point::TimedOut => "timed_out",
            Point::BeforeScan => "before_scan",
            Point::CopyOut => "copy_out",
            Point::Polled => "polled",
        }
    }

    /// The point with this name.
    pub fn from_name(name: &str) -> Option<Point> {
        Point::ALL.into_iter().find(|p| p.name() == name)
    }
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Whom a wait-queue entry is there for: which function a wake-up calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Waiter {
    /// An item of an interest set: `ep_poll_callback`.
    Epitem(EpitemKey),
    /// A task in `epoll_wait`: `ep_autoremove_wake_function`.
    EpollWait(TaskKey),
    /// A task blocked in a read or write: `autoremove_wake_function`.
    Task(TaskKey),
    /// A task in `poll` or `select`, by one of its entries: `pollwake`.
    Poll {
        /// The task.
        task: TaskKey,
        /// The place among its `struct poll_table_entry`.
        index: u32,
    },
    /// A task that waits for a datagram: `receiver_wake_function`.
    Receiver(TaskKey),
}

/// An end of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum End {
    /// The front.
    Head,
    /// The back.
    Tail,
}

/// Why a wake-up's walk ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum WakeEnd {
    /// The queue was walked to its end.
    EndOfQueue,
    /// As many exclusive waiters as asked for were woken.
    ExclusiveWoken,
}

/// The lists an item can be ready on; membership excludes each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ReadyList {
    /// `ep->rdllist`
    Rdllist,
    /// The private list of the scan that is under way.
    Txlist,
}

/// What became of an announcement in `ep_poll_callback`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Verdict {
    /// The item was disarmed by `EPOLLONESHOT`: nothing happens.
    Disarmed,
    /// The key says nothing that the mask asks for: nothing happens.
    Filtered,
    /// A scan is under way: the item goes to `ovflist`.
    Overflow,
    /// The item is on `ovflist` already.
    OverflowAlready,
    /// The item goes to the tail of `rdllist`.
    Queued,
    /// The item is on `rdllist` already.
    QueuedAlready,
}

/// The way a descent in the tree goes from a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Turn {
    /// The key is smaller.
    Left,
    /// The key is larger.
    Right,
    /// The key is equal.
    Found,
}

/// A side of a tree node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[expect(missing_docs, reason = "nothing to add")]
pub enum Side {
    Left,
    Right,
}

impl Side {
    /// The other one.
    pub fn other(self) -> Side {
        match self {
            Side::Left => Side::Right,
            Side::Right => Side::Left,
        }
    }
}

/// A node's colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[expect(missing_docs, reason = "nothing to add")]
pub enum Color {
    Red,
    Black,
}
