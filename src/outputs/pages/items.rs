//! Events as lists show them. An event is in many lists, but its HTML is rendered once for each depth of page and form of list,
//! when the first list needs it; all others share it by handle.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use tera::{Context, Value};

use crate::id::Depth;
use crate::markup::text_of;
use crate::outputs::site::Site;
use crate::theme::RenderError;
use crate::timeline::EventIx;

/// How a list shows its events.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Form {
    /// With a heading of this level, 1 to 6, and the facts.
    Item(u8),
    /// As a link with a date and a kind.
    Link,
}

/// A sort of list, as far as the HTML of an event in it depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Stand {
    /// How deep the page is.
    pub depth: Depth,
    /// What the list shows of its events.
    pub form: Form,
}

/// The item of every event in one sort of list, each once it is rendered.
type Shelf = Arc<[OnceLock<Value>]>;

/// The items of all events, for every sort of list that pages have.
pub(super) struct Items {
    events: usize,
    shelves: Mutex<BTreeMap<Stand, Shelf>>,
}

impl Items {
    /// For this number of events, with no item rendered yet.
    pub fn new(events: usize) -> Self {
        Self { events, shelves: Mutex::default() }
    }

    /// The items of a list of events.
    pub fn list(&self, site: &Site, events: &[EventIx], stand: Stand) -> Result<Vec<Value>, RenderError> {
        if events.is_empty() {
            return Ok(Vec::new());
        }
        let (shelf, root) = (self.shelf(stand), stand.depth.root());
        let item = |ix: &EventIx| {
            let slot = &shelf[ix.0];
            if let Some(item) = slot.get() {
                return Ok(item.clone());
            }
            let mut context = Context::new();
            context.insert_value("event", site.event(*ix));
            context.insert_value("root", Value::safe_string(&root));
            let template = match stand.form {
                Form::Item(level) => {
                    context.insert_value("level", Value::from(level));
                    "event-item.html"
                }
                Form::Link => "event-link.html",
            };
            let html = site.engine.render(template, &context)?;
            let item = Value::safe_string(text_of(html).trim());
            Ok(slot.get_or_init(|| item).clone())
        };
        events.iter().map(item).collect()
    }

    fn shelf(&self, stand: Stand) -> Shelf {
        let mut shelves = self.shelves.lock().unwrap_or_else(PoisonError::into_inner);
        let empty = || std::iter::repeat_with(OnceLock::new).take(self.events).collect();
        Arc::clone(shelves.entry(stand).or_insert_with(empty))
    }
}
