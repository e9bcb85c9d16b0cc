//! An edit of one entry that can be undone.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// An entry to which a sentence was added. [`Edit::undo`] restores its text and its modification time.
pub struct Edit {
    path: PathBuf,
    text: String,
    modified: SystemTime,
}

impl Edit {
    /// Adds a sentence to the end of an entry: of all event files by name, the one in the middle.
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

    /// Restores the text and the modification time of the entry.
    pub fn undo(self) -> Result<(), String> {
        let written = fs::write(&self.path, &self.text).and_then(|()| {
            let file = fs::File::options().write(true).open(&self.path)?;
            file.set_modified(self.modified)
        });
        written.map_err(|error| format!("{}: {error}", self.path.display()))
    }
}
