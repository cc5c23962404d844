//! Every scenario of the project, in the simulator and on the real kernel, by the tool itself.
#![cfg(not(target_arch = "wasm32"))]
#![cfg_attr(not(target_arch = "wasm32"), expect(clippy::unwrap_used, reason = "a test may panic"))]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The least number of scenarios that must run on both.
const LEAST: usize = 40;

fn tool(arguments: &[&str], files: &[PathBuf]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_epoll-playground"))
        .arg("run")
        .args(arguments)
        .args(files)
        .output()
        .unwrap()
}

fn scenarios(folder: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "epoll") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn is_sim_only(path: &Path) -> bool {
    std::fs::read_to_string(path).unwrap().contains("\n#: sim-only")
}

#[track_caller]
fn passes(on: &str, files: &[PathBuf]) {
    let output = tool(&["--quiet", "--on", on], files);
    let text = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{text}\n{errors}");
    let summary = format!("{} passed, 0 failed", files.len());
    assert_eq!(text.lines().last(), Some(summary.as_str()), "{text}");
}

#[test]
fn all_scenarios_hold_in_the_simulator() {
    passes("sim", &scenarios("tests/scenarios"));
    passes("sim", &scenarios("www/lessons"));
}

#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
#[test]
fn simulator_and_real_kernel_agree_on_all_scenarios() {
    let all = [scenarios("tests/scenarios"), scenarios("www/lessons")].concat();
    let on_both = all.iter().filter(|path| !is_sim_only(path)).count();
    assert!(on_both >= LEAST, "only {on_both} scenarios run on both");
    passes("both", &all);
}

#[test]
fn scenarios_say_what_they_show() {
    for path in [scenarios("tests/scenarios"), scenarios("www/lessons")].concat() {
        let source = std::fs::read_to_string(&path).unwrap();
        for key in ["#: title = ", "#: about = "] {
            assert!(source.lines().any(|line| line.starts_with(key)), "{}: {key}", path.display());
        }
    }
}

#[test]
fn exit_statuses_tell_what_happened() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let file = |name: &str, text: &str| {
        let path = folder.join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    let holds = file("holds.epoll", "main: nop() -> 0\n");
    let fails = file("fails.epoll", "main: ep = epoll_create1(0)\nmain: close(ep) -> EBADF\n");
    let wrong = file("wrong.epoll", "main: nop() ->\nmain nop()\n");
    assert_eq!(tool(&[], std::slice::from_ref(&holds)).status.code(), Some(0));
    let failed = tool(&["--quiet"], &[fails]);
    assert_eq!(failed.status.code(), Some(1));
    let told = [&failed.stdout[..], &failed.stderr].concat();
    let told = String::from_utf8_lossy(&told);
    assert!(told.contains("EBADF") && told.contains("fails.epoll:2:"), "{told}");
    let unread = tool(&[], &[wrong]);
    assert_eq!(unread.status.code(), Some(2));
    let told = [&unread.stdout[..], &unread.stderr].concat();
    let told = String::from_utf8_lossy(&told);
    assert!(told.contains("wrong.epoll:1:") && told.contains("wrong.epoll:2:"), "{told}");
}
