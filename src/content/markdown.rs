//! Markdown (CommonMark with tables, strikethrough and footnotes) to HTML.
//!
//! The HTML is made once and stands in several pages, at different depths. So a link inside the site is left
//! as a slot in the HTML, filled when a page is written ([`Body::html`]). Ids of ours begin with `_`; headings' never do.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::fmt::Write as _;
use std::sync::Arc;

use pulldown_cmark::{CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd, html};

use super::document::Settings;
use super::raw_html;
use super::records::Source;
use crate::config::RawHtml;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::fields::web_url;
use crate::id::{self, Collection, SitePath};

/// Marks a slot in HTML on its way through the renderer. Control characters cannot come from an author: they are refused.
const SLOT: char = '\u{1}';
/// How much of the first paragraph is kept for descriptions, in characters.
const LEAD: usize = 220;

/// Where a link leads, before anybody has looked whether it is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A document, by `@/events/<file>.md` or by a relative path to its file.
    Document {
        /// The path of the file inside `content/`, where the author gave it exactly.
        path: String,
        /// Whether the path must be exact, as in a relative link that code hosts follow too.
        exact: bool,
    },
    /// A file in `static/` or beside the entry.
    File {
        /// The path of the file inside `static/`.
        in_static: String,
        /// The path of the file inside `content/`.
        beside: String,
    },
    /// A place in the same page.
    Here,
}

/// A link or picture in the text that leads to something inside the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Where it leads.
    pub target: Target,
    /// The anchor after `#`, without it.
    pub anchor: Option<String>,
    /// Where it stands in the file.
    pub span: Span,
    /// Where it leads in the written site, once that is known.
    pub path: Option<SitePath>,
}

/// A document's text as HTML.
#[derive(Clone, Debug, Default)]
pub struct Body {
    html: String,
    /// Places in `html` at which the link of that number is to be written.
    slots: Vec<(usize, usize)>,
    /// The links inside the site.
    pub links: Vec<Link>,
    /// Ids that links can lead to.
    pub anchors: BTreeSet<String>,
    /// The sources in the order in which the text first cites them, each with how often.
    pub citations: Vec<(usize, usize)>,
    /// The beginning of the text, for descriptions.
    pub lead: String,
}

impl Body {
    /// Whether there is no text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.html.trim().is_empty()
    }

    /// The HTML for a page from whose folder `root` leads to the site's root.
    #[must_use]
    pub fn html(&self, root: &str) -> String {
        let mut out = String::with_capacity(self.html.len() + self.slots.len() * 40);
        let mut from = 0;
        for (at, link) in &self.slots {
            out.push_str(&self.html[from..*at]);
            self.write_address(&self.links[*link], root, &mut out);
            from = *at;
        }
        out.push_str(&self.html[from..]);
        out
    }

    fn write_address(&self, link: &Link, root: &str, out: &mut String) {
        if let Some(path) = &link.path {
            out.push_str(root);
            out.push_str(&path.url());
        }
        if let Some(anchor) = &link.anchor {
            out.push('#');
            out.push_str(&SitePath::new(anchor.as_str()).url());
        }
    }
}

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

struct Converter<'a> {
    markdown: &'a Markdown<'a>,
    sources: HashMap<&'a str, usize>,
    out: Vec<Event<'a>>,
    body: Body,
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
    too_many_links: bool,
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
                diagnostics.push(Diagnostic::at(Code::InvalidId, markdown.file, source.id.span.clone(), message));
            } else if sources.insert(id, index).is_some() {
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
            too_many_links: false,
        }
    }

    fn run(&mut self) {
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_OLD_FOOTNOTES;
        let events: Vec<(Event<'a>, Span)> = Parser::new_ext(self.markdown.text, options).into_offset_iter().collect();
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
                    let inside = std::iter::from_fn(|| {
                        events.next_if(|(event, _)| !matches!(event, Event::End(TagEnd::Image)))
                    });
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
                Event::InlineHtml(text) | Event::Html(text) => self.inline_html(text, span),
                Event::Start(Tag::Heading { level, .. }) => {
                    let words = self.headings.pop_front().unwrap_or_default();
                    let slug = self.slug_of(&words);
                    self.out.push(heading(self.shifted(level), Some(slug)));
                }
                Event::End(TagEnd::Heading(level)) => {
                    self.out.push(Event::End(TagEnd::Heading(self.shifted(level))));
                }
                other => self.out.push(other),
            }
        }
    }

    /// What must be known before the first event is taken: headings of the first level, footnotes, the lead.
    fn look_ahead(&mut self, events: &[(Event<'_>, Span)]) {
        let is_first_level = |event: &Event<'_>| {
            matches!(event, Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }))
        };
        self.shift = usize::from(events.iter().any(|(event, _)| is_first_level(event)));
        for (event, span) in events {
            if let Event::Start(Tag::FootnoteDefinition(name)) = event {
                let number = self.footnotes.len();
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

    fn report(&mut self, code: Code, span: Span, message: impl Into<String>) -> &mut Diagnostic {
        let span = self.in_file(&span);
        self.diagnostics.push(Diagnostic::at(code, self.markdown.file, span, message));
        self.diagnostics.last_mut().expect("one was pushed just now")
    }

    fn in_file(&self, span: &Span) -> Span {
        span.start + self.markdown.offset..span.end + self.markdown.offset
    }

    fn shifted(&self, level: HeadingLevel) -> HeadingLevel {
        let level = (level as usize + self.shift).clamp(2, 6);
        HeadingLevel::try_from(level).unwrap_or(HeadingLevel::H6)
    }

    fn slug_of(&mut self, text: &str) -> String {
        let base = slug(text);
        let uses = self.slugs.entry(base.clone()).or_default();
        *uses += 1;
        let slug = match *uses {
            1 => base,
            number => format!("{base}-{}", number - 1),
        };
        self.body.anchors.insert(slug.clone());
        slug
    }

    fn citation(&mut self, name: &CowStr<'_>, span: Span) {
        if let Some(number) = self.footnotes.get(name.as_ref()) {
            let letter = letters(*number);
            let uses = self.footnote_uses.entry(name.to_string()).or_default();
            *uses += 1;
            let html = format!(
                r##"<sup class="note"><a id="_noteref-{letter}-{uses}" href="#_note-{letter}" role="doc-noteref">[{letter}]</a></sup>"##
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
        let html = format!(
            r##"<sup class="citation"><a id="_cite-{name}-{uses}" href="#_source-{name}" role="doc-noteref">[{}]</a></sup>"##,
            number + 1
        );
        self.out.push(inline(html));
    }

    fn unknown_source(&mut self, name: &str, span: Span) {
        let help = if self.markdown.collection == Collection::Events {
            crate::syntax::nearest(name, self.sources.keys().copied())
                .unwrap_or_else(|| format!("add a [[sources]] table with id = \"{name}\" to the front matter"))
        } else {
            format!("only events have sources; write a footnote: [^{name}]: …")
        };
        let message = format!("no source of this entry has the id `{name}`");
        self.report(Code::UnknownSource, span, message).help = Some(help);
    }

    fn open_footnote(&mut self, name: &str) {
        let number = self.footnotes.get(name).copied().unwrap_or_default();
        let letter = letters(number);
        let html = format!(
            r##"<aside class="footnote" id="_note-{letter}" role="doc-footnote"><a class="footnote-mark" href="#_noteref-{letter}-1">[{letter}]</a>"##
        );
        self.out.push(Event::Html(html.into()));
    }

    fn html_block(&mut self, pieces: &[(Event<'a>, Span)]) {
        let Some((_, first)) = pieces.first() else { return };
        let text: String = pieces.iter().filter_map(|(event, _)| text_of(event)).collect();
        let start = first.start;
        let end = pieces.last().map_or(first.end, |(_, span)| span.end);
        self.raw_html(&text, start..end, true);
    }

    fn inline_html(&mut self, text: CowStr<'a>, span: Span) {
        self.raw_html(&text, span, false);
    }

    fn raw_html(&mut self, text: &str, span: Span, block: bool) {
        let kept = raw_html::without_comments(text);
        if kept.trim().is_empty() {
            return;
        }
        let kept = kept.into_owned();
        if self.markdown.settings.raw_html == RawHtml::Deny {
            let shown = kept.trim().lines().next().unwrap_or_default();
            let at = span.start + text.find(shown).unwrap_or(0);
            let message = format!("raw HTML is refused: `{}`", shortened(shown));
            let help = "write it as markdown; or, where every author is trusted, set raw_html under [markdown] in site.toml";
            self.report(Code::RawHtml, at..(at + shown.len()).min(span.end), message).help = Some(help.to_owned());
            self.out.push(Event::Text(kept.into()));
            return;
        }
        self.has_raw_html = true;
        self.out.push(if block { Event::Html(kept.into()) } else { Event::InlineHtml(kept.into()) });
    }

    fn open_link(&mut self, url: &str, title: &str, link_type: LinkType, span: Span) {
        let url = match link_type {
            LinkType::Email => format!("mailto:{url}"),
            _ => url.to_owned(),
        };
        let href = self.address(&url, &span, false);
        let mut tag = "<a".to_owned();
        if let Some(href) = href {
            let _ = write!(tag, r#" href="{href}""#);
        }
        if url.starts_with("http:") || url.starts_with("https:") {
            tag.push_str(r#" rel="external""#);
        }
        if !title.is_empty() {
            let _ = write!(tag, r#" title="{}""#, escaped(title));
        }
        tag.push('>');
        self.out.push(inline(tag));
    }

    fn image(&mut self, url: &str, title: &str, alt: &str, span: Span) {
        let Some(src) = self.address(url, &span, true) else { return };
        let mut tag = format!(r#"<img src="{src}" alt="{}" loading="lazy""#, escaped(alt));
        if !title.is_empty() {
            let _ = write!(tag, r#" title="{}""#, escaped(title));
        }
        tag.push('>');
        self.out.push(inline(tag));
    }

    /// What stands in `href` or `src`: an escaped address, or a slot. `None` where the address is refused.
    fn address(&mut self, url: &str, span: &Span, picture: bool) -> Option<String> {
        let url = url.trim();
        if let Some(scheme) = scheme(url) {
            return self.outside_address(url, &scheme, span, picture);
        }
        if url.starts_with("//") || url.starts_with('/') || url.contains('\\') {
            let help = "lead to a document with @/events/<file>.md, to a file by its path inside static/, or write the whole https:// address";
            self.refuse(span, format!("`{url}` does not work when the site is opened from disk"), help);
            return None;
        }
        let (path, anchor) = match url.split_once('#') {
            Some((path, anchor)) => (path, Some(decoded(anchor))),
            None => (url, None),
        };
        let path = decoded(path.split('?').next().unwrap_or_default());
        let Some(target) = self.target(&path, picture) else {
            self.refuse(span, format!("`{url}` leads out of the site"), "lead to a file inside content/ or static/");
            return None;
        };
        if path.is_empty() && anchor.as_deref().unwrap_or_default().is_empty() {
            let message = "the link leads nowhere";
            self.report(Code::DeadLink, span.clone(), message).help = Some("write an address between the brackets".into());
            return None;
        }
        if self.body.links.len() >= self.markdown.settings.limits.links {
            self.report_too_many_links(span);
            return None;
        }
        self.body.links.push(Link {
            target,
            anchor,
            span: self.in_file(span),
            path: None,
        });
        Some(format!("{SLOT}{}{SLOT}", self.body.links.len() - 1))
    }

    fn report_too_many_links(&mut self, span: &Span) {
        if !self.too_many_links {
            self.too_many_links = true;
            let limit = self.markdown.settings.limits.links;
            let message = format!("the text has more than {limit} links");
            self.report(Code::TooManyLinks, span.clone(), message).help =
                Some("split the entry, or raise `links` under [limits] in site.toml".to_owned());
        }
    }

    fn outside_address(&mut self, url: &str, scheme: &str, span: &Span, picture: bool) -> Option<String> {
        if picture {
            let help = "put the picture beside the entry or into static/; a reader's browser must ask nobody else";
            self.refuse(span, format!("the picture `{}` is on another host", shortened(url)), help);
            return None;
        }
        match scheme {
            "http" | "https" => {
                if let Err(reason) = web_url(url) {
                    let message = format!("`{}` is not a URL: {reason}", shortened(url));
                    self.report(Code::InvalidUrl, span.clone(), message);
                    return None;
                }
            }
            "mailto" | "tel" => {}
            _ => {
                let help = "links lead to http, https, mailto or tel addresses, to @/ documents and to files of the site";
                self.refuse(span, format!("addresses that begin with `{scheme}:` are refused"), help);
                return None;
            }
        }
        Some(escaped(url))
    }

    fn refuse(&mut self, span: &Span, message: String, help: &str) {
        self.report(Code::RefusedUrl, span.clone(), message).help = Some(help.to_owned());
    }

    /// What a path without a scheme leads to; `None` where it climbs out of the site.
    fn target(&self, path: &str, picture: bool) -> Option<Target> {
        if path.is_empty() {
            return Some(Target::Here);
        }
        if let Some(path) = path.strip_prefix("@/") {
            return Some(Target::Document {
                path: joined("", path)?,
                exact: false,
            });
        }
        let inside = self.markdown.file.strip_prefix("content/").unwrap_or(self.markdown.file);
        let folder = inside.rsplit_once('/').map_or("", |(folder, _)| folder);
        let beside = joined(folder, path)?;
        if !picture && has_ending(path, "md") {
            return Some(Target::Document {
                path: beside,
                exact: true,
            });
        }
        let in_static = joined("", path).unwrap_or_default();
        Some(Target::File { in_static, beside })
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

/// Splits rendered HTML into plain HTML and slots.
fn take_slots(rendered: &str, body: &mut Body) {
    if !rendered.contains(SLOT) {
        rendered.clone_into(&mut body.html);
        return;
    }
    for (index, part) in rendered.split(SLOT).enumerate() {
        match part.parse() {
            Ok(link) if index % 2 == 1 => body.slots.push((body.html.len(), link)),
            _ => body.html.push_str(part),
        }
    }
}

fn inline<'a>(html: impl Into<CowStr<'a>>) -> Event<'a> {
    Event::InlineHtml(html.into())
}

fn heading<'a>(level: HeadingLevel, slug: Option<String>) -> Event<'a> {
    Event::Start(Tag::Heading {
        level,
        id: slug.map(Into::into),
        classes: Vec::new(),
        attrs: Vec::new(),
    })
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
            Event::Text(words) | Event::Code(words) => text.push_str(&words),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            _ => {}
        }
    }
    text
}

/// A text cut at a word near [`LEAD`] characters.
fn shortened(text: &str) -> String {
    let text = text.trim();
    let Some((cut, _)) = text.char_indices().nth(LEAD) else {
        return text.to_owned();
    };
    let cut = text[..cut].rfind(' ').unwrap_or(cut);
    format!("{}…", text[..cut].trim_end())
}

/// A heading's anchor, or the end of a new entry's id: letters and digits in lower case, joined by hyphens.
#[must_use]
pub fn slug(text: &str) -> String {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric() && !unicode_normalization::char::is_combining_mark(c));
    let slug = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-");
    if slug.is_empty() { "section".to_owned() } else { slug }
}

/// a, b, …, z, aa, ab, …
fn letters(number: usize) -> String {
    let last = char::from(b'a' + u8::try_from(number % 26).unwrap_or(0));
    match number / 26 {
        0 => last.to_string(),
        rest => format!("{}{last}", letters(rest - 1)),
    }
}

fn escaped(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    // Writing to memory cannot fail.
    let _ = tera::escape_html(text, &mut out);
    String::from_utf8_lossy(&out).into_owned()
}

/// The scheme of an absolute URL in lower case. Control characters and spaces that browsers skip are skipped too.
fn scheme(url: &str) -> Option<String> {
    let (scheme, _) = url.split_once(':')?;
    let scheme: String = scheme.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
    let valid = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    valid.then(|| scheme.to_ascii_lowercase())
}

fn decoded(text: &str) -> String {
    percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned()
}

fn has_ending(path: &str, ending: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, last)| last.eq_ignore_ascii_case(ending))
}

/// A relative path resolved against a folder; `None` where it climbs above the top.
fn joined(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            _ => parts.push(part),
        }
    }
    Some(parts.join("/"))
}
