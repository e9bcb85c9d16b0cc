//! Plane geometry: boxes, clipping, simplification.

/// A point: longitude and latitude in degrees, or pixels to the right and down.
pub(super) type Xy = (f64, f64);

/// A box. In degrees, `top` is the southern edge, which is the smaller number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rect {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

/// An edge of a box: which coordinate it bounds, at which value, and whether the inside is greater.
type Edge = (fn(Xy) -> f64, f64, bool);

impl Rect {
    /// Returns the smallest box around points. Without points it is inside out: its edges are infinite.
    pub(super) fn around(points: impl IntoIterator<Item = Xy>) -> Self {
        let nothing =
            Self { left: f64::INFINITY, top: f64::INFINITY, right: f64::NEG_INFINITY, bottom: f64::NEG_INFINITY };
        points.into_iter().fold(nothing, |rect, (x, y)| Self {
            left: rect.left.min(x),
            top: rect.top.min(y),
            right: rect.right.max(x),
            bottom: rect.bottom.max(y),
        })
    }

    /// A box from its corner and size.
    pub(super) fn sized(left: f64, top: f64, width: f64, height: f64) -> Self {
        Self { left, top, right: left + width, bottom: top + height }
    }

    pub(super) fn width(&self) -> f64 {
        self.right - self.left
    }

    pub(super) fn height(&self) -> f64 {
        self.bottom - self.top
    }

    pub(super) fn center(&self) -> Xy {
        (f64::midpoint(self.left, self.right), f64::midpoint(self.top, self.bottom))
    }

    /// The box enlarged on all sides.
    pub(super) fn grown(&self, by: f64) -> Self {
        Self { left: self.left - by, top: self.top - by, right: self.right + by, bottom: self.bottom + by }
    }

    /// The box moved by an offset.
    pub(super) fn moved(&self, x: f64, y: f64) -> Self {
        Self { left: self.left + x, top: self.top + y, right: self.right + x, bottom: self.bottom + y }
    }

    /// Whether a point is in the box or on its edge.
    pub(super) fn contains(&self, (x, y): Xy) -> bool {
        (self.left..=self.right).contains(&x) && (self.top..=self.bottom).contains(&y)
    }

    /// Whether the whole of another box is in this one. Shared edges count as inside.
    pub(super) fn holds(&self, other: &Self) -> bool {
        self.contains((other.left, other.top)) && self.contains((other.right, other.bottom))
    }

    /// Whether two boxes overlap. Boxes that only share an edge do not.
    pub(super) fn meets(&self, other: &Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    fn edges(&self) -> [Edge; 4] {
        let x = |point: Xy| point.0;
        let y = |point: Xy| point.1;
        [(x, self.left, true), (x, self.right, false), (y, self.top, true), (y, self.bottom, false)]
    }
}

/// Clips a ring to a box (Sutherland and Hodgman). Where the ring leaves the box, the result runs along the edge.
pub(super) fn clip_ring(mut ring: Vec<Xy>, rect: &Rect) -> Vec<Xy> {
    for (coordinate, limit, greater) in rect.edges() {
        let Some(mut before) = ring.last().copied() else { break };
        let inside = |point: Xy| if greater { coordinate(point) >= limit } else { coordinate(point) <= limit };
        if ring.iter().all(|point| inside(*point)) {
            continue;
        }
        let mut clipped = Vec::with_capacity(ring.len());
        for point in ring {
            if inside(point) != inside(before) {
                let part = (limit - coordinate(before)) / (coordinate(point) - coordinate(before));
                clipped.push(between(before, point, part));
            }
            if inside(point) {
                clipped.push(point);
            }
            before = point;
        }
        ring = clipped;
    }
    ring
}

/// Returns the parts of a line inside a box. Each segment is clipped as by Liang and Barsky.
pub(super) fn clip_line(line: &[Xy], rect: &Rect) -> Vec<Vec<Xy>> {
    let mut parts: Vec<Vec<Xy>> = Vec::new();
    let mut open = false;
    for pair in line.windows(2) {
        let Some((from, to)) = inside(pair[0], pair[1], rect) else {
            open = false;
            continue;
        };
        match parts.last_mut().filter(|_| open && from == 0.0) {
            Some(part) => part.push(between(pair[0], pair[1], to)),
            None => parts.push(vec![between(pair[0], pair[1], from), between(pair[0], pair[1], to)]),
        }
        open = to == 1.0;
    }
    parts
}

/// Returns where a segment enters and leaves a box, as fractions of its length; `None` if no part of it is inside.
fn inside(from: Xy, to: Xy, rect: &Rect) -> Option<(f64, f64)> {
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    for (coordinate, limit, greater) in rect.edges() {
        let sign = if greater { 1.0 } else { -1.0 };
        let (start, end) = ((coordinate(from) - limit) * sign, (coordinate(to) - limit) * sign);
        match (start < 0.0, end < 0.0) {
            (true, true) => return None,
            (true, false) => enter = enter.max(start / (start - end)),
            (false, true) => leave = leave.min(start / (start - end)),
            (false, false) => {}
        }
    }
    (enter < leave).then_some((enter, leave))
}

fn between(from: Xy, to: Xy, part: f64) -> Xy {
    if part == 1.0 {
        return to;
    }
    (from.0 + (to.0 - from.0) * part, from.1 + (to.1 - from.1) * part)
}

/// Adds points to segments that are longer than `most` in either coordinate, so that they can bend when they are projected.
pub(super) fn densified(line: &[Xy], closed: bool, most: f64) -> Vec<Xy> {
    let mut dense = Vec::with_capacity(line.len());
    let back = line.first().filter(|_| closed);
    for (number, point) in line.iter().enumerate() {
        dense.push(*point);
        if let Some(next) = line.get(number + 1).or(back) {
            let length = (next.0 - point.0).abs().max((next.1 - point.1).abs());
            let mut step = 1.0;
            while step * most < length {
                dense.push(between(*point, *next, step * most / length));
                step += 1.0;
            }
        }
    }
    dense
}

/// Simplifies a line (Ramer, Douglas and Peucker): a point stays if the line would otherwise be off by more than the tolerance.
pub(super) fn thinned(line: &[Xy], tolerance: f64) -> Vec<Xy> {
    let mut keep = vec![false; line.len()];
    let mut stretches = vec![(0, line.len().saturating_sub(1))];
    while let Some((from, to)) = stretches.pop() {
        if line.is_empty() {
            break;
        }
        (keep[from], keep[to]) = (true, true);
        let mut farthest = (from, tolerance * tolerance);
        for at in from + 1..to {
            let away = square_distance(line[at], line[from], line[to]);
            if away > farthest.1 {
                farthest = (at, away);
            }
        }
        if farthest.0 > from {
            stretches.extend([(from, farthest.0), (farthest.0, to)]);
        }
    }
    line.iter().zip(keep).filter(|(_, keep)| *keep).map(|(point, _)| *point).collect()
}

/// Simplifies a ring as two lines, so that neither begins where it ends.
pub(super) fn thinned_ring(ring: &[Xy], tolerance: f64) -> Vec<Xy> {
    let Some(first) = ring.first() else { return Vec::new() };
    let far = |point: &Xy| (point.0 - first.0).abs() + (point.1 - first.1).abs();
    let middle = (0..ring.len()).max_by(|a, b| far(&ring[*a]).total_cmp(&far(&ring[*b]))).unwrap_or(0);
    let mut thin = thinned(&ring[..=middle], tolerance);
    let back: Vec<Xy> = ring[middle..].iter().chain([first]).copied().collect();
    thin.extend(thinned(&back, tolerance).into_iter().skip(1));
    thin.pop();
    thin
}

fn square_distance(point: Xy, from: Xy, to: Xy) -> f64 {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let (px, py) = (point.0 - from.0, point.1 - from.1);
    let length = dx * dx + dy * dy;
    let along = if length > 0.0 { ((px * dx + py * dy) / length).clamp(0.0, 1.0) } else { 0.0 };
    let (x, y) = (px - along * dx, py - along * dy);
    x * x + y * y
}

/// Returns the area of a ring, which is positive whichever way the ring runs.
pub(super) fn area(ring: &[Xy]) -> f64 {
    let next = ring.iter().cycle().skip(1);
    let twice: f64 = ring.iter().zip(next).map(|(a, b)| a.0 * b.1 - b.0 * a.1).sum();
    (twice / 2.0).abs()
}

/// A number of pixels as SVG holds it, with at most one decimal.
pub(super) fn short(value: f64) -> String {
    let tenths = (value * 10.0).round() / 10.0;
    // Adding zero turns a negative zero, which would be written with its sign, into a positive one.
    format!("{}", tenths + 0.0)
}
