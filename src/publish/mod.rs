//! From bytes to a folder that a web host can serve, all at once or not at all.
//!
//! Everything new is written to a staging folder beside the output; once it is complete, the two are swapped in one step. If
//! the output folder cannot be swapped (a mount point), files are moved in one by one. A file whose bytes did not change stays
//! the same file. The room knows only paths and bytes.

mod bystanders;
mod exchange;
mod failures;
mod in_place;
mod manifest;
mod staging;

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, BufRead as _, BufReader, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock};

use rayon::prelude::*;

use crate::error::Error;
use crate::id::SitePath;
use crate::stamp::Stamp;
use crate::sum::{self, Sum, Summing};
use manifest::Manifest;
use staging::{Staging, locked};

/// Returns whether a file in the output folder is neither part of the site nor extra: the manifest, git's files and desktop
/// litter. `at_top` is true at the top of the output folder.
#[must_use]
pub(crate) fn is_bystander(name: &OsStr, at_top: bool) -> bool {
    bystanders::is_litter(name) || (at_top && (name == MANIFEST || bystanders::is_left_alone(name)))
}

/// The name of the file that lists what annals wrote into a folder.
pub(crate) const MANIFEST: &str = manifest::FILE;

/// What publishing changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Files in the site.
    pub files: usize,
    /// Files that are new or have other bytes than before.
    pub written: usize,
    /// Files of the old site that were removed.
    pub removed: usize,
}

/// A site that is being written. If it is dropped before [`Publisher::finish`], the old site is unchanged.
pub struct Publisher {
    target: PathBuf,
    old: Option<Manifest>,
    staging: OnceLock<Staging>,
    failure: Mutex<Option<Error>>,
    kept: Mutex<Vec<(SitePath, Sum)>>,
    changed: Mutex<Vec<(SitePath, Sum)>>,
}

/// A file that was written, or that was there already.
#[derive(Clone, Copy, Debug)]
pub struct Written {
    /// Its size, times and number on disk.
    pub stamp: Stamp,
    /// The SHA-256 sum of its bytes.
    pub sum: Sum,
}

impl Publisher {
    /// Begins to write a site into `target`. The staging folder is made for the first file that changed.
    ///
    /// # Errors
    /// An [`Error`] if the folder is not annals' to replace, or cannot be read.
    pub fn begin(target: &Path) -> Result<Self, Error> {
        let target = resolved(target)?;
        staging::sweep(&target)?;
        let old = manifest::of_folder(&target)?;
        Ok(Self {
            target,
            old,
            staging: OnceLock::new(),
            failure: Mutex::new(None),
            kept: Mutex::new(Vec::new()),
            changed: Mutex::new(Vec::new()),
        })
    }

    /// Returns the stamp of a file of the old site; `None` if it is not there.
    #[must_use]
    pub fn stamp(&self, path: &str) -> Option<Stamp> {
        self.old.as_ref()?;
        stamp_of(&self.target.join(path))
    }

    /// Returns whether the old site has exactly these files.
    #[must_use]
    pub fn has_exactly<'p>(&self, paths: impl ExactSizeIterator<Item = &'p str>) -> bool {
        self.old.as_ref().is_some_and(|old| old.is_of(paths))
    }

    /// Takes over one file, whose bytes have this sum, from the old site. Any thread may call this.
    pub fn keep(&self, path: &SitePath, sum: Sum) {
        locked(&self.kept).push((path.clone(), sum));
    }

    /// Writes one file to the staging folder if its bytes differ from the old site's. Any thread may call this. After a
    /// failure nothing more is written and this returns `None`; [`Publisher::finish`] returns the error.
    pub fn write(&self, path: &SitePath, bytes: &[u8]) -> Option<Written> {
        let sum = Sum::of(bytes);
        if self.is_unchanged(path, bytes) {
            self.keep(path, sum);
            return self.stamp(path.as_str()).map(|stamp| Written { stamp, sum });
        }
        self.unless_failed(|| {
            let (stamp, ()) = self.write_changed(path, |file| file.write_all(bytes))?;
            locked(&self.changed).push((path.clone(), sum));
            Ok(Written { stamp, sum })
        })
    }

    /// Does the same for a file that `write` writes part by part. It is compared with the old one after it was written.
    pub fn write_in_parts(
        &self,
        path: &SitePath,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Option<Written> {
        self.unless_failed(|| {
            let (stamp, sum) = self.write_changed(path, |file| {
                let mut file = Summing::new(file);
                write(&mut file)?;
                Ok(file.sum())
            })?;
            let old = self.stamp(path.as_str()).filter(|old| old.size() == stamp.size());
            let new = self.staging()?.path.join(path.as_str());
            if let Some(stamp) = old.filter(|_| have_same_bytes(&new, &self.target.join(path.as_str()))) {
                fs::remove_file(&new).map_err(|error| Error::at(&new, error))?;
                self.keep(path, sum);
                return Ok(Written { stamp, sum });
            }
            locked(&self.changed).push((path.clone(), sum));
            Ok(Written { stamp, sum })
        })
    }

    fn unless_failed(&self, write: impl FnOnce() -> Result<Written, Error>) -> Option<Written> {
        if locked(&self.failure).is_some() {
            return None;
        }
        match write() {
            Ok(written) => Some(written),
            Err(error) => {
                locked(&self.failure).get_or_insert(error);
                None
            }
        }
    }

    /// Writes `SHA256SUMS`, with the sums of all files that were kept or written. Call it after the last of them.
    pub fn write_sums(&self) -> Option<Written> {
        let text = {
            let (kept, changed) = (locked(&self.kept), locked(&self.changed));
            sum::list(kept.iter().chain(&*changed).map(|(path, sum)| (path.as_str(), *sum)))
        };
        self.write(&SitePath::new(sum::FILE), text.as_bytes())
    }

    /// Replaces the old site with the new one.
    ///
    /// # Errors
    /// An [`Error`] if the machine failed, now or in a `write`. The old site is unchanged, unless the message says otherwise.
    pub fn finish(self) -> Result<Summary, Error> {
        if let Some(error) = locked(&self.failure).take() {
            return Err(error);
        }
        let kept = paths_of(&self.kept);
        let changed = paths_of(&self.changed);
        let manifest = Manifest::new(kept.iter().chain(&changed));
        let removed = self.old.as_ref().map_or(0, |old| old.without(&manifest).count());
        let summary = Summary { files: manifest.len(), written: changed.len(), removed };
        if changed.is_empty() && self.old.as_ref() == Some(&manifest) {
            return Ok(summary);
        }
        let staging = self.staging()?;
        if staging.inside {
            self.replace_in_place(staging, &manifest, &changed)?;
            return Ok(summary);
        }
        kept.par_iter().with_min_len(64).try_for_each(|path| {
            let (from, to) = (self.target.join(path.as_str()), staging.path.join(path.as_str()));
            staging.make_folder_of(&to)?;
            keep(&from, &to).map_err(|error| Error::at(&to, error))
        })?;
        let text = manifest.text();
        let mut marker = &staging.marker;
        marker.write_all(text.as_bytes()).map_err(|error| Error::at(&staging.path, error))?;
        self.exchange(staging, &manifest, &changed)?;
        Ok(summary)
    }

    /// Swaps the staging folder and the output folder; git's files stay in the output folder.
    fn exchange(&self, staging: &Staging, manifest: &Manifest, changed: &[SitePath]) -> Result<(), Error> {
        let failed = |error| Error::at(&self.target, error);
        let carried = bystanders::carry(&self.target, &staging.path);
        let exchanged = carried.and_then(|()| exchange::exchange(&staging.path, &self.target));
        let Err(error) = exchanged else { return Ok(()) };
        bystanders::carry(&staging.path, &self.target).map_err(failed)?;
        if !exchange::is_immovable(&error) {
            return Err(failed(error));
        }
        let inside = Staging::inside(&self.target)?;
        let moved = changed.iter().try_for_each(|path| {
            let to = inside.path.join(path.as_str());
            inside.make_folder_of(&to)?;
            keep(&staging.path.join(path.as_str()), &to).map_err(|error| Error::at(&to, error))
        });
        let replaced = moved.and_then(|()| self.replace_in_place(&inside, manifest, changed));
        bystanders::discard(&inside.path, &self.target);
        replaced
    }

    fn replace_in_place(&self, staging: &Staging, manifest: &Manifest, changed: &[SitePath]) -> Result<(), Error> {
        in_place::replace(&self.target, &staging.path, self.old.as_ref(), manifest, changed)
            .map_err(|error| failures::unfinished(&self.target, error))
    }

    fn is_unchanged(&self, path: &SitePath, bytes: &[u8]) -> bool {
        if self.old.is_none() {
            return false;
        }
        let file = self.target.join(path.as_str());
        let same_size = fs::symlink_metadata(&file).is_ok_and(|old| old.is_file() && old.len() == bytes.len() as u64);
        same_size && fs::read(&file).is_ok_and(|old| old == bytes)
    }

    fn write_changed<T>(
        &self,
        path: &SitePath,
        write: impl FnOnce(&mut File) -> io::Result<T>,
    ) -> Result<(Stamp, T), Error> {
        let staging = self.staging()?;
        let path = staging.path.join(path.as_str());
        staging.make_folder_of(&path)?;
        let written = || {
            let mut file = File::create(&path)?;
            let written = write(&mut file)?;
            Ok((Stamp::of(&file.metadata()?), written))
        };
        written().map_err(|error| Error::at(&path, error))
    }

    fn staging(&self) -> Result<&Staging, Error> {
        if let Some(staging) = self.staging.get() {
            return Ok(staging);
        }
        // Two threads may arrive at once: the later one finds the folder already made.
        let made = {
            let mut failure = locked(&self.failure);
            if self.staging.get().is_none() {
                match Staging::new(&self.target) {
                    Ok(staging) => {
                        let _ = self.staging.set(staging);
                    }
                    Err(error) => {
                        failure.get_or_insert(error);
                    }
                }
            }
            self.staging.get()
        };
        let gone = || Error::at(&self.target, io::Error::other("the staging folder could not be made"));
        made.ok_or_else(gone)
    }
}

impl Drop for Publisher {
    fn drop(&mut self) {
        if let Some(staging) = self.staging.take() {
            // After a swap this is the old site; before one, the unfinished new one.
            let path = staging.path.clone();
            drop(staging);
            bystanders::discard(&path, &self.target);
        }
    }
}

fn paths_of(files: &Mutex<Vec<(SitePath, Sum)>>) -> Vec<SitePath> {
    std::mem::take(&mut *locked(files)).into_iter().map(|(path, _)| path).collect()
}

/// Returns whether two files can be read and have the same bytes.
fn have_same_bytes(one: &Path, other: &Path) -> bool {
    let parts = || {
        let (mut one, mut other) = (BufReader::new(File::open(one)?), BufReader::new(File::open(other)?));
        loop {
            let (left, right) = (one.fill_buf()?, other.fill_buf()?);
            let length = left.len().min(right.len());
            if length == 0 || left[..length] != right[..length] {
                return Ok::<_, io::Error>(left.is_empty() && right.is_empty());
            }
            one.consume(length);
            other.consume(length);
        }
    };
    parts().unwrap_or(false)
}

/// Returns the stamp of a plain file; `None` if there is none. Symbolic links are not followed.
fn stamp_of(file: &Path) -> Option<Stamp> {
    fs::symlink_metadata(file).ok().filter(fs::Metadata::is_file).map(|found| Stamp::of(&found))
}

/// Puts an unchanged file into another folder: as a hard link, or on disks without hard links as a copy with the same times.
fn keep(from: &Path, to: &Path) -> io::Result<()> {
    if fs::hard_link(from, to).is_ok() {
        return Ok(());
    }
    fs::copy(from, to)?;
    let modified = fs::metadata(from)?.modified()?;
    File::options().write(true).open(to)?.set_modified(modified)
}

/// Returns the folder that `target` points to if it is a symbolic link, because the folder itself is swapped.
fn resolved(target: &Path) -> Result<PathBuf, Error> {
    let absolute = std::path::absolute(target).map_err(|error| Error::at(target, error))?;
    if !absolute.exists() {
        // A link to a folder that does not exist yet.
        let linked = fs::read_link(&absolute).ok();
        return Ok(linked.and_then(|to| Some(absolute.parent()?.join(to))).unwrap_or(absolute));
    }
    absolute.canonicalize().map_err(|error| Error::at(&absolute, error))
}
