//! Front matter of any kind of document.

use super::actor::ActorMatter;
use super::records::{Common, EventMatter, PageMatter, PlaceMatter, ProcessMatter};
use super::source::Source;
use crate::fields::Line;
use crate::id::Collection;
use crate::syntax::{Decode, Decoder, Node};

/// The front matter, by kind of document.
#[derive(Clone, Debug, PartialEq)]
pub enum Matter {
    /// An event.
    Event(Box<EventMatter>),
    /// An actor.
    Actor(Box<ActorMatter>),
    /// A place.
    Place(Box<PlaceMatter>),
    /// A process.
    Process(Box<ProcessMatter>),
    /// A page.
    Page(Box<PageMatter>),
}

impl Matter {
    /// Returns the title of an event or page, or the name of an actor, place or process.
    #[must_use]
    pub fn title(&self) -> &Line {
        match self {
            Self::Event(event) => &event.title,
            Self::Actor(actor) => &actor.name,
            Self::Place(place) => &place.name,
            Self::Process(process) => &process.name,
            Self::Page(page) => &page.title,
        }
    }

    /// Returns the values of the keys that all kinds of document have.
    #[must_use]
    pub fn common(&self) -> &Common {
        match self {
            Self::Event(event) => &event.common,
            Self::Actor(actor) => &actor.common,
            Self::Place(place) => &place.common,
            Self::Process(process) => &process.common,
            Self::Page(page) => &page.common,
        }
    }

    /// Returns the id of its item in Wikidata, `Q` and digits. Pages have none.
    #[must_use]
    pub fn wikidata(&self) -> Option<&str> {
        let item = match self {
            Self::Event(event) => &event.wikidata,
            Self::Actor(actor) => &actor.wikidata,
            Self::Place(place) => &place.wikidata,
            Self::Process(process) => &process.wikidata,
            Self::Page(_) => &None,
        };
        item.as_ref().map(|item| item.0.as_str())
    }

    /// Returns the sources that the text can cite. Only events have any.
    pub(super) fn sources(&self) -> &[Source] {
        match self {
            Self::Event(event) => &event.sources,
            _ => &[],
        }
    }

    /// Reads the front matter of a document of a collection.
    pub(super) fn decode(collection: Collection, node: &Node, decoder: &mut Decoder<'_>) -> Self {
        match collection {
            Collection::Events => Self::Event(Box::new(EventMatter::decode(node, decoder))),
            Collection::Actors => Self::Actor(Box::new(ActorMatter::decode(node, decoder))),
            Collection::Places => Self::Place(Box::new(PlaceMatter::decode(node, decoder))),
            Collection::Processes => Self::Process(Box::new(ProcessMatter::decode(node, decoder))),
            Collection::Pages => Self::Page(Box::new(PageMatter::decode(node, decoder))),
        }
    }

    /// Returns the substitute for front matter that could not be read.
    pub(super) fn placeholder(collection: Collection) -> Self {
        match collection {
            Collection::Events => Self::Event(Box::new(EventMatter::placeholder())),
            Collection::Actors => Self::Actor(Box::new(ActorMatter::placeholder())),
            Collection::Places => Self::Place(Box::new(PlaceMatter::placeholder())),
            Collection::Processes => Self::Process(Box::new(ProcessMatter::placeholder())),
            Collection::Pages => Self::Page(Box::new(PageMatter::placeholder())),
        }
    }
}
