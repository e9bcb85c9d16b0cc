//! The map page.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use fluent_bundle::FluentValue;
use tera::Value;

use super::head::Head;
use super::writer::PageWriter;
use crate::figures::map::{self, Labels, Spot};
use crate::outputs::draft::Draft;
use crate::outputs::values;
use crate::timeline::{EventIx, PlaceIx};

impl<'a> PageWriter<'a> {
    /// Returns the map page. Places with a point are on the map and in the table below it, the others in a list.
    pub(super) fn map(&self) -> Draft<'a> {
        let timeline = self.timeline();
        let (title, intro) = (self.word("map"), self.word("map-intro"));
        let mut context =
            self.context(Head { description: Some(&intro), breadcrumb: self.trail(), ..Head::new(&title) });
        let mut by_events: Vec<PlaceIx> = (0..timeline.places.len()).map(PlaceIx).collect();
        by_events.sort_by_key(|ix| Reverse(timeline[*ix].events.len()));
        let most = by_events.first().copied();
        let (entries, elsewhere): (Vec<PlaceIx>, Vec<PlaceIx>) =
            by_events.into_iter().partition(|ix| timeline[*ix].point.is_some());
        let values =
            |list: &[PlaceIx]| Value::from(list.iter().map(|ix| self.site.values.place(*ix)).collect::<Vec<_>>());
        context.insert("intro", intro.as_str());
        context.insert("says", self.most_and_focus(most));
        context.insert("map", self.drawn(&entries));
        context.insert("entries", values(&entries));
        context.insert("elsewhere", values(&elsewhere));
        self.write("map.html", context)
    }

    /// Returns what the numbers say: which place has the most events, and how many are in the country that the map is
    /// about, unless the place is in that country. `None` if no place has two events.
    fn most_and_focus(&self, most: Option<PlaceIx>) -> Option<String> {
        let timeline = self.timeline();
        let most = &timeline[most?];
        if most.events.len() < 2 {
            return None;
        }
        let sentence = |key: &str, name: &str, count: usize| {
            let all = timeline.events.len().max(1);
            let share = (100 * count + all / 2) / all;
            let numbers = [("count", count), ("all", all), ("share", share)];
            let numbers = numbers.map(|(name, number)| (name, FluentValue::from(number)));
            self.locale().text(key, &[&numbers[..], &[("name", name.into())]].concat())
        };
        let mut says = sentence("map-most", &most.entry.title, most.events.len());
        let country = timeline.focus.first().and_then(|place| timeline[*place].country.as_deref());
        if let Some(country) = country.filter(|country| most.country.as_deref() != Some(*country)) {
            let there = timeline.places.iter().filter(|place| place.country.as_deref() == Some(country));
            let events: BTreeSet<EventIx> = there.flat_map(|place| &place.events).copied().collect();
            says.push(' ');
            says.push_str(&sentence("map-focus", &self.locale().country(country), events.len()));
        }
        Some(says)
    }

    /// Returns the map of some places, or Tera's none if none of them has a point.
    fn drawn(&self, places: &[PlaceIx]) -> Value {
        let known = |ix: &PlaceIx| {
            let place = &self.timeline()[*ix];
            let url = format!("{}{}", self.root, place.entry.path().url());
            Some((place, place.point?, url, self.counted_events(*ix), self.timeline().focus.contains(ix)))
        };
        let known: Vec<_> = places.iter().filter_map(known).collect();
        let spots: Vec<Spot<'_>> = known
            .iter()
            .map(|(place, point, url, words, is_focus)| Spot {
                id: &place.entry.id.id,
                name: &place.entry.title,
                url,
                lat: point.lat,
                lon: point.lon,
                count: place.events.len(),
                words,
                is_focus: *is_focus,
            })
            .collect();
        let events = |count: usize| self.locale().count("events-count", count);
        let (title, description) = (self.word("map-label"), self.word("map-description"));
        let svg = map::map(&spots, &Labels { title: &title, description: &description, events: &events });
        if svg.is_empty() { Value::from(None::<String>) } else { Value::safe_string(&svg) }
    }

    /// Returns how many events a place has, and when: `31 events, 2011–2024`.
    fn counted_events(&self, ix: PlaceIx) -> String {
        let events = &self.timeline()[ix].events;
        let count = self.locale().count("events-count", events.len());
        match values::span(self.timeline(), events, self.locale()) {
            Some(span) => format!("{count}, {span}"),
            _ => count,
        }
    }
}
