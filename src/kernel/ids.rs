//! Names of kernel objects: typed arena keys that print short and stable, such as `epi#3`.
//!
//! A key stands where Linux has a pointer. The number is the arena slot; a slot used again prints
//! its generation too, `epi#3.1`, so that no two objects of one run print alike.

use std::cmp::Ordering;
use std::fmt;
use std::num::NonZeroU64;

use serde::{Deserialize, Serialize};

use super::arena::Key;

/// The null key: no place has so high a number.
const NULL: NonZeroU64 = match NonZeroU64::new(1 << 32 | u32::MAX as u64) {
    Some(null) => null,
    None => unreachable!(),
};

/// A key as it is stored.
#[derive(Clone, Copy, Serialize, Deserialize)]
struct Stored {
    idx: u32,
    version: u32,
}

macro_rules! keys {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal;)*) => {$(
        $(#[$doc])*
        // Events are full of keys: aligned to 4 bytes they leave no gaps.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(from = "Stored", into = "Stored")]
        #[repr(C, packed(4))]
        pub struct $name(NonZeroU64);

        impl Key for $name {
            #[inline]
            fn raw(self) -> u64 {
                self.0.get()
            }

            #[inline]
            fn from_raw(raw: u64) -> $name {
                $name(NonZeroU64::new(raw).unwrap_or(NULL))
            }
        }

        /// The null key.
        impl Default for $name {
            #[inline]
            fn default() -> $name {
                $name(NULL)
            }
        }

        /// By place.
        impl Ord for $name {
            fn cmp(&self, other: &Self) -> Ordering {
                self.raw().rotate_left(32).cmp(&other.raw().rotate_left(32))
            }
        }

        impl PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
                Some(self.cmp(other))
            }
        }

        impl From<Stored> for $name {
            fn from(stored: Stored) -> $name {
                Key::from_raw(u64::from(stored.version) << 32 | u64::from(stored.idx))
            }
        }

        impl From<$name> for Stored {
            fn from(key: $name) -> Stored {
                let (idx, version) = (slot(key.raw()), slot(key.raw() >> 32));
                Stored { idx, version }
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                print(f, $prefix, self.raw())
            }
        }

        impl $name {
            /// The key as one number, equal for equal keys of one run; for element ids.
            pub fn as_number(self) -> u64 {
                self.raw()
            }

            /// The key with this number; of an object that there need not be.
            pub fn from_number(number: u64) -> Self {
                Key::from_raw(number)
            }
        }
    )*};
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
        slot(self.raw())
    }

    /// The task in an arena slot.
    pub(crate) fn from_index(index: u32) -> TaskKey {
        Key::from_raw(1 << 32 | u64::from(index))
    }
}

impl EpitemKey {
    /// The arena slot of the item; one that was freed may have been used again.
    #[inline]
    pub(crate) fn index(self) -> usize {
        slot(self.raw()) as usize
    }

    /// None for the null key.
    pub(crate) fn or_none(self) -> Option<EpitemKey> {
        (!self.is_null()).then_some(self)
    }
}

/// The lower half of a key.
#[inline]
fn slot(raw: u64) -> u32 {
    (raw & 0xffff_ffff) as u32
}

fn print(f: &mut fmt::Formatter<'_>, prefix: &str, raw: u64) -> fmt::Result {
    let slot = raw & 0xffff_ffff;
    let generation = (raw >> 32) / 2;
    match generation {
        0 => write!(f, "{prefix}{slot}"),
        n => write!(f, "{prefix}{slot}.{n}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::arena::Arena;

    #[test]
    fn a_slot_used_again_prints_another_name() {
        let mut arena = Arena::<EpitemKey, ()>::default();
        let first = arena.insert(());
        assert_eq!(first.to_string(), "epi#1");
        arena.remove(first);
        assert_eq!(arena.insert(()).to_string(), "epi#1.1");
        assert_eq!(arena.insert(()).to_string(), "epi#2");
    }
}
