//! What a document shows to be wrong with itself once front matter and text have both been read.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::body::Body;
use super::records::{EventMatter, PlaceMatter};
use crate::diagnostic::{Code, Diagnostic};
use crate::id::{self, Collection, DocumentId, SitePath};
use crate::syntax::{Allowance, Spanned, nearest};

/// Sources that nobody cites or that say too little of themselves, and accounts that cite a source which is not there.
pub(super) fn sources(file: &Arc<str>, event: &EventMatter, body: &Body) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let mut allowance = Allowance::default();
    let ids = || event.sources.iter().map(|source| source.id.value.0.as_str());
    let known: BTreeSet<&str> = ids().collect();
    let mut by_account = BTreeSet::new();
    for named in event.accounts.iter().filter_map(|account| account.source.as_ref()) {
        let id = named.value.0.as_str();
        by_account.insert(id);
        if !id.is_empty() && !known.contains(id) {
            let message = format!("no source of this entry has the id `{id}`");
            let near = if allowance.spend(Code::UnknownSource) { nearest(id, ids()) } else { None };
            let help = near.unwrap_or_else(|| format!("add a source with the id \"{id}\" to the front matter"));
            diagnostics.push(Diagnostic::at(Code::UnknownSource, file, named.span.clone(), message).help(help));
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
        if !cited[index] && !by_account.contains(id.0.as_str()) {
            let message = format!("the source `{}` is never cited", id.0);
            let help = format!("cite it in the text as [^{}], or remove it", id.0);
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

/// The paths that a document's aliases stand for, and what is wrong with the others.
pub(super) fn aliases(
    file: &Arc<str>,
    document: &DocumentId,
    aliases: &[Spanned<String>],
) -> (Vec<Spanned<SitePath>>, Vec<Diagnostic>) {
    let mut paths: Vec<Spanned<SitePath>> = Vec::new();
    let mut seen = BTreeSet::new();
    let mut diagnostics = Vec::new();
    for alias in aliases {
        let span = alias.span.clone();
        match alias_path(document.collection, &alias.value) {
            Err(reason) => {
                let message = format!("`{}` cannot be an alias: {reason}", alias.value);
                let help = "an alias is an old id, or an old path inside the site such as 2017/11/old-name/";
                diagnostics.push(Diagnostic::at(Code::InvalidAlias, file, span, message).help(help));
            }
            Ok(path) if id::fold(path.as_str()) == id::fold(document.path().as_str()) => {
                let message = format!("`{}` is the document's own id", alias.value);
                diagnostics.push(Diagnostic::at(Code::OwnAlias, file, span, message).help("take it out"));
            }
            Ok(path) if !seen.insert(path.clone()) => {
                let message = format!("the alias `{}` stands here twice", alias.value);
                diagnostics
                    .push(Diagnostic::at(Code::DuplicateReference, file, span, message).help("remove one of the two"));
            }
            Ok(path) => paths.push(Spanned { span, value: path }),
        }
    }
    (paths, diagnostics)
}

/// An old id in the same folder, or a path: `2017/11/old/` and `2017/11/old` both become `…/index.html`.
fn alias_path(collection: Collection, alias: &str) -> Result<SitePath, String> {
    let alias = id::normalise(alias);
    if !alias.contains(['/', '.']) {
        id::check(&alias)?;
        return Ok(collection.path(&alias));
    }
    if alias.starts_with('/') {
        return Err("a path begins without a slash".to_owned());
    }
    let trimmed = alias.trim_end_matches('/');
    for part in trimmed.split('/') {
        let stem = part.split('.').next().unwrap_or_default();
        if part.is_empty() || part.starts_with('.') || part.ends_with(['.', ' ']) {
            return Err(format!("`{part}` cannot be a part of a path"));
        }
        if let Some(c) = part.chars().find(|c| c.is_control() || "<>:\"|?*\\".contains(*c)) {
            return Err(format!("a path has no `{c}`"));
        }
        if part.len() > 200 || (id::check(stem).is_err() && id::is_device(stem)) {
            return Err(format!("`{part}` cannot be the name of a file everywhere"));
        }
    }
    let names_a_file = trimmed == alias && trimmed.ends_with(".html");
    Ok(SitePath::new(if names_a_file { alias } else { format!("{trimmed}/index.html") }))
}
