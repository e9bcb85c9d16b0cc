//! `sources.bib`: the works that events cite, in UTF-8. Entry types and fields are those of biblatex, not of classic BibTeX.

use super::dataset::Dataset;
use super::latex::{latex, verbatim};
use super::out::Out;
use crate::content::SourceKind;
use crate::date::{EdtfDate, Shape};
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
/// years of more than four digits, and `%`, which begins a comment in LaTeX; the note then gives the date in words.
fn biblatex_date(date: &EdtfDate) -> Option<String> {
    let text = date.canonical();
    let is_simple = text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'-' | b'/' | b'~' | b'?' | b'X' | b'.'));
    let has_shape = !matches!(date.shape(), Shape::OneOf);
    (is_simple && has_shape).then_some(text)
}
