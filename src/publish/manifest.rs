//! The list of what annals wrote, kept in the output folder. It is the proof that the folder is annals' to replace.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

use walkdir::WalkDir;

use super::PublishError;
use crate::id::SitePath;

/// The manifest's name in the output folder.
pub(super) const FILE: &str = ".annals";
const HEADER: &str = "# annals wrote this folder and replaces it as a whole. Its files:";
/// What desktops drop into every folder that somebody opens.
const LITTER: &[&str] = &[".DS_Store", "Thumbs.db", "desktop.ini"];
/// How many foreign files a report names.
const NAMED: usize = 5;

/// The files of a published site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Manifest {
    files: BTreeSet<String>,
}

impl Manifest {
    pub fn new<'a>(files: impl Iterator<Item = &'a SitePath>) -> Self {
        Self { files: files.map(|path| path.as_str().to_owned()).collect() }
    }

    fn parse(text: &str) -> Option<Self> {
        let (header, files) = text.split_once('\n')?;
        (header == HEADER).then(|| Self { files: files.lines().map(ToOwned::to_owned).collect() })
    }

    pub fn text(&self) -> String {
        let mut text = format!("{HEADER}\n");
        for file in &self.files {
            text.push_str(file);
            text.push('\n');
        }
        text
    }

    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// How many of these files the other does not have.
    pub fn missing_from(&self, other: &Self) -> usize {
        self.files.difference(&other.files).count()
    }
}

/// The manifest of an output folder; `None` where the folder is empty or not there.
pub(super) fn of_folder(target: &Path) -> Result<Option<Manifest>, PublishError> {
    let failed = |error| PublishError::Io(target.to_owned(), error);
    let mut entries = match fs::read_dir(target) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failed(error)),
    };
    let text = match fs::read_to_string(target.join(FILE)) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let empty = entries.all(|entry| entry.is_ok_and(|entry| is_litter(&entry.file_name())));
            return if empty { Ok(None) } else { Err(PublishError::NotOurs(target.to_owned())) };
        }
        Err(error) => return Err(failed(error)),
    };
    let manifest = Manifest::parse(&text).ok_or_else(|| PublishError::NotOurs(target.to_owned()))?;
    let foreign = foreign(target, &manifest).map_err(|error| failed(error.into()))?;
    if foreign.is_empty() { Ok(Some(manifest)) } else { Err(PublishError::Foreign(target.to_owned(), foreign)) }
}

fn is_litter(name: &std::ffi::OsStr) -> bool {
    LITTER.iter().any(|litter| name == *litter)
}

/// Files in the folder that are not in its manifest.
fn foreign(target: &Path, manifest: &Manifest) -> Result<Vec<String>, walkdir::Error> {
    let mut foreign = Vec::new();
    for entry in WalkDir::new(target).min_depth(1).sort_by_file_name() {
        let entry = entry?;
        if entry.file_type().is_dir() || is_litter(entry.file_name()) {
            continue;
        }
        let inside = entry.path().strip_prefix(target).unwrap_or(entry.path());
        let inside = inside.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
        if inside != FILE && !manifest.files.contains(&inside) {
            foreign.push(inside);
            if foreign.len() == NAMED {
                break;
            }
        }
    }
    Ok(foreign)
}
