//! The Earth's land, lakes and borders, from Natural Earth (1:10m, public domain).
//!
//! `cargo xtask natural-earth` makes the embedded file. It has three layers, one after the other: land and lakes as closed
//! rings (the first point is not repeated; a ring inside another is a hole), borders as open lines.
//!
//! - A layer: the number of lines, then the lines.
//! - A line: the number of points, then for each point the difference in longitude and latitude from the previous point, in
//!   200ths of a degree (WGS 84). Differences continue from line to line and from layer to layer; the first is from 0, 0.
//! - A number: unsigned LEB128, which is seven bits per byte, lowest first; the eighth bit means that more follow.
//! - A difference: a number in zigzag encoding, whose lowest bit is the sign: 0, -1, 1, -2, … are 0, 1, 2, 3, ….
//!
//! Rings that cross the 180th meridian have longitudes beyond 180.

use std::sync::LazyLock;

use super::geometry::{Rect, Xy, area, thinned, thinned_ring};

static FILE: &[u8] = include_bytes!("natural-earth.bin");

/// Steps in a degree.
const STEPS: f64 = 200.0;
/// How many points share a bounding box, so that most points outside a map are skipped a box at a time.
pub(super) const CHUNK: usize = 32;

/// A ring or a line, longitudes and latitudes in degrees.
pub(super) struct Polyline {
    pub points: Vec<Xy>,
    /// The bounding box of all points.
    pub bounds: Rect,
    /// The bounding box of every [`CHUNK`] points and the next one; a ring's last chunk ends at its first point.
    pub chunks: Vec<Rect>,
}

/// All lines of one kind: land, lakes or borders.
pub(super) type Layer = Vec<Polyline>;

/// The three layers of the file, decoded.
pub(super) struct Earth {
    pub land: Layer,
    pub lakes: Layer,
    pub borders: Layer,
}

/// The Earth, decoded when the first map is drawn.
pub(super) static EARTH: LazyLock<Earth> = LazyLock::new(|| {
    let mut reader = Reader { rest: FILE, lon: 0, lat: 0 };
    Earth { land: reader.layer(), lakes: reader.layer(), borders: reader.layer() }
});

/// The Earth with fewer points and without the smallest islands and lakes, for maps on which a pixel is a quarter of a degree
/// or more.
pub(super) static COARSE: LazyLock<Earth> = LazyLock::new(|| {
    const TOLERANCE: f64 = 0.08;
    const LEAST: f64 = 0.02;
    let rings = |layer: &Layer| {
        let large = layer.iter().filter(|line| area(&line.points) >= LEAST);
        let thin = large.map(|line| thinned_ring(&line.points, TOLERANCE)).filter(|points| points.len() > 2);
        thin.map(Polyline::new).collect()
    };
    Earth {
        land: rings(&EARTH.land),
        lakes: rings(&EARTH.lakes),
        borders: EARTH.borders.iter().map(|line| Polyline::new(thinned(&line.points, TOLERANCE))).collect(),
    }
});

impl Polyline {
    fn new(points: Vec<Xy>) -> Self {
        let around = |start: usize| {
            let end = (start + CHUNK).min(points.len());
            let next = points.get(end).or(points.first());
            Rect::around(points[start..end].iter().chain(next).copied())
        };
        let chunks = (0..points.len()).step_by(CHUNK).map(around).collect();
        Self { bounds: Rect::around(points.iter().copied()), chunks, points }
    }
}

struct Reader {
    rest: &'static [u8],
    lon: i64,
    lat: i64,
}

impl Reader {
    fn layer(&mut self) -> Layer {
        let lines = self.number();
        (0..lines).map(|_| self.line()).collect()
    }

    fn line(&mut self) -> Polyline {
        let count = self.number();
        let points: Vec<Xy> = (0..count)
            .map(|_| {
                self.lon += self.step();
                self.lat += self.step();
                (degrees(self.lon), degrees(self.lat))
            })
            .collect();
        Polyline::new(points)
    }

    /// Reads a difference, which is in zigzag encoding.
    fn step(&mut self) -> i64 {
        let number = self.number().cast_signed();
        (number >> 1) ^ -(number & 1)
    }

    /// Reads an unsigned LEB128 number. Beyond the end of the file all numbers are 0; a test ensures that none is read there.
    fn number(&mut self) -> u64 {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let (byte, rest) = self.rest.split_first().unwrap_or((&0, &[]));
            self.rest = rest;
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                break;
            }
        }
        value
    }
}

#[allow(clippy::cast_precision_loss, reason = "steps of degrees are small numbers")]
fn degrees(steps: i64) -> f64 {
    steps as f64 / STEPS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_read_to_its_end_and_holds_the_earth() {
        let mut reader = Reader { rest: FILE, lon: 0, lat: 0 };
        let layers = [reader.layer(), reader.layer(), reader.layer()];
        assert!(reader.rest.is_empty(), "{} bytes are left", reader.rest.len());
        for layer in &layers {
            assert!(layer.len() > 300, "a layer has only {} lines", layer.len());
            assert!(layer.iter().all(|line| line.points.len() > 1));
            assert!(layer.iter().all(|line| line.bounds.left >= -180.0 && line.bounds.right < 195.0));
            assert!(layer.iter().all(|line| line.bounds.top >= -90.0 && line.bounds.bottom < 84.0));
        }
    }

    #[test]
    fn no_coast_runs_along_the_180th_meridian_but_antarcticas() {
        for line in EARTH.land.iter().filter(|line| line.bounds.top > -85.0) {
            let at_seam = |point: &(f64, f64)| point.0.abs() == 180.0;
            let along =
                line.points.windows(2).find(|pair| pair.iter().all(at_seam) && (pair[0].1 - pair[1].1).abs() > 0.05);
            assert_eq!(along, None);
        }
    }

    #[test]
    fn the_file_is_light() {
        assert!(FILE.len() < 700_000, "{} bytes", FILE.len());
    }
}
