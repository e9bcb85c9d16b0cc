//! The events with their places as GeoJSON (RFC 7946). An event without a place that may be shown has no geometry, and is still
//! there.

use serde_json::{Value as Json, json};

use super::dataset::Dataset;
use super::record::{self, actors, place_id, process_id, without_nulls};
use crate::timeline::{Event, Point};

pub(super) fn write(dataset: &Dataset<'_>) -> Vec<u8> {
    let mut out = b"{\"type\":\"FeatureCollection\",\"features\":[".to_vec();
    for (number, event) in dataset.timeline.events.iter().enumerate() {
        out.extend_from_slice(if number == 0 { b"\n" } else { b",\n" });
        record::write(&feature(event, dataset), &mut out);
    }
    out.extend_from_slice(b"\n]}\n");
    out
}

fn feature(event: &Event, dataset: &Dataset<'_>) -> Json {
    let timeline = dataset.timeline;
    let points: Vec<Json> = event.places.iter().filter_map(|ix| timeline[*ix].point).map(position).collect();
    let geometry = match points.as_slice() {
        [] => Json::Null,
        [point] => json!({ "type": "Point", "coordinates": point }),
        _ => json!({ "type": "MultiPoint", "coordinates": points }),
    };
    let names: Vec<&str> = event.places.iter().map(|ix| timeline[*ix].entry.title.as_str()).collect();
    let properties = without_nulls(json!({
        "title": event.entry.title,
        "date": event.date.canonical(),
        "date_words": event.date.words(dataset.locale),
        "earliest": event.date.earliest().map(|day| day.to_string()),
        "latest": event.date.latest().map(|day| day.to_string()),
        "kind": &*timeline[event.kind].id,
        "kind_name": dataset.kind_name(event.kind),
        "summary": event.entry.summary,
        "actors": actors(&event.actors, timeline),
        "places": event.places.iter().map(|ix| place_id(*ix, timeline)).collect::<Vec<_>>(),
        "place_names": names,
        "processes": event.processes.iter().map(|ix| process_id(*ix, timeline)).collect::<Vec<_>>(),
        "confidence": event.confidence.name(),
        "url": dataset.url(&event.entry.path()),
    }));
    json!({ "type": "Feature", "id": &*event.entry.id.id, "geometry": geometry, "properties": properties })
}

/// Longitude comes first (section 3.1.1).
fn position(point: Point) -> Json {
    json!([point.lon, point.lat])
}
