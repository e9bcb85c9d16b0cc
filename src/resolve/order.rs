//! The order of everything: events by time, pages as in the menu, everything else by name.

use std::collections::BTreeMap;

use rayon::slice::ParallelSliceMut as _;

use super::DocumentNo;
use crate::content::{Document, EventMatter, Matter, PageMatter};
use crate::id::Collection;
use crate::timeline::{ActorIx, DocumentIx, EventIx, PageIx, PlaceIx, ProcessIx};

/// The order of documents in the Timeline, and the index of each.
pub(super) struct Order {
    /// The numbers of the published documents, in the Timeline's order.
    pub sequence: Vec<DocumentNo>,
    index: Vec<Option<DocumentIx>>,
}

impl Order {
    pub(super) fn of(documents: &[Document], published: &[bool]) -> Self {
        let mut sequence: Vec<DocumentNo> =
            DocumentNo::all(documents).map(|(number, _)| number).filter(|number| published[number.0]).collect();
        sequence.par_sort_by(|a, b| compare(&documents[a.0], &documents[b.0]));
        let mut index = vec![None; documents.len()];
        let mut counts: BTreeMap<Collection, usize> = BTreeMap::new();
        for number in &sequence {
            let document = &documents[number.0];
            if is_retracted(document) {
                continue;
            }
            let count = counts.entry(document.id.collection).or_default();
            index[number.0] = Some(match document.id.collection {
                Collection::Events => DocumentIx::Event(EventIx(*count)),
                Collection::Actors => DocumentIx::Actor(ActorIx(*count)),
                Collection::Places => DocumentIx::Place(PlaceIx(*count)),
                Collection::Processes => DocumentIx::Process(ProcessIx(*count)),
                Collection::Pages => DocumentIx::Page(PageIx(*count)),
            });
            *count += 1;
        }
        Self { sequence, index }
    }

    /// Returns the index of a document in the Timeline; `None` if it is not published, or retracted.
    pub(super) fn index(&self, number: DocumentNo) -> Option<DocumentIx> {
        self.index[number.0]
    }

    pub(super) fn events(&self, numbers: &[DocumentNo]) -> Vec<EventIx> {
        let event = |number: &DocumentNo| match self.index[number.0] {
            Some(DocumentIx::Event(event)) => Some(event),
            _ => None,
        };
        numbers.iter().filter_map(event).collect()
    }

    pub(super) fn actors(&self, numbers: &[DocumentNo]) -> Vec<ActorIx> {
        numbers.iter().filter_map(|number| self.actor(*number)).collect()
    }

    pub(super) fn actor(&self, number: DocumentNo) -> Option<ActorIx> {
        match self.index[number.0] {
            Some(DocumentIx::Actor(actor)) => Some(actor),
            _ => None,
        }
    }

    pub(super) fn places(&self, numbers: &[DocumentNo]) -> Vec<PlaceIx> {
        let place = |number: &DocumentNo| match self.index[number.0] {
            Some(DocumentIx::Place(place)) => Some(place),
            _ => None,
        };
        numbers.iter().filter_map(place).collect()
    }

    pub(super) fn processes(&self, numbers: &[DocumentNo]) -> Vec<ProcessIx> {
        let process = |number: &DocumentNo| match self.index[number.0] {
            Some(DocumentIx::Process(process)) => Some(process),
            _ => None,
        };
        numbers.iter().filter_map(process).collect()
    }
}

fn is_retracted(document: &Document) -> bool {
    matches!(&*document.matter, Matter::Event(event) if event.retracted.is_some())
}

/// Compares by collection; then events by time, pages by menu position, everything else by name; finally by id.
fn compare(a: &Document, b: &Document) -> std::cmp::Ordering {
    let by_collection = a.id.collection.cmp(&b.id.collection);
    let by_matter = || match (&*a.matter, &*b.matter) {
        (Matter::Event(x), Matter::Event(y)) => {
            let key = |event: &EventMatter| (event.date.key(), event.importance);
            key(x).cmp(&key(y))
        }
        (Matter::Page(x), Matter::Page(y)) => {
            let key = |page: &PageMatter| (page.nav.is_none(), page.nav, page.title.to_lowercase());
            key(x).cmp(&key(y))
        }
        (x, y) => x.title().to_lowercase().cmp(&y.title().to_lowercase()),
    };
    by_collection.then_with(by_matter).then_with(|| a.id.id.cmp(&b.id.id))
}
