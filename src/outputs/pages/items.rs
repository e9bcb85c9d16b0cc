//! Events as lists show them. An event is in many lists, but its HTML is rendered once for each depth of page and form of list,
//! when the first page that has it is made.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use tera::Value;

use crate::id::Depth;
use crate::outputs::draft::Context;
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
    /// The same without its element, for lists that say more about the event.
    Row,
}

/// The item of every event in one form at one depth, each once it is rendered.
type Shelf = Arc<[OnceLock<Arc<str>>]>;

/// The items of all events, for every form of list and every depth of page.
pub(super) struct Items {
    events: usize,
    shelves: Mutex<BTreeMap<(Depth, Form), Shelf>>,
}

impl Items {
    /// Creates a store for this number of events, with no item rendered yet.
    pub(super) fn new(events: usize) -> Self {
        Self { events, shelves: Mutex::default() }
    }

    /// Returns the HTML of an event in a list of this form, on pages at this depth.
    pub(super) fn html(&self, site: &Site, event: EventIx, form: Form, depth: Depth) -> Result<Arc<str>, RenderError> {
        let shelf = self.shelf(form, depth);
        let item = &shelf[event.0];
        if let Some(html) = item.get() {
            return Ok(Arc::clone(html));
        }
        let mut context = Context::default();
        context.insert("event", site.event(event));
        context.insert("root", Value::safe_string(&depth.root()));
        let template = match form {
            Form::Item(level) => {
                context.insert("level", level);
                "event-item.html"
            }
            Form::Link => "event-link.html",
            Form::Row => "event-row.html",
        };
        let html = site.engine.part(template, &context.into(), |html| html.trim().into())?;
        Ok(Arc::clone(item.get_or_init(|| html)))
    }

    fn shelf(&self, form: Form, depth: Depth) -> Shelf {
        let mut shelves = self.shelves.lock().unwrap_or_else(PoisonError::into_inner);
        let empty = || std::iter::repeat_with(OnceLock::new).take(self.events).collect();
        Arc::clone(shelves.entry((depth, form)).or_insert_with(empty))
    }
}
