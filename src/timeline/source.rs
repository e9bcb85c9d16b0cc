//! Sources and accounts of events.

use super::index::ActorIx;
use crate::content::SourceKind;
use crate::date::{Day, EdtfDate};
use crate::fields::Confidence;

/// A source of an event.
#[derive(Clone, Debug)]
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
    /// Who relays it, if it was read there.
    pub relay: Option<String>,
    /// Where it can be read.
    pub url: Option<String>,
    /// When it was published.
    pub date: Option<EdtfDate>,
    /// The day on which it was read.
    pub accessed: Option<Day>,
    /// An archived copy.
    pub archive: Option<String>,
    /// The BCP 47 tag of its language.
    pub language: Option<String>,
    /// How often the text cites it.
    pub citations: usize,
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
    /// How well it is established, where that differs from the event.
    pub confidence: Option<Confidence>,
}
