//! What the queries of texts find, and whether the numbers in texts are right.
//!
//! A query finds what the default publication shows. Drafts and embargoed events never count, not even in a build or a preview
//! that shows them, so a number that is right stays right.

use super::DocumentNo;
use super::order::Order;
use super::references::{QueryReferences, Resolver};
use crate::config::Config;
use crate::content::{Direction, Document, Matter, Purpose, Query, Show, TextQuery, VoteChoice, in_digits};
use crate::diagnostic::{Code, Problems};
use crate::id::Collection;
use crate::timeline::{EventIx, EventList, ListIx, Outcome, Timeline};

impl Resolver<'_, '_> {
    /// Resolves the ids of a query.
    pub(super) fn query(&mut self, query: &Query, config: &Config) -> QueryReferences {
        let before = self.problems.len();
        let events = self.list(Collection::Events, &query.events.0);
        for id in &query.events.0 {
            let Some(number) = self.registry.find(Collection::Events, &id.value.0) else { continue };
            let help = "publish it, or remove it from the list";
            if let Some(reason) = self.registry.unpublished(number).filter(|_| self.published) {
                let message = format!("the event `{}` will not be published: {reason}", id.value.0);
                self.report(Code::UnpublishedLink, id.span.clone(), message).help(help);
            } else if is_retracted(self.registry.document(number)) {
                let message = format!("the event `{}` has been retracted", id.value.0);
                self.report(Code::UnpublishedLink, id.span.clone(), message).help("remove it from the list");
            }
        }
        let processes = self.list(Collection::Processes, &query.process.0);
        let actors = self.list(Collection::Actors, &query.actor.0);
        let places = self.list(Collection::Places, &query.place.0);
        let kinds: Vec<usize> = query.kind.0.iter().filter_map(|id| self.kind(config, id)).collect();
        // An id may be unknown without a report, if another mistake explains it.
        let written = [&query.events, &query.process, &query.actor, &query.place].map(|names| names.0.len());
        let known = [&events, &processes, &actors, &places].map(Vec::len);
        let is_sound = self.problems.len() == before && written == known && kinds.len() == query.kind.0.len();
        QueryReferences { events, processes, kinds, actors, places, is_sound }
    }
}

/// Answers the queries of all documents and gives the lists to their entries. `by_default` says of each event of the Timeline
/// whether the default publication shows it. Numbers that are wrong and empty lists are reported if `problems` is given.
pub(super) fn answer(
    timeline: &mut Timeline,
    documents: &[(DocumentNo, &Document, Vec<QueryReferences>)],
    order: &Order,
    by_default: &[bool],
    mut problems: Option<&mut Problems>,
) {
    for (number, document, resolved) in documents {
        let mut lists = Vec::new();
        for (asked, resolved) in document.body.queries.iter().zip(resolved) {
            let events = if resolved.is_sound {
                events(&asked.query, resolved, timeline, order, by_default)
            } else {
                Vec::new()
            };
            if let Some(problems) = problems.as_deref_mut().filter(|_| resolved.is_sound && !is_retracted(document)) {
                check(asked, events.len(), document, problems);
            }
            // An asserted number shows no events, and there may be many such numbers.
            let events = if asked.purpose == Purpose::Show { events } else { Vec::new() };
            lists.push(ListIx(timeline.lists.len()));
            timeline.lists.push(EventList { events, show: asked.query.show.unwrap_or(Show::List) });
        }
        if let Some(document) = order.index(*number) {
            timeline.entry_mut(document).lists = lists;
        }
    }
}

/// Returns the events that a query finds, in the order in which they are shown.
fn events(
    query: &Query,
    ids: &QueryReferences,
    timeline: &Timeline,
    order: &Order,
    by_default: &[bool],
) -> Vec<EventIx> {
    let (actors, places) = (order.actors(&ids.actors), order.places(&ids.places));
    let processes = order.processes(&ids.processes);
    let named = order.events(&ids.events);
    let from = query.from.as_ref().and_then(|from| from.earliest());
    let to = query.to.as_ref().and_then(|to| to.latest());
    let fits = |ix: &EventIx| {
        let event = &timeline[*ix];
        let start = || event.date.key().start;
        by_default[ix.0]
            && (query.process.0.is_empty() || event.processes.iter().any(|of| processes.contains(of)))
            && (query.kind.0.is_empty() || ids.kinds.contains(&event.kind.0))
            && actors.iter().all(|actor| event.actors.contains(actor))
            && (query.place.0.is_empty() || event.places.iter().any(|of| places.contains(of)))
            && query.vote.is_none_or(|wanted| event.vote.as_ref().is_some_and(|vote| ended(vote.outcome, wanted)))
            && from.is_none_or(|from| start() >= from)
            && to.is_none_or(|to| start() <= to)
    };
    if !query.events.0.is_empty() {
        return named.into_iter().filter(fits).collect();
    }
    // Only the events of the condition that has the fewest are filtered, so that queries with ids stay fast on a long
    // timeline.
    let lists = [
        (!processes.is_empty()).then(|| processes.iter().map(|ix| timeline[*ix].events.as_slice()).collect::<Vec<_>>()),
        (!ids.kinds.is_empty()).then(|| ids.kinds.iter().map(|ix| timeline.kinds[*ix].events.as_slice()).collect()),
        actors
            .iter()
            .map(|ix| timeline[*ix].events.as_slice())
            .min_by_key(|events| events.len())
            .map(|events| vec![events]),
        (!places.is_empty()).then(|| places.iter().map(|ix| timeline[*ix].events.as_slice()).collect()),
    ];
    let shortest = lists.into_iter().flatten().min_by_key(|lists| lists.iter().map(|list| list.len()).sum::<usize>());
    let mut found: Vec<EventIx> = match shortest {
        Some(lists) => lists.concat().into_iter().filter(fits).collect(),
        None => timeline.all_events().filter(fits).collect(),
    };
    found.sort_unstable();
    found.dedup();
    if query.order.as_ref().is_some_and(|order| order.value == Direction::Newest) {
        found.reverse();
    }
    found
}

fn is_retracted(document: &Document) -> bool {
    matches!(&*document.matter, Matter::Event(event) if event.retracted.is_some())
}

/// Returns whether a vote ended as a query asks.
fn ended(outcome: Outcome, wanted: VoteChoice) -> bool {
    match wanted {
        VoteChoice::Any => true,
        VoteChoice::Adopted => outcome == Outcome::Adopted,
        VoteChoice::Rejected => outcome == Outcome::Rejected,
        VoteChoice::Vetoed => outcome == Outcome::Vetoed,
    }
}

/// Reports a number that is wrong, and a list without events.
fn check(asked: &TextQuery, found: usize, document: &Document, problems: &mut Problems) {
    let place = (&document.file, asked.span.clone());
    match asked.purpose {
        Purpose::Assert { number, zero } if number != found => {
            let fit = if found == 1 { "event fits" } else { "events fit" };
            let message = format!("the text says {number}, but {found} published {fit} the query");
            let help = format!("write {}", in_digits(found, zero));
            problems.report(Code::WrongCount, place, message).help(help);
        }
        Purpose::Show if found == 0 && asked.query.show != Some(Show::Count) => {
            problems
                .report(Code::EmptyQuery, place, "no published event fits the query, so the page shows an empty list")
                .help("widen the query, or remove the block");
        }
        Purpose::Assert { .. } | Purpose::Show => {}
    }
}
