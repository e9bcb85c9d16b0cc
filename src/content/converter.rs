//! The conversion of one text: its state, and what every part of it uses to write and to report.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::ops::Range;

use pulldown_cmark::{Alignment, CowStr, Event, Tag};
use rustc_hash::FxHashMap;

use super::body::Body;
use super::settings::Settings;
use super::source::Source;
use super::words::{slug, visible};
use crate::diagnostic::{Code, Diagnostic, Problems, Span};
use crate::id::{self, Collection};
use crate::source_path::SourcePath;
use crate::syntax::Allowance;

/// A text to convert, and what the conversion needs to know about its document.
pub(super) struct Markdown<'a> {
    pub file: &'a SourcePath,
    pub text: &'a str,
    /// The whole text of the file.
    pub file_text: &'a str,
    /// Bytes of the file before the text.
    pub offset: usize,
    pub collection: Collection,
    pub sources: &'a [Source],
    pub settings: &'a Settings,
}

/// The state of one conversion: what it has written, and what it knows of the text.
pub(super) struct Converter<'a> {
    pub(super) markdown: &'a Markdown<'a>,
    /// The index of each source by its id; of sources that share an id, the first.
    pub(super) sources: FxHashMap<&'a str, usize>,
    /// What has been converted so far, as input of the HTML renderer.
    pub(super) out: Vec<Event<'a>>,
    pub(super) body: Body,
    /// The text as its author wrote it, without what its page does not show.
    pub(super) shown_source: Box<str>,
    pub(super) problems: Problems,
    /// The number of each footnote by its name, from 0.
    pub(super) footnotes: BTreeMap<String, usize>,
    /// How often each footnote has been cited so far.
    pub(super) footnote_uses: BTreeMap<String, usize>,
    /// Names of footnotes that the parser does not see, which were reported.
    pub(super) misread: BTreeSet<String>,
    /// For each name that is cited and unknown, the footnote that it was probably meant to be.
    pub(super) mismatched: BTreeMap<String, (String, Span)>,
    /// The number of each source, in the order of their first citations from 0; `None` until it is cited.
    pub(super) numbers: Vec<Option<usize>>,
    /// The number that the next heading with this slug appends to it; 0 appends none.
    pub(super) slugs: FxHashMap<String, usize>,
    /// Anchors that the author gave to headings.
    pub(super) own_anchors: BTreeSet<String>,
    /// The words of the headings still to come.
    pub(super) headings: VecDeque<String>,
    /// By how many levels headings are lowered: 1 if the text has one of the first level, which is reserved for the page's
    /// title.
    pub(super) shift: usize,
    /// The bare addresses still to come, which become links.
    pub(super) addresses: VecDeque<Range<usize>>,
    /// The end of the last bare address that became a link.
    pub(super) linked_to: usize,
    /// The alignment of each column of the table, and the index of the next cell in its row.
    pub(super) columns: (Vec<Alignment>, usize),
    pub(super) in_table_head: bool,
    /// Whether the label of a task is open.
    pub(super) in_task: bool,
    /// The outermost paragraph, list item or footnote that is open.
    pub(super) block: Option<Block>,
    pub(super) has_raw_html: bool,
    /// How many raw HTML elements of each name were reported and are not closed yet.
    pub(super) open_html: BTreeMap<String, usize>,
    /// Raw HTML elements that are removed with everything that follows them, until they are closed.
    pub(super) open_removed: Vec<(&'static str, Span)>,
    /// How many links and pictures the text has had so far, refused ones included, for the limit.
    pub(super) links_seen: usize,
    /// Whether it was reported that the text has too many links.
    pub(super) too_many_links: bool,
    /// How many more suggestions may be computed.
    pub(super) allowance: Allowance,
}

/// A paragraph, list item or footnote, with what is inside it.
pub(super) struct Block {
    /// How many elements were open when it began, itself included.
    pub depth: usize,
    pub span: Span,
    /// Whether it cites something, or links to another document or a file of the site.
    pub is_supported: bool,
}

impl<'a> Converter<'a> {
    pub(super) fn new(markdown: &'a Markdown<'a>) -> Self {
        let mut sources = FxHashMap::default();
        let mut problems = Problems::default();
        for (index, source) in markdown.sources.iter().enumerate() {
            let id = source.id.value.0.as_str();
            if id.is_empty() {
                continue;
            }
            if let Err(reason) = id::check(id) {
                let message = format!("`{id}` cannot be the id of a source: {reason}");
                let help = format!("write the id as `{}`, and cite the source by that", slug(id));
                problems.report(Code::InvalidId, (markdown.file, source.id.span.clone()), message).help(help);
            }
            let first = *sources.entry(id).or_insert(index);
            if first != index {
                let message = format!("the entry has two sources with the id `{id}`");
                problems
                    .report(Code::DuplicateSource, (markdown.file, source.id.span.clone()), message)
                    .help("give each source an id of its own, and cite it by that")
                    .also_at((markdown.file, markdown.sources[first].id.span.clone()), "first used here");
            }
        }
        Self {
            markdown,
            sources,
            out: Vec::new(),
            body: Body::default(),
            shown_source: Box::default(),
            problems,
            footnotes: BTreeMap::new(),
            footnote_uses: BTreeMap::new(),
            misread: BTreeSet::new(),
            mismatched: BTreeMap::new(),
            numbers: vec![None; markdown.sources.len()],
            slugs: FxHashMap::default(),
            own_anchors: BTreeSet::new(),
            headings: VecDeque::new(),
            shift: 0,
            addresses: VecDeque::new(),
            linked_to: 0,
            columns: (Vec::new(), 0),
            in_table_head: false,
            in_task: false,
            block: None,
            has_raw_html: false,
            open_html: BTreeMap::new(),
            open_removed: Vec::new(),
            links_seen: 0,
            too_many_links: false,
            allowance: Allowance::default(),
        }
    }

    /// Reports a problem at bytes of the text, and returns it so that help can be added.
    pub(super) fn report(&mut self, code: Code, span: Span, message: impl AsRef<str>) -> &mut Diagnostic {
        let span = self.in_file(&span);
        self.problems.report(code, (self.markdown.file, span), message)
    }

    /// Notes that the open block cites something, or links to another document or a file of the site.
    pub(super) fn support(&mut self) {
        if let Some(block) = &mut self.block {
            block.is_supported = true;
        }
    }

    /// Converts bytes of the text to bytes of its file.
    pub(super) fn in_file(&self, span: &Span) -> Span {
        span.start + self.markdown.offset..span.end + self.markdown.offset
    }
}

/// Makes an event of HTML that the renderer does not escape.
pub(super) fn inline<'a>(html: impl Into<CowStr<'a>>) -> Event<'a> {
    Event::InlineHtml(html.into())
}

/// Returns whether an element can be inside a line of text.
pub(super) fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. })
}

/// Replaces control characters and noncharacters by U+FFFD, because character references may produce them. A borrowed text
/// is part of the file, which was checked for them.
pub(super) fn shown(text: CowStr<'_>) -> CowStr<'_> {
    match &text {
        CowStr::Borrowed(_) => text,
        brought => match visible(brought) {
            Cow::Borrowed(_) => text,
            Cow::Owned(shown) => shown.into(),
        },
    }
}

/// The words of one event, or its HTML.
pub(super) fn text_of<'e>(event: &'e Event<'_>) -> Option<&'e str> {
    match event {
        Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => Some(text),
        _ => None,
    }
}

/// The words of a sequence of events, without markup and citations.
pub(super) fn plain_text<'e>(events: impl Iterator<Item = Event<'e>>) -> String {
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
