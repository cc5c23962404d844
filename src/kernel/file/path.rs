//! Files that a path leads to and that have no poll operation: devices, a regular file, a directory.
//!
//! Linux 6.18, `fs/open.c: do_sys_openat2()`, `drivers/char/mem.c`. There are five paths. Leaves
//! out what a regular file holds: it is empty, and stays so, since nothing can be written to it.

use super::{FileObject, bytes};
use crate::kernel::abi::{
    Errno, O_APPEND, O_CLOEXEC, O_CREAT, O_DIRECTORY, O_EXCL, O_LARGEFILE, O_NOFOLLOW, O_NONBLOCK,
    O_PATH, O_TRUNC,
};
use crate::kernel::cx::Cx;
use crate::kernel::ids::TaskKey;
use crate::kernel::syscall::WriteData;
use crate::kernel::task::Flow;
use crate::kernel::{Kernel, Unsupported};
use crate::trace::event::{FileKind, PathKind};
use crate::trace::{Func, Sink};

/// `O_RDONLY`, `O_WRONLY`, `O_RDWR`, and 3, with which neither works.
const O_ACCMODE: i32 = 0o3;
/// The flags that are modelled; the others ask for things that depend on the host's file systems.
const KNOWN: i32 = O_ACCMODE
    | O_CREAT
    | O_EXCL
    | O_TRUNC
    | O_APPEND
    | O_NONBLOCK
    | O_CLOEXEC
    | O_DIRECTORY
    | O_NOFOLLOW
    | O_PATH
    | O_LARGEFILE;
/// What is left of the flags with `O_PATH`: `O_PATH_FLAGS`.
const WITH_PATH: i32 = O_DIRECTORY | O_NOFOLLOW | O_PATH | O_CLOEXEC;
/// Steer the opening only: not in `f_flags`.
const NOT_KEPT: i32 = O_CREAT | O_EXCL | O_TRUNC | O_CLOEXEC;
/// The most that one read of `/dev/zero` gives here.
const READ_MAX: usize = 16 << 20;

/// What a path leads to.
fn lookup(path: &str) -> Option<(FileObject, FileKind)> {
    let kind = match path {
        "/dev/null" => return Some((FileObject::Null, FileKind::Null)),
        "/dev/zero" => PathKind::Zero,
        "/dev/full" => PathKind::Full,
        "/tmp/file" => PathKind::Regular,
        "/tmp" => PathKind::Directory,
        _ => return None,
    };
    Some((FileObject::Path(kind), FileKind::Path(kind)))
}

/// The paths there are.
const KNOWN_PATHS: &str = "/dev/null, /dev/zero, /dev/full, /tmp/file, /tmp";

/// Says what of an `open(2)` the simulator does not know.
pub(crate) fn open_supported(path: &str, flags: i32) -> Result<(), Unsupported> {
    if lookup(path).is_none() {
        return Err(Unsupported::Path { path: path.to_owned(), known: KNOWN_PATHS });
    }
    match flags & !KNOWN {
        0 => Ok(()),
        flags => Err(Unsupported::OpenFlags { flags }),
    }
}

/// `read(2)`. Preconditions: it is open for reading.
pub(super) fn read(kind: PathKind, count: usize) -> Result<Flow, Errno> {
    match kind {
        PathKind::Zero | PathKind::Full => Ok(bytes(vec![0; count.min(READ_MAX)])),
        PathKind::Regular => Ok(bytes(Vec::new())),
        PathKind::Directory => Err(Errno::EISDIR),
    }
}

/// `write(2)`. Preconditions: it is open for writing.
pub(super) fn write(kind: PathKind, data: &WriteData) -> Result<Flow, Errno> {
    match kind {
        PathKind::Full => Err(Errno::ENOSPC),
        PathKind::Zero | PathKind::Regular => Ok(Flow::done(match data {
            WriteData::Bytes(bytes) => bytes.len() as i64,
            WriteData::Number(count) => count.cast_signed(),
        })),
        PathKind::Directory => Err(Errno::EBADF),
    }
}

impl Kernel {
    /// Whether a descriptor of a task stands for a regular file.
    #[inline]
    pub(crate) fn is_regular(&self, task: TaskKey, fd: i32) -> bool {
        let file = self.processes[self.tasks[task].process].slot(fd);
        file.is_some_and(|file| {
            let file = &self.files[file];
            file.object == FileObject::Path(PathKind::Regular) && file.can_write()
        })
    }

    /// Whether a read from a descriptor of a task gives as many bytes as are asked for.
    pub(crate) fn is_endless(&self, task: TaskKey, fd: i32) -> bool {
        let file = self.processes[self.tasks[task].process].slot(fd);
        file.is_some_and(|file| {
            let object = &self.files[file].object;
            matches!(object, FileObject::Path(PathKind::Zero | PathKind::Full))
        })
    }
}

impl<S: Sink> Cx<'_, S> {
    /// `open(2)`. Preconditions: [`open_supported`] had nothing to say.
    pub(crate) fn do_sys_open(&mut self, path: &str, flags: i32) -> Result<i64, Errno> {
        self.within(Func::do_sys_openat2, |cx| {
            let flags = if flags & O_PATH != 0 { flags & WITH_PATH } else { flags };
            // build_open_flags()
            if flags & (O_DIRECTORY | O_CREAT) == O_DIRECTORY | O_CREAT {
                return Err(Errno::EINVAL);
            }
            cx.check_unused_fds(1)?;
            let (object, kind) = lookup(path).ok_or(Errno::ENOENT)?;
            let is_directory = object == FileObject::Path(PathKind::Directory);
            let creates = flags & O_CREAT != 0;
            if creates && flags & O_EXCL != 0 {
                return Err(Errno::EEXIST);
            }
            if !is_directory && flags & O_DIRECTORY != 0 {
                return Err(Errno::ENOTDIR);
            }
            let writes = flags & O_ACCMODE != 0 || flags & O_TRUNC != 0;
            if is_directory && (creates || writes) {
                return Err(Errno::EISDIR);
            }
            let kept = match flags & O_PATH {
                0 => flags & !NOT_KEPT | O_LARGEFILE,
                _ => flags & !NOT_KEPT,
            };
            let file = cx.file_new(object, kind, kept);
            Ok(cx.fd_alloc(file).into())
        })
    }
}
