//! Which files of a site may have changed since it was last read.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::loaded::Loaded;
use crate::config;
use crate::source_path::Folder;

/// The files that may have changed since the site was last read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Changes {
    /// Any file; files may have appeared and disappeared.
    Any,
    /// Only these, by their paths on disk.
    Only(BTreeSet<PathBuf>),
}

impl Changes {
    /// Returns the changes of no file.
    #[must_use]
    pub(crate) const fn none() -> Self {
        Self::Only(BTreeSet::new())
    }

    /// Combines two sets of changes.
    #[must_use]
    pub(crate) fn and(self, others: Self) -> Self {
        match (self, others) {
            (Self::Only(mut paths), Self::Only(others)) => {
                paths.extend(others);
                Self::Only(paths)
            }
            _ => Self::Any,
        }
    }

    /// Returns whether `site.toml` may have changed.
    pub(super) fn reach_config(&self, root: &Path) -> bool {
        match self {
            Self::Any => true,
            Self::Only(paths) => paths.contains(&root.join(config::FILE)),
        }
    }

    /// Returns whether anything in a folder of the site may have changed.
    pub(super) fn reach(&self, root: &Path, folder: Folder) -> bool {
        match self {
            Self::Any => true,
            Self::Only(paths) => paths.iter().any(|path| path.starts_with(root.join(folder.name()))),
        }
    }

    /// Returns whether anything in `content/` may have changed besides the contents of entries that were read before and are
    /// still files.
    pub(super) fn reach_names(&self, root: &Path, last: &Loaded) -> bool {
        let content = root.join(Folder::Content.name());
        let is_entry = |path: &&PathBuf| {
            let is_file = || path.symlink_metadata().is_ok_and(|found| found.is_file());
            last.has_entry(path) && is_file()
        };
        match self {
            Self::Any => true,
            Self::Only(paths) => paths.iter().filter(|path| path.starts_with(&content)).any(|path| !is_entry(&path)),
        }
    }

    /// Returns whether a file, or a folder that it is in, may have changed.
    pub(super) fn reach_file(&self, file: &Path) -> bool {
        match self {
            Self::Any => true,
            Self::Only(paths) => paths.iter().any(|path| file.starts_with(path)),
        }
    }

    /// Returns whether only style sheets in `static/` may have changed.
    #[must_use]
    pub(crate) fn are_of_styles(&self, root: &Path) -> bool {
        let top = root.join(Folder::Static.name());
        let is_style =
            |path: &PathBuf| path.starts_with(&top) && path.extension().is_some_and(|ending| ending == "css");
        matches!(self, Self::Only(paths) if paths.iter().all(is_style))
    }

    /// Returns whether only entries and templates may have changed. Files in `content/` that no longer exist count as entries,
    /// because editors create and remove some while they save.
    #[must_use]
    pub(crate) fn are_of_pages(&self, root: &Path) -> bool {
        let [content, templates] = [Folder::Content, Folder::Templates].map(|folder| root.join(folder.name()));
        let is_entry = |path: &Path| path.extension().is_some_and(|ending| ending == "md") || !path.exists();
        let is_of_page = |path: &PathBuf| path.starts_with(&templates) || path.starts_with(&content) && is_entry(path);
        matches!(self, Self::Only(paths) if paths.iter().all(is_of_page))
    }
}
