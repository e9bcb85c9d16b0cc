//! The data for the filters on the home page and on years: all events in order, as JavaScript that a page loads with a script
//! element, because a page opened from disk can load nothing else.
//!
//! A row has the values to filter by, what is shown if the page does not list the event itself, and the days that the event may
//! cover and certainly covers ([`Extent`]). Days are counted from 1 March of year 0.

use serde_json::{Value as Json, json};

use super::Site;
use crate::config::Family;
use crate::date::Extent;
use crate::fields::Confidence;
use crate::theme::{script_safe, views};
use crate::timeline::Event;

/// Where the events are written.
pub(super) const EVENTS: &str = "filter/events.js";
/// Where their summaries are written.
pub(super) const SUMMARIES: &str = "filter/summaries.js";

/// `annalsEvents({…})`: the choices by name and the rows of events.
pub(super) fn events(site: &Site) -> Vec<u8> {
    let timeline = &site.timeline;
    let choice = |entry: &crate::timeline::Entry| json!([*entry.id.id, entry.title]);
    let kinds = timeline.kinds.iter().zip(&site.views.kinds).map(|(kind, view)| {
        let name = view.get_from_path("name").and_then(tera::Value::as_str).unwrap_or_default();
        json!([*kind.id, name, kind.family.name()])
    });
    let confidence = Confidence::ALL
        .iter()
        .map(|level| json!([level.name(), site.locale.text(&format!("confidence-{}", level.name()), &[])]));
    let choices = json!({
        "kind": kinds.collect::<Vec<_>>(),
        "actor": timeline.actors.iter().map(|actor| choice(&actor.entry)).collect::<Vec<_>>(),
        "place": timeline.places.iter().map(|place| choice(&place.entry)).collect::<Vec<_>>(),
        "process": timeline.processes.iter().map(|process| choice(&process.entry)).collect::<Vec<_>>(),
        "confidence": confidence.collect::<Vec<_>>(),
        "families": Family::ALL.iter().map(|family| family.name()).collect::<Vec<_>>(),
    });
    let choices = script_safe(&choices.to_string());
    let mut script = format!("annalsEvents({{\"choices\":{choices},\"events\":[\n").into_bytes();
    for (number, event) in timeline.events.iter().enumerate() {
        script.extend_from_slice(if number == 0 { b"" } else { b",\n" });
        script.extend_from_slice(script_safe(&row(site, event).to_string()).as_bytes());
    }
    script.extend_from_slice(b"]});\n");
    script
}

/// A row: address, title, date in words, classes of its mark, first and last possible day, days that are certain
/// (from, to, from, to …), kind, actors, places, processes, confidence, importance, and 1 if the date is doubtful.
fn row(site: &Site, event: &Event) -> Json {
    let Extent { first, last, certain, doubtful } = event.date.extent();
    let certain: Vec<i64> = certain.into_iter().flat_map(|(from, to)| [from, to]).collect();
    let level = Confidence::ALL.iter().position(|level| *level == event.confidence);
    json!([
        event.entry.path().url(),
        event.entry.title,
        event.date.words(&*site.locale),
        views::mark(&event.date),
        first,
        last,
        certain,
        event.kind.0,
        event.actors.iter().map(|ix| ix.0).collect::<Vec<_>>(),
        event.places.iter().map(|ix| ix.0).collect::<Vec<_>>(),
        event.processes.iter().map(|ix| ix.0).collect::<Vec<_>>(),
        level,
        event.importance.number(),
        u8::from(doubtful),
    ])
}

/// `annalsSummaries([…])`: the summaries in the order of the events.
pub(super) fn summaries(site: &Site) -> Vec<u8> {
    let summaries: Vec<&str> =
        site.timeline.events.iter().map(|event| event.entry.summary.as_deref().unwrap_or_default()).collect();
    format!("annalsSummaries({});\n", script_safe(&json!(summaries).to_string())).into_bytes()
}
