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
    /// Fetches files by their paths in the site. The answers are in the same order, and can be read until the next call.
    fn fetch(&self, paths: &[&str]) -> Result<Vec<Answer>, Error>;

    /// Returns the paths of files that the copy has and the build has not. `is_known` says whether the build has a path.
    fn others(&self, is_known: &dyn Fn(&str) -> bool) -> Result<Vec<String>, Error>;

    /// Returns whether the copy's host reads a file as its own settings and does not serve it.
    fn consumes(&self, path: &str) -> bool;

    /// Reports in sentences how the copy's host treats the site otherwise than the site expects. `home` and `missing_page` are
    /// the bytes of the home page and of the page for missing files.
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
    /// A file on this machine, which may be missing.
    File(PathBuf),
    /// A status other than 200, and the file with what the host answered.
    Status(u16, PathBuf),
    /// Something else, in words that say what.
    Other(String),
}

impl Answer {
    /// Reads the file; `None` if there is none, or the host answered otherwise.
    pub(super) fn bytes(&self) -> Result<Option<Vec<u8>>, Error> {
        let Self::File(file) = self else { return Ok(None) };
        match fs::read(file) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
            // A folder where the file should be.
            Err(_) if file.is_dir() => Ok(None),
            Err(error) => Err(Error::at(file, error)),
        }
    }

    /// Compares the answer with the bytes that the build has at this path.
    pub(super) fn compare(&self, expected: &[u8], path: &str, missing_page: &[u8]) -> Result<Compared, Error> {
        Ok(match self {
            Self::File(_) => match self.bytes()? {
                Some(found) if found == expected => Compared::Same,
                // A site's own 404.html may be empty, which says nothing about an empty file.
                Some(found) if path != MISSING_PAGE && !found.is_empty() && found == missing_page => Compared::Missing,
                Some(found) => Compared::Differs(difference::between(expected, &found)),
                None => Compared::Missing,
            },
            // Some hosts serve this page with the status 404 even at its own address.
            Self::Status(404, file) if path == MISSING_PAGE && fs::read(file).is_ok_and(|found| found == expected) => {
                Compared::Same
            }
            Self::Status(404 | 410, _) => Compared::Missing,
            Self::Status(status, _) => Compared::Differs(format!("the host answers with status {status}")),
            Self::Other(what) => Compared::Differs(what.clone()),
        })
    }
}
