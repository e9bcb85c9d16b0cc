//! What a site's settings say of reading.

use crate::config::{Limits, RawHtml};

/// What reading a document depends on beside its text.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// How large and how deep a file may be.
    pub limits: Limits,
    /// What happens to raw HTML.
    pub raw_html: RawHtml,
}
