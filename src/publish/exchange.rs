//! Swaps two folders atomically.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Moves the staging folder to the target's path, and the old target, if there is one, to the staging folder's path.
pub(super) fn exchange(staging: &Path, target: &Path) -> io::Result<()> {
    if !target.exists() {
        return fs::rename(staging, target);
    }
    match atomically(staging, target) {
        Err(error) if is_unsupported(&error) => in_two_steps(staging, target),
        outcome => outcome,
    }
}

/// Returns whether the error means that a folder cannot be moved at all, though files can: an unrecognised mount point, or a
/// folder from a lower layer of overlayfs.
pub(super) fn is_immovable(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::CrossesDevices | io::ErrorKind::ResourceBusy)
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
    // File systems without exchange return EINVAL (NFS, 9p, FAT); old kernels and some sandboxes return ENOSYS.
    matches!(error.kind(), io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput)
}

/// Moves the old site aside, then the new one to its place, on systems without exchange. If that fails, the old one moves
/// back; if the process is killed in between, the next build moves it back.
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
