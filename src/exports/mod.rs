//! The timeline in open formats: one file of this room for each format, bytes out.
//!
//! All of them are made from the same [`Dataset`], so they agree, and none publishes more than the pages do. Dates are in EDTF
//! where a format can hold it. A format with dates of its own gets the days that may be meant, and beside them the EDTF or the
//! words of the date where it has a field for them.

mod bibliography;
mod citation_file;
mod csl;
mod csv;
mod dataset;
mod files;
mod frame;
mod geojson;
mod gexf;
mod icalendar;
mod json;
pub(crate) mod json_ld;
mod latex;
mod out;
mod package;
mod record;
mod records;
mod tables;
mod timelinejs;

pub(crate) use dataset::{Dataset, Facts};
pub(crate) use files::Files;
pub(crate) use latex::{bibtex_key, latex, verbatim};

use std::io::{self, Write};

use out::Out;

use crate::id::SitePath;

/// A format in which a timeline can be exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// Everything, as one JSON object.
    Json,
    /// The events, a JSON object on each line.
    Ndjson,
    /// The JSON Schema (2020-12) of [`Format::Json`].
    Schema,
    /// The events as a table (RFC 4180).
    Csv,
    /// The sources of all events as a table.
    SourcesCsv,
    /// The votes as a table.
    VotesCsv,
    /// The actors as a table.
    ActorsCsv,
    /// The description of the tables, a Frictionless Data Package.
    DataPackage,
    /// The events with their places (RFC 7946).
    GeoJson,
    /// The events as linked data, with the terms of schema.org.
    JsonLd,
    /// The events for TimelineJS.
    TimelineJs,
    /// The events as a calendar (RFC 5545).
    ICalendar,
    /// The works that events cite, for biblatex.
    Bibtex,
    /// The works that events cite, for citation managers.
    CslJson,
    /// The graph of who met whom (GEXF 1.3).
    Gexf,
    /// How to cite the timeline (Citation File Format 1.2).
    Cff,
}

/// The use under which a format is listed on data.html.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// The whole timeline, for programs.
    Whole,
    /// Tables for spreadsheets and statistics.
    Tables,
    /// Maps, networks and linked data.
    Links,
    /// Calendars and timelines.
    Time,
    /// Bibliographies, and how to cite the timeline itself.
    Citing,
}

impl Group {
    /// All groups in order.
    pub const ALL: [Self; 5] = [Self::Whole, Self::Tables, Self::Links, Self::Time, Self::Citing];

    /// Returns the last part of the group's message id, `data-group-…`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Tables => "tables",
            Self::Links => "links",
            Self::Time => "time",
            Self::Citing => "citing",
        }
    }
}

impl Format {
    /// Returns the group under which the format is listed.
    #[must_use]
    pub const fn group(self) -> Group {
        match self {
            Self::Json | Self::Ndjson | Self::Schema => Group::Whole,
            Self::Csv | Self::SourcesCsv | Self::VotesCsv | Self::ActorsCsv | Self::DataPackage => Group::Tables,
            Self::GeoJson | Self::JsonLd | Self::Gexf => Group::Links,
            Self::TimelineJs | Self::ICalendar => Group::Time,
            Self::Bibtex | Self::CslJson | Self::Cff => Group::Citing,
        }
    }

    /// All formats, in the order in which they are listed.
    pub const ALL: [Self; 16] = [
        Self::Json,
        Self::Ndjson,
        Self::Schema,
        Self::Csv,
        Self::SourcesCsv,
        Self::VotesCsv,
        Self::ActorsCsv,
        Self::DataPackage,
        Self::GeoJson,
        Self::JsonLd,
        Self::TimelineJs,
        Self::ICalendar,
        Self::Bibtex,
        Self::CslJson,
        Self::Gexf,
        Self::Cff,
    ];

    /// Returns the name of the format on the command line and in message ids.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Ndjson => "ndjson",
            Self::Schema => "schema",
            Self::Csv => "csv",
            Self::SourcesCsv => "sources-csv",
            Self::VotesCsv => "votes-csv",
            Self::ActorsCsv => "actors-csv",
            Self::DataPackage => "datapackage",
            Self::GeoJson => "geojson",
            Self::JsonLd => "jsonld",
            Self::TimelineJs => "timelinejs",
            Self::ICalendar => "icalendar",
            Self::Bibtex => "bibtex",
            Self::CslJson => "csl-json",
            Self::Gexf => "gexf",
            Self::Cff => "cff",
        }
    }

    /// Returns the file's path in the site.
    #[must_use]
    pub fn path(self) -> SitePath {
        SitePath::new(match self {
            Self::Json => "data/events.json",
            Self::Ndjson => "data/events.ndjson",
            Self::Schema => "data/schema.json",
            Self::Csv => "data/events.csv",
            Self::SourcesCsv => "data/sources.csv",
            Self::VotesCsv => "data/votes.csv",
            Self::ActorsCsv => "data/actors.csv",
            Self::DataPackage => "data/datapackage.json",
            Self::GeoJson => "data/events.geojson",
            Self::JsonLd => "data/events.jsonld",
            Self::TimelineJs => "data/timelinejs.json",
            Self::ICalendar => "calendar.ics",
            Self::Bibtex => "data/sources.bib",
            Self::CslJson => "data/sources.csl.json",
            Self::Gexf => "data/meetings.gexf",
            Self::Cff => "CITATION.cff",
        })
    }

    /// Returns the media type: the one registered with IANA, or else the customary one.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Json | Self::TimelineJs => "application/json",
            Self::Ndjson => "application/x-ndjson",
            Self::Schema => "application/schema+json",
            Self::Csv | Self::SourcesCsv | Self::VotesCsv | Self::ActorsCsv => "text/csv",
            Self::DataPackage => "application/json",
            Self::GeoJson => "application/geo+json",
            Self::JsonLd => "application/ld+json",
            Self::ICalendar => "text/calendar",
            Self::Bibtex => "application/x-bibtex",
            Self::CslJson => "application/vnd.citationstyles.csl+json",
            Self::Gexf => "application/gexf+xml",
            Self::Cff => "application/yaml",
        }
    }

    /// Returns whether the file depends on the texts of entries, and not only on their facts.
    #[must_use]
    pub const fn has_texts(self) -> bool {
        matches!(self, Self::Json | Self::Ndjson | Self::TimelineJs)
    }

    /// Writes the file to `to` in parts of 64 KiB or more, so that `to` needs no buffer.
    ///
    /// # Errors
    /// The first error of `to`.
    pub fn write(self, dataset: &Dataset<'_>, to: &mut dyn Write) -> io::Result<()> {
        let mut out = Out::new(to);
        self.add(dataset, &mut out);
        out.finish()
    }

    fn add(self, dataset: &Dataset<'_>, out: &mut Out<'_>) {
        match self {
            Self::Json => json::object(dataset, out),
            Self::Ndjson => json::lines(dataset, out),
            Self::Schema => json::schema(out),
            Self::Csv => csv::table(tables::EVENTS, dataset, out),
            Self::SourcesCsv => csv::table(tables::SOURCES, dataset, out),
            Self::VotesCsv => csv::table(tables::VOTES, dataset, out),
            Self::ActorsCsv => csv::table(tables::ACTORS, dataset, out),
            Self::DataPackage => package::write(dataset, out),
            Self::GeoJson => geojson::write(dataset, out),
            Self::JsonLd => json_ld::graph(dataset, out),
            Self::TimelineJs => timelinejs::write(dataset, out),
            Self::ICalendar => icalendar::write(dataset, out),
            Self::Bibtex => bibliography::bibtex(dataset, out),
            Self::CslJson => csl::write(dataset, out),
            Self::Gexf => gexf::write(dataset, out),
            Self::Cff => citation_file::write(dataset, out),
        }
    }

    /// Returns how many records the file has, in the unit that its description names; `None` if it is not a list.
    #[must_use]
    pub fn count(self, dataset: &Dataset<'_>) -> Option<usize> {
        let timeline = dataset.timeline;
        match self {
            Self::Json | Self::Ndjson | Self::Csv | Self::GeoJson | Self::JsonLd | Self::TimelineJs => {
                Some(timeline.events.len())
            }
            Self::ICalendar => Some(icalendar::count(timeline)),
            Self::SourcesCsv => Some(timeline.events.iter().map(|event| event.sources.len()).sum()),
            Self::VotesCsv => Some(timeline.events.iter().filter(|event| event.vote.is_some()).count()),
            Self::ActorsCsv => Some(timeline.actors.len()),
            Self::Bibtex | Self::CslJson => Some(timeline.works().list.len()),
            Self::Gexf => Some(gexf::edges(timeline).count()),
            Self::Schema | Self::DataPackage | Self::Cff => None,
        }
    }
}
