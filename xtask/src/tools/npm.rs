//! What npm brings: the optimiser for wasm, the editor and its bundler, and what drives the browser.

use std::fs;

use anyhow::{Context as _, Result};
use xshell::cmd;

use super::{Tool, version};
use crate::project::Project;

/// Makes wasm smaller: npm's `binaryen`, because distributions have it too old for today's wasm.
pub(crate) struct WasmOpt;

/// The same as in package.json, and in Trunk.toml as `wasm_opt`.
const WASM_OPT: u32 = 132;

impl Tool for WasmOpt {
    fn title(&self, _: &Project) -> Result<String> {
        Ok(format!("wasm-opt {WASM_OPT}"))
    }

    fn find(&self, project: &Project) -> Option<String> {
        let found = version(&project.ask(cmd!(project.shell, "wasm-opt --version"))?)?;
        let path = project.which("wasm-opt")?;
        let path = path.strip_prefix(&project.root).unwrap_or(&path);
        (found == [WASM_OPT]).then(|| path.display().to_string())
    }

    fn takes(&self) -> &'static str {
        "some seconds"
    }

    fn install(&self, project: &Project) -> Result<()> {
        npm_ci(project)
    }

    fn by_hand(&self, _: &Project) -> Result<String> {
        Ok(BY_HAND.into())
    }
}

/// Everything in package.json: what the page's TypeScript is made of and with, and the browser tests.
pub(crate) struct Packages;

impl Tool for Packages {
    fn title(&self, _: &Project) -> Result<String> {
        Ok("npm packages".into())
    }

    fn find(&self, project: &Project) -> Option<String> {
        // Fails when one is missing or of a version that package.json does not name.
        project.ask(cmd!(project.shell, "npm ls --depth=0")).map(|_| "node_modules".into())
    }

    fn takes(&self) -> &'static str {
        "some seconds"
    }

    fn install(&self, project: &Project) -> Result<()> {
        npm_ci(project)
    }

    fn by_hand(&self, _: &Project) -> Result<String> {
        Ok(BY_HAND.into())
    }
}

const BY_HAND: &str =
    "Install Node.js 20 or newer with npm (https://nodejs.org), then, in this folder: npm ci";

fn npm_ci(project: &Project) -> Result<()> {
    project.which("npm").context("there is no npm on this machine")?;
    let modules = project.root.join("node_modules");
    if modules.is_symlink() {
        // npm would empty the folder behind the link, which is somebody else's.
        fs::remove_file(modules)?;
    }
    project.run(cmd!(project.shell, "npm ci --no-audit --no-fund"))
}

#[cfg(test)]
mod tests {
    use super::WASM_OPT;

    #[test]
    fn package_json_and_trunk_toml_want_the_same_wasm_opt() {
        let package = format!("\"binaryen\": \"{WASM_OPT}.");
        assert!(include_str!("../../../package.json").contains(&package));
        let trunk = format!("wasm_opt = \"version_{WASM_OPT}\"");
        assert!(include_str!("../../../Trunk.toml").contains(&trunk));
    }
}
