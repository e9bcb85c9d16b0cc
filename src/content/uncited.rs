//! Paragraphs that cite no source, for sites that want to know.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::converter::Converter;
use crate::diagnostic::Span;
use crate::id::{self, Collection};

impl Converter<'_> {
    /// Keeps the paragraphs of an event's text that cite no source. Those in lists, quotations and footnotes are not among them, nor
    /// are pictures, and a line that ends in a colon only introduces what follows.
    pub(super) fn find_uncited(&mut self, events: &[(Event<'_>, Span)]) {
        if self.markdown.collection != Collection::Events {
            return;
        }
        let mut depth = 0;
        let (mut has_words, mut is_cited) = (false, false);
        for (event, span) in events {
            match event {
                Event::Start(tag) => {
                    depth += 1;
                    if depth == 1 && matches!(tag, Tag::Paragraph) {
                        (has_words, is_cited) = (false, false);
                    }
                }
                Event::End(end) => {
                    depth -= 1;
                    let introduces = || self.markdown.text[span.clone()].trim_end().ends_with(':');
                    if depth == 0 && *end == TagEnd::Paragraph && has_words && !is_cited && !introduces() {
                        let span = self.in_file(span);
                        self.body.uncited.push(span);
                    }
                }
                Event::FootnoteReference(name) => is_cited |= self.sources.contains_key(&*id::normalise(name)),
                Event::Text(text) | Event::Code(text) => has_words |= !text.trim().is_empty(),
                _ => {}
            }
        }
    }
}
