//! From ids to indices: which document is meant, whether it exists, whether it may be named.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use crate::config::Config;
use crate::content::{Document, EventMatter, IdRef, Matter, ResolvedLink};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::id::{self, Collection};
use crate::syntax::{Allowance, Spanned, did_you_mean, nearest, nearest_names};

use super::links::Files;
use super::misplaced::Misplaced;
use super::{DocumentNo, Publication};
use crate::timeline::Media;

/// What one document refers to.
#[derive(Default)]
pub(super) struct References {
    pub kind: usize,
    pub actors: Vec<DocumentNo>,
    pub places: Vec<DocumentNo>,
    pub processes: Vec<DocumentNo>,
    pub follows: Vec<DocumentNo>,
    pub accounts: Vec<Option<DocumentNo>>,
    /// The `part_of` of an actor or the `within` of a place.
    pub parents: Vec<DocumentNo>,
    /// For each link of the text, what it points to.
    pub links: Vec<ResolvedLink>,
    /// The pictures of the front matter that can be shown.
    pub media: Vec<Media>,
    pub linked_documents: Vec<DocumentNo>,
    pub linked_files: Vec<String>,
    /// Linked files that are empty, pointers or of the wrong type, each reported once.
    pub unsound_files: BTreeSet<String>,
    /// The files of the pictures in the front matter.
    pub media_files: Vec<String>,
    pub diagnostics: Vec<Diagnostic>,
    /// Unknown ids for which suggestions will be computed.
    pub unknown: Vec<Unknown>,
    /// Files inside `content/` whose names alone keep them from being the documents that are referred to.
    pub misplaced: BTreeSet<String>,
}

/// The documents of a site by collection and id.
pub(super) struct Registry<'a> {
    documents: &'a [Document],
    /// Looked up, never iterated.
    by_id: HashMap<(Collection, &'a str), DocumentNo>,
    /// Looked up, never iterated.
    by_file: HashMap<String, DocumentNo>,
    /// The ids of each collection, in the order of the documents. Looked up, never iterated.
    ids: HashMap<Collection, Vec<&'a str>>,
    /// For each document, why it will not be published; `None` if it will.
    unpublished: Vec<Option<&'static str>>,
    /// Files that are no documents only because of their names.
    misplaced: Misplaced<'a>,
}

impl<'a> Registry<'a> {
    /// Registers every document under its id and reports ids that two documents share.
    pub fn new(
        documents: &'a [Document],
        config: &Config,
        publication: &Publication,
        files: &Files<'a>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut by_id = HashMap::new();
        let mut by_folded: HashMap<(Collection, String), DocumentNo> = HashMap::new();
        let mut by_file = HashMap::new();
        let mut ids: HashMap<Collection, Vec<&str>> = HashMap::new();
        for (number, document) in DocumentNo::all(documents) {
            let collection = document.id.collection;
            let id: &str = &document.id.id;
            by_file.insert(id::normalise(document.file.strip_prefix("content/").unwrap_or(&document.file)), number);
            by_id.entry((collection, id)).or_insert(number);
            ids.entry(collection).or_default().push(id);
            let first = *by_folded.entry((collection, id::fold(id))).or_insert(number);
            if first != number {
                diagnostics.push(duplicate(document, &documents[first.0]));
            }
        }
        let unpublished = documents.iter().map(|document| unpublished(document, config, publication)).collect();
        Self { documents, by_id, by_file, ids, unpublished, misplaced: Misplaced::among(files) }
    }

    /// The number of the document with an id.
    pub fn find(&self, collection: Collection, id: &str) -> Option<DocumentNo> {
        self.by_id.get(&(collection, id)).copied()
    }

    /// The number of the document in a file, by the path inside `content/`, in NFC.
    pub fn find_file(&self, path: &str) -> Option<DocumentNo> {
        self.by_file.get(path).copied()
    }

    /// Why a document will not be published, in words for a report.
    pub fn unpublished(&self, document: DocumentNo) -> Option<&'static str> {
        self.unpublished[document.0]
    }

    /// The file, inside `content/`, that would be the document of an id if it had another name.
    pub fn misplaced(&self, collection: Option<Collection>, id: &str) -> Option<&'a str> {
        self.misplaced.find(collection, id)
    }

    /// The ids nearest to a wrong one.
    pub fn nearest(&self, collection: Collection, wrong: &str) -> Vec<&'a str> {
        nearest_names(wrong, self.ids(collection).iter().copied())
    }

    /// The ids of a collection's documents.
    fn ids(&self, collection: Collection) -> &[&'a str] {
        self.ids.get(&collection).map_or(&[], Vec::as_slice)
    }

    /// The document with a number.
    pub fn document(&self, document: DocumentNo) -> &'a Document {
        &self.documents[document.0]
    }
}

fn duplicate(document: &Document, first: &Document) -> Diagnostic {
    let noun = document.id.collection.noun();
    let message = if document.id == first.id {
        format!("the {noun} `{}` is defined twice: also in {}", document.id.id, first.file)
    } else {
        format!("the id `{}` differs only in case from `{}` in {}", document.id.id, first.id.id, first.file)
    };
    Diagnostic::whole(Code::DuplicateId, &document.file, message).help("rename one of the files: its name is the id")
}

fn unpublished(document: &Document, config: &Config, publication: &Publication) -> Option<&'static str> {
    let Matter::Event(event) = &document.matter else {
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

/// Resolves the references of one document, and collects their problems.
pub(super) struct Resolver<'r, 'a> {
    pub registry: &'r Registry<'a>,
    pub file: Arc<str>,
    /// Whether the document itself is published: unpublished ones may name each other.
    pub published: bool,
    pub diagnostics: Vec<Diagnostic>,
    /// How many more suggestions may be computed.
    pub allowance: Allowance,
    /// Unknown ids for which suggestions will be computed.
    pub unknown: Vec<Unknown>,
    /// Files inside `content/` whose names alone keep them from being the documents that are referred to.
    pub misplaced: BTreeSet<String>,
}

impl<'r, 'a> Resolver<'r, 'a> {
    /// A resolver for one document.
    pub fn new(registry: &'r Registry<'a>, file: &Arc<str>, published: bool) -> Self {
        let file = Arc::clone(file);
        Self {
            registry,
            file,
            published,
            diagnostics: Vec::new(),
            allowance: Allowance::default(),
            unknown: Vec::new(),
            misplaced: BTreeSet::new(),
        }
    }
}

/// An unknown id that was reported. Similar ids are searched for once all documents are resolved.
pub(super) struct Unknown {
    /// The index of the report among those of its document.
    diagnostic: usize,
    wanted: Wanted,
    name: String,
}

/// Where an unknown id was written, and its expected collection.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Wanted {
    /// As an id, in front matter.
    Id(Collection),
    /// In `[[…]]`, perhaps with a collection.
    Link(Option<Collection>),
    /// In a link to a document's file.
    File(Collection),
}

impl Wanted {
    /// The collections that may have the id.
    fn collections(self) -> impl Iterator<Item = Collection> {
        let only = match self {
            Self::Id(collection) | Self::File(collection) => Some(collection),
            Self::Link(collection) => collection,
        };
        Collection::ALL.into_iter().filter(move |of| only.is_none_or(|only| only == *of))
    }

    /// A known id in the form in which it would be written there.
    fn written(self, id: &str) -> String {
        match self {
            Self::Id(_) => id.to_owned(),
            Self::Link(_) => format!("[[{id}]]"),
            Self::File(collection) => super::links::file_link(id, collection),
        }
    }
}

/// The most pairs of ids that are compared in one run. Each wrong id is compared with all right ones, and there may be
/// thousands of both.
const COMPARISONS: usize = 2_000_000;

/// The ids similar to a wrong one: the help, and the documents that have them.
struct Near {
    help: String,
    documents: Vec<DocumentNo>,
}

/// Adds similar ids to the reports of unknown ones, from the first document on, up to [`COMPARISONS`]. Returns the documents
/// that were suggested.
pub(super) fn suggest(registry: &Registry<'_>, references: &mut [References]) -> BTreeSet<DocumentNo> {
    let mut known: HashMap<(Wanted, String), Option<Near>> = HashMap::new();
    let mut left = COMPARISONS;
    let mut suggested = BTreeSet::new();
    for found in references {
        for unknown in std::mem::take(&mut found.unknown) {
            let near = known.entry((unknown.wanted, unknown.name)).or_insert_with_key(|(wanted, name)| {
                let cost = wanted.collections().map(|of| registry.ids(of).len()).sum();
                left = left.checked_sub(cost)?;
                near(registry, *wanted, name)
            });
            if let (Some(near), Some(diagnostic)) = (near, found.diagnostics.get_mut(unknown.diagnostic)) {
                diagnostic.help = Some(near.help.clone());
                suggested.extend(&near.documents);
            }
        }
    }
    suggested
}

fn near(registry: &Registry<'_>, wanted: Wanted, name: &str) -> Option<Near> {
    let of_id = |id: &&str| wanted.collections().filter_map(|of| registry.find(of, id)).collect::<Vec<_>>();
    let plain = bare_id(name).unwrap_or(name);
    if matches!(wanted, Wanted::Id(_)) && plain != name {
        let documents = of_id(&plain);
        if !documents.is_empty() {
            return Some(Near { help: format!("write the id alone: {plain}"), documents });
        }
    }
    let ids: BTreeSet<&str> = wanted.collections().flat_map(|of| registry.nearest(of, plain)).collect();
    let ids = nearest_names(plain, ids);
    let written: Vec<String> = ids.iter().map(|id| wanted.written(id)).collect();
    Some(Near { help: did_you_mean(&written)?, documents: ids.iter().flat_map(of_id).collect() })
}

/// The id in what other programs write in its place: `[[id|words]]`, `[words](@/actors/id.md)`, `actors/id`, `@id`.
fn bare_id(written: &str) -> Option<&str> {
    let written = written.trim();
    let inside = match written.strip_prefix("[[").and_then(|rest| rest.strip_suffix("]]")) {
        Some(link) => link.split(['|', '#']).next()?,
        None => written.split_once("](").map_or(written, |(_, address)| address.trim_end_matches(')')),
    };
    let inside = inside.trim_matches(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '\'' | '#'));
    let inside = if inside.contains('/') { inside } else { inside.trim_start_matches('@') };
    id::in_path(inside).map(|(_, id)| id)
}

impl Resolver<'_, '_> {
    /// The documents that a list of ids names. Unknown and repeated ids are reported and dropped.
    pub fn list(&mut self, collection: Collection, ids: &[Spanned<IdRef>]) -> Vec<DocumentNo> {
        let mut found = Vec::new();
        let mut seen = HashSet::new();
        for id in ids {
            let Some(document) = self.one(collection, id) else { continue };
            if seen.insert(document) {
                found.push(document);
            } else {
                let message = format!("`{}` is listed twice", id.value.0);
                self.report(
                    Code::DuplicateReference,
                    id.span.clone(),
                    message,
                    Some("remove one of the two".to_owned()),
                );
            }
        }
        found
    }

    /// The document that an id names.
    pub fn one(&mut self, collection: Collection, id: &Spanned<IdRef>) -> Option<DocumentNo> {
        let name = id.value.0.as_str();
        if name.is_empty() {
            return None; // reported when it was read
        }
        let found = self.registry.find(collection, name);
        if found.is_none() && !self.is_misplaced(Some(collection), name) {
            let code = match collection {
                Collection::Events | Collection::Pages => Code::UnknownEvent,
                Collection::Actors => Code::UnknownActor,
                Collection::Places => Code::UnknownPlace,
                Collection::Processes => Code::UnknownProcess,
            };
            self.suggest_later(code, Wanted::Id(collection), name);
            let (folder, one) = (collection.folder(), collection.noun());
            let help = match id::check(name) {
                Ok(()) => format!("define the {one} in content/{folder}/{name}.md"),
                Err(reason) => {
                    format!("write the id of {}, which is its file's name without .md: {reason}", collection.one())
                }
            };
            let message = format!("no {} has the id `{name}`", collection.noun());
            self.report(code, id.span.clone(), message, Some(help));
        }
        found
    }

    /// Whether a file would be the document of an id if it had another name. That is then reported, once for the file.
    pub fn is_misplaced(&mut self, collection: Option<Collection>, id: &str) -> bool {
        let file = self.registry.misplaced(collection, id);
        self.misplaced.extend(file.map(str::to_owned));
        file.is_some()
    }

    /// The events that an event follows, each published and none certainly later.
    pub fn follows(&mut self, event: &EventMatter, follows: &[Spanned<IdRef>]) -> Vec<DocumentNo> {
        let found = self.list(Collection::Events, follows);
        let mut seen = HashSet::new();
        for id in follows.iter().filter(|id| seen.insert(id.value.0.as_str())) {
            let Some(number) = self.registry.find(Collection::Events, &id.value.0) else { continue };
            let Matter::Event(earlier) = &self.registry.document(number).matter else { continue };
            if let Some(reason) = self.registry.unpublished(number).filter(|_| self.published) {
                let message = format!("the event `{}` will not be published: {reason}", id.value.0);
                let help = Some("publish it, or remove the relation".to_owned());
                self.report(Code::UnpublishedLink, id.span.clone(), message, help);
            }
            if earlier.retracted.is_some() && event.retracted.is_none() {
                let message = format!("the event `{}` has been retracted", id.value.0);
                let help = Some("remove the relation, or name another event".to_owned());
                self.report(Code::UnpublishedLink, id.span.clone(), message, help);
            }
            if earlier.date.certainly_after(&event.date) {
                let message = format!(
                    "this event cannot follow one that came later: `{}` is dated {}",
                    id.value.0, earlier.date.0
                );
                let help = Some("write the relation in the later of the two".to_owned());
                self.report(Code::FollowsLater, id.span.clone(), message, help);
            }
        }
        found
    }

    /// The kind that an event names.
    pub fn kind(&mut self, config: &Config, id: &Spanned<IdRef>) -> usize {
        let name = id.value.0.as_str();
        let found = config.kinds.iter().position(|kind| *kind.id == *name);
        if found.is_none() && !name.is_empty() && !config.unread_kinds.may_hold(name) {
            let ids = config.kinds.iter().map(|kind| kind.id.as_ref()).chain(config.unread_kinds.ids());
            let help = nearest(name, ids.clone()).unwrap_or_else(|| {
                let known = ids.collect::<Vec<_>>().join(", ");
                format!("the kinds of this site are {known}; define another in site.toml as [kinds.{name}]")
            });
            let message = format!("no kind of event is called `{name}`");
            self.report(Code::UnknownKind, id.span.clone(), message, Some(help));
        }
        found.unwrap_or(0)
    }

    /// Marks the next report as one to which ids similar to `name` will be added.
    pub fn suggest_later(&mut self, code: Code, wanted: Wanted, name: &str) {
        if self.allowance.spend(code) {
            self.unknown.push(Unknown { diagnostic: self.diagnostics.len(), wanted, name: name.to_owned() });
        }
    }

    /// Reports a problem of the document.
    pub fn report(&mut self, code: Code, span: Span, message: String, help: Option<String>) {
        self.diagnostics.push(Diagnostic::at(code, &self.file, span, message).maybe_help(help));
    }
}
