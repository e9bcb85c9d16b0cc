//! Full-text search: the index that the build makes, as files that a page loads by script tag.
//!
//! From disk a page may load only scripts. So the index is divided into `.js` files, each of which calls `annalsSearch` with its
//! family, its number and its contents; `scripts/search/index.js` loads those that a query needs. [`files`] lists them without
//! making the index: `check` never makes it, a preview only on demand. `ARCHITECTURE.md` describes the files.

mod chunk;
mod code;
mod corpus;
mod dictionary;
mod documents;
mod fold;
mod inverted;
mod shards;
mod symbols;
mod typed;

pub use corpus::Corpus;
pub use documents::COLLECTIONS;
pub use fold::{Form, TABLE, forms};
pub use typed::Typed;

use std::sync::OnceLock;

use crate::id::SitePath;
use crate::timeline::Timeline;
use shards::Shards;

/// A file of the search index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum File {
    /// What every query needs: which file has which words, and the documents' values for the filters.
    Manifest,
    /// Words in a range of the alphabet, with their documents.
    Terms(usize),
    /// Addresses, titles and dates of some documents.
    Titles(usize),
    /// The texts of some documents, for excerpts.
    Texts(usize),
}

impl File {
    /// Where it is written.
    #[must_use]
    pub fn path(self) -> SitePath {
        SitePath::new(match self {
            Self::Manifest => "search/manifest-0.js".to_owned(),
            Self::Terms(number) => format!("search/terms-{number}.js"),
            Self::Titles(number) => format!("search/titles-{number}.js"),
            Self::Texts(number) => format!("search/texts-{number}.js"),
        })
    }
}

/// The files of the index.
#[must_use]
pub fn files(timeline: &Timeline) -> Vec<File> {
    let documents = documents::count(timeline);
    let terms = shards::count(timeline);
    let titles = documents.div_ceil(shards::TITLES);
    let texts = documents.div_ceil(shards::TEXTS);
    std::iter::once(File::Manifest)
        .chain((0..terms).map(File::Terms))
        .chain((0..titles).map(File::Titles))
        .chain((0..texts).map(File::Texts))
        .collect()
}

/// The index, once it is made.
#[derive(Default)]
pub struct Index {
    shards: OnceLock<Shards>,
}

impl Index {
    /// Makes the index, where it is not made yet. Never from within the pool that makes it.
    pub fn make(&self, corpus: &Corpus<'_>) {
        self.shards(corpus);
    }

    /// The bytes of a file. The files of terms and the manifest need the whole index, which is made first.
    #[must_use]
    pub fn file(&self, corpus: &Corpus<'_>, file: File) -> Vec<u8> {
        match file {
            File::Manifest => self.shards(corpus).manifest(corpus),
            File::Terms(number) => self.shards(corpus).terms(number),
            File::Titles(number) => shards::titles(corpus, number),
            File::Texts(number) => shards::texts(corpus, number),
        }
    }

    fn shards(&self, corpus: &Corpus<'_>) -> &Shards {
        self.shards.get_or_init(|| Shards::new(corpus))
    }
}
