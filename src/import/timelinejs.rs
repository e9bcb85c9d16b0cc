//! TimelineJS: its JSON, and the sheet that most of its authors write.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::at::At;
use super::entry::Harvest;
use super::json::{as_text, broken, line_of, part_of, text_of};
use super::loss::Issue;
use super::options::Options;
use super::slide::{Parts, Slide, add_era, add_event, add_title};
use super::stop::Stop;
use super::table::{Row, Shape, Table};
use crate::error::Error;

/// Reads a timeline, whichever of the two forms the file has.
///
/// # Errors
/// [`Stop`] if the file cannot be read or is no timeline.
pub(super) fn read_file(path: &Path, options: &Options, is_new: bool) -> Result<Harvest, Stop> {
    let mut beginning = [0; 512];
    let mut file = File::open(path).map_err(|error| Stop::Failed(Error::at(path, error)))?;
    let length = file.read(&mut beginning).map_err(|error| Stop::Failed(Error::at(path, error)))?;
    let beginning = String::from_utf8_lossy(&beginning[..length]);
    if beginning.trim_start_matches('\u{feff}').trim_start().starts_with(['{', '[']) {
        read_json(path, options, is_new)
    } else {
        read_sheet(path, options, is_new)
    }
}

fn read_json(path: &Path, options: &Options, is_new: bool) -> Result<Harvest, Stop> {
    let text = text_of(path)?;
    let root: BTreeMap<String, &RawValue> = serde_json::from_str(&text).map_err(|error| broken(&error))?;
    if root.contains_key("timeline") {
        return Err(Stop::bad(
            "this is a file of TimelineJS 2",
            "its slides must be under `events`, as in TimelineJS 3",
        ));
    }
    let Some(events) = root.get("events") else {
        return Err(Stop::bad("this is not a file of TimelineJS: it has no `events`", "other JSON cannot be imported"));
    };
    let mut harvest = Harvest::default();
    let mut from = (0, 0);
    let list = |raw: &&RawValue| -> Result<Vec<&RawValue>, Stop> {
        // The text of a raw value is valid JSON, so this can only be another type.
        serde_json::from_str(part_of(&text, raw))
            .map_err(|_| Stop::bad("`events` and `eras` must be lists", "see TimelineJS"))
    };
    if let Some(title) = root.get("title") {
        harvest.losses.read += 1;
        let at = line_of(&text, title, &mut (0, 0));
        if let Some(slide) = slide_of(title, at, &mut harvest) {
            add_title(&slide, is_new, &mut harvest);
        }
    }
    for event in list(events)? {
        harvest.losses.read += 1;
        let at = line_of(&text, event, &mut from);
        let Some(slide) = slide_of(event, at, &mut harvest) else { continue };
        if let Err(issue) = add_event(&slide, options, &mut harvest) {
            harvest.losses.refused.push(issue);
        }
    }
    let mut from = (0, 0);
    for era in root.get("eras").map(list).transpose()?.unwrap_or_default() {
        harvest.losses.read += 1;
        let at = line_of(&text, era, &mut from);
        let Some(slide) = slide_of(era, at, &mut harvest) else { continue };
        if let Err(issue) = add_era(&slide, &mut harvest) {
            harvest.losses.refused.push(issue);
        }
    }
    for (key, value) in root.iter().filter(|(key, _)| !["events", "title", "eras"].contains(&key.as_str())) {
        harvest.losses.lose(key, value.get(), "a setting of TimelineJS");
    }
    Ok(harvest)
}

fn slide_of(raw: &RawValue, at: At, harvest: &mut Harvest) -> Option<Slide> {
    let Ok(Value::Object(mut object)) = serde_json::from_str::<Value>(raw.get()) else {
        harvest.losses.refused.push(Issue::new(&at, None, "a slide must be an object"));
        return None;
    };
    let mut slide = Slide { at, ..Slide::default() };
    slide.start = date(&mut object, "start_date", &mut slide.rest);
    slide.end = date(&mut object, "end_date", &mut slide.rest);
    let mut text = inner(&mut object, "text");
    slide.headline = take(&mut text, "headline");
    slide.text = take(&mut text, "text");
    let mut media = inner(&mut object, "media");
    slide.media = take(&mut media, "url");
    slide.caption = take(&mut media, "caption");
    slide.credit = take(&mut media, "credit");
    slide.alt = take(&mut media, "alt");
    if slide.alt.is_empty() {
        slide.alt = take(&mut media, "title");
    }
    slide.group = take(&mut object, "group");
    slide.id = take(&mut object, "unique_id");
    let background = inner(&mut object, "background");
    for (name, rest) in [("text", text), ("media", media), ("background", background), ("", object)] {
        for (key, value) in rest.iter().filter(|(_, value)| !value.is_null()) {
            let key = if name.is_empty() { key.clone() } else { format!("{name}.{key}") };
            let text = as_text(value);
            if text.is_empty() && !matches!(value, Value::String(_)) {
                harvest.losses.lose(&key, &value.to_string(), "annals has no key for it");
            } else if key != "autolink" || text == "false" {
                slide.rest.push((key, text));
            }
        }
    }
    Some(slide)
}

/// Takes an object from inside an object; empty if there is none. A value of another type stays where it is: a background may
/// be an address or a colour.
fn inner(object: &mut Map<String, Value>, key: &str) -> Map<String, Value> {
    match object.remove(key) {
        Some(Value::Object(inner)) => inner,
        Some(other) => {
            object.insert(key.to_owned(), other);
            Map::new()
        }
        None => Map::new(),
    }
}

fn take(object: &mut Map<String, Value>, key: &str) -> String {
    object.remove(key).map(|value| as_text(&value)).unwrap_or_default()
}

fn date(object: &mut Map<String, Value>, key: &str, rest: &mut Vec<(String, String)>) -> Parts {
    let mut date = inner(object, key);
    let [year, month, day] = ["year", "month", "day"].map(|part| take(&mut date, part));
    let clock = ["hour", "minute", "second"].map(|part| take(&mut date, part));
    let time = if clock[0].is_empty() {
        // Without an hour, minutes and seconds mean nothing.
        let named = ["minute", "second"].into_iter().zip(&clock[1..]).filter(|(_, value)| !value.is_empty());
        rest.extend(named.map(|(part, value)| (format!("{key}.{part}"), value.clone())));
        String::new()
    } else {
        clock.map(|part| if part.is_empty() { "0".to_owned() } else { part }).join(":")
    };
    for (part, value) in &date {
        let value = as_text(value);
        if !value.is_empty() {
            rest.push((format!("{key}.{part}"), value));
        }
    }
    Parts { year, month, day, time }
}

/// The columns of a sheet that have a home; the others are kept.
const COLUMNS: &[&str] = &[
    "Year",
    "Month",
    "Day",
    "Time",
    "End Year",
    "End Month",
    "End Day",
    "End Time",
    "Headline",
    "Text",
    "Media",
    "Media Credit",
    "Media Caption",
    "Alt Text",
    "Type",
    "Group",
    "Tag",
    "Start Date",
    "End Date",
];

fn read_sheet(path: &Path, options: &Options, is_new: bool) -> Result<Harvest, Stop> {
    let table = Table::open(path, &Shape::default())?;
    if !table.has("Headline") || !(table.has("Year") || table.has("Start Date")) {
        let message = "this is not a sheet of TimelineJS: it has no columns `Year` and `Headline`";
        return Err(Stop::bad(message, "for other tables: annals import csv FILE --map MAP.toml"));
    }
    let mut harvest = Harvest::default();
    let mut eras = Vec::new();
    table.each(&mut harvest, |row, harvest| {
        let slide = slide_of_row(row);
        let done = match row.get("Type").to_lowercase().as_str() {
            "title" => {
                add_title(&slide, is_new, harvest);
                Ok(())
            }
            "era" => {
                eras.push(slide);
                Ok(())
            }
            "" => add_event(&slide, options, harvest),
            other => {
                let message = format!("`{}` is not a type of slide", crate::date::shortened(other));
                Err(row.issue("Type", message).help("it is empty, title or era"))
            }
        };
        harvest.losses.refused.extend(done.err());
    })?;
    for era in eras {
        let done = add_era(&era, &mut harvest);
        harvest.losses.refused.extend(done.err());
    }
    Ok(harvest)
}

fn slide_of_row(row: &Row<'_>) -> Slide {
    let cell = |column: &str| row.get(column).to_owned();
    let parts = |prefix: &str, old: &str| {
        let [year, month, day, time] = ["Year", "Month", "Day", "Time"].map(|part| cell(&format!("{prefix}{part}")));
        if year.is_empty() && !row.get(old).is_empty() {
            old_date(row.get(old))
        } else {
            Parts { year, month, day, time }
        }
    };
    let group = if row.get("Group").is_empty() { cell("Tag") } else { cell("Group") };
    let rest = row.filled().filter(|(column, _)| !COLUMNS.contains(column) && !column.is_empty());
    Slide {
        at: row.at.clone(),
        id: String::new(),
        start: parts("", "Start Date"),
        end: parts("End ", "End Date"),
        headline: cell("Headline"),
        text: cell("Text").replace("\r\n", "\n").replace("\n\n", "<p>").replace('\n', "<br>"),
        media: cell("Media"),
        caption: cell("Media Caption"),
        credit: cell("Media Credit"),
        alt: cell("Alt Text"),
        group,
        rest: rest.map(|(column, cell)| (column.to_owned(), cell.to_owned())).collect(),
    }
}

/// Splits a date of an older sheet: `11/20/2017 9:30:00`, with the month first, `11/2017`, or a year alone.
fn old_date(written: &str) -> Parts {
    let (day, time) = written.split_once(' ').unwrap_or((written, ""));
    let mut parts = day.split('/').map(str::to_owned);
    let all: Vec<String> = parts.by_ref().collect();
    match all.as_slice() {
        [month, day, year] => {
            Parts { year: year.clone(), month: month.clone(), day: day.clone(), time: time.to_owned() }
        }
        [month, year] => Parts { year: year.clone(), month: month.clone(), time: time.to_owned(), ..Parts::default() },
        _ => Parts { year: written.to_owned(), ..Parts::default() },
    }
}
