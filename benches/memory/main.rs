//! What the simulator keeps in memory: `cargo bench --bench memory`.
//!
//! Bytes that were asked of the allocator and not given back, by watched descriptor and by event of
//! a trace. A benchmark of its own, since a counting allocator takes its time. What misses its bar
//! is named; it is no failure.
#![expect(clippy::unwrap_used, reason = "a benchmark may panic")]

#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
#[path = "../epoll/rows.rs"]
#[expect(dead_code, reason = "the other benchmark measures the rows themselves")]
mod rows;
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
#[path = "../epoll/simulated.rs"]
mod simulated;

#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
mod measure {
    use std::alloc::System;

    use epoll_playground::trace::{Log, NullSink};
    use stats_alloc::{INSTRUMENTED_SYSTEM, StatsAlloc};

    use crate::rows::{Row, Subject as _, Watcher, grouped};
    use crate::simulated::Simulated;

    #[global_allocator]
    static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

    /// The most that a watched descriptor may take without the trace, and an event on average.
    const DESCRIPTOR_BAR: f64 = 512.0;
    const EVENT_BAR: f64 = 48.0;
    /// Events of each trace, at least.
    const EVENTS: usize = 200_000;

    /// Bytes in use.
    fn in_use() -> f64 {
        let stats = ALLOCATOR.stats();
        stats.bytes_allocated as f64 - stats.bytes_deallocated as f64
    }

    /// Measures and prints a table in Markdown.
    pub(crate) fn print_table() {
        println!("| what | bytes | bar |");
        println!("| --- | ---: | ---: |");
        let mut missed = Vec::new();
        let mut tell = |what: &str, bytes: f64, bar: f64| {
            println!("| {what} | {bytes:.1} | {bar:.0} |");
            if bytes > bar {
                missed.push(format!("Missed: {what}: {bytes:.1} bytes, bar {bar:.0}."));
            }
        };
        for watched in [100, 10_000] {
            let what = format!("a watched descriptor of {}, no trace", grouped(watched));
            tell(&what, descriptor(watched), DESCRIPTOR_BAR);
        }
        let rows = Row::all().into_iter().filter(|row| row.watched == 100);
        let events: Vec<(String, f64)> = rows.map(|row| (row.name(), event(&row))).collect();
        let average = events.iter().map(|(_, bytes)| bytes).sum::<f64>() / events.len() as f64;
        tell("an event of a trace, on average of what follows", average, EVENT_BAR);
        for (name, bytes) in events {
            println!("| an event of {name} | {bytes:.1} | |");
        }
        println!();
        missed.iter().for_each(|missed| println!("{missed}"));
    }

    fn descriptor(watched: usize) -> f64 {
        let before = in_use();
        let small = Simulated::<NullSink>::new(1, Watcher::Epoll);
        let middle = in_use();
        let large = Simulated::<NullSink>::new(watched, Watcher::Epoll);
        let after = in_use();
        drop((small, large));
        ((after - middle) - (middle - before)) / (watched - 1) as f64
    }

    fn event(row: &Row) -> f64 {
        let mut subject = Simulated::<Log>::new(row.watched, row.watcher);
        // What the kernel itself keeps is there from now on.
        row.run(&mut subject, 0);
        subject.sink = Log::default();
        let before = in_use();
        while subject.sink.records().len() < EVENTS {
            row.run(&mut subject, 0);
        }
        (in_use() - before) / subject.sink.records().len() as f64
    }
}

#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
fn main() {
    measure::print_table();
}

#[cfg(not(all(target_os = "linux", target_arch = "x86_64")))]
fn main() {
    eprintln!("the benchmark is for Linux on x86-64");
}
