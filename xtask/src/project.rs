//! Where things are, and how other programs are called.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use xshell::{Cmd, Shell};

/// The working copy, and a shell that stands in it.
pub(crate) struct Project {
    /// The folder of the workspace.
    pub(crate) root: PathBuf,
    /// Starts programs, in `root`, with `search_path` as their PATH.
    pub(crate) shell: Shell,
    /// Our own tools first, then the ones of npm, then PATH.
    search_path: Vec<PathBuf>,
}

impl Project {
    /// Finds the working copy that this program belongs to.
    pub(crate) fn open() -> Result<Project> {
        // Set by `cargo run`; a binary started by hand remembers where it was built.
        let manifest_dir = env::var_os("CARGO_MANIFEST_DIR")
            .unwrap_or_else(|| OsString::from(env!("CARGO_MANIFEST_DIR")));
        let root = Path::new(&manifest_dir)
            .parent()
            .context("xtask does not stand in a workspace")?
            .to_path_buf();

        let shell = Shell::new()?;
        shell.change_dir(&root);

        let mut project = Project { root, shell, search_path: Vec::new() };
        project.search_path =
            vec![project.tools_dir().join("bin"), project.root.join("node_modules/.bin")];
        project.search_path.extend(env::split_paths(&env::var_os("PATH").unwrap_or_default()));
        project.shell.set_var("PATH", env::join_paths(&project.search_path)?);
        Ok(project)
    }

    /// Where trunk and wasm-bindgen are installed when the machine has none that fit.
    pub(crate) fn tools_dir(&self) -> PathBuf {
        match env::var_os("XTASK_TOOLS") {
            Some(dir) => PathBuf::from(dir),
            None => self.root.join("target/tools"),
        }
    }

    /// Where the release site is built.
    pub(crate) fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// The program of that name which a command would start.
    pub(crate) fn which(&self, name: &str) -> Option<PathBuf> {
        self.search_path.iter().map(|dir| dir.join(name)).find(|path| path.is_file())
    }

    /// Text of a file of the working copy.
    pub(crate) fn read(&self, path: &str) -> Result<String> {
        std::fs::read_to_string(self.root.join(path)).with_context(|| format!("cannot read {path}"))
    }

    /// `--locked` on a build server: there Cargo.lock is as it was committed or it is wrong.
    pub(crate) fn locked(&self) -> Option<&'static str> {
        env::var_os("CI").map(|_| "--locked")
    }

    /// Shows a command, runs it with its output on the screen, and fails when it fails.
    pub(crate) fn run(&self, command: Cmd<'_>) -> Result<()> {
        Ok(clean(command).run()?)
    }

    /// What a command prints, or nothing when it cannot be run or fails.
    pub(crate) fn ask(&self, command: Cmd<'_>) -> Option<String> {
        clean(command).quiet().ignore_stderr().read().ok()
    }
}

/// Takes away what the outer `cargo run` says about *this* crate: an inner cargo, and the build
/// scripts under it, would otherwise see it and build everything anew each time it differs.
fn clean(mut command: Cmd<'_>) -> Cmd<'_> {
    for (name, _) in env::vars_os() {
        let Some(text) = name.to_str() else { continue };
        let of_this_crate = ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_"]
            .iter()
            .any(|prefix| text.starts_with(prefix))
            || ["CARGO", "CARGO_CRATE_NAME", "CARGO_PRIMARY_PACKAGE", "OUT_DIR"].contains(&text);
        if of_this_crate {
            command = command.env_remove(&name);
        }
    }
    command
}
