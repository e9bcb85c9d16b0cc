//! Charts and maps as SVG, made from the Timeline when the site is built.
//!
//! Names and numbers are HTML beside a chart, where they wrap, scale and are read aloud. A chart itself has only the titles of
//! landmarks ([`callouts`]) and the names of the highest columns ([`peaks`]); lists on the page repeat them.
//! Positions along time are percentages or column numbers, so that a chart fits every width without a script; only the chart of
//! a social card ([`Miniature`]) has positions in pixels. Nothing here chooses a colour: the style sheet does, in charts by the
//! classes of families (`family-talks`).

pub(crate) mod callouts;
mod columns;
#[cfg(test)]
mod fixture;
mod lanes;
pub(crate) mod map;
mod marks;
mod matrix;
mod miniature;
pub(crate) mod peaks;
mod stacks;
mod svg;

pub(crate) use columns::{Columns, Length, Tick, month_number};
pub(crate) use lanes::{Lane, lanes, strips, tick_lines};
pub(crate) use marks::landmarks;
pub(crate) use matrix::{Group, Meeting, cell, groups, meetings, pairs};
pub(crate) use miniature::{Miniature, of_event, of_events};
pub(crate) use stacks::{Stacks, highest, stacks};
