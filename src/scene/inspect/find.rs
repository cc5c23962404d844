//! Finding events by what their rows say.

use crate::scene::Names;
use crate::scene::explain::brief;
use crate::trace::{Context, Event};

/// The places of the events whose row, function or task holds the words, all of them, in any case.
pub fn find<'a>(events: impl Iterator<Item = &'a Event>, names: &Names, words: &str) -> Vec<usize> {
    let words: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
    if words.is_empty() {
        return Vec::new();
    }
    let holds = |event: &Event| {
        let whose = match event.by.context() {
            Context::Task(task) => names.task(task),
            Context::Hardirq => "irq".to_owned(),
            Context::Softirq => "softirq".to_owned(),
            Context::Boot => return false,
        };
        let text = format!("{whose} {} {}", event.func.name(), brief(event, names)).to_lowercase();
        words.iter().all(|word| text.contains(word))
    };
    events.enumerate().filter(|(_, event)| holds(event)).map(|(at, _)| at).collect()
}
