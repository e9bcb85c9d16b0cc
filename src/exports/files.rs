//! The files of a site's data: what determines each, and how large it is.

use std::io::{self, Write};
use std::sync::OnceLock;

use rayon::prelude::*;

use super::Format;
use super::dataset::Dataset;
use super::frame;
use super::out::Out;
use super::record;
use crate::key::{Key, Keyer};
use crate::timeline::EventIx;

/// Keys and sizes of the data files, each computed once.
#[derive(Default)]
pub struct Files {
    facts: OnceLock<Key>,
    texts: OnceLock<Key>,
    sizes: [OnceLock<u64>; Format::ALL.len()],
}

impl Files {
    /// Returns the key of everything that a file is made from. It is known without making the file.
    #[must_use]
    pub fn key(&self, format: Format, dataset: &Dataset<'_>) -> Key {
        let mut keyer = Keyer::default();
        keyer.text(format.name()).key(*self.facts.get_or_init(|| facts_key(dataset)));
        if format.has_texts() {
            keyer.key(*self.texts.get_or_init(|| texts_key(dataset)));
        }
        keyer.finish()
    }

    /// Returns a file's size in bytes. If none was [recorded](Self::tell_size), the file is made to count them.
    #[must_use]
    pub fn size(&self, format: Format, dataset: &Dataset<'_>) -> u64 {
        *self.sizes[format as usize].get_or_init(|| {
            let mut length = Length(0);
            // Counting cannot fail.
            let _ = format.write(dataset, &mut length);
            length.0
        })
    }

    /// Records the size of a file that was written or kept, so that [`size`](Self::size) need not make it again.
    pub fn tell_size(&self, format: Format, size: u64) {
        let _ = self.sizes[format as usize].set(size);
    }
}

/// A writer that only counts bytes.
struct Length(u64);

impl Write for Length {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Returns the key of everything that formats without texts are made from: all records, without the texts of their entries.
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
    let mut out = Out::new(&mut rest);
    frame::write(dataset, false, &mut out);
    // Writing to memory cannot fail.
    let _ = out.finish();
    keyer.bytes(&rest).number(u64::from(dataset.has_mark));
    keyer.finish()
}

/// Returns the key of the texts of all entries.
fn texts_key(dataset: &Dataset<'_>) -> Key {
    let timeline = dataset.timeline;
    let mut keyer = Keyer::default();
    let entries = timeline.events.iter().map(|event| &event.entry);
    let entries = entries.chain(timeline.actors.iter().map(|actor| &actor.entry));
    let entries = entries.chain(timeline.places.iter().map(|place| &place.entry));
    let entries = entries.chain(timeline.processes.iter().map(|process| &process.entry));
    let entries = entries.chain(timeline.pages.iter().map(|page| &page.entry));
    entries.for_each(|entry| _ = keyer.text(&entry.text.markdown));
    keyer.finish()
}
