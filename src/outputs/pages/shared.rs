//! What pages make once and share.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use super::frame::Frames;
use super::items::Items;
use super::locator::Locators;
use super::titles::Titles;
use super::works::Works;
use crate::figures::{self, Columns};
use crate::timeline::{ActorIx, Timeline};

/// What pages share.
pub(in crate::outputs) struct Shared {
    /// The axis of time of all charts; none where there is no event.
    pub(super) columns: Option<Columns>,
    /// Headers and footers.
    pub(super) frames: Frames,
    /// Events as lists show them.
    pub(super) items: Items,
    /// The pairs of actors to which the matrix links.
    pub(super) met: BTreeSet<(ActorIx, ActorIx)>,
    /// The works that events cite.
    pub(super) works: Works,
    /// Small maps.
    pub(super) locators: Locators,
    /// The titles of pages that would have the same as another, once a page needs them.
    pub(super) titles: OnceLock<Titles>,
}

impl Shared {
    pub(super) fn new(timeline: &Timeline) -> Self {
        let others = || (Columns::of(timeline), figures::pairs(timeline), Locators::new(timeline));
        let (works, (columns, met, locators)) = rayon::join(|| Works::new(timeline), others);
        let (frames, items) = (Frames::default(), Items::new(timeline.events.len()));
        Self { columns, frames, items, met, works, locators, titles: OnceLock::new() }
    }
}
