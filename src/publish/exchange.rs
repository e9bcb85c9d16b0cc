//! Two folders change places.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

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

/// Whether a folder cannot be moved at all, though files can: a mount point that was not known as one, or a folder that comes
/// from a lower layer of overlayfs.
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
    // EINVAL is what disks without exchange answer (NFS, 9p, FAT), ENOSYS what old kernels and some sandboxes do.
    matches!(error.kind(), io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput)
}

/// Where the system cannot exchange: the old site steps aside, the new one takes its place. If that fails, the old one
/// comes back; if the process is killed in between, the next one brings it back.
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
