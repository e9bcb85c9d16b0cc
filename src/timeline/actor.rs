//! Actors: their offices and ties, and whom they met.

use super::entry::Entry;
use super::index::{ActorIx, EventIx, PlaceIx};
use crate::content::ActorKind;
use crate::date::EdtfDate;

/// Things with the number of times they occur: most often first, then in the order of the things.
pub(crate) type Tally<T> = Vec<(T, usize)>;

/// The meetings of one actor with another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meetings {
    /// The other actor.
    pub with: ActorIx,
    /// The talks (summits, meetings, visits, …) in which both took part, in timeline order: events whose kind has the family
    /// [`Talks`](crate::config::Family::Talks).
    pub events: Vec<EventIx>,
}

/// An office that an actor held.
#[derive(Clone, Debug)]
pub struct Role {
    /// What the office is called.
    pub title: String,
    /// When it began.
    pub from: Option<EdtfDate>,
    /// When it ended.
    pub to: Option<EdtfDate>,
}

/// How many members a body had.
#[derive(Clone, Debug)]
pub struct Seats {
    /// How many could vote.
    pub count: u32,
    /// From when on; `None`: from the beginning.
    pub from: Option<EdtfDate>,
}

/// A relation to another actor, with its dates: a membership, or a succession.
#[derive(Clone, Debug)]
pub struct Tie {
    /// The other actor.
    pub actor: ActorIx,
    /// When the membership began, or when the succession happened.
    pub from: Option<EdtfDate>,
    /// When the membership ended; `None` if the entry does not say, and for a succession.
    pub to: Option<EdtfDate>,
}

/// Somebody who acts.
#[derive(Clone, Debug)]
pub struct Actor {
    /// What all documents have.
    pub entry: Entry,
    /// A person, a state, an organisation, …
    pub kind: Option<ActorKind>,
    /// The actors it belongs to, in the author's order.
    pub part_of: Vec<ActorIx>,
    /// The actors that belong to it, by name.
    pub parts: Vec<ActorIx>,
    /// Other names, spellings and scripts.
    pub names: Vec<String>,
    /// Its name in its own language.
    pub native_name: Option<String>,
    /// The offices it held.
    pub roles: Vec<Role>,
    /// How many voting members it had, each number with the date from which it applies, in the author's order.
    pub seats: Vec<Seats>,
    /// The actors it was a member of, in the author's order.
    pub member_of: Vec<Tie>,
    /// Its members, by name.
    pub members: Vec<Tie>,
    /// Its successors, in the author's order.
    pub became: Vec<Tie>,
    /// Its predecessors, by name.
    pub was: Vec<Tie>,
    /// Its events, in timeline order.
    pub events: Vec<EventIx>,
    /// The actors it met, most often first, without those that it belongs to or that belong to it, even through others.
    pub meets: Vec<Meetings>,
    /// The places of its events.
    pub places: Tally<PlaceIx>,
}
