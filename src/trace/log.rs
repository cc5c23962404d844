//! The run as it is kept: every event with the one that led to it.
//!
//! While the kernel works, events are only put down; what led to each is told when it rests.

use serde::{Deserialize, Serialize};

use super::cause::Causes;
use super::{Event, Sink};

/// All events of a run, in order.
#[derive(Clone, Debug, Default)]
pub struct Log {
    records: Vec<Record>,
    causes: Causes,
    /// The records whose causes were told.
    explained: usize,
    told: usize,
}

/// A place in a [`Log`], with what must be known there to go on.
#[derive(Clone, Debug)]
pub struct Mark {
    causes: Causes,
    len: usize,
    explained: usize,
}

impl Mark {
    /// How many events there were.
    pub fn position(&self) -> usize {
        self.len
    }
}

/// An event and its cause.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// What happened.
    pub event: Event,
}

impl Record {
    /// The number of the event that led to it; always an earlier one.
    pub fn cause(&self) -> Option<u32> {
        self.event.cause()
    }
}

impl Log {
    /// The events so far; an event's number is its place. Those since the last [`Sink::rest`] have
    /// no causes yet.
    pub fn records(&self) -> &[Record] {
        &self.records
    }

    /// The events since this was last asked, and the number of the first.
    pub fn news(&mut self) -> (usize, &[Record]) {
        self.rest();
        let first = std::mem::replace(&mut self.told, self.records.len());
        (first, &self.records[first..])
    }

    /// Forgets everything, but keeps the memory for what comes next.
    pub fn clear(&mut self) {
        self.records.clear();
        self.causes = Causes::default();
        (self.explained, self.told) = (0, 0);
    }

    /// What is needed to go on from here with the same events in front.
    pub fn mark(&self) -> Mark {
        let Log { records, causes, explained, .. } = self;
        Mark { causes: causes.clone(), len: records.len(), explained: *explained }
    }

    /// A log of the first events of this one, as it was when the mark was set in it.
    pub fn at(&self, mark: &Mark) -> Log {
        let records = self.records[..mark.len].to_vec();
        Log { records, causes: mark.causes.clone(), explained: mark.explained, told: mark.len }
    }

    /// Makes room, a sixteenth more at a time: traces are long, and half of the memory empty is much.
    #[cold]
    fn grow(&mut self) {
        self.records.reserve_exact((self.records.len() / 16).max(32));
    }
}

impl Sink for Log {
    const ACTIVE: bool = true;

    fn emit(&mut self, event: Event) {
        if self.records.len() == self.records.capacity() {
            self.grow();
        }
        self.records.push(Record { event });
    }

    /// The page is made for size: there it is one function for all events.
    #[cfg(not(target_arch = "wasm32"))]
    #[inline]
    fn put(&mut self, make: impl FnOnce() -> Event) {
        if self.records.len() == self.records.capacity() {
            self.grow();
        }
        self.records.extend(std::iter::once_with(|| Record { event: make() }));
    }

    fn rest(&mut self) {
        let first = self.explained;
        for (n, record) in self.records[first..].iter_mut().enumerate() {
            let number = u32::try_from(first + n).unwrap_or(u32::MAX);
            let cause = self.causes.next(number, &record.event);
            record.event.set_cause(cause);
        }
        self.explained = self.records.len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::{Context, EventKind, Func};

    #[test]
    fn causes_are_told_when_the_machine_rests() {
        let mut log = Log::default();
        let boot = |kind| Event::new(Context::Boot.into(), Func::do_syscall_64, kind);
        log.emit(boot(EventKind::Enter));
        log.put(|| boot(EventKind::Clock { now_ns: 1 }));
        assert_eq!(log.records()[1].cause(), None);
        log.rest();
        assert_eq!(log.records()[1].cause(), Some(0));
        log.clear();
        assert_eq!(log.news(), (0, &[][..]));
    }

    #[test]
    fn little_memory_stands_empty() {
        let mut log = Log::default();
        for _ in 0..10_000 {
            log.put(|| Event::new(Context::Boot.into(), Func::do_syscall_64, EventKind::Enter));
        }
        let (used, all) = (log.records.len(), log.records.capacity());
        assert!(all <= used + used / 8, "{used} of {all}");
    }
}
