//! A small map that shows where something was: land, sea, borders, and a dot with a name for each place.
//!
//! Every event's page has one, so it must be small: the base map is simplified until it is.

use std::fmt::Write as _;

use super::geometry::{Rect, Xy, short};
use super::ground::{Detail, Ground, Shapes};
use super::labels::{self, Field, Mark};
use super::view::{View, cap};
use crate::markup::escaped;

/// Width and height in pixels.
const SIZE: Xy = (288.0, 200.0);
/// The largest size of the base map, in bytes.
const LIGHT: usize = 3_600;
/// The width in degrees of the region around a single place.
const REGION: f64 = 17.0;
/// The radius in degrees of the widest region; places further apart are shown on a map of the world.
const WIDEST: f64 = 70.0;
const RADIUS: f64 = 4.5;
const TYPE: f64 = 13.0;

/// A locator map of some places, each a name with its latitude and longitude in degrees; empty if there are none. `label` is
/// the map's accessible name.
#[must_use]
pub fn locator(places: &[(&str, f64, f64)], label: &str) -> String {
    let points: Vec<Xy> = places.iter().map(|(_, lat, lon)| (*lon, *lat)).collect();
    if points.is_empty() {
        return String::new();
    }
    let view = if cap(&points).1 > WIDEST {
        View::world_inside(&points, SIZE)
    } else {
        View::region(&points, SIZE, 40.0, REGION)
    };
    let mut out = format!(
        r#"<svg class="map-sheet map-locator" viewBox="0 0 {} {}" role="img" aria-label="{}">"#,
        SIZE.0,
        SIZE.1,
        escaped(label)
    );
    light_ground(&view).write(&view, &mut out);
    let mark = |(name, lat, lon): &(&str, f64, f64)| Mark {
        at: view.point((*lon, *lat)),
        radius: RADIUS,
        width: labels::width(name, TYPE),
    };
    let marks: Vec<Mark> = places.iter().map(mark).collect();
    let edge = Rect::sized(0.0, 0.0, SIZE.0, SIZE.1).grown(-2.0);
    let positions = labels::place(&marks, TYPE, &Field { edge, taken: &[], unit: 1.0 }, &[]);
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
    out.push_str("</svg>");
    out
}

/// The base map of a view, as detailed as the size limit allows. If that would be a caricature, as for half the Earth, the
/// borders are dropped to keep the coasts.
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
