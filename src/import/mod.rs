//! Timelines and data of other programs as entries.
#![allow(missing_docs, dead_code)] // TEMP
mod acled;
mod annals;
mod columns;
mod countries;
mod csv_file;
mod dates;
mod draft_map;
mod entry;
mod html;
mod ids;
mod json;
mod loss;
mod map;
mod mapped;
mod names;
mod options;
mod plain;
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

pub use dates::Widening;
pub use loss::{Issue, Report};
pub use map::Map;
pub use options::{Options, Program};
pub use run::{Doing, Format, draft_map, import};
pub use stop::Stop;
