//! The list of pages: what each is, where it is written, and whether search engines may list it.

use super::works::Works;
use crate::id::{Collection, SitePath};
use crate::timeline::{ActorIx, Entry, EventIx, KindIx, PageIx, PlaceIx, ProcessIx, Timeline, Year};

/// The most events of a year on one page; beyond that, each month has a page.
const YEAR_EVENTS: usize = 1000;
/// One document to print holds the whole timeline up to this many events.
const ONE_DOCUMENT: usize = 500;

/// An HTML page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Page {
    /// The timeline.
    Home,
    /// A year, by its position in the timeline's years.
    Year(usize),
    /// A month, 1 to 12, of a year that has a page for each month; the year by its position.
    Month(usize, u8),
    /// An event.
    Event(EventIx),
    /// A retracted event, by its index among them.
    Retracted(usize),
    /// The index of a collection.
    Index(Collection),
    /// An actor.
    Actor(ActorIx),
    /// A place.
    Place(PlaceIx),
    /// A process.
    Process(ProcessIx),
    /// The map.
    Map,
    /// The index of kinds.
    Kinds,
    /// A kind.
    Kind(KindIx),
    /// A text about the site.
    Text(PageIx),
    /// The sources of all events.
    Sources,
    /// The sources of a publisher, or of the others of a letter: the number of the page, and its name without folder and
    /// extension.
    SourcesPart(usize, String),
    /// The votes of all events.
    Votes,
    /// The corrections of all entries.
    Corrections,
    /// The feed of corrections and changes, which says the same as pages.
    ChangesFeed,
    /// The files of open data.
    Data,
    /// The timeline for frames of other sites.
    Embed,
    /// The latest changes to all entries.
    Changes,
    /// The search page.
    Search,
    /// The whole timeline as one document, or the contents of its years.
    Print,
    /// A year as one document.
    PrintYear(usize),
    /// 404.html.
    NotFound,
    /// A page at an old address that redirects to another.
    Redirect {
        /// The old address.
        from: SitePath,
        /// The page.
        to: SitePath,
    },
}

impl Page {
    /// Lists every page except redirects: first those about the whole timeline, then those of documents.
    pub(super) fn all(timeline: &Timeline, works: &Works) -> Vec<Self> {
        let mut pages = vec![Self::Home, Self::NotFound, Self::Map, Self::Kinds];
        pages.extend((0..timeline.kinds.len()).map(|number| Self::Kind(KindIx(number))));
        pages.extend([Collection::Actors, Collection::Places, Collection::Processes].map(Self::Index));
        for (number, year) in timeline.years.iter().enumerate() {
            pages.push(Self::Year(number));
            if is_spread(year) {
                let months = year.months.iter().filter_map(|month| month.month);
                pages.extend(months.map(|month| Self::Month(number, month)));
            }
        }
        pages.push(Self::Sources);
        pages.extend((0..works.pages.len()).map(|number| Self::sources_part(number, works)));
        pages.extend(timeline.has_votes().then_some(Self::Votes));
        pages.push(Self::Corrections);
        pages.extend(timeline.has_changes().then_some(Self::Changes));
        pages.extend(timeline.config.base_url.as_ref().map(|_| Self::ChangesFeed));
        pages.extend([Self::Data, Self::Embed, Self::Search, Self::Print]);
        if print_is_divided(timeline) {
            pages.extend((0..timeline.years.len()).map(Self::PrintYear));
        }
        pages.extend((0..timeline.pages.len()).map(|number| Self::Text(PageIx(number))));
        pages.extend((0..timeline.processes.len()).map(|number| Self::Process(ProcessIx(number))));
        pages.extend((0..timeline.actors.len()).map(|number| Self::Actor(ActorIx(number))));
        pages.extend((0..timeline.places.len()).map(|number| Self::Place(PlaceIx(number))));
        pages.extend(timeline.all_events().map(Self::Event));
        pages.extend((0..timeline.retracted.len()).map(Self::Retracted));
        pages
    }

    /// Returns the page of a year (astronomical); `None` if no event may begin in it.
    pub(super) fn of_year(year: i64, timeline: &Timeline) -> Option<Self> {
        timeline.years.binary_search_by_key(&year, |item| item.year).ok().map(Self::Year)
    }

    /// Returns the page of works with this number.
    pub(super) fn sources_part(number: usize, works: &Works) -> Self {
        Self::SourcesPart(number, works.page_name(number))
    }

    /// Returns whether it is a page that search engines may list. Documents to print and embed.html repeat what other pages
    /// hold, and the rest that may not be listed has no content.
    pub(super) fn is_indexed(&self) -> bool {
        match self {
            Self::Home | Self::Year(_) | Self::Month(..) | Self::Event(_) | Self::Index(_) | Self::Actor(_) => true,
            Self::Place(_) | Self::Process(_) | Self::Map | Self::Kinds | Self::Kind(_) | Self::Text(_) => true,
            Self::Sources | Self::SourcesPart(..) | Self::Votes | Self::Corrections | Self::Search => true,
            Self::Changes | Self::Data => true,
            Self::Retracted(_) | Self::Print | Self::PrintYear(_) | Self::NotFound | Self::Redirect { .. } => false,
            Self::ChangesFeed | Self::Embed => false,
        }
    }

    /// Returns whether a menu can link to it, so that its header marks it as the current page. Pages of which there are
    /// many cannot be in menus, and share their headers.
    pub(super) fn may_be_in_menus(&self) -> bool {
        match self {
            Self::Home | Self::Index(_) | Self::Map | Self::Kinds | Self::Text(_) | Self::Sources => true,
            Self::Votes | Self::Corrections | Self::Changes | Self::Search | Self::Print | Self::NotFound => true,
            Self::Data => true,
            Self::Year(_) | Self::Month(..) | Self::Event(_) | Self::Retracted(_) | Self::Actor(_) => false,
            Self::Place(_) | Self::Process(_) | Self::Kind(_) | Self::SourcesPart(..) => false,
            Self::PrintYear(_) | Self::Redirect { .. } | Self::ChangesFeed | Self::Embed => false,
        }
    }

    /// Returns the path to which it is written.
    pub(super) fn path(&self, timeline: &Timeline) -> SitePath {
        let year = |number: usize| year_name(timeline.years[number].year);
        if let Some(entry) = self.entry(timeline) {
            return entry.path();
        }
        match self {
            Self::Home => SitePath::new("index.html"),
            Self::NotFound => SitePath::new("404.html"),
            Self::Map => SitePath::new("map.html"),
            Self::Kinds => SitePath::new("kinds/index.html"),
            Self::Sources => SitePath::new("sources.html"),
            Self::Votes => SitePath::new("votes.html"),
            Self::Corrections => SitePath::new("corrections.html"),
            Self::ChangesFeed => SitePath::new("feeds/changes.xml"),
            Self::Data => SitePath::new("data.html"),
            Self::Embed => SitePath::new("embed.html"),
            Self::Changes => SitePath::new("changes.html"),
            Self::Print => SitePath::new("print.html"),
            Self::Search => SitePath::new("search.html"),
            Self::Index(collection) => SitePath::new(format!("{}/index.html", collection.folder())),
            Self::Kind(kind) => timeline[*kind].path(),
            Self::Year(number) => SitePath::new(format!("timeline/{}.html", year(*number))),
            Self::Month(number, month) => SitePath::new(format!("timeline/{}-{month:02}.html", year(*number))),
            Self::PrintYear(number) => SitePath::new(format!("print/{}.html", year(*number))),
            Self::SourcesPart(_, name) => SitePath::new(format!("sources/{name}.html")),
            Self::Redirect { from, .. } => from.clone(),
            // These have an entry.
            Self::Event(_)
            | Self::Retracted(_)
            | Self::Actor(_)
            | Self::Place(_)
            | Self::Process(_)
            | Self::Text(_) => SitePath::new(""),
        }
    }

    /// Returns the document whose page it is.
    pub(super) fn entry<'t>(&self, timeline: &'t Timeline) -> Option<&'t Entry> {
        match self {
            Self::Event(event) => Some(&timeline[*event].entry),
            Self::Retracted(number) => Some(&timeline.retracted[*number].entry),
            Self::Actor(actor) => Some(&timeline[*actor].entry),
            Self::Place(place) => Some(&timeline[*place].entry),
            Self::Process(process) => Some(&timeline[*process].entry),
            Self::Text(page) => Some(&timeline[*page].entry),
            _ => None,
        }
    }
}

/// Returns whether a year is spread over a page for each month.
pub(super) fn is_spread(year: &Year) -> bool {
    year.count() > YEAR_EVENTS
}

/// Returns whether the printable version is divided, so that each year is a document of its own.
pub(super) fn print_is_divided(timeline: &Timeline) -> bool {
    timeline.events.len() > ONE_DOCUMENT
}

/// Returns a year (astronomical) as file names have it: `2017`, `0044`, `-44`.
fn year_name(year: i64) -> String {
    if (0..=9999).contains(&year) { format!("{year:04}") } else { year.to_string() }
}
