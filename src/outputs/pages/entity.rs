//! Pages of actors, places, processes and kinds, and their indexes.

use tera::{Context, Value};

use super::{Head, PageWriter};
use crate::id::Collection;
use crate::outputs::items::items;
use crate::outputs::{Feed, charts, maps, media};
use crate::theme::views::map;
use crate::theme::{RenderError, views};
use crate::timeline::{ActorIx, Entry, EventIx, KindIx, Meetings, PlaceIx, ProcessIx};

/// How many entries a tally on a page has.
const TALLY: usize = 12;
/// How many meetings with one other actor a page lists.
const MEETINGS: usize = 30;

impl PageWriter<'_> {
    pub(super) fn index(&self, collection: Collection) -> Result<Vec<u8>, RenderError> {
        let folder = collection.folder();
        let title = self.word(folder);
        let intro = self.word(&format!("{folder}-intro"));
        let mut context =
            self.context(Head { description: Some(&intro), breadcrumb: self.trail(None), ..Head::new(&title) });
        let views = &self.site.views;
        let entries = match collection {
            Collection::Actors => &views.actors,
            Collection::Places => &views.places,
            Collection::Processes => &views.processes,
            Collection::Events | Collection::Pages => &Vec::new(),
        };
        context.insert_value("intro", Value::from(intro.as_str()));
        context.insert_value("entries", Value::from(entries.clone()));
        context.insert_value("sparks", Value::from(self.sparks(collection)));
        match collection {
            Collection::Processes => {
                context.insert_value("chart", Value::from(charts::lanes(self.site, &self.path.root())));
            }
            Collection::Actors => context.insert_value("meetings", Value::from(charts::meetings(self.site))),
            Collection::Events | Collection::Places | Collection::Pages => {}
        }
        self.write(&format!("{folder}.html"), &context)
    }

    /// A chart of a few pixels for each entry of an index, in its order.
    fn sparks(&self, collection: Collection) -> Vec<Value> {
        let timeline = self.timeline();
        let spark = |events: &Vec<EventIx>| Value::from(charts::spark(self.site, events));
        match collection {
            Collection::Actors => timeline.actors.iter().map(|actor| spark(&actor.events)).collect(),
            Collection::Places => timeline.places.iter().map(|place| spark(&place.events)).collect(),
            Collection::Processes => timeline.processes.iter().map(|process| spark(&process.events)).collect(),
            Collection::Events | Collection::Pages => Vec::new(),
        }
    }

    /// What the pages of actors, places and processes have in common.
    fn entity(&self, entry: &Entry, index: &str, events: &[EventIx]) -> Result<Context, RenderError> {
        let count = || self.site.locale.count("events-count", events.len());
        let description = self.description(entry, || self.counted(&entry.title, count()));
        let mut context = self.context(Head {
            description: Some(&description),
            breadcrumb: self.trail(Some((index, format!("{index}/index.html")))),
            ..Head::new(&entry.title)
        });
        context.insert_value("body", self.body(entry));
        context.insert_value("media", media::values(entry, &self.path.root()));
        context.insert_value("events", self.events(events));
        context.insert_value("chart", Value::from(charts::small(self.site, events, &self.path.root())));
        context.insert_value("items", Value::from(items(self.site, events, &self.path.root())?));
        context.insert_value("linked_from", Value::from(self.linked_from(entry)));
        self.insert_entry_links(entry, &mut context);
        Ok(context)
    }

    pub(super) fn actor(&self, ix: ActorIx) -> Result<Vec<u8>, RenderError> {
        let actor = &self.timeline()[ix];
        let (views, locale) = (&self.site.views, &*self.site.locale);
        let role = |role: &crate::timeline::Role| {
            map! {
                "title": role.title.as_str(),
                "from": role.from.as_ref().map(|date| views::date(date, locale)),
                "to": role.to.as_ref().map(|date| views::date(date, locale)),
            }
        };
        let several = |list: &[ActorIx]| Value::from(list.iter().map(|ix| views.actor(*ix)).collect::<Vec<_>>());
        let mut context = self.entity(&actor.entry, "actors", &actor.events)?;
        context.insert_value("feed", Value::from(self.feed(Feed::Actor(ix), &actor.events)));
        context.insert_value("entity", views.actor(ix));
        context.insert_value("actor", views.actor(ix));
        context.insert_value("roles", Value::from(actor.roles.iter().map(role).collect::<Vec<_>>()));
        context.insert_value("part_of", several(&actor.part_of));
        context.insert_value("parts", several(&actor.parts));
        context.insert_value("wikidata", Value::from(actor.wikidata.as_deref()));
        context.insert_value("meets", Value::from(self.meetings(ix)));
        context.insert_value("places", Value::from(views.place_tally(&actor.places, TALLY, locale)));
        self.write("actor.html", &context)
    }

    /// The address of a feed from the site's root, where the site has feeds and this one has events.
    fn feed(&self, feed: Feed, events: &[EventIx]) -> Option<Value> {
        let timeline = self.timeline();
        let has = timeline.config.base_url.is_some() && !events.is_empty();
        has.then(|| Value::safe_string(&feed.path(timeline).url()))
    }

    /// Whom an actor met, with the meetings: those it met most often, and those to whom the matrix leads from here.
    fn meetings(&self, ix: ActorIx) -> Vec<Value> {
        let locale = &*self.site.locale;
        let listed = |(at, meetings): &(usize, &Meetings)| *at < TALLY || self.site.met.contains(&(ix, meetings.with));
        let value = |(_, meetings): (usize, &Meetings)| {
            let shown = meetings.events.len().min(MEETINGS);
            map! {
                "actor": self.site.views.actor(meetings.with),
                "anchor": charts::meetings_anchor(self.site, meetings.with),
                "count": meetings.events.len(),
                "count_words": locale.count("meetings-count", meetings.events.len()),
                "events": self.events(&meetings.events[..shown]),
                "more": meetings.events.len() - shown,
            }
        };
        self.timeline()[ix].meets.iter().enumerate().filter(listed).map(value).collect()
    }

    pub(super) fn place(&self, ix: PlaceIx) -> Result<Vec<u8>, RenderError> {
        let place = &self.timeline()[ix];
        let (views, locale) = (&self.site.views, &*self.site.locale);
        let mut context = self.entity(&place.entry, "places", &place.events)?;
        let contains: Vec<Value> = place.contains.iter().map(|ix| views.place(*ix)).collect();
        context.insert_value("entity", views.place(ix));
        context.insert_value("place", views.place(ix));
        context.insert_value("locator", maps::of_place(self.site, ix));
        context.insert_value("within", Value::from(place.within.map(|ix| views.place(ix))));
        context.insert_value("contains", Value::from(contains));
        context.insert_value("actors", Value::from(views.actor_tally(&place.actors, TALLY, locale)));
        self.write("place.html", &context)
    }

    pub(super) fn process(&self, ix: ProcessIx) -> Result<Vec<u8>, RenderError> {
        let process = &self.timeline()[ix];
        let (views, locale) = (&self.site.views, &*self.site.locale);
        let mut context = self.entity(&process.entry, "processes", &process.events)?;
        context.insert_value("feed", Value::from(self.feed(Feed::Process(ix), &process.events)));
        context.insert_value("entity", views.process(ix));
        context.insert_value("process", views.process(ix));
        context.insert_value("actors", Value::from(views.actor_tally(&process.actors, TALLY, locale)));
        context.insert_value("places", Value::from(views.place_tally(&process.places, TALLY, locale)));
        self.write("process.html", &context)
    }

    pub(super) fn kinds(&self) -> Result<Vec<u8>, RenderError> {
        let title = self.word("kinds");
        let intro = self.word("kinds-intro");
        let mut context =
            self.context(Head { description: Some(&intro), breadcrumb: self.trail(None), ..Head::new(&title) });
        context.insert_value("intro", Value::from(intro.as_str()));
        context.insert_value("entries", Value::from(self.site.views.kinds.clone()));
        let sparks = self.timeline().kinds.iter().map(|kind| Value::from(charts::spark(self.site, &kind.events)));
        context.insert_value("sparks", Value::from(sparks.collect::<Vec<_>>()));
        self.write("kinds.html", &context)
    }

    pub(super) fn kind(&self, ix: KindIx) -> Result<Vec<u8>, RenderError> {
        let kind = &self.timeline()[ix];
        let view = self.site.views.kind(ix);
        let name = self.site.kind_name(ix);
        let count = || self.site.locale.count("events-count", kind.events.len());
        let description = kind.summary.clone().unwrap_or_else(|| self.counted(name, count()));
        let mut context = self.context(Head {
            description: Some(&description),
            breadcrumb: self.trail(Some(("kinds", "kinds/index.html".to_owned()))),
            ..Head::new(name)
        });
        context.insert_value("kind", view.clone());
        context.insert_value("events", self.events(&kind.events));
        context.insert_value("chart", Value::from(charts::small(self.site, &kind.events, &self.path.root())));
        context.insert_value("items", Value::from(items(self.site, &kind.events, &self.path.root())?));
        self.write("kind.html", &context)
    }
}
