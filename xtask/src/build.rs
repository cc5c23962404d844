//! `cargo xtask build`: the release site, as it is published.

use std::path::Path;
use std::time::SystemTime;

use anyhow::{Result, ensure};
use xshell::cmd;

use crate::project::Project;
use crate::size;
use crate::tools::{self, Packages, Tool, Trunk, WasmBindgen, WasmOpt, WasmTarget};

/// What a release build of the site needs.
pub(crate) const TOOLS: &[&dyn Tool] = &[&WasmTarget, &Trunk, &WasmBindgen, &WasmOpt, &Packages];

/// Written into the built page only: while it is served for development, trunk adds an inline
/// script to reload it, which this forbids.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
     style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; \
     base-uri 'none'; form-action 'none'";

/// Stands in index.html where the policy goes; it ends with the comment.
const PLACE_FOR_POLICY: &str = "<!-- csp:";

/// Brings the tools, builds, weighs.
pub(crate) fn run(project: &Project) -> Result<()> {
    tools::ensure_all(project, TOOLS)?;
    site(project)?;
    size::run(project)?;
    println!("\nThe site is in {}: any static server can serve it.", project.dist().display());
    Ok(())
}

/// Builds the site into `dist`; the tools are there.
pub(crate) fn site(project: &Project) -> Result<()> {
    let dist = project.dist();
    let locked = project.locked();
    project.run(tools::trunk(cmd!(
        project.shell,
        "trunk build --release --dist {dist} {locked...}"
    )))?;
    let index = dist.join("index.html");
    let html = with_policy(&project.shell.read_file(&index)?)?;
    Ok(project.shell.write_file(&index, html)?)
}

/// Whether anything that the site is made of is newer than the site in `dist`.
pub(crate) fn is_stale(project: &Project) -> bool {
    let Some(built) = changed(&project.dist().join("index.html")) else {
        return true;
    };
    ["src", "www", "index.html", "Cargo.toml", "Cargo.lock", "Trunk.toml", "package-lock.json"]
        .iter()
        .filter_map(|name| changed(&project.root.join(name)))
        .any(|time| time > built)
}

/// When the file, or the newest thing in the folder, was changed.
fn changed(path: &Path) -> Option<SystemTime> {
    let own = path.metadata().ok()?.modified().ok()?;
    let entries = path.read_dir().into_iter().flatten().flatten();
    entries.filter_map(|entry| changed(&entry.path())).chain([own]).max()
}

/// The page with the policy in its place.
fn with_policy(html: &str) -> Result<String> {
    let place = html.split_once(PLACE_FOR_POLICY).and_then(|(before, rest)| {
        let (_, after) = rest.split_once("-->")?;
        Some((before, after))
    });
    ensure!(place.is_some(), "index.html has lost its place for the policy: {PLACE_FOR_POLICY}");
    let (before, after) = place.unwrap_or_default();
    Ok(format!(
        "{before}<meta http-equiv=\"Content-Security-Policy\" content=\"{CONTENT_SECURITY_POLICY}\">{after}"
    ))
}

#[cfg(test)]
mod tests {
    use super::{CONTENT_SECURITY_POLICY, with_policy};

    #[test]
    fn the_page_has_a_place_for_the_policy() {
        let html = with_policy(include_str!("../../index.html")).unwrap();
        assert!(html.contains(CONTENT_SECURITY_POLICY));
        assert!(!html.contains("csp:"));
    }
}
