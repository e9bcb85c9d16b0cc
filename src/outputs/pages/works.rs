//! The works that events cite, each once, by publisher.

use std::mem;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::publishers::{self, Letter, Publisher, WorksPage};
use crate::timeline::{CitedSource, CitedWork, CitedWorks, EventIx, Timeline};

/// The most events that a list names with a work.
pub(super) const EVENTS: usize = 50;

/// The works that events cite, and the pages that list them.
#[derive(Debug)]
pub(super) struct Works {
    /// The works in the order in which the timeline first cites them.
    cited: Arc<CitedWorks>,
    /// The publishers by name, works without one last.
    pub publishers: Vec<Publisher>,
    /// The letters in order.
    pub letters: Vec<Letter>,
    /// The pages.
    pub pages: Vec<WorksPage>,
}

impl Works {
    /// Sorts the works of all events by publisher and divides them into pages.
    pub(super) fn new(timeline: &Timeline) -> Self {
        let cited = Arc::clone(timeline.works());
        let mut works = Self { cited, publishers: Vec::new(), letters: Vec::new(), pages: Vec::new() };
        works.sort(timeline);
        works.divide(timeline);
        works
    }

    /// Returns the same works for a Timeline in which only titles of events differ. Only the division into pages depends on
    /// these.
    pub(super) fn with_titles_of(&self, timeline: &Timeline) -> Self {
        let (publishers, letters) = (self.publishers.clone(), self.letters.clone());
        let mut works = Self { cited: Arc::clone(&self.cited), publishers, letters, pages: Vec::new() };
        works.divide(timeline);
        works
    }

    /// Returns the works in the order in which the timeline first cites them.
    pub(super) fn list(&self) -> &[CitedWork] {
        &self.cited.list
    }

    /// Returns the number of the work that is the event's source with this index.
    pub(super) fn of(&self, event: EventIx, source: usize) -> usize {
        self.cited.number(event, source)
    }

    /// Returns the name of a page of works, without folder and extension.
    pub(super) fn page_name(&self, number: usize) -> String {
        publishers::page_name(&self.pages[number], &self.publishers, &self.letters)
    }

    /// Returns the source that describes a work.
    pub(super) fn source<'t>(&self, work: usize, timeline: &'t Timeline) -> &'t CitedSource {
        self.list()[work].described(timeline)
    }

    fn sort(&mut self, timeline: &Timeline) {
        // Looked up, never iterated.
        let mut by_name: FxHashMap<Option<&str>, usize> = FxHashMap::default();
        let mut groups: Vec<(Option<&str>, Vec<usize>)> = Vec::new();
        for work in 0..self.list().len() {
            let name = self.source(work, timeline).publisher.as_deref();
            let group = *by_name.entry(name).or_insert_with(|| {
                groups.push((name, Vec::new()));
                groups.len() - 1
            });
            groups[group].1.push(work);
        }
        groups.par_iter_mut().for_each(|(_, works)| {
            works.sort_by_cached_key(|work| {
                let source = self.source(*work, timeline);
                let date = source.date.as_ref().filter(|date| !date.is_unknown());
                (date.is_none(), date.map(crate::date::EdtfDate::key), source.title.to_lowercase(), *work)
            });
        });
        (self.publishers, self.letters) = publishers::publishers(groups);
    }

    /// Divides the works into pages, whose size depends on the titles of events.
    fn divide(&mut self, timeline: &Timeline) {
        let (mut publishers, mut letters) = (mem::take(&mut self.publishers), mem::take(&mut self.letters));
        self.pages = publishers::divide(&mut publishers, &mut letters, |work| self.weight(work, timeline));
        (self.publishers, self.letters) = (publishers, letters);
    }

    /// Estimates how many bytes a work takes on a page.
    fn weight(&self, work: usize, timeline: &Timeline) -> usize {
        let length = |text: &Option<String>| text.as_ref().map_or(0, String::len);
        let source = self.source(work, timeline);
        let entries = self.list()[work].events.iter().take(EVENTS).map(|event| &timeline[*event].entry);
        let links: usize = entries.map(|entry| 45 + 3 * entry.id.id.len() + entry.title.len()).sum();
        420 + source.title.len() + length(&source.url) + length(&source.relay) + 3 * length(&source.archive) + links
    }
}
