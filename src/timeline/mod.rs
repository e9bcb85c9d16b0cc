//! The resolved model: every reference is an index, every order and count is made, nothing changes any more.
//!
//! [`resolve`] turns documents into a [`Timeline`] and reports what does not fit together. Pages are written
//! from the Timeline alone. Only published matter is in it: what a draft or an embargoed entry says cannot leak.

mod build;
mod documents;
mod links;
mod media;
mod misplaced;
mod model;
mod order;
mod references;
mod relations;
mod updated;

pub use build::{Resolved, resolve};
pub use links::Files;
pub use model::{
    Account, Actor, ActorIx, CitedSource, Correction, CountryCode, DocumentIx, Entry, Event, EventIx, Kind, KindIx,
    Media, Meetings, Page, PageIx, Place, PlaceIx, Point, Process, ProcessIx, Role, Tally, Timeline, Year, YearMonth,
};

use crate::date::Day;

/// Which entries are published beside the plain ones, and what day it is.
#[derive(Clone, Copy, Debug)]
pub struct Publication {
    /// Publish drafts too.
    pub drafts: bool,
    /// Publish embargoed entries too.
    pub future: bool,
    /// The day of the build, UTC.
    pub today: Day,
}
