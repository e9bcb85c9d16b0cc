//! The works that events cite, each once.

use std::sync::Arc;

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::{CitedSource, EventIx, Timeline, WorkIdentity};

/// A work that events cite.
#[derive(Clone, Debug)]
pub struct CitedWork {
    /// Its first citation: the event, and the position of the source there.
    pub source: (EventIx, usize),
    /// The first citation that names an archived copy.
    pub archived: Option<(EventIx, usize)>,
    /// The events that cite it, in order.
    pub events: Vec<EventIx>,
}

/// The works that the events of a Timeline cite.
#[derive(Clone, Debug, Default)]
pub struct CitedWorks {
    /// The works in the order in which the timeline first cites them.
    pub list: Vec<CitedWork>,
    /// The index in `list` of the work of each source, event by event.
    numbers: Vec<usize>,
    /// For each event, the index of its first source in `numbers`.
    first: Vec<usize>,
}

impl CitedWorks {
    /// Gathers the works of all events.
    fn of(timeline: &Timeline) -> Self {
        let count = timeline.events.iter().map(|event| event.sources.len()).sum();
        let mut works = Self {
            list: Vec::with_capacity(count),
            numbers: Vec::with_capacity(count),
            first: Vec::with_capacity(timeline.events.len()),
        };
        // Looked up, never iterated.
        let mut known: FxHashMap<WorkIdentity<'_>, usize> = FxHashMap::with_capacity_and_hasher(count, FxBuildHasher);
        for (number, event) in timeline.events.iter().enumerate() {
            works.first.push(works.numbers.len());
            for (index, source) in event.sources.iter().enumerate() {
                let at = (EventIx(number), index);
                let work = *known.entry(source.work()).or_insert_with(|| {
                    works.list.push(CitedWork { source: at, archived: None, events: Vec::new() });
                    works.list.len() - 1
                });
                works.numbers.push(work);
                works.list[work].add(at, source);
            }
        }
        works.list.shrink_to_fit();
        works
    }

    /// Returns the index in [`CitedWorks::list`] of the work that a source of an event is. `source` is its index in the event.
    #[must_use]
    pub fn number(&self, event: EventIx, source: usize) -> usize {
        self.numbers[self.first[event.0] + source]
    }
}

impl CitedWork {
    fn add(&mut self, at: (EventIx, usize), source: &CitedSource) {
        if self.archived.is_none() && source.archive.is_some() {
            self.archived = Some(at);
        }
        if self.events.last() != Some(&at.0) {
            self.events.push(at.0);
        }
    }

    /// Returns its first citation, which describes it.
    #[must_use]
    pub fn described<'t>(&self, timeline: &'t Timeline) -> &'t CitedSource {
        let (event, source) = self.source;
        &timeline[event].sources[source]
    }

    /// Returns the address of an archived copy, if a citation has one.
    #[must_use]
    pub fn archive<'t>(&self, timeline: &'t Timeline) -> Option<&'t str> {
        let (event, source) = self.archived?;
        timeline[event].sources[source].archive.as_deref()
    }
}

impl Timeline {
    /// Returns the works that events cite. The first call gathers them.
    #[must_use]
    pub fn works(&self) -> &Arc<CitedWorks> {
        self.works.get_or_init(|| Arc::new(CitedWorks::of(self)))
    }
}
