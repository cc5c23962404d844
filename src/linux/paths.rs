//! The paths of a scenario on the real machine: devices and `/tmp` as they are, and for `/tmp/file`
//! a fresh, empty file of our own, which is there only while the call that opens it runs.
//!
//! No other path can be opened: a scenario may come from anywhere.

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::session::MachineError;

/// How the names of our files begin.
const PREFIX: &str = "epoll-playground-";

/// Where a path of a scenario leads to.
pub(super) fn real(path: &str) -> Result<String, MachineError> {
    static FILES: AtomicUsize = AtomicUsize::new(0);
    match path {
        "/dev/null" | "/dev/zero" | "/dev/full" => Ok(path.to_owned()),
        "/tmp" => Ok(std::env::temp_dir().to_string_lossy().into_owned()),
        "/tmp/file" => {
            let number = FILES.fetch_add(1, Ordering::Relaxed);
            let name = format!("{PREFIX}{}-{number}", std::process::id());
            let file = std::env::temp_dir().join(name);
            fs::OpenOptions::new().write(true).create_new(true).open(&file).map_err(|error| {
                MachineError::Host(format!("cannot make {}: {error}", file.display()))
            })?;
            Ok(file.to_string_lossy().into_owned())
        }
        _ => Err(MachineError::Unsupported(format!("the real kernel opens no {path:?} here"))),
    }
}

/// Takes the file away again, if `path`, up to its zero byte, is one of ours. Who has it open keeps
/// it.
pub(super) fn forget(path: &[u8]) {
    let path = path.split(|byte| *byte == 0).next().unwrap_or_default();
    let Ok(path) = std::str::from_utf8(path).map(Path::new) else { return };
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    if name.starts_with(PREFIX) {
        // If it is gone already, so much the better.
        let _ = fs::remove_file(path);
    }
}
