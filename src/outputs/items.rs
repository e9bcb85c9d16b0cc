//! Events as lists show them. An event is in many lists, but its item is rendered once for each depth of page, when the first
//! list needs it; all others share it by reference.

use std::sync::OnceLock;

use tera::{Context, Value};

use super::Site;
use crate::theme::RenderError;
use crate::timeline::EventIx;

/// The item of every event, for pages at the root and for pages one folder down.
pub(super) struct Items {
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

/// The items of a list of events. `root` is the relative path from the page's folder to the site's root.
pub(super) fn items(site: &Site, events: &[EventIx], root: &str) -> Result<Vec<Value>, RenderError> {
    // At the root, items are below the headings of years and months; elsewhere below one heading.
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
