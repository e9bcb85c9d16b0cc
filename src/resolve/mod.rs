//! From documents to a [`Timeline`](crate::timeline::Timeline): which document each id means, where each link points, which
//! entries are published and in what order, and reports on what does not fit together.
//!
//! Nothing here writes into a [`Document`]: what resolving finds is kept beside it, so that a
//! document parsed once can be resolved again when another one changes.

mod archives;
mod assemble;
mod choices;
mod documents;
mod files;
mod gates;
mod links;
mod meant;
mod misplaced;
mod names;
mod order;
mod pictures;
mod queries;
mod references;
mod registry;
mod relations;
mod rewording;
mod suggestions;
mod votes;

pub use assemble::{Resolved, resolve};
pub use files::Files;
pub(crate) use rewording::reworded;

use crate::content::Document;
use crate::date::Day;

/// Which entries are published besides the plain ones, and what day it is.
#[derive(Clone, Copy, Debug)]
pub struct Publication {
    /// Whether drafts are published.
    pub drafts: bool,
    /// Whether entries under embargo are published.
    pub future: bool,
    /// The day of the build, UTC.
    pub today: Day,
}

/// A document, by its number in the list that is resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct DocumentNo(usize);

impl DocumentNo {
    /// Numbers the documents.
    fn all(documents: &[Document]) -> impl Iterator<Item = (Self, &Document)> {
        documents.iter().enumerate().map(|(number, document)| (Self(number), document))
    }
}
