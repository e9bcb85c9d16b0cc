//! UCDP's Georeferenced Event Dataset (GED) as CSV, with or without its header row.

use std::path::Path;

use super::columns::{Exactness, Home, PlaceCells, add_names, extra, finish, place};
use super::dates::{one_of, read, year_text};
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
const OF_UCDP: &str = "a number of UCDP's own";

/// The columns of UCDP's files, each with its home, in the order of a file without a header row.
pub(super) const HOMES: &[(&str, Home)] = &[
    ("id", Home::Entry),
    ("relid", Home::Extra),
    ("year", Home::Lost(DERIVED)),
    ("active_year", Home::Extra),
    ("code_status", Home::Extra),
    ("type_of_violence", Home::Entry),
    ("conflict_dset_id", Home::Lost(OF_UCDP)),
    ("conflict_new_id", Home::Extra),
    ("conflict_name", Home::Entry),
    ("dyad_dset_id", Home::Lost(OF_UCDP)),
    ("dyad_new_id", Home::Extra),
    ("dyad_name", Home::Extra),
    ("side_a_dset_id", Home::Lost(OF_UCDP)),
    ("side_a_new_id", Home::Extra),
    ("side_a", Home::Entry),
    ("side_b_dset_id", Home::Lost(OF_UCDP)),
    ("side_b_new_id", Home::Extra),
    ("side_b", Home::Entry),
    ("number_of_sources", Home::Extra),
    ("source_article", Home::Entry),
    ("source_office", Home::Entry),
    ("source_date", Home::Entry),
    ("source_headline", Home::Entry),
    ("source_original", Home::Extra),
    ("where_prec", Home::Entry),
    ("where_coordinates", Home::Entry),
    ("where_description", Home::Entry),
    ("adm_1", Home::Place),
    ("adm_2", Home::Place),
    ("latitude", Home::Entry),
    ("longitude", Home::Entry),
    ("geom_wkt", Home::Lost(DERIVED)),
    ("priogrid_gid", Home::Extra),
    ("country", Home::Entry),
    ("country_id", Home::Lost(DERIVED)),
    ("region", Home::Extra),
    ("event_clarity", Home::Extra),
    ("date_prec", Home::Entry),
    ("date_start", Home::Entry),
    ("date_end", Home::Entry),
    ("deaths_a", Home::Extra),
    ("deaths_b", Home::Extra),
    ("deaths_civilians", Home::Extra),
    ("deaths_unknown", Home::Extra),
    ("best", Home::Extra),
    ("high", Home::Extra),
    ("low", Home::Extra),
    ("gwnoa", Home::Extra),
    ("gwnob", Home::Extra),
];

/// The types of violence: the number, the kind's id and name, what an event of it is called.
const TYPES: &[(&str, &str, &str, &str)] = &[
    ("1", "state-based-violence", "State-based violence", "state-based violence"),
    ("2", "non-state-violence", "Non-state violence", "non-state violence"),
    ("3", "one-sided-violence", "One-sided violence", "one-sided violence"),
];

/// Reads a file of UCDP GED.
///
/// # Errors
/// [`Stop`] if the file cannot be read or is not UCDP's.
pub(super) fn read_file(path: &Path, _: &Options) -> Result<Harvest, Stop> {
    let columns: Vec<String> = HOMES.iter().map(|(column, _)| (*column).to_owned()).collect();
    let table = Table::open(path, &Shape { delimiter: None, columns: Some(columns) })?;
    for column in ["id", "type_of_violence", "date_start"] {
        if !table.has(column) {
            let message = format!("this is not a file of UCDP GED: it has no column `{column}`");
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
    let id = row.get("id");
    if id.is_empty() || !id.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return Err(row.issue("id", format!("`{}` is not an id of UCDP", crate::date::shortened(id))));
    }
    let violence = row.get("type_of_violence");
    let Some((_, kind, name, called)) = TYPES.iter().find(|(number, ..)| *number == violence) else {
        let message = format!("`{}` is not a type of violence", crate::date::shortened(violence));
        return Err(row
            .issue("type_of_violence", message)
            .help("it is 1, 2 or 3; a file without a header row has 49 columns"));
    };
    let date = date_of(row, harvest)?;
    let mut extra = extra(row, HOMES, harvest);
    let mut entry = Entry::event(Wish::Given(id_of(&format!("ucdp-{}", allowed(id)))), row.at.clone());
    entry.folder = year_text(date.earliest().map_or(0, |day| day.year));
    let place = place(row, &place_cells(row), harvest);
    entry.places.extend(place);
    let (a, b) = (line(row.get("side_a")), line(row.get("side_b")));
    let sides = match violence {
        "3" => format!("{a} against {}", if b.is_empty() { "civilians" } else { &b }),
        _ => format!("{a} and {b}"),
    };
    let title = match place {
        Some(place) => format!("{name}: {sides}, {}", harvest.places.get(place).name),
        None => format!("{name}: {sides}"),
    };
    entry.set("title", line_value(&title));
    entry.set("date", Some(MatterValue::Date(date.canonical())));
    entry.set("kind", Some((*kind).into()));
    harvest.need(NeededKind::new(kind, name, "pressure"));
    let of_b = if violence == "3" && b == "Civilians" { "" } else { row.get("side_b") };
    let is_government = |side: &str| side.starts_with("Government of").then_some("state");
    for side in [row.get("side_a"), of_b] {
        let kind = is_government(side).or(Some("armed-group").filter(|_| violence != "3"));
        add_names(&mut entry.actors, split(side, "\u{1f}"), &mut harvest.actors, kind);
    }
    entry.processes.extend(harvest.processes.add(row.get("conflict_name"), ""));
    let (sources, citations) = tables(&sources(row, harvest));
    entry.set("sources", sources);
    entry.text = cited(&text(row, &sides, called), &citations);
    extra.extend(line_value(id).map(|value| ("ucdp_id".to_owned(), value)));
    finish(entry, extra, harvest);
    Ok(())
}

/// Returns what UCDP records of an event, in sentences of markdown.
fn text(row: &Row<'_>, sides: &str, called: &str) -> String {
    let place = row.get("where_description");
    let place = if place.is_empty() { row.get("where_coordinates") } else { place };
    let place = if place.is_empty() { String::new() } else { format!(" Place: {}.", place.trim_end_matches('.')) };
    // Older releases call them `best_est`, `low_est` and `high_est`.
    let number = |column: &str| match row.get(column) {
        "" => row.get(&format!("{column}_est")),
        number => number,
    };
    let [best, low, high] = ["best", "low", "high"].map(number);
    let deaths = match (best, low, high) {
        ("", ..) => String::new(),
        (best, low, high) if low.is_empty() || high.is_empty() || (low == best && high == best) => {
            format!(" Estimated deaths: {best}.")
        }
        (best, low, high) => format!(" Estimated deaths: {best}, between {low} and {high}."),
    };
    markdown(&format!("UCDP records this as {called}, {sides}.{place}{deaths}"))
}

/// Returns the date of a row with UCDP's `date_prec`: 1 is exact, 2 and 3 are one day between start and end, 4 is the month, 5
/// the year. A value that UCDP does not have makes the date uncertain (`?`).
fn date_of(row: &Row<'_>, harvest: &mut Harvest) -> Result<EdtfDate, Issue> {
    let day_of = |column: &'static str| {
        let written = row.get(column);
        // Some releases give a time of 00:00:00 with every day.
        let written = written.split_once(" 00:00:00").map_or(written, |(day, _)| day);
        let date =
            read(written, None).map_err(|error| Issue { help: error.help, ..row.issue(column, error.message) })?;
        let day = date.earliest().filter(|day| Some(*day) == date.latest());
        day.ok_or_else(|| row.issue(column, format!("`{date}` is not a day")))
    };
    if row.get("date_start").is_empty() {
        return Err(row.issue("date_start", "the row has no date"));
    }
    let start = day_of("date_start")?;
    let end = if row.get("date_end").is_empty() { start } else { day_of("date_end")? };
    if end < start {
        return Err(row.issue("date_end", format!("{end} is before {start}, the start")));
    }
    let (first_month, last_month) = (start.to_string(), end.to_string());
    let [first_month, last_month] = [&first_month, &last_month].map(|day| &day[..day.len() - 3]);
    let [first_year, last_year] = [start, end].map(|day| year_text(day.year));
    let span = |first: &str, last: &str| if first == last { first.to_owned() } else { format!("[{first}..{last}]") };
    let text = match row.get("date_prec") {
        "1" | "" if start == end => start.to_string(),
        "1" | "" => format!("{start}/{end}"),
        "2" | "3" if start == end => format!("{start}~"),
        "2" | "3" => return one_of(start, end).ok_or_else(|| row.issue("date_start", "the days are too far away")),
        "4" => span(first_month, last_month),
        "5" => span(&first_year, &last_year),
        other => {
            let message = format!("`{}` is not a precision that UCDP has", crate::date::shortened(other));
            harvest.losses.notes.push(row.issue("date_prec", message).help("the date is marked as uncertain"));
            if start == end { format!("{start}?") } else { format!("{start}?/{end}?") }
        }
    };
    EdtfDate::parse(&text).map_err(|error| row.issue("date_start", error.reason))
}

fn place_cells(row: &Row<'_>) -> PlaceCells<'static> {
    let exactness = match row.get("where_prec") {
        "2" | "3" => Exactness::Region,
        "4" | "5" | "6" | "7" => Exactness::Country,
        _ => Exactness::City,
    };
    let areas: &[&'static str] = if row.get("where_prec") == "6" { &[] } else { &["adm_2", "adm_1"] };
    PlaceCells { name: "where_coordinates", areas, exactness }
}

/// Returns the reports that UCDP names as sources; if it names none, UCDP's own data.
fn sources(row: &Row<'_>, harvest: &mut Harvest) -> Vec<SourceDraft> {
    let article = row.get("source_article");
    let lists = ["source_office", "source_date", "source_headline"]
        .map(|column| split(row.get(column), ";").map(str::to_owned).collect::<Vec<String>>());
    let [offices, dates, headlines] = lists;
    let report = SourceDraft { relay: "UCDP".to_owned(), date: "XXXX".to_owned(), ..SourceDraft::default() };
    if offices.is_empty() {
        let from = split(article, ";").map(|article| SourceDraft { title: article.to_owned(), ..report.clone() });
        let mut from: Vec<SourceDraft> = from.collect();
        if from.is_empty() {
            let title = format!("Event {}", row.get("id"));
            let (kind, publisher) = ("dataset".to_owned(), "UCDP".to_owned());
            from.push(SourceDraft { title, kind, publisher, date: "XXXX".to_owned(), ..SourceDraft::default() });
        }
        return from;
    }
    if !article.is_empty() {
        harvest.losses.lose("source_article", article, DERIVED);
    }
    let date_of = |written: &str| read(written, None).map_or_else(|_| "XXXX".to_owned(), |date| date.canonical());
    // Headlines may hold semicolons, so the lists belong together only if they have the same length.
    let fits = |list: &[String]| list.len() == offices.len();
    for (column, list) in [("source_date", &dates), ("source_headline", &headlines)] {
        if !list.is_empty() && !fits(list) {
            harvest.losses.lose(column, row.get(column), "its parts do not correspond to those of source_office");
        }
    }
    let drafts = offices.iter().enumerate().map(|(number, office)| SourceDraft {
        publisher: office.clone(),
        title: if fits(&headlines) { headlines[number].clone() } else { String::new() },
        date: if fits(&dates) { date_of(&dates[number]) } else { "XXXX".to_owned() },
        ..report.clone()
    });
    drafts.collect()
}
