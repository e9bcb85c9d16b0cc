//! Which revisions of an entry were published, by the rules of today.
//!
//! A revision that would not be published today does not count: a draft, one that was replaced before its embargo ended, one
//! whose confidence the site does not publish, a retracted one, and one that cannot be read. No option of a build changes that.

use super::facts::Facts;
use super::log::{Origin, of_collection};
use super::repository::Known;
use crate::config::Config;
use crate::date::{Day, Moment};
use crate::id::Collection;
use crate::timeline::{Entry, Fact};

/// How much of a renamed text must be the same, in per cent, if nothing else says that it is the same entry. Short entries
/// resemble each other.
const SAME: u8 = 95;

/// A revision with what became of it.
pub(super) struct Stage<'k> {
    /// The revision.
    pub known: &'k Known,
    /// What became of it.
    pub fate: Fate<'k>,
}

/// What became of a revision.
pub(super) enum Fate<'k> {
    /// It was published at this moment.
    Published(Moment, &'k Facts),
    /// It was never published.
    Unpublished,
    /// It retracted the entry.
    Retracted,
    /// It cannot be read.
    Unread,
}

/// Returns the newest of `revisions`, which git connects, as far back as they certainly belong to the entry: the collection is
/// the same, and at each step back the file has the same name, or a rename left at least 95 per cent of the text the same, or
/// an alias has the older id. Both lists are newest first.
pub(super) fn of_entry<'k>(entry: &Entry, revisions: &'k [Known]) -> &'k [Known] {
    let is_of = |newer: &Known, older: &Known| {
        let Some((collection, name)) = of_collection(&older.path) else { return false };
        if collection != entry.id.collection {
            return false;
        }
        let id = name.trim_end_matches(".md");
        let is_alias = || entry.aliases.iter().any(|alias| alias.value == collection.path(id));
        let is_same = matches!(newer.origin, Origin::Renamed(similarity) if similarity >= SAME);
        of_collection(&newer.path).is_some_and(|(_, newer)| newer == name) || is_same || is_alias()
    };
    let joined = revisions.windows(2).take_while(|pair| is_of(&pair[0], &pair[1])).count();
    revisions.get(..=joined).unwrap_or(revisions)
}

/// Returns what became of the revisions of an entry, earliest first. `revisions` are newest first.
pub(super) fn stages<'k>(revisions: &'k [Known], config: &Config, today: Day) -> Vec<Stage<'k>> {
    let mut replaced = today;
    let newest_first = revisions.iter().map(|known| {
        let fate = fate(known, replaced, config);
        replaced = known.moment.day();
        Stage { known, fate }
    });
    let mut stages: Vec<Stage<'k>> = newest_first.collect();
    stages.reverse();
    stages
}

/// Returns what became of a revision that was the newest until a day.
fn fate<'k>(known: &'k Known, until: Day, config: &Config) -> Fate<'k> {
    let Some(facts) = &known.facts else { return Fate::Unread };
    if facts.draft || facts.embargo.is_some_and(|day| day > until) || !is_let_through(known, facts, config) {
        return Fate::Unpublished;
    }
    if facts.retracted {
        return Fate::Retracted;
    }
    let released = facts.embargo.map_or(known.moment, |day| Moment::of_day(day).max(known.moment));
    Fate::Published(released, facts)
}

/// Returns whether the site publishes a revision by its confidence. An event that names none has the site's default; other
/// entries have none, and are always published.
fn is_let_through(known: &Known, facts: &Facts, config: &Config) -> bool {
    if of_collection(&known.path).is_none_or(|(collection, _)| collection != Collection::Events) {
        return true;
    }
    let given = facts.values.get(&Fact::Confidence).and_then(|values| values.first());
    let level = given.map_or(config.default_confidence.name(), String::as_str);
    config.published.iter().any(|published| published.name() == level)
}
