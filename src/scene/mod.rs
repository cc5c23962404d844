//! What is on stage: a fold over the events of a run.
//!
//! [`Scene::apply`] is total and pure. It needs nothing but the event, and never asks the kernel.
//! Folding a whole run gives the same as reading the scene out of the kernel itself
//! (a property test holds the two together).

#![forbid(unsafe_code)]

mod apply;
mod apply_net;
mod apply_switch;
mod map;
mod poll;
mod shared;
mod spotlight;
mod tree;

pub mod arrows;
pub mod beside;
pub mod breaks;
pub mod explain;
pub mod inspect;
pub mod lanes;
pub mod layout;
mod names;
pub mod related;
pub mod short_call;
pub mod sleep;
pub mod slots;
pub mod steps;
pub mod why;

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod readout;
#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;

use std::collections::VecDeque;

use serde::Serialize;

use crate::kernel::Config;
use crate::kernel::abi::{Errno, Events, Fd, Handler, Nanos, SigSet};
use crate::kernel::ids::{
    EpitemKey, EventpollKey, FileKey, PipeKey, ProcessKey, PwqKey, SockKey, TaskKey, WaitEntryKey,
    WaitQueueKey,
};
use crate::kernel::syscall::{EpollParams, Fault, SysResult, Syscall};
use crate::trace::event::{EpitemNew, FileNew, SegmentSend, TaskState, TcpState, Waiter};

pub use map::Map;
pub use names::{ItemName, Names, Queue};
pub use poll::{Bitmap, PollCall, PollEntry, bitmaps, poll_fds};
pub use shared::Shared;
pub use tree::{Node, Tree};

/// Everything that can be seen of the machine at one moment.
///
/// Maps are ordered by key, which is the order in which objects were first made.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Scene {
    /// The virtual clock.
    pub now_ns: Nanos,
    /// How the machine is set up.
    pub config: Config,
    /// `user->epoll_watches`: items in all interest sets of this user.
    pub watches: u64,
    /// The processes with their descriptor tables.
    pub processes: Map<ProcessKey, Shared<Process>>,
    /// The tasks.
    pub tasks: Map<TaskKey, Shared<Task>>,
    /// The open files.
    pub files: Map<FileKey, Shared<File>>,
    /// The pipes that pipe ends stand for.
    pub pipes: Map<PipeKey, Shared<Pipe>>,
    /// The sockets that socket files stand for; a peer may outlive its file.
    pub socks: Map<SockKey, Shared<Sock>>,
    /// Segments on their way, by number.
    pub segments: Map<u64, Shared<SegmentSend>>,
    /// Ports of connections in `TIME-WAIT`.
    pub time_wait: Vec<u16>,
    /// All wait queues.
    pub wait_queues: Map<WaitQueueKey, Shared<WaitQueue>>,
    /// The epoll instances.
    pub eventpolls: Map<EventpollKey, Shared<Eventpoll>>,
    /// The items of all interest sets.
    pub epitems: Map<EpitemKey, Shared<Epitem>>,
}

/// A process.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Process {
    /// The descriptor table.
    pub fds: Map<Fd, FileKey>,
    /// What signals do, where that is not the default.
    pub actions: Map<i32, Handler>,
    /// Where those wait that watch for signals by a file.
    pub signalfd_wqh: Option<WaitQueueKey>,
    /// The descriptors with `FD_CLOEXEC`.
    pub close_on_exec: Map<Fd, ()>,
}

/// A task.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Task {
    /// Its name in the scenario.
    pub name: String,
    /// The process whose descriptors it uses.
    pub process: ProcessKey,
    /// What it is doing.
    pub state: TaskState,
    /// The call under way, or the last one.
    pub call: Option<Syscall>,
    /// What that call gave; `None` while it is under way.
    pub result: Option<SysResult>,
    /// The user's array of events, as filled by the call under way or the last one:
    /// which item, and the event stored.
    pub user_events: Vec<UserEvent>,
    /// What a `poll` or `select` under way keeps on its stack.
    pub poll: Option<PollCall>,
    /// When its timer fires.
    pub timer_ns: Option<Nanos>,
    /// Its signal mask.
    pub blocked: SigSet,
    /// How often each signal is pending.
    pub pending: Map<i32, u32>,
    /// What is to go wrong in its next call.
    pub fault: Option<Fault>,
}

/// One filled place of the array that a program gave to `epoll_wait`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct UserEvent {
    /// The item it came from (which may be gone by now).
    pub epi: EpitemKey,
    /// The mask reported.
    pub events: Events,
    /// The program's word.
    pub data: u64,
}

/// An open file description.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct File {
    /// How it was made: kind, pseudo-address, flags.
    pub new: FileNew,
    /// References: descriptors, and calls under way.
    pub count: u32,
    /// The counter, if it is an eventfd.
    pub eventfd_count: u64,
    /// Its timer, if it is a timerfd.
    pub timerfd: Timerfd,
    /// The items that watch this file, newest first.
    pub f_ep: VecDeque<EpitemKey>,
}

/// What a timerfd holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Timerfd {
    /// Ticks that nobody read yet.
    pub ticks: u64,
    /// When it fires next, if it is armed.
    pub expires_ns: Option<Nanos>,
    /// How often; 0 is once.
    pub interval_ns: Nanos,
}

/// A pipe.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Pipe {
    /// Where readers wait, and items that watch the read end.
    pub rd_wait: WaitQueueKey,
    /// Where writers wait, and items that watch the write end.
    pub wr_wait: WaitQueueKey,
    /// The bytes in each filled slot, first to be read first; a slot holds a page.
    pub slots: VecDeque<PipeSlot>,
    /// `max_usage`: how many slots there are.
    pub max_usage: u32,
    /// Open read ends.
    pub readers: u32,
    /// Open write ends.
    pub writers: u32,
    /// Somebody polled it: every write wakes readers.
    pub poll_usage: bool,
}

/// A filled slot of a pipe.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct PipeSlot {
    /// Bytes not yet read.
    pub bytes: u32,
    /// Written in packet mode.
    pub packet: bool,
}

/// A socket.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Sock {
    /// Where readers, writers and items wait.
    pub wq: WaitQueueKey,
    /// The other end.
    pub peer: Option<SockKey>,
    /// The receive queue, first to be read first.
    pub receive_queue: VecDeque<Skb>,
    /// Charge for what this socket sent and its peer did not read yet, in bytes of truesize.
    pub wmem_alloc: u32,
    /// `sk_sndbuf`: the most that may be charged.
    pub sndbuf: u32,
    /// Receiving is shut down.
    pub shutdown_receive: bool,
    /// Sending is shut down.
    pub shutdown_send: bool,
    /// The pending error.
    pub error: Option<Errno>,
    /// The state of its connection.
    pub state: TcpState,
    /// The listener whose SYN queue it is in, until its handshake is over.
    pub parent: Option<SockKey>,
    /// Its local port.
    pub port: Option<u16>,
    /// Options that were set, by number.
    pub options: Map<i32, i32>,
    /// Somebody found it not writable and wants to be told.
    pub nospace: bool,
    /// The urgent byte that waits.
    pub urgent: Option<u8>,
    /// Connections that wait to be accepted.
    pub accept_queue: VecDeque<SockKey>,
    /// Segments that came while it was owned.
    pub backlog: VecDeque<u64>,
}

/// A buffer in a receive queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Skb {
    /// Bytes not yet read.
    pub bytes: u32,
    /// What it is charged to its sender.
    pub truesize: u32,
}

/// A wait queue.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct WaitQueue {
    /// Its entries, head first.
    pub entries: VecDeque<WaitEntry>,
}

/// An entry of a wait queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct WaitEntry {
    /// Its key.
    pub entry: WaitEntryKey,
    /// Whom it is there for.
    pub waiter: Waiter,
    /// `WQ_FLAG_EXCLUSIVE`
    pub exclusive: bool,
}

/// An epoll instance, `struct eventpoll`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Eventpoll {
    /// Where tasks in `epoll_wait` sleep.
    pub wq: WaitQueueKey,
    /// Where those wait that watch this instance's own descriptor.
    pub poll_wait: WaitQueueKey,
    /// The interest set.
    pub rbr: Tree,
    /// The ready list, front first.
    pub rdllist: VecDeque<EpitemKey>,
    /// The private list of the scan under way, front first.
    pub txlist: VecDeque<EpitemKey>,
    /// Items that fired during the scan, newest first; `None` while no scan is under way.
    pub ovflist: Option<VecDeque<EpitemKey>>,
    /// Who holds `mtx`.
    pub mtx: Option<TaskKey>,
    /// Who waits for `mtx`, first in line first.
    pub mtx_waiters: VecDeque<TaskKey>,
    /// `lock` is held.
    pub lock_held: bool,
    /// Whether its wakeup source is held; `None` if it has none.
    pub ws: Option<bool>,
    /// How it busy-polls.
    pub params: EpollParams,
}

/// An item of an interest set, `struct epitem`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Epitem {
    /// How it was made: instance, file, descriptor, first mask and data.
    pub new: EpitemNew,
    /// The mask now.
    pub events: Events,
    /// The program's word now.
    pub data: u64,
    /// Its hooks, newest first.
    pub pwqlist: VecDeque<PwqKey>,
    /// Whether its wakeup source is held; `None` if it has none.
    pub ws: Option<bool>,
}

impl Epitem {
    /// `EPOLLONESHOT` has fired: the mask asks for nothing any more.
    pub fn is_disarmed(&self) -> bool {
        Events::PRIVATE.contains(self.events)
    }
}
