//! Maps as SVG: one of all places, and a small one that says where an event was.
//!
//! The ground is Natural Earth's (public domain), see `earth.rs`. What part of the Earth is shown follows from the places
//! ([`frame`](self)), and so does its projection. Nothing here knows how a page looks: colours, faces and what is seen at
//! which width are the style sheet's.
//!
//! Circles and names stand in groups of the class `fixed`, which the style sheet scales by `--unit`, so that they can be
//! read on a narrow screen, and the page's script scales back when the reader draws nearer.

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

pub use locator::locator;
pub use sheet::map;

/// A place with a point.
#[derive(Clone, Copy, Debug)]
pub struct Spot<'a> {
    /// Its id, for the page's script.
    pub id: &'a str,
    /// Its name.
    pub name: &'a str,
    /// Its page, as an address that is already fit for an attribute.
    pub url: &'a str,
    /// Latitude in degrees, WGS 84.
    pub lat: f64,
    /// Longitude in degrees, WGS 84.
    pub lon: f64,
    /// How many events were there.
    pub count: usize,
    /// The same in words, and when: `31 events, 2011–2024`.
    pub words: &'a str,
}

impl Spot<'_> {
    /// Longitude and latitude, in the order of x and y.
    fn position(&self) -> (f64, f64) {
        (self.lon, self.lat)
    }
}

/// What the map says in words.
pub struct Labels<'a> {
    /// The map's name for those who can't see it.
    pub title: &'a str,
    /// What it shows, in a sentence.
    pub description: &'a str,
    /// A number of events in words: `10 events`.
    pub events: &'a dyn Fn(usize) -> String,
}
