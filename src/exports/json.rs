//! `events.json`, `events.ndjson`, and the schema of the former. Each event is on a line of its own, so that versions of the
//! files can be compared.

use super::dataset::Dataset;
use super::frame;
use super::out::Out;
use super::record::{self, EventRecord};
use crate::timeline::EventIx;

/// Writes everything as one object: `events.json`.
pub(super) fn object(dataset: &Dataset<'_>, out: &mut Out<'_>) {
    frame::write(dataset, true, out);
    out.bytes(b"\"events\":[");
    out.records(events(dataset));
    out.bytes(b"\n]\n}\n");
}

/// Writes `events.ndjson`: the events, one object on each line, and nothing else of `events.json`.
pub(super) fn lines(dataset: &Dataset<'_>, out: &mut Out<'_>) {
    for event in events(dataset) {
        out.record(&event);
        out.bytes(b"\n");
    }
}

/// Writes the JSON Schema of `events.json`.
pub(super) fn schema(out: &mut Out<'_>) {
    out.bytes(include_bytes!("schema.json"));
}

fn events<'a>(dataset: &Dataset<'a>) -> impl Iterator<Item = EventRecord<'a>> {
    let events = dataset.timeline.events.iter().enumerate();
    events.map(|(number, event)| record::event(EventIx(number), dataset, Some(&event.entry.text.markdown)))
}
