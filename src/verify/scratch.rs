//! A temporary folder for clones and downloads.

use std::fs::{self, DirBuilder};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::error::Error;

/// A new folder in the system's folder for temporary files. On Unix only this user can read it. It is removed with the value.
pub(super) struct Scratch(PathBuf);

impl Scratch {
    /// Makes the folder.
    pub(super) fn new() -> Result<Self, Error> {
        static MADE: AtomicUsize = AtomicUsize::new(0);
        let number = MADE.fetch_add(1, Ordering::Relaxed);
        let temporary = std::env::temp_dir();
        let temporary = std::path::absolute(&temporary).unwrap_or(temporary);
        let path = temporary.join(format!("annals-verify-{}-{number}", std::process::id()));
        private().create(&path).map_err(|error| Error::at(&path, error))?;
        Ok(Self(path))
    }

    /// Returns the folder's path, which is absolute.
    pub(super) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What cannot be removed is left to the system.
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[cfg(unix)]
fn private() -> DirBuilder {
    use std::os::unix::fs::DirBuilderExt as _;
    let mut builder = DirBuilder::new();
    builder.mode(0o700);
    builder
}

#[cfg(not(unix))]
fn private() -> DirBuilder {
    DirBuilder::new()
}
