//! The rows of the table, and how they are measured.

use std::time::{Duration, Instant};

use epoll_playground::trace::{Log, NullSink};

use crate::real::Real;
use crate::simulated::Simulated;

/// An epoll instance with watched eventfds, on some kernel. Descriptors are counted from 0.
pub(crate) trait Subject {
    /// Makes the instance and `watched` level-triggered eventfds in it, with counters at 0.
    fn new(watched: usize) -> Self;
    /// `epoll_ctl` `ADD` of one more descriptor, and `DEL`.
    fn add_del(&mut self);
    /// `epoll_ctl` `MOD` of a descriptor.
    fn modify(&mut self, at: usize);
    /// Writes to the first `ready` descriptors, waits for all of them, reads them.
    fn cycle(&mut self, ready: usize);
    /// Forgets what was kept of the rounds so far.
    fn forget(&mut self) {}
}

/// What a row measures.
#[derive(Clone, Copy)]
enum Operation {
    AddDel,
    Modify,
    /// With so many ready; the figure is for one of them.
    Cycle(usize),
}

const ROWS: &[(&str, usize, Operation)] = &[
    ("epoll_ctl ADD + DEL, 1 watched", 1, Operation::AddDel),
    ("epoll_ctl ADD + DEL, 100 watched", 100, Operation::AddDel),
    ("epoll_ctl ADD + DEL, 10 000 watched", 10_000, Operation::AddDel),
    ("epoll_ctl MOD, 1 watched", 1, Operation::Modify),
    ("epoll_ctl MOD, 100 watched", 100, Operation::Modify),
    ("epoll_ctl MOD, 10 000 watched", 10_000, Operation::Modify),
    ("write, epoll_wait, read: 1 ready of 1", 1, Operation::Cycle(1)),
    ("write, epoll_wait, read: 1 ready of 100", 100, Operation::Cycle(1)),
    ("write, epoll_wait, read: 1 ready of 10 000", 10_000, Operation::Cycle(1)),
    ("write, epoll_wait, read: all ready of 100", 100, Operation::Cycle(100)),
    ("write, epoll_wait, read: all ready of 10 000", 10_000, Operation::Cycle(10_000)),
];

/// Rounds of each row and subject.
const ROUNDS: usize = 41;
/// About how many operations a round has.
const OPERATIONS: usize = 2_000;

/// Measures all rows and prints them as a table in Markdown.
pub(crate) fn print_table() {
    println!("| operation | Linux, ns | simulator, ns | with trace, ns | times as fast | with trace |");
    println!("| --- | ---: | ---: | ---: | ---: | ---: |");
    for (name, watched, operation) in ROWS {
        let mut real = Real::new(*watched);
        let mut silent = Simulated::<NullSink>::new(*watched);
        let mut traced = Simulated::<Log>::new(*watched);
        let mut times = [Vec::new(), Vec::new(), Vec::new()];
        for _ in 0..ROUNDS {
            times[0].push(round(&mut real, *operation));
            times[1].push(round(&mut silent, *operation));
            times[2].push(round(&mut traced, *operation));
            traced.forget();
        }
        let [linux, silent, traced] = times.map(median);
        println!(
            "| {name} | {linux:.0} | {silent:.0} | {traced:.0} | {:.1} | {:.1} |",
            linux / silent,
            linux / traced
        );
    }
}

/// Nanoseconds for one operation.
fn round(subject: &mut impl Subject, operation: Operation) -> f64 {
    let start = Instant::now();
    let operations = match operation {
        Operation::AddDel => {
            (0..OPERATIONS).for_each(|_| subject.add_del());
            OPERATIONS
        }
        Operation::Modify => {
            (0..OPERATIONS).for_each(|at| subject.modify(at));
            OPERATIONS
        }
        Operation::Cycle(ready) => {
            let cycles = (OPERATIONS / ready).max(1);
            (0..cycles).for_each(|_| subject.cycle(ready));
            cycles * ready
        }
    };
    nanoseconds(start.elapsed()) / operations as f64
}

fn nanoseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e9
}

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}
