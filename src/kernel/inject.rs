//! What a scenario lets go wrong: allocations that fail, user memory that is bad.
//!
//! Models no function of Linux. `inject(ENOMEM, n)` stands for a `kmalloc()` that finds nothing, as
//! `CONFIG_FAULT_INJECTION` has it; `inject(EFAULT, n)` for a buffer that ends at an unmapped page.
//! A fault holds for the task's next call and is gone after it, hit or not.
//!
//! Leaves out: the allocations of calls other than those that make files, `epoll_ctl` and `poll`.

use super::abi::Errno;
use super::cx::Cx;
use super::file::FileObject;
use super::ids::TaskKey;
use super::syscall::{Fault, Reply, Syscall};
use super::task::{Flow, Ret};
use super::{Kernel, Unsupported};
use crate::trace::event::Alloc;
use crate::trace::{EventKind, Sink};

impl<S: Sink> Cx<'_, S> {
    /// `inject()`: what goes wrong in the current task's next call.
    pub(crate) fn sys_inject(&mut self, fault: Fault) -> Flow {
        self.set_fault(Some(fault));
        Flow::Return(Ret::Call(Ok(Reply::Int(0))))
    }

    pub(crate) fn set_fault(&mut self, fault: Option<Fault>) {
        let task = self.current();
        self.tasks[task].fault = fault;
        self.may_fault = true;
        self.emit(|| EventKind::FaultSet { task, fault });
    }

    /// The call is over, and with it what was to go wrong in it.
    pub(crate) fn clear_fault(&mut self) {
        let entry = &self.tasks[self.current()];
        if entry.fault.is_some() && !matches!(entry.call, Some(Syscall::Inject { .. })) {
            self.set_fault(None);
        }
    }

    /// Whether this allocation is the one that fails.
    #[inline]
    pub(crate) fn alloc_fails(&mut self, what: Alloc) -> bool {
        self.may_fault && self.count_alloc(what)
    }

    #[inline(never)]
    fn count_alloc(&mut self, what: Alloc) -> bool {
        let task = self.current();
        let Some(Fault::Enomem(left @ 1..)) = self.tasks[task].fault else { return false };
        self.set_fault(Some(Fault::Enomem(left - 1)));
        if left == 1 {
            self.emit(|| EventKind::AllocFail { task, what });
        }
        left == 1
    }

    /// Whether an allocation of this call has failed.
    #[inline]
    pub(crate) fn alloc_failed(&self) -> bool {
        self.may_fault && self.tasks[self.current()].fault == Some(Fault::Enomem(0))
    }

    /// The memory behind a file of this kind.
    pub(crate) fn alloc_context(&mut self) -> Result<(), Errno> {
        if self.alloc_fails(Alloc::Context) { Err(Errno::ENOMEM) } else { Ok(()) }
    }

    /// `alloc_empty_file()`: whether one more open file can be had.
    pub(crate) fn check_new_file(&mut self) -> Result<(), Errno> {
        let task = self.current();
        if let Some(Fault::Enfile(left @ 1..)) = self.tasks[task].fault {
            self.set_fault(Some(Fault::Enfile(left - 1)));
            if left == 1 {
                self.emit(|| EventKind::AllocFail { task, what: Alloc::FileTable });
                return Err(Errno::ENFILE);
            }
        }
        if self.alloc_fails(Alloc::File) { Err(Errno::ENOMEM) } else { Ok(()) }
    }

    /// How many elements (bytes, events, entries) of the memory that the call passes are good.
    pub(crate) fn good_elements(&self) -> usize {
        match self.tasks[self.current()].fault {
            _ if !self.may_fault => usize::MAX,
            Some(Fault::Efault(good)) => good as usize,
            _ => usize::MAX,
        }
    }

    /// The copy to or from the user ran into bad memory.
    pub(crate) fn user_fault(&mut self) {
        let task = self.current();
        self.emit(|| EventKind::UserFault { task });
    }

    /// Whether a copy of `count` elements that begins behind `before` others runs into bad memory.
    #[inline]
    pub(crate) fn copy_faults(&mut self, before: usize, count: usize) -> bool {
        self.may_fault && self.copy_faults_at(before, count)
    }

    #[inline(never)]
    fn copy_faults_at(&mut self, before: usize, count: usize) -> bool {
        let faults = count > 0 && before.saturating_add(count) > self.good_elements();
        if faults {
            self.user_fault();
        }
        faults
    }

    /// How many of `count` bytes can be copied, chunk by chunk: one that runs into bad memory is not
    /// copied at all.
    pub(crate) fn copy_in_chunks(
        &mut self,
        count: usize,
        chunks: impl FnOnce(&Kernel) -> Vec<usize>,
    ) -> Result<usize, Errno> {
        let (good, mut copied) = (self.good_elements(), 0);
        if good >= count {
            return Ok(count);
        }
        for chunk in chunks(self) {
            let len = chunk.min(count - copied);
            if len > 0 && copied + len > good {
                self.user_fault();
                return if copied == 0 { Err(Errno::EFAULT) } else { Ok(copied) };
            }
            copied += len;
        }
        Ok(count)
    }

    /// What of a call with bad memory the simulator does not know.
    pub(crate) fn check_fault_supported(
        &self,
        task: TaskKey,
        call: &Syscall,
    ) -> Result<(), Unsupported> {
        if !matches!(self.tasks[task].fault, Some(Fault::Efault(_))) {
            return Ok(());
        }
        let known = match call {
            Syscall::Read { fd, .. }
            | Syscall::Recv { fd, .. }
            | Syscall::Write { fd, .. }
            | Syscall::Send { fd, .. } => {
                let file = self.processes[self.tasks[task].process].slot(*fd);
                !file.is_some_and(|file| {
                    let object = &self.files[file].object;
                    matches!(object, FileObject::Tcp(_) | FileObject::Path(_) | FileObject::Null)
                })
            }
            Syscall::EpollCtl { .. }
            | Syscall::EpollWait { .. }
            | Syscall::EpollPwait { .. }
            | Syscall::EpollPwait2 { .. }
            | Syscall::Poll { .. }
            | Syscall::Ppoll { .. }
            | Syscall::Select { .. }
            | Syscall::Pselect { .. }
            | Syscall::Setsockopt { .. }
            | Syscall::Getsockopt { .. }
            | Syscall::Bind { .. }
            | Syscall::Connect { .. }
            | Syscall::TimerfdSettime { .. }
            | Syscall::Inject { .. }
            | Syscall::Hold
            | Syscall::Deliver { .. }
            | Syscall::Schedule { .. }
            | Syscall::Nop => true,
            call => call.passes_no_memory(),
        };
        if known { Ok(()) } else { Err(Unsupported::BadMemory) }
    }
}
