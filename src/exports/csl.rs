//! The works that events cite, for citation managers: CSL-JSON, by the schema of the Citation Style Language 1.0.

use serde::Serialize;

use super::dataset::Dataset;
use super::out::Out;
use super::records::{Member as _, Members, records};
use crate::content::SourceKind;
use crate::date::{CalendarDate, Day, EdtfDate};
use crate::timeline::CitedSource;

records! {
    /// A work. The publisher of press is its `container-title`, as a newspaper is; any other publisher is its `author`.
    struct Item<'a> {
        id: &'a str,
        kind as "type": &'static str,
        title: &'a str,
        author: Vec<Name<'a>>,
        container as "container-title": Option<&'a str>,
        issued: Option<Date>,
        accessed: Option<Date>,
        url as "URL": Option<&'a str>,
        archive as "archive_location": Option<&'a str>,
        language: Option<&'a str>,
        note: Option<String>,
    }

    /// An author's name as a `literal`, which is not divided into family and given name.
    struct Name<'a> {
        literal: &'a str,
    }
}

/// A date: `date-parts` with one date, or with two for a range, each as year, month and day as far as known; or `literal`
/// words.
#[derive(Default, Serialize)]
pub(super) struct Date {
    #[serde(rename = "date-parts", skip_serializing_if = "Vec::is_empty")]
    parts: Vec<Vec<i64>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    circa: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    literal: Option<String>,
}

pub(super) fn write(dataset: &Dataset<'_>, out: &mut Out<'_>) {
    out.bytes(b"[");
    out.records(dataset.works().map(|(key, source)| item(key, source, dataset)));
    out.bytes(b"\n]\n");
}

fn item<'a>(key: &'a str, source: &'a CitedSource, dataset: &Dataset<'_>) -> Item<'a> {
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
    let publisher = source.publisher.as_deref();
    Item {
        id: key,
        kind,
        title: &source.title,
        author: publisher.filter(|_| !is_press).map(|literal| Name { literal }).into_iter().collect(),
        container: publisher.filter(|_| is_press),
        issued: source.date.as_ref().filter(|date| !date.is_unknown()).map(|date| issued(date, dataset)),
        accessed: source.accessed.map(|day: Day| Date { parts: vec![parts(day.into())], ..Date::default() }),
        url: source.url.as_deref(),
        archive: source.archive.as_deref(),
        language: source.language.as_deref(),
        note: Some(notes.join(". ")).filter(|note| !note.is_empty()),
    }
}

/// Returns a date with only the parts that are known. Dates outside the years 1 to 9999, and those with an open or unknown end,
/// become words.
fn issued(date: &EdtfDate, dataset: &Dataset<'_>) -> Date {
    let is_vague = date.is_approximate() || date.is_uncertain();
    let fits = |date: &CalendarDate| (1..=9999).contains(&date.year);
    match date.ends() {
        (Some(first), Some(last)) if fits(&first) && fits(&last) => {
            let ends = if first == last { vec![parts(first)] } else { vec![parts(first), parts(last)] };
            Date { parts: ends, circa: is_vague.then_some(true), literal: None }
        }
        _ => Date { literal: Some(date.words(dataset.locale)), ..Date::default() },
    }
}

fn parts(date: CalendarDate) -> Vec<i64> {
    [Some(date.year), date.month.map(i64::from), date.day.map(i64::from)].into_iter().flatten().collect()
}
