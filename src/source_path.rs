//! Paths of a site's source files, as reports name them.

use std::borrow::Borrow;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// A folder at a site's root that annals reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Folder {
    /// Entries, and the files that they link to and show.
    Content,
    /// Files that are copied to the built site; pictures lose their metadata.
    Static,
    /// Templates that replace built-in ones.
    Templates,
    /// Words that replace built-in ones.
    Locales,
}

impl Folder {
    /// All folders that annals reads. Beside them, it reads only site.toml.
    pub const ALL: [Self; 4] = [Self::Content, Self::Static, Self::Templates, Self::Locales];

    /// Returns the folder's name, which is also its path from the site's root.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Content => "content",
            Self::Static => "static",
            Self::Templates => "templates",
            Self::Locales => "locales",
        }
    }

    /// Returns the path of a file in this folder, given its path inside it.
    #[must_use]
    pub fn file(self, inside: &str) -> SourcePath {
        SourcePath([self.name(), "/", inside].concat().into())
    }
}

/// A file of a site: its path from the site's root, with `/` between its parts. Cloning one is cheap.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct SourcePath(Arc<str>);

impl SourcePath {
    /// Returns the path inside a folder of the site; `None` if the file is elsewhere.
    #[must_use]
    pub fn within(&self, folder: Folder) -> Option<&str> {
        self.0.strip_prefix(folder.name())?.strip_prefix('/')
    }
}

impl Deref for SourcePath {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for SourcePath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SourcePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<SourcePath> for String {
    fn from(path: SourcePath) -> Self {
        path.0.as_ref().to_owned()
    }
}

impl From<&str> for SourcePath {
    fn from(path: &str) -> Self {
        Self(path.into())
    }
}

impl From<String> for SourcePath {
    fn from(path: String) -> Self {
        Self(path.into())
    }
}

#[cfg(test)]
mod tests {
    use super::Folder;

    #[test]
    fn a_file_is_within_its_own_folder_only() {
        let file = Folder::Content.file("events/a.md");
        assert_eq!(&*file, "content/events/a.md");
        assert_eq!(file.within(Folder::Content), Some("events/a.md"));
        assert_eq!(file.within(Folder::Static), None);
        assert_eq!(super::SourcePath::from("contents/a.md").within(Folder::Content), None);
    }
}
