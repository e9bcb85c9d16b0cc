//! `[publication]`: who is responsible for a timeline, for citations and data files.

use serde_json::json;

use crate::diagnostic::Code;
use crate::fields::Line;
use crate::syntax::{Decode, Decoder, Node, Schema, Type, Value, object_schema, record};

record! {
    /// Who publishes the timeline, for citations and data.
    pub struct PublicationConfig("[publication]") {
        /// Who publishes it (the site's title).
        publisher: Option<Line>,
        /// Who wrote it, each as `Family name, given names`, or an organisation in one piece.
        authors: Vec<Line>,
        /// The version of the data, in the publisher's own numbering.
        version: Option<Line>,
        /// Its Digital Object Identifier, without `https://doi.org/`.
        doi: Option<Doi>,
    }
}

/// Who publishes the timeline.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Publication {
    /// The publisher; `None` if site.toml names none.
    pub publisher: Option<String>,
    /// The authors.
    pub authors: Vec<Author>,
    /// The version of the data.
    pub version: Option<String>,
    /// The Digital Object Identifier: `10.5281/zenodo.1234`.
    pub doi: Option<String>,
}

/// Somebody who wrote the timeline.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Author {
    /// A person.
    Person {
        /// The family name.
        family: String,
        /// The given names.
        given: String,
    },
    /// An organisation.
    Organisation(String),
}

impl Author {
    /// Parses the name of an author: a person if a comma divides it, as in `Family name, given names`, else an organisation.
    #[must_use]
    pub fn of(name: &str) -> Self {
        match name.split_once(',').map(|(family, given)| (family.trim(), given.trim())) {
            Some((family, given)) if !family.is_empty() && !given.is_empty() => {
                Self::Person { family: family.to_owned(), given: given.to_owned() }
            }
            _ => Self::Organisation(name.to_owned()),
        }
    }

    /// Returns the name in one piece, as `Family name, given names` for a person.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Person { family, given } => format!("{family}, {given}"),
            Self::Organisation(name) => name.clone(),
        }
    }
}

impl Publication {
    /// Returns whom to name as the author of a site with this title: its authors, or else its publisher, or else the site
    /// itself.
    #[must_use]
    pub fn creators(&self, title: &str) -> Vec<Author> {
        if self.authors.is_empty() {
            let name = self.publisher.as_deref().unwrap_or(title);
            return vec![Author::Organisation(name.to_owned())];
        }
        self.authors.clone()
    }
}

impl From<PublicationConfig> for Publication {
    fn from(config: PublicationConfig) -> Self {
        let text = |line: Line| line.to_string();
        Self {
            publisher: config.publisher.map(text),
            authors: config.authors.iter().map(|line| Author::of(line)).collect(),
            version: config.version.map(text),
            doi: config.doi.map(|doi| doi.0),
        }
    }
}

/// A Digital Object Identifier (ISO 26324), without a resolver's address: `10.5281/zenodo.1234`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doi(String);

/// Prefixes with which a DOI is often written, but that do not belong to it.
const RESOLVERS: [&str; 5] =
    ["https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "http://dx.doi.org/", "doi:"];

impl Doi {
    /// Returns whether a text is a DOI: `10.`, a registrant's digits and dots, a slash, and a suffix without spaces.
    fn is_valid(text: &str) -> bool {
        let parts = text.strip_prefix("10.").and_then(|rest| rest.split_once('/'));
        parts.is_some_and(|(registrant, suffix)| {
            let digits = registrant.split('.').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()));
            digits && !suffix.is_empty() && !suffix.contains(|c: char| c.is_whitespace() || c.is_control())
        })
    }
}

impl Decode for Doi {
    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Self {
        let Value::Text(text) = &node.value else {
            decoder.wrong_type(node, Type::Text);
            return Self::placeholder();
        };
        if Self::is_valid(text) {
            return Self(text.to_string());
        }
        let bare = RESOLVERS.iter().find_map(|resolver| {
            let start = text.get(..resolver.len())?;
            start.eq_ignore_ascii_case(resolver).then(|| text[resolver.len()..].trim())
        });
        let help = match bare.filter(|bare| Self::is_valid(bare)) {
            Some(bare) => format!("write only the identifier: \"{bare}\""),
            None => "a DOI begins with 10., a number and a slash: \"10.5281/zenodo.1234\"".to_owned(),
        };
        decoder.report(Code::InvalidValue, node.span.clone(), format!("`{text}` is not a DOI")).help(help);
        Self::placeholder()
    }

    fn placeholder() -> Self {
        Self(String::new())
    }

    fn schema() -> Schema {
        object_schema(json!({ "type": "string", "pattern": "^10\\.[0-9.]+/\\S+$" }))
    }
}
