//! The one model that every format becomes: entries to write, with the names that they mention.

use crate::content::MatterValue;
use crate::id::Collection;

use super::at::At;
use super::loss::Losses;
use super::names::{Name, Names};

/// How a document gets its id.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Wish {
    /// The id that the input gives: of its own data, or of a row of a data set.
    Given(String),
    /// An id made from a date and a title. If two entries want the same, the later one gets a suffix.
    Made(String),
}

/// One event, or a document that the input describes completely.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// What it is.
    pub collection: Collection,
    /// How it gets its id.
    pub id: Wish,
    /// The sub-folder of its collection's folder; empty for none.
    pub folder: String,
    /// Its front matter, except the names below.
    pub fields: Vec<(&'static str, MatterValue)>,
    /// Who took part.
    pub actors: Vec<Name>,
    /// Where it happened.
    pub places: Vec<Name>,
    /// The processes that it belongs to.
    pub processes: Vec<Name>,
    /// The text below the front matter, in markdown.
    pub text: String,
    /// Where it is in the input.
    pub at: At,
}

impl Entry {
    /// Makes an event without any field.
    #[must_use]
    pub(super) fn event(id: Wish, at: At) -> Self {
        Self::document(Collection::Events, id, at)
    }

    /// Makes a document without any field.
    #[must_use]
    pub(super) fn document(collection: Collection, id: Wish, at: At) -> Self {
        Self {
            collection,
            id,
            folder: String::new(),
            fields: Vec::new(),
            actors: Vec::new(),
            places: Vec::new(),
            processes: Vec::new(),
            text: String::new(),
            at,
        }
    }

    /// Adds a key, if it has a value. An entry must not get the same key twice.
    pub(super) fn set(&mut self, key: &'static str, value: Option<MatterValue>) {
        if let Some(value) = value {
            self.fields.push((key, value));
        }
    }

    /// Returns the value of a key.
    #[must_use]
    pub(super) fn get(&self, key: &str) -> Option<&MatterValue> {
        self.fields.iter().find(|(name, _)| *name == key).map(|(_, value)| value)
    }
}

/// A kind of event that entries need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NeededKind {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its family, which determines colour and shape.
    pub family: String,
    /// What it means.
    pub summary: Option<String>,
}

impl NeededKind {
    /// Makes a kind without a summary.
    #[must_use]
    pub(super) fn new(id: &str, name: &str, family: &str) -> Self {
        Self { id: id.to_owned(), name: name.to_owned(), family: family.to_owned(), summary: None }
    }
}

/// Everything that was read from an input.
#[derive(Debug)]
pub(super) struct Harvest {
    /// The settings that the input has for a new `site.toml`, in the order in which they are written; tables follow the others.
    pub settings: Vec<(&'static str, MatterValue)>,
    /// The kinds that the entries have.
    pub kinds: Vec<NeededKind>,
    /// The entries, in the order of the input.
    pub entries: Vec<Entry>,
    /// The actors that they name.
    pub actors: Names,
    /// The places that they name.
    pub places: Names,
    /// The processes that they name.
    pub processes: Names,
    /// What was lost.
    pub losses: Losses,
}

impl Default for Harvest {
    fn default() -> Self {
        Self {
            settings: Vec::new(),
            kinds: Vec::new(),
            entries: Vec::new(),
            actors: Names::of(Collection::Actors),
            places: Names::of(Collection::Places),
            processes: Names::of(Collection::Processes),
            losses: Losses::default(),
        }
    }
}

impl Harvest {
    /// Remembers a kind that an entry has, unless its id is known already.
    pub(super) fn need(&mut self, kind: NeededKind) {
        if !self.kinds.iter().any(|known| known.id == kind.id) {
            self.kinds.push(kind);
        }
    }
}
