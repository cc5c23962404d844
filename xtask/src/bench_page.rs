//! `cargo xtask bench-page`: measures the release site in Chromium, with few descriptors and with many,
//! and writes the table into README.md.

use std::collections::HashMap;
use std::fs;

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;
use xshell::cmd;

use crate::bench::into_readme;
use crate::build;
use crate::project::Project;
use crate::tools::{self, Chromium};

/// Descriptors of the two scripts, and the lines of the large one: a million events.
const FEW: u32 = 100;
const MANY: u32 = 10_000;
const LINES: u32 = 29_000;
const LINES_OF_FEW: u32 = 4_000;
/// Where the site is served while it is measured.
const PORT: &str = "4195";

/// The bars.
const STEP_MS: f64 = 16.0;
const STEP_RATIO: f64 = 2.0;
const FRAMES: f64 = 0.8;
const SEEK_MS: f64 = 50.0;
const FREEZE_MS: f64 = 50.0;
const MEMORY_MB: f64 = 200.0;

/// Builds the site if it is not there or old, runs the native side and the browser, writes the table.
/// Figures that miss their bars are no failure: they stand in what is written.
pub(crate) fn run(project: &Project) -> Result<()> {
    tools::ensure_all(project, build::TOOLS)?;
    tools::ensure_all(project, &[&Chromium])?;
    if build::is_stale(project) {
        build::site(project)?;
    }
    let folder = project.root.join("target/bench-page");
    fs::create_dir_all(&folder)?;
    let (small, large) = (folder.join("few.epoll"), folder.join("many.epoll"));
    let (shell, locked) = (&project.shell, project.locked());
    let native = |count: u32, lines: u32, path: &std::path::Path| -> Result<HashMap<String, f64>> {
        let (count, lines) = (count.to_string(), lines.to_string());
        let words = [count, lines, path.display().to_string()];
        let printed = cmd!(shell, "cargo bench --bench page {locked...} -- {words...}").read()?;
        Ok(figures(&printed))
    };
    native(FEW, LINES_OF_FEW, &small)?;
    let native = native(MANY, LINES, &large)?;
    let (dist, script) = (project.dist(), project.root.join("tests/bench/page.mjs"));
    println!("The browser measures for a minute or two.");
    let printed = cmd!(shell, "node {script} {dist} {small} {large} {PORT}").read()?;
    let page: Value = serde_json::from_str(&printed).context("the browser measured nothing")?;
    let table = Figures { native, page }.table()?;
    println!("{table}");
    into_readme(project, "cargo xtask bench-page", &table)
}

/// The lines `name 1.5 …` of the native side.
fn figures(printed: &str) -> HashMap<String, f64> {
    let figure = |line: &str| {
        let mut words = line.split(' ');
        let name = words.next()?.to_owned();
        Some((name, words.next()?.parse().ok()?))
    };
    printed.lines().filter_map(figure).collect()
}

struct Figures {
    native: HashMap<String, f64>,
    page: Value,
}

impl Figures {
    fn at(&self, path: &str) -> Result<f64> {
        let value = self.page.pointer(path).and_then(Value::as_f64);
        value.with_context(|| format!("the browser did not measure {path}"))
    }

    fn native(&self, name: &str) -> Result<f64> {
        self.native.get(name).copied().with_context(|| format!("the benchmark has no `{name}`"))
    }

    /// The table, and below it what misses its bar.
    fn table(&self) -> Result<String> {
        let few = self.at("/small/step_p95")?;
        let many = self.at("/large/step_p95")?;
        let empty = self.at("/empty_fps")?;
        let rate = |path: &str| Ok::<f64, anyhow::Error>(self.at(path)? / empty);
        let memory = (self.at("/memory/wasm")? + self.at("/memory/heap")?) / 1e6;
        let events = self.at("/large/events")?;
        ensure!(events >= 1e6, "the long trace has only {events} events");
        let most = |bar: f64, unit: &str| (bar, format!("at most {bar}{unit}"));
        let least = |bar: f64| (-bar, format!("at least {bar}"));
        let rows = [
            ("script time a step, p95, 100 descriptors, ms", few, None),
            ("script time a step, p95, 10 000 descriptors, ms", many, Some(most(STEP_MS, ""))),
            ("… as many times as with 100", many / few, Some(most(STEP_RATIO, ""))),
            (
                "frames while playing at 1×, 10 000, of an empty page's",
                rate("/large/fps 1×")?,
                Some(least(FRAMES)),
            ),
            (
                "frames while playing at 8×, 10 000, of an empty page's",
                rate("/large/fps 8×")?,
                Some(least(FRAMES)),
            ),
            (
                "seek in the long trace until it is laid out, at worst of 60, ms",
                self.at("/large/seek_max")?,
                Some(most(SEEK_MS, "")),
            ),
            (
                "… with effects, and painting without a graphics card, ms",
                self.at("/large/seek_painted_max")?,
                None,
            ),
            (
                "longest task while the script runs, ms",
                self.at("/large/longest_task_ms")?,
                Some(most(FREEZE_MS, "")),
            ),
            ("memory with the long trace, MB", memory, Some(most(MEMORY_MB, ""))),
        ];
        let version = self.page["chromium"].as_str().unwrap_or_default();
        let mut out = format!(
            "Chromium {version}; the long trace has {} events; an empty page reaches {empty:.0} frames a second:\n\n\
             | what | measured | bar |\n| --- | ---: | --- |\n",
            thousands(events)
        );
        let mut missed = Vec::new();
        for (what, value, bar) in rows {
            let said = bar.as_ref().map_or("", |(_, said)| said);
            out += &format!("| {what} | {value:.2} | {said} |\n");
            let misses = bar.as_ref().is_some_and(|(bar, _)| match *bar < 0.0 {
                true => value < -bar,
                false => value > *bar,
            });
            if misses {
                missed.push(what);
            }
        }
        out += &match missed.is_empty() {
            true => "\nAll hold their bars.\n".to_owned(),
            false => format!("\nMissed: {}.\n", missed.join("; ")),
        };
        let (wasm, native) = (self.at("/large/opened_script_ms")?, self.native("all")?);
        out += &format!(
            "\n| the same script, read, run and indexed | ms |\n| --- | ---: |\n\
             | native | {native:.0} |\n| wasm, in slices, with drawing | {wasm:.0} |\n\
             | … times as long | {:.1} |\n",
            wasm / native
        );
        Ok(out)
    }
}

/// `1 234 567`
fn thousands(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(' ');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_read_by_name() {
        let read = figures("parse 5.1 ms, 3 lines\nopen 7 ms\nnothing\n");
        assert_eq!((read.get("parse"), read.get("open")), (Some(&5.1), Some(&7.0)));
        assert_eq!(read.len(), 2);
    }

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!([999.0, 1000.0, 1_234_567.0].map(thousands), ["999", "1 000", "1 234 567"]);
    }
}
