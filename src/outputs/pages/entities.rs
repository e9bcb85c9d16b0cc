//! Pages of actors, places and processes, and their indexes.

use tera::Value;

use super::charts::{Charts, meetings_anchor};
use super::head::Head;
use super::lists::BELOW_ONE;
use super::page::Page;
use super::pictures;
use super::scales::Scale;
use super::writer::PageWriter;
use crate::date::EdtfDate;
use crate::fields::script_tag;
use crate::id::Collection;
use crate::key::Keyer;
use crate::outputs::draft::{Context, Draft};
use crate::outputs::feed::{self, Feed};
use crate::outputs::values;
use crate::outputs::values::object;
use crate::timeline::{ActorIx, Entry, EventIx, Meetings, PlaceIx, ProcessIx, Tie};

/// The most entries of a tally on a page.
const TALLY: usize = 12;
/// The most meetings with one other actor that a page lists.
const MEETINGS: usize = 30;

impl<'a> PageWriter<'a> {
    pub(super) fn index(&self, collection: Collection) -> Draft<'a> {
        let folder = collection.folder();
        let title = self.word(folder);
        let intro = self.word(&format!("{folder}-intro"));
        let mut context =
            self.context(Head { description: Some(&intro), breadcrumb: self.trail(), ..Head::new(&title) });
        let values = &self.site.values;
        let entries = match collection {
            Collection::Actors => &values.actors,
            Collection::Places => &values.places,
            Collection::Processes => &values.processes,
            Collection::Events | Collection::Pages => &Vec::new(),
        };
        context.insert("intro", intro.as_str());
        context.insert("entries", entries.clone());
        context.insert("sparks", self.sparks(collection));
        match collection {
            Collection::Processes => {
                context.insert("chart", self.charts().lanes(&values.processes));
            }
            Collection::Actors => {
                context.insert("meetings", self.charts().meetings(&values.actors, &self.shared.outline.met));
            }
            Collection::Events | Collection::Places | Collection::Pages => {}
        }
        self.write(format!("{folder}.html"), context)
    }

    /// Returns a sparkline for each entry of an index, in the same order.
    fn sparks(&self, collection: Collection) -> Vec<Value> {
        let timeline = self.timeline();
        let spark = |events: &Vec<EventIx>| Value::from(self.charts().spark(events, self.scale(collection)));
        match collection {
            Collection::Actors => timeline.actors.iter().map(|actor| spark(&actor.events)).collect(),
            Collection::Places => timeline.places.iter().map(|place| spark(&place.events)).collect(),
            Collection::Processes => timeline.processes.iter().map(|process| spark(&process.events)).collect(),
            Collection::Events | Collection::Pages => Vec::new(),
        }
    }

    fn scale(&self, collection: Collection) -> Scale {
        let scales = &self.shared.outline.scales;
        match collection {
            Collection::Actors => scales.actors,
            Collection::Places => scales.places,
            Collection::Processes => scales.processes,
            Collection::Events | Collection::Pages => Scale::default(),
        }
    }

    /// Returns a context with what the pages of actors, places and processes have in common.
    fn entity(&self, entry: &Entry, events: &'a [EventIx]) -> Context<'a> {
        let collection = entry.id.collection;
        let count = || self.locale().count("events-count", events.len());
        let description = self.description(entry, || self.counted(&entry.title, count()));
        let mut context = self.context(Head {
            description: Some(&description),
            breadcrumb: self.trail_through(collection.folder(), Page::Index(collection)),
            ..Head::new(&entry.title)
        });
        context.insert("body", self.body(entry));
        context.insert("wikidata", entry.wikidata.as_deref());
        context.insert("media", pictures::values(entry, &self.root));
        context.insert("events", self.events(events));
        self.insert_small_chart(events, self.scale(collection), &mut context);
        context.insert("items", self.items(events, BELOW_ONE));
        context.insert("linked_from", self.linked_from(entry));
        self.insert_entry_links(entry, None, &mut context);
        context.insert("history", self.history(entry, &[]));
        context
    }

    /// Adds the small chart of some events. It shows their dates and families, which are part of their values, so those
    /// values' keys are part of its key.
    fn insert_small_chart(&self, events: &'a [EventIx], scale: Scale, context: &mut Context<'a>) {
        let (timeline, locale, columns) = (self.timeline(), self.locale(), self.shared.outline.columns.as_ref());
        let mut keyer = Keyer::default();
        keyer.value(&columns).value(&scale);
        events.iter().for_each(|event| _ = keyer.key(self.site.event_key(*event)));
        let root = self.root.clone();
        context.insert_later("chart", keyer.finish(), move || {
            Charts { timeline, locale, columns, root: &root }.small(events, scale).into()
        });
    }

    pub(super) fn actor(&self, ix: ActorIx) -> Draft<'a> {
        let actor = &self.timeline()[ix];
        let (values, locale) = (&self.site.values, self.locale());
        let role = |role: &crate::timeline::Role| {
            object! {
                "title": role.title.as_str(),
                "from": role.from.as_ref().map(|date| values::date(date, locale)),
                "to": role.to.as_ref().map(|date| values::date(date, locale)),
            }
        };
        let several = |list: &[ActorIx]| Value::from(list.iter().map(|ix| values.actor(*ix)).collect::<Vec<_>>());
        let mut context = self.entity(&actor.entry, &actor.events);
        context.insert("feed", self.feed(Feed::Actor(ix), feed::Form::Atom, &actor.events));
        context.insert("json_feed", self.feed(Feed::Actor(ix), feed::Form::Json, &actor.events));
        context.insert("entity", values.actor(ix));
        context.insert("actor", values.actor(ix));
        context.insert("roles", actor.roles.iter().map(role).collect::<Vec<_>>());
        context.insert("native_name", actor.native_name.as_deref().map(other_name));
        context.insert("names", actor.names.iter().map(|name| other_name(name)).collect::<Vec<_>>());
        context.insert("member_of", self.ties(&actor.member_of, false));
        context.insert("members", self.ties(&actor.members, false));
        context.insert("became", self.ties(&actor.became, true));
        context.insert("was", self.ties(&actor.was, true));
        context.insert("part_of", several(&actor.part_of));
        context.insert("parts", several(&actor.parts));
        context.insert("meets", self.meetings(ix));
        context.insert("places", values.place_tally(&actor.places, TALLY, locale));
        self.write("actor.html", context)
    }

    /// Returns ties to other actors. If they `happened` instead of lasting, `date` is when each did; it is the same as
    /// `from`.
    fn ties(&self, ties: &[Tie], happened: bool) -> Vec<Value> {
        let date = |date: &Option<EdtfDate>| date.as_ref().map(|date| values::date(date, self.locale()));
        let tie = |tie: &Tie| {
            let from = date(&tie.from);
            object! {
                "actor": self.site.values.actor(tie.actor),
                "date": from.clone().filter(|_| happened),
                "from": from,
                "to": date(&tie.to),
            }
        };
        ties.iter().map(tie).collect()
    }

    /// Returns the address of a feed from the site's root, if the site has feeds and this one has events.
    fn feed(&self, feed: Feed, form: feed::Form, events: &[EventIx]) -> Option<Value> {
        let timeline = self.timeline();
        let has = timeline.config.base_url.is_some() && !events.is_empty();
        has.then(|| Value::safe_string(&feed.path(form, timeline).url()))
    }

    /// Returns the actors that an actor met, with the meetings: those it met most often, and those whose cells in the
    /// matrix link here.
    fn meetings(&self, ix: ActorIx) -> Vec<Value> {
        let locale = self.locale();
        let listed =
            |(at, meetings): &(usize, &Meetings)| *at < TALLY || self.shared.outline.met.contains(&(ix, meetings.with));
        let value = |(_, meetings): (usize, &Meetings)| -> Value {
            let shown = meetings.events.len().min(MEETINGS);
            object! {
                "actor": self.site.values.actor(meetings.with),
                "anchor": meetings_anchor(meetings.with, self.timeline()),
                "count": meetings.events.len(),
                "count_words": locale.count("meetings-count", meetings.events.len()),
                "events": self.event_links(&meetings.events[..shown]),
                "more": meetings.events.len() - shown,
            }
        };
        self.timeline()[ix].meets.iter().enumerate().filter(listed).map(value).collect()
    }

    pub(super) fn place(&self, ix: PlaceIx) -> Draft<'a> {
        let place = &self.timeline()[ix];
        let (values, locale) = (&self.site.values, self.locale());
        let mut context = self.entity(&place.entry, &place.events);
        let contains: Vec<Value> = place.contains.iter().map(|ix| values.place(*ix)).collect();
        context.insert("entity", values.place(ix));
        context.insert("place", values.place(ix));
        context.insert("locator", self.shared.locators.of(&[ix], self.timeline(), locale));
        context.insert("within", place.within.map(|ix| values.place(ix)));
        context.insert("contains", contains);
        context.insert("actors", values.actor_tally(&place.actors, TALLY, locale));
        self.write("place.html", context)
    }

    pub(super) fn process(&self, ix: ProcessIx) -> Draft<'a> {
        let process = &self.timeline()[ix];
        let (values, locale) = (&self.site.values, self.locale());
        let mut context = self.entity(&process.entry, &process.events);
        context.insert("feed", self.feed(Feed::Process(ix), feed::Form::Atom, &process.events));
        context.insert("json_feed", self.feed(Feed::Process(ix), feed::Form::Json, &process.events));
        context.insert("entity", values.process(ix));
        context.insert("process", values.process(ix));
        context.insert("actors", values.actor_tally(&process.actors, TALLY, locale));
        context.insert("places", values.place_tally(&process.places, TALLY, locale));
        self.write("process.html", context)
    }
}

/// Returns another name of an actor. If most of its letters are of one script other than Latin, it has the tag of that
/// script (`und-Arab`) and its direction.
fn other_name(name: &str) -> Value {
    let script = script_tag(name);
    object! {
        "text": name,
        "language": script.as_ref().map(|(tag, _)| tag.clone()),
        "direction": script.map(|(_, direction)| direction),
    }
}
