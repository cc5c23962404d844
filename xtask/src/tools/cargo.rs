//! What rustup and cargo bring: the wasm target, trunk, wasm-bindgen.

use std::env;
use std::path::Path;

use anyhow::{Context as _, Result};
use xshell::{Cmd, cmd};

use super::{Tool, version};
use crate::project::Project;

/// The standard library for wasm32-unknown-unknown.
pub(crate) struct WasmTarget;

impl Tool for WasmTarget {
    fn title(&self, _: &Project) -> Result<String> {
        Ok("Rust's wasm32-unknown-unknown target".into())
    }

    fn find(&self, project: &Project) -> Option<String> {
        let command =
            cmd!(project.shell, "rustc --print target-libdir --target wasm32-unknown-unknown");
        let dir = project.ask(command)?;
        // Rust names the folder whether it is there or not.
        Path::new(&dir).is_dir().then(|| "in the toolchain".into())
    }

    fn takes(&self) -> &'static str {
        "some seconds"
    }

    fn install(&self, project: &Project) -> Result<()> {
        project.run(cmd!(project.shell, "rustup target add wasm32-unknown-unknown"))
    }

    fn by_hand(&self, _: &Project) -> Result<String> {
        Ok("With rustup: rustup target add wasm32-unknown-unknown\n\
            With a distribution's Rust: install its wasm32 standard library, on Debian \
            libstd-rust-dev-wasm32."
            .into())
    }
}

/// Builds and serves the page.
pub(crate) struct Trunk;

/// 0.22 wants a newer compiler than this crate does. `trunk-version` in Trunk.toml says the same.
const TRUNK: [u32; 3] = [0, 21, 14];

impl Tool for Trunk {
    fn title(&self, _: &Project) -> Result<String> {
        Ok(format!("trunk {}", dotted(TRUNK)))
    }

    fn find(&self, project: &Project) -> Option<String> {
        let found = version(&project.ask(cmd!(project.shell, "trunk --version"))?)?;
        let fits = found[..] >= TRUNK[..] && found[..2] == TRUNK[..2];
        fits.then(|| place(project, "trunk"))
    }

    fn takes(&self) -> &'static str {
        "about 4 minutes"
    }

    fn install(&self, project: &Project) -> Result<()> {
        // Without optimisation: it only waits for cargo, and is built in a third of the time.
        // Without its default features, which are TLS, downloads and a search for updates.
        cargo_install(
            project,
            "trunk",
            &dotted(TRUNK),
            &["--debug", "--config", "profile.dev.debug=0", "--no-default-features"],
        )
    }

    fn by_hand(&self, _: &Project) -> Result<String> {
        Ok(format!("cargo install trunk@{} --locked", dotted(TRUNK)))
    }
}

/// A trunk command, guarded against two of its habits.
pub(crate) fn trunk(command: Cmd<'_>) -> Cmd<'_> {
    // It reads NO_COLOR as a truth value and refuses "1"; the convention is: set and not empty.
    let no_color = env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let command = match no_color {
        true => command.env("NO_COLOR", "true"),
        false => command.env_remove("NO_COLOR"),
    };
    // When the compiler finds an error, a backtrace of trunk's own would bury it.
    command.env("RUST_BACKTRACE", "0")
}

/// Makes the JavaScript beside the wasm, and runs wasm tests in a browser.
pub(crate) struct WasmBindgen;

impl WasmBindgen {
    /// The version of the library in Cargo.lock: tool and library must be the same.
    fn wanted(project: &Project) -> Result<String> {
        locked_version(&project.read("Cargo.lock")?, "wasm-bindgen")
            .context("Cargo.lock does not name wasm-bindgen")
    }
}

impl Tool for WasmBindgen {
    fn title(&self, project: &Project) -> Result<String> {
        Ok(format!("wasm-bindgen-cli {}", WasmBindgen::wanted(project)?))
    }

    fn find(&self, project: &Project) -> Option<String> {
        let wanted = version(&WasmBindgen::wanted(project).ok()?)?;
        for program in ["wasm-bindgen", "wasm-bindgen-test-runner"] {
            let found = version(&project.ask(cmd!(project.shell, "{program} --version"))?)?;
            if found != wanted {
                return None;
            }
        }
        Some(place(project, "wasm-bindgen"))
    }

    fn takes(&self) -> &'static str {
        "about 3 minutes"
    }

    fn install(&self, project: &Project) -> Result<()> {
        // A debug build would make the browser tests three times as slow.
        let wanted = WasmBindgen::wanted(project)?;
        cargo_install(
            project,
            "wasm-bindgen-cli",
            &wanted,
            &["--config", "profile.release.opt-level=1", "--no-default-features"],
        )
    }

    fn by_hand(&self, project: &Project) -> Result<String> {
        let wanted = WasmBindgen::wanted(project)?;
        Ok(format!("cargo install wasm-bindgen-cli@{wanted} --locked"))
    }
}

/// Installs a crate's programs into our own folder, where they are found first.
fn cargo_install(project: &Project, name: &str, version: &str, options: &[&str]) -> Result<()> {
    let root = project.tools_dir();
    // A folder of its own, so that an interrupted build goes on where it was.
    let build = root.join("build");
    project.run(cmd!(
        project.shell,
        "cargo install {name}@{version} --locked --root {root} --target-dir {build} {options...}"
    ))?;
    project.shell.remove_path(&build)?;
    Ok(())
}

/// The version of `package` that a Cargo.lock holds.
fn locked_version(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    let version = lines.nth(1)?.strip_prefix("version = \"")?.strip_suffix('"')?;
    Some(version.to_owned())
}

fn place(project: &Project, program: &str) -> String {
    match project.which(program) {
        Some(path) => path.strip_prefix(&project.root).unwrap_or(&path).display().to_string(),
        None => "on the search path".into(),
    }
}

fn dotted(version: [u32; 3]) -> String {
    version.map(|part| part.to_string()).join(".")
}

#[cfg(test)]
mod tests {
    use super::{TRUNK, dotted, locked_version};

    #[test]
    fn the_lock_file_tells_the_version() {
        let lock = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"0.1.0\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.129\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen").as_deref(), Some("0.2.129"));
        assert_eq!(locked_version(lock, "yew"), None);
    }

    #[test]
    fn trunk_toml_wants_the_same_trunk() {
        let line = format!("trunk-version = \"^{}\"", dotted(TRUNK));
        assert!(include_str!("../../../Trunk.toml").lines().any(|it| it == line));
    }
}
