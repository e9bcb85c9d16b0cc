//! A small map that shows where something was: land, sea, borders, and a dot with a name for each place.
//!
//! It is in two parts. The ground is a file of its own, which all pages with the same places share: it is a mask, and the
//! style sheet colours what it leaves open. Dots and names are in the page itself, so that they have its typeface and can be
//! read out.

use std::fmt::Write as _;

use super::geometry::{Rect, Xy, short};
use super::ground::{Detail, Ground, Shapes};
use super::labels::{self, Field, Mark};
use super::view::{View, cap};
use crate::markup::escaped;

/// Width and height in pixels.
pub(crate) const LOCATOR_SIZE: (u16, u16) = (288, 200);
const SIZE: Xy = (LOCATOR_SIZE.0 as f64, LOCATOR_SIZE.1 as f64);
/// If the path data of the ground has more bytes than this, it is drawn again with less detail. After the last step it may
/// still have more.
const LIGHT: usize = 6_000;
/// The smallest width of a region in degrees: the width of the region around a single place.
const REGION: f64 = 17.0;
/// The largest radius of a region in degrees. If the places need a larger one, they are shown on a map of the world.
const WIDEST: f64 = 70.0;
/// The radius of a dot in pixels.
const RADIUS: f64 = 4.5;
/// The font size of names in pixels.
const TYPE: f64 = 13.0;

/// The part of the Earth around some points, each a latitude and longitude in degrees; `None` if there are none.
fn view(points: &[(f64, f64)]) -> Option<View> {
    let points: Vec<Xy> = points.iter().map(|(lat, lon)| (*lon, *lat)).collect();
    if points.is_empty() {
        return None;
    }
    Some(if cap(&points).1 > WIDEST {
        View::world_inside(&points, SIZE)
    } else {
        View::region(&points, SIZE, 40.0, REGION)
    })
}

/// Draws the ground around some points, each a latitude and longitude in degrees, as an SVG file to be used as a mask: land is
/// white, coasts and borders are black, and water is transparent. Empty if there are no points.
#[must_use]
pub(crate) fn locator_ground(points: &[(f64, f64)]) -> String {
    let Some(view) = view(points) else { return String::new() };
    let Ground { land, lakes, borders } = light_ground(&view);
    let (width, height) = LOCATOR_SIZE;
    let mut out = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">"#
    );
    // By the rule `evenodd`, a lake inside land is a hole in it.
    let _ = write!(
        out,
        r##"<g stroke="#000" stroke-linejoin="round"><path fill="#fff" fill-rule="evenodd" stroke-width=".7" d="{land}{lakes}"/>"##
    );
    if !borders.is_empty() {
        let _ = write!(out, r#"<path fill="none" stroke-width=".9" d="{borders}"/>"#);
    }
    out.push_str("</g></svg>\n");
    out
}

/// Draws the dots and names of some places, each given as a name, a latitude and a longitude in degrees, as the content of an
/// `svg` element of [`LOCATOR_SIZE`]. A name without room is left out.
#[must_use]
pub(crate) fn locator_marks(places: &[(&str, f64, f64)]) -> String {
    let points: Vec<(f64, f64)> = places.iter().map(|(_, lat, lon)| (*lat, *lon)).collect();
    let Some(view) = view(&points) else { return String::new() };
    let mut out = String::new();
    let mark = |(name, lat, lon): &(&str, f64, f64)| Mark {
        at: view.point((*lon, *lat)),
        radius: RADIUS,
        width: labels::width(name, TYPE),
    };
    let marks: Vec<Mark> = places.iter().map(mark).collect();
    let edge = Rect::sized(0.0, 0.0, SIZE.0, SIZE.1).grown(-2.0);
    let positions = labels::place(&marks, TYPE, &Field { edge, unit: 1.0 }, &[]);
    for mark in &marks {
        let _ =
            write!(out, r#"<circle class="dot" cx="{}" cy="{}" r="{RADIUS}"/>"#, short(mark.at.0), short(mark.at.1));
    }
    for (((name, _, _), mark), position) in places.iter().zip(&marks).zip(positions) {
        let Some(position) = position else { continue };
        let anchor = match position.anchor {
            -1 => "",
            0 => r#" text-anchor="middle""#,
            _ => r#" text-anchor="end""#,
        };
        let (x, y) = (short(mark.at.0 + position.x), short(mark.at.1 + position.y));
        let _ = write!(out, r#"<text x="{x}" y="{y}"{anchor}>{}</text>"#, escaped(name));
    }
    out
}

/// Draws the base map of a view, in as much detail as [`LIGHT`] allows. If coasts would become a caricature, as on a map of
/// half the Earth, the borders are dropped instead.
fn light_ground(view: &View) -> Ground {
    const FINEST: Detail = Detail { tolerance: 0.45, least: 2.0 };
    const WITH_BORDERS: usize = 5;
    const STEPS: usize = 14;
    let mut shapes = Shapes::of(view);
    let mut detail = FINEST;
    let mut ground = shapes.draw(detail);
    for step in 1..STEPS {
        if ground.size() <= LIGHT {
            break;
        }
        detail = Detail { tolerance: detail.tolerance * 1.35, least: detail.least * 1.7 };
        if step == WITH_BORDERS {
            shapes = shapes.without_borders();
            detail = FINEST;
        }
        ground = shapes.draw(detail);
    }
    ground
}
