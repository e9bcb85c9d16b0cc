//! When an entry last changed, derived from the entry and its history. No clock is read, so a commit always gives the same
//! days.

use super::model::Event;
use crate::date::{Day, EdtfDate};

impl Event {
    /// Returns the day on which the entry was last updated, as far as known: the latest of its last change in git, its last
    /// correction, and the newest publication among its sources. `None` if there is none of these.
    ///
    /// An entry can cite a source only after its publication, so this day is never later than the true one. For the same
    /// reason a source dated less exactly than to the day counts with its first possible day, and one whose date is
    /// approximate or uncertain does not count.
    #[must_use]
    pub fn updated(&self) -> Option<Day> {
        let corrected = self.corrections.iter().map(|correction| correction.date);
        let published = self.sources.iter().filter_map(|source| published(source.date.as_ref()?));
        corrected.chain(published).chain(self.entry.changed()).max()
    }
}

/// Returns the first day on which a source may have been published; `None` if its date is approximate, uncertain or unknown.
fn published(date: &EdtfDate) -> Option<Day> {
    let vague = date.is_approximate() || date.is_uncertain() || date.is_unknown();
    date.earliest().filter(|_| !vague)
}
