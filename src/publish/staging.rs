//! The folder in which a new site is assembled: beside the output folder, or inside it if that is a mount point.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::failures::busy;
use super::{bystanders, manifest};
use crate::error::Error;

/// The prefix of the name of a staging folder inside the output folder.
const INSIDE: &str = ".annals-";

pub(super) struct Staging {
    pub path: PathBuf,
    /// Whether it is inside the output folder: then the two cannot be swapped.
    pub inside: bool,
    /// Locked while the process lives, so that another process can tell whether the staging folder is in use.
    pub marker: File,
    folders: Mutex<BTreeSet<PathBuf>>,
}

impl Staging {
    /// Creates the folder beside `target`, so that both are on one disk and can be swapped. If `target` is a mount point, or
    /// nothing may be written beside it, the folder is inside it.
    pub(super) fn new(target: &Path) -> Result<Self, Error> {
        if is_mount_point(target) {
            return Self::inside(target);
        }
        match Self::at(beside(target), false) {
            Err(error) if is_forbidden(&error) && target.is_dir() => Self::inside(target),
            made => made,
        }
    }

    /// Makes the folder inside `target`.
    pub(super) fn inside(target: &Path) -> Result<Self, Error> {
        Self::at(target.join(format!("{INSIDE}{}", std::process::id())), true)
    }

    fn at(path: PathBuf, inside: bool) -> Result<Self, Error> {
        let failed = |error| Error::at(&path, error);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(failed)?;
        }
        fs::create_dir(&path).map_err(failed)?;
        let marker = File::create(path.join(manifest::FILE)).map_err(failed)?;
        // Without locks (some network disks) an abandoned staging folder is never removed.
        let _ = marker.lock();
        Ok(Self { path, inside, marker, folders: Mutex::new(BTreeSet::new()) })
    }

    /// Creates the folder that a file will be in.
    pub(super) fn make_folder_of(&self, file: &Path) -> Result<(), Error> {
        let Some(folder) = file.parent() else { return Ok(()) };
        let mut folders = locked(&self.folders);
        if !folders.contains(folder) {
            fs::create_dir_all(folder).map_err(|error| Error::at(folder, error))?;
            folders.insert(folder.to_owned());
        }
        Ok(())
    }
}

fn is_forbidden(error: &Error) -> bool {
    matches!(error.io_kind(), Some(io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem))
}

fn beside(target: &Path) -> PathBuf {
    let mut name = prefix(target);
    name.push(std::process::id().to_string());
    target.with_file_name(name)
}

fn prefix(target: &Path) -> OsString {
    let mut name = OsString::from(".");
    name.push(target.file_name().unwrap_or_default());
    name.push(".annals-");
    name
}

/// Removes the staging folders of processes that died: those whose marker no process has locked. If a process died between
/// the two steps of a swap, the old site is moved back first.
///
/// # Errors
/// An [`Error`] where another process is writing into the folder.
pub(super) fn sweep(target: &Path) -> Result<(), Error> {
    let beside = target.parent().map_or_else(Vec::new, |parent| staging_folders(parent, &prefix(target)));
    if target.symlink_metadata().is_err() {
        let aside = beside.iter().find(|folder| folder.as_os_str().as_encoded_bytes().ends_with(b"-old"));
        if let Some(old) = aside.filter(|old| is_dead(old) == Some(true)) {
            // If it cannot be moved back, there is no old site, and the new one is still made.
            let _ = fs::rename(old, target);
        }
    }
    for folder in beside.iter().filter(|folder| is_dead(folder) == Some(true)) {
        bystanders::discard(folder, target);
    }
    for folder in staging_folders(target, INSIDE.as_ref()) {
        match is_dead(&folder) {
            Some(true) => bystanders::discard(&folder, target),
            Some(false) => return Err(busy(target)),
            None => {}
        }
    }
    Ok(())
}

fn staging_folders(parent: &Path, prefix: &std::ffi::OsStr) -> Vec<PathBuf> {
    let entries = fs::read_dir(parent).into_iter().flatten().flatten();
    let named = entries.filter(|entry| entry.file_name().as_encoded_bytes().starts_with(prefix.as_encoded_bytes()));
    named.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir())).map(|entry| entry.path()).collect()
}

/// Returns whether no process has locked the marker of a staging folder. `None` if that cannot be known, or if the folder has
/// no marker and so is not a staging folder.
fn is_dead(folder: &Path) -> Option<bool> {
    let marker = File::open(folder.join(manifest::FILE)).ok()?;
    match marker.try_lock() {
        Ok(()) => Some(true),
        Err(TryLockError::WouldBlock) => Some(false),
        Err(TryLockError::Error(_)) => None,
    }
}

/// Returns whether a folder is a mount point: a container volume, a memory disk.
#[cfg(target_os = "linux")]
fn is_mount_point(folder: &Path) -> bool {
    use rustix::fs::{AtFlags, CWD, StatxAttributes, StatxFlags, statx};
    let found = statx(CWD, folder, AtFlags::empty(), StatxFlags::empty()).ok();
    let known = found.filter(|found| found.stx_attributes_mask.contains(StatxAttributes::MOUNT_ROOT));
    known.map_or_else(|| is_other_disk(folder), |found| found.stx_attributes.contains(StatxAttributes::MOUNT_ROOT))
}

#[cfg(not(target_os = "linux"))]
fn is_mount_point(folder: &Path) -> bool {
    is_other_disk(folder)
}

#[cfg(unix)]
fn is_other_disk(folder: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let disk = |path: &Path| fs::metadata(path).map(|found| found.dev()).ok();
    let parent = folder.parent().and_then(disk);
    disk(folder).is_some_and(|here| parent.is_some_and(|parent| here != parent))
}

#[cfg(not(unix))]
fn is_other_disk(_: &Path) -> bool {
    false
}

/// Locks a mutex, even if a thread panicked while it held it.
pub(super) fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    // What the mutexes guard is consistent after every statement.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
