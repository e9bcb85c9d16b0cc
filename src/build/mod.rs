//! The pipeline from end to end: what `build`, `check` and `serve` have in common.

mod make;
mod ready;
mod recall;

pub(crate) use make::{MakeError, Outcome};
pub use ready::{Options, Prepared, Timings, prepare};
pub(crate) use ready::{Ready, read};
pub(crate) use recall::{Recall, Unchanged};
