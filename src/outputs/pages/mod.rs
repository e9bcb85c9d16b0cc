//! The HTML pages: what each shows.

mod entity;
mod event;
mod print;
mod sources;
mod time;

use tera::{Context, Value};

use super::head::{Head, context};
use super::paths::canonical;
use super::plan::Job;
use super::{Site, feeds, filter, maps, media, search};
use crate::id::SitePath;
use crate::theme::RenderError;
use crate::theme::views::map;
use crate::timeline::{DocumentIx, Entry, EventIx, PageIx, Timeline};

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
        Job::Redirect(to) => page.redirect(to),
        Job::FilterEvents => Ok(filter::events(site)),
        Job::FilterSummaries => Ok(filter::summaries(site)),
        Job::Feed(feed) => feeds::atom(site, *feed),
        Job::Sitemap => feeds::sitemap(site),
        Job::SitemapPart(part) => feeds::sitemap_part(site, *part),
        Job::Robots => Ok(feeds::robots(site)),
        Job::Search => search::page(site, path),
        Job::SearchFile(file) => Ok(search::file(site, *file)),
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

    fn page(&self, ix: PageIx) -> Result<Vec<u8>, RenderError> {
        let page = &self.timeline()[ix];
        let lead = page.entry.body.lead();
        let mut context = self.context(Head {
            description: page.entry.summary.as_deref().or(Some(lead.as_str())).filter(|text| !text.is_empty()),
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
