//! Pages that are mostly text: pages about the site, those of retracted events, `404.html`, and redirects.

use tera::Value;

use super::head::Head;
use super::pictures;
use super::writer::PageWriter;
use crate::id::SitePath;
use crate::outputs::draft::Draft;
use crate::timeline::PageIx;

impl<'a> PageWriter<'a> {
    pub(super) fn text(&self, ix: PageIx) -> Draft<'a> {
        let page = &self.timeline()[ix];
        let description = self.description(&page.entry, || {
            let site = self.timeline().config.title.as_str();
            let arguments = [("title", page.entry.title.as_str().into()), ("site", site.into())];
            self.locale().text("description-of-page", &arguments)
        });
        let mut context = self.context(Head {
            description: Some(&description),
            breadcrumb: self.trail(),
            ..Head::new(&page.entry.title)
        });
        context.insert("body", self.body(&page.entry));
        context.insert("media", pictures::values(&page.entry, &self.root));
        self.insert_entry_links(&page.entry, None, &mut context);
        context.insert("history", self.history(&page.entry, &[]));
        context.insert("extra", Value::from_serializable(&page.entry.extra.0));
        self.write("page.html", context)
    }

    pub(super) fn retracted(&self, number: usize) -> Draft<'a> {
        let event = &self.timeline().retracted[number];
        let mut context = self.context(Head { breadcrumb: self.trail(), ..Head::new(&event.entry.title) });
        context.insert("reason", event.retracted.as_deref());
        self.write("retracted.html", context)
    }

    /// Returns the page that hosts serve for addresses that do not exist.
    pub(super) fn not_found(&self) -> Draft<'a> {
        let title = self.word("not-found");
        let context = self.context(Head { canonical: false, ..Head::new(&title) });
        self.write("404.html", context)
    }

    pub(super) fn redirect(&self, from: &SitePath, to: &SitePath) -> Draft<'a> {
        let title = self.word("moved");
        let mut context = self.context(Head::new(&title));
        context.insert("from", from.as_str());
        let canonical = self.timeline().config.base_url.as_ref().map(|base| to.canonical(base));
        context.insert("target", Value::safe_string(&to.url()));
        context.insert("target_canonical", canonical);
        self.write("redirect.html", context)
    }
}
