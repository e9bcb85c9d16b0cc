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
    /// What does not depend on the words of events.
    pub(super) outline: Arc<Outline>,
    /// Headers and footers.
    pub(super) frames: Frames,
    /// Events as lists show them.
    pub(super) items: Items,
    /// The works that events cite.
    pub(super) works: Arc<Works>,
    /// The description of each work in lists, rendered when the first list needs it.
    pub(super) lines: Vec<OnceLock<Arc<str>>>,
    /// Small maps.
    pub(super) locators: Locators,
    /// The qualified titles of pages that would have the same as another, made when the first page needs them.
    pub(super) titles: OnceLock<Titles>,
}

/// What follows from the dates of events and from who took part, whatever their words.
pub(super) struct Outline {
    /// The time axis of all charts; `None` if there are no events.
    pub columns: Option<Columns>,
    /// The scales of small charts.
    pub scales: Scales,
    /// The pairs of actors to which the matrix links.
    pub met: BTreeSet<(ActorIx, ActorIx)>,
}

impl Outline {
    fn new(timeline: &Timeline) -> Self {
        let columns = Columns::of(timeline);
        let scales = columns.as_ref().map_or_else(Scales::default, |columns| Scales::new(timeline, columns));
        Self { columns, scales, met: figures::pairs(timeline) }
    }
}

impl Shared {
    pub(super) fn new(timeline: &Timeline) -> Self {
        let (works, outline) = rayon::join(|| Works::new(timeline), || Outline::new(timeline));
        Self::of(timeline, Arc::new(outline), Arc::new(works))
    }

    /// Does the same, reusing what the pages of an earlier Timeline share if only words of events differ.
    pub(super) fn after(timeline: &Timeline, earlier: &Timeline, shared: &Self) -> Self {
        if !timeline.has_shape_of(earlier) {
            return Self::new(timeline);
        }
        let events = || timeline.events.iter().zip(&earlier.events);
        let is_titled_the_same = events().all(|(new, old)| Arc::ptr_eq(new, old) || new.entry.title == old.entry.title);
        let works = match is_titled_the_same {
            true => Arc::clone(&shared.works),
            false => Arc::new(shared.works.with_titles_of(timeline)),
        };
        Self::of(timeline, Arc::clone(&shared.outline), works)
    }

    fn of(timeline: &Timeline, outline: Arc<Outline>, works: Arc<Works>) -> Self {
        Self {
            outline,
            frames: Frames::default(),
            items: Items::new(timeline.events.len()),
            lines: works.list().iter().map(|_| OnceLock::new()).collect(),
            works,
            locators: Locators::new(timeline),
            titles: OnceLock::new(),
        }
    }

    /// Returns the key of what fills a slot; `None` if its number is that of nothing.
    pub(super) fn key(&self, slot: Slot, site: &Site, stand: &Stand) -> Option<Key> {
        match slot {
            Slot::Frame(_) => Some(stand.key()),
            Slot::Event(event, _) => (event.0 < site.timeline.events.len()).then(|| site.event_key(event)),
            Slot::List(list) => Some(event_list::key(site.timeline.lists.get(list.0)?, site)),
            Slot::Work(number) => Some(work_line::key(self.works.list().get(number)?, &site.timeline)),
        }
    }

    /// Returns the HTML that fills a slot of a page.
    pub(super) fn html(&self, slot: Slot, site: &Site, stand: &Stand) -> Result<Arc<str>, RenderError> {
        match slot {
            Slot::Frame(part) => self.frames.html(part, stand, site),
            Slot::Event(event, form) => self.items.html(site, event, form, stand.depth),
            Slot::List(list) => event_list::html(&site.timeline[list], site, &self.items, stand.depth),
            Slot::Work(number) => work_line::work_line(&self.works.list()[number], &self.lines[number], site),
        }
    }
}
