//! Charts and maps as SVG, made from the Timeline when the site is built.
//!
//! A chart is drawn without text: names and numbers are HTML beside it, where they wrap, scale and are read aloud.
//! Positions along time are percentages, so that a chart fits every width without a script. Colours come from the style
//! sheet, those of charts by the classes of families (`family-talks`).

mod columns;
#[cfg(test)]
mod fixture;
mod lanes;
pub mod map;
mod marks;
mod matrix;
mod stacks;
mod svg;

pub use columns::{Columns, Length, Tick, month_number};
pub use lanes::{Lane, lanes, strips, tick_lines};
pub use marks::landmarks;
pub use matrix::{Group, Meeting, cell, groups, meetings, pairs};
pub use stacks::{bar, stacks};
