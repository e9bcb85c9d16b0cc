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
mod inverted;
mod kept;
mod key;
mod merge;
mod postings;
mod script;
mod shards;
mod symbols;
mod typed;

pub(crate) use corpus::Corpus;
pub(crate) use documents::COLLECTIONS;
pub(crate) use kept::KeptWords;
pub(crate) use typed::Typed;

use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use rayon::prelude::*;

use crate::id::SitePath;
use crate::key::{Key, Keyer};
use crate::timeline::Timeline;
use documents::Document;
use inverted::InvertedIndex;
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
    /// Returns the path to which it is written.
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

/// Lists the files of the index, from the number of documents and the estimated length of their texts.
#[must_use]
pub(crate) fn files(timeline: &Timeline) -> Vec<File> {
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

/// The search index of a site, which is made when a file needs it.
#[derive(Default)]
pub(crate) struct Index {
    kept: Option<Arc<Mutex<KeptWords>>>,
    keys: OnceLock<Keys>,
    shards: Mutex<Option<Arc<Shards>>>,
}

/// The keys of all documents, and of the index that is made from them.
struct Keys {
    documents: Vec<Key>,
    index: Key,
}

impl Index {
    /// Creates an index that does not read documents again whose words are in `kept`. When it is made, `kept` has the words
    /// of its own documents.
    #[must_use]
    pub(crate) fn keeping(kept: Arc<Mutex<KeptWords>>) -> Self {
        Self { kept: Some(kept), ..Self::default() }
    }

    /// Returns whether a file that needs the whole index has to be made. `is_kept` tells of each, by its key, whether it is
    /// there already. Must not be called from the thread pool, which computes the keys.
    pub(crate) fn is_needed(&self, corpus: &Corpus<'_>, is_kept: &dyn Fn(File, Key) -> bool) -> bool {
        let whole = |file: &File| matches!(file, File::Manifest | File::Terms(_));
        !files(corpus.timeline).into_iter().filter(whole).all(|file| is_kept(file, self.key(corpus, file)))
    }

    /// Makes the index, if it is not made yet. Must not be called from the thread pool, which makes it.
    pub(crate) fn make(&self, corpus: &Corpus<'_>) {
        self.shards(corpus);
    }

    /// Frees the index when its files are written. If another is needed after that, the index is made again.
    pub(crate) fn release(&self) {
        *self.locked() = None;
    }

    /// Returns a key of what a file contains: if it is the same as in an earlier build by the same version of annals, so is
    /// the file. Does not make the index. The first call must not come from the thread pool, which computes the keys of all
    /// documents.
    #[must_use]
    pub(crate) fn key(&self, corpus: &Corpus<'_>, file: File) -> Key {
        let keys = self.keys(corpus);
        let mut keyer = Keyer::default();
        keyer.text(file.path().as_str());
        let mut documents = |number, length| {
            let numbers = shards::numbers(corpus.timeline, number, length);
            keys.documents[numbers].iter().for_each(|key| _ = keyer.key(*key));
        };
        match file {
            File::Manifest | File::Terms(_) => _ = keyer.key(keys.index),
            File::Titles(number) => documents(number, shards::TITLES),
            File::Texts(number) => documents(number, shards::TEXTS),
        }
        keyer.finish()
    }

    /// Returns the bytes of a file. The files of terms and the manifest need the whole index, which is made first.
    #[must_use]
    pub(crate) fn file(&self, corpus: &Corpus<'_>, file: File) -> Vec<u8> {
        match file {
            File::Manifest => self.shards(corpus).manifest(corpus),
            File::Terms(number) => self.shards(corpus).terms(number),
            File::Titles(number) => shards::titles(corpus, number),
            File::Texts(number) => shards::texts(corpus, number),
        }
    }

    fn keys(&self, corpus: &Corpus<'_>) -> &Keys {
        self.keys.get_or_init(|| {
            let documents = (0..documents::count(corpus.timeline)).into_par_iter();
            let key = |number| key::of_document(corpus, Document::of(number, corpus.timeline));
            let documents: Vec<Key> = documents.map(key).collect();
            let index = key::of_index(corpus, shards::count(corpus.timeline), &documents);
            Keys { documents, index }
        })
    }

    fn locked(&self) -> MutexGuard<'_, Option<Arc<Shards>>> {
        self.shards.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn shards(&self, corpus: &Corpus<'_>) -> Arc<Shards> {
        let make = || {
            let index = match &self.kept {
                None => InvertedIndex::new(corpus, documents::count(corpus.timeline)),
                Some(kept) => {
                    let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
                    InvertedIndex::keeping(corpus, &self.keys(corpus).documents, &mut kept)
                }
            };
            Arc::new(Shards::new(corpus, index))
        };
        Arc::clone(self.locked().get_or_insert_with(make))
    }
}
