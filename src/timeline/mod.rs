//! The resolved model: references are indices, orders and counts are computed, and nothing changes afterwards.
//!
//! [`resolve`](crate::resolve) makes it. Pages are written from the Timeline alone. Only published matter is in it: what a
//! draft or an embargoed entry says cannot leak.

mod actor;
mod changes;
mod entry;
mod history;
mod index;
mod model;
mod near;
mod point;
mod source;
mod updated;
mod vote;
mod works;

pub(crate) use actor::{Actor, Meetings, Role, Seats, Tally, Tie};
pub(crate) use entry::{Entry, Media};
pub(crate) use history::{
    Change, ChangeIx, ChangeSort, ChangedEntry, ChangedFact, CommitId, Fact, FactValue, History, Part, Past,
};
pub(crate) use index::{ActorIx, DocumentIx, EventIx, KindIx, ListIx, PageIx, PlaceIx, ProcessIx};
pub(crate) use model::{Bloc, Correction, Event, EventList, Kind, Page, Place, Process, Timeline, Year, YearMonth};
pub(crate) use point::Point;
pub(crate) use source::{Account, CitedSource, WorkIdentity};
pub(crate) use vote::{Outcome, Vote};
pub(crate) use works::{CitedWork, CitedWorks};
