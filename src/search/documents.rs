//! The searchable documents: every published page with content of its own, and the lines of its text.
//!
//! Retracted events are not included: their pages keep an address, but no claims.

use super::corpus::Corpus;
use crate::timeline::{Actor, ActorIx, Entry, EventIx, KindIx, PageIx, PlaceIx, ProcessIx, Timeline};

/// A page in the search index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Document {
    Event(EventIx),
    Actor(ActorIx),
    Place(PlaceIx),
    Process(ProcessIx),
    Kind(KindIx),
    Page(PageIx),
}

/// Where a line of text comes from, which determines how much a word in it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Title,
    /// Other names of an actor, by which it is found as by its title.
    OtherName,
    /// Date in words: shown beside the title, so not part of excerpts.
    Date,
    Summary,
    /// Names of actors, places, processes and the kind; tags and offices.
    Names,
    /// A line of [`Entry::plain_text`].
    Body,
    /// What parties say happened.
    Accounts,
    /// Titles and publishers of sources.
    Sources,
}

impl Field {
    /// Returns as how many occurrences in the body one occurrence here counts.
    pub(super) const fn weight(self) -> f32 {
        match self {
            Self::Title => 3.0,
            Self::Summary => 2.0,
            Self::Names | Self::OtherName => 1.5,
            Self::Date | Self::Body | Self::Accounts => 1.0,
            Self::Sources => 0.4,
        }
    }
}

/// The values for pages other than events in the filter by kind, each with the key of the collection's name. The slash
/// distinguishes them from the ids of kinds.
pub(crate) const COLLECTIONS: [(&str, &str); 5] = [
    ("actors/", "actors"),
    ("places/", "places"),
    ("processes/", "processes"),
    ("kinds/", "kinds"),
    ("pages/", "search-pages"),
];

/// Returns how many documents there are.
pub(super) fn count(timeline: &Timeline) -> usize {
    timeline.events.len()
        + timeline.actors.len()
        + timeline.places.len()
        + timeline.processes.len()
        + timeline.kinds.len()
        + timeline.pages.len()
}

impl Document {
    /// Returns the document with a number from 0: events in the order of the timeline, then actors, places, processes,
    /// kinds and pages.
    pub(super) fn of(mut number: usize, timeline: &Timeline) -> Self {
        let mut within = |length: usize| {
            let here = (number < length).then_some(number);
            number = number.wrapping_sub(length);
            here
        };
        let event = within(timeline.events.len()).map(|ix| Self::Event(EventIx(ix)));
        let actor = event.or_else(|| within(timeline.actors.len()).map(|ix| Self::Actor(ActorIx(ix))));
        let place = actor.or_else(|| within(timeline.places.len()).map(|ix| Self::Place(PlaceIx(ix))));
        let process = place.or_else(|| within(timeline.processes.len()).map(|ix| Self::Process(ProcessIx(ix))));
        let kind = process.or_else(|| within(timeline.kinds.len()).map(|ix| Self::Kind(KindIx(ix))));
        kind.unwrap_or(Self::Page(PageIx(number)))
    }

    /// Returns the address of its page from the site's root.
    pub(super) fn url(self, corpus: &Corpus<'_>) -> String {
        match self {
            Self::Kind(ix) => corpus.timeline[ix].path().url(),
            _ => self.entry(corpus.timeline).map(|entry| entry.path().url()).unwrap_or_default(),
        }
    }

    /// Returns its title or name.
    pub(super) fn title<'a>(self, corpus: &Corpus<'a>) -> &'a str {
        match self {
            Self::Kind(ix) => corpus.kind_name(ix),
            _ => self.entry(corpus.timeline).map_or("", |entry| &entry.title),
        }
    }

    /// Returns when it was, in words; empty if it has no date.
    pub(super) fn date_words(self, corpus: &Corpus<'_>) -> String {
        let date = match self {
            Self::Event(ix) => Some(&corpus.timeline[ix].date),
            Self::Process(ix) => corpus.timeline[ix].date.as_ref(),
            _ => None,
        };
        date.map(|date| date.words(corpus.locale)).unwrap_or_default()
    }

    /// Returns its position in the list of kinds that the filter offers: those of the site, then [`COLLECTIONS`].
    pub(super) fn kind(self, timeline: &Timeline) -> usize {
        let kinds = timeline.kinds.len();
        match self {
            Self::Event(ix) => timeline[ix].kind.0,
            Self::Actor(_) => kinds,
            Self::Place(_) => kinds + 1,
            Self::Process(_) => kinds + 2,
            Self::Kind(_) => kinds + 3,
            Self::Page(_) => kinds + 4,
        }
    }

    /// Calls `each` with every line: the title first, then the date in words and the lines of the text.
    pub(super) fn lines(self, corpus: &Corpus<'_>, each: &mut dyn FnMut(Field, &str)) {
        each(Field::Title, self.title(corpus));
        each(Field::Date, &self.date_words(corpus));
        self.text(corpus, each);
    }

    /// Calls `each` with every line of its text, for excerpts, in the order in which readers want them.
    pub(super) fn text(self, corpus: &Corpus<'_>, each: &mut dyn FnMut(Field, &str)) {
        let timeline = corpus.timeline;
        if let Self::Kind(ix) = self {
            each(Field::Summary, timeline[ix].summary.as_deref().unwrap_or_default());
        }
        let Some(entry) = self.entry(timeline) else { return };
        each(Field::Summary, entry.summary.as_deref().unwrap_or_default());
        entry.plain_text().lines().for_each(|line| each(Field::Body, line));
        match self {
            Self::Event(ix) => event_lines(corpus, ix, each),
            Self::Actor(ix) => actor_lines(&timeline[ix], each),
            _ => {}
        }
    }

    pub(super) fn entry(self, timeline: &Timeline) -> Option<&Entry> {
        match self {
            Self::Event(ix) => Some(&timeline[ix].entry),
            Self::Actor(ix) => Some(&timeline[ix].entry),
            Self::Place(ix) => Some(&timeline[ix].entry),
            Self::Process(ix) => Some(&timeline[ix].entry),
            Self::Page(ix) => Some(&timeline[ix].entry),
            Self::Kind(_) => None,
        }
    }
}

pub(super) fn actor_lines(actor: &Actor, each: &mut dyn FnMut(Field, &str)) {
    actor.native_name.iter().chain(&actor.names).for_each(|name| each(Field::OtherName, name));
    actor.roles.iter().for_each(|role| each(Field::Names, &role.title));
}

pub(super) fn event_lines(corpus: &Corpus<'_>, ix: EventIx, each: &mut dyn FnMut(Field, &str)) {
    let timeline = corpus.timeline;
    let event = &timeline[ix];
    event.accounts.iter().for_each(|account| each(Field::Accounts, &account.says));
    let actors = event.actors.iter().map(|ix| timeline[*ix].entry.title.as_str());
    let places = event.places.iter().map(|ix| timeline[*ix].entry.title.as_str());
    let processes = event.processes.iter().map(|ix| timeline[*ix].entry.title.as_str());
    actors.chain(places).chain(processes).for_each(|name| each(Field::Names, name));
    each(Field::Names, corpus.kind_name(event.kind));
    event.tags.iter().for_each(|tag| each(Field::Names, tag));
    for source in &event.sources {
        each(Field::Sources, &source.title);
        each(Field::Sources, source.publisher.as_deref().unwrap_or_default());
    }
}

/// Estimates the length of all texts in bytes by that of their HTML, without reading any.
pub(super) fn estimated_length(timeline: &Timeline) -> usize {
    let of = |entry: &Entry| entry.text.length + entry.title.len() + 300;
    let events = timeline.events.iter().map(|event| of(&event.entry));
    let others = timeline.actors.iter().map(|actor| of(&actor.entry));
    let others = others.chain(timeline.places.iter().map(|place| of(&place.entry)));
    let others = others.chain(timeline.processes.iter().map(|process| of(&process.entry)));
    let others = others.chain(timeline.pages.iter().map(|page| of(&page.entry)));
    events.chain(others).sum()
}
