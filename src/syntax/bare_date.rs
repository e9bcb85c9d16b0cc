//! Dates without quotation marks that TOML cannot read: `date = 2011-3-5`, `date = 2017-11`, `date = March 2011`.
//!
//! TOML stops at such a line before the key is interpreted, so the keys that take dates are recognised by name.

use super::Piece;
use super::slips::Slip;
use crate::date::{self, EdtfDate, Place};
use crate::diagnostic::Span;

/// The keys whose values are dates.
const KEYS: &[&str] = &["date", "from", "to", "accessed", "embargo"];

/// Explains a syntax error in TOML if what could not be read there is a date, or may be meant as one.
pub(super) fn explain(piece: &Piece<'_>, error: &Span) -> Option<Slip> {
    let value = value(piece.text, error)?;
    let written = &piece.text[value.clone()];
    let shown = date::shortened(written);
    let (message, help) = match EdtfDate::read(written) {
        Ok(date) if date::is_bare_in_toml(&date.canonical()) => {
            (format!("`{shown}` is not a date that TOML knows"), format!("write {date}"))
        }
        Ok(date) => (
            format!("`{shown}` is a date that TOML accepts only between quotes"),
            format!("put it between quotes: \"{}\"", date.canonical()),
        ),
        Err(error) => {
            let help = date::help(&date::suggest(written), Place::Toml).or_else(|| date::impossible_day(written))?;
            let reason = if error.is_telling() { format!(": {}", error.reason) } else { " in EDTF".to_owned() };
            (format!("`{shown}` is not a date{reason}"), help)
        }
    };
    Some(Slip { span: value, message, help })
}

/// Returns the bytes of what may be a date: the whole value if the key takes a date, otherwise the part that TOML could not
/// read, if it begins with a digit. `None` for a value with quotes or brackets.
fn value(text: &str, error: &Span) -> Option<Span> {
    let at = error.start.min(text.len());
    let start = text[..at].rfind('\n').map_or(0, |before| before + 1);
    let end = text[at..].find('\n').map_or(text.len(), |after| at + after);
    let line = &text[start..end];
    let of_key = line.split_once('=').filter(|(key, _)| KEYS.contains(&key.trim())).map(|(key, value)| {
        let value = value.split('#').next().unwrap_or_default();
        let begin = start + key.len() + 1 + (value.len() - value.trim_start().len());
        begin..begin + value.trim().len()
    });
    let of_error = || {
        Some(error.clone())
            .filter(|span| text.get(span.clone()).is_some_and(|part| part.starts_with(|c: char| c.is_ascii_digit())))
    };
    let value = of_key.or_else(of_error)?;
    let is_date = !text[value.clone()].starts_with(['"', '\'', '[', '{']) && !value.is_empty();
    is_date.then_some(value)
}
