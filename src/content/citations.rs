//! Citations in a text: `[^name]` cites a footnote or, if the text has none of that name, a source.
//!
//! Sources get numbers in the order in which they are first cited; footnotes get letters in the order of their definitions.

use pulldown_cmark::Event;

use super::converter::{Converter, inline};
use super::finding::Finding;
use super::runs::Run;
use super::text::slot;
use super::words::letters;
use crate::diagnostic::{Code, Span};
use crate::id::{self, Collection, is_of_id};
use crate::syntax::nearest;

impl Converter<'_> {
    /// Writes the mark of a citation, and counts it. `name` is in NFC.
    pub(super) fn citation(&mut self, name: &str, span: Span) {
        self.support();
        if let Some(number) = self.footnotes.get(name) {
            let letter = letters(*number);
            let uses = self.footnote_uses.entry(name.to_string()).or_default();
            *uses += 1;
            let id = slot::ID;
            let html = format!(
                r##"<sup class="note"><a id="{id}_noteref-{letter}-{uses}" href="#{id}_note-{letter}" role="doc-noteref">[{letter}]</a></sup>"##
            );
            self.out.push(inline(html));
            return;
        }
        let Some(&source) = self.sources.get(name) else {
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
        // Not formatted, which would take five times as long: most paragraphs have a citation.
        let html = [
            r#"<sup class="citation"><a id=""#,
            slot::ID,
            "_cite-",
            name,
            "-",
            &uses.to_string(),
            r##"" href="#"##,
            &slot::source(number, &["_source-", name].concat()),
            r#"" role="doc-noteref">["#,
            &slot::number(number),
            "]</a></sup>",
        ];
        self.out.push(inline(html.concat()));
    }

    fn unknown_source(&mut self, name: &str, span: Span) {
        self.body.unknown_citations.insert(id::fold(name));
        if self.misread.contains(name) {
            return; // reported where its footnote was meant to be
        }
        let message = format!("no source of this entry has the id `{name}`");
        if let Some((other, footnote)) = self.mismatched.get(name).cloned() {
            let footnote = (self.markdown.file, self.in_file(&footnote));
            self.report(Code::UnknownSource, span, message)
                .help(format!("cite the footnote that nothing cites, [^{other}], or rename that one [^{name}]"))
                .also_at(footnote, "this footnote is never cited");
            return;
        }
        let may_look = self.allowance.spend(Code::UnknownSource);
        let known = self.sources.keys().copied().chain(self.footnotes.keys().map(String::as_str));
        let near = may_look.then(|| nearest(name, known)).flatten();
        let help = self.divided(name).or(near).unwrap_or_else(|| match self.markdown.collection {
            Collection::Events => format!("add a [[sources]] table with id = \"{name}\" to the front matter"),
            _ => format!("only events have sources; write a footnote: [^{name}]: …"),
        });
        self.report(Code::UnknownSource, span, message).help(help);
    }

    /// Returns the help for a citation with a page or with two names: `[^name, p. 5]`, `[^name;other]`. `None` if the first
    /// name is unknown too.
    fn divided(&self, name: &str) -> Option<String> {
        let (first, rest) = name.split_once([',', ';', ':'])?;
        let (first, other) = (first.trim(), rest.trim().trim_start_matches('^'));
        let written = match (self.is_known(first), self.is_known(other)) {
            (true, true) => format!("write [^{first}][^{other}]"),
            (true, false) => format!("write [^{first}]{}", &name[name.find([',', ';', ':'])?..]),
            _ => return None,
        };
        Some(written)
    }

    fn is_known(&self, name: &str) -> bool {
        self.sources.contains_key(name) || self.footnotes.contains_key(name)
    }

    /// Finds citations that markdown does not see: `[^name` without an end, `[ ^name]`, `［^name］`, `[@name]`.
    pub(super) fn failed_citations(&self, runs: &[Run]) -> Vec<Finding> {
        let text = self.markdown.text;
        let mut findings = Vec::new();
        for run in runs.iter().filter(|run| run.may_hold(b"^@\xEF")) {
            let range = run.unescaped(text);
            // 0xEF is the first byte of the full-width `＾`.
            for at in memchr::memchr3_iter(b'^', b'@', 0xEF, text[range.clone()].as_bytes()).map(|at| range.start + at)
            {
                let Some(mark) = ["^", "@", "＾"].into_iter().find(|mark| text[at..].starts_with(mark)) else {
                    continue;
                };
                let before = text[range.start..at].trim_end_matches(' ');
                let Some(open) = before.chars().next_back().filter(|c| matches!(c, '[' | '［')) else { continue };
                let start = range.start + before.len() - open.len_utf8();
                let after = &text[at + mark.len()..range.end];
                let end = after.find(|c| !is_of_id(c)).unwrap_or(after.len());
                let name = &after[..end];
                let close = after[end..].chars().next().filter(|c| matches!(c, ']' | '］'));
                let is_open = close.is_none() && mark == "^" && text[..at].ends_with('[');
                // `[^1 of 2` may be words: without its bracket, an unknown name must begin with a letter and have another
                // character.
                let is_name = name.chars().nth(1).is_some() && name.starts_with(char::is_alphabetic);
                let name = id::normalise(name);
                if !(self.is_known(&name) || is_open && is_name) {
                    continue;
                }
                let end = at + mark.len() + end + close.map_or(0, char::len_utf8);
                let message = match is_open {
                    true => "this citation has no closing `]`, so it would be printed as it is",
                    false => "this is not a citation, so it would be printed as it is",
                };
                findings.push(Finding::new(Code::FailedLink, start..end, message, format!("write [^{name}]")));
            }
        }
        findings
    }

    pub(super) fn open_footnote(&mut self, name: &str) {
        let number = self.footnotes.get(name).copied().unwrap_or_default();
        let letter = letters(number);
        let id = slot::ID;
        let html = format!(
            r##"<aside class="footnote" id="{id}_note-{letter}" role="doc-footnote"><a class="footnote-mark" href="#{id}_noteref-{letter}-1">[{letter}]</a>"##
        );
        self.out.push(Event::Html(html.into()));
    }
}
