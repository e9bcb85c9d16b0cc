//! Problems with a site's content, as values.
//!
//! A [`Diagnostic`] has a place, a sentence, and perhaps help. Whoever finds a problem reports it to [`Problems`], so that one
//! run reports them all:
//!
//! ```ignore
//! problems
//!     .report(Code::DuplicateSource, (file, span), "two sources have the id `un`")
//!     .help("give one of them another id")
//!     .also_at((file, first), "first used here");
//! ```
//!
//! [`Report::new`] turns byte ranges into lines and columns while the texts are available; after that the texts can be dropped.
//! Nothing here reads a file or prints.
//!
//! An author's words are made harmless before they reach a terminal or a build log: [`shown`] writes every hidden character in
//! the sentences of a problem and the lines of a report as its code point, and everything printed also goes through
//! [`harmless`].

mod code;
mod merge;
mod print;
mod problems;
mod refused;
mod report;
mod text;

pub use code::{Code, Severity};
pub(crate) use merge::{one_side, unresolved_merges};
pub(crate) use print::{counted, github, human, json, summary};
pub use problems::Problems;
pub(crate) use problems::{Diagnostic, Place, Span};
pub(crate) use refused::refused_characters;
pub(crate) use report::{Report, SHOWN_PER_FILE, Texts};
pub(crate) use text::{harmless, is_hidden, is_noncharacter, is_refused, shown};
