//! Markdown (CommonMark with tables, strikethrough and footnotes) to HTML.
//!
//! The parser's events are passed on to the renderer one by one; citations, links, headings and raw HTML are exchanged
//! for our own on the way. Ids of ours begin with `_`; those of headings never do.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::sync::Arc;

use pulldown_cmark::{
    BrokenLink, CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd, html,
};

use super::body::{Body, slot, take_slots};
use super::raw_html;
use super::records::Source;
use super::settings::Settings;
use super::words::{letters, shortened, slug, visible};
use crate::config::RawHtml;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::id::{self, Collection};
use crate::syntax::Allowance;

/// A text to convert and what is known of the document it belongs to.
pub(super) struct Markdown<'a> {
    pub file: &'a Arc<str>,
    pub text: &'a str,
    /// Bytes of the file before the text.
    pub offset: usize,
    pub collection: Collection,
    pub sources: &'a [Source],
    pub settings: &'a Settings,
}

impl Markdown<'_> {
    /// The text as HTML, and every problem it shows by itself.
    pub fn convert(&self) -> (Body, Vec<Diagnostic>) {
        if self.text.trim().is_empty() && self.sources.is_empty() {
            return (Body::default(), Vec::new());
        }
        let mut converter = Converter::new(self);
        converter.run();
        converter.finish()
    }
}

pub(super) struct Converter<'a> {
    pub(super) markdown: &'a Markdown<'a>,
    sources: HashMap<&'a str, usize>,
    pub(super) out: Vec<Event<'a>>,
    pub(super) body: Body,
    diagnostics: Vec<Diagnostic>,
    footnotes: BTreeMap<String, usize>,
    footnote_uses: BTreeMap<String, usize>,
    /// The number under which each source is cited, once it is.
    numbers: Vec<Option<usize>>,
    slugs: HashMap<String, usize>,
    /// The words of the headings still to come.
    headings: VecDeque<String>,
    shift: usize,
    has_raw_html: bool,
    /// Elements of raw HTML that were reported and not closed yet.
    open_html: Vec<String>,
    pub(super) links_seen: usize,
    pub(super) too_many_links: bool,
    /// Suggestions that may still be looked for.
    allowance: Allowance,
}

impl<'a> Converter<'a> {
    fn new(markdown: &'a Markdown<'a>) -> Self {
        let mut sources = HashMap::new();
        let mut diagnostics = Vec::new();
        for (index, source) in markdown.sources.iter().enumerate() {
            let id = source.id.value.0.as_str();
            if id.is_empty() {
                continue;
            }
            if let Err(reason) = id::check(id) {
                let message = format!("`{id}` cannot be the id of a source: {reason}");
                let help = format!("write the id as `{}`, and cite the source by that", slug(id));
                diagnostics
                    .push(Diagnostic::at(Code::InvalidId, markdown.file, source.id.span.clone(), message).help(help));
            }
            if *sources.entry(id).or_insert(index) != index {
                let message = format!("the entry has two sources with the id `{id}`");
                diagnostics.push(
                    Diagnostic::at(Code::DuplicateSource, markdown.file, source.id.span.clone(), message)
                        .help("give each source an id of its own, and cite it by that"),
                );
            }
        }
        Self {
            markdown,
            sources,
            out: Vec::new(),
            body: Body::default(),
            diagnostics,
            footnotes: BTreeMap::new(),
            footnote_uses: BTreeMap::new(),
            numbers: vec![None; markdown.sources.len()],
            slugs: HashMap::new(),
            headings: VecDeque::new(),
            shift: 0,
            has_raw_html: false,
            open_html: Vec::new(),
            links_seen: 0,
            too_many_links: false,
            allowance: Allowance::default(),
        }
    }

    fn run(&mut self) {
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_OLD_FOOTNOTES;
        let mut dead = Vec::new();
        let mut undefined = |link: BrokenLink<'_>| {
            // `[words]` alone is often just words; `[words][name]` and `[name][]` are meant as links.
            if matches!(link.link_type, LinkType::Reference | LinkType::Collapsed) {
                dead.push((link.span.clone(), link.reference.to_string()));
            }
            None
        };
        let parser = Parser::new_with_broken_link_callback(self.markdown.text, options, Some(&mut undefined));
        let events: Vec<(Event<'a>, Span)> = parser.into_offset_iter().collect();
        for (span, name) in dead {
            let message = format!("the text defines no address for `{name}`");
            self.report(Code::DeadLink, span, message).help = Some(format!("add a line [{name}]: https://…"));
        }
        self.look_ahead(&events);
        let mut events = events.into_iter().peekable();
        let mut depth = 0;
        while let Some((event, span)) = events.next() {
            match &event {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth -= 1,
                _ => {}
            }
            let limit = self.markdown.settings.limits.markdown_depth;
            if depth > limit {
                let message = format!("the text is nested deeper than {limit} levels");
                let help = "take some of the nested quotations, lists or emphasis apart";
                self.report(Code::NestingTooDeep, span, message).help = Some(help.to_owned());
                // What is open stays open: the page is not written, for this is an error.
                break;
            }
            match event {
                Event::Start(Tag::Link { dest_url, title, link_type, .. }) => {
                    self.open_link(&dest_url, &title, link_type, span);
                }
                Event::End(TagEnd::Link) => self.out.push(inline("</a>")),
                Event::Start(Tag::Image { dest_url, title, .. }) => {
                    let inside =
                        std::iter::from_fn(|| events.next_if(|(event, _)| !matches!(event, Event::End(TagEnd::Image))));
                    let alt = plain_text(inside.map(|(event, _)| event));
                    self.image(&dest_url, &title, &alt, span);
                }
                Event::End(TagEnd::Image) => {}
                Event::FootnoteReference(name) => self.citation(&name, span),
                Event::Start(Tag::FootnoteDefinition(name)) => self.open_footnote(&name),
                Event::End(TagEnd::FootnoteDefinition) => self.out.push(Event::Html("</aside>\n".into())),
                Event::Start(Tag::HtmlBlock) => {
                    let inside = std::iter::from_fn(|| {
                        events.next_if(|(event, _)| !matches!(event, Event::End(TagEnd::HtmlBlock)))
                    });
                    let pieces: Vec<_> = inside.collect();
                    self.html_block(&pieces);
                }
                Event::End(TagEnd::HtmlBlock) => {}
                Event::InlineHtml(text) | Event::Html(text) => self.raw_html(&text, span, false),
                Event::Start(Tag::Heading { level, .. }) => {
                    let words = self.headings.pop_front().unwrap_or_default();
                    let slug = self.slug_of(&words);
                    let (mark, id, level) = (slot::heading(), slot::id(), self.shifted(level));
                    self.out.push(Event::Html(format!(r#"{mark}<{level} id="{id}{slug}">"#).into()));
                }
                Event::End(TagEnd::Heading(level)) => {
                    let (mark, level) = (slot::heading(), self.shifted(level));
                    self.out.push(Event::Html(format!("{mark}</{level}>\n").into()));
                }
                Event::Text(text) => self.out.push(Event::Text(shown(text))),
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => {
                    self.out.push(Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(shown(language)))));
                }
                other => self.out.push(other),
            }
        }
    }

    /// What must be known before the first event is taken: headings of the first level, footnotes, the lead.
    fn look_ahead(&mut self, events: &[(Event<'_>, Span)]) {
        let is_first_level =
            |event: &Event<'_>| matches!(event, Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }));
        self.shift = usize::from(events.iter().any(|(event, _)| is_first_level(event)));
        let cited: BTreeSet<&str> = events
            .iter()
            .filter_map(|(event, _)| match event {
                Event::FootnoteReference(name) => Some(name.as_ref()),
                _ => None,
            })
            .collect();
        for (event, span) in events {
            if let Event::Start(Tag::FootnoteDefinition(name)) = event {
                let number = self.footnotes.len();
                if self.footnotes.contains_key(name.as_ref()) {
                    let message = format!("the text has two footnotes called `{name}`");
                    self.report(Code::DuplicateSource, span.clone(), message).help =
                        Some("give one of them another name".to_owned());
                } else if !cited.contains(name.as_ref()) {
                    let message = format!("the footnote `{name}` is never cited");
                    self.report(Code::UncitedSource, span.clone(), message).help =
                        Some(format!("cite it in the text as [^{name}], or take it out"));
                }
                self.footnotes.entry(name.to_string()).or_insert(number);
                if self.sources.contains_key(name.as_ref()) {
                    let message = format!("`{name}` is both a source and a footnote of this entry");
                    self.report(Code::DuplicateSource, span.clone(), message).help =
                        Some("give the footnote another name".to_owned());
                }
            }
        }
        let mut inside_heading = false;
        for (event, _) in events {
            match event {
                Event::Start(Tag::Heading { .. }) => {
                    inside_heading = true;
                    self.headings.push_back(String::new());
                }
                Event::End(TagEnd::Heading(_)) => inside_heading = false,
                other if inside_heading => {
                    let words = plain_text(std::iter::once(other.clone()));
                    self.headings.back_mut().expect("a heading was begun").push_str(&words);
                }
                _ => {}
            }
        }
        let paragraph = events.iter().skip_while(|(event, _)| !matches!(event, Event::Start(Tag::Paragraph)));
        let inside = paragraph.take_while(|(event, _)| !matches!(event, Event::End(TagEnd::Paragraph)));
        let text = plain_text(inside.map(|(event, _)| event.clone()));
        self.body.lead = shortened(&text);
    }

    pub(super) fn report(&mut self, code: Code, span: Span, message: impl Into<String>) -> &mut Diagnostic {
        let span = self.in_file(&span);
        self.diagnostics.push(Diagnostic::at(code, self.markdown.file, span, message));
        self.diagnostics.last_mut().expect("one was pushed just now")
    }

    pub(super) fn in_file(&self, span: &Span) -> Span {
        span.start + self.markdown.offset..span.end + self.markdown.offset
    }

    fn shifted(&self, level: HeadingLevel) -> HeadingLevel {
        let level = (level as usize + self.shift).clamp(2, 6);
        HeadingLevel::try_from(level).unwrap_or(HeadingLevel::H6)
    }

    /// An anchor that no heading before has: `talks`, `talks-1`, `talks-2`.
    fn slug_of(&mut self, text: &str) -> String {
        let base = slug(text);
        let uses = self.slugs.entry(base.clone()).or_default();
        loop {
            let slug = match *uses {
                0 => base.clone(),
                number => format!("{base}-{number}"),
            };
            *uses += 1;
            if self.body.anchors.insert(slug.clone()) {
                return slug;
            }
        }
    }

    fn citation(&mut self, name: &CowStr<'_>, span: Span) {
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
        let help = if self.markdown.collection == Collection::Events {
            let may_look = self.allowance.spend(Code::UnknownSource);
            let near = may_look.then(|| crate::syntax::nearest(name, self.sources.keys().copied())).flatten();
            near.unwrap_or_else(|| format!("add a [[sources]] table with id = \"{name}\" to the front matter"))
        } else {
            format!("only events have sources; write a footnote: [^{name}]: …")
        };
        let message = format!("no source of this entry has the id `{name}`");
        self.report(Code::UnknownSource, span, message).help = Some(help);
    }

    fn open_footnote(&mut self, name: &str) {
        let number = self.footnotes.get(name).copied().unwrap_or_default();
        let letter = letters(number);
        let id = slot::id();
        let html = format!(
            r##"<aside class="footnote" id="{id}_note-{letter}" role="doc-footnote"><a class="footnote-mark" href="#{id}_noteref-{letter}-1">[{letter}]</a>"##
        );
        self.out.push(Event::Html(html.into()));
    }

    /// Whether a closing tag ends an element that was reported when it began.
    fn closes_reported(&mut self, html: &str) -> bool {
        let name = |html: &str| {
            let name = html.trim_start_matches(['<', '/']);
            let end = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(name.len());
            name[..end].to_ascii_lowercase()
        };
        if !html.starts_with("</") {
            self.open_html.push(name(html));
            return false;
        }
        let closed = name(html);
        let open = self.open_html.iter().rposition(|open| *open == closed);
        open.map(|at| self.open_html.truncate(at)).is_some()
    }

    fn html_block(&mut self, pieces: &[(Event<'a>, Span)]) {
        let Some((_, first)) = pieces.first() else { return };
        let text: String = pieces.iter().filter_map(|(event, _)| text_of(event)).collect();
        let start = first.start;
        let end = pieces.last().map_or(first.end, |(_, span)| span.end);
        self.raw_html(&text, start..end, true);
    }

    fn raw_html(&mut self, text: &str, span: Span, block: bool) {
        let (kept, unclosed) = raw_html::without_comments(text);
        if let Some(start) = unclosed {
            let at = span.start + start;
            self.report(Code::RawHtml, at..at + 4, "the comment that begins here has no end").help =
                Some("end it with -->; what follows would be lost".to_owned());
        }
        if kept.trim().is_empty() {
            return;
        }
        let kept = raw_html::without_control_references(&kept).into_owned();
        if self.markdown.settings.raw_html == RawHtml::Deny {
            if !block && self.closes_reported(kept.trim()) {
                self.out.push(Event::Text(kept.into()));
                return;
            }
            let shown = kept.trim().lines().next().unwrap_or_default();
            let at = span.start + text.find(shown).unwrap_or(0);
            let message = format!("raw HTML is refused: `{}`", shortened(shown));
            let help =
                "write it as markdown; or, where every author is trusted, set raw_html under [markdown] in site.toml";
            self.report(Code::RawHtml, at..(at + shown.len()).min(span.end), message).help = Some(help.to_owned());
            self.out.push(Event::Text(kept.into()));
            return;
        }
        self.has_raw_html = true;
        self.out.push(if block { Event::Html(kept.into()) } else { Event::InlineHtml(kept.into()) });
    }

    fn finish(mut self) -> (Body, Vec<Diagnostic>) {
        let mut rendered = String::with_capacity(self.markdown.text.len() * 5 / 4);
        html::push_html(&mut rendered, self.out.into_iter());
        if self.has_raw_html && self.markdown.settings.raw_html == RawHtml::Sanitise {
            rendered = raw_html::sanitise(&rendered);
        }
        // Inline styles would need a weaker Content-Security-Policy.
        for side in ["left", "center", "right"] {
            let style = format!(r#" style="text-align: {side}""#);
            if rendered.contains(&style) {
                rendered = rendered.replace(&style, &format!(r#" class="align-{side}""#));
            }
        }
        for source in self.markdown.sources {
            self.body.anchors.insert(format!("_source-{}", source.id.value.0));
        }
        take_slots(&rendered, &mut self.body);
        (self.body, self.diagnostics)
    }
}

pub(super) fn inline<'a>(html: impl Into<CowStr<'a>>) -> Event<'a> {
    Event::InlineHtml(html.into())
}

/// A text without control characters, which references may have brought. What is borrowed stands in the file so, and
/// was looked at there.
fn shown(text: CowStr<'_>) -> CowStr<'_> {
    match &text {
        CowStr::Borrowed(_) => text,
        brought => match visible(brought) {
            Cow::Borrowed(_) => text,
            Cow::Owned(shown) => shown.into(),
        },
    }
}

fn text_of<'e>(event: &'e Event<'_>) -> Option<&'e str> {
    match event {
        Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => Some(text),
        _ => None,
    }
}

/// The words of a run of events, without markup and citations.
fn plain_text<'e>(events: impl Iterator<Item = Event<'e>>) -> String {
    let mut text = String::new();
    for event in events {
        match event {
            Event::Text(words) | Event::Code(words) => text.push_str(&shown(words)),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            _ => {}
        }
    }
    text
}
