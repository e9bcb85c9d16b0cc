//! Who met whom, and how often.
//!
//! The matrix is symmetric: it has every pair twice, so that a row shows everybody whom its actor met. Templates write it as an
//! HTML table; this file chooses its rows, their order, and the shade of each cell.

use std::collections::BTreeSet;

use crate::timeline::{ActorIx, Timeline};

/// The most actors in the matrix: those with the most meetings.
pub(super) const MOST: usize = 24;

/// Two actors who met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Meeting {
    /// The actor that is first by name.
    pub one: ActorIx,
    /// The other actor.
    pub other: ActorIx,
    /// How often they met.
    pub count: usize,
}

/// All pairs who met, most often first, then by name.
#[must_use]
pub(crate) fn meetings(timeline: &Timeline) -> Vec<Meeting> {
    let pairs = timeline.actors.iter().enumerate().flat_map(|(index, actor)| {
        let one = ActorIx(index);
        let of_one = actor.meets.iter().filter(move |meetings| one < meetings.with);
        of_one.map(move |meetings| Meeting { one, other: meetings.with, count: meetings.events.len() })
    });
    let mut pairs: Vec<Meeting> = pairs.collect();
    pairs.sort_by(|a, b| b.count.cmp(&a.count).then(a.one.cmp(&b.one)).then(a.other.cmp(&b.other)));
    pairs
}

/// A group of rows of the matrix, and of columns in the same order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Group {
    /// The index of its bloc in the Timeline's `blocs`; `None` for actors without a bloc.
    pub bloc: Option<usize>,
    /// Its actors.
    pub actors: Vec<ActorIx>,
}

/// Returns the actors of the matrix, at most [`MOST`]: those who met others most often, most often first.
fn most_met(timeline: &Timeline) -> Vec<ActorIx> {
    let met = |actor: &ActorIx| timeline[*actor].meets.iter().map(|meetings| meetings.events.len()).sum::<usize>();
    let mut actors: Vec<ActorIx> = (0..timeline.actors.len()).map(ActorIx).filter(|actor| met(actor) > 0).collect();
    actors.sort_by_key(|actor| (std::cmp::Reverse(met(actor)), *actor));
    actors.truncate(MOST);
    actors
}

/// Returns all pairs of actors in the matrix, including those who never met. The first of each, which met others less often, is
/// the actor whose page lists the meetings, and to which the pair's cells link.
#[must_use]
pub(crate) fn pairs(timeline: &Timeline) -> BTreeSet<(ActorIx, ActorIx)> {
    let actors = most_met(timeline);
    let before = |(at, one): (usize, &ActorIx)| actors[..at].iter().map(|other| (*one, *other)).collect::<Vec<_>>();
    actors.iter().enumerate().flat_map(before).collect()
}

/// The rows of the matrix: by the site's blocs and in their order, or all in one group by frequency. Empty if fewer than three
/// actors met.
#[must_use]
pub(crate) fn groups(timeline: &Timeline) -> Vec<Group> {
    let mut left = most_met(timeline);
    if left.len() < 3 {
        return Vec::new();
    }
    let mut groups: Vec<Group> = Vec::new();
    for (number, bloc) in timeline.blocs.iter().enumerate() {
        let actors = bloc.actors.iter().copied().filter(|actor| left.contains(actor)).collect();
        groups.push(Group { bloc: Some(number), actors });
        left.retain(|actor| !bloc.actors.contains(actor));
    }
    groups.push(Group { bloc: None, actors: left });
    groups.retain(|group| !group.actors.is_empty());
    groups
}

/// Returns how often two actors met, and the shade of their cell, 1 to 5; `None` if they never met. `highest` is how often the
/// most frequent pair met.
#[must_use]
pub(crate) fn cell(timeline: &Timeline, one: ActorIx, other: ActorIx, highest: usize) -> Option<(usize, usize)> {
    let met = timeline[one].meets.iter().find(|meetings| meetings.with == other)?;
    let count = met.events.len();
    (count > 0).then(|| (count, level(count, highest)))
}

/// Returns one of five shades: 1 for a single meeting, and 5 for the highest count if that is 5 or more.
fn level(count: usize, highest: usize) -> usize {
    1 + (count.saturating_sub(1) * 5 / highest.max(1)).min(4)
}

#[cfg(test)]
mod tests {
    use super::{groups, level, meetings};
    use crate::figures::fixture::timeline;

    #[test]
    fn a_pair_is_counted_once() {
        let timeline = timeline(&["2011-03-15", "2012-03-15"]);
        let met = meetings(&timeline);
        assert_eq!(met.len(), 1);
        assert_eq!(met[0].count, 2);
        assert_eq!(groups(&timeline), [], "two actors need no matrix");
    }

    #[test]
    fn steps_go_from_the_palest_to_the_strongest() {
        assert_eq!([1, 5, 10].map(|count| level(count, 10)), [1, 3, 5]);
        assert_eq!(level(1, 1), 1);
    }
}
