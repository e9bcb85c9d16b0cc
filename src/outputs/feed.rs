//! The Atom feeds (RFC 4287).

use tera::Value;

use super::absolute::absolute;
use super::draft::{Context, Draft};
use super::event_list;
use super::family::{Indexed, OutputFamily};
use super::site::Site;
use super::values::object;
use crate::date::Day;
use crate::id::SitePath;
use crate::markup::xml_characters;
use crate::timeline::{ActorIx, Entry, Event, EventIx, ProcessIx, Timeline};

/// How many events a feed has.
const FEED_EVENTS: usize = 50;

/// Which events a feed has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Feed {
    /// The whole timeline.
    All,
    /// The events of an actor.
    Actor(ActorIx),
    /// The events of a process.
    Process(ProcessIx),
}

impl OutputFamily for Feed {
    const ID: &'static str = "feeds";

    type Shared = ();

    fn shared(_timeline: &Timeline) {}

    /// The whole timeline's feed, and one for each actor and process with events. A feed needs absolute addresses.
    fn plan(site: &Site, (): &(), _indexed: &dyn Fn() -> Vec<Indexed>) -> Vec<Self> {
        let timeline = &site.timeline;
        if timeline.config.base_url.is_none() {
            return Vec::new();
        }
        let actors = timeline.actors.iter().enumerate().filter(|(_, actor)| !actor.events.is_empty());
        let processes = timeline.processes.iter().enumerate().filter(|(_, process)| !process.events.is_empty());
        let actors = actors.map(|(number, _)| Self::Actor(ActorIx(number)));
        let processes = processes.map(|(number, _)| Self::Process(ProcessIx(number)));
        std::iter::once(Self::All).chain(actors).chain(processes).collect()
    }

    fn path(&self, timeline: &Timeline) -> SitePath {
        Self::path(*self, timeline)
    }

    fn draft<'a>(&'a self, at: &'a SitePath, site: &'a Site, (): &'a ()) -> Draft<'a> {
        atom(site, *self, at).then(xml_characters)
    }
}

impl Feed {
    /// Where it is written.
    pub fn path(self, timeline: &Timeline) -> SitePath {
        SitePath::new(match self.document(timeline) {
            None => "feeds/atom.xml".to_owned(),
            Some(entry) => format!("feeds/{}/{}.xml", entry.id.collection.folder(), entry.id.id),
        })
    }

    /// The actor or process whose events it has; `None` for the whole timeline.
    fn document(self, timeline: &Timeline) -> Option<&Entry> {
        match self {
            Self::All => None,
            Self::Actor(ix) => Some(&timeline[ix].entry),
            Self::Process(ix) => Some(&timeline[ix].entry),
        }
    }

    /// The latest events, latest first.
    fn latest(self, timeline: &Timeline) -> Vec<EventIx> {
        match self {
            Self::All => (0..timeline.events.len()).rev().map(EventIx).take(FEED_EVENTS).collect(),
            Self::Actor(ix) => timeline[ix].events.iter().rev().copied().take(FEED_EVENTS).collect(),
            Self::Process(ix) => timeline[ix].events.iter().rev().copied().take(FEED_EVENTS).collect(),
        }
    }
}

/// The text of an event, with links that are relative to its page.
fn text(event: &Event, site: &Site) -> String {
    let root = event.entry.path().depth().root();
    event.entry.html(&root, &|list| event_list::plain(&site.timeline[list], site, &root))
}

/// A feed of the latest events.
fn atom<'a>(site: &'a Site, feed: Feed, at: &SitePath) -> Draft<'a> {
    let timeline = &site.timeline;
    let base = timeline.config.base_url.as_deref().unwrap_or_default();
    let latest: Vec<&Event> = feed.latest(timeline).into_iter().map(|ix| &timeline[ix]).collect();
    let entries: Vec<Value> = latest
        .iter()
        .map(|event| {
            let path = event.entry.path();
            let address = path.canonical(base);
            object! {
                "title": event.entry.title.as_str(),
                "address": address.as_str(),
                "updated": moment(Some(updated(event))),
                "date": event.date.words(&*site.locale),
                "summary": event.entry.summary.as_deref(),
                "kind": site.values.kind(event.kind),
                "content": absolute(&text(event, site), &address),
            }
        })
        .collect();
    let newest = latest.iter().map(|event| updated(event)).max();
    let entry = feed.document(timeline);
    let home = entry.map_or_else(|| base.to_owned(), |entry| entry.path().canonical(base));
    let description = entry.map_or(timeline.config.description.as_deref(), |entry| entry.summary.as_deref());
    let mut context = Context::default();
    context.insert("title", entry.map(|entry| entry.title.as_str()));
    context.insert("description", description);
    context.insert("feed_url", at.canonical(base));
    context.insert("home_url", home);
    context.insert("updated", moment(newest));
    context.insert("entries", entries);
    Draft::of("feeds/atom.xml", context, &site.engine)
}

/// The day of an entry's last update in a feed. Atom requires one, so for an entry without corrections and dated sources it is
/// the last day that its event certainly covered, or else the first that it may have covered.
fn updated(event: &Event) -> Day {
    let told = || event.date.certain_days().last().map(|(_, last)| *last);
    event.updated().or_else(told).unwrap_or(event.date.key().start)
}

/// The beginning of a day in RFC 3339. That standard ends with the year 9999, and feed readers do not support years before
/// 1970.
fn moment(day: Option<Day>) -> String {
    match day {
        Some(day) if (1970..=9999).contains(&day.year) => format!("{day}T00:00:00Z"),
        Some(day) if day.year > 9999 => "9999-12-31T00:00:00Z".to_owned(),
        _ => "1970-01-01T00:00:00Z".to_owned(),
    }
}
