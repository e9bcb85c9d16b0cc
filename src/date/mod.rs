//! Dates as sources give them: EDTF (ISO 8601-2:2019, Annex A, levels 0 to 2).
//!
//! A date here is never more precise than what was written. `edtf-core` parses the text and computes which days it may
//! cover; this room adds what a timeline needs: an order, a length, a shape to draw, and (in `words.rs`) words.

mod ends;
mod extent;
mod members;
mod moment;
mod partial;
mod phrases;
mod suggest;
mod words;
mod written;

pub(crate) use ends::CalendarDate;
pub(crate) use extent::{Days, Extent};
pub(crate) use moment::Moment;
pub(crate) use phrases::{Month, Phrases, year_words};
pub use suggest::suggest;
pub(crate) use suggest::{Place, Suggestion, help, impossible_day, in_place, is_bare_in_toml, lacks_year, shortened};

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::LazyLock;

use edtf_core::{Bound, BoundDate, Edtf, Precision, Relation, SetElement, SetKind, TimeShift};
use serde::{Deserialize, Serialize};

use members::{first_day, members};

/// A calendar day, proleptic Gregorian, with an astronomical year (0 is 1 BC).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Day {
    /// Astronomical year.
    pub year: i64,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day of the month, 1 to 31.
    pub day: u8,
}

impl Day {
    /// Days since 1 March of year 0. Exact for years within ten billion; years beyond are clamped.
    #[must_use]
    pub fn number(self) -> i64 {
        const FAR: i64 = 10_000_000_000;
        // Years are counted from March, so that the leap day is the last day (Howard Hinnant's "days_from_civil").
        let year = self.year.clamp(-FAR, FAR) - i64::from(self.month <= 2);
        let month = i64::from((self.month + 9) % 12);
        let day_of_year = (153 * month + 2) / 5 + i64::from(self.day) - 1;
        year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + day_of_year
    }

    /// Returns the day that is some days later, or earlier if `days` is negative. Exact for years within ten billion.
    #[must_use]
    pub fn shifted(self, days: i64) -> Self {
        // The inverse of `number` ("civil_from_days").
        let number = self.number() + days;
        let era = number.div_euclid(146_097);
        let day_of_era = number.rem_euclid(146_097);
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month + 2) / 5 + 1;
        let month = if month < 10 { month + 3 } else { month - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        // Both are within a calendar.
        let small = |number: i64| u8::try_from(number).unwrap_or(1);
        Self { year, month: small(month), day: small(day) }
    }
}

impl fmt::Display for Day {
    /// ISO 8601 for years 0000 to 9999; beyond that, a sign and all digits.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.year {
            0..=9999 => write!(f, "{:04}", self.year)?,
            _ => write!(f, "{:+05}", self.year)?,
        }
        write!(f, "-{:02}-{:02}", self.month, self.day)
    }
}

impl Day {
    /// Whether it is the last day of its month.
    #[must_use]
    pub fn is_last_of_month(self) -> bool {
        let next = match self.month {
            12 => Self { year: self.year + 1, month: 1, day: 1 },
            _ => Self { month: self.month + 1, day: 1, ..self },
        };
        self.number() + 1 == next.number()
    }

    /// The day at a bound of a date; `None` if the bound is open or unknown.
    const fn at(bound: Bound) -> Option<Self> {
        match bound {
            Bound::Date(date) => Some(Self { year: date.year, month: date.month, day: date.day }),
            Bound::NegativeInfinity | Bound::PositiveInfinity | Bound::Unknown => None,
        }
    }
}

impl From<BoundDate> for Day {
    fn from(bound: BoundDate) -> Self {
        Self { year: bound.year, month: bound.month, day: bound.day }
    }
}

/// The shape of a date on a timeline: the mark that represents it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shape {
    /// One known day, with or without a time of day.
    Day,
    /// A range with two known ends, or a set whose members all apply (`{…}`).
    Days,
    /// Some time within a month.
    Month,
    /// Some time within several months of a year: a season, a quarter, a third, a half, or a month with an unknown digit.
    Season,
    /// Some time within a year.
    Year,
    /// Some time within several years: a decade, a century, an estimate such as `1950S2`.
    Period,
    /// One of several possible dates (`[…]`).
    OneOf,
    /// A beginning or an end that is open or not known.
    Open,
}

impl Shape {
    /// The name used in class names and data: `day`, `days`, `month`, `season`, `year`, `period`, `one-of`, `open`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Days => "days",
            Self::Month => "month",
            Self::Season => "season",
            Self::Year => "year",
            Self::Period => "period",
            Self::OneOf => "one-of",
            Self::Open => "open",
        }
    }
}

/// The sort key of a date: earliest possible day, then shorter spans first, then time of day as written, whatever its zone
/// (none before any).
///
/// A date with an open or unknown start sorts at the first day of its end; an open or unknown end is the longest span.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SortKey {
    /// The first day the date may cover.
    pub start: Day,
    days: i64,
    second_of_day: Option<u32>,
}

/// A date in EDTF. Two dates are equal if their canonical texts are.
#[derive(Clone, Debug)]
pub struct EdtfDate {
    edtf: Edtf,
    earliest: Option<Day>,
    latest: Option<Day>,
    key: SortKey,
}

impl PartialEq for EdtfDate {
    fn eq(&self, other: &Self) -> bool {
        self.edtf == other.edtf
    }
}

impl Eq for EdtfDate {}

/// Why a text is not a date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidDate {
    /// What is wrong, in a few words.
    pub reason: &'static str,
    /// The byte offset at which the text stops being EDTF.
    pub offset: usize,
}

impl InvalidDate {
    /// Whether the reason is useful for a text that is not meant as EDTF: for `03/22/2010` it does not help to know that an
    /// interval has one slash.
    #[must_use]
    pub fn is_telling(&self) -> bool {
        const FORM: [&str; 5] = ["exactly one '/'", "exactly four digits", "before month", "whitespace", "ASCII"];
        !FORM.iter().any(|form| self.reason.contains(form))
    }
}

impl Hash for EdtfDate {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.canonical().hash(state);
    }
}

impl EdtfDate {
    /// Reads EDTF of level 0, 1 or 2.
    ///
    /// # Errors
    /// [`InvalidDate`] if the text is not EDTF, there is no such day, an interval ends before it starts, or a year does not fit
    /// 64 bits (`Y1E30`).
    ///
    /// ```
    /// use annals::steps::EdtfDate;
    /// assert!(EdtfDate::parse("2017-11~").is_ok());
    /// assert!(EdtfDate::parse("2017-02-29").is_err());
    /// ```
    pub fn parse(text: &str) -> Result<Self, InvalidDate> {
        let mut edtf =
            Edtf::parse(text).map_err(|error| InvalidDate { reason: error.message, offset: error.offset })?;
        if let Some(day) = plain_day(text) {
            let key = SortKey { start: day, days: 0, second_of_day: None };
            return Ok(Self { edtf, earliest: Some(day), latest: Some(day), key });
        }
        if members(&edtf).any(|date| first_day(&date).is_none()) {
            return Err(InvalidDate { reason: "the year is too far away to be counted", offset: 0 });
        }
        // `+02` and `+02:00` are the same, but HTML accepts only the latter.
        if let Edtf::DateTime(instant) = &mut edtf
            && let Some(TimeShift::Offset { hours_only, .. }) = &mut instant.time.shift
        {
            *hours_only = false;
        }
        let bounds = edtf.bounds();
        let (earliest, latest) = (Day::at(bounds.earliest), Day::at(bounds.latest));
        let key = sort_key(&edtf, earliest, latest);
        Ok(Self { edtf, earliest, latest, key })
    }

    /// A date about which nothing is known: `XXXX`. It replaces dates that could not be read.
    ///
    /// # Panics
    /// Never: the text is EDTF.
    #[must_use]
    pub fn unknown() -> Self {
        static UNKNOWN: LazyLock<EdtfDate> =
            LazyLock::new(|| EdtfDate::parse("XXXX").expect("XXXX is EDTF of level 1"));
        UNKNOWN.clone()
    }

    /// The first day the date may cover; `None` if the beginning is open or unknown.
    #[must_use]
    pub const fn earliest(&self) -> Option<Day> {
        self.earliest
    }

    /// The last day the date may cover; `None` if the end is open or unknown.
    #[must_use]
    pub const fn latest(&self) -> Option<Day> {
        self.latest
    }

    /// The sort key of the date.
    #[must_use]
    pub const fn key(&self) -> SortKey {
        self.key
    }

    /// Returns the canonical EDTF text: qualifiers cover as much as possible (ISO 8601-2:2019, 8.2.4), and offsets have
    /// minutes.
    #[must_use]
    pub fn canonical(&self) -> String {
        self.edtf.to_string()
    }

    /// Whether a part is marked approximate (`~` or `%`).
    #[must_use]
    pub fn is_approximate(&self) -> bool {
        self.edtf.is_approximate()
    }

    /// Whether a part is marked uncertain (`?` or `%`).
    #[must_use]
    pub fn is_uncertain(&self) -> bool {
        self.edtf.is_uncertain()
    }

    /// Whether this date is after the other, whatever their unknown parts are.
    #[must_use]
    pub fn certainly_after(&self, other: &Self) -> bool {
        self.edtf.relation(&other.edtf).is_definite(Relation::After)
    }

    /// The mark that represents the date.
    #[must_use]
    pub fn shape(&self) -> Shape {
        match &self.edtf {
            Edtf::DateTime(_) => Shape::Day,
            Edtf::Date(date) => self.shape_of(date),
            Edtf::Set(set) if matches!(set.elements.as_slice(), [SetElement::Date(_)]) => {
                members(&self.edtf).next().map_or(Shape::OneOf, |date| self.shape_of(&date))
            }
            _ if self.earliest.is_none() || self.latest.is_none() => Shape::Open,
            Edtf::Interval(_) => Shape::Days,
            Edtf::Set(set) => match set.kind {
                SetKind::AllMembers => Shape::Days,
                SetKind::OneMember => Shape::OneOf,
            },
        }
    }

    /// Returns the mark of a single date.
    fn shape_of(&self, date: &edtf_core::Date) -> Shape {
        let years = self.earliest.zip(self.latest).map(|(first, last)| (first.year, last.year));
        let same_year = years.is_some_and(|(first, last)| first == last);
        if date.year.has_unspecified() || (date.year.significant_digits.is_some() && !same_year) {
            return Shape::Period;
        }
        if date.has_unspecified() {
            return partial::shape(date);
        }
        match date.precision() {
            Precision::Day => Shape::Day,
            Precision::Month => Shape::Month,
            Precision::Season => Shape::Season,
            Precision::Year => Shape::Year,
        }
    }

    /// Returns the `datetime` attribute of an HTML `time` element. `None` if HTML cannot express the date: if it is an
    /// interval, a set or a season, has qualifiers, unknown digits or significant digits (`S2`), is not in the years 1 to
    /// 9999, or is in a leap second.
    #[must_use]
    pub fn html_datetime(&self) -> Option<String> {
        let plain = !self.is_approximate() && !self.is_uncertain() && !self.edtf.has_unspecified();
        let date = match &self.edtf {
            Edtf::Date(date) => date,
            Edtf::DateTime(instant) if instant.time.second < 60 => &instant.date,
            _ => return None,
        };
        let year = date.year.value().filter(|year| (1..=9999).contains(year));
        let valid =
            plain && year.is_some() && date.precision() != Precision::Season && date.year.significant_digits.is_none();
        valid.then(|| self.canonical())
    }

    /// Returns the days that the date may cover, as schema.org takes them: an ISO 8601-1 day, month, year or interval of
    /// days, with `..` for an open or unknown end. `2017-11-20`, `2017-11`, `2017-03-01/2017-05-31`, `2015-11-01/..`. `None`
    /// if a year is unknown or does not fit four digits.
    #[must_use]
    pub fn iso_interval(&self) -> Option<String> {
        let fits = |day: &Day| (0..=9999).contains(&day.year);
        if !self.has_year() || ![self.earliest, self.latest].iter().flatten().all(fits) {
            return None;
        }
        let end = |day: Option<Day>| day.map_or_else(|| "..".to_owned(), |day| day.to_string());
        let (Some(from), Some(to)) = (self.earliest, self.latest) else {
            return Some(format!("{}/{}", end(self.earliest), end(self.latest)));
        };
        let whole_year = from.year == to.year && (from.month, from.day, to.month, to.day) == (1, 1, 12, 31);
        let whole_month = (from.year, from.month) == (to.year, to.month) && from.day == 1 && to.is_last_of_month();
        Some(if from == to {
            from.to_string()
        } else if whole_year {
            format!("{:04}", from.year)
        } else if whole_month {
            format!("{:04}-{:02}", from.year, from.month)
        } else {
            format!("{from}/{to}")
        })
    }
}

impl fmt::Display for EdtfDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.edtf.fmt(f)
    }
}

impl PartialOrd for EdtfDate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for EdtfDate {
    fn cmp(&self, other: &Self) -> Ordering {
        let by_key = self.key.cmp(&other.key);
        by_key.then_with(|| self.canonical().cmp(&other.canonical()))
    }
}

/// Reads a date in the form `2017-11-20`, which most dates have and whose bounds need no computing. The day may be one that
/// its month does not have.
fn plain_day(text: &str) -> Option<Day> {
    let digits = |from: usize, to: usize| {
        let number = |number: i64, byte: &u8| byte.is_ascii_digit().then(|| number * 10 + i64::from(byte - b'0'));
        text.as_bytes()[from..to].iter().try_fold(0, number)
    };
    if text.len() != 10 || text.as_bytes()[4] != b'-' || text.as_bytes()[7] != b'-' {
        return None;
    }
    let (month, day) = (u8::try_from(digits(5, 7)?).ok()?, u8::try_from(digits(8, 10)?).ok()?);
    let is_of_calendar = (1..=12).contains(&month) && (1..=31).contains(&day);
    Some(Day { year: digits(0, 4)?, month, day }).filter(|_| is_of_calendar)
}

fn sort_key(edtf: &Edtf, earliest: Option<Day>, latest: Option<Day>) -> SortKey {
    // For an open or unknown beginning: 1 March 2011 for `../2011-03`.
    let first_of_members = || members(edtf).filter_map(|date| first_day(&date)).min();
    let start = earliest.or_else(first_of_members).or(latest).unwrap_or(Day { year: i64::MIN, month: 1, day: 1 });
    SortKey {
        start,
        days: latest.map_or(i64::MAX, |latest| latest.number() - start.number()),
        second_of_day: match edtf {
            Edtf::DateTime(instant) => {
                let time = instant.time;
                Some(u32::from(time.hour) * 3600 + u32::from(time.minute) * 60 + u32::from(time.second))
            }
            _ => None,
        },
    }
}

#[cfg(test)]
mod tests;
