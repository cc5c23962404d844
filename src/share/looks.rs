//! How a moment is looked at, as numbers: what a number does not name any more is the default.

use serde::{Deserialize, Serialize};

use crate::kernel::ids::{
    EpitemKey, EventpollKey, FileKey, PipeKey, ProcessKey, SockKey, TaskKey, WaitEntryKey,
    WaitQueueKey,
};
use crate::scene::arrows::Thing;
use crate::scene::layout::ListKind;

/// How a moment is looked at. Theme and language are the reader's and are no part of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Looks {
    /// What is selected.
    pub selected: Option<Pick>,
    /// What a small page shows: 0 stage, 1 script, 2 inside.
    pub tab: u8,
    /// What the right column shows, by its place there.
    pub side: u8,
    /// How far a step goes: 0 event, 1 function, 2 system call.
    pub step: u8,
    /// How fast the run plays: quarters of the plain speed, 255 without motion, 0 the plain speed.
    pub speed: u8,
    /// What of the run the timeline shows, from and to, in eighths of an event.
    pub window: Option<(u32, u32)>,
}

/// A [`Thing`] as numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pick {
    kind: u8,
    /// Its place in the kernel's arena.
    index: u32,
    /// Which of the objects that had that place.
    version: u32,
}

/// The lists of an eventpoll have the kinds from here on.
const LISTS: u8 = 16;

/// In the order in which links number them: new ones go to the end.
const LIST_KINDS: [ListKind; 5] =
    [ListKind::Wq, ListKind::Rdllist, ListKind::Txlist, ListKind::Ovflist, ListKind::PollWait];

impl Pick {
    /// A thing as numbers.
    pub fn of(thing: Thing) -> Pick {
        let (kind, number) = match thing {
            Thing::Task(key) => (0, key.as_number()),
            Thing::Item(key) => (1, key.as_number()),
            Thing::File(key) => (2, key.as_number()),
            Thing::Entry(key) => (3, key.as_number()),
            Thing::Locks(key) => (4, key.as_number()),
            Thing::Queue(key) => (5, key.as_number()),
            Thing::Ep(key) => (6, key.as_number()),
            Thing::Process(key) => (7, key.as_number()),
            Thing::Sock(key) => (8, key.as_number()),
            Thing::Pipe(key) => (9, key.as_number()),
            Thing::List(key, list) => {
                let place = (LISTS..).zip(LIST_KINDS).find(|(_, kind)| *kind == list);
                (place.map_or(LISTS, |(kind, _)| kind), key.as_number())
            }
        };
        let half = |bits: u64| (bits & u64::from(u32::MAX)) as u32;
        Pick { kind, index: half(number), version: half(number >> 32) }
    }

    /// The thing, if it is of a kind that is known. Whether it exists is the scene's to say.
    pub fn thing(self) -> Option<Thing> {
        let number = u64::from(self.version) << 32 | u64::from(self.index);
        Some(match self.kind {
            0 => Thing::Task(TaskKey::from_number(number)),
            1 => Thing::Item(EpitemKey::from_number(number)),
            2 => Thing::File(FileKey::from_number(number)),
            3 => Thing::Entry(WaitEntryKey::from_number(number)),
            4 => Thing::Locks(EventpollKey::from_number(number)),
            5 => Thing::Queue(WaitQueueKey::from_number(number)),
            6 => Thing::Ep(EventpollKey::from_number(number)),
            7 => Thing::Process(ProcessKey::from_number(number)),
            8 => Thing::Sock(SockKey::from_number(number)),
            9 => Thing::Pipe(PipeKey::from_number(number)),
            kind => {
                let list = LIST_KINDS.get(usize::from(kind.checked_sub(LISTS)?))?;
                Thing::List(EventpollKey::from_number(number), *list)
            }
        })
    }
}
