//! A site whose files can be made, one by one and side by side.

use std::sync::Arc;

use super::globals::globals;
use super::job::{Job, OutputFamilies};
use super::site::Site;
use crate::id::SitePath;
use crate::search::Typed;
use crate::theme::{self, Engine, Locale, RenderError};
use crate::timeline::Timeline;

/// Makes the files of a site.
pub struct Renderer {
    /// What the files of all families share.
    pub site: Site,
    families: OutputFamilies,
}

impl Renderer {
    /// Brings the model and the theme together.
    #[must_use]
    pub fn new(timeline: Timeline, mut engine: Engine, locale: Arc<Locale>) -> Self {
        let typed = Typed::new(&locale);
        engine.set_globals(globals(&timeline, &locale, &typed));
        let families = OutputFamilies::new(&timeline);
        Self { site: Site::new(timeline, engine, locale, typed), families }
    }

    /// Makes the search index, if it is not made yet. Must not be called from the pool that makes it.
    pub fn make_search_index(&self) {
        self.families.search.make(&super::search::corpus(&self.site));
    }

    /// Every file that annals makes by itself, except for redirects.
    pub(super) fn jobs(&self) -> Vec<Job> {
        self.families.jobs(&self.site)
    }

    /// The bytes of a file, with links that are relative to this path.
    ///
    /// # Errors
    /// [`RenderError`] if a template fails.
    pub fn render(&self, path: &SitePath, job: &Job) -> Result<Vec<u8>, RenderError> {
        let bytes = self.families.render(job, path, &self.site)?;
        Ok(self.with_languages(path, bytes))
    }

    /// The bytes of a file in which words that fell back to English say so, where an element may stand.
    fn with_languages(&self, path: &SitePath, bytes: Vec<u8>) -> Vec<u8> {
        match self.site.locale.has_fallen() {
            false => bytes,
            true if path.as_str().ends_with(".html") => {
                theme::with_languages(bytes, &self.site.timeline.config.language)
            }
            true => theme::without_marks(bytes),
        }
    }
}
