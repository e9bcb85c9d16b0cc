//! The resolved model: references are indices, orders and counts are computed, and nothing changes afterwards.
//!
//! [`resolve`](crate::resolve) makes it. Pages are written from the Timeline alone. Only published matter is in it: what a
//! draft or an embargoed entry says cannot leak.

mod actor;
mod entry;
mod index;
mod model;
mod near;
mod source;
mod updated;
mod vote;

pub use actor::{Actor, Meetings, Role, Seats, Tally, Tie};
pub use entry::{Entry, Media};
pub use index::{ActorIx, DocumentIx, EventIx, KindIx, ListIx, PageIx, PlaceIx, ProcessIx};
pub use model::{Bloc, Correction, Event, EventList, Kind, Page, Place, Point, Process, Timeline, Year, YearMonth};
pub use source::{Account, CitedSource, WorkIdentity};
pub use vote::{Outcome, Vote};
