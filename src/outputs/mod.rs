//! What is written: one flat list of files, each made by itself from what all share.
//!
//! [`plan()`] makes the list, [`Site::render`] makes the bytes of one of them. No job holds another's page, so a pool of
//! threads can drain the list, and a preview can make a single page when it is asked for.

mod feeds;
mod head;
mod items;
mod json_ld;
mod lists;
mod pages;
mod paths;
mod plan;
pub mod search;

pub use plan::{Content, Job, Output, Plan, plan};

use std::sync::Arc;

use crate::theme::{Engine, Locale, RenderError, Views};
use crate::timeline::Timeline;

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
    items: items::Items,
    search: search::Search,
}

impl Site {
    /// Brings the model and the theme together.
    #[must_use]
    pub fn new(timeline: Timeline, mut engine: Engine, locale: Arc<Locale>) -> Self {
        let views = Views::new(&timeline, &locale);
        engine.set_globals(head::globals(&timeline, &locale));
        let (items, search) = (items::Items::new(timeline.events.len()), search::Search::default());
        Self { items, search, timeline, engine, locale, views }
    }

    /// The bytes of one file.
    ///
    /// # Errors
    /// [`RenderError`] where a template fails.
    pub fn render(&self, output: &Output, job: &Job) -> Result<Vec<u8>, RenderError> {
        pages::render(self, &output.path, job)
    }
}
