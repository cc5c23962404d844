//! Looking into an object: the structures behind it as the kernel declares them, field by field, with
//! their values of this moment, and what the last step changed.
//!
//! [`inspect`] is pure: what it shows is the scene's. Fields that Linux has and this machine does not
//! model are listed without a value. [`changes`] sets what it was beside what it is.

mod epoll;
mod event;
mod files;
mod find;
pub mod glossary;
mod layout;
mod socks;
pub mod structs;
pub mod tables;
mod tasks;
#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;
pub mod twin;
mod waits;

use std::fmt::Display;

use crate::kernel::ids::{
    EpitemKey, EventpollKey, FileKey, PipeKey, ProcessKey, SockKey, TaskKey, WaitEntryKey,
    WaitQueueKey,
};
use crate::tr;

use super::arrows::Thing;
use super::layout::ListKind;
use super::{Names, Scene};

pub use event::{Number, numbers, variant};
pub use find::find;
pub use layout::{Field, Place, Struct};

/// A piece of a value.
#[derive(Clone, Debug, PartialEq)]
pub enum Bit {
    /// Text.
    Text(String),
    /// Another object.
    Link(String, Thing),
}

/// A value: pieces side by side. An empty one is not modelled.
pub type Value = Vec<Bit>;

/// A field with its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The field.
    pub field: Field,
    /// Where it lies, if that does not depend on the build.
    pub place: Option<Place>,
    /// What it holds; empty where this machine does not model it.
    pub value: Value,
    /// What it held before the last step, if that was something else.
    pub before: Option<Value>,
}

/// A structure with its values.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// What tells it from other structures of its kind: an object's short name.
    pub whose: String,
    /// The structure.
    pub structure: &'static Struct,
    /// It came to be in the last step.
    pub is_new: bool,
    /// Its fields, in the structure's order.
    pub rows: Vec<Row>,
}

/// The scene, and what to call things in it.
#[derive(Clone, Copy)]
pub(super) struct Cx<'a> {
    scene: &'a Scene,
    names: &'a Names,
}

/// The structures of a thing; the first is the thing itself.
pub fn inspect(thing: Thing, scene: &Scene, names: &Names) -> Vec<Part> {
    let cx = Cx { scene, names };
    let mut parts = match thing {
        Thing::Task(task) => cx.task_parts(task),
        Thing::Process(process) => cx.process_parts(process),
        Thing::Item(epi) => cx.item_parts(epi),
        Thing::File(file) => cx.file_parts(file),
        Thing::Sock(sock) => cx.sock_parts(sock),
        Thing::Pipe(pipe) => cx.pipe_parts(pipe),
        Thing::Queue(wq) => Some(cx.queue_parts(wq)),
        Thing::Entry(entry) => cx.entry_parts(entry),
        Thing::Ep(ep) | Thing::Locks(ep) => cx.ep_parts(ep),
        Thing::List(ep, ListKind::Wq) => scene.eventpolls.get(&ep).map(|e| cx.queue_parts(e.wq)),
        Thing::List(ep, ListKind::PollWait) => {
            scene.eventpolls.get(&ep).map(|e| cx.queue_parts(e.poll_wait))
        }
        Thing::List(ep, _) => cx.ep_parts(ep),
    }
    .unwrap_or_default();
    if matches!(thing, Thing::List(_, ListKind::Wq | ListKind::PollWait))
        && let Thing::List(ep, _) = thing
    {
        parts.extend(cx.ep_parts(ep).unwrap_or_default());
    }
    // In the midst of a step an object may be gone that another one still names.
    let bits = parts.iter_mut().flat_map(|part| &mut part.rows).flat_map(|row| &mut row.value);
    for bit in bits {
        if let Bit::Link(label, to) = bit
            && !scene.has(*to)
        {
            *bit = Bit::Text(std::mem::take(label));
        }
    }
    parts
}

/// What belongs to no object: the clock, the limits, what is on the wire.
pub fn machine(scene: &Scene, names: &Names) -> Vec<Part> {
    vec![Cx { scene, names }.machine_part()]
}

/// Sets what the fields held before beside what they hold now.
pub fn changes(mut now: Vec<Part>, before: &[Part]) -> Vec<Part> {
    for part in &mut now {
        let same = |old: &&Part| old.whose == part.whose && old.structure == part.structure;
        let Some(old) = before.iter().find(same) else {
            part.is_new = true;
            continue;
        };
        for (row, old) in part.rows.iter_mut().zip(&old.rows) {
            if row.value != old.value {
                row.before = Some(old.value.clone());
            }
        }
    }
    now
}

/// A value's text.
pub fn text_of(value: &[Bit]) -> String {
    let bits = value.iter().map(|bit| match bit {
        Bit::Text(text) | Bit::Link(text, _) => text.as_str(),
    });
    bits.collect::<Vec<_>>().join(" ")
}

/// A value that is one text.
fn text(text: impl Display) -> Value {
    vec![Bit::Text(text.to_string())]
}

/// `NULL`, or what there is.
fn or_null(bit: Option<Bit>) -> Value {
    vec![bit.unwrap_or_else(|| Bit::Text("NULL".to_owned()))]
}

/// A list's elements in order, or that it is empty.
fn list(bits: impl IntoIterator<Item = Bit>) -> Value {
    let bits: Value = bits.into_iter().collect();
    if bits.is_empty() { text(tr!("inspector-empty")) } else { bits }
}

impl Part {
    fn new(structure: &'static Struct, whose: impl Display) -> Part {
        let mut places = structure.places().into_iter();
        let row = |field: &Field| Row {
            field: *field,
            place: places.next(),
            value: Vec::new(),
            before: None,
        };
        let rows = structure.fields.iter().map(row).collect();
        Part { whose: whose.to_string(), structure, is_new: false, rows }
    }

    /// Fills in a field.
    ///
    /// # Panics
    /// The structure has no such field.
    fn with(mut self, name: &str, value: Value) -> Part {
        match self.rows.iter_mut().find(|row| row.field.name == name) {
            Some(row) => row.value = value,
            None => unreachable!("{} has no {name}", self.structure.name),
        }
        self
    }
}

impl Cx<'_> {
    fn task(&self, task: TaskKey) -> Bit {
        Bit::Link(self.names.task(task), Thing::Task(task))
    }

    fn item(&self, epi: EpitemKey) -> Bit {
        Bit::Link(self.names.epi(epi), Thing::Item(epi))
    }

    fn file(&self, file: FileKey) -> Bit {
        Bit::Link(self.names.file(file), Thing::File(file))
    }

    fn ep(&self, ep: EventpollKey) -> Bit {
        Bit::Link(format!("ep {}", self.names.ep(ep)), Thing::Ep(ep))
    }

    fn process(&self, process: ProcessKey) -> Bit {
        Bit::Link(process.to_string(), Thing::Process(process))
    }

    fn sock(&self, sock: SockKey) -> Bit {
        let fd = self.names.sock_file(sock).and_then(|file| self.names.fd(file));
        let label = fd.map_or_else(|| sock.to_string(), |fd| format!("{sock} (fd {fd})"));
        Bit::Link(label, Thing::Sock(sock))
    }

    fn pipe(&self, pipe: PipeKey) -> Bit {
        Bit::Link(pipe.to_string(), Thing::Pipe(pipe))
    }

    fn queue(&self, wq: WaitQueueKey) -> Bit {
        Bit::Link(wq.to_string(), Thing::Queue(wq))
    }

    /// An entry with whom it is there for.
    fn entry(&self, entry: WaitEntryKey) -> Bit {
        use crate::trace::event::Waiter;
        let whose = self.names.entry(entry).map(|(_, waiter)| match waiter {
            Waiter::Epitem(epi) => self.names.epi(epi),
            waiter => self.names.waiter(waiter),
        });
        let label = whose.map_or_else(|| entry.to_string(), |whose| format!("{entry} ({whose})"));
        Bit::Link(label, Thing::Entry(entry))
    }

    /// A queue as a value: itself, then its entries from the head on.
    fn queue_value(&self, wq: WaitQueueKey) -> Value {
        let mut value = vec![self.queue(wq)];
        match self.scene.wait_queues.get(&wq) {
            Some(queue) if !queue.entries.is_empty() => {
                value.push(Bit::Text(":".to_owned()));
                value.extend(queue.entries.iter().map(|entry| self.entry(entry.entry)));
            }
            _ => value.push(Bit::Text(tr!("inspector-empty"))),
        }
        value
    }
}
