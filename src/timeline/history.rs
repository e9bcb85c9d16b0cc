//! How entries changed since they were first published, according to the site's git repository.
//!
//! Only what was published at the time, and could be published today, is here: nothing that a draft or a private field said.
//! Of the repository itself, only the moments and shortened ids of commits are here.

use std::sync::Arc;

use super::index::{DocumentIx, KindIx};
use super::point::Point;
use crate::content::{ActorKind, Precision};
use crate::date::{EdtfDate, Moment};
use crate::fields::Confidence;

/// The beginning of a commit's id, long enough to find the commit.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CommitId(Arc<str>);

impl CommitId {
    /// How many hexadecimal digits it has.
    const DIGITS: usize = 10;

    /// Shortens the id of a commit to its first 10 digits.
    #[must_use]
    pub fn of(id: &str) -> Self {
        Self(id.get(..Self::DIGITS).unwrap_or(id).into())
    }

    /// Returns its hexadecimal digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The history of the site as a whole.
#[derive(Clone, Debug, Default)]
pub struct Past {
    /// The folder of the site in its repository: empty, or ending in `/`.
    pub folder: String,
    /// The moment at which the known history begins, in a shallow clone or a very long history; `None` if it is complete.
    pub begins: Option<Moment>,
    /// The changes to all entries, newest first.
    pub changes: Vec<ChangeIx>,
}

/// A change, by the entry and its position there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChangeIx {
    /// The entry.
    pub entry: ChangedEntry,
    /// The position in [`History::changes`].
    pub change: usize,
}

/// An entry that changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangedEntry {
    /// A document.
    Document(DocumentIx),
    /// A retracted event, by its index among them.
    Retracted(usize),
}

/// The history of an entry.
#[derive(Clone, Debug, Default)]
pub struct History {
    /// Its changes, earliest first. The first is [`ChangeSort::Added`] if it is known when the entry was published.
    pub changes: Vec<Change>,
}

/// A change from one published revision to the next.
#[derive(Clone, Debug)]
pub struct Change {
    /// When it was published: the moment of its commit, or the end of an embargo if that came later.
    pub moment: Moment,
    /// Its commit.
    pub commit: CommitId,
    /// What sort of change it is.
    pub sort: ChangeSort,
    /// The facts that changed, in the order in which pages show them. Empty if `facts` under `[history]` is false.
    pub facts: Vec<ChangedFact>,
    /// The parts of the entry that changed besides these facts.
    pub parts: Vec<Part>,
    /// The corrections that it records, as indices into the event's corrections.
    pub corrections: Vec<usize>,
}

/// A sort of change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeSort {
    /// The entry was published for the first time.
    Added,
    /// A mistake was corrected, and the entry says so.
    Corrected,
    /// A fact changed.
    Changed,
    /// Words, pictures or details of sources changed, and no fact.
    Edited,
    /// The entry was retracted.
    Retracted,
}

impl ChangeSort {
    /// Returns its word in messages and class names.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Corrected => "corrected",
            Self::Changed => "changed",
            Self::Edited => "edited",
            Self::Retracted => "retracted",
        }
    }
}

/// A fact before and after a change.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangedFact {
    /// Which fact it is.
    pub fact: Fact,
    /// The old value; of a list, the items that were removed.
    pub from: Vec<FactValue>,
    /// The new value; of a list, the items that were added.
    pub to: Vec<FactValue>,
}

macro_rules! names {
    ($(#[doc = $doc:literal])* pub enum $name:ident { $($(#[doc = $of:literal])* $variant:ident $word:literal,)* }) => {
        $(#[doc = $doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $($(#[doc = $of])* $variant,)*
        }

        impl $name {
            /// The word for it in messages.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }
        }
    };
}

names! {
    /// A fact of an entry.
    pub enum Fact {
        /// The title of an event or page, or the name of an actor, place or process.
        Title "title",
        /// When an event happened, or a process ran.
        Date "date",
        /// The kind of an event.
        Kind "kind",
        /// What sort of actor somebody is.
        ActorKind "actor-kind",
        /// Who took part.
        Actors "actors",
        /// Where it happened.
        Places "places",
        /// The processes of an event.
        Processes "processes",
        /// How well an event is established.
        Confidence "confidence",
        /// The body that voted.
        VoteBody "vote-body",
        /// What was voted on.
        VoteDocument "vote-document",
        /// How many voted in favour.
        VoteYes "vote-yes",
        /// How many voted against.
        VoteNo "vote-no",
        /// How many abstained.
        VoteAbstained "vote-abstained",
        /// How many were absent.
        VoteAbsent "vote-absent",
        /// Who voted against.
        VoteAgainst "vote-against",
        /// Who abstained.
        VoteAbstaining "vote-abstaining",
        /// Who did not vote.
        VoteNotVoting "vote-not-voting",
        /// How a vote ended.
        VoteAdopted "vote-outcome",
        /// Where its claims come from.
        Sources "sources",
        /// The events that it follows.
        Follows "follows",
        /// Its free words.
        Tags "tags",
        /// Other names of an actor.
        Names "names",
        /// What an actor belongs to.
        PartOf "part-of",
        /// The offices of an actor.
        Roles "roles",
        /// The point of a place.
        Coordinates "coordinates",
        /// How exactly a place is shown.
        Precision "precision",
        /// The country of a place.
        Country "country",
        /// What contains a place.
        Within "within",
    }
}

names! {
    /// A part of an entry that changed. Pages only name it.
    pub enum Part {
        /// The summary.
        Summary "summary",
        /// The text.
        Text "text",
        /// What the parties say.
        Accounts "accounts",
        /// Details of sources: addresses, archived copies, languages.
        SourceDetails "source-details",
        /// Pictures.
        Media "media",
        /// Something else that is published.
        Other "other",
    }
}

/// A value of a fact.
#[derive(Clone, Debug, PartialEq)]
pub enum FactValue {
    /// Words of the entry.
    Text(String),
    /// A number.
    Number(u32),
    /// A date.
    Date(EdtfDate),
    /// A kind of event that the site still has.
    Kind(KindIx),
    /// A sort of actor.
    ActorKind(ActorKind),
    /// A level of confidence.
    Confidence(Confidence),
    /// A document that the timeline still has.
    Document(DocumentIx),
    /// A document or kind that is no longer in the timeline, so pages cannot name it.
    Gone,
    /// Whether what was voted on was adopted.
    Adopted(bool),
    /// A source: its title, its publisher and its date.
    Source(String, Option<String>, Option<EdtfDate>),
    /// A point, rounded to the strictest precision that the place ever had.
    Point(Point),
    /// How exactly a place is shown.
    Precision(Precision),
    /// A country, by its ISO 3166-1 alpha-2 code.
    Country(String),
}

impl History {
    /// Returns when the entry was first published; `None` if that is not known.
    #[must_use]
    pub fn created(&self) -> Option<Moment> {
        self.changes.first().filter(|change| change.sort == ChangeSort::Added).map(|change| change.moment)
    }

    /// Returns when the entry last changed; `None` if no change is known.
    #[must_use]
    pub fn changed(&self) -> Option<Moment> {
        self.changes.iter().map(|change| change.moment).max()
    }
}
