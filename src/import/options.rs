//! What the command line asks of an import.

use super::dates::Widening;
use super::map::Map;

/// What the command line asks of an import.
#[derive(Debug, Default)]
pub(crate) struct Options {
    /// Which exact days become longer periods.
    pub widening: Widening,
    /// Whether each spelling of a name becomes a document of its own.
    pub keep_spellings: bool,
    /// Whether events without a source become drafts.
    pub unsourced_as_drafts: bool,
    /// The kind of events whose input names none.
    pub kind: Option<String>,
    /// The program that a folder of markdown was written for.
    pub from: Option<Program>,
    /// The mapping file.
    pub map: Option<Map>,
}

/// A program that reads markdown with front matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Program {
    /// Jekyll
    Jekyll,
    /// Hugo
    Hugo,
    /// Obsidian
    Obsidian,
    /// Decap CMS
    Decap,
}
