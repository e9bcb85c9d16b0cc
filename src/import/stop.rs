//! Why an import stopped.

use super::at::At;
use super::loss::Issue;
use crate::error::Error;

/// Why an import stopped. Nothing was written, except perhaps before [`Stop::Failed`].
#[derive(Debug)]
pub(crate) enum Stop {
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
    /// Refuses an input as a whole, without a place in it.
    pub(crate) fn bad(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Bad(Issue::new(&At::default(), None, message).help(help))
    }
}
