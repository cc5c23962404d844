//! `fcntl`: flags of descriptors and of open files, more descriptors, a pipe's capacity.
//!
//! Linux 6.18, `fs/fcntl.c`. Leaves out locks, leases, owners, seals and `O_ASYNC`, which say
//! nothing about readiness; the simulator does not know these.

use super::abi::{
    Errno, F_DUPFD, F_DUPFD_CLOEXEC, F_GETFD, F_GETFL, F_GETPIPE_SZ, F_SETFD, F_SETFL,
    F_SETPIPE_SZ, FD_CLOEXEC, Fd, O_APPEND, O_CLOEXEC, O_DIRECT, O_NONBLOCK, O_PATH,
};
use super::cx::Cx;
use super::file::FileObject;
use super::ids::{FileKey, TaskKey};
use super::syscall::Reply;
use super::{Kernel, Unsupported};
use crate::trace::event::PathKind;
use crate::trace::{EventKind, Func, Sink};

const O_ASYNC: i32 = 0o20000;
const O_NOATIME: i32 = 0o1000000;
/// What `F_SETFL` can change: `SETFL_MASK`.
const SETFL_MASK: i32 = O_APPEND | O_NONBLOCK | O_DIRECT | O_NOATIME;
/// The most that a pipe may hold without privilege, `fs.pipe-max-size`.
const PIPE_MAX_SIZE: u32 = 1 << 20;

impl Kernel {
    /// Says what of an `fcntl(2)` the simulator does not know.
    pub(crate) fn fcntl_supported(
        &self,
        task: TaskKey,
        fd: Fd,
        cmd: i32,
        arg: i32,
    ) -> Result<(), Unsupported> {
        let file = self.processes[self.tasks[task].process].slot(fd);
        let object = file.map(|file| &self.files[file].object);
        match cmd {
            5..=17 | 36..=38 | 1024..=1029 | 1033..=1048 => Err(Unsupported::FcntlCommand),
            F_SETFL if arg & O_ASYNC != 0 => Err(Unsupported::Async),
            F_SETFL if arg & O_NOATIME != 0 => Err(Unsupported::Noatime),
            F_SETFL
                if arg & O_DIRECT != 0 && object == Some(&FileObject::Path(PathKind::Regular)) =>
            {
                Err(Unsupported::DirectFile)
            }
            F_SETPIPE_SZ if (PIPE_MAX_SIZE + 1..=1 << 31).contains(&arg.cast_unsigned()) => {
                Err(Unsupported::LargePipe)
            }
            _ => Ok(()),
        }
    }
}

impl<S: Sink> Cx<'_, S> {
    /// `fcntl(2)`
    pub(crate) fn do_fcntl(&mut self, fd: Fd, cmd: i32, arg: i32) -> Result<i64, Errno> {
        self.within(Func::do_fcntl, |cx| {
            let process = cx.tasks[cx.current()].process;
            let file = cx.processes[process].slot(fd).ok_or(Errno::EBADF)?;
            let works_with_o_path =
                matches!(cmd, F_DUPFD | F_DUPFD_CLOEXEC | F_GETFD | F_SETFD | F_GETFL);
            if cx.files[file].flags & O_PATH != 0 && !works_with_o_path {
                return Err(Errno::EBADF);
            }
            match cmd {
                F_DUPFD => cx.f_dupfd(file, arg),
                F_DUPFD_CLOEXEC => {
                    let made = cx.f_dupfd(file, arg).map(Reply::Int);
                    match cx.made_with(O_CLOEXEC, made) {
                        Ok(Reply::Int(fd)) => Ok(fd),
                        Ok(other) => unreachable!("a descriptor, not {other}"),
                        Err(errno) => Err(errno),
                    }
                }
                F_GETFD if cx.processes[process].close_on_exec.contains_key(&fd) => {
                    Ok(FD_CLOEXEC.into())
                }
                F_GETFD => Ok(0),
                F_SETFD => {
                    cx.set_close_on_exec(process, fd, arg);
                    Ok(0)
                }
                F_GETFL => Ok(cx.files[file].flags.into()),
                F_SETFL => cx.setfl(file, arg),
                F_SETPIPE_SZ | F_GETPIPE_SZ => match (cx.files[file].object.clone(), cmd) {
                    (FileObject::PipeRead(pipe) | FileObject::PipeWrite(pipe), F_SETPIPE_SZ) => {
                        cx.pipe_set_size(pipe, arg.cast_unsigned())
                    }
                    (FileObject::PipeRead(pipe) | FileObject::PipeWrite(pipe), _) => {
                        cx.pipe_size(pipe)
                    }
                    _ => Err(Errno::EBADF),
                },
                _ => Err(Errno::EINVAL),
            }
        })
    }

    /// `setfl()`: bits that can not be changed are passed over, whatever is asked.
    fn setfl(&mut self, file: FileKey, arg: i32) -> Result<i64, Errno> {
        let state = &mut self.files[file];
        let is_pipe = matches!(state.object, FileObject::PipeRead(_) | FileObject::PipeWrite(_));
        if arg & O_DIRECT != 0 && !is_pipe {
            return Err(Errno::EINVAL);
        }
        let flags = arg & SETFL_MASK | state.flags & !SETFL_MASK;
        if flags != state.flags {
            state.flags = flags;
            self.emit(|| EventKind::FileFlags { file, flags });
        }
        Ok(0)
    }
}
