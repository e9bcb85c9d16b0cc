//! The type of URLs in files. Whether one is valid is decided by [`web_url`].

use std::ops::Deref;

use serde_json::json;

use super::url_meant::help_for_url;
use super::web_url::web_url;
use crate::diagnostic::Code;
use crate::syntax::{Decode, Decoder, Node, Schema, Value, object_schema};

/// An address that a reader can follow: an absolute http or https URL. An invalid one is reported and kept as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebUrl(String);

impl Deref for WebUrl {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl Decode for WebUrl {
    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Self {
        let text = decoder.text_of(node).unwrap_or_default();
        let help = || "write the whole address, beginning with https:// or http://".to_owned();
        if let Value::Text(_) = node.value
            && !decoder.refuse_empty(node, text, help)
            && let Err(reason) = web_url(text)
        {
            let message = format!("`{text}` is not an address that a reader can follow: {reason}");
            let help = help_for_url(text, decoder);
            decoder.report(Code::InvalidUrl, node.span.clone(), message).help(help);
        }
        Self(text.to_owned())
    }

    fn placeholder() -> Self {
        Self(String::new())
    }

    fn schema() -> Schema {
        object_schema(json!({ "type": "string", "format": "uri", "pattern": "^https?://" }))
    }
}
