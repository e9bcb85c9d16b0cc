//! The JSON Schema of front matter and site.toml.

use serde_json::{Value as Json, json};

use super::actor::ActorMatter;
use super::records::{EventMatter, PageMatter, PlaceMatter, ProcessMatter};
use crate::config::SiteConfig;
use crate::syntax::Decode;

/// One JSON Schema (draft 2020-12) with a definition for each kind of document and for site.toml.
#[must_use]
pub(crate) fn schema() -> Json {
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "annals front matter",
        "description": "The front matter of annals documents and site.toml; each definition describes one kind of file.",
        "$defs": {
            "event": EventMatter::schema(),
            "actor": ActorMatter::schema(),
            "place": PlaceMatter::schema(),
            "process": ProcessMatter::schema(),
            "page": PageMatter::schema(),
            "site": SiteConfig::schema(),
        },
        "anyOf": [
            { "$ref": "#/$defs/event" },
            { "$ref": "#/$defs/actor" },
            { "$ref": "#/$defs/place" },
            { "$ref": "#/$defs/process" },
            { "$ref": "#/$defs/page" },
            { "$ref": "#/$defs/site" },
        ],
    })
}
