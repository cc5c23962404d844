//! What crosses the border between a program and the kernel: error numbers, flags, structures.
//!
//! Linux 6.18, x86-64: `include/uapi/asm-generic/errno*.h`, `include/uapi/linux/eventpoll.h`,
//! `include/uapi/asm-generic/fcntl.h`. Names and values are Linux's own. The real-kernel runner
//! uses the same types, so that a call means the same on both sides.

mod constants;

use std::fmt;

use bitflags::bitflags;
use serde::{Deserialize, Serialize};

pub use self::constants::*;

/// Nanoseconds: of virtual time since the machine started, or of a duration.
pub type Nanos = u64;

/// A descriptor number as a program passes it; any number may be passed.
pub type Fd = i32;

macro_rules! errnos {
    ($($name:ident = $value:literal, $text:literal;)*) => {
        /// An error number of Linux, by its C name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Errno {
            $(#[doc = $text] $name = $value,)*
        }

        impl Errno {
            /// All error numbers that the simulated kernel or a runner can give.
            pub const ALL: &'static [Errno] = &[$(Errno::$name,)*];

            /// The C name, such as `EAGAIN`.
            pub fn name(self) -> &'static str {
                match self { $(Errno::$name => stringify!($name),)* }
            }

            /// The words of `strerror(3)`.
            pub fn text(self) -> &'static str {
                match self { $(Errno::$name => $text,)* }
            }
        }
    };
}

errnos! {
    EPERM = 1, "Operation not permitted";
    ENOENT = 2, "No such file or directory";
    ESRCH = 3, "No such process";
    EINTR = 4, "Interrupted system call";
    EIO = 5, "Input/output error";
    EBADF = 9, "Bad file descriptor";
    ECHILD = 10, "No child processes";
    EAGAIN = 11, "Resource temporarily unavailable";
    ENOMEM = 12, "Cannot allocate memory";
    EACCES = 13, "Permission denied";
    EFAULT = 14, "Bad address";
    EBUSY = 16, "Device or resource busy";
    EEXIST = 17, "File exists";
    ENODEV = 19, "No such device";
    ENOTDIR = 20, "Not a directory";
    EISDIR = 21, "Is a directory";
    EINVAL = 22, "Invalid argument";
    ENFILE = 23, "Too many open files in system";
    EMFILE = 24, "Too many open files";
    ENOTTY = 25, "Inappropriate ioctl for device";
    EFBIG = 27, "File too large";
    ENOSPC = 28, "No space left on device";
    ESPIPE = 29, "Illegal seek";
    EPIPE = 32, "Broken pipe";
    EDOM = 33, "Numerical argument out of domain";
    ENOSYS = 38, "Function not implemented";
    ELOOP = 40, "Too many levels of symbolic links";
    ENOTSOCK = 88, "Socket operation on non-socket";
    EDESTADDRREQ = 89, "Destination address required";
    EMSGSIZE = 90, "Message too long";
    EPROTOTYPE = 91, "Protocol wrong type for socket";
    ENOPROTOOPT = 92, "Protocol not available";
    EPROTONOSUPPORT = 93, "Protocol not supported";
    ESOCKTNOSUPPORT = 94, "Socket type not supported";
    EOPNOTSUPP = 95, "Operation not supported";
    EAFNOSUPPORT = 97, "Address family not supported by protocol";
    EADDRINUSE = 98, "Address already in use";
    EADDRNOTAVAIL = 99, "Cannot assign requested address";
    ECONNABORTED = 103, "Software caused connection abort";
    ECONNRESET = 104, "Connection reset by peer";
    ENOBUFS = 105, "No buffer space available";
    EISCONN = 106, "Transport endpoint is already connected";
    ENOTCONN = 107, "Transport endpoint is not connected";
    ETIMEDOUT = 110, "Connection timed out";
    ECONNREFUSED = 111, "Connection refused";
    EALREADY = 114, "Operation already in progress";
    EINPROGRESS = 115, "Operation now in progress";
}

impl Errno {
    /// The error number, as in `errno`.
    pub fn number(self) -> i32 {
        self as i32
    }

    /// The error with this number, if the playground knows it.
    pub fn from_number(number: i32) -> Option<Errno> {
        Errno::ALL.iter().copied().find(|e| e.number() == number)
    }

    /// The error with this C name; `EWOULDBLOCK` is `EAGAIN`, as on Linux.
    pub fn from_name(name: &str) -> Option<Errno> {
        let name = if name == "EWOULDBLOCK" { "EAGAIN" } else { name };
        Errno::ALL.iter().copied().find(|e| e.name() == name)
    }
}

impl fmt::Display for Errno {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

bitflags! {
    /// An event mask: `EPOLL*` in the `epoll` calls, `POLL*` inside the kernel (same bits).
    ///
    /// Every 32-bit value is a legal mask; unknown bits are kept as they are.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
    #[serde(transparent)]
    pub struct Events: u32 {
        /// There is something to read.
        const EPOLLIN = 0x001;
        /// There is something urgent to read.
        const EPOLLPRI = 0x002;
        /// Writing is possible.
        const EPOLLOUT = 0x004;
        /// Error condition; always asked for.
        const EPOLLERR = 0x008;
        /// Hang up; always asked for.
        const EPOLLHUP = 0x010;
        /// Not an open descriptor (`poll` only).
        const EPOLLNVAL = 0x020;
        /// Normal data may be read.
        const EPOLLRDNORM = 0x040;
        /// Priority data may be read.
        const EPOLLRDBAND = 0x080;
        /// Normal data may be written.
        const EPOLLWRNORM = 0x100;
        /// Priority data may be written.
        const EPOLLWRBAND = 0x200;
        /// Never set by Linux.
        const EPOLLMSG = 0x400;
        /// The peer shut down its writing half.
        const EPOLLRDHUP = 0x2000;
        /// Internal wake key: the wait queue is going away.
        const POLLFREE = 0x4000;
        /// Wake one of several instances only.
        const EPOLLEXCLUSIVE = 1 << 28;
        /// Keep the system from sleeping while the event is handled.
        const EPOLLWAKEUP = 1 << 29;
        /// Disarm after one report.
        const EPOLLONESHOT = 1 << 30;
        /// Report edges, not levels.
        const EPOLLET = 1 << 31;

        const _ = !0;
    }
}

impl Events {
    /// `EP_PRIVATE_BITS`: bits that steer epoll and are never reported.
    pub const PRIVATE: Events = Events::EPOLLWAKEUP
        .union(Events::EPOLLONESHOT)
        .union(Events::EPOLLET)
        .union(Events::EPOLLEXCLUSIVE);
    /// `EPOLLINOUT_BITS`.
    pub const INOUT: Events = Events::EPOLLIN.union(Events::EPOLLOUT);
    /// `EPOLLEXCLUSIVE_OK_BITS`: all that may stand beside `EPOLLEXCLUSIVE`.
    pub const EXCLUSIVE_OK: Events = Events::INOUT
        .union(Events::EPOLLERR)
        .union(Events::EPOLLHUP)
        .union(Events::EPOLLWAKEUP)
        .union(Events::EPOLLET)
        .union(Events::EPOLLEXCLUSIVE);
    /// What `epoll_ctl` adds to every mask.
    pub const ALWAYS: Events = Events::EPOLLERR.union(Events::EPOLLHUP);

    /// Whether all the bits of `other` that matter are missing, that is `self & other == 0`.
    pub fn misses(self, other: Events) -> bool {
        !self.intersects(other)
    }
}

/// Prints `EPOLLIN|EPOLLET`, unknown bits in hex, `0` for none.
impl fmt::Display for Events {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            return f.write_str("0");
        }
        let mut separator = "";
        for (name, _) in self.iter_names() {
            write!(f, "{separator}{name}")?;
            separator = "|";
        }
        let unknown = self.bits() & !Events::known();
        if unknown != 0 {
            write!(f, "{separator}{unknown:#x}")?;
        }
        Ok(())
    }
}

impl Events {
    fn known() -> u32 {
        use bitflags::Flags;
        Events::FLAGS
            .iter()
            .filter(|flag| flag.is_named())
            .fold(0, |bits, flag| bits | flag.value().bits())
    }
}

/// `struct epoll_event`: 12 bytes, packed, on x86-64.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct EpollEvent {
    /// The mask.
    pub events: Events,
    /// The program's own word, given back unread.
    pub data: u64,
}

impl EpollEvent {
    /// Bytes that one event takes in user memory.
    pub const BYTES: usize = 12;
}

impl fmt::Display for EpollEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{{{}, {}}}", self.events, self.data)
    }
}

/// `struct pollfd`: what is asked of a descriptor, or in a result what was found of it (`revents`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PollFd {
    /// The descriptor; a negative one is passed over.
    pub fd: Fd,
    /// `POLLIN` and its like, the same bits as `EPOLLIN`; 16 of them fit.
    pub events: Events,
}

impl PollFd {
    /// Bytes that one takes in user memory.
    pub const BYTES: usize = 8;
}

impl fmt::Display for PollFd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{{{}, {}}}", self.fd, self.events.to_string().replace("EPOLL", "POLL"))
    }
}

/// What a signal does: the third value of `rt_sigaction(2)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Handler {
    /// `SIG_DFL`
    Default,
    /// `SIG_IGN`
    Ignore,
    /// A handler that does nothing, installed without `SA_RESTART`.
    Handler,
}

impl Handler {
    /// All, with the names that a scenario writes.
    pub const ALL: [(&'static str, Handler); 3] = [
        ("handler", Handler::Handler),
        ("SIG_IGN", Handler::Ignore),
        ("SIG_DFL", Handler::Default),
    ];
}

impl fmt::Display for Handler {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all = Handler::ALL;
        f.write_str(all.iter().find(|(_, handler)| handler == self).map_or("", |(name, _)| *name))
    }
}

/// `sigset_t`: bit `n - 1` stands for signal `n`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SigSet(pub u64);

impl SigSet {
    /// The set of one signal; empty if there is no signal of this number.
    pub fn of(sig: i32) -> SigSet {
        SigSet(if (1..=64).contains(&sig) { 1 << (sig - 1) } else { 0 })
    }

    /// Whether a signal is in it.
    pub fn contains(self, sig: i32) -> bool {
        self.0 & SigSet::of(sig).0 != 0
    }

    /// Without `SIGKILL` and `SIGSTOP`, which nobody can block.
    pub fn blockable(self) -> SigSet {
        SigSet(self.0 & !(SigSet::of(9).0 | SigSet::of(19).0))
    }
}

/// Prints `[SIGUSR1, SIGUSR2]`.
impl fmt::Display for SigSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = (1..=64).filter(|sig| self.contains(*sig)).map(signal_name).collect();
        write!(f, "[{}]", names.join(", "))
    }
}

/// The name of a signal, or its number.
pub fn signal_name(sig: i32) -> String {
    let name = SIGNALS
        .iter()
        .find(|(name, number)| !name.starts_with("SIG_") && *number == i64::from(sig));
    name.map_or(sig.to_string(), |(name, _)| (*name).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_print_as_c_writes_them() {
        let check =
            |bits: u32, text: &str| assert_eq!(Events::from_bits_retain(bits).to_string(), text);
        check(0, "0");
        check(1, "EPOLLIN");
        check(1 | 1 << 31, "EPOLLIN|EPOLLET");
        check(0x80_0000, "0x800000");
        check(5 | 0x80_0000, "EPOLLIN|EPOLLOUT|0x800000");
    }

    #[test]
    fn every_constant_is_found_by_its_name() {
        assert_eq!(constant("EPOLLET"), Some(1 << 31));
        assert_eq!(constant("O_CLOEXEC"), Some(0o2000000));
        assert_eq!(constant("SOCK_NONBLOCK"), constant("O_NONBLOCK"));
        assert_eq!(constant("EPOLLSOMETHING"), None);
    }
}
