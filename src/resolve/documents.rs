//! Turns each document from what its author wrote into what the Timeline has.

use super::order::Order;
use super::references::References;
use crate::content::{ActorMatter, EventMatter, PlaceMatter, Precision, ProcessMatter};
use crate::fields::Confidence;
use crate::timeline::{Account, Actor, CitedSource, Correction, Entry, Event, KindIx, Place, Point, Process, Role};

pub(super) fn event(
    entry: Entry,
    matter: &EventMatter,
    found: &References,
    order: &Order,
    default_confidence: Confidence,
) -> Event {
    let numbered = numbered_sources(matter, &entry);
    let number_of = |id: &str| numbered.iter().position(|(index, _)| matter.sources[*index].id.value.0 == id);
    let accounts = matter.accounts.iter().zip(&found.accounts).filter_map(|(account, by)| {
        Some(Account {
            by: order.actor((*by)?)?,
            says: account.says.to_string(),
            source: account.source.as_ref().and_then(|id| number_of(&id.value.0)),
        })
    });
    let correction = |correction: &crate::content::Correction| Correction {
        date: correction.date.0,
        note: correction.note.to_string(),
    };
    let mut corrections: Vec<Correction> = matter.corrections.iter().map(correction).collect();
    corrections.sort_by_key(|correction| correction.date);
    let mut follows = order.events(&found.follows);
    follows.sort_unstable();
    Event {
        accounts: accounts.collect(),
        sources: numbered.iter().map(|(index, citations)| cited(&matter.sources[*index], *citations)).collect(),
        corrections,
        kind: KindIx(found.kind),
        actors: order.actors(&found.actors),
        places: order.places(&found.places),
        processes: order.processes(&found.processes),
        follows,
        followed_by: Vec::new(),
        tags: matter.tags.iter().map(ToString::to_string).collect(),
        confidence: matter.confidence.unwrap_or(default_confidence),
        importance: matter.importance,
        draft: matter.draft,
        retracted: matter.retracted.as_ref().map(ToString::to_string),
        date: matter.date.0.clone(),
        entry,
    }
}

/// The sources in the order of their numbers: as the text first cites them, then those of accounts, then the rest.
fn numbered_sources(matter: &EventMatter, entry: &Entry) -> Vec<(usize, usize)> {
    let mut numbered = entry.body.citations.clone();
    let by_account = |index: usize| {
        let id = &matter.sources[index].id.value;
        matter.accounts.iter().any(|account| account.source.as_ref().is_some_and(|source| source.value == *id))
    };
    let rest = (0..matter.sources.len()).filter(|index| !entry.body.citations.iter().any(|(cited, _)| cited == index));
    let (of_accounts, uncited): (Vec<usize>, Vec<usize>) = rest.partition(|index| by_account(*index));
    numbered.extend(of_accounts.into_iter().chain(uncited).map(|index| (index, 0)));
    numbered
}

fn cited(source: &crate::content::Source, citations: usize) -> CitedSource {
    CitedSource {
        id: source.id.value.0.clone(),
        title: source.title.to_string(),
        publisher: source.publisher.as_ref().map(ToString::to_string),
        url: source.url.as_ref().map(|url| url.to_string()),
        date: source.date.clone(),
        accessed: source.accessed.as_ref().map(|day| day.value.0),
        archive: source.archive.as_ref().map(|url| url.to_string()),
        language: source.language.as_ref().map(|tag| tag.to_string()),
        citations,
    }
}

pub(super) fn actor(entry: Entry, matter: &ActorMatter, found: &References, order: &Order) -> Actor {
    let role = |role: &crate::content::Role| Role {
        title: role.title.to_string(),
        from: role.from.clone(),
        to: role.to.as_ref().map(|to| to.value.clone()),
    };
    Actor {
        entry,
        kind: matter.kind,
        part_of: order.actors(&found.parents),
        parts: Vec::new(),
        wikidata: matter.wikidata.as_ref().map(|item| item.0.clone()),
        roles: matter.roles.iter().map(role).collect(),
        events: Vec::new(),
        meets: Vec::new(),
        places: Vec::new(),
    }
}

pub(super) fn place(entry: Entry, matter: &PlaceMatter, found: &References, order: &Order) -> Place {
    let coordinates = matter.lat.as_ref().zip(matter.lon.as_ref());
    Place {
        entry,
        point: coordinates.and_then(|(lat, lon)| point(**lat, **lon, matter.precision)),
        country: matter.country.as_ref().map(|code| code.0.clone()),
        within: order.places(&found.parents).first().copied(),
        contains: Vec::new(),
        events: Vec::new(),
        actors: Vec::new(),
    }
}

/// A point rounded to what may be shown. Rounding happens only here, so that no output contains more.
fn point(lat: f64, lon: f64, precision: Option<Precision>) -> Option<Point> {
    let decimals = match precision.unwrap_or(Precision::Exact) {
        Precision::Exact => return Some(Point { lat, lon }),
        Precision::City => 100.0,
        Precision::Region => 10.0,
        Precision::Country => return None,
    };
    let round = |degrees: f64| (degrees * decimals).round() / decimals;
    Some(Point { lat: round(lat), lon: round(lon) })
}

pub(super) fn process(entry: Entry, matter: &ProcessMatter) -> Process {
    Process {
        entry,
        date: matter.date.clone(),
        colour: matter.colour.as_ref().map(|colour| colour.to_string()),
        events: Vec::new(),
        actors: Vec::new(),
        places: Vec::new(),
    }
}
