//! A document's text as HTML with slots for what depends on the page it stands in.
//!
//! The HTML is made once and stands in several pages, at different depths, alone or among other texts. A link inside
//! the site is left open until a page is written. Ids, citation numbers and heading levels are there as the text's own
//! page has them, and their places are kept, so that a document with many texts can write others.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::ops::Range;

use super::plain_text;
use super::words::shortened;
use crate::diagnostic::Span;
use crate::id::{Collection, SitePath};
use crate::markup::escaped;

/// Marks a slot in HTML on its way through the renderer: before its name, after it, and after what stands there.
/// Control characters cannot come from an author: they are refused, and references to them are taken out.
pub(super) const SLOT: char = '\u{1}';

/// Something in the HTML that depends on where the text stands.
#[derive(Clone, Copy, Debug)]
enum Slot {
    /// The address of the link of this number. Nothing stands there until it is filled.
    Link(usize),
    /// The attributes `width` and `height` of the picture that the link of this number leads to. Nothing stands there
    /// either.
    Size(usize),
    /// The words of the link of this number, which are the title of the document. Its id stands there until that is known.
    Words(usize),
    /// The beginning of an id, or of a reference to one.
    Id,
    /// The anchor of the source of this number.
    Source(usize),
    /// The number in brackets by which the source of this number is cited.
    Number(usize),
    /// The level of a heading.
    Level(usize),
}

/// The place of a text in a document that gathers many.
#[derive(Clone, Copy, Debug)]
pub struct Gathered<'a> {
    /// What leads from the document's folder to the site's root.
    pub root: &'a str,
    /// What the text's ids begin with, so that no other text has the same.
    pub prefix: &'a str,
    /// The text's sources in their order: the id of each, and its number in the document, from 1.
    pub sources: &'a [(&'a str, usize)],
    /// By how many levels its headings stand lower than on its own page.
    pub deeper: usize,
}

/// The anchor of a source in a document that numbers the sources of many texts, from 1.
#[must_use]
pub fn gathered_source(number: usize) -> String {
    format!("_source-{number}")
}

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
    /// A document by its id: `[[id]]`, or `[[events/id]]` where documents of several kinds have it.
    Id {
        /// The id, in NFC.
        id: String,
        /// Its collection, where the author named it.
        collection: Option<Collection>,
    },
    /// A file in `static/` or beside the entry.
    File {
        /// The path of the file inside `static/`.
        in_static: String,
        /// The path of the file inside `content/`.
        beside: String,
        /// Whether the page shows it as a picture.
        picture: bool,
    },
    /// A place in the same page.
    Here,
}

/// A link or picture in the text whose target is inside the site, as its author wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The target.
    pub target: Target,
    /// The anchor after `#`, without it.
    pub anchor: Option<String>,
    /// Its place in the file.
    pub span: Span,
}

/// What a [`Link`] turned out to be once all documents and files were known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ResolvedLink {
    /// The file of the built site that it points to; `None` for a link within the page.
    pub path: Option<SitePath>,
    /// Width and height in pixels, if it points to a picture.
    pub size: Option<(u32, u32)>,
    /// The title of the document that it names by id, which becomes the words of `[[id]]`.
    pub title: Option<String>,
}

/// A document's text as HTML.
#[derive(Clone, Debug, Default)]
pub struct Body {
    html: String,
    /// What in `html` depends on the page, in order.
    slots: Vec<(Range<usize>, Slot)>,
    /// The links inside the site. [`ResolvedLink`]s are given back to the body in the same order.
    pub links: Vec<Link>,
    /// Ids that links can lead to.
    pub anchors: BTreeSet<String>,
    /// The sources in the order in which the text first cites them, each with how often.
    pub citations: Vec<(usize, usize)>,
    /// What the text cites and no source is called, folded as ids are compared.
    pub unknown_citations: BTreeSet<String>,
    /// The beginning of the text, for descriptions.
    pub lead: Lead,
}

impl Body {
    /// Whether there is no text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.html.trim().is_empty()
    }

    /// The HTML for the text's own page, from whose folder `root` leads to the site's root.
    #[must_use]
    pub fn html(&self, root: &str, links: &[ResolvedLink]) -> String {
        self.filled(|slot, own, out| match slot {
            Slot::Link(link) => write_address(&self.links[link], &links[link], root, out),
            Slot::Size(link) => write_size(&links[link], out),
            Slot::Words(link) => write_words(&links[link], own, out),
            _ => out.push_str(own),
        })
    }

    /// The HTML for a document that gathers many texts.
    #[must_use]
    pub fn gathered(&self, place: &Gathered<'_>, links: &[ResolvedLink]) -> String {
        let number = |source: usize| place.sources.get(source).map_or(source + 1, |(_, number)| *number);
        self.filled(|slot, own, out| match slot {
            Slot::Words(link) => write_words(&links[link], own, out),
            Slot::Link(link) => write_gathered_address(&self.links[link], &links[link], place, out),
            Slot::Size(link) => write_size(&links[link], out),
            Slot::Id => out.push_str(place.prefix),
            Slot::Source(source) => out.push_str(&gathered_source(number(source))),
            Slot::Number(source) => out.push_str(&number(source).to_string()),
            Slot::Level(level) => out.push_str(&(level + place.deeper).min(6).to_string()),
        })
    }

    /// The HTML with what `fill` writes for each slot; it gets what stands there on the text's own page.
    fn filled(&self, fill: impl Fn(Slot, &str, &mut String)) -> String {
        let mut out = String::with_capacity(self.html.len() + self.slots.len() * 40);
        let mut from = 0;
        for (at, slot) in &self.slots {
            out.push_str(&self.html[from..at.start]);
            fill(*slot, &self.html[at.clone()], &mut out);
            from = at.end;
        }
        out.push_str(&self.html[from..]);
        out
    }

    /// How long the HTML is, in bytes: a measure of the text that costs nothing.
    #[must_use]
    pub fn html_length(&self) -> usize {
        self.html.len()
    }

    /// The words of the text without markup and without the marks of citations: a line for each paragraph, heading,
    /// item or cell.
    #[must_use]
    pub fn plain_text(&self, links: &[ResolvedLink]) -> String {
        if !self.slots.iter().any(|(_, slot)| matches!(slot, Slot::Words(_))) {
            return plain_text::of_html(&self.html);
        }
        plain_text::of_html(&self.filled(|slot, own, out| match slot {
            Slot::Words(link) => write_words(&links[link], own, out),
            _ => out.push_str(own),
        }))
    }

    /// The beginning of the text in plain words, for descriptions.
    #[must_use]
    pub fn lead(&self, links: &[ResolvedLink]) -> String {
        let title = |id: &str| {
            let named = |(link, _): &(&Link, _)| matches!(&link.target, Target::Id { id: of, .. } if of == id);
            self.links.iter().zip(links).filter(named).find_map(|(_, resolved)| resolved.title.as_deref())
        };
        self.lead.words(title)
    }
}

/// Within a gathering document, a link to a place in the same text points to that place there; all others point to pages.
fn write_gathered_address(link: &Link, resolved: &ResolvedLink, place: &Gathered<'_>, out: &mut String) {
    let Some(anchor) = link.anchor.as_deref().filter(|_| resolved.path.is_none()) else {
        return write_address(link, resolved, place.root, out);
    };
    let source = anchor.strip_prefix("_source-").and_then(|id| place.sources.iter().find(|(of, _)| *of == id));
    match source {
        Some((_, number)) => out.push_str(&format!("#{}", gathered_source(*number))),
        None => out.push_str(&format!("#{}{}", place.prefix, SitePath::new(anchor).url())),
    }
}

fn write_address(link: &Link, resolved: &ResolvedLink, root: &str, out: &mut String) {
    if let Some(path) = &resolved.path {
        out.push_str(root);
        out.push_str(&path.url());
    }
    if let Some(anchor) = &link.anchor {
        out.push('#');
        out.push_str(&SitePath::new(anchor.as_str()).url());
    }
}

fn write_size(link: &ResolvedLink, out: &mut String) {
    if let Some((width, height)) = link.size {
        // Writing to memory cannot fail.
        let _ = write!(out, r#" width="{width}" height="{height}""#);
    }
}

fn write_words(link: &ResolvedLink, own: &str, out: &mut String) {
    match &link.title {
        Some(title) => out.push_str(&escaped(title)),
        None => out.push_str(own),
    }
}

/// The beginning of a text in plain words. Where the text links to a document by its id, the document's title is known
/// later than the words around it.
#[derive(Clone, Debug, Default)]
pub struct Lead(String);

impl Lead {
    pub(super) fn push(&mut self, words: &str) {
        self.0.push_str(words);
    }

    /// What is pushed from here on is an id.
    pub(super) fn begin_id(&mut self) {
        self.0.push(SLOT);
        self.0.push(ID);
    }

    /// The id ends here, if one was begun.
    pub(super) fn end_id(&mut self) {
        if self.0.rfind(SLOT).is_some_and(|at| self.0[at + 1..].starts_with(ID)) {
            self.0.push(SLOT);
        }
    }

    pub(super) fn finish(self) -> Self {
        Self(shortened(&self.0))
    }

    fn words<'t>(&self, title: impl Fn(&str) -> Option<&'t str>) -> String {
        if !self.0.contains(SLOT) {
            return self.0.clone();
        }
        let parts = self.0.split(SLOT).map(|part| match part.strip_prefix(ID) {
            Some(id) => {
                let name = id.split('#').next().and_then(|name| name.rsplit('/').next()).unwrap_or(id).trim();
                title(name.strip_suffix(".md").unwrap_or(name)).unwrap_or(id.trim_start_matches('#'))
            }
            None => part,
        });
        shortened(&parts.collect::<String>())
    }
}

/// Begins an id in a [`Lead`].
const ID: char = '\u{2}';

/// Slots as they go through the renderer.
pub(super) mod slot {
    use super::SLOT;

    /// The address of a link.
    pub fn link(number: usize) -> String {
        format!("{SLOT}l{number}{SLOT}{SLOT}")
    }

    /// The size of the picture that a link leads to.
    pub fn size(number: usize) -> String {
        format!("{SLOT}z{number}{SLOT}{SLOT}")
    }

    /// The words of a link by id, and what stands there until the document's title is known.
    pub fn words(number: usize, own: &str) -> String {
        format!("{SLOT}w{number}{SLOT}{own}{SLOT}")
    }

    /// The beginning of an id.
    pub fn id() -> String {
        format!("{SLOT}i{SLOT}{SLOT}")
    }

    /// The anchor of a source: its number, and its anchor on the text's own page.
    pub fn source(number: usize, anchor: &str) -> String {
        format!("{SLOT}s{number}{SLOT}{anchor}{SLOT}")
    }

    /// The number of a source, counted from 0 and shown from 1.
    pub fn number(number: usize) -> String {
        format!("{SLOT}n{number}{SLOT}{}{SLOT}", number + 1)
    }

    /// Stands before the tag of a heading and makes a slot of its level. A slot inside the name of a tag would not
    /// outlive the sanitiser.
    pub fn heading() -> String {
        format!("{SLOT}h{SLOT}{SLOT}")
    }
}

/// Splits rendered HTML into plain HTML and slots.
pub(super) fn take_slots(rendered: &str, body: &mut Body) {
    let mut parts = rendered.split(SLOT);
    // What marks the slots is short: hardly more is asked for than is needed.
    body.html.reserve_exact(rendered.len());
    body.html.push_str(parts.next().unwrap_or_default());
    while let (Some(name), Some(own), Some(rest)) = (parts.next(), parts.next(), parts.next()) {
        let start = body.html.len();
        body.html.push_str(own);
        let number = name.get(1..).and_then(|digits| digits.parse().ok()).unwrap_or_default();
        let slot = match name.chars().next() {
            Some('l') if number < body.links.len() => Some(Slot::Link(number)),
            Some('z') if number < body.links.len() => Some(Slot::Size(number)),
            Some('w') if number < body.links.len() => Some(Slot::Words(number)),
            Some('i') => Some(Slot::Id),
            Some('s') => Some(Slot::Source(number)),
            Some('n') => Some(Slot::Number(number)),
            _ => None,
        };
        body.slots.extend(slot.map(|slot| (start..body.html.len(), slot)));
        if name == "h" {
            body.slots.extend(level(rest, start));
        }
        body.html.push_str(rest);
    }
    body.slots.shrink_to_fit();
    body.links.shrink_to_fit();
}

/// The slot for the level in a heading's tag, which begins a piece of HTML that stands at `start`.
fn level(html: &str, start: usize) -> Option<(Range<usize>, Slot)> {
    let before = if html.starts_with("</h") { 3 } else { 2 };
    let level = html.get(before..before + 1)?.parse().ok()?;
    Some((start + before..start + before + 1, Slot::Level(level)))
}
