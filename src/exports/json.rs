//! `events.json`, `events.ndjson`, and the schema of the former. Each event is on a line of its own, so that versions of the files can
//! be compared.

use super::dataset::Dataset;
use super::{frame, record};
use crate::timeline::EventIx;

/// The average length of an event without its text, in bytes: enough to allocate once for most files.
const EVENT: usize = 2000;

/// Everything as one object.
pub(super) fn object(dataset: &Dataset<'_>) -> Vec<u8> {
    let mut out = Vec::with_capacity(expected(dataset));
    frame::write(dataset, true, &mut out);
    out.extend_from_slice(b"\"events\":[");
    events(dataset, b",\n", b"\n", &mut out);
    out.extend_from_slice(b"\n]\n}\n");
    out
}

/// The events, one on each line.
pub(super) fn lines(dataset: &Dataset<'_>) -> Vec<u8> {
    let mut out = Vec::with_capacity(expected(dataset));
    events(dataset, b"\n", b"", &mut out);
    if !out.is_empty() {
        out.push(b'\n');
    }
    out
}

/// The JSON Schema of the object.
pub(super) fn schema() -> Vec<u8> {
    include_bytes!("schema.json").to_vec()
}

fn events(dataset: &Dataset<'_>, between: &[u8], before: &[u8], out: &mut Vec<u8>) {
    for (number, event) in dataset.timeline.events.iter().enumerate() {
        out.extend_from_slice(if number == 0 { before } else { between });
        record::write(&record::event(EventIx(number), dataset, Some(&event.entry.body.markdown)), out);
    }
}

fn expected(dataset: &Dataset<'_>) -> usize {
    dataset.timeline.events.iter().map(|event| EVENT + event.entry.body.markdown.len()).sum()
}
