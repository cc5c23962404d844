//! The constants of C, with Linux's names and values on x86-64.

use super::Events;

/// The constants of C that a scenario may name, with their values.
///
/// Event masks are here too. Signals and socket options join with the calls that take them.
pub const CONSTANTS: &[(&str, i64)] = &[
    ("EPOLL_CLOEXEC", O_CLOEXEC as i64),
    ("EPOLL_CTL_ADD", EPOLL_CTL_ADD as i64),
    ("EPOLL_CTL_DEL", EPOLL_CTL_DEL as i64),
    ("EPOLL_CTL_MOD", EPOLL_CTL_MOD as i64),
    ("O_RDONLY", 0),
    ("O_WRONLY", O_WRONLY as i64),
    ("O_RDWR", O_RDWR as i64),
    ("O_NONBLOCK", O_NONBLOCK as i64),
    ("O_DIRECT", O_DIRECT as i64),
    ("O_CLOEXEC", O_CLOEXEC as i64),
    ("EFD_SEMAPHORE", EFD_SEMAPHORE as i64),
    ("EFD_NONBLOCK", O_NONBLOCK as i64),
    ("EFD_CLOEXEC", O_CLOEXEC as i64),
    ("TFD_NONBLOCK", O_NONBLOCK as i64),
    ("TFD_CLOEXEC", O_CLOEXEC as i64),
    ("SFD_NONBLOCK", O_NONBLOCK as i64),
    ("SFD_CLOEXEC", O_CLOEXEC as i64),
    ("AF_UNIX", AF_UNIX as i64),
    ("AF_INET", AF_INET as i64),
    ("SOCK_STREAM", SOCK_STREAM as i64),
    ("SOCK_DGRAM", SOCK_DGRAM as i64),
    ("SOCK_NONBLOCK", O_NONBLOCK as i64),
    ("SOCK_CLOEXEC", O_CLOEXEC as i64),
    ("O_CREAT", O_CREAT as i64),
    ("O_EXCL", O_EXCL as i64),
    ("O_TRUNC", O_TRUNC as i64),
    ("O_APPEND", O_APPEND as i64),
    ("O_LARGEFILE", O_LARGEFILE as i64),
    ("O_DIRECTORY", O_DIRECTORY as i64),
    ("O_NOFOLLOW", O_NOFOLLOW as i64),
    ("O_PATH", O_PATH as i64),
    ("EPIOCSPARAMS", EPIOCSPARAMS as i64),
    ("EPIOCGPARAMS", EPIOCGPARAMS as i64),
    ("FD_CLOEXEC", FD_CLOEXEC as i64),
    ("F_DUPFD", F_DUPFD as i64),
    ("F_GETFD", F_GETFD as i64),
    ("F_SETFD", F_SETFD as i64),
    ("F_GETFL", F_GETFL as i64),
    ("F_SETFL", F_SETFL as i64),
    ("F_DUPFD_CLOEXEC", F_DUPFD_CLOEXEC as i64),
    ("F_SETPIPE_SZ", F_SETPIPE_SZ as i64),
    ("F_GETPIPE_SZ", F_GETPIPE_SZ as i64),
    ("POLLIN", 0x001),
    ("POLLPRI", 0x002),
    ("POLLOUT", 0x004),
    ("POLLERR", 0x008),
    ("POLLHUP", 0x010),
    ("POLLNVAL", 0x020),
    ("POLLRDNORM", 0x040),
    ("POLLRDBAND", 0x080),
    ("POLLWRNORM", 0x100),
    ("POLLWRBAND", 0x200),
    ("POLLMSG", 0x400),
    ("POLLRDHUP", 0x2000),
    ("MSG_OOB", MSG_OOB as i64),
    ("MSG_PEEK", MSG_PEEK as i64),
    ("MSG_DONTWAIT", MSG_DONTWAIT as i64),
    ("MSG_NOSIGNAL", MSG_NOSIGNAL as i64),
    ("SHUT_RD", SHUT_RD as i64),
    ("SHUT_WR", SHUT_WR as i64),
    ("SHUT_RDWR", SHUT_RDWR as i64),
    ("SO_REUSEADDR", SO_REUSEADDR as i64),
    ("SO_TYPE", SO_TYPE as i64),
    ("SO_ERROR", SO_ERROR as i64),
    ("SO_SNDBUF", SO_SNDBUF as i64),
    ("SO_RCVBUF", SO_RCVBUF as i64),
    ("SO_LINGER", SO_LINGER as i64),
    ("SO_REUSEPORT", SO_REUSEPORT as i64),
    ("SO_RCVLOWAT", SO_RCVLOWAT as i64),
    ("SO_ACCEPTCONN", SO_ACCEPTCONN as i64),
    ("SO_PROTOCOL", SO_PROTOCOL as i64),
    ("SO_DOMAIN", SO_DOMAIN as i64),
    ("SIG_BLOCK", 0),
    ("SIG_UNBLOCK", 1),
    ("SIG_SETMASK", 2),
];

/// The value of a constant of C by its name: [`CONSTANTS`] and the named bits of [`Events`].
pub fn constant(name: &str) -> Option<i64> {
    let event = || Events::from_name(name).map(|e| i64::from(e.bits()));
    let other =
        || CONSTANTS.iter().chain(SIGNALS).find(|(n, _)| *n == name).map(|(_, value)| *value);
    event().or_else(other)
}

/// The signals, with the names and values of x86-64.
pub const SIGNALS: &[(&str, i64)] = &[
    ("SIGHUP", 1),
    ("SIGINT", 2),
    ("SIGQUIT", 3),
    ("SIGILL", 4),
    ("SIGTRAP", 5),
    ("SIGABRT", 6),
    ("SIGBUS", 7),
    ("SIGFPE", 8),
    ("SIGKILL", 9),
    ("SIGUSR1", 10),
    ("SIGSEGV", 11),
    ("SIGUSR2", 12),
    ("SIGPIPE", 13),
    ("SIGALRM", 14),
    ("SIGTERM", 15),
    ("SIGSTKFLT", 16),
    ("SIGCHLD", 17),
    ("SIGCONT", 18),
    ("SIGSTOP", 19),
    ("SIGTSTP", 20),
    ("SIGTTIN", 21),
    ("SIGTTOU", 22),
    ("SIGURG", 23),
    ("SIGXCPU", 24),
    ("SIGXFSZ", 25),
    ("SIGVTALRM", 26),
    ("SIGPROF", 27),
    ("SIGWINCH", 28),
    ("SIGIO", 29),
    ("SIGPWR", 30),
    ("SIGSYS", 31),
    ("SIGRTMIN", 34),
    ("SIGRTMAX", 64),
];

/// Add an item to the interest set.
pub const EPOLL_CTL_ADD: i32 = 1;
/// Remove an item from the interest set.
pub const EPOLL_CTL_DEL: i32 = 2;
/// Change an item's mask and data.
pub const EPOLL_CTL_MOD: i32 = 3;
/// `ioctl`: sets how an instance busy-polls.
pub const EPIOCSPARAMS: u32 = 0x4008_8a01;
/// `ioctl`: reads how an instance busy-polls.
pub const EPIOCGPARAMS: u32 = 0x8008_8a02;
/// Open for writing only.
pub const O_WRONLY: i32 = 0o1;
/// Open for reading and writing.
pub const O_RDWR: i32 = 0o2;
/// Calls give `EAGAIN` where they would sleep.
pub const O_NONBLOCK: i32 = 0o4000;
/// For pipes: packet mode.
pub const O_DIRECT: i32 = 0o40000;
/// Close on `execve`.
pub const O_CLOEXEC: i32 = 0o2000000;
/// Make the file if it is not there.
pub const O_CREAT: i32 = 0o100;
/// With [`O_CREAT`]: fail if it is there.
pub const O_EXCL: i32 = 0o200;
/// Throw away what a file holds.
pub const O_TRUNC: i32 = 0o1000;
/// Write at the end.
pub const O_APPEND: i32 = 0o2000;
/// Set by every 64-bit `open(2)`.
pub const O_LARGEFILE: i32 = 0o100000;
/// Open directories only.
pub const O_DIRECTORY: i32 = 0o200000;
/// Do not follow a symbolic link.
pub const O_NOFOLLOW: i32 = 0o400000;
/// Nothing but a place in the file tree.
pub const O_PATH: i32 = 0o10000000;
/// A descriptor's one flag: close on `execve`.
pub const FD_CLOEXEC: i32 = 1;
/// A second descriptor, at or above a number.
pub const F_DUPFD: i32 = 0;
/// A descriptor's flags.
pub const F_GETFD: i32 = 1;
/// Sets a descriptor's flags.
pub const F_SETFD: i32 = 2;
/// An open file's flags.
pub const F_GETFL: i32 = 3;
/// Sets an open file's flags.
pub const F_SETFL: i32 = 4;
/// [`F_DUPFD`] with [`FD_CLOEXEC`].
pub const F_DUPFD_CLOEXEC: i32 = 1030;
/// Sets a pipe's capacity.
pub const F_SETPIPE_SZ: i32 = 1031;
/// A pipe's capacity.
pub const F_GETPIPE_SZ: i32 = 1032;
/// Reads take 1 from the counter instead of all.
pub const EFD_SEMAPHORE: i32 = 1;
/// Unix domain sockets.
pub const AF_UNIX: i32 = 1;
/// Internet sockets.
pub const AF_INET: i32 = 2;
/// A reliable stream of bytes.
pub const SOCK_STREAM: i32 = 1;
/// Datagrams.
pub const SOCK_DGRAM: i32 = 2;
/// Urgent data.
pub const MSG_OOB: i32 = 1;
/// Look without taking.
pub const MSG_PEEK: i32 = 2;
/// This call does not sleep.
pub const MSG_DONTWAIT: i32 = 0x40;
/// No `SIGPIPE`.
pub const MSG_NOSIGNAL: i32 = 0x4000;
/// No more receiving.
pub const SHUT_RD: i32 = 0;
/// No more sending.
pub const SHUT_WR: i32 = 1;
/// Neither.
pub const SHUT_RDWR: i32 = 2;
/// A port may be taken that others of this kind have.
pub const SO_REUSEADDR: i32 = 2;
/// The socket's type.
pub const SO_TYPE: i32 = 3;
/// Takes the pending error.
pub const SO_ERROR: i32 = 4;
/// The send buffer's size.
pub const SO_SNDBUF: i32 = 7;
/// The receive buffer's size.
pub const SO_RCVBUF: i32 = 8;
/// How `close` deals with what is unsent.
pub const SO_LINGER: i32 = 13;
/// Several may listen at one port.
pub const SO_REUSEPORT: i32 = 15;
/// The least number of bytes that count as readable.
pub const SO_RCVLOWAT: i32 = 18;
/// Whether it listens.
pub const SO_ACCEPTCONN: i32 = 30;
/// The socket's protocol.
pub const SO_PROTOCOL: i32 = 38;
/// The socket's family.
pub const SO_DOMAIN: i32 = 39;
