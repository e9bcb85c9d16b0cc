//! The Timeline itself, and the events, places, processes, kinds and pages in it.

use std::sync::{Arc, OnceLock};

use super::actor::{Actor, Tally};
use super::entry::Entry;
use super::history::Past;
use super::index::{ActorIx, DocumentIx, EventIx, KindIx, ListIx, PageIx, PlaceIx, ProcessIx};
use super::point::Point;
use super::source::{Account, CitedSource};
use super::vote::Vote;
use super::works::CitedWorks;
use crate::config::{Config, Family};
use crate::content::{Importance, Precision, Show};
use crate::date::{Day, EdtfDate};
use crate::fields::Confidence;
use crate::id::{Collection, SitePath};

macro_rules! indexed {
    ($($index:ident into $list:ident: $item:ident;)*) => {
        $(
            impl std::ops::Index<$index> for Timeline {
                type Output = $item;

                fn index(&self, index: $index) -> &$item {
                    &self.$list[index.0]
                }
            }
        )*
    };
}

indexed! {
    EventIx into events: Event;
    ActorIx into actors: Actor;
    PlaceIx into places: Place;
    ProcessIx into processes: Process;
    KindIx into kinds: Kind;
    PageIx into pages: Page;
    ListIx into lists: EventList;
}

/// The whole site, resolved.
#[derive(Clone, Debug)]
pub struct Timeline {
    /// The site's settings.
    pub config: Config,
    /// The published events in timeline order, without the retracted ones. Successive Timelines share unchanged events.
    pub events: Vec<Arc<Event>>,
    /// Retracted events, of which only the address, title and reason are published.
    pub retracted: Vec<Event>,
    /// The actors by name.
    pub actors: Vec<Actor>,
    /// The places by name.
    pub places: Vec<Place>,
    /// The processes by name.
    pub processes: Vec<Process>,
    /// The kinds in the site's order.
    pub kinds: Vec<Kind>,
    /// The pages: those in the menu by their position, then the others by title.
    pub pages: Vec<Page>,
    /// The years with events. An event counts in the year of its first possible day.
    pub years: Vec<Year>,
    /// The lists of events that queries in texts ask for.
    pub lists: Vec<EventList>,
    /// Groups of actors that the matrix of meetings keeps together, in the site's order.
    pub blocs: Vec<Bloc>,
    /// The places that the map is about, if the site names any.
    pub focus: Vec<PlaceIx>,
    /// Files in `content/` that published entries link to, by their path inside `content/`, which is also their path in the
    /// site.
    pub linked_files: Vec<SitePath>,
    /// The history of the site.
    pub past: Past,
    /// The works that events cite; [`Timeline::works()`] gathers them on first use.
    pub works: OnceLock<Arc<CitedWorks>>,
    /// An identity that Timelines share if they differ only in the titles, summaries and texts of events:
    /// [`Timeline::has_shape_of`] compares it.
    pub shape: Arc<()>,
}

/// A group of actors that the matrix of meetings keeps together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bloc {
    /// Its name.
    pub name: String,
    /// Its actors, in the site's order.
    pub actors: Vec<ActorIx>,
}

/// Something that was corrected after publication.
#[derive(Clone, Debug)]
pub struct Correction {
    /// The day of the correction.
    pub date: Day,
    /// What was wrong and what was done.
    pub note: String,
}

/// Something that happened.
#[derive(Clone, Debug)]
pub struct Event {
    /// What all documents have.
    pub entry: Entry,
    /// A shorter title, if it has one.
    pub short_title: Option<String>,
    /// When it happened, as exactly as the sources say.
    pub date: EdtfDate,
    /// Its kind, which determines its family.
    pub kind: KindIx,
    /// Who took part, in the author's order.
    pub actors: Vec<ActorIx>,
    /// Where it happened, in the author's order.
    pub places: Vec<PlaceIx>,
    /// The processes it belongs to.
    pub processes: Vec<ProcessIx>,
    /// Free words, which its page shows.
    pub tags: Vec<String>,
    /// How well it is established.
    pub confidence: Confidence,
    /// How prominently lists and charts show it.
    pub importance: Importance,
    /// Whether it is a draft, published only because of `--drafts`.
    pub draft: bool,
    /// Earlier events that it continues or answers, in timeline order.
    pub follows: Vec<EventIx>,
    /// Later events that continue or answer it.
    pub followed_by: Vec<EventIx>,
    /// Its sources in the order of their numbers: first those that the text cites, by first citation; then those of accounts;
    /// then the rest.
    pub sources: Vec<CitedSource>,
    /// How a body voted, if the event records a vote.
    pub vote: Option<Box<Vote>>,
    /// What the parties say about it, in the author's order.
    pub accounts: Vec<Account>,
    /// What was corrected after publication, by day.
    pub corrections: Vec<Correction>,
    /// Why it was retracted; `None` if it was not.
    pub retracted: Option<String>,
}

/// The events that fit a query in a text.
#[derive(Clone, Debug)]
pub struct EventList {
    /// The events, in the order in which the text shows them.
    pub events: Vec<EventIx>,
    /// How it shows them.
    pub show: Show,
}

/// An ISO 3166-1 alpha-2 code.
pub(super) type CountryCode = String;

/// Where something happened.
#[derive(Clone, Debug)]
pub struct Place {
    /// What all documents have.
    pub entry: Entry,
    /// Its point, if it has one that may be shown.
    pub point: Option<Point>,
    /// How exactly it may be shown.
    pub precision: Precision,
    /// The country it is in.
    pub country: Option<CountryCode>,
    /// The place that contains it.
    pub within: Option<PlaceIx>,
    /// The places within it.
    pub contains: Vec<PlaceIx>,
    /// Its events in order.
    pub events: Vec<EventIx>,
    /// The actors that took part in events here.
    pub actors: Tally<ActorIx>,
}

/// A thread of events.
#[derive(Clone, Debug)]
pub struct Process {
    /// What all documents have.
    pub entry: Entry,
    /// When it ran.
    pub date: Option<EdtfDate>,
    /// Its colour for templates, as `#rgb` or `#rrggbb`.
    pub colour: Option<String>,
    /// Its events in order.
    pub events: Vec<EventIx>,
    /// The actors that took part in its events.
    pub actors: Tally<ActorIx>,
    /// The places of its events.
    pub places: Tally<PlaceIx>,
}

/// A kind of event.
#[derive(Clone, Debug)]
pub struct Kind {
    /// The word used in front matter and URLs.
    pub id: Arc<str>,
    /// The site's own name for it; built-in kinds are named by the interface language.
    pub name: Option<String>,
    /// What it means.
    pub summary: Option<String>,
    /// Its family, which determines colour and shape.
    pub family: Family,
    /// Its events in order.
    pub events: Vec<EventIx>,
}

impl Kind {
    /// Returns the path of its page in the built site.
    #[must_use]
    pub fn path(&self) -> SitePath {
        SitePath::new(format!("kinds/{}.html", self.id))
    }
}

/// A text about the site.
#[derive(Clone, Debug)]
pub struct Page {
    /// What all documents have.
    pub entry: Entry,
    /// Its position in the menu, lowest first; `None` if it is not in the menu.
    pub nav: Option<i64>,
}

/// A year with events. An event counts in the year of its first possible day.
#[derive(Clone, Debug)]
pub struct Year {
    /// The astronomical year: 0 is 1 BC.
    pub year: i64,
    /// Its months with events. Events whose month is unknown come first.
    pub months: Vec<YearMonth>,
}

impl Year {
    /// Returns how many events the year has.
    #[must_use]
    pub fn count(&self) -> usize {
        self.months.iter().map(|month| month.events.len()).sum()
    }
}

/// A month's events.
#[derive(Clone, Debug)]
pub struct YearMonth {
    /// 1 to 12; `None` for the events whose month is unknown.
    pub month: Option<u8>,
    /// The events in order.
    pub events: Vec<EventIx>,
}

impl Timeline {
    /// Returns whether any event records a vote.
    #[must_use]
    pub fn has_votes(&self) -> bool {
        self.events.iter().any(|event| event.vote.is_some())
    }

    /// Returns the numbers of all events, in order.
    pub fn all_events(&self) -> impl DoubleEndedIterator<Item = EventIx> + ExactSizeIterator + use<> {
        (0..self.events.len()).map(EventIx)
    }

    /// Returns whether this and another Timeline differ only in the titles, summaries and texts of events.
    #[must_use]
    pub fn has_shape_of(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.shape, &other.shape)
    }

    /// Returns what a document has in common with all others.
    #[must_use]
    pub fn entry(&self, document: DocumentIx) -> &Entry {
        match document {
            DocumentIx::Event(event) => &self[event].entry,
            DocumentIx::Actor(actor) => &self[actor].entry,
            DocumentIx::Place(place) => &self[place].entry,
            DocumentIx::Process(process) => &self[process].entry,
            DocumentIx::Page(page) => &self[page].entry,
        }
    }

    /// Gives mutable access to the same, only while the Timeline is made.
    pub(crate) fn entry_mut(&mut self, document: DocumentIx) -> &mut Entry {
        match document {
            DocumentIx::Event(event) => &mut Arc::make_mut(&mut self.events[event.0]).entry,
            DocumentIx::Actor(actor) => &mut self.actors[actor.0].entry,
            DocumentIx::Place(place) => &mut self.places[place.0].entry,
            DocumentIx::Process(process) => &mut self.processes[process.0].entry,
            DocumentIx::Page(page) => &mut self.pages[page.0].entry,
        }
    }

    /// Returns the entries of a collection, retracted events last.
    pub fn entries(&self, collection: Collection) -> Box<dyn Iterator<Item = &Entry> + '_> {
        match collection {
            Collection::Events => {
                let retracted = self.retracted.iter().map(|event| &event.entry);
                Box::new(self.events.iter().map(|event| &event.entry).chain(retracted))
            }
            Collection::Actors => Box::new(self.actors.iter().map(|actor| &actor.entry)),
            Collection::Places => Box::new(self.places.iter().map(|place| &place.entry)),
            Collection::Processes => Box::new(self.processes.iter().map(|process| &process.entry)),
            Collection::Pages => Box::new(self.pages.iter().map(|page| &page.entry)),
        }
    }
}
