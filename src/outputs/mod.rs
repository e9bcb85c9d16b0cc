//! What is written: one flat list of files, each made by itself from what all share.
//!
//! [`plan()`] makes the list, [`Site::render`] makes the bytes of one of them. No job holds another's page, so a pool of
//! threads can drain the list, and a preview can make a single page when it is asked for.

mod absolute;
mod feed;
mod filter;
mod job;
mod pages;
mod paths;
mod plan;
mod sitemap;
mod values;

pub use feed::Feed;
pub use job::Job;
pub use plan::{Content, Output, Plan, plan};

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use tera::Value;

use crate::figures::{self, Columns};
use crate::markup;
use crate::search;
use crate::theme::{self, Engine, Locale, RenderError};
use pages::{head, items, map, titles, works};
pub use values::Values;

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
    pub values: Values,
    /// The values of events, once they are made.
    events: OnceLock<Vec<Value>>,
    /// The axis of time that all charts share; none where there is no event.
    columns: Option<Columns>,
    items: items::Items,
    /// The pairs of actors to which the matrix leads.
    met: BTreeSet<(ActorIx, ActorIx)>,
    works: works::Works,
    locators: map::Locators,
    search: search::Index,
    titles: OnceLock<titles::Titles>,
    /// Words that readers type.
    typed: search::Typed,
}

impl Site {
    /// Brings the model and the theme together.
    #[must_use]
    pub fn new(timeline: Timeline, mut engine: Engine, locale: Arc<Locale>) -> Self {
        let (values, works) = rayon::join(|| Values::new(&timeline, &locale), || works::Works::new(&timeline));
        let typed = search::Typed::new(&locale);
        engine.set_globals(head::globals(&timeline, &locale, &typed));
        Self {
            items: items::Items::new(timeline.events.len()),
            columns: Columns::of(&timeline),
            locators: map::Locators::new(&timeline),
            search: search::Index::default(),
            titles: OnceLock::new(),
            typed,
            met: figures::pairs(&timeline),
            timeline,
            engine,
            locale,
            values,
            events: OnceLock::new(),
            works,
        }
    }

    /// Makes the values of events, where they are not made yet. Never from within the pool that makes them.
    pub fn make_events(&self) {
        self.all_events();
    }

    fn all_events(&self) -> &[Value] {
        self.events.get_or_init(|| self.values.events(&self.timeline, &self.locale))
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
        self.values.kind_name(ix)
    }

    /// Makes the search index, where it is not made yet. Never from within the pool that makes it.
    pub fn make_search_index(&self) {
        self.search.make(&self.corpus());
    }

    /// What the search index is made from.
    fn corpus(&self) -> search::Corpus<'_> {
        let (timeline, locale) = (&self.timeline, &*self.locale);
        search::Corpus { timeline, kind_names: &self.values.kind_names, locale, typed: &self.typed }
    }

    /// The bytes of one file.
    ///
    /// # Errors
    /// [`RenderError`] where a template fails.
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
