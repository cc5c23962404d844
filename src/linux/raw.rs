//! A call as the kernel takes it: a number and six words; and what its return value means.
//!
//! The C library is not asked, since it has opinions of its own (`epoll_create` forgets its size,
//! `read` is a cancellation point). What C passes through pointers lies in the slot's buffer.

use std::sync::atomic::{AtomicU32, Ordering};

use libc::c_long;

use crate::kernel::abi::{EPIOCGPARAMS, EpollEvent, Errno, Events, Handler, SO_LINGER, SigSet};
use crate::kernel::syscall::{EpollParams, FILLER, IoctlArg, Reply, SysResult, Syscall, WriteData};
use crate::session::MachineError;

use super::board::{BUFFER_BYTES, Mapping, OP_FORK, OP_NOP, OP_SIGNAL};
use super::{edge, paths, poll};

/// What lies behind a descriptor, as far as it matters for the meaning of bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FileKind {
    /// Reads and writes 8-byte counters.
    Eventfd,
    /// Reads 8-byte numbers of ticks.
    Timerfd,
    /// Reads records, of which only the size is looked at.
    Signalfd,
    /// Anything else, nothing included.
    Other,
}

/// A call, ready to be posted.
#[derive(Debug)]
pub(super) struct Raw {
    pub(super) number: i64,
    pub(super) args: [u64; 6],
}

/// Turns `call` into words and fills the buffer of `slot`.
///
/// `kind` says what the call's descriptor stands for; timeouts are stretched by `scale`.
pub(super) fn encode(
    call: &Syscall,
    kind: FileKind,
    scale: u32,
    memory: &Mapping,
    slot: usize,
) -> Result<Raw, MachineError> {
    let pointer = memory.buffer(slot).addr().get() as u64;
    Ok(match call {
        Syscall::EpollCreate { size } => raw(libc::SYS_epoll_create, [int(*size)]),
        Syscall::EpollCreate1 { flags } => raw(libc::SYS_epoll_create1, [int(*flags)]),
        Syscall::EpollCtl { epfd, op, fd, event } => {
            let event = event.map_or(0, |event| {
                memory.store(slot, &event_to_bytes(event));
                pointer
            });
            raw(libc::SYS_epoll_ctl, [int(*epfd), int(*op), int(*fd), event])
        }
        Syscall::EpollWait { epfd, maxevents, timeout_ms } => {
            let timeout = timeout_ms.saturating_mul(scale.cast_signed().max(1));
            let args = [int(*epfd), pointer, int(*maxevents), int(timeout)];
            raw(libc::SYS_epoll_wait, args)
        }
        Syscall::Socketpair { domain, kind } => {
            raw(libc::SYS_socketpair, [int(*domain), int(*kind), 0, pointer])
        }
        Syscall::Socket { domain, kind } => raw(libc::SYS_socket, [int(*domain), int(*kind), 0]),
        Syscall::Bind { fd, port } => address(libc::SYS_bind, *fd, *port, memory, slot),
        Syscall::Connect { fd, port } => address(libc::SYS_connect, *fd, *port, memory, slot),
        Syscall::Listen { fd, backlog } => raw(libc::SYS_listen, [int(*fd), int(*backlog)]),
        Syscall::Accept { fd } => raw(libc::SYS_accept, [int(*fd), 0, 0]),
        Syscall::Accept4 { fd, flags } => raw(libc::SYS_accept4, [int(*fd), 0, 0, int(*flags)]),
        Syscall::Shutdown { fd, how } => raw(libc::SYS_shutdown, [int(*fd), int(*how)]),
        Syscall::Recv { fd, count, flags } => {
            let args = [int(*fd), pointer, readable(*count), int(*flags), 0, 0];
            raw(libc::SYS_recvfrom, args)
        }
        Syscall::Send { fd, data, flags } => {
            let count = store_data(data, kind, memory, slot)?;
            raw(libc::SYS_sendto, [int(*fd), pointer, count, int(*flags), 0, 0])
        }
        Syscall::Setsockopt { fd, option, value } => {
            // struct linger: on, with that many seconds.
            let words = if *option == SO_LINGER { [1, *value] } else { [*value, 0] };
            memory.store(slot, &words.map(i32::to_ne_bytes).concat());
            let len = if *option == SO_LINGER { 8 } else { 4 };
            let level = libc::SOL_SOCKET.cast_unsigned().into();
            raw(libc::SYS_setsockopt, [int(*fd), level, int(*option), pointer, len])
        }
        Syscall::Getsockopt { fd, option } => {
            memory.store(slot, &[8i32, 0, 0, 0].map(i32::to_ne_bytes).concat());
            let level = libc::SOL_SOCKET.cast_unsigned().into();
            raw(libc::SYS_getsockopt, [int(*fd), level, int(*option), pointer + 8, pointer])
        }
        Syscall::Pipe2 { flags } => raw(libc::SYS_pipe2, [pointer, int(*flags)]),
        Syscall::Eventfd { initval, flags } => {
            raw(libc::SYS_eventfd2, [u64::from(*initval), int(*flags)])
        }
        Syscall::TimerfdCreate { flags } => {
            raw(libc::SYS_timerfd_create, [libc::CLOCK_MONOTONIC as u64, int(*flags)])
        }
        Syscall::TimerfdSettime { fd, initial_ns, interval_ns } => {
            let times = [interval_ns, initial_ns].map(|ns| timespec(*ns, scale)).concat();
            memory.store(slot, &times);
            raw(libc::SYS_timerfd_settime, [int(*fd), 0, pointer, 0])
        }
        Syscall::Read { fd, count } => raw(libc::SYS_read, [int(*fd), pointer, readable(*count)]),
        Syscall::Write { fd, data } => {
            let count = store_data(data, kind, memory, slot)?;
            raw(libc::SYS_write, [int(*fd), pointer, count])
        }
        Syscall::Close { fd } => raw(libc::SYS_close, [int(*fd)]),
        Syscall::Dup { fd } => raw(libc::SYS_dup, [int(*fd)]),
        Syscall::Dup2 { oldfd, newfd } => raw(libc::SYS_dup2, [int(*oldfd), int(*newfd)]),
        Syscall::Poll { .. }
        | Syscall::Ppoll { .. }
        | Syscall::Select { .. }
        | Syscall::Pselect { .. } => poll::encode(call, scale, memory, slot)?,
        Syscall::Fcntl { fd, cmd, arg } => raw(libc::SYS_fcntl, [int(*fd), int(*cmd), int(*arg)]),
        Syscall::Open { path, flags } => {
            let path = [paths::real(path)?.as_bytes(), &[0]].concat();
            memory.store(slot, &path);
            raw(libc::SYS_open, [pointer, int(*flags), 0o600])
        }
        Syscall::Sleep { duration_ns } => {
            memory.store(slot, &timespec(*duration_ns, scale));
            raw(libc::SYS_nanosleep, [pointer, 0])
        }
        Syscall::EpollPwait { epfd, maxevents, timeout_ms, sigmask } => {
            let timeout = timeout_ms.saturating_mul(scale.cast_signed().max(1));
            let (mask, size) = sigset(*sigmask, memory, slot);
            let args = [int(*epfd), pointer, int(*maxevents), int(timeout), mask, size];
            raw(libc::SYS_epoll_pwait, args)
        }
        Syscall::EpollPwait2 { epfd, maxevents, timeout_ns, sigmask } => {
            let time = timeout_ns.map(|ns| memory.store_aside(slot, 64, &timespec(ns, scale)));
            let (mask, size) = sigset(*sigmask, memory, slot);
            let args = [int(*epfd), pointer, int(*maxevents), time.unwrap_or(0), mask, size];
            raw(libc::SYS_epoll_pwait2, args)
        }
        Syscall::Signalfd { mask, flags } => {
            let (mask, size) = sigset(Some(*mask), memory, slot);
            raw(libc::SYS_signalfd4, [int(-1), mask, size, int(*flags)])
        }
        Syscall::Signal { sig, handler } => {
            let handlers = [Handler::Default, Handler::Ignore, Handler::Handler];
            let handler = handlers.iter().position(|h| h == handler).unwrap_or(0);
            raw(OP_SIGNAL, [int(*sig), handler as u64])
        }
        Syscall::Sigprocmask { how, set } => {
            let (set, size) = sigset(*set, memory, slot);
            raw(libc::SYS_rt_sigprocmask, [int(*how), set, 0, size])
        }
        Syscall::Kill { tid, sig, .. } => {
            let target = &memory.board().slots[*tid];
            let number = |id: &AtomicU32| u64::from(id.load(Ordering::Relaxed));
            raw(libc::SYS_tgkill, [number(&target.pid), number(&target.tid), int(*sig)])
        }
        Syscall::Fork { .. } => raw(OP_FORK, []),
        Syscall::Exit => raw(libc::SYS_exit_group, [0]),
        Syscall::Ioctl { fd, cmd, arg } => {
            let pointer = match arg {
                IoctlArg::Buffer => pointer,
                IoctlArg::Null => 0,
                IoctlArg::Params(EpollParams { usecs, budget, prefer, pad }) => {
                    let [budget_low, budget_high] = budget.to_ne_bytes();
                    let rest = [budget_low, budget_high, *prefer, *pad];
                    memory.store(slot, &[usecs.to_ne_bytes(), rest].concat());
                    pointer
                }
            };
            raw(libc::SYS_ioctl, [int(*fd), u64::from(*cmd), pointer])
        }
        Syscall::Inject { .. }
        | Syscall::Hold
        | Syscall::Deliver { .. }
        | Syscall::Schedule { .. } => {
            return Err(edge::no_switch());
        }
        Syscall::Nop => raw(OP_NOP, []),
    })
}

/// What the kernel's return value `result` means; the data is in the buffer of `slot`.
pub(super) fn decode(
    call: &Syscall,
    kind: FileKind,
    result: i64,
    memory: &Mapping,
    slot: usize,
) -> Result<SysResult, MachineError> {
    if matches!(call, Syscall::Open { .. }) {
        paths::forget(&memory.load(slot, libc::PATH_MAX as usize));
    }
    if result < 0 {
        let number = i32::try_from(-result).unwrap_or(i32::MAX);
        let unknown = || MachineError::Host(format!("the kernel gave the unknown error {number}"));
        return Errno::from_number(number).map(Err).ok_or_else(unknown);
    }
    let count = usize::try_from(result).unwrap_or(usize::MAX);
    let bytes = |count: usize| memory.load(slot, count.min(BUFFER_BYTES));
    Ok(Ok(match call {
        Syscall::Socketpair { .. } | Syscall::Pipe2 { .. } => {
            let both = u64::from_ne_bytes(memory.load_array(slot));
            Reply::Fds(both as u32 as i32, (both >> 32) as u32 as i32)
        }
        Syscall::Read { .. }
            if matches!(kind, FileKind::Eventfd | FileKind::Timerfd) && count == 8 =>
        {
            Reply::Counter(u64::from_ne_bytes(memory.load_array(slot)))
        }
        Syscall::Read { .. } if kind == FileKind::Signalfd => Reply::Int(result),
        Syscall::Read { .. } | Syscall::Recv { .. } => Reply::Bytes(bytes(count)),
        Syscall::Ioctl { cmd: EPIOCGPARAMS, .. } => {
            let [a, b, c, d, e, f, prefer, pad] = memory.load_array(slot);
            let (usecs, budget) = (u32::from_ne_bytes([a, b, c, d]), u16::from_ne_bytes([e, f]));
            Reply::Params(EpollParams { usecs, budget, prefer, pad })
        }
        Syscall::Getsockopt { option, .. } => {
            let all = bytes(16);
            let at = if *option == SO_LINGER { 12 } else { 8 };
            let word = all[at..].first_chunk().copied().unwrap_or_default();
            Reply::Int(i32::from_ne_bytes(word).into())
        }
        Syscall::EpollWait { .. } | Syscall::EpollPwait { .. } | Syscall::EpollPwait2 { .. } => {
            let bytes = bytes(count.saturating_mul(EpollEvent::BYTES));
            let events = bytes.as_chunks::<{ EpollEvent::BYTES }>().0;
            Reply::Events(events.iter().map(event_from_bytes).collect())
        }
        Syscall::Poll { .. }
        | Syscall::Ppoll { .. }
        | Syscall::Select { .. }
        | Syscall::Pselect { .. } => poll::decode(call, memory, slot),
        _ => Reply::Int(result),
    }))
}

/// A call that takes a port of 127.0.0.1 as a `struct sockaddr_in`.
fn address(number: c_long, fd: i32, port: i32, memory: &Mapping, slot: usize) -> Raw {
    let [high, low] = (port as u16).to_be_bytes();
    memory.store(slot, &[2, 0, high, low, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]);
    raw(number, [int(fd), memory.buffer(slot).addr().get() as u64, 16])
}

pub(super) fn raw<const N: usize>(number: c_long, args: [u64; N]) -> Raw {
    let mut all = [0; 6];
    all[..N].copy_from_slice(&args);
    Raw { number, args: all }
}

/// The address and size of a signal set in the buffer of `slot`.
pub(super) fn sigset(set: Option<SigSet>, memory: &Mapping, slot: usize) -> (u64, u64) {
    match set {
        Some(SigSet(bits)) => (memory.store_aside(slot, 0, &bits.to_ne_bytes()), 8),
        None => (0, 8),
    }
}

/// `struct timespec`, stretched.
fn timespec(nanos: u64, scale: u32) -> Vec<u8> {
    let nanos = nanos.saturating_mul(u64::from(scale));
    [nanos / 1_000_000_000, nanos % 1_000_000_000].map(u64::to_ne_bytes).concat()
}

/// An `int` in a register, as a program passes it.
pub(super) fn int(value: i32) -> u64 {
    u64::from(value.cast_unsigned())
}

/// How many bytes a read asks for: no more than the buffer has, unless it is so many that the
/// kernel refuses it before it touches the buffer.
fn readable(count: u64) -> u64 {
    if count < 1 << 47 { count.min(BUFFER_BYTES as u64) } else { count }
}

fn store_data(
    data: &WriteData,
    kind: FileKind,
    memory: &Mapping,
    slot: usize,
) -> Result<u64, MachineError> {
    match (data, kind) {
        (WriteData::Bytes(bytes), _) if bytes.len() <= BUFFER_BYTES => {
            memory.store(slot, bytes);
            Ok(bytes.len() as u64)
        }
        (WriteData::Number(counter), FileKind::Eventfd) => {
            memory.store(slot, &counter.to_ne_bytes());
            Ok(8)
        }
        (WriteData::Number(count), _) if *count <= BUFFER_BYTES as u64 => {
            memory.fill(slot, FILLER, *count as usize);
            Ok(*count)
        }
        _ => Err(MachineError::Unsupported(format!(
            "no write of more than {BUFFER_BYTES} bytes can be made on the real kernel"
        ))),
    }
}

/// `struct epoll_event` is packed on x86-64.
fn event_to_bytes(event: EpollEvent) -> [u8; EpollEvent::BYTES] {
    let mut bytes = [0; EpollEvent::BYTES];
    bytes[..4].copy_from_slice(&event.events.bits().to_ne_bytes());
    bytes[4..].copy_from_slice(&event.data.to_ne_bytes());
    bytes
}

fn event_from_bytes(bytes: &[u8; EpollEvent::BYTES]) -> EpollEvent {
    let [a, b, c, d, data @ ..] = *bytes;
    let events = Events::from_bits_retain(u32::from_ne_bytes([a, b, c, d]));
    EpollEvent { events, data: u64::from_ne_bytes(data) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_survives_the_trip() {
        let events = Events::EPOLLIN | Events::EPOLLET;
        let event = EpollEvent { events, data: u64::MAX - 7 };
        assert_eq!(event_from_bytes(&event_to_bytes(event)), event);
    }

    #[test]
    fn only_hopeless_reads_exceed_the_buffer() {
        assert_eq!(readable(10), 10);
        assert_eq!(readable(1 << 30), BUFFER_BYTES as u64);
        assert_eq!(readable(u64::MAX), u64::MAX);
    }

    #[test]
    fn a_write_that_is_too_long_is_refused_unless_an_eventfd_takes_the_number() {
        let memory = Mapping::new().unwrap();
        let write = |count, kind| {
            let call = Syscall::Write { fd: 3, data: WriteData::Number(count) };
            encode(&call, kind, 1, &memory, 0).map(|raw| raw.args[2])
        };
        assert_eq!(write(5, FileKind::Other), Ok(5));
        assert_eq!(memory.load(0, 5), b".....");
        assert_eq!(write(u64::MAX, FileKind::Eventfd), Ok(8));
        assert!(matches!(write(1 << 40, FileKind::Other), Err(MachineError::Unsupported(_))));
    }

    #[test]
    fn an_unknown_error_is_the_hosts_trouble() {
        let memory = Mapping::new().unwrap();
        let result = |value| decode(&Syscall::Nop, FileKind::Other, value, &memory, 0);
        assert_eq!(result(-9), Ok(Err(Errno::EBADF)));
        assert!(matches!(result(-4000), Err(MachineError::Host(_))));
    }
}
