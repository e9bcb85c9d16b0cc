//! Lists of events by year and month, with pages of their own for parts that are too long.

use tera::Value;

use super::Site;
use super::items::items;
use super::paths::{YEAR_EVENTS, year_path};
use crate::content::Importance;
use crate::date::{Month, Shape, year_words};
use crate::theme::RenderError;
use crate::theme::views::map;
use crate::timeline::{EventIx, Year, YearMonth};

/// The most events that a home page shows in full; beyond that, it links to the pages of years.
const HOME_EVENTS: usize = 500;

/// The years of the whole timeline for the home page.
pub(super) fn years(site: &Site, root: &str) -> Result<Vec<Value>, RenderError> {
    let shown = (site.timeline.events.len() <= HOME_EVENTS).then_some(root);
    site.timeline.years.iter().map(|item| year(site, item, shown)).collect()
}

/// A year: its months with their events for a page at `root`, or without `root` only the number of events.
pub(super) fn year(site: &Site, year: &Year, root: Option<&str>) -> Result<Value, RenderError> {
    let locale = &*site.locale;
    let months: Result<Vec<Value>, _> = year.months.iter().map(|item| month(site, year, item, root)).collect();
    Ok(map! {
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

/// The heading above the events of a month.
pub(super) struct Heading {
    /// "November 2017".
    pub full: String,
    /// "November", for use below the heading of its year.
    pub short: String,
}

/// The heading of a month, or of the events of a year whose month is unknown. Every list of events by month uses it.
pub(super) fn heading(site: &Site, year: i64, month: &YearMonth) -> Heading {
    let locale = &*site.locale;
    if let Some(number) = month.month {
        let month = Month { year, month: number };
        return Heading { full: month.words(locale), short: month.name(locale) };
    }
    // Events of an unknown year in a decade sort under its first year, which their sources do not give.
    let year_unknown = month.events.iter().all(|ix| site.timeline[*ix].date.shape() == Shape::Period);
    let words = locale.text(if year_unknown { "year-unknown" } else { "month-unknown" }, &[]);
    Heading { full: words.clone(), short: words }
}

/// A month: its name, its events for a page at `root`, and its own page if the year is divided into months.
pub(super) fn month(site: &Site, year: &Year, month: &YearMonth, root: Option<&str>) -> Result<Value, RenderError> {
    let locale = &*site.locale;
    let own_page = month.month.filter(|_| year.count() > YEAR_EVENTS);
    // A month with a page of its own shows its events only there.
    let shown = root.is_some() && own_page.is_none();
    let events = if shown { month.events.as_slice() } else { &[] };
    Ok(map! {
        "name": heading(site, year.year, month).short,
        "anchor": format!("m{}-{:02}", year.year, month.month.unwrap_or(0)),
        "url": own_page.map(|number| Value::safe_string(&year_path(year.year, Some(number)).url())),
        "count": month.events.len(),
        "count_words": locale.count("events-count", month.events.len()),
        "events": site.events(events),
        "items": items(site, events, root.unwrap_or_default())?,
    })
}

/// The events of importance 1.
pub(super) fn landmarks(site: &Site, events: impl Iterator<Item = EventIx>) -> Vec<Value> {
    let is_landmark = |ix: &EventIx| site.timeline[*ix].importance == Importance::Landmark;
    let landmarks: Vec<EventIx> = events.filter(is_landmark).collect();
    site.events(&landmarks)
}

/// A month on its own page, with all its events.
pub(super) fn month_page(site: &Site, year: &Year, month: &YearMonth, root: &str) -> Result<Value, RenderError> {
    let alone = Year { year: year.year, months: Vec::new() };
    self::month(site, &alone, month, Some(root))
}
