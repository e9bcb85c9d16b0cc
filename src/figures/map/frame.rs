//! Which part of the Earth a map shows.
//!
//! As in a newspaper, the main map shows the region with most of the places, as large as possible; the few distant ones are
//! in small maps of their own. If there is no such region, the map shows the world.

use std::cmp::Reverse;

use super::Spot;
use super::geometry::Xy;
use super::projection::{Vector, angle, unit, vector};
use super::view::cap;

/// The share of the weight of all places that a main map must show. A place weighs 1 plus the square root of its number of
/// events.
const SHARE: f64 = 0.65;
/// How far away distant places must be from the middle of the main map's region, in multiples of its radius. Readers would
/// expect closer ones on the main map.
const FAR: f64 = 1.5;
/// The radii of regions to try, in degrees, smallest first. The last is a map from Lisbon to Lake Baikal.
const RADII: [f64; 10] = [2.0, 4.0, 6.0, 9.0, 13.0, 18.0, 23.0, 28.0, 33.0, 38.0];
/// The most small maps beside the main one, and the radius in degrees of what each may show.
const INSETS: usize = 4;
const INSET_RADIUS: f64 = 14.0;
/// A group with more places than this is no longer measured for each place that may join it: the place must be close to the
/// group's first one.
const CROWD: usize = 24;
/// The most places to try as the middle of a region; beyond that, only those with most events are tried.
const CANDIDATES: usize = 48;

/// A choice of frame. The numbers are indices of spots.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Frame {
    /// A main map of some spots, and a small one for each group of distant spots.
    Region { core: Vec<usize>, far: Vec<Vec<usize>> },
    /// A map of the world with all spots.
    World,
}

/// Chooses the frame for the spots, of which there must be at least one.
pub(super) fn choose(spots: &[Spot<'_>]) -> Frame {
    let vectors: Vec<Vector> = spots.iter().map(|spot| vector(spot.position())).collect();
    let weights: Vec<f64> = spots.iter().map(|spot| 1.0 + libm::sqrt(count(spot.count))).collect();
    let total: f64 = weights.iter().sum();
    for (radius, (weight, middle)) in RADII.into_iter().zip(heaviest(spots, &vectors, &weights)) {
        if weight < SHARE * total {
            continue;
        }
        let (core, rest): (Vec<usize>, Vec<usize>) =
            (0..spots.len()).partition(|spot| angle(vectors[*spot], middle) <= radius);
        let points: Vec<Xy> = core.iter().map(|spot| spots[*spot].position()).collect();
        let (center, reach) = cap(&points);
        let (center, beyond) = (vector(center), FAR * reach.max(3.0));
        if rest.iter().any(|spot| angle(vectors[*spot], center) < beyond) {
            continue;
        }
        if let Some(far) = groups(spots, rest) {
            return Frame::Region { core, far };
        }
    }
    Frame::World
}

/// Returns for each of [`RADII`] the weight and the middle of the heaviest region.
fn heaviest(spots: &[Spot<'_>], vectors: &[Vector], weights: &[f64]) -> [(f64, Vector); RADII.len()] {
    let nearness = RADII.map(|radius| libm::cos(radius.to_radians()));
    let mut best = [(0.0, [0.0, 0.0, 1.0]); RADII.len()];
    for middle in middles(spots, vectors) {
        let mut within = [0.0; RADII.len()];
        for (v, weight) in vectors.iter().zip(weights) {
            let near = v[0] * middle[0] + v[1] * middle[1] + v[2] * middle[2];
            // All regions from the first one that reaches the place contain it.
            if let Some(first) = nearness.iter().position(|least| near >= *least) {
                within[first] += weight;
            }
        }
        let mut sum = 0.0;
        for (best, weight) in best.iter_mut().zip(within) {
            sum += weight;
            // The first of equals, so that the choice does not depend on how sums are rounded.
            if sum > best.0 + 1e-9 {
                *best = (sum, middle);
            }
        }
    }
    best
}

/// Returns the middles of regions to try: the middle of all places, the [`CANDIDATES`] places with most events, and the point
/// halfway between each two of these.
fn middles(spots: &[Spot<'_>], vectors: &[Vector]) -> Vec<Vector> {
    let mut heaviest: Vec<usize> = (0..spots.len()).collect();
    heaviest.sort_by_key(|spot| (Reverse(spots[*spot].count), *spot));
    heaviest.truncate(CANDIDATES);
    let halfway = |a: Vector, b: Vector| unit([a[0] + b[0], a[1] + b[1], a[2] + b[2]]);
    let pairs = heaviest.iter().enumerate().flat_map(|(number, a)| {
        heaviest[number + 1..].iter().map(|b| halfway(vectors[*a], vectors[*b])).collect::<Vec<_>>()
    });
    let all: Vec<Xy> = spots.iter().map(Spot::position).collect();
    let singles = heaviest.iter().map(|spot| vectors[*spot]);
    std::iter::once(vector(cap(&all).0)).chain(singles).chain(pairs).collect()
}

/// Divides the distant spots into groups, each small enough for a small map; `None` if that takes more than [`INSETS`] maps.
fn groups(spots: &[Spot<'_>], mut rest: Vec<usize>) -> Option<Vec<Vec<usize>>> {
    rest.sort_by_key(|spot| (Reverse(spots[*spot].count), *spot));
    let radius = |group: &[usize]| {
        let points: Vec<Xy> = group.iter().map(|spot| spots[*spot].position()).collect();
        cap(&points).1
    };
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for spot in rest {
        let fits = |group: &Vec<usize>| {
            if group.len() > CROWD {
                let (first, this) = (spots[group[0]].position(), spots[spot].position());
                return angle(vector(first), vector(this)) <= INSET_RADIUS;
            }
            radius(&group.iter().copied().chain([spot]).collect::<Vec<_>>()) <= INSET_RADIUS
        };
        match groups.iter().position(fits) {
            Some(group) => groups[group].push(spot),
            None if groups.len() == INSETS => return None,
            None => groups.push(vec![spot]),
        }
    }
    Some(groups)
}

/// A number of events as a floating-point number.
pub(super) fn count(events: usize) -> f64 {
    f64::from(u32::try_from(events).unwrap_or(u32::MAX))
}
