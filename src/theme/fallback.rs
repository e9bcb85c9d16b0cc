//! English words in place of missing translations, and how HTML marks their language.
//!
//! A message that fell back to English is marked at its origin with characters that no text can contain: noncharacters, which
//! are refused in every file. It then goes through values, templates and lists like any text. When a page is finished, each
//! marked piece becomes a `<span lang="en" dir="ltr">`; where no element is allowed, in attributes, titles, options and
//! drawings, the marks are removed. So templates need not know about it, and it costs nothing if the site's language has every
//! message, as English does.

use std::borrow::Cow;

use memchr::memchr2;
use memchr::memmem;

use crate::fields::LanguageTag;

/// The language used for messages that another language lacks.
pub(super) const FALLBACK: &str = "en";

/// Mark the beginning and end of words in the fallback language.
const FALLEN: [char; 2] = ['\u{FDD0}', '\u{FDD1}'];
/// Mark the beginning and end of words in the page's own language within those, such as a name in a sentence.
const OWN: [char; 2] = ['\u{FDD2}', '\u{FDD3}'];
/// What the marks have in common: the first two bytes of each in UTF-8.
const BEGIN: &[u8] = b"\xEF\xB7";

/// Elements that may contain only text.
const TEXT_ONLY: [&[u8]; 5] = [b"title", b"option", b"textarea", b"script", b"style"];

/// Marks a message that fell back, unless it has no letters, like a separator, and so no language.
pub(super) fn fallen(text: &str) -> Cow<'_, str> {
    if !text.contains(char::is_alphabetic) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(format!("{}{text}{}", FALLEN[0], FALLEN[1]))
}

/// Marks words in the site's own language within a message that fell back. Digits and signs have no language, and words that
/// fell back themselves stay unchanged.
pub(super) fn own(text: &str) -> Cow<'_, str> {
    if text.starts_with(FALLEN[0]) || !text.contains(char::is_alphabetic) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(format!("{}{text}{}", OWN[0], OWN[1]))
}

/// Removes the marks from a text.
#[must_use]
pub(crate) fn unmarked(text: &str) -> Cow<'_, str> {
    let is_mark = |c: char| FALLEN.contains(&c) || OWN.contains(&c);
    if text.contains(is_mark) { Cow::Owned(text.replace(is_mark, "")) } else { Cow::Borrowed(text) }
}

/// Removes the marks from a file that is not HTML.
#[must_use]
pub(crate) fn without_marks(bytes: Vec<u8>) -> Vec<u8> {
    if memmem::find(&bytes, BEGIN).is_none() {
        return bytes;
    }
    let mut out = Vec::with_capacity(bytes.len());
    copy_unmarked(&bytes, &mut out);
    out
}

/// Turns the marks of a page in the language `own` into HTML.
#[must_use]
pub(crate) fn with_languages(html: Vec<u8>, own: &LanguageTag) -> Vec<u8> {
    if memmem::find(&html, BEGIN).is_none() {
        return html;
    }
    let mut page = Page { own, out: Vec::with_capacity(html.len() + html.len() / 4), open: Vec::new(), drawings: 0 };
    let mut rest = html.as_slice();
    while let Some(at) = memchr2(b'<', BEGIN[0], rest) {
        page.out.extend_from_slice(&rest[..at]);
        rest = &rest[at..];
        rest = if rest[0] == b'<' { page.tag(rest) } else { page.mark(rest) };
    }
    page.out.extend_from_slice(rest);
    page.out
}

struct Page<'a> {
    own: &'a LanguageTag,
    out: Vec<u8>,
    /// The open pieces: whether each is in the fallback language, and whether an element was written for it.
    open: Vec<(bool, bool)>,
    /// How many `<svg>` are open.
    drawings: usize,
}

impl Page<'_> {
    /// Writes the tag for the mark at the beginning of `text`, if there is one, and returns the rest.
    fn mark<'h>(&mut self, text: &'h [u8]) -> &'h [u8] {
        let Some((opens, is_fallen)) = mark_of(text) else {
            self.out.push(text[0]);
            return &text[1..];
        };
        if !opens {
            if self.open.pop().is_some_and(|(_, written)| written) {
                self.out.extend_from_slice(b"</span>");
            }
        } else {
            let now = self.open.last().is_some_and(|(is_fallen, _)| *is_fallen);
            let written = self.drawings == 0 && now != is_fallen;
            if written {
                let span = match is_fallen {
                    true => format!("<span lang=\"{FALLBACK}\" dir=\"ltr\">"),
                    false => format!("<span lang=\"{}\" dir=\"{}\">", &**self.own, self.own.direction()),
                };
                self.out.extend_from_slice(span.as_bytes());
            }
            self.open.push((is_fallen, written));
        }
        &text[3..]
    }

    /// Copies the tag at the beginning of `text` without marks, or the whole element if it may contain only text.
    fn tag<'h>(&mut self, text: &'h [u8]) -> &'h [u8] {
        if text.starts_with(b"<!--") {
            let end = memmem::find(text, b"-->").map_or(text.len(), |end| end + 3);
            copy_unmarked(&text[..end], &mut self.out);
            return &text[end..];
        }
        let mut end = tag_length(text);
        let closes = text.starts_with(b"</");
        let name = &text[if closes { 2 } else { 1 }..end];
        let name = &name[..name.iter().position(|b| !b.is_ascii_alphanumeric()).unwrap_or(name.len())];
        if name == b"svg" {
            self.drawings = if closes { self.drawings.saturating_sub(1) } else { self.drawings + 1 };
        } else if !closes && TEXT_ONLY.contains(&name) {
            let close = [b"</", name].concat();
            end = memmem::find(&text[end..], &close).map_or(text.len(), |at| end + at);
        }
        copy_unmarked(&text[..end], &mut self.out);
        &text[end..]
    }
}

/// Returns the length of a tag in bytes. Attribute values are quoted and may contain `>`.
fn tag_length(text: &[u8]) -> usize {
    let mut quote = None;
    for (at, byte) in text.iter().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') => quote = Some(*byte),
            (Some(open), byte) if open == *byte => quote = None,
            _ => {}
        }
    }
    text.len()
}

fn copy_unmarked(mut bytes: &[u8], out: &mut Vec<u8>) {
    while let Some(at) = memmem::find(bytes, BEGIN) {
        out.extend_from_slice(&bytes[..at]);
        let length = if mark_of(&bytes[at..]).is_some() { 3 } else { 0 };
        let kept = if length == 0 { 2 } else { 0 };
        out.extend_from_slice(&bytes[at..at + kept]);
        bytes = &bytes[at + length + kept..];
    }
    out.extend_from_slice(bytes);
}

/// Returns whether the mark at the beginning of a text opens a piece, and whether the piece is in the fallback language;
/// `None` if there is no mark.
fn mark_of(text: &[u8]) -> Option<(bool, bool)> {
    match text.strip_prefix(BEGIN)?.first()? {
        0x90 => Some((true, true)),
        0x91 => Some((false, true)),
        0x92 => Some((true, false)),
        0x93 => Some((false, false)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{fallen, own, unmarked, with_languages, without_marks};
    use crate::fields::LanguageTag;

    fn page(html: &str) -> String {
        let language = LanguageTag::parse("ar").expect("it is a tag");
        String::from_utf8(with_languages(html.as_bytes().to_vec(), &language)).expect("it is UTF-8")
    }

    #[test]
    fn words_that_fell_back_say_their_language_where_an_element_can_stand() {
        let word = fallen("Map");
        let span = "<span lang=\"en\" dir=\"ltr\">Map</span>";
        assert_eq!(page(&format!("<p>{word} ﷺ</p>")), format!("<p>{span} ﷺ</p>"));
        assert_eq!(page(&format!("<a title=\"{word} > x\">{word}</a>")), format!("<a title=\"Map > x\">{span}</a>"));
        for element in ["title", "option", "textarea", "script"] {
            let html = format!("<{element}>{word}</{element}><b>{word}</b>");
            assert_eq!(page(&html), format!("<{element}>Map</{element}><b>{span}</b>"));
        }
        assert_eq!(
            page(&format!("<svg><svg><title>{word}</title></svg><text>{word}</text></svg>{word}")),
            format!("<svg><svg><title>Map</title></svg><text>Map</text></svg>{span}")
        );
    }

    #[test]
    fn names_within_a_sentence_that_fell_back_keep_their_language() {
        let sentence = fallen(&format!("In {} of {}", own("دمشق"), fallen("May"))).into_owned();
        assert_eq!(
            page(&sentence),
            "<span lang=\"en\" dir=\"ltr\">In <span lang=\"ar\" dir=\"rtl\">دمشق</span> of May</span>"
        );
        assert_eq!((own("20"), fallen(" · ")), ("20".into(), " · ".into()));
        assert_eq!(unmarked(&sentence), "In دمشق of May");
        assert_eq!(without_marks(sentence.into_bytes()), "In دمشق of May".as_bytes());
    }

    #[test]
    fn broken_html_does_no_harm() {
        for html in ["<", "<!--", "<title>", "\u{FDD1}", "\u{FDD0}", "<a \u{FDD0}", "<script>\u{FDD0}", "\u{FDD0}<"] {
            page(html);
        }
    }
}
