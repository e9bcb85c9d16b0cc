//! The settings of a site that affect reading.

use crate::config::{Config, Limits, RawHtml};

/// What a document is read for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goal {
    /// The files of the site.
    Site,
    /// Only the report on it, so that its text need not be kept.
    Report,
}

/// What reading a document depends on besides its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// What it is read for.
    pub goal: Goal,
    /// Limits on the size, nesting and links of an entry.
    pub limits: Limits,
    /// What happens to raw HTML.
    pub raw_html: RawHtml,
}

impl Settings {
    /// Picks from a site's configuration what affects how its entries are read.
    #[must_use]
    pub const fn of(config: &Config, goal: Goal) -> Self {
        Self { goal, limits: config.limits, raw_html: config.raw_html }
    }
}
