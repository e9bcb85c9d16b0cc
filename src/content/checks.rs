//! What a document shows to be wrong with itself once front matter and text have both been read.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::body::Body;
use super::records::{EventMatter, PlaceMatter};
use crate::diagnostic::{Code, Diagnostic};
use crate::syntax::nearest;

/// Sources that nobody cites or that say too little of themselves, and accounts that cite a source which is not there.
pub(super) fn sources(file: &Arc<str>, event: &EventMatter, body: &Body) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let ids = || event.sources.iter().map(|source| source.id.value.0.as_str());
    for named in event.accounts.iter().filter_map(|account| account.source.as_ref()) {
        let id = named.value.0.as_str();
        if !id.is_empty() && !ids().any(|known| known == id) {
            let message = format!("no source of this entry has the id `{id}`");
            let diagnostic = Diagnostic::at(Code::UnknownSource, file, named.span.clone(), message);
            diagnostics.push(diagnostic.maybe_help(nearest(id, ids())));
        }
    }
    let mut cited = vec![false; event.sources.len()];
    for (index, _) in &body.citations {
        cited[*index] = true;
    }
    let mut seen = BTreeSet::new();
    for (index, source) in event.sources.iter().enumerate() {
        let id = &source.id.value;
        // An id that is empty or stands there twice was reported as that.
        if id.0.is_empty() || !seen.insert(id) {
            continue;
        }
        let by_account = || event.accounts.iter().any(|a| a.source.as_ref().is_some_and(|s| s.value == *id));
        if !cited[index] && !by_account() {
            let message = format!("the source `{}` is never cited", id.0);
            let help = format!("cite it in the text as [^{}], or take it out", id.0);
            diagnostics.push(Diagnostic::at(Code::UncitedSource, file, source.id.span.clone(), message).help(help));
        }
        let missing = match (&source.publisher, &source.date) {
            (None, None) => "publisher and no date",
            (None, Some(_)) => "publisher",
            (Some(_), None) => "date",
            (Some(_), Some(_)) => continue,
        };
        let message = format!("the source `{}` has no {missing}", id.0);
        let help = "a reader needs both to judge a source; where it truly has no date, say date = \"XXXX\"";
        diagnostics.push(Diagnostic::at(Code::IncompleteSource, file, source.id.span.clone(), message).help(help));
    }
    diagnostics
}

/// An event's date says something: `XXXX` is for sources.
pub(super) fn date(file: &Arc<str>, event: &EventMatter, text: &str) -> Option<Diagnostic> {
    let written = text.get(event.date.span.clone()).unwrap_or_default();
    if written.trim_matches(['"', '\'']) != "XXXX" {
        return None;
    }
    let message = "an event needs a date that says something";
    let help = "give the widest date that is certain: a decade (201X), a range (2011/2024), an open one (2011/..)";
    Some(Diagnostic::at(Code::InvalidDate, file, event.date.span.clone(), message).help(help))
}

/// Coordinates come together and lie on the Earth.
pub(super) fn coordinates(file: &Arc<str>, place: &PlaceMatter) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let mut report = |span, message: String, help: &str| {
        diagnostics.push(Diagnostic::at(Code::InvalidCoordinates, file, span, message).help(help));
    };
    for (name, value, range) in [("latitude", &place.lat, 90.0), ("longitude", &place.lon, 180.0)] {
        if let Some(value) = value
            && (value.value.is_nan() || value.value.abs() > range)
        {
            let message = format!("{} is not a {name}", value.value);
            report(value.span.clone(), message, &format!("a {name} lies between -{range} and {range} degrees"));
        }
    }
    match (&place.lat, &place.lon) {
        (Some(lat), None) => report(lat.span.clone(), "there is a latitude but no longitude".into(), "add `lon = …`"),
        (None, Some(lon)) => report(lon.span.clone(), "there is a longitude but no latitude".into(), "add `lat = …`"),
        _ => {}
    }
    diagnostics
}
