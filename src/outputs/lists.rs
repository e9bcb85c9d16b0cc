//! Lists of events as pages show them: by year and month, with what is too long left to pages of their own.

use tera::Value;

use super::Site;
use super::plan::{YEAR_EVENTS, year_path};
use crate::content::Importance;
use crate::date::{Month, year_words};
use crate::timeline::{EventIx, Year, YearMonth};
use crate::value_map as map;

/// A home page shows every event up to this many; beyond, years lead to their own pages.
const HOME_EVENTS: usize = 500;

/// The years of the whole timeline for the home page.
pub(super) fn years(site: &Site) -> Vec<Value> {
    let show_all = site.timeline.events.len() <= HOME_EVENTS;
    site.timeline.years.iter().map(|item| year(site, item, show_all)).collect()
}

/// A year: its months with their events, or only how many there are.
pub(super) fn year(site: &Site, year: &Year, show_all: bool) -> Value {
    let locale = &*site.locale;
    let months: Vec<Value> = year.months.iter().map(|item| month(site, year, item, show_all)).collect();
    map! {
        "name": year_words(year.year, locale),
        "url": Value::safe_string(&year_path(year.year, None).url()),
        "anchor": format!("y{}", year.year),
        "count": year.count(),
        "count_words": locale.count("events-count", year.count()),
        "months": months,
        "complete": show_all,
    }
}

/// A month: its name, its events, and its own page where the year is spread over months.
pub(super) fn month(site: &Site, year: &Year, month: &YearMonth, show_all: bool) -> Value {
    let locale = &*site.locale;
    let of_year = |number| Month {
        year: year.year,
        month: number,
    };
    let name = month.month.map_or_else(|| locale.text("month-unknown", &[]), |number| of_year(number).name(locale));
    let own_page = month.month.filter(|_| year.count() > YEAR_EVENTS);
    map! {
        "name": name,
        "anchor": format!("m{}-{:02}", year.year, month.month.unwrap_or(0)),
        "url": own_page.map(|number| Value::safe_string(&year_path(year.year, Some(number)).url())),
        "count": month.events.len(),
        "count_words": locale.count("events-count", month.events.len()),
        "events": if show_all { site.views.events(&month.events) } else { Vec::new() },
    }
}

/// The events that changed the course of things.
pub(super) fn landmarks(site: &Site, events: impl Iterator<Item = EventIx>) -> Vec<Value> {
    let is_landmark = |ix: &EventIx| site.timeline[*ix].importance == Importance::Landmark;
    let landmarks: Vec<EventIx> = events.filter(is_landmark).collect();
    site.views.events(&landmarks)
}
