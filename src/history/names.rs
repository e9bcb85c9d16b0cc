//! What ids in old revisions mean today.

use rustc_hash::FxHashMap;

use super::log::of_collection;
use super::repository::Known;
use crate::id::Collection;
use crate::timeline::{ActorIx, PageIx, PlaceIx, ProcessIx};
use crate::timeline::{DocumentIx, Entry, EventIx, FactValue, KindIx, Timeline};

/// The documents of the timeline by their present and earlier ids, and its kinds by their ids.
#[derive(Default)]
pub(super) struct Names {
    /// Looked up, never iterated.
    documents: FxHashMap<(Collection, String), DocumentIx>,
    /// Looked up, never iterated.
    kinds: FxHashMap<String, KindIx>,
}

impl Names {
    /// Gathers the ids of a timeline. `revisions` has every document with its revisions, whose paths give its earlier ids.
    pub(super) fn of(timeline: &Timeline, revisions: &[(DocumentIx, &[Known])]) -> Self {
        let mut names = Self::default();
        let kinds = timeline.kinds.iter().enumerate();
        names.kinds = kinds.map(|(number, kind)| (kind.id.to_string(), KindIx(number))).collect();
        for (document, _) in revisions {
            let id = &timeline.entry(*document).id;
            names.documents.insert((id.collection, id.id.to_string()), *document);
        }
        // An id that is in use again means the document that has it now.
        for (document, known) in revisions {
            let entry = timeline.entry(*document);
            let old = known.iter().filter_map(|known| of_collection(&known.path));
            let old = old.map(|(collection, name)| (collection, name.trim_end_matches(".md").to_owned()));
            for name in old.chain(entry.aliases.iter().filter_map(|alias| alias_id(entry, alias.value.as_str()))) {
                names.documents.entry(name).or_insert(*document);
            }
        }
        names
    }

    /// Returns the document that has an id, or once had it; [`FactValue::Gone`] if there is none any more.
    pub(super) fn document(&self, collection: Collection, id: &str) -> FactValue {
        let found = self.documents.get(&(collection, id.to_owned()));
        found.map_or(FactValue::Gone, |document| FactValue::Document(*document))
    }

    /// Returns the kind with an id; [`FactValue::Gone`] if the site no longer has it.
    pub(super) fn kind(&self, id: &str) -> FactValue {
        self.kinds.get(id).map_or(FactValue::Gone, |kind| FactValue::Kind(*kind))
    }
}

/// Returns the old id in an alias such as `events/old.html`, of the same collection as the entry.
fn alias_id(entry: &Entry, alias: &str) -> Option<(Collection, String)> {
    let collection = entry.id.collection;
    let id = alias.strip_prefix(collection.folder())?.strip_prefix('/')?.strip_suffix(".html")?;
    Some((collection, id.to_owned()))
}

/// Returns all documents of a timeline except its retracted events.
pub(super) fn documents(timeline: &Timeline) -> impl Iterator<Item = DocumentIx> {
    let events = (0..timeline.events.len()).map(|number| DocumentIx::Event(EventIx(number)));
    let actors = (0..timeline.actors.len()).map(|number| DocumentIx::Actor(ActorIx(number)));
    let places = (0..timeline.places.len()).map(|number| DocumentIx::Place(PlaceIx(number)));
    let processes = (0..timeline.processes.len()).map(|number| DocumentIx::Process(ProcessIx(number)));
    let pages = (0..timeline.pages.len()).map(|number| DocumentIx::Page(PageIx(number)));
    events.chain(actors).chain(places).chain(processes).chain(pages)
}
