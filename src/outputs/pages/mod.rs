//! The HTML pages: what each shows.

mod charts;
mod citation;
mod entities;
mod entry_links;
mod event;
pub(super) mod head;
pub(super) mod items;
mod json_ld;
mod lists;
pub(super) mod map;
pub(super) mod pictures;
mod print;
mod search;
mod sources;
mod time;
pub(super) mod titles;
pub(super) mod works;

use std::borrow::Cow;

use tera::{Context, Value};

use super::job::Job;
use super::paths::canonical;
use super::{Site, feed, filter, sitemap};
use crate::id::SitePath;
use crate::outputs::values::object;
use crate::theme::RenderError;
use crate::timeline::{DocumentIx, Entry, EventIx, PageIx, Timeline};
use entry_links::EntryLinks;
use head::{Head, context};

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
        Job::Map => map::map(site, path),
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
        Job::Feed(feed) => feed::atom(site, *feed),
        Job::Sitemap => sitemap::sitemap(site),
        Job::SitemapPart(part) => sitemap::part(site, *part),
        Job::Robots => Ok(sitemap::robots(site)),
        Job::Search => search::page(site, path),
        Job::SearchFile(file) => Ok(site.search.file(&site.corpus(), *file)),
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

    /// A description for a page that has none of its own: its title and how much it holds.
    fn counted(&self, title: &str, count: String) -> String {
        let site = self.timeline().config.title.as_str();
        let arguments = [("title", title.into()), ("count", count.into()), ("site", site.into())];
        self.site.locale.text("description-counted", &arguments)
    }

    /// The description of a document: its summary, the beginning of its text, or else what stands in for them.
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
        Value::from(self.site.events(list))
    }

    fn linked_from(&self, entry: &Entry) -> Vec<Value> {
        let link = |document: &DocumentIx| {
            let entry = self.timeline().entry(*document);
            object! {
                "name": entry.title.as_str(),
                "url": Value::safe_string(&entry.path().url()),
            }
        };
        entry.linked_from.iter().map(link).collect()
    }

    /// Adds the links to where an entry can be edited and an error in it reported.
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
        context.insert_value("media", pictures::values(&page.entry, &self.path.root()));
        self.insert_entry_links(&page.entry, &mut context);
        context.insert_value("extra", Value::from_serializable(&page.entry.extra.0));
        self.write("page.html", &context)
    }

    /// A host serves this page at any depth, so its links begin at the site's address where that is known.
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
