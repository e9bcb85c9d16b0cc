//! What follows from all references together: cycles, tallies, back-links, years.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::config::Family;
use crate::timeline::{
    ActorIx, DocumentIx, Event, EventIx, Kind, Meetings, PlaceIx, Tally, Tie, Timeline, Year, YearMonth,
};

/// Finds cycles in a graph that is given as the edges from each node: one cycle for each edge that closes one in a depth-first
/// walk, as its nodes in order. If the graph has cycles, at least one is found.
///
/// Iterative, so that a long chain does not overflow the stack.
pub(super) fn cycles(edges: &[Vec<usize>]) -> Vec<Vec<usize>> {
    #[derive(Clone, Copy, PartialEq)]
    enum Mark {
        New,
        Open,
        Done,
    }
    let mut marks = vec![Mark::New; edges.len()];
    let mut found = Vec::new();
    for start in 0..edges.len() {
        if marks[start] != Mark::New {
            continue;
        }
        let mut path = vec![(start, 0)];
        marks[start] = Mark::Open;
        while let Some((node, next)) = path.last_mut() {
            let node = *node;
            let Some(&to) = edges[node].get(*next) else {
                marks[node] = Mark::Done;
                path.pop();
                continue;
            };
            *next += 1;
            match marks[to] {
                Mark::New => {
                    marks[to] = Mark::Open;
                    path.push((to, 0));
                }
                Mark::Open => {
                    let from = path.iter().position(|(open, _)| *open == to).unwrap_or(0);
                    found.push(path[from..].iter().map(|(node, _)| *node).collect());
                }
                Mark::Done => {}
            }
        }
    }
    found
}

/// Counts how often each thing occurs; most often first, then in the order of the things.
pub(super) fn tally<T: Ord + Copy>(things: impl Iterator<Item = T>) -> Tally<T> {
    let mut counts: BTreeMap<T, usize> = BTreeMap::new();
    for thing in things {
        *counts.entry(thing).or_default() += 1;
    }
    let mut tally: Vec<(T, usize)> = counts.into_iter().collect();
    tally.sort_by(|(a, m), (b, n)| n.cmp(m).then_with(|| a.cmp(b)));
    tally
}

/// Fills in everything that follows from the documents' own relations: parts, counts, neighbours, years.
pub(super) fn fill(timeline: &mut Timeline) {
    for actor in 0..timeline.actors.len() {
        for whole in timeline.actors[actor].part_of.clone() {
            timeline.actors[whole.0].parts.push(ActorIx(actor));
        }
    }
    for actor in 0..timeline.actors.len() {
        let other = |tie: &Tie| (tie.actor, Tie { actor: ActorIx(actor), ..tie.clone() });
        let member_of: Vec<(ActorIx, Tie)> = timeline.actors[actor].member_of.iter().map(other).collect();
        let became: Vec<(ActorIx, Tie)> = timeline.actors[actor].became.iter().map(other).collect();
        member_of.into_iter().for_each(|(body, tie)| timeline.actors[body.0].members.push(tie));
        became.into_iter().for_each(|(successor, tie)| timeline.actors[successor.0].was.push(tie));
    }
    for place in 0..timeline.places.len() {
        if let Some(whole) = timeline.places[place].within {
            timeline.places[whole.0].contains.push(PlaceIx(place));
        }
    }
    for (index, event) in timeline.events.iter().enumerate() {
        let ix = EventIx(index);
        timeline.kinds[event.kind.0].events.push(ix);
        for actor in &event.actors {
            timeline.actors[actor.0].events.push(ix);
        }
        for place in &event.places {
            timeline.places[place.0].events.push(ix);
        }
        for process in &event.processes {
            timeline.processes[process.0].events.push(ix);
        }
    }
    let events = &timeline.events;
    let wholes: Vec<BTreeSet<ActorIx>> = (0..timeline.actors.len()).map(|index| wholes(timeline, index)).collect();
    timeline.actors.par_iter_mut().enumerate().for_each(|(index, actor)| {
        let ix = ActorIx(index);
        actor.meets = meetings(ix, &actor.events, events, &timeline.kinds);
        // A minister does not meet the government that he belongs to.
        actor.meets.retain(|met| !wholes[index].contains(&met.with) && !wholes[met.with.0].contains(&ix));
        actor.places = tally(actor.events.iter().flat_map(|ix| &events[ix.0].places).copied());
    });
    timeline.places.par_iter_mut().for_each(|place| {
        let of_place = place.events.iter().map(|ix| &events[ix.0]);
        place.actors = tally(of_place.flat_map(|event| &event.actors).copied());
    });
    timeline.processes.par_iter_mut().for_each(|process| {
        let of_process = || process.events.iter().map(|ix| &events[ix.0]);
        process.actors = tally(of_process().flat_map(|event| &event.actors).copied());
        process.places = tally(of_process().flat_map(|event| &event.places).copied());
    });
    follow_back(timeline);
    timeline.years = years(timeline);
}

/// Returns the actors that an actor is part of, directly or through others.
fn wholes(timeline: &Timeline, index: usize) -> BTreeSet<ActorIx> {
    let mut found = BTreeSet::new();
    let mut next = timeline.actors[index].part_of.clone();
    while let Some(whole) = next.pop() {
        if found.insert(whole) {
            next.extend(&timeline[whole].part_of);
        }
    }
    found
}

/// Returns the actors that an actor met, most often first: those who took part in the same talks. Two parties named in one
/// resolution or one list of sanctions have not met.
fn meetings(actor: ActorIx, of_actor: &[EventIx], events: &[Arc<Event>], kinds: &[Kind]) -> Vec<Meetings> {
    let mut with: BTreeMap<ActorIx, Vec<EventIx>> = BTreeMap::new();
    for ix in of_actor {
        let event = &events[ix.0];
        if kinds[event.kind.0].family == Family::Talks {
            for other in event.actors.iter().filter(|other| **other != actor) {
                with.entry(*other).or_default().push(*ix);
            }
        }
    }
    let mut meetings: Vec<Meetings> = with.into_iter().map(|(with, events)| Meetings { with, events }).collect();
    meetings.sort_by(|a, b| b.events.len().cmp(&a.events.len()).then(a.with.cmp(&b.with)));
    meetings
}

fn follow_back(timeline: &mut Timeline) {
    let pairs: Vec<(EventIx, EventIx)> = timeline
        .events
        .iter()
        .enumerate()
        .flat_map(|(index, event)| event.follows.iter().map(move |earlier| (*earlier, EventIx(index))))
        .collect();
    for (earlier, later) in pairs {
        Arc::make_mut(&mut timeline.events[earlier.0]).followed_by.push(later);
    }
}

/// Records for every document which others link to it.
pub(super) fn link_back(timeline: &mut Timeline, links: &BTreeSet<(DocumentIx, DocumentIx)>) {
    for (to, from) in links.iter().filter(|(to, from)| to != from) {
        timeline.entry_mut(*to).linked_from.push(*from);
    }
}

/// Groups the events by the year and month of their first possible day. Only years with events are included, however far
/// apart.
fn years(timeline: &Timeline) -> Vec<Year> {
    let mut years: BTreeMap<i64, BTreeMap<Option<u8>, Vec<EventIx>>> = BTreeMap::new();
    for (index, event) in timeline.events.iter().enumerate() {
        let start = event.date.key().start;
        let month = event.date.month_is_known().then_some(start.month);
        let months = years.entry(start.year).or_default();
        months.entry(month).or_default().push(EventIx(index));
    }
    let month = |(month, events)| YearMonth { month, events };
    let year = |(year, months): (i64, BTreeMap<_, _>)| Year { year, months: months.into_iter().map(month).collect() };
    years.into_iter().map(year).collect()
}
