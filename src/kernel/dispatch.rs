//! The door: each call with its argument checks in Linux's order, then its handler.

use super::Unsupported;
use super::abi::{
    AF_INET, AF_UNIX, EFD_SEMAPHORE, Errno, Fd, Nanos, O_CLOEXEC, O_DIRECT, O_NONBLOCK, SOCK_DGRAM,
    SOCK_STREAM,
};
use super::cx::Cx;
use super::file::FileObject;
use super::ids::TaskKey;
use super::net::SockKind;
use super::syscall::{Reply, SysResult, Syscall, WriteData};
use super::task::{Flow, Frame, Ret};
use super::time::NanosleepFrame;
use crate::trace::Sink;

/// The longest write of which only the length is given, in bytes; C has to allocate it too.
pub(super) const FILLER_MAX: u64 = 16 << 20;

/// `O_NOTIFICATION_PIPE`, which needs a kernel with watch queues.
const O_NOTIFICATION_PIPE: i32 = 0o200;

impl<S: Sink> Cx<'_, S> {
    /// Says what of a call the simulator does not know, before anything has happened.
    pub(crate) fn check_supported(&self, task: TaskKey, call: &Syscall) -> Result<(), Unsupported> {
        self.check_fault_supported(task, call)?;
        match call {
            Syscall::Socketpair { domain: AF_UNIX, kind }
                if matches!(kind & !(O_CLOEXEC | O_NONBLOCK), 3 | 5) =>
            {
                Err(Unsupported::UnixType)
            }
            Syscall::Fcntl { fd, cmd, arg } => self.fcntl_supported(task, *fd, *cmd, *arg),
            Syscall::Ioctl { fd, cmd, .. } => self.ioctl_supported(task, *fd, *cmd),
            Syscall::Open { path, flags } => super::file::path::open_supported(path, *flags),
            Syscall::Write { fd, .. } if self.is_regular(task, *fd) => Err(Unsupported::FileWrite),
            Syscall::Read { fd, count }
                if *count as u64 > FILLER_MAX && self.is_endless(task, *fd) =>
            {
                Err(Unsupported::LargeRead)
            }
            Syscall::Send { data: WriteData::Number(count), .. } if *count > FILLER_MAX => {
                Err(Unsupported::LargeWrite)
            }
            Syscall::Socket { .. }
            | Syscall::Connect { .. }
            | Syscall::Recv { .. }
            | Syscall::Send { .. }
            | Syscall::Setsockopt { .. }
            | Syscall::Getsockopt { .. } => self.check_net_supported(task, call),
            Syscall::Pipe2 { flags }
                if flags & !(O_CLOEXEC | O_NONBLOCK | O_DIRECT) == O_NOTIFICATION_PIPE =>
            {
                Err(Unsupported::NotificationPipe)
            }
            Syscall::Signal { sig, handler } => {
                self.check_signal_supported(*sig, (*sig != 18).then_some(*handler))
            }
            Syscall::Kill { tid, .. } if self.task_of_tid(*tid).is_none() => {
                Err(Unsupported::UnknownTask)
            }
            Syscall::Kill { sig, .. } => self.check_signal_supported(*sig, None),
            Syscall::Write { fd, data: WriteData::Number(count) } if *count > FILLER_MAX => {
                let process = self.tasks[task].process;
                let file = usize::try_from(*fd)
                    .ok()
                    .and_then(|index| self.processes[process].fds.get(index).copied().flatten());
                match file.map(|file| &self.files[file].object) {
                    Some(FileObject::Eventfd(_)) | None => Ok(()),
                    Some(_) => Err(Unsupported::LargeWrite),
                }
            }
            _ => Ok(()),
        }
    }

    /// Starts the call that a task has made: gives its result, or the frame that will.
    #[inline(never)]
    pub(super) fn dispatch_taken(&mut self, task: TaskKey) -> Flow {
        let Some(call) = self.tasks[task].call.take() else { unreachable!("{task} has no call") };
        let flow = self.dispatch(&call);
        self.tasks[task].call = Some(call);
        flow
    }

    /// Starts a call: gives its result, or the frame that will.
    fn dispatch(&mut self, call: &Syscall) -> Flow {
        let number = match call {
            Syscall::EpollCtl { epfd, op, fd, event } => {
                return self.do_epoll_ctl(*epfd, *op, *fd, *event);
            }
            Syscall::EpollWait { epfd, maxevents, timeout_ms } => {
                return self.do_epoll_wait(*epfd, *maxevents, timeout(*timeout_ms));
            }
            Syscall::EpollPwait { epfd, maxevents, timeout_ms, sigmask } => {
                self.set_user_sigmask(*sigmask);
                return self.do_epoll_wait(*epfd, *maxevents, timeout(*timeout_ms));
            }
            Syscall::EpollPwait2 { epfd, maxevents, timeout_ns, sigmask } => {
                self.set_user_sigmask(*sigmask);
                return self.do_epoll_wait(*epfd, *maxevents, *timeout_ns);
            }
            Syscall::Exit => return self.sys_exit(),
            Syscall::Inject { fault } => return self.sys_inject(*fault),
            Syscall::Ioctl { fd, cmd, arg } => return result(self.sys_ioctl(*fd, *cmd, *arg)),
            Syscall::Read { fd, count } => return self.vfs_read(*fd, *count),
            Syscall::Write { fd, data } => return self.vfs_write(*fd, data),
            Syscall::Sleep { duration_ns } => {
                let until_ns = self.now_ns.saturating_add(*duration_ns);
                return Flow::Become(Frame::Nanosleep(NanosleepFrame::new(until_ns)));
            }
            Syscall::Pipe2 { flags } => {
                let made = self.sys_pipe2(*flags).map(fds);
                return result(self.made_with(*flags, made));
            }
            Syscall::Socketpair { domain, kind } => {
                let made = self.sys_socketpair(*domain, *kind).map(fds);
                return result(self.made_with(*kind, made));
            }
            Syscall::Poll { fds, timeout_ms } => {
                return or_fail(self.do_sys_poll(fds, timeout(*timeout_ms)));
            }
            Syscall::Ppoll { fds, timeout_ns, sigmask } => {
                return or_fail(self.do_ppoll(fds, *timeout_ns, *sigmask));
            }
            Syscall::Select { sets, timeout_us } => {
                return or_fail(self.kern_select(sets, *timeout_us));
            }
            Syscall::Pselect { sets, timeout_ns, sigmask } => {
                return or_fail(self.do_pselect(sets, *timeout_ns, *sigmask));
            }
            Syscall::Connect { fd, port } => return or_fail(self.sys_connect(*fd, *port)),
            Syscall::Accept { fd } => return or_fail(self.sys_accept4(*fd, 0)),
            Syscall::Accept4 { fd, flags } => return or_fail(self.sys_accept4(*fd, *flags)),
            Syscall::Recv { fd, count, flags } => {
                return or_fail(self.sys_recv(*fd, *count, *flags));
            }
            Syscall::Send { fd, data, flags } => return or_fail(self.sys_send(*fd, data, *flags)),
            Syscall::Socket { .. }
            | Syscall::Bind { .. }
            | Syscall::Listen { .. }
            | Syscall::Shutdown { .. }
            | Syscall::Setsockopt { .. }
            | Syscall::Getsockopt { .. } => self.net_call(call),
            Syscall::EpollCreate { size } if *size <= 0 => Err(Errno::EINVAL),
            Syscall::EpollCreate { .. } => self.do_epoll_create(0),
            Syscall::EpollCreate1 { flags } => self.do_epoll_create(*flags),
            Syscall::Eventfd { initval, flags } => self.sys_eventfd(*initval, *flags),
            Syscall::TimerfdCreate { flags } => self.sys_timerfd_create(*flags),
            Syscall::TimerfdSettime { fd, initial_ns, interval_ns } => {
                self.sys_timerfd_settime(*fd, *initial_ns, *interval_ns)
            }
            Syscall::Signalfd { mask, flags } => self.sys_signalfd(*mask, *flags),
            Syscall::Signal { sig, handler } => self.sys_signal(*sig, *handler),
            Syscall::Sigprocmask { how, set } => self.sys_sigprocmask(*how, *set),
            Syscall::Kill { tid, sig, .. } => self.sys_kill(*tid, *sig),
            Syscall::Fork { name } => self.sys_fork(name),
            Syscall::Close { fd } => self.sys_close(*fd),
            Syscall::Dup { fd } => self.sys_dup(*fd),
            Syscall::Dup2 { oldfd, newfd } => self.sys_dup2(*oldfd, *newfd),
            Syscall::Fcntl { fd, cmd, arg } => self.do_fcntl(*fd, *cmd, *arg),
            Syscall::Open { path, flags } => self.do_sys_open(path, *flags),
            Syscall::Nop | Syscall::Schedule { .. } => Ok(0),
            Syscall::Hold => {
                self.net_held = true;
                Ok(0)
            }
            Syscall::Deliver { count } => Ok(self.deliver(*count)),
        };
        let flags = match call {
            Syscall::EpollCreate1 { flags }
            | Syscall::Eventfd { flags, .. }
            | Syscall::TimerfdCreate { flags }
            | Syscall::Signalfd { flags, .. }
            | Syscall::Open { flags, .. } => *flags,
            _ => 0,
        };
        result(self.made_with(flags, number.map(Reply::Int)))
    }

    fn sys_eventfd(&mut self, initval: u32, flags: i32) -> Result<i64, Errno> {
        if flags & !(EFD_SEMAPHORE | O_CLOEXEC | O_NONBLOCK) != 0 {
            return Err(Errno::EINVAL);
        }
        self.alloc_context()?;
        self.check_unused_fds(1)?;
        self.check_new_file()?;
        Ok(self.do_eventfd(initval, flags).into())
    }

    fn sys_pipe2(&mut self, flags: i32) -> Result<(Fd, Fd), Errno> {
        if flags & !(O_CLOEXEC | O_NONBLOCK | O_DIRECT) != 0 {
            return Err(Errno::EINVAL);
        }
        self.check_unused_fds(2)?;
        Ok(self.do_pipe2(flags))
    }

    fn sys_socketpair(&mut self, domain: i32, kind: i32) -> Result<(Fd, Fd), Errno> {
        let flags = kind & !0xf;
        if flags & !(O_CLOEXEC | O_NONBLOCK) != 0 {
            return Err(Errno::EINVAL);
        }
        self.check_unused_fds(2)?;
        match (domain, kind & 0xf) {
            (AF_UNIX, SOCK_STREAM) => Ok(self.do_socketpair(SockKind::UnixStream, flags)),
            (AF_UNIX, SOCK_DGRAM) => Ok(self.do_socketpair(SockKind::UnixDgram, flags)),
            (0..46, 11..) => Err(Errno::EINVAL),
            (AF_UNIX, _) => Err(Errno::ESOCKTNOSUPPORT),
            (AF_INET, 1 | 2) => Err(Errno::EOPNOTSUPP),
            (AF_INET, 3) => Err(Errno::EPROTONOSUPPORT),
            (AF_INET, _) => Err(Errno::ESOCKTNOSUPPORT),
            _ => Err(Errno::EAFNOSUPPORT),
        }
    }
}

fn fds((a, b): (Fd, Fd)) -> Reply {
    Reply::Fds(a, b)
}

fn result(result: SysResult) -> Flow {
    Flow::Return(Ret::Call(result))
}

/// Milliseconds as a call passes them; a negative number is for ever.
#[inline]
pub(super) fn timeout(timeout_ms: i32) -> Option<Nanos> {
    u64::try_from(timeout_ms).ok().map(|ms| ms * 1_000_000)
}

fn or_fail(flow: Result<Flow, Errno>) -> Flow {
    flow.unwrap_or_else(Flow::fail)
}
