//! The single dates in an expression, and what they say about its year and month.

use edtf_core::{Date, DateField, Edtf, IntervalEndpoint, SetElement, YearKind};

use super::{Day, EdtfDate};

/// Every single date in an expression: the date itself, the ends of an interval, or the members of a set.
pub(super) fn members(edtf: &Edtf) -> impl Iterator<Item = Date> {
    let (one, several) = match edtf {
        Edtf::Date(date) => (Some(*date), Vec::new()),
        Edtf::DateTime(instant) => (Some(instant.date), Vec::new()),
        Edtf::Interval(interval) => {
            (None, [interval.start, interval.end].into_iter().filter_map(|end| dated(&end)).collect())
        }
        Edtf::Set(set) => (None, set.elements.iter().flat_map(of_element).collect()),
    };
    one.into_iter().chain(several)
}

/// The date of an interval's end; `None` if it is open or unknown.
pub(super) const fn dated(endpoint: &IntervalEndpoint) -> Option<Date> {
    match endpoint {
        IntervalEndpoint::Date(date) | IntervalEndpoint::OnOrBefore(date) | IntervalEndpoint::OnOrAfter(date) => {
            Some(*date)
        }
        IntervalEndpoint::Open | IntervalEndpoint::Unknown => None,
    }
}

/// The single dates in a member of a set: two for a range.
pub(super) fn of_element(element: &SetElement) -> Vec<Date> {
    match element {
        SetElement::Date(date) | SetElement::OnOrBefore(date) | SetElement::OnOrAfter(date) => vec![*date],
        SetElement::Range(from, to) => vec![*from, *to],
    }
}

/// The first day that a single date may mean.
pub(super) fn first_day(date: &Date) -> Option<Day> {
    Day::at(Edtf::Date(*date).bounds().earliest)
}

/// Whether the millennium of a date is unknown: `XXXX`, but also `X9XX`.
fn has_unknown_year(date: &Date) -> bool {
    matches!(date.year.kind, YearKind::Standard { digits: [None, ..], .. })
}

fn is_blank(field: Option<DateField>) -> bool {
    field.is_none_or(|field| field.digits == [None, None])
}

/// Whether nothing of a date is known: `XXXX`, `XXXX-XX-XX`, with or without a qualifier.
fn says_nothing(date: &Date) -> bool {
    matches!(date.year.kind, YearKind::Standard { digits: [None, None, None, None], .. })
        && is_blank(date.month)
        && is_blank(date.day)
}

impl EdtfDate {
    /// Whether nothing is known of any of its single dates: `XXXX`, `XXXX-XX-XX?`, `XXXX/..`, `[XXXX]`.
    #[must_use]
    pub fn is_unknown(&self) -> bool {
        members(&self.edtf).all(|date| says_nothing(&date))
    }

    /// Whether at least the first digit of the year is known in each of its dates, so that it has a place on a timeline. A year
    /// such as `X9XX` spans nine thousand years.
    #[must_use]
    pub fn has_year(&self) -> bool {
        !members(&self.edtf).any(|date| has_unknown_year(&date))
    }

    /// Returns the date without its single dates whose year is unknown, so that it [has a year](Self::has_year): such an end
    /// of an interval becomes unknown, such a member of a set is dropped. `None` if nothing is left.
    #[must_use]
    pub fn without_unknown_years(&self) -> Option<Self> {
        let mut edtf = self.edtf.clone();
        match &mut edtf {
            Edtf::Date(_) | Edtf::DateTime(_) => return None,
            Edtf::Interval(interval) => {
                for end in [&mut interval.start, &mut interval.end] {
                    if dated(end).is_some_and(|date| has_unknown_year(&date)) {
                        *end = IntervalEndpoint::Unknown;
                    }
                }
            }
            Edtf::Set(set) => {
                set.elements.retain(|element| !of_element(element).iter().any(has_unknown_year));
                if let [SetElement::Date(date)] = set.elements.as_slice() {
                    edtf = Edtf::Date(*date);
                }
            }
        }
        // Without any date left, the text is not EDTF.
        Self::parse(&edtf.to_string()).ok().filter(Self::has_year)
    }

    /// Whether the year and at least a part of the month in which the date begins are known, so that lists show it in the
    /// month of its earliest day. True for a season and `2011-1X`; false for `2011`, `2011-XX-20` and `201X-05`.
    #[must_use]
    pub fn month_is_known(&self) -> bool {
        if let Edtf::Date(date) = &self.edtf
            && !date.has_unspecified()
        {
            return date.month.is_some();
        }
        let start = self.key.start;
        let mut first = members(&self.edtf).filter(|date| first_day(date) == Some(start)).peekable();
        first.peek().is_some() && first.all(|date| date.year.value().is_some() && !is_blank(date.month))
    }

    /// Returns the date in ASCII letters, digits and hyphens, for use in an id: its earliest day, month or year, as far as
    /// known. `2017-11-20`, `201x`, `minus-0044-03-15`. Only the year of a season.
    #[must_use]
    pub fn slug(&self) -> String {
        let Some(date) = members(&self.edtf).min_by_key(first_day) else { return String::new() };
        let (sign, year) = match date.year.kind {
            YearKind::Standard { negative, digits } => {
                let digit = |digit: &Option<u8>| digit.map_or('x', |digit| char::from(b'0' + digit));
                (negative, digits.iter().map(digit).collect())
            }
            YearKind::Big { value } => (value < 0, value.unsigned_abs().to_string()),
            YearKind::Exponential { significand, exponent } => {
                (significand < 0, format!("{}e{exponent}", significand.unsigned_abs()))
            }
        };
        let mut slug = if sign { format!("minus-{year}") } else { year };
        let month = date.month.and_then(DateField::value).filter(|month| *month <= 12);
        let day = month.and(date.day).and_then(DateField::value);
        for part in [month, day].into_iter().flatten() {
            slug.push_str(&format!("-{part:02}"));
        }
        slug
    }
}
