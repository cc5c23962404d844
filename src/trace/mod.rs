//! What the kernel did, event by event, and who listens.

#![forbid(unsafe_code)]

mod cause;
pub mod cost;
pub mod event;
pub mod func;
#[cfg(not(target_arch = "wasm32"))]
pub mod json;
pub mod log;
mod objects;
mod packed;

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;

pub use cost::{Cost, Costs};
pub use event::{By, Context, Event, EventKind};
pub use func::Func;
pub use log::{Log, Record};
pub use packed::{Call, Outcome, TaskNumber};

/// Listens to the kernel. Generic, not dynamic: with [`NullSink`] tracing compiles to nothing.
pub trait Sink {
    /// Whether events are wanted at all; where false, none is even made.
    const ACTIVE: bool;

    /// Takes the next event.
    fn emit(&mut self, event: Event);

    /// Takes the next event and makes it where it is kept.
    #[inline]
    fn put(&mut self, make: impl FnOnce() -> Event) {
        self.emit(make());
    }

    /// The machine rests: nobody runs, and there is time for what can wait.
    fn rest(&mut self) {}
}

/// Listens to nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct NullSink;

impl Sink for NullSink {
    const ACTIVE: bool = false;

    fn emit(&mut self, _event: Event) {}
}

/// Keeps the events as they come.
impl Sink for Vec<Event> {
    const ACTIVE: bool = true;

    fn emit(&mut self, event: Event) {
        self.push(event);
    }
}
