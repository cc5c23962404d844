//! `cargo xtask size`: what the release site weighs, and whether that is too much.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::project::Project;

/// Bytes that wasm, JavaScript and styles of the first load may weigh together, gzipped.
const BUDGET_BYTES: usize = 880_000;

/// Bytes that all modules which are loaded only when needed may weigh together, gzipped.
const LATER_BYTES: usize = 250_000;

/// Prints tables of the site in `dist`, what is loaded at once and what when needed; fails over a
/// budget.
pub(crate) fn run(project: &Project) -> Result<()> {
    let dist = project.dist();
    let mut files = Vec::new();
    collect(&dist, &mut files).context("there is no site yet: cargo xtask build")?;
    files.sort();
    ensure!(!files.is_empty(), "dist/ holds no site: cargo xtask build");

    let (later, first): (Vec<_>, Vec<_>) =
        files.into_iter().partition(|file| file.starts_with(dist.join("js")));
    table("the page", &dist, &first, BUDGET_BYTES)?;
    println!();
    table("loaded when needed", &dist, &later, LATER_BYTES)
}

/// Prints what files weigh; fails if that is more than the budget.
fn table(title: &str, dist: &Path, files: &[PathBuf], budget_bytes: usize) -> Result<()> {
    println!("{title:<52} {:>10} {:>10}", "raw", "gzip");
    let (mut raw_bytes, mut gzip_bytes) = (0, 0);
    for file in files {
        let content = fs::read(file)?;
        let gzip = gzipped(&content)?;
        raw_bytes += content.len();
        gzip_bytes += gzip;
        let name = file.strip_prefix(dist)?.display().to_string();
        println!("{name:<52} {:>10} {gzip:>10}", content.len());
    }
    println!("{:<52} {raw_bytes:>10} {gzip_bytes:>10}", "total, bytes");
    println!("{:<52} {:>10} {budget_bytes:>10}", "budget", "");

    ensure!(
        gzip_bytes <= budget_bytes,
        "{title}: {} bytes over the budget of {budget_bytes} bytes gzipped; `twiggy top` on the \
         wasm of a build with debug names shows what is large there",
        gzip_bytes - budget_bytes
    );
    Ok(())
}

/// All wasm, JavaScript and styles under `dir`.
fn collect(dir: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|it| it == "wasm" || it == "js" || it == "css") {
            files.push(path);
        }
    }
    Ok(())
}

/// Length after gzip at the level that servers use.
fn gzipped(content: &[u8]) -> Result<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(content)?;
    Ok(encoder.finish()?.len())
}
