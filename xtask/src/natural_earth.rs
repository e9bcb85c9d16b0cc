//! Turns Natural Earth's shapefiles (1:10m, public domain) into the one compact file from which annals draws its maps.
//!
//! It keeps land, larger lakes, and the boundary lines of states, simplified to about a kilometre. Shapes that Natural Earth
//! cuts at the 180th meridian are joined again, so that a map of the Bering Strait shows no cut. The file's format is described
//! in `src/figures/map/earth.rs`, which reads it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use shapefile::{Shape, ShapeReader};

use crate::{Outcome, root};

/// Longitude and latitude in degrees.
type Position = (f64, f64);
type Line = Vec<Position>;

/// How far a simplified line may be from the true one, in degrees of a great circle.
const TOLERANCE: f64 = 0.011;
/// The smallest rings that are kept, in square degrees (as at the equator): about 9 km² and 90 km².
const LEAST_ISLAND: f64 = 0.0007;
const LEAST_LAKE: f64 = 0.007;
/// Steps in a degree.
const STEPS: f64 = 200.0;
/// How far apart two matching ends at the 180th meridian may be, in degrees.
const SEAM: f64 = 0.05;

pub fn run(dir: &Path) -> Outcome {
    let land = thinned_rings(joined(read(dir, "land")?), LEAST_ISLAND);
    let lakes = thinned_rings(read(dir, "lakes")?, LEAST_LAKE);
    let borders: Vec<Line> =
        chained(read(dir, "admin_0_boundary_lines_land")?).iter().map(|line| thinned(line)).collect();
    let mut bytes = Vec::new();
    let mut at = (0, 0);
    for (name, lines) in [("land", &land), ("lakes", &lakes), ("borders", &borders)] {
        eprintln!("{name}: {} lines, {} points", lines.len(), lines.iter().map(Vec::len).sum::<usize>());
        layer(lines, &mut at, &mut bytes);
    }
    let file = root().join("src/figures/map/natural-earth.bin");
    eprintln!("{}: {} bytes", file.display(), bytes.len());
    fs::write(&file, bytes).map_err(|error| format!("{}: {error}", file.display()))
}

/// Reads the lines or rings of a layer, such as `ne_10m_land.shp`. The last point of a ring repeats the first.
fn read(dir: &Path, layer: &str) -> Result<Vec<Line>, String> {
    let path = dir.join(format!("ne_10m_{layer}.shp"));
    let fault = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let shapes = ShapeReader::from_path(&path).and_then(ShapeReader::read).map_err(|error| fault(&error))?;
    let mut lines = Vec::new();
    for shape in shapes {
        match shape {
            Shape::Polygon(polygon) => {
                let rings = polygon.into_inner().into_iter().map(shapefile::PolygonRing::into_inner);
                lines.extend(rings.map(|ring| ring.iter().map(|point| (point.x, point.y)).collect::<Line>()));
            }
            Shape::Polyline(line) => {
                lines
                    .extend(line.into_inner().iter().map(|part| part.iter().map(|point| (point.x, point.y)).collect()));
            }
            other => return Err(fault(&format!("a shape of another sort: {}", other.shapetype()))),
        }
    }
    Ok(lines)
}

/// Joins rings that Natural Earth has cut at the 180th meridian. The joined ones have longitudes beyond 180.
fn joined(rings: Vec<Line>) -> Vec<Line> {
    let at_seam = |position: &Position| (position.0.abs() - 180.0).abs() < 1e-6;
    // Antarctica reaches from seam to seam and is closed along the pole, so it stays as it is.
    let cut = |ring: &Line| ring.iter().any(at_seam) && ring.iter().all(|position| position.1 > -85.0);
    let (cut, mut whole): (Vec<Line>, Vec<Line>) = rings.into_iter().partition(cut);
    let mut pieces = Vec::new();
    for mut ring in cut {
        if ring.iter().all(|position| position.0 < 0.0) {
            ring.iter_mut().for_each(|position| position.0 += 360.0);
        }
        ring.pop();
        let start = ring.iter().position(at_seam).unwrap_or(0);
        ring.rotate_left(start);
        ring.push(ring[0]);
        let mut piece: Line = Vec::new();
        for pair in ring.windows(2) {
            if at_seam(&pair[0]) && at_seam(&pair[1]) {
                pieces.extend((piece.len() > 1).then(|| std::mem::take(&mut piece)));
                piece.clear();
                continue;
            }
            if piece.is_empty() {
                piece.push(pair[0]);
            }
            piece.push(pair[1]);
        }
        pieces.extend((piece.len() > 1).then_some(piece));
    }
    while let Some(mut ring) = pieces.pop() {
        loop {
            let end = ring[ring.len() - 1].1;
            let gap = |piece: &Line| (piece[0].1 - end).abs();
            let next = (0..pieces.len()).min_by(|a, b| gap(&pieces[*a]).total_cmp(&gap(&pieces[*b])));
            match next.filter(|next| gap(&pieces[*next]) < SEAM && (ring[0].1 - end).abs() > gap(&pieces[*next])) {
                Some(next) => ring.extend(pieces.swap_remove(next).into_iter().skip(1)),
                None => break,
            }
        }
        ring.push(ring[0]);
        whole.push(ring);
    }
    whole
}

/// Joins lines at ends where exactly two of them meet, so that a border between two states is one line and is simplified as
/// one.
fn chained(lines: Vec<Line>) -> Vec<Line> {
    let key = |position: Position| ((position.0 * 1e5).round() as i64, (position.1 * 1e5).round() as i64);
    let mut ends: BTreeMap<(i64, i64), Vec<usize>> = BTreeMap::new();
    let mut lines: Vec<Option<Line>> = lines.into_iter().filter(|line| line.len() > 1).map(Some).collect();
    for (number, line) in lines.iter().enumerate() {
        for end in line.iter().flat_map(|line| [line[0], line[line.len() - 1]]) {
            ends.entry(key(end)).or_default().push(number);
        }
    }
    let mut chains = Vec::new();
    for number in 0..lines.len() {
        let Some(mut chain) = lines[number].take() else { continue };
        for _ in 0..2 {
            while let Some(next) = ends.get(&key(chain[chain.len() - 1])).filter(|meeting| meeting.len() == 2) {
                let Some(mut line) = next.iter().find_map(|number| lines[*number].take()) else { break };
                if key(line[0]) != key(chain[chain.len() - 1]) {
                    line.reverse();
                }
                chain.extend(line.into_iter().skip(1));
            }
            chain.reverse();
        }
        chains.push(chain);
    }
    chains
}

fn thinned_rings(rings: Vec<Line>, least: f64) -> Vec<Line> {
    let large = rings.into_iter().filter(|ring| area(ring) >= least);
    let thin = large.map(|ring| {
        // A ring is simplified as two lines that meet at its first point and the point farthest from it: a line that ends where
        // it begins has no segment to measure distances from.
        let far = |position: &Position| (position.0 - ring[0].0).abs() + (position.1 - ring[0].1).abs();
        let middle = (0..ring.len()).max_by(|a, b| far(&ring[*a]).total_cmp(&far(&ring[*b]))).unwrap_or(0);
        let mut thin = thinned(&ring[..=middle]);
        thin.extend(thinned(&ring[middle..]).into_iter().skip(1));
        thin.pop();
        thin
    });
    thin.filter(|ring| ring.len() > 2).collect()
}

/// Returns the area of a ring in square degrees of the equator (shoelace formula), scaled by the latitude of its first point.
fn area(ring: &[Position]) -> f64 {
    let twice: f64 = ring.windows(2).map(|pair| pair[0].0 * pair[1].1 - pair[1].0 * pair[0].1).sum();
    (twice / 2.0).abs() * ring[0].1.to_radians().cos()
}

/// Simplifies a line (Ramer, Douglas and Peucker): a point stays if the line would otherwise be off by more than the tolerance.
fn thinned(line: &[Position]) -> Line {
    let mut keep = vec![false; line.len()];
    let mut stretches = vec![(0, line.len().saturating_sub(1))];
    while let Some((from, to)) = stretches.pop() {
        (keep[from], keep[to]) = (true, true);
        let far = (from + 1..to).map(|at| (at, distance(line[at], line[from], line[to])));
        if let Some((at, _)) = far.max_by(|a, b| a.1.total_cmp(&b.1)).filter(|far| far.1 > TOLERANCE) {
            stretches.extend([(from, at), (at, to)]);
        }
    }
    line.iter().zip(keep).filter(|(_, keep)| *keep).map(|(position, _)| *position).collect()
}

/// Returns the approximate distance from a point to a segment, in degrees of a great circle: on a plane at the point's
/// latitude.
fn distance(point: Position, from: Position, to: Position) -> f64 {
    let narrow = point.1.to_radians().cos();
    let flat = |position: Position| ((position.0 - point.0) * narrow, position.1 - point.1);
    let ((ax, ay), (bx, by)) = (flat(from), flat(to));
    let (dx, dy) = (bx - ax, by - ay);
    let length = dx * dx + dy * dy;
    let along = if length > 0.0 { (-(ax * dx + ay * dy) / length).clamp(0.0, 1.0) } else { 0.0 };
    (ax + along * dx).hypot(ay + along * dy)
}

fn layer(lines: &[Line], at: &mut (i64, i64), out: &mut Vec<u8>) {
    let stepped = |line: &Line| {
        let step = |(lon, lat): &Position| ((lon * STEPS).round() as i64, (lat * STEPS).round() as i64);
        let mut points: Vec<(i64, i64)> = line.iter().map(step).collect();
        points.dedup();
        points
    };
    let lines: Vec<Vec<(i64, i64)>> = lines.iter().map(stepped).filter(|points| points.len() > 1).collect();
    number(lines.len() as u64, out);
    for points in lines {
        number(points.len() as u64, out);
        for point in points {
            step(point.0 - at.0, out);
            step(point.1 - at.1, out);
            *at = point;
        }
    }
}

/// Appends a signed number, zigzag-encoded: 0, -1, 1, -2 become 0, 1, 2, 3.
fn step(value: i64, out: &mut Vec<u8>) {
    number(((value << 1) ^ (value >> 63)) as u64, out);
}

/// Appends a number in LEB128: seven bits per byte, lowest first; the eighth bit means that more follow.
fn number(mut value: u64, out: &mut Vec<u8>) {
    while value >= 0x80 {
        out.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}
