//! Charts and maps as SVG, made from the Timeline when the site is built.
//!
//! Names and numbers are HTML beside a chart, where they wrap, scale and are read aloud. A chart itself has only the titles of
//! landmarks ([`callouts`]) and the names of the highest columns ([`peaks`]); lists on the page repeat them.
//! Positions along time are percentages or column numbers, so that a chart fits every width without a script; only the chart of
//! a social card ([`Miniature`]) has positions in pixels. Nothing here chooses a colour: the style sheet does, in charts by the
//! classes of families (`family-talks`).

pub mod callouts;
mod columns;
#[cfg(test)]
mod fixture;
mod lanes;
pub mod map;
mod marks;
mod matrix;
mod miniature;
pub mod peaks;
mod stacks;
mod svg;

pub use columns::{Columns, Length, Tick, month_number};
pub use lanes::{Lane, lanes, strips, tick_lines};
pub use marks::landmarks;
pub use matrix::{Group, Meeting, cell, groups, meetings, pairs};
pub use miniature::{Miniature, of_event, of_events};
pub use stacks::{Stacks, highest, stacks};
