//! The base map: land, lakes and borders of a view, as SVG path data.

use std::fmt::Write as _;

use super::earth::{CHUNK, COARSE, EARTH, Layer, Polyline};
use super::geometry::{Rect, Xy, area, clip_line, clip_ring, densified, thinned, thinned_ring};
use super::view::View;

/// The longest segment that is drawn as a straight line, in degrees; longer ones are divided, so that the projection bends
/// them.
const LONGEST: f64 = 2.0;

/// How many times larger than an island a lake must be to be drawn, because small lakes matter less.
const LAKES: f64 = 6.0;

/// How exactly the ground is drawn.
#[derive(Clone, Copy, Debug)]
pub(super) struct Detail {
    /// How many pixels a line may be off.
    pub tolerance: f64,
    /// The area in square pixels of the smallest island drawn. Lakes must be [`LAKES`] times as large.
    pub least: f64,
}

/// If a pixel is at least this many degrees, the coarse Earth is exact enough.
const COARSE_FROM: f64 = 0.25;

/// The part of the Earth that a view shows, in pixels.
pub(super) struct Shapes {
    land: Vec<Vec<Xy>>,
    lakes: Vec<Vec<Xy>>,
    borders: Vec<Vec<Xy>>,
}

impl Shapes {
    /// What a view shows, in full detail.
    pub(super) fn of(view: &View) -> Self {
        let earth = if view.pixel() < COARSE_FROM { &*EARTH } else { &*COARSE };
        Self { land: areas(&earth.land, view), lakes: areas(&earth.lakes, view), borders: lines(&earth.borders, view) }
    }

    /// Removes the borders.
    pub(super) fn without_borders(self) -> Self {
        Self { borders: Vec::new(), ..self }
    }

    /// The shapes simplified to a level of detail.
    pub(super) fn draw(&self, detail: Detail) -> Ground {
        let rings = |rings: &[Vec<Xy>], least: f64| {
            let mut pen = Pen::default();
            for ring in rings.iter().filter(|ring| area(ring) >= least) {
                pen.draw(&thinned_ring(ring, detail.tolerance), true);
            }
            pen.out
        };
        let mut pen = Pen::default();
        for line in &self.borders {
            pen.draw(&thinned(line, detail.tolerance), false);
        }
        Ground {
            land: rings(&self.land, detail.least),
            lakes: rings(&self.lakes, LAKES * detail.least),
            borders: pen.out,
        }
    }
}

/// Land, lakes and borders as SVG path data, each the `d` of one `path`; empty if there are none.
#[derive(Debug, Default)]
pub(super) struct Ground {
    pub land: String,
    pub lakes: String,
    pub borders: String,
}

impl Ground {
    /// Returns the size of the path data in bytes.
    pub(super) fn size(&self) -> usize {
        self.land.len() + self.lakes.len() + self.borders.len()
    }

    /// Writes the sea, land, lakes and borders as SVG elements.
    pub(super) fn write(&self, view: &View, out: &mut String) {
        let _ = write!(out, r#"<rect class="sea" width="{}" height="{}"/>"#, view.width, view.height);
        for (class, data) in [("land", &self.land), ("lake", &self.lakes), ("border", &self.borders)] {
            if !data.is_empty() {
                let _ = write!(out, r#"<path class="{class}" d="{data}"/>"#);
            }
        }
    }
}

/// The rings of a layer as far as a view shows them, in pixels.
fn areas(layer: &Layer, view: &View) -> Vec<Vec<Xy>> {
    let (window, canvas) = (view.window(), view.canvas());
    let ring = |(line, shift): (&Polyline, f64)| {
        let ring = clip_ring(near_points(line, shift, &window), &window);
        let ring = densified(&ring, true, LONGEST).into_iter().map(|point| view.project(point)).collect();
        clip_ring(ring, &canvas)
    };
    seen(layer, &window).map(ring).filter(|ring| ring.len() > 2).collect()
}

/// The lines of a layer as far as a view shows them, in pixels.
fn lines(layer: &Layer, view: &View) -> Vec<Vec<Xy>> {
    let (window, canvas) = (view.window(), view.canvas());
    let mut parts = Vec::new();
    for (line, shift) in seen(layer, &window) {
        let moved: Vec<Xy> = line.points.iter().map(|(lon, lat)| (lon + shift, *lat)).collect();
        for part in clip_line(&moved, &window) {
            let part: Vec<Xy> = densified(&part, false, LONGEST).into_iter().map(|point| view.project(point)).collect();
            parts.extend(clip_line(&part, &canvas));
        }
    }
    parts
}

/// Returns the lines that may be visible in a window, each with the shift of its longitudes (-360, 0 or 360 degrees) that
/// brings it there.
fn seen<'a>(layer: &'a Layer, window: &'a Rect) -> impl Iterator<Item = (&'a Polyline, f64)> {
    let moved = |line: &'a Polyline| [-360.0, 0.0, 360.0].map(|shift| (line, shift));
    layer.iter().flat_map(moved).filter(|(line, shift)| line.bounds.moved(*shift, 0.0).meets(window))
}

/// A ring's shifted points, without those in chunks that are entirely beyond one side of the window: one point of such a
/// chunk is enough to take the ring around the window on the same side.
fn near_points(line: &Polyline, shift: f64, window: &Rect) -> Vec<Xy> {
    let mut near = Vec::new();
    for (chunk, points) in line.chunks.iter().zip(line.points.chunks(CHUNK)) {
        let chunk = chunk.moved(shift, 0.0);
        let beyond = chunk.right < window.left
            || chunk.left > window.right
            || chunk.bottom < window.top
            || chunk.top > window.bottom;
        let kept = if beyond { &points[..1] } else { points };
        near.extend(kept.iter().map(|(lon, lat)| (lon + shift, *lat)));
    }
    near
}

/// Writes path data in tenths of a pixel, relative to the previous point and without unnecessary characters.
#[derive(Default)]
struct Pen {
    out: String,
    at: (i32, i32),
    /// Whether the last number has a decimal point, so that another point would begin a new number.
    pointed: bool,
}

impl Pen {
    fn draw(&mut self, line: &[Xy], closed: bool) {
        let mut points: Vec<(i32, i32)> = line.iter().map(|(x, y)| (tenths(*x), tenths(*y))).collect();
        points.dedup();
        if points.len() < if closed { 3 } else { 2 } {
            return;
        }
        self.command(if self.out.is_empty() { 'M' } else { 'm' });
        for (number, point) in points.into_iter().enumerate() {
            if number == 1 {
                self.command('l');
            }
            self.number(point.0 - self.at.0, number < 2);
            self.number(point.1 - self.at.1, false);
            self.at = point;
        }
        if closed {
            // The next `m` is relative to the beginning of the ring.
            self.command('z');
            self.at = (tenths(line[0].0), tenths(line[0].1));
        }
    }

    fn command(&mut self, letter: char) {
        self.out.push(letter);
        self.pointed = false;
    }

    fn number(&mut self, tenths: i32, first: bool) {
        let (whole, rest) = (tenths.unsigned_abs() / 10, tenths.unsigned_abs() % 10);
        let bare = whole == 0 && rest > 0;
        if tenths < 0 {
            self.out.push('-');
        } else if !(first || bare && self.pointed) {
            self.out.push(' ');
        }
        if !bare {
            let _ = write!(self.out, "{whole}");
        }
        if rest > 0 {
            let _ = write!(self.out, ".{rest}");
        }
        self.pointed = rest > 0;
    }
}

#[allow(clippy::cast_possible_truncation, reason = "what is drawn was clipped to the picture")]
fn tenths(pixels: f64) -> i32 {
    (pixels * 10.0).round() as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_counts_from_point_to_point() {
        let mut pen = Pen::default();
        pen.draw(&[(1.0, 2.0), (1.5, 1.9), (2.04, 10.0)], true);
        pen.draw(&[(0.0, 0.0), (0.0, 0.5)], false);
        assert_eq!(pen.out, "M1 2l.5-.1.5 8.1zm-1-2l0 .5");
    }
}
