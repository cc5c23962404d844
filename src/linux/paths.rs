//! The paths of a scenario on the real machine: devices as they are, and a folder of our own in the
//! place of `/tmp`.
//!
//! No other path can be opened: a scenario may come from anywhere.

use std::fs;
use std::io;
use std::path::PathBuf;
use std::sync::OnceLock;

use crate::session::MachineError;

/// The folder of this process, with an empty `file` in it; left behind empty but for that.
fn folder() -> io::Result<&'static PathBuf> {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    if FOLDER.get().is_none() {
        let path = std::env::temp_dir().join("epoll-playground");
        fs::create_dir_all(&path)?;
        let _ = FOLDER.set(path);
    }
    FOLDER.get().ok_or_else(|| io::ErrorKind::NotFound.into())
}

/// Where a path of a scenario leads to.
pub(super) fn real(path: &str) -> Result<String, MachineError> {
    let host = |error: io::Error| MachineError::Host(format!("no place for {path}: {error}"));
    let folder = || folder().map_err(host);
    match path {
        "/dev/null" | "/dev/zero" | "/dev/full" => Ok(path.to_owned()),
        "/tmp" => Ok(folder()?.to_string_lossy().into_owned()),
        "/tmp/file" => {
            let file = folder()?.join("file");
            fs::write(&file, []).map_err(host)?;
            Ok(file.to_string_lossy().into_owned())
        }
        _ => Err(MachineError::Unsupported(format!("the real kernel opens no {path:?} here"))),
    }
}
