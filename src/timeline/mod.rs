//! The resolved model: references are indices, orders and counts are computed, and nothing changes afterwards.
//!
//! [`resolve`] turns documents into a [`Timeline`] and reports references that do not resolve. Pages are written from the
//! Timeline alone. It has only published content, so nothing from a draft or an embargoed entry can leak.

mod build;
mod documents;
mod links;
mod media;
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

/// Which entries are published in addition to the normal ones, and the day of the build.
#[derive(Clone, Copy, Debug)]
pub struct Publication {
    /// Publish drafts too.
    pub drafts: bool,
    /// Publish embargoed entries too.
    pub future: bool,
    /// The day of the build, UTC.
    pub today: Day,
}
