//! Lists of events in texts.

use std::sync::Arc;

use tera::Value;

use super::items::{Form, Items};
use crate::id::Depth;
use crate::key::{Key, Keyer};
use crate::markup::text_of;
use crate::outputs::draft::Context;
use crate::outputs::site::Site;
use crate::theme::RenderError;
use crate::timeline::EventList;

/// The key of a list as a page shows it.
pub(super) fn key(list: &EventList, site: &Site) -> Key {
    let mut keyer = Keyer::default();
    keyer.text(list.show.name());
    for ix in &list.events {
        keyer.key(site.event_key(*ix));
    }
    keyer.finish()
}

/// A list in a page at this depth.
pub(super) fn html(list: &EventList, site: &Site, items: &Items, depth: Depth) -> Result<Arc<str>, RenderError> {
    let links = list.events.iter().map(|ix| items.html(site, *ix, Form::Link, depth));
    let links = links.map(|html| html.map(|html| Value::safe_string(&html))).collect::<Result<Vec<_>, _>>()?;
    let mut context = Context::default();
    context.insert("root", Value::safe_string(&depth.root()));
    context.insert("show", list.show.name());
    context.insert("count", list.events.len());
    context.insert("count_words", site.locale.count("events-count", list.events.len()));
    context.insert("events", site.events(&list.events));
    context.insert("items", links);
    Ok(text_of(site.engine.render("event-list.html", &context.into())?).trim().into())
}
