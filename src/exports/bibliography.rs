//! `sources.bib`: the works that events cite, in UTF-8. Entry types and fields are those of biblatex, not of classic BibTeX.

use std::ops::RangeInclusive;

use super::dataset::Dataset;
use super::latex::{latex, verbatim};
use super::out::Out;
use crate::content::SourceKind;
use crate::date::EdtfDate;
use crate::timeline::CitedSource;

pub(super) fn bibtex(dataset: &Dataset<'_>, out: &mut Out<'_>) {
    for (number, (key, source)) in dataset.works().enumerate() {
        out.bytes(if number == 0 { b"" } else { b"\n" });
        out.bytes(entry(key, source, dataset).as_bytes());
    }
}

fn entry(key: &str, source: &CitedSource, dataset: &Dataset<'_>) -> String {
    let kind = match (source.kind, &source.url) {
        (Some(SourceKind::Dataset), _) => "dataset",
        (Some(SourceKind::Document), _) => "report",
        (_, Some(_)) => "online",
        (_, None) => "misc",
    };
    let mut fields: Vec<(&str, String)> = Vec::new();
    // Double braces keep the capitals of titles, and keep an organisation from being read as a list of names.
    if let Some(publisher) = &source.publisher {
        fields.push(("author", format!("{{{}}}", latex(publisher))));
    }
    fields.push(("title", format!("{{{}}}", latex(&source.title))));
    if kind == "report" {
        fields.push(("type", "report".to_owned()));
    }
    let mut notes = Vec::new();
    if let Some(known) = source.date.as_ref().filter(|date| !date.is_unknown()) {
        match biblatex_date(known) {
            Some(date) => fields.push(("date", date)),
            None => notes.push(known.words(dataset.locale)),
        }
    }
    if source.is_described {
        notes.push(dataset.locale.text("data-title-described", &[]));
    }
    if let Some(relay) = &source.relay {
        notes.push(dataset.locale.text("data-relayed", &[("relay", relay.as_str().into())]));
    }
    fields.extend(source.url.as_ref().map(|url| ("url", verbatim(url))));
    fields.extend(source.accessed.filter(|_| source.url.is_some()).map(|day| ("urldate", day.to_string())));
    if let Some(archive) = &source.archive {
        notes.push(dataset.locale.text("data-archived-at", &[("url", archive.as_str().into())]));
    }
    if !notes.is_empty() {
        fields.push(("note", latex(&notes.join(". "))));
    }
    let fields = fields.iter().map(|(name, value)| format!("  {name} = {{{value}}},\n"));
    format!("@{kind}{{{key},\n{}}}\n", fields.collect::<String>())
}

/// Returns the date as biblatex reads it: EDTF of level 1 (ISO 8601-2:2019). `None` for one of several dates, times of day,
/// years of more than four digits, forms of level 2, and `%`, which begins a comment in LaTeX; the note then gives the date in
/// words.
fn biblatex_date(date: &EdtfDate) -> Option<String> {
    let text = date.canonical();
    let is_simple = match text.split_once('/') {
        // In a range, digits are unknown only at level 2.
        Some((start, end)) => [start, end].iter().all(|end| matches!(*end, "" | "..") || is_known(end)),
        None => is_level_1(&text),
    };
    is_simple.then_some(text)
}

/// Returns whether a date without a range is of level 1: digits are unknown only from the right, and `~` or `?` is about all of
/// the date. The parts of a year are months (01 to 12) and the four seasons (21 to 24).
fn is_level_1(date: &str) -> bool {
    let is_unknown = |part: Option<&str>| part == Some("XX");
    let mut parts = parts(date);
    match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(year), None, ..) if year.contains('X') => year.len() == 4 && is_number(year.trim_end_matches('X'), 2..=3),
        (Some(year), month @ Some(_), day, None) if is_unknown(month) => {
            is_number(year, 4..=4) && (day.is_none() || is_unknown(day))
        }
        (Some(year), Some(month), day, None) if is_unknown(day) => is_number(year, 4..=4) && is_month(month),
        _ => is_known(date),
    }
}

/// Returns whether a date of level 1 has no unknown digit.
fn is_known(date: &str) -> bool {
    let mut parts = parts(date);
    match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(year), month, day, None) => {
            is_number(year, 4..=4)
                && month
                    .is_none_or(|month| is_month(month) || day.is_none() && matches!(month, "21" | "22" | "23" | "24"))
                && day.is_none_or(|day| is_number(day, 2..=2))
        }
        _ => false,
    }
}

/// Returns year, month and day, without a sign and without `~` or `?` at the end.
fn parts(date: &str) -> std::str::Split<'_, char> {
    let date = date.strip_suffix(['~', '?']).unwrap_or(date);
    date.strip_prefix('-').unwrap_or(date).split('-')
}

fn is_month(part: &str) -> bool {
    is_number(part, 2..=2) && ("01"..="12").contains(&part)
}

fn is_number(part: &str, digits: RangeInclusive<usize>) -> bool {
    digits.contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::biblatex_date;
    use crate::date::EdtfDate;

    #[test]
    fn only_dates_of_level_1_are_dates_of_biblatex() {
        let is_date = |text: &str| {
            let date = EdtfDate::parse(text).unwrap_or_else(|error| panic!("{text}: {}", error.reason));
            biblatex_date(&date).is_some_and(|found| found == text)
        };
        for text in [
            "2004",
            "2004-06",
            "2004-06-11",
            "-0043",
            "-0043-03-15",
            "2004-21",
            "2004-24~",
            "2004?",
            "2004-06~",
            "2004-06-11?",
            "201X",
            "20XX",
            "2004-XX",
            "2004-06-XX",
            "2004-XX-XX",
            "2004-06/2006-08",
            "2004-06-11?/2006~",
            "2004-06/..",
            "../2004",
            "2004/",
        ] {
            assert!(is_date(text), "{text}");
        }
        for text in [
            "2004-06-~11",
            "2004?-06-11",
            "2004-06~-11",
            "?2004-06-11",
            "2004-34",
            "2004-25",
            "156X-12-25",
            "2004-X1",
            "XXXX-12-25",
            "2XXX",
            "2X04",
            "2004-1X",
            "2004-06-1X",
            "2004-06-XX/2004-07-03",
            "201X/2020",
            "2004-06-~01/2004-06-~20",
            "[2004,2006]",
            "{2004,2006}",
            "Y12000",
            "2004-06-11T09:00:00",
            "2004%",
            "1950S2",
        ] {
            assert!(!is_date(text), "{text}");
        }
    }
}
