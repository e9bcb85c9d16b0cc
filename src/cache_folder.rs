//! `.cache/annals/` in the site's folder: what annals keeps from one build to the next.
//!
//! The folder is optional. If it cannot be read or written, or was deleted, a build only takes longer. It is not part of the
//! site, git ignores it, and it is never followed as a symbolic link, which might point outside the site.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

/// The folders from the site's root down.
const FOLDERS: [&str; 2] = [".cache", "annals"];

/// The folder, or one inside it.
pub(crate) struct CacheFolder {
    path: PathBuf,
    /// The folder that has the `.gitignore`.
    top: PathBuf,
    /// False if it or a folder above it is a symbolic link, or if nothing is to be kept.
    usable: bool,
    /// Gives temporary files distinct names.
    written: AtomicUsize,
}

impl CacheFolder {
    /// Returns the cache folder of the site at `root`. Nothing is created until there is something to keep.
    #[must_use]
    pub(crate) fn of_site(root: &Path) -> Self {
        let mut top = root.to_owned();
        let mut usable = true;
        for name in FOLDERS {
            top.push(name);
            usable &= !top.is_symlink();
        }
        Self { path: top.clone(), top, usable, written: AtomicUsize::new(0) }
    }

    /// Returns a folder in which nothing is kept.
    #[must_use]
    pub(crate) fn none() -> Self {
        Self { path: PathBuf::new(), top: PathBuf::new(), usable: false, written: AtomicUsize::new(0) }
    }

    /// Returns a folder inside it.
    #[must_use]
    pub(crate) fn folder(self, name: &str) -> Self {
        let path = self.path.join(name);
        let usable = self.usable && !path.is_symlink();
        Self { path, usable, ..self }
    }

    /// Reads a file; `None` if there is no such file, or it cannot be read.
    #[must_use]
    pub(crate) fn read(&self, name: &str) -> Option<Vec<u8>> {
        let file = self.path.join(name);
        let is_file = self.usable && fs::symlink_metadata(&file).is_ok_and(|kept| kept.is_file());
        if is_file { fs::read(file).ok() } else { None }
    }

    /// Writes a file, given in parts, and moves it to its place in one step.
    ///
    /// # Errors
    /// The error of creating or writing the file. Callers may ignore it: what is not kept is made again.
    pub(crate) fn write(&self, name: &str, parts: &[&[u8]]) -> io::Result<()> {
        if !self.usable {
            return Ok(());
        }
        fs::create_dir_all(&self.path)?;
        let ignore = self.top.join(".gitignore");
        if !ignore.exists() {
            fs::write(ignore, "*\n")?;
        }
        let number = self.written.fetch_add(1, Ordering::Relaxed);
        let unfinished = self.path.join(format!("{}-{number}.part", std::process::id()));
        let mut file = File::create(&unfinished)?;
        parts.iter().try_for_each(|part| file.write_all(part))?;
        fs::rename(&unfinished, self.path.join(name))
    }

    /// Removes all files except the `most` that were written last.
    pub(crate) fn retain_latest(&self, most: usize) {
        let files = if self.usable { fs::read_dir(&self.path) } else { return };
        let dated = |file: fs::DirEntry| Some((file.metadata().ok()?.modified().ok()?, file.path()));
        let mut files: Vec<_> = files.into_iter().flatten().flatten().filter_map(dated).collect();
        files.sort();
        for (_, file) in files.iter().rev().skip(most) {
            // A file that cannot be removed does no harm.
            let _ = fs::remove_file(file);
        }
    }

    /// Removes every file for whose name `is_kept` returns false.
    pub(crate) fn retain(&self, is_kept: impl Fn(&str) -> bool) {
        let files = if self.usable { fs::read_dir(&self.path) } else { return };
        for file in files.into_iter().flatten().flatten() {
            let is_file = file.file_type().is_ok_and(|kind| !kind.is_dir());
            if is_file && !file.file_name().to_str().is_some_and(&is_kept) {
                // A file that cannot be removed does no harm.
                let _ = fs::remove_file(file.path());
            }
        }
    }
}
