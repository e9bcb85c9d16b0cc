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

pub mod build;
pub mod cli;
pub mod config;
pub mod content;
pub mod date;
pub mod diagnostic;
pub mod error;
pub mod fields;
pub mod figures;
pub mod file_type;
pub mod foreign;
pub mod id;
pub mod load;
pub mod markup;
pub mod names;
pub mod outputs;
pub mod picture_cache;
pub mod pictures;
pub mod publish;
pub mod resolve;
pub mod search;
pub mod serve;
pub mod source_path;
pub mod syntax;
pub mod theme;
pub mod timeline;
