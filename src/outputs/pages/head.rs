//! The head of every page.

use tera::Value;

use super::frame::Part;
use super::page::Page;
use super::slots::Slot;
use super::titles::Titles;
use super::writer::PageWriter;
use crate::exports::json_ld;
use crate::markup::script_safe;
use crate::outputs::draft::Context;
use crate::outputs::values::object;

/// The metadata of a page.
pub(super) struct Head<'a> {
    /// The title, without the site's.
    pub title: &'a str,
    /// One or two sentences for search engines and previews.
    pub description: Option<&'a str>,
    /// The pages above this one, from the timeline down: each with its name.
    pub breadcrumb: Vec<(String, Page)>,
    /// Structured data in addition to the breadcrumb.
    pub json_ld: Vec<String>,
    /// Whether it has a canonical address and a card: 404.html and embed.html have neither.
    pub canonical: bool,
    /// What kind of page it is, for Open Graph: `website` or `article`.
    pub kind: &'static str,
}

impl<'a> Head<'a> {
    /// Creates a head with only a title.
    pub(super) fn new(title: &'a str) -> Self {
        Self { title, description: None, breadcrumb: Vec::new(), json_ld: Vec::new(), canonical: true, kind: "website" }
    }
}

impl<'a> PageWriter<'a> {
    /// Makes a context with `page`, `root`, `header` and `footer` in it.
    pub(super) fn context(&self, head: Head<'_>) -> Context<'a> {
        let timeline = self.timeline();
        let config = &timeline.config;
        let indexed = self.page.is_indexed();
        let canonical = config.base_url.as_ref().filter(|_| head.canonical).map(|base| self.path.canonical(base));
        let trail = head.breadcrumb.iter().map(|(name, page)| (name.as_str(), page.path(timeline)));
        let trail: Vec<_> = trail.collect();
        let base = config.base_url.as_deref().filter(|_| indexed && !trail.is_empty());
        let breadcrumb = base.map(|base| json_ld::breadcrumb(base, &trail, (head.title, self.path)));
        let scripts = head.json_ld.into_iter().chain(breadcrumb);
        let scripts = scripts.map(|json| Value::safe_string(&script_safe(&json)));
        let breadcrumb =
            trail.iter().map(|(name, path)| object! { "name": *name, "url": Value::safe_string(&path.url()) });
        let own_title = self.own_title(head.title);
        let full_title =
            if own_title == config.title { own_title.to_owned() } else { format!("{own_title} – {}", config.title) };
        let page = object! {
            "title": head.title,
            "full_title": full_title,
            "description": head.description,
            "url": Value::safe_string(&self.path.url()),
            "canonical": canonical.map(|url| Value::safe_string(&url)),
            "breadcrumb": breadcrumb.collect::<Vec<_>>(),
            "json_ld": scripts.collect::<Vec<_>>(),
            "noindex": !indexed,
            "kind": head.kind,
            "card": if head.canonical { self.card() } else { None },
        };
        let mut context = Context::default();
        context.insert("page", page);
        context.insert("root", Value::safe_string(&self.root));
        let key = self.stand().key();
        context.insert("header", Slot::Frame(Part::Header).value(key));
        context.insert("footer", Slot::Frame(Part::Footer).value(key));
        context
    }

    /// Returns the title of the page, with what distinguishes it if another page of the site has the same.
    fn own_title<'t>(&'t self, title: &'t str) -> &'t str {
        let (timeline, works) = (self.timeline(), &self.shared.works);
        let kinds = &self.site.values.kind_names;
        let titles = self.shared.titles.get_or_init(|| Titles::new(timeline, self.locale(), kinds, works));
        titles.own(&self.page.path(timeline)).unwrap_or(title)
    }
}
