//! `cargo xtask agreement`: all scenarios on both kernels, told as a table in docs/agreement.md.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};
use xshell::cmd;

use crate::project::Project;

/// Where the table is kept.
const TABLE: &str = "docs/agreement.md";

/// What came of the scenarios of one topic.
#[derive(Clone, Copy, Default)]
struct Tally {
    /// Those that ran on both kernels.
    both: usize,
    /// Those of them in which every call gave the same on both, and what the scenario says.
    agreed: usize,
    /// Those that need what only the simulator has, and hold there.
    sim_only: usize,
}

/// Runs them all, writes the table, and fails if any does not agree.
pub(crate) fn run(project: &Project) -> Result<()> {
    let (shell, locked) = (&project.shell, project.locked());
    project.run(cmd!(shell, "cargo build --bin epoll-playground {locked...}"))?;
    let target = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    let tool = target.unwrap_or_else(|| project.root.join("target")).join("debug/epoll-playground");

    let mut topics = BTreeMap::<String, Tally>::new();
    let mut troubles = Vec::new();
    for (topic, path) in scenarios(project)? {
        let tally = topics.entry(topic).or_default();
        let name = path.strip_prefix(&project.root)?.display().to_string();
        let command = cmd!(shell, "{tool} run --quiet --on both {path}");
        let output = command.quiet().ignore_status().output()?;
        ensure!(output.status.code() != Some(3), "there is no real kernel to compare with here");
        let told = String::from_utf8_lossy(&output.stdout);
        // Without the right to use SCHED_FIFO, a race may explain a difference: that proves nothing.
        let holds = output.status.success() && !told.contains("either order");
        match is_sim_only(&path)? {
            true => tally.sim_only += 1,
            false => tally.both += 1,
        }
        if !holds {
            troubles.push(format!("{name}\n{told}{}", String::from_utf8_lossy(&output.stderr)));
        } else if !is_sim_only(&path)? {
            tally.agreed += 1;
        }
    }
    let release = cmd!(shell, "uname -r").quiet().read()?;
    let date = cmd!(shell, "date -u +%F").quiet().read()?;
    fs::write(project.root.join(TABLE), table(&topics, version(&release), &date))?;
    let total = sum(&topics);
    println!(
        "{} of {} agree, {} are for the simulator only: {TABLE}",
        total.agreed, total.both, total.sim_only
    );
    ensure!(troubles.is_empty(), "{} do not hold:\n{}", troubles.len(), troubles.join("\n"));
    Ok(())
}

/// All scenarios with their topics, in order: the folders of tests/scenarios, then the lessons.
fn scenarios(project: &Project) -> Result<Vec<(String, PathBuf)>> {
    let mut found = Vec::new();
    for topic in entries(&project.root.join("tests/scenarios"))? {
        let name = topic.file_name().unwrap_or_default().to_string_lossy().into_owned();
        found.extend(entries(&topic)?.into_iter().map(|path| (name.clone(), path)));
    }
    let lessons = entries(&project.root.join("www/lessons"))?;
    found.extend(lessons.into_iter().map(|path| ("(lessons)".to_owned(), path)));
    found.retain(|(_, path)| path.extension().is_some_and(|ending| ending == "epoll"));
    Ok(found)
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let read = fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut paths = read.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

fn is_sim_only(path: &Path) -> Result<bool> {
    let source = fs::read_to_string(path)?;
    let mut values = source.lines().filter_map(|line| line.strip_prefix("#: sim-only"));
    Ok(values.any(|value| value.trim_start_matches([' ', '=']) != "false"))
}

/// The numbers in front of a kernel's release: what follows them is its builder's.
pub(crate) fn version(release: &str) -> &str {
    let end = release.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(release.len());
    release[..end].trim_end_matches('.')
}

fn sum(topics: &BTreeMap<String, Tally>) -> Tally {
    topics.values().fold(Tally::default(), |sum, tally| Tally {
        both: sum.both + tally.both,
        agreed: sum.agreed + tally.agreed,
        sim_only: sum.sim_only + tally.sim_only,
    })
}

fn table(topics: &BTreeMap<String, Tally>, version: &str, date: &str) -> String {
    let row = |name: &str, Tally { both, agreed, sim_only }: &Tally| {
        let sim_only = if *sim_only == 0 { String::new() } else { sim_only.to_string() };
        let agree = if *both == 0 { "–".to_owned() } else { format!("{agreed}/{both}") };
        format!("| {name} | {agree} | {sim_only} |\n")
    };
    let rows: String = topics.iter().map(|(name, tally)| row(name, tally)).collect();
    format!(
        "# Agreement\n\n\
         Every scenario of the project, run in the simulator and on Linux {version}, {date}. It agrees \
         when every call\ngave the same on both, in the same order, and what the scenario says. Made by \
         `cargo xtask agreement`, which fails\nif one does not.\n\n\
         | topic | agree | simulator only |\n| --- | --- | --- |\n{rows}{}\n\
         *Simulator only*: a task is held at a preemption point, a segment waits, or something is \
         switched on that the real\nkernel does not offer. These hold in the simulator and are not \
         counted as agreeing.\n",
        row("**all**", &sum(topics))
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_names_no_builder() {
        assert_eq!(version("6.18.44-fc"), "6.18.44");
        assert_eq!(version("6.18.0"), "6.18.0");
        assert_eq!(version("6.18.-x"), "6.18");
    }

    #[test]
    fn the_table_counts_those_for_the_simulator_apart() {
        let tally = |both, agreed, sim_only| Tally { both, agreed, sim_only };
        let topics = [("b", tally(2, 1, 0)), ("a", tally(3, 3, 4))];
        let topics = topics.map(|(name, tally)| (name.to_owned(), tally)).into();
        let text = table(&topics, "6.18.1", "2026-01-02");
        assert!(
            text.contains("| a | 3/3 | 4 |\n| b | 1/2 |  |\n| **all** | 4/5 | 4 |\n"),
            "{text}"
        );
    }
}
