//! Lists of events as pages show them: by year and month, with what is too long left to pages of their own.

use tera::Value;

use super::items::items;
use crate::content::Importance;
use crate::date::{Month, Shape, year_words};
use crate::outputs::Site;
use crate::outputs::paths::{YEAR_EVENTS, year_path};
use crate::outputs::values::object;
use crate::theme::RenderError;
use crate::timeline::{EventIx, Year, YearMonth};

/// A home page shows every event up to this many; beyond, years lead to their own pages.
const HOME_EVENTS: usize = 500;

/// The years of the whole timeline for the home page.
pub(in crate::outputs) fn years(site: &Site, root: &str) -> Result<Vec<Value>, RenderError> {
    let shown = (site.timeline.events.len() <= HOME_EVENTS).then_some(root);
    site.timeline.years.iter().map(|item| year(site, item, shown)).collect()
}

/// A year: its months with their events for a page at `root`, or without one only how many there are.
pub(in crate::outputs) fn year(site: &Site, year: &Year, root: Option<&str>) -> Result<Value, RenderError> {
    let locale = &*site.locale;
    let months: Result<Vec<Value>, _> = year.months.iter().map(|item| month(site, year, item, root)).collect();
    Ok(object! {
        "name": year_words(year.year, locale),
        "number": year.year,
        "url": Value::safe_string(&year_path(year.year, None).url()),
        "anchor": format!("y{}", year.year),
        "count": year.count(),
        "count_words": locale.count("events-count", year.count()),
        "months": months?,
        "complete": root.is_some(),
    })
}

/// What stands above the events of a month.
pub(in crate::outputs) struct Heading {
    /// "November 2017".
    pub full: String,
    /// "November": below the heading of its year.
    pub short: String,
}

/// The heading of a month, or of the events of a year that have none. Every list of events by month takes it from here.
pub(in crate::outputs) fn heading(site: &Site, year: i64, month: &YearMonth) -> Heading {
    let locale = &*site.locale;
    if let Some(number) = month.month {
        let month = Month { year, month: number };
        return Heading { full: month.words(locale), short: month.name(locale) };
    }
    // Events of some year of a decade sort at its first, which nobody has named.
    let year_unknown = month.events.iter().all(|ix| site.timeline[*ix].date.shape() == Shape::Period);
    let words = locale.text(if year_unknown { "year-unknown" } else { "month-unknown" }, &[]);
    Heading { full: words.clone(), short: words }
}

/// A month: its name, its events for a page at `root`, and its own page where the year is spread over months.
pub(in crate::outputs) fn month(
    site: &Site,
    year: &Year,
    month: &YearMonth,
    root: Option<&str>,
) -> Result<Value, RenderError> {
    let locale = &*site.locale;
    let own_page = month.month.filter(|_| year.count() > YEAR_EVENTS);
    // A month with a page of its own leaves its events to that.
    let shown = root.is_some() && own_page.is_none();
    let events = if shown { month.events.as_slice() } else { &[] };
    Ok(object! {
        "name": heading(site, year.year, month).short,
        "anchor": format!("m{}-{:02}", year.year, month.month.unwrap_or(0)),
        "url": own_page.map(|number| Value::safe_string(&year_path(year.year, Some(number)).url())),
        "count": month.events.len(),
        "count_words": locale.count("events-count", month.events.len()),
        "events": site.events(events),
        "items": items(site, events, root.unwrap_or_default())?,
    })
}

/// The events that changed the course of things.
pub(in crate::outputs) fn landmarks(site: &Site, events: impl Iterator<Item = EventIx>) -> Vec<Value> {
    let is_landmark = |ix: &EventIx| site.timeline[*ix].importance == Importance::Landmark;
    let landmarks: Vec<EventIx> = events.filter(is_landmark).collect();
    site.events(&landmarks)
}

/// A month on its own page, with all its events.
pub(in crate::outputs) fn month_page(
    site: &Site,
    year: &Year,
    month: &YearMonth,
    root: &str,
) -> Result<Value, RenderError> {
    let alone = Year { year: year.year, months: Vec::new() };
    self::month(site, &alone, month, Some(root))
}
