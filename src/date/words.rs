//! Dates in words, never saying more than the source does.
//!
//! The words themselves are phrases of the interface language (`date-…` in `locales/`); this file chooses the phrase for a
//! date and fills it in.

use edtf_core::{
    Bound, Date, DateField, DateTime, Edtf, Interval, IntervalEndpoint, Precision, Set, SetElement, SetKind, TimeShift,
};

use super::members::{first_day, members};
use super::phrases::{Phrases, filled, joined, month_name, year_words};
use super::{Day, EdtfDate, Shape, partial};

impl EdtfDate {
    /// The date in words: `20 November 2017`, `about November 2017`, `from 15 March 2011`.
    #[must_use]
    pub fn words(&self, phrases: &dyn Phrases) -> String {
        if self.is_unknown() {
            return phrases.phrase("date-unknown", &[]);
        }
        match &self.edtf {
            Edtf::Date(date) => date_words(date, phrases),
            Edtf::DateTime(instant) => instant_words(instant, phrases),
            Edtf::Interval(interval) => interval_words(interval, phrases),
            Edtf::Set(set) => set_words(set, phrases),
        }
    }

    /// Returns how well the date is known: `the day is not known`. `None` for a day, a range with two ends and a set whose
    /// members all apply, if they have no qualifiers.
    #[must_use]
    pub fn precision_words(&self, phrases: &dyn Phrases) -> Option<String> {
        let mut parts = Vec::new();
        let single = match &self.edtf {
            Edtf::Date(_) | Edtf::Set(_) if !matches!(self.shape(), Shape::Days | Shape::OneOf | Shape::Open) => {
                members(&self.edtf).next()
            }
            _ => None,
        };
        match (self.shape(), single) {
            (_, Some(date)) if date.has_unspecified() && date.month.is_some() => {
                parts.extend(partial::precision(&date, phrases));
            }
            (Shape::Day | Shape::Days, _) => {}
            (Shape::Open, _) => parts.extend(self.open_words(phrases)),
            (shape, _) => parts.push(phrases.phrase(&format!("precision-{}", shape.name()), &[])),
        }
        if self.is_approximate() {
            parts.push(phrases.phrase("precision-approximate", &[]));
        }
        if self.is_uncertain() {
            parts.push(phrases.phrase("precision-uncertain", &[]));
        }
        (!parts.is_empty()).then(|| parts.join(&phrases.phrase("list-separator", &[])))
    }

    /// Returns which ends are open or not known.
    fn open_words(&self, phrases: &dyn Phrases) -> Vec<String> {
        use IntervalEndpoint::{OnOrAfter, OnOrBefore, Open, Unknown};
        let keys = match &self.edtf {
            _ if self.is_open_at_both_ends() => [Some("precision-open-both"), None],
            Edtf::Interval(Interval { start, end }) => [
                match start {
                    Open | OnOrBefore(_) => Some("precision-open-start"),
                    Unknown => Some("precision-unknown-start"),
                    IntervalEndpoint::Date(_) | OnOrAfter(_) => None,
                },
                match end {
                    Open | OnOrAfter(_) => Some("precision-open-end"),
                    Unknown => Some("precision-unknown-end"),
                    IntervalEndpoint::Date(_) | OnOrBefore(_) => None,
                },
            ],
            _ => [Some("precision-open"), None],
        };
        keys.into_iter().flatten().map(|key| phrases.phrase(key, &[])).collect()
    }

    fn is_open_at_both_ends(&self) -> bool {
        let bounds = self.edtf.bounds();
        (bounds.earliest, bounds.latest) == (Bound::NegativeInfinity, Bound::PositiveInfinity)
    }
}

/// Puts a single date with its qualifiers into words. A qualifier of all its parts applies to the whole date; others name their
/// parts.
fn date_words(date: &Date, phrases: &dyn Phrases) -> String {
    let bare = bare_words(date, phrases);
    let qualifiers = |wanted: fn(edtf_core::Qualifier) -> bool| {
        let mut parts = vec![("part-year", wanted(date.year.qualifier))];
        parts.extend(date.month.map(|month| ("part-month", wanted(month.qualifier))));
        parts.extend(date.day.map(|day| ("part-day", wanted(day.qualifier))));
        parts
    };
    let approximate = qualifiers(|q| q.approximate);
    let uncertain = qualifiers(|q| q.uncertain);
    let whole = |parts: &[(&str, bool)]| parts.iter().all(|(_, marked)| *marked);
    let mut words = bare;
    if whole(&approximate) {
        // "About a year in the 2010s" would be odd, and an estimate already says "about".
        let key = if date.has_unspecified() { "date-approximately" } else { "date-approximate" };
        if date.year.significant_digits.is_none() {
            words = phrases.phrase(key, &[("date", &words)]);
        }
    }
    if whole(&uncertain) {
        words = phrases.phrase("date-uncertain", &[("date", &words)]);
    }
    for (key, parts) in [("date-part-approximate", approximate), ("date-part-uncertain", uncertain)] {
        let marked: Vec<String> =
            parts.iter().filter(|(_, marked)| *marked).map(|(part, _)| phrases.phrase(part, &[])).collect();
        if !marked.is_empty() && !whole(&parts) {
            let marked = joined(&marked, "list-and", phrases);
            words = phrases.phrase(key, &[("date", &words), ("parts", &marked)]);
        }
    }
    words
}

/// A date without its qualifiers.
fn bare_words(date: &Date, phrases: &dyn Phrases) -> String {
    let Some(year) = date.year.value().filter(|_| !date.has_unspecified()) else {
        return partial::words(date, phrases);
    };
    let year = match date.year.significant_digits {
        Some(_) => estimate_words(date, year, phrases),
        None => year_words(year, phrases),
    };
    let Some(number) = date.month.and_then(DateField::value) else {
        return phrases.phrase("date-year", &[("year", &year)]);
    };
    if number > 12 {
        return phrases.phrase(&format!("season-{number}"), &[("year", &year)]);
    }
    let month = month_name(number, phrases);
    let Some(day) = date.day.and_then(DateField::value) else {
        return phrases.phrase("date-month", &[("month", &month), ("year", &year)]);
    };
    let day = day.to_string();
    phrases.phrase("date-day", &[("day", &day), ("month", &month), ("year", &year)])
}

/// `1950S2`: a year from 1900 to 1999, estimated as 1950 (ISO 8601-2, section 4.7.4).
fn estimate_words(date: &Date, year: i64, phrases: &dyn Phrases) -> String {
    let latest = Day::at(Edtf::Date(*date).bounds().latest);
    let year = year_words(year, phrases);
    match (first_day(date), latest) {
        (Some(from), Some(to)) if from.year != to.year => {
            let (from, to) = (year_words(from.year, phrases), year_words(to.year, phrases));
            phrases.phrase("date-significant", &[("year", &year), ("from", &from), ("to", &to)])
        }
        _ => year,
    }
}

fn instant_words(instant: &DateTime, phrases: &dyn Phrases) -> String {
    let time = instant.time;
    let clock = if time.second == 0 {
        format!("{:02}:{:02}", time.hour, time.minute)
    } else {
        format!("{:02}:{:02}:{:02}", time.hour, time.minute, time.second)
    };
    let day = bare_words(&instant.date, phrases);
    let arguments = [("date", day.as_str()), ("time", clock.as_str())];
    match time.shift {
        None => phrases.phrase("date-local-time", &arguments),
        Some(TimeShift::Utc | TimeShift::Offset { minutes: 0, .. }) => phrases.phrase("date-utc-time", &arguments),
        Some(TimeShift::Offset { minutes, .. }) => {
            let sign = if minutes < 0 { '−' } else { '+' };
            let (hours, rest) = (minutes.unsigned_abs() / 60, minutes.unsigned_abs() % 60);
            let offset = match rest {
                0 => format!("{sign}{hours}"),
                _ => format!("{sign}{hours}:{rest:02}"),
            };
            let [date, time] = arguments;
            phrases.phrase("date-offset-time", &[date, time, ("offset", &offset)])
        }
    }
}

fn interval_words(interval: &Interval, phrases: &dyn Phrases) -> String {
    use IntervalEndpoint::{Date as At, OnOrAfter, OnOrBefore, Open, Unknown};
    if let (At(from), At(to)) = (&interval.start, &interval.end) {
        return range_words(from, to, phrases);
    }
    let words = |end: &IntervalEndpoint| match end {
        At(date) => date_words(date, phrases),
        OnOrBefore(date) => phrases.phrase("date-on-or-before", &[("date", &date_words(date, phrases))]),
        OnOrAfter(date) => phrases.phrase("date-on-or-after", &[("date", &date_words(date, phrases))]),
        Open | Unknown => String::new(),
    };
    let (from, to) = (words(&interval.start), words(&interval.end));
    match (interval.start, interval.end) {
        (_, Open) => phrases.phrase("date-from", &[("date", &from)]),
        (_, Unknown) => phrases.phrase("date-from-unknown-end", &[("date", &from)]),
        (Open, _) => phrases.phrase("date-until", &[("date", &to)]),
        (Unknown, _) => phrases.phrase("date-until-unknown-start", &[("date", &to)]),
        _ => phrases.phrase("date-range", &[("from", &from), ("to", &to)]),
    }
}

/// Puts a range into words. Two plain dates are shown with a month or year that they share only once: `20–22 November 2017`.
fn range_words(from: &Date, to: &Date, phrases: &dyn Phrases) -> String {
    let plain = |date: &Date| {
        let bare = Edtf::Date(*date);
        !bare.is_approximate() && !bare.is_uncertain() && !bare.has_unspecified()
    };
    let same_year = from.year.value().is_some() && from.year.value() == to.year.value();
    let parts = |date: &Date| (date.month.and_then(DateField::value), date.day.and_then(DateField::value));
    let generic = || {
        let (from, to) = (date_words(from, phrases), date_words(to, phrases));
        phrases.phrase("date-range", &[("from", &from), ("to", &to)])
    };
    if plain(from) && from == to {
        return date_words(from, phrases);
    }
    if !plain(from) || !plain(to) || !same_year || from.precision() == Precision::Season {
        return generic();
    }
    let year = year_words(from.year.value().unwrap_or_default(), phrases);
    let name = |month: u8| month_name(month, phrases);
    match (parts(from), parts(to)) {
        ((Some(m), Some(a)), (Some(n), Some(b))) if m == n => filled(
            phrases,
            "date-days-of-month",
            &[("from", a.to_string()), ("to", b.to_string()), ("month", name(m)), ("year", year)],
        ),
        ((Some(m), Some(a)), (Some(n), Some(b))) => filled(
            phrases,
            "date-days-of-year",
            &[
                ("from", a.to_string()),
                ("from_month", name(m)),
                ("to", b.to_string()),
                ("to_month", name(n)),
                ("year", year),
            ],
        ),
        ((Some(m), None), (Some(n), None)) if m <= 12 && n <= 12 => {
            filled(phrases, "date-months-of-year", &[("from", name(m)), ("to", name(n)), ("year", year)])
        }
        _ => generic(),
    }
}

fn set_words(set: &Set, phrases: &dyn Phrases) -> String {
    let all = set.kind == SetKind::AllMembers;
    let words = |key: &str, date: &Date| phrases.phrase(key, &[("date", &date_words(date, phrases))]);
    let element = |element: &SetElement| match element {
        SetElement::Date(date) => date_words(date, phrases),
        SetElement::OnOrBefore(date) => words(if all { "date-until" } else { "date-on-or-before" }, date),
        SetElement::OnOrAfter(date) => words(if all { "date-from" } else { "date-on-or-after" }, date),
        SetElement::Range(from, to) if all || from == to => range_words(from, to, phrases),
        SetElement::Range(from, to) => one_of_range_words(from, to, phrases),
    };
    let parts: Vec<String> = set.elements.iter().map(element).collect();
    joined(&parts, if all { "list-and" } else { "list-or" }, phrases)
}

/// One day, month or year of a range: `a day from 20 to 25 August 2013`.
fn one_of_range_words(from: &Date, to: &Date, phrases: &dyn Phrases) -> String {
    let key = match from.precision() {
        Precision::Day => "date-between",
        Precision::Month | Precision::Season => "date-month-between",
        Precision::Year => "date-years",
    };
    let number = |field: Option<DateField>| field.and_then(DateField::value);
    let same_year = from.year.value() == to.year.value();
    let first = match (number(from.month), number(from.day)) {
        (Some(_), Some(day)) if same_year && number(from.month) == number(to.month) => day.to_string(),
        (Some(month), Some(day)) if same_year => {
            let month = month_name(month, phrases);
            phrases.phrase("date-day-month", &[("day", &day.to_string()), ("month", &month)])
        }
        (Some(month), None) if same_year && month <= 12 => month_name(month, phrases),
        _ => date_words(from, phrases),
    };
    phrases.phrase(key, &[("from", &first), ("to", &date_words(to, phrases))])
}
