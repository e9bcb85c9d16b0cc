//! What the index is made from.

use super::typed::Typed;
use crate::theme::Locale;
use crate::timeline::{KindIx, Timeline};

/// The documents that can be found, and the words that the interface adds to them.
#[derive(Clone, Copy)]
pub(crate) struct Corpus<'a> {
    /// The documents.
    pub timeline: &'a Timeline,
    /// The names of kinds, in the order of the timeline's kinds.
    pub kind_names: &'a [String],
    /// The words of dates.
    pub locale: &'a Locale,
    /// The words that readers type.
    pub typed: &'a Typed,
}

impl<'a> Corpus<'a> {
    /// Returns the name of a kind, in the site's words or the interface's.
    pub(super) fn kind_name(&self, ix: KindIx) -> &'a str {
        self.kind_names.get(ix.0).map_or("", String::as_str)
    }
}
