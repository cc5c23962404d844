//! Names of kernel objects: typed arena keys that print short and stable, such as `epi#3`.
//!
//! A key stands where Linux has a pointer. The number is the arena slot; a slot used again prints
//! its generation too, `epi#3.1`, so that no two objects of one run print alike.

use std::fmt;

use slotmap::{Key, new_key_type};

macro_rules! keys {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal;)*) => {
        new_key_type! { $($(#[$doc])* pub struct $name;)* }
        $(
            impl fmt::Display for $name {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    print(f, $prefix, self.data().as_ffi())
                }
            }

            impl $name {
                /// The key as one number, equal for equal keys of one run; for element ids.
                pub fn as_number(self) -> u64 {
                    self.data().as_ffi()
                }

                /// The key with this number; of an object that there need not be.
                pub fn from_number(number: u64) -> Self {
                    slotmap::KeyData::from_ffi(number).into()
                }
            }
        )*
    };
}

keys! {
    /// A process: a descriptor table shared by its tasks.
    ProcessKey = "process#";
    /// A task, `struct task_struct`.
    TaskKey = "task#";
    /// An open file description, `struct file`.
    FileKey = "file#";
    /// A pipe, `struct pipe_inode_info`, shared by its two ends.
    PipeKey = "pipe#";
    /// A socket, `struct sock`.
    SockKey = "sock#";
    /// An epoll instance, `struct eventpoll`.
    EventpollKey = "ep#";
    /// An item of an interest set, `struct epitem`.
    EpitemKey = "epi#";
    /// An item's hook in a file's wait queue, `struct eppoll_entry`.
    PwqKey = "pwq#";
    /// A wait queue, `struct wait_queue_head`.
    WaitQueueKey = "wq#";
    /// An entry of a wait queue, `struct wait_queue_entry`.
    WaitEntryKey = "wait#";
}

impl TaskKey {
    /// The arena slot of the task. Tasks are never removed, so it says all.
    pub(crate) fn index(self) -> u32 {
        slot(self.data().as_ffi())
    }

    /// The task in an arena slot.
    pub(crate) fn from_index(index: u32) -> TaskKey {
        slotmap::KeyData::from_ffi(1 << 32 | u64::from(index)).into()
    }
}

impl EpitemKey {
    /// The arena slot of the item; one that was freed may have been used again.
    #[inline]
    pub(crate) fn index(self) -> usize {
        slot(self.data().as_ffi()) as usize
    }

    /// None for the null key.
    pub(crate) fn or_none(self) -> Option<EpitemKey> {
        (!self.is_null()).then_some(self)
    }
}

/// The lower half of what [`slotmap::KeyData::as_ffi`] gives.
fn slot(ffi: u64) -> u32 {
    (ffi & 0xffff_ffff) as u32
}

fn print(f: &mut fmt::Formatter<'_>, prefix: &str, ffi: u64) -> fmt::Result {
    let slot = ffi & 0xffff_ffff;
    let generation = (ffi >> 32) / 2;
    match generation {
        0 => write!(f, "{prefix}{slot}"),
        n => write!(f, "{prefix}{slot}.{n}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slot_used_again_prints_another_name() {
        let mut arena = slotmap::SlotMap::<EpitemKey, ()>::with_key();
        let first = arena.insert(());
        assert_eq!(first.to_string(), "epi#1");
        arena.remove(first);
        assert_eq!(arena.insert(()).to_string(), "epi#1.1");
        assert_eq!(arena.insert(()).to_string(), "epi#2");
    }
}
