//! Maps as SVG: one of all places, and a small one that shows where an event was.
//!
//! The base map is Natural Earth's (public domain; `earth.rs`). The places determine which part of the Earth is shown
//! (`frame.rs`), and in which projection. Nothing here knows how a page looks: the style sheet decides colours, typefaces
//! and what is visible at which width.
//!
//! Circles and names are in groups of the class `fixed`, which the style sheet scales by `--unit`, so that they can be read
//! on a narrow screen, and the page's script scales back when the reader zooms in.

mod earth;
mod frame;
mod geometry;
mod ground;
mod labels;
mod locator;
mod projection;
mod sheet;
#[cfg(test)]
mod tests;
mod view;

pub(crate) use locator::{LOCATOR_SIZE, locator_ground, locator_marks};
pub(crate) use sheet::map;

/// A place with a point.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spot<'a> {
    /// Its id, for the page's script.
    pub id: &'a str,
    /// Its name, not escaped.
    pub name: &'a str,
    /// The address of its page, already escaped for an attribute.
    pub url: &'a str,
    /// Latitude in degrees, WGS 84.
    pub lat: f64,
    /// Longitude in degrees, WGS 84.
    pub lon: f64,
    /// How many events were there.
    pub count: usize,
    /// The number of events in words, with their years: `31 events, 2011–2024`. Not escaped.
    pub words: &'a str,
    /// Whether the map is about this place: the first step of zooming goes there.
    pub is_focus: bool,
}

impl Spot<'_> {
    /// Longitude and latitude, in the order of x and y.
    fn position(&self) -> (f64, f64) {
        (self.lon, self.lat)
    }
}

/// The words of the map.
pub(crate) struct Labels<'a> {
    /// The map's accessible name.
    pub title: &'a str,
    /// What it shows, in a sentence.
    pub description: &'a str,
    /// A number of events in words: `10 events`.
    pub events: &'a dyn Fn(usize) -> String,
}
