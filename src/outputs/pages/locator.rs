//! The small maps in the pages of events and places.
//!
//! Events that were at the same places show the same small map, so each is made once, when the first page needs it.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use tera::Value;

use super::page::Page;
use crate::figures::map::{LOCATOR_SIZE, locator_marks};
use crate::id::SitePath;
use crate::outputs::family::OutputFamily;
use crate::outputs::ground::Ground;
use crate::outputs::values::object;
use crate::theme::Locale;
use crate::timeline::{PlaceIx, Timeline};

/// The small maps that pages show, each by its ground.
pub(super) struct Locators(BTreeMap<Ground, OnceLock<Value>>);

impl Locators {
    /// Creates a store for the maps of all events, in which none is made yet.
    pub(super) fn new(timeline: &Timeline) -> Self {
        let of_events = timeline.events.iter().filter_map(|event| Ground::of(&event.places, timeline));
        Self(of_events.map(|ground| (ground, OnceLock::new())).collect())
    }

    /// Returns the small map of some places, or Tera's none if none of them has a point.
    pub(super) fn of(&self, places: &[PlaceIx], timeline: &Timeline, locale: &Locale) -> Value {
        let Some(ground) = Ground::of(places, timeline) else { return Value::from(None::<String>) };
        match self.0.get(&ground) {
            Some(slot) => slot.get_or_init(|| locator(&ground, timeline, locale)).clone(),
            None => locator(&ground, timeline, locale),
        }
    }
}

fn locator(ground: &Ground, timeline: &Timeline, locale: &Locale) -> Value {
    let places = ground.places().iter().map(|ix| &timeline[*ix]);
    let points: Vec<(&str, f64, f64)> = places
        .filter_map(|place| place.point.map(|point| (place.entry.title.as_str(), point.lat, point.lon)))
        .collect();
    let names: Vec<&str> = points.iter().map(|(name, ..)| *name).collect();
    let names = names.join(&locale.text("list-separator", &[]));
    let id = ground.places().first().map_or("", |ix| &timeline[*ix].entry.id.id);
    let page = Page::Map.path(timeline).url();
    object! {
        "label": locale.text("locator-label", &[("places", names.into())]),
        "width": LOCATOR_SIZE.0,
        "height": LOCATOR_SIZE.1,
        "ground": Value::safe_string(&ground.path(timeline).url()),
        "marks": Value::safe_string(&locator_marks(&points)),
        "url": Value::safe_string(&format!("{page}#place-{}", SitePath::new(id).url())),
    }
}
