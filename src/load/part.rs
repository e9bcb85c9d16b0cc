//! What is read from one place in a site's folder, kept while nothing there changes.

use std::path::PathBuf;

use crate::diagnostic::{Problems, Texts};
use crate::key::Key;

/// What was read from one place, and what is wrong there.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Part<T> {
    pub value: T,
    /// The texts that reports may point into.
    pub texts: Texts,
    pub problems: Problems,
    /// The keys of files that were read as a whole, by their path on disk.
    pub read: Vec<(PathBuf, Key)>,
    /// Whether the machine could not read something.
    pub failed: bool,
    /// Whether a whole folder could not be read, so that the absence of a file means nothing.
    pub incomplete: bool,
}

impl<T> Part<T> {
    /// Replaces the value and keeps the rest.
    pub(super) fn map<U>(self, change: impl FnOnce(T) -> U) -> Part<U> {
        let Self { value, texts, problems, read, failed, incomplete } = self;
        Part { value: change(value), texts, problems, read, failed, incomplete }
    }
}
