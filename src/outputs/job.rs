//! The files that annals generates: what each is, where it is written, and whether search engines may list it.

use super::feeds::Feed;
use super::maps::MAP;
use super::paths::{YEAR_EVENTS, print_is_divided, print_year_path, sitemap_part_path, year_path};
use super::{Site, filter, search};
use crate::id::{Collection, SitePath};
use crate::timeline::{ActorIx, Entry, EventIx, KindIx, PageIx, PlaceIx, ProcessIx};

/// A file to render.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Job {
    /// The timeline.
    Home,
    /// A year, by its number in the timeline's years.
    Year(usize),
    /// A month of a year that has a page for each month.
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
    /// A page.
    Page(PageIx),
    /// The sources of all events.
    Sources,
    /// A page of sources, if there are too many for one page.
    SourcesPart(usize),
    /// The corrections of all entries.
    Corrections,
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
    /// The events, for the filters' script.
    FilterEvents,
    /// The summaries of events, which the text filter searches.
    FilterSummaries,
    /// An Atom feed.
    Feed(Feed),
    /// The sitemap, or the index of its parts.
    Sitemap,
    /// A part of a sitemap that is too long for one file.
    SitemapPart(usize),
    /// robots.txt.
    Robots,
    /// The search page.
    Search,
    /// A file of the search index.
    SearchFile(search::File),
}

impl Job {
    /// Every HTML page except redirects: first those about the whole timeline, then those of documents.
    pub(super) fn pages(site: &Site) -> Vec<Self> {
        let timeline = &site.timeline;
        let mut jobs = vec![Self::Home, Self::NotFound, Self::Map, Self::Kinds];
        jobs.extend((0..timeline.kinds.len()).map(|number| Self::Kind(KindIx(number))));
        jobs.extend([Collection::Actors, Collection::Places, Collection::Processes].map(Self::Index));
        for (number, year) in timeline.years.iter().enumerate() {
            jobs.push(Self::Year(number));
            if year.count() > YEAR_EVENTS {
                jobs.extend(year.months.iter().filter_map(|month| month.month).map(|month| Self::Month(number, month)));
            }
        }
        jobs.push(Self::Sources);
        jobs.extend((0..site.works.parts.len()).map(Self::SourcesPart));
        jobs.extend([Self::Corrections, Self::Search, Self::Print]);
        if print_is_divided(timeline) {
            jobs.extend((0..timeline.years.len()).map(Self::PrintYear));
        }
        jobs.extend((0..timeline.pages.len()).map(|number| Self::Page(PageIx(number))));
        jobs.extend((0..timeline.processes.len()).map(|number| Self::Process(ProcessIx(number))));
        jobs.extend((0..timeline.actors.len()).map(|number| Self::Actor(ActorIx(number))));
        jobs.extend((0..timeline.places.len()).map(|number| Self::Place(PlaceIx(number))));
        jobs.extend((0..timeline.events.len()).map(|number| Self::Event(EventIx(number))));
        jobs.extend((0..timeline.retracted.len()).map(Self::Retracted));
        jobs
    }

    /// Whether it is a page that search engines may list. The sitemap has exactly these pages; every other HTML page says
    /// `noindex`: printable versions repeat other pages, and the rest has no content.
    #[must_use]
    pub fn is_indexed(&self) -> bool {
        match self {
            Self::Home | Self::Year(_) | Self::Month(..) | Self::Event(_) | Self::Index(_) | Self::Actor(_) => true,
            Self::Place(_) | Self::Process(_) | Self::Map | Self::Kinds | Self::Kind(_) | Self::Page(_) => true,
            Self::Sources | Self::SourcesPart(_) | Self::Corrections | Self::Search => true,
            Self::Retracted(_) | Self::Print | Self::PrintYear(_) | Self::NotFound | Self::Redirect { .. } => false,
            Self::FilterEvents | Self::FilterSummaries | Self::SearchFile(_) => false,
            Self::Feed(_) | Self::Sitemap | Self::SitemapPart(_) | Self::Robots => false,
        }
    }

    /// Where it is written.
    #[must_use]
    pub fn path(&self, site: &Site) -> SitePath {
        let timeline = &site.timeline;
        if let Some(entry) = self.entry(site) {
            return entry.path();
        }
        let fixed = match self {
            Self::Home => "index.html",
            Self::NotFound => "404.html",
            Self::Map => MAP,
            Self::Kinds => "kinds/index.html",
            Self::Sources => "sources.html",
            Self::Corrections => "corrections.html",
            Self::Print => "print.html",
            Self::Search => "search.html",
            Self::FilterEvents => filter::EVENTS,
            Self::FilterSummaries => filter::SUMMARIES,
            Self::Robots => "robots.txt",
            Self::Sitemap => "sitemap.xml",
            Self::Index(collection) => return SitePath::new(format!("{}/index.html", collection.folder())),
            Self::Kind(kind) => return timeline[*kind].path(),
            Self::Year(year) => return year_path(timeline.years[*year].year, None),
            Self::Month(year, month) => return year_path(timeline.years[*year].year, Some(*month)),
            Self::PrintYear(year) => return print_year_path(timeline.years[*year].year),
            Self::SourcesPart(part) => return site.works.parts[*part].path.clone(),
            Self::Redirect { from, .. } => return from.clone(),
            Self::Feed(feed) => return feed.path(timeline),
            Self::SitemapPart(part) => return SitePath::new(sitemap_part_path(*part)),
            Self::SearchFile(file) => return SitePath::new(file.path()),
            // These have an entry.
            Self::Event(_)
            | Self::Retracted(_)
            | Self::Actor(_)
            | Self::Place(_)
            | Self::Process(_)
            | Self::Page(_) => "",
        };
        SitePath::new(fixed)
    }

    /// The document whose page it is.
    #[must_use]
    pub fn entry<'s>(&self, site: &'s Site) -> Option<&'s Entry> {
        let timeline = &site.timeline;
        match self {
            Self::Event(event) => Some(&timeline[*event].entry),
            Self::Retracted(number) => Some(&timeline.retracted[*number].entry),
            Self::Actor(actor) => Some(&timeline[*actor].entry),
            Self::Place(place) => Some(&timeline[*place].entry),
            Self::Process(process) => Some(&timeline[*process].entry),
            Self::Page(page) => Some(&timeline[*page].entry),
            _ => None,
        }
    }
}
