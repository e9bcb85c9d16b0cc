//! What is written: one flat list of files, each made by itself from what all share.
//!
//! [`plan()`] makes the list, [`Site::render`] makes the bytes of one of them. No job holds another's page, so a pool of
//! threads can drain the list, and a preview can make a single page when it is asked for.

mod charts;
mod citation;
mod feeds;
mod filter;
mod head;
mod items;
mod json_ld;
mod lists;
mod maps;
mod media;
mod pages;
mod paths;
mod plan;
pub mod search;
mod works;

pub use feeds::Feed;
pub use plan::{Content, Job, Output, Plan, plan};

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::figures::{self, Columns};
use crate::theme::{Engine, Locale, RenderError, Views};
use crate::timeline::{ActorIx, Timeline};

/// What all jobs share.
pub struct Site {
    /// The resolved model.
    pub timeline: Timeline,
    /// The compiled templates.
    pub engine: Engine,
    /// The words of the interface.
    pub locale: Arc<Locale>,
    /// The values of events, actors, places, processes and kinds.
    pub views: Views,
    /// The axis of time that all charts share; none where there is no event.
    columns: Option<Columns>,
    items: items::Items,
    /// The pairs of actors to which the matrix leads.
    met: BTreeSet<(ActorIx, ActorIx)>,
    works: works::Works,
    locators: maps::Locators,
    search: search::Search,
}

impl Site {
    /// Brings the model and the theme together.
    #[must_use]
    pub fn new(timeline: Timeline, mut engine: Engine, locale: Arc<Locale>) -> Self {
        let (views, works) = rayon::join(|| Views::new(&timeline, &locale), || works::Works::new(&timeline));
        engine.set_globals(head::globals(&timeline, &locale));
        Self {
            items: items::Items::new(timeline.events.len()),
            columns: Columns::of(&timeline),
            locators: maps::Locators::new(&timeline),
            search: search::Search::default(),
            met: figures::pairs(&timeline),
            timeline,
            engine,
            locale,
            views,
            works,
        }
    }

    /// The bytes of one file.
    ///
    /// # Errors
    /// [`RenderError`] where a template fails.
    pub fn render(&self, output: &Output, job: &Job) -> Result<Vec<u8>, RenderError> {
        pages::render(self, &output.path, job)
    }
}
