//! Which social card a page has.

use tera::Value;

use super::page::Page;
use super::writer::PageWriter;
use crate::outputs::card::{Card, Subject};
use crate::outputs::values::object;

impl PageWriter<'_> {
    /// Returns the card of the page: its absolute address, and its text alternative.
    pub(super) fn card(&self) -> Option<Value> {
        let base = self.timeline().config.base_url.as_deref()?;
        let card = match self.page {
            Page::Event(event) => Card::of_event(*event, self.site),
            page => Card::or_of_timeline(subject(page), self.site),
        }?;
        let url = card.path(self.timeline()).canonical(base);
        Some(object! { "url": Value::safe_string(&url), "words": card.words(self.site) })
    }
}

/// Returns what the card of a page is about. Actors and places are many, so they share the card of their index; a retracted
/// claim is not repeated on a card.
const fn subject(page: &Page) -> Subject {
    match page {
        Page::Index(collection) => Subject::Section(collection.folder()),
        Page::Actor(_) => Subject::Section("actors"),
        Page::Place(_) => Subject::Section("places"),
        Page::Process(process) => Subject::Process(*process),
        Page::Kind(kind) => Subject::Kind(*kind),
        Page::Kinds => Subject::Section("kinds"),
        Page::Map => Subject::Section("map"),
        Page::Sources | Page::SourcesPart(..) => Subject::Section("sources"),
        Page::Votes => Subject::Section("votes"),
        Page::Data => Subject::Section("data"),
        Page::Changes => Subject::Section("changes"),
        Page::Corrections => Subject::Section("corrections"),
        _ => Subject::Timeline,
    }
}
