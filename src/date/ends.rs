//! The first and last calendar date that an EDTF date may mean, for formats with a year, a month and a day instead of EDTF,
//! such as CSL-JSON and TimelineJS. Neither is more exact than the date.

use edtf_core::{Date, Edtf, IntervalEndpoint, Precision};

use super::{Day, EdtfDate};

/// A year, a year with a month, or a full date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CalendarDate {
    /// Astronomical year.
    pub year: i64,
    /// Month, 1 to 12.
    pub month: Option<u8>,
    /// Day of the month, 1 to 31; `None` if the month is.
    pub day: Option<u8>,
}

impl From<Day> for CalendarDate {
    fn from(day: Day) -> Self {
        Self { year: day.year, month: Some(day.month), day: Some(day.day) }
    }
}

/// The first and the last date; `None` for one that is open or unknown.
pub(super) type Ends = (Option<CalendarDate>, Option<CalendarDate>);

impl EdtfDate {
    /// Returns the first and the last calendar date that may be meant. They are equal for a day, a month and a year; a season
    /// or a decade is a span of months or years. Qualifiers (`~`, `?`, `%`) do not widen it.
    #[must_use]
    pub fn ends(&self) -> Ends {
        match &self.edtf {
            Edtf::Date(date) => ends_between(date, self.earliest, self.latest),
            Edtf::DateTime(instant) => ends_of(&instant.date),
            Edtf::Interval(interval) => (
                of_endpoint(&interval.start).and_then(|date| ends_of(&date).0),
                of_endpoint(&interval.end).and_then(|date| ends_of(&date).1),
            ),
            Edtf::Set(_) => reduced(self.earliest, self.latest),
        }
    }

    /// Returns the time of day as written, without its zone: hour, minute, second. `None` if the date has no time.
    #[must_use]
    pub fn time_of_day(&self) -> Option<(u8, u8, u8)> {
        match &self.edtf {
            Edtf::DateTime(instant) => Some((instant.time.hour, instant.time.minute, instant.time.second)),
            _ => None,
        }
    }
}

const fn of_endpoint(endpoint: &IntervalEndpoint) -> Option<Date> {
    match endpoint {
        IntervalEndpoint::Date(date) => Some(*date),
        // `..2017` and `2017..` are open on one side, and the date is only a bound.
        IntervalEndpoint::OnOrBefore(_) | IntervalEndpoint::OnOrAfter(_) => None,
        IntervalEndpoint::Open | IntervalEndpoint::Unknown => None,
    }
}

fn ends_of(date: &Date) -> Ends {
    let bounds = Edtf::Date(*date).bounds();
    ends_between(date, Day::at(bounds.earliest), Day::at(bounds.latest))
}

/// Returns the ends of a single date, given the first and the last day that it may mean.
fn ends_between(date: &Date, first: Option<Day>, last: Option<Day>) -> Ends {
    let is_plain = !date.has_unspecified() && date.year.significant_digits.is_none();
    let own = first.filter(|_| is_plain).and_then(|first| {
        let (month, day) = match date.precision() {
            Precision::Day => (Some(first.month), Some(first.day)),
            Precision::Month => (Some(first.month), None),
            Precision::Year => (None, None),
            Precision::Season => return None,
        };
        Some(CalendarDate { year: first.year, month, day })
    });
    own.map_or_else(|| reduced(first, last), |own| (Some(own), Some(own)))
}

/// Removes the parts of two bounds that add nothing: whole years become years, whole months become months.
fn reduced(first: Option<Day>, last: Option<Day>) -> Ends {
    let (Some(first), Some(last)) = (first, last) else { return (first.map(Into::into), last.map(Into::into)) };
    let has_days = first.day != 1 || !last.is_last_of_month();
    let is_whole_years = !has_days && (first.month, last.month) == (1, 12);
    let part = |day: Day| CalendarDate {
        year: day.year,
        month: Some(day.month).filter(|_| !is_whole_years),
        day: Some(day.day).filter(|_| has_days),
    };
    (Some(part(first)), Some(part(last)))
}

#[cfg(test)]
mod tests {
    use super::EdtfDate;

    #[test]
    fn no_end_has_more_parts_than_its_date() {
        let ends = |text: &str| {
            let (first, last) = EdtfDate::parse(text).expect("it is a date").ends();
            let shown = |end: Option<super::CalendarDate>| match end {
                None => "..".to_owned(),
                Some(end) => [Some(end.year), end.month.map(i64::from), end.day.map(i64::from)]
                    .into_iter()
                    .flatten()
                    .map(|part| part.to_string())
                    .collect::<Vec<_>>()
                    .join("-"),
            };
            format!("{} {}", shown(first), shown(last))
        };
        for (text, expected) in [
            ("2017-11-20", "2017-11-20 2017-11-20"),
            ("2017-11~", "2017-11 2017-11"),
            ("2017", "2017 2017"),
            ("201X", "2010 2019"),
            ("2017-21", "2017-3 2017-5"),
            ("2017-11-XX", "2017-11 2017-11"),
            ("2017-XX-20", "2017-1-20 2017-12-20"),
            ("2017-01-01/2017-03-31", "2017-1-1 2017-3-31"),
            ("2017-01/2017-03", "2017-1 2017-3"),
            ("2011-03-15/..", "2011-3-15 .."),
            ("../2011-03", ".. 2011-3"),
            ("[2013-08-20,2013-08-21]", "2013-8-20 2013-8-21"),
            ("2017-11-20T09:30:00Z", "2017-11-20 2017-11-20"),
            ("-0044-03-15", "-44-3-15 -44-3-15"),
        ] {
            assert_eq!(ends(text), expected, "{text}");
        }
    }
}
