//! Measures the rows and prints them as tables in Markdown.

use std::time::Instant;

use epoll_playground::trace::{Log, NullSink};

use crate::real::Real;
use crate::rows::{Operation, Row, Subject, Watcher, grouped};
use crate::simulated::Simulated;

/// Rounds of each row; in each the subjects take their turns.
const ROUNDS: usize = 101;
/// About how many operations a round has, and how many descriptors it looks at.
const OPERATIONS: usize = 2_000;
const LOOKS: usize = 20_000;

/// Nanoseconds for one operation.
#[derive(Clone, Copy)]
struct Figures {
    linux: f64,
    silent: f64,
    traced: f64,
}

/// Measures the rows whose names contain all `words`, and prints what came out.
pub(crate) fn print_tables(words: &[String]) {
    println!(
        "| operation | Linux, ns | simulator, ns | with trace, ns | times as fast | with trace |"
    );
    println!("| --- | ---: | ---: | ---: | ---: | ---: |");
    let rows = Row::all().into_iter();
    let rows = rows.filter(|row| words.iter().all(|word| row.name().contains(word.as_str())));
    let measured: Vec<(Row, Figures)> = rows
        .map(|row| {
            let figures = measure(&row);
            print_row(&row, figures);
            (row, figures)
        })
        .collect();
    println!();
    print_growth(&measured);
    println!();
    print_missed(&measured);
}

fn measure(row: &Row) -> Figures {
    let mut real = Real::new(row.watched, row.watcher);
    let mut silent = Simulated::<NullSink>::new(row.watched, row.watcher);
    let mut traced = Simulated::<Log>::new(row.watched, row.watcher);
    let mut times = [Vec::new(), Vec::new(), Vec::new()];
    for _ in 0..ROUNDS {
        times[0].push(round(&mut real, row));
        times[1].push(round(&mut silent, row));
        traced.forget();
        times[2].push(round(&mut traced, row));
    }
    let [linux, silent, traced] = times.map(best);
    Figures { linux, silent, traced }
}

fn print_row(row: &Row, Figures { linux, silent, traced }: Figures) {
    let [fast, fast_traced] = [linux / silent, linux / traced];
    println!(
        "| {} | {linux:.0} | {silent:.0} | {traced:.0} | {fast:.1} | {fast_traced:.1} |",
        row.name()
    );
}

/// What more watched descriptors cost, on both sides.
fn print_growth(measured: &[(Row, Figures)]) {
    println!("| from | to | Linux | simulator |");
    println!("| --- | --- | ---: | ---: |");
    let pairs = measured.iter().zip(measured.iter().skip(1));
    for ((from, a), (to, b)) in pairs {
        if from.operation == to.operation && from.watcher == to.watcher && from.watched > 1 {
            println!(
                "| {} | {} | × {:.1} | × {:.1} |",
                from.name(),
                grouped(to.watched),
                b.linux / a.linux,
                b.silent / a.silent
            );
        }
    }
}

fn print_missed(measured: &[(Row, Figures)]) {
    let mut held = 0;
    for (row, Figures { linux, silent, traced }) in measured {
        let Some((bar, bar_traced)) = row.bar() else { continue };
        let sides = [("", linux / silent, bar), (" with the trace", linux / traced, bar_traced)];
        for (side, fast, bar) in sides {
            if fast < bar {
                println!("Missed: {}{side}: {fast:.2} times as fast, bar {bar}.", row.name());
            } else {
                held += 1;
            }
        }
    }
    println!("{held} figures of epoll hold their bars: 3 times as fast, 1 time with the trace.");
}

/// Nanoseconds for one operation.
fn round(subject: &mut impl Subject, row: &Row) -> f64 {
    let ready = row.ready();
    let turns = match row.operation {
        Operation::AddDel | Operation::Modify => OPERATIONS,
        Operation::Cycle(_) => {
            let looks = if row.watcher == Watcher::Epoll { ready } else { row.watched };
            (LOOKS / looks).clamp(1, OPERATIONS.div_ceil(ready))
        }
    };
    let start = Instant::now();
    (0..turns).for_each(|turn| row.run(subject, turn));
    start.elapsed().as_secs_f64() * 1e9 / (turns * ready) as f64
}

/// The round that was least disturbed: whatever else the machine does only adds time, and adds it to
/// one subject or to another.
fn best(figures: Vec<f64>) -> f64 {
    figures.into_iter().fold(f64::INFINITY, f64::min)
}
