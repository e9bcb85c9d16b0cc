//! The HTML pages: what each shows.

use tera::{Context, Value};

use super::head::{Head, context};
use super::items::items;
use super::paths::{YEAR_EVENTS, canonical, year_path};
use super::plan::Job;
use super::{Site, feeds, json_ld, lists, media};
use crate::date::{Month, year_words};
use crate::id::{Collection, SitePath};
use crate::theme::views::map;
use crate::theme::{RenderError, views};
use crate::timeline::{
    ActorIx, CitedSource, DocumentIx, Entry, Event, EventIx, KindIx, PageIx, PlaceIx, ProcessIx, Timeline,
};

/// How many entries a tally on a page has.
const TALLY: usize = 12;

pub(super) fn render(site: &Site, path: &SitePath, job: &Job) -> Result<Vec<u8>, RenderError> {
    let page = PageWriter { site, path };
    match job {
        Job::Home => page.home(),
        Job::Year(year) => page.year(*year),
        Job::Month(year, month) => page.month(*year, *month),
        Job::Event(event) => page.event(*event),
        Job::Retracted(number) => page.retracted(*number),
        Job::Index(collection) => page.index(*collection),
        Job::Actor(actor) => page.actor(*actor),
        Job::Place(place) => page.place(*place),
        Job::Process(process) => page.process(*process),
        Job::Kinds => page.kinds(),
        Job::Kind(kind) => page.kind(*kind),
        Job::Page(number) => page.page(*number),
        Job::NotFound => page.not_found(),
        Job::Redirect(to) => page.redirect(to),
        Job::Atom => feeds::atom(site),
        Job::Sitemap => feeds::sitemap(site),
        Job::SitemapPart(part) => feeds::sitemap_part(site, *part),
        Job::Robots => Ok(feeds::robots(site)),
    }
}

struct PageWriter<'a> {
    site: &'a Site,
    path: &'a SitePath,
}

impl PageWriter<'_> {
    fn timeline(&self) -> &Timeline {
        &self.site.timeline
    }

    fn word(&self, key: &str) -> String {
        self.site.locale.text(key, &[])
    }

    fn context(&self, head: Head<'_>) -> Context {
        context(self.site, self.path, head)
    }

    fn write(&self, template: &str, context: &Context) -> Result<Vec<u8>, RenderError> {
        self.site.engine.render(template, context)
    }

    /// The way down from the timeline, through an index where there is one.
    fn trail(&self, index: Option<(&str, String)>) -> Vec<(String, String)> {
        let home = (self.word("timeline"), "index.html".to_owned());
        let index = index.map(|(key, url)| (self.word(key), url));
        std::iter::once(home).chain(index).collect()
    }

    fn body(&self, entry: &Entry) -> Value {
        Value::safe_string(&entry.body.html(&self.path.root()))
    }

    fn events(&self, list: &[EventIx]) -> Value {
        Value::from(self.site.views.events(list))
    }

    fn home(&self) -> Result<Vec<u8>, RenderError> {
        let timeline = self.timeline();
        let mut context = self.context(Head {
            description: timeline.config.description.as_deref(),
            json_ld: Some(json_ld::web_site(self.site)),
            ..Head::new(&timeline.config.title)
        });
        let locale = &*self.site.locale;
        let all = (0..timeline.events.len()).map(EventIx);
        let ends = timeline.years.first().zip(timeline.years.last());
        let span = ends.map(|(first, last)| {
            let count = locale.count("events-count", timeline.events.len());
            let (from, to) = (year_words(first.year, locale), year_words(last.year, locale));
            if from == to {
                return locale.text("home-span-year", &[("events", count.into()), ("year", from.into())]);
            }
            locale.text("home-span", &[("events", count.into()), ("from", from.into()), ("to", to.into())])
        });
        context.insert_value("span", Value::from(span));
        context.insert_value("landmarks", Value::from(lists::landmarks(self.site, all)));
        context.insert_value("years", Value::from(lists::years(self.site, &self.path.root())?));
        self.write("index.html", &context)
    }

    fn year(&self, number: usize) -> Result<Vec<u8>, RenderError> {
        let timeline = self.timeline();
        let year = &timeline.years[number];
        let title = year_words(year.year, &*self.site.locale);
        let mut context = self.context(Head { breadcrumb: self.trail(None), ..Head::new(&title) });
        let spread = year.count() > YEAR_EVENTS;
        let neighbour = |number: Option<usize>| {
            let year = number.and_then(|number| timeline.years.get(number));
            year.map(|year| lists::year(self.site, year, None)).transpose()
        };
        let root = self.path.root();
        let all = year.months.iter().flat_map(|month| &month.events).copied();
        let landmarks = if spread { lists::landmarks(self.site, all) } else { Vec::new() };
        context.insert_value("landmarks", Value::from(landmarks));
        context.insert_value("year", lists::year(self.site, year, Some(&root))?);
        context.insert_value("previous", Value::from(neighbour(number.checked_sub(1))?));
        context.insert_value("next", Value::from(neighbour(Some(number + 1))?));
        self.write("timeline.html", &context)
    }

    fn month(&self, number: usize, month: u8) -> Result<Vec<u8>, RenderError> {
        let timeline = self.timeline();
        let year = &timeline.years[number];
        let locale = &*self.site.locale;
        let of_year = Month { year: year.year, month };
        let title = of_year.words(locale);
        let year_url = year_path(year.year, None).url();
        let mut trail = self.trail(None);
        trail.push((year_words(year.year, locale), year_url));
        let mut context = self.context(Head { breadcrumb: trail, ..Head::new(&title) });
        let at = year.months.iter().position(|item| item.month == Some(month)).unwrap_or(0);
        let named = |item: Option<&crate::timeline::YearMonth>| {
            let item = item.filter(|item| item.month.is_some());
            item.map(|item| lists::month(self.site, year, item, None)).transpose()
        };
        let root = self.path.root();
        context.insert_value("month", lists::month_page(self.site, year, &year.months[at], &root)?);
        context.insert_value("previous", Value::from(named(at.checked_sub(1).map(|before| &year.months[before]))?));
        context.insert_value("next", Value::from(named(year.months.get(at + 1))?));
        self.write("month.html", &context)
    }

    fn event(&self, ix: EventIx) -> Result<Vec<u8>, RenderError> {
        let timeline = self.timeline();
        let event = &timeline[ix];
        let year = event.date.key().start.year;
        let mut trail = self.trail(None);
        let year_url = year_path(year, None).url();
        trail.push((year_words(year, &*self.site.locale), year_url));
        let lead = event.entry.body.lead.as_str();
        let mut context = self.context(Head {
            description: event.entry.summary.as_deref().or(Some(lead)).filter(|text| !text.is_empty()),
            breadcrumb: trail,
            json_ld: Some(json_ld::article(self.site, event)),
            kind: "article",
            ..Head::new(&event.entry.title)
        });
        let single = |ix: Option<EventIx>| Value::from(ix.map(|ix| self.site.views.events[ix.0].clone()));
        let last = timeline.events.len() - 1;
        context.insert_value("event", self.site.views.events[ix.0].clone());
        context.insert_value("body", self.body(&event.entry));
        context.insert_value("sources", Value::from(self.sources(event)));
        context.insert_value("accounts", Value::from(self.accounts(event)));
        context.insert_value("media", media::values(&event.entry, &self.path.root()));
        context.insert_value("corrections", Value::from(self.corrections(event)));
        context.insert_value("follows", self.events(&event.follows));
        context.insert_value("followed_by", self.events(&event.followed_by));
        context.insert_value("same_week", self.events(&timeline.same_week(ix)));
        context.insert_value("linked_from", Value::from(self.linked_from(&event.entry)));
        context.insert_value("previous", single(ix.0.checked_sub(1).map(EventIx)));
        context.insert_value("next", single((ix.0 < last).then_some(EventIx(ix.0 + 1))));
        context.insert_value("threads", Value::from(self.threads(event, ix)));
        context.insert_value("edit_url", Value::from(self.repository_url(&event.entry, "edit")));
        context.insert_value("history_url", Value::from(self.repository_url(&event.entry, "commits")));
        self.write("event.html", &context)
    }

    /// The event's neighbours within each of its processes.
    fn threads(&self, event: &Event, ix: EventIx) -> Vec<Value> {
        let thread = |process: &ProcessIx| {
            let (before, after) = Timeline::neighbours(&self.timeline()[*process].events, ix);
            let value = |ix: Option<EventIx>| ix.map(|ix| self.site.views.events[ix.0].clone());
            map! {
                "process": self.site.views.process(*process),
                "previous": value(before),
                "next": value(after),
            }
        };
        event.processes.iter().map(thread).collect()
    }

    fn sources(&self, event: &Event) -> Vec<Value> {
        event.sources.iter().map(|source| self.source(source)).collect()
    }

    fn source(&self, source: &CitedSource) -> Value {
        let locale = &*self.site.locale;
        let dated = source.date.as_ref().filter(|date| !date.is_unknown());
        let foreign = source.language.as_deref().filter(|tag| *tag != &*self.timeline().config.language);
        map! {
            "id": source.id.as_str(),
            "anchor": format!("_source-{}", source.id),
            "title": source.title.as_str(),
            "publisher": source.publisher.as_deref(),
            "url": source.url.as_deref(),
            "date": dated.map(|date| views::date(date, locale)),
            "accessed": source.accessed.map(|day| day.words(locale)),
            "archive": source.archive.as_deref(),
            "language": source.language.as_deref(),
            "foreign_language": foreign,
            "backlinks": (1..=source.citations).map(|use_| Value::from(format!("_cite-{}-{use_}", source.id))).collect::<Vec<_>>(),
        }
    }

    fn accounts(&self, event: &Event) -> Vec<Value> {
        let account = |account: &crate::timeline::Account| {
            let source = account.source.map(|number| (number + 1, format!("_source-{}", event.sources[number].id)));
            map! {
                "by": self.site.views.actor(account.by),
                "says": account.says.as_str(),
                "source_number": source.as_ref().map(|(number, _)| *number),
                "source_anchor": source.map(|(_, anchor)| anchor),
            }
        };
        event.accounts.iter().map(account).collect()
    }

    fn corrections(&self, event: &Event) -> Vec<Value> {
        let correction = |correction: &crate::timeline::Correction| {
            map! {
                "date": correction.date.words(&*self.site.locale),
                "datetime": correction.date.to_string(),
                "note": correction.note.as_str(),
            }
        };
        event.corrections.iter().map(correction).collect()
    }

    fn linked_from(&self, entry: &Entry) -> Vec<Value> {
        let link = |document: &DocumentIx| {
            let entry = self.timeline().entry(*document);
            map! {
                "name": entry.title.as_str(),
                "url": Value::safe_string(&entry.path().url()),
            }
        };
        entry.linked_from.iter().map(link).collect()
    }

    fn repository_url(&self, entry: &Entry, view: &str) -> Option<String> {
        let repository = self.timeline().config.repository.as_ref()?;
        let file = SitePath::new(entry.file.as_ref()).url();
        Some(format!("{repository}/{view}/HEAD/{file}"))
    }

    fn retracted(&self, number: usize) -> Result<Vec<u8>, RenderError> {
        let event = &self.timeline().retracted[number];
        let mut context =
            self.context(Head { breadcrumb: self.trail(None), noindex: true, ..Head::new(&event.entry.title) });
        context.insert_value("reason", Value::from(event.retracted.as_deref()));
        self.write("retracted.html", &context)
    }

    fn index(&self, collection: Collection) -> Result<Vec<u8>, RenderError> {
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
            Collection::Events | Collection::Pages => &views.events,
        };
        context.insert_value("intro", Value::from(intro.as_str()));
        context.insert_value("entries", Value::from(entries.clone()));
        self.write(&format!("{folder}.html"), &context)
    }

    /// What the pages of actors, places and processes have in common.
    fn entity(&self, entry: &Entry, index: &str, events: &[EventIx]) -> Result<Context, RenderError> {
        let lead = entry.body.lead.as_str();
        let mut context = self.context(Head {
            description: entry.summary.as_deref().or(Some(lead)).filter(|text| !text.is_empty()),
            breadcrumb: self.trail(Some((index, format!("{index}/index.html")))),
            ..Head::new(&entry.title)
        });
        context.insert_value("body", self.body(entry));
        context.insert_value("media", media::values(entry, &self.path.root()));
        context.insert_value("events", self.events(events));
        context.insert_value("items", Value::from(items(self.site, events, &self.path.root())?));
        context.insert_value("linked_from", Value::from(self.linked_from(entry)));
        context.insert_value("edit_url", Value::from(self.repository_url(entry, "edit")));
        Ok(context)
    }

    fn actor(&self, ix: ActorIx) -> Result<Vec<u8>, RenderError> {
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
        context.insert_value("actor", views.actor(ix));
        context.insert_value("roles", Value::from(actor.roles.iter().map(role).collect::<Vec<_>>()));
        context.insert_value("part_of", several(&actor.part_of));
        context.insert_value("parts", several(&actor.parts));
        context.insert_value("wikidata", Value::from(actor.wikidata.as_deref()));
        context.insert_value("meets", Value::from(views.actor_tally(&actor.meets, TALLY, locale)));
        context.insert_value("places", Value::from(views.place_tally(&actor.places, TALLY, locale)));
        self.write("actor.html", &context)
    }

    fn place(&self, ix: PlaceIx) -> Result<Vec<u8>, RenderError> {
        let place = &self.timeline()[ix];
        let (views, locale) = (&self.site.views, &*self.site.locale);
        let mut context = self.entity(&place.entry, "places", &place.events)?;
        let contains: Vec<Value> = place.contains.iter().map(|ix| views.place(*ix)).collect();
        context.insert_value("place", views.place(ix));
        context.insert_value("within", Value::from(place.within.map(|ix| views.place(ix))));
        context.insert_value("contains", Value::from(contains));
        context.insert_value("actors", Value::from(views.actor_tally(&place.actors, TALLY, locale)));
        self.write("place.html", &context)
    }

    fn process(&self, ix: ProcessIx) -> Result<Vec<u8>, RenderError> {
        let process = &self.timeline()[ix];
        let (views, locale) = (&self.site.views, &*self.site.locale);
        let mut context = self.entity(&process.entry, "processes", &process.events)?;
        context.insert_value("process", views.process(ix));
        context.insert_value("actors", Value::from(views.actor_tally(&process.actors, TALLY, locale)));
        context.insert_value("places", Value::from(views.place_tally(&process.places, TALLY, locale)));
        self.write("process.html", &context)
    }

    fn kinds(&self) -> Result<Vec<u8>, RenderError> {
        let title = self.word("kinds");
        let intro = self.word("kinds-intro");
        let mut context =
            self.context(Head { description: Some(&intro), breadcrumb: self.trail(None), ..Head::new(&title) });
        context.insert_value("intro", Value::from(intro.as_str()));
        context.insert_value("entries", Value::from(self.site.views.kinds.clone()));
        self.write("kinds.html", &context)
    }

    fn kind(&self, ix: KindIx) -> Result<Vec<u8>, RenderError> {
        let kind = &self.timeline()[ix];
        let view = self.site.views.kind(ix);
        let name = view.get_from_path("name").and_then(Value::as_str).unwrap_or_default();
        let mut context = self.context(Head {
            description: kind.summary.as_deref(),
            breadcrumb: self.trail(Some(("kinds", "kinds/index.html".to_owned()))),
            ..Head::new(name)
        });
        context.insert_value("kind", view.clone());
        context.insert_value("events", self.events(&kind.events));
        context.insert_value("items", Value::from(items(self.site, &kind.events, &self.path.root())?));
        self.write("kind.html", &context)
    }

    fn page(&self, ix: PageIx) -> Result<Vec<u8>, RenderError> {
        let page = &self.timeline()[ix];
        let lead = page.entry.body.lead.as_str();
        let mut context = self.context(Head {
            description: page.entry.summary.as_deref().or(Some(lead)).filter(|text| !text.is_empty()),
            breadcrumb: self.trail(None),
            ..Head::new(&page.entry.title)
        });
        context.insert_value("body", self.body(&page.entry));
        context.insert_value("media", media::values(&page.entry, &self.path.root()));
        context.insert_value("edit_url", Value::from(self.repository_url(&page.entry, "edit")));
        context.insert_value("extra", Value::from_serializable(&page.entry.extra.0));
        self.write("page.html", &context)
    }

    /// A host serves this page at any depth, so its links begin at the site's address where that is known.
    fn not_found(&self) -> Result<Vec<u8>, RenderError> {
        let title = self.word("not-found");
        let mut context = self.context(Head { noindex: true, ..Head::new(&title) });
        if let Some(base) = &self.timeline().config.base_url {
            let path = url::Url::parse(base).map(|url| url.path().to_owned()).unwrap_or_default();
            context.insert_value("root", Value::safe_string(&path));
        }
        self.write("404.html", &context)
    }

    fn redirect(&self, to: &SitePath) -> Result<Vec<u8>, RenderError> {
        let title = self.word("moved");
        let mut context = self.context(Head { noindex: true, ..Head::new(&title) });
        let canonical = self.timeline().config.base_url.as_ref().map(|base| canonical(base, to));
        context.insert_value("target", Value::safe_string(&to.url()));
        context.insert_value("target_canonical", Value::from(canonical));
        self.write("redirect.html", &context)
    }
}
