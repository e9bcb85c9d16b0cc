//! What the files of all families share: the Timeline, the templates, the words, and the values that templates get.

use std::sync::{Arc, OnceLock};

use tera::Value;

use super::values::Values;
use crate::search::Typed;
use crate::theme::{Engine, Locale};
use crate::timeline::{EventIx, Timeline};

/// A Timeline together with a theme.
pub struct Site {
    /// The resolved model.
    pub timeline: Timeline,
    /// The compiled templates.
    pub engine: Engine,
    /// The words of the interface.
    pub locale: Arc<Locale>,
    /// The values of actors, places, processes and kinds.
    pub values: Values,
    /// Words that readers may type in dates and names of documents.
    pub typed: Typed,
    /// The values of events, once they are made.
    events: OnceLock<Vec<Value>>,
}

impl Site {
    /// Brings the model and the theme together.
    #[must_use]
    pub fn new(timeline: Timeline, engine: Engine, locale: Arc<Locale>, typed: Typed) -> Self {
        let values = Values::new(&timeline, &locale);
        Self { timeline, engine, locale, values, typed, events: OnceLock::new() }
    }

    /// Makes the values of events, if they are not made yet. Must not be called from the pool that makes them.
    pub fn make_events(&self) {
        self.all_events();
    }

    /// The value of an event.
    #[must_use]
    pub fn event(&self, ix: EventIx) -> Value {
        self.all_events()[ix.0].clone()
    }

    /// The values of a list of events.
    #[must_use]
    pub fn events(&self, list: &[EventIx]) -> Vec<Value> {
        let all = self.all_events();
        list.iter().map(|ix| all[ix.0].clone()).collect()
    }

    fn all_events(&self) -> &[Value] {
        self.events.get_or_init(|| self.values.events(&self.timeline, &self.locale))
    }
}
