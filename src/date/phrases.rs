//! The interface between dates and the language of a site, and the words for a day, a month and a year.

use super::Day;

/// A language in which dates are put into words.
pub trait Phrases {
    /// Returns the phrase with this key in the files of `locales/`, with its arguments filled in.
    fn phrase(&self, key: &str, arguments: &[(&str, &str)]) -> String;
}

/// A month of a year, for headings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Month {
    /// Astronomical year.
    pub year: i64,
    /// Month, 1 to 12.
    pub month: u8,
}

impl Month {
    /// Returns the month with its year: "November 2017".
    #[must_use]
    pub(crate) fn words(self, phrases: &dyn Phrases) -> String {
        let (month, year) = (month_name(self.month, phrases), year_words(self.year, phrases));
        phrases.phrase("date-month", &[("month", &month), ("year", &year)])
    }

    /// Returns the name of the month: "November".
    #[must_use]
    pub(crate) fn name(self, phrases: &dyn Phrases) -> String {
        month_name(self.month, phrases)
    }
}

/// Puts an astronomical year into words: `2017`, or `45 BC` for -44.
#[must_use]
pub(crate) fn year_words(year: i64, phrases: &dyn Phrases) -> String {
    if year > 0 {
        return year.to_string();
    }
    let before_christ = year.unsigned_abs() + 1;
    phrases.phrase("date-bc", &[("year", &before_christ.to_string())])
}

impl Day {
    /// Puts the day into words: "20 November 2017".
    #[must_use]
    pub fn words(self, phrases: &dyn Phrases) -> String {
        let month = month_name(self.month, phrases);
        let year = year_words(self.year, phrases);
        let arguments = [("day", self.day.to_string()), ("month", month), ("year", year)];
        filled(phrases, "date-day", &arguments)
    }
}

/// Returns a phrase, like [`Phrases::phrase`], from arguments that are owned.
pub(super) fn filled(phrases: &dyn Phrases, key: &str, arguments: &[(&str, String)]) -> String {
    let borrowed: Vec<_> = arguments.iter().map(|(name, value)| (*name, value.as_str())).collect();
    phrases.phrase(key, &borrowed)
}

/// The name of a month, 1 to 12.
pub(super) fn month_name(month: u8, phrases: &dyn Phrases) -> String {
    phrases.phrase(&format!("month-{month}"), &[])
}

/// Joins parts with commas, and the last one with `list-and` or `list-or`.
pub(super) fn joined(parts: &[String], last_key: &str, phrases: &dyn Phrases) -> String {
    match parts {
        [first @ .., last] if !first.is_empty() => {
            let separator = phrases.phrase("list-separator", &[]);
            format!("{}{}{last}", first.join(&separator), phrases.phrase(last_key, &[]))
        }
        _ => parts.concat(),
    }
}
