//! From ids to documents: which one is meant, whether it exists, whether it may be named.

use std::collections::{BTreeSet, HashSet};

use rustc_hash::FxHashMap;

use super::DocumentNo;
use super::registry::Registry;
use super::suggestions::{Unknown, Wanted};
use crate::config::Config;
use crate::content::{EventMatter, IdRef, Matter, ResolvedLink};
use crate::diagnostic::{Code, Diagnostic, Problems, Span};
use crate::id::{self, Collection};
use crate::source_path::{Folder, SourcePath};
use crate::syntax::{Allowance, Spanned, nearest};
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
    /// The body whose vote an event records.
    pub body: Option<DocumentNo>,
    /// Who voted against, who abstained, and who did not vote.
    pub voters: [Vec<DocumentNo>; 3],
    /// For each membership of an actor, the body; `None` if no actor has the id.
    pub member_of: Vec<Option<DocumentNo>>,
    /// For each successor of an actor, its document; `None` if no actor has the id.
    pub became: Vec<Option<DocumentNo>>,
    /// The `part_of` of an actor or the `within` of a place.
    pub parents: Vec<DocumentNo>,
    /// For each link of the text, what it points to.
    pub links: Vec<ResolvedLink>,
    /// The pictures of the front matter that can be shown.
    pub media: Vec<Media>,
    /// The queries of the text.
    pub queries: Vec<QueryReferences>,
    pub linked_documents: Vec<DocumentNo>,
    pub linked_files: Vec<String>,
    /// Linked files that are empty, pointers or of the wrong type, each reported once.
    pub unsound_files: BTreeSet<SourcePath>,
    /// The files of the pictures in the front matter.
    pub media_files: Vec<String>,
    pub problems: Problems,
    /// Unknown ids for which suggestions will be computed.
    pub unknown: Vec<Unknown>,
    /// Files inside `content/` that would be the documents referred to if they had other names.
    pub misplaced: BTreeSet<String>,
}

/// What a query in a text refers to.
#[derive(Default)]
pub(super) struct QueryReferences {
    pub events: Vec<DocumentNo>,
    pub processes: Vec<DocumentNo>,
    pub kinds: Vec<usize>,
    pub actors: Vec<DocumentNo>,
    pub places: Vec<DocumentNo>,
    /// Whether all its ids are known, and nothing was reported about them.
    pub is_sound: bool,
}

/// Resolves the references of one document, and collects their problems.
pub(super) struct Resolver<'r, 'a> {
    pub registry: &'r Registry<'a>,
    pub file: SourcePath,
    /// Whether the document itself is published: unpublished ones may name each other.
    pub published: bool,
    pub problems: Problems,
    /// How many more suggestions may be computed.
    pub allowance: Allowance,
    /// Unknown ids for which suggestions will be computed.
    pub unknown: Vec<Unknown>,
    /// Files inside `content/` that would be the documents referred to if they had other names.
    pub misplaced: BTreeSet<String>,
}

impl<'r, 'a> Resolver<'r, 'a> {
    /// Creates a resolver for the document in a file.
    pub(super) fn new(registry: &'r Registry<'a>, file: &SourcePath, published: bool) -> Self {
        Self {
            registry,
            file: file.clone(),
            published,
            problems: Problems::default(),
            allowance: Allowance::default(),
            unknown: Vec::new(),
            misplaced: BTreeSet::new(),
        }
    }
}

impl Resolver<'_, '_> {
    /// Finds the documents that a list of ids names. Reports and drops unknown and repeated ids.
    pub(super) fn list(&mut self, collection: Collection, ids: &[Spanned<IdRef>]) -> Vec<DocumentNo> {
        let mut found = Vec::new();
        let mut seen: FxHashMap<DocumentNo, Span> = FxHashMap::default();
        for id in ids {
            let Some(document) = self.one(collection, id) else { continue };
            let first = seen.entry(document).or_insert_with(|| id.span.clone()).clone();
            if first == id.span {
                found.push(document);
            } else if self.registry.document(document).file != self.file {
                // A document that names itself is reported as a cycle, however often it does.
                let message = format!("`{}` is listed twice", id.value.0);
                let file = self.file.clone();
                self.report(Code::DuplicateReference, id.span.clone(), message)
                    .help("remove one of the two")
                    .also_at((&file, first), "first listed here");
            }
        }
        found
    }

    /// Finds the document that an id names, and reports an unknown id.
    pub(super) fn one(&mut self, collection: Collection, id: &Spanned<IdRef>) -> Option<DocumentNo> {
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
                Ok(()) => format!("define the {one} in {}", Folder::Content.file(&format!("{folder}/{name}.md"))),
                Err(reason) => {
                    format!("write the id of {}, which is its file's name without .md: {reason}", collection.one())
                }
            };
            let message = format!("no {} has the id `{name}`", collection.noun());
            self.report(code, id.span.clone(), message).help(help);
        }
        found
    }

    /// Finds the actor that this document's actor was a member of or became. Reports an actor that names itself under `key`.
    pub(super) fn other(&mut self, key: &str, id: &Spanned<IdRef>) -> Option<DocumentNo> {
        let found = self.one(Collection::Actors, id)?;
        if self.registry.document(found).file != self.file {
            return Some(found);
        }
        let message = format!("`{key}` names the actor itself");
        self.report(Code::Cycle, id.span.clone(), message).help("name another actor, or remove the table");
        None
    }

    /// Returns whether a file would be the document of an id if it had another name, and records the file, which is then
    /// reported once.
    pub(super) fn is_misplaced(&mut self, collection: Option<Collection>, id: &str) -> bool {
        let file = self.registry.misplaced(collection, id);
        self.misplaced.extend(file.map(str::to_owned));
        file.is_some()
    }

    /// Finds the events that an event follows. Reports those that are not published, are retracted or certainly came later,
    /// but keeps them.
    pub(super) fn follows(&mut self, event: &EventMatter, follows: &[Spanned<IdRef>]) -> Vec<DocumentNo> {
        let found = self.list(Collection::Events, follows);
        let mut seen = HashSet::new();
        for id in follows.iter().filter(|id| seen.insert(id.value.0.as_str())) {
            let Some(number) = self.registry.find(Collection::Events, &id.value.0) else { continue };
            let Matter::Event(earlier) = &*self.registry.document(number).matter else { continue };
            if let Some(reason) = self.registry.unpublished(number).filter(|_| self.published) {
                let message = format!("the event `{}` will not be published: {reason}", id.value.0);
                let help = "publish it, or remove the relation";
                self.report(Code::UnpublishedLink, id.span.clone(), message).help(help);
            }
            if earlier.retracted.is_some() && event.retracted.is_none() {
                let message = format!("the event `{}` has been retracted", id.value.0);
                let help = "remove the relation, or name another event";
                self.report(Code::UnpublishedLink, id.span.clone(), message).help(help);
            }
            if earlier.date.certainly_after(&event.date) {
                let message = format!(
                    "this event cannot follow one that came later: `{}` is dated {}",
                    id.value.0, earlier.date.value.0
                );
                let help = "write the relation in the later of the two";
                let later = (&self.registry.document(number).file, earlier.date.span.clone());
                self.report(Code::FollowsLater, id.span.clone(), message).help(help).also_at(later, "its date is here");
            }
        }
        found
    }

    /// Finds the kind that an id names, and returns its index in the site's order. Reports an unknown one.
    pub(super) fn kind(&mut self, config: &Config, id: &Spanned<IdRef>) -> Option<usize> {
        let name = id.value.0.as_str();
        let found = config.kinds.iter().position(|kind| *kind.id == *name);
        if found.is_none() && !name.is_empty() && !config.unread_kinds.may_hold(name) {
            let ids = config.kinds.iter().map(|kind| kind.id.as_ref()).chain(config.unread_kinds.ids());
            let help = nearest(name, ids.clone()).unwrap_or_else(|| {
                let known = ids.collect::<Vec<_>>().join(", ");
                format!("the kinds of this site are {known}; define another in site.toml as [kinds.{name}]")
            });
            let message = format!("no kind of event is called `{name}`");
            self.report(Code::UnknownKind, id.span.clone(), message).help(help);
        }
        found
    }

    /// Marks the next report as one to which ids similar to `name` will be added.
    pub(super) fn suggest_later(&mut self, code: Code, wanted: Wanted, name: &str) {
        if self.allowance.spend(code) {
            self.unknown.push(Unknown { diagnostic: self.problems.len(), wanted, name: name.to_owned() });
        }
    }

    /// Reports a problem of the document.
    pub(super) fn report(&mut self, code: Code, span: Span, message: impl AsRef<str>) -> &mut Diagnostic {
        self.problems.report(code, (&self.file, span), message)
    }
}
