//! From the sphere to the plane: Lambert's azimuthal equal-area projection for regions, Equal Earth (Šavrič, Patterson
//! and Jenny 2018) for the world. Both preserve areas, so that circles of one size mean the same everywhere.
//!
//! Sines and roots come from `libm`, not from the platform's own library, so that maps are the same to the last digit
//! everywhere.

use libm::{asin, atan2, cos, sin, sqrt};

use super::geometry::Xy;

/// A direction from the centre of the Earth, of length 1.
pub(super) type Vector = [f64; 3];

/// How the Earth is projected onto a plane. Lengths are in radii of the Earth; `y` points down.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Projection {
    /// Around a point, given in degrees.
    Azimuthal { lon: f64, lat: f64 },
    /// Around a meridian, given in degrees.
    EqualEarth { lon: f64 },
}

/// The coefficients of Equal Earth's polynomial: A1 to A4 of the paper.
const A: [f64; 4] = [1.340_264, -0.081_106, 0.000_893, 0.003_796];

impl Projection {
    /// The meridian in the middle.
    pub(super) fn meridian(&self) -> f64 {
        match self {
            Self::Azimuthal { lon, .. } | Self::EqualEarth { lon } => *lon,
        }
    }

    /// Returns the point on the plane of a longitude and latitude in degrees.
    pub(super) fn project(&self, (lon, lat): Xy) -> Xy {
        let along = (lon - self.meridian()).to_radians();
        let up = lat.to_radians();
        match self {
            Self::Azimuthal { lat: middle, .. } => {
                let middle = middle.to_radians();
                let (sin0, cos0) = (sin(middle), cos(middle));
                let (sin1, cos1, cos2) = (sin(up), cos(up), cos(along));
                // At the antipode of the middle, which no map reaches, the length is infinite.
                let nearness = (1.0 + sin0 * sin1 + cos0 * cos1 * cos2).max(1e-9);
                let k = sqrt(2.0 / nearness);
                (k * cos1 * sin(along), -k * (cos0 * sin1 - sin0 * cos1 * cos2))
            }
            Self::EqualEarth { .. } => {
                let root = sqrt(3.0) / 2.0;
                let t = asin(root * sin(up));
                let (t2, t6) = (t * t, t * t * t * t * t * t);
                let slope = A[0] + 3.0 * A[1] * t2 + t6 * (7.0 * A[2] + 9.0 * A[3] * t2);
                let y = t * (A[0] + A[1] * t2 + t6 * (A[2] + A[3] * t2));
                (along * cos(t) / (root * slope), -y)
            }
        }
    }

    /// Returns the longitude and latitude in degrees at a point of the plane; `None` beyond the rim of the azimuthal
    /// projection, and always for Equal Earth. The longitude is within 180 degrees of the middle.
    pub(super) fn locate(&self, (x, y): Xy) -> Option<Xy> {
        let Self::Azimuthal { lon, lat } = self else { return None };
        let (x, y) = (x, -y);
        let length = sqrt(x * x + y * y);
        if length >= 1.999 {
            return None;
        }
        if length < 1e-12 {
            return Some((*lon, *lat));
        }
        let angle = 2.0 * asin(length / 2.0);
        let (sin_c, cos_c) = (sin(angle), cos(angle));
        let middle = lat.to_radians();
        let up = asin((cos_c * sin(middle) + y * sin_c * cos(middle) / length).clamp(-1.0, 1.0));
        let along = atan2(x * sin_c, length * cos(middle) * cos_c - y * sin(middle) * sin_c);
        Some((lon + along.to_degrees(), up.to_degrees()))
    }
}

/// The direction of a longitude and latitude in degrees.
pub(super) fn vector((lon, lat): Xy) -> Vector {
    let (lon, lat) = (lon.to_radians(), lat.to_radians());
    [cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat)]
}

/// The longitude and latitude in degrees of a direction.
pub(super) fn position(v: Vector) -> Xy {
    (atan2(v[1], v[0]).to_degrees(), atan2(v[2], sqrt(v[0] * v[0] + v[1] * v[1])).to_degrees())
}

/// The vector scaled to length 1; the north pole if its length is 0.
pub(super) fn unit(v: Vector) -> Vector {
    let length = sqrt(v.iter().map(|x| x * x).sum());
    if length < 1e-9 { [0.0, 0.0, 1.0] } else { v.map(|x| x / length) }
}

/// The angle between two directions in degrees.
pub(super) fn angle(a: Vector, b: Vector) -> f64 {
    let chord = sqrt((0..3).map(|axis| (a[axis] - b[axis]) * (a[axis] - b[axis])).sum());
    2.0 * asin((chord / 2.0).min(1.0)).to_degrees()
}
