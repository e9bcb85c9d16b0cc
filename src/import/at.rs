//! Where something is in an input.

/// A place in the input: its file, a line and, where it matters, a column, both counted from 1.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct At {
    /// The file inside a folder that is imported; empty if the input is one file.
    pub file: String,
    /// The line; 0 if it is not known.
    pub line: u64,
    /// The column in characters; 0 if it is not known.
    pub column: u64,
}

impl At {
    /// Returns a line of the only file, without a column.
    #[must_use]
    pub(crate) fn line(line: u64) -> Self {
        Self { file: String::new(), line, column: 0 }
    }
}
