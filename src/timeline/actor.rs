//! Actors: their offices and ties, and whom they met.

use super::entry::Entry;
use super::index::{ActorIx, EventIx, PlaceIx};
use crate::content::ActorKind;
use crate::date::EdtfDate;

/// Things with the number of times they occur, most often first.
pub type Tally<T> = Vec<(T, usize)>;

/// The meetings of one actor with another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meetings {
    /// The other actor.
    pub with: ActorIx,
    /// Events of the family of talks (summits, meetings, visits, …), in order.
    pub events: Vec<EventIx>,
}

/// An office that an actor held.
#[derive(Clone, Debug)]
pub struct Role {
    /// The office.
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

/// A tie between two actors, with its time.
#[derive(Clone, Debug)]
pub struct Tie {
    /// The other actor.
    pub actor: ActorIx,
    /// When it began, or when it happened.
    pub from: Option<EdtfDate>,
    /// When it ended.
    pub to: Option<EdtfDate>,
}

/// Somebody who acts.
#[derive(Clone, Debug)]
pub struct Actor {
    /// What all documents have.
    pub entry: Entry,
    /// A person, a state, an organisation, …
    pub kind: Option<ActorKind>,
    /// The actors it belongs to.
    pub part_of: Vec<ActorIx>,
    /// The actors that belong to it.
    pub parts: Vec<ActorIx>,
    /// Other names, spellings and scripts.
    pub names: Vec<String>,
    /// Its name in its own language.
    pub native_name: Option<String>,
    /// The offices it held.
    pub roles: Vec<Role>,
    /// How many members it had, if it is a body that votes, by the dates from when on.
    pub seats: Vec<Seats>,
    /// What it was a member of.
    pub member_of: Vec<Tie>,
    /// Its members, by name.
    pub members: Vec<Tie>,
    /// What it became.
    pub became: Vec<Tie>,
    /// What became it, by name.
    pub was: Vec<Tie>,
    /// Its events in order.
    pub events: Vec<EventIx>,
    /// The actors it met, most often first.
    pub meets: Vec<Meetings>,
    /// The places of its events.
    pub places: Tally<PlaceIx>,
}
