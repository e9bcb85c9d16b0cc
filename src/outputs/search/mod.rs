//! Full-text search: the index that the build makes, as files that a page loads by script tag, and the search page.
//!
//! From disk a page may load only scripts. So the index is divided into `.js` files, each of which calls `annalsSearch` with its
//! family, its number and its contents; `static/assets/search.js` loads those that a query needs. [`files`] lists them without
//! making the index: `check` never makes it, a preview only on demand. `ARCHITECTURE.md` describes the files.

mod code;
mod documents;
mod fold;
mod index;
mod shards;
mod symbols;
mod typed;

pub use fold::{Form, TABLE, forms, words};
pub use typed::Typed;

use std::sync::OnceLock;

use tera::Value;

use super::Site;
use super::head::{Head, context};
use crate::id::SitePath;
use crate::theme::RenderError;
use crate::theme::views::map;
use crate::timeline::Timeline;
use documents::COLLECTIONS;
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
    pub fn path(self) -> String {
        match self {
            Self::Manifest => "search/manifest-0.js".to_owned(),
            Self::Terms(number) => format!("search/terms-{number}.js"),
            Self::Titles(number) => format!("search/titles-{number}.js"),
            Self::Texts(number) => format!("search/texts-{number}.js"),
        }
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

/// The index of a site, once it is made.
#[derive(Default)]
pub(super) struct Search {
    shards: OnceLock<Shards>,
}

impl Site {
    /// Makes the search index, if it is not made yet. Must not be called from the pool that makes it.
    pub fn make_search_index(&self) {
        self.shards();
    }

    fn shards(&self) -> &Shards {
        self.search.shards.get_or_init(|| Shards::new(self))
    }
}

/// The bytes of a file of the index.
pub(super) fn file(site: &Site, file: File) -> Vec<u8> {
    match file {
        File::Manifest => site.shards().manifest(site),
        File::Terms(number) => site.shards().terms(number),
        File::Titles(number) => shards::titles(site, number),
        File::Texts(number) => shards::texts(site, number),
    }
}

/// `search.html`.
pub(super) fn page(site: &Site, path: &SitePath) -> Result<Vec<u8>, RenderError> {
    let word = |key: &str| site.locale.text(key, &[]);
    let (title, intro) = (word("search"), word("search-intro"));
    let breadcrumb = vec![(word("timeline"), "index.html".to_owned())];
    let mut context = context(site, path, Head { description: Some(&intro), breadcrumb, ..Head::new(&title) });
    let collections = COLLECTIONS.iter().map(|(id, key)| map! { "id": *id, "name": word(key) });
    context.insert_value("kinds", Value::from(site.views.kinds.clone()));
    context.insert_value("collections", Value::from(collections.collect::<Vec<_>>()));
    site.engine.render("search.html", &context)
}
