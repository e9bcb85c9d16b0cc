//! The Atom feed (RFC 4287) and the sitemap (sitemaps.org 0.9).

use tera::{Context, Value};

use super::Site;
use super::paths::{ATOM, canonical, sitemap_part_path, year_path};
use crate::date::Day;
use crate::id::{Collection, SitePath};
use crate::theme::RenderError;
use crate::theme::views::map;
use crate::timeline::{Event, Timeline};

/// How many events the feed holds.
const FEED_EVENTS: usize = 50;
/// How many addresses a sitemap may hold.
const SITEMAP_URLS: usize = 50_000;

/// The latest events, the latest first.
pub(super) fn atom(site: &Site) -> Result<Vec<u8>, RenderError> {
    let base = site.timeline.config.base_url.as_deref().unwrap_or_default();
    let latest: Vec<&Event> = site.timeline.events.iter().rev().take(FEED_EVENTS).collect();
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
    let mut context = Context::new();
    context.insert_value("feed_url", Value::from(format!("{base}{ATOM}")));
    context.insert_value("home_url", Value::from(base));
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
fn addresses(timeline: &Timeline) -> Vec<SitePath> {
    let mut paths = ["index.html", "search.html", "kinds/index.html"].map(SitePath::new).to_vec();
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
pub(super) fn sitemap_parts(timeline: &Timeline) -> usize {
    let count = addresses(timeline).len();
    if count <= SITEMAP_URLS { 0 } else { count.div_ceil(SITEMAP_URLS) }
}

/// The sitemap, or the index of its parts.
pub(super) fn sitemap(site: &Site) -> Result<Vec<u8>, RenderError> {
    let parts = sitemap_parts(&site.timeline);
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
    let paths = addresses(&site.timeline);
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
