//! The feeds, each as Atom (RFC 4287) and as a JSON Feed (version 1.1): the latest events of the timeline, of an actor or
//! of a process, with their texts.

use serde_json::json;
use tera::Value;

use super::absolute::absolute;
use super::draft::{Bytes, Context, Draft};
use super::event_list;
use super::family::{Indexed, OutputFamily};
use super::site::Site;
use super::values::object;
use crate::date::Day;
use crate::id::SitePath;
use crate::key::{Key, Keyer};
use crate::markup::xml_characters;
use crate::timeline::{ActorIx, Entry, Event, EventIx, ProcessIx, Timeline};

/// The most events of a feed.
const FEED_EVENTS: usize = 50;

/// The format of a feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Atom (RFC 4287).
    Atom,
    /// JSON Feed 1.1.
    Json,
}

impl Form {
    /// Returns the word for it in ids and in keys of messages (`data-feed-atom`).
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Atom => "atom",
            Self::Json => "json",
        }
    }

    /// Returns its media type (RFC 4287, section 7; JSON Feed 1.1).
    pub(super) const fn media_type(self) -> &'static str {
        match self {
            Self::Atom => "application/atom+xml",
            Self::Json => "application/feed+json",
        }
    }
}

/// A feed in one format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct File {
    feed: Feed,
    form: Form,
}

/// Which events a feed has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Feed {
    /// The whole timeline.
    All,
    /// The events of an actor.
    Actor(ActorIx),
    /// The events of a process.
    Process(ProcessIx),
}

impl OutputFamily for File {
    const ID: &'static str = "feeds";

    type Shared = ();

    fn shared(_timeline: &Timeline) {}

    /// Lists the feeds of the whole timeline, and those of each actor and process with events; none without a base URL,
    /// because a feed needs absolute addresses.
    fn plan(site: &Site, (): &(), _indexed: &dyn Fn() -> Vec<Indexed>) -> Vec<Self> {
        let timeline = &site.timeline;
        if timeline.config.base_url.is_none() {
            return Vec::new();
        }
        let actors = timeline.actors.iter().enumerate().filter(|(_, actor)| !actor.events.is_empty());
        let processes = timeline.processes.iter().enumerate().filter(|(_, process)| !process.events.is_empty());
        let actors = actors.map(|(number, _)| Feed::Actor(ActorIx(number)));
        let processes = processes.map(|(number, _)| Feed::Process(ProcessIx(number)));
        let feeds = std::iter::once(Feed::All).chain(actors).chain(processes);
        feeds.flat_map(|feed| [Form::Atom, Form::Json].map(|form| Self { feed, form })).collect()
    }

    fn path(&self, timeline: &Timeline) -> SitePath {
        self.feed.path(self.form, timeline)
    }

    fn draft<'a>(&'a self, at: &'a SitePath, site: &'a Site, (): &'a ()) -> Draft<'a> {
        let Self { feed, form } = *self;
        let latest = feed.latest(&site.timeline);
        let mut keyer = Keyer::default();
        keyer.text(at.as_str()).key(key(feed, &latest, site));
        Draft::new(keyer.finish(), move || match form {
            Form::Atom => atom(feed, &latest, at, site).map(xml_characters),
            Form::Json => Ok(json(feed, &latest, at, site)),
        })
    }
}

impl Feed {
    /// Returns the path of the feed in a format.
    pub(super) fn path(self, form: Form, timeline: &Timeline) -> SitePath {
        SitePath::new(match (self.document(timeline), form) {
            (None, Form::Atom) => "feeds/atom.xml".to_owned(),
            (None, Form::Json) => "feeds/feed.json".to_owned(),
            (Some(entry), form) => {
                let ending = if form == Form::Atom { "xml" } else { "json" };
                format!("feeds/{}/{}.{ending}", entry.id.collection.folder(), entry.id.id)
            }
        })
    }

    /// Returns the actor or process whose events it has; `None` for the whole timeline.
    fn document(self, timeline: &Timeline) -> Option<&Entry> {
        match self {
            Self::All => None,
            Self::Actor(ix) => Some(&timeline[ix].entry),
            Self::Process(ix) => Some(&timeline[ix].entry),
        }
    }

    /// Returns the latest events, at most [`FEED_EVENTS`], latest first.
    fn latest(self, timeline: &Timeline) -> Vec<EventIx> {
        match self {
            Self::All => timeline.all_events().rev().take(FEED_EVENTS).collect(),
            Self::Actor(ix) => timeline[ix].events.iter().rev().copied().take(FEED_EVENTS).collect(),
            Self::Process(ix) => timeline[ix].events.iter().rev().copied().take(FEED_EVENTS).collect(),
        }
    }
}

/// Returns the text of an event as HTML, with links that are relative to its page.
fn text(event: &Event, site: &Site) -> String {
    let root = event.entry.path().depth().root();
    event.entry.html(&root, &|list| event_list::plain(&site.timeline[list], site, &root))
}

/// Returns the key of the events and the document that a feed shows, whatever its format.
fn key(feed: Feed, latest: &[EventIx], site: &Site) -> Key {
    let timeline = &site.timeline;
    let mut keyer = Keyer::default();
    keyer.maybe(timeline.config.base_url.as_deref());
    if let Some(entry) = feed.document(timeline) {
        keyer.text(entry.path().as_str()).text(&entry.title).maybe(entry.summary.as_deref());
    }
    for ix in latest {
        let event = &timeline[*ix];
        keyer.key(site.event_key(*ix)).text(&updated(event).to_string());
        event.entry.add_html_to(&mut keyer);
        for list in event.entry.lists.iter().map(|list| &timeline[*list]) {
            keyer.text(list.show.name());
            list.events.iter().for_each(|listed| _ = keyer.key(site.event_key(*listed)));
        }
    }
    keyer.finish()
}

/// Writes a feed of the latest events as a JSON Feed. Each item has its event's date in EDTF in the extension `_annals`,
/// which is an object, as the standard requires of extensions.
fn json(feed: Feed, latest: &[EventIx], at: &SitePath, site: &Site) -> Vec<u8> {
    let timeline = &site.timeline;
    let config = &timeline.config;
    let base = config.base_url.as_deref().unwrap_or_default();
    let entry = feed.document(timeline);
    let items = latest.iter().map(|ix| {
        let event = &timeline[*ix];
        let address = event.entry.path().canonical(base);
        let day = updated(event);
        let mut item = json!({
            "id": address,
            "url": address,
            "title": format!("{}: {}", event.date.words(&*site.locale), event.entry.title),
            "content_html": absolute(&text(event, site), &address),
            "date_modified": moment(Some(day)),
            "tags": [site.values.kind_name(event.kind)],
            "_annals": { "date": event.date.canonical() },
        });
        if let Some(summary) = &event.entry.summary {
            item["summary"] = summary.as_str().into();
        }
        item
    });
    let title = entry.map_or_else(|| config.title.clone(), |entry| format!("{} – {}", entry.title, config.title));
    let description = entry.map_or(config.description.as_deref(), |entry| entry.summary.as_deref());
    let mut feed = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "home_page_url": entry.map_or_else(|| base.to_owned(), |entry| entry.path().canonical(base)),
        "feed_url": at.canonical(base),
        "language": &*config.language,
        "authors": config.publication.creators(&config.title).iter().map(|author| json!({ "name": author.name() })).collect::<Vec<_>>(),
        "items": items.collect::<Vec<_>>(),
    });
    if let Some(description) = description {
        feed["description"] = description.into();
    }
    feed.to_string().into_bytes()
}

/// Renders a feed of the latest events as Atom.
fn atom(feed: Feed, latest: &[EventIx], at: &SitePath, site: &Site) -> Bytes {
    let timeline = &site.timeline;
    let base = timeline.config.base_url.as_deref().unwrap_or_default();
    let latest: Vec<&Event> = latest.iter().map(|ix| &timeline[*ix]).collect();
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
    site.engine.render("feeds/atom.xml", &context.into())
}

/// Returns the day of an entry's last update in a feed. Atom requires one (RFC 4287, section 4.1.2), so if neither git nor
/// corrections nor dated sources tell, it is the last day that the event certainly covered, or else the first that it may
/// have covered.
fn updated(event: &Event) -> Day {
    let told = || event.date.certain_days().last().map(|(_, last)| *last);
    event.updated().or_else(told).unwrap_or(event.date.key().start)
}

/// Returns the beginning of a day in UTC, in the format of RFC 3339. That format ends with the year 9999, and feed readers
/// do not support years before 1970, so days beyond these limits become 9999-12-31 or 1970-01-01. `None` becomes
/// 1970-01-01.
pub(super) fn moment(day: Option<Day>) -> String {
    match day {
        Some(day) if (1970..=9999).contains(&day.year) => format!("{day}T00:00:00Z"),
        Some(day) if day.year > 9999 => "9999-12-31T00:00:00Z".to_owned(),
        _ => "1970-01-01T00:00:00Z".to_owned(),
    }
}
