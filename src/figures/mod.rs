//! Pictures made of the timeline: charts and maps as SVG text.
//!
//! Pure: numbers, names and addresses come in as values, text goes out. Colours and sizes of type are the style sheet's.

pub mod map;
