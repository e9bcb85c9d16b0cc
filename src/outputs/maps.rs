//! The map page, and the small maps in the pages of events and places.
//!
//! Events that were at the same places show the same small map, so each is drawn once, when the first page needs it.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use tera::Value;

use super::Site;
use super::head::{Head, context};
use crate::figures::map::{self, Spot, Words};
use crate::id::SitePath;
use crate::theme::RenderError;
use crate::theme::views::map;
use crate::timeline::{Event, Place, PlaceIx, Timeline};

/// Where the map page is written.
pub(super) const MAP: &str = "map.html";

/// The map page: every place with a point is on the map, and every place is in the lists below it.
pub(super) fn map(site: &Site, path: &SitePath) -> Result<Vec<u8>, RenderError> {
    let word = |key: &str| site.locale.text(key, &[]);
    let (title, intro) = (word("map"), word("map-intro"));
    let breadcrumb = vec![(word("timeline"), "index.html".to_owned())];
    let mut context = context(site, path, Head { description: Some(&intro), breadcrumb, ..Head::new(&title) });
    let mut by_events: Vec<PlaceIx> = (0..site.timeline.places.len()).map(PlaceIx).collect();
    by_events.sort_by_key(|ix| std::cmp::Reverse(site.timeline[*ix].events.len()));
    let (entries, elsewhere): (Vec<PlaceIx>, Vec<PlaceIx>) =
        by_events.into_iter().partition(|ix| site.timeline[*ix].point.is_some());
    let values = |list: &[PlaceIx]| Value::from(list.iter().map(|ix| site.views.place(*ix)).collect::<Vec<_>>());
    context.insert_value("intro", Value::from(intro.as_str()));
    context.insert_value("map", drawn(site, &path.root(), &entries));
    context.insert_value("entries", values(&entries));
    context.insert_value("elsewhere", values(&elsewhere));
    site.engine.render("map.html", &context)
}

/// The map of some places; `None` if there are none.
fn drawn(site: &Site, root: &str, places: &[PlaceIx]) -> Value {
    let known = |ix: &PlaceIx| {
        let place = &site.timeline[*ix];
        let (url, words) = said(site, root, *ix);
        Some((place, place.point?, url, words))
    };
    let known: Vec<_> = places.iter().filter_map(known).collect();
    let spots: Vec<Spot<'_>> = known
        .iter()
        .map(|(place, point, url, words)| Spot {
            id: &place.entry.id.id,
            name: &place.entry.title,
            url,
            lat: point.lat,
            lon: point.lon,
            count: place.events.len(),
            words,
        })
        .collect();
    let events = |count: usize| site.locale.count("events-count", count);
    let (title, description) = (site.locale.text("map-label", &[]), site.locale.text("map-description", &[]));
    let svg = map::map(&spots, &Words { title: &title, description: &description, events: &events });
    if svg.is_empty() { Value::from(None::<String>) } else { Value::safe_string(&svg) }
}

/// A place's address, and its number of events and their years in words.
fn said(site: &Site, root: &str, ix: PlaceIx) -> (String, String) {
    let value = site.views.place(ix);
    let field = |name: &str| value.get_from_path(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let (count, span) = (field("count_words"), field("span"));
    let words = if span.is_empty() { count } else { format!("{count}, {span}") };
    (format!("{root}{}", site.timeline[ix].entry.path().url()), words)
}

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
}

/// The small map of an event; `None` if none of its places has a point.
pub(super) fn of_event(site: &Site, event: &Event) -> Value {
    let places = with_point(&site.timeline, &event.places);
    match places.as_slice() {
        [] => Value::from(None::<String>),
        [place] => of_place(site, *place),
        _ => match site.locators.several.get(&places) {
            Some(slot) => slot.get_or_init(|| locator(site, &places)).clone(),
            None => locator(site, &places),
        },
    }
}

/// The small map of a place; `None` if it has no point.
pub(super) fn of_place(site: &Site, ix: PlaceIx) -> Value {
    if site.timeline[ix].point.is_none() {
        return Value::from(None::<String>);
    }
    site.locators.single[ix.0].get_or_init(|| locator(site, &[ix])).clone()
}

/// The places that have a point, each once.
fn with_point(timeline: &Timeline, places: &[PlaceIx]) -> Vec<PlaceIx> {
    let mut set: Vec<PlaceIx> = places.iter().copied().filter(|ix| timeline[*ix].point.is_some()).collect();
    set.sort_unstable();
    set.dedup();
    set
}

fn locator(site: &Site, places: &[PlaceIx]) -> Value {
    let places: Vec<&Place> = places.iter().map(|ix| &site.timeline[*ix]).collect();
    let named = |place: &&Place| Some((place.entry.title.clone(), place.point?));
    let named: Vec<_> = places.iter().filter_map(named).collect();
    let points: Vec<(&str, f64, f64)> =
        named.iter().map(|(name, point)| (name.as_str(), point.lat, point.lon)).collect();
    let names: Vec<&str> = points.iter().map(|(name, ..)| *name).collect();
    let names = names.join(&site.locale.text("list-separator", &[]));
    let label = site.locale.text("locator-label", &[("places", names.into())]);
    let id = places.first().map_or("", |place| &place.entry.id.id);
    map! {
        "svg": Value::safe_string(&map::locator(&points, &label)),
        "url": Value::safe_string(&format!("{MAP}#place-{}", SitePath::new(id).url())),
    }
}
