//! The files of a copy, wherever it is.

use std::fs;
use std::io::ErrorKind;
use std::path::PathBuf;

use super::difference;
use crate::error::Error;

/// The page that a host shows for a missing file.
pub(super) const MISSING_PAGE: &str = "404.html";
/// How many files are fetched and compared at a time.
pub(super) const BATCH: usize = 200;

/// A copy whose files can be read.
pub(super) trait Found {
    /// Some files, by their paths in the site, in the same order.
    fn fetch(&self, paths: &[&str]) -> Result<Vec<Answer>, Error>;

    /// The paths of files that the copy has and the build has not. `is_known` says of a path whether the build has it.
    fn others(&self, is_known: &dyn Fn(&str) -> bool) -> Result<Vec<String>, Error>;

    /// Whether the copy's host reads a file and does not serve it.
    fn consumes(&self, path: &str) -> bool;

    /// How the copy is offered to readers, as far as that differs from what the site expects. `home` and `missing_page` are the
    /// bytes of the home page and of the page for missing files.
    fn notes(&self, home: &[u8], missing_page: &[u8]) -> Result<Vec<String>, Error>;
}

/// How one file compares.
pub(super) enum Compared {
    /// Byte by byte the same.
    Same,
    /// The copy lacks it.
    Missing,
    /// It differs, in words that say how.
    Differs(String),
}

/// What there is at a path of the copy.
pub(super) enum Answer {
    /// Perhaps a file.
    File(PathBuf),
    /// A file that the host answers with an error status.
    Status(u16, PathBuf),
    /// Something else, in words that say what.
    Other(String),
}

impl Answer {
    /// The bytes of the file; `None` if there is none.
    pub fn bytes(&self) -> Result<Option<Vec<u8>>, Error> {
        let Self::File(file) = self else { return Ok(None) };
        match fs::read(file) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
            // A folder where the file should be.
            Err(_) if file.is_dir() => Ok(None),
            Err(error) => Err(Error::at(file, error)),
        }
    }

    /// How it compares with what the build has at this path.
    pub fn compare(&self, expected: &[u8], path: &str, missing_page: &[u8]) -> Result<Compared, Error> {
        Ok(match self {
            Self::File(_) => match self.bytes()? {
                Some(found) if found == expected => Compared::Same,
                Some(found) if path != MISSING_PAGE && found == missing_page => Compared::Missing,
                Some(found) => Compared::Differs(difference::between(expected, &found)),
                None => Compared::Missing,
            },
            // Some hosts give the page for missing files the status of a missing file.
            Self::Status(404, file) if path == MISSING_PAGE && fs::read(file).is_ok_and(|found| found == expected) => {
                Compared::Same
            }
            Self::Status(404 | 410, _) => Compared::Missing,
            Self::Status(status, _) => Compared::Differs(format!("the host answers with status {status}")),
            Self::Other(what) => Compared::Differs(what.clone()),
        })
    }
}
