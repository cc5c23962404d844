//! The simulated kernel: a pure state machine that does what Linux 6.18 does.
//!
//! [`Kernel`] is plain data: no clock, no randomness, no I/O. Nothing happens in it by itself. A
//! call is submitted ([`Kernel::submit`]), tasks are let run ([`Kernel::run`]), timers are let fire
//! ([`Kernel::fire_timer`]); who runs next and when time passes is decided outside. What it does it
//! tells a [`Sink`](crate::trace::Sink).
//!
//! Start reading at `syscall.rs` (the table of calls), then `eventpoll/` in the order of its
//! modules, then `task.rs` for how a call sleeps.

#![forbid(unsafe_code)]

pub mod abi;
pub mod ids;
pub mod syscall;

mod dispatch;
mod eventpoll;
mod rbtree;

mod exit;
pub(crate) mod select;

mod fcntl;
mod fd;
mod file;
mod inject;
mod net;

mod list;
mod signal;
mod task;

mod entry;
mod time;
mod unsupported;
mod wait;

mod addresses;
mod arena;
mod check;
mod cx;

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;

use std::collections::VecDeque;

use litemap::LiteMap;

use serde::{Deserialize, Serialize};

use self::abi::Nanos;
use self::addresses::Addresses;
use self::arena::Arena;
use self::eventpoll::{Epitem, EppollEntry, Eventpoll};
use self::fd::Process;
use self::file::File;
use self::file::pipe::Pipe;
use self::file::unix::Sock;
use self::ids::{
    EpitemKey, EventpollKey, FileKey, PipeKey, ProcessKey, PwqKey, SockKey, TaskKey, WaitEntryKey,
    WaitQueueKey,
};
use self::task::Task;
use self::time::Timer;
use self::wait::{WaitEntry, WaitQueueHead};

use crate::trace::{Context, EventKind, Func, Sink};

pub use self::eventpoll::{EP_MAX_EVENTS, EP_MAX_NESTS};
pub use self::task::Ran;
pub use self::unsupported::Unsupported;

/// The whole state of the simulated machine.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Kernel {
    pub(crate) config: Config,
    pub(crate) now_ns: Nanos,
    pub(crate) processes: Arena<ProcessKey, Process>,
    pub(crate) tasks: Arena<TaskKey, Task>,
    /// Tasks that wait for the processor, first become runnable first.
    pub(crate) runq: VecDeque<TaskKey>,
    /// Armed timers by expiry, then by the order in which they were armed.
    pub(crate) timers: LiteMap<(Nanos, u64), Timer>,
    pub(crate) timer_serial: u64,
    pub(crate) addresses: Addresses,
    pub(crate) files: Arena<FileKey, File>,
    pub(crate) pipes: Arena<PipeKey, Pipe>,
    pub(crate) socks: Arena<SockKey, Sock>,
    pub(crate) wait_queues: Arena<WaitQueueKey, WaitQueueHead>,
    pub(crate) wait_entries: Arena<WaitEntryKey, WaitEntry>,
    pub(crate) eventpolls: Arena<EventpollKey, Eventpoll>,
    pub(crate) epitems: Arena<EpitemKey, Epitem>,
    pub(crate) pwqs: Arena<PwqKey, EppollEntry>,
    /// Segments on their way, first sent first.
    pub(crate) segments: VecDeque<net::Segment>,
    pub(crate) segment_serial: u64,
    /// The softirq that delivers segments is at work.
    pub(crate) in_net_rx: bool,
    /// Where the search for a free port begins.
    pub(crate) next_port: u16,
    /// Segments stay on their way until the scenario lets them arrive.
    pub(crate) net_held: bool,
    /// Connections in `TIME-WAIT`.
    pub(crate) time_wait: Vec<TimeWait>,
    /// `fastreuseport` of the bind buckets of TCP ports, for as long as somebody is there: the last
    /// one to come had `SO_REUSEPORT`.
    pub(crate) fastreuseport: LiteMap<u16, bool>,
    /// `user->epoll_watches`: there is one user.
    pub(crate) epoll_watches: u64,
}

/// `struct inet_timewait_sock`, as far as it keeps a port taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct TimeWait {
    pub(crate) port: u16,
    pub(crate) reuse: bool,
    pub(crate) reuseport: bool,
}

/// What an administrator could have set on a real machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Config {
    /// `fs.epoll.max_user_watches`: items that one user may have in all interest sets.
    pub max_user_watches: u64,
    /// `RLIMIT_NOFILE`: one more than the highest descriptor number.
    pub rlimit_nofile: i32,
    /// `net.core.wmem_default`: a socket's `sk_sndbuf`, in bytes of truesize.
    pub wmem_default: u32,
    /// Programs have `CAP_BLOCK_SUSPEND`: without it `EPOLLWAKEUP` means nothing.
    pub cap_block_suspend: bool,
    /// Programs have `CAP_NET_ADMIN`: without it a busy-poll budget stays within 64.
    pub cap_net_admin: bool,
}

impl Default for Config {
    /// The values of a 24 GiB machine, and the usual soft limit of descriptors.
    fn default() -> Self {
        Config {
            max_user_watches: 5_491_511,
            rlimit_nofile: 1024,
            wmem_default: 212_992,
            cap_block_suspend: true,
            cap_net_admin: true,
        }
    }
}

impl Kernel {
    /// A machine with nothing on it yet.
    pub fn new(config: Config) -> Kernel {
        Kernel { config, ..Kernel::default() }
    }

    /// Sets up the machine differently from now on.
    pub fn configure<S: Sink>(&mut self, change: impl FnOnce(&mut Config), sink: &mut S) {
        change(&mut self.config);
        let config = self.config;
        let cx = &mut cx::Cx::new(self, sink, Context::Boot, Func::do_syscall_64);
        cx.emit(|| EventKind::Configured(Box::new(config)));
    }

    /// How many objects there are, all kinds together: what a copy costs.
    pub fn objects(&self) -> usize {
        self.processes.len()
            + self.tasks.len()
            + self.files.len()
            + self.pipes.len()
            + self.socks.len()
            + self.wait_entries.len()
            + self.eventpolls.len()
            + self.epitems.len()
            + self.pwqs.len()
    }

    /// The virtual clock: nanoseconds since the machine started.
    pub fn now_ns(&self) -> Nanos {
        self.now_ns
    }
}
