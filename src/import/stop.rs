//! Why an import ended before anything was written.

use super::at::At;
use super::loss::Issue;
use crate::error::Error;

/// Why an import ended.
#[derive(Debug)]
pub enum Stop {
    /// The input is not what it should be.
    Bad(Issue),
    /// site.toml lacks kinds: the lines to add.
    Kinds(String),
    /// The command or the machine failed.
    Failed(Error),
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

impl Stop {
    /// An input that is not what it should be, as a whole.
    pub fn bad(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Bad(Issue::new(&At::default(), None, message).help(help))
    }
}
