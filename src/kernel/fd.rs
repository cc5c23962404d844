//! Descriptor tables, and the life of open file descriptions.
//!
//! Linux 6.18, `fs/file.c` and `fs/file_table.c`: a descriptor is an index into its process's table;
//! several may stand for one `struct file`, which is released with its last reference. A call under
//! way holds a reference too.

use litemap::LiteMap;

use serde::{Deserialize, Serialize};

use super::abi::{Errno, FD_CLOEXEC, Fd, O_CLOEXEC, O_LARGEFILE, O_PATH, O_RDWR};
use super::cx::Cx;
use super::eventpoll::ReleaseFrame;
use super::file::{File, FileObject};
use super::ids::{FileKey, ProcessKey, WaitQueueKey};
use super::signal::Actions;
use super::syscall::{Reply, SysResult};
use super::task::{Flow, Frame, Ret};
use crate::trace::event::{FileKind, FileNew};
use crate::trace::{EventKind, Func, Sink};

/// `NR_OPEN_DEFAULT`: the least room of a descriptor table.
const NR_OPEN_DEFAULT: usize = 64;

/// A process: what its tasks share.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Process {
    /// The descriptor table: the file at each number.
    pub(crate) fds: Vec<Option<FileKey>>,
    /// What signals do, where that is not the default.
    pub(crate) actions: Actions,
    /// `sighand->signalfd_wqh`: those who wait for signals of any of its tasks by a file.
    /// Here it is made when it is first needed.
    pub(crate) signalfd_wqh: Option<WaitQueueKey>,
    /// The descriptors that `execve` would close.
    pub(crate) close_on_exec: LiteMap<Fd, ()>,
    /// Numbers that are taken by calls under way, and stand for nothing yet.
    pub(crate) reserved: Vec<Fd>,
    /// `fdt->next_fd`: no number below it is free.
    pub(crate) next_fd: Fd,
    /// `fdt->max_fds`: how many numbers the table has room for, until it grows.
    pub(crate) max_fds: usize,
}

impl Process {
    /// The lowest number from `least` on that stands for nothing.
    fn lowest_free(&self, least: usize) -> Fd {
        let least = Fd::try_from(least).unwrap_or(Fd::MAX).max(self.next_fd);
        (least..Fd::MAX).find(|fd| self.is_free(*fd)).unwrap_or(Fd::MAX)
    }

    pub(crate) fn is_free(&self, fd: Fd) -> bool {
        self.slot(fd).is_none() && !self.reserved.contains(&fd)
    }

    /// Takes the lowest free number.
    fn take_lowest(&mut self) -> Fd {
        let fd = self.lowest_free(0);
        self.next_fd = fd.saturating_add(1);
        fd
    }

    fn has_become_free(&mut self, fd: Fd) {
        self.next_fd = self.next_fd.min(fd);
    }

    /// `expand_files()`: makes room for a number.
    fn expand_files(&mut self, fd: Fd) {
        let wanted = usize::try_from(fd).unwrap_or_default() + 1;
        if wanted > self.max_fds {
            self.max_fds = wanted.next_power_of_two();
        }
    }

    /// The room in the table of a child: `dup_fd()`, `sane_fdtable_size()`.
    pub(crate) fn max_fds_of_copy(&self) -> usize {
        let open = self.fds.iter().rposition(Option::is_some).map_or(0, |last| last + 1);
        let reserved = self.reserved.iter().map(|fd| *fd as usize + 1).max().unwrap_or(0);
        open.max(reserved).next_power_of_two().max(NR_OPEN_DEFAULT)
    }

    #[inline]
    pub(crate) fn slot(&self, fd: Fd) -> Option<FileKey> {
        usize::try_from(fd).ok().and_then(|index| self.fds.get(index).copied().flatten())
    }
}

/// Progress of `__fput()`: a file is released, first from the interest sets that watch it, then by
/// its own kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct FputFrame {
    file: FileKey,
    stage: FputStage,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum FputStage {
    /// `eventpoll_release()`
    Watchers,
    /// `file->f_op->release()`
    Own,
    /// The memory is freed.
    Free,
}

impl FputFrame {
    pub(crate) fn new(file: FileKey) -> Self {
        FputFrame { file, stage: FputStage::Watchers }
    }

    pub(crate) fn step<S: Sink>(self, cx: &mut Cx<'_, S>) -> Flow {
        let FputFrame { file, stage } = self;
        let next = |stage| Frame::Fput(FputFrame { file, stage });
        match stage {
            FputStage::Watchers if cx.files[file].f_ep.is_empty() => {
                Flow::Next(next(FputStage::Own))
            }
            FputStage::Watchers => {
                let release = Frame::Release(ReleaseFrame::watched(file));
                Flow::call(next(FputStage::Own), release)
            }
            FputStage::Own => match cx.files[file].object {
                FileObject::Eventpoll(ep) => {
                    Flow::call(next(FputStage::Free), Frame::Release(ReleaseFrame::instance(ep)))
                }
                _ => {
                    cx.release_object(file);
                    Flow::Next(next(FputStage::Free))
                }
            },
            FputStage::Free => {
                let addr = cx.files[file].addr;
                cx.addresses.free(addr);
                cx.files.remove(file);
                cx.emit(|| EventKind::FileFree { file });
                Flow::Return(Ret::Nothing)
            }
        }
    }
}

impl<S: Sink> Cx<'_, S> {
    /// Opens descriptors 0, 1 and 2 of a new process: one device without a poll operation.
    pub(crate) fn open_standard_files(&mut self, process: ProcessKey) {
        let file = self.file_new(FileObject::Null, FileKind::Null, O_RDWR | O_LARGEFILE);
        for fd in 0..3 {
            if fd > 0 {
                self.get_file(file);
            }
            self.fd_install(process, fd, file);
        }
    }

    /// `alloc_file()`: a new open file with one reference, not yet in any table.
    pub(crate) fn file_new(&mut self, object: FileObject, kind: FileKind, flags: i32) -> FileKey {
        let addr = self.addresses.alloc();
        let file = self.files.insert(File::new(object, addr, flags));
        self.emit(|| EventKind::FileNew(Box::new(FileNew { file, kind, addr, flags })));
        file
    }

    /// `fget()`: the file behind a descriptor of the current process, with a reference that is held
    /// to the end of the call.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    pub(crate) fn fget(&mut self, fd: Fd) -> Result<FileKey, Errno> {
        self.fget_all([fd]).map(|[file]| file)
    }

    /// [`Self::fget`] of several descriptors, the first first.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    pub(crate) fn fget_all<const N: usize>(&mut self, fds: [Fd; N]) -> Result<[FileKey; N], Errno> {
        let current = self.current();
        let (kernel, tracer) = self.parts();
        let task = &mut kernel.tasks[current];
        let process = &kernel.processes[task.process];
        let mut files = [FileKey::default(); N];
        for (at, fd) in files.iter_mut().zip(fds) {
            let file = process.slot(fd).ok_or(Errno::EBADF)?;
            let state = &mut kernel.files[file];
            if state.flags & O_PATH != 0 {
                return Err(Errno::EBADF);
            }
            state.count += 1;
            let count = state.count;
            task.pinned.push(file);
            tracer.emit(|| EventKind::FileCount { file, count });
            *at = file;
        }
        Ok(files)
    }

    pub(crate) fn get_file(&mut self, file: FileKey) {
        self.files[file].count += 1;
        let count = self.files[file].count;
        self.emit(|| EventKind::FileCount { file, count });
    }

    /// Drops a reference; true if it was the last, so that the file must be released.
    pub(crate) fn put_file(&mut self, file: FileKey) -> bool {
        let state = &mut self.files[file];
        state.count -= 1;
        let count = state.count;
        self.emit(|| EventKind::FileCount { file, count });
        count == 0
    }

    /// `get_unused_fd_flags()`: that `wanted` more descriptors can be had.
    pub(crate) fn check_unused_fds(&self, wanted: usize) -> Result<(), Errno> {
        let process = &self.processes[self.tasks[self.current()].process];
        let free = (process.next_fd..self.config.rlimit_nofile).filter(|fd| process.is_free(*fd));
        if free.take(wanted).count() < wanted { Err(Errno::EMFILE) } else { Ok(()) }
    }

    /// `get_unused_fd_flags()` and `fd_install()`: the file gets the lowest free number.
    /// Preconditions: [`Self::check_unused_fds`] said that there is one.
    pub(crate) fn fd_alloc(&mut self, file: FileKey) -> Fd {
        let process = self.tasks[self.current()].process;
        let fd = self.processes[process].take_lowest();
        self.fd_install(process, fd, file);
        fd
    }

    /// `f_dupfd()`: the lowest free number from `least` on for another descriptor of `file`.
    pub(crate) fn f_dupfd(&mut self, file: FileKey, least: i32) -> Result<i64, Errno> {
        let process = self.tasks[self.current()].process;
        let limit = self.config.rlimit_nofile;
        let least = usize::try_from(least).map_err(|_| Errno::EINVAL)?;
        if i32::try_from(least).is_ok_and(|least| least >= limit) {
            return Err(Errno::EINVAL);
        }
        let fd = self.processes[process].lowest_free(least);
        if fd >= limit {
            return Err(Errno::EMFILE);
        }
        self.get_file(file);
        self.fd_install(process, fd, file);
        Ok(fd.into())
    }

    /// Sets or takes away `FD_CLOEXEC` of an open descriptor.
    pub(crate) fn set_close_on_exec(&mut self, process: ProcessKey, fd: Fd, fd_flags: i32) {
        let on = fd_flags & FD_CLOEXEC != 0;
        let set = &mut self.processes[process].close_on_exec;
        let before = if on { set.insert(fd, ()) } else { set.remove(&fd) };
        if before.is_some() != on {
            self.emit(|| EventKind::FdCloexec { process, fd, on });
        }
    }

    /// The `O_CLOEXEC` of a call that made descriptors: their `FD_CLOEXEC`.
    pub(crate) fn made_with(&mut self, flags: i32, made: SysResult) -> SysResult {
        if flags & O_CLOEXEC != 0 {
            let fds = match &made {
                Ok(Reply::Int(fd)) => [Fd::try_from(*fd).ok(), None],
                Ok(Reply::Fds(a, b)) => [Some(*a), Some(*b)],
                _ => [None, None],
            };
            let process = self.tasks[self.current()].process;
            for fd in fds.into_iter().flatten() {
                self.set_close_on_exec(process, fd, FD_CLOEXEC);
            }
        }
        made
    }

    /// `get_unused_fd_flags()` of a call that may sleep before it installs the file.
    /// Preconditions: [`Self::check_unused_fds`] said that there is one.
    pub(crate) fn fd_reserve(&mut self) -> Fd {
        let process = self.tasks[self.current()].process;
        let fd = self.processes[process].take_lowest();
        self.processes[process].expand_files(fd);
        self.processes[process].reserved.push(fd);
        fd
    }

    /// `put_unused_fd()`, or `fd_install()` if there is a file.
    pub(crate) fn fd_unreserve(&mut self, fd: Fd, file: Option<FileKey>) {
        let process = self.tasks[self.current()].process;
        self.processes[process].reserved.retain(|reserved| *reserved != fd);
        self.processes[process].has_become_free(fd);
        if let Some(file) = file {
            self.fd_install(process, fd, file);
        }
    }

    pub(crate) fn fd_install(&mut self, process: ProcessKey, fd: Fd, file: FileKey) {
        self.processes[process].expand_files(fd);
        let fds = &mut self.processes[process].fds;
        let index = usize::try_from(fd).unwrap_or_default();
        if fds.len() <= index {
            fds.resize(index + 1, None);
        }
        fds[index] = Some(file);
        self.within(Func::fd_install, |cx| {
            cx.emit(|| EventKind::FdInstall { process, fd, file });
        });
    }

    /// `close(2)`
    pub(crate) fn sys_close(&mut self, fd: Fd) -> Result<i64, Errno> {
        self.within(Func::do_close, |cx| {
            let process = cx.tasks[cx.current()].process;
            cx.processes[process].slot(fd).ok_or(Errno::EBADF)?;
            cx.fd_remove(process, fd);
            Ok(0)
        })
    }

    /// The descriptor's reference goes at the end of the call, and the file with the last one.
    fn fd_remove(&mut self, process: ProcessKey, fd: Fd) {
        let index = usize::try_from(fd).unwrap_or_default();
        let Some(file) = self.processes[process].fds[index].take() else { return };
        self.processes[process].close_on_exec.remove(&fd);
        self.processes[process].has_become_free(fd);
        self.emit(|| EventKind::FdRemove { process, fd, file });
        let task = self.current();
        self.tasks[task].pinned.push(file);
    }

    /// `dup(2)`
    pub(crate) fn sys_dup(&mut self, fd: Fd) -> Result<i64, Errno> {
        let process = self.tasks[self.current()].process;
        let file = self.processes[process].slot(fd).ok_or(Errno::EBADF)?;
        self.check_unused_fds(1)?;
        self.get_file(file);
        Ok(self.fd_alloc(file).into())
    }

    /// `dup2(2)`
    pub(crate) fn sys_dup2(&mut self, oldfd: Fd, newfd: Fd) -> Result<i64, Errno> {
        self.within(Func::do_dup2, |cx| {
            let process = cx.tasks[cx.current()].process;
            let file = cx.processes[process].slot(oldfd).ok_or(Errno::EBADF)?;
            if oldfd == newfd {
                return Ok(newfd.into());
            }
            if newfd < 0 || newfd >= cx.config.rlimit_nofile {
                return Err(Errno::EBADF);
            }
            if cx.processes[process].reserved.contains(&newfd) {
                return Err(Errno::EBUSY);
            }
            cx.get_file(file);
            if cx.processes[process].slot(newfd).is_some() {
                cx.fd_remove(process, newfd);
            }
            cx.fd_install(process, newfd, file);
            Ok(newfd.into())
        })
    }
}
