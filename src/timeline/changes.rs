//! Looking up changes and the entries that changed.

use super::entry::Entry;
use super::history::{Change, ChangeIx, ChangedEntry};
use super::model::Timeline;
use crate::date::{Day, Moment};

impl Entry {
    /// Returns the UTC day of the last change in its history; `None` if no change is known.
    #[must_use]
    pub fn changed(&self) -> Option<Day> {
        self.history.changed().map(Moment::day)
    }
}

impl Timeline {
    /// Returns the entry that a change belongs to.
    #[must_use]
    pub fn changed_entry(&self, entry: ChangedEntry) -> &Entry {
        match entry {
            ChangedEntry::Document(document) => self.entry(document),
            ChangedEntry::Retracted(number) => &self.retracted[number].entry,
        }
    }

    /// Returns a change together with its entry.
    #[must_use]
    pub fn change(&self, of: ChangeIx) -> (&Entry, &Change) {
        let entry = self.changed_entry(of.entry);
        (entry, &entry.history.changes[of.change])
    }

    /// Returns whether the site's history has any change of an entry.
    #[must_use]
    pub fn has_changes(&self) -> bool {
        !self.past.changes.is_empty()
    }
}
