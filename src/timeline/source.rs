//! Sources and accounts of events.

use super::index::ActorIx;
use crate::content::SourceKind;
use crate::date::{Day, EdtfDate};
use crate::fields::Confidence;
use crate::key::Keyer;

/// A source of an event.
#[derive(Clone, Debug, Hash)]
pub struct CitedSource {
    /// The id it is cited by.
    pub id: String,
    /// The title as published, or a description.
    pub title: String,
    /// Whether the title is the author's description, not the publisher's words.
    pub is_described: bool,
    /// What sort of work it is.
    pub kind: Option<SourceKind>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Who relays it, if it was read at a relay and not at its publisher.
    pub relay: Option<String>,
    /// Where it can be read.
    pub url: Option<String>,
    /// When it was published.
    pub date: Option<EdtfDate>,
    /// The day on which it was read.
    pub accessed: Option<Day>,
    /// An archived copy.
    pub archive: Option<String>,
    /// The SHA-256 of the copy, as 64 hexadecimal digits.
    pub archive_sha256: Option<String>,
    /// The BCP 47 tag of its language.
    pub language: Option<String>,
    /// How often the text cites it.
    pub citations: usize,
}

/// The identity by which two sources count as the same work: the address, or without one the title, publisher and date.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum WorkIdentity<'a> {
    /// Its address.
    Address(&'a str),
    /// Its title, publisher and date in canonical EDTF.
    Words(&'a str, Option<&'a str>, Option<String>),
}

impl CitedSource {
    /// Returns the identity of the work that it is.
    #[must_use]
    pub fn work(&self) -> WorkIdentity<'_> {
        match &self.url {
            Some(url) => WorkIdentity::Address(url),
            None => {
                let date = self.date.as_ref().map(EdtfDate::canonical);
                WorkIdentity::Words(&self.title, self.publisher.as_deref(), date)
            }
        }
    }
}

impl WorkIdentity<'_> {
    /// Adds the identity to a key.
    pub fn add_to(&self, keyer: &mut Keyer) {
        match self {
            Self::Address(url) => keyer.number(0).text(url),
            Self::Words(title, publisher, date) => keyer.number(1).text(title).maybe(*publisher).maybe(date.as_deref()),
        };
    }
}

/// What one party says about an event.
#[derive(Clone, Debug)]
pub struct Account {
    /// Who says it.
    pub by: ActorIx,
    /// What they say.
    pub says: String,
    /// The index of the source that reports it, in the event's list of sources.
    pub source: Option<usize>,
    /// How well it is established, if the author gives the account a level of its own.
    pub confidence: Option<Confidence>,
}
