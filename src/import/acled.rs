//! ACLED's CSV, in which each row is an event.

use std::path::Path;

use super::columns::{Exactness, Home, PlaceCells, add_names, extra, finish, place};
use super::dates::{one_of, read};
use super::entry::{Entry, Harvest, NeededKind, Wish};
use super::loss::Issue;
use super::names::{allowed, id_of};
use super::options::Options;
use super::plain::{line, line_value, markdown};
use super::sources::{SourceDraft, cited, split, tables};
use super::stop::Stop;
use super::table::{Row, Shape, Table};
use crate::content::MatterValue;
use crate::date::EdtfDate;

const DERIVED: &str = "it repeats another column";

/// The columns of ACLED's files, each with its home.
pub(super) const HOMES: &[(&str, Home)] = &[
    ("event_id_cnty", Home::Entry),
    ("event_date", Home::Entry),
    ("year", Home::Lost(DERIVED)),
    ("time_precision", Home::Entry),
    ("disorder_type", Home::Extra),
    ("event_type", Home::Entry),
    ("sub_event_type", Home::Entry),
    ("actor1", Home::Entry),
    ("assoc_actor_1", Home::Entry),
    ("inter1", Home::Extra),
    ("actor2", Home::Entry),
    ("assoc_actor_2", Home::Entry),
    ("inter2", Home::Extra),
    ("interaction", Home::Extra),
    ("civilian_targeting", Home::Extra),
    ("iso", Home::Lost(DERIVED)),
    ("region", Home::Extra),
    ("country", Home::Entry),
    ("admin1", Home::Place),
    ("admin2", Home::Place),
    ("admin3", Home::Place),
    ("location", Home::Entry),
    ("latitude", Home::Entry),
    ("longitude", Home::Entry),
    ("geo_precision", Home::Entry),
    ("source", Home::Entry),
    ("source_scale", Home::Extra),
    ("notes", Home::Entry),
    ("fatalities", Home::Extra),
    ("tags", Home::Entry),
    ("timestamp", Home::Extra),
];

/// ACLED's types of events, each with the family of the kind that it becomes.
const KINDS: &[(&str, &str)] = &[
    ("Battles", "pressure"),
    ("Explosions/Remote violence", "pressure"),
    ("Violence against civilians", "pressure"),
    ("Protests", "words"),
    ("Riots", "pressure"),
    ("Strategic developments", "decisions"),
];

/// Reads a file of ACLED.
///
/// # Errors
/// [`Stop`] if the file cannot be read or is not ACLED's.
pub(super) fn read_file(path: &Path, _: &Options) -> Result<Harvest, Stop> {
    let table = Table::open(path, &Shape::default())?;
    for column in ["event_id_cnty", "event_date", "event_type", "location"] {
        if !table.has(column) {
            let message = format!("this is not a file of ACLED: it has no column `{column}`");
            return Err(Stop::bad(message, "for other tables: annals import csv FILE --map MAP.toml"));
        }
    }
    let mut harvest = Harvest::default();
    table.each(&mut harvest, |row, harvest| {
        if let Err(issue) = event(row, harvest) {
            harvest.losses.refused.push(issue);
        }
    })?;
    Ok(harvest)
}

fn event(row: &Row<'_>, harvest: &mut Harvest) -> Result<(), Issue> {
    let date = date_of(row, harvest)?;
    let foreign_id = row.get("event_id_cnty");
    if foreign_id.is_empty() {
        return Err(row.issue("event_id_cnty", "the row has no id"));
    }
    let kind = row.get("event_type");
    if line(kind).is_empty() {
        return Err(row.issue("event_type", "the row has no type of event"));
    }
    let year = date.earliest().map_or(0, |day| day.year);
    let mut extra = extra(row, HOMES, harvest);
    let mut entry = Entry::event(Wish::Given(id_of(&format!("acled-{}", allowed(foreign_id)))), row.at.clone());
    entry.folder = super::dates::year_text(year);
    let place = place(row, &place_cells(row), harvest);
    entry.places.extend(place);
    let sub_type = if row.get("sub_event_type").is_empty() { kind } else { row.get("sub_event_type") };
    let title = match place {
        Some(place) => format!("{sub_type} in {}", harvest.places.get(place).name),
        None => sub_type.to_owned(),
    };
    entry.set("title", line_value(&title));
    entry.set("date", Some(MatterValue::Date(date.canonical())));
    entry.set("kind", Some(id_of(kind).into()));
    let family = KINDS.iter().find(|(name, _)| *name == kind).map_or("words", |(_, family)| *family);
    harvest.need(NeededKind::new(&id_of(kind), &line(kind), family));
    for (actor, associated, inter) in [("actor1", "assoc_actor_1", "inter1"), ("actor2", "assoc_actor_2", "inter2")] {
        let kind = actor_kind(row.get(inter));
        add_names(&mut entry.actors, split(row.get(actor), "\u{1f}"), &mut harvest.actors, kind);
        add_names(&mut entry.actors, split(row.get(associated), ";"), &mut harvest.actors, None);
    }
    let mut tags: Vec<String> = Vec::new();
    for tag in split(row.get("sub_event_type"), "\u{1f}").chain(split(row.get("tags"), ";")).map(line) {
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    entry.set("tags", (!tags.is_empty()).then(|| MatterValue::texts(tags)));
    let (sources, citations) = tables(&sources(row));
    entry.set("sources", sources);
    let notes = markdown(row.get("notes"));
    let text = if notes.is_empty() { "ACLED has no description of this event.".to_owned() } else { notes };
    entry.text = cited(&text, &citations);
    for column in ["event_id_cnty", "actor1", "actor2"] {
        extra.extend(line_value(row.get(column)).map(|value| (column.to_owned(), value)));
    }
    finish(entry, extra, harvest);
    Ok(())
}

/// Returns the date of a row with ACLED's `time_precision`: 1 is the day, 2 one of the seven days around it, 3 its month. A
/// value that ACLED does not have makes the day uncertain (`?`).
fn date_of(row: &Row<'_>, harvest: &mut Harvest) -> Result<EdtfDate, Issue> {
    let written = row.get("event_date");
    if written.is_empty() {
        return Err(row.issue("event_date", "the row has no date"));
    }
    let date =
        read(written, None).map_err(|error| Issue { help: error.help, ..row.issue("event_date", error.message) })?;
    let Some(day) = date.earliest().filter(|day| Some(*day) == date.latest()) else { return Ok(date) };
    let text = match row.get("time_precision") {
        "1" | "" => return Ok(date),
        "2" => return Ok(one_of(day.shifted(-3), day.shifted(3)).unwrap_or(date)),
        "3" => day.to_string()[..day.to_string().len() - 3].to_owned(),
        other => {
            let message = format!("`{other}` is not a precision that ACLED has");
            harvest.losses.notes.push(row.issue("time_precision", message).help("the day is marked as uncertain"));
            format!("{day}?")
        }
    };
    Ok(EdtfDate::parse(&text).unwrap_or(date))
}

fn place_cells(row: &Row<'_>) -> PlaceCells<'static> {
    let exactness = match row.get("geo_precision") {
        "2" => Exactness::Region,
        "3" => Exactness::Country,
        _ => Exactness::City,
    };
    PlaceCells { name: "location", areas: &["admin3", "admin2", "admin1"], exactness }
}

/// Returns the `kind` of an actor by ACLED's `inter`, which is a number or a name. `None` for groups that annals has no kind
/// for, such as protesters and civilians.
fn actor_kind(inter: &str) -> Option<&'static str> {
    match inter {
        "1" | "State forces" => Some("organisation"),
        "2" | "Rebel group" | "3" | "Political militia" | "4" | "Identity militia" => Some("armed-group"),
        _ => None,
    }
}

/// Returns the reports that ACLED names as sources, each publisher once; if it names none, ACLED's own data.
fn sources(row: &Row<'_>) -> Vec<SourceDraft> {
    let report = |publisher: &str| SourceDraft {
        publisher: publisher.to_owned(),
        relay: "ACLED".to_owned(),
        date: "XXXX".to_owned(),
        ..SourceDraft::default()
    };
    let mut sources: Vec<SourceDraft> = Vec::new();
    for publisher in split(row.get("source"), ";") {
        if !sources.iter().any(|known| known.publisher == publisher) {
            sources.push(report(publisher));
        }
    }
    if sources.is_empty() {
        sources.push(SourceDraft {
            title: format!("Event {}", row.get("event_id_cnty")),
            kind: "dataset".to_owned(),
            relay: String::new(),
            ..report("ACLED")
        });
    }
    sources
}
