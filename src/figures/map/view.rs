//! A rectangle of a map: which part of the Earth it shows, and the position in pixels of each point of the Earth.

use super::geometry::{Rect, Xy};
use super::projection::{Projection, position, unit, vector};

/// How far lines extend beyond the picture's edge, in pixels, so that their ends never show.
pub(super) const BLEED: f64 = 4.0;

/// A projection and the part of its plane that is shown.
#[derive(Clone, Debug)]
pub(super) struct View {
    projection: Projection,
    /// Pixels per radius of the Earth.
    scale: f64,
    /// The top left corner, in pixels from the projection's middle.
    corner: Xy,
    /// The width of the picture in pixels.
    pub width: f64,
    /// The height of the picture in pixels.
    pub height: f64,
}

impl View {
    /// Frames the region around some longitudes and latitudes, with `pad` pixels of room on each side. It is at least `least`
    /// degrees wide.
    pub(super) fn region(points: &[Xy], (width, height): Xy, pad: f64, least: f64) -> Self {
        let (lon, lat) = cap(points).0;
        let projection = Projection::Azimuthal { lon, lat };
        let around = Rect::around(points.iter().map(|point| projection.project(*point)));
        let least = least.to_radians();
        let wide = around.width() / (width - 2.0 * pad);
        let high = around.height() / (height - 2.0 * pad);
        let scale = 1.0 / wide.max(high).max(least / width);
        let (x, y) = around.center();
        Self { projection, scale, corner: (x * scale - width / 2.0, y * scale - height / 2.0), width, height }
    }

    /// Returns the ratio of height to width of the region around some points; `None` if the region has no width, as around a
    /// single point.
    pub(super) fn ratio(points: &[Xy]) -> Option<f64> {
        let (lon, lat) = cap(points).0;
        let projection = Projection::Azimuthal { lon, lat };
        let around = Rect::around(points.iter().map(|point| projection.project(*point)));
        (around.width() > 1e-6).then(|| around.height() / around.width())
    }

    /// Frames the Earth at a width in pixels, without the polar regions: from 56° S to 78° N, or further if a point is closer
    /// than 6° to these parallels or beyond them. It is cut along a meridian that is near no point, preferably in the
    /// Pacific.
    pub(super) fn world(points: &[Xy], width: f64) -> Self {
        let projection = Projection::EqualEarth { lon: middle_meridian(points) };
        let lats = Rect::around(points.iter().copied());
        let (south, north) = ((lats.top - 6.0).clamp(-90.0, -56.0), (lats.bottom + 6.0).clamp(78.0, 90.0));
        let middle = projection.meridian();
        let half = projection.project((middle + 180.0, 0.0)).0;
        let (top, bottom) = (projection.project((middle, north)).1, projection.project((middle, south)).1);
        let scale = width / (2.0 * half);
        let height = ((bottom - top) * scale).round();
        Self { projection, scale, corner: (-half * scale, top * scale), width, height }
    }

    /// Frames the Earth as [`View::world`] does, inside a rectangle of a given size in pixels.
    pub(super) fn world_inside(points: &[Xy], (width, height): Xy) -> Self {
        let world = Self::world(points, width);
        let scale = world.scale * (height / world.height).min(1.0);
        let middle = (world.corner.1 + world.height / 2.0) / world.scale * scale;
        Self { scale, corner: (-width / 2.0, middle - height / 2.0), width, height, ..world }
    }

    /// Returns the position of a longitude and latitude in degrees, in pixels from the top left corner. Any longitude will do.
    pub(super) fn point(&self, (lon, lat): Xy) -> Xy {
        let middle = self.projection.meridian();
        self.project((middle + wrapped(lon - middle), lat))
    }

    /// Like [`View::point`], for a longitude within 180 degrees of the middle, and so on the right side of the cut.
    pub(super) fn project(&self, position: Xy) -> Xy {
        let (x, y) = self.projection.project(position);
        (x * self.scale - self.corner.0, y * self.scale - self.corner.1)
    }

    /// Returns about how many degrees of a great circle a pixel is.
    pub(super) fn pixel(&self) -> f64 {
        (1.0 / self.scale).to_degrees()
    }

    /// Returns the rectangle of the picture with its [`BLEED`], in pixels.
    pub(super) fn canvas(&self) -> Rect {
        Rect::sized(0.0, 0.0, self.width, self.height).grown(BLEED)
    }

    /// Returns a box of longitudes and latitudes that contains everything in the picture.
    pub(super) fn window(&self) -> Rect {
        let middle = self.projection.meridian();
        let all = Rect { left: middle - 180.0, top: -90.0, right: middle + 180.0, bottom: 90.0 };
        let canvas = self.canvas().grown(2.0);
        let on_plane = |(x, y): Xy| ((x + self.corner.0) / self.scale, (y + self.corner.1) / self.scale);
        const STEPS: u32 = 24;
        let sides = (0..=STEPS).flat_map(|step| {
            let part = f64::from(step) / f64::from(STEPS);
            let (x, y) = (canvas.left + part * canvas.width(), canvas.top + part * canvas.height());
            [(x, canvas.top), (x, canvas.bottom), (canvas.left, y), (canvas.right, y)]
        });
        // On the world map, and if the picture extends beyond the rim of the plane, everything may be visible.
        let Some(seen) = sides.map(|at| self.projection.locate(on_plane(at))).collect::<Option<Vec<Xy>>>() else {
            return all;
        };
        let mut window = Rect::around(seen).grown(0.5);
        for pole in [-90.0, 90.0] {
            if canvas.contains(self.project((middle, pole))) {
                window = Rect { left: all.left, right: all.right, ..window };
                window.top = window.top.min(pole);
                window.bottom = window.bottom.max(pole);
            }
        }
        window
    }
}

/// Returns the longitude of the same meridian that is at least -180 and less than 180 degrees.
pub(super) fn wrapped(lon: f64) -> f64 {
    let turned = (lon + 180.0).rem_euclid(360.0);
    turned - 180.0
}

/// The centre and angular radius (degrees) of a nearly smallest spherical cap that contains all points: from the mean, ever
/// smaller steps approach the furthest point (Bădoiu and Clarkson 2003).
pub(super) fn cap(points: &[Xy]) -> (Xy, f64) {
    const ROUNDS: u32 = 64;
    let vectors: Vec<_> = points.iter().map(|point| vector(*point)).collect();
    let farthest = |center: [f64; 3]| {
        let nearness = |v: &[f64; 3]| v[0] * center[0] + v[1] * center[1] + v[2] * center[2];
        vectors.iter().copied().min_by(|a, b| nearness(a).total_cmp(&nearness(b)))
    };
    let sum = vectors.iter().fold([0.0; 3], |sum, v| [sum[0] + v[0], sum[1] + v[1], sum[2] + v[2]]);
    let mut center = unit(sum);
    for round in 1..=ROUNDS {
        let Some(far) = farthest(center) else { break };
        let step = 1.0 / f64::from(round + 1);
        center = unit([0, 1, 2].map(|axis| center[axis] + (far[axis] - center[axis]) * step));
    }
    let radius = farthest(center).map_or(0.0, |far| super::projection::angle(center, far));
    (position(center), radius)
}

/// The meridian opposite the cut. The map is cut where there is least to cut, and no place is near: in the Bering Strait,
/// elsewhere in the Pacific, in the Atlantic; or else in the middle of the widest gap between places.
fn middle_meridian(points: &[Xy]) -> f64 {
    const USUAL: [f64; 5] = [11.0, 20.0, 0.0, 30.0, 150.0];
    const NEAR: f64 = 6.0;
    let free = |middle: &f64| points.iter().all(|point| wrapped(point.0 - middle).abs() < 180.0 - NEAR);
    if let Some(middle) = USUAL.into_iter().find(free) {
        return middle;
    }
    let mut lons: Vec<f64> = points.iter().map(|point| wrapped(point.0)).collect();
    lons.sort_by(f64::total_cmp);
    let next = lons.iter().skip(1).copied().chain(lons.first().map(|first| first + 360.0));
    let gaps = lons.iter().zip(next).map(|(lon, next)| (next - lon, f64::midpoint(*lon, next)));
    let widest = gaps.max_by(|a, b| a.0.total_cmp(&b.0));
    widest.map_or(USUAL[0], |(_, cut)| wrapped(cut + 180.0).round())
}
