//! Looking up changes and the entries that changed.

use super::entry::Entry;
use super::history::{Change, ChangeIx, ChangedEntry};
use super::model::Timeline;
use crate::date::{Day, Moment};

impl Entry {
    /// The day of its last change that git knows.
    #[must_use]
    pub fn changed(&self) -> Option<Day> {
        self.history.changed().map(Moment::day)
    }
}

impl Timeline {
    /// An entry that changed.
    #[must_use]
    pub fn changed_entry(&self, entry: ChangedEntry) -> &Entry {
        match entry {
            ChangedEntry::Document(document) => self.entry(document),
            ChangedEntry::Retracted(number) => &self.retracted[number].entry,
        }
    }

    /// A change with its entry.
    #[must_use]
    pub fn change(&self, of: ChangeIx) -> (&Entry, &Change) {
        let entry = self.changed_entry(of.entry);
        (entry, &entry.history.changes[of.change])
    }

    /// Whether it is known how entries changed.
    #[must_use]
    pub fn has_changes(&self) -> bool {
        !self.past.changes.is_empty()
    }
}
