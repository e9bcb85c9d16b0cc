//! A first mapping file, made from what a table or a folder of markdown holds.

use super::plain::line;
use crate::content::{MatterValue, push_pair};
use crate::date::shortened;

/// What fields become, by their usual names in lower-case letters and digits. The first line with the name is used.
const MEANINGS: &[(&str, &[&str])] = &[
    ("id", &["id", "eventid", "identifier", "key", "slug"]),
    ("title", &["title", "headline", "event", "eventname", "name", "subject"]),
    ("date.end", &["enddate", "dateend", "dateto", "until", "to", "end"]),
    ("date.precision", &["precision", "dateprecision"]),
    ("date", &["date", "eventdate", "startdate", "datestart", "datefrom", "from", "start", "day", "when"]),
    ("year", &["year"]),
    ("month", &["month"]),
    ("kind", &["kind", "type", "category", "eventtype"]),
    ("summary", &["summary", "outcome", "abstract", "excerpt"]),
    ("text", &["text", "description", "notes", "note", "details", "body", "content", "comments"]),
    ("actors", &["actors", "actor", "people", "persons", "parties", "participants", "who"]),
    ("places", &["place", "places", "location", "city", "town", "venue", "where"]),
    ("place.lat", &["lat", "latitude", "y"]),
    ("place.lon", &["lon", "lng", "long", "longitude", "x"]),
    ("place.country", &["country", "countrycode"]),
    ("processes", &["process", "processes", "group", "thread", "conflict"]),
    ("tags", &["tags", "tag", "keywords", "labels"]),
    ("importance", &["importance"]),
    ("wikidata", &["wikidata"]),
];

/// The same for names that begin with `source` and perhaps a number, by the rest of the name.
const OF_SOURCES: &[(&str, &[&str])] = &[
    ("title", &["title", "headline", ""]),
    ("publisher", &["publisher", "name", "office"]),
    ("url", &["url", "link", "href", "address"]),
    ("date", &["date", "published"]),
    ("accessed", &["accessed"]),
    ("language", &["language", "lang"]),
];

/// Returns the text of a mapping file for fields, each with the number of filled cells and examples, which become comments.
#[must_use]
pub(super) fn text(fields: &[(String, usize, Vec<String>)], is_table: bool) -> String {
    let what = if is_table { "column" } else { "key" };
    let mut text = format!(
        "# Which {what} becomes what. Correct the right-hand sides, then import with --map.\n\
         # docs/import.md lists what a {what} can become.\n\n\
         kind = \"event\"\n# date_order = \"day-first\"\n# separator = \";\"\n\n[fields]\n"
    );
    let mut used: Vec<String> = Vec::new();
    for (name, count, examples) in fields {
        let examples: Vec<String> = examples.iter().map(|example| format!("`{}`", shortened(&line(example)))).collect();
        let examples = if examples.is_empty() { String::new() } else { format!(": {}", examples.join(", ")) };
        text.push_str(&format!("# {count} filled{examples}\n"));
        let meant = meaning(name).filter(|meant| !used.contains(meant));
        let to = match meant {
            _ if *count == 0 => "ignore".to_owned(),
            Some(meant) => meant,
            None => format!("extra.{}", extra_key(name)),
        };
        if to != "ignore" {
            used.push(to.clone());
        }
        push_pair(&mut text, name, &MatterValue::Text(to));
    }
    text
}

fn extra_key(name: &str) -> String {
    let key: String = line(name).to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
    let key = key.trim_matches('_').to_owned();
    if key.is_empty() { "field".to_owned() } else { key }
}

/// Returns what a field probably becomes; `None` if its name is not a usual one.
fn meaning(name: &str) -> Option<String> {
    let folded: String = name.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
    if let Some(rest) = folded.strip_prefix("source") {
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        let part = &rest[digits.len()..];
        let found = OF_SOURCES.iter().find(|(_, names)| names.contains(&part));
        return found.map(|(to, _)| format!("source{digits}.{to}"));
    }
    if matches!(folded.as_str(), "url" | "link") {
        return Some("source.url".to_owned());
    }
    MEANINGS.iter().find(|(_, names)| names.contains(&folded.as_str())).map(|(to, _)| (*to).to_owned())
}
