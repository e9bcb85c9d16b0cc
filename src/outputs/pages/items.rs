//! Events as lists show them. An event stands in many lists, but its item is rendered once for each depth of page, when
//! the first list needs it; all others share it by handle.

use std::sync::OnceLock;

use tera::{Context, Value};

use crate::outputs::Site;
use crate::theme::RenderError;
use crate::timeline::EventIx;

/// The item of every event, for pages at the root and for pages one folder down.
pub(in crate::outputs) struct Items {
    at_root: Vec<OnceLock<Value>>,
    in_folder: Vec<OnceLock<Value>>,
}

impl Items {
    /// No item rendered yet.
    pub fn new(events: usize) -> Self {
        let empty = || std::iter::repeat_with(OnceLock::new).take(events).collect();
        Self { at_root: empty(), in_folder: empty() }
    }
}

/// The items of a list of events, for a page from whose folder `root` leads to the site's root.
pub(in crate::outputs) fn items(site: &Site, events: &[EventIx], root: &str) -> Result<Vec<Value>, RenderError> {
    // At the root, items stand below years and months; elsewhere below one heading.
    let (shelf, level) = if root.is_empty() { (&site.items.at_root, 4) } else { (&site.items.in_folder, 3) };
    let item = |ix: &EventIx| {
        let slot = &shelf[ix.0];
        if let Some(item) = slot.get() {
            return Ok(item.clone());
        }
        let mut context = Context::new();
        context.insert_value("event", site.event(*ix));
        context.insert_value("root", Value::safe_string(root));
        context.insert_value("level", Value::from(level));
        let html = site.engine.render("event-item.html", &context)?;
        let item = Value::safe_string(&String::from_utf8_lossy(&html));
        Ok(slot.get_or_init(|| item).clone())
    };
    events.iter().map(item).collect()
}
