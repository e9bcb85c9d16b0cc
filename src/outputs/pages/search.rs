//! The search page.

use tera::Value;

use super::head::Head;
use super::writer::PageWriter;
use crate::outputs::values::object;
use crate::search::COLLECTIONS;
use crate::theme::RenderError;

impl PageWriter<'_> {
    pub fn search(&self) -> Result<Vec<u8>, RenderError> {
        let (title, intro) = (self.word("search"), self.word("search-intro"));
        let mut context =
            self.context(Head { description: Some(&intro), breadcrumb: self.trail(), ..Head::new(&title) })?;
        let collections = COLLECTIONS.iter().map(|(id, key)| object! { "id": *id, "name": self.word(key) });
        context.insert_value("kinds", Value::from(self.site.values.kinds.clone()));
        context.insert_value("collections", Value::from(collections.collect::<Vec<_>>()));
        self.write("search.html", &context)
    }
}
