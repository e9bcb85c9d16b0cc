//! The files that texts and pictures may name besides documents.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::OnceLock;

use crate::file_type::{self, FileType};
use crate::pictures::{Header, Refusal};
use crate::source_path::SourcePath;

/// The files, other than documents, that a text may link to.
pub struct Files<'a> {
    /// Paths inside `content/`.
    pub content: BTreeSet<&'a str>,
    /// Paths inside `static/`.
    pub in_static: BTreeSet<&'a str>,
    /// The type of each, by its first bytes.
    pub types: &'a BTreeMap<SourcePath, FileType>,
    /// The headers of the pictures among them.
    pub pictures: &'a BTreeMap<SourcePath, Result<Header, Refusal>>,
    /// All of them by name, indexed when a text or picture first names a file that does not exist.
    names: OnceLock<FileNames<'a>>,
}

impl<'a> Files<'a> {
    /// Collects the files of `content/` and `static/`, with what their first bytes show.
    #[must_use]
    pub fn new(
        content: BTreeSet<&'a str>,
        in_static: BTreeSet<&'a str>,
        types: &'a BTreeMap<SourcePath, FileType>,
        pictures: &'a BTreeMap<SourcePath, Result<Header, Refusal>>,
    ) -> Self {
        Self { content, in_static, types, pictures, names: OnceLock::new() }
    }

    /// Returns the files by name. The first call indexes them.
    pub(super) fn names(&self) -> &FileNames<'a> {
        self.names.get_or_init(|| by_name(self.content.iter().copied(), self.in_static.iter().copied()))
    }

    /// Returns whether browsers may run scripts in a file, given by its path from the site's root.
    pub(super) fn is_active(&self, file: &str) -> bool {
        file_type::is_active(file, self.types.get(file).copied().unwrap_or(FileType::Other))
    }

    /// Returns whether a file, given by its path from the site's root, is empty or only a pointer of version control.
    pub(super) fn is_missing(&self, file: &str) -> bool {
        self.types.get(file).is_some_and(|found| file_type::missing(*found).is_some())
    }
}

/// Files by the last part of their paths, in lower case: for each, whether it is in `content/` and not in `static/`, and its
/// path inside that folder. Looked up, never iterated.
type FileNames<'a> = HashMap<String, Vec<(bool, &'a str)>>;

/// Indexes files by name.
fn by_name<'a>(content: impl Iterator<Item = &'a str>, in_static: impl Iterator<Item = &'a str>) -> FileNames<'a> {
    let mut names = FileNames::new();
    let all = content.map(|path| (true, path)).chain(in_static.map(|path| (false, path)));
    for (in_content, path) in all {
        names.entry(name(path).to_lowercase()).or_default().push((in_content, path));
    }
    names
}

pub(super) fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
