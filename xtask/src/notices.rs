//! `licenses.txt` of the site: whose work is in it, and under which terms. Named are the npm packages
//! that esbuild has put into the modules, and the crates that the wasm is made of.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;
use xshell::cmd;

use crate::project::Project;

/// The file's name in the site.
pub(crate) const FILE: &str = "licenses.txt";

const HEAD: &str = "epoll playground is licensed under either of the Apache License 2.0 or the MIT license, at your \
option.\nIt contains the work of others, under the terms below.\n";

/// A package, and the terms under which it is taken.
struct Package {
    /// Its name and version.
    name: String,
    license: String,
    text: String,
}

/// The whole text; `metafile` is what esbuild says of the modules.
pub(crate) fn text(project: &Project, metafile: &str) -> Result<String> {
    let mut packages = npm(project, metafile)?;
    packages.extend(crates(project)?);
    // Packages of one author often say the same: once is enough.
    let mut by_text: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for Package { name, license, text } in packages {
        by_text.entry(text).or_default().push(format!("{name} ({license})"));
    }
    let mut parts: Vec<_> = by_text.into_iter().map(|(text, names)| (names, text)).collect();
    parts.sort();
    let part = |(names, text): (Vec<String>, String)| {
        format!("\n{}\n{}\n\n{}\n", "=".repeat(80), names.join("\n"), text.trim())
    };
    Ok(format!("{HEAD}{}", parts.into_iter().map(part).collect::<String>()))
}

/// The npm packages in the modules.
fn npm(project: &Project, metafile: &str) -> Result<Vec<Package>> {
    let meta: Value = serde_json::from_str(metafile).context("esbuild's account of the modules")?;
    let inputs = meta["inputs"].as_object().context("esbuild's account names no inputs")?;
    let folders: BTreeSet<&str> = inputs.keys().filter_map(|path| package_of(path)).collect();
    let package = |folder: &str| {
        let folder = project.root.join(folder);
        let about = fs::read_to_string(folder.join("package.json"))?;
        let about: Value = serde_json::from_str(&about)?;
        let said = |key: &str| about[key].as_str().unwrap_or_default();
        let name = format!("{} {}", said("name"), said("version"));
        let text = terms(&folder)?.with_context(|| format!("{name} has no licence text"))?;
        Ok(Package { name, license: said("license").to_owned(), text })
    };
    folders.into_iter().map(package).collect()
}

/// `node_modules/@codemirror/view` of `node_modules/@codemirror/view/dist/index.js`.
fn package_of(path: &str) -> Option<&str> {
    let at = path.rfind("node_modules/")? + "node_modules/".len();
    let parts = if path[at..].starts_with('@') { 2 } else { 1 };
    let end = path[at..].match_indices('/').nth(parts - 1)?.0;
    Some(&path[..at + end])
}

/// The crates in the wasm: what it depends on there, without what only runs while it is made.
fn crates(project: &Project) -> Result<Vec<Package>> {
    let target = "--filter-platform=wasm32-unknown-unknown";
    let locked = project.locked();
    let told = cmd!(project.shell, "cargo metadata --format-version=1 {target} {locked...}");
    let told: Value = serde_json::from_str(&told.quiet().read()?)?;
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let by_id = |values: Vec<Value>| -> BTreeMap<String, Value> {
        let id = |value: &Value| value["id"].as_str().unwrap_or_default().to_owned();
        values.into_iter().map(|value| (id(&value), value)).collect()
    };
    let packages = by_id(list(&told["packages"]));
    let nodes = by_id(list(&told["resolve"]["nodes"]));
    let own = packages.iter().find(|(_, package)| package["name"] == "epoll-playground");
    let (own, _) = own.context("cargo does not know this project")?;
    let apache = project.read("LICENSE-APACHE")?;
    let (mut seen, mut next) = (BTreeSet::from([own.clone()]), vec![own.clone()]);
    let mut found = Vec::new();
    while let Some(id) = next.pop() {
        let package = &packages[&id];
        let makes_code = list(&package["targets"])
            .iter()
            .any(|target| list(&target["kind"]).contains(&Value::from("proc-macro")));
        if makes_code {
            continue;
        }
        if id != *own {
            found.push(crate_terms(package, &apache)?);
        }
        for dependency in list(&nodes[&id]["deps"]) {
            let is_used = list(&dependency["dep_kinds"]).iter().any(|kind| kind["kind"].is_null());
            let id = dependency["pkg"].as_str().unwrap_or_default().to_owned();
            if is_used && seen.insert(id.clone()) {
                next.push(id);
            }
        }
    }
    Ok(found)
}

fn crate_terms(package: &Value, apache: &str) -> Result<Package> {
    let said = |key: &str| package[key].as_str().unwrap_or_default();
    let name = format!("{} {}", said("name"), said("version"));
    let license = said("license").to_owned();
    let folder = Path::new(said("manifest_path")).parent().context("a crate without a folder")?;
    let text = terms(folder)?.or_else(|| {
        // Some crates name the licence and leave its text out.
        license.contains("Apache-2.0").then(|| apache.to_owned())
    });
    let text = text.with_context(|| format!("{name} ({license}) has no licence text"))?;
    Ok(Package { name, license, text })
}

/// The licence text in a package's folder: the shortest name that says MIT, else the first of all.
fn terms(folder: &Path) -> Result<Option<String>> {
    let read = fs::read_dir(folder).with_context(|| format!("no {}", folder.display()))?;
    let mut files: Vec<PathBuf> = Vec::new();
    for entry in read {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_uppercase();
        if path.is_file() && name.starts_with("LICEN") {
            files.push(path);
        }
    }
    files.sort_by_key(|path| {
        let name = path.to_string_lossy().to_uppercase();
        (!name.contains("LICENSE-MIT"), name.len(), name)
    });
    let Some(file) = files.first() else { return Ok(None) };
    let text = fs::read_to_string(file).with_context(|| format!("{}", file.display()))?;
    ensure!(!text.trim().is_empty(), "{} is empty", file.display());
    Ok(Some(text.replace("\r\n", "\n")))
}

#[cfg(test)]
mod tests {
    use super::package_of;

    #[test]
    fn a_package_is_told_from_a_path_in_it() {
        let of = |path| package_of(path);
        assert_eq!(of("node_modules/gifenc/src/index.js"), Some("node_modules/gifenc"));
        assert_eq!(of("node_modules/@a/b/dist/x.js"), Some("node_modules/@a/b"));
        let inner = "node_modules/a/node_modules/b/x.js";
        assert_eq!(of(inner), Some("node_modules/a/node_modules/b"));
        assert_eq!(of("www/js/editor.ts"), None);
    }
}
