//! What the files of all families share: the Timeline, the templates, the words, and the values that templates get.

use std::sync::{Arc, OnceLock};

use tera::Value;

use super::draft;
use super::values::Values;
use crate::exports::{Dataset, Facts, Files};
use crate::key::Key;
use crate::provenance::Provenance;
use crate::search::Typed;
use crate::theme::{Engine, Locale};
use crate::timeline::{EventIx, Timeline};

/// A Timeline together with a theme.
pub struct Site {
    /// The resolved model.
    pub timeline: Arc<Timeline>,
    /// The compiled templates.
    pub engine: Engine,
    /// The words of the interface.
    pub locale: Arc<Locale>,
    /// The values of actors, places, processes and kinds.
    pub values: Values,
    /// Words that readers may type in dates and names of documents.
    pub typed: Typed,
    /// What the files of data share.
    pub data: Files,
    facts: Facts,
    /// What the site is built from and how, for `build.json`.
    pub provenance: Provenance,
    /// The values of events with their keys, each made when the first file needs it.
    events: Vec<OnceLock<(Value, Key)>>,
}

impl Site {
    /// Makes the values of actors, places, processes and kinds. Those of events are made when a file needs them.
    #[must_use]
    pub fn new(
        timeline: Arc<Timeline>,
        engine: Engine,
        locale: Arc<Locale>,
        typed: Typed,
        provenance: Provenance,
    ) -> Self {
        let values = Values::new(&timeline, &locale);
        let events = timeline.events.iter().map(|_| OnceLock::new()).collect();
        Self {
            timeline,
            engine,
            locale,
            values,
            typed,
            data: Files::default(),
            facts: Facts::default(),
            provenance,
            events,
        }
    }

    /// Returns what the files of open data are made from.
    #[must_use]
    pub fn dataset(&self) -> Dataset<'_> {
        Dataset::new(&self.timeline, &self.locale, &self.values.kind_names, &self.facts)
    }

    /// Returns the value of an event, which all files share.
    #[must_use]
    pub fn event(&self, ix: EventIx) -> Value {
        self.keyed_event(ix).0.clone()
    }

    /// Returns the key of an event's value.
    #[must_use]
    pub fn event_key(&self, ix: EventIx) -> Key {
        self.keyed_event(ix).1
    }

    /// Returns the values of some events, in the same order.
    #[must_use]
    pub fn events(&self, list: &[EventIx]) -> Vec<Value> {
        list.iter().map(|ix| self.event(*ix)).collect()
    }

    fn keyed_event(&self, ix: EventIx) -> &(Value, Key) {
        self.events[ix.0].get_or_init(|| {
            let value = self.values.event(ix, &self.timeline[ix], &self.locale);
            let key = draft::key_of(&value);
            (value, key)
        })
    }
}
