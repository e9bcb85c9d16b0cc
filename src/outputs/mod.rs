//! The outputs: one flat list of files, each made independently from shared values.
//!
//! [`plan()`] makes the list, [`Site::render`] makes the bytes of one of them. No job needs another's page, so a pool of
//! threads can work through the list, and a preview can make a single page on demand.

mod absolute;
mod charts;
mod citation;
mod code_host;
mod feeds;
mod filter;
mod head;
mod items;
mod job;
mod json_ld;
mod lists;
mod maps;
mod media;
mod pages;
mod paths;
mod plan;
pub mod search;
mod sitemap;
mod titles;
mod works;

pub use feeds::Feed;
pub use job::Job;
pub use plan::{Content, Output, Plan, plan};

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use tera::Value;

use crate::figures::{self, Columns};
use crate::markup;
use crate::theme::{self, Engine, Locale, RenderError, Views};
use crate::timeline::{ActorIx, EventIx, KindIx, Timeline};

/// What all jobs share.
pub struct Site {
    /// The resolved model.
    pub timeline: Timeline,
    /// The compiled templates.
    pub engine: Engine,
    /// The words of the interface.
    pub locale: Arc<Locale>,
    /// The values of actors, places, processes and kinds.
    pub views: Views,
    /// The values of events, once they are made.
    events: OnceLock<Vec<Value>>,
    /// The time axis that all charts share; `None` if there are no events.
    columns: Option<Columns>,
    items: items::Items,
    /// The pairs of actors to which the matrix links.
    met: BTreeSet<(ActorIx, ActorIx)>,
    works: works::Works,
    locators: maps::Locators,
    search: search::Search,
    titles: OnceLock<titles::Titles>,
    /// Words that readers may type in dates and names of documents.
    typed: search::Typed,
}

impl Site {
    /// Brings the model and the theme together.
    #[must_use]
    pub fn new(timeline: Timeline, mut engine: Engine, locale: Arc<Locale>) -> Self {
        let (views, works) = rayon::join(|| Views::new(&timeline, &locale), || works::Works::new(&timeline));
        let typed = search::Typed::new(&locale);
        engine.set_globals(head::globals(&timeline, &locale, &typed));
        Self {
            items: items::Items::new(timeline.events.len()),
            columns: Columns::of(&timeline),
            locators: maps::Locators::new(&timeline),
            search: search::Search::default(),
            titles: OnceLock::new(),
            typed,
            met: figures::pairs(&timeline),
            timeline,
            engine,
            locale,
            views,
            events: OnceLock::new(),
            works,
        }
    }

    /// Makes the values of events, if they are not made yet. Must not be called from the pool that makes them.
    pub fn make_events(&self) {
        self.all_events();
    }

    fn all_events(&self) -> &[Value] {
        self.events.get_or_init(|| self.views.events(&self.timeline, &self.locale))
    }

    /// The value of an event.
    fn event(&self, ix: EventIx) -> Value {
        self.all_events()[ix.0].clone()
    }

    /// The values of a list of events.
    fn events(&self, list: &[EventIx]) -> Vec<Value> {
        let all = self.all_events();
        list.iter().map(|ix| all[ix.0].clone()).collect()
    }

    /// The name of a kind.
    fn kind_name(&self, ix: KindIx) -> &str {
        self.views.kinds[ix.0].get_from_path("name").and_then(Value::as_str).unwrap_or_default()
    }

    /// The bytes of one file.
    ///
    /// # Errors
    /// [`RenderError`] if a template fails.
    pub fn render(&self, output: &Output, job: &Job) -> Result<Vec<u8>, RenderError> {
        let bytes = pages::render(self, &output.path, job)?;
        let bytes = match job {
            Job::Feed(_) | Job::Sitemap | Job::SitemapPart(_) => markup::xml_characters(bytes),
            _ => bytes,
        };
        Ok(match self.locale.has_fallen() {
            false => bytes,
            true if output.path.as_str().ends_with(".html") => {
                theme::with_languages(bytes, &self.timeline.config.language)
            }
            true => theme::without_marks(bytes),
        })
    }
}
