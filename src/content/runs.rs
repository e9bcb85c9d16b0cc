//! Where the plain words of a text are in its file: everything that is not code, HTML or an address, as written.
//!
//! The markdown parser splits words into small pieces. A search for failed mark-up needs them joined, and without what an
//! author escaped.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::diagnostic::Span;

/// A run of plain words on one line, as in the file, without escapes and character references inside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Run {
    /// Its bytes in the text.
    pub span: Span,
    /// The paragraph, heading, item or cell that it is part of.
    pub block: usize,
    /// Whether it begins a line of a paragraph.
    pub begins_line: bool,
    /// Whether it begins a paragraph.
    pub begins_block: bool,
    /// Whether its first character is escaped with a backslash.
    pub escaped: bool,
    /// Whether it is part of a link's words or of a picture's alt text.
    pub in_link: bool,
    /// Whether mark-up follows it without a space between.
    pub touches_markup: bool,
    /// Which of [`MARKS`] its bytes include, or those of the longer run that it was a part of.
    pub marks: u16,
}

/// The bytes that checks of plain words look for. Most runs have none of them, so one look at each byte is enough for all
/// checks. The last byte begins full-width characters.
const MARKS: [u8; 16] = *b"*_`~={^[]<>%$:@\xEF";

/// The bit of [`Run::marks`] for each byte; 0 for bytes that are not among [`MARKS`].
const BITS: [u16; 256] = {
    let mut bits = [0; 256];
    let mut number = 0;
    while number < MARKS.len() {
        bits[MARKS[number] as usize] = 1 << number;
        number += 1;
    }
    bits
};

fn marks(words: &str) -> u16 {
    words.bytes().fold(0, |marks, byte| marks | BITS[usize::from(byte)])
}

impl Run {
    /// The bytes of the run without an escaped first character.
    pub(super) fn unescaped(&self, text: &str) -> Range<usize> {
        let first = text[self.span.clone()].chars().next().filter(|_| self.escaped);
        self.span.start + first.map_or(0, char::len_utf8)..self.span.end
    }

    /// Whether the run may have one of these bytes, which must be among [`MARKS`].
    pub(super) fn may_hold(&self, any: &[u8]) -> bool {
        debug_assert!(any.iter().all(|byte| MARKS.contains(byte)), "no run knows whether it has one of these: {any:?}");
        any.iter().any(|byte| self.marks & BITS[usize::from(*byte)] != 0)
    }
}

/// Returns all plain words of a text, in order.
pub(super) fn runs(text: &str, events: &[(Event<'_>, Span)]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let (mut block, mut code, mut links, mut raw_links) = (0, 0_usize, 0_usize, 0_usize);
    let (mut begins_line, mut begins_block) = (true, true);
    for (event, span) in events {
        let mut ends_line = false;
        match event {
            Event::Text(words) => {
                let is_verbatim = text.get(span.clone()).is_some_and(|written| written == &**words);
                match runs.last_mut().filter(|run| run.span.end == span.start && !begins_line) {
                    Some(run) if is_verbatim && code == 0 => {
                        run.span.end = span.end;
                        run.marks |= marks(words);
                    }
                    _ if is_verbatim && code == 0 && !span.is_empty() => {
                        let escaped = text[..span.start].ends_with('\\');
                        runs.push(Run {
                            span: span.clone(),
                            block,
                            begins_line,
                            begins_block,
                            escaped,
                            in_link: links + raw_links > 0,
                            touches_markup: false,
                            marks: marks(words),
                        });
                    }
                    _ => {}
                }
                (begins_line, begins_block) = (false, false);
                continue;
            }
            Event::Start(Tag::CodeBlock(_)) => code += 1,
            Event::End(TagEnd::CodeBlock) => code = code.saturating_sub(1),
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) => links += 1,
            Event::End(TagEnd::Link | TagEnd::Image) => links = links.saturating_sub(1),
            Event::InlineHtml(html) if begins_tag(html, "<a") => raw_links += 1,
            Event::InlineHtml(html) if begins_tag(html, "</a") => raw_links = raw_links.saturating_sub(1),
            Event::SoftBreak | Event::HardBreak => ends_line = true,
            _ => {}
        }
        match event {
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough) | Event::Code(_) => {
                if let Some(run) = runs.last_mut().filter(|run| run.span.end == span.start) {
                    run.touches_markup = true;
                }
                begins_line = false;
            }
            Event::Start(Tag::Link { .. } | Tag::Image { .. })
            | Event::End(TagEnd::Link | TagEnd::Image | TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough)
            | Event::InlineHtml(_)
            | Event::FootnoteReference(_) => begins_line = false,
            Event::SoftBreak | Event::HardBreak | Event::TaskListMarker(_) => {}
            _ => {
                block += 1;
                raw_links = 0;
                (begins_line, begins_block) = (true, true);
            }
        }
        begins_line |= ends_line;
        begins_block &= begins_line;
    }
    runs
}

fn begins_tag(html: &str, tag: &str) -> bool {
    let beginning = html.get(..tag.len()).filter(|beginning| beginning.eq_ignore_ascii_case(tag));
    beginning.is_some() && !html[tag.len()..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-')
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::Parser;

    use super::{MARKS, runs};

    #[test]
    fn a_run_knows_its_marks() {
        let text = "a* b: c\n\n1 < 2\\_ [d](e) `f` {g} 50 % ＾ plain";
        let events: Vec<_> = Parser::new(text).into_offset_iter().collect();
        let runs = runs(text, &events);
        assert!(runs.len() > 4, "{runs:?}");
        for run in runs {
            let words = &text.as_bytes()[run.span.clone()];
            for mark in MARKS {
                assert_eq!(run.may_hold(&[mark]), words.contains(&mark), "{} in {run:?}", char::from(mark));
            }
        }
    }
}
