//! The events with their places as GeoJSON (RFC 7946). An event without a point that may be shown is a Feature whose geometry
//! is null (section 3.2).

use serde::Serialize;

use super::dataset::Dataset;
use super::out::Out;
use super::record::{actors, place_id, process_id};
use super::records::{Always, Member as _, Members, records};
use crate::timeline::{Event, Point};

records! {
    /// A Feature: an event with its places.
    struct Feature<'a> {
        kind as "type": &'a str,
        id: &'a str,
        geometry: Always<Option<Geometry>>,
        properties: Always<Properties<'a>>,
    }

    /// A `Point` for one place, a `MultiPoint` for several.
    struct Geometry {
        kind as "type": &'static str,
        coordinates: Always<Coordinates>,
    }

    /// An event without its geometry.
    struct Properties<'a> {
        title: &'a str,
        date: String,
        date_words: String,
        earliest: Option<String>,
        latest: Option<String>,
        kind: &'a str,
        kind_name: &'a str,
        summary: Option<&'a str>,
        actors: Always<Vec<&'a str>>,
        places: Always<Vec<&'a str>>,
        place_names: Always<Vec<&'a str>>,
        processes: Always<Vec<&'a str>>,
        confidence: &'a str,
        url: Option<String>,
    }
}

/// Positions in degrees, longitude first (section 3.1.1).
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Coordinates {
    Point([f64; 2]),
    Points(Vec<[f64; 2]>),
}

pub(super) fn write(dataset: &Dataset<'_>, out: &mut Out<'_>) {
    out.bytes(b"{\"type\":\"FeatureCollection\",\"features\":[");
    out.records(dataset.timeline.events.iter().map(|event| feature(event, dataset)));
    out.bytes(b"\n]}\n");
}

fn feature<'a>(event: &'a Event, dataset: &'a Dataset<'_>) -> Feature<'a> {
    let timeline = dataset.timeline;
    let points: Vec<[f64; 2]> = event.places.iter().filter_map(|ix| timeline[*ix].point).map(position).collect();
    let geometry = match points.as_slice() {
        [] => None,
        [point] => Some(Geometry { kind: "Point", coordinates: Always(Coordinates::Point(*point)) }),
        _ => Some(Geometry { kind: "MultiPoint", coordinates: Always(Coordinates::Points(points)) }),
    };
    let properties = Properties {
        title: &event.entry.title,
        date: event.date.canonical(),
        date_words: event.date.words(dataset.locale),
        earliest: event.date.earliest().map(|day| day.to_string()),
        latest: event.date.latest().map(|day| day.to_string()),
        kind: &timeline[event.kind].id,
        kind_name: dataset.kind_name(event.kind),
        summary: event.entry.summary.as_deref(),
        actors: Always(actors(&event.actors, timeline)),
        places: Always(event.places.iter().map(|ix| place_id(*ix, timeline)).collect()),
        place_names: Always(event.places.iter().map(|ix| timeline[*ix].entry.title.as_str()).collect()),
        processes: Always(event.processes.iter().map(|ix| process_id(*ix, timeline)).collect()),
        confidence: event.confidence.name(),
        url: dataset.url(&event.entry.path()),
    };
    Feature { kind: "Feature", id: &event.entry.id.id, geometry: Always(geometry), properties: Always(properties) }
}

fn position(point: Point) -> [f64; 2] {
    [point.lon, point.lat]
}
