//! The native side of `cargo xtask bench-page`: `cargo bench --bench page -- DESCRIPTORS LINES`.
//!
//! Prints the scenario that the page is given, and how long the same code takes for it here.
#![expect(clippy::unwrap_used, reason = "a benchmark may panic")]

use std::time::Instant;

use epoll_playground::scene::Names;
use epoll_playground::scene::layout::{LayoutOptions, layout};
use epoll_playground::session::Session;
use epoll_playground::session::crowd::crowd;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let number = |n: usize| words.get(n).and_then(|word| word.parse().ok());
    let (descriptors, lines) = (number(0).unwrap_or(100), number(1).unwrap_or(0));
    let source = crowd(descriptors, 16, lines);
    if let Some(path) = words.get(2) {
        std::fs::write(path, &source).unwrap();
    }
    let ms = |begun: Instant| begun.elapsed().as_secs_f64() * 1e3;
    let begun = Instant::now();
    let (script, _) = epoll_playground::script::parse(&source);
    println!("parse {:.1} ms, {} lines", ms(begun), script.lines.len());
    let all = Instant::now();
    let begun = Instant::now();
    let session = Session::open(&source).unwrap();
    println!("open {:.1} ms, {} events", ms(begun), session.records().len());
    let begun = Instant::now();
    let mut names = Names::default();
    session.records().iter().for_each(|record| names.learn(&record.event));
    println!("names {:.1} ms", ms(begun));
    println!("all {:.1} ms", ms(all));
    let end = session.records().len();
    let mut worst = 0.0_f64;
    for n in 1..=40 {
        let begun = Instant::now();
        std::hint::black_box(session.scene_at(end * n / 41));
        worst = worst.max(ms(begun));
    }
    println!("seek at worst {worst:.1} ms");
    let begun = Instant::now();
    let mut scene = session.scene_at(end / 2);
    for record in &session.records()[end / 2..(end / 2 + 1000).min(end)] {
        let mut next = scene.clone();
        next.apply(&record.event);
        scene = next;
    }
    println!("1000 steps {:.1} ms", ms(begun));
    let begun = Instant::now();
    std::hint::black_box(layout(&scene, 900.0, LayoutOptions::default()));
    println!("layout {:.1} ms", ms(begun));
    println!("memory {}", std::fs::read_to_string("/proc/self/statm").unwrap());
}
