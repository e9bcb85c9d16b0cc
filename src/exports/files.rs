//! The files of a site's data: what determines each, and how large it is.

use std::sync::OnceLock;

use rayon::prelude::*;

use super::Format;
use super::dataset::Dataset;
use super::frame;
use super::record;
use crate::key::{Key, Keyer};
use crate::timeline::EventIx;

/// What is found out once of the files of a site.
#[derive(Default)]
pub struct Files {
    facts: OnceLock<Key>,
    texts: OnceLock<Key>,
    sizes: [OnceLock<usize>; Format::ALL.len()],
}

impl Files {
    /// The key of everything that a file is made from.
    #[must_use]
    pub fn key(&self, format: Format, dataset: &Dataset<'_>) -> Key {
        let mut keyer = Keyer::default();
        keyer.text(format.name()).key(*self.facts.get_or_init(|| facts_key(dataset)));
        if format.has_texts() {
            keyer.key(*self.texts.get_or_init(|| texts_key(dataset)));
        }
        keyer.finish()
    }

    /// A file's size in bytes. The file is made if it was not made yet.
    #[must_use]
    pub fn size(&self, format: Format, dataset: &Dataset<'_>) -> usize {
        *self.slot(format).get_or_init(|| format.write(dataset).len())
    }

    /// A file.
    #[must_use]
    pub fn make(&self, format: Format, dataset: &Dataset<'_>) -> Vec<u8> {
        let bytes = format.write(dataset);
        self.slot(format).get_or_init(|| bytes.len());
        bytes
    }

    fn slot(&self, format: Format) -> &OnceLock<usize> {
        &self.sizes[format as usize]
    }
}

/// The key of everything that formats without texts are made from.
fn facts_key(dataset: &Dataset<'_>) -> Key {
    let timeline = dataset.timeline;
    let events = (0..timeline.events.len()).into_par_iter().with_min_len(256);
    let keys = events.map_init(Vec::new, |buffer, event| {
        buffer.clear();
        record::write(&record::event(EventIx(event), dataset, None), buffer);
        Key::of(buffer)
    });
    let mut keyer = Keyer::default();
    keys.collect::<Vec<_>>().into_iter().for_each(|key| _ = keyer.key(key));
    let mut rest = Vec::new();
    frame::write(dataset, false, &mut rest);
    keyer.bytes(&rest).number(u64::from(dataset.has_mark));
    keyer.finish()
}

/// The key of the texts of all entries.
fn texts_key(dataset: &Dataset<'_>) -> Key {
    let timeline = dataset.timeline;
    let mut keyer = Keyer::default();
    let entries = timeline.events.iter().map(|event| &event.entry);
    let entries = entries.chain(timeline.actors.iter().map(|actor| &actor.entry));
    let entries = entries.chain(timeline.places.iter().map(|place| &place.entry));
    let entries = entries.chain(timeline.processes.iter().map(|process| &process.entry));
    let entries = entries.chain(timeline.pages.iter().map(|page| &page.entry));
    entries.for_each(|entry| _ = keyer.text(&entry.body.markdown));
    keyer.finish()
}
