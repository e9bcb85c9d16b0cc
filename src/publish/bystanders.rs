//! What may be in an output folder besides the site: neither part of it nor a reason to refuse the folder.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::Path;

use crate::names;

/// git's files, which make the output folder a working tree (a `gh-pages` branch, a submodule) and are kept from build to
/// build. No file of a site has these names.
const KEPT: [&str; 3] = [".git", ".gitignore", ".gitattributes"];

/// Returns whether something at the top of the output folder is neither part of the site nor a reason to refuse the folder:
/// git's files, and `lost+found` of a fresh ext4 volume.
pub(super) fn is_left_alone(name: &OsStr) -> bool {
    KEPT.iter().any(|kept| name == *kept) || name == "lost+found"
}

/// Returns whether the file is desktop litter, which may be removed at any time.
pub(super) fn is_litter(name: &OsStr) -> bool {
    name == "Icon\r" || names::is_litter(name.as_encoded_bytes())
}

/// Moves git's files from one folder into another that has none. Both folders are on one disk.
pub(super) fn carry(from: &Path, to: &Path) -> io::Result<()> {
    for name in KEPT {
        let (here, there) = (from.join(name), to.join(name));
        if here.symlink_metadata().is_ok() && there.symlink_metadata().is_err() {
            fs::rename(here, there)?;
        }
    }
    Ok(())
}

/// Removes one of annals' own folders. git's files in it are moved back to `target` first; if that fails, the folder stays.
pub(super) fn discard(folder: &Path, target: &Path) {
    if target.is_dir() {
        // Whether everything was moved back is checked below.
        let _ = carry(folder, target);
    }
    if KEPT.iter().all(|name| folder.join(name).symlink_metadata().is_err()) {
        // A later build sweeps what cannot be removed.
        let _ = fs::remove_dir_all(folder);
    }
}
