//! The search page.

use tera::Value;

use super::head::{Head, context};
use crate::id::SitePath;
use crate::outputs::Site;
use crate::outputs::values::object;
use crate::search::COLLECTIONS;
use crate::theme::RenderError;

/// `search.html`.
pub(super) fn page(site: &Site, path: &SitePath) -> Result<Vec<u8>, RenderError> {
    let word = |key: &str| site.locale.text(key, &[]);
    let (title, intro) = (word("search"), word("search-intro"));
    let breadcrumb = vec![(word("timeline"), "index.html".to_owned())];
    let mut context = context(site, path, Head { description: Some(&intro), breadcrumb, ..Head::new(&title) });
    let collections = COLLECTIONS.iter().map(|(id, key)| object! { "id": *id, "name": word(key) });
    context.insert_value("kinds", Value::from(site.values.kinds.clone()));
    context.insert_value("collections", Value::from(collections.collect::<Vec<_>>()));
    site.engine.render("search.html", &context)
}
