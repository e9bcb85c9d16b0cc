//! The events that `embed.html` shows, as scripts: an opaque origin, which a sandboxed frame has, may load nothing else.
//!
//! The frame shows the events of an actor, of a process, or all of them, so each of these selections has files of its own, and a
//! frame loads no others: a head, `embed/actor/russia.js`, and parts of [`PART`] events, `embed/actor/russia.0.js`. If there is
//! only one part, it is in the head's file. An event is a row that is written once and is in about five selections.

use std::sync::{Arc, OnceLock};

use serde_json::{Value as Json, json};

use super::draft::Draft;
use super::family::{Indexed, OutputFamily};
use super::site::Site;
use super::values;
use crate::date::Extent;
use crate::fields::Confidence;
use crate::id::SitePath;
use crate::key::{Key, Keyer};
use crate::markup::script_safe;
use crate::timeline::{ActorIx, Event, EventIx, ProcessIx, Timeline};

/// The most events of a part: about 8 KB when compressed.
const PART: usize = 100;

/// A script that `embed.html` loads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum File {
    /// What a selection is, and its events if they are one part.
    Head(Selection),
    /// A part of the events of a selection, by its number.
    Part(Selection, usize),
}

/// Events that have files of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Selection {
    /// The whole timeline.
    All,
    /// The events of an actor.
    Actor(ActorIx),
    /// The events of a process.
    Process(ProcessIx),
}

/// The rows of events, each made when the first file needs it.
pub(super) struct Rows(Vec<OnceLock<Arc<str>>>);

impl OutputFamily for File {
    const ID: &'static str = "embed data";

    type Shared = Rows;

    fn shared(timeline: &Timeline) -> Rows {
        Rows(timeline.events.iter().map(|_| OnceLock::new()).collect())
    }

    fn plan(site: &Site, _rows: &Rows, _indexed: &dyn Fn() -> Vec<Indexed>) -> Vec<Self> {
        let timeline = &site.timeline;
        let actors = (0..timeline.actors.len()).map(|number| Selection::Actor(ActorIx(number)));
        let processes = (0..timeline.processes.len()).map(|number| Selection::Process(ProcessIx(number)));
        let selections = std::iter::once(Selection::All).chain(actors).chain(processes);
        let files = |selection: Selection| {
            let parts = selection.count(timeline).div_ceil(PART);
            let parts = if parts > 1 { parts } else { 0 };
            std::iter::once(Self::Head(selection)).chain((0..parts).map(move |part| Self::Part(selection, part)))
        };
        selections.flat_map(files).collect()
    }

    fn path(&self, timeline: &Timeline) -> SitePath {
        SitePath::new(match self {
            Self::Head(selection) => format!("embed/{}.js", selection.name(timeline)),
            Self::Part(selection, part) => format!("embed/{}.{part}.js", selection.name(timeline)),
        })
    }

    fn draft<'a>(&'a self, _at: &'a SitePath, site: &'a Site, rows: &'a Rows) -> Draft<'a> {
        let timeline = &site.timeline;
        let (selection, head) = match *self {
            Self::Head(selection) => (selection, Some(selection.head(timeline))),
            Self::Part(selection, _) => (selection, None),
        };
        let part = match *self {
            Self::Head(_) if selection.count(timeline) > PART => None,
            Self::Head(_) => Some(0),
            Self::Part(_, part) => Some(part),
        };
        let events = part.map(|part| (part, selection.part(part, timeline)));
        let mut keyer = Keyer::default();
        keyer.text(&selection.name(timeline)).maybe(head.as_deref());
        if let Some((part, events)) = &events {
            keyer.number(*part as u64);
            events.iter().for_each(|event| _ = keyer.key(row_key(*event, site)));
        }
        Draft::new(keyer.finish(), move || {
            let name = selection.name(timeline);
            let head = head.map(|head| format!("annalsEmbed({},{head});\n", json!(name)));
            let events = events.map(|(part, events)| {
                let events: Vec<&str> = events.iter().map(|event| &**rows.of(*event, site)).collect();
                format!("annalsEmbed({},{{\"events\":[\n{}]}});\n", json!(format!("{name}.{part}")), events.join(",\n"))
            });
            Ok([head, events].into_iter().flatten().collect::<String>().into_bytes())
        })
    }
}

impl Selection {
    /// Returns its name in paths of scripts: `all`, or the parameter of `embed.html` that asks for it and an id
    /// (`actor/russia`).
    fn name(self, timeline: &Timeline) -> String {
        match self {
            Self::All => "all".to_owned(),
            Self::Actor(actor) => format!("actor/{}", timeline[actor].entry.id.id),
            Self::Process(process) => format!("process/{}", timeline[process].entry.id.id),
        }
    }

    fn count(self, timeline: &Timeline) -> usize {
        match self {
            Self::All => timeline.events.len(),
            Self::Actor(actor) => timeline[actor].events.len(),
            Self::Process(process) => timeline[process].events.len(),
        }
    }

    /// Returns the events of a part, by its number from 0.
    fn part(self, part: usize, timeline: &Timeline) -> Vec<EventIx> {
        let (from, to) = (part * PART, self.count(timeline).min((part + 1) * PART));
        match self {
            Self::All => (from..to).map(EventIx).collect(),
            Self::Actor(actor) => timeline[actor].events[from..to].to_vec(),
            Self::Process(process) => timeline[process].events[from..to].to_vec(),
        }
    }

    /// Returns what `embed.html` needs to know of it, as JSON: the number and the name of its actor or process (0 and null
    /// for the whole timeline), how many events it has, and for each part the first and the last day that its events may
    /// cover, or null for an open end.
    fn head(self, timeline: &Timeline) -> String {
        let (number, entry) = match self {
            Self::All => (0, None),
            Self::Actor(actor) => (actor.0, Some(&timeline[actor].entry)),
            Self::Process(process) => (process.0, Some(&timeline[process].entry)),
        };
        let count = self.count(timeline);
        let parts = (0..count.div_ceil(PART)).map(|part| {
            let extents: Vec<Extent> =
                self.part(part, timeline).into_iter().map(|event| timeline[event].date.extent()).collect();
            // If one event has an open end, so has the part.
            let first = extents.iter().map(|extent| extent.first).collect::<Option<Vec<i64>>>();
            let last = extents.iter().map(|extent| extent.last).collect::<Option<Vec<i64>>>();
            json!([first.and_then(|days| days.into_iter().min()), last.and_then(|days| days.into_iter().max())])
        });
        let parts: Vec<Json> = parts.collect();
        let name = entry.map(|entry| &*entry.title);
        script_safe(&json!({ "number": number, "name": name, "count": count, "parts": parts }).to_string())
    }
}

impl Rows {
    fn of(&self, event: EventIx, site: &Site) -> &Arc<str> {
        let made = || script_safe(&row(event, &site.timeline[event], site).to_string()).into();
        self.0[event.0].get_or_init(made)
    }
}

/// Returns the key of what a row is made from: the event's value, and the numbers of its actors and processes.
fn row_key(ix: EventIx, site: &Site) -> Key {
    let event = &site.timeline[ix];
    let mut keyer = Keyer::default();
    keyer.key(site.event_key(ix)).value(&event.actors).value(&event.processes);
    keyer.finish()
}

/// Returns a row: number, address without folder and extension, title, date in words, classes of its sign, classes of its
/// item, facts, days, and the numbers of its actors and processes. The days are the first and the last possible one (null
/// for an open end), then the ranges of certain days; a date that is one certain day is only that day.
fn row(ix: EventIx, event: &Event, site: &Site) -> Json {
    let Extent { first, last, certain, .. } = event.date.extent();
    let days = match (first, certain.as_slice()) {
        (Some(day), [(from, to)]) if (first, last) == (Some(*from), Some(*to)) && from == to => json!([day]),
        _ => Json::from(
            [json!(first), json!(last)].into_iter().chain(certain.iter().map(|days| json!(days))).collect::<Vec<_>>(),
        ),
    };
    let kind = &site.timeline[event.kind];
    let mark = values::mark(&event.date);
    let sign = if mark == "mark-day" { format!("glyph glyph-{}", kind.id) } else { format!("mark {mark}") };
    let path = event.entry.path().url();
    json!([
        ix.0,
        path.trim_start_matches("events/").trim_end_matches(".html"),
        event.entry.title,
        values::words(&event.date, &site.locale),
        sign,
        format!("event importance-{} family-{}", event.importance.number(), kind.family.name()),
        facts(event, site),
        days,
        event.actors.iter().map(|actor| actor.0).collect::<Vec<_>>(),
        event.processes.iter().map(|process| process.0).collect::<Vec<_>>(),
    ])
}

/// Returns the facts of an event as lists show them, each with its class: kind, actors, and confidence if it is not
/// confirmed.
fn facts(event: &Event, site: &Site) -> Vec<[String; 2]> {
    let (timeline, locale) = (&site.timeline, &site.locale);
    let mut facts = vec![["kind".to_owned(), site.values.kind_name(event.kind).to_owned()]];
    if !event.actors.is_empty() {
        let names: Vec<&str> =
            event.actors.iter().take(values::ACTORS_IN_ROWS).map(|actor| &*timeline[*actor].entry.title).collect();
        let names = names.join(&locale.text("list-separator", &[]));
        let more = values::more_actors(event.actors.len(), locale).map(|more| format!("\u{a0}{more}"));
        facts.push(["actor".to_owned(), names + &more.unwrap_or_default()]);
    }
    if event.confidence != Confidence::Confirmed {
        let level = event.confidence.name();
        facts.push(["confidence".to_owned(), locale.text(&format!("confidence-{level}"), &[])]);
    }
    facts
}
