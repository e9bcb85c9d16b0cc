//! The small maps in the pages of events and places.
//!
//! Events that were at the same places show the same small map, so each is drawn once, when the first page needs it.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use tera::Value;

use super::page::Page;
use crate::figures::map;
use crate::id::SitePath;
use crate::outputs::values::object;
use crate::theme::Locale;
use crate::timeline::{Event, Place, PlaceIx, Timeline};

/// The small maps that pages show.
pub(super) struct Locators {
    /// The map of each place.
    single: Vec<OnceLock<Value>>,
    /// The maps of events with several places, by those places.
    several: BTreeMap<Vec<PlaceIx>, OnceLock<Value>>,
}

impl Locators {
    /// A store in which no map is drawn yet.
    pub fn new(timeline: &Timeline) -> Self {
        let sets = timeline.events.iter().map(|event| with_point(timeline, &event.places)).filter(|set| set.len() > 1);
        Self {
            single: std::iter::repeat_with(OnceLock::new).take(timeline.places.len()).collect(),
            several: sets.map(|set| (set, OnceLock::new())).collect(),
        }
    }

    /// The small map of an event; `None` if none of its places has a point.
    pub fn of_event(&self, event: &Event, timeline: &Timeline, locale: &Locale) -> Value {
        let places = with_point(timeline, &event.places);
        match places.as_slice() {
            [] => Value::from(None::<String>),
            [place] => self.of_place(*place, timeline, locale),
            _ => match self.several.get(&places) {
                Some(slot) => slot.get_or_init(|| locator(&places, timeline, locale)).clone(),
                None => locator(&places, timeline, locale),
            },
        }
    }

    /// The small map of a place; `None` if it has no point.
    pub fn of_place(&self, ix: PlaceIx, timeline: &Timeline, locale: &Locale) -> Value {
        if timeline[ix].point.is_none() {
            return Value::from(None::<String>);
        }
        self.single[ix.0].get_or_init(|| locator(&[ix], timeline, locale)).clone()
    }
}

/// The places that have a point, each once.
fn with_point(timeline: &Timeline, places: &[PlaceIx]) -> Vec<PlaceIx> {
    let mut set: Vec<PlaceIx> = places.iter().copied().filter(|ix| timeline[*ix].point.is_some()).collect();
    set.sort_unstable();
    set.dedup();
    set
}

fn locator(places: &[PlaceIx], timeline: &Timeline, locale: &Locale) -> Value {
    let places: Vec<&Place> = places.iter().map(|ix| &timeline[*ix]).collect();
    let named = |place: &&Place| Some((place.entry.title.clone(), place.point?));
    let named: Vec<_> = places.iter().filter_map(named).collect();
    let points: Vec<(&str, f64, f64)> =
        named.iter().map(|(name, point)| (name.as_str(), point.lat, point.lon)).collect();
    let names: Vec<&str> = points.iter().map(|(name, ..)| *name).collect();
    let names = names.join(&locale.text("list-separator", &[]));
    let label = locale.text("locator-label", &[("places", names.into())]);
    let id = places.first().map_or("", |place| &place.entry.id.id);
    let page = Page::Map.path(timeline).url();
    object! {
        "svg": Value::safe_string(&map::locator(&points, &label)),
        "url": Value::safe_string(&format!("{page}#place-{}", SitePath::new(id).url())),
    }
}
