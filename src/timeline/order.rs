//! The order of everything: events by time, pages as in the menu, everything else by name.

use std::collections::BTreeMap;

use super::model::{ActorIx, DocumentIx, EventIx, PageIx, PlaceIx, ProcessIx};
use crate::content::{Document, EventMatter, Matter, PageMatter};
use crate::id::Collection;

/// The order of documents in the Timeline, and the index of each.
pub(super) struct Order {
    /// The numbers of the published documents, in the Timeline's order.
    pub sequence: Vec<usize>,
    /// For each document, its index in the Timeline; `None` if it is not published.
    pub index: Vec<Option<DocumentIx>>,
}

impl Order {
    pub fn of(documents: &[Document], published: &[bool]) -> Self {
        let mut sequence: Vec<usize> = (0..documents.len()).filter(|number| published[*number]).collect();
        sequence.sort_by(|a, b| compare(&documents[*a], &documents[*b]));
        let mut index = vec![None; documents.len()];
        let mut counts: BTreeMap<Collection, usize> = BTreeMap::new();
        for number in &sequence {
            let document = &documents[*number];
            if is_retracted(document) {
                continue;
            }
            let count = counts.entry(document.id.collection).or_default();
            index[*number] = Some(match document.id.collection {
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

    pub fn events(&self, numbers: &[usize]) -> Vec<EventIx> {
        let event = |number: &usize| match self.index[*number] {
            Some(DocumentIx::Event(event)) => Some(event),
            _ => None,
        };
        numbers.iter().filter_map(event).collect()
    }

    pub fn actors(&self, numbers: &[usize]) -> Vec<ActorIx> {
        numbers.iter().filter_map(|number| self.actor(*number)).collect()
    }

    pub fn actor(&self, number: usize) -> Option<ActorIx> {
        match self.index[number] {
            Some(DocumentIx::Actor(actor)) => Some(actor),
            _ => None,
        }
    }

    pub fn places(&self, numbers: &[usize]) -> Vec<PlaceIx> {
        let place = |number: &usize| match self.index[*number] {
            Some(DocumentIx::Place(place)) => Some(place),
            _ => None,
        };
        numbers.iter().filter_map(place).collect()
    }

    pub fn processes(&self, numbers: &[usize]) -> Vec<ProcessIx> {
        let process = |number: &usize| match self.index[*number] {
            Some(DocumentIx::Process(process)) => Some(process),
            _ => None,
        };
        numbers.iter().filter_map(process).collect()
    }
}

fn is_retracted(document: &Document) -> bool {
    matches!(&document.matter, Matter::Event(event) if event.retracted.is_some())
}

/// Compares events by time, pages by menu position, everything else by name, and finally by id.
fn compare(a: &Document, b: &Document) -> std::cmp::Ordering {
    let by_collection = a.id.collection.cmp(&b.id.collection);
    let by_matter = || match (&a.matter, &b.matter) {
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
