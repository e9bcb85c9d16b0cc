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

pub use actor::{Actor, Meetings, Role, Seats, Tally, Tie};
pub use entry::{Entry, Media};
pub use history::{
    Change, ChangeIx, ChangeSort, ChangedEntry, ChangedFact, CommitId, Fact, FactValue, History, Part, Past,
};
pub use index::{ActorIx, DocumentIx, EventIx, KindIx, ListIx, PageIx, PlaceIx, ProcessIx};
pub use model::{Bloc, Correction, Event, EventList, Kind, Page, Place, Process, Timeline, Year, YearMonth};
pub use point::Point;
pub use source::{Account, CitedSource, WorkIdentity};
pub use vote::{Outcome, Vote};
pub use works::{CitedWork, CitedWorks};
