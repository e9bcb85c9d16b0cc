//! Footnotes: their numbers, those that nothing cites, and lines that were meant as footnotes but are none.

use std::collections::BTreeSet;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::converter::Converter;
use super::words::shortened;
use crate::diagnostic::{Code, Span};
use crate::id::{self, is_of_id};

/// A footnote as its author wrote it, `[^name]: …`.
struct Definition {
    name: String,
    span: Span,
    is_empty: bool,
}

impl Converter<'_> {
    /// Numbers the footnotes in the order of their definitions, and reports those that nothing cites, and names that two
    /// footnotes or a footnote and a source have.
    pub(super) fn take_footnotes(&mut self, events: &[(Event<'_>, Span)]) {
        let definitions = definitions(events);
        let is_source =
            |(event, _): &(Event<'_>, Span)| cited(event).is_none_or(|name| self.sources.contains_key(&*name));
        if definitions.is_empty() && events.iter().all(is_source) {
            return;
        }
        let defined: BTreeSet<&str> = definitions.iter().map(|footnote| footnote.name.as_str()).collect();
        self.misread_lines(events, &defined);
        let cited: Vec<String> = events.iter().filter_map(|(event, _)| cited(event)).collect();
        let (cited, unknown): (Vec<String>, Vec<String>) =
            cited.into_iter().partition(|name| defined.contains(name.as_str()));
        let cited: BTreeSet<&str> = cited.iter().map(String::as_str).collect();
        // `[^Note]` is reported where it is, so the footnote `note` is not also reported as uncited.
        let misspelt: BTreeSet<String> = unknown.iter().map(|name| id::fold(name)).collect();
        let open = open_citations(self.markdown.text);
        let is_idle = |name: &str| !cited.contains(name) && !misspelt.contains(&id::fold(name)) && !open.contains(name);
        let idle: Vec<&Definition> =
            definitions.iter().filter(|footnote| is_idle(&footnote.name) && !footnote.is_empty).collect();
        self.mismatch(&unknown, &idle);
        for Definition { name, span, is_empty } in &definitions {
            let number = self.footnotes.len();
            if self.footnotes.contains_key(name) {
                let message = format!("the text has two footnotes called `{name}`");
                let first = definitions.iter().find(|other| other.name == *name).map_or(span, |first| &first.span);
                let first = (self.markdown.file, self.in_file(first));
                self.report(Code::DuplicateSource, span.clone(), message)
                    .help("give one of them another name")
                    .also_at(first, "first defined here");
            } else if is_idle(name) && !is_empty && self.mismatched.is_empty() {
                let message = format!("the footnote `{name}` is never cited");
                self.report(Code::UncitedSource, span.clone(), message)
                    .help(format!("cite it in the text as [^{name}], or remove it"));
            }
            self.footnotes.entry(name.clone()).or_insert(number);
            if self.sources.contains_key(name.as_str()) {
                let message = format!("`{name}` is both a source and a footnote of this entry");
                let source = &self.markdown.sources[self.sources[name.as_str()]].id;
                let source = (self.markdown.file, source.span.clone());
                self.report(Code::DuplicateSource, span.clone(), message)
                    .help("give the footnote another name")
                    .also_at(source, "the source is here");
                // A citation may mean either of them, so neither is uncited.
                self.body.unknown_citations.insert(id::fold(name));
            }
        }
    }

    /// Pairs unknown names with uncited footnotes in their order, if there are equally many: after renumbering by hand, a
    /// citation and its footnote are one mistake.
    fn mismatch(&mut self, unknown: &[String], idle: &[&Definition]) {
        let mut seen = BTreeSet::new();
        let is_free = |name: &&String| !self.sources.contains_key(name.as_str()) && !self.misread.contains(*name);
        let names: Vec<&String> = unknown.iter().filter(is_free).filter(|name| seen.insert(*name)).collect();
        if names.len() == idle.len() {
            let pairs = names.into_iter().zip(idle);
            self.mismatched =
                pairs.map(|(name, footnote)| (name.clone(), (footnote.name.clone(), footnote.span.clone()))).collect();
        }
    }

    /// Reports lines that were meant as footnotes, but whose colon does not follow the name at once or is missing:
    /// `[^1] : …`, `[^1]. …`.
    fn misread_lines(&mut self, events: &[(Event<'_>, Span)], defined: &BTreeSet<&str>) {
        let text = self.markdown.text;
        let mut before: BTreeSet<String> = BTreeSet::new();
        for (number, (event, span)) in events.iter().enumerate() {
            let Some(name) = cited(event) else { continue };
            let before_it = number.checked_sub(1).map(|before| &events[before].0);
            let begins_block = matches!(before_it, Some(Event::Start(Tag::Paragraph | Tag::Item)));
            let begins_line = begins_block || matches!(before_it, Some(Event::SoftBreak | Event::HardBreak));
            let goes_on_below = matches!(events.get(number + 1), Some((Event::SoftBreak, _)));
            let mut lines = text[span.end..].lines();
            let mut rest = lines.next().unwrap_or_default();
            let end = span.end + rest.trim_end().len();
            if goes_on_below {
                rest = lines.next().unwrap_or_default();
            }
            let words = rest.trim_start_matches(|c: char| c.is_whitespace() || MARKS.contains(c));
            let marks = rest[..rest.len() - words.len()].trim();
            let has_colon = marks.contains([':', '：', '﹕']);
            let is_known = defined.contains(name.as_str()) || self.sources.contains_key(name.as_str());
            // Without a colon, only a name that was cited above shows what is meant.
            let is_meant = begins_line && has_colon || begins_block && before.contains(&name);
            if is_meant && !is_known && !words.is_empty() {
                let message = match marks {
                    ":" => "this is not a footnote: there is a space before the colon".to_owned(),
                    "" => "this is not a footnote: there is no colon after the name".to_owned(),
                    marks => format!("this is not a footnote: its name is followed by `{marks}`, not by a colon"),
                };
                let help = format!("write [^{name}]: {}", shortened(words));
                self.report(Code::FailedLink, span.start..end, message).help(help);
                self.misread.insert(name.clone());
            }
            before.insert(name);
        }
    }
}

/// What people write between a footnote's name and its words.
const MARKS: &str = ":：﹕.;)-–—";

fn definitions(events: &[(Event<'_>, Span)]) -> Vec<Definition> {
    let definition = |(number, (event, span)): (usize, &(Event<'_>, Span))| match event {
        Event::Start(Tag::FootnoteDefinition(name)) => Some(Definition {
            name: id::normalise(name),
            span: span.clone(),
            is_empty: matches!(events.get(number + 1), Some((Event::End(TagEnd::FootnoteDefinition), _))),
        }),
        _ => None,
    };
    events.iter().enumerate().filter_map(definition).collect()
}

/// Returns the names of citations without a closing bracket. Those are reported where they are.
fn open_citations(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for at in memchr::memmem::find_iter(text.as_bytes(), "[^") {
        let rest = &text[at + "[^".len()..];
        let name = &rest[..rest.find(|c| !is_of_id(c)).unwrap_or(rest.len())];
        if !name.is_empty() && !rest[name.len()..].starts_with(']') {
            found.insert(id::normalise(name));
        }
    }
    found
}

/// Returns the name, in NFC, that a citation gives; `None` for any other event.
fn cited(event: &Event<'_>) -> Option<String> {
    match event {
        Event::FootnoteReference(name) => Some(id::normalise(name)),
        _ => None,
    }
}
