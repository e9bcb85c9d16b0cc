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

pub use actor::{ActorKind, ActorMatter, Became, Membership, Role};
pub use body::{Link, Target};
pub use document::Document;
pub use id_ref::IdRef;
pub use markdown::markdown_options;
pub use matter::Matter;
pub use numerals::in_digits;
pub use query::{Direction, Purpose, Query, Show, TextQuery, VoteChoice};
pub use records::{Correction, EventMatter, Importance, Media, PageMatter, PlaceMatter, Precision, ProcessMatter};
pub use schema::schema;
pub use settings::{Goal, Settings};
pub use source::{Account, Source, SourceKind};
pub use text::{Gathered, ResolvedLink, Text, gathered_source};
pub use vote::{Count, Vote};
pub use words::slug;
pub use writer::{FrontMatter, MatterValue, push_below_header, push_pair};
