//! Text as part of HTML or SVG.

/// Text in which nothing is markup: safe between tags and in quoted attributes.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    // Writing to memory cannot fail.
    let _ = tera::escape_html(text, &mut out);
    String::from_utf8_lossy(&out).into_owned()
}
