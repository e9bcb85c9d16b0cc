//! Dates in words, never saying more than the source does.
//!
//! The words themselves are phrases of the interface language (`date-…` in `locales/`); what is decided here is
//! which phrase a date takes and what goes into it.

use edtf_core::{
    Date, DateField, DateTime, Edtf, Interval, IntervalEndpoint, Precision, Set, SetElement, SetKind, TimeShift, Year,
    YearKind,
};

use super::{Day, EdtfDate, Shape};

/// Where phrases come from: an interface language.
pub trait Phrases {
    /// The phrase of a key with its arguments filled in.
    fn phrase(&self, key: &str, arguments: &[(&str, &str)]) -> String;
}

/// A month of a year, for headings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month {
    /// Astronomical year.
    pub year: i64,
    /// Month, 1 to 12.
    pub month: u8,
}

impl Month {
    /// "November 2017".
    #[must_use]
    pub fn words(self, phrases: &dyn Phrases) -> String {
        let (month, year) = (month_name(self.month, phrases), year_words(self.year, phrases));
        phrases.phrase("date-month", &[("month", &month), ("year", &year)])
    }

    /// "November".
    #[must_use]
    pub fn name(self, phrases: &dyn Phrases) -> String {
        month_name(self.month, phrases)
    }
}

/// A year in words: `2017`, `45 BC`.
#[must_use]
pub fn year_words(year: i64, phrases: &dyn Phrases) -> String {
    if year > 0 {
        return year.to_string();
    }
    let before_christ = year.unsigned_abs() + 1;
    phrases.phrase("date-bc", &[("year", &before_christ.to_string())])
}

impl Day {
    /// "20 November 2017".
    #[must_use]
    pub fn words(self, phrases: &dyn Phrases) -> String {
        let month = month_name(self.month, phrases);
        let year = year_words(self.year, phrases);
        let arguments = [("day", self.day.to_string()), ("month", month), ("year", year)];
        filled(phrases, "date-day", &arguments)
    }
}

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

    /// How well the date is known, where it is less than a plain day or range: `the day is not known`.
    #[must_use]
    pub fn precision_words(&self, phrases: &dyn Phrases) -> Option<String> {
        let mut parts = Vec::new();
        match self.shape() {
            Shape::Day | Shape::Days => {}
            Shape::Open => parts.push(self.open_words(phrases)),
            shape => parts.push(phrases.phrase(&format!("precision-{}", shape.name()), &[])),
        }
        if self.is_approximate() {
            parts.push(phrases.phrase("precision-approximate", &[]));
        }
        if self.is_uncertain() {
            parts.push(phrases.phrase("precision-uncertain", &[]));
        }
        (!parts.is_empty()).then(|| parts.join(&phrases.phrase("list-separator", &[])))
    }

    fn open_words(&self, phrases: &dyn Phrases) -> String {
        let key = match &self.edtf {
            Edtf::Interval(Interval { end: IntervalEndpoint::Open, .. }) => "precision-open-end",
            Edtf::Interval(Interval { end: IntervalEndpoint::Unknown, .. }) => "precision-unknown-end",
            Edtf::Interval(Interval { start: IntervalEndpoint::Unknown, .. }) => "precision-unknown-start",
            Edtf::Interval(_) => "precision-open-start",
            _ => "precision-open",
        };
        phrases.phrase(key, &[])
    }
}

fn filled(phrases: &dyn Phrases, key: &str, arguments: &[(&str, String)]) -> String {
    let borrowed: Vec<_> = arguments.iter().map(|(name, value)| (*name, value.as_str())).collect();
    phrases.phrase(key, &borrowed)
}

fn month_name(month: u8, phrases: &dyn Phrases) -> String {
    phrases.phrase(&format!("month-{month}"), &[])
}

/// A date with its qualifiers: on the whole, or part by part where they differ.
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
        words = phrases.phrase("date-approximate", &[("date", &words)]);
    }
    if whole(&uncertain) {
        words = phrases.phrase("date-uncertain", &[("date", &words)]);
    }
    for (key, parts) in [("date-part-approximate", approximate), ("date-part-uncertain", uncertain)] {
        let marked: Vec<String> =
            parts.iter().filter(|(_, marked)| *marked).map(|(part, _)| phrases.phrase(part, &[])).collect();
        if !marked.is_empty() && !whole(&parts) {
            let marked = marked.join(&phrases.phrase("list-and", &[]));
            words = phrases.phrase(key, &[("date", &words), ("parts", &marked)]);
        }
    }
    words
}

/// A date without its qualifiers.
fn bare_words(date: &Date, phrases: &dyn Phrases) -> String {
    let Some(year) = date.year.value() else {
        return masked_year_words(date, phrases);
    };
    let year_text = match date.year.significant_digits {
        Some(digits) => {
            filled(phrases, "date-significant", &[("year", year_words(year, phrases)), ("digits", digits.to_string())])
        }
        None => year_words(year, phrases),
    };
    let Some(month) = date.month else {
        return phrases.phrase("date-year", &[("year", &year_text)]);
    };
    let Some(number) = month.value() else {
        return masked_month_words(date, month, &year_text, phrases);
    };
    if number > 12 {
        return phrases.phrase(&format!("season-{number}"), &[("year", &year_text)]);
    }
    let month = month_name(number, phrases);
    let Some(day) = date.day else {
        return phrases.phrase("date-month", &[("month", &month), ("year", &year_text)]);
    };
    let Some(day) = day.value() else {
        let inside = phrases.phrase("date-month", &[("month", &month), ("year", &year_text)]);
        return masked_day_words(date, day, &inside, phrases);
    };
    let day = day.to_string();
    phrases.phrase("date-day", &[("day", &day), ("month", &month), ("year", &year_text)])
}

/// `201X` is a year in the 2010s; `20XX` a year from 2000 to 2099; other masks are given as written.
fn masked_year_words(date: &Date, phrases: &dyn Phrases) -> String {
    let only_year = date.month.is_none();
    match date.year.kind {
        YearKind::Standard { negative: false, digits: [Some(a), Some(b), Some(c), None] } if only_year => {
            let decade = format!("{a}{b}{c}0");
            phrases.phrase("date-decade", &[("decade", &decade)])
        }
        YearKind::Standard { negative: false, digits: [Some(a), Some(b), None, None] } if only_year => {
            let (from, to) = (format!("{a}{b}00"), format!("{a}{b}99"));
            phrases.phrase("date-years", &[("from", &from), ("to", &to)])
        }
        _ => as_written(date, phrases),
    }
}

fn masked_month_words(date: &Date, month: DateField, year: &str, phrases: &dyn Phrases) -> String {
    let wholly = month.digits == [None, None];
    match date.day {
        None if wholly => phrases.phrase("date-some-month", &[("year", year)]),
        Some(day) if wholly && day.digits == [None, None] => phrases.phrase("date-some-day-of", &[("period", year)]),
        _ => as_written(date, phrases),
    }
}

fn masked_day_words(date: &Date, day: DateField, inside: &str, phrases: &dyn Phrases) -> String {
    if day.digits == [None, None] {
        return phrases.phrase("date-some-day-of", &[("period", inside)]);
    }
    let bounds = Edtf::Date(*date).bounds();
    match (super::known(bounds.earliest), super::known(bounds.latest), day.digits) {
        (Some(from), Some(to), [Some(_), None]) => {
            filled(phrases, "date-between", &[("from", from.day.to_string()), ("to", to.words(phrases))])
        }
        _ => as_written(date, phrases),
    }
}

fn as_written(date: &Date, phrases: &dyn Phrases) -> String {
    let mut plain = *date;
    plain.year = Year { qualifier: edtf_core::Qualifier::default(), ..plain.year };
    for field in [&mut plain.month, &mut plain.day].into_iter().flatten() {
        field.qualifier = edtf_core::Qualifier::default();
    }
    let written = Edtf::Date(plain).to_string();
    phrases.phrase("date-as-written", &[("edtf", &written)])
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

/// Two plain dates share the month or the year that they have in common: `20–22 November 2017`.
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
    let parts: Vec<String> = set
        .elements
        .iter()
        .map(|element| match element {
            SetElement::Date(date) => date_words(date, phrases),
            SetElement::OnOrBefore(date) => {
                phrases.phrase("date-on-or-before", &[("date", &date_words(date, phrases))])
            }
            SetElement::OnOrAfter(date) => phrases.phrase("date-on-or-after", &[("date", &date_words(date, phrases))]),
            SetElement::Range(from, to) => range_words(from, to, phrases),
        })
        .collect();
    let key = match set.kind {
        SetKind::OneMember => "list-or",
        SetKind::AllMembers => "list-and",
    };
    match parts.as_slice() {
        [first @ .., last] if !first.is_empty() => {
            let separator = phrases.phrase("list-separator", &[]);
            format!("{}{}{last}", first.join(&separator), phrases.phrase(key, &[]))
        }
        _ => parts.concat(),
    }
}
