//! annals: a static site generator for conflict timelines.
//!
//! A timeline is a set of dated, sourced claims kept as markdown; annals is its compiler. The pipeline is straight,
//! each step a function of the one before:
//!
//! ```text
//! files ──load──▶ documents ──resolve──▶ Timeline ──plan──▶ outputs ──render──▶ bytes ──publish──▶ public/
//! ```
//!
//! `ARCHITECTURE.md` says what each room does and which others it may use.

mod buffers;
mod build;
mod cache_folder;
mod cards;
pub mod cli;
mod commit;
mod config;
mod content;
mod date;
mod diagnostic;
mod error;
mod exports;
mod fields;
mod figures;
mod file_type;
mod fold;
mod foreign;
mod history;
mod id;
mod import;
mod key;
mod load;
mod markup;
mod names;
mod outputs;
mod picture_cache;
mod pictures;
mod provenance;
mod publish;
mod record;
mod resolve;
mod search;
mod serve;
mod source_path;
mod stamp;
mod sum;
mod syntax;
mod theme;
mod timeline;
mod verify;

/// The steps of a build, for the tests of this repository. Other programs run `annals` and read its JSON.
///
/// `cargo xtask test` also checks the library without this door, and refuses what is then dead code.
#[cfg(not(without_steps))]
#[doc(hidden)]
pub mod steps {
    pub use crate::build::{Options, Prepared, Timings, prepare};
    pub use crate::config::{Config, Limits, RawHtml};
    pub use crate::content::{Document, Goal, ResolvedLink, Settings};
    pub use crate::date::{Day, EdtfDate, suggest};
    pub use crate::diagnostic::{Code, Problems, Severity};
    pub use crate::fold::{Form, TABLE, forms};
    pub use crate::id::{Collection, SitePath};
    pub use crate::outputs::{Content, Job, OUTPUT_FAMILIES, Output};
    pub use crate::resolve::{Files, Publication, Resolved, resolve};
}
