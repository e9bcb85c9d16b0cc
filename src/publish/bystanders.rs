//! What may be in an output folder beside the site: it is neither the site's nor in its way.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::Path;

use crate::names;

/// What makes the output folder a working tree of git (a branch `gh-pages`, a submodule): it stays where it is from build to
/// build. No file of a site has these names.
const KEPT: [&str; 3] = [".git", ".gitignore", ".gitattributes"];

/// Whether something at the top of the output folder is no part of the site and no reason to refuse the folder: git's own,
/// and what makes up a fresh ext4 volume.
pub(super) fn is_left_alone(name: &OsStr) -> bool {
    KEPT.iter().any(|kept| name == *kept) || name == "lost+found"
}

/// Whether a desktop put the file there. It may go at any time.
pub(super) fn is_litter(name: &OsStr) -> bool {
    name == "Icon\r" || names::is_litter(name.as_encoded_bytes())
}

/// Moves what is kept from one folder into another that has nothing of that name. Both are on one disk.
pub(super) fn carry(from: &Path, to: &Path) -> io::Result<()> {
    for name in KEPT {
        let (here, there) = (from.join(name), to.join(name));
        if here.symlink_metadata().is_ok() && there.symlink_metadata().is_err() {
            fs::rename(here, there)?;
        }
    }
    Ok(())
}

/// Removes a folder of annals' own. What is to be kept and got into it goes back first; if it cannot, the folder stays.
pub(super) fn discard(folder: &Path, target: &Path) {
    if target.is_dir() {
        // Whether all of it went back is seen below.
        let _ = carry(folder, target);
    }
    if KEPT.iter().all(|name| folder.join(name).symlink_metadata().is_err()) {
        // What cannot be removed is swept by a later build.
        let _ = fs::remove_dir_all(folder);
    }
}
