//! The search page.

use super::head::Head;
use super::writer::PageWriter;
use crate::outputs::draft::Draft;
use crate::outputs::values::object;
use crate::search::COLLECTIONS;

impl<'a> PageWriter<'a> {
    pub(super) fn search(&self) -> Draft<'a> {
        let (title, intro) = (self.word("search"), self.word("search-intro"));
        let mut context =
            self.context(Head { description: Some(&intro), breadcrumb: self.trail(), ..Head::new(&title) });
        let collections = COLLECTIONS.iter().map(|(id, key)| object! { "id": *id, "name": self.word(key) });
        context.insert("kinds", self.site.values.kinds.clone());
        context.insert("collections", collections.collect::<Vec<_>>());
        self.write("search.html", context)
    }
}
