//! The documents of a site by id and by file, and which of them are published.

use std::borrow::Cow;
use std::collections::HashMap;

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::files::Files;
use super::misplaced::Misplaced;
use super::{DocumentNo, Publication};
use crate::config::Config;
use crate::content::{Document, Matter};
use crate::diagnostic::{Code, Problems};
use crate::id::{self, Collection};
use crate::source_path::Folder;
use crate::syntax::nearest_names;

/// The documents of a site by collection and id.
pub(super) struct Registry<'a> {
    documents: &'a [Document],
    /// Looked up, never iterated.
    by_id: FxHashMap<(Collection, &'a str), DocumentNo>,
    /// Looked up, never iterated.
    by_file: FxHashMap<Cow<'a, str>, DocumentNo>,
    /// The ids of each collection, in the order of the documents. Looked up, never iterated.
    ids: HashMap<Collection, Vec<&'a str>>,
    /// For each document, why it will not be published; `None` if it will.
    unpublished: Vec<Option<&'static str>>,
    /// For each document, whether a build without `--drafts` and `--future` publishes it.
    by_default: Vec<bool>,
    /// Files that would be documents if they had other names.
    misplaced: Misplaced<'a>,
}

impl<'a> Registry<'a> {
    /// Registers every document under its id and reports ids that two documents share.
    pub(super) fn new(
        documents: &'a [Document],
        config: &Config,
        publication: &Publication,
        files: &Files<'a>,
        problems: &mut Problems,
    ) -> Self {
        let mut by_id = FxHashMap::with_capacity_and_hasher(documents.len(), FxBuildHasher);
        let mut by_folded: FxHashMap<(Collection, Cow<'_, str>), DocumentNo> =
            FxHashMap::with_capacity_and_hasher(documents.len(), FxBuildHasher);
        let mut by_file = FxHashMap::with_capacity_and_hasher(documents.len(), FxBuildHasher);
        let mut ids: HashMap<Collection, Vec<&str>> = HashMap::new();
        for (number, document) in DocumentNo::all(documents) {
            let collection = document.id.collection;
            let id: &str = &document.id.id;
            let file = document.file.within(Folder::Content).unwrap_or(&document.file);
            by_file.insert(if file.is_ascii() { file.into() } else { id::normalise(file).into() }, number);
            by_id.entry((collection, id)).or_insert(number);
            ids.entry(collection).or_default().push(id);
            let is_folded = id.is_ascii() && !id.bytes().any(|byte| byte.is_ascii_uppercase());
            let folded: Cow<'_, str> = if is_folded { id.into() } else { id::fold(id).into() };
            let first = *by_folded.entry((collection, folded)).or_insert(number);
            if first != number {
                report_duplicate(document, &documents[first.0], problems);
            }
        }
        let unpublished = documents.iter().map(|document| unpublished(document, config, publication)).collect();
        let plain = Publication { drafts: false, future: false, ..*publication };
        let by_default =
            documents.iter().map(|document| self::unpublished(document, config, &plain).is_none()).collect();
        Self { documents, by_id, by_file, ids, unpublished, by_default, misplaced: Misplaced::among(files) }
    }

    /// Returns the number of the document with an id.
    pub(super) fn find(&self, collection: Collection, id: &str) -> Option<DocumentNo> {
        self.by_id.get(&(collection, id)).copied()
    }

    /// Returns the number of the document in a file. `path` is the file's path inside `content/`, in NFC.
    pub(super) fn find_file(&self, path: &str) -> Option<DocumentNo> {
        self.by_file.get(path).copied()
    }

    /// Returns why a document will not be published, in words for a report; `None` if it will.
    pub(super) fn unpublished(&self, document: DocumentNo) -> Option<&'static str> {
        self.unpublished[document.0]
    }

    /// Returns whether a build without `--drafts` and `--future` publishes a document.
    pub(super) fn is_shown_by_default(&self, document: DocumentNo) -> bool {
        self.by_default[document.0]
    }

    /// Returns the file, inside `content/`, that would be the document of an id if it had another name.
    pub(super) fn misplaced(&self, collection: Option<Collection>, id: &str) -> Option<&'a str> {
        self.misplaced.find(collection, id)
    }

    /// Returns the ids of a collection that are most similar to a wrong one.
    pub(super) fn nearest(&self, collection: Collection, wrong: &str) -> Vec<&'a str> {
        nearest_names(wrong, self.ids(collection).iter().copied())
    }

    /// Returns the ids of a collection's documents.
    pub(super) fn ids(&self, collection: Collection) -> &[&'a str] {
        self.ids.get(&collection).map_or(&[], Vec::as_slice)
    }

    /// Returns the document with a number.
    pub(super) fn document(&self, document: DocumentNo) -> &'a Document {
        &self.documents[document.0]
    }
}

fn report_duplicate(document: &Document, first: &Document, problems: &mut Problems) {
    let noun = document.id.collection.noun();
    let message = if document.id == first.id {
        format!("the {noun} `{}` is defined twice", document.id.id)
    } else {
        format!("the id `{}` differs only in case from `{}`", document.id.id, first.id.id)
    };
    problems
        .report(Code::DuplicateId, &document.file, message)
        .help("rename one of the files: its name is the id")
        .also_at(&first.file, "first defined here");
}

fn unpublished(document: &Document, config: &Config, publication: &Publication) -> Option<&'static str> {
    let Matter::Event(event) = &*document.matter else {
        return None;
    };
    let confidence = event.confidence.unwrap_or(config.default_confidence);
    if event.draft && !publication.drafts {
        return Some("it is a draft");
    }
    if event.embargo.is_some_and(|day| day.0 > publication.today) && !publication.future {
        return Some("it is under embargo");
    }
    (!config.published.contains(&confidence)).then_some("its confidence is not among those that site.toml publishes")
}
