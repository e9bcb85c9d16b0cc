//! Timelines and data of other programs as entries.
//!
//! A format's file turns an input into a [`Harvest`](entry::Harvest): entries, the names that they mention, and what was lost.
//! The rest is the same for all: names become documents (`names.rs`, `ids.rs`), documents become files (`write.rs`), and the
//! report says what became of each part of the input (`loss.rs`). No file is overwritten, and no file is written that a check
//! would refuse.

mod acled;
mod annals;
mod at;
mod body;
mod columns;
mod countries;
mod csv_file;
mod dates;
mod draft_map;
mod entry;
mod folder;
mod html;
mod html_writer;
mod ids;
mod json;
mod loss;
mod map;
mod mapped;
mod names;
mod options;
mod plain;
mod programs;
mod relink;
mod run;
mod settings;
mod shapes;
mod slide;
mod sources;
mod stop;
mod table;
mod target;
mod timelinejs;
mod ucdp;
mod write;
mod written_date;

pub(crate) use dates::Widening;
pub(crate) use loss::Report;
pub(crate) use map::Map;
pub(crate) use options::{Options, Program};
pub(crate) use run::{Doing, Format, draft_map, import};
pub(crate) use stop::Stop;
