//! Turns records into events by a mapping, whether they are rows of a table or the front matter of files.

use super::at::At;
use super::columns::{PointCells, point};
use super::countries;
use super::dates::read;
use super::entry::{Entry, Harvest, NeededKind, Wish};
use super::html;
use super::loss::Issue;
use super::map::{FieldMap, Map, source_number};
use super::names::{folded, id_of};
use super::options::Options;
use super::plain::{line, line_value, markdown, refused};
use super::slide::{EVENT, html_text, kind_named};
use super::sources::{SourceDraft, cited, tables};
use super::written_date::WrittenDate;
use crate::content::{MatterValue, Precision, SourceKind, slug};
use crate::date::EdtfDate;
use crate::fields::{Confidence, LanguageTag, web_url};

/// What is to become one event.
#[derive(Debug, Default)]
pub(super) struct Record {
    /// Where it is.
    pub at: At,
    /// Its fields that hold something, each with its parts.
    pub fields: Vec<(String, Vec<String>)>,
    /// A text that is markdown already.
    pub body: Option<String>,
    /// The id if no field gives one. If both are empty, it is made from the date and the title.
    pub id: String,
    /// The title and the date if no field gives one, such as those of a file's name.
    pub fallback: (String, String),
    /// What to do if there is no date.
    pub undated: Option<&'static str>,
}

/// The values of a record's fields, by what they become.
#[derive(Default)]
struct Gathered {
    id: String,
    title: String,
    date: WrittenDate,
    kind: String,
    texts: Vec<String>,
    actors: Vec<String>,
    places: Vec<String>,
    lat: String,
    lon: String,
    country: String,
    place_precision: String,
    processes: Vec<String>,
    tags: Vec<String>,
    aliases: Vec<String>,
    sources: Vec<(usize, SourceDraft)>,
    extra: Vec<(String, MatterValue)>,
    plain: Vec<(&'static str, MatterValue)>,
}

impl Gathered {
    /// Returns where the value of a key that can only have one is kept; `None` for other keys.
    fn slot(&mut self, key: &str) -> Option<&mut String> {
        Some(match key {
            "id" => &mut self.id,
            "title" => &mut self.title,
            "date" => &mut self.date.date,
            "date.end" => &mut self.date.end,
            "date.precision" => &mut self.date.precision,
            "year" => &mut self.date.parts[0],
            "month" => &mut self.date.parts[1],
            "day" => &mut self.date.parts[2],
            "kind" => &mut self.kind,
            "place.lat" => &mut self.lat,
            "place.lon" => &mut self.lon,
            "place.country" => &mut self.country,
            "place.precision" => &mut self.place_precision,
            _ => return None,
        })
    }
}

/// Returns the id that the fields of a record give; `None` if they give none.
#[must_use]
pub(super) fn id_in(fields: &[(String, Vec<String>)], map: &Map) -> Option<String> {
    let of_map = |name: &str| map.field(name).filter(|field| field.to == "id");
    let ids = fields.iter().filter_map(|(name, parts)| Some(of_map(name)?.replaced(&parts.join("; "))));
    ids.map(|id| id.trim().to_owned()).find(|id| !id.is_empty())
}

/// Adds the event of a record.
///
/// # Errors
/// [`Issue`] if it has no title or no date.
pub(super) fn add(record: &Record, map: &Map, options: &Options, harvest: &mut Harvest) -> Result<(), Issue> {
    let mut gathered = Gathered::default();
    for (name, parts) in &record.fields {
        if parts.iter().any(|part| refused(part) > 0) {
            harvest.losses.change(
                name,
                &parts.join("; "),
                "characters that control text or turn its direction were removed",
            );
        }
        match map.field(name) {
            Some(field) => gather(&mut gathered, field, parts, map, record, harvest),
            None if map.keeps_rest => {
                let field = FieldMap::new(name, &format!("extra.{name}"));
                gather(&mut gathered, &field, parts, map, record, harvest);
            }
            None => harvest.losses.lose(name, &parts.join("; "), "the mapping does not mention it"),
        }
    }
    let date =
        options.widening.apply(date_of(&mut gathered.date, record, map, harvest)?, &mut harvest.losses.precision);
    let title = [&gathered.title, &record.fallback.0].into_iter().map(|title| line(&html::words(title)));
    let title = title.into_iter().find(|title| !title.is_empty());
    let Some(title) = title else { return Err(Issue::new(&record.at, None, "there is no title")) };
    let wish = match gathered.id.trim() {
        "" if !record.id.is_empty() => Wish::Given(record.id.clone()),
        "" => Wish::Made(format!("{}-{}", date.slug(), slug(&title))),
        id => Wish::Given(id.to_owned()),
    };
    let mut entry = Entry::event(wish, record.at.clone());
    entry.set("title", Some(title.as_str().into()));
    entry.set("date", Some(MatterValue::Date(date.canonical())));
    let kind = kind(&gathered.kind, map, options);
    entry.set("kind", Some(kind.id.clone().into()));
    harvest.need(kind);
    entry.fields.append(&mut gathered.plain);
    for (key, list) in [("tags", &mut gathered.tags), ("aliases", &mut gathered.aliases)] {
        let mut once: Vec<String> = Vec::new();
        list.drain(..).filter(|item| !item.is_empty()).for_each(|item| {
            if !once.contains(&item) {
                once.push(item);
            }
        });
        entry.set(key, (!once.is_empty()).then(|| MatterValue::texts(once)));
    }
    for actor in &gathered.actors {
        entry.actors.extend(harvest.actors.add(actor, ""));
    }
    for process in &gathered.processes {
        entry.processes.extend(harvest.processes.add(process, ""));
    }
    add_places(&mut entry, &gathered, record, harvest);
    entry.set("extra", (!gathered.extra.is_empty()).then_some(MatterValue::Table(gathered.extra)));
    let drafts: Vec<SourceDraft> = gathered.sources.into_iter().map(|(_, source)| source).collect();
    let (sources, citations) = tables(&drafts);
    entry.set("sources", sources);
    let mut texts = gathered.texts;
    texts.extend(record.body.clone());
    texts.retain(|text| !text.trim().is_empty());
    if texts.is_empty() && !citations.is_empty() {
        let summary = match entry.get("summary") {
            Some(MatterValue::Text(summary)) => summary.clone(),
            _ => title,
        };
        let end = if summary.ends_with(char::is_alphanumeric) { "." } else { "" };
        texts.push(markdown(&format!("{summary}{end}")));
    }
    entry.text = if citations.is_empty() { texts.join("\n\n") } else { cited(&texts.join("\n\n"), &citations) };
    harvest.entries.push(entry);
    Ok(())
}

/// Returns the date of a record, or else the fallback, and counts what has no effect on it.
fn date_of(date: &mut WrittenDate, record: &Record, map: &Map, harvest: &mut Harvest) -> Result<EdtfDate, Issue> {
    let mut known = date.read(map.date_order, &record.at)?;
    if known.is_none() {
        date.date.clone_from(&record.fallback.1);
        known = date.read(map.date_order, &record.at)?;
    }
    for (field, value, why) in date.unused() {
        harvest.losses.lose(field, value, why);
    }
    let help = record.undated.map(ToOwned::to_owned);
    known.ok_or_else(|| Issue { help, ..Issue::new(&record.at, None, "there is no date") })
}

fn kind(written: &str, map: &Map, options: &Options) -> NeededKind {
    let written = line(written);
    if !written.is_empty() {
        let id = id_of(&written);
        let known = kind_named(&id);
        return if known.family == "words" && written != id { NeededKind { name: written, ..known } } else { known };
    }
    kind_named(options.kind.as_deref().or(map.kind.as_deref()).unwrap_or(EVENT))
}

/// Adds one field to what was gathered.
fn gather(
    gathered: &mut Gathered,
    field: &FieldMap,
    parts: &[String],
    map: &Map,
    record: &Record,
    harvest: &mut Harvest,
) {
    let replaced = |part: &str| field.replaced(part);
    let one = || replaced(&parts.join("; "));
    if let Some(slot) = gathered.slot(&field.to) {
        // An empty value says nothing, so another field may.
        if slot.trim().is_empty() {
            *slot = one();
            if field.to == "date" {
                gathered.date.field = field.name.clone();
            }
        } else {
            harvest.losses.lose(&field.name, &one(), "another field gave the same key");
        }
        return;
    }
    let separator = field.split.as_deref().or(map.separator.as_deref()).unwrap_or(";");
    let many = || -> Vec<String> {
        let split = |part: &String| match parts.len() {
            1 if !separator.is_empty() => part.split(separator).map(|part| line(part.trim())).collect(),
            _ => vec![line(part)],
        };
        parts.iter().flat_map(split).map(|part| replaced(&part)).filter(|part| !part.is_empty()).collect()
    };
    match field.to.as_str() {
        "text" => gathered.texts.push(markdown(&one())),
        "html" => gathered.texts.push(html_text(&one(), &field.name, &mut harvest.losses)),
        "actors" => gathered.actors.extend(many()),
        "places" => gathered.places.extend(many()),
        "processes" => gathered.processes.extend(many()),
        "tags" => gathered.tags.extend(many()),
        "aliases" => {
            for alias in many() {
                match alias_of(&alias) {
                    Some(path) => gathered.aliases.push(path),
                    None => harvest.losses.lose(&field.name, &alias, "it is not the path of a page"),
                }
            }
        }
        "ignore" => harvest.losses.lose(&field.name, &one(), "the mapping ignores it"),
        to if to.starts_with("source") => source(gathered, field, &one(), record, map, harvest),
        to => {
            if let Some(name) = to.strip_prefix("extra.") {
                harvest.losses.keep(&field.name, &one());
                let value = if parts.len() > 1 {
                    Some(MatterValue::texts(many()))
                } else {
                    line_value(&one()).map(|_| super::columns::number_or_text(&one()))
                };
                gathered.extra.extend(value.map(|value| (name.to_owned(), value)));
            } else {
                plain(gathered, field, &one(), record, harvest);
            }
        }
    }
}

/// Adds a key of front matter that has one value. A value that annals does not have is lost and reported.
fn plain(gathered: &mut Gathered, field: &FieldMap, value: &str, record: &Record, harvest: &mut Harvest) {
    let lower = value.trim().to_lowercase();
    let is_true = matches!(lower.as_str(), "true" | "yes" | "1");
    let accepted = match field.to.as_str() {
        "summary" => line_value(&html::words(value)).map(|value| ("summary", value)),
        "short_title" => line_value(value).map(|value| ("short_title", value)),
        "confidence" => {
            let level = Confidence::ALL.iter().find(|level| level.name() == lower);
            level.map(|level| ("confidence", level.name().into()))
        }
        "importance" => {
            lower.parse().ok().filter(|n| (1..=3).contains(n)).map(|n| ("importance", MatterValue::Number(n)))
        }
        "wikidata" => {
            let item = value.trim().trim_end_matches('/').rsplit('/').next().unwrap_or_default();
            let digits = item.strip_prefix('Q').unwrap_or_default();
            let is_item = digits.parse::<u64>().is_ok_and(|number| number > 0) && !digits.starts_with(['0', '+']);
            is_item.then(|| ("wikidata", item.into()))
        }
        "draft" if is_true => Some(("draft", MatterValue::Bool(true))),
        "published" if matches!(lower.as_str(), "false" | "no" | "0") => Some(("draft", MatterValue::Bool(true))),
        "draft" | "published" => return,
        _ => None,
    };
    match accepted {
        Some((key, value)) if !gathered.plain.iter().any(|(known, _)| *known == key) => {
            gathered.plain.push((key, value));
        }
        Some(_) => harvest.losses.lose(&field.name, value, "another field gave the same key"),
        None => {
            let message = format!("`{}` cannot be `{}`", crate::date::shortened(value), field.to);
            harvest.losses.lose(&field.name, value, "the value is not one that annals has");
            let help = "replace the values in the mapping file, with values = { … }";
            harvest.losses.notes.push(Issue::new(&record.at, Some(&field.name), message).help(help));
        }
    }
}

/// Returns the path of an old address as an alias, with a slash at its end if it names a folder. `None` if it has no path, or
/// one that cannot be a file's.
fn alias_of(address: &str) -> Option<String> {
    let path = address.split_once("://").map_or(address, |(_, rest)| rest.split_once('/').map_or("", |(_, path)| path));
    let path = path.split(['?', '#']).next().unwrap_or_default().trim_matches('/');
    let is_plain = |part: &str| {
        !part.is_empty() && part != "." && part != ".." && !part.contains(['<', '>', ':', '"', '|', '*', '\\'])
    };
    let is_path = !path.is_empty() && path.split('/').all(is_plain);
    is_path.then(|| if address.ends_with('/') || !path.contains('.') { format!("{path}/") } else { path.to_owned() })
}

fn source(gathered: &mut Gathered, field: &FieldMap, value: &str, record: &Record, map: &Map, harvest: &mut Harvest) {
    let (number, to) = source_number(&field.to);
    let position = gathered.sources.iter().position(|(known, _)| *known == number).unwrap_or_else(|| {
        gathered.sources.push((number, SourceDraft::default()));
        gathered.sources.len() - 1
    });
    let source = &mut gathered.sources[position].1;
    let mut refuse = |message: String| {
        harvest.losses.lose(&field.name, value, "the value is not one that annals has");
        harvest.losses.notes.push(Issue::new(&record.at, Some(&field.name), message));
    };
    let shown = crate::date::shortened(value);
    match to.as_str() {
        "source.title" => source.title = value.to_owned(),
        "source.publisher" => source.publisher = value.to_owned(),
        "source.relay" => source.relay = value.to_owned(),
        "source.url" => match web_url(value) {
            Ok(()) => source.url = value.to_owned(),
            Err(reason) => refuse(format!("`{shown}` is not the address of a web page: {reason}")),
        },
        "source.date" | "source.accessed" => match read(value, map.date_order) {
            Ok(date) if to == "source.date" => source.date = date.canonical(),
            Ok(date) if date.earliest().is_some_and(|day| day.to_string() == date.canonical()) => {
                source.accessed = date.canonical();
            }
            Ok(date) => refuse(format!("`{date}` is not a whole day")),
            Err(error) => refuse(error.message),
        },
        "source.language" => match LanguageTag::parse(value) {
            Ok(_) => source.language = value.to_owned(),
            Err(reason) => refuse(format!("`{shown}` is not a language tag: {reason}")),
        },
        _ => match SourceKind::ALL.iter().find(|kind| kind.name() == value.to_lowercase()) {
            Some(kind) => source.kind = kind.name().to_owned(),
            None => refuse(format!("`{shown}` is not a kind of source")),
        },
    }
}

fn add_places(entry: &mut Entry, gathered: &Gathered, record: &Record, harvest: &mut Harvest) {
    let context = folded(&gathered.country);
    for place in &gathered.places {
        entry.places.extend(harvest.places.add(place, &context));
    }
    let [place] = entry.places.as_slice() else {
        for (what, value) in [
            ("place.lat", &gathered.lat),
            ("place.lon", &gathered.lon),
            ("place.country", &gathered.country),
            ("place.precision", &gathered.place_precision),
        ] {
            if !value.is_empty() {
                harvest.losses.lose(what, value, "the event has no place, or several");
            }
        }
        return;
    };
    let place = *place;
    if !gathered.country.is_empty() {
        match countries::code(&gathered.country) {
            Some(code) => harvest.places.tell(place, "country", Some(code.into())),
            None => harvest.losses.lose("place.country", &gathered.country, "no country of ISO 3166-1 has this name"),
        }
    }
    let cells = [gathered.lat.trim(), gathered.lon.trim()];
    point(&PointCells { names: ["place.lat", "place.lon"], cells, at: &record.at }, place, harvest);
    let written = gathered.place_precision.trim();
    if let Some(level) = Precision::ALL.iter().find(|level| level.name() == written.to_lowercase()) {
        let level = MatterValue::from(level.name());
        if harvest.places.fact(place, "precision").is_some_and(|known| *known != level) {
            harvest.losses.lose("place.precision", written, "an earlier entry gives the place another precision");
        }
        harvest.places.tell(place, "precision", Some(level));
    } else if !written.is_empty() {
        harvest.losses.lose("place.precision", written, "the value is not one that annals has");
    }
}
