//! Pages of kinds, and their index.

use tera::Value;

use super::head::Head;
use super::lists::BELOW_ONE;
use super::page::Page;
use super::writer::PageWriter;
use crate::outputs::draft::Draft;
use crate::timeline::KindIx;

impl<'a> PageWriter<'a> {
    pub(super) fn kinds(&self) -> Draft<'a> {
        let title = self.word("kinds");
        let intro = self.word("kinds-intro");
        let mut context =
            self.context(Head { description: Some(&intro), breadcrumb: self.trail(), ..Head::new(&title) });
        context.insert("intro", intro.as_str());
        context.insert("entries", self.site.values.kinds.clone());
        let scale = self.shared.outline.scales.kinds;
        let sparks = self.timeline().kinds.iter().map(|kind| Value::from(self.charts().spark(&kind.events, scale)));
        context.insert("sparks", sparks.collect::<Vec<_>>());
        self.write("kinds.html", context)
    }

    pub(super) fn kind(&self, ix: KindIx) -> Draft<'a> {
        let kind = &self.timeline()[ix];
        let name = self.site.values.kind_name(ix);
        let count = || self.locale().count("events-count", kind.events.len());
        let description = kind.summary.clone().unwrap_or_else(|| self.counted(name, count()));
        let mut context = self.context(Head {
            description: Some(&description),
            breadcrumb: self.trail_through("kinds", Page::Kinds),
            ..Head::new(name)
        });
        context.insert("kind", self.site.values.kind(ix));
        context.insert("events", self.events(&kind.events));
        context.insert("chart", self.charts().small(&kind.events, self.shared.outline.scales.kinds));
        context.insert("items", self.items(&kind.events, BELOW_ONE));
        self.write("kind.html", context)
    }
}
