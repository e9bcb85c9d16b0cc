//! Words for dates with unknown digits (`X`): they say what is known, and no more.
//!
//! The months and days that the digits allow are worked out first, without impossible ones: `2017-X0` can only be October,
//! and `2017-X2-30` only December. The words follow from that.

use edtf_core::{Date, DateField, Edtf, YearKind};

use super::members::first_day;
use super::phrases::{Phrases, joined, month_name, year_words};
use super::{Day, Shape};

/// The values that the digits of a month or a day allow.
enum Open {
    /// One of a few values.
    Few(Vec<u8>),
    /// Any value from the first to the last.
    Span(u8, u8),
    /// Any value at all.
    Any,
}

impl Open {
    fn of(field: DateField, values: Vec<u8>) -> Self {
        match (values.as_slice(), field.digits) {
            ([_], _) => Self::Few(values),
            (_, [None, None]) => Self::Any,
            ([first, .., last], [Some(_), None]) if values.len() > 2 => Self::Span(*first, *last),
            _ => Self::Few(values),
        }
    }

    fn is_certain(&self) -> bool {
        matches!(self, Self::Few(values) if values.len() == 1)
    }
}

/// Returns the months and days that a date may mean. `None` for a part that the date does not have.
fn open(date: &Date) -> (Option<Open>, Option<Open>) {
    let fits = |field: DateField, value: u8| {
        field.digits[0].is_none_or(|digit| digit == value / 10)
            && field.digits[1].is_none_or(|digit| digit == value % 10)
    };
    let Some(month) = date.month else { return (None, None) };
    let longest = |number: u8| match number {
        2 if may_be_leap(date) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    let days_in = |number: u8| {
        let fitting = move |day: DateField| (1..=longest(number)).filter(move |value| fits(day, *value));
        date.day.map(|day| fitting(day).collect::<Vec<u8>>())
    };
    let months: Vec<u8> = (1..=12)
        .filter(|number| fits(month, *number) && days_in(*number).is_none_or(|days| !days.is_empty()))
        .collect();
    let day = date.day.map(|day| {
        let values =
            (1..=31).filter(|value| fits(day, *value) && months.iter().any(|number| *value <= longest(*number)));
        Open::of(day, values.collect())
    });
    (Some(Open::of(month, months)), day)
}

/// Whether one of the years that the digits allow is a leap year.
fn may_be_leap(date: &Date) -> bool {
    let YearKind::Standard { digits: [a, b, c, d], .. } = date.year.kind else { return true };
    let pairs = |tens: Option<u8>, ones: Option<u8>| {
        let fits =
            move |pair: &u8| tens.is_none_or(|digit| digit == pair / 10) && ones.is_none_or(|digit| digit == pair % 10);
        (0..100).filter(fits)
    };
    // A year BC has no unknown digits, so its digits also show whether it is a leap year.
    pairs(c, d).any(|pair| if pair == 0 { pairs(a, b).any(|century| century % 4 == 0) } else { pair % 4 == 0 })
}

/// The mark of a date whose year is known but whose month or day is not.
pub(super) fn shape(date: &Date) -> Shape {
    match open(date) {
        (Some(Open::Any), _) => Shape::Year,
        (Some(month), _) if !month.is_certain() => Shape::Season,
        (_, Some(day)) if day.is_certain() => Shape::Day,
        _ => Shape::Month,
    }
}

/// A date with unknown digits in words, without its qualifiers: `a day from 10 to 19 November 2017`.
pub(super) fn words(date: &Date, phrases: &dyn Phrases) -> String {
    let year = match date.year.value() {
        Some(year) => year_words(year, phrases),
        None => some_year(date, phrases),
    };
    let year_is_plain = date.year.value().is_some();
    let season = date.month.and_then(DateField::value).filter(|code| *code > 12);
    if let Some(code) = season {
        // "spring of a year in the 2010s", but "first quarter of a year in the 2010s": its phrase has the "of".
        let year = if code <= 32 { phrases.phrase("date-of", &[("year", &year)]) } else { year };
        return phrases.phrase(&format!("season-{code}"), &[("year", &year)]);
    }
    let (Some(month), day) = open(date) else { return year };
    if let (Open::Any, Some(Open::Any)) = (&month, &day) {
        return phrases.phrase("date-some-day-of", &[("period", &year)]);
    }
    let within_year = match &day {
        Some(day) => day_words(day, &month, phrases),
        None => month_words(&month, phrases),
    };
    // "a month of 2017", but "November 2017" if it ends with the name of a month.
    let names_month = !matches!(month, Open::Any);
    let key = if names_month && year_is_plain { "date-and-year" } else { "date-of-year" };
    phrases.phrase(key, &[("date", &within_year), ("year", &year)])
}

/// Puts a year with unknown digits into words: `201X` is a year in the 2010s, `20XX` a year from 2000 to 2099, `20X7` a year
/// from 2007 to 2097 (20X7).
fn some_year(date: &Date, phrases: &dyn Phrases) -> String {
    let YearKind::Standard { digits, .. } = date.year.kind else { return String::new() };
    let whole_years = Date { month: None, day: None, ..*date };
    let bounds = Edtf::Date(whole_years).bounds();
    let (Some(from), Some(to)) = (first_day(&whole_years), Day::at(bounds.latest)) else { return String::new() };
    if digits == [None; 4] {
        return phrases.phrase("date-unknown-year", &[]);
    }
    // Many would read "the 2000s" as a century, and "the 90s" as those of another century.
    if let [Some(a), Some(b), Some(c), None] = digits
        && a + b > 0
        && c > 0
    {
        return phrases.phrase("date-decade", &[("decade", &from.year.to_string())]);
    }
    let (first, last) = (year_words(from.year, phrases), year_words(to.year, phrases));
    let range = [("from", first.as_str()), ("to", last.as_str())];
    let open = digits.iter().skip_while(|digit| digit.is_some());
    if open.clone().all(Option::is_none) {
        return phrases.phrase("date-years", &range);
    }
    let pattern: String = digits.iter().map(|digit| digit.map_or('X', |digit| char::from(b'0' + digit))).collect();
    let [from, to] = range;
    phrases.phrase("date-years-like", &[from, to, ("pattern", &pattern)])
}

fn month_words(month: &Open, phrases: &dyn Phrases) -> String {
    match month {
        Open::Few(months) => names(months, phrases),
        Open::Span(first, last) => {
            between("date-month-between", &month_name(*first, phrases), &month_name(*last, phrases), phrases)
        }
        Open::Any => phrases.phrase("date-some-month", &[]),
    }
}

fn day_words(day: &Open, month: &Open, phrases: &dyn Phrases) -> String {
    let months = month_words(month, phrases);
    match (day, month) {
        (Open::Few(days), Open::Few(of)) if days.len() == 1 || of.len() == 1 => {
            let each = of.iter().map(|month| {
                let (days, name) = (numbers(days, phrases), month_name(*month, phrases));
                phrases.phrase("date-day-month", &[("day", &days), ("month", &name)])
            });
            joined(&each.collect::<Vec<_>>(), "list-or", phrases)
        }
        (Open::Few(days), _) => {
            let days = numbers(days, phrases);
            phrases.phrase("date-day-number", &[("day", &days), ("month", &months)])
        }
        (Open::Span(first, last), Open::Few(of)) if of.len() == 1 => {
            let last = phrases.phrase("date-day-month", &[("day", &last.to_string()), ("month", &months)]);
            between("date-between", &first.to_string(), &last, phrases)
        }
        (Open::Span(first, last), _) => {
            let days = between("date-between", &first.to_string(), &last.to_string(), phrases);
            phrases.phrase("date-of-year", &[("date", &days), ("year", &months)])
        }
        (Open::Any, Open::Span(first, last)) => {
            between("date-between", &month_name(*first, phrases), &month_name(*last, phrases), phrases)
        }
        (Open::Any, _) => phrases.phrase("date-some-day-of", &[("period", &months)]),
    }
}

fn names(months: &[u8], phrases: &dyn Phrases) -> String {
    let names: Vec<String> = months.iter().map(|month| month_name(*month, phrases)).collect();
    joined(&names, "list-or", phrases)
}

fn numbers(days: &[u8], phrases: &dyn Phrases) -> String {
    let days: Vec<String> = days.iter().map(u8::to_string).collect();
    joined(&days, "list-or", phrases)
}

fn between(key: &str, from: &str, to: &str, phrases: &dyn Phrases) -> String {
    phrases.phrase(key, &[("from", from), ("to", to)])
}

/// Returns how well such a date is known, part by part: `the month is not known`, `the day is only partly known`. `None` if all
/// parts are known.
pub(super) fn precision(date: &Date, phrases: &dyn Phrases) -> Option<String> {
    let (month, day) = open(date);
    let year = match date.year.kind {
        YearKind::Standard { digits: [None, None, None, None], .. } => Known::Not,
        _ if date.year.has_unspecified() => Known::InPart,
        _ => Known::Wholly,
    };
    let is_season = date.month.and_then(DateField::value).is_some_and(|code| code > 12);
    let part = |open: Option<Open>| match open {
        Some(open) if open.is_certain() => Known::Wholly,
        None | Some(Open::Any) => Known::Not,
        Some(_) => Known::InPart,
    };
    let month = if is_season { Known::InPart } else { part(month) };
    let parts = [("part-year", year), ("part-month", month), ("part-day", part(day))];
    let said = [(Known::Not, "precision-unknown"), (Known::InPart, "precision-in-part")].into_iter().filter_map(
        |(how, key)| {
            let of: Vec<String> =
                parts.iter().filter(|(_, known)| *known == how).map(|(part, _)| phrases.phrase(part, &[])).collect();
            let key = if of.len() == 1 { key.to_owned() } else { format!("{key}-plural") };
            (!of.is_empty()).then(|| phrases.phrase(&key, &[("parts", &joined(&of, "list-and", phrases))]))
        },
    );
    let said: Vec<String> = said.collect();
    (!said.is_empty()).then(|| said.join(&phrases.phrase("list-separator", &[])))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Known {
    Wholly,
    InPart,
    Not,
}
