//! `cargo xtask bench`: runs the benchmarks and writes their tables into README.md.

use std::fs;

use anyhow::{Context as _, Result};
use xshell::cmd;

use crate::agreement::version;
use crate::project::Project;

/// The file with the tables, and the lines between which they stand.
const README: &str = "README.md";
const BEGIN: &str = "<!-- cargo xtask bench -->\n";
const END: &str = "<!-- end of cargo xtask bench -->\n";

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
    let readme = project.root.join(README);
    let text = fs::read_to_string(&readme)?;
    let text = between_marks(&text, &tables).with_context(|| {
        format!("{README} has no lines `{}` and `{}`", BEGIN.trim(), END.trim())
    })?;
    fs::write(readme, text)?;
    println!("The tables are in {README}.");
    Ok(())
}

/// `text` with what stands between the marks replaced; none if it has no marks.
fn between_marks(text: &str, new: &str) -> Option<String> {
    let (before, rest) = text.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{BEGIN}\n{}\n\n{END}{after}", new.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_between_the_marks_is_replaced() {
        let text = format!("a\n{BEGIN}old\n{END}z\n");
        let once = between_marks(&text, "new\n").unwrap_or_default();
        assert_eq!(once, format!("a\n{BEGIN}\nnew\n\n{END}z\n"));
        assert_eq!(between_marks(&once, "new"), Some(once.clone()));
        assert_eq!(between_marks("no marks", "new"), None);
    }
}
