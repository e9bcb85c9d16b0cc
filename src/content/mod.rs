//! One entry's text as one [`Document`]: front matter decoded, markdown converted to HTML, every problem collected.
//!
//! Nothing here reads a file or knows another document. References to documents and files (ids, links, pictures) are kept
//! with their byte ranges, and the room `resolve/` checks them once all documents are known.

mod actor;
mod addresses;
mod aliases;
mod body;
mod checks;
mod citations;
mod comments;
mod contacts;
mod converter;
mod definitions;
mod dialects;
mod document;
mod elements;
mod failed_links;
mod finding;
mod footnotes;
mod formed;
mod front_matter;
mod id_ref;
mod leftovers;
mod line_beginnings;
mod links;
mod markdown;
mod matter;
mod media;
mod numerals;
mod plain_text;
mod queries;
mod query;
mod raw_html;
mod records;
mod rewording;
mod runs;
mod schema;
mod settings;
mod shown_source;
mod silent;
mod source;
mod text;
mod vote;
mod words;
mod writer;

pub(crate) use actor::{ActorKind, ActorMatter, Became, Membership, Role};
pub(crate) use body::{Link, Target};
pub use document::Document;
pub(crate) use id_ref::IdRef;
pub(crate) use markdown::markdown_options;
pub(crate) use matter::Matter;
pub(crate) use numerals::in_digits;
pub(crate) use query::{Direction, Purpose, Query, Show, TextQuery, VoteChoice};
pub(crate) use records::{
    Correction, EventMatter, Importance, Media, PageMatter, PlaceMatter, Precision, ProcessMatter,
};
pub(crate) use schema::schema;
pub use settings::{Goal, Settings};
pub(crate) use source::{Account, Source, SourceKind};
pub use text::ResolvedLink;
pub(crate) use text::{Gathered, Text, gathered_source};
pub(crate) use vote::{Count, Vote};
pub(crate) use words::slug;
pub(crate) use writer::{FrontMatter, MatterValue, push_below_header, push_pair};
