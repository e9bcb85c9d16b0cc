//! The description of the tables: a Frictionless Data Package (specification 1), with a table schema for each.

use serde_json::{Value as Json, json};

use super::dataset::Dataset;
use super::out::Out;
use super::record::without_nulls;
use super::tables::{self, Column, Kind, Table};
use crate::config::licence_url;
use crate::content::slug;
use crate::timeline::Timeline;

pub(super) fn write(dataset: &Dataset<'_>, out: &mut Out<'_>) {
    let config = dataset.config();
    let publication = &config.publication;
    let authors = publication.authors.iter().map(|author| json!({ "title": author.name(), "role": "author" }));
    let publisher = json!({ "title": dataset.publisher(), "role": "publisher" });
    let resources = tables::ALL.into_iter().map(|table| resource(table, dataset.timeline));
    let package = without_nulls(json!({
        "profile": "tabular-data-package",
        "name": name(&config.title),
        "title": config.title,
        "description": config.description,
        "homepage": config.base_url,
        "version": publication.version,
        "licenses": config.licence.as_deref().map(|licence| [license(licence)]),
        "contributors": authors.chain([publisher]).collect::<Vec<_>>(),
        "resources": resources.collect::<Vec<_>>(),
    }));
    out.bytes(&serde_json::to_vec_pretty(&package).unwrap_or_default());
    out.bytes(b"\n");
}

/// Makes the package's `name` from a title: lower-case ASCII letters, digits and `-`, or `timeline` if none are left.
fn name(title: &str) -> String {
    let slug = slug(title).to_ascii_lowercase();
    let name: String = slug.chars().filter(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || *c == '-').collect();
    let name = name.trim_matches('-');
    if name.is_empty() { "timeline".to_owned() } else { name.to_owned() }
}

/// Returns a licence by its SPDX identifier, with the URL of its text if it is a Creative Commons licence.
fn license(licence: &str) -> Json {
    let path = licence_url(licence);
    without_nulls(json!({ "name": licence, "path": path }))
}

fn resource(table: Table, timeline: &Timeline) -> Json {
    let path = table.format.path();
    let fields = table.columns.iter().map(|column| field(column, timeline));
    let foreign = table
        .references
        .iter()
        .map(|(own, resource)| json!({ "fields": own, "reference": { "resource": resource, "fields": "id" } }));
    let foreign: Vec<Json> = foreign.collect();
    let key = if let [key] = table.key { json!(key) } else { json!(table.key) };
    json!({
        "profile": "tabular-data-resource",
        "name": table.name,
        "title": table.title,
        // The package is in the same folder as the tables.
        "path": path.as_str().trim_start_matches("data/"),
        "format": "csv",
        "mediatype": table.format.media_type(),
        "encoding": "utf-8",
        "dialect": { "delimiter": ",", "lineTerminator": "\r\n", "quoteChar": "\"", "doubleQuote": true, "header": true },
        "schema": without_nulls(json!({
            "fields": fields.collect::<Vec<_>>(),
            "missingValues": [""],
            "primaryKey": key,
            "foreignKeys": Some(foreign).filter(|keys| !keys.is_empty()),
        })),
    })
}

fn field(column: &Column, timeline: &Timeline) -> Json {
    let (kind, format) = match column.kind {
        Kind::Text => ("string", None),
        Kind::Url => ("string", Some("uri")),
        Kind::Integer => ("integer", None),
        Kind::Boolean => ("boolean", None),
        // The type `date` allows only the years 1 to 9999.
        Kind::Day(days) => {
            let mut days = timeline.events.iter().flat_map(|event| days(event));
            (if days.all(|day| (1..=9999).contains(&day.year)) { "date" } else { "string" }, None)
        }
    };
    without_nulls(json!({ "name": column.name, "type": kind, "format": format, "description": column.meaning }))
}
