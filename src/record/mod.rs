//! What the last build read and wrote: `.cache/annals/builds/` in the site's folder.
//!
//! The record lists every file that was read, with its stamp and the key of its contents, and every file that was written, with
//! its stamp and the key of what it was made from. If nothing differs, a build ends without parsing anything; if something
//! does, only the files whose key differs are rendered. Keys are computed from contents, so nothing has to be invalidated, and
//! no list of dependencies is kept.
//!
//! There is a record for each output folder and set of options. It begins with a hash of itself and of the program that wrote
//! it: a damaged one, or one of another program, counts as none.

mod inputs;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::SystemTime;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

pub use inputs::{Difference, Inputs};

use crate::cache_folder::CacheFolder;
use crate::diagnostic::Report;
use crate::key::{Key, Keyer};
use crate::stamp::Stamp;
use crate::sum::Sum;

/// How many records are kept: those of the output folders and options that were used last.
const RECORDS: usize = 4;
/// How far apart two changes of a written file may be and still get the same time, in nanoseconds. Kernels count time in steps
/// of at most 10 milliseconds.
const GRAIN: u64 = 20_000_000;

/// A file that was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    /// The key of what it was made from.
    pub key: Key,
    /// What the disk said about it at the end of the build.
    pub stamp: Stamp,
    /// The sum of its bytes.
    pub sum: Sum,
    /// The name of the cached copy that it is the same as, if it is a copy of a picture.
    pub copy: Option<String>,
    /// The key of its bytes, where the stamp alone proves nothing because the build ended at nearly the same moment.
    bytes: Option<Key>,
}

impl Made {
    /// A file made from what has this key.
    #[must_use]
    pub const fn new(key: Key, stamp: Stamp, sum: Sum, copy: Option<String>) -> Self {
        Self { key, stamp, sum, copy, bytes: None }
    }
}

/// What a build read and wrote.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Record {
    /// The files that were read.
    pub inputs: Inputs,
    /// The files that were written, by their path in the site.
    pub outputs: BTreeMap<String, Made>,
    /// What was reported.
    pub report: Report,
    /// How many events the timeline has.
    pub events: usize,
    /// The key of the circumstances of the build.
    pub provenance: Key,
    /// What tells which commit the site's repository was at.
    pub commit: Option<Key>,
}

impl Record {
    /// The record of a build into a folder that ends now.
    #[must_use]
    pub fn new(
        inputs: Inputs,
        mut outputs: BTreeMap<String, Made>,
        target: &Path,
        report: Report,
        events: usize,
        provenance: Key,
    ) -> Self {
        let now = SystemTime::now();
        for (path, made) in &mut outputs {
            let is_settled = made.stamp.of_linked().is_settled(now, GRAIN);
            made.bytes = if is_settled { None } else { key_of(target, path) };
        }
        Self { inputs, outputs, report, events, provenance, commit: None }
    }

    /// The same record for a site whose repository was at a commit.
    #[must_use]
    pub fn at(self, commit: Option<Key>) -> Self {
        Self { commit, ..self }
    }

    /// The same record with files that were looked at later and have the same contents.
    #[must_use]
    pub fn with(&self, inputs: Inputs) -> Self {
        Self { inputs, ..self.clone() }
    }

    /// Whether all files that were written into a folder are still the same. `stamp` gives their stamps now.
    #[must_use]
    pub fn all_as_left(&self, target: &Path, stamp: &(dyn Fn(&str) -> Option<Stamp> + Sync)) -> bool {
        let outputs: Vec<(&String, &Made)> = self.outputs.iter().collect();
        outputs.par_iter().with_min_len(64).all(|(path, made)| made.is_as_left(target, path, stamp(path)))
    }
}

impl Made {
    /// Whether the file is still the same, by its stamp now.
    #[must_use]
    pub fn is_as_left(&self, target: &Path, path: &str, now: Option<Stamp>) -> bool {
        // Further hard links are how a build keeps a file.
        let same = now.is_some_and(|now| now.of_linked() == self.stamp.of_linked());
        same && self.bytes.is_none_or(|bytes| key_of(target, path) == Some(bytes))
    }
}

fn key_of(target: &Path, path: &str) -> Option<Key> {
    fs::read(target.join(path)).ok().map(|bytes| Key::of(&bytes))
}

/// Where the record of one output folder and one set of options is kept.
pub struct Shelf {
    builds: CacheFolder,
    /// What builds into all folders share.
    shared: CacheFolder,
    name: String,
    program: Key,
}

impl Shelf {
    /// The place for the record of a site's builds into `target`. `options` is the key of everything else that builds depend on. `None` if
    /// the program cannot tell which version of itself it is.
    #[must_use]
    pub fn of(root: &Path, target: &Path, options: Key) -> Option<Self> {
        let target = std::path::absolute(target).ok()?;
        let name = Keyer::default().bytes(target.as_os_str().as_encoded_bytes()).key(options).finish().to_string();
        let (builds, shared) =
            (CacheFolder::of_site(root).folder("builds"), CacheFolder::of_site(root).folder("search"));
        Some(Self { builds, shared, name, program: program()? })
    }

    /// The record, if there is one that this program wrote.
    #[must_use]
    pub fn read(&self) -> Option<Record> {
        postcard::from_bytes(&unsealed(&self.builds, &self.name, self.program)?).ok()
    }

    /// What was kept for builds into any folder, by its name; `None` if this program has kept nothing.
    #[must_use]
    pub fn kept(&self, name: &str) -> Option<Vec<u8>> {
        unsealed(&self.shared, name, self.program)
    }

    /// Keeps something for builds into any folder. Where that fails, the next build only takes longer.
    pub fn keep(&self, name: &str, bytes: &[u8]) {
        let _ = self.shared.write(name, &[&seal(bytes, self.program), bytes]);
        self.shared.retain(|kept| kept == name);
    }

    /// Keeps a record. Where that fails, the next build only takes longer.
    pub fn write(&self, record: &Record) {
        let Ok(bytes) = postcard::to_allocvec(record) else { return };
        let _ = self.builds.write(&self.name, &[&seal(&bytes, self.program), &bytes]);
        self.builds.retain_latest(RECORDS);
    }
}

/// The bytes that this program kept in a folder under a name.
#[must_use]
pub fn kept(folder: &CacheFolder, name: &str) -> Option<Vec<u8>> {
    unsealed(folder, name, program()?)
}

/// Keeps bytes in a folder under a name. Where that fails, the next build only takes longer.
pub fn keep(folder: &CacheFolder, name: &str, bytes: &[u8]) {
    if let Some(program) = program() {
        let _ = folder.write(name, &[&seal(bytes, program), bytes]);
    }
}

/// What a file begins with that this program wrote whole.
fn seal(bytes: &[u8], program: Key) -> [u8; 16] {
    Keyer::default().key(program).bytes(bytes).finish().number().to_le_bytes()
}

/// The bytes of a file without its seal; `None` if it is damaged or from another program.
fn unsealed(folder: &CacheFolder, name: &str, program: Key) -> Option<Vec<u8>> {
    let mut bytes = folder.read(name)?;
    let (found, rest) = bytes.split_at_checked(16)?;
    if found != seal(rest, program) {
        return None;
    }
    bytes.drain(..16);
    Some(bytes)
}

/// The key of this program, because another version may make something else of the same input. Its file is not read: two versions
/// are never in the same place with the same size, times and number.
fn program() -> Option<Key> {
    let file = std::env::current_exe().ok()?;
    let stamp = postcard::to_allocvec(&Stamp::of(&fs::metadata(&file).ok()?)).ok()?;
    let mut keyer = Keyer::default();
    keyer.text(env!("CARGO_PKG_VERSION")).bytes(file.as_os_str().as_encoded_bytes()).bytes(&stamp);
    Some(keyer.finish())
}
