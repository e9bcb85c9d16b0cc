//! The map page.

use std::cmp::Reverse;

use tera::Value;

use super::head::Head;
use super::writer::PageWriter;
use crate::figures::map::{self, Labels, Spot};
use crate::outputs::draft::Draft;
use crate::outputs::values;
use crate::timeline::PlaceIx;

impl<'a> PageWriter<'a> {
    /// Every place that has a point on the map, every place in the lists below it.
    pub fn map(&self) -> Draft<'a> {
        let timeline = self.timeline();
        let (title, intro) = (self.word("map"), self.word("map-intro"));
        let mut context =
            self.context(Head { description: Some(&intro), breadcrumb: self.trail(), ..Head::new(&title) });
        let mut by_events: Vec<PlaceIx> = (0..timeline.places.len()).map(PlaceIx).collect();
        by_events.sort_by_key(|ix| Reverse(timeline[*ix].events.len()));
        let (entries, elsewhere): (Vec<PlaceIx>, Vec<PlaceIx>) =
            by_events.into_iter().partition(|ix| timeline[*ix].point.is_some());
        let values =
            |list: &[PlaceIx]| Value::from(list.iter().map(|ix| self.site.values.place(*ix)).collect::<Vec<_>>());
        context.insert("intro", intro.as_str());
        context.insert("map", self.drawn(&entries));
        context.insert("entries", values(&entries));
        context.insert("elsewhere", values(&elsewhere));
        self.write("map.html", context)
    }

    /// The map of some places; `None` if there are none.
    fn drawn(&self, places: &[PlaceIx]) -> Value {
        let known = |ix: &PlaceIx| {
            let place = &self.timeline()[*ix];
            let url = format!("{}{}", self.root, place.entry.path().url());
            Some((place, place.point?, url, self.counted_events(*ix)))
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
        let events = |count: usize| self.locale().count("events-count", count);
        let (title, description) = (self.word("map-label"), self.word("map-description"));
        let svg = map::map(&spots, &Labels { title: &title, description: &description, events: &events });
        if svg.is_empty() { Value::from(None::<String>) } else { Value::safe_string(&svg) }
    }

    /// How many events a place has, and when: `31 events, 2011–2024`.
    fn counted_events(&self, ix: PlaceIx) -> String {
        let events = &self.timeline()[ix].events;
        let count = self.locale().count("events-count", events.len());
        match values::span(self.timeline(), events, self.locale()) {
            Some(span) => format!("{count}, {span}"),
            _ => count,
        }
    }
}
