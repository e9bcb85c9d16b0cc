//! The data for the filters on the home page and on years: all events in order, as JavaScript that a page loads with a script
//! element, because a page opened from disk can load nothing else.
//!
//! A row has the values to filter by, what is shown if the page does not list the event itself, and the days that the event may
//! cover and certainly covers ([`Extent`]). Days are counted from 1 March of year 0.

use serde_json::{Value as Json, json};

use super::draft::Draft;
use super::family::{Indexed, OutputFamily};
use super::site::Site;
use super::values;
use crate::config::Family;
use crate::date::{Day, Extent};
use crate::fields::Confidence;
use crate::id::SitePath;
use crate::markup::script_safe;
use crate::theme::Locale;
use crate::timeline::{Event, Outcome, Timeline, Vote};

/// A script that filters load.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum File {
    /// The events.
    Events,
    /// Their summaries, which filters by text search too.
    Summaries,
}

impl OutputFamily for File {
    const ID: &'static str = "filter data";

    type Shared = ();

    fn shared(_timeline: &Timeline) {}

    fn plan(site: &Site, (): &(), _indexed: &dyn Fn() -> Vec<Indexed>) -> Vec<Self> {
        if site.timeline.events.is_empty() { Vec::new() } else { vec![Self::Events, Self::Summaries] }
    }

    fn path(&self, _timeline: &Timeline) -> SitePath {
        SitePath::new(match self {
            Self::Events => "filter/events.js",
            Self::Summaries => "filter/summaries.js",
        })
    }

    fn draft<'a>(&'a self, _at: &'a SitePath, site: &'a Site, (): &'a ()) -> Draft<'a> {
        Draft::made(match self {
            Self::Events => events(site),
            Self::Summaries => summaries(&site.timeline),
        })
    }
}

/// Writes `annalsEvents({…})`: the choices by name and the rows of events.
fn events(site: &Site) -> Vec<u8> {
    let timeline = &site.timeline;
    let choice = |entry: &crate::timeline::Entry| json!([*entry.id.id, entry.title]);
    let kinds = timeline.kinds.iter().zip(&site.values.kind_names);
    let kinds = kinds.map(|(kind, name)| json!([*kind.id, name, kind.family.name()]));
    let confidence = Confidence::ALL
        .iter()
        .map(|level| json!([level.name(), site.locale.text(&format!("confidence-{}", level.name()), &[])]));
    let outcomes =
        Outcome::ALL.map(|outcome| json!([outcome.name(), site.locale.text(&format!("vote-{}", outcome.name()), &[])]));
    let choices = json!({
        "kind": kinds.collect::<Vec<_>>(),
        "actor": timeline.actors.iter().map(|actor| choice(&actor.entry)).collect::<Vec<_>>(),
        "place": timeline.places.iter().map(|place| choice(&place.entry)).collect::<Vec<_>>(),
        "process": timeline.processes.iter().map(|process| choice(&process.entry)).collect::<Vec<_>>(),
        "confidence": confidence.collect::<Vec<_>>(),
        "vote": outcomes,
        "families": Family::ALL.iter().map(|family| family.name()).collect::<Vec<_>>(),
    });
    let choices = script_safe(&choices.to_string());
    let mut script = format!("annalsEvents({{\"choices\":{choices},\"events\":[\n").into_bytes();
    for (number, event) in timeline.events.iter().enumerate() {
        script.extend_from_slice(if number == 0 { b"" } else { b",\n" });
        script.extend_from_slice(script_safe(&row(event, &site.locale).to_string()).as_bytes());
    }
    script.extend_from_slice(b"]});\n");
    script
}

/// Returns a row: address, title, date in words, classes of its mark, first and last possible day (null for an open end),
/// days that are certain (from, to, from, to …), kind, actors, places, processes and confidence (all as positions in the
/// choices, from 0), importance, 1 if the date is doubtful, the date in EDTF, and a list with the position of the vote's
/// outcome, empty without a vote. Then the last day on which it may have begun, unless that is its first certain day or, if
/// it has none, its last possible day.
fn row(event: &Event, locale: &Locale) -> Json {
    let Extent { first, last, certain, doubtful } = event.date.extent();
    let begun = event.date.beginning().1.map(Day::number);
    let is_implied = begun == certain.first().map(|(from, _)| *from).or(last);
    let certain: Vec<i64> = certain.into_iter().flat_map(|(from, to)| [from, to]).collect();
    let outcome = |vote: &Vote| Outcome::ALL.iter().position(|outcome| *outcome == vote.outcome);
    let level = Confidence::ALL.iter().position(|level| *level == event.confidence);
    let mut row = json!([
        event.entry.path().url(),
        event.entry.title,
        event.date.words(locale),
        values::mark(&event.date),
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
        event.date.canonical(),
        event.vote.as_deref().and_then(outcome).into_iter().collect::<Vec<_>>(),
    ]);
    if let (Json::Array(row), false) = (&mut row, is_implied) {
        row.push(json!(begun));
    }
    row
}

/// Writes `annalsSummaries([…])`: the summaries in the order of the events, empty for an event without one.
fn summaries(timeline: &Timeline) -> Vec<u8> {
    let summaries: Vec<&str> =
        timeline.events.iter().map(|event| event.entry.summary.as_deref().unwrap_or_default()).collect();
    format!("annalsSummaries({});\n", script_safe(&json!(summaries).to_string())).into_bytes()
}
