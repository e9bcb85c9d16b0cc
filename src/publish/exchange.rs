//! Two folders change places.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::manifest;

/// Where the new site is gathered: beside the output, so that both are on one disk.
pub(super) fn staging_path(target: &Path) -> PathBuf {
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

/// Removes staging folders of processes that died: those whose marker nobody holds locked.
pub(super) fn sweep(target: &Path) {
    let Some(entries) = target.parent().and_then(|parent| fs::read_dir(parent).ok()) else {
        return;
    };
    let prefix = prefix(target);
    for entry in entries.flatten() {
        let ours = entry.file_name().as_encoded_bytes().starts_with(prefix.as_encoded_bytes());
        let dead = || File::open(entry.path().join(manifest::FILE)).is_ok_and(|marker| marker.try_lock().is_ok());
        if ours && dead() {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// Puts the staging folder in the target's place, and the old target, where there is one, in the staging folder's.
pub(super) fn exchange(staging: &Path, target: &Path) -> io::Result<()> {
    if !target.exists() {
        return fs::rename(staging, target);
    }
    match atomically(staging, target) {
        Err(error) if is_unsupported(&error) => in_two_steps(staging, target),
        outcome => outcome,
    }
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn atomically(staging: &Path, target: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, staging, CWD, target, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn atomically(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

fn is_unsupported(error: &io::Error) -> bool {
    // EINVAL is what disks without exchange answer.
    matches!(error.kind(), io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput)
}

/// Where the system cannot exchange: the old site steps aside, the new one takes its place. If that fails, the old one
/// comes back.
fn in_two_steps(staging: &Path, target: &Path) -> io::Result<()> {
    let mut aside = staging.as_os_str().to_owned();
    aside.push("-old");
    let aside = PathBuf::from(aside);
    fs::rename(target, &aside)?;
    if let Err(error) = fs::rename(staging, target) {
        fs::rename(&aside, target)?;
        return Err(error);
    }
    fs::rename(&aside, staging)
}
