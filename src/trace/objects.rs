//! What events tell of: files, items, segments, states, ends, verdicts.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::kernel::abi::{Events, Fd, Nanos, SigSet};
use crate::kernel::ids::{
    EpitemKey, EventpollKey, FileKey, PipeKey, ProcessKey, SockKey, TaskKey, WaitEntryKey,
    WaitQueueKey,
};

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
