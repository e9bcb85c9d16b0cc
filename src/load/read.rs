//! An entry as it was read.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::SystemTime;

use crate::content::Document;
use crate::diagnostic::Problems;
use crate::key::Key;
use crate::stamp::Stamp;

/// How far apart two changes of a file may be and still get the same time, in nanoseconds. Some disks count in steps of two
/// seconds.
const GRAIN: u64 = 2_000_000_000;

/// An entry that was read, or could not be.
#[derive(Debug)]
pub(super) struct Read {
    pub document: Document,
    /// Its path on disk.
    pub path: PathBuf,
    /// What the disk said about the file when it was read.
    pub stamp: Option<Stamp>,
    /// When the site was read. Later readings that take the entry over keep this moment.
    pub moment: SystemTime,
    /// The key of its bytes.
    pub key: Option<Key>,
    /// The text, if a diagnostic points into it. Most texts are not needed, and all together are large.
    pub text: Option<Arc<str>>,
    pub problems: Problems,
    pub failed: bool,
}

impl Read {
    pub(super) fn new(document: Document, problems: Problems, moment: SystemTime) -> Self {
        let path = PathBuf::new();
        Self { document, path, stamp: None, moment, key: None, text: None, problems, failed: false }
    }

    /// Returns whether the file on disk is still the one that was read.
    pub(super) fn is_as_on_disk(&self) -> bool {
        let now = self.path.symlink_metadata().ok().map(|found| Stamp::of(&found));
        self.stamp.is_some_and(|stamp| now == Some(stamp) && stamp.is_settled(self.moment, GRAIN))
    }
}
