//! Writing documents: never over a file, and nothing that a check would refuse.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::Path;

use rayon::prelude::*;

use super::at::At;
use super::loss::Issue;
use super::target::Target;
use crate::content::{Document, FrontMatter, Goal, MatterValue, Settings};
use crate::diagnostic::Severity;
use crate::error::Error;
use crate::id::Collection;
use crate::source_path::Folder;

/// A document to write.
pub(super) struct Draft {
    /// What it is.
    pub collection: Collection,
    /// Its id.
    pub id: String,
    /// The sub-folder of its collection's folder; empty for none.
    pub folder: String,
    /// Its front matter.
    pub fields: Vec<(&'static str, MatterValue)>,
    /// Its text in markdown.
    pub text: String,
    /// Where it is in the input.
    pub at: At,
}

/// What became of a document.
pub(super) enum Fate {
    /// It was written, or would be.
    New,
    /// A file with the same contents is there.
    Unchanged,
    /// A file with other contents is there and was kept: its path from the site's root.
    Kept(String),
    /// A check would refuse it.
    Refused(Issue),
}

/// Writes documents, in parallel. The results are in the order of the documents.
///
/// # Errors
/// [`Error`] if a file cannot be written.
pub(super) fn write_all(drafts: &[Draft], target: &Target, is_dry: bool) -> Result<Vec<Fate>, Error> {
    drafts.par_iter().map(|draft| write(draft, target, is_dry)).collect()
}

fn write(draft: &Draft, target: &Target, is_dry: bool) -> Result<Fate, Error> {
    let text = FrontMatter::of(draft.collection, &draft.fields).with_text(&draft.text);
    let folder = draft.collection.folder();
    let inside = if draft.folder.is_empty() { String::new() } else { format!("{}/", draft.folder) };
    let file = Folder::Content.file(&format!("{folder}/{inside}{}.md", draft.id));
    if let Some(known) = target.file(draft.collection, &draft.id) {
        return compare(&target.root.join(known), known, &text);
    }
    let (_, problems) = Document::parse(draft.collection, &file, &text, &Settings::of(&target.config, Goal::Report));
    if let Some(problem) = problems.iter().find(|problem| problem.severity() == Severity::Error) {
        let mut issue = Issue::new(&draft.at, None, format!("it would not pass a check: {}", problem.message()));
        issue.help = problem.helped_by().map(ToOwned::to_owned);
        return Ok(Fate::Refused(issue));
    }
    if is_dry {
        return Ok(Fate::New);
    }
    let path = target.root.join(&*file);
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(|error| Error::at(parent, error))?;
    }
    match OpenOptions::new().write(true).create_new(true).open(&path) {
        Ok(mut new) => new.write_all(text.as_bytes()).map(|()| Fate::New).map_err(|error| Error::at(&path, error)),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => compare(&path, &file, &text),
        Err(error) => Err(Error::at(&path, error)),
    }
}

fn compare(path: &Path, file: &str, text: &str) -> Result<Fate, Error> {
    let there = fs::read(path).map_err(|error| Error::at(path, error))?;
    Ok(if there == text.as_bytes() { Fate::Unchanged } else { Fate::Kept(file.to_owned()) })
}

/// Refuses folders that are symbolic links: their files would be elsewhere, and annals would not read them.
///
/// # Errors
/// [`Error`] that names the link.
pub(super) fn refuse_links(root: &Path) -> Result<(), Error> {
    let content = root.join(Folder::Content.name());
    let folders = Collection::ALL.map(|collection| content.join(collection.folder()));
    for folder in std::iter::once(&content).chain(&folders) {
        if folder.is_symlink() {
            let message = format!("{} is a symbolic link, which annals does not follow", folder.display());
            return Err(Error::usage(message).hint("replace it by the folder it points to"));
        }
    }
    Ok(())
}
