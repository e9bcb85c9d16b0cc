//! The tables of open data: their columns, and the rows of events, sources, votes and actors. `csv.rs` writes them,
//! `package.rs` describes them.

use super::Format;
use super::dataset::Dataset;
use super::record::{actor_id, actors, place_id, process_id};
use crate::content::{ActorKind, SourceKind};
use crate::date::{Day, EdtfDate};
use crate::timeline::{Event, EventIx};

/// What a cell holds.
#[derive(Clone, Debug)]
pub(super) enum Cell {
    /// Nothing.
    None,
    /// Text of an author, which might begin like a formula.
    Text(String),
    /// A number, a date or a truth value, which annals wrote.
    Exact(String),
    /// Several texts or ids, which share the cell.
    List(Vec<String>),
}

impl Cell {
    fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    fn maybe(text: Option<&str>) -> Self {
        text.map_or(Self::None, Self::text)
    }

    fn exact<T: ToString + Copy>(value: T) -> Self {
        Self::Exact(value.to_string())
    }

    fn number(number: Option<u32>) -> Self {
        number.map_or(Self::None, Self::exact)
    }

    fn day(day: Option<Day>) -> Self {
        day.map_or(Self::None, Self::exact)
    }

    fn edtf(date: Option<&EdtfDate>) -> Self {
        date.map_or(Self::None, |date| Self::Exact(date.canonical()))
    }

    fn list<'t>(items: impl IntoIterator<Item = &'t str>) -> Self {
        Self::List(items.into_iter().map(str::to_owned).collect())
    }
}

/// A column: its name, its type in a Table Schema (Frictionless), and its description there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    pub name: &'static str,
    pub kind: Kind,
    pub meaning: &'static str,
}

/// The type of a column's values.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    /// A text, or items with `|` between them.
    Text,
    /// An address.
    Url,
    /// A whole number.
    Integer,
    /// `true` or `false`.
    Boolean,
    /// A day, `2017-11-20`, or beyond the years 1 to 9999 with a sign and all digits. The function returns those of an event.
    Day(fn(&Event) -> Vec<Day>),
}

/// A table: its name, its key and columns, and its rows.
#[derive(Clone, Copy)]
pub(super) struct Table {
    pub name: &'static str,
    pub title: &'static str,
    /// The file that has it.
    pub format: Format,
    /// The primary key: columns whose values together identify a row.
    pub key: &'static [&'static str],
    /// Columns that hold ids of another table, each with that table's name.
    pub references: &'static [(&'static str, &'static str)],
    pub columns: &'static [Column],
    pub rows: for<'d, 'a> fn(&'d Dataset<'a>) -> Box<dyn Iterator<Item = Vec<Cell>> + 'd>,
}

const fn column(name: &'static str, kind: Kind, meaning: &'static str) -> Column {
    Column { name, kind, meaning }
}

/// `events.csv`: a row for each event.
pub(super) const EVENTS: Table = Table {
    name: "events",
    title: "Events",
    format: Format::Csv,
    key: &["id"],
    references: &[],
    columns: &[
        column("id", Kind::Text, "The event's id"),
        column("date", Kind::Text, "When it happened, in EDTF (ISO 8601-2), as exactly as the sources say"),
        column(
            "earliest",
            Kind::Day(|event| Vec::from_iter(event.date.earliest())),
            "The first day that may be meant; empty if the beginning is open or unknown",
        ),
        column(
            "latest",
            Kind::Day(|event| Vec::from_iter(event.date.latest())),
            "The last day that may be meant; empty if the end is open or unknown",
        ),
        column("title", Kind::Text, "A short headline"),
        column("summary", Kind::Text, "One or two sentences"),
        column("kind", Kind::Text, "The id of its kind"),
        column("kind_name", Kind::Text, "The name of its kind"),
        column("family", Kind::Text, "The family of its kind"),
        column("actors", Kind::Text, "The ids of the actors, with | between them"),
        column("places", Kind::Text, "The ids of the places, with | between them"),
        column("processes", Kind::Text, "The ids of the processes, with | between them"),
        column("tags", Kind::Text, "Tags, with | between them"),
        column("confidence", Kind::Text, "confirmed, probable, disputed or unverified"),
        column("importance", Kind::Integer, "1 a landmark, 2 normal, 3 minor"),
        column("follows", Kind::Text, "The ids of earlier events that it continues or answers, with | between them"),
        column("sources", Kind::Integer, "How many sources it has"),
        column(
            "updated",
            Kind::Day(|event| Vec::from_iter(event.updated())),
            "The day on which the entry was last updated, as far as known",
        ),
        column("wikidata", Kind::Text, "Its item in Wikidata"),
        column("url", Kind::Url, "Its page"),
    ],
    rows: |dataset| {
        let events = dataset.timeline.events.iter().enumerate();
        Box::new(events.map(|(number, _)| event(EventIx(number), dataset)))
    },
};

fn event(ix: EventIx, dataset: &Dataset<'_>) -> Vec<Cell> {
    let timeline = dataset.timeline;
    let event = &timeline[ix];
    let kind = &timeline[event.kind];
    vec![
        Cell::text(&*event.entry.id.id),
        Cell::edtf(Some(&event.date)),
        Cell::day(event.date.earliest()),
        Cell::day(event.date.latest()),
        Cell::text(&event.entry.title),
        Cell::maybe(event.entry.summary.as_deref()),
        Cell::text(&*kind.id),
        Cell::text(dataset.kind_name(event.kind)),
        Cell::text(kind.family.name()),
        Cell::list(actors(&event.actors, timeline)),
        Cell::list(event.places.iter().map(|ix| place_id(*ix, timeline))),
        Cell::list(event.processes.iter().map(|ix| process_id(*ix, timeline))),
        Cell::list(event.tags.iter().map(String::as_str)),
        Cell::text(event.confidence.name()),
        Cell::exact(event.importance.number()),
        Cell::list(event.follows.iter().map(|ix| &*timeline[*ix].entry.id.id)),
        Cell::exact(event.sources.len()),
        Cell::day(event.updated()),
        Cell::maybe(event.entry.wikidata.as_deref()),
        Cell::maybe(dataset.url(&event.entry.path()).as_deref()),
    ]
}

/// `sources.csv`: a row for each source of each event, so a work that several events cite has several rows.
pub(super) const SOURCES: Table = Table {
    name: "sources",
    title: "Sources",
    format: Format::SourcesCsv,
    key: &["event", "source"],
    references: &[("event", "events")],
    columns: &[
        column("event", Kind::Text, "The id of the event that cites it"),
        column("source", Kind::Text, "The id by which the event cites it"),
        column(
            "work",
            Kind::Text,
            "The same for all sources that are the same work; its key in sources.bib and sources.csl.json",
        ),
        column("title", Kind::Text, "The title as published, or a description"),
        column("title_is_description", Kind::Boolean, "Whether the title is a description, not the publisher's words"),
        column("kind", Kind::Text, "document, press, statement or dataset"),
        column("publisher", Kind::Text, "Who published it"),
        column("relay", Kind::Text, "Who relays it, if it was read there"),
        column("url", Kind::Url, "Where it can be read"),
        column("date", Kind::Text, "When it was published, in EDTF"),
        column(
            "accessed",
            Kind::Day(|event| event.sources.iter().filter_map(|source| source.accessed).collect()),
            "The day on which it was read",
        ),
        column("archive", Kind::Url, "An archived copy"),
        column("archive_sha256", Kind::Text, "The SHA-256 of the copy"),
        column("language", Kind::Text, "Its language, as a BCP 47 tag"),
    ],
    rows: |dataset| {
        Box::new(dataset.timeline.events.iter().enumerate().flat_map(|(number, _)| sources(EventIx(number), dataset)))
    },
};

fn sources<'d, 'a>(ix: EventIx, dataset: &'d Dataset<'a>) -> impl Iterator<Item = Vec<Cell>> + use<'d, 'a> {
    let event = &dataset.timeline[ix];
    event.sources.iter().enumerate().map(move |(number, source)| {
        vec![
            Cell::text(&*event.entry.id.id),
            Cell::text(&source.id),
            Cell::text(dataset.work_key(ix, number)),
            Cell::text(&source.title),
            Cell::exact(source.is_described),
            Cell::maybe(source.kind.map(SourceKind::name)),
            Cell::maybe(source.publisher.as_deref()),
            Cell::maybe(source.relay.as_deref()),
            Cell::maybe(source.url.as_deref()),
            Cell::edtf(source.date.as_ref()),
            Cell::day(source.accessed),
            Cell::maybe(source.archive.as_deref()),
            Cell::maybe(source.archive_sha256.as_deref()),
            Cell::maybe(source.language.as_deref()),
        ]
    })
}

/// `votes.csv`: a row for each event that records a vote.
pub(super) const VOTES: Table = Table {
    name: "votes",
    title: "Votes",
    format: Format::VotesCsv,
    key: &["event"],
    references: &[("event", "events"), ("body", "actors")],
    columns: &[
        column("event", Kind::Text, "The id of the event"),
        column("date", Kind::Text, "When the vote was taken, in EDTF"),
        column("body", Kind::Text, "The id of the body that voted"),
        column("document", Kind::Text, "What was voted on, by its symbol or name"),
        column("outcome", Kind::Text, "adopted, rejected or vetoed"),
        column("yes", Kind::Integer, "Votes in favour"),
        column("no", Kind::Integer, "Votes against"),
        column("abstained", Kind::Integer, "Abstentions; empty if the entry does not say"),
        column("absent", Kind::Integer, "Absent or not voting; empty if the entry does not say"),
        column("against", Kind::Text, "The ids of those who voted against, as far as known, with | between them"),
        column("abstaining", Kind::Text, "The ids of those who abstained, as far as known, with | between them"),
        column("not_voting", Kind::Text, "The ids of those who did not vote, as far as known, with | between them"),
    ],
    rows: |dataset| Box::new(dataset.timeline.events.iter().filter_map(|event| vote(event, dataset))),
};

fn vote(event: &Event, dataset: &Dataset<'_>) -> Option<Vec<Cell>> {
    let timeline = dataset.timeline;
    let vote = event.vote.as_deref()?;
    Some(vec![
        Cell::text(&*event.entry.id.id),
        Cell::edtf(Some(&event.date)),
        Cell::text(actor_id(vote.body, timeline)),
        Cell::maybe(vote.document.as_deref()),
        Cell::text(vote.outcome.name()),
        Cell::exact(vote.yes),
        Cell::exact(vote.no),
        Cell::number(vote.abstained),
        Cell::number(vote.absent),
        Cell::list(actors(&vote.against, timeline)),
        Cell::list(actors(&vote.abstaining, timeline)),
        Cell::list(actors(&vote.not_voting, timeline)),
    ])
}

/// `actors.csv`: a row for each actor.
pub(super) const ACTORS: Table = Table {
    name: "actors",
    title: "Actors",
    format: Format::ActorsCsv,
    key: &["id"],
    references: &[],
    columns: &[
        column("id", Kind::Text, "The actor's id"),
        column("name", Kind::Text, "The name as readers know it"),
        column("native_name", Kind::Text, "The name in its own language"),
        column("names", Kind::Text, "Other names and spellings, with | between them"),
        column("kind", Kind::Text, "person, state, organisation, armed-group or coalition"),
        column("part_of", Kind::Text, "The ids of the actors that it belongs to, with | between them"),
        column("events", Kind::Integer, "How many events it took part in"),
        column("wikidata", Kind::Text, "Its item in Wikidata"),
        column("url", Kind::Url, "Its page"),
    ],
    rows: |dataset| {
        let timeline = dataset.timeline;
        Box::new(timeline.actors.iter().map(move |actor| {
            vec![
                Cell::text(&*actor.entry.id.id),
                Cell::text(&actor.entry.title),
                Cell::maybe(actor.native_name.as_deref()),
                Cell::list(actor.names.iter().map(String::as_str)),
                Cell::maybe(actor.kind.map(ActorKind::name)),
                Cell::list(actors(&actor.part_of, timeline)),
                Cell::exact(actor.events.len()),
                Cell::maybe(actor.entry.wikidata.as_deref()),
                Cell::maybe(dataset.url(&actor.entry.path()).as_deref()),
            ]
        }))
    },
};

/// All tables.
pub(super) const ALL: [Table; 4] = [EVENTS, SOURCES, VOTES, ACTORS];
