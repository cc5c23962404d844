//! The rows of the table: what is measured, and what is asked of it.

/// Descriptors watched in some way, on some kernel. They are counted from 0.
pub(crate) trait Subject {
    /// Makes `watched` eventfds with counters at 0; for [`Watcher::Epoll`], an instance too, and
    /// all of them in it, level-triggered.
    fn new(watched: usize, watcher: Watcher) -> Self;
    /// `epoll_ctl` `ADD` of one more descriptor, and `DEL`.
    fn add_del(&mut self);
    /// `epoll_ctl` `MOD` of a descriptor.
    fn modify(&mut self, at: usize);
    /// Writes to the first `ready` descriptors, waits for all of them, reads them.
    fn cycle(&mut self, ready: usize);
    /// Forgets what was kept of the rounds so far.
    fn forget(&mut self) {}
}

/// Which call waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Watcher {
    Epoll,
    Poll,
    Select,
}

impl Watcher {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Watcher::Epoll => "epoll_wait",
            Watcher::Poll => "poll",
            Watcher::Select => "select",
        }
    }
}

/// What a row measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operation {
    /// `ADD` and `DEL`, as one operation.
    AddDel,
    /// `MOD`
    Modify,
    /// Write, wait, read with so many ready; the figure is for one of them.
    Cycle(Ready),
}

/// How many of the watched descriptors are ready.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ready {
    One,
    All,
}

/// A row of the table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row {
    pub(crate) watcher: Watcher,
    pub(crate) operation: Operation,
    pub(crate) watched: usize,
}

impl Row {
    /// All rows, those of one operation together, by the number of descriptors.
    pub(crate) fn all() -> Vec<Row> {
        let cycles = [Ready::One, Ready::All].map(Operation::Cycle);
        let epoll = [Operation::AddDel, Operation::Modify].into_iter().chain(cycles);
        let epoll = epoll.map(|operation| (Watcher::Epoll, operation, [1, 100, 10_000]));
        let poll = cycles.map(|operation| (Watcher::Poll, operation, [1, 100, 10_000]));
        // `FD_SETSIZE` is 1024.
        let select = cycles.map(|operation| (Watcher::Select, operation, [1, 100, 1_000]));
        let groups = epoll.chain(poll).chain(select);
        let rows = groups.flat_map(|(watcher, operation, sizes)| {
            sizes.map(|watched| Row { watcher, operation, watched })
        });
        // Where one is watched, one ready is all ready.
        rows.filter(|row| row.watched > 1 || row.operation != Operation::Cycle(Ready::All))
            .collect()
    }

    pub(crate) fn name(&self) -> String {
        let watched = grouped(self.watched);
        match self.operation {
            Operation::AddDel => format!("`epoll_ctl` ADD + DEL, {watched} watched"),
            Operation::Modify => format!("`epoll_ctl` MOD, {watched} watched"),
            Operation::Cycle(ready) => {
                let ready = if ready == Ready::All { "all" } else { "1" };
                let call = self.watcher.name();
                format!("`write`, `{call}`, `read`: {ready} ready of {watched}")
            }
        }
    }

    /// How many descriptors are ready in each round.
    pub(crate) fn ready(&self) -> usize {
        if self.operation == Operation::Cycle(Ready::All) { self.watched } else { 1 }
    }

    /// Carries out the operation once, for the `turn`th time.
    pub(crate) fn run(&self, subject: &mut impl Subject, turn: usize) {
        match self.operation {
            Operation::AddDel => subject.add_del(),
            Operation::Modify => subject.modify(turn),
            Operation::Cycle(_) => subject.cycle(self.ready()),
        }
    }

    /// How many times as fast as Linux the simulator must be here, without and with the trace.
    pub(crate) fn bar(&self) -> Option<(f64, f64)> {
        (self.watcher == Watcher::Epoll).then_some((3.0, 1.0))
    }
}

/// `10 000`
pub(crate) fn grouped(number: usize) -> String {
    match number {
        0..10_000 => number.to_string(),
        _ => format!("{} {:03}", number / 1000, number % 1000),
    }
}
