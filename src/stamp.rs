//! File metadata that shows, without reading a file, whether it is still the same.

use std::fs::Metadata;
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

/// A file's size in bytes, its times in nanoseconds since 1970, and its inode number. What the system does not tell is 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    size: u64,
    modified: u64,
    /// When its contents, permissions or links last changed (`ctime` on Unix).
    changed: u64,
    number: u64,
}

impl Stamp {
    /// Takes the stamp from a file's metadata.
    #[must_use]
    pub fn of(found: &Metadata) -> Self {
        let modified = found.modified().map_or(0, nanoseconds);
        let (changed, number) = more(found);
        Self { size: found.len(), modified, changed, number }
    }

    /// Returns the file's size in bytes.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// Returns the stamp without `changed`, which another hard link to the file updates.
    #[must_use]
    pub const fn of_linked(self) -> Self {
        Self { changed: 0, ..self }
    }

    /// Returns whether the file was last modified so long before `moment` that any later change must have given it another
    /// time. `grain` is how far apart two changes may be, in nanoseconds, and still get the same time.
    #[must_use]
    pub fn is_settled(&self, moment: SystemTime, grain: u64) -> bool {
        self.modified.max(self.changed).saturating_add(grain) < nanoseconds(moment)
    }
}

fn nanoseconds(time: SystemTime) -> u64 {
    let since = time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_nanos()).unwrap_or(u64::MAX)
}

#[cfg(unix)]
fn more(found: &Metadata) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt as _;
    let seconds = u64::try_from(found.ctime()).unwrap_or_default();
    let rest = u64::try_from(found.ctime_nsec()).unwrap_or_default();
    (seconds.saturating_mul(1_000_000_000).saturating_add(rest), found.ino())
}

#[cfg(not(unix))]
fn more(_: &Metadata) -> (u64, u64) {
    (0, 0)
}
