//! The Atom feeds (RFC 4287) and the sitemap (sitemaps.org 0.9).

use tera::{Context, Value};

use super::Site;
use super::maps::MAP;
use super::paths::{ATOM, canonical, sitemap_part_path, year_path};
use crate::date::Day;
use crate::id::{Collection, SitePath};
use crate::theme::RenderError;
use crate::theme::views::map;
use crate::timeline::{ActorIx, Entry, Event, EventIx, ProcessIx, Timeline};

/// How many events a feed holds.
const FEED_EVENTS: usize = 50;
/// How many addresses a sitemap may hold.
const SITEMAP_URLS: usize = 50_000;

/// What a feed tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Feed {
    /// The whole timeline.
    All,
    /// The events of an actor.
    Actor(ActorIx),
    /// The events of a process.
    Process(ProcessIx),
}

impl Feed {
    /// Every feed of a site: the whole timeline's, and one for each actor and process with events.
    pub(super) fn of(timeline: &Timeline) -> Vec<Self> {
        let actors = timeline.actors.iter().enumerate().filter(|(_, actor)| !actor.events.is_empty());
        let processes = timeline.processes.iter().enumerate().filter(|(_, process)| !process.events.is_empty());
        let actors = actors.map(|(number, _)| Self::Actor(ActorIx(number)));
        std::iter::once(Self::All)
            .chain(actors)
            .chain(processes.map(|(number, _)| Self::Process(ProcessIx(number))))
            .collect()
    }

    /// Where it is written.
    pub(super) fn path(self, timeline: &Timeline) -> SitePath {
        SitePath::new(match self.entry(timeline) {
            None => ATOM.to_owned(),
            Some(entry) => format!("feeds/{}/{}.xml", entry.id.collection.folder(), entry.id.id),
        })
    }

    /// The document whose events it tells; none for the whole timeline.
    fn entry(self, timeline: &Timeline) -> Option<&Entry> {
        match self {
            Self::All => None,
            Self::Actor(ix) => Some(&timeline[ix].entry),
            Self::Process(ix) => Some(&timeline[ix].entry),
        }
    }

    /// The latest events, the latest first.
    fn latest(self, timeline: &Timeline) -> Vec<EventIx> {
        match self {
            Self::All => (0..timeline.events.len()).rev().map(EventIx).take(FEED_EVENTS).collect(),
            Self::Actor(ix) => timeline[ix].events.iter().rev().copied().take(FEED_EVENTS).collect(),
            Self::Process(ix) => timeline[ix].events.iter().rev().copied().take(FEED_EVENTS).collect(),
        }
    }
}

/// A feed of the latest events.
pub(super) fn atom(site: &Site, feed: Feed) -> Result<Vec<u8>, RenderError> {
    let timeline = &site.timeline;
    let base = timeline.config.base_url.as_deref().unwrap_or_default();
    let latest: Vec<&Event> = feed.latest(timeline).into_iter().map(|ix| &timeline[ix]).collect();
    let entries: Vec<Value> = latest
        .iter()
        .map(|event| {
            map! {
                "title": event.entry.title.as_str(),
                "address": canonical(base, &event.entry.path()),
                "updated": moment(updated(event)),
                "date": event.date.words(&*site.locale),
                "summary": event.entry.summary.as_deref(),
                "kind": site.views.kinds[event.kind.0].clone(),
                "content": event.entry.body.html(base),
            }
        })
        .collect();
    let newest = latest.iter().filter_map(|event| updated(event)).max();
    let entry = feed.entry(timeline);
    let home = entry.map_or_else(|| base.to_owned(), |entry| canonical(base, &entry.path()));
    let description = entry.map_or(timeline.config.description.as_deref(), |entry| entry.summary.as_deref());
    let mut context = Context::new();
    context.insert_value("title", Value::from(entry.map(|entry| entry.title.as_str())));
    context.insert_value("description", Value::from(description));
    context.insert_value("feed_url", Value::from(canonical(base, &feed.path(timeline))));
    context.insert_value("home_url", Value::from(home));
    context.insert_value("updated", Value::from(moment(newest)));
    context.insert_value("entries", Value::from(entries));
    site.engine.render("feeds/atom.xml", &context)
}

/// The day of the last change that the entry itself tells of: a correction, or else the last look at a source, or
/// else the end of the event. No clock is asked, so that the same content gives the same feed.
fn updated(event: &Event) -> Option<Day> {
    let corrected = event.corrections.iter().map(|correction| correction.date).max();
    let accessed = event.sources.iter().filter_map(|source| source.accessed).max();
    corrected.max(accessed).or(event.date.latest()).or(event.date.earliest())
}

fn moment(day: Option<Day>) -> String {
    let day = day.filter(|day| (1..=9999).contains(&day.year));
    day.map_or_else(|| "1970-01-01T00:00:00Z".to_owned(), |day| format!("{day}T00:00:00Z"))
}

/// The addresses that search engines should know, the home page first.
fn addresses(site: &Site) -> Vec<SitePath> {
    let timeline = &site.timeline;
    let generated = ["index.html", MAP, "search.html", "kinds/index.html", "sources.html", "corrections.html"];
    let mut paths: Vec<SitePath> = generated.map(SitePath::new).to_vec();
    paths.extend(site.works.parts.iter().map(|part| part.path.clone()));
    for collection in [Collection::Actors, Collection::Places, Collection::Processes] {
        paths.push(SitePath::new(format!("{}/index.html", collection.folder())));
    }
    paths.extend(timeline.pages.iter().map(|page| page.entry.path()));
    paths.extend(timeline.years.iter().map(|year| year_path(year.year, None)));
    paths.extend(timeline.kinds.iter().map(crate::timeline::Kind::path));
    paths.extend(timeline.processes.iter().map(|process| process.entry.path()));
    paths.extend(timeline.actors.iter().map(|actor| actor.entry.path()));
    paths.extend(timeline.places.iter().map(|place| place.entry.path()));
    paths.extend(timeline.events.iter().map(|event| event.entry.path()));
    paths
}

/// Into how many further files the sitemap is divided; 0 where one holds it all.
pub(super) fn sitemap_parts(site: &Site) -> usize {
    let count = addresses(site).len();
    if count <= SITEMAP_URLS { 0 } else { count.div_ceil(SITEMAP_URLS) }
}

/// The sitemap, or the index of its parts.
pub(super) fn sitemap(site: &Site) -> Result<Vec<u8>, RenderError> {
    let parts = sitemap_parts(site);
    if parts == 0 {
        return sitemap_part(site, 0);
    }
    let base = site.timeline.config.base_url.as_deref().unwrap_or_default();
    let parts: Vec<Value> = (0..parts).map(|part| format!("{base}{}", sitemap_part_path(part)).into()).collect();
    let mut context = Context::new();
    context.insert_value("parts", Value::from(parts));
    site.engine.render("sitemap-index.xml", &context)
}

/// A part of the sitemap.
pub(super) fn sitemap_part(site: &Site, part: usize) -> Result<Vec<u8>, RenderError> {
    let base = site.timeline.config.base_url.as_deref().unwrap_or_default();
    let paths = addresses(site);
    let paths = paths.iter().skip(part * SITEMAP_URLS).take(SITEMAP_URLS);
    let addresses: Vec<Value> = paths.map(|path| canonical(base, path).into()).collect();
    let mut context = Context::new();
    context.insert_value("addresses", Value::from(addresses));
    site.engine.render("sitemap.xml", &context)
}

/// robots.txt: everything may be read; where the sitemap is.
pub(super) fn robots(site: &Site) -> Vec<u8> {
    let base = site.timeline.config.base_url.as_deref().unwrap_or_default();
    format!("User-agent: *\nAllow: /\n\nSitemap: {base}sitemap.xml\n").into_bytes()
}
