//! How to cite the timeline: `CITATION.cff` (Citation File Format 1.2.0). Strings are JSON strings, which YAML reads too.

use serde_json::{Value as Json, json};

use super::dataset::Dataset;
use super::out::Out;
use crate::config::Author;

pub(super) fn write(dataset: &Dataset<'_>, out: &mut Out<'_>) {
    let config = dataset.config();
    let publication = &config.publication;
    // The format requires an author.
    let authors = publication.creators(&config.title).into_iter().map(|author| match author {
        Author::Person { family, given } => json!({ "family-names": family, "given-names": given }),
        Author::Organisation(name) => json!({ "name": name }),
    });
    let authors: Vec<Json> = authors.collect();
    let message = dataset.locale.text("data-cite-message", &[]);
    let updated = dataset.updated().map(|day| day.to_string());
    let fields: [(&str, Option<Json>); 12] = [
        ("cff-version", Some(json!("1.2.0"))),
        ("message", Some(json!(message))),
        ("type", Some(json!("dataset"))),
        ("title", Some(json!(config.title))),
        ("abstract", config.description.as_ref().map(|text| json!(text))),
        ("authors", Some(json!(authors))),
        ("version", publication.version.as_ref().map(|version| json!(version))),
        ("date-released", updated.map(|day| json!(day))),
        ("doi", publication.doi.as_ref().map(|doi| json!(doi))),
        ("license", config.licence.as_ref().map(|licence| json!(licence))),
        ("url", config.base_url.as_ref().map(|url| json!(url))),
        ("repository-code", config.repository.as_ref().map(|url| json!(url))),
    ];
    for (name, value) in fields.iter().filter_map(|(name, value)| Some((name, value.as_ref()?))) {
        out.bytes(format!("{name}: {value}\n").as_bytes());
    }
}
