//! `cargo xtask bench`: runs the benchmarks and writes their tables into README.md.

use std::fs;

use anyhow::{Context as _, Result};
use xshell::cmd;

use crate::agreement::version;
use crate::project::Project;

/// The file with the tables.
const README: &str = "README.md";

/// Runs them all and writes what they print. Figures that miss their bars are no failure: they stand
/// in what is written.
pub(crate) fn run(project: &Project) -> Result<()> {
    let (shell, locked) = (&project.shell, project.locked());
    let mut printed = String::new();
    for name in ["epoll", "memory"] {
        let command = cmd!(shell, "cargo bench --bench {name} {locked...}");
        let output = command.read().with_context(|| format!("the benchmark {name} failed"))?;
        println!("{output}\n");
        printed += &format!("\n{}\n", output.trim());
    }
    let release = cmd!(shell, "uname -r").quiet().read()?;
    let date = cmd!(shell, "date -u +%F").quiet().read()?;
    let tables = format!("Linux {}, {date}:\n{printed}", version(&release));
    into_readme(project, "cargo xtask bench", &tables)
}

/// Puts what a command has measured into the README, between the lines that name the command.
pub(crate) fn into_readme(project: &Project, command: &str, tables: &str) -> Result<()> {
    let readme = project.root.join(README);
    let text = fs::read_to_string(&readme)?;
    let text = between_marks(&text, command, tables).with_context(|| {
        format!("{README} has no lines `{}` and `{}`", mark("", command), mark("end of ", command))
    })?;
    fs::write(readme, text)?;
    println!("The tables are in {README}.");
    Ok(())
}

fn mark(which: &str, command: &str) -> String {
    format!("<!-- {which}{command} -->\n")
}

/// `text` with what stands between the marks replaced; none if it has no marks.
fn between_marks(text: &str, command: &str, new: &str) -> Option<String> {
    let (begin, end) = (mark("", command), mark("end of ", command));
    let (before, rest) = text.split_once(&begin)?;
    let (_, after) = rest.split_once(&end)?;
    Some(format!("{before}{begin}\n{}\n\n{end}{after}", new.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_between_the_marks_is_replaced() {
        let (begin, end) = ("<!-- it -->\n", "<!-- end of it -->\n");
        let text = format!("a\n{begin}old\n{end}z\n");
        let once = between_marks(&text, "it", "new\n").unwrap_or_default();
        assert_eq!(once, format!("a\n{begin}\nnew\n\n{end}z\n"));
        assert_eq!(between_marks(&once, "it", "new"), Some(once.clone()));
        assert_eq!(between_marks("no marks", "it", "new"), None);
    }
}
