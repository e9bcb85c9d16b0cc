//! Texts of a fixed form in front matter: the id of an item in Wikidata, a country's code, a hash.
//!
//! An invalid text is reported and kept as written. An empty one, or a value that is not text, becomes an empty text.

use serde_json::json;

use crate::diagnostic::Code;
use crate::syntax::{Decode, Decoder, Node, Schema, object_schema};

/// The id of a Wikidata item: `Q` and digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WikidataId(pub String);

/// An ISO 3166-1 alpha-2 code: two capital letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountryCode(pub String);

/// A SHA-256 hash: 64 hexadecimal digits in lower case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sha256(pub String);

/// Implements [`Decode`] for a text type. `$what` completes "… is not" in the report, `$help` describes the form,
/// `$pattern` is the JSON Schema's, `$valid` checks a text, and `$meant` guesses a valid text from an invalid one.
macro_rules! formed_text {
    ($name:ident, $what:literal, $help:literal, $pattern:literal, $valid:expr, $meant:expr) => {
        impl Decode for $name {
            fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Self {
                let Some(text) = decoder.exact_text(node) else {
                    return Self::placeholder();
                };
                if decoder.refuse_empty(node, text, || $help.to_owned()) {
                    return Self::placeholder();
                }
                let valid: fn(&str) -> bool = $valid;
                if !valid(text) {
                    let message = format!(concat!("`{}` is not ", $what), text);
                    let meant: fn(&str) -> String = $meant;
                    let meant = Some(meant(text)).filter(|meant| valid(meant));
                    let help = meant.map_or_else(|| $help.to_owned(), |meant| format!("write \"{meant}\""));
                    decoder.report(Code::InvalidValue, node.span.clone(), message).help(help);
                }
                Self(text.to_owned())
            }

            fn placeholder() -> Self {
                Self(String::new())
            }

            fn schema() -> Schema {
                object_schema(json!({ "type": "string", "pattern": $pattern }))
            }
        }
    };
}

formed_text!(
    WikidataId,
    "a Wikidata item",
    "write it as Q and digits: Q7747",
    "^Q[1-9][0-9]*$",
    |text| {
        let digits = text.strip_prefix('Q').unwrap_or_default();
        digits.parse::<u64>().is_ok_and(|number| number > 0) && !digits.starts_with(['0', '+'])
    },
    // The URL of an item ends in its id.
    |text| {
        let name = text.trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_uppercase();
        if name.starts_with(|c: char| c.is_ascii_digit()) { format!("Q{name}") } else { name }
    }
);
formed_text!(
    CountryCode,
    "a country code",
    "write the two capital letters of ISO 3166-1: RU",
    "^[A-Z]{2}$",
    |text| text.len() == 2 && text.bytes().all(|b| b.is_ascii_uppercase()),
    |text| text.trim().to_uppercase()
);
formed_text!(
    Sha256,
    "a SHA-256 hash",
    "write its 64 hexadecimal digits in lower case, as `sha256sum` prints them",
    "^[0-9a-f]{64}$",
    |text| text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')),
    // What other tools print around it or in capitals.
    |text| {
        let text = text.trim().to_lowercase();
        let bare = text.trim_start_matches("sha256").trim_start_matches([':', '-', '=']);
        bare.split_whitespace().next().unwrap_or_default().to_owned()
    }
);
