//! The resolved model: references are indices, orders and counts are computed, and nothing changes afterwards.
//!
//! [`resolve`](crate::resolve) makes it. Pages are written from the Timeline alone. Only published matter is in it: what a
//! draft or an embargoed entry says cannot leak.

mod changes;
mod history;
mod index;
mod model;
mod near;
mod point;
mod source;
mod updated;
mod vote;

pub use history::{
    Change, ChangeIx, ChangeSort, ChangedEntry, ChangedFact, CommitId, Fact, FactValue, History, Part, Past,
};
pub use index::{ActorIx, DocumentIx, EventIx, KindIx, ListIx, PageIx, PlaceIx, ProcessIx};
pub use model::{
    Actor, Bloc, Correction, Entry, Event, EventList, Kind, Media, Meetings, Page, Place, Process, Role, Tally, Tie,
    Timeline, Year, YearMonth,
};
pub use point::Point;
pub use source::{Account, CitedSource};
pub use vote::{Outcome, Vote};
