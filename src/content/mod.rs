//! From one text to one document.
//!
//! A file is front matter and markdown. Both are read without looking at any other file: what a document says of
//! others (ids, links) is kept with its place and checked later, when all documents are known.

mod checks;
mod document;
mod front_matter;
mod markdown;
mod raw_html;
mod records;
mod schema;

pub use document::{Document, Matter, Settings, SourceFile};
pub use markdown::{Body, Link, Target, slug};
pub use records::{
    Account, ActorKind, ActorMatter, Correction, EventMatter, IdRef, Importance, PageMatter, PlaceMatter, Precision,
    ProcessMatter, Role, Source, WikidataId, CountryCode,
};
pub use schema::schema;
