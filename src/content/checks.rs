//! Checks of values against each other, made when both front matter and text have been read: sources against citations,
//! dates against dates, coordinates against their ranges.

use std::collections::BTreeSet;

use super::body::Body;
use super::matter::Matter;
use super::records::{EventMatter, PlaceMatter};
use super::source::Account;
use crate::date::Day;
use crate::diagnostic::{Code, Problems, Span};
use crate::fields::FullDate;
use crate::id::{self, fold};
use crate::source_path::SourcePath;
use crate::syntax::{Allowance, Decode, nearest};

/// Reports sources that nothing cites, that lack a publisher or date, or that have the hash of a copy but no copy; and
/// accounts whose source does not exist.
pub(super) fn sources(file: &SourcePath, event: &EventMatter, body: &Body) -> Problems {
    let mut problems = Problems::default();
    let mut allowance = Allowance::default();
    let ids = || event.sources.iter().map(|source| source.id.value.0.as_str());
    let known: BTreeSet<&str> = ids().collect();
    let mut by_account = BTreeSet::new();
    // A citation in different letter case is reported where it is written; the uncited source is the same mistake.
    let mut misspelt = body.unknown_citations.clone();
    // An account that could not be read may be the one that names the source.
    let named = |account: &Account| account.source.as_ref().is_none_or(|source| !source.value.0.is_empty());
    let accounts_known = event.accounts.iter().all(|account| !account.unread.0 && named(account));
    for named in event.accounts.iter().filter_map(|account| account.source.as_ref()) {
        let id = named.value.0.as_str();
        by_account.insert(id);
        if !id.is_empty() && !known.contains(id) {
            misspelt.insert(fold(id));
            let message = format!("no source of this entry has the id `{id}`");
            let near = if allowance.spend(Code::UnknownSource) { nearest(id, ids()) } else { None };
            let help = near.unwrap_or_else(|| format!("add a source with the id \"{id}\" to the front matter"));
            problems.report(Code::UnknownSource, (file, named.span.clone()), message).help(help);
        }
    }
    let mut cited = vec![false; event.sources.len()];
    for (index, _) in &body.citations {
        cited[*index] = true;
    }
    let mut seen = BTreeSet::new();
    for (index, source) in event.sources.iter().enumerate() {
        let id = &source.id.value;
        // An id that is empty or used twice was reported as such.
        if id.0.is_empty() || !seen.insert(id) {
            continue;
        }
        let is_used = cited[index] || by_account.contains(id.0.as_str()) || misspelt.contains(&fold(&id.0));
        // A source whose id cannot be one cannot be cited.
        if !is_used && accounts_known && id::check(&id.0).is_ok() {
            let message = format!("the source `{}` is never cited", id.0);
            let help = format!("cite it in the text as [^{}], or remove it", id.0);
            problems.report(Code::UncitedSource, (file, source.id.span.clone()), message).help(help);
        }
        if source.unread.0 {
            continue;
        }
        if source.archive_sha256.is_some() && source.archive.is_none() {
            let message = format!("the source `{}` has the hash of a copy, but no copy", id.0);
            let help = "add the address of the copy as `archive`, or remove `archive_sha256`";
            problems.report(Code::MissingKey, (file, source.id.span.clone()), message).help(help);
        }
        let missing = match (&source.publisher, &source.date) {
            (None, None) => "publisher and no date",
            (None, Some(_)) => "publisher",
            (Some(_), None) => "date",
            (Some(_), Some(_)) => continue,
        };
        let message = format!("the source `{}` has no {missing}", id.0);
        let help = "readers need both to judge a source; if it really has no date, write date = \"XXXX\"";
        problems.report(Code::IncompleteSource, (file, source.id.span.clone()), message).help(help);
    }
    problems
}

/// Reports sources read before they were published, and roles and memberships that end before they begin, if that is certain.
pub(super) fn order_of_dates(file: &SourcePath, matter: &Matter) -> Problems {
    let mut problems = Problems::default();
    let mut report = |span: &Span, message: String, help: String| {
        problems.report(Code::DatesOutOfOrder, (file, span.clone()), message).help(help);
    };
    match matter {
        Matter::Event(event) => {
            for source in &event.sources {
                let Some((date, accessed)) = source.date.as_ref().zip(source.accessed.as_ref()) else { continue };
                let day = accessed.value.0;
                if date.earliest().is_some_and(|published| day < published) && date.has_year() && !is_placeholder(day) {
                    let message = format!("the source was read on {day}, before it was published: its date is {date}");
                    let help =
                        "correct `accessed`, the day on which you read it, or `date`, its publication".to_owned();
                    report(&accessed.span, message, help);
                }
            }
        }
        Matter::Actor(actor) => {
            let roles = actor.roles.iter().map(|role| ("role", &role.from, &role.to));
            let memberships = actor.member_of.iter().map(|member| ("membership", &member.from, &member.to));
            for (what, from, to) in roles.chain(memberships) {
                let Some((from, to)) = from.as_ref().zip(to.as_ref()) else { continue };
                if from.certainly_after(&to.value) && from.has_year() && to.value.has_year() {
                    let message = format!("the {what} ends before it begins: it is held from {from} to {}", to.value);
                    let help =
                        format!("if they are the wrong way round, write from = \"{}\", to = \"{from}\"", to.value);
                    report(&to.span, message, help);
                }
            }
        }
        Matter::Place(_) | Matter::Process(_) | Matter::Page(_) => {}
    }
    problems
}

/// Whether a day is the placeholder of one that could not be read, which was reported already.
fn is_placeholder(day: Day) -> bool {
    FullDate(day) == FullDate::placeholder()
}

/// Reports coordinates that are out of range, and latitude without longitude or the reverse.
pub(super) fn coordinates(file: &SourcePath, place: &PlaceMatter) -> Problems {
    let mut problems = Problems::default();
    let mut report = |span, message: String, help: &str| {
        problems.report(Code::InvalidCoordinates, (file, span), message).help(help);
    };
    for (name, value, range) in [("latitude", &place.lat, 90.0), ("longitude", &place.lon, 180.0)] {
        if let Some(value) = value
            && (value.value.is_nan() || value.value.abs() > range)
        {
            let message = format!("{} is not a {name}", value.value);
            report(value.span.clone(), message, &format!("a {name} is between -{range} and {range} degrees"));
        }
    }
    match (&place.lat, &place.lon) {
        (Some(lat), None) => report(lat.span.clone(), "there is a latitude but no longitude".into(), "add `lon = …`"),
        (None, Some(lon)) => report(lon.span.clone(), "there is a longitude but no latitude".into(), "add `lat = …`"),
        _ => {}
    }
    problems
}
