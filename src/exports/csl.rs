//! The works that events cite, for citation managers: CSL-JSON, by the schema of the Citation Style Language 1.0.

use serde_json::{Value as Json, json};

use super::dataset::Dataset;
use super::record::{self, without_nulls};
use crate::content::SourceKind;
use crate::date::{CalendarDate, Day, EdtfDate};
use crate::timeline::CitedSource;

pub(super) fn write(dataset: &Dataset<'_>) -> Vec<u8> {
    let mut out = b"[".to_vec();
    for (number, (key, source)) in dataset.works().iter().enumerate() {
        out.extend_from_slice(if number == 0 { b"\n" } else { b",\n" });
        record::write(&item(key, source, dataset), &mut out);
    }
    out.extend_from_slice(b"\n]\n");
    out
}

fn item(key: &str, source: &CitedSource, dataset: &Dataset<'_>) -> Json {
    let locale = dataset.locale;
    let kind = match (source.kind, &source.url) {
        (Some(SourceKind::Dataset), _) => "dataset",
        (Some(SourceKind::Document | SourceKind::Statement), _) | (None, None) => "document",
        (Some(SourceKind::Press), _) => "article-newspaper",
        (None, Some(_)) => "webpage",
    };
    let described = source.is_described.then(|| locale.text("data-title-described", &[]));
    let relayed = source.relay.as_ref().map(|relay| locale.text("data-relayed", &[("relay", relay.as_str().into())]));
    let notes: Vec<String> = described.into_iter().chain(relayed).collect();
    let is_press = source.kind == Some(SourceKind::Press);
    let author = source.publisher.as_ref().filter(|_| !is_press).map(|name| json!([{ "literal": name }]));
    without_nulls(json!({
        "id": key,
        "type": kind,
        "title": source.title,
        "author": author,
        "container-title": source.publisher.as_ref().filter(|_| is_press),
        "issued": source.date.as_ref().filter(|date| !date.is_unknown()).map(|date| issued(date, dataset)),
        "accessed": source.accessed.map(|day: Day| json!({ "date-parts": [parts(day.into())] })),
        "URL": source.url,
        "archive_location": source.archive,
        "language": source.language,
        "note": Some(notes.join(". ")).filter(|note| !note.is_empty()),
    }))
}

/// A date with no more parts than it has, and its words where parts cannot say it.
fn issued(date: &EdtfDate, dataset: &Dataset<'_>) -> Json {
    let is_vague = date.is_approximate() || date.is_uncertain();
    let fits = |date: &CalendarDate| (1..=9999).contains(&date.year);
    match date.ends() {
        (Some(first), Some(last)) if fits(&first) && fits(&last) => {
            let parts = if first == last { json!([parts(first)]) } else { json!([parts(first), parts(last)]) };
            without_nulls(json!({ "date-parts": parts, "circa": is_vague.then_some(true) }))
        }
        _ => json!({ "literal": date.words(dataset.locale) }),
    }
}

fn parts(date: CalendarDate) -> Vec<i64> {
    [Some(date.year), date.month.map(i64::from), date.day.map(i64::from)].into_iter().flatten().collect()
}
