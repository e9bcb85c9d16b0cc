//! What was read from a site's folder.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::beginnings::Beginnings;
use super::part::Part;
use super::read::Read;
use crate::config::Config;
use crate::content::Document;
use crate::diagnostic::{Problems, Texts};
use crate::id::Collection;
use crate::key::Key;
use crate::source_path::SourcePath;

/// Everything read from a site's folder. What does not change is shared with the next reading.
#[derive(Debug)]
pub(crate) struct Loaded {
    pub(super) config: Arc<Part<Config>>,
    /// The files in `content/`: entries, and those beside them.
    pub(super) content: Arc<Part<Content>>,
    /// The entries, in the order of their paths on disk.
    pub(super) entries: Vec<Arc<Read>>,
    /// Files in `static/`, by their path inside it.
    pub(super) statics: Arc<Part<Files>>,
    pub(super) beginnings: Arc<Part<Beginnings>>,
    pub(super) templates: Arc<Part<ThemeFiles>>,
    pub(super) locales: Arc<Part<ThemeFiles>>,
}

/// Files by their path inside a folder of the site, with their path on disk.
pub(super) type Files = BTreeMap<String, PathBuf>;
/// The texts of the theme's files in a folder, by their path inside it.
pub(super) type ThemeFiles = BTreeMap<String, Arc<str>>;

/// The files in `content/`.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Content {
    /// Entries: the collection, the file's path from the site's root as reports name it, and its path on disk.
    pub entries: Vec<(Collection, SourcePath, PathBuf)>,
    /// Files beside entries, by their path inside `content/`.
    pub files: Files,
}

impl Loaded {
    /// Returns the site's settings.
    #[must_use]
    pub(crate) fn config(&self) -> &Config {
        &self.config.value
    }

    /// Returns all documents, in the order of their paths on disk.
    #[must_use]
    pub(crate) fn documents(&self) -> Vec<Document> {
        self.entries.iter().map(|read| read.document.clone()).collect()
    }

    /// Returns the files beside entries, by their path inside `content/`.
    #[must_use]
    pub(crate) fn content_files(&self) -> &Files {
        &self.content.value.files
    }

    /// Returns the files in `static/`, by their path inside it.
    #[must_use]
    pub(crate) fn static_files(&self) -> &Files {
        &self.statics.value
    }

    /// Returns the types of the files beside entries and in `static/`, and the headers of pictures.
    #[must_use]
    pub(crate) fn beginnings(&self) -> &Beginnings {
        &self.beginnings.value
    }

    /// Returns the site's own templates, by their path inside `templates/`.
    #[must_use]
    pub(crate) fn templates(&self) -> &ThemeFiles {
        &self.templates.value
    }

    /// Returns the site's own interface words, by their path inside `locales/`.
    #[must_use]
    pub(crate) fn locales(&self) -> &ThemeFiles {
        &self.locales.value
    }

    /// Returns the texts of the theme, of site.toml, of the entries with problems, and of other files with marks of a merge.
    /// [`texts_of`](super::texts_of) reads others.
    #[must_use]
    pub(crate) fn texts(&self) -> Texts {
        let of_entries = self.entries.iter().filter_map(|read| Some((&read.document.file, read.text.as_ref()?)));
        let of_parts = [&self.config.texts, &self.beginnings.texts, &self.templates.texts, &self.locales.texts];
        let all = of_parts.into_iter().flatten().chain(of_entries);
        all.map(|(file, text)| (file.clone(), Arc::clone(text))).collect()
    }

    /// Returns the problems found.
    #[must_use]
    pub(crate) fn problems(&self) -> Problems {
        let mut problems = Problems::default();
        for of_part in [&self.config.problems, &self.content.problems] {
            problems.extend(of_part.clone());
        }
        for read in self.entries.iter().filter(|read| !read.problems.is_empty()) {
            problems.extend(read.problems.clone());
        }
        let rest =
            [&self.statics.problems, &self.beginnings.problems, &self.templates.problems, &self.locales.problems];
        rest.into_iter().for_each(|of_part| problems.extend(of_part.clone()));
        problems
    }

    /// Returns the keys of files that were read as a whole, by their path on disk.
    #[must_use]
    pub(crate) fn read(&self) -> Vec<(PathBuf, Key)> {
        let of_parts = [&self.config.read, &self.templates.read, &self.locales.read];
        let of_entries = self.entries.iter().filter_map(|read| Some((read.path.clone(), read.key?)));
        of_parts.into_iter().flatten().cloned().chain(of_entries).collect()
    }

    /// Returns whether the machine could not read something; the problems say what.
    #[must_use]
    pub(crate) fn failed(&self) -> bool {
        let of_parts = self.config.failed || self.content.failed || self.statics.failed || self.beginnings.failed;
        of_parts || self.templates.failed || self.locales.failed || self.entries.iter().any(|read| read.failed)
    }

    /// Returns whether a whole folder could not be read, so that the absence of a file means nothing.
    #[must_use]
    pub(crate) fn incomplete(&self) -> bool {
        let of_site = self.content.incomplete || self.statics.incomplete;
        of_site || self.templates.incomplete || self.locales.incomplete
    }

    /// Returns whether everything except the theme was taken over from another reading.
    #[must_use]
    pub(crate) fn has_content_of(&self, other: &Self) -> bool {
        self.changed_since(other).is_some_and(|changed| changed.is_empty())
    }

    /// Returns the entries that were read again since another reading, as they are now and as they were. `None` if anything
    /// else of the content changed: which files there are, or site.toml.
    #[must_use]
    pub(crate) fn changed_since<'a>(&'a self, other: &'a Self) -> Option<Vec<(&'a Document, &'a Document)>> {
        let same_names = Arc::ptr_eq(&self.content, &other.content) && Arc::ptr_eq(&self.statics, &other.statics);
        let same_files = Arc::ptr_eq(&self.config, &other.config) && Arc::ptr_eq(&self.beginnings, &other.beginnings);
        let is_same = same_names && same_files && self.entries.len() == other.entries.len();
        let changed = self.entries.iter().zip(&other.entries).filter(|(new, old)| !Arc::ptr_eq(new, old));
        is_same.then(|| changed.map(|(new, old)| (&new.document, &old.document)).collect())
    }

    /// Returns whether the theme was taken over from another reading.
    #[must_use]
    pub(crate) fn has_theme_of(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.templates, &other.templates) && Arc::ptr_eq(&self.locales, &other.locales)
    }

    /// Frees what resolving needed of the documents, for a site that is not read again.
    pub(crate) fn forget_documents(&mut self) {
        self.entries.par_iter_mut().filter_map(Arc::get_mut).for_each(|read| read.document.forget());
    }

    pub(super) fn has_entry(&self, path: &Path) -> bool {
        self.entries.binary_search_by(|read| read.path.as_path().cmp(path)).is_ok()
    }
}
