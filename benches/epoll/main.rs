//! The simulator against the real kernel, in one process and one run: `cargo bench --bench epoll`.
//!
//! The same operations in turns: the simulator with nobody listening, the simulator with the full
//! trace kept, and Linux's own calls on real descriptors. Machines are noisy: each figure is the
//! best of many short rounds, and what counts is the ratio within the run. A row that misses its
//! bar is named below the table; a slow machine is no failure.
//!
//! Words behind `--` choose rows by what their names contain.
#![expect(clippy::unwrap_used, reason = "a benchmark may panic")]

#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
mod measure;
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
mod real;
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
mod rows;
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
mod simulated;

#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
fn main() {
    // Cargo itself passes `--bench`.
    let words: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    measure::print_tables(&words);
}

#[cfg(not(all(target_os = "linux", target_arch = "x86_64")))]
fn main() {
    eprintln!("the benchmark compares with a real Linux kernel on x86-64");
}
