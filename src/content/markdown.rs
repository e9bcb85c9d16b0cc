//! Markdown (CommonMark with tables, strikethrough, footnotes, task lists and links by id) to HTML: the run over the events.
//!
//! The parser's events are passed to the renderer one by one; on the way, citations, links, headings and raw HTML are
//! replaced. Ids that annals makes begin with `_`; those of headings never do.

use std::iter::Peekable;
use std::mem;
use std::sync::Arc;

use pulldown_cmark::{
    BrokenLink, CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd, html,
};

use super::body::{Body, Lead};
use super::converter::{Block, Converter, Markdown, inline, is_inline, plain_text, shown};
use super::finding::Finding;
use super::settings::{Goal, Settings};
use super::shown_source::shown_source;
use super::text::Text;
use super::{
    addresses, comments, definitions, dialects, failed_links, leftovers, line_beginnings, queries, raw_html, runs,
    silent,
};
use crate::config::RawHtml;
use crate::diagnostic::{Code, Problems, Span};
use crate::id::{self, Collection};

/// About how many bytes of a text there are for each event of the parser.
const BYTES_OF_EVENT: usize = 20;

/// Returns the extensions of CommonMark that annals reads.
#[must_use]
pub(crate) fn markdown_options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_OLD_FOOTNOTES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_WIKILINKS
}

impl Markdown<'_> {
    /// Converts the text to HTML, and collects every problem that it shows by itself.
    pub(super) fn convert(&self) -> (Body, Problems) {
        if self.text.trim().is_empty() && self.sources.is_empty() {
            return (Body::default(), Problems::default());
        }
        let mut converter = Converter::new(self);
        converter.run();
        converter.finish()
    }
}

impl<'a> Converter<'a> {
    fn run(&mut self) {
        let events = self.parse();
        self.look_ahead(&events);
        self.look_for_failures(&events);
        self.out.reserve(events.len());
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
                let help = "reduce the nesting of quotations, lists or emphasis";
                self.report(Code::NestingTooDeep, span, message).help(help);
                // Open elements stay open: because of the error, the page is not written.
                break;
            }
            self.end_task_before(&event);
            self.mark_block(&event, depth, &span);
            let Some(event) = self.take_whole(event, &span, &mut events) else {
                depth -= 1;
                continue;
            };
            match event {
                Event::Start(Tag::Link { dest_url, title, link_type, .. }) => match link_type {
                    LinkType::WikiLink { has_pothole } => {
                        if !self.open_link_by_id(&dest_url, has_pothole, span) {
                            while events.next_if(|(event, _)| !matches!(event, Event::End(TagEnd::Link))).is_some() {}
                        }
                    }
                    _ => self.open_link(&dest_url, &title, link_type, span),
                },
                Event::End(TagEnd::Link) => self.out.push(inline("</a>")),
                Event::FootnoteReference(name) => self.citation(&id::normalise(&name), span),
                Event::Start(Tag::FootnoteDefinition(name)) => self.open_footnote(&id::normalise(&name)),
                Event::End(TagEnd::FootnoteDefinition) => self.out.push(Event::Html("</aside>\n".into())),
                Event::InlineHtml(text) | Event::Html(text) => self.raw_html(&text, span, false),
                Event::Start(Tag::Heading { level, id, .. }) => self.open_heading(level, id.as_deref(), span),
                Event::End(TagEnd::Heading(level)) => self.close_heading(level),
                Event::Start(Tag::Paragraph) => self.anchored("<p"),
                Event::Start(Tag::Item) if events.peek().is_some_and(|(next, _)| begins_line(next)) => {
                    self.anchored("<li");
                }
                Event::Text(text) => self.text(text, span),
                Event::TaskListMarker(done) => self.task(done),
                Event::Start(Tag::Table(_) | Tag::TableHead | Tag::TableRow | Tag::TableCell)
                | Event::End(TagEnd::Table | TagEnd::TableHead | TagEnd::TableRow | TagEnd::TableCell) => {
                    self.table(&event);
                }
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => {
                    self.out.push(Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(shown(language)))));
                }
                other => self.out.push(other),
            }
        }
        self.report_removed();
    }

    /// Opens a [`Block`] at the beginning of a paragraph, list item or footnote that is not inside another, and closes it
    /// at its end. In events, one that nothing supports is noted.
    fn mark_block(&mut self, event: &Event<'a>, depth: usize, span: &Span) {
        match event {
            Event::Start(Tag::Paragraph | Tag::Item | Tag::FootnoteDefinition(_)) if self.block.is_none() => {
                // A footnote is a remark, not a claim.
                let is_supported = matches!(event, Event::Start(Tag::FootnoteDefinition(_)));
                self.block = Some(Block { depth, span: span.clone(), is_supported });
            }
            Event::End(_) if self.block.as_ref().is_some_and(|block| block.depth == depth + 1) => {
                let closed = self.block.take().filter(|block| !block.is_supported);
                if let Some(block) = closed.filter(|_| self.markdown.collection == Collection::Events) {
                    let text = self.markdown.text[block.span.clone()].trim_end();
                    let span = self.in_file(&(block.span.start..block.span.start + text.len()));
                    self.body.unsupported.push(span);
                }
            }
            _ => {}
        }
    }

    /// Converts an element as a whole, contents included, and consumes it to its end: a count, a picture, a block of HTML,
    /// a query. Gives back any other event.
    fn take_whole(&mut self, event: Event<'a>, span: &Span, rest: &mut Rest<'a>) -> Option<Event<'a>> {
        match event {
            Event::Start(Tag::Link { dest_url, .. }) if queries::is_count(&dest_url) => {
                let pieces = inside(rest, TagEnd::Link);
                self.count(&dest_url, &pieces, span);
            }
            Event::Start(Tag::Image { dest_url, title, link_type, .. }) => {
                let alt = plain_text(inside(rest, TagEnd::Image).into_iter().map(|(event, _)| event));
                match link_type {
                    LinkType::WikiLink { has_pothole } => {
                        self.embed(&dest_url, Some(alt).filter(|_| has_pothole).as_deref(), span.clone());
                    }
                    _ => self.image(&dest_url, &title, &alt, span.clone()),
                }
            }
            Event::Start(Tag::HtmlBlock) => self.html_block(&inside(rest, TagEnd::HtmlBlock)),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) if queries::is_block(&language) => {
                let pieces = inside(rest, TagEnd::CodeBlock);
                self.query_block(&pieces, span.clone());
            }
            other => return Some(other),
        }
        None
    }

    fn parse(&mut self) -> Vec<(Event<'a>, Span)> {
        let mut dead = Vec::new();
        let mut undefined = |link: BrokenLink<'_>| {
            // `[words]` is often just words; `[words][name]` and `[name][]` are meant as links.
            if matches!(link.link_type, LinkType::Reference | LinkType::Collapsed) {
                dead.push((link.span.clone(), link.reference.to_string()));
            }
            None
        };
        let parser =
            Parser::new_with_broken_link_callback(self.markdown.text, markdown_options(), Some(&mut undefined));
        let text = self.markdown.text;
        let mut parser = parser.into_offset_iter();
        let mut events = Vec::with_capacity(text.len() / BYTES_OF_EVENT);
        events.extend(parser.by_ref().map(|(event, span)| with_tildes(event, span, text)));
        let idle = definitions::idle(text, &events, parser.reference_definitions());
        let Settings { goal, raw_html, .. } = *self.markdown.settings;
        if goal == Goal::Site {
            self.shown_source = shown_source(text, &events, parser.reference_definitions(), raw_html);
        }
        for finding in idle {
            self.report(finding.code, finding.span, finding.message).help(finding.help);
        }
        for (span, name) in dead {
            let message = format!("the text defines no address for `{name}`");
            let help = failed_links::of_reference(&text[span.clone()], &name)
                .unwrap_or_else(|| format!("add a line [{name}]: https://…"));
            self.report(Code::DeadLink, span, message).help(help);
        }
        events
    }

    /// Finds bare addresses, and reports mark-up that would be printed or would change the text.
    fn look_for_failures(&mut self, events: &[(Event<'_>, Span)]) {
        let text = self.markdown.text;
        let runs = runs::runs(text, events);
        let comments = comments::comments(text, events, &runs);
        let addresses = addresses::addresses(text, &runs);
        let cut_off = addresses::cut_off(text, &runs, &addresses);
        let runs = addresses::without(outside_addresses(runs, events), &addresses);
        let mut findings = leftovers::leftovers(text, events, &runs);
        findings.extend(cut_off);
        findings.extend(failed_links::failed_links(text, events, &runs));
        // What is inside of one of these is a part of the same mistake.
        let mut whole = line_beginnings::line_beginnings(text, &runs);
        whole.extend(dialects::dialects(text, events, &runs));
        whole.extend(silent::silent_changes(text, events));
        let inside = Inside::new(&whole);
        findings.retain(|finding| !inside.holds(&finding.span));
        findings.extend(self.failed_citations(&runs));
        findings.extend(whole);
        // A comment is reported once; what is inside it is not reported again.
        findings.retain(|finding| !comments.hide(&finding.span));
        for finding in comments.findings.into_iter().chain(findings) {
            self.report(finding.code, finding.span, finding.message).help(finding.help);
        }
        self.addresses = addresses.into();
    }

    /// Writes words, with the bare addresses among them as links.
    fn text(&mut self, words: CowStr<'a>, span: Span) {
        let text = self.markdown.text;
        let mut at = span.start.max(self.linked_to);
        if at == span.start && self.addresses.front().is_none_or(|address| address.start >= span.end) {
            self.out.push(Event::Text(shown(words)));
            return;
        }
        while let Some(address) = self.addresses.front().filter(|address| address.start < span.end).cloned() {
            self.addresses.pop_front();
            self.out.push(Event::Text(text[at..address.start].into()));
            let url = &text[address.clone()];
            self.open_link(url, "", LinkType::Autolink, address.clone());
            self.out.push(Event::Text(url.into()));
            self.out.push(inline("</a>"));
            self.linked_to = address.end;
            at = address.end;
        }
        if at < span.end {
            self.out.push(Event::Text(text[at..span.end].into()));
        }
    }

    /// Collects what must be known before the first event: whether there are first-level headings, the words of headings,
    /// footnotes, the lead.
    fn look_ahead(&mut self, events: &[(Event<'_>, Span)]) {
        let is_first_level =
            |event: &Event<'_>| matches!(event, Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }));
        self.shift = usize::from(events.iter().any(|(event, _)| is_first_level(event)));
        self.take_footnotes(events);
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
        if self.markdown.settings.goal == Goal::Site {
            self.body.lead = lead(inside.map(|(event, _)| event));
        }
    }

    fn finish(mut self) -> (Body, Problems) {
        for source in self.markdown.sources {
            self.body.anchors.insert(format!("_source-{}", source.id.value.0));
        }
        self.body.links.shrink_to_fit();
        self.body.unsupported.shrink_to_fit();
        let text = match self.markdown.settings.goal {
            Goal::Site => self.take_text(),
            Goal::Report => Text::unread(self.markdown.text.len()),
        };
        self.body.text = Arc::new(text);
        (self.body, self.problems)
    }

    /// Renders what was collected.
    fn take_text(&mut self) -> Text {
        let source = self.markdown.text;
        let mut rendered = String::with_capacity(source.len() * 5 / 4);
        html::push_html(&mut rendered, mem::take(&mut self.out).into_iter());
        if self.has_raw_html && self.markdown.settings.raw_html == RawHtml::Sanitise {
            rendered = raw_html::sanitise(&rendered);
        }
        let Body { links, queries, .. } = &self.body;
        Text::new(&rendered, links.len(), queries.len(), mem::take(&mut self.shown_source), source.len())
    }
}

/// The events of the parser that are still to come.
type Rest<'a> = Peekable<std::vec::IntoIter<(Event<'a>, Span)>>;

/// Returns the events inside the element that has just begun, and consumes its end.
fn inside<'a>(rest: &mut Rest<'a>, end: TagEnd) -> Vec<(Event<'a>, Span)> {
    let mut pieces = Vec::new();
    // A picture may be inside the words of another one.
    let mut open = 0_usize;
    for (event, span) in rest.by_ref() {
        match &event {
            Event::Start(tag) if tag.to_end() == end => open += 1,
            Event::End(of) if *of == end && open == 0 => break,
            Event::End(of) if *of == end => open -= 1,
            _ => {}
        }
        pieces.push((event, span));
    }
    pieces
}

/// Returns whether a line of text begins with an event. A list item that begins with anything else has its anchors in the
/// blocks inside it.
fn begins_line(event: &Event<'_>) -> bool {
    match event {
        Event::Start(tag) => is_inline(tag),
        Event::End(_) | Event::Rule | Event::Html(_) => false,
        _ => true,
    }
}

/// The bytes of findings, in order.
struct Inside(Vec<Span>);

impl Inside {
    fn new(findings: &[Finding]) -> Self {
        let mut spans: Vec<Span> = findings.iter().map(|finding| finding.span.clone()).collect();
        spans.sort_unstable_by_key(|span| span.start);
        Self(spans)
    }

    /// Returns whether a span is inside the last of them that begins where it does or before.
    fn holds(&self, span: &Span) -> bool {
        let next = self.0.partition_point(|whole| whole.start <= span.start);
        self.0[..next].last().is_some_and(|whole| span.end <= whole.end)
    }
}

/// Removes the runs in `<https://…>` and `[[id]]`, because an address contains no mark-up.
fn outside_addresses(mut runs: Vec<runs::Run>, events: &[(Event<'_>, Span)]) -> Vec<runs::Run> {
    use LinkType::{Autolink, Email, WikiLink};
    let autolinks = events.iter().filter_map(|(event, span)| match event {
        Event::Start(Tag::Link { link_type: Autolink | Email | WikiLink { has_pothole: false }, .. }) => Some(span),
        _ => None,
    });
    let mut autolinks = autolinks.peekable();
    if autolinks.peek().is_some() {
        runs.retain(|run| {
            while autolinks.next_if(|link| link.end <= run.span.start).is_some() {}
            autolinks.peek().is_none_or(|link| link.start > run.span.start)
        });
    }
    runs
}

/// Turns a single `~` back into text: it means that a number is approximate, and strikes nothing through.
fn with_tildes<'a>(event: Event<'a>, span: Span, text: &str) -> (Event<'a>, Span) {
    let is_single = |span: &Span| !text[span.clone()].starts_with("~~");
    match event {
        Event::Start(Tag::Strikethrough) if is_single(&span) => (Event::Text("~".into()), span.start..span.start + 1),
        Event::End(TagEnd::Strikethrough) if is_single(&span) => (Event::Text("~".into()), span.end - 1..span.end),
        other => (other, span),
    }
}

/// The beginning of a paragraph. A link by id has its id until the document's title is known.
fn lead<'e>(paragraph: impl Iterator<Item = &'e Event<'e>>) -> Lead {
    let mut lead = Lead::default();
    let mut removed = 0_usize;
    for event in paragraph {
        match event {
            // The contents of such an element are not shown.
            Event::InlineHtml(html) => match raw_html::removed_element(html) {
                Some((_, true)) => removed += 1,
                Some((_, false)) => removed = removed.saturating_sub(1),
                None => {}
            },
            _ if removed > 0 => {}
            Event::Start(Tag::Link { link_type: LinkType::WikiLink { has_pothole: false }, .. }) => lead.begin_id(),
            Event::End(TagEnd::Link) => lead.end_id(),
            other => lead.push(&plain_text(std::iter::once(other.clone()))),
        }
    }
    lead.finish()
}
