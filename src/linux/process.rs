//! The child process: made, watched, and never left behind.

use std::fs;
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::thread;
use std::time::{Duration, Instant};

use crate::kernel::abi::Fd;

use super::board::Board;
use super::child;
use super::raw::FileKind;

/// How long a killed child may take to be gone.
const PATIENCE: Duration = Duration::from_secs(5);

/// A child process; killed and reaped when dropped.
#[derive(Debug)]
pub(super) struct Child {
    pid: libc::pid_t,
    /// How it ended, once it has.
    end: Option<libc::c_int>,
    /// Processes that it or they forked, and that are not known to have ended.
    others: Vec<libc::pid_t>,
}

impl Child {
    /// Forks a child that serves `board`.
    pub(super) fn fork(board: &Board) -> io::Result<Child> {
        // SAFETY: this process may have many threads; the child keeps to what `child` promises.
        unsafe {
            let parent = libc::getpid();
            match libc::fork() {
                -1 => Err(io::Error::last_os_error()),
                0 => child::main(board, parent),
                pid => Ok(Child { pid, end: None, others: Vec::new() }),
            }
        }
    }

    /// The child's number, for those who want to look at it.
    #[cfg(test)]
    pub(super) fn pid(&self) -> libc::pid_t {
        self.pid
    }

    /// How the child ended, as a sentence, if it did.
    pub(super) fn end(&mut self) -> Option<String> {
        if self.end.is_none() {
            let mut status = 0;
            // SAFETY: the status lives during the call.
            let pid = unsafe { libc::waitpid(self.pid, &mut status, libc::WNOHANG) };
            self.end = (pid != 0).then_some(status);
        }
        let status = self.end?;
        Some(if libc::WIFSIGNALED(status) {
            format!("the process under test was killed by signal {}", libc::WTERMSIG(status))
        } else {
            format!("the process under test ended with status {}", libc::WEXITSTATUS(status))
        })
    }

    /// Takes in a process that a process under test forked: it is a child of ours.
    pub(super) fn adopt(&mut self, pid: libc::pid_t) {
        self.others.push(pid);
    }

    /// The processes under test that have ended since it was last asked.
    pub(super) fn reap(&mut self) -> Vec<libc::pid_t> {
        let before = self.end;
        let mut gone: Vec<_> =
            self.end().filter(|_| before.is_none()).map(|_| self.pid).into_iter().collect();
        self.others.retain(|pid| {
            // SAFETY: no memory is involved.
            let ended = unsafe { libc::waitpid(*pid, std::ptr::null_mut(), libc::WNOHANG) } != 0;
            gone.extend(ended.then_some(*pid));
            !ended
        });
        gone
    }

    /// Kills all processes under test and waits until they are gone.
    pub(super) fn kill(&mut self) {
        for pid in self.others.drain(..) {
            // SAFETY: not reaped yet, so the number is still our child's; no memory is involved.
            unsafe {
                libc::kill(pid, libc::SIGKILL);
                libc::waitpid(pid, std::ptr::null_mut(), 0);
            }
        }
        let start = Instant::now();
        while self.end().is_none() && start.elapsed() < PATIENCE {
            // SAFETY: not reaped yet, so the number is still the child's.
            unsafe { libc::kill(self.pid, libc::SIGKILL) };
            thread::sleep(Duration::from_micros(50));
        }
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        self.kill();
    }
}

/// What a descriptor of process `pid` stands for.
pub(super) fn file_kind(pid: u32, fd: Fd) -> FileKind {
    match fs::read_link(format!("/proc/{pid}/fd/{fd}")) {
        Ok(target) if target.as_os_str().as_bytes() == b"anon_inode:[eventfd]" => FileKind::Eventfd,
        Ok(target) if target.as_os_str().as_bytes() == b"anon_inode:[timerfd]" => FileKind::Timerfd,
        Ok(target) if target.as_os_str().as_bytes() == b"anon_inode:[signalfd]" => {
            FileKind::Signalfd
        }
        _ => FileKind::Other,
    }
}

/// Sets the soft limit on the descriptors of process `pid`.
pub(super) fn limit_descriptors(pid: u32, limit: u64) -> io::Result<()> {
    let mut new = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
    // SAFETY: the structure lives during the calls; the process is ours.
    unsafe {
        let pid = pid.cast_signed();
        if libc::prlimit(pid, libc::RLIMIT_NOFILE, std::ptr::null(), &mut new) == 0 {
            new.rlim_cur = limit.min(new.rlim_max);
            if libc::prlimit(pid, libc::RLIMIT_NOFILE, &new, std::ptr::null_mut()) == 0 {
                return Ok(());
            }
        }
    }
    Err(io::Error::last_os_error())
}
