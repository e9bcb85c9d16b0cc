//! Lists of events by year and month, with pages of their own for parts that are too long.

use tera::Value;

use super::page::{Page, is_spread};
use super::writer::PageWriter;
use crate::content::Importance;
use crate::date::{Month, Shape, year_words};
use crate::outputs::values::object;
use crate::theme::Locale;
use crate::timeline::{EventIx, Timeline, YearMonth};

/// The most events that a home page shows in full; beyond that, it links to the pages of years.
const HOME_EVENTS: usize = 500;
/// How many of the latest events the home page names before the timeline.
const LATEST: usize = 3;
/// The level of an event's heading below those of its year and month.
const BELOW_MONTH: u8 = 4;
/// The level of an event's heading below one other.
pub(super) const BELOW_ONE: u8 = 3;

/// The heading above the events of a month.
pub(super) struct Heading {
    /// "November 2017".
    pub full: String,
    /// "November", for use below the heading of its year.
    pub short: String,
}

/// Returns the heading of a month, or of the events of a year whose month is unknown. Every list of events by month uses
/// it.
pub(super) fn heading(year: i64, month: &YearMonth, timeline: &Timeline, locale: &Locale) -> Heading {
    if let Some(number) = month.month {
        let month = Month { year, month: number };
        return Heading { full: month.words(locale), short: month.name(locale) };
    }
    // Events of an unknown year in a decade sort under its first year, which their sources do not give.
    let year_unknown = month.events.iter().all(|ix| timeline[*ix].date.shape() == Shape::Period);
    let words = locale.text(if year_unknown { "year-unknown" } else { "month-unknown" }, &[]);
    Heading { full: words.clone(), short: words }
}

impl PageWriter<'_> {
    /// Returns the years of the whole timeline for the home page. If it has more than [`HOME_EVENTS`] events, the years
    /// come without them.
    pub(super) fn years(&self) -> Vec<Value> {
        let timeline = self.timeline();
        let level = (timeline.events.len() <= HOME_EVENTS).then_some(BELOW_MONTH);
        (0..timeline.years.len()).map(|number| self.listed_year(number, level)).collect()
    }

    /// Returns a year, by its position in the timeline: its months with their events, whose headings have this level, or
    /// without a level only how many there are.
    pub(super) fn listed_year(&self, number: usize, level: Option<u8>) -> Value {
        let (year, locale) = (&self.timeline().years[number], self.locale());
        let month = |item: &YearMonth| match item.month.filter(|_| is_spread(year)) {
            // A month with a page of its own shows its events only there.
            Some(month) => self.listed_month(year.year, item, None, Some(&Page::Month(number, month))),
            None => self.listed_month(year.year, item, level, None),
        };
        let months: Vec<Value> = year.months.iter().map(month).collect();
        object! {
            "name": year_words(year.year, locale),
            "number": year.year,
            "url": self.url(&Page::Year(number)),
            "anchor": format!("y{}", year.year),
            "count": year.count(),
            "count_words": locale.count("events-count", year.count()),
            "months": months,
            "complete": level.is_some(),
        }
    }

    /// Returns a month with its events, whose headings have this level, or without a level only how many there are. It
    /// links to `own_page`, if it has one.
    pub(super) fn listed_month(
        &self,
        year: i64,
        month: &YearMonth,
        level: Option<u8>,
        own_page: Option<&Page>,
    ) -> Value {
        let locale = self.locale();
        let events = if level.is_some() { month.events.as_slice() } else { &[] };
        object! {
            "name": heading(year, month, self.timeline(), locale).short,
            "anchor": format!("m{}-{:02}", year, month.month.unwrap_or(0)),
            "url": own_page.map(|page| self.url(page)),
            "count": month.events.len(),
            "count_words": locale.count("events-count", month.events.len()),
            "events": self.events(events),
            "items": self.items(events, level.unwrap_or(BELOW_ONE)),
        }
    }

    /// Returns links to the latest events of the timeline, latest first.
    pub(super) fn latest(&self) -> Value {
        let last: Vec<EventIx> = self.timeline().all_events().rev().take(LATEST).collect();
        self.event_links(&last)
    }

    /// Returns links to those of the events that are landmarks (importance 1).
    pub(super) fn landmarks(&self, events: impl Iterator<Item = EventIx>) -> Value {
        let is_landmark = |ix: &EventIx| self.timeline()[*ix].importance == Importance::Landmark;
        let landmarks: Vec<EventIx> = events.filter(is_landmark).collect();
        self.event_links(&landmarks)
    }
}
