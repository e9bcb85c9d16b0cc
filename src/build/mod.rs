//! The pipeline from end to end: what `build`, `check` and `serve` have in common.

mod make;
mod ready;
mod recall;

pub use make::{MakeError, Outcome};
pub use ready::{Options, Prepared, Ready, Timings, prepare, read};
pub use recall::{Recall, Unchanged};
