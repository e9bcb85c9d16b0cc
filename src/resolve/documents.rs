//! Turns each document from what its author wrote into what the Timeline has.

use super::order::Order;
use super::references::References;
use crate::config::Config;
use crate::content::{ActorMatter, Count, Document, EventMatter, PlaceMatter, Precision, ProcessMatter, ResolvedLink};
use crate::syntax::Spanned;
use crate::timeline::{
    Account, Actor, CitedSource, Correction, Entry, Event, KindIx, Outcome, Place, Point, Process, Role, Seats, Tie,
    Vote,
};

/// Returns the beginning of the text in plain words; empty if the document has a summary.
pub(super) fn lead(document: &Document, links: &[ResolvedLink]) -> String {
    let summary = document.matter.common().summary.as_ref();
    if summary.is_some_and(|summary| !summary.is_empty()) { String::new() } else { document.body.lead(links) }
}

pub(super) fn event(
    entry: Entry,
    matter: &EventMatter,
    citations: &[(usize, usize)],
    found: &References,
    order: &Order,
    config: &Config,
) -> Event {
    let numbered = numbered_sources(matter, citations);
    let number_of = |id: &str| numbered.iter().position(|(index, _)| matter.sources[*index].id.value.0 == id);
    let accounts = matter.accounts.iter().zip(&found.accounts).filter_map(|(account, by)| {
        Some(Account {
            by: order.actor((*by)?)?,
            says: account.says.to_string(),
            source: account.source.as_ref().and_then(|id| number_of(&id.value.0)),
            confidence: account.confidence,
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
        vote: vote(matter, found, order, config).map(Box::new),
        kind: KindIx(found.kind),
        actors: order.actors(&found.actors),
        places: order.places(&found.places),
        processes: order.processes(&found.processes),
        follows,
        followed_by: Vec::new(),
        short_title: matter.short_title.as_ref().map(ToString::to_string),
        tags: matter.tags.iter().map(ToString::to_string).collect(),
        confidence: matter.confidence.unwrap_or(config.default_confidence),
        importance: matter.importance,
        draft: matter.draft,
        retracted: matter.retracted.as_ref().map(ToString::to_string),
        date: matter.date.0.clone(),
        entry,
    }
}

/// The kind of event in which a vote that fails is a veto.
const VETO: &str = "veto";

fn vote(matter: &EventMatter, found: &References, order: &Order, config: &Config) -> Option<Vote> {
    let vote = matter.vote.as_ref()?;
    let optional = |count: &Option<Spanned<Count>>| count.as_ref().and_then(|count| count.value.0);
    let is_veto = config.kinds.get(found.kind).is_some_and(|kind| *kind.id == *VETO);
    let [against, abstaining, not_voting] = found.voters.each_ref().map(|list| order.actors(list));
    Some(Vote {
        body: order.actor(found.body?)?,
        document: vote.document.as_ref().map(ToString::to_string),
        yes: vote.yes.value.0?,
        no: vote.no.value.0?,
        abstained: optional(&vote.abstained),
        absent: optional(&vote.absent),
        against,
        abstaining,
        not_voting,
        outcome: match vote.adopted.value.0? {
            true => Outcome::Adopted,
            false if is_veto => Outcome::Vetoed,
            false => Outcome::Rejected,
        },
    })
}

/// Returns the sources in the order of their numbers, each as its index and how often the text cites it: first those that the
/// text cites, by first citation; then those of accounts; then the rest.
fn numbered_sources(matter: &EventMatter, citations: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut numbered = citations.to_vec();
    let by_account = |index: usize| {
        let id = &matter.sources[index].id.value;
        matter.accounts.iter().any(|account| account.source.as_ref().is_some_and(|source| source.value == *id))
    };
    let rest = (0..matter.sources.len()).filter(|index| !citations.iter().any(|(cited, _)| cited == index));
    let (of_accounts, uncited): (Vec<usize>, Vec<usize>) = rest.partition(|index| by_account(*index));
    numbered.extend(of_accounts.into_iter().chain(uncited).map(|index| (index, 0)));
    numbered
}

fn cited(source: &crate::content::Source, citations: usize) -> CitedSource {
    CitedSource {
        id: source.id.value.0.clone(),
        title: source.title.to_string(),
        is_described: source.title_is_description,
        kind: source.kind,
        relay: source.relay.as_ref().map(ToString::to_string),
        publisher: source.publisher.as_ref().map(ToString::to_string),
        url: source.url.as_ref().map(|url| url.to_string()),
        date: source.date.clone(),
        accessed: source.accessed.as_ref().map(|day| day.value.0),
        archive: source.archive.as_ref().map(|url| url.value.to_string()),
        archive_sha256: source.archive_sha256.as_ref().map(|hash| hash.0.clone()),
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
    let memberships = matter.member_of.iter().zip(&found.member_of).filter_map(|(member, of)| {
        let (from, to) = (member.from.clone(), member.to.as_ref().map(|to| to.value.clone()));
        Some(Tie { actor: order.actor((*of)?)?, from, to })
    });
    let seats = matter
        .members
        .iter()
        .filter_map(|members| Some(Seats { count: members.count.value.0?, from: members.from.clone() }));
    let successors = matter.became.iter().zip(&found.became).filter_map(|(became, actor)| {
        Some(Tie { actor: order.actor((*actor)?)?, from: became.date.clone(), to: None })
    });
    Actor {
        entry,
        kind: matter.kind,
        part_of: order.actors(&found.parents),
        parts: Vec::new(),
        names: matter.names.iter().map(|name| name.value.to_string()).collect(),
        native_name: matter.native_name.as_ref().map(|name| name.value.to_string()),
        roles: matter.roles.iter().map(role).collect(),
        seats: seats.collect(),
        member_of: memberships.collect(),
        members: Vec::new(),
        became: successors.collect(),
        was: Vec::new(),
        events: Vec::new(),
        meets: Vec::new(),
        places: Vec::new(),
    }
}

pub(super) fn place(entry: Entry, matter: &PlaceMatter, found: &References, order: &Order) -> Place {
    let coordinates = matter.lat.as_ref().zip(matter.lon.as_ref());
    let precision = matter.precision.unwrap_or(Precision::Exact);
    Place {
        entry,
        point: coordinates.and_then(|(lat, lon)| Point::shown(**lat, **lon, precision)),
        precision,
        country: matter.country.as_ref().map(|code| code.0.clone()),
        within: order.places(&found.parents).first().copied(),
        contains: Vec::new(),
        events: Vec::new(),
        actors: Vec::new(),
    }
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
