//! JSON Schema (draft 2020-12) of the decoded types.

use serde_json::{Map, Value as Json, json};

/// A schema under construction: one JSON object.
pub(crate) type Schema = Map<String, Json>;

/// The schema of one field of a record.
pub(crate) struct FieldSchema {
    /// The key.
    pub name: &'static str,
    /// What the key means: the docstring of the field, which becomes its `description`.
    pub doc: &'static str,
    /// Whether the table must have it.
    pub required: bool,
    /// The schema of its value.
    pub schema: Schema,
}

/// Returns the schema of a table with these fields and no others. Docstrings become `description`s.
#[must_use]
pub(crate) fn record_schema(doc: &str, fields: Vec<FieldSchema>) -> Schema {
    let required: Vec<_> = fields.iter().filter(|f| f.required).map(|f| f.name).collect();
    let required = json!(required);
    let properties: Map<String, Json> = fields
        .into_iter()
        .map(|field| {
            let mut schema = field.schema;
            schema.insert("description".to_owned(), tidy(field.doc).into());
            (field.name.to_owned(), Json::Object(schema))
        })
        .collect();
    object(json!({
        "type": "object",
        "description": tidy(doc),
        "additionalProperties": false,
        "required": required,
        "properties": properties,
    }))
}

/// Unwraps a JSON value that is known to be an object.
///
/// # Panics
/// If the value is not an object, which would be a bug: all schemas are literals.
#[must_use]
pub(crate) fn object(value: Json) -> Schema {
    match value {
        Json::Object(map) => map,
        other => panic!("a schema is an object, not {other}"),
    }
}

/// Joins the lines of a docstring to one paragraph.
fn tidy(doc: &str) -> String {
    doc.split_whitespace().collect::<Vec<_>>().join(" ")
}
