//! References to documents and files as an author writes them. Whether they exist is checked later.

use serde_json::json;

use crate::diagnostic::Code;
use crate::id;
use crate::syntax::{Decode, Decoder, Node, Schema, object_schema};

/// An id in NFC that names a document, a kind, or a source of the entry. Whether that exists is checked later. Empty if the
/// id could not be read, which was reported.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct IdRef(pub String);

impl Decode for IdRef {
    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Self {
        let Some(text) = decoder.exact_text(node) else {
            return Self::placeholder();
        };
        if text.trim().is_empty() {
            decoder
                .report(Code::EmptyValue, node.span.clone(), "the id is empty")
                .help("write an id between the quotes, or remove the quotes");
            return Self::placeholder();
        }
        Self(id::normalise(text))
    }

    fn placeholder() -> Self {
        Self(String::new())
    }

    fn schema() -> Schema {
        object_schema(json!({ "type": "string", "minLength": 1 }))
    }
}

/// The path of a file or of an old page as written; `None` if it could not be read, which was reported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathText(pub Option<String>);

impl Decode for PathText {
    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Self {
        Self(decoder.trimmed_text(node).map(str::to_owned))
    }

    fn placeholder() -> Self {
        Self(None)
    }

    fn schema() -> Schema {
        String::schema()
    }
}
