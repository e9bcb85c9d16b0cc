//! Updates a folder that cannot be swapped: the new site's files are moved in one by one.
//!
//! All new bytes are on the disk before the first file changes, so a full disk leaves the old site complete. The change itself
//! is not atomic: until it is complete, or if the process is killed, the folder contains files of both sites. The manifest says
//! so from the first file to the last, and the next build completes the folder.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

use super::manifest::{self, Manifest};
use crate::id::SitePath;

/// Moves `changed` from the folder `staging`, which is inside `target`, into `target`, and removes what is not in `new`.
pub(super) fn replace(
    target: &Path,
    staging: &Path,
    old: Option<&Manifest>,
    new: &Manifest,
    changed: &[SitePath],
) -> io::Result<()> {
    let stale: Vec<&String> = old.map_or_else(Vec::new, |old| old.without(new).collect());
    write_manifest(target, staging, &new.unfinished(old))?;
    let (in_the_way, rest): (Vec<&String>, Vec<&String>) = stale.into_iter().partition(in_the_way_of(new));
    remove(target, &in_the_way)?;
    let mut changed: Vec<&SitePath> = changed.iter().collect();
    // Pages come after their style sheets and scripts, and the home page comes last.
    changed.sort_by_key(|path| (path.as_str().ends_with(".html"), path.as_str() == "index.html", path.as_str()));
    for path in changed {
        let to = target.join(path.as_str());
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::rename(staging.join(path.as_str()), to)?;
    }
    remove(target, &rest)?;
    write_manifest(target, staging, new)
}

/// Returns whether an old file has the path of a new folder, or is below the path of a new file.
fn in_the_way_of(new: &Manifest) -> impl Fn(&&String) -> bool {
    let folders: BTreeSet<&str> =
        new.files().flat_map(|path| path.match_indices('/').map(|(at, _)| &path[..at])).collect();
    let folders: BTreeSet<String> = folders.into_iter().map(ToOwned::to_owned).collect();
    let files: BTreeSet<String> = new.files().map(ToOwned::to_owned).collect();
    move |path| folders.contains(path.as_str()) || path.match_indices('/').any(|(at, _)| files.contains(&path[..at]))
}

/// Removes files, and the folders that this leaves empty.
fn remove(target: &Path, files: &[&String]) -> io::Result<()> {
    for path in files {
        match fs::remove_file(target.join(path.as_str())) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let folders = Path::new(path.as_str()).ancestors().skip(1).filter(|folder| !folder.as_os_str().is_empty());
        for folder in folders {
            if fs::remove_dir(target.join(folder)).is_err() {
                break; // something else is in it
            }
        }
    }
    Ok(())
}

/// Replaces the manifest in one step.
fn write_manifest(target: &Path, staging: &Path, manifest: &Manifest) -> io::Result<()> {
    let new = staging.join("manifest");
    fs::write(&new, manifest.text())?;
    fs::rename(new, target.join(manifest::FILE))
}
