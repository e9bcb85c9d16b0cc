//! Why a command could not do its work. What is wrong with a site's content is not an error but a
//! [`Diagnostic`](crate::diagnostic::Diagnostic).

use std::fmt;
use std::io;
use std::path::Path;

/// Whether the command or the machine is at fault for an [`Error`]. It decides the exit status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The command asks for something that cannot be done: exit status 2.
    Usage,
    /// The machine failed: exit status 3.
    Machine,
}

/// Why a command could not do its work, and what can be done about it.
#[derive(Debug)]
pub struct Error {
    /// What is at fault.
    pub kind: Kind,
    message: String,
    hint: Option<String>,
    source: Option<io::Error>,
}

impl Error {
    /// Creates an error for a command that asks for something impossible. `message` begins in lower case and has no full stop.
    pub fn usage(message: impl Into<String>) -> Self {
        Self { kind: Kind::Usage, message: message.into(), hint: None, source: None }
    }

    /// Creates an error for a failure of the machine. `message` says what failed, without a full stop.
    pub fn machine(message: impl Into<String>) -> Self {
        Self { kind: Kind::Machine, message: message.into(), hint: None, source: None }
    }

    /// Creates an error for a failure of the machine at a file or folder.
    #[must_use]
    pub fn at(path: &Path, source: io::Error) -> Self {
        Self::machine(path.display().to_string()).because(source)
    }

    /// Adds the system's own error.
    #[must_use]
    pub fn because(mut self, source: io::Error) -> Self {
        self.source = Some(source);
        self
    }

    /// Adds what the user can do, without a full stop.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Returns the message and the system's error, without the hint.
    #[must_use]
    pub fn what(&self) -> String {
        match &self.source {
            Some(source) => format!("{}: {source}", self.message),
            None => self.message.clone(),
        }
    }

    /// Returns the kind of the system's error, if there is one.
    #[must_use]
    pub fn io_kind(&self) -> Option<io::ErrorKind> {
        self.source.as_ref().map(io::Error::kind)
    }
}

/// The message, what the system said, and the hint, on one line.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what())?;
        if let Some(hint) = &self.hint {
            write!(f, "; {hint}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_ref().map(|source| source as _)
    }
}

#[cfg(test)]
mod tests {
    use super::{Error, Kind};
    use std::io;
    use std::path::Path;

    #[test]
    fn an_error_says_what_happened_why_and_what_to_do() {
        let error = Error::at(Path::new("public"), io::Error::other("disk full")).hint("free some space");
        assert_eq!(error.to_string(), "public: disk full; free some space");
        assert_eq!((error.kind, error.io_kind()), (Kind::Machine, Some(io::ErrorKind::Other)));
    }
}
