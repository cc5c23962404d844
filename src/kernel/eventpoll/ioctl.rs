//! `ioctl`: how an instance polls the network devices of its sockets while it waits.
//!
//! Linux 6.18, `fs/ioctl.c: do_vfs_ioctl()`, `fs/eventpoll.c: ep_eventpoll_bp_ioctl()`. The
//! parameters are kept. Differs: nothing busy-polls, since loopback has no NAPI to poll; so it is on
//! Linux too.

use crate::kernel::Unsupported;
use crate::kernel::abi::{EPIOCGPARAMS, EPIOCSPARAMS, Errno, Fd};
use crate::kernel::cx::Cx;
use crate::kernel::file::FileObject;
use crate::kernel::ids::TaskKey;
use crate::kernel::syscall::{EpollParams, IoctlArg, Reply, SysResult};
use crate::trace::{EventKind, Func, Sink};

/// `NAPI_POLL_WEIGHT`: the largest budget without `CAP_NET_ADMIN`.
const NAPI_POLL_WEIGHT: u16 = 64;

/// Requests that no file here knows, and that `do_vfs_ioctl()` does not take for itself: `TCGETS`,
/// `TIOCGWINSZ`, and those of epoll's own kind.
fn is_known(cmd: u32) -> bool {
    matches!(cmd, EPIOCSPARAMS | EPIOCGPARAMS | 0x5401 | 0x5413) || cmd >> 8 & 0xff == 0x8a
}

impl<S: Sink> Cx<'_, S> {
    /// Whether the simulator knows what a request does to a file.
    pub(crate) fn ioctl_supported(
        &self,
        task: TaskKey,
        fd: Fd,
        cmd: u32,
    ) -> Result<(), Unsupported> {
        match self.processes[self.tasks[task].process].slot(fd) {
            Some(_) if !is_known(cmd) => Err(Unsupported::Ioctl),
            _ => Ok(()),
        }
    }

    /// `ioctl(2)`
    pub(crate) fn sys_ioctl(&mut self, fd: Fd, cmd: u32, arg: IoctlArg) -> SysResult {
        let file = self.fget(fd)?;
        let FileObject::Eventpoll(ep) = self.files[file].object else { return Err(Errno::ENOTTY) };
        self.within(Func::ep_eventpoll_bp_ioctl, |cx| match cmd {
            EPIOCSPARAMS => {
                let IoctlArg::Params(params) = arg else { return Err(Errno::EFAULT) };
                cx.copied_from_user(EpollParams::BYTES);
                if params.pad != 0 || i32::try_from(params.usecs).is_err() || params.prefer > 1 {
                    return Err(Errno::EINVAL);
                }
                if params.budget > NAPI_POLL_WEIGHT && !cx.config.cap_net_admin {
                    return Err(Errno::EPERM);
                }
                cx.eventpolls[ep].params = params;
                cx.emit(|| EventKind::EpollParams { ep, params });
                Ok(Reply::Int(0))
            }
            EPIOCGPARAMS if arg == IoctlArg::Null => Err(Errno::EFAULT),
            EPIOCGPARAMS => {
                cx.copied_to_user(EpollParams::BYTES);
                Ok(Reply::Params(cx.eventpolls[ep].params))
            }
            _ => Err(Errno::EINVAL),
        })
    }
}
