//! The files that a site is read from, as the disk describes them.

use std::collections::BTreeMap;
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::config;
use crate::key::Key;
use crate::source_path::Folder;
use crate::stamp::Stamp;

/// How far apart two changes of a file may be and still get the same time, in nanoseconds. FAT counts in steps of two seconds.
const GRAIN: u64 = 2_000_000_000;

/// What there was at a path.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Input {
    /// What the disk said about it.
    pub stamp: Stamp,
    kind: Kind,
    /// The key of its contents, if it was read as a whole.
    pub key: Option<Key>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Kind {
    File,
    /// Its contents are listed, so its stamp does not matter.
    Folder,
    /// A symbolic link, pipe or device, which is reported but not read.
    Other,
}

/// How a look at a site differs from an earlier one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Difference {
    /// Nothing differs.
    None,
    /// Only stamps differ: files that were read again have the same contents.
    Stamps,
    /// Contents or names differ.
    Contents,
}

/// Something in a folder: its path, what it is, and its path on disk if it is a folder itself.
type Found = (Box<[u8]>, Input, Option<PathBuf>);

/// Everything at the paths that a site is read from.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Inputs {
    /// By their path from the site's root, in the encoding of the system.
    files: BTreeMap<Box<[u8]>, Input>,
    /// When the look began. A stamp from shortly before proves nothing.
    moment: SystemTime,
}

impl Inputs {
    /// Looks at everything that the site in a folder is read from, without reading any contents. `None` if site.toml or a
    /// folder cannot be looked at.
    #[must_use]
    pub(crate) fn look(root: &Path) -> Option<Self> {
        let moment = SystemTime::now();
        let mut files = BTreeMap::new();
        let config = root.join(config::FILE);
        files.insert(config::FILE.as_bytes().into(), input(&fs::symlink_metadata(&config).ok()?));
        let mut folders: Vec<PathBuf> = Vec::new();
        for top in Folder::ALL.map(|folder| root.join(folder.name())) {
            if let Ok(found) = fs::symlink_metadata(&top) {
                files.insert(inside(root, &top), input(&found));
                folders.extend(found.is_dir().then_some(top));
            }
        }
        while let Some(folder) = folders.pop() {
            let paths: Vec<_> = fs::read_dir(&folder).ok()?.collect::<Result<_, _>>().ok()?;
            let found: Option<Vec<Found>> = paths
                .into_par_iter()
                .with_min_len(64)
                .map(|entry| {
                    let found = entry.metadata().ok()?;
                    let path = entry.path();
                    Some((inside(root, &path), input(&found), found.is_dir().then_some(path)))
                })
                .collect();
            for (path, input, below) in found? {
                files.insert(path, input);
                folders.extend(below);
            }
        }
        Some(Self { files, moment })
    }

    /// Compares with an earlier look. Takes over the keys of files whose stamps prove that they are the same, and reads the
    /// others.
    pub(crate) fn compare(&mut self, root: &Path, earlier: &Self) -> Difference {
        let mut same = self.files.len() == earlier.files.len();
        let mut read = false;
        for (path, input) in &mut self.files {
            let Some(before) = earlier.files.get(path).filter(|before| before.kind == input.kind) else {
                same = false;
                continue;
            };
            let is_settled = || before.stamp == input.stamp && before.stamp.is_settled(earlier.moment, GRAIN);
            if input.kind == Kind::Folder || is_settled() {
                input.key = before.key;
                continue;
            }
            read = true;
            input.key = before.key.and_then(|_| key_of(root, path));
            same &= input.key.is_some() && input.key == before.key;
        }
        match (same, read) {
            (false, _) => Difference::Contents,
            (true, true) => Difference::Stamps,
            (true, false) => Difference::None,
        }
    }

    /// Returns the key of a file's contents, for which the file is read if the key is not known yet. `None` if that fails, or
    /// if there was no such file.
    #[must_use]
    pub(crate) fn key(&self, root: &Path, file: &Path) -> Option<Key> {
        let path = inside(root, file);
        self.files.get(&path)?.key.or_else(|| key_of(root, &path))
    }

    /// Records the keys of files that were read since, by their path on disk.
    pub(crate) fn learn<'p>(&mut self, root: &Path, keys: impl Iterator<Item = (&'p Path, Key)>) {
        for (file, key) in keys {
            if let Some(input) = self.files.get_mut(&inside(root, file)) {
                input.key = Some(key);
            }
        }
    }
}

fn input(found: &Metadata) -> Input {
    let kind = match found.file_type() {
        kind if kind.is_file() => Kind::File,
        kind if kind.is_dir() => Kind::Folder,
        _ => Kind::Other,
    };
    Input { stamp: Stamp::of(found), kind, key: None }
}

/// Returns a path from the root, in the encoding of the system.
fn inside(root: &Path, path: &Path) -> Box<[u8]> {
    path.strip_prefix(root).unwrap_or(path).as_os_str().as_encoded_bytes().into()
}

#[cfg(unix)]
fn key_of(root: &Path, inside: &[u8]) -> Option<Key> {
    use std::os::unix::ffi::OsStrExt as _;
    fs::read(root.join(std::ffi::OsStr::from_bytes(inside))).ok().map(|bytes| Key::of(&bytes))
}

#[cfg(not(unix))]
fn key_of(root: &Path, inside: &[u8]) -> Option<Key> {
    fs::read(root.join(std::str::from_utf8(inside).ok()?)).ok().map(|bytes| Key::of(&bytes))
}
