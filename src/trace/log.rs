//! The run as it is kept: every event with the one that led to it.

use serde::{Deserialize, Serialize};

use super::cause::Causes;
use super::{Event, Sink};

/// All events of a run, in order.
#[derive(Clone, Debug, Default)]
pub struct Log {
    records: Vec<Record>,
    causes: Causes,
    told: usize,
}

/// An event and its cause.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// What happened.
    pub event: Event,
    /// The number of the event that led to it; always an earlier one.
    pub cause: Option<u32>,
}

impl Log {
    /// The events so far; an event's number is its place.
    pub fn records(&self) -> &[Record] {
        &self.records
    }

    /// The events since this was last asked, and the number of the first.
    pub fn news(&mut self) -> (usize, &[Record]) {
        let first = std::mem::replace(&mut self.told, self.records.len());
        (first, &self.records[first..])
    }
}

impl Sink for Log {
    const ACTIVE: bool = true;

    fn emit(&mut self, event: Event) {
        let number = u32::try_from(self.records.len()).unwrap_or(u32::MAX);
        let cause = self.causes.next(number, &event);
        self.records.push(Record { event, cause });
    }
}
