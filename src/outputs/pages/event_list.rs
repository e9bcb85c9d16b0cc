//! Lists of events in texts.

use std::sync::Arc;

use tera::Value;

use super::items::{Form, Items};
use super::vote;
use crate::content::Show;
use crate::id::Depth;
use crate::key::{Key, Keyer};
use crate::outputs::draft::{self, Context};
use crate::outputs::site::Site;
use crate::theme::RenderError;
use crate::timeline::{EventIx, EventList};

/// Returns the key of what a page shows of a list.
pub(super) fn key(list: &EventList, site: &Site) -> Key {
    let mut keyer = Keyer::default();
    keyer.text(list.show.name());
    for ix in &list.events {
        keyer.key(site.event_key(*ix));
        if let Some(of_event) = &site.timeline[*ix].vote {
            keyer.key(draft::key_of(&vote::value(of_event, site)));
        }
    }
    keyer.finish()
}

/// Returns the votes of the events, if the list is to be a table and each event has one.
fn votes_of(list: &EventList, site: &Site) -> Option<Vec<Value>> {
    let of_event = |ix: &EventIx| Some(vote::value(site.timeline[*ix].vote.as_ref()?, site));
    if list.show == Show::Table { list.events.iter().map(of_event).collect() } else { None }
}

/// Renders a list for pages at this depth.
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
    context.insert("votes", votes_of(list, site));
    let outcomes = list.events.iter().filter_map(|ix| site.timeline[*ix].vote.as_ref()).map(|vote| vote.outcome);
    context.insert("outcomes_differ", outcomes.clone().any(|outcome| outcomes.clone().next() != Some(outcome)));
    site.engine.part("event-list.html", &context.into(), |html| html.trim().into())
}
