//! Characters that no file may hold and no report may print.

use std::sync::Arc;

use super::{Code, Diagnostic};

/// Characters no file may hold: control characters, noncharacters, and those that turn the direction of the text around
/// them (Unicode's Bidi_Control without the harmless marks, UAX #9), with which a line can be made to read as another.
#[must_use]
pub fn is_refused(c: char) -> bool {
    (c.is_control() && !matches!(c, '\t' | '\n' | '\r'))
        || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
        || is_noncharacter(c)
}

/// Code points that Unicode keeps free of characters for ever: XML and HTML refuse them.
#[must_use]
pub fn is_noncharacter(c: char) -> bool {
    matches!(c, '\u{FDD0}'..='\u{FDEF}') || u32::from(c) & 0xFFFE == 0xFFFE
}

/// A text as a terminal may show it: refused characters and line ends become U+FFFD.
#[must_use]
pub fn shown(text: &str) -> String {
    text.chars().map(|c| if is_refused(c) || matches!(c, '\n' | '\r') { '\u{FFFD}' } else { c }).collect()
}

/// Reports every refused character of a text.
#[must_use]
pub fn refused_characters(file: &Arc<str>, text: &str) -> Vec<Diagnostic> {
    // Most texts hold none: a look at the bytes is enough to know.
    let suspicious =
        |b: &u8| (*b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r')) || matches!(b, 0x7F | 0xC2 | 0xE2 | 0xEF..);
    if !text.as_bytes().iter().any(suspicious) {
        return Vec::new();
    }
    let refused = text.char_indices().filter(|(_, c)| is_refused(*c));
    refused
        .map(|(at, c)| {
            let code = u32::from(c);
            let message = if c.is_control() {
                format!("the text holds the control character U+{code:04X}")
            } else if is_noncharacter(c) {
                format!("the text holds U+{code:04X}, which Unicode keeps free: it is no character")
            } else {
                format!("the text holds U+{code:04X}, which turns the direction of the text around it unseen")
            };
            let diagnostic = Diagnostic::at(Code::ControlCharacter, file, at..at + c.len_utf8(), message);
            diagnostic.help("take the character out")
        })
        .collect()
}
