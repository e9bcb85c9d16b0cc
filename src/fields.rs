//! The single values that files hold, each checked when it is read: a line of words, a date, a URL, a colour.

use std::fmt;
use std::ops::Deref;

use language_tags::LanguageTag as Bcp47;
use serde_json::json;
use url::Url;

use crate::date::EdtfDate;
use crate::diagnostic::Code;
use crate::syntax::{Decode, Decoder, Node, Schema, Value, choice, object_schema};

/// Words on one line: white space is folded, and there must be some words.
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
        let line = String::decode(node, decoder).split_whitespace().collect::<Vec<_>>().join(" ");
        if line.is_empty() && matches!(node.value, Value::Text(_)) {
            let help = "write some words, or take the key out".to_owned();
            let diagnostic = decoder.report(Code::EmptyValue, node.span.clone(), "there are no words here");
            diagnostic.help = Some(help);
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

impl Decode for EdtfDate {
    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Self {
        let text = match &node.value {
            Value::Text(text) | Value::Datetime(text) => text,
            Value::Integer { plain: Some(text), .. } => text,
            Value::Integer { number, plain: None } => {
                let message = format!("{number} is a number; a date that is not a whole day is text");
                let help = format!("put it between quotes: \"{number}\"");
                decoder.report(Code::InvalidDate, node.span.clone(), message).help = Some(help);
                return Self::unknown();
            }
            _ => {
                decoder.wrong_type(node, "a date");
                return Self::unknown();
            }
        };
        // TOML lets a space stand between date and time and lets seconds have a fraction or be left out; EDTF does not.
        let text = text.replacen(' ', "T", usize::from(matches!(node.value, Value::Datetime(_))));
        match Self::parse(&text) {
            Ok(date) => date,
            Err(error) => {
                let rest = error.offset.min(text.len())..text.len();
                let span = decoder.span_within(node, &text, rest);
                let span = if span.is_empty() { node.span.clone() } else { span };
                let message = format!("`{text}` is not a date: {}", error.reason);
                let help = "dates are EDTF: 2017, 2017-11, 2017-11-20, 2017-11-20/2017-11-22, 2017-11~, 2011-03-15/..";
                decoder.report(Code::InvalidDate, span, message).help = Some(help.to_owned());
                Self::unknown()
            }
        }
    }

    fn placeholder() -> Self {
        Self::unknown()
    }

    fn schema() -> Schema {
        object_schema(json!({
            "description": "A TOML date, or EDTF (ISO 8601-2) of level 0, 1 or 2 as text",
            "type": ["string", "integer"],
        }))
    }
}

/// A whole calendar day, such as a correction's or an embargo's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FullDate(pub crate::date::Day);

impl Decode for FullDate {
    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Self {
        let before = decoder.diagnostics.len();
        let date = EdtfDate::decode(node, decoder);
        match (date.earliest(), date.latest()) {
            (Some(day), Some(last)) if day == last && !date.is_approximate() && !date.is_uncertain() => Self(day),
            _ => {
                if decoder.diagnostics.len() == before && node.value != Value::Broken {
                    let message = format!("`{date}` is not a whole day");
                    let help = "this date takes year, month and day: 2018-01-31".to_owned();
                    decoder.report(Code::InvalidDate, node.span.clone(), message).help = Some(help);
                }
                Self::placeholder()
            }
        }
    }

    fn placeholder() -> Self {
        Self(crate::date::Day { year: 0, month: 1, day: 1 })
    }

    fn schema() -> Schema {
        object_schema(json!({ "type": "string", "format": "date" }))
    }
}

/// An address that a reader can follow: http or https, absolute.
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
        let text = String::decode(node, decoder);
        if let Value::Text(_) = node.value
            && let Err(reason) = web_url(&text)
        {
            let message = format!("`{text}` is not an address that a reader can follow: {reason}");
            let help = "write the whole address, beginning with https:// or http://".to_owned();
            decoder.report(Code::InvalidUrl, node.span.clone(), message).help = Some(help);
        }
        Self(text)
    }

    fn placeholder() -> Self {
        Self(String::new())
    }

    fn schema() -> Schema {
        object_schema(json!({ "type": "string", "format": "uri", "pattern": "^https?://" }))
    }
}

/// Whether a text is an absolute http or https URL, and if not, why.
///
/// # Errors
/// The reason in a few words.
pub fn web_url(text: &str) -> Result<(), String> {
    if text.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"\\^`{|}".contains(c)) {
        return Err("it holds a character that no URL has".to_owned());
    }
    let url = Url::parse(text).map_err(|error| match error {
        url::ParseError::RelativeUrlWithoutBase => "it does not begin with https:// or http://".to_owned(),
        other => other.to_string(),
    })?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(format!("`{}` is neither http nor https", url.scheme()));
    }
    if !text.to_ascii_lowercase().starts_with(&format!("{}://", url.scheme())) {
        return Err(format!("write `{}://`", url.scheme()));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("it holds a user name or a password".to_owned());
    }
    Ok(())
}

/// Languages that authors write by name, and their tags.
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
    /// Reads a tag.
    ///
    /// # Errors
    /// The reason in a few words.
    pub fn parse(text: &str) -> Result<Self, String> {
        let tag = Bcp47::parse(text).map_err(|error| error.to_string())?;
        tag.validate().map_err(|error| error.to_string())?;
        Ok(Self(text.to_owned()))
    }

    /// What to write in place of a text that is not a tag.
    #[must_use]
    pub fn help(text: &str) -> String {
        let hyphened = text.trim().replace('_', "-");
        let named = LANGUAGES.iter().find(|(name, _)| name.eq_ignore_ascii_case(&hyphened)).map(|(_, tag)| *tag);
        match named.or_else(|| Self::parse(&hyphened).is_ok().then_some(hyphened.as_str())) {
            Some(tag) => format!("did you mean `{tag}`?"),
            None => "tags are those of BCP 47: en, nb, ar, pt-BR".to_owned(),
        }
    }

    /// `rtl` where the language is written from right to left, else `ltr`.
    #[must_use]
    pub fn direction(&self) -> &'static str {
        const RIGHT_TO_LEFT: &[&str] =
            &["ar", "arc", "ckb", "dv", "fa", "he", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"];
        let primary = self.0.split('-').next().unwrap_or_default().to_ascii_lowercase();
        let latin = self.0.split('-').any(|part| part.eq_ignore_ascii_case("latn"));
        if RIGHT_TO_LEFT.contains(&primary.as_str()) && !latin { "rtl" } else { "ltr" }
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
        Self::parse(&text).unwrap_or_else(|reason| {
            let message = format!("`{text}` is not a language tag: {reason}");
            decoder.report(Code::InvalidLanguage, node.span.clone(), message).help = Some(Self::help(&text));
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

/// A colour as CSS writes it: `#rgb` or `#rrggbb`.
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
        let Some(text) = decoder.exact_text(node) else {
            return Self::placeholder();
        };
        let is_colour = |digits: &str| matches!(digits.len(), 3 | 6) && digits.chars().all(|c| c.is_ascii_hexdigit());
        if !text.strip_prefix('#').is_some_and(is_colour) {
            let message = format!("`{text}` is not a colour");
            let digits = text.trim_start_matches("0x").trim_start_matches('#');
            let help = match digits.get(..6).or(digits.get(..3)).filter(|digits| is_colour(digits)) {
                Some(digits) => format!("write it as #rgb or #rrggbb: \"#{digits}\""),
                None => "write it as #rgb or #rrggbb, the hexadecimal numbers of red, green and blue: \"#3366aa\""
                    .to_owned(),
            };
            decoder.report(Code::InvalidColour, node.span.clone(), message).help = Some(help);
        }
        Self(text)
    }

    fn placeholder() -> Self {
        Self("#000".to_owned())
    }

    fn schema() -> Schema {
        object_schema(json!({ "type": "string", "pattern": "^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$" }))
    }
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

/// A free-form table that is handed to templates as it is.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Extra(pub serde_json::Map<String, serde_json::Value>);

impl Decode for Extra {
    const REQUIRED: bool = false;

    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Self {
        decoder.free_table(node);
        if let serde_json::Value::Object(map) = node.value.to_json() {
            return Self(map);
        }
        decoder.wrong_type(node, "a table");
        Self::default()
    }

    fn placeholder() -> Self {
        Self::default()
    }

    fn schema() -> Schema {
        object_schema(json!({ "type": "object", "additionalProperties": true }))
    }
}

/// What an author keeps to themselves. It is read past: no value of it is ever held.
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
