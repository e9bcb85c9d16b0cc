//! The list of the files that annals wrote, in the output folder. It proves that annals may replace the folder.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

use walkdir::WalkDir;

use super::{bystanders, failures};
use crate::error::Error;
use crate::id::{SitePath, normalise};

/// The manifest's name in the output folder.
pub(super) const FILE: &str = ".annals";
const HEADER: &str = "# annals wrote this folder and replaces it as a whole. Its files:";
const UNFINISHED: &str =
    "# annals was interrupted while it replaced these files: they come from two builds. Build again. Its files:";
/// The most foreign files that a report names.
const NAMED: usize = 5;

/// The files of a published site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Manifest {
    files: BTreeSet<String>,
    /// Whether all of them are from one build.
    finished: bool,
}

impl Manifest {
    pub(super) fn new<'a>(files: impl Iterator<Item = &'a SitePath>) -> Self {
        Self { files: files.map(|path| path.as_str().to_owned()).collect(), finished: true }
    }

    fn parse(text: &str) -> Option<Self> {
        let (header, files) = text.split_once('\n')?;
        // git may have checked the list out with Windows line ends. Otherwise a carriage return is part of a name: earlier
        // versions wrote such files.
        let end = if header.ends_with('\r') { "\r\n" } else { "\n" };
        let header = header.trim_end_matches('\r');
        let finished = header == HEADER;
        let files = files.split(end).filter(|file| !file.is_empty()).map(ToOwned::to_owned);
        (finished || header == UNFINISHED).then(|| Self { files: files.collect(), finished })
    }

    pub(super) fn text(&self) -> String {
        let header = if self.finished { HEADER } else { UNFINISHED };
        let mut text = format!("{header}\n");
        for file in &self.files {
            text.push_str(file);
            text.push('\n');
        }
        text
    }

    pub(super) fn len(&self) -> usize {
        self.files.len()
    }

    pub(super) fn files(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(String::as_str)
    }

    /// Returns whether it lists exactly these files, and all are from one build.
    pub(super) fn is_of<'p>(&self, mut files: impl ExactSizeIterator<Item = &'p str>) -> bool {
        self.finished && files.len() == self.files.len() && files.all(|file| self.files.contains(file))
    }

    /// Returns the files that the other manifest does not have.
    pub(super) fn without<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = &'a String> {
        self.files.difference(&other.files)
    }

    /// Returns the manifest to write while these files replace those of `old`.
    pub(super) fn unfinished(&self, old: Option<&Self>) -> Self {
        let old = old.into_iter().flat_map(|old| &old.files);
        Self { files: self.files.iter().chain(old).cloned().collect(), finished: false }
    }

    /// Returns whether annals wrote a file. macOS may return its name in another normalisation form. A name with line ends, as
    /// earlier versions wrote, takes several lines.
    fn holds(&self, inside: &str) -> bool {
        self.files.contains(inside)
            || (!inside.is_ascii() && self.files.contains(&normalise(inside)))
            || (inside.contains('\n') && inside.split('\n').all(|line| line.is_empty() || self.files.contains(line)))
    }
}

/// Reads the manifest of an output folder; `None` if the folder is empty or does not exist. Fails if the folder is not annals'
/// to replace.
pub(super) fn of_folder(target: &Path) -> Result<Option<Manifest>, Error> {
    let failed = |error| Error::at(target, error);
    let mut entries = match fs::read_dir(target) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failed(error)),
    };
    let text = match fs::read_to_string(target.join(FILE)) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let is_nothing = |name: &std::ffi::OsStr| bystanders::is_litter(name) || bystanders::is_left_alone(name);
            let empty = entries.all(|entry| entry.is_ok_and(|entry| is_nothing(&entry.file_name())));
            return if empty { Ok(None) } else { Err(failures::not_ours(target)) };
        }
        Err(error) => return Err(failed(error)),
    };
    let manifest = Manifest::parse(&text).ok_or_else(|| failures::not_ours(target))?;
    let foreign = foreign(target, &manifest).map_err(|error| failed(error.into()))?;
    if foreign.is_empty() { Ok(Some(manifest)) } else { Err(failures::foreign(target, &foreign)) }
}

/// Lists files in the folder that are not in its manifest, at most [`NAMED`].
fn foreign(target: &Path, manifest: &Manifest) -> Result<Vec<String>, walkdir::Error> {
    let mut foreign = Vec::new();
    let walk = WalkDir::new(target).min_depth(1).sort_by_file_name().into_iter();
    let is_looked_at = |entry: &walkdir::DirEntry| entry.depth() > 1 || !bystanders::is_left_alone(entry.file_name());
    for entry in walk.filter_entry(is_looked_at) {
        let entry = entry?;
        if entry.file_type().is_dir() || bystanders::is_litter(entry.file_name()) {
            continue;
        }
        let inside = entry.path().strip_prefix(target).unwrap_or(entry.path());
        let inside = inside.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
        if inside != FILE && !manifest.holds(&inside) {
            foreign.push(crate::diagnostic::shown(&inside));
            if foreign.len() == NAMED {
                break;
            }
        }
    }
    Ok(foreign)
}
