//! Events as lists show them. An event is in many lists, but its item is rendered once for each depth of page and
//! level of heading, when the first list needs it; all others share it by handle.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use tera::{Context, Value};

use crate::id::Depth;
use crate::outputs::site::Site;
use crate::theme::RenderError;
use crate::timeline::EventIx;

/// Where an item stands, as far as its HTML depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Stand {
    /// How deep the page is.
    pub depth: Depth,
    /// The level of the item's heading, 1 to 6.
    pub level: u8,
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
            context.insert_value("level", Value::from(stand.level));
            let html = site.engine.render("event-item.html", &context)?;
            let item = Value::safe_string(&String::from_utf8_lossy(&html));
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
