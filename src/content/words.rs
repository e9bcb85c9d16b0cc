//! Short forms of texts: a beginning, an anchor, a footnote's letter.

use std::borrow::Cow;

use crate::diagnostic::is_noncharacter;

/// How much of the first paragraph is kept for descriptions, and of an author's words for reports, in characters.
const LEAD: usize = 220;

/// Cuts a text between words to at most [`LEAD`] characters, and adds `…` if it was longer.
pub(super) fn shortened(text: &str) -> String {
    let text = text.trim();
    let Some((cut, _)) = text.char_indices().nth(LEAD) else {
        return text.to_owned();
    };
    let cut = text[..cut].rfind(' ').unwrap_or(cut);
    format!("{}…", text[..cut].trim_end())
}

/// Returns the beginning of a text: at most `bytes` bytes, to a boundary between characters.
pub(super) fn beginning_of(text: &str, bytes: usize) -> &str {
    &text[..text.floor_char_boundary(bytes)]
}

/// Returns a heading's anchor, or the end of a new entry's id: letters, marks and digits in lower case and NFC, joined by
/// hyphens. `section` if the text has none.
#[must_use]
pub(crate) fn slug(text: &str) -> String {
    let lower = crate::id::normalise(&text.to_lowercase());
    let words = lower.split(|c: char| !c.is_alphanumeric() && !unicode_normalization::char::is_combining_mark(c));
    let slug = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-");
    if slug.is_empty() { "section".to_owned() } else { slug }
}

/// Returns the letters for a number from 0: a, b, …, z, aa, ab, …
pub(super) fn letters(number: usize) -> String {
    let last = char::from(b'a' + u8::try_from(number % 26).unwrap_or(0));
    match number / 26 {
        0 => last.to_string(),
        rest => format!("{}{last}", letters(rest - 1)),
    }
}

/// Replaces every control character, except tabs and line ends, and every noncharacter by U+FFFD. Files contain none, but
/// `&#1;` and `&#xFFFE;` produce them.
pub(super) fn visible(text: &str) -> Cow<'_, str> {
    let hidden = |c: char| (c.is_control() && !matches!(c, '\t' | '\n' | '\r')) || is_noncharacter(c);
    if text.contains(hidden) { text.replace(hidden, "\u{fffd}").into() } else { text.into() }
}
