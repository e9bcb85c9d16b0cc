//! The resolved model: references are indices, orders and counts are computed, and nothing changes afterwards.
//!
//! [`resolve`](crate::resolve) makes it. Pages are written from the Timeline alone. Only published matter is in it: what a
//! draft or an embargoed entry says cannot leak.

mod model;
mod near;
mod updated;

pub use model::{
    Account, Actor, ActorIx, CitedSource, Correction, DocumentIx, Entry, Event, EventIx, Kind, KindIx, Media, Meetings,
    Page, PageIx, Place, PlaceIx, Point, Process, ProcessIx, Role, Tally, Timeline, Year, YearMonth,
};
