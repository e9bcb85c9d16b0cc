//! Entries: read and parsed in parallel, each only if it may have changed since it was last read.

use std::cell::RefCell;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use rayon::prelude::*;

use super::changes::Changes;
use super::decode::{decode, is_unfetched};
use super::loaded::{Content, Loaded};
use super::read::Read;
use super::walk;
use crate::content::{Document, Settings};
use crate::diagnostic::Problems;
use crate::id::Collection;
use crate::key::Key;
use crate::source_path::SourcePath;
use crate::stamp::Stamp;

/// Reads and parses all entries, except those that were read before under the same settings and did not change.
pub(super) fn read_entries(
    content: &Content,
    settings: Settings,
    moment: SystemTime,
    last: Option<(&Loaded, &Changes)>,
) -> Vec<Arc<Read>> {
    let last = last.filter(|(last, _)| Settings::of(&last.config.value, settings.goal) == settings);
    let entries = content.entries.par_iter();
    let read = entries.map(|(collection, file, path)| {
        let before = last.and_then(|(last, changes)| {
            let at = last.entries.binary_search_by(|read| read.path.cmp(path)).ok()?;
            let before = &last.entries[at];
            (!changes.reach_file(path) || before.is_as_on_disk()).then(|| Arc::clone(before))
        });
        before.unwrap_or_else(|| Arc::new(read(*collection, file, path, &settings, moment)))
    });
    read.collect()
}

fn read(collection: Collection, file: &SourcePath, path: &Path, settings: &Settings, moment: SystemTime) -> Read {
    let parsed = with_bytes(path, |bytes, stamp| {
        let read = parse(collection, file, bytes, settings, moment);
        Read { path: path.to_owned(), stamp, key: Some(Key::of(bytes)), ..read }
    });
    parsed.unwrap_or_else(|error| {
        let mut problems = Problems::default();
        walk::unread(file, &error, &mut problems);
        let document = Document::unread(collection, file, &mut problems);
        Read { path: path.to_owned(), failed: true, ..Read::new(document, problems, moment) }
    })
}

fn parse(collection: Collection, file: &SourcePath, bytes: &[u8], settings: &Settings, moment: SystemTime) -> Read {
    let mut problems = Problems::default();
    if is_unfetched(file, bytes, &mut problems) {
        let document = Document::unread(collection, file, &mut problems);
        return Read::new(document, problems, moment);
    }
    match decode(file, bytes, &mut problems) {
        Ok(text) => {
            let (document, problems) = Document::parse(collection, file, text, settings);
            let text = (!problems.is_empty()).then(|| text.into());
            Read { text, ..Read::new(document, problems, moment) }
        }
        Err(lossy) => {
            let document = Document::unread(collection, file, &mut problems);
            Read { text: Some(lossy.into()), ..Read::new(document, problems, moment) }
        }
    }
}

/// The largest buffer that a thread keeps from file to file, in bytes.
const KEPT_BUFFER: usize = 1024 * 1024;

/// Reads a file into a buffer that its thread keeps, so that thousands of small files need no allocations.
fn with_bytes<T>(path: &Path, consume: impl FnOnce(&[u8], Option<Stamp>) -> T) -> io::Result<T> {
    thread_local! {
        static BUFFER: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    }
    BUFFER.with_borrow_mut(|buffer| {
        buffer.clear();
        // Without `take`, the length of each file would be asked for first.
        let mut file = File::open(path)?;
        let stamp = file.metadata().ok().map(|found| Stamp::of(&found));
        file.by_ref().take(u64::MAX).read_to_end(buffer)?;
        let result = consume(buffer, stamp);
        if buffer.capacity() > KEPT_BUFFER {
            *buffer = Vec::new();
        }
        Ok(result)
    })
}
