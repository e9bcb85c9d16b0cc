//! The HTML pages. `page.rs` lists them; most other files add to [`PageWriter`] what pages of one sort show, or make what
//! many pages share.

mod around;
mod basis;
mod cards;
mod changes;
mod changes_feed;
mod charts;
mod citation;
mod data;
mod embed;
mod entities;
mod entry_links;
mod event;
mod event_list;
mod fill;
mod frame;
mod head;
mod history;
mod items;
mod kinds;
mod lists;
mod locator;
mod map;
mod page;
mod pictures;
mod print;
mod publishers;
mod scales;
mod search;
mod shared;
mod slots;
mod sources;
mod texts;
mod time;
mod titles;
mod vote;
mod votes;
mod work_line;
mod works;
mod writer;

pub(super) use page::Page;

use super::draft::Draft;
use super::family::{Indexed, OutputFamily};
use super::site::Site;
use crate::date::Day;
use crate::id::SitePath;
use crate::timeline::{Entry, Timeline};
use shared::Shared;
use writer::PageWriter;

impl OutputFamily for Page {
    const ID: &'static str = "pages";

    type Shared = Shared;

    fn shared(timeline: &Timeline) -> Shared {
        Shared::new(timeline)
    }

    fn shared_after(timeline: &Timeline, earlier: &Timeline, shared: &Shared) -> Shared {
        Shared::after(timeline, earlier, shared)
    }

    fn plan(site: &Site, shared: &Shared, _indexed: &dyn Fn() -> Vec<Indexed>) -> Vec<Self> {
        Self::all(&site.timeline, &shared.works)
    }

    fn path(&self, timeline: &Timeline) -> SitePath {
        Self::path(self, timeline)
    }

    fn entry<'t>(&self, timeline: &'t Timeline) -> Option<&'t Entry> {
        Self::entry(self, timeline)
    }

    fn is_indexed(&self) -> bool {
        Self::is_indexed(self)
    }

    fn updated(&self, timeline: &Timeline) -> Option<Day> {
        match self {
            Self::Event(event) => timeline[*event].updated(),
            Self::Changes => timeline.past.changes.first().map(|newest| timeline.change(*newest).1.moment.day()),
            _ => self.entry(timeline).and_then(Entry::changed),
        }
    }

    fn draft<'a>(&'a self, at: &'a SitePath, site: &'a Site, shared: &'a Shared) -> Draft<'a> {
        let page = PageWriter::new(site, shared, self, at);
        match self {
            Self::Home => page.home(),
            Self::Year(year) => page.year(*year),
            Self::Month(year, month) => page.month(*year, *month),
            Self::Event(event) => page.event(*event),
            Self::Retracted(number) => page.retracted(*number),
            Self::Index(collection) => page.index(*collection),
            Self::Actor(actor) => page.actor(*actor),
            Self::Place(place) => page.place(*place),
            Self::Process(process) => page.process(*process),
            Self::Map => page.map(),
            Self::Kinds => page.kinds(),
            Self::Kind(kind) => page.kind(*kind),
            Self::Text(number) => page.text(*number),
            Self::Sources => page.all_sources(),
            Self::SourcesPart(number, _) => page.sources_part(*number),
            Self::Corrections => page.all_corrections(),
            Self::Changes => page.all_changes(),
            Self::Votes => page.votes(),
            Self::ChangesFeed => page.changes_feed(),
            Self::Data => page.data(),
            Self::Embed => page.embed(),
            Self::Search => page.search(),
            Self::Print => page.print(),
            Self::PrintYear(year) => page.print_year(*year),
            Self::NotFound => page.not_found(),
            Self::Redirect { from, to } => page.redirect(from, to),
        }
    }
}
