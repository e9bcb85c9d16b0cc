//! An edit of one entry that can be undone.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// An entry with a sentence more than before. [`Edit::undo`] leaves no trace of it.
pub struct Edit {
    path: PathBuf,
    text: String,
    modified: SystemTime,
}

impl Edit {
    /// Adds a sentence to the text of an entry in the middle of a site.
    pub fn new(site: &Path) -> Result<Self, String> {
        let fault = |error: std::io::Error| format!("{}: {error}", site.display());
        let entries = fs::read_dir(site.join("content/events")).map_err(fault)?;
        let mut entries: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        entries.sort();
        let path = entries.get(entries.len() / 2).ok_or("the site has no entries")?.clone();
        let text = fs::read_to_string(&path).map_err(fault)?;
        let modified = fs::metadata(&path).and_then(|found| found.modified()).map_err(fault)?;
        fs::write(&path, format!("{text}\nOne sentence more.\n")).map_err(fault)?;
        Ok(Self { path, text, modified })
    }

    /// Gives the entry its text and its time back.
    pub fn undo(self) -> Result<(), String> {
        let written = fs::write(&self.path, &self.text).and_then(|()| {
            let file = fs::File::options().write(true).open(&self.path)?;
            file.set_modified(self.modified)
        });
        written.map_err(|error| format!("{}: {error}", self.path.display()))
    }
}
