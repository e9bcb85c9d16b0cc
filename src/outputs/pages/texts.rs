//! Pages that are mostly text: pages about the site, those of retracted events, `404.html`, and redirects.

use tera::Value;

use super::head::Head;
use super::pictures;
use super::writer::PageWriter;
use crate::id::SitePath;
use crate::theme::RenderError;
use crate::timeline::PageIx;

impl PageWriter<'_> {
    pub fn text(&self, ix: PageIx) -> Result<Vec<u8>, RenderError> {
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
        })?;
        context.insert_value("body", self.body(&page.entry));
        context.insert_value("media", pictures::values(&page.entry, &self.root));
        self.insert_entry_links(&page.entry, &mut context);
        context.insert_value("extra", Value::from_serializable(&page.entry.extra.0));
        self.write("page.html", &context)
    }

    pub fn retracted(&self, number: usize) -> Result<Vec<u8>, RenderError> {
        let event = &self.timeline().retracted[number];
        let mut context = self.context(Head { breadcrumb: self.trail(), ..Head::new(&event.entry.title) })?;
        context.insert_value("reason", Value::from(event.retracted.as_deref()));
        self.write("retracted.html", &context)
    }

    /// The 404 page.
    pub fn not_found(&self) -> Result<Vec<u8>, RenderError> {
        let title = self.word("not-found");
        let context = self.context(Head { canonical: false, ..Head::new(&title) })?;
        self.write("404.html", &context)
    }

    pub fn redirect(&self, from: &SitePath, to: &SitePath) -> Result<Vec<u8>, RenderError> {
        let title = self.word("moved");
        let mut context = self.context(Head::new(&title))?;
        context.insert_value("from", Value::from(from.as_str()));
        let canonical = self.timeline().config.base_url.as_ref().map(|base| to.canonical(base));
        context.insert_value("target", Value::safe_string(&to.url()));
        context.insert_value("target_canonical", Value::from(canonical));
        self.write("redirect.html", &context)
    }
}
