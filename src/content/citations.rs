//! Citations of sources and footnotes, as they are in a text.

use pulldown_cmark::{CowStr, Event};

use super::body::slot;
use super::markdown::{Converter, inline};
use super::words::letters;
use crate::diagnostic::{Code, Span};
use crate::id::Collection;
use crate::syntax::nearest;

impl Converter<'_> {
    pub(super) fn citation(&mut self, name: &CowStr<'_>, span: Span) {
        if let Some(number) = self.footnotes.get(name.as_ref()) {
            let letter = letters(*number);
            let uses = self.footnote_uses.entry(name.to_string()).or_default();
            *uses += 1;
            let id = slot::id();
            let html = format!(
                r##"<sup class="note"><a id="{id}_noteref-{letter}-{uses}" href="#{id}_note-{letter}" role="doc-noteref">[{letter}]</a></sup>"##
            );
            self.out.push(inline(html));
            return;
        }
        let Some(&source) = self.sources.get(name.as_ref()) else {
            self.unknown_source(name, span);
            return;
        };
        let next = self.body.citations.len();
        let number = *self.numbers[source].get_or_insert(next);
        if number == next {
            self.body.citations.push((source, 0));
        }
        self.body.citations[number].1 += 1;
        let uses = self.body.citations[number].1;
        let (id, anchor) = (slot::id(), slot::source(number, &format!("_source-{name}")));
        let html = format!(
            r##"<sup class="citation"><a id="{id}_cite-{name}-{uses}" href="#{anchor}" role="doc-noteref">[{}]</a></sup>"##,
            slot::number(number)
        );
        self.out.push(inline(html));
    }

    fn unknown_source(&mut self, name: &str, span: Span) {
        self.body.unknown_citations.insert(crate::id::fold(name));
        let may_look = self.allowance.spend(Code::UnknownSource);
        let known = self.sources.keys().copied().chain(self.footnotes.keys().map(String::as_str));
        let near = may_look.then(|| nearest(name, known)).flatten();
        let help = near.unwrap_or_else(|| match self.markdown.collection {
            Collection::Events => format!("add a [[sources]] table with id = \"{name}\" to the front matter"),
            _ => format!("only events have sources; write a footnote: [^{name}]: …"),
        });
        let message = format!("no source of this entry has the id `{name}`");
        self.report(Code::UnknownSource, span, message).help = Some(help);
    }

    pub(super) fn open_footnote(&mut self, name: &str) {
        let number = self.footnotes.get(name).copied().unwrap_or_default();
        let letter = letters(number);
        let id = slot::id();
        let html = format!(
            r##"<aside class="footnote" id="{id}_note-{letter}" role="doc-footnote"><a class="footnote-mark" href="#{id}_noteref-{letter}-1">[{letter}]</a>"##
        );
        self.out.push(Event::Html(html.into()));
    }
}
