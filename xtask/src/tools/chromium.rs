//! Chromium and the driver that belongs to it, for the tests in a browser.

use std::env;
use std::io::{IsTerminal as _, stdin};
use std::path::PathBuf;

use anyhow::{Context as _, Result};
use xshell::cmd;

use super::{Tool, version};
use crate::project::Project;

/// A browser of Chromium's family and the chromedriver of its version.
///
/// The environment may name them, as CHROMIUM and CHROMEDRIVER. Whichever were found, the two
/// variables are set for all commands that are started later.
pub(crate) struct Chromium;

/// What the browser may be called.
const BROWSERS: [&str; 4] =
    ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

impl Tool for Chromium {
    fn title(&self, _: &Project) -> Result<String> {
        Ok("Chromium and chromedriver".into())
    }

    fn find(&self, project: &Project) -> Option<String> {
        let driver = named("CHROMEDRIVER").or_else(|| project.which("chromedriver"))?;
        let driver_version = version(&project.ask(cmd!(project.shell, "{driver} --version"))?)?;

        let browsers = match named("CHROMIUM") {
            Some(browser) => vec![browser],
            None => BROWSERS.iter().filter_map(|name| project.which(name)).collect(),
        };
        // The driver only talks to a browser of its own major version.
        let browser = browsers.into_iter().find(|browser| {
            let found = project.ask(cmd!(project.shell, "{browser} --version"));
            found.and_then(|text| version(&text)).is_some_and(|it| it[0] == driver_version[0])
        })?;

        project.shell.set_var("CHROMIUM", &browser);
        project.shell.set_var("CHROMEDRIVER", &driver);
        Some(format!("{} {}", browser.display(), driver_version[0]))
    }

    fn takes(&self) -> &'static str {
        "about a minute for 220 MB"
    }

    fn install(&self, project: &Project) -> Result<()> {
        let shell = &project.shell;
        project.which("apt-get").context("this machine has no apt-get")?;
        let root = project.ask(cmd!(shell, "id -u")).as_deref() == Some("0");
        let apt_get = || match (root, stdin().is_terminal()) {
            (true, _) => cmd!(shell, "env DEBIAN_FRONTEND=noninteractive apt-get"),
            (false, true) => cmd!(shell, "sudo env DEBIAN_FRONTEND=noninteractive apt-get"),
            // Nobody is there to type a password.
            (false, false) => cmd!(shell, "sudo -n env DEBIAN_FRONTEND=noninteractive apt-get"),
        };
        project.run(apt_get().args(["update"]))?;
        project.run(apt_get().args(["install", "-y", "chromium", "chromium-driver"]))
    }

    fn by_hand(&self, _: &Project) -> Result<String> {
        Ok("Install Chromium or Chrome and the chromedriver of the same version, and put both on \
            PATH or name them:\n\
            CHROMIUM=/path/to/chrome CHROMEDRIVER=/path/to/chromedriver cargo xtask test"
            .into())
    }
}

fn named(variable: &str) -> Option<PathBuf> {
    env::var_os(variable).filter(|value| !value.is_empty()).map(PathBuf::from)
}
