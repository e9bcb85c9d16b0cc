//! The settings of a site that affect reading.

use crate::config::{Config, Limits, RawHtml};

/// What reading a document depends on besides its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Limits on the size, nesting and links of an entry.
    pub limits: Limits,
    /// What happens to raw HTML.
    pub raw_html: RawHtml,
}

impl Settings {
    /// The settings of a site.
    #[must_use]
    pub const fn of(config: &Config) -> Self {
        Self { limits: config.limits, raw_html: config.raw_html }
    }
}
