//! The single values that files hold, each checked when it is read: a line of words, a date, a URL, a colour.
//!
//! No value is compared with another here. A wrong one is reported, and becomes a placeholder or is kept as written, so
//! that the rest of the file is still checked.

mod dates;
mod mailbox;
mod script;
mod url;
mod url_meant;
mod web_url;

use std::fmt;
use std::ops::Deref;

use language_tags::LanguageTag as Bcp47;
use serde_json::json;

use crate::diagnostic::Code;
use crate::foreign::{Kind, notations};
use crate::syntax::{Decode, Decoder, Node, Schema, Type, Value, choice, object_schema};

pub(crate) use dates::{EventDate, FullDate};
pub(crate) use mailbox::{mailbox_flaw, nearest_mailbox};
pub(crate) use script::script_tag;
pub(crate) use url::WebUrl;
pub(crate) use url_meant::{help_for_spaced_host, nearest_url, spaced_host, url_and_words};
pub(crate) use web_url::{percent_encoded, web_url};

/// Words on one line: white space is collapsed, and there must be at least one word. Empty if there was none, which was
/// reported.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Line(String);

impl Deref for Line {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Decode for Line {
    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Self {
        let line = collapsed(decoder.text_of(node).unwrap_or_default());
        if line.is_empty() && matches!(node.value, Value::Text(_)) {
            let help = "write some words, or remove the key".to_owned();
            let diagnostic = decoder.report(Code::EmptyValue, node.span.clone(), "the value is empty");
            diagnostic.help(help);
        }
        if let Value::Text(text) = &node.value {
            refuse_notation(text, node, decoder);
        }
        Self(line)
    }

    fn placeholder() -> Self {
        Self(String::new())
    }

    fn schema() -> Schema {
        object_schema(json!({ "type": "string", "minLength": 1 }))
    }
}

/// A text on one line, with one space between words.
fn collapsed(text: &str) -> String {
    let mut before = ' ';
    let is_in_place = |c: char| {
        let before = std::mem::replace(&mut before, c);
        !c.is_whitespace() || (c == ' ' && before != ' ')
    };
    // Nearly all are written that way.
    if text.chars().all(is_in_place) && before != ' ' {
        return text.to_owned();
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Reports the first comment or template code in a value that is shown, because nothing would hide it.
fn refuse_notation(text: &str, node: &Node, decoder: &mut Decoder<'_>) {
    let Some(found) = notations(text).next() else { return };
    let (code, help) = match found.kind {
        Kind::Template => (Code::TemplateCode, "write the text it should produce"),
        Kind::Closing => (Code::VisibleComment, "delete it; for an arrow, write →"),
        _ => (Code::VisibleComment, "write a note as a comment of the front matter, after a `#`, or under [private]"),
    };
    let span = decoder.span_within(node, text, found.span());
    decoder.report(code, span, found.message()).help(help);
}

/// Names of languages that authors may write instead of a tag, with their tags.
const LANGUAGES: &[(&str, &str)] = &[
    ("arabic", "ar"),
    ("chinese", "zh"),
    ("danish", "da"),
    ("dutch", "nl"),
    ("english", "en"),
    ("farsi", "fa"),
    ("finnish", "fi"),
    ("french", "fr"),
    ("german", "de"),
    ("deutsch", "de"),
    ("greek", "el"),
    ("hebrew", "he"),
    ("italian", "it"),
    ("japanese", "ja"),
    ("kurdish", "ku"),
    ("norwegian", "nb"),
    ("persian", "fa"),
    ("polish", "pl"),
    ("portuguese", "pt"),
    ("russian", "ru"),
    ("spanish", "es"),
    ("swedish", "sv"),
    ("turkish", "tr"),
    ("ukrainian", "uk"),
];

/// A BCP 47 language tag whose subtags are registered with IANA.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LanguageTag(String);

impl LanguageTag {
    /// Parses a tag (RFC 5646).
    ///
    /// # Errors
    /// The reason in a few words, if it is not well-formed or a subtag is not registered.
    pub fn parse(text: &str) -> Result<Self, String> {
        let tag = Bcp47::parse(text).map_err(|error| error.to_string())?;
        tag.validate().map_err(|error| error.to_string())?;
        Ok(Self(text.to_owned()))
    }

    /// Returns the help for a text that is not a tag: the tag of a language that is named in English, or the same with
    /// hyphens.
    #[must_use]
    pub fn help(text: &str) -> String {
        let hyphened = text.trim().replace('_', "-");
        let named = LANGUAGES.iter().find(|(name, _)| name.eq_ignore_ascii_case(&hyphened)).map(|(_, tag)| *tag);
        match named.or_else(|| Self::parse(&hyphened).is_ok().then_some(hyphened.as_str())) {
            Some(tag) => format!("did you mean `{tag}`?"),
            None => "tags are those of BCP 47: en, nb, ar, pt-BR".to_owned(),
        }
    }
}

impl Deref for LanguageTag {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl Decode for LanguageTag {
    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Self {
        let Some(text) = decoder.exact_text(node) else {
            return Self::placeholder();
        };
        if decoder.refuse_empty(node, text, || Self::help("")) {
            return Self::placeholder();
        }
        Self::parse(text).unwrap_or_else(|reason| {
            let message = format!("`{text}` is not a language tag: {reason}");
            decoder.report(Code::InvalidLanguage, node.span.clone(), message).help(Self::help(text));
            Self::placeholder()
        })
    }

    fn placeholder() -> Self {
        Self("en".to_owned())
    }

    fn schema() -> Schema {
        object_schema(json!({ "type": "string", "description": "a BCP 47 language tag" }))
    }
}

/// A colour as CSS writes it: `#rgb` or `#rrggbb`. An invalid one is reported and kept as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Colour(String);

impl Deref for Colour {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl Decode for Colour {
    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Self {
        const FORM: &str = "write it as #rgb or #rrggbb, the hexadecimal numbers of red, green and blue: \"#3366aa\"";
        let Some(text) = decoder.exact_text(node) else {
            return Self::placeholder();
        };
        if decoder.refuse_empty(node, text, || FORM.to_owned()) {
            return Self::placeholder();
        }
        let is_colour = |digits: &str| matches!(digits.len(), 3 | 6) && digits.chars().all(|c| c.is_ascii_hexdigit());
        if !text.strip_prefix('#').is_some_and(is_colour) {
            let message = format!("`{text}` is not a colour");
            let help = match nearest_colour(text) {
                Some(colour) => format!("write it as #rgb or #rrggbb: \"{colour}\""),
                None => FORM.to_owned(),
            };
            decoder.report(Code::InvalidColour, node.span.clone(), message).help(help);
        }
        Self(text.to_owned())
    }

    fn placeholder() -> Self {
        Self("#000".to_owned())
    }

    fn schema() -> Schema {
        object_schema(json!({ "type": "string", "pattern": "^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$" }))
    }
}

/// Returns the colour that a text resembles: one without `#`, or with `0x` or more signs around it, or with the
/// transparency that CSS allows, `#rgba` and `#rrggbbaa`, which is left out.
fn nearest_colour(text: &str) -> Option<String> {
    let digits = text.trim().trim_start_matches("0x").trim_start_matches('#');
    let (digits, rest) = digits.split_at(digits.find(|c: char| !c.is_ascii_hexdigit()).unwrap_or(digits.len()));
    let opaque = match digits.len() {
        3 | 4 => &digits[..3],
        6 | 8 => &digits[..6],
        _ => return None,
    };
    (!rest.contains(char::is_alphanumeric)).then(|| format!("#{opaque}"))
}

choice! {
    /// How well an event is established.
    pub enum Confidence("a level of confidence") {
        /// Several good sources agree.
        Confirmed = "confirmed",
        /// Well known, but only partly confirmed.
        Probable = "probable",
        /// Sources contradict one another.
        Disputed = "disputed",
        /// Claimed, and not confirmed by anyone else.
        Unverified = "unverified",
    }
}

/// A free-form table that templates get unchanged. Dates in it become texts, because JSON has none.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Extra(pub serde_json::Map<String, serde_json::Value>);

impl Decode for Extra {
    const REQUIRED: bool = false;

    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Self {
        decoder.free_table(node);
        if let serde_json::Value::Object(map) = node.value.to_json() {
            decoder.refuse_escaped(node);
            return Self(map);
        }
        decoder.wrong_type(node, Type::Table(None));
        Self::default()
    }

    fn placeholder() -> Self {
        Self::default()
    }

    fn schema() -> Schema {
        object_schema(json!({ "type": "object", "additionalProperties": true }))
    }
}

/// An author's private notes. Decoding skips them: no value is ever kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Private;

impl Decode for Private {
    const REQUIRED: bool = false;

    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Self {
        decoder.free_table(node);
        Self
    }

    fn placeholder() -> Self {
        Self
    }

    fn schema() -> Schema {
        Schema::new()
    }
}

#[cfg(test)]
mod tests {
    use super::nearest_colour;

    #[test]
    fn a_colour_is_suggested_where_the_digits_show_which() {
        for (written, colour) in [
            ("3366aa", "#3366aa"),
            ("0x3366AA", "#3366AA"),
            ("##36a", "#36a"),
            ("#3366aa;", "#3366aa"),
            ("#36ac", "#36a"),
            ("#3366aacc", "#3366aa"),
        ] {
            assert_eq!(nearest_colour(written).as_deref(), Some(colour), "{written}");
        }
        for written in ["#12345", "#1234567", "#123456789", "#12", "#", "red", "#3366aag", "rgb(1 2 3)"] {
            assert_eq!(nearest_colour(written), None, "{written}");
        }
    }
}
