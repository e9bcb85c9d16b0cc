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

pub(crate) use inputs::{Difference, Inputs};

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
    /// Describes a file that was made from what `key` covers. [`Record::new`] decides whether its bytes must be compared too.
    #[must_use]
    pub const fn new(key: Key, stamp: Stamp, sum: Sum, copy: Option<String>) -> Self {
        Self { key, stamp, sum, copy, bytes: None }
    }
}

/// What a build read and wrote.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Record {
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
    /// The fingerprint of the site's repository, which changes with its commit and the depth of its history.
    pub commit: Option<Key>,
}

impl Record {
    /// Makes the record of a build into the folder `target` that ends now. Files that were written at nearly this moment are
    /// read, because their stamps prove nothing.
    #[must_use]
    pub(crate) fn new(
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

    /// Returns the record with the fingerprint of the site's repository.
    #[must_use]
    pub(crate) fn at(self, commit: Option<Key>) -> Self {
        Self { commit, ..self }
    }

    /// Returns a copy of the record with inputs that were looked at later and have the same contents.
    #[must_use]
    pub(crate) fn with(&self, inputs: Inputs) -> Self {
        Self { inputs, ..self.clone() }
    }

    /// Returns whether all files that were written into `target` are unchanged. `stamp` gives the present stamp of a path in
    /// the site.
    #[must_use]
    pub(crate) fn all_as_left(&self, target: &Path, stamp: &(dyn Fn(&str) -> Option<Stamp> + Sync)) -> bool {
        let outputs: Vec<(&String, &Made)> = self.outputs.iter().collect();
        outputs.par_iter().with_min_len(64).all(|(path, made)| made.is_as_left(target, path, stamp(path)))
    }
}

impl Made {
    /// Returns whether the file is unchanged, by its present stamp, and by its bytes where a stamp proves nothing.
    #[must_use]
    pub fn is_as_left(&self, target: &Path, path: &str, now: Option<Stamp>) -> bool {
        // A build keeps a file by making another hard link to it, which changes the stamp.
        let same = now.is_some_and(|now| now.of_linked() == self.stamp.of_linked());
        same && self.bytes.is_none_or(|bytes| key_of(target, path) == Some(bytes))
    }
}

fn key_of(target: &Path, path: &str) -> Option<Key> {
    fs::read(target.join(path)).ok().map(|bytes| Key::of(&bytes))
}

/// Where the record of one output folder and one set of options is kept.
pub(crate) struct Shelf {
    builds: CacheFolder,
    /// What builds into all folders share.
    shared: CacheFolder,
    name: String,
    program: Key,
}

impl Shelf {
    /// Returns the place for the record of a site's builds into `target`. `options` is the key of everything else that builds
    /// depend on. `None` if the program cannot identify its own version.
    #[must_use]
    pub(crate) fn of(root: &Path, target: &Path, options: Key) -> Option<Self> {
        let target = std::path::absolute(target).ok()?;
        let name = Keyer::default().bytes(target.as_os_str().as_encoded_bytes()).key(options).finish().to_string();
        let (builds, shared) =
            (CacheFolder::of_site(root).folder("builds"), CacheFolder::of_site(root).folder("search"));
        Some(Self { builds, shared, name, program: program()? })
    }

    /// Reads the record; `None` if there is none that this program wrote.
    #[must_use]
    pub(crate) fn read(&self) -> Option<Record> {
        postcard::from_bytes(&unsealed(&self.builds, &self.name, self.program)?).ok()
    }

    /// Reads what was kept for builds into any folder under a name; `None` if this program has kept nothing.
    #[must_use]
    pub(crate) fn kept(&self, name: &str) -> Option<Vec<u8>> {
        unsealed(&self.shared, name, self.program)
    }

    /// Keeps bytes for builds into any folder, in place of everything that was kept before under this or another name. If that
    /// fails, the next build only takes longer.
    pub(crate) fn keep(&self, name: &str, bytes: &[u8]) {
        let _ = self.shared.write(name, &[&seal(bytes, self.program), bytes]);
        self.shared.retain(|kept| kept == name);
    }

    /// Keeps a record. If that fails, the next build only takes longer.
    pub(crate) fn write(&self, record: &Record) {
        let Ok(bytes) = postcard::to_allocvec(record) else { return };
        let _ = self.builds.write(&self.name, &[&seal(&bytes, self.program), &bytes]);
        self.builds.retain_latest(RECORDS);
    }
}

/// Reads the bytes that this program kept in a folder under a name.
#[must_use]
pub(crate) fn kept(folder: &CacheFolder, name: &str) -> Option<Vec<u8>> {
    unsealed(folder, name, program()?)
}

/// Keeps bytes in a folder under a name. If that fails, the next build only takes longer.
pub(crate) fn keep(folder: &CacheFolder, name: &str, bytes: &[u8]) {
    if let Some(program) = program() {
        let _ = folder.write(name, &[&seal(bytes, program), bytes]);
    }
}

/// Returns the first 16 bytes of a kept file: a hash of the program and of the rest, which shows that the file is complete.
fn seal(bytes: &[u8], program: Key) -> [u8; 16] {
    Keyer::default().key(program).bytes(bytes).finish().number().to_le_bytes()
}

/// Reads a kept file without its seal; `None` if it is missing, damaged, or from another program.
fn unsealed(folder: &CacheFolder, name: &str, program: Key) -> Option<Vec<u8>> {
    let mut bytes = folder.read(name)?;
    let (found, rest) = bytes.split_at_checked(16)?;
    if found != seal(rest, program) {
        return None;
    }
    bytes.drain(..16);
    Some(bytes)
}

/// Returns the key of this program, because another version may make something else of the same input. Its file is not read:
/// two versions never have the same path, size, times and file number.
fn program() -> Option<Key> {
    let file = std::env::current_exe().ok()?;
    let stamp = postcard::to_allocvec(&Stamp::of(&fs::metadata(&file).ok()?)).ok()?;
    let mut keyer = Keyer::default();
    keyer.text(env!("CARGO_PKG_VERSION")).bytes(file.as_os_str().as_encoded_bytes()).bytes(&stamp);
    Some(keyer.finish())
}
