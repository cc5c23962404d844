//! The simulator against the real kernel, in one process and one run: `cargo bench`.
//!
//! The same operations in turns: the simulator with nobody listening, the simulator with the full
//! trace kept, and Linux's own calls on real descriptors. Machines are noisy: each figure is the
//! median of many short rounds, and what counts is the ratio within the run.

#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
mod real;
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
mod rows;
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
mod simulated;

#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
fn main() {
    rows::print_table();
}

#[cfg(not(all(target_os = "linux", target_arch = "x86_64")))]
fn main() {
    eprintln!("the benchmark compares with a real Linux kernel on x86-64");
}
