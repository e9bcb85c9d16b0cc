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

/// Every work.
#[derive(Clone, Debug, Default)]
pub struct CitedWorks {
    /// The works in the order in which the timeline first cites them.
    pub list: Vec<CitedWork>,
    /// The work of each source of each event, one event after the other.
    numbers: Vec<usize>,
    /// Where in `numbers` each event begins.
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

    /// The number of the work that is a source of an event.
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

    /// The source that describes it.
    #[must_use]
    pub fn described<'t>(&self, timeline: &'t Timeline) -> &'t CitedSource {
        let (event, source) = self.source;
        &timeline[event].sources[source]
    }

    /// The address of an archived copy.
    #[must_use]
    pub fn archive<'t>(&self, timeline: &'t Timeline) -> Option<&'t str> {
        let (event, source) = self.archived?;
        timeline[event].sources[source].archive.as_deref()
    }
}

impl Timeline {
    /// The works that events cite. They are gathered when they are first asked for.
    #[must_use]
    pub fn works(&self) -> &Arc<CitedWorks> {
        self.works.get_or_init(|| Arc::new(CitedWorks::of(self)))
    }
}
