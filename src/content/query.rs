//! Queries: which events a text lists or counts, as its author wrote them.

use super::id_ref::IdRef;
use crate::date::EdtfDate;
use crate::diagnostic::{Code, Problems, Span};
use crate::key::Keyer;
use crate::source_path::SourcePath;
use crate::syntax::{Decode, Decoder, Keys, Node, Schema, Spanned, Value, choice, object_schema, record};

choice! {
    /// How the events of a query are shown.
    pub enum Show("a way to show events") {
        /// A line for each event.
        List = "list",
        /// A row for each event.
        Table = "table",
        /// Their number.
        Count = "count",
    }
}

choice! {
    /// In which order the events of a query are shown.
    pub enum Direction("an order of events") {
        /// As the timeline has them.
        Oldest = "oldest",
        /// The last event first.
        Newest = "newest",
    }
}

choice! {
    /// Which votes a query is about.
    pub enum VoteChoice("a choice of votes") {
        /// Every vote.
        Any = "any",
        /// Those by which something was adopted.
        Adopted = "adopted",
        /// Those by which nothing was, without a veto.
        Rejected = "rejected",
        /// Those that a veto stopped.
        Vetoed = "vetoed",
    }
}

record! {
    /// Which events a text lists or counts: those that fit every key that is given.
    pub struct Query("a query") {
        /// The ids of events: these and no others, in this order.
        events: Names,
        /// The id of a process, or a list of ids: events of any of them.
        process: Names,
        /// The id of a kind, or a list of ids: events of any of them.
        kind: Names,
        /// The id of an actor, or a list of ids: events in which all of them took part.
        actor: Names,
        /// The id of a place, or a list of ids: events at any of them.
        place: Names,
        /// EDTF: events that begin on its first day or later.
        from: Option<Spanned<EdtfDate>>,
        /// EDTF: events that begin on its last day or earlier.
        to: Option<Spanned<EdtfDate>>,
        /// Events in which a body voted, by how that ended.
        vote: Option<VoteChoice>,
        /// How they are shown.
        show: Option<Show>,
        /// In which order they are shown.
        order: Option<Spanned<Direction>>,
    }
}

impl Query {
    /// Reports `from` without a first day, `to` without a last day, and `order` in a query that lists its events by id.
    pub(super) fn check(&self, file: &SourcePath, problems: &mut Problems) {
        let from = self.from.as_ref().filter(|from| from.earliest().is_none()).map(|from| ("first", from));
        let to = self.to.as_ref().filter(|to| to.latest().is_none()).map(|to| ("last", to));
        for (which, date) in from.into_iter().chain(to) {
            let message = format!("`{}` has no {which} day, so it limits nothing", date.value);
            let help = "write a day, a month, a year or a period whose end is known";
            problems.report(Code::InvalidQuery, (file, date.span.clone()), message).help(help);
        }
        if let Some(order) = self.order.as_ref().filter(|_| !self.events.0.is_empty()) {
            let message = "the events of `events` are shown in the order in which they are listed";
            problems.report(Code::InvalidQuery, (file, order.span.clone()), message).help("remove `order`");
        }
    }
}

impl Query {
    /// Adds everything that it asks for to a key, but not where it is written.
    pub(super) fn add_to(&self, keyer: &mut Keyer) {
        let Self { events, process, kind, actor, place, from, to, vote, show, order } = self;
        for Names(ids) in [events, process, kind, actor, place] {
            keyer.number(ids.len() as u64);
            ids.iter().for_each(|id| _ = keyer.text(&id.value.0));
        }
        for date in [from, to] {
            keyer.maybe(date.as_ref().map(|date| date.canonical()).as_deref());
        }
        let order = order.as_ref().map(|order| order.name());
        keyer.maybe(vote.map(VoteChoice::name)).maybe(show.map(Show::name)).maybe(order);
    }
}

/// One id, or a list of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Names(pub Vec<Spanned<IdRef>>);

impl Decode for Names {
    const REQUIRED: bool = false;
    const KEYS: Keys = &[];

    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Self {
        Self(match &node.value {
            Value::List(items) if items.is_empty() => {
                let help = "write at least one id between the brackets, or remove the key";
                decoder.report(Code::EmptyValue, node.span.clone(), "the list is empty").help(help);
                Vec::new()
            }
            Value::List(items) => items.iter().map(|item| Spanned::decode(item, decoder)).collect(),
            _ => vec![Spanned::decode(node, decoder)],
        })
    }

    fn placeholder() -> Self {
        Self::default()
    }

    fn schema() -> Schema {
        object_schema(serde_json::json!({ "type": ["string", "array"], "items": IdRef::schema() }))
    }
}

/// A query in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct TextQuery {
    /// Which events it is about.
    pub query: Query,
    /// What the text does with them.
    pub purpose: Purpose,
    /// Where it is in the file.
    pub span: Span,
}

/// What a text does with the events of a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// It shows them.
    Show,
    /// It says how many they are.
    Assert {
        /// The number that it gives.
        number: usize,
        /// The zero of the digits in which it is written.
        zero: char,
    },
}
