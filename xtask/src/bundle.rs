//! `cargo xtask bundle`: the page's TypeScript, as modules that it loads when they are needed.
//!
//! Each file of `www/js` is a module of the site, `js/NAME-HASH.js`; what several need goes into
//! chunks. Trunk calls this when it has built the page (see `Trunk.toml`), and then the page's
//! head gets a `<meta name="module:NAME">` for each, by which `www/boot.js` finds it. Whose work they
//! and the wasm hold is said in `licenses.txt`, see `notices`.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::{env, fs};

use anyhow::{Context as _, Result, ensure};
use xshell::cmd;

use crate::notices;
use crate::project::Project;
use crate::tools::{self, Packages, Tool as _};

/// Where the sources are.
const SOURCES: &str = "www/js";

/// Stands in index.html where the modules' names go; it ends with the comment.
const PLACE: &str = "<!-- modules:";

/// Bundles for trunk, which says by variables for what; else into target/js, minified, to be looked at.
pub(crate) fn run(project: &Project) -> Result<()> {
    let Some(staging) = env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from) else {
        tools::ensure_all(project, &[&Packages])?;
        check(project)?;
        let names = bundle(project, &project.root.join("target/js"), Minify::Yes)?;
        names.iter().for_each(|(_, file)| println!("target/js/{file}"));
        println!("target/js/{}", notices::FILE);
        return Ok(());
    };
    let minify = match env::var_os("TRUNK_PROFILE") {
        Some(profile) if profile == "release" => Minify::Yes,
        _ => Minify::No,
    };
    let out = staging.join("js");
    let names = bundle(project, &out, minify).or_else(|error| {
        // Plain `trunk build` comes here first: what it needs may not be there yet.
        if Packages.find(project).is_some() {
            return Err(error);
        }
        tools::ensure_all(project, &[&Packages])?;
        bundle(project, &out, minify)
    })?;
    // It belongs to the whole site, not to its modules alone.
    fs::rename(out.join(notices::FILE), staging.join(notices::FILE))?;
    let index = staging.join("index.html");
    let html = fs::read_to_string(&index).context("trunk has made no index.html")?;
    Ok(fs::write(index, with_modules(&html, &names)?)?)
}

/// Fails where a type does not fit.
pub(crate) fn check(project: &Project) -> Result<()> {
    project.run(cmd!(project.shell, "tsc --project {SOURCES}"))
}

/// Whether what is made can be small or is to be read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Minify {
    Yes,
    No,
}

/// Makes the modules in an empty folder `out`; returns their names and files.
fn bundle(project: &Project, out: &Path, minify: Minify) -> Result<Vec<(String, String)>> {
    let entries = entries(&project.root.join(SOURCES))?;
    if out.exists() {
        fs::remove_dir_all(out)?;
    }
    let shape = match minify {
        Minify::Yes => "--minify",
        Minify::No => "--sourcemap",
    };
    let mut outdir = OsString::from("--outdir=");
    outdir.push(out);
    fs::create_dir_all(out)?;
    let metafile = out.join("modules.json");
    let paths = entries.iter().map(|name| format!("{SOURCES}/{name}.ts"));
    ensure!(
        project.which("esbuild").is_some(),
        "there is no esbuild in node_modules, which makes the page's JavaScript"
    );
    project.run(
        cmd!(project.shell, "esbuild {paths...} --bundle --splitting --format=esm {shape}")
            .args(["--target=es2022", "--charset=utf8", "--log-level=warning"])
            .arg(format!("--metafile={}", metafile.display()))
            .arg("--legal-comments=none")
            .arg(format!("--banner:js=/* Licences: ../{} */", notices::FILE))
            .args(["--entry-names=[name]-[hash]", "--chunk-names=chunk-[hash]"])
            .arg(outdir),
    )?;
    let told = fs::read_to_string(&metafile)?;
    fs::remove_file(metafile)?;
    fs::write(out.join(notices::FILE), notices::text(project, &told)?)?;
    let files = fs::read_dir(out)?.map(|entry| Ok(entry?.file_name().into_string().ok()));
    let files: Vec<String> = files.collect::<Result<Vec<_>>>()?.into_iter().flatten().collect();
    entries
        .into_iter()
        .map(|name| {
            let file = files.iter().find(|file| stem(file) == Some(&name));
            let file = file.with_context(|| format!("esbuild made no module of {name}.ts"))?;
            Ok((name, file.clone()))
        })
        .collect()
}

/// The names of the modules: the files that stand directly in the folder, in order.
fn entries(folder: &Path) -> Result<Vec<String>> {
    let read = fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut names = Vec::new();
    for entry in read {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if let Some(name) = name.strip_suffix(".ts").filter(|name| !name.ends_with(".d")) {
            names.push(name.to_owned());
        }
    }
    names.sort();
    Ok(names)
}

/// `editor` of `editor-WR2ZR6SM.js`.
fn stem(file: &str) -> Option<&str> {
    file.strip_suffix(".js")?.rsplit_once('-').map(|(name, _)| name)
}

/// The page, knowing where its modules are.
fn with_modules(html: &str, names: &[(String, String)]) -> Result<String> {
    let place = html.split_once(PLACE).and_then(|(before, rest)| {
        let (_, after) = rest.split_once("-->")?;
        Some((before, after))
    });
    let (before, after) =
        place.with_context(|| format!("index.html has lost its place for the modules: {PLACE}"))?;
    let metas = names
        .iter()
        .map(|(name, file)| format!("<meta name=\"module:{name}\" content=\"./js/{file}\">"));
    Ok(format!("{before}{}{after}", metas.collect::<Vec<_>>().join("\n    ")))
}

#[cfg(test)]
mod tests {
    use super::{stem, with_modules};

    #[test]
    fn the_page_learns_where_its_modules_are() {
        let names = [("a".to_owned(), "a-1.js".to_owned()), ("b".to_owned(), "b-2.js".to_owned())];
        let html = with_modules(include_str!("../../index.html"), &names).unwrap();
        assert!(html.contains("<meta name=\"module:a\" content=\"./js/a-1.js\">"), "{html}");
        assert!(html.contains("<meta name=\"module:b\" content=\"./js/b-2.js\">"), "{html}");
        assert!(!html.contains("modules:"), "{html}");
        assert!(with_modules(&html, &names).is_err());
    }

    #[test]
    fn a_file_is_found_by_its_name_without_hash() {
        assert_eq!(stem("editor-WR2ZR6SM.js"), Some("editor"));
        assert_eq!(stem("two-words-WR2ZR6SM.js"), Some("two-words"));
        assert_eq!(stem("editor-WR2ZR6SM.js.map"), None);
    }
}
