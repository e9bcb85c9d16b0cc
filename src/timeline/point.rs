//! Points on the Earth, rounded to what may be shown.

use crate::content::Precision;

/// A point on the Earth, as exactly as it may be shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// Latitude in degrees, WGS 84, rounded to the place's precision.
    pub lat: f64,
    /// Longitude in degrees, WGS 84, rounded to the place's precision.
    pub lon: f64,
}

impl Point {
    /// Rounds a point to what may be shown: two decimals for a city, one for a region; `None` for a country. Rounding happens
    /// only here, so that no output contains more.
    #[must_use]
    pub fn shown(lat: f64, lon: f64, precision: Precision) -> Option<Self> {
        let decimals = match precision {
            Precision::Exact => return Some(Self { lat, lon }),
            Precision::City => 100.0,
            Precision::Region => 10.0,
            Precision::Country => return None,
        };
        let round = |degrees: f64| (degrees * decimals).round() / decimals;
        Some(Self { lat: round(lat), lon: round(lon) })
    }
}
