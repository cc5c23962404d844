//! The tools that the verbs need: found where they are, installed where they are not.

mod cargo;
mod chromium;
mod npm;

use std::time::Instant;

use anyhow::{Context as _, Result, ensure};

pub(crate) use self::cargo::{Trunk, WasmBindgen, WasmTarget, trunk};
pub(crate) use self::chromium::Chromium;
pub(crate) use self::npm::{Packages, WasmOpt};
use crate::project::Project;

/// Something that has to be on the machine before a verb can do its work.
pub(crate) trait Tool {
    /// Its name and the version that is wanted.
    fn title(&self, project: &Project) -> Result<String>;

    /// Where one is that fits. A tool of another version does not.
    fn find(&self, project: &Project) -> Option<String>;

    /// How long it takes to install, in words.
    fn takes(&self) -> &'static str;

    /// Gets it. Whatever this starts shows its output.
    fn install(&self, project: &Project) -> Result<()>;

    /// What a person can do where `install` fails.
    fn by_hand(&self, project: &Project) -> Result<String>;
}

/// Makes sure of `tools`, one after the other, and says so.
pub(crate) fn ensure_all(project: &Project, tools: &[&dyn Tool]) -> Result<()> {
    for (index, tool) in tools.iter().enumerate() {
        let title = tool.title(project)?;
        let count = format!("[{}/{}]", index + 1, tools.len());
        if let Some(place) = tool.find(project) {
            println!("{count} {title}: there ({place})");
            continue;
        }
        println!("{count} {title}: installing, {} …", tool.takes());
        let start = Instant::now();
        let installed = tool.install(project).and_then(|()| {
            ensure!(tool.find(project).is_some(), "it was installed, but cannot be found");
            Ok(())
        });
        if installed.is_err() {
            let by_hand = tool.by_hand(project)?;
            return installed.with_context(|| {
                format!("{title} cannot be had.\n\nWhat to do by hand:\n{by_hand}\n\nThe reason")
            });
        }
        println!("{count} {title}: installed in {} s", start.elapsed().as_secs());
    }
    Ok(())
}

/// The first thing in `text` that looks like a version: `trunk 0.21.14` gives `[0, 21, 14]`.
fn version(text: &str) -> Option<Vec<u32>> {
    text.split_whitespace()
        .map(|word| word.trim_start_matches('v'))
        .filter(|word| word.starts_with(|first: char| first.is_ascii_digit()))
        .find_map(|word| word.split('.').map(|part| part.parse().ok()).collect())
}

#[cfg(test)]
mod tests {
    use super::version;

    #[test]
    fn versions_are_found_in_what_tools_print() {
        assert_eq!(version("trunk 0.21.14"), Some(vec![0, 21, 14]));
        assert_eq!(version("wasm-opt version 132 (version_132)"), Some(vec![132]));
        assert_eq!(
            version("Chromium 156.0.8078.73 built on Debian GNU/Linux 12 (bookworm)"),
            Some(vec![156, 0, 8078, 73])
        );
        assert_eq!(version("v20.20.2"), Some(vec![20, 20, 2]));
        assert_eq!(version("no number"), None);
    }
}
