//! The settings of a site that affect reading.

use crate::config::{Limits, RawHtml};

/// What reading a document depends on besides its text.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Limits on the size, nesting and links of an entry.
    pub limits: Limits,
    /// What happens to raw HTML.
    pub raw_html: RawHtml,
}
