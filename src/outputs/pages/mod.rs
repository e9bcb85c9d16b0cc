//! The HTML pages: what each shows.

mod entity;
mod event;
mod print;
mod sources;
mod time;

use std::borrow::Cow;

use tera::{Context, Value};

use super::code_host::EntryLinks;
use super::head::{Head, context};
use super::job::Job;
use super::paths::canonical;
use super::{Site, feeds, filter, maps, media, search, sitemap};
use crate::id::SitePath;
use crate::theme::RenderError;
use crate::theme::views::map;
use crate::timeline::{DocumentIx, Entry, EventIx, PageIx, Timeline};

pub(super) fn render(site: &Site, path: &SitePath, job: &Job) -> Result<Vec<u8>, RenderError> {
    let page = PageWriter { site, path, is_indexed: job.is_indexed() };
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
        Job::Map => maps::map(site, path),
        Job::Kinds => page.kinds(),
        Job::Kind(kind) => page.kind(*kind),
        Job::Page(number) => page.page(*number),
        Job::Sources => page.all_sources(),
        Job::SourcesPart(part) => page.sources_part(*part),
        Job::Corrections => page.all_corrections(),
        Job::Print => page.print(),
        Job::PrintYear(year) => page.print_year(*year),
        Job::NotFound => page.not_found(),
        Job::Redirect { from, to } => page.redirect(from, to),
        Job::FilterEvents => Ok(filter::events(site)),
        Job::FilterSummaries => Ok(filter::summaries(site)),
        Job::Feed(feed) => feeds::atom(site, *feed),
        Job::Sitemap => sitemap::sitemap(site),
        Job::SitemapPart(part) => sitemap::part(site, *part),
        Job::Robots => Ok(sitemap::robots(site)),
        Job::Search => search::page(site, path),
        Job::SearchFile(file) => Ok(search::file(site, *file)),
    }
}

struct PageWriter<'a> {
    site: &'a Site,
    path: &'a SitePath,
    /// Whether search engines may list the page.
    is_indexed: bool,
}

impl PageWriter<'_> {
    fn timeline(&self) -> &Timeline {
        &self.site.timeline
    }

    fn word(&self, key: &str) -> String {
        self.site.locale.text(key, &[])
    }

    fn context(&self, head: Head<'_>) -> Context {
        context(self.site, self.path, Head { noindex: !self.is_indexed, ..head })
    }

    /// A description for a page that has none of its own: its title and what it has, counted.
    fn counted(&self, title: &str, count: String) -> String {
        let site = self.timeline().config.title.as_str();
        let arguments = [("title", title.into()), ("count", count.into()), ("site", site.into())];
        self.site.locale.text("description-counted", &arguments)
    }

    /// The description of a document: its summary, the beginning of its text, or else a substitute.
    fn description<'e>(&self, entry: &'e Entry, stand_in: impl FnOnce() -> String) -> Cow<'e, str> {
        if let Some(summary) = entry.summary.as_deref().filter(|summary| !summary.is_empty()) {
            return summary.into();
        }
        let lead = entry.body.lead();
        if lead.is_empty() { stand_in().into() } else { lead.into() }
    }

    fn write(&self, template: &str, context: &Context) -> Result<Vec<u8>, RenderError> {
        self.site.engine.render(template, context)
    }

    /// The breadcrumb from the timeline, through an index if there is one.
    fn trail(&self, index: Option<(&str, String)>) -> Vec<(String, String)> {
        let home = (self.word("timeline"), "index.html".to_owned());
        let index = index.map(|(key, url)| (self.word(key), url));
        std::iter::once(home).chain(index).collect()
    }

    fn body(&self, entry: &Entry) -> Value {
        Value::safe_string(&entry.body.html(&self.path.root()))
    }

    fn events(&self, list: &[EventIx]) -> Value {
        Value::from(self.site.events(list))
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

    /// Adds the links to edit an entry and report an error in it.
    fn insert_entry_links(&self, entry: &Entry, context: &mut Context) {
        let links = EntryLinks::of(self.site, entry);
        context.insert_value("edit_url", Value::from(links.edit));
        context.insert_value("history_url", Value::from(links.history));
        context.insert_value("report_url", Value::from(links.report));
    }

    fn retracted(&self, number: usize) -> Result<Vec<u8>, RenderError> {
        let event = &self.timeline().retracted[number];
        let mut context = self.context(Head { breadcrumb: self.trail(None), ..Head::new(&event.entry.title) });
        context.insert_value("reason", Value::from(event.retracted.as_deref()));
        self.write("retracted.html", &context)
    }

    fn page(&self, ix: PageIx) -> Result<Vec<u8>, RenderError> {
        let page = &self.timeline()[ix];
        let description = self.description(&page.entry, || {
            let site = self.timeline().config.title.as_str();
            let arguments = [("title", page.entry.title.as_str().into()), ("site", site.into())];
            self.site.locale.text("description-of-page", &arguments)
        });
        let mut context = self.context(Head {
            description: Some(&description),
            breadcrumb: self.trail(None),
            ..Head::new(&page.entry.title)
        });
        context.insert_value("body", self.body(&page.entry));
        context.insert_value("media", media::values(&page.entry, &self.path.root()));
        self.insert_entry_links(&page.entry, &mut context);
        context.insert_value("extra", Value::from_serializable(&page.entry.extra.0));
        self.write("page.html", &context)
    }

    /// The 404 page. Hosts serve it at any depth, so its links begin with the site's address if that is known.
    fn not_found(&self) -> Result<Vec<u8>, RenderError> {
        let title = self.word("not-found");
        let mut context = self.context(Head { canonical: false, ..Head::new(&title) });
        if let Some(base) = &self.timeline().config.base_url {
            let path = url::Url::parse(base).map(|url| url.path().to_owned()).unwrap_or_default();
            context.insert_value("root", Value::safe_string(&path));
        }
        self.write("404.html", &context)
    }

    fn redirect(&self, from: &SitePath, to: &SitePath) -> Result<Vec<u8>, RenderError> {
        let title = self.word("moved");
        let mut context = self.context(Head::new(&title));
        context.insert_value("from", Value::from(from.as_str()));
        let canonical = self.timeline().config.base_url.as_ref().map(|base| canonical(base, to));
        context.insert_value("target", Value::safe_string(&to.url()));
        context.insert_value("target_canonical", Value::from(canonical));
        self.write("redirect.html", &context)
    }
}
