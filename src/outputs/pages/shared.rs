//! What pages make once and share.

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use super::event_list;
use super::frame::{Frames, Stand};
use super::items::Items;
use super::locator::Locators;
use super::scales::Scales;
use super::slots::Slot;
use super::titles::Titles;
use super::work_line;
use super::works::Works;
use crate::figures::{self, Columns};
use crate::key::Key;
use crate::outputs::site::Site;
use crate::theme::RenderError;
use crate::timeline::{ActorIx, Timeline};

/// What pages share.
pub(in crate::outputs) struct Shared {
    /// The axis of time of all charts; none where there is no event.
    pub(super) columns: Option<Columns>,
    /// The scales of small charts.
    pub(super) scales: Scales,
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
        let scales = columns.as_ref().map_or_else(Scales::default, |columns| Scales::new(timeline, columns));
        let (frames, items) = (Frames::default(), Items::new(timeline.events.len()));
        Self { columns, scales, frames, items, met, works, locators, titles: OnceLock::new() }
    }

    /// The key of what fills a slot; `None` if there is nothing of the kind.
    pub(super) fn key(&self, slot: Slot, site: &Site, stand: &Stand) -> Option<Key> {
        match slot {
            Slot::Frame(_) => Some(stand.key()),
            Slot::Event(event, _) => (event.0 < site.timeline.events.len()).then(|| site.event_key(event)),
            Slot::List(list) => Some(event_list::key(site.timeline.lists.get(list.0)?, site)),
            Slot::Work(number) => Some(work_line::key(self.works.list().get(number)?, &site.timeline)),
        }
    }

    /// What fills a slot of a page.
    pub(super) fn html(&self, slot: Slot, site: &Site, stand: &Stand) -> Result<Arc<str>, RenderError> {
        match slot {
            Slot::Frame(part) => self.frames.html(part, stand, site),
            Slot::Event(event, form) => self.items.html(site, event, form, stand.depth),
            Slot::List(list) => event_list::html(&site.timeline[list], site, &self.items, stand.depth),
            Slot::Work(number) => work_line::work_line(number, &self.works, site),
        }
    }
}
