//! The date of a record, which may be written in several fields.

use super::at::At;
use super::dates::{DateOrder, NoDate, read, year_text};
use super::loss::Issue;
use crate::date::EdtfDate;

/// What `date.precision` may be.
const PRECISIONS: &[&str] = &["day", "month", "year", "approx", "approximate", "circa", "about", "uncertain"];

/// What fields say about the date of a record.
#[derive(Default)]
pub(super) struct WrittenDate {
    /// The date, or the start of a range.
    pub date: String,
    /// The field that gave `date`, for reports; empty if none did.
    pub field: String,
    /// The end of a range.
    pub end: String,
    /// How exact it is.
    pub precision: String,
    /// Year, month and day.
    pub parts: [String; 3],
}

impl WrittenDate {
    /// Returns the date: that of one field, of two that are its ends, or of year, month and day. `None` if there is none.
    ///
    /// # Errors
    /// [`Issue`] if what is written is no date.
    pub(super) fn read(&self, order: Option<DateOrder>, at: &At) -> Result<Option<EdtfDate>, Issue> {
        let field = Some(self.field.as_str()).filter(|field| !field.is_empty());
        let refused = |error: NoDate| Issue { help: error.help, ..Issue::new(at, field, error.message) };
        let written = if self.date.trim().is_empty() { self.of_parts() } else { self.date.clone() };
        if written.trim().is_empty() {
            return Ok(None);
        }
        let start = without_midnight(read(&written, order).map_err(refused)?);
        let start = match self.precision.trim().to_lowercase().as_str() {
            "month" => cut(&start, 7),
            "year" => cut(&start, 4),
            "approx" | "approximate" | "circa" | "about" => marked(&start, '~'),
            "uncertain" => marked(&start, '?'),
            _ => start,
        };
        if self.end.trim().is_empty() {
            return Ok(Some(start));
        }
        let end = without_midnight(read(&self.end, order).map_err(refused)?);
        if start == end {
            return Ok(Some(start));
        }
        let text = format!("{start}/{end}");
        let range = EdtfDate::parse(&text);
        range.map(Some).map_err(|error| Issue::new(at, field, format!("`{text}` is not a date: {}", error.reason)))
    }

    fn of_parts(&self) -> String {
        let year = self.parts[0].replace([',', ' '], "");
        let year = year.parse().map_or(year, year_text);
        let parts = self.parts[1..].iter().take(self.known_parts().saturating_sub(1));
        parts.fold(year, |text, part| format!("{text}-{part:0>2}"))
    }

    /// Returns how many of year, month and day are known together with all larger ones.
    fn known_parts(&self) -> usize {
        self.parts.iter().take_while(|part| !part.trim().is_empty()).count()
    }

    /// Returns what has no effect on the date: what it is, its value, and why.
    #[must_use]
    pub(super) fn unused(&self) -> Vec<(&'static str, &str, &'static str)> {
        let (used, why) = match self.date.trim() {
            "" => (self.known_parts(), "a larger part of the date is missing"),
            _ => (0, "another field gave the date"),
        };
        let parts = ["year", "month", "day"].into_iter().zip(&self.parts).skip(used);
        let mut unused: Vec<_> = parts.map(|(name, part)| (name, part.as_str(), why)).collect();
        let precision = self.precision.trim().to_lowercase();
        if !PRECISIONS.contains(&precision.as_str()) {
            unused.push(("date.precision", &self.precision, "the value is not one that annals has"));
        }
        unused.retain(|(_, value, _)| !value.trim().is_empty());
        unused
    }
}

/// Returns the day of a moment at midnight, because programs write such moments for days.
fn without_midnight(date: EdtfDate) -> EdtfDate {
    let text = date.canonical();
    let day = text.split_once("T00:00:00").map(|(day, _)| day);
    day.and_then(|day| EdtfDate::parse(day).ok()).unwrap_or(date)
}

/// Cuts a date to its year (`length` 4) or month (7). Dates that are shorter, or do not begin with a digit, are returned
/// unchanged.
fn cut(date: &EdtfDate, length: usize) -> EdtfDate {
    let text = date.canonical();
    let cut = text.get(..length).filter(|_| text.is_ascii() && text.as_bytes()[0].is_ascii_digit());
    cut.and_then(|text| EdtfDate::parse(text).ok()).unwrap_or_else(|| date.clone())
}

fn marked(date: &EdtfDate, mark: char) -> EdtfDate {
    EdtfDate::parse(&format!("{date}{mark}")).unwrap_or_else(|_| date.clone())
}
