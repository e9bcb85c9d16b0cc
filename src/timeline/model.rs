//! What a Timeline is made of.

use std::sync::Arc;

use crate::config::{Config, Family};
use crate::content::{ActorKind, Body, Importance};
use crate::date::{Day, EdtfDate};
use crate::fields::{Confidence, Extra};
use crate::id::{Collection, DocumentId, SitePath};
use crate::pictures::Header;

macro_rules! indices {
    ($($(#[doc = $doc:literal])* $name:ident into $list:ident: $item:ident;)*) => {
        $(
            $(#[doc = $doc])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
            pub struct $name(pub usize);

            impl std::ops::Index<$name> for Timeline {
                type Output = $item;

                fn index(&self, index: $name) -> &$item {
                    &self.$list[index.0]
                }
            }
        )*
    };
}

indices! {
    /// An event, by its place in the order of the timeline.
    EventIx into events: Event;
    /// An actor, by the order of names.
    ActorIx into actors: Actor;
    /// A place, by the order of names.
    PlaceIx into places: Place;
    /// A process, by the order of names.
    ProcessIx into processes: Process;
    /// A kind, in the site's order.
    KindIx into kinds: Kind;
    /// A page, in the order of the menu, then of titles.
    PageIx into pages: Page;
}

/// Any document of the Timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DocumentIx {
    /// An event.
    Event(EventIx),
    /// An actor.
    Actor(ActorIx),
    /// A place.
    Place(PlaceIx),
    /// A process.
    Process(ProcessIx),
    /// A page.
    Page(PageIx),
}

/// How often something occurs together with something else, most often first.
pub type Tally<T> = Vec<(T, usize)>;

/// The talks in which one actor and another took part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meetings {
    /// The other.
    pub with: ActorIx,
    /// Events of the family of talks (summits, meetings, visits, …), in order.
    pub events: Vec<EventIx>,
}

/// The whole site, resolved.
#[derive(Clone, Debug)]
pub struct Timeline {
    /// The site's settings.
    pub config: Config,
    /// The published events in their order, without the retracted ones.
    pub events: Vec<Event>,
    /// Events that were retracted: they keep their address and nothing else.
    pub retracted: Vec<Event>,
    /// The actors by name.
    pub actors: Vec<Actor>,
    /// The places by name.
    pub places: Vec<Place>,
    /// The processes by name.
    pub processes: Vec<Process>,
    /// The kinds in the site's order.
    pub kinds: Vec<Kind>,
    /// The pages in the order of the menu.
    pub pages: Vec<Page>,
    /// The years in which an event may begin.
    pub years: Vec<Year>,
    /// Files beside entries that entries link to: path inside `content/` and where they are written, which are the same.
    pub linked_files: Vec<SitePath>,
}

/// What all documents have in common.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Collection and id.
    pub id: DocumentId,
    /// The file it comes from, relative to the root.
    pub file: Arc<str>,
    /// Title or name.
    pub title: String,
    /// One or two sentences.
    pub summary: Option<String>,
    /// The text.
    pub body: Body,
    /// Old paths that lead here.
    pub aliases: Vec<crate::syntax::Spanned<SitePath>>,
    /// Its pictures, in the author's order.
    pub media: Vec<Media>,
    /// Documents whose text links here.
    pub linked_from: Vec<DocumentIx>,
    /// Values for the site's own templates.
    pub extra: Extra,
}

impl Entry {
    /// Where its page is written.
    #[must_use]
    pub fn path(&self) -> SitePath {
        self.id.path()
    }
}

/// A picture beside an entry.
#[derive(Clone, Debug)]
pub struct Media {
    /// The path of its file inside `content/`.
    pub file: String,
    /// What the beginning of its file tells: format and size.
    pub header: Header,
    /// Where its copies are written, without what tells them apart: `media/events/<id>/sochi`.
    pub stem: String,
    /// What is to be seen.
    pub alt: String,
    /// What stands below it.
    pub caption: Option<String>,
    /// Who made it.
    pub credit: Option<String>,
    /// The licence under which it may be shown.
    pub licence: Option<String>,
}

/// A claim's source, in the order of first citation.
#[derive(Clone, Debug)]
pub struct CitedSource {
    /// The id it is cited by.
    pub id: String,
    /// Title or description.
    pub title: String,
    /// Who published it.
    pub publisher: Option<String>,
    /// Where it can be read.
    pub url: Option<String>,
    /// When it was published.
    pub date: Option<EdtfDate>,
    /// The day on which it was read.
    pub accessed: Option<Day>,
    /// An archived copy.
    pub archive: Option<String>,
    /// Its language tag.
    pub language: Option<String>,
    /// How often the text cites it.
    pub citations: usize,
}

/// What one party says.
#[derive(Clone, Debug)]
pub struct Account {
    /// Who says it.
    pub by: ActorIx,
    /// What they say.
    pub says: String,
    /// The number of the source in the list of sources, from 0.
    pub source: Option<usize>,
}

/// What was mended after publication.
#[derive(Clone, Debug)]
pub struct Correction {
    /// When.
    pub date: Day,
    /// What.
    pub note: String,
}

/// Something that happened.
#[derive(Clone, Debug)]
pub struct Event {
    /// What all documents have.
    pub entry: Entry,
    /// When, as the source gives it.
    pub date: EdtfDate,
    /// What kind of event.
    pub kind: KindIx,
    /// Who took part, in the author's order.
    pub actors: Vec<ActorIx>,
    /// Where, in the author's order.
    pub places: Vec<PlaceIx>,
    /// The processes it belongs to.
    pub processes: Vec<ProcessIx>,
    /// Free words.
    pub tags: Vec<String>,
    /// How well it is established.
    pub confidence: Confidence,
    /// How large it stands.
    pub importance: Importance,
    /// Whether it is shown only because drafts were asked for.
    pub draft: bool,
    /// Earlier events that it continues or answers.
    pub follows: Vec<EventIx>,
    /// Later events that continue or answer it.
    pub followed_by: Vec<EventIx>,
    /// Its sources in the order of their numbers.
    pub sources: Vec<CitedSource>,
    /// Who says what.
    pub accounts: Vec<Account>,
    /// What was mended.
    pub corrections: Vec<Correction>,
    /// Why it was retracted.
    pub retracted: Option<String>,
}

/// An office that an actor held.
#[derive(Clone, Debug)]
pub struct Role {
    /// The office.
    pub title: String,
    /// Since when.
    pub from: Option<EdtfDate>,
    /// Until when.
    pub to: Option<EdtfDate>,
}

/// Somebody who acts.
#[derive(Clone, Debug)]
pub struct Actor {
    /// What all documents have.
    pub entry: Entry,
    /// What sort of actor.
    pub kind: Option<ActorKind>,
    /// What it belongs to.
    pub part_of: Vec<ActorIx>,
    /// What belongs to it.
    pub parts: Vec<ActorIx>,
    /// Its item in Wikidata.
    pub wikidata: Option<String>,
    /// Its offices.
    pub roles: Vec<Role>,
    /// Its events in order.
    pub events: Vec<EventIx>,
    /// Whom it met, most often first.
    pub meets: Vec<Meetings>,
    /// Where its events were.
    pub places: Tally<PlaceIx>,
}

/// An ISO 3166-1 alpha-2 code.
pub type CountryCode = String;

/// A point on the Earth, as exactly as it may be shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// Latitude in degrees, WGS 84, rounded to the place's precision.
    pub lat: f64,
    /// Longitude in degrees, WGS 84, rounded to the place's precision.
    pub lon: f64,
}

/// Where something happened.
#[derive(Clone, Debug)]
pub struct Place {
    /// What all documents have.
    pub entry: Entry,
    /// Its point, where it may be shown.
    pub point: Option<Point>,
    /// Its country.
    pub country: Option<CountryCode>,
    /// The place it lies in.
    pub within: Option<PlaceIx>,
    /// The places that lie in it.
    pub contains: Vec<PlaceIx>,
    /// Its events in order.
    pub events: Vec<EventIx>,
    /// Who took part in events here.
    pub actors: Tally<ActorIx>,
}

/// A thread of events.
#[derive(Clone, Debug)]
pub struct Process {
    /// What all documents have.
    pub entry: Entry,
    /// When it ran.
    pub date: Option<EdtfDate>,
    /// Its colour in charts.
    pub colour: Option<String>,
    /// Its events in order.
    pub events: Vec<EventIx>,
    /// Who took part in its events.
    pub actors: Tally<ActorIx>,
    /// Where its events were.
    pub places: Tally<PlaceIx>,
}

/// A kind of event.
#[derive(Clone, Debug)]
pub struct Kind {
    /// The word in front matter and URLs.
    pub id: Arc<str>,
    /// The site's own name for it; built-in kinds are named by the interface language.
    pub name: Option<String>,
    /// What it means.
    pub summary: Option<String>,
    /// Its family.
    pub family: Family,
    /// Its events in order.
    pub events: Vec<EventIx>,
}

impl Kind {
    /// Where its page is written.
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
    /// Its place in the menu.
    pub nav: Option<i64>,
}

/// A year in which events may begin.
#[derive(Clone, Debug)]
pub struct Year {
    /// Astronomical year.
    pub year: i64,
    /// Its months with events; first, without a month, the events of which only the year or less is known.
    pub months: Vec<YearMonth>,
}

impl Year {
    /// How many events the year has.
    #[must_use]
    pub fn count(&self) -> usize {
        self.months.iter().map(|month| month.events.len()).sum()
    }
}

/// A month's events.
#[derive(Clone, Debug)]
pub struct YearMonth {
    /// 1 to 12; `None` holds the events whose month is not known.
    pub month: Option<u8>,
    /// The events in order.
    pub events: Vec<EventIx>,
}

impl Timeline {
    /// The document's common part.
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

    /// The entries of a collection, retracted events too.
    pub fn entries(&self, collection: Collection) -> Box<dyn Iterator<Item = &Entry> + '_> {
        match collection {
            Collection::Events => Box::new(self.events.iter().chain(&self.retracted).map(|event| &event.entry)),
            Collection::Actors => Box::new(self.actors.iter().map(|actor| &actor.entry)),
            Collection::Places => Box::new(self.places.iter().map(|place| &place.entry)),
            Collection::Processes => Box::new(self.processes.iter().map(|process| &process.entry)),
            Collection::Pages => Box::new(self.pages.iter().map(|page| &page.entry)),
        }
    }

    /// The event before and the event after, in the order of a list that holds the event.
    #[must_use]
    pub fn neighbours(list: &[EventIx], event: EventIx) -> (Option<EventIx>, Option<EventIx>) {
        // Lists of events are in the order of the timeline, and so of indices.
        let Ok(at) = list.binary_search(&event) else {
            return (None, None);
        };
        let before = at.checked_sub(1).map(|before| list[before]);
        (before, list.get(at + 1).copied())
    }

    /// Other events that certainly or possibly began within three days of this one, nearest first, at most eight.
    #[must_use]
    pub fn same_week(&self, event: EventIx) -> Vec<EventIx> {
        const DAYS: i64 = 3;
        const MOST: usize = 8;
        let start = |ix: EventIx| self[ix].date.key().start.number();
        let distance = |ix: EventIx| (start(ix) - start(event)).abs();
        let before = (0..event.0).rev().map(EventIx).take_while(|ix| distance(*ix) <= DAYS);
        let after = (event.0 + 1..self.events.len()).map(EventIx).take_while(|ix| distance(*ix) <= DAYS);
        let known = |ix: &EventIx| self[*ix].date.shape() <= crate::date::Shape::Days;
        if !known(&event) {
            return Vec::new();
        }
        let mut near: Vec<_> = before.take(MOST * 4).chain(after.take(MOST * 4)).filter(known).collect();
        near.sort_by_key(|ix| (distance(*ix), *ix));
        near.truncate(MOST);
        near.sort_unstable();
        near
    }
}
