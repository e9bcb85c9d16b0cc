//! `events.json`, `events.ndjson`, and the schema of the former. Each event is on a line of its own, so that versions of the files can
//! be compared.

use super::dataset::Dataset;
use super::frame;
use super::out::Out;
use super::record::{self, EventRecord};
use crate::timeline::EventIx;

/// Everything as one object.
pub(super) fn object(dataset: &Dataset<'_>, out: &mut Out<'_>) {
    frame::write(dataset, true, out);
    out.bytes(b"\"events\":[");
    out.records(events(dataset));
    out.bytes(b"\n]\n}\n");
}

/// The events, one on each line.
pub(super) fn lines(dataset: &Dataset<'_>, out: &mut Out<'_>) {
    for event in events(dataset) {
        out.record(&event);
        out.bytes(b"\n");
    }
}

/// The JSON Schema of the object.
pub(super) fn schema(out: &mut Out<'_>) {
    out.bytes(include_bytes!("schema.json"));
}

fn events<'a>(dataset: &Dataset<'a>) -> impl Iterator<Item = EventRecord<'a>> {
    let events = dataset.timeline.events.iter().enumerate();
    events.map(|(number, event)| record::event(EventIx(number), dataset, Some(&event.entry.text.markdown)))
}
